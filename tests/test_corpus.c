/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus.c - files, folders and standard input: what becomes a record,
 * under which id, and what becomes an error. */
#include "test.h"

#include <sys/wait.h>
#include <time.h>
#include <zlib.h>

#include "corpus_reading.h"

/* ---- Plain text ---- */

static void a_file_is_an_article(void)
{
    reading r = read_text("a.txt", "One line.\nAnother.\n");

    CHECK_INT(r.count, 1);
    CHECK_INT(r.error_count, 0);
    CHECK(is_slice(r.records[0]->id, "a.txt"));
    CHECK(is_slice(r.records[0]->source, "a.txt"));
    CHECK(is_slice(r.records[0]->text, "One line.\nAnother.\n"));
    CHECK(is_slice(r.records[0]->title, ""));
    CHECK_INT(r.records[0]->body, 0);
    CHECK_INT(r.records[0]->line, 0);
    CHECK(!r.records[0]->is_decoded);
    CHECK_INT(r.progress.bytes, 19);
    CHECK_INT(r.progress.records, 1);
    free_reading(&r);
}

static void an_empty_file_is_an_article_too(void)
{
    reading r = read_text("empty.txt", "");

    CHECK_INT(r.count, 1);
    CHECK_INT(r.records[0]->text.size, 0);
    free_reading(&r);
}

static void a_first_line_before_an_empty_one_is_the_title(void)
{
    reading r = read_text("t.txt", "  The title \r\n\r\nBody.\n");

    CHECK(is_slice(r.records[0]->title, "The title"));
    CHECK_INT(r.records[0]->body, 16);
    free_reading(&r);

    r = read_text("t.txt", "Not a title\nBody.\n\nMore.");
    CHECK(is_slice(r.records[0]->title, ""));
    CHECK_INT(r.records[0]->body, 0);
    free_reading(&r);
}

static void a_title_needs_a_text_behind_it(void)
{
    reading r = read_text("t.txt", "Only this\n\n  \n");

    CHECK(is_slice(r.records[0]->title, ""));
    CHECK_INT(r.records[0]->body, 0);
    free_reading(&r);
}

static void a_title_has_at_most_200_characters(void)
{
    char text[1024] = "";

    for (int i = 0; i < 200; i++)
        strcat(text, "\xD9\x85");
    strcat(text, "\n\nbody");
    reading r = read_text("t.txt", text);
    CHECK_INT(r.records[0]->title.size, 400);
    free_reading(&r);

    memmove(text + 1, text, strlen(text) + 1);
    text[0] = 'x';
    r = read_text("t.txt", text);
    CHECK_INT(r.records[0]->title.size, 0);
    free_reading(&r);
}

static void a_byte_order_mark_stays_in_the_text_and_out_of_the_title(void)
{
    reading r = read_text("b.txt", "\xEF\xBB\xBFTitle\n\nBody");

    CHECK_INT(r.records[0]->text.size, 14);
    CHECK(is_slice(r.records[0]->title, "Title"));
    CHECK_INT(r.records[0]->body, 10);
    CHECK(!r.records[0]->is_decoded);
    free_reading(&r);

    r = read_text("b.txt", "\xEF\xBB\xBF"
                           "Body");
    CHECK_INT(r.records[0]->body, 3);
    free_reading(&r);
}

static void bad_bytes_stay_where_they_are(void)
{
    reading r = read_text("bad.txt", "Text \x80 with \xFF bytes");

    CHECK(is_slice(r.records[0]->text, "Text \x80 with \xFF bytes"));
    CHECK_INT(r.records[0]->repaired, 0);
    CHECK(!r.records[0]->is_decoded);
    free_reading(&r);

    write_file("nul.txt", "a\0b and \0 so on", 15);
    r = read_path("nul.txt");
    CHECK_INT(r.records[0]->text.size, 15);
    CHECK(memcmp(r.records[0]->text.data, "a\0b and \0 so on", 16) == 0);
    free_reading(&r);
}

static void lines_are_articles_when_asked(void)
{
    zub_corpus_options options = {.form = ZUB_FORM_LINES};
    const char *path = "l.txt";

    write_text(path, "\xEF\xBB\xBFone\r\n\n  \nfour\nfive");
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 3);
    CHECK(is_slice(r.records[0]->text, "one"));
    CHECK(is_slice(r.records[0]->id, "l.txt:1"));
    CHECK(is_slice(r.records[1]->id, "l.txt:4"));
    CHECK(is_slice(r.records[2]->text, "five"));
    CHECK_INT(r.records[2]->line, 5);
    free_reading(&r);
}

/* ---- JSONL ---- */

static void a_json_line_is_an_article(void)
{
    reading r = read_text(
        "j.jsonl",
        "{\"id\": \"x-1\", \"title\": \"T\", \"lang\": \"ar\", \"n\": "
        "12345678901234567890, \"text\": \"a\\n\\u0645\", \"k\": [1, {}]}\n");
    const zub_record *record = r.records[0];

    CHECK_INT(r.count, 1);
    CHECK(is_slice(record->id, "x-1"));
    CHECK(is_slice(record->title, "T"));
    CHECK(is_slice(record->lang, "ar"));
    CHECK(is_slice(record->text, "a\n\xD9\x85"));
    CHECK_STR(record->text_field, "text");
    CHECK(record->is_decoded);
    CHECK_INT(record->line, 1);
    CHECK_INT(record->field_count, 4);
    CHECK(is_slice(record->fields[0].name, "title"));
    CHECK(is_slice(record->fields[0].value, "\"T\""));
    CHECK(is_slice(record->fields[2].name, "n"));
    CHECK(is_slice(record->fields[2].value, "12345678901234567890"));
    CHECK(is_slice(record->fields[3].value, "[1, {}]"));
    free_reading(&r);
}

