/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_render.c - summaries, keywords, units and guesses as text, JSON, JSONL
 * and TSV: what stands there byte for byte, and what no input can make of
 * it. */
#include "render_samples.h"
#include "test.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

static zub_buffer out;

static void part(zub_part which, zub_kind kind,
                 const zub_render_options *options)
{
    CHECK_INT(zub_render_part(which, kind, options, zub_buffer_sink(&out)),
              ZUB_OK);
}

static const char *shown(void)
{
    return zub_buffer_slice(&out).data;
}

static const char *summary(const zub_summary *of, const zub_record *record,
                           const zub_render_options *options)
{
    zub_buffer_clear(&out);
    CHECK_INT(zub_render_summary(of, record, options, zub_buffer_sink(&out)),
              ZUB_OK);
    return shown();
}

/* ---- JSON ---- */

static const char object[] =
    "{\n"
    "    \"id\": \"seeds/a.txt\",\n"
    "    \"lang\": \"en\",\n"
    "    \"title\": \"Bees\",\n"
    "    \"profile\": \"news\",\n"
    "    \"asked\": {\"words\": 5, \"ratio\": 0.9, \"fit\": \"under\"},\n"
    "    \"got\": {\"sentences\": 2, \"words\": 5, \"chars\": 22, "
    "\"bytes\": 22, \"ratio\": 0.714286},\n"
    "    \"sentences\": [\n"
    "      {\"index\": 0, \"paragraph\": 0, \"start\": 6, \"end\": 15, "
    "\"cp_start\": 6, \"cp_end\": 15, \"text\": \"Bees see.\", "
    "\"score\": 0.75, \"rank\": 1, "
    "\"reasons\": {\"position\": 0.5, \"centroid\": 0.25}},\n"
    "      {\"index\": 1, \"paragraph\": 0, \"start\": 16, \"end\": 28, "
    "\"cp_start\": 16, \"cp_end\": 28, \"text\": \"A hive\\nhums.\", "
    "\"score\": 0.33333333, \"rank\": 2, "
    "\"reasons\": {\"position\": 0.1, \"centroid\": 0.2, "
    "\"title\": 0.03333333}, \"heading\": true, \"truncated\": true}\n"
    "    ],\n"
    "    \"keywords\": [\n"
    "      {\"term\": \"Bees\", \"score\": 4.125, \"count\": 2},\n"
    "      {\"term\": \"hive\", \"score\": 0.333333, \"count\": 1}\n"
    "    ],\n"
    "    \"topic\": {\"gist\": \"Bees see.\", "
    "\"phrases\": [\"the hive\", \"bees\"]},\n"
    "    \"stats\": {\"words\": 7, \"sentences\": 3, \"types\": 6, "
    "\"repaired_bytes\": 0, \"reading_minutes\": 0}\n"
    "  }";

static void a_summary_has_the_shape_of_the_contract(void)
{
    zub_render_options json = {.format = ZUB_FORMAT_JSON};
    zub_buffer want;

    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_SUMMARY, &json);
    zub_render_summary(&sample_summary, &sample_record, &json,
                       zub_buffer_sink(&out));
    part(ZUB_PART_BETWEEN, ZUB_KIND_SUMMARY, &json);
    zub_render_summary(&sample_summary, &sample_record, &json,
                       zub_buffer_sink(&out));
    part(ZUB_PART_TAIL, ZUB_KIND_SUMMARY, &json);

    zub_buffer_init(&want, ZUB_BUFFER_UNLIMITED);
    zub_buffer_format(&want, "[\n  %s,\n  %s\n]\n", object, object);
    CHECK_STR(shown(), want.data);
    zub_buffer_release(&want);
}

static void no_article_is_an_empty_array(void)
{
    zub_render_options json = {.format = ZUB_FORMAT_JSON};

    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_GUESS, &json);
    part(ZUB_PART_TAIL, ZUB_KIND_GUESS, &json);
    CHECK_STR(shown(), "[\n]\n");
}

