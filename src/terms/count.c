/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* count.c - a corpus into one state.
 *
 * Each worker has a counter of its own. When it holds its share of the memory
 * it is sealed, and the state goes to a temporary file; what is left is sealed
 * when the worker ends. In the end all of them are merged: however many there
 * are, and whoever made them, the bytes are the same.
 *
 * An article is counted whole, so one that may take more than a share needs
 * all the memory there is: it has the house to itself, with every counter
 * sealed before it and its own right behind it. */
#include <pthread.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/spool.h"
#include "terms/counter.h"
#include "terms/merge.h"

#define LEAST_MEMORY ((uint64_t)16 << 20)

/* While a counter is sealed it and its state are there together. */
#define SEALING 3

/* What a worker has but for its counts: an analyzer with the words it knows,
 * tables that begin, a record. With less for each, fewer count. */
#define MEMORY_A_WORKER ((uint64_t)16 << 20)

/* Bytes that a word new to its counter takes, at most: a type, its term, their
 * marks and names; an n-gram; a pair of a window in a lot; a word's runs of
 * characters. Such words are seldom shorter than WORD bytes. */
#define TERM_BYTES 150u
#define NGRAM_BYTES 60u
#define NEAR_BYTES 24u
#define CHARACTERS_BYTES 750u
#define WORD 12u

typedef struct count_worker {
    zub_analyzer *analyzer;
    zub_counter *counter;
    struct count_worker *next;
} count_worker;

typedef struct count_run {
    const zub_models *models;
    const zub_analyzer_options *words;
    const zub_count_options *options;
    const zub_failures *failures;
    uint64_t share;         /* bytes of one counter; 0: no limit */
    uint64_t large;         /* bytes of an article that may take more */
    pthread_rwlock_t house; /* written by who may touch all counters */
    count_worker *workers;  /* that have a counter; of the house */
    pthread_mutex_t lock;
    zub_state **states; /* [state_count], sealed */
    size_t state_count, state_capacity;
    bool is_lost;      /* a counter failed within an article */
    zub_error failure; /* that ended the run, with its words */
} count_run;

static const char *folder_of(const zub_count_options *options)
{
    return options->folder ? options->folder : "/tmp";
}

/* ---- Workers ---- */

static void free_worker(count_worker *worker)
{
    if (!worker)
        return;
    zub_counter_free(worker->counter);
    zub_analyzer_free(worker->analyzer);
    zub_free(worker);
}

static void enter(count_run *run, count_worker *worker)
{
    pthread_rwlock_wrlock(&run->house);
    worker->next = run->workers;
    run->workers = worker;
    pthread_rwlock_unlock(&run->house);
}

static void leave(count_run *run, const count_worker *worker)
{
    pthread_rwlock_wrlock(&run->house);
    count_worker **at = &run->workers;
    while (*at != worker)
        at = &(*at)->next;
    *at = worker->next;
    pthread_rwlock_unlock(&run->house);
}

static zub_status open_worker(void *context, void **out, zub_error *error)
{
    count_run *run = context;
    count_worker *worker = zub_alloc_zero(1, sizeof *worker);

    if (!worker)
        return zub_fail_memory(error);
    zub_status status =
        zub_analyzer_new(&worker->analyzer, run->models, run->words, error);
    if (status == ZUB_OK)
        status = zub_counter_new(&worker->counter, worker->analyzer,
                                 run->options, error);
    if (status != ZUB_OK) {
        free_worker(worker);
        return status;
    }
    zub_counter_bound(worker->counter, run->share);
    enter(run, worker);
    *out = worker;
    return ZUB_OK;
}

