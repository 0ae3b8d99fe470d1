/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Topics: what they are made of, what is said of them, and that none of it
 * depends on threads or on the order of the input. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <stdlib.h>
#include <unistd.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/mem.h"
#include "base/random.h"
#include "test.h"
#include "topics/keys.h"
#include "topics/model.h"
#include "topics/phrases.h"
#include "topics/words.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";

static const char *path_of(const char *name)
{
    static char paths[4][100];
    static unsigned turn;
    char *path = paths[turn++ % 4];

    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    return path;
}

static void save(const char *name, zub_slice text)
{
    FILE *file = fopen(path_of(name), "w");

    CHECK(file && fwrite(text.data, 1, text.size, file) == text.size &&
          fclose(file) == 0);
}

/* ---- A corpus of three subjects ---- */

static const char *const subjects[3][8] = {
    {"space shuttle", "orbit", "rocket", "launch", "moon", "astronaut",
     "satellite", "engine"},
    {"olive oil", "bread", "garlic", "tomato", "kitchen", "recipe", "butter",
     "onion"},
    {"prime minister", "election", "parliament", "vote", "party", "budget",
     "treaty", "senate"},
};

static void add_sentence(zub_buffer *out, size_t subject, uint64_t seed)
{
    zub_random random = {seed, 0};

    zub_buffer_add_string(out, "Today we read that the ");
    zub_buffer_add_string(out,
                          subjects[subject][zub_random_below(&random, 8)]);
    zub_buffer_add_string(out, " was near the ");
    zub_buffer_add_string(out,
                          subjects[subject][zub_random_below(&random, 8)]);
    zub_buffer_add_string(out, " and after it came the ");
    zub_buffer_add_string(out,
                          subjects[subject][zub_random_below(&random, 8)]);
    zub_buffer_add_string(out, " of 1999. ");
}

static void add_article(zub_buffer *out, size_t i)
{
    zub_buffer_format(out, "{\"id\": \"a%03zu\", \"on\": \"20%02zu-05\", ", i,
                      i % 4);
    zub_buffer_format(out, "\"title\": \"Title %zu\", \"text\": \"", i);
    for (size_t s = 0; s < 5; s++)
        add_sentence(out, i % 3, i * 100 + s);
    zub_buffer_add_string(out, "\"}\n");
}

/* `count` articles, number i of subject i % 3; in another order with `turn`. */
static void save_subjects(const char *name, size_t count, size_t turn)
{
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < count; i++)
        add_article(&text, (i * 7 + turn) % count);
    save(name, zub_buffer_slice(&text));
    zub_buffer_release(&text);
}

/* ---- From a file to topics ---- */

typedef struct session {
    zub_models *models;
    zub_state *state;
    zub_topics *topics;
    zub_error error;
} session;

static const zub_analyzer_options english = {.lang = "en"};

static zub_corpus *open_file(const char *name)
{
    const char *path = path_of(name);
    zub_corpus *corpus;

    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    return corpus;
}

static zub_state *count_file(const zub_models *models, const char *name,
                             unsigned threads)
{
    zub_count_options options = {
        .low = 1, .high = 3, .keep_articles = true, .by_input = true};
    zub_corpus *corpus = open_file(name);
    zub_state *state;

    CHECK_INT(zub_count(&state, corpus, threads, models, &english, &options,
                        NULL, NULL),
              ZUB_OK);
    zub_corpus_free(corpus);
    return state;
}

static session begin(const char *name, const zub_topics_options *options)
{
    session made = {.models = NULL};

    CHECK_INT(zub_models_open(&made.models,
                              access("models", R_OK) == 0 ? "models" : NULL,
                              NULL),
              ZUB_OK);
    made.state = count_file(made.models, name, options->threads);
    CHECK_INT(zub_topics_new(&made.topics, made.state, options, &made.error),
              ZUB_OK);
    return made;
}

static zub_status read_file(session *of, const char *name)
{
    zub_corpus *corpus = open_file(name);
    zub_status status =
        zub_topics_read(of->topics, corpus, of->models, &english, &of->error);

    zub_corpus_free(corpus);
    return status;
}

static void end(session *old)
{
    zub_topics_free(old->topics);
    zub_state_free(old->state);
    zub_models_free(old->models);
}

/* Everything about the topics of a file, in a format, yours to release. */
static zub_buffer rendered(const char *name, const zub_topics_options *options,
                           zub_format format)
{
    session run = begin(name, options);
    zub_render_options render = {.format = format};
    zub_buffer out;

    CHECK_INT(read_file(&run, name), ZUB_OK);
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_render_topics(zub_topics_about(run.topics), &render,
                                zub_buffer_sink(&out)),
              ZUB_OK);
    zub_buffer_add_char(&out, '\0');
    end(&run);
    return out;
}