static void what_there_is_not_is_null_or_empty(void)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_summary nothing = {.lang = "und", .models_used = ""};

    CHECK_STR(
        summary(&nothing, NULL, &jsonl),
        "{\"id\": \"\", \"lang\": \"und\", \"title\": null, "
        "\"profile\": null, \"asked\": {\"fit\": \"under\"}, "
        "\"got\": {\"sentences\": 0, \"words\": 0, \"chars\": 0, "
        "\"bytes\": 0, \"ratio\": 0}, \"sentences\": [], \"keywords\": [], "
        "\"topic\": {\"gist\": null, \"phrases\": []}, "
        "\"stats\": {\"words\": 0, \"sentences\": 0, \"types\": 0, "
        "\"repaired_bytes\": 0, \"reading_minutes\": 0}}\n");
}

static void caps_that_were_asked_for_are_told(void)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_summary of = {.lang = "en", .models_used = ""};

    of.asked = (zub_budget){3, 100, 500, 900, 0.1, ZUB_FIT_NEAREST};
    CHECK(strstr(summary(&of, NULL, &jsonl),
                 "\"asked\": {\"sentences\": 3, \"words\": 100, "
                 "\"chars\": 500, \"bytes\": 900, \"ratio\": 0.1, "
                 "\"fit\": \"nearest\"}"));
}

static void reasons_sum_to_the_score_as_written(void)
{
    static const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_reason reasons[6];
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("x"));

    srand(7);
    for (int round = 0; round < 500; round++) {
        room.score = 0;
        for (size_t i = 0; i < COUNT(reasons); i++) {
            reasons[i].name = names[i];
            reasons[i].value = (double)(rand() % 20001 - 10000) / 7919;
            room.score += reasons[i].value;
        }
        room.reasons = reasons;
        room.reason_count = COUNT(reasons);
        cJSON *json = cJSON_Parse(summary(&of, NULL, &jsonl));
        cJSON *sentence = cJSON_GetObjectItem(json, "sentences")->child,
              *reason;
        double sum = 0;
        cJSON_ArrayForEach(reason, cJSON_GetObjectItem(sentence, "reasons"))
            sum += reason->valuedouble;
        CHECK_NEAR(sum, cJSON_GetObjectItem(sentence, "score")->valuedouble,
                   1e-6);
        cJSON_Delete(json);
    }
}

static void a_score_that_is_no_number_is_null(void)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("x"));

    room.score = NAN;
    CHECK(strstr(summary(&of, NULL, &jsonl), "\"score\": null"));
}

/* ---- JSONL: the record's other fields ---- */

static void jsonl_is_one_line_with_the_other_fields_as_they_were(void)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    const char *line = summary(&sample_summary, &sample_record, &jsonl);
    const char *end = "\"date\": \"2026-01-02\", \"n\": 9007199254740993}\n";

    CHECK(strchr(line, '\n') == line + strlen(line) - 1);
    CHECK_STR(strstr(line, "\"date\""), end);
    CHECK(!strstr(line, "\"body\""));
}

static void the_text_comes_along_when_it_is_kept(void)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL, .keep_text = true};
    zub_record plain = {.text = SLICE("a\xFF\n")};

    CHECK(strstr(summary(&sample_summary, &sample_record, &jsonl),
                 "\"body\": \"Bees\\n\\nBees see. A hive\\nhums. "
                 "They <dance>.\\n\", \"date\""));
    CHECK(strstr(summary(&sample_summary, &plain, &jsonl),
                 ", \"text\": \"a\xEF\xBF\xBD\\n\"}\n"));
}

static const char *fields(const zub_field *all, size_t count,
                          const char *text_field, bool keep_text)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL,
                                .keep_text = keep_text};
    zub_record record = {.text = SLICE("t"),
                         .fields = all,
                         .field_count = count,
                         .text_field = text_field};
    zub_guess guess = {.lang = "en", .confidence = 1};
    const char *behind = "\"next\": null";

    zub_buffer_clear(&out);
    CHECK_INT(zub_render_guess(&guess, &record, &jsonl, zub_buffer_sink(&out)),
              ZUB_OK);
    const char *at = strstr(shown(), behind);
    return at ? at + strlen(behind) : "";
}

