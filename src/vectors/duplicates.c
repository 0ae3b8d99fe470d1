/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* duplicates.c - zub_duplicates_* of zubda.h.
 *
 * One walk over the corpus: each worker makes the shingles of an article and
 * their keys, and adds both to what is gathered; its keys are sorted into runs
 * as they come. Numbers of articles depend on the threads, ranks do not
 * (buckets.c). */
#include "vectors/duplicates.h"

#include <pthread.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"

#define THRESHOLD .8
#define THRESHOLD_LEAST .1
#define SHINGLE 3u
#define LEAST_MEMORY ((uint64_t)16 << 20)

/* Analyzer, words that are known, a record: with less for each, fewer work. */
#define MEMORY_A_WORKER ((uint64_t)16 << 20)

#define RUN_MOST ((size_t)1 << 20) /* keys of a run */
#define RUN_BYTES 32u              /* of each while the run is made */

typedef struct find_worker {
    zub_analyzer *analyzer;
    zub_shingler *shingler;
    zub_entries entries;
    zub_buffer kept;
    uint64_t keys[ZUB_MOST_HASHES];
} find_worker;

typedef struct find_run {
    const zub_models *models;
    zub_analyzer_options words;
    const zub_duplicates_options *options;
    const zub_failures *failures;
    zub_duplicates *out;
    const char *folder; /* of runs; NULL: memory */
    size_t run_most;
    zub_bands bands;
    pthread_mutex_t lock; /* of what follows, and of what is gathered */
    zub_entries entries;
    bool is_lost; /* `failure` says why */
    zub_error failure;
} find_run;

/* ---- Workers ---- */

static void free_worker(find_worker *worker)
{
    zub_shingler_free(worker->shingler);
    zub_analyzer_free(worker->analyzer);
    zub_entries_release(&worker->entries);
    zub_buffer_release(&worker->kept);
    zub_free(worker);
}

static zub_status open_worker(void *context, void **out, zub_error *error)
{
    const find_run *run = context;
    find_worker *worker = zub_alloc_zero(1, sizeof *worker);

    if (!worker)
        return zub_fail_memory(error);
    zub_buffer_init(&worker->kept, ZUB_BUFFER_UNLIMITED);
    zub_entries_init(&worker->entries, run->folder, run->run_most);
    zub_status status =
        zub_analyzer_new(&worker->analyzer, run->models, &run->words, error);
    if (status == ZUB_OK)
        status = zub_shingler_new(&worker->shingler, worker->analyzer,
                                  run->out->facts.shingle, error);
    if (status == ZUB_OK)
        *out = worker;
    else
        free_worker(worker);
    return status;
}

/* With the lock. The first failure counts. */
static zub_status lose(find_run *run, zub_status status,
                       const zub_error *failure)
{
    if (!run->is_lost)
        run->failure = *failure;
    run->is_lost = true;
    return status;
}

static void close_worker(void *context, void *own)
{
    find_run *run = context;
    find_worker *worker = own;
    zub_error why = {0};

    if (!worker)
        return;
    pthread_mutex_lock(&run->lock);
    zub_status status =
        run->is_lost ? ZUB_OK
                     : zub_entries_move(&run->entries, &worker->entries, &why);
    if (status != ZUB_OK)
        lose(run, status, &why);
    pthread_mutex_unlock(&run->lock);
    free_worker(worker);
}

/* ---- Articles ---- */

static zub_status keep(const find_run *run, find_worker *worker,
                       const zub_record *record)
{
    zub_buffer_clear(&worker->kept);
    if (!run->options->keep)
        return ZUB_OK;
    zub_status status =
        run->options->keep(record, zub_buffer_sink(&worker->kept));
    return status == ZUB_OK ? worker->kept.status : status;
}

static zub_status gather(find_run *run, find_worker *worker,
                         const zub_record *record,
                         const zub_shingles *shingles, uint32_t *number,
                         zub_error *error)
{
    zub_error why = {0};

    pthread_mutex_lock(&run->lock);
    *number = (uint32_t)run->out->articles.count;
    zub_status status =
        zub_gathered_add(&run->out->articles, record, shingles,
                         zub_buffer_slice(&worker->kept), &why);
    if (status != ZUB_OK)
        lose(run, status, &why);
    pthread_mutex_unlock(&run->lock);
    if (status != ZUB_OK && error)
        *error = why;
    return status;
}

