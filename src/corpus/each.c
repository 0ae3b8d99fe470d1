/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* each.c - the parallel driver, in input order or without one.
 *
 * Workers are alike: each does what is due, in this order: take the oldest
 * results, read the next batch and map it, wait. Reading and taking are done by
 * one worker at a time, without the lock. Batches stand in a ring from read to
 * taken: taken <= read <= taken + capacity; a batch is its worker's own between
 * reading and `done`. Without an order there is no ring: each worker has a
 * batch, which it settles itself.
 *
 * A batch is one record while records are slow to map, so that neighbours go
 * to several threads and a result is seen when it is made; it doubles while it
 * is done so quickly that the lock would be felt. It never waits for a slow
 * input: what was read is mapped first. */
#include <pthread.h>
#include <time.h>

#include "zubda.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "corpus/corpus.h"
#include "corpus/record.h"

#define AHEAD 4                        /* batches a thread, at most */
#define AHEAD_BYTES ((size_t)4 << 20)  /* of all records, but for the last */
#define BATCH 256                      /* records, at most */
#define BATCH_BYTES ((size_t)64 << 10) /* of its records, but for the last */
#define BRIEF 50000                    /* nanoseconds of a batch that grows */
#define LASTING 200000                 /* of one that shrinks */
#define PATIENCE 2000000               /* before a part of one is shown */

typedef struct each_slot {
    zub_record *record;
    void *result;
    const zub_error *failure; /* owned, or no_memory; NULL: none */
    zub_record *spare;        /* its block serves the next record */
} each_slot;

typedef struct each_batch {
    each_slot *slots; /* [BATCH] */
    size_t count, done, taken;
    size_t bytes;
} each_batch;

typedef struct each_run {
    zub_corpus *corpus;
    const zub_work *work;
    pthread_mutex_t lock;
    pthread_mutex_t failing; /* held while `fail` runs; guards is_told */
    pthread_cond_t changed;
    each_batch *batches; /* [capacity] */
    each_slot *slots;    /* of all of them */
    size_t capacity;
    uint64_t read, taken; /* batches of the ring */
    size_t bytes;         /* of the records in memory */
    bool is_reading, is_taking, is_over, is_stopped;
    bool is_told;   /* a call of `fail` stops the run */
    zub_error stop; /* why */
} each_run;

typedef struct each_worker {
    void *own; /* what `open` made */
    unsigned number;
    size_t most; /* records of its next batch */
    zub_error why;
} each_worker;

static const zub_error no_failure = {.position = ZUB_NO_POSITION};
static const zub_error no_memory = {ZUB_ENOMEM, ZUB_NO_POSITION,
                                    "out of memory"};

static bool is_ordered(const each_run *run)
{
    return run->work->take != NULL;
}

static each_batch *ring_batch(each_run *run, uint64_t number)
{
    return &run->batches[number % run->capacity];
}

static void stop(each_run *run, const zub_error *why)
{
    if (!run->is_stopped)
        run->stop = *why;
    run->is_stopped = true;
}

/* A status without words gets those of the status. */
static void put_into_words(zub_error *error, zub_status status)
{
    if (status == ZUB_OK)
        zub_error_clear(error);
    else if (error->status != status || error->message[0] == '\0')
        zub_fail(error, status, "%s", zub_status_text(status));
}