static void a_name_that_we_need_moves_the_input_s_away(void)
{
    const zub_field plain[] = {{SLICE("next"), SLICE("1")},
                               {SLICE("sentences"), SLICE("2")}};
    const zub_field taken[] = {{SLICE("_next"), SLICE("1")},
                               {SLICE("next"), SLICE("2")},
                               {SLICE("__next"), SLICE("3")},
                               {SLICE("__lang"), SLICE("4")},
                               {SLICE("lang"), SLICE("5")}};

    CHECK_STR(fields(plain, 2, "text", false),
              ", \"_next\": 1, \"sentences\": 2}\n");
    CHECK_STR(fields(taken, 5, "text", false),
              ", \"_next\": 1, \"___next\": 2, \"__next\": 3, "
              "\"__lang\": 4, \"_lang\": 5}\n");
}

static void the_text_s_own_name_moves_too(void)
{
    const zub_field all[] = {{SLICE("_id"), SLICE("1")},
                             {SLICE("text"), SLICE("2")}};

    CHECK_STR(fields(all, 2, "id", true),
              ", \"__id\": \"t\", \"_id\": 1, \"text\": 2}\n");
    CHECK_STR(fields(all, 2, "text", true),
              ", \"text\": \"t\", \"_id\": 1}\n");
    CHECK_STR(fields(all, 2, "text", false), ", \"_id\": 1}\n");
}

static void odd_names_and_values_stay_json(void)
{
    const zub_field all[] = {{SLICE("a\"\n\xFF"), SLICE("{\"x\":\n[1]}")},
                             {SLICE(""), SLICE("")}};

    CHECK_STR(fields(all, 2, "text", false),
              ", \"a\\\"\\n\xEF\xBF\xBD\": {\"x\": [1]}, \"\": null}\n");
}

static void values_of_others_become_json_where_they_were_none(void)
{
    const zub_field all[] = {
        {SLICE("f"), SLICE("[\"a\tb\\\"\n\",\n\"\x1F\xFF\\u0001\x7F\"]")},
        {SLICE("open"), SLICE("\"a\\")}};

    CHECK_STR(fields(all, 1, "text", false),
              ", \"f\": [\"a\\tb\\\"\\n\", \"\\u001f\xEF\xBF\xBD\\u0001"
              "\x7F\"]}\n");
    CHECK_STR(fields(all + 1, 1, "text", false), ", \"open\": \"a\\}\n");
}

static const char *own_fields(const char *title, const char *lang,
                              const zub_field *all, size_t count)
{
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("x"));
    zub_record record = {.text = SLICE("x"),
                         .title = SLICE("T\xC3\xA9"),
                         .lang = SLICE("fr-CA"),
                         .fields = all,
                         .field_count = count};

    of.title = (zub_slice){title, strlen(title)};
    strcpy(of.lang, lang);
    const char *at = strstr(summary(&of, &record, &jsonl), "reading_minutes");
    return at ? strchr(at, '}') + 1 : "";
}

static void a_title_or_language_that_is_not_ours_is_kept(void)
{
    const zub_field all[] = {{SLICE("title"), SLICE("\"T\\u00e9\"")},
                             {SLICE("lang"), SLICE("\"fr-CA\"")}};
    const zub_field odd[] = {{SLICE("title"), SLICE("5")},
                             {SLICE("lang"), SLICE("null")}};
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_record record = {
        .title = SLICE("T\xC3\xA9"), .fields = all, .field_count = 2};

    CHECK_STR(own_fields("T\xC3\xA9", "fr-CA", all, 2), "}\n");
    CHECK_STR(own_fields("", "fr-CA", all, 2),
              ", \"_title\": \"T\\u00e9\"}\n");
    CHECK_STR(own_fields("given", "fr", all, 2),
              ", \"_title\": \"T\\u00e9\", \"_lang\": \"fr-CA\"}\n");
    CHECK_STR(own_fields("T\xC3\xA9", "fr-CA", odd, 2),
              ", \"_title\": 5, \"_lang\": null}\n");

    zub_buffer_clear(&out);
    CHECK_INT(zub_render_keywords(&sample_summary, &record, &jsonl,
                                  zub_buffer_sink(&out)),
              ZUB_OK);
    CHECK(strstr(shown(), ", \"title\": \"T\\u00e9\", \"_lang\":"));
}