/* Owns `state`. */
static zub_status add_state(count_run *run, zub_state *state)
{
    pthread_mutex_lock(&run->lock);
    bool is_room = zub_grow(&run->states, &run->state_capacity,
                            run->state_count + 1, sizeof *run->states);
    if (is_room)
        run->states[run->state_count++] = state;
    pthread_mutex_unlock(&run->lock);
    if (!is_room)
        zub_state_free(state);
    return is_room ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status write_to_spool(void *context, const char *data, size_t size)
{
    zub_spool *spool = context;

    zub_spool_add(spool, data, size);
    return spool->owner->status;
}

/* A sealed state leaves memory for a file without a name. Owns `state`. */
static zub_status spill(zub_state **out, zub_state *state, const char *folder,
                        zub_error *error)
{
    zub_spooler spooler = {.folder = folder};
    zub_spool spool;
    zub_file file;

    *out = NULL;
    zub_spool_init(&spool, &spooler, 0);
    zub_status status =
        zub_state_write(state, (zub_sink){write_to_spool, &spool}, error);
    zub_state_free(state);
    zub_spool_finish(&spool, &file);
    zub_spool_release(&spool);
    if (spooler.status != ZUB_OK)
        status = zub_spooler_report(&spooler, error);
    if (status != ZUB_OK) {
        zub_file_close(&file);
        return status;
    }
    return zub_state_open_file(out, file, "a temporary file", error);
}

static zub_status seal(count_run *run, zub_counter *counter, bool spills,
                       zub_error *error)
{
    zub_state *state;
    zub_status status = zub_counter_seal(&state, counter, error);

    if (status == ZUB_OK && spills)
        status = spill(&state, state, folder_of(run->options), error);
    if (status == ZUB_OK && add_state(run, state) != ZUB_OK)
        status = zub_fail_memory(error);
    return status;
}

/* The last state stays in memory if it may be the only one. */
static bool has_spilled(count_run *run)
{
    pthread_mutex_lock(&run->lock);
    bool has = run->share > 0 && run->state_count > 0;
    pthread_mutex_unlock(&run->lock);
    return has;
}

static void close_worker(void *context, void *state)
{
    count_run *run = context;
    count_worker *worker = state;
    zub_error why = {0};

    if (!worker)
        return;
    leave(run, worker);
    pthread_rwlock_rdlock(&run->house);
    if (!worker->counter->is_lost &&
        seal(run, worker->counter, has_spilled(run), &why) != ZUB_OK) {
        pthread_mutex_lock(&run->lock);
        run->failure = why;
        pthread_mutex_unlock(&run->lock);
    }
    pthread_rwlock_unlock(&run->house);
    free_worker(worker);
}

static void lose(count_run *run)
{
    pthread_mutex_lock(&run->lock);
    run->is_lost = true;
    pthread_mutex_unlock(&run->lock);
}

static bool is_mine(const zub_count_options *options, uint64_t ordinal)
{
    return options->shards == 0 ||
           ordinal % options->shards == options->shard - 1;
}

static bool is_full(const count_run *run, const zub_counter *counter)
{
    return counter->tokens >= zub_counter_most_tokens(counter) ||
           (run->share > 0 && zub_counter_memory(counter) >= run->share);
}

static zub_status empty(count_run *run, zub_counter *counter, zub_error *error)
{
    zub_status status = seal(run, counter, run->share > 0, error);

    counter->is_lost = status != ZUB_OK;
    if (counter->is_lost)
        lose(run);
    return status;
}

static zub_status add(count_run *run, zub_counter *counter,
                      const zub_record *record, zub_error *error)
{
    zub_status status = zub_counter_add(counter, record, error);

    if (status == ZUB_OK && is_full(run, counter))
        return empty(run, counter, error);
    if (counter->is_lost)
        lose(run);
    return status;
}

/* With the house to itself. */
static zub_status add_large(count_run *run, zub_counter *counter,
                            const zub_record *record, zub_error *error)
{
    zub_status status = ZUB_OK;

    for (count_worker *at = run->workers; at && status == ZUB_OK;
         at = at->next)
        if (at->counter->articles > 0 && !at->counter->is_lost)
            status = empty(run, at->counter, error);
    return status == ZUB_OK ? add(run, counter, record, error) : status;
}

static zub_status map(void *context, void *state, const zub_record *record,
                      void **result, zub_error *error)
{
    count_run *run = context;
    count_worker *worker = state;
    zub_status status;

    *result = NULL;
    if (!is_mine(run->options, record->ordinal))
        return ZUB_OK;
    if (run->share > 0 && record->text.size > run->large) {
        pthread_rwlock_wrlock(&run->house);
        status = add_large(run, worker->counter, record, error);
    } else {
        pthread_rwlock_rdlock(&run->house);
        status = add(run, worker->counter, record, error);
    }
    pthread_rwlock_unlock(&run->house);
    return status;
}

/* ---- Failures ---- */

/* A record that could not be begun left no trace; a counter that failed
 * within one is lost, and with it the run. */
static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    count_run *run = context;

    pthread_mutex_lock(&run->lock);
    bool is_lost = run->is_lost;
    bool is_last = is_lost || !run->failures || !run->failures->fail;
    if (is_last)
        run->failure = *failure;
    pthread_mutex_unlock(&run->lock);
    if (is_last)
        return failure->status;
    return run->failures->fail(run->failures->context, record, failure);
}