static zub_status add_keys(find_run *run, find_worker *worker, uint32_t number,
                           zub_error *error)
{
    zub_status status = ZUB_OK;
    zub_error why = {0};

    for (unsigned i = 0; i < run->bands.bands && status == ZUB_OK; i++)
        status =
            zub_entries_add(&worker->entries, worker->keys[i], number, &why);
    if (status == ZUB_OK)
        return status;
    pthread_mutex_lock(&run->lock);
    lose(run, status, &why);
    pthread_mutex_unlock(&run->lock);
    if (error)
        *error = why;
    return status;
}

static zub_status map(void *context, void *own, const zub_record *record,
                      void **result, zub_error *error)
{
    find_run *run = context;
    find_worker *worker = own;
    zub_shingles shingles;
    uint32_t number;

    *result = NULL;
    zub_status status =
        zub_shingler_read(&shingles, worker->shingler, record, error);
    if (status == ZUB_OK)
        status = keep(run, worker, record);
    if (status != ZUB_OK)
        return status;
    if (shingles.count > 0)
        zub_minhash(worker->keys, shingles.items, shingles.count, run->bands);
    status = gather(run, worker, record, &shingles, &number, error);
    if (status == ZUB_OK && shingles.count > 0)
        status = add_keys(run, worker, number, error);
    if (status == ZUB_OK && run->options->added)
        run->options->added(run->options->added_context, record);
    return status;
}

/* An article that could not be read left no trace; what could not be gathered
 * loses the run. */
static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    find_run *run = context;

    pthread_mutex_lock(&run->lock);
    bool is_lost = run->is_lost || !run->failures || !run->failures->fail;
    if (is_lost)
        lose(run, failure->status, failure);
    pthread_mutex_unlock(&run->lock);
    if (is_lost)
        return run->failure.status;
    return run->failures->fail(run->failures->context, record, failure);
}

/* ---- The whole ---- */

static zub_status check_options(const zub_duplicates_options *options,
                                zub_error *error)
{
    bool is_index =
        options->threshold == 0 ||
        (options->threshold >= THRESHOLD_LEAST && options->threshold <= 1);

    if (!is_index)
        return zub_fail(error, ZUB_EINVAL,
                        "a threshold is a Jaccard index from %.1f to 1, not "
                        "%g",
                        THRESHOLD_LEAST, options->threshold);
    if (options->shingle > ZUB_MOST_SHINGLE)
        return zub_fail(error, ZUB_EINVAL,
                        "a shingle is of 1 to %u words, not %u",
                        ZUB_MOST_SHINGLE, options->shingle);
    if (options->memory > 0 && options->memory < LEAST_MEMORY)
        return zub_fail(error, ZUB_EINVAL,
                        "looking for duplicates takes at least 16 MiB of "
                        "memory, not %llu bytes",
                        (unsigned long long)options->memory);
    return ZUB_OK;
}

/* Half of the memory for keys that are being sorted, a quarter for shingles
 * that are compared; the rest is of whoever reads. */
static void share_memory(find_run *run, unsigned *threads)
{
    uint64_t memory = run->options->memory;

    if (*threads == 0)
        *threads = zub_processors();
    run->run_most = RUN_MOST;
    if (memory == 0)
        return;
    if (memory / MEMORY_A_WORKER < *threads)
        *threads = (unsigned)(memory / MEMORY_A_WORKER);
    uint64_t most = memory / 2 / *threads / RUN_BYTES;
    if (most < RUN_MOST)
        run->run_most = (size_t)most;
}

static void begin(find_run *run)
{
    const zub_duplicates_options *options = run->options;
    zub_duplicates *out = run->out;
    const char *folder = options->folder ? options->folder : "/tmp";

    run->folder = options->memory > 0 ? folder : NULL;
    out->threshold = options->threshold > 0 ? options->threshold : THRESHOLD;
    out->has_pairs = options->with_pairs;
    run->bands = zub_bands_for(out->threshold);
    out->facts = (zub_duplicates_facts){
        .threshold = out->threshold,
        .shingle = options->shingle ? options->shingle : SHINGLE,
        .bands = run->bands.bands,
        .rows = run->bands.rows,
        .recall = zub_bands_recall(run->bands, out->threshold)};
    zub_gathered_init(
        &out->articles, run->folder, options->keep ? folder : NULL,
        options->memory > 0 ? (size_t)options->memory / 4 : SIZE_MAX);
    zub_entries_init(&run->entries, run->folder, run->run_most);
    zub_entries_init(&out->pairs, run->folder, run->run_most);
}