static void an_id_may_be_an_integer_of_any_length(void)
{
    reading r = read_text(
        "j.jsonl",
        "{\"id\": 123456789012345678901, \"text\": \"\"}\n\r\n"
        "{\"text\": \"\"}\n{\"id\": \"\", \"text\": \"\"}\n"
        "{\"id\": null, \"text\": \"\"}\r\n{\"id\": 1.5, \"text\": \"\"}");

    CHECK_INT(r.count, 5);
    CHECK(is_slice(r.records[0]->id, "123456789012345678901"));
    CHECK(is_slice(r.records[1]->id, "j.jsonl:3"));
    CHECK(is_slice(r.records[2]->id, "j.jsonl:4"));
    CHECK(is_slice(r.records[3]->id, "j.jsonl:5"));
    CHECK(is_slice(r.records[3]->fields[0].value, "null"));
    CHECK(is_slice(r.records[4]->id, "j.jsonl:6"));
    free_reading(&r);
}

static void the_text_field_is_the_first_known_name_with_a_string(void)
{
    reading r = read_text(
        "j.jsonl",
        "{\"article\": \"e\", \"raw_content\": \"d\", \"body\": \"c\", "
        "\"content\": \"b\", \"text\": \"a\"}\n"
        "{\"article\": \"e\", \"body\": \"c\"}\n"
        "{\"text\": null, \"content\": \"b\"}\n");

    CHECK(is_slice(r.records[0]->text, "a"));
    CHECK_INT(r.records[0]->field_count, 4);
    CHECK(is_slice(r.records[1]->text, "c"));
    CHECK_STR(r.records[1]->text_field, "body");
    CHECK(is_slice(r.records[2]->text, "b"));
    free_reading(&r);
}

static void field_names_can_be_given(void)
{
    zub_corpus_options options = {.text_field = "story", .id_field = "key"};
    const char *path = "j.jsonl";

    write_text(path,
               "{\"key\": 7, \"id\": 8, \"text\": \"t\", \"story\": \"s\"}\n"
               "{\"text\": \"t\"}\n");
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 1);
    CHECK(is_slice(r.records[0]->id, "7"));
    CHECK(is_slice(r.records[0]->text, "s"));
    CHECK_INT(r.records[0]->field_count, 3);
    CHECK(is_slice(r.records[0]->fields[0].name, "key"));
    CHECK(has_words(&r.errors[0], "no field 'story'"));
    free_reading(&r);
}

static void nul_and_lone_surrogates_are_replaced_and_counted(void)
{
    const char line[] =
        "{\"text\": \"a\\u0000b\\ud800c\\udc00\\ud83d\\ude00\0\"}";

    write_file("j.jsonl", line, sizeof line - 1);
    reading r = read_path("j.jsonl");
    CHECK_INT(r.count, 1);
    CHECK(is_slice(r.records[0]->text, "a\xEF\xBF\xBD"
                                       "b\xEF\xBF\xBD"
                                       "c\xEF\xBF\xBD"
                                       "\xF0\x9F\x98\x80\xEF\xBF\xBD"));
    CHECK_INT(r.records[0]->repaired, 4);
    free_reading(&r);
}

static void the_last_of_equal_names_counts(void)
{
    reading r =
        read_text("j.jsonl", "{\"text\": \"a\", \"te\\u0078t\": \"b\"}");

    CHECK(is_slice(r.records[0]->text, "b"));
    CHECK_INT(r.records[0]->field_count, 0);
    free_reading(&r);

    r = read_text("j.jsonl", "{\"q\": 1, \"id\": \"a\", \"title\": \"A\", "
                             "\"text\": \"t\", \"\\u0071\": 2, \"id\": "
                             "\"b\", \"title\": \"B\", \"z\": 3}");
    CHECK(is_slice(r.records[0]->id, "b"));
    CHECK(is_slice(r.records[0]->title, "B"));
    CHECK_INT(r.records[0]->field_count, 3);
    CHECK(is_slice(r.records[0]->fields[0].value, "2"));
    CHECK(is_slice(r.records[0]->fields[1].value, "\"B\""));
    CHECK(is_slice(r.records[0]->fields[2].value, "3"));
    free_reading(&r);

    r = read_text("t.csv", "q,text,q,text\n1,a,2,b\n");
    CHECK(is_slice(r.records[0]->text, "b"));
    CHECK_INT(r.records[0]->field_count, 1);
    CHECK(is_slice(r.records[0]->fields[0].value, "\"2\""));
    free_reading(&r);
}