static zub_slice slice_of(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static bool is_text(zub_slice a, const char *b)
{
    return a.size == strlen(b) && memcmp(a.data, b, a.size) == 0;
}

/* ---- Words ---- */

static void subjects_are_words_with_letters(void)
{
    static const char *const good[] = {"ab", "don't", "الكتاب", "co-op", "水"};
    static const char *const bad[] = {"",    "a",     "1999",  "mp3",
                                      "a.b", "x@y.z", "_____", "\xff\xff"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(zub_is_subject_word(slice_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(!zub_is_subject_word(slice_of(bad[i])));
    CHECK_NEAR(zub_letter_share(slice_of("ab 12")), .5, 1e-9);
    CHECK_NEAR(zub_letter_share(slice_of("")), 0, 0);
}

/* ---- Models of affinities made by hand ---- */

static void rows_stand_by_id_and_without_numbers(void)
{
    static const zub_topics_options options = {.k = 1};
    zub_topic_rows one, other;

    save_subjects("a.jsonl", 12, 0);
    save_subjects("b.jsonl", 12, 5);
    zub_state *a = count_file(NULL, "a.jsonl", 1);
    zub_state *b = count_file(NULL, "b.jsonl", 1);
    CHECK_INT(zub_topic_rows_make(&one, a, &options, NULL), ZUB_OK);
    CHECK_INT(zub_topic_rows_make(&other, b, &options, NULL), ZUB_OK);
    CHECK_INT(one.matrix.rows, 12);
    for (size_t r = 0; r < 12; r++) {
        char id[8];
        snprintf(id, sizeof id, "a%03zu", r);
        CHECK(is_text(zub_topic_id(&one, r), id));
        CHECK(is_text(zub_topic_id(&other, r), id));
    }
    size_t entries = (size_t)one.matrix.starts[12];
    CHECK_INT(other.matrix.starts[12], entries);
    CHECK(memcmp(one.matrix.values, other.matrix.values,
                 entries * sizeof(float)) == 0);
    for (size_t c = 0; c < (size_t)one.matrix.columns; c++)
        CHECK(!is_text(zub_topic_surface(&one, c), "1999"));
    zub_topic_rows_release(&one);
    zub_topic_rows_release(&other);
    zub_state_free(a);
    zub_state_free(b);
}

/* Rows of the subjects, and what they are of. */
static zub_topic_model model_by_hand(zub_topic_rows *rows, zub_state *state)
{
    static const zub_topics_options options = {.k = 1};
    float affinity[12][4] = {{0}};
    zub_topic_model model;

    for (size_t r = 0; r < 12; r++) {
        affinity[r][(r % 3) + 1] = 3;
        affinity[r][(r + 1) % 3 + 1] = 1;
    }
    CHECK_INT(zub_topic_rows_make(rows, state, &options, NULL), ZUB_OK);
    CHECK_INT(zub_topic_model_of(&model, rows, &affinity[0][0], 4, NULL),
              ZUB_OK);
    return model;
}

static void articles_are_of_what_they_are_most(void)
{
    zub_topic_rows rows;
    save_subjects("a.jsonl", 12, 0);
    zub_state *state = count_file(NULL, "a.jsonl", 1);
    zub_topic_model model = model_by_hand(&rows, state);

    CHECK_INT(model.k, 3);
    for (size_t r = 0; r < 12; r++) {
        double sum = 0;
        for (size_t t = 0; t < 3; t++)
            sum += model.weights[r * 3 + t];
        CHECK_NEAR(sum, 1, 1e-6);
        CHECK_INT(model.topics[r], r % 3);
        CHECK_NEAR(model.weights[r * 3 + r % 3], .75, 1e-6);
        CHECK(model.likeness[r] > .3 && model.likeness[r] <= 1.00001);
    }
    for (size_t t = 0; t < 3; t++)
        CHECK_INT(zub_topic_size(&model, t), 4);
    zub_topic_model_release(&model);
    zub_topic_rows_release(&rows);
    zub_state_free(state);
}

/* Whether a phrase has the word. */
static bool has_word(const char *phrase, zub_slice word)
{
    for (size_t i = 0; i + word.size <= strlen(phrase); i++)
        if (memcmp(phrase + i, word.data, word.size) == 0)
            return true;
    return false;
}

static void words_of_a_topic_are_its_own(void)
{
    zub_topic_rows rows;
    zub_topic_keys keys;
    double coherence[3];
    save_subjects("a.jsonl", 12, 0);
    zub_state *state = count_file(NULL, "a.jsonl", 1);
    zub_topic_model model = model_by_hand(&rows, state);

    CHECK_INT(zub_topic_keys_find(&keys, &rows, &model, 5), ZUB_OK);
    for (size_t t = 0; t < 3; t++) {
        CHECK_INT(keys.sizes[t], 5);
        CHECK(keys.weights[t * 5] >= keys.weights[t * 5 + 4]);
        for (size_t i = 0; i < 5; i++) {
            zub_slice word = zub_topic_surface(&rows, keys.columns[t * 5 + i]);
            bool is_own = false;
            for (size_t s = 0; s < 8; s++)
                is_own = is_own || has_word(subjects[t][s], word);
            CHECK(is_own);
        }
    }
    CHECK_INT(zub_topic_coherence(coherence, &rows, &keys, 3), ZUB_OK);
    for (size_t t = 0; t < 3; t++)
        CHECK(coherence[t] > 0 && coherence[t] <= 1);
    zub_topic_keys_release(&keys);
    zub_topic_model_release(&model);
    zub_topic_rows_release(&rows);
    zub_state_free(state);
}

/* ---- Labels ---- */

static void a_label_repeats_nothing(void)
{
    zub_phrase phrases[4] = {
        {.words = {1, 2}, .size = 2, .score = 1},
        {.words = {2}, .size = 1, .score = .9},
        {.words = {3}, .size = 1, .score = .5},
        {.words = {4}, .size = 1, .score = .4},
    };
    zub_slice texts[4] = {slice_of("a b"), slice_of("b"), slice_of("Israel"),
                          slice_of("Israeli")};
    size_t chosen[3];

    CHECK_INT(zub_phrases_choose(chosen, 3, phrases, texts, 4), 2);
    CHECK_INT(chosen[0], 0);
    CHECK_INT(chosen[1], 2);
    texts[0].size = 0;
    CHECK_INT(zub_phrases_choose(chosen, 3, phrases, texts, 4), 2);
    CHECK_INT(chosen[0], 1);
    CHECK_INT(zub_phrases_choose(chosen, 3, phrases, texts, 0), 0);
}

/* ---- The whole ---- */

static void subjects_become_topics(void)
{
    zub_topics_options options = {.k = 3, .date_field = "on", .threads = 2};
    save_subjects("a.jsonl", 30, 0);
    session run = begin("a.jsonl", &options);
    const zub_topics_report *report = zub_topics_about(run.topics);
    static const char *const phrases[] = {"space shuttle", "olive oil",
                                          "prime minister"};

    CHECK_INT(report->topic_count, 3);
    CHECK_INT(report->topics[0].label.size, 0);
    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_OK);
    CHECK_INT(report->article_count, 30);
    CHECK_INT(report->outliers, 0);
    for (size_t i = 0; i < 30; i++)
        CHECK_INT(report->articles[i].topic, report->articles[i % 3].topic);
    for (size_t t = 0; t < 3; t++) {
        const zub_topic *topic = &report->topics[t];
        const char *phrase = phrases[topic->medoid % 3];
        bool is_named = false;
        for (size_t i = 0; i < topic->phrase_count; i++)
            is_named = is_named || is_text(topic->phrases[i], phrase);
        CHECK(is_named);
        CHECK_INT(topic->articles, 10);
        CHECK_NEAR(topic->share, 1 / 3.0, 1e-9);
        CHECK_INT(topic->near_count, 2);
    }
    end(&run);
}

static void sentences_are_quoted_from_their_places(void)
{
    zub_topics_options options = {.k = 3};
    save_subjects("a.jsonl", 30, 0);
    session run = begin("a.jsonl", &options);
    const zub_topics_report *report = zub_topics_about(run.topics);
    zub_record *record;

    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_OK);
    CHECK(report->overview_count >= 5 && report->overview_count <= 10);
    for (size_t t = 0; t < 3; t++)
        CHECK(report->topics[t].sentence_count >= 1);
    zub_corpus *corpus = open_file("a.jsonl");
    while (zub_corpus_next(&record, corpus, NULL) == ZUB_OK && record) {
        for (size_t i = 0; i < report->overview_count; i++) {
            const zub_topic_sentence *at = &report->overview[i];
            zub_slice id = report->articles[at->article].id;
            if (id.size != record->id.size ||
                memcmp(id.data, record->id.data, id.size) != 0)
                continue;
            CHECK_INT(at->topic, report->articles[at->article].topic);
            CHECK_INT(at->end - at->start, at->text.size);
            CHECK(memcmp(record->text.data + at->start, at->text.data,
                         at->text.size) == 0);
        }
        zub_record_free(record);
    }
    zub_corpus_free(corpus);
    end(&run);
}

static void topics_are_counted_through_time(void)
{
    zub_topics_options options = {
        .k = 3, .date_field = "on", .period = ZUB_PERIOD_YEAR};
    save_subjects("a.jsonl", 24, 0);
    session run = begin("a.jsonl", &options);
    const zub_topics_report *report = zub_topics_about(run.topics);

    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_OK);
    CHECK_INT(report->period_count, 4);
    CHECK(is_text(report->periods[0], "2000"));
    CHECK(is_text(report->periods[3], "2003"));
    CHECK_INT(report->undated, 0);
    for (size_t t = 0; t < 3; t++)
        for (size_t p = 0; p < 4; p++)
            CHECK_INT(report->topics[t].periods[p], 2);
    end(&run);
    options.period = ZUB_PERIOD_DAY;
    run = begin("a.jsonl", &options);
    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_OK);
    CHECK_INT(zub_topics_about(run.topics)->undated, 24);
    CHECK_INT(zub_topics_about(run.topics)->period_count, 0);
    end(&run);
}

