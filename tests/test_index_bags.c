/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* An index without positions: what it finds, what it refuses, and that it is
 * the same however it was made. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "test.h"

#include "base/file.h"
#include "base/random.h"
#include "index_samples.h"

static zub_models *models;

static const zub_index_options bags = {.passage_words = 30,
                                       .without_positions = true};
static const zub_index_options bare = {
    .passage_words = 30, .without_positions = true, .without_texts = true};

static void make(const char *name, const char *jsonl,
                 const zub_index_options *options)
{
    zub_error error;

    sample_save("in.jsonl", jsonl, strlen(jsonl));
    CHECK_INT(sample_add(sample_path(name), sample_path("in.jsonl"), models,
                         options, &error),
              ZUB_OK);
}

static const char houses[] =
    "{\"id\": \"cats\", \"title\": \"Old cats\", \"text\": \"The cat sat on "
    "the mat of the old house. Cats chase mice in an old house.\"}\n"
    "{\"id\": \"dogs\", \"title\": \"About dogs\", \"text\": \"Dogs bark at "
    "night. The dog sleeps by the fire in the old house.\"}\n"
    "{\"id\": \"zoo\", \"text\": \"Lions sleep; a keeper feeds them.\"}\n";

static zub_status ask(const char *query, const zub_search_options *options,
                      char ids[64], zub_error *error)
{
    zub_searcher *searcher = NULL;
    zub_hits *hits = NULL;
    zub_index *index;
    size_t size = 0;

    CHECK_INT(zub_index_open(&index, sample_path("b"), models, false, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    zub_status status = zub_search(
        &hits, searcher, (zub_slice){query, strlen(query)}, options, error);
    ids[0] = '\0';
    for (size_t i = 0; hits && i < hits->count; i++)
        size += (size_t)snprintf(ids + size, 64 - size, "%.*s ",
                                 (int)hits->items[i].id.size,
                                 hits->items[i].id.data);
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
    return status;
}

static void words_are_found(void)
{
    static const struct {
        const char *query, *ids;
    } cases[] = {{"mice", "cats "},         {"old house", "cats dogs "},
                 {"+dog house", "dogs "},   {"house -cat", "dogs "},
                 {"sleeping", "zoo dogs "}, {"zebra", ""}};
    char ids[64];

    sample_remove("b");
    make("b", houses, &bags);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_INT(ask(cases[i].query, NULL, ids, NULL), ZUB_OK);
        CHECK_STR(ids, cases[i].ids);
    }
}

static void what_takes_an_order_is_refused(void)
{
    static const char *const queries[] = {"\"old house\"", "cat -\"a mat\"",
                                          "title:cats"};
    zub_error error;
    char ids[64];

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        CHECK_INT(ask(queries[i], NULL, ids, &error), ZUB_EINVAL);
        CHECK(strstr(error.message, "no positions"));
    }
    CHECK_INT(
        ask("cat", &(zub_search_options){.most_alike = 0.5}, ids, &error),
        ZUB_EINVAL);
    CHECK_INT(ask("\"old house\"", &(zub_search_options){.is_plain = true},
                  ids, NULL),
              ZUB_OK);
    CHECK_STR(ids, "cats dogs ");
}

/* It is settled when an index is made, and may be left out afterwards. */
static void other_rules_are_refused(void)
{
    zub_index_options options = {.passage_words = 30};
    zub_index_writer *writer;
    zub_error error;

    CHECK_INT(zub_index_writer_open(&writer, sample_path("b"), models,
                                    &options, &error),
              ZUB_OK);
    zub_index_writer_free(writer);
    sample_remove("p");
    make("p", houses, &options);
    CHECK_INT(zub_index_writer_open(&writer, sample_path("p"), models, &bags,
                                    &error),
              ZUB_EINVAL);
    CHECK(strstr(error.message, "positions"));
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("b"), models, NULL, &error),
        ZUB_OK);
    CHECK_INT(zub_index_writer_merge(writer, sample_path("p"), &error),
              ZUB_EMISMATCH);
    zub_index_writer_free(writer);
}

/* ---- Laws ---- */

static void random_articles(zub_buffer *out, unsigned part, unsigned parts)
{
    zub_random random = {5, 0};

    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < 200; i++) {
        size_t words = zub_random_below(&random, 300);
        zub_buffer line;
        zub_buffer_init(&line, ZUB_BUFFER_UNLIMITED);
        zub_buffer_format(&line,
                          "{\"id\": \"%u\", \"lang\": \"en\", "
                          "\"title\": \"w1x w%u\", \"text\": \"",
                          i * 7919 % 1000, i);
        for (size_t w = 0; w < words; w++) {
            uint64_t word = zub_random_below(&random, 3000);
            word = word * zub_random_below(&random, 3000) / 3000;
            zub_buffer_format(&line, "w%llux%s",
                              (unsigned long long)(w % 5 ? word : word % 4),
                              w % 9 == 8 ? ". W" : " ");
        }
        zub_buffer_add_string(&line, "\"}\n");
        if (i % parts == part)
            zub_buffer_add_slice(out, zub_buffer_slice(&line));
        zub_buffer_release(&line);
    }
}

static void make_random(const char *name, unsigned part, unsigned parts)
{
    zub_buffer text;

    random_articles(&text, part, parts);
    sample_save("in.jsonl", text.data, text.size);
    CHECK_INT(sample_add(sample_path(name), sample_path("in.jsonl"), models,
                         &bare, NULL),
              ZUB_OK);
    zub_buffer_release(&text);
}