static void bad_bytes_of_other_fields_are_counted(void)
{
    reading r = read_text("j.jsonl", "{\"text\": \"مكتبة\xFF\", \"title\": "
                                     "\"\xFE\", \"f\xFD\": [\"\xD9\"]}");

    CHECK_INT(r.records[0]->repaired, 3);
    free_reading(&r);
    r = read_text("t.tsv", "text\tf\na\xFF\t\xFE\n");
    CHECK_INT(r.records[0]->repaired, 1);
    free_reading(&r);
}

static void joined_files_may_each_begin_with_a_mark(void)
{
    zub_corpus_options options = {.form = ZUB_FORM_LINES};
    const char *path = "l.txt";
    reading r = read_text("j.jsonl", "\xEF\xBB\xBF{\"text\": \"a\"}\n"
                                     "\xEF\xBB\xBF{\"text\": \"b\"}\n"
                                     "\xEF\xBB\xBF\n\xEF\xBB\xBF{");

    CHECK_INT(r.count, 2);
    CHECK_INT(r.error_count, 1);
    CHECK(has_words(&r.errors[0], "line 4, column 2: expected"));
    CHECK_INT(r.errors[0].position, 3 + 14 + 3 + 14 + 4 + 3 + 1);
    free_reading(&r);

    write_text(path, "\xEF\xBB\xBFone\n\xEF\xBB\xBFtwo");
    r = read_paths(&path, 1, &options, 0);
    CHECK(is_slice(r.records[1]->text, "two"));
    free_reading(&r);
}

static void a_malformed_line_is_named_and_the_rest_goes_on(void)
{
    reading r =
        read_text("j.jsonl", "{\"text\": \"a\"}\n{\"text\": "
                             "\"b\",}\n[1]\n{\"text\": 5}\n{\"x\": 1}\n"
                             "{\"text\": \"c\"} {}\n{\"text\": \"d\"}");

    CHECK_INT(r.count, 2);
    CHECK_INT(r.error_count, 5);
    CHECK(has_words(&r.errors[0],
                    "'j.jsonl' line 2, column 14: expected a string"));
    CHECK_INT(r.errors[0].position, 14 + 13);
    CHECK(has_words(&r.errors[1], "line 3, column 1: expected an object"));
    CHECK(has_words(&r.errors[2], "line 4, column 10: the text field is not"));
    CHECK(has_words(&r.errors[3], "line 5, column 1: no field text"));
    CHECK(has_words(&r.errors[4], "line 6, column 15: more than one value"));
    for (size_t i = 0; i < r.error_count; i++)
        CHECK_INT(r.errors[i].status, ZUB_EMALFORMED);
    CHECK(is_slice(r.records[1]->text, "d"));
    free_reading(&r);
}

static void values_that_are_not_json_give_no_texts(void)
{
    static const char *const values[] = {
        "", "\"", "\"a", "\"a\\", "\"\\x\"", "[\"a\"", "[\"a\"] ]", "{\"a\"}",
    };

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        zub_field field = {{"f", 1}, {values[i], strlen(values[i])}};
        zub_record record = {.fields = &field, .field_count = 1};
        zub_texts *texts;
        CHECK_INT(zub_texts_new(&texts, &record, "f"), ZUB_EMALFORMED);
        CHECK(!texts);
    }
}

static void numbers_of_fields_can_be_read(void)
{
    reading r = read_text(
        "j.jsonl",
        "{\"text\": \"\", \"n\": 120, \"s\": \"-3.5e2\", \"w\": \"ten\", "
        "\"o\": {}, \"b\": true, \"e\": \"\", \"n\": 130}");
    double number;

    CHECK_INT(zub_record_number(&number, r.records[0], "n"), ZUB_OK);
    CHECK_NEAR(number, 130, 0);
    CHECK_INT(zub_record_number(&number, r.records[0], "s"), ZUB_OK);
    CHECK_NEAR(number, -350, 0);
    CHECK_INT(zub_record_number(&number, r.records[0], "w"), ZUB_EINVAL);
    CHECK_INT(zub_record_number(&number, r.records[0], "o"), ZUB_EINVAL);
    CHECK_INT(zub_record_number(&number, r.records[0], "b"), ZUB_EINVAL);
    CHECK_INT(zub_record_number(&number, r.records[0], "e"), ZUB_EINVAL);
    CHECK_INT(zub_record_number(&number, r.records[0], "z"), ZUB_ENOTFOUND);
    free_reading(&r);
}

/* ---- Tables ---- */

static void a_csv_row_is_an_article(void)
{
    reading r = read_text(
        "t.csv", "\xEF\xBB\xBFid,note,text,title,lang\r\n"
                 "7,\"say \"\"hi\"\"\",\"two\r\nlines, one cell\",T,fr\r\n"
                 "\r\n,,last,,");

    CHECK_INT(r.error_count, 0);
    CHECK_INT(r.count, 2);
    CHECK(is_slice(r.records[0]->id, "7"));
    CHECK(is_slice(r.records[0]->text, "two\r\nlines, one cell"));
    CHECK(is_slice(r.records[0]->title, "T"));
    CHECK(is_slice(r.records[0]->lang, "fr"));
    CHECK_INT(r.records[0]->field_count, 3);
    CHECK(is_slice(r.records[0]->fields[0].value, "\"say \\\"hi\\\"\""));
    CHECK(is_slice(r.records[1]->id, "t.csv:5"));
    CHECK(is_slice(r.records[1]->text, "last"));
    free_reading(&r);
}