/* The same bytes, whatever the threads and the order of the input. */
static void agrees(zub_topics_options options, zub_format format)
{
    static const struct {
        unsigned threads;
        size_t turn;
    } ways[] = {{2, 0}, {7, 0}, {1, 11}, {7, 23}};

    save_subjects("a.jsonl", 40, 0);
    options.threads = 1;
    zub_buffer first = rendered("a.jsonl", &options, format);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        options.threads = ways[i].threads;
        save_subjects("b.jsonl", 40, ways[i].turn);
        zub_buffer other = rendered("b.jsonl", &options, format);
        CHECK_INT(other.size, first.size);
        CHECK_STR(other.data, first.data);
        zub_buffer_release(&other);
    }
    zub_buffer_release(&first);
}

static void nothing_depends_on_threads_or_order(void)
{
    const char *method;

    for (size_t i = 0; (method = zub_topics_method_name(i)) != NULL; i++) {
        agrees(
            (zub_topics_options){.k = 3, .method = method, .date_field = "on"},
            ZUB_FORMAT_JSON);
        agrees((zub_topics_options){.method = method}, ZUB_FORMAT_HTML);
    }
}

/* ---- Little and odd input ---- */

static size_t topics_of(const char *text, size_t k)
{
    zub_topics_options options = {.k = k, .date_field = "on"};

    save("odd.jsonl", slice_of(text));
    session run = begin("odd.jsonl", &options);
    CHECK_INT(read_file(&run, "odd.jsonl"), ZUB_OK);
    const zub_topics_report *report = zub_topics_about(run.topics);
    size_t count = report->topic_count, articles = report->outliers;
    for (size_t t = 0; t < count; t++) {
        CHECK(report->topics[t].articles > 0);
        CHECK(report->topics[t].label.size > 0);
        CHECK(isfinite(report->topics[t].x) && isfinite(report->topics[t].y));
        articles += report->topics[t].articles;
    }
    CHECK_INT(articles, report->article_count);
    for (unsigned format = 0; format <= ZUB_FORMAT_HTML; format++) {
        zub_render_options render = {.format = (zub_format)format};
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        CHECK_INT(zub_render_topics(report, &render, zub_buffer_sink(&out)),
                  ZUB_OK);
        zub_buffer_release(&out);
    }
    end(&run);
    return count;
}