static zub_status run_all(find_run *run, zub_corpus *corpus, unsigned threads,
                          zub_error *error)
{
    zub_work work = {.context = run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .fail = fail};
    zub_status status = zub_corpus_each(corpus, threads, &work, error);

    if (run->is_lost) {
        if (error)
            *error = run->failure;
        return run->failure.status;
    }
    if (status == ZUB_OK)
        status = zub_gathered_finish(&run->out->articles, error);
    return status == ZUB_OK
               ? zub_duplicates_join(run->out, &run->entries, error)
               : status;
}

/* Languages decide little about whole words, and an article that is taken for
 * another language than its double would part from it: unless one is named,
 * all are read by the rules of none. */
static zub_analyzer_options choose_words(const zub_analyzer_options *words)
{
    zub_analyzer_options chosen = {0};

    if (words)
        chosen = *words;
    chosen.keep_stop_words = true;
    if (!chosen.lang || strcmp(chosen.lang, "auto") == 0)
        chosen.lang = "und";
    if (!chosen.stemmer || strcmp(chosen.stemmer, "auto") == 0)
        chosen.stemmer = "none";
    return chosen;
}

zub_status zub_duplicates_find(zub_duplicates **out, zub_corpus *corpus,
                               unsigned threads, const zub_models *models,
                               const zub_analyzer_options *words,
                               const zub_duplicates_options *options,
                               const zub_failures *failures, zub_error *error)
{
    static const zub_duplicates_options defaults = {0};
    find_run run = {.models = models,
                    .words = choose_words(words),
                    .options = options ? options : &defaults,
                    .failures = failures};

    *out = NULL;
    zub_error_clear(error);
    zub_status status = check_options(run.options, error);
    if (status != ZUB_OK)
        return status;
    run.out = zub_alloc_zero(1, sizeof *run.out);
    if (!run.out)
        return zub_fail_memory(error);
    share_memory(&run, &threads);
    begin(&run);
    pthread_mutex_init(&run.lock, NULL);
    status = run_all(&run, corpus, threads, error);
    pthread_mutex_destroy(&run.lock);
    zub_entries_release(&run.entries);
    if (status == ZUB_OK)
        *out = run.out;
    else
        zub_duplicates_free(run.out);
    return status;
}

void zub_duplicates_free(zub_duplicates *duplicates)
{
    if (!duplicates)
        return;
    zub_gathered_release(&duplicates->articles);
    zub_entries_release(&duplicates->pairs);
    zub_unions_release(&duplicates->unions);
    zub_free(duplicates->order);
    zub_free(duplicates->twins);
    zub_free(duplicates->members);
    zub_free(duplicates);
}

/* ---- What was found ---- */

zub_duplicates_facts zub_duplicates_about(const zub_duplicates *duplicates)
{
    return duplicates->facts;
}