/* ---- Text ---- */

static void sentences_stand_one_a_line(void)
{
    CHECK_STR(summary(&sample_summary, &sample_record, NULL),
              "Bees see.\nA hive hums.\n");
    CHECK_INT(out.size, sample_summary.got.bytes + 1);
}

static void reasons_stand_below_their_sentence(void)
{
    zub_render_options explain = {.explain = true, .with_ids = true};

    CHECK_STR(summary(&sample_summary, &sample_record, &explain),
              "== seeds/a.txt == Bees\n"
              "Bees see.\n"
              "      0.7500  score, rank 1\n"
              "      0.5000  position\n"
              "      0.2500  centroid\n"
              "A hive hums.\n"
              "      0.3333  score, rank 2, a heading, cut to fit\n"
              "      0.1000  position\n"
              "      0.2000  centroid\n"
              "      0.0333  title\n"
              "\n"
              "  2 of 3 sentences, 5 of 7 words, 22 characters, 22 bytes\n"
              "  language en\n"
              "  method auto\n"
              "  profile news\n");
}

static void articles_are_an_empty_line_apart(void)
{
    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_SUMMARY, NULL);
    CHECK_STR(shown(), "");
    part(ZUB_PART_BETWEEN, ZUB_KIND_SUMMARY, NULL);
    part(ZUB_PART_TAIL, ZUB_KIND_SUMMARY, NULL);
    CHECK_STR(shown(), "\n");
}

static void right_to_left_fields_are_isolated(void)
{
    zub_render_options isolate = {.isolate = true, .with_ids = true};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("النص 12 a"));

    of.title = SLICE("title");
    CHECK_STR(summary(&of, NULL, &isolate),
              "== x == title\n\u2068النص 12 a\u2069\n");
    of.title = SLICE("שלום");
    room.text = SLICE("plain");
    CHECK_STR(summary(&of, NULL, &isolate),
              "== x == \u2068שלום\u2069\nplain\n");
}

static void no_text_can_command_a_terminal(void)
{
    zub_key_sentence room;
    zub_slice hostile = SLICE("a\x1b]0;x\x07\xC2\x9B"
                              "31m\x7f\0b\r\n"
                              "\xE2\x80\xA8\xE2\x80\xA9\xC2\x85z");
    zub_summary of = summary_of(&room, hostile);

    CHECK_STR(summary(&of, NULL, NULL), "a ]0;x \xC2\xA0"
                                        "31m  b  "
                                        "\xE2\x80\x82\xE2\x80\x82\xC2\xA0z\n");
    CHECK_INT(out.size, hostile.size + 1);
}

static void any_sentence_is_a_line_as_long_as_the_budget_counts(void)
{
    char bytes[64];
    uint64_t state = 11;
    zub_buffer repaired;
    zub_key_sentence room;

    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    for (int i = 0; i < 5000; i++) {
        zub_slice text = {bytes, random_bytes(bytes, sizeof bytes, &state)};
        zub_summary of = summary_of(&room, text);
        zub_buffer_clear(&repaired);
        zub_utf8_repair(&repaired, text);
        const char *line = summary(&of, NULL, NULL);
        CHECK_INT(out.size, repaired.size + 1);
        CHECK_INT(zub_utf8_count(zub_buffer_slice(&out), NULL),
                  zub_utf8_count(zub_buffer_slice(&repaired), NULL) + 1);
        CHECK(strcspn(line, "\x1b\n\x7f\t\r") == out.size - 1);
    }
    zub_buffer_release(&repaired);
}

static void names_and_titles_are_as_tame_as_sentences(void)
{
    zub_render_options heading = {.with_ids = true};
    zub_summary of = {.id = SLICE("a\x1b[2J\xFF"),
                      .title = SLICE("t\nu"),
                      .lang = "und",
                      .models_used = ""};

    CHECK_STR(summary(&of, NULL, &heading), "== a [2J\xEF\xBF\xBD == t u\n");
}