static void read_volume(zub_buffer *out, const char *name)
{
    zub_file file;

    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_file_open(&file, sample_path(name), NULL), ZUB_OK);
    zub_buffer_add_slice(out, file.bytes);
    zub_file_close(&file);
}

static void check_same(zub_buffer *a, zub_buffer *b)
{
    CHECK(a->size > 0 && a->size == b->size &&
          memcmp(a->data, b->data, a->size) == 0);
    zub_buffer_release(a);
    zub_buffer_release(b);
}

static void merged_shards_are_the_whole(void)
{
    zub_index_writer *writer;
    zub_buffer a, b;

    sample_remove("whole");
    make_random("whole", 0, 1);
    sample_remove("merged");
    CHECK_INT(zub_index_writer_open(&writer, sample_path("merged"), models,
                                    &bare, NULL),
              ZUB_OK);
    for (unsigned i = 3; i-- > 0;) {
        sample_remove("shard");
        make_random("shard", i, 3);
        CHECK_INT(zub_index_writer_merge(writer, sample_path("shard"), NULL),
                  ZUB_OK);
    }
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_index_writer_free(writer);
    read_volume(&a, "whole/volume-000001.zub");
    read_volume(&b, "merged/volume-000001.zub");
    check_same(&a, &b);
}

static void make_by_threads(const char *name, unsigned threads,
                            const zub_index_options *options)
{
    zub_index_writer *writer;
    zub_corpus *corpus;
    const char *jsonl;

    sample_remove(name);
    CHECK_INT(zub_index_writer_open(&writer, sample_path(name), models,
                                    options, NULL),
              ZUB_OK);
    jsonl = sample_path("in.jsonl");
    CHECK_INT(zub_corpus_open(&corpus, &jsonl, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_index_writer_add(writer, corpus, threads, NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_corpus_free(corpus);
    zub_index_writer_free(writer);
}

static void threads_change_nothing(void)
{
    const zub_index_options *const all[] = {&bags, &bare, NULL};
    zub_buffer text, a, b;

    random_articles(&text, 0, 1);
    sample_save("in.jsonl", text.data, text.size);
    zub_buffer_release(&text);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        make_by_threads("one", 1, all[i]);
        make_by_threads("four", 4, all[i]);
        read_volume(&a, "one/volume-000001.zub");
        read_volume(&b, "four/volume-000001.zub");
        check_same(&a, &b);
    }
}

/* Words have the scores of an index that has positions, by words alone. */
static void scores_are_those_of_words(void)
{
    zub_index_options options = {.passage_words = 30};
    zub_search_options by_words = {.count = 20, .without_grams = true};
    zub_buffer text, got[2];

    random_articles(&text, 0, 1);
    sample_save("in.jsonl", text.data, text.size);
    zub_buffer_release(&text);
    sample_remove("p");
    CHECK_INT(sample_add(sample_path("p"), sample_path("in.jsonl"), models,
                         &options, NULL),
              ZUB_OK);
    for (size_t i = 0; i < 2; i++) {
        const char *query = "w3x w40x w1000x w2x";
        zub_searcher *searcher;
        zub_index *index;
        zub_hits *hits;
        zub_buffer_init(&got[i], ZUB_BUFFER_UNLIMITED);
        CHECK_INT(zub_index_open(&index, sample_path(i ? "p" : "whole"),
                                 models, false, NULL),
                  ZUB_OK);
        CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
        CHECK_INT(zub_search(&hits, searcher,
                             (zub_slice){query, strlen(query)}, &by_words,
                             NULL),
                  ZUB_OK);
        sample_describe(&got[i], hits);
        CHECK_INT(zub_related_to(&hits, searcher, (zub_slice){"0", 1}, 0,
                                 &by_words, NULL),
                  ZUB_OK);
        CHECK(hits->count > 0);
        sample_describe(&got[i], hits);
        zub_searcher_free(searcher);
        zub_index_free(index);
    }
    check_same(&got[0], &got[1]);
}

static void no_flipped_byte_is_another_answer(void)
{
    zub_buffer bytes, want;
    size_t noticed = 0;

    sample_remove("b");
    make("b", houses, &bare);
    zub_buffer_init(&want, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(
        sample_ask(&want, sample_path("b"), models, "old mice", "cats", NULL),
        ZUB_OK);
    read_volume(&bytes, "b/volume-000001.zub");
    for (size_t i = 0; i < bytes.size; i++) {
        zub_buffer got;
        zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
        bytes.data[i] ^= (char)(1 << i % 7);
        sample_save("b/volume-000001.zub", bytes.data, bytes.size);
        zub_status status = sample_ask(&got, sample_path("b"), models,
                                       "old mice", "cats", NULL);
        bool is_same = status == ZUB_OK && got.size == want.size &&
                       memcmp(got.data, want.data, got.size) == 0;
        CHECK(is_same || (status != ZUB_OK && status != ZUB_ENOMEM));
        noticed += !is_same;
        bytes.data[i] ^= (char)(1 << i % 7);
        zub_buffer_release(&got);
    }
    CHECK(noticed > 500);
    zub_buffer_release(&bytes);
    zub_buffer_release(&want);
}

int main(void)
{
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    RUN(words_are_found);
    RUN(what_takes_an_order_is_refused);
    RUN(other_rules_are_refused);
    RUN(merged_shards_are_the_whole);
    RUN(threads_change_nothing);
    RUN(scores_are_those_of_words);
    RUN(no_flipped_byte_is_another_answer);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