static void bad_csv_rows_are_named_and_the_rest_goes_on(void)
{
    reading r = read_text(
        "t.csv",
        "id,text\n1,a,b\n2,\"c\"d\n3\n4,5\" pipe\n6,e\n7,\"open\n8,f\n");

    CHECK_INT(r.count, 2);
    CHECK(is_slice(r.records[0]->text, "5\" pipe"));
    CHECK(is_slice(r.records[1]->id, "6"));
    CHECK_INT(r.error_count, 4);
    CHECK(
        has_words(&r.errors[0], "line 2: 3 cells, but the header line has 2"));
    CHECK(has_words(&r.errors[1], "line 3: something stands between"));
    CHECK(has_words(&r.errors[2], "line 4: 1 cell,"));
    CHECK(has_words(&r.errors[3], "line 7: a quote that begins"));
    CHECK_INT(r.errors[3].status, ZUB_EMALFORMED);
    free_reading(&r);
}

static void in_tsv_a_tab_is_a_border_and_a_quote_is_a_quote(void)
{
    reading r = read_text("t.tsv", "text\tn\n\"a\t3\nb\\tc\t\"\n");

    CHECK_INT(r.count, 2);
    CHECK(is_slice(r.records[0]->text, "\"a"));
    CHECK(is_slice(r.records[0]->fields[0].value, "\"3\""));
    CHECK(is_slice(r.records[1]->text, "b\\tc"));
    free_reading(&r);
}

static void a_table_without_a_text_column_is_malformed(void)
{
    reading r = read_text("t.csv", "a,b\n1,2\n3,4\n");

    CHECK_INT(r.count, 0);
    CHECK_INT(r.error_count, 1);
    CHECK(has_words(&r.errors[0], "'t.csv' line 1: no column text"));
    free_reading(&r);

    r = read_text("t.csv", "id;text\n1;a\n");
    CHECK(has_words(&r.errors[0], "by a comma or a tab, not by ';'"));
    free_reading(&r);
    r = read_text("t.csv", "id\ttext\n1\ta\n");
    CHECK(has_words(&r.errors[0], "--from tsv"));
    free_reading(&r);
}

/* ---- Forms by a look inside ---- */

static void unknown_suffixes_are_looked_into(void)
{
    reading r =
        read_text("noname", "\n {\"text\": \"a\"}\n{\"text\": \"b\"}\n");
    CHECK_INT(r.count, 2);
    free_reading(&r);

    r = read_text("noname", "{curly} is not JSON\n");
    CHECK_INT(r.count, 1);
    CHECK(is_slice(r.records[0]->text, "{curly} is not JSON\n"));
    free_reading(&r);

    r = read_text("noname", "  <!DOCTYPE HTML><p>Hello");
    CHECK(is_slice(r.records[0]->text, "Hello"));
    free_reading(&r);
}

static void a_long_first_line_is_looked_into_as_far_as_it_goes(void)
{
    size_t size = 3 << 20;
    char *line = malloc(size);

    memset(line, 'x', size);
    memcpy(line, "{\"text\": \"", 10);
    memcpy(line + size - 2, "\"}", 2);
    write_file("noname", line, size);
    reading r = read_path("noname");
    CHECK_INT(r.count, 1);
    CHECK_INT(r.records[0]->text.size, size - 12);
    free_reading(&r);
    free(line);
}

static void a_page_without_a_name_declares_its_encoding(void)
{
    reading r = read_text("noname", "\n<html><meta charset=windows-1251>"
                                    "<p>\xC4\xE0");
    CHECK(is_slice(r.records[0]->text, "\xD0\x94\xD0\xB0"));
    free_reading(&r);
}

static void the_form_asked_for_wins(void)
{
    zub_corpus_options options = {.form = ZUB_FORM_TEXT};
    const char *path = "j.jsonl";

    write_text(path, "{\"text\": \"a\"}\n");
    reading r = read_paths(&path, 1, &options, 0);
    CHECK(is_slice(r.records[0]->text, "{\"text\": \"a\"}\n"));
    free_reading(&r);
}

/* Of known first bytes or of many control characters. */
static void a_binary_file_is_none(void)
{
    static const struct {
        const char *data;
        size_t size;
    } files[] = {
        {"\x7F"
         "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0",
         18},
        {"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16},
        {"%PDF-1.4\n%...\n1 0 obj\n", 23},
        {"PK\3\4\x14\0\0\0\x08\0", 10},
        {"\0\0\0\1\0\0\0\2\0\0\0\3abcd", 16},
    };
    zub_corpus_options text = {.form = ZUB_FORM_TEXT};
    zub_corpus_options encoding = {.encoding = "UTF-8"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const char *path = "binary.txt";
        write_file(path, files[i].data, files[i].size);
        reading r = read_path(path);
        CHECK_INT(r.count, 0);
        CHECK_INT(r.errors[0].status, ZUB_EMALFORMED);
        CHECK(has_words(&r.errors[0],
                        "cannot read 'binary.txt': it looks like a binary "
                        "file (name its form with --from to read it all the "
                        "same)"));
        free_reading(&r);
        r = read_paths(&path, 1, &text, 0);
        CHECK_INT(r.count, 1);
        free_reading(&r);
        r = read_paths(&path, 1, &encoding, 0);
        CHECK_INT(r.count, 1);
        free_reading(&r);
    }
}

static void bytes_at_random_are_a_binary_file(void)
{
    unsigned char bytes[4096];
    uint64_t state = 7;

    for (size_t i = 0; i < sizeof bytes; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (unsigned char)(state >> 56);
    }
    write_file("random", bytes, sizeof bytes);
    reading r = read_path("random");
    CHECK_INT(r.count, 0);
    CHECK(has_words(&r.errors[0], "binary"));
    free_reading(&r);
}

/* ---- Standard input and gzip ---- */

static void standard_input_is_a_dash(void)
{
    zub_corpus_options options = {0};
    const char *path = "-";

    write_text("in", "{\"text\": \"a\"}\n\n{\"text\": \"b\"}");
    options.stdin_fd = open("in", O_RDONLY);
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 2);
    CHECK(is_slice(r.records[0]->id, "-:1"));
    CHECK(is_slice(r.records[1]->id, "-:3"));
    CHECK(is_slice(r.records[1]->source, "-"));
    CHECK(close(options.stdin_fd) == 0);
    free_reading(&r);
}

