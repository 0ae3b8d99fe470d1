/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ask_similar.c - the articles nearest to some of a state, timed, for
 * scripts/bench_similar.py.
 *
 *     ask_similar STATE MEASURE QUERIES OUT
 *
 * The queries are rows, evenly over the state. Into OUT goes a line for each
 * neighbour: the query's row, its row, its score. Standard output gets seconds
 * of the processor: for the lists, and for all queries. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "zubda.h"

typedef struct asking {
    zub_state *state;
    zub_matrix *matrix;
    zub_similar *similar;
    zub_finder *finder;
    zub_alike *found; /* [queries][k] */
    size_t *counts;   /* [queries] */
} asking;

#define K 10

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void check(zub_status status, const zub_error *error)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "ask_similar: %s\n", error->message);
    exit(1);
}

static double open_all(asking *all, const char *path, const char *measure)
{
    zub_matrix_options weights = {.threads = 1};
    zub_similar_options options = {.measure = measure, .k = K, .threads = 1};
    zub_error error;

    check(zub_state_open(&all->state, path, &error), &error);
    check(zub_matrix_new(&all->matrix, all->state, &weights, &error), &error);
    double start = seconds();
    check(zub_similar_new(&all->similar, all->matrix, &options, &error),
          &error);
    check(zub_finder_new(&all->finder, all->similar, &error), &error);
    return seconds() - start;
}

static double ask(asking *all, size_t queries, size_t step)
{
    double start = seconds();
    zub_error error;

    for (size_t q = 0; q < queries; q++) {
        zub_vector query = zub_similar_row(all->similar, q * step);
        const zub_alike *alikes;
        check(zub_finder_find(&alikes, &all->counts[q], all->finder, &query,
                              q * step, &error),
              &error);
        for (size_t i = 0; i < all->counts[q]; i++)
            all->found[q * K + i] = alikes[i];
    }
    return seconds() - start;
}

static void write_found(const asking *all, size_t queries, size_t step,
                        const char *path)
{
    FILE *file = fopen(path, "w");

    for (size_t q = 0; file && q < queries; q++)
        for (size_t i = 0; i < all->counts[q]; i++)
            fprintf(file, "%zu\t%llu\t%.9g\n", q * step,
                    (unsigned long long)all->found[q * K + i].row,
                    all->found[q * K + i].score);
    if (!file || fclose(file) != 0) {
        fprintf(stderr, "ask_similar: cannot write '%s'\n", path);
        exit(1);
    }
}

int main(int count, char **arguments)
{
    asking all = {0};

    if (count != 5 || atoi(arguments[3]) < 1) {
        fprintf(stderr, "usage: ask_similar STATE MEASURE QUERIES OUT\n");
        return 2;
    }
    size_t queries = (size_t)atoi(arguments[3]);
    all.found = calloc(queries * K, sizeof *all.found);
    all.counts = calloc(queries, sizeof *all.counts);
    double lists = open_all(&all, arguments[1], arguments[2]);
    size_t step = (size_t)zub_matrix_measure(all.matrix).rows / queries;
    double asked = ask(&all, queries, step > 0 ? step : 1);
    write_found(&all, queries, step > 0 ? step : 1, arguments[4]);
    printf("%.6f\t%.6f\n", lists, asked);
    zub_finder_free(all.finder);
    zub_similar_free(all.similar);
    zub_matrix_free(all.matrix);
    zub_state_free(all.state);
    free(all.found);
    free(all.counts);
    return 0;
}