static void colour_is_there_only_when_asked_for(void)
{
    zub_render_options color = {.with_ids = true, .color = true};
    zub_summary of = {.id = SLICE("a"), .lang = "und", .models_used = ""};

    CHECK_STR(summary(&of, NULL, &color), "\x1b[1m== a ==\x1b[0m\n");
}

/* ---- Keywords and guesses ---- */

static const char *keywords(const zub_render_options *options)
{
    CHECK_INT(zub_render_keywords(&sample_summary, &sample_record, options,
                                  zub_buffer_sink(&out)),
              ZUB_OK);
    return shown();
}

static void keywords_have_their_first_place(void)
{
    zub_render_options options = {.format = ZUB_FORMAT_JSONL, .keywords = 1};

    zub_buffer_clear(&out);
    CHECK_STR(keywords(&options),
              "{\"id\": \"seeds/a.txt\", \"lang\": \"en\", \"keywords\": ["
              "{\"term\": \"Bees\", \"score\": 4.125, \"count\": 2, "
              "\"start\": 6}], \"date\": \"2026-01-02\", "
              "\"n\": 9007199254740993}\n");
    options = (zub_render_options){.format = ZUB_FORMAT_TSV};
    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_KEYWORDS, &options);
    CHECK_STR(keywords(&options), "id\tlang\tterm\tscore\tcount\tstart\n"
                                  "seeds/a.txt\ten\tBees\t4.125\t2\t6\n"
                                  "seeds/a.txt\ten\thive\t0.333333\t1\t18\n");
    zub_buffer_clear(&out);
    CHECK_STR(keywords(NULL), "    4.1250     2  Bees\n"
                              "    0.3333     1  hive\n");
}

static const char *guess(const zub_render_options *options)
{
    zub_guess sample = {"ar", 0.9981, "fa", 0.0012};

    CHECK_INT(zub_render_guess(&sample, &sample_record, options,
                               zub_buffer_sink(&out)),
              ZUB_OK);
    return shown();
}

static void a_guess_has_its_runner_up(void)
{
    zub_render_options options = {.format = ZUB_FORMAT_JSON};

    zub_buffer_clear(&out);
    CHECK_STR(guess(&options),
              "\n  {\n    \"id\": \"seeds/a.txt\",\n    \"lang\": \"ar\",\n"
              "    \"confidence\": 0.9981,\n"
              "    \"next\": {\"lang\": \"fa\", \"confidence\": 0.0012}\n"
              "  }");
    options = (zub_render_options){.format = ZUB_FORMAT_TSV};
    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_GUESS, &options);
    CHECK_STR(guess(&options),
              "id\tlang\tconfidence\tnext_lang\tnext_confidence\n"
              "seeds/a.txt\tar\t0.9981\tfa\t0.0012\n");
    options = (zub_render_options){.with_ids = true, .explain = true};
    zub_buffer_clear(&out);
    CHECK_STR(guess(&options), "0.9981  ar  0.0012  fa  seeds/a.txt\n");
    zub_buffer_clear(&out);
    CHECK_STR(guess(NULL), "0.9981  ar\n");
}

/* ---- Units ---- */

static const zub_sentence unit_sentences[] = {
    {.span = {0, 9, 0, 9}, .word_end = 2},
    {.span = {10, 14, 10, 14}, .word_start = 2, .word_end = 3},
};
static const zub_word unit_words[] = {
    {{0, 3, 0, 3}, 0}, {{4, 8, 4, 8}, 0}, {{10, 13, 10, 13}, 1}};
static const uint32_t unit_terms[] = {ZUB_NO_TERM, 0, 1};
static const zub_term terms[] = {{{"bee", 3}, {"Bees", 4}, 1},
                                 {{"hum", 3}, {"Hum", 3}, 1}};
static const zub_document sample_document = {
    .text = {"The\tBees.\nHum\x1b", 14},
    .lang = "en",
    .sentences = unit_sentences,
    .sentence_count = 2,
    .words = unit_words,
    .word_count = 3,
    .word_terms = unit_terms,
    .terms = terms,
    .term_count = 2,
};