/* As it is when whoever shares our standard input asked for it. */
static void a_pipe_that_does_not_block_is_waited_for(void)
{
    zub_corpus_options options = {.form = ZUB_FORM_LINES};
    struct timespec pause = {.tv_nsec = 20000000};
    const char *path = "-";
    int ends[2];

    CHECK(pipe(ends) == 0);
    CHECK(fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0);
    fflush(stdout); /* or the child prints it again */
    if (fork() == 0) {
        for (int i = 0; i < 3; i++) {
            nanosleep(&pause, NULL);
            if (write(ends[1], "a line\n", 7) != 7)
                break;
        }
        _exit(0);
    }
    close(ends[1]);
    options.stdin_fd = ends[0];
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 3);
    CHECK_INT(r.error_count, 0);
    close(ends[0]);
    wait(NULL);
    free_reading(&r);
}

static void write_gzip(const char *name, const char *mode, const char *text)
{
    gzFile file = gzopen(name, mode);

    gzwrite(file, text, (unsigned)strlen(text));
    gzclose(file);
}

static void members_of_gzip_follow_each_other(void)
{
    write_gzip("j.jsonl.gz", "w", "{\"text\": \"a\"}\n{\"te");
    write_gzip("j.jsonl.gz", "a", "xt\": \"b\"}\n");
    reading r = read_path("j.jsonl.gz");
    CHECK_INT(r.count, 2);
    CHECK_INT(r.error_count, 0);
    CHECK(is_slice(r.records[1]->id, "j.jsonl.gz:2"));
    CHECK_INT(r.progress.bytes, r.progress.total_bytes);
    free_reading(&r);
}

static void gzip_is_known_by_its_first_bytes(void)
{
    write_gzip("noname", "w", "{\"text\": \"a\"}\n");
    reading r = read_path("noname");
    CHECK_INT(r.count, 1);
    CHECK(is_slice(r.records[0]->text, "a"));
    free_reading(&r);

    r = read_text("not.txt.gz", "plain");
    CHECK_INT(r.error_count, 1);
    CHECK(has_words(&r.errors[0], "'not.txt.gz': it is not gzip"));
    free_reading(&r);
}

static void cut_off_gzip_gives_what_came_before(void)
{
    char text[20000], packed[20000];
    size_t at = 0;

    for (unsigned i = 0, noise = 1; at < sizeof text - 100; i++) {
        noise = noise * 1103515245u + 12345u;
        at += (size_t)sprintf(text + at, "{\"text\": \"%u %u\"}\n", i, noise);
    }
    write_gzip("c.jsonl.gz", "w", text);
    FILE *file = fopen("c.jsonl.gz", "rb");
    size_t size = fread(packed, 1, sizeof packed, file);
    fclose(file);
    CHECK(size > 300);
    write_file("c.jsonl.gz", packed, 300);
    reading r = read_path("c.jsonl.gz");
    CHECK(r.count > 2);
    CHECK_INT(r.error_count, 1);
    CHECK(has_words(&r.errors[0], "'c.jsonl.gz': gzip data is cut off"));
    CHECK(has_words(&r.errors[0], "within line"));
    free_reading(&r);

    write_file("c.txt.gz", packed, 300);
    r = read_path("c.txt.gz");
    CHECK_INT(r.count, 0);
    CHECK_INT(r.error_count, 1);
    free_reading(&r);
}

/* ---- Folders ---- */

static void make_tree(void)
{
    mkdir("tree", 0755);
    mkdir("tree/a", 0755);
    mkdir("tree/a/deep", 0755);
    mkdir("tree/.hidden", 0755);
    write_text("tree/a.txt", "a.txt");
    write_text("tree/a/z.txt", "z");
    write_text("tree/a/deep/x.jsonl", "{\"text\": \"x\"}\n");
    write_text("tree/a-b.txt", "a-b");
    write_text("tree/Z.TXT", "Z");
    write_text("tree/picture.png", "no");
    write_text("tree/.secret.txt", "no");
    write_text("tree/.hidden/x.txt", "no");
    CHECK(symlink("..", "tree/a/loop") == 0 || errno == EEXIST);
    CHECK(symlink("../a.txt", "tree/a/link.txt") == 0 || errno == EEXIST);
}