static uint64_t nanoseconds(clockid_t clock)
{
    struct timespec now = {0};

    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* A few milliseconds coarse and as many nanoseconds cheap, where there is
 * one. */
static uint64_t coarse_time(void)
{
#ifdef CLOCK_MONOTONIC_COARSE
    return nanoseconds(CLOCK_MONOTONIC_COARSE);
#else
    return nanoseconds(CLOCK_MONOTONIC);
#endif
}

/* ---- One record ---- */

static void drop(each_run *run, each_slot *slot)
{
    if (slot->result && run->work->drop)
        run->work->drop(run->work->context, slot->result);
    slot->result = NULL;
}

static void forget_failure(each_slot *slot)
{
    if (slot->failure != &no_memory)
        zub_free((void *)(uintptr_t)slot->failure);
    slot->failure = NULL;
}

/* Keep why a record failed, in words, and make *why ready for the next. */
static void keep_failure(each_slot *slot, zub_status status, zub_error *why)
{
    zub_error *copy = zub_alloc(1, sizeof *copy);

    put_into_words(why, status);
    if (copy)
        *copy = *why;
    slot->failure = copy ? copy : &no_memory;
    *why = no_failure;
}

/* False at the end of the corpus. */
static bool read_slot(each_run *run, each_slot *slot, zub_error *why)
{
    zub_status status =
        zub_corpus_read(&slot->record, run->corpus, &slot->spare, why);

    if (status != ZUB_OK)
        keep_failure(slot, status, why);
    return status != ZUB_OK || slot->record;
}

static void map_slot(each_run *run, each_slot *slot, each_worker *worker)
{
    if (!slot->record)
        return;
    zub_status status =
        run->work->map(run->work->context, worker->own, slot->record,
                       &slot->result, &worker->why);
    if (status != ZUB_OK) {
        keep_failure(slot, status, &worker->why);
        drop(run, slot);
    } else if (worker->why.status != ZUB_OK) {
        worker->why = no_failure; /* words that did not count */
    }
}

static zub_status take_slot(each_run *run, each_slot *slot)
{
    zub_status status =
        run->work->take(run->work->context, slot->record, slot->result,
                        slot->failure ? slot->failure : &no_failure);

    slot->result = NULL;
    return status;
}

/* Without `fail` the first failure stops the run. None is told after that. */
static zub_status tell_failure(each_run *run, each_slot *slot, zub_error *why)
{
    zub_status status = ZUB_OK;

    if (!run->work->fail) {
        *why = *slot->failure;
        return why->status;
    }
    pthread_mutex_lock(&run->failing);
    if (!run->is_told)
        status =
            run->work->fail(run->work->context, slot->record, slot->failure);
    run->is_told = run->is_told || status != ZUB_OK;
    pthread_mutex_unlock(&run->failing);
    return status;
}

/* Hand over what became of a record; the slot is free then. *why says in words
 * why the run is to stop. */
static zub_status settle(each_run *run, each_slot *slot, zub_error *why)
{
    zub_status status = ZUB_OK;

    if (is_ordered(run))
        status = take_slot(run, slot);
    else if (slot->failure)
        status = tell_failure(run, slot, why);
    if (status != ZUB_OK)
        put_into_words(why, status);
    drop(run, slot);
    forget_failure(slot);
    if (slot->record)
        slot->spare = zub_record_spare(slot->record);
    slot->record = NULL;
    return status;
}

/* ---- A batch ---- */

static bool can_take(each_run *run)
{
    const each_batch *oldest = ring_batch(run, run->taken);

    return !run->is_taking && run->taken < run->read &&
           oldest->taken < oldest->done;
}

static bool can_read(each_run *run)
{
    return !run->is_reading && !run->is_over &&
           run->read - run->taken < run->capacity &&
           (run->bytes == 0 || run->bytes < AHEAD_BYTES);
}

static bool is_finished(each_run *run)
{
    return run->is_stopped || (run->is_over && run->taken == run->read);
}

/* Settle slots up to `end`; the first that stops the run is the last. */
static zub_status settle_until(each_run *run, each_batch *batch, size_t end,
                               zub_error *why)
{
    zub_status status = ZUB_OK;

    while (batch->taken < end && status == ZUB_OK)
        status = settle(run, &batch->slots[batch->taken++], why);
    return status;
}

static void retire(each_run *run, each_batch *batch)
{
    run->bytes -= batch->bytes;
    batch->count = batch->done = batch->taken = batch->bytes = 0;
}

static void take(each_run *run, each_worker *worker)
{
    each_batch *batch = ring_batch(run, run->taken);
    size_t end = batch->done;

    run->is_taking = true;
    pthread_mutex_unlock(&run->lock);
    zub_status status = settle_until(run, batch, end, &worker->why);
    pthread_mutex_lock(&run->lock);

    run->is_taking = false;
    if (status != ZUB_OK)
        stop(run, &worker->why);
    if (batch->taken == batch->count) {
        retire(run, batch);
        run->taken++;
    }
    pthread_cond_broadcast(&run->changed);
}

/* Show what is done of a batch that lasts; false: the run was stopped. */
static bool show(each_run *run, each_batch *batch, size_t done)
{
    pthread_mutex_lock(&run->lock);
    if (is_ordered(run))
        batch->done = done;
    bool goes_on = !run->is_stopped;
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
    return goes_on;
}

static void map_slots(each_run *run, each_batch *batch, each_worker *worker)
{
    uint64_t shown = coarse_time();
    bool goes_on = true;

    for (size_t i = 0; i < batch->count && goes_on; i++) {
        map_slot(run, &batch->slots[i], worker);
        if (i + 1 == batch->count) /* all that is done is shown soon */
            break;
        uint64_t now = coarse_time();
        if (now - shown < PATIENCE)
            continue;
        shown = now;
        goes_on = show(run, batch, i + 1);
    }
}

static void map_batch(each_run *run, each_batch *batch, each_worker *worker)
{
    uint64_t start = nanoseconds(CLOCK_MONOTONIC);

    map_slots(run, batch, worker);
    uint64_t took = nanoseconds(CLOCK_MONOTONIC) - start;
    if (took < BRIEF && worker->most < BATCH && batch->count == worker->most)
        worker->most *= 2;
    else if (took > LASTING && worker->most > 1)
        worker->most /= 2;
}

/* Fill a batch that nobody else knows; true: the corpus is over. */
static bool fill(each_run *run, each_batch *batch, each_worker *worker)
{
    do {
        each_slot *slot = &batch->slots[batch->count];
        if (!read_slot(run, slot, &worker->why))
            return true;
        batch->count++;
        batch->bytes += zub_record_bytes(slot->record);
    } while (batch->count < worker->most && batch->bytes < BATCH_BYTES &&
             zub_corpus_is_ready(run->corpus));
    return false;
}

static each_batch *next_batch(each_run *run, const each_worker *worker)
{
    return is_ordered(run) ? ring_batch(run, run->read)
                           : &run->batches[worker->number];
}

/* Read the next batch; it may be empty. */
static each_batch *read_batch(each_run *run, each_worker *worker)
{
    each_batch *batch = next_batch(run, worker);

    run->is_reading = true;
    pthread_mutex_unlock(&run->lock);
    bool is_over = fill(run, batch, worker);
    pthread_mutex_lock(&run->lock);

    run->is_reading = false;
    run->is_over = is_over;
    run->bytes += batch->bytes;
    run->read += is_ordered(run) && batch->count > 0;
    pthread_cond_broadcast(&run->changed);
    return batch;
}

static void read_and_map(each_run *run, each_worker *worker)
{
    each_batch *batch = read_batch(run, worker);
    zub_status status = ZUB_OK;

    if (batch->count == 0)
        return;
    if (!run->is_stopped) {
        pthread_mutex_unlock(&run->lock);
        map_batch(run, batch, worker);
        if (!is_ordered(run))
            status = settle_until(run, batch, batch->count, &worker->why);
        pthread_mutex_lock(&run->lock);
    }
    batch->done = batch->count;
    if (status != ZUB_OK)
        stop(run, &worker->why);
    if (!is_ordered(run)) /* else whoever takes its last does */
        retire(run, batch);
    pthread_cond_broadcast(&run->changed);
}

static void work_with_others(each_run *run, each_worker *worker)
{
    pthread_mutex_lock(&run->lock);
    while (!is_finished(run)) {
        if (can_take(run))
            take(run, worker);
        else if (can_read(run))
            read_and_map(run, worker);
        else
            pthread_cond_wait(&run->changed, &run->lock);
    }
    pthread_mutex_unlock(&run->lock);
}

/* One thread needs neither batch nor lock. */
static void work_alone(each_run *run, each_worker *worker)
{
    each_slot *slot = run->slots;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && read_slot(run, slot, &worker->why)) {
        map_slot(run, slot, worker);
        status = settle(run, slot, &worker->why);
    }
    if (status != ZUB_OK)
        stop(run, &worker->why);
}