static void little_makes_fewer_topics(void)
{
    static const size_t numbers[] = {0, 1, 2, 20};

    for (size_t i = 0; i < 4; i++) {
        size_t k = numbers[i], most = k ? k : 2;
        CHECK_INT(topics_of("{\"text\": \"Bees dance on flowers.\"}\n", k), 1);
        CHECK_INT(topics_of("{\"text\": \"\"}\n", k), 0);
        CHECK_INT(topics_of("{\"text\": \"1 2 3 ... 4\"}\n{\"text\": "
                            "\"the of and\"}\n",
                            k),
                  0);
        CHECK(topics_of("{\"text\": \"Bees dance.\"}\n{\"text\": \"\"}\n"
                        "{\"text\": \"Rockets fly.\"}\n",
                        k) <= most);
        CHECK(topics_of("{\"text\": \"Bees dance.\"}\n"
                        "{\"text\": \"Bees dance.\"}\n"
                        "{\"text\": \"Bees dance.\"}\n",
                        k) >= 1);
        CHECK(topics_of("{\"id\": \"x\", \"text\": \"Bees dance.\"}\n"
                        "{\"id\": \"x\", \"text\": \"Rockets fly high.\"}\n"
                        "{\"id\": \"x\", \"text\": \"Bees dance.\"}\n",
                        k) >= 1);
    }
}