static void folders_are_walked_in_byte_order_of_paths(void)
{
    static const char *const wanted[] = {
        "tree/Z.TXT",      "tree/a-b.txt",
        "tree/a.txt",      "tree/a/deep/x.jsonl:1",
        "tree/a/link.txt", "tree/a/z.txt",
    };
    reading r;

    make_tree();
    r = read_path("tree");
    CHECK_INT(r.count, 6);
    CHECK_INT(r.error_count, 0);
    for (size_t i = 0; i < r.count && i < 6; i++)
        CHECK(is_slice(r.records[i]->id, wanted[i]));
    CHECK_INT(r.progress.bytes, r.progress.total_bytes);
    free_reading(&r);
    r = read_path("tree///");
    CHECK_INT(r.count, 6);
    CHECK(is_slice(r.records[0]->id, "tree///Z.TXT"));
    free_reading(&r);
}

static void a_form_asked_for_takes_every_file_of_a_folder(void)
{
    zub_corpus_options options = {.form = ZUB_FORM_TEXT};
    const char *path = "tree";

    make_tree();
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 7);
    free_reading(&r);
}

/* By what they are, not by how they are called; named ones are read. */
static void what_is_left_out_is_no_file_of_a_folder(void)
{
    const char *const left_out[] = {"tree/a/../a.txt", "tree/absent", NULL};
    zub_corpus_options options = {.left_out = left_out};
    const char *paths[] = {"tree", "tree/a.txt"};

    make_tree();
    reading r = read_paths(paths, 1, &options, 0);
    CHECK_INT(r.count, 4); /* a link to it is it */
    CHECK_INT(r.error_count, 0);
    free_reading(&r);
    r = read_paths(paths, 2, &options, 0);
    CHECK_INT(r.count, 5);
    free_reading(&r);
}

static void a_folder_without_articles_is_an_error(void)
{
    const char *paths[] = {"none", "a.txt"};

    mkdir("none", 0755);
    mkdir("none/deeper", 0755);
    write_text("none/x.png", "");
    write_text("a.txt", "a");
    reading r = read_paths(paths, 2, NULL, 0);
    CHECK_INT(r.count, 1);
    CHECK_INT(r.error_count, 1);
    CHECK_INT(r.errors[0].status, ZUB_ENOTFOUND);
    CHECK(has_words(&r.errors[0], "no article in folder 'none'"));
    free_reading(&r);
}

static void what_cannot_be_read_is_named_and_the_rest_goes_on(void)
{
    const char *paths[] = {"missing.txt", "a.txt", "closed", "a.txt"};

    write_text("a.txt", "a");
    mkdir("closed", 0755);
    write_text("closed/x.txt", "x");
    chmod("closed", 0);
    bool is_root = access("closed/x.txt", R_OK) == 0;
    reading r = read_paths(paths, 4, NULL, 0);
    chmod("closed", 0755);
    CHECK_INT(r.errors[0].status, ZUB_EIO);
    CHECK(has_words(&r.errors[0], "cannot read 'missing.txt'"));
    CHECK_INT(r.count, is_root ? 3 : 2);
    CHECK_INT(r.error_count, is_root ? 1 : 2);
    if (!is_root)
        CHECK(has_words(&r.errors[1], "cannot read folder 'closed/'"));
    free_reading(&r);
}

static void a_broken_link_in_a_folder_is_named(void)
{
    mkdir("broken", 0755);
    write_text("broken/a.txt", "a");
    CHECK(symlink("nowhere", "broken/b.txt") == 0);
    reading r = read_path("broken");
    CHECK_INT(r.count, 1);
    CHECK_INT(r.error_count, 1);
    CHECK(has_words(&r.errors[0], "'broken/b.txt'"));
    free_reading(&r);
}

static void a_deep_tree_needs_no_deep_stack(void)
{
    char path[4096] = "pit";

    for (int i = 0; i < 1500 && strlen(path) < sizeof path - 16; i++) {
        mkdir(path, 0755);
        strcat(path, "/d");
    }
    *strrchr(path, '/') = '\0';
    strcat(path, "/x.txt");
    write_text(path, "x");
    reading r = read_path("pit");
    CHECK_INT(r.count, 1);
    free_reading(&r);
}

/* ---- Limits ---- */

static void an_article_beyond_the_limit_is_named_and_passed_over(void)
{
    zub_corpus_options options = {.limit_bytes = 100};
    const char *paths[] = {"big.txt", "big.jsonl", "big.csv"};
    char big[400000];

    memset(big, 'x', sizeof big - 1);
    big[sizeof big - 1] = '\0';
    write_text("big.txt", big);
    FILE *file = fopen("big.jsonl", "w");
    fprintf(file, "{\"text\": \"a\"}\n{\"text\": \"%s\"}\n{\"text\": \"b\"}",
            big);
    fclose(file);
    file = fopen("big.csv", "w");
    fprintf(file, "id,text\n1,a\n2,\"%s\n%s\"\n3,c\n", big, big);
    fclose(file);
    reading r = read_paths(paths, 3, &options, 0);
    CHECK_INT(r.count, 4);
    CHECK_INT(r.error_count, 3);
    CHECK(has_words(&r.errors[0],
                    "'big.txt': it is larger than the limit of 100 bytes"));
    CHECK(has_words(&r.errors[1], "'big.jsonl' line 2: it is larger than"));
    CHECK(has_words(&r.errors[2], "'big.csv' line 3: it is larger than"));
    CHECK_INT(r.errors[1].status, ZUB_ELIMIT);
    CHECK(is_slice(r.records[1]->id, "big.jsonl:3"));
    CHECK(is_slice(r.records[3]->id, "3"));
    free_reading(&r);
}