/* ---- The whole ---- */

static zub_status check_options(const zub_count_options *options,
                                zub_error *error)
{
    if (options->shards > 0 &&
        (options->shard == 0 || options->shard > options->shards))
        return zub_fail(error, ZUB_EINVAL,
                        "there is no shard %u of %u (the first is 1)",
                        options->shard, options->shards);
    if ((unsigned)options->period > ZUB_PERIOD_DAY)
        return zub_fail(error, ZUB_EINVAL, "there is no such period");
    if (options->memory > 0 && options->memory < LEAST_MEMORY)
        return zub_fail(error, ZUB_EINVAL,
                        "counting takes at least 16 MiB of memory, not %llu "
                        "bytes",
                        (unsigned long long)options->memory);
    return ZUB_OK;
}

static unsigned fewer(unsigned threads, uint64_t most)
{
    return most < threads ? (unsigned)most : threads;
}

static uint64_t bytes_a_word(const zub_count_options *options)
{
    unsigned high = zub_count_orders(options).high;

    if (options->char_low > 0 || options->char_high > 0)
        return TERM_BYTES + CHARACTERS_BYTES;
    if (options->window > 0)
        return TERM_BYTES +
               (uint64_t)options->window *
                   (options->keep_articles ? NGRAM_BYTES : NEAR_BYTES);
    return TERM_BYTES + (uint64_t)(high - 1) * NGRAM_BYTES;
}

static zub_status unite(zub_state **out, count_run *run, zub_error *error)
{
    const zub_count_options *options = run->options;
    zub_merge_options merging = {.memory = options->memory,
                                 .folder = folder_of(options),
                                 .by_input = options->by_input};

    if (run->state_count == 1 &&
        (options->by_input || !options->keep_articles)) {
        *out = run->states[0];
        run->state_count = 0;
        return ZUB_OK;
    }
    return zub_merge(out, run->states, run->state_count, &merging, error);
}

static zub_status run_all(zub_state **out, count_run *run, zub_corpus *corpus,
                          unsigned threads, zub_error *error)
{
    zub_work work = {.context = run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .fail = fail};
    zub_status status = zub_corpus_each(corpus, threads, &work, error);

    if (run->failure.status != ZUB_OK) {
        status = run->failure.status;
        if (error)
            *error = run->failure;
    }
    return status == ZUB_OK ? unite(out, run, error) : status;
}

zub_status zub_count(zub_state **out, zub_corpus *corpus, unsigned threads,
                     const zub_models *models,
                     const zub_analyzer_options *words,
                     const zub_count_options *options,
                     const zub_failures *failures, zub_error *error)
{
    static const zub_count_options defaults = {0};
    count_run run = {.models = models,
                     .words = words,
                     .options = options ? options : &defaults,
                     .failures = failures};

    *out = NULL;
    zub_status status = check_options(run.options, error);
    if (status != ZUB_OK)
        return status;
    if (threads == 0)
        threads = zub_processors();
    if (run.options->memory > 0)
        threads = fewer(threads, run.options->memory / MEMORY_A_WORKER);
    run.share = run.options->memory / threads / SEALING;
    run.large = run.share / bytes_a_word(run.options) * WORD;
    pthread_mutex_init(&run.lock, NULL);
    pthread_rwlock_init(&run.house, NULL);
    status = run_all(out, &run, corpus, threads, error);
    pthread_rwlock_destroy(&run.house);
    pthread_mutex_destroy(&run.lock);
    for (size_t i = 0; i < run.state_count; i++)
        zub_state_free(run.states[i]);
    zub_free(run.states);
    return status;
}