const char *zub_duplicate_kind_name(zub_duplicate_kind kind)
{
    static const char *const names[] = {"first", "exact", "near"};

    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

static zub_slice id_at(const zub_duplicates *duplicates, uint32_t rank)
{
    return zub_gathered_id(&duplicates->articles, duplicates->order[rank]);
}

static double jaccard(const zub_duplicates *duplicates, uint32_t a, uint32_t b,
                      size_t overlap)
{
    const zub_gathered *articles = &duplicates->articles;

    return zub_jaccard(zub_gathered_size(articles, duplicates->order[a]),
                       zub_gathered_size(articles, duplicates->order[b]),
                       overlap);
}

static void begin_cluster(zub_duplicates *duplicates, uint32_t rank)
{
    size_t end = duplicates->next;

    while (end < duplicates->member_count &&
           zub_unions_find(&duplicates->unions, duplicates->members[end]) ==
               rank)
        end++;
    duplicates->cluster++;
    duplicates->first = rank;
    duplicates->size = (uint32_t)(end - duplicates->next);
}

static bool is_twin(const zub_duplicates *duplicates, uint32_t a, uint32_t b)
{
    return duplicates->twins[a] == duplicates->twins[b];
}

bool zub_duplicates_next(zub_duplicate *out, zub_duplicates *duplicates)
{
    if (duplicates->next == duplicates->member_count)
        return false;
    uint32_t rank = duplicates->members[duplicates->next];
    bool is_first = zub_unions_find(&duplicates->unions, rank) == rank;

    if (is_first)
        begin_cluster(duplicates, rank);
    duplicates->next++;
    uint32_t first = duplicates->first;
    bool is_exact = is_twin(duplicates, first, rank);
    *out = (zub_duplicate){.cluster = duplicates->cluster,
                           .size = duplicates->size,
                           .id = id_at(duplicates, rank),
                           .kind = is_first   ? ZUB_DUPLICATE_FIRST
                                   : is_exact ? ZUB_DUPLICATE_EXACT
                                              : ZUB_DUPLICATE_NEAR,
                           .jaccard = 1};
    if (!is_exact)
        out->jaccard =
            jaccard(duplicates, first, rank,
                    zub_duplicates_overlap(duplicates, first, rank, 0));
    return true;
}

/* A pair was met once for each key it shares. */
bool zub_duplicates_next_pair(zub_duplicate_pair *out,
                              zub_duplicates *duplicates)
{
    zub_keyed entry = {0};

    do
        if (!duplicates->has_pairs ||
            !zub_entries_next(&duplicates->pairs, &entry))
            return false;
    while (entry.key == duplicates->last_pair);
    duplicates->last_pair = entry.key;
    uint32_t a = (uint32_t)(entry.key >> 32), b = (uint32_t)entry.key;
    *out = (zub_duplicate_pair){
        .a = id_at(duplicates, a),
        .b = id_at(duplicates, b),
        .kind = is_twin(duplicates, a, b) ? ZUB_DUPLICATE_EXACT
                                          : ZUB_DUPLICATE_NEAR,
        .jaccard = jaccard(duplicates, a, b, entry.id)};
    return true;
}

bool zub_duplicates_next_empty(zub_slice *id, zub_duplicates *duplicates)
{
    const zub_gathered *articles = &duplicates->articles;

    while (duplicates->empty_next < articles->count) {
        uint32_t rank = (uint32_t)duplicates->empty_next++;
        if (articles->articles[duplicates->order[rank]].words > 0)
            continue;
        *id = id_at(duplicates, rank);
        return true;
    }
    return false;
}

/* Those that stand for themselves or for their cluster, by ordinal. */
static size_t list_kept(zub_duplicates *duplicates, zub_keyed *items)
{
    const zub_gathered *articles = &duplicates->articles;
    size_t size = 0;

    for (uint32_t rank = 0; rank < articles->count; rank++) {
        uint32_t article = duplicates->order[rank];
        if (zub_unions_find(&duplicates->unions, rank) == rank)
            items[size++] =
                (zub_keyed){articles->articles[article].ordinal, article};
    }
    return size;
}

zub_status zub_duplicates_write_kept(zub_duplicates *duplicates, zub_sink sink,
                                     zub_error *error)
{
    const zub_gathered *articles = &duplicates->articles;
    zub_keyed *items = zub_alloc(articles->count, 2 * sizeof *items);
    zub_file file = articles->kept_file;
    zub_status status = ZUB_OK;
    size_t touched = 0;

    zub_error_clear(error);
    if (!items)
        return zub_fail_memory(error);
    size_t size = list_kept(duplicates, items);
    zub_order_keys(items, items + articles->count, size);
    for (size_t i = 0; i < size && status == ZUB_OK; i++) {
        zub_slice kept = zub_gathered_kept(articles, items[i].id);
        status = sink.write(sink.context, kept.data, kept.size);
        touched += kept.size;
        if (touched < ZUB_WINDOW)
            continue;
        zub_let_go(file.bytes.data, file.bytes.size, file.is_mapped);
        touched = 0;
    }
    zub_free(items);
    return status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, status, "%s", zub_status_text(status));
}