static void the_limit_itself_is_allowed(void)
{
    zub_corpus_options options = {.limit_bytes = 5, .form = ZUB_FORM_LINES};
    const char *path = "limit.txt";

    write_text(path, "12345\n123456\n12345");
    reading r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 2);
    CHECK_INT(r.error_count, 1);
    options.form = ZUB_FORM_TEXT;
    free_reading(&r);
    write_text(path, "12345");
    r = read_paths(&path, 1, &options, 0);
    CHECK_INT(r.count, 1);
    free_reading(&r);
}

/* ---- Any chunking gives the same records ---- */

static unsigned long fingerprint(const reading *r)
{
    unsigned long hash = crc32(0, NULL, 0);

    for (size_t i = 0; i < r->count; i++) {
        const zub_record *record = r->records[i];
        hash =
            crc32(hash, (const Bytef *)record->id.data, (uInt)record->id.size);
        hash = crc32(hash, (const Bytef *)record->text.data,
                     (uInt)record->text.size);
        for (size_t j = 0; j < record->field_count; j++)
            hash = crc32(hash, (const Bytef *)record->fields[j].value.data,
                         (uInt)record->fields[j].value.size);
    }
    for (size_t i = 0; i < r->error_count; i++)
        hash = crc32(hash, (const Bytef *)r->errors[i].message,
                     (uInt)strlen(r->errors[i].message));
    return hash ^ r->count << 16 ^ r->error_count;
}

static void the_size_of_reads_does_not_matter(void)
{
    static const char *const paths[] = {"s.jsonl", "s.csv",      "s.txt",
                                        "s.html",  "s.jsonl.gz", "s16.txt"};
    static const size_t steps[] = {1, 2, 3, 7, 64, 4096};

    write_text(
        paths[0],
        "{\"text\": \"\xD9\x85\"}\r\nbad\n\n{\"text\": \"b\", \"k\": 1}");
    write_text(paths[1], "id,text\n1,\"a\r\n\"\"b\"\"\"\n2,x,y\n3,\"open\n");
    write_text(paths[2], "\xEF\xBB\xBFTitle\r\n\r\nBody \xFF\n");
    write_text(paths[3], "<title>T</title><p>one<p>two &amp; \xD9\x85");
    write_gzip(paths[4], "w", "{\"text\": \"z\"}\n");
    write_gzip(paths[4], "a", "{\"text\": \"z\"}\n{\"te");
    write_file(paths[5], "\xFF\xFEh\0i\0\x3D\xD8\x00\xDE.\0\n\0", 14);
    reading whole = read_paths(paths, 6, NULL, 0);
    CHECK(whole.count > 7);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        reading r = read_paths(paths, 6, NULL, steps[i]);
        CHECK_INT(r.count, whole.count);
        CHECK(fingerprint(&r) == fingerprint(&whole));
        free_reading(&r);
    }
    free_reading(&whole);
}

/* ---- Laws on random input ---- */

static unsigned noise = 7;

static unsigned below(unsigned limit)
{
    noise = noise * 1664525u + 1013904223u;
    return (noise >> 8) % limit;
}

static const char *pick_value(void)
{
    static const char *const values[] = {
        "12345678901234567890123",
        "-0.10e+2",
        "\"a\\u0000\\ud800b\"",
        "[ 1 , {} ]",
        "null",
        "\"\xD9\x85\xFF\"",
        "{\"a\":{\"a\":[]}}",
        "\"\"",
        "true",
    };

    return values[below(sizeof values / sizeof *values)];
}

/* What we do not know comes out as the bytes it went in, in its order, in
 * whatever pieces the line arrives. */
static void other_fields_pass_through_byte_for_byte(void)
{
    for (int round = 0; round < 300; round++) {
        const char *path = "law.jsonl", *wanted[10];
        char line[2048];
        unsigned count = below(10);
        size_t size = (size_t)sprintf(line, "{");

        for (unsigned i = 0; i < count; i++) {
            wanted[i] = pick_value();
            size += (size_t)sprintf(line + size, "\"k%u\"%s:%s%s,", i,
                                    below(2) ? " " : "", wanted[i],
                                    below(2) ? "\t" : "");
        }
        size += (size_t)sprintf(line + size, "\"text\":\"t\"}%s",
                                below(2) ? "\r\n" : "");
        write_file(path, line, size);
        reading r = read_paths(&path, 1, NULL, below(40));
        CHECK_INT(r.count, 1);
        CHECK_INT(r.records[0]->field_count, count);
        for (unsigned i = 0; i < count; i++)
            CHECK(is_slice(r.records[0]->fields[i].value, wanted[i]));
        free_reading(&r);
    }
}

