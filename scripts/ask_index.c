/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ask_index.c - queries asked of an index, each timed, for
 * scripts/bench_index.py, from the root of the checkout.
 *
 *     ask_index INDEX QUERIES search|related [words]
 *
 * QUERIES has one a line; the first twenty are asked once before. `words` asks
 * without grams. Standard output gets of each query the seconds of the
 * processor that its ten best hits took, one a line, and standard error the
 * number of passages. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zubda.h"

#define WARMING 20

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
    fprintf(stderr, "ask_index: %s\n", error->message);
    exit(1);
}

typedef zub_status ask_function(zub_hits **, zub_searcher *, zub_slice,
                                const zub_search_options *, zub_error *);

static double ask(ask_function *function, zub_searcher *searcher,
                  zub_slice query, const zub_search_options *options)
{
    zub_error error;
    zub_hits *hits;
    double start = seconds();

    check(function(&hits, searcher, query, options, &error), &error);
    double taken = seconds() - start;
    zub_hits_free(hits);
    return taken;
}

static void ask_all(FILE *lines, ask_function *function,
                    zub_searcher *searcher, const zub_search_options *options,
                    size_t most, bool is_told)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;

    rewind(lines);
    while (most-- > 0 && (size = getline(&line, &capacity, lines)) > 0) {
        zub_slice query = {line, (size_t)size - (line[size - 1] == '\n')};
        double taken = ask(function, searcher, query, options);
        if (is_told)
            printf("%.9f\n", taken);
    }
    free(line);
}

int main(int count, char **words)
{
    zub_search_options options = {.is_plain = true};
    zub_searcher *searcher;
    zub_models *models;
    zub_index *index;
    zub_error error;

    FILE *lines = count >= 4 ? fopen(words[2], "r") : NULL;
    if (!lines)
        return 2;
    ask_function *function =
        strcmp(words[3], "related") == 0 ? zub_related : zub_search;
    options.without_grams = count > 4;
    check(zub_models_open(&models, "models", &error), &error);
    check(zub_index_open(&index, words[1], models, false, &error), &error);
    check(zub_searcher_new(&searcher, index, &error), &error);
    fprintf(stderr, "%llu\n",
            (unsigned long long)zub_index_about(index).passages);
    ask_all(lines, function, searcher, &options, WARMING, false);
    ask_all(lines, function, searcher, &options, SIZE_MAX, true);
    zub_searcher_free(searcher);
    zub_index_free(index);
    zub_models_free(models);
    fclose(lines);
    return 0;
}
