/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* An index under failure: every allocation and every call to the system fails
 * once, and what was committed is there, whole, before and after. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "fault.h"
#include "test.h"

#include "index_samples.h"

static zub_models *models;
static const zub_index_options *made_with; /* NULL: defaults */

static const char first[] =
    "{\"id\": \"cats\", \"title\": \"About cats\", \"text\": \"The cat sat on "
    "the mat. Cats chase mice.\"}\n";
static const char second[] =
    "{\"id\": \"dogs\", \"text\": \"Dogs bark at mice in the old house.\"}\n"
    "{\"id\": \"cats\", \"text\": \"The cats have gone to the zoo.\"}\n";

static void prepare(void)
{
    sample_remove("a");
    sample_save("first.jsonl", first, sizeof first - 1);
    sample_save("second.jsonl", second, sizeof second - 1);
    CHECK_INT(sample_add(sample_path("a"), sample_path("first.jsonl"), models,
                         made_with, NULL),
              ZUB_OK);
}

/* Hits of a word, in peace. */
static size_t count_hits(const char *query)
{
    zub_searcher *searcher;
    zub_index *index;
    zub_hits *hits;
    size_t count = 0;

    CHECK_INT(zub_index_open(&index, sample_path("a"), models, true, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    if (zub_search(&hits, searcher, (zub_slice){query, strlen(query)}, NULL,
                   NULL) == ZUB_OK)
        count = hits->count;
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
    return count;
}

/* The first commit or the second, nothing between, and a writer may begin. */
static void check_whole(bool is_second)
{
    zub_index_writer *writer;
    zub_file_report report;
    size_t mats = count_hits("mat"), dogs = count_hits("bark"),
           zoos = count_hits("zoo");

    CHECK(mats + dogs == 1 && dogs == zoos);
    CHECK(!is_second || dogs == 1);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    zub_index_writer_free(writer);
}

static void a_commit_is_whole_or_nothing(void)
{
    zub_index_writer *writer = NULL;
    zub_corpus *corpus;
    zub_error error;
    const char *path;

    prepare();
    path = sample_path("second.jsonl");
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    const char *folder = sample_path("a");
    fault_on();
    zub_status status =
        zub_index_writer_open(&writer, folder, models, NULL, &error);
    bool has_writer = writer != NULL;
    if (status == ZUB_OK)
        status = zub_index_writer_add(writer, corpus, 1, NULL, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, &error);
    fault_off();
    bool is_done = fault_expect(status, has_writer ? NULL : writer, &error);
    zub_index_writer_free(writer);
    zub_corpus_free(corpus);
    check_whole(is_done);
}

static void an_index_is_made_or_is_not(void)
{
    zub_index_writer *writer = NULL;
    zub_error error;

    sample_remove("a");
    const char *folder = sample_path("a");
    fault_on();
    zub_status status =
        zub_index_writer_open(&writer, folder, models, NULL, &error);
    fault_off();
    fault_expect(status, writer, &error);
    zub_index_writer_free(writer);
    prepare();
}

static void articles_go_or_stay(void)
{
    zub_index_writer *writer;
    zub_error error;

    prepare();
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    fault_on();
    zub_status status =
        zub_index_writer_delete(writer, (zub_slice){"cats", 4}, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, &error);
    fault_off();
    bool is_done = fault_expect(status, NULL, &error);
    zub_index_writer_free(writer);
    CHECK(!is_done || count_hits("mat") == 0);
}

static void indexes_merge_or_do_not(void)
{
    zub_index_writer *writer;
    zub_error error;

    prepare();
    sample_remove("b");
    CHECK_INT(sample_add(sample_path("b"), sample_path("second.jsonl"), models,
                         made_with, NULL),
              ZUB_OK);
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    const char *other = sample_path("b");
    fault_on();
    zub_status status = zub_index_writer_merge(writer, other, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, &error);
    fault_off();
    bool is_done = fault_expect(status, NULL, &error);
    zub_index_writer_free(writer);
    check_whole(is_done);
}

static void questions_are_answered_or_fail(void)
{
    zub_buffer out;
    zub_error error;

    prepare();
    const char *folder = sample_path("a");
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status =
        sample_ask(&out, folder, models, "cat mat", "cats", &error);
    fault_off();
    /* The buffer is the test's own: its failures have no words. */
    if (out.status == ZUB_OK)
        fault_expect(status, NULL, &error);
    zub_buffer_release(&out);
}

/* A searcher that could not be reduced answers as before. */
static void passages_are_reduced_or_are_not(void)
{
    zub_slice query = {"cats", 4};
    zub_searcher *searcher;
    zub_index *index;
    zub_hits *hits;
    zub_error error;

    prepare();
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, true, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_searcher_reduce(searcher, 2, 1, &error);
    if (status == ZUB_OK)
        status = zub_search(&hits, searcher, query, NULL, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        zub_hits_free(hits);
    CHECK_INT(zub_search(&hits, searcher, query, NULL, NULL), ZUB_OK);
    CHECK_INT(hits->count, 1);
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
}

static void an_index_is_checked(void)
{
    zub_file_report report;
    zub_error error;

    prepare();
    const char *folder = sample_path("a");
    fault_on();
    zub_status status = zub_index_check(&report, folder, false, NULL, &error);
    fault_off();
    fault_expect(status, NULL, &error);
}

#define EACH(scenario, kinds) CHECK(fault_each(#scenario, kinds, scenario))

static void every_call_fails_once(void)
{
    unsigned all = FAULT_ALLOC | FAULT_SYSTEM;

    EACH(a_commit_is_whole_or_nothing, all);
    EACH(an_index_is_made_or_is_not, all);
    EACH(articles_go_or_stay, all);
    EACH(indexes_merge_or_do_not, all);
    EACH(questions_are_answered_or_fail, all);
    EACH(an_index_is_checked, all);
    if (zub_blas_threads(1, NULL) == ZUB_OK)
        EACH(passages_are_reduced_or_are_not, FAULT_ALLOC);
}

static void every_allocation_fails_once_without_positions(void)
{
    static const zub_index_options bags = {.without_positions = true};

    made_with = &bags;
    EACH(a_commit_is_whole_or_nothing, FAULT_ALLOC);
    EACH(indexes_merge_or_do_not, FAULT_ALLOC);
    EACH(questions_are_answered_or_fail, FAULT_ALLOC);
    made_with = NULL;
}

int main(void)
{
    fault_hook_libraries();
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    prepare(); /* models are mapped when they are first asked for, and stay */
    count_hits("mat");
    RUN(every_call_fails_once);
    RUN(every_allocation_fails_once_without_positions);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