/* Cells of any characters, quoted as RFC 4180 says, come out as they were. */
static void csv_cells_come_out_as_they_went_in(void)
{
    static const char letters[] = "ab,\"\n\r;";
    zub_corpus_options options = {.form = ZUB_FORM_CSV};

    for (int round = 0; round < 300; round++) {
        const char *path = "law.csv";
        char cell[40], table[200] = "id,text\n1,\"";
        size_t size = strlen(table), length = 1 + below(30);

        for (size_t i = 0; i < length; i++) {
            cell[i] = letters[below(sizeof letters - 1)];
            if (cell[i] == '"')
                table[size++] = '"';
            table[size++] = cell[i];
        }
        cell[length] = '\0';
        size += (size_t)sprintf(table + size, "\"\r\n2,end");
        write_file(path, table, size);
        reading r = read_paths(&path, 1, &options, below(20));
        CHECK_INT(r.count, 2);
        CHECK_INT(r.error_count, 0);
        CHECK(is_slice(r.records[0]->text, cell));
        CHECK(is_slice(r.records[1]->text, "end"));
        free_reading(&r);
    }
}

/* ---- Opening ---- */

static void opening_checks_what_it_is_given(void)
{
    const char *path = "a.txt", *empty = "";
    zub_corpus_options options = {.encoding = "windwos-1256"};
    zub_error error;
    zub_corpus *corpus;

    CHECK_INT(zub_corpus_open(&corpus, &path, 0, NULL, &error), ZUB_EINVAL);
    CHECK(!corpus);
    CHECK_INT(zub_corpus_open(&corpus, &empty, 1, NULL, NULL), ZUB_EINVAL);
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, &error),
              ZUB_EINVAL);
    CHECK(has_words(&error, "did you mean 'windows-1256'"));
    options = (zub_corpus_options){.form = (zub_form)99};
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, NULL), ZUB_EINVAL);
    zub_corpus_free(NULL);
    zub_record_free(NULL);
}

static void repaired_bytes_are_those_replaced_and_those_that_will_be(void)
{
    zub_record record = {.text = {"a\xFF\xE2\x82z", 5}, .repaired = 4};

    CHECK_INT(zub_record_repaired(&record), 7);
    record.text.size = 1;
    CHECK_INT(zub_record_repaired(&record), 4);
    CHECK_INT(zub_record_repaired(&(zub_record){.body = 0}), 0);
}

int main(void)
{
    make_test_folder();
    RUN(a_file_is_an_article);
    RUN(an_empty_file_is_an_article_too);
    RUN(a_first_line_before_an_empty_one_is_the_title);
    RUN(a_title_needs_a_text_behind_it);
    RUN(a_title_has_at_most_200_characters);
    RUN(a_byte_order_mark_stays_in_the_text_and_out_of_the_title);
    RUN(bad_bytes_stay_where_they_are);
    RUN(lines_are_articles_when_asked);
    RUN(a_json_line_is_an_article);
    RUN(an_id_may_be_an_integer_of_any_length);
    RUN(the_text_field_is_the_first_known_name_with_a_string);
    RUN(field_names_can_be_given);
    RUN(nul_and_lone_surrogates_are_replaced_and_counted);
    RUN(the_last_of_equal_names_counts);
    RUN(bad_bytes_of_other_fields_are_counted);
    RUN(joined_files_may_each_begin_with_a_mark);
    RUN(a_malformed_line_is_named_and_the_rest_goes_on);
    RUN(values_that_are_not_json_give_no_texts);
    RUN(numbers_of_fields_can_be_read);
    RUN(a_csv_row_is_an_article);
    RUN(bad_csv_rows_are_named_and_the_rest_goes_on);
    RUN(in_tsv_a_tab_is_a_border_and_a_quote_is_a_quote);
    RUN(a_table_without_a_text_column_is_malformed);
    RUN(unknown_suffixes_are_looked_into);
    RUN(a_long_first_line_is_looked_into_as_far_as_it_goes);
    RUN(a_page_without_a_name_declares_its_encoding);
    RUN(the_form_asked_for_wins);
    RUN(a_binary_file_is_none);
    RUN(bytes_at_random_are_a_binary_file);
    RUN(standard_input_is_a_dash);
    RUN(a_pipe_that_does_not_block_is_waited_for);
    RUN(members_of_gzip_follow_each_other);
    RUN(gzip_is_known_by_its_first_bytes);
    RUN(cut_off_gzip_gives_what_came_before);
    RUN(folders_are_walked_in_byte_order_of_paths);
    RUN(what_is_left_out_is_no_file_of_a_folder);
    RUN(a_form_asked_for_takes_every_file_of_a_folder);
    RUN(a_folder_without_articles_is_an_error);
    RUN(what_cannot_be_read_is_named_and_the_rest_goes_on);
    RUN(a_broken_link_in_a_folder_is_named);
    RUN(a_deep_tree_needs_no_deep_stack);
    RUN(an_article_beyond_the_limit_is_named_and_passed_over);
    RUN(the_limit_itself_is_allowed);
    RUN(the_size_of_reads_does_not_matter);
    RUN(other_fields_pass_through_byte_for_byte);
    RUN(csv_cells_come_out_as_they_went_in);
    RUN(repaired_bytes_are_those_replaced_and_those_that_will_be);
    RUN(opening_checks_what_it_is_given);
    remove_test_folder();
    return DONE();
}
