/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar_faults.h - scenarios of test_faults.c: articles that are alike. */
#ifndef ZUB_SIMILAR_FAULTS_H
#define ZUB_SIMILAR_FAULTS_H

typedef struct alike_tools {
    zub_matrix *matrix;
    zub_similar *similar;
} alike_tools;

static alike_tools open_alike(void)
{
    zub_similar_options options = {.threads = 2};
    alike_tools made;

    CHECK_INT(zub_matrix_new(&made.matrix, state_now, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_similar_new(&made.similar, made.matrix, &options, NULL),
              ZUB_OK);
    return made;
}

static void close_alike(alike_tools made)
{
    zub_similar_free(made.similar);
    zub_matrix_free(made.matrix);
}

static void scans_for_neighbours(void)
{
    alike_tools with = open_alike();
    zub_vector query = zub_similar_row(with.similar, 0);
    zub_alikes *made;
    zub_error error;

    fault_on();
    zub_status status =
        zub_similar_scan(&made, with.matrix, &query, 0, NULL, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK(made->count > 0);
    zub_alikes_free(made);
    close_alike(with);
}

static void makes_lists(void)
{
    alike_tools with = open_alike();
    zub_similar *made;
    zub_error error;

    fault_on();
    zub_status status = zub_similar_new(&made, with.matrix, NULL, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK(zub_similar_row(made, 0).size > 0);
    zub_similar_free(made);
    close_alike(with);
}

static void finds_neighbours(void)
{
    alike_tools with = open_alike();
    zub_vector query = zub_similar_row(with.similar, 0);
    const zub_alike *alikes = NULL;
    size_t count = 0;
    zub_finder *made;
    zub_error error;

    fault_on();
    zub_status status = zub_finder_new(&made, with.similar, &error);
    if (status == ZUB_OK)
        status = zub_finder_find(&alikes, &count, made, &query, 0, &error);
    fault_off();
    if (status == ZUB_OK)
        CHECK(count > 0);
    else
        CHECK(!alikes && error.message[0]);
    fault_expect(status, alikes, &error);
    zub_finder_free(made);
    close_alike(with);
}

static zub_status count_rows(void *context, uint64_t row,
                             const zub_alike *alikes, size_t count)
{
    (void)row, (void)alikes, (void)count;
    ++*(size_t *)context;
    return ZUB_OK;
}

static void finds_all_neighbours(void)
{
    alike_tools with = open_alike();
    size_t rows = 0;
    zub_similar_taker taker = {&rows, count_rows};
    zub_error error;

    fault_on();
    zub_status status = zub_similar_each(with.similar, &taker, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK_INT(rows, RECORDS);
    close_alike(with);
}

static void explains_neighbours(void)
{
    alike_tools with = open_alike();
    zub_vector a = zub_similar_row(with.similar, 0);
    zub_vector b = a;
    zub_bonds *made;
    zub_error error;

    fault_on();
    zub_status status = zub_similar_explain(&made, &a, &b, NULL, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK(made->count > 0);
    zub_bonds_free(made);
    close_alike(with);
}

static const float points[] = {1, 2, 3, 4, -1, 2, 0, 0};
static const zub_dense point_rows = {4, 2, points};

static void makes_points(void)
{
    zub_latent *made;
    zub_error error;

    fault_on();
    zub_status status = zub_latent_new(&made, point_rows, NULL, &error);
    fault_off();
    fault_expect(status, made, &error);
    zub_latent_free(made);
}

static void scans_points(void)
{
    zub_latent *latent;
    zub_alikes *made;
    zub_error error;

    CHECK_INT(zub_latent_new(&latent, point_rows, NULL, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_latent_scan(&made, latent, points, 0, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK(made->count > 0);
    zub_alikes_free(made);
    zub_latent_free(latent);
}

static void finds_all_points(void)
{
    zub_similar_options options = {.threads = 2};
    size_t rows = 0;
    zub_similar_taker taker = {&rows, count_rows};
    zub_latent *latent;
    zub_error error;

    CHECK_INT(zub_latent_new(&latent, point_rows, &options, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_latent_each(latent, &taker, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK_INT(rows, 4);
    zub_latent_free(latent);
}

static void weighs_a_query(void)
{
    static char text[1200]; /* too long to be tried in many languages */
    tools with = open_tools();
    zub_query *made;
    zub_error error;

    memset(text, 'w', sizeof text);
    fault_on();
    zub_status status =
        zub_query_new(&made, state_now, (zub_slice){text, sizeof text}, NULL,
                      with.models, NULL, &error);
    fault_off();
    fault_expect(status, made, &error);
    zub_query_free(made);
    close_tools(with);
}

static void copies_a_row(void)
{
    alike_tools with = open_alike();
    zub_query *made;
    zub_error error;

    fault_on();
    zub_status status = zub_query_new_row(&made, with.matrix, 0, &error);
    fault_off();
    if (fault_expect(status, made, &error))
        CHECK(zub_query_vector(made).size > 0);
    zub_query_free(made);
    close_alike(with);
}

static void writes_neighbours(void)
{
    static const char text[] = "some text";
    zub_slice some = {text, sizeof text - 1};
    zub_similar_term term = {some, 1};
    zub_similar_line line = {some, some, .5, &term, 1};
    zub_similar_look look = {.format = ZUB_FORMAT_JSON, .explain = true};
    zub_similar_writer *made;
    zub_buffer out;
    zub_error error;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status =
        zub_similar_writer_open(&made, &look, zub_buffer_sink(&out), &error);
    fault_off();
    if (fault_expect(status, made, &error)) {
        fault_on();
        status = zub_similar_writer_begin(made, some);
        if (status == ZUB_OK)
            status = zub_similar_writer_add(made, &line);
        if (status == ZUB_OK)
            status = zub_similar_writer_end(made);
        if (status == ZUB_OK)
            status = zub_similar_writer_close(made);
        fault_off();
        fault_expect(status, NULL, NULL);
    }
    zub_similar_writer_free(made);
    zub_buffer_release(&out);
}

#endif
