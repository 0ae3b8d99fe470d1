/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_each.c - the parallel driver: order, failures, stopping. */
#include "test.h"

#include <stdatomic.h>

#include "corpus_reading.h"

#define RECORDS 2000

/* What a run did, as its callbacks saw it. */
typedef struct tally {
    atomic_int opened, closed, mapped, alive, taking;
    atomic_int most_alive;
    int taken, failed, is_disordered;
    int stop_at;    /* take fails at this one; 0: never */
    int fail_every; /* map fails at each so manieth; 0: never */
    int open_fails_at;
    zub_progress progress;
    zub_corpus *corpus;
} tally;

static zub_status open_worker(void *context, void **worker, zub_error *error)
{
    tally *t = context;

    (void)error;
    int number = atomic_fetch_add(&t->opened, 1) + 1;
    if (number == t->open_fails_at)
        return ZUB_ENOTFOUND;
    *worker = malloc(1);
    return ZUB_OK;
}

static void close_worker(void *context, void *worker)
{
    tally *t = context;

    atomic_fetch_add(&t->closed, 1);
    free(worker);
}

static zub_status map(void *context, void *worker, const zub_record *record,
                      void **result, zub_error *error)
{
    tally *t = context;
    int number = atoi(record->text.data);

    (void)error;
    if (!worker)
        return ZUB_EINVAL;
    atomic_fetch_add(&t->mapped, 1);
    if (t->fail_every && number % t->fail_every == 0)
        return ZUB_ELIMIT;
    int alive = atomic_fetch_add(&t->alive, 1) + 1;
    int most = atomic_load(&t->most_alive);
    while (alive > most &&
           !atomic_compare_exchange_weak(&t->most_alive, &most, alive))
        ;
    int *copy = malloc(sizeof *copy);
    *copy = number;
    *result = copy;
    return ZUB_OK;
}

static void drop(void *context, void *result)
{
    tally *t = context;

    atomic_fetch_sub(&t->alive, 1);
    free(result);
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    tally *t = context;

    if (atomic_fetch_add(&t->taking, 1) != 0)
        t->is_disordered = 1;
    t->taken++;
    if (failure->status != ZUB_OK) {
        t->failed++;
        t->is_disordered |= result != NULL || failure->message[0] == '\0';
    } else {
        t->is_disordered |= !record || *(int *)result != t->taken ||
                            atoi(record->text.data) != t->taken;
        drop(t, result);
    }
    if (t->corpus)
        t->progress = zub_corpus_progress(t->corpus);
    atomic_fetch_sub(&t->taking, 1);
    return t->stop_at && t->taken == t->stop_at ? ZUB_EWRITE : ZUB_OK;
}

static const zub_work *work_of(tally *t)
{
    static zub_work work;

    work = (zub_work){t, open_worker, close_worker, map, take, drop};
    return &work;
}

/* Lines 1 to RECORDS; every bad_every-th is no JSON. */
static zub_corpus *open_numbers(int bad_every)
{
    const char *path = "numbers.jsonl";
    FILE *file = fopen(path, "w");
    zub_corpus *corpus;

    for (int i = 1; i <= RECORDS; i++)
        fprintf(file,
                bad_every && i % bad_every == 0 ? "{\"text\": \"%d\n"
                                                : "{\"text\": \"%d\"}\n",
                i);
    fclose(file);
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    return corpus;
}

static const unsigned threads[] = {0, 1, 2, 3, 8};
#define THREADS (sizeof threads / sizeof *threads)

static void results_come_in_input_order(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        tally t = {.stop_at = 0};
        zub_error error;
        t.corpus = open_numbers(0);
        CHECK_INT(zub_corpus_each(t.corpus, threads[i], work_of(&t), &error),
                  ZUB_OK);
        CHECK_INT(error.status, ZUB_OK);
        CHECK_INT(t.taken, RECORDS);
        CHECK_INT(t.failed, 0);
        CHECK(!t.is_disordered);
        CHECK_INT(t.alive, 0);
        CHECK_INT(t.opened, t.closed);
        CHECK(t.progress.records == RECORDS);
        zub_corpus_free(t.corpus);
    }
}