static void run_worker(void *context, unsigned number)
{
    each_run *run = context;
    each_worker worker = {.number = number, .most = 1, .why = no_failure};

    if (run->work->open) {
        zub_status status =
            run->work->open(run->work->context, &worker.own, &worker.why);
        put_into_words(&worker.why, status);
    }
    if (worker.why.status == ZUB_OK) {
        if (run->capacity == 1)
            work_alone(run, &worker);
        else
            work_with_others(run, &worker);
        if (run->work->close)
            run->work->close(run->work->context, worker.own);
        return;
    }
    pthread_mutex_lock(&run->lock);
    stop(run, &worker.why);
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static bool make_batches(each_run *run, unsigned threads)
{
    run->capacity = threads > 1 ? (size_t)threads * AHEAD : 1;
    run->batches = zub_alloc_zero(run->capacity, sizeof *run->batches);
    run->slots = zub_alloc_zero(threads > 1 ? run->capacity * BATCH : 1,
                                sizeof *run->slots);
    if (!run->batches || !run->slots)
        return false;
    for (size_t i = 0; i < run->capacity; i++)
        run->batches[i].slots = run->slots + i * BATCH;
    return true;
}

static void free_batches(each_run *run)
{
    size_t slots = run->capacity > 1 ? run->capacity * BATCH : 1;

    for (size_t i = 0; run->slots && i < slots; i++) {
        each_slot *slot = &run->slots[i];
        drop(run, slot);
        forget_failure(slot);
        zub_record_free(slot->record);
        zub_record_free(slot->spare);
    }
    zub_free(run->slots);
    zub_free(run->batches);
}

static void run_workers(each_run *run, unsigned threads)
{
    pthread_mutex_init(&run->lock, NULL);
    pthread_mutex_init(&run->failing, NULL);
    pthread_cond_init(&run->changed, NULL);
    zub_pool_run(threads, run_worker, run);
    pthread_cond_destroy(&run->changed);
    pthread_mutex_destroy(&run->failing);
    pthread_mutex_destroy(&run->lock);
}

zub_status zub_corpus_each(zub_corpus *corpus, unsigned threads,
                           const zub_work *work, zub_error *error)
{
    each_run run = {.corpus = corpus, .work = work};

    if (threads == 0)
        threads = zub_processors();
    bool is_ready = make_batches(&run, threads);
    if (is_ready)
        run_workers(&run, threads);
    free_batches(&run);
    if (!is_ready)
        return zub_fail_memory(error);

    if (error)
        *error = run.stop;
    if (!run.is_stopped)
        zub_error_clear(error);
    return run.stop.status;
}
