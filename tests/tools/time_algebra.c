/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* time_algebra.c - what reductions of a state's TF-IDF take, for
 * scripts/bench:
 *
 *     time_algebra svd|nmf|kmeans STATE.zub K ITERATIONS RUNS
 *
 * One thread, one start. Standard output gets an object of JSON: the seconds
 * of the processor that each run took, the matrix already in memory, and what
 * is to be compared. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vectors/kmeans.h"
#include "vectors/nmf.h"
#include "vectors/svd.h"
#include "vectors/whole.h"

static void check(zub_status status, const zub_error *error)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "time_algebra: %s\n", error->message);
    exit(1);
}

static double processor_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Each reduces once, says how long that took, and at last what came out. */
typedef double timed(const zub_csr *rows, size_t k, unsigned iterations,
                     bool is_last);

static double time_svd(const zub_csr *rows, size_t k, unsigned iterations,
                       bool is_last)
{
    zub_svd_options options = {.k = k, .iterations = iterations, .threads = 1};
    zub_error error;
    zub_svd svd;
    double start = processor_seconds();

    check(zub_svd_make(&svd, rows, &options, &error), &error);
    double seconds = processor_seconds() - start;
    if (is_last) {
        printf("\"values\": [");
        for (size_t j = 0; j < svd.k; j++)
            printf("%s%.9g", j ? ", " : "", svd.values[j]);
        printf("], ");
    }
    zub_svd_release(&svd);
    return seconds;
}

static double time_nmf(const zub_csr *rows, size_t k, unsigned iterations,
                       bool is_last)
{
    zub_nmf_options options = {
        .k = k, .iterations = iterations, .threads = 1, .tolerance = 1e-12};
    zub_error error;
    zub_nmf nmf;
    double start = processor_seconds();

    check(zub_nmf_make(&nmf, rows, &options, &error), &error);
    double seconds = processor_seconds() - start;
    if (is_last)
        printf("\"loss\": %.9g, \"iterations\": %u, ", nmf.loss,
               nmf.iterations);
    zub_nmf_release(&nmf);
    return seconds;
}

static double time_kmeans(const zub_csr *rows, size_t k, unsigned iterations,
                          bool is_last)
{
    zub_kmeans_options options = {
        .k = k, .iterations = iterations, .restarts = 1, .threads = 1};
    zub_error error;
    zub_kmeans found;
    double start = processor_seconds();

    check(zub_kmeans_make(&found, rows, &options, &error), &error);
    double seconds = processor_seconds() - start;
    if (is_last)
        printf("\"score\": %.9g, ", found.score);
    zub_kmeans_release(&found);
    return seconds;
}

static timed *find(const char *name)
{
    if (strcmp(name, "svd") == 0)
        return time_svd;
    if (strcmp(name, "nmf") == 0)
        return time_nmf;
    return strcmp(name, "kmeans") == 0 ? time_kmeans : NULL;
}

static void read_rows(zub_csr *out, const char *path)
{
    zub_state *state;
    zub_matrix *matrix;
    zub_error error;

    check(zub_state_open(&state, path, &error), &error);
    check(zub_matrix_new(&matrix, state, NULL, &error), &error);
    check(zub_matrix_whole(out, matrix, &error), &error);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

int main(int count, char **arguments)
{
    timed *reduce = count == 6 ? find(arguments[1]) : NULL;
    zub_error error;
    zub_csr rows;

    if (!reduce) {
        fprintf(stderr, "usage: time_algebra svd|nmf|kmeans STATE.zub K "
                        "ITERATIONS RUNS\n");
        return 2;
    }
    size_t k = strtoul(arguments[3], NULL, 10);
    unsigned iterations = (unsigned)strtoul(arguments[4], NULL, 10);
    unsigned long runs = strtoul(arguments[5], NULL, 10);
    /* A thread that OpenBLAS has started waits awake, which is time, too. */
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
    check(zub_blas_threads(1, &error), &error);
    read_rows(&rows, arguments[2]);
    printf("{\"rows\": %" PRId32 ", \"columns\": %" PRId32
           ", \"entries\": %" PRId32 ", ",
           rows.rows, rows.columns, rows.starts[rows.rows]);
    double *seconds = calloc(runs + 1, sizeof *seconds);
    for (unsigned long i = 0; seconds && i < runs; i++)
        seconds[i] = reduce(&rows, k, iterations, i + 1 == runs);
    printf("\"seconds\": [");
    for (unsigned long i = 0; seconds && i < runs; i++)
        printf("%s%.6f", i ? ", " : "", seconds[i]);
    printf("]}\n");
    free(seconds);
    zub_csr_release(&rows);
    return 0;
}
