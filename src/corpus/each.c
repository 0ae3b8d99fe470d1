/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* each.c - the ordered parallel driver.
 *
 * Workers are alike: each does what is due, in this order: take the oldest
 * result, read the next record, wait. Reading and taking are done by one
 * worker at a time, without the lock. Records stand in a ring from read to
 * taken: taken <= read <= taken + capacity; a slot is its worker's own
 * between reading and `is_done`. */
#include <pthread.h>

#include "zubda.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "corpus/record.h"

#define AHEAD 4                       /* records a thread, at most */
#define AHEAD_BYTES ((size_t)4 << 20) /* of all records, but for the last */

typedef struct each_slot {
    zub_record *record;
    void *result;
    zub_error failure;
    bool is_done;
} each_slot;

typedef struct each_run {
    zub_corpus *corpus;
    const zub_work *work;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    each_slot *ring; /* [capacity] */
    size_t capacity;
    uint64_t read, taken; /* records */
    size_t bytes;         /* of the records in the ring */
    bool is_reading, is_taking, is_over, is_stopped;
    zub_error stop; /* why */
} each_run;

static each_slot *slot_of(each_run *run, uint64_t number)
{
    return &run->ring[number % run->capacity];
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

static bool can_take(each_run *run)
{
    return !run->is_taking && run->taken < run->read &&
           slot_of(run, run->taken)->is_done;
}

static bool can_read(each_run *run)
{
    uint64_t ahead = run->read - run->taken;

    return !run->is_reading && !run->is_over && ahead < run->capacity &&
           (ahead == 0 || run->bytes < AHEAD_BYTES);
}

static bool is_finished(each_run *run)
{
    return run->is_stopped || (run->is_over && run->taken == run->read);
}

static void take(each_run *run)
{
    each_slot *slot = slot_of(run, run->taken);
    zub_error why = {.position = ZUB_NO_POSITION};

    run->is_taking = true;
    pthread_mutex_unlock(&run->lock);
    size_t bytes = zub_record_bytes(slot->record);
    zub_status status = run->work->take(run->work->context, slot->record,
                                        slot->result, &slot->failure);
    zub_record_free(slot->record);
    put_into_words(&why, status);
    pthread_mutex_lock(&run->lock);

    slot->record = NULL;
    slot->result = NULL;
    slot->is_done = false;
    run->bytes -= bytes;
    run->taken++;
    run->is_taking = false;
    if (status != ZUB_OK)
        stop(run, &why);
    pthread_cond_broadcast(&run->changed);
}

static void drop(each_run *run, void *result)
{
    if (result && run->work->drop)
        run->work->drop(run->work->context, result);
}

static void map(each_run *run, each_slot *slot, void *worker)
{
    zub_status status =
        run->work->map(run->work->context, worker, slot->record, &slot->result,
                       &slot->failure);

    put_into_words(&slot->failure, status);
    if (status == ZUB_OK)
        return;
    drop(run, slot->result);
    slot->result = NULL;
}

/* Read into the next slot; NULL when the corpus is over. */
static each_slot *read_record(each_run *run)
{
    each_slot *slot = slot_of(run, run->read);

    run->is_reading = true;
    pthread_mutex_unlock(&run->lock);
    zub_status status =
        zub_corpus_next(&slot->record, run->corpus, &slot->failure);
    put_into_words(&slot->failure, status);
    pthread_mutex_lock(&run->lock);

    run->is_reading = false;
    run->is_over = status == ZUB_OK && !slot->record;
    if (!run->is_over) {
        run->bytes += zub_record_bytes(slot->record);
        run->read++;
    }
    pthread_cond_broadcast(&run->changed);
    return run->is_over ? NULL : slot;
}

static void read_and_map(each_run *run, void *worker)
{
    each_slot *slot = read_record(run);

    if (!slot)
        return;
    if (slot->record && !run->is_stopped) {
        pthread_mutex_unlock(&run->lock);
        map(run, slot, worker);
        pthread_mutex_lock(&run->lock);
    }
    slot->is_done = true;
    pthread_cond_broadcast(&run->changed);
}

static void work_until_finished(each_run *run, void *worker)
{
    pthread_mutex_lock(&run->lock);
    while (!is_finished(run)) {
        if (can_take(run))
            take(run);
        else if (can_read(run))
            read_and_map(run, worker);
        else
            pthread_cond_wait(&run->changed, &run->lock);
    }
    pthread_mutex_unlock(&run->lock);
}

static void run_worker(void *context, unsigned number)
{
    each_run *run = context;
    void *worker = NULL;
    zub_error why = {.position = ZUB_NO_POSITION};

    (void)number;
    if (run->work->open) {
        zub_status status = run->work->open(run->work->context, &worker, &why);
        put_into_words(&why, status);
    }
    if (why.status == ZUB_OK) {
        work_until_finished(run, worker);
        if (run->work->close)
            run->work->close(run->work->context, worker);
        return;
    }
    pthread_mutex_lock(&run->lock);
    stop(run, &why);
    pthread_cond_broadcast(&run->changed);
    pthread_mutex_unlock(&run->lock);
}

static void release_slots(each_run *run)
{
    for (uint64_t i = run->taken; i < run->read; i++) {
        drop(run, slot_of(run, i)->result);
        zub_record_free(slot_of(run, i)->record);
    }
    zub_free(run->ring);
}

zub_status zub_corpus_each(zub_corpus *corpus, unsigned threads,
                           const zub_work *work, zub_error *error)
{
    each_run run = {.corpus = corpus, .work = work};

    if (threads == 0)
        threads = zub_processors();
    run.capacity = (size_t)threads * AHEAD;
    run.ring = zub_alloc_zero(run.capacity, sizeof *run.ring);
    if (!run.ring)
        return zub_fail_memory(error);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    zub_pool_run(threads, run_worker, &run);
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
    release_slots(&run);

    if (error)
        *error = run.stop;
    if (!run.is_stopped)
        zub_error_clear(error);
    return run.stop.status;
}