static const char *units(const zub_render_options *options)
{
    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD, ZUB_KIND_UNITS, options);
    CHECK_INT(zub_render_units(&sample_document, &sample_record, options,
                               zub_buffer_sink(&out)),
              ZUB_OK);
    return shown();
}

static void units_are_one_a_line_with_numbers_first(void)
{
    zub_render_options options = {.unit = ZUB_UNIT_SENTENCE};

    CHECK_STR(units(&options), " 0  9  The Bees.\n10 14  Hum \n");
    options.unit = ZUB_UNIT_TERM;
    options.with_ids = true;
    CHECK_STR(units(&options), "== seeds/a.txt == Bees\n"
                               " 4  8  bee  Bees\n10 13  hum  Hum\n");
}

static void cells_of_a_table_are_escaped(void)
{
    zub_render_options options = {.format = ZUB_FORMAT_TSV};

    CHECK_STR(units(&options),
              "id\tlang\tstart\tend\tcp_start\tcp_end\ttext\n"
              "seeds/a.txt\ten\t0\t9\t0\t9\tThe\\tBees.\n"
              "seeds/a.txt\ten\t10\t14\t10\t14\tHum\\u001b\n");
}

static void terms_are_the_words_that_have_one(void)
{
    zub_render_options options = {
        .format = ZUB_FORMAT_TSV, .unit = ZUB_UNIT_TERM, .fold = true};

    CHECK_STR(units(&options),
              "id\tlang\tstart\tend\tcp_start\tcp_end\ttext\tterm\tfolded\n"
              "seeds/a.txt\ten\t4\t8\t4\t8\tBees\tbee\tbees\n"
              "seeds/a.txt\ten\t10\t13\t10\t13\tHum\thum\thum\n");
}

static void units_in_json_have_spans_and_terms(void)
{
    zub_render_options options = {.format = ZUB_FORMAT_JSONL,
                                  .unit = ZUB_UNIT_TERM};

    CHECK_STR(units(&options),
              "{\"id\": \"seeds/a.txt\", \"lang\": \"en\", \"units\": ["
              "{\"start\": 4, \"end\": 8, \"cp_start\": 4, \"cp_end\": 8, "
              "\"text\": \"Bees\", \"term\": \"bee\"}, "
              "{\"start\": 10, \"end\": 13, \"cp_start\": 10, "
              "\"cp_end\": 13, \"text\": \"Hum\", \"term\": \"hum\"}], "
              "\"date\": \"2026-01-02\", \"n\": 9007199254740993}\n");
    options.unit = ZUB_UNIT_WORD;
    CHECK(strstr(units(&options), "\"text\": \"The\"}"));
}

/* ---- Every format ---- */

static void a_kind_without_such_a_format_is_refused(void)
{
    zub_render_options options = {.format = ZUB_FORMAT_TSV};
    zub_sink sink = zub_buffer_sink(&out);

    zub_buffer_clear(&out);
    CHECK_INT(zub_render_summary(&sample_summary, NULL, &options, sink),
              ZUB_EINVAL);
    CHECK_INT(zub_render_part(ZUB_PART_HEAD, ZUB_KIND_SUMMARY, &options, sink),
              ZUB_EINVAL);
    options.format = ZUB_FORMAT_HTML;
    CHECK_INT(zub_render_keywords(&sample_summary, NULL, &options, sink),
              ZUB_EINVAL);
    CHECK_INT(zub_render_units(&sample_document, NULL, &options, sink),
              ZUB_EINVAL);
    CHECK_INT(zub_render_part(ZUB_PART_TAIL, ZUB_KIND_GUESS, &options, sink),
              ZUB_EINVAL);
    options.format = (zub_format)99;
    CHECK_INT(zub_render_summary(&sample_summary, NULL, &options, sink),
              ZUB_EINVAL);
    CHECK_STR(shown(), "");
}

