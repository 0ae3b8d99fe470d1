/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counting_faults.h - the scenarios of test_faults.c that count articles, and
 * make matrices of what was counted. */
#ifndef ZUB_COUNTING_FAULTS_H
#define ZUB_COUNTING_FAULTS_H

#include "base/buffer.h"
#include "fault.h"
#include "test.h"

static zub_state *state_now;   /* pairs of words, with rows by input */
static const char *state_path; /* the same as a file */

/* ---- Counting ---- */

static zub_status count_failure(void *context, const zub_record *record,
                                const zub_error *failure)
{
    (void)record;
    CHECK(failure->status != ZUB_OK && failure->message[0]);
    return ++*(size_t *)context > 50 ? ZUB_ECANCELED : ZUB_OK;
}

/* What cannot be read is told of; what was counted is whole. */
static void counts_with(const zub_count_options *options, size_t records)
{
    zub_corpus *corpus = open_corpus("auto");
    tools with = open_tools();
    size_t failed = 0;
    zub_failures failures = {&failed, count_failure};
    zub_state *state;
    zub_error error;

    fault_on();
    zub_status status = zub_count(&state, corpus, 1, with.models, NULL,
                                  options, &failures, &error);
    fault_off();
    if (status != ZUB_ECANCELED)
        fault_expect(status, state, &error);
    CHECK(fault_struck() || failed == 0);
    if (state && failed == 0)
        CHECK_INT(zub_state_about(state).articles, records);
    zub_state_free(state);
    zub_corpus_free(corpus);
    close_tools(with);
}

static void counts_articles(void)
{
    zub_count_options words = {.high = 2, .low = 1, .keep_articles = true};
    zub_count_options characters = {.char_low = 2, .char_high = 3};
    zub_count_options theirs = {.compat = "sklearn", .keep_articles = true};
    zub_count_options groups = {
        .keep_articles = true, .group_field = "n", .period = ZUB_PERIOD_YEAR};

    counts_with(&words, RECORDS);
    counts_with(&characters, RECORDS);
    counts_with(&theirs, RECORDS);
    counts_with(&groups, RECORDS);
}

