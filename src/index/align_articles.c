/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_articles.c - zub_articles_* of zubda.h. Workers make words of records;
 * they are put in a row in the order of the input. */
#include "index/align_articles.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/align_reader.h"

/* What a worker made of a record: its arrays are behind it. */
typedef struct read_result {
    size_t count;
    zub_scanned *places; /* [count] */
    uint64_t hashes[];   /* [count] */
} read_result;

typedef struct read_worker {
    zub_analyzer *analyzer;
    zub_align_reader *reader;
} read_worker;

typedef struct read_run {
    const zub_models *models;
    zub_analyzer_options words;
    const zub_failures *failures;
    zub_articles *out;
    zub_error failure; /* that ends it, if not ZUB_OK */
} read_run;

/* ---- Workers ---- */

static void close_worker(void *context, void *own)
{
    read_worker *worker = own;

    (void)context;
    if (!worker)
        return;
    zub_align_reader_free(worker->reader);
    zub_analyzer_free(worker->analyzer);
    zub_free(worker);
}

static zub_status open_worker(void *context, void **out, zub_error *error)
{
    const read_run *run = context;
    read_worker *worker = zub_alloc_zero(1, sizeof *worker);

    if (!worker)
        return zub_fail_memory(error);
    zub_status status =
        zub_analyzer_new(&worker->analyzer, run->models, &run->words, error);
    if (status == ZUB_OK)
        status =
            zub_align_reader_new(&worker->reader, worker->analyzer, error);
    if (status == ZUB_OK)
        *out = worker;
    else
        close_worker(context, worker);
    return status;
}

static zub_status map(void *context, void *own, const zub_record *record,
                      void **out, zub_error *error)
{
    read_worker *worker = own;
    zub_read_words words;
    zub_status status =
        zub_align_reader_read(&words, worker->reader, record, error);

    (void)context;
    *out = NULL;
    if (status != ZUB_OK)
        return status;
    size_t each = sizeof *words.hashes + sizeof *words.places;
    read_result *result = zub_alloc_tail(sizeof *result, words.count, each);
    if (!result)
        return zub_fail_memory(error);
    result->count = words.count;
    result->places = (zub_scanned *)(result->hashes + words.count);
    if (words.count > 0) {
        memcpy(result->hashes, words.hashes,
               words.count * sizeof *words.hashes);
        memcpy(result->places, words.places,
               words.count * sizeof *words.places);
    }
    *out = result;
    return ZUB_OK;
}

static void drop(void *context, void *result)
{
    (void)context;
    zub_free(result);
}

/* ---- The row ---- */

static bool make_room(zub_articles *articles, size_t words)
{
    size_t need = articles->size + words + 1;

    return zub_grow(&articles->items, &articles->capacity, articles->count + 1,
                    sizeof *articles->items) &&
           zub_grow(&articles->words, &articles->words_capacity, need,
                    sizeof *articles->words) &&
           zub_grow(&articles->places, &articles->places_capacity, need,
                    sizeof *articles->places);
}

static zub_status add_article(zub_articles *articles, const zub_record *record,
                              const read_result *read, zub_error *error)
{
    if (read->count >= ZUB_ALIGN_MOST_WORDS - articles->size - 1)
        return zub_fail(error, ZUB_ELIMIT,
                        "more than 2^31 words to align (align parts of it)");
    zub_article article = {.id = zub_arena_copy(&articles->arena, record->id),
                           .text =
                               zub_arena_copy(&articles->arena, record->text),
                           .first = articles->size,
                           .count = read->count};
    if (!article.id.data || !article.text.data ||
        !make_room(articles, read->count))
        return zub_fail_memory(error);
    if (read->count > 0) {
        memcpy(articles->words + article.first, read->hashes,
               read->count * sizeof *read->hashes);
        memcpy(articles->places + article.first, read->places,
               read->count * sizeof *read->places);
    }
    articles->size += read->count;
    articles->places[articles->size] = (zub_scanned){0};
    articles->words[articles->size++] = 0; /* the border */
    articles->items[articles->count++] = article;
    articles->empty += read->count == 0;
    size_t repaired = zub_record_repaired(record);
    articles->repaired += repaired;
    articles->broken += repaired > 0;
    return ZUB_OK;
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    read_run *run = context;
    const zub_failures *failures = run->failures;

    if (failure->status == ZUB_OK) {
        zub_status status =
            add_article(run->out, record, result, &run->failure);
        zub_free(result);
        return status;
    }
    if (failures && failures->fail)
        return failures->fail(failures->context, record, failure);
    run->failure = *failure;
    return failure->status;
}

/* ---- The whole ---- */

/* Languages decide little about whole words, and a quotation in an article of
 * another language would part from what it quotes. Whoever asks for a stemmer
 * asks for the language of each article. */
static zub_analyzer_options choose_words(const zub_analyzer_options *words)
{
    zub_analyzer_options chosen = {0};

    if (words)
        chosen = *words;
    chosen.keep_stop_words = true;
    bool has_stemmer = chosen.stemmer && strcmp(chosen.stemmer, "auto") != 0 &&
                       strcmp(chosen.stemmer, "none") != 0;
    if (has_stemmer)
        return chosen;
    chosen.stemmer = "none";
    if (!chosen.lang || strcmp(chosen.lang, "auto") == 0)
        chosen.lang = "und";
    return chosen;
}

zub_status zub_articles_read(zub_articles **out, zub_corpus *corpus,
                             unsigned threads, const zub_models *models,
                             const zub_analyzer_options *words,
                             const zub_failures *failures, zub_error *error)
{
    read_run run = {.models = models,
                    .words = choose_words(words),
                    .failures = failures,
                    .out = zub_alloc_zero(1, sizeof *run.out)};
    zub_work work = {.context = &run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .take = take,
                     .drop = drop};

    *out = NULL;
    if (!run.out)
        return zub_fail_memory(error);
    zub_arena_init(&run.out->arena);
    zub_status status = zub_corpus_each(corpus, threads, &work, error);
    if (status != ZUB_OK && run.failure.status != ZUB_OK && error)
        *error = run.failure;
    if (status == ZUB_OK)
        *out = run.out;
    else
        zub_articles_free(run.out);
    return status;
}

void zub_articles_free(zub_articles *articles)
{
    if (!articles)
        return;
    zub_arena_release(&articles->arena);
    zub_free(articles->items);
    zub_free(articles->words);
    zub_free(articles->places);
    zub_free(articles);
}

zub_articles_facts zub_articles_about(const zub_articles *articles)
{
    return (zub_articles_facts){.articles = articles->count,
                                .empty = articles->empty,
                                .repaired = articles->repaired,
                                .broken = articles->broken,
                                .words = articles->size - articles->count};
}

size_t zub_articles_find(const zub_articles *articles, size_t place)
{
    size_t low = 0, high = articles->count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (articles->items[middle].first <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}