static zub_status render(int kind, const zub_render_options *options,
                         zub_sink sink)
{
    zub_guess sample = {"ar", 0.9981, "fa", 0.0012};

    switch (kind) {
    case ZUB_KIND_SUMMARY:
        return zub_render_summary(&sample_summary, &sample_record, options,
                                  sink);
    case ZUB_KIND_KEYWORDS:
        return zub_render_keywords(&sample_summary, &sample_record, options,
                                   sink);
    case ZUB_KIND_UNITS:
        return zub_render_units(&sample_document, &sample_record, options,
                                sink);
    default: return zub_render_guess(&sample, &sample_record, options, sink);
    }
}

static void every_refusal_of_the_sink_comes_back(void)
{
    for (int format = ZUB_FORMAT_TEXT; format <= ZUB_FORMAT_HTML; format++)
        for (int kind = ZUB_KIND_SUMMARY; kind <= ZUB_KIND_GUESS; kind++) {
            zub_render_options options = {.format = (zub_format)format};
            refusal at = {1, 0};
            zub_status status =
                render(kind, &options, (zub_sink){refuse_nth, &at});
            CHECK(status == ZUB_EWRITE || status == ZUB_EINVAL);
            CHECK_INT(at.left, status == ZUB_EWRITE ? 0 : 1);
            CHECK_INT(at.after, 0);
        }
}

static void the_nth_write_may_fail(void)
{
    static char big[5 * 4096];
    zub_render_options jsonl = {.format = ZUB_FORMAT_JSONL};
    zub_key_sentence room;

    memset(big, '\n', sizeof big);
    zub_summary of = summary_of(&room, (zub_slice){big, sizeof big});
    for (int n = 1; n <= 10; n++) {
        refusal at = {n, 0};
        CHECK_INT(
            zub_render_summary(&of, NULL, &jsonl, (zub_sink){refuse_nth, &at}),
            ZUB_EWRITE);
        CHECK_INT(at.after, 0);
    }
}

static void the_version_names_the_libraries(void)
{
    char all[128], cut[8];
    size_t size = zub_version_details(all, sizeof all);

    CHECK_INT(strlen(all), size);
    CHECK(strncmp(all, "ICU ", 4) == 0);
    CHECK(strstr(all, ", zlib 1."));
    CHECK(strstr(all, ", libxml2 2."));
    CHECK(strstr(all, ", cJSON 1."));
    CHECK_INT(zub_version_details(cut, sizeof cut), size);
    CHECK_INT(strlen(cut), sizeof cut - 1);
    CHECK_INT(zub_version_details(NULL, 0), size);
}

int main(void)
{
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(a_summary_has_the_shape_of_the_contract);
    RUN(no_article_is_an_empty_array);
    RUN(what_there_is_not_is_null_or_empty);
    RUN(caps_that_were_asked_for_are_told);
    RUN(reasons_sum_to_the_score_as_written);
    RUN(a_score_that_is_no_number_is_null);
    RUN(jsonl_is_one_line_with_the_other_fields_as_they_were);
    RUN(the_text_comes_along_when_it_is_kept);
    RUN(a_name_that_we_need_moves_the_input_s_away);
    RUN(the_text_s_own_name_moves_too);
    RUN(odd_names_and_values_stay_json);
    RUN(values_of_others_become_json_where_they_were_none);
    RUN(a_title_or_language_that_is_not_ours_is_kept);
    RUN(sentences_stand_one_a_line);
    RUN(reasons_stand_below_their_sentence);
    RUN(articles_are_an_empty_line_apart);
    RUN(right_to_left_fields_are_isolated);
    RUN(no_text_can_command_a_terminal);
    RUN(any_sentence_is_a_line_as_long_as_the_budget_counts);
    RUN(names_and_titles_are_as_tame_as_sentences);
    RUN(colour_is_there_only_when_asked_for);
    RUN(keywords_have_their_first_place);
    RUN(a_guess_has_its_runner_up);
    RUN(units_are_one_a_line_with_numbers_first);
    RUN(cells_of_a_table_are_escaped);
    RUN(terms_are_the_words_that_have_one);
    RUN(units_in_json_have_spans_and_terms);
    RUN(a_kind_without_such_a_format_is_refused);
    RUN(every_refusal_of_the_sink_comes_back);
    RUN(the_nth_write_may_fail);
    RUN(the_version_names_the_libraries);
    zub_buffer_release(&out);
    return DONE();
}