static void finds_keys(void)
{
    tools with = open_tools();
    zub_slice text = {"موجة الحر", sizeof "موجة الحر" - 1};
    zub_buffer one, two;
    zub_error error;

    zub_buffer_init(&one, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&two, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status = zub_count_key(zub_buffer_sink(&one), text, with.models,
                                      NULL, NULL, &error);
    fault_off();
    bool is_done = fault_expect(status, NULL, &error);
    fault_on();
    status = zub_state_key(zub_buffer_sink(&two), state_now, text, &error);
    fault_off();
    if (fault_expect(status, NULL, &error) && is_done)
        CHECK_STR(zub_buffer_slice(&one).data, zub_buffer_slice(&two).data);
    zub_buffer_release(&one);
    zub_buffer_release(&two);
    close_tools(with);
}

/* ---- States ---- */

static void opens_a_state(void)
{
    zub_state *state;
    zub_error error;

    fault_on();
    zub_status status = zub_state_open(&state, state_path, &error);
    fault_off();
    if (fault_expect(status, state, &error))
        CHECK_INT(zub_state_about(state).articles, RECORDS);
    zub_state_free(state);
}

static void writes_a_state(void)
{
    zub_buffer out;
    zub_error error;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status =
        zub_state_write(state_now, zub_buffer_sink(&out), &error);
    fault_off();
    fault_expect(status, NULL, &error);
    zub_buffer_release(&out);
}

static void merges_states(void)
{
    zub_state *both[] = {state_now, state_now}, *state;
    zub_merge_options options = {.by_input = true};
    zub_error error;

    fault_on();
    zub_status status = zub_merge(&state, both, 2, &options, &error);
    fault_off();
    if (fault_expect(status, state, &error))
        CHECK_INT(zub_state_about(state).articles, 2 * RECORDS);
    zub_state_free(state);
}

static void checks_a_file(void)
{
    zub_file_report report;
    zub_error error;

    fault_on();
    zub_status status = zub_check_file(&report, state_path, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK_STR(report.kind, "state");
    else
        CHECK(report.holds[0] == '\0' && report.fingerprint[0] == '\0');
}

static void renders_a_file_report(void)
{
    zub_file_report report = {.kind = "state", .version = 1};
    zub_error none = {0};
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status = zub_render_file_report(
        &report, "a path", &none, ZUB_FORMAT_JSON, zub_buffer_sink(&out));
    fault_off();
    fault_expect(status, NULL, NULL);
    zub_buffer_release(&out);
}

/* ---- Listings ---- */

/* All rows of a listing; how many they are. */
static size_t walk_listing(zub_listing *listing)
{
    const zub_cell *cells;
    uint64_t nulls;
    zub_error error;
    size_t rows = 0;

    for (;; rows++) {
        fault_on();
        zub_status status = zub_listing_next(&cells, &nulls, listing, &error);
        fault_off();
        if (!fault_expect(status, NULL, &error) || !cells)
            return rows;
    }
}

static void lists_terms(void)
{
    static const char *const measures[] = {"dpnorm", "da"};
    const zub_listing_options all[] = {
        {.with_keys = true},
        {.low = 1, .high = 2, .limit = 7},
        {.measures = measures,
         .measure_count = 2,
         .sort = "da",
         .is_grouped = true,
         .limit = 3},
        {.measures = measures,
         .measure_count = 1,
         .sort = "range",
         .is_grouped = true,
         .memory = 1,
         .folder = scratch,
         .limit = 3},
        {.rows = ZUB_LISTING_PARTS, .limit = 2},
        {.rows = ZUB_LISTING_SERIES, .limit = 2},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        zub_listing *listing;
        zub_error error;
        fault_on();
        zub_status status =
            zub_listing_new(&listing, state_now, &all[i], &error);
        fault_off();
        if (fault_expect(status, listing, &error))
            CHECK(walk_listing(listing) > 0 || fault_struck());
        zub_listing_free(listing);
    }
}

static void checks_a_listing(void)
{
    zub_listing_options options = {.sort = "df"};
    zub_error error;

    fault_on();
    zub_status status = zub_listing_check(&options, &error);
    fault_off();
    fault_expect(status, NULL, &error);
}

/* ---- Matrices ---- */

static zub_matrix *open_matrix(void)
{
    zub_matrix *matrix;

    CHECK_INT(zub_matrix_new(&matrix, state_now, NULL, NULL), ZUB_OK);
    return matrix;
}

static void makes_a_matrix(void)
{
    const zub_matrix_options all[] = {
        {.weight = "smart:lfb", .threads = 1},
        {.max_features = 10, .vocabulary = state_now, .threads = 1},
        {.folder = scratch, .threads = 1},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        zub_matrix *matrix;
        zub_error error;
        fault_on();
        zub_status status =
            zub_matrix_new(&matrix, state_now, &all[i], &error);
        fault_off();
        if (fault_expect(status, matrix, &error))
            CHECK_INT(zub_matrix_measure(matrix).rows, RECORDS);
        zub_matrix_free(matrix);
    }
}

static void reads_a_matrix(void)
{
    zub_matrix *matrix = open_matrix();
    zub_matrix_block block;
    zub_matrix_term term;
    zub_weight_reason reason;
    zub_error error;

    fault_on();
    zub_status status = zub_matrix_read(&block, matrix, 0, true, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK(block.rows > 0 && block.values != NULL);
    fault_on();
    status = zub_matrix_term_at(&term, matrix, 0, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK(term.df > 0 && term.surface.size > 0);
    CHECK_INT(zub_matrix_read(&block, matrix, 0, false, NULL), ZUB_OK);
    uint64_t column = (uint64_t)block.cols[0];
    fault_on();
    status = zub_matrix_explain(&reason, matrix, 0, column, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK(reason.count > 0);
    zub_matrix_free(matrix);
}

typedef zub_status matrix_renderer(zub_matrix *matrix, zub_sink sink,
                                   zub_error *error);

/* In peace, then under failure, with a matrix that is new each time. */
static void render_matrix_twice(matrix_renderer *renderer)
{
    zub_buffer out[2];

    for (size_t i = 0; i < 2; i++) {
        zub_matrix *matrix = open_matrix();
        zub_error error;
        zub_buffer_init(&out[i], ZUB_BUFFER_UNLIMITED);
        if (i > 0)
            fault_on();
        zub_status status = renderer(matrix, zub_buffer_sink(&out[i]), &error);
        if (i > 0)
            fault_off();
        if (i == 0)
            CHECK_INT(status, ZUB_OK);
        else if (fault_expect(status, NULL, &error))
            CHECK_INT(out[1].size, out[0].size);
        zub_matrix_free(matrix);
    }
    zub_buffer_release(&out[0]);
    zub_buffer_release(&out[1]);
}

static const char *form_now;

static zub_status render_form(zub_matrix *matrix, zub_sink sink,
                              zub_error *error)
{
    return zub_render_matrix(matrix, form_now, true, sink, error);
}

static void renders_a_matrix(void)
{
    for (size_t i = 0; zub_matrix_form_name(i) != NULL; i++) {
        form_now = zub_matrix_form_name(i);
        render_matrix_twice(render_form);
    }
}

static void renders_its_terms(void)
{
    render_matrix_twice(zub_render_matrix_terms);
}

static void renders_its_articles(void)
{
    render_matrix_twice(zub_render_matrix_articles);
}

static zub_status render_weight(zub_matrix *matrix, zub_sink sink,
                                zub_error *error)
{
    zub_matrix_block block;
    zub_status status = zub_matrix_read(&block, matrix, 0, false, error);

    if (status != ZUB_OK)
        return status;
    return zub_render_weight(matrix, 0, (uint64_t)block.cols[0],
                             ZUB_FORMAT_JSON, sink, error);
}

static void renders_a_weight(void)
{
    render_matrix_twice(render_weight);
}

static void checks_a_weighting(void)
{
    zub_error error;

    fault_on();
    zub_status status = zub_weight_check("bm25:k1=0.9,b=0.4", &error);
    fault_off();
    fault_expect(status, NULL, &error);
}

/* ---- Collocations and comparisons ---- */

static void counts_windows(void)
{
    zub_count_options near = {.window = 5, .keep_articles = true};

    counts_with(&near, RECORDS);
}

static zub_state *state_of_three(void)
{
    zub_count_options options = {.low = 1, .high = 3};
    zub_corpus *corpus = open_corpus("auto");
    tools with = open_tools();
    zub_state *state;

    CHECK_INT(
        zub_count(&state, corpus, 1, with.models, NULL, &options, NULL, NULL),
        ZUB_OK);
    zub_corpus_free(corpus);
    close_tools(with);
    return state;
}

static void measures_collocations(void)
{
    static const char *const lambda[] = {"lambda"};
    zub_collocation_options pairs = {.min_count = 1, .limit = 10};
    zub_collocation_options three = {
        .words = 3, .measures = lambda, .measure_count = 1, .min_count = 1};
    const zub_collocation_options *both[] = {&pairs, &three};
    zub_state *state = state_of_three();

    for (size_t i = 0; i < 2; i++) {
        zub_collocations *made;
        zub_error error;
        fault_on();
        zub_status status =
            zub_collocations_new(&made, state, both[i], &error);
        fault_off();
        if (fault_expect(status, made, &error))
            CHECK(zub_collocations_size(made) > 0);
        zub_collocations_free(made);
    }
    zub_state_free(state);
}

static void compares_states(void)
{
    zub_comparison_options all = {.min_count = 1};
    zub_comparison *made;
    zub_error error;

    fault_on();
    zub_status status =
        zub_comparison_new(&made, state_now, state_now, &all, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK_INT(zub_comparison_about(made).overlap, RECORDS);
    zub_comparison_free(made);
}

static void compares_with_a_background(void)
{
    tools with = open_tools();
    zub_comparison *made;
    zub_error error;

    fault_on();
    zub_status status = zub_comparison_new_background(
        &made, state_now, with.models, "ar", NULL, &error);
    fault_off();
    if (models_folder())
        fault_expect(status, made, &error);
    else
        CHECK(status != ZUB_OK && !made);
    zub_comparison_free(made);
    close_tools(with);
}

/* ---- What they stand on ---- */

static void make_state(void)
{
    zub_count_options options = {
        .low = 1, .high = 2, .keep_articles = true, .by_input = true};
    static char path[200];
    zub_corpus *corpus = open_corpus("auto");
    tools with = open_tools();
    zub_output *file;

    CHECK_INT(zub_count(&state_now, corpus, 1, with.models, NULL, &options,
                        NULL, NULL),
              ZUB_OK);
    snprintf(path, sizeof path, "%s", in_scratch("state.zub"));
    state_path = path;
    CHECK_INT(zub_output_open(&file, path, NULL), ZUB_OK);
    CHECK_INT(zub_state_write(state_now, zub_output_sink(file), NULL), ZUB_OK);
    CHECK_INT(zub_output_commit(file, NULL), ZUB_OK);
    zub_output_free(file);
    zub_corpus_free(corpus);
    close_tools(with);
}

#endif