static void failures_keep_their_place(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        tally t = {.fail_every = 7};
        zub_corpus *corpus = open_numbers(5);
        CHECK_INT(zub_corpus_each(corpus, threads[i], work_of(&t), NULL),
                  ZUB_OK);
        CHECK_INT(t.taken, RECORDS);
        CHECK_INT(t.failed, RECORDS / 5 + RECORDS / 7 - RECORDS / 35);
        CHECK(!t.is_disordered);
        zub_corpus_free(corpus);
    }
}

static void take_can_stop_the_run(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        tally t = {.stop_at = 100};
        zub_error error;
        zub_corpus *corpus = open_numbers(0);
        CHECK_INT(zub_corpus_each(corpus, threads[i], work_of(&t), &error),
                  ZUB_EWRITE);
        CHECK_INT(error.status, ZUB_EWRITE);
        CHECK_INT(t.taken, 100);
        CHECK_INT(t.alive, 0);
        CHECK_INT(t.opened, t.closed);
        zub_corpus_free(corpus);
    }
}

static void a_worker_that_cannot_open_stops_the_run(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        tally t = {.open_fails_at = 1};
        zub_corpus *corpus = open_numbers(0);
        CHECK_INT(zub_corpus_each(corpus, threads[i], work_of(&t), NULL),
                  ZUB_ENOTFOUND);
        CHECK_INT(t.alive, 0);
        CHECK_INT(t.opened, t.closed + 1);
        zub_corpus_free(corpus);
    }
}

static void few_results_wait_at_once(void)
{
    tally t = {.stop_at = 0};
    zub_corpus *corpus = open_numbers(0);

    CHECK_INT(zub_corpus_each(corpus, 3, work_of(&t), NULL), ZUB_OK);
    CHECK(t.most_alive <= 3 * 4);
    zub_corpus_free(corpus);
}

/* Records of 3 MiB, one of 9: never more than 4 MiB and one record wait. */
static void large_records_wait_one_by_one(void)
{
    const char *path = "large.jsonl";
    FILE *file = fopen(path, "w");
    char *filler = malloc(9 << 20);
    zub_corpus *corpus;
    tally t = {.stop_at = 0};

    memset(filler, ' ', 9 << 20);
    for (int i = 1; i <= 12; i++)
        fprintf(file, "{\"text\": \"%d%.*s\"}\n", i,
                i == 5 ? 9 << 20 : 3 << 20, filler);
    fclose(file);
    free(filler);
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_corpus_each(corpus, 8, work_of(&t), NULL), ZUB_OK);
    CHECK_INT(t.taken, 12);
    CHECK(t.most_alive <= 2);
    CHECK(!t.is_disordered);
    zub_corpus_free(corpus);
}

static void optional_callbacks_may_be_missing(void)
{
    tally t = {.stop_at = 3};
    zub_work work = {.context = &t, .map = map, .take = take};
    zub_corpus *corpus = open_numbers(0);

    /* Without a worker this map fails; its failures are taken. */
    CHECK_INT(zub_corpus_each(corpus, 2, &work, NULL), ZUB_EWRITE);
    CHECK_INT(t.failed, 3);
    zub_corpus_free(corpus);
}

static void the_rest_of_a_corpus_can_be_run(void)
{
    tally t = {.taken = 1};
    zub_record *first;
    zub_corpus *corpus = open_numbers(0);

    CHECK_INT(zub_corpus_next(&first, corpus, NULL), ZUB_OK);
    CHECK_INT(zub_corpus_each(corpus, 2, work_of(&t), NULL), ZUB_OK);
    CHECK_INT(t.taken, RECORDS);
    CHECK(!t.is_disordered);
    zub_record_free(first);
    CHECK_INT(zub_corpus_each(corpus, 2, work_of(&t), NULL), ZUB_OK);
    CHECK_INT(t.taken, RECORDS);
    zub_corpus_free(corpus);
}

int main(void)
{
    make_test_folder();
    RUN(results_come_in_input_order);
    RUN(failures_keep_their_place);
    RUN(take_can_stop_the_run);
    RUN(a_worker_that_cannot_open_stops_the_run);
    RUN(few_results_wait_at_once);
    RUN(large_records_wait_one_by_one);
    RUN(optional_callbacks_may_be_missing);
    RUN(the_rest_of_a_corpus_can_be_run);
    remove_test_folder();
    return DONE();
}