static void hostile_bytes_are_input(void)
{
    CHECK(
        topics_of("{\"id\": \"\\u0000<b>&\\\"\", \"text\": \"Bees "
                  "\\u0000 dance \xff\xfe there </script>.\"}\n"
                  "{\"id\": \"\xe2\x80\xae\", \"on\": 7, \"text\": \"\\ud800 "
                  "rockets fly\"}\n",
                  2) >= 1);
}

static void the_page_runs_nothing(void)
{
    zub_topics_options options = {.k = 2};
    save("odd.jsonl",
         slice_of("{\"id\": \"<script>\", \"text\": \"Bees <img src=x> "
                  "dance with bees in the hive of bees.\"}\n"
                  "{\"id\": \"b\", \"text\": \"Rockets fly & rockets "
                  "land on the moon of rockets.\"}\n"));
    zub_buffer page = rendered("odd.jsonl", &options, ZUB_FORMAT_HTML);

    CHECK(strstr(page.data, "<script") == NULL);
    CHECK(strstr(page.data, "<img") == NULL);
    CHECK(strstr(page.data, "<text") == NULL);
    CHECK(strstr(page.data, "http://") == NULL);
    CHECK(strstr(page.data, "&lt;script&gt;") != NULL);
    CHECK(strstr(page.data, "<circle") != NULL);
    zub_buffer_release(&page);
}

static void another_corpus_is_refused(void)
{
    zub_topics_options options = {.k = 2};
    save_subjects("a.jsonl", 12, 0);
    save_subjects("b.jsonl", 12, 5);
    save_subjects("c.jsonl", 6, 0);
    session run = begin("a.jsonl", &options);

    CHECK_INT(read_file(&run, "b.jsonl"), ZUB_EMISMATCH);
    CHECK(run.error.message[0] != '\0');
    CHECK_INT(zub_topics_about(run.topics)->topics[0].label.size, 0);
    CHECK_INT(read_file(&run, "c.jsonl"), ZUB_EMISMATCH);
    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_OK);
    CHECK(zub_topics_about(run.topics)->topics[0].label.size > 0);
    CHECK_INT(read_file(&run, "a.jsonl"), ZUB_EINVAL);
    end(&run);
}

static void bad_options_are_refused(void)
{
    zub_topics_options bad = {.method = "magic"};
    zub_topics_options period = {.period = (zub_period)9};
    zub_count_options sums = {.low = 1};
    zub_topics *topics;
    zub_error error;
    zub_state *state;
    save_subjects("a.jsonl", 12, 0);
    zub_state *good = count_file(NULL, "a.jsonl", 1);
    zub_corpus *corpus = open_file("a.jsonl");

    CHECK_INT(zub_topics_new(&topics, good, &bad, &error), ZUB_EINVAL);
    CHECK(topics == NULL && strstr(error.message, "magic") != NULL);
    CHECK_INT(zub_topics_new(&topics, good, &period, NULL), ZUB_EINVAL);
    CHECK_INT(zub_count(&state, corpus, 1, NULL, &english, &sums, NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_topics_new(&topics, state, NULL, &error), ZUB_EINVAL);
    CHECK(topics == NULL && error.message[0] != '\0');
    zub_topics_free(NULL);
    zub_corpus_free(corpus);
    zub_state_free(state);
    zub_state_free(good);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(subjects_are_words_with_letters);
    RUN(rows_stand_by_id_and_without_numbers);
    RUN(articles_are_of_what_they_are_most);
    RUN(words_of_a_topic_are_its_own);
    RUN(a_label_repeats_nothing);
    RUN(subjects_become_topics);
    RUN(sentences_are_quoted_from_their_places);
    RUN(topics_are_counted_through_time);
    RUN(nothing_depends_on_threads_or_order);
    RUN(little_makes_fewer_topics);
    RUN(hostile_bytes_are_input);
    RUN(the_page_runs_nothing);
    RUN(another_corpus_is_refused);
    RUN(bad_options_are_refused);
    for (size_t i = 0; i < 4; i++)
        unlink(path_of(((const char *[]){"a.jsonl", "b.jsonl", "c.jsonl",
                                         "odd.jsonl"})[i]));
    rmdir(folder);
    return DONE();
}
