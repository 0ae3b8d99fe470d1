/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* time_queries.c - how long an index takes for each of many queries.
 *
 *     time_queries HOW INDEX QUERIES [MODELS]
 *
 * HOW is `words` (search by words alone), `grams` (search as it is by default),
 * `documents` (the same, each article once) or `related` (each query is a text
 * to be like). QUERIES is JSON lines with a field `text`. All are asked once so
 * that everything is warm, and then PASSES times; the time of a query is the
 * least of these, in the processor's time of one thread, from the text to ten
 * hits without snippets. Standard output gets the number of queries, and p50,
 * p90, p99 and mean in milliseconds, parted by tabs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "zubda.h"

#define PASSES 3
#define MOST 100000

typedef struct asking {
    bool is_related;
    zub_search_options options;
    zub_models *models;
    zub_index *index;
    zub_searcher *searcher;
    zub_record *queries[MOST]; /* [count] */
    double times[MOST];        /* the same, in milliseconds */
    size_t count;
} asking;

static double milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void check(zub_status status, const zub_error *error)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "time_queries: %s\n", error->message);
    exit(1);
}

static bool choose(asking *all, const char *how)
{
    all->options.without_grams = strcmp(how, "words") == 0;
    all->options.by_article = strcmp(how, "documents") == 0;
    all->is_related = strcmp(how, "related") == 0;
    return all->options.without_grams || all->options.by_article ||
           all->is_related || strcmp(how, "grams") == 0;
}

static void read_queries(asking *all, const char *path)
{
    zub_corpus_options options = {.form = ZUB_FORM_JSONL};
    zub_corpus *corpus;
    zub_error error;

    check(zub_corpus_open(&corpus, &path, 1, &options, &error), &error);
    while (all->count < MOST) {
        zub_record **next = &all->queries[all->count];
        check(zub_corpus_next(next, corpus, &error), &error);
        if (!*next)
            break;
        all->count++;
    }
    zub_corpus_free(corpus);
}

static double ask(asking *all, size_t i)
{
    zub_hits *hits;
    zub_error error;
    double start = milliseconds();
    zub_status status = (all->is_related ? zub_related : zub_search)(
        &hits, all->searcher, all->queries[i]->text, &all->options, &error);

    check(status, &error);
    zub_hits_free(hits);
    return milliseconds() - start;
}

static void ask_all(asking *all)
{
    for (size_t i = 0; i < all->count; i++)
        (void)ask(all, i);
    for (int pass = 0; pass < PASSES; pass++)
        for (size_t i = 0; i < all->count; i++) {
            double time = ask(all, i);
            if (pass == 0 || time < all->times[i])
                all->times[i] = time;
        }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The least time that so many in a hundred do not exceed. */
static double percentile(const asking *all, size_t hundredth)
{
    return all->times[(all->count * hundredth + 99) / 100 - 1];
}

static void print(asking *all)
{
    double sum = 0;

    for (size_t i = 0; i < all->count; i++)
        sum += all->times[i];
    qsort(all->times, all->count, sizeof *all->times, compare);
    printf("%zu\t%.4f\t%.4f\t%.4f\t%.4f\n", all->count, percentile(all, 50),
           percentile(all, 90), percentile(all, 99), sum / (double)all->count);
}

int main(int count, char **arguments)
{
    static asking all;
    zub_error error;

    if (count < 4 || count > 5 || !choose(&all, arguments[1])) {
        fprintf(stderr, "usage: time_queries words|grams|documents|related "
                        "INDEX QUERIES [MODELS]\n");
        return 2;
    }
    read_queries(&all, arguments[3]);
    check(zub_models_open(&all.models, count > 4 ? arguments[4] : "models",
                          &error),
          &error);
    check(zub_index_open(&all.index, arguments[2], all.models, false, &error),
          &error);
    check(zub_searcher_new(&all.searcher, all.index, &error), &error);
    ask_all(&all);
    if (all.count > 0)
        print(&all);
    zub_searcher_free(all.searcher);
    zub_index_free(all.index);
    zub_models_free(all.models);
    for (size_t i = 0; i < all.count; i++)
        zub_record_free(all.queries[i]);
    return 0;
}
