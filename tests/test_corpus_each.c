/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_each.c - the parallel driver: order, failures, stopping. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

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
    long nap; /* nanoseconds of each map */
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
    if (t->nap)
        nanosleep(&(struct timespec){0, t->nap}, NULL);
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
        t->is_disordered |=
            !record || *(int *)result != t->taken ||
            (t->failed == 0 && record->ordinal + 1 != (uint64_t)t->taken) ||
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

    work = (zub_work){.context = t,
                      .open = open_worker,
                      .close = close_worker,
                      .map = map,
                      .take = take,
                      .drop = drop};
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

/* Four batches a thread; those of slow records are single. */
static void few_results_wait_at_once(void)
{
    for (int is_slow = 0; is_slow < 2; is_slow++) {
        tally t = {.nap = is_slow ? 300000 : 0, .stop_at = is_slow ? 100 : 0};
        zub_corpus *corpus = open_numbers(0);
        CHECK_INT(zub_corpus_each(corpus, 3, work_of(&t), NULL),
                  is_slow ? ZUB_EWRITE : ZUB_OK);
        CHECK(t.most_alive <= 3 * 4 * (is_slow ? 2 : 256));
        zub_corpus_free(corpus);
    }
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

/* ---- A slow input ---- */

typedef struct slow_input {
    int ends[2];
    atomic_int taken;
    int waited; /* lines whose results came before the next was written */
    const char *end;
} slow_input;

#define SLOW 12

/* A line, then nothing until its result is taken, for two seconds at most. */
static void *write_slowly(void *context)
{
    slow_input *slow = context;
    char line[64];

    for (int i = 1; i <= SLOW; i++) {
        int size = snprintf(line, sizeof line, "line %d%s", i, slow->end);
        if (write(slow->ends[1], line, (size_t)size) != size)
            break;
        for (int ms = 0; ms < 2000 && atomic_load(&slow->taken) < i; ms++)
            nanosleep(&(struct timespec){0, 1000000}, NULL);
        slow->waited += atomic_load(&slow->taken) == i;
    }
    close(slow->ends[1]);
    return NULL;
}

static zub_status map_nothing(void *context, void *worker,
                              const zub_record *record, void **result,
                              zub_error *error)
{
    (void)context, (void)worker, (void)record, (void)result, (void)error;
    return ZUB_OK;
}

static zub_status note(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    (void)record, (void)result, (void)failure;
    atomic_fetch_add(&((slow_input *)context)->taken, 1);
    return ZUB_OK;
}

/* Blank lines behind a line, and the start of another, are nothing to wait
 * for. */
static void a_slow_input_sees_its_results(void)
{
    static const char *const ends[] = {"\n", "\n\n \n", "\nx"};
    const char *path = "-";

    for (size_t i = 0; i < 2 * sizeof ends / sizeof *ends; i++) {
        slow_input slow = {.end = ends[i / 2]};
        pthread_t writer;
        zub_corpus *corpus;
        CHECK(pipe(slow.ends) == 0);
        zub_corpus_options options = {.form = ZUB_FORM_LINES,
                                      .encoding = "utf-8",
                                      .stdin_fd = slow.ends[0]};
        zub_work work = {.context = &slow, .map = map_nothing, .take = note};
        CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, NULL), ZUB_OK);
        CHECK(pthread_create(&writer, NULL, write_slowly, &slow) == 0);
        CHECK_INT(zub_corpus_each(corpus, 1 + i % 2, &work, NULL), ZUB_OK);
        pthread_join(writer, NULL);
        CHECK_INT(slow.waited, SLOW);
        close(slow.ends[0]);
        zub_corpus_free(corpus);
    }
}

/* A batch is long by the time that record 600 comes, which lasts as do those
 * behind it; its result does not wait for theirs. */
typedef struct late {
    atomic_int taken, taken_by_then;
} late;

static zub_status map_late(void *context, void *worker,
                           const zub_record *record, void **result,
                           zub_error *error)
{
    late *self = context;

    (void)worker, (void)result, (void)error;
    if (record->ordinal >= 600 && record->ordinal < 620)
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    if (record->ordinal == 619)
        atomic_store(&self->taken_by_then, atomic_load(&self->taken));
    return ZUB_OK;
}

static zub_status take_late(void *context, const zub_record *record,
                            void *result, const zub_error *failure)
{
    late *self = context;

    (void)record, (void)result, (void)failure;
    atomic_fetch_add(&self->taken, 1);
    return ZUB_OK;
}

static void results_of_a_batch_that_lasts_are_taken_before_its_end(void)
{
    late self = {0};
    zub_work work = {.context = &self, .map = map_late, .take = take_late};
    zub_corpus *corpus = open_numbers(0);

    CHECK_INT(zub_corpus_each(corpus, 3, &work, NULL), ZUB_OK);
    CHECK_INT(self.taken, RECORDS);
    CHECK(self.taken_by_then > 600);
    zub_corpus_free(corpus);
}

/* ---- Without an order ---- */

typedef struct count {
    atomic_int mapped, dropped, failing, is_crowded;
    _Atomic uint64_t ordinals;
    int failed, bad_map, stop_at;
} count;

static zub_status map_unordered(void *context, void *worker,
                                const zub_record *record, void **result,
                                zub_error *error)
{
    count *c = context;

    (void)worker, (void)error;
    atomic_fetch_add(&c->mapped, 1);
    atomic_fetch_add(&c->ordinals, record->ordinal);
    *result = c;
    return c->bad_map && record->ordinal % 10 == 0 ? ZUB_ELIMIT : ZUB_OK;
}

static void drop_unordered(void *context, void *result)
{
    count *c = context;

    atomic_fetch_add(&c->dropped, result == c);
}

static zub_status fail_unordered(void *context, const zub_record *record,
                                 const zub_error *failure)
{
    count *c = context;

    if (atomic_fetch_add(&c->failing, 1) != 0)
        atomic_store(&c->is_crowded, 1);
    c->failed++;
    if ((record != NULL) != (failure->status == ZUB_ELIMIT) ||
        failure->message[0] == '\0')
        atomic_store(&c->is_crowded, 1);
    atomic_fetch_sub(&c->failing, 1);
    return c->failed == c->stop_at ? ZUB_EWRITE : ZUB_OK;
}

static zub_work unordered_work(count *c)
{
    return (zub_work){.context = c,
                      .map = map_unordered,
                      .drop = drop_unordered,
                      .fail = fail_unordered};
}

static void without_take_each_record_is_mapped_once(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        count c = {.bad_map = 1};
        zub_work work = unordered_work(&c);
        zub_corpus *corpus = open_numbers(5);
        uint64_t whole = RECORDS - RECORDS / 5;
        CHECK_INT(zub_corpus_each(corpus, threads[i], &work, NULL), ZUB_OK);
        CHECK_INT(c.mapped, whole);
        CHECK_INT(c.ordinals, whole * (whole - 1) / 2);
        CHECK_INT(c.dropped, c.mapped);
        CHECK_INT(c.failed, RECORDS / 5 + whole / 10);
        CHECK(!c.is_crowded);
        zub_corpus_free(corpus);
    }
}

static void fail_can_stop_the_run(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        count c = {.stop_at = 7};
        zub_work work = unordered_work(&c);
        zub_error error;
        zub_corpus *corpus = open_numbers(5);
        CHECK_INT(zub_corpus_each(corpus, threads[i], &work, &error),
                  ZUB_EWRITE);
        CHECK_INT(error.status, ZUB_EWRITE);
        CHECK(error.message[0] != '\0');
        CHECK_INT(c.failed, 7);
        CHECK_INT(c.dropped, c.mapped);
        zub_corpus_free(corpus);
    }
}

static void without_fail_a_failure_stops_the_run(void)
{
    for (size_t i = 0; i < THREADS; i++) {
        count c = {0};
        zub_work work = unordered_work(&c);
        zub_error error;
        zub_corpus *corpus = open_numbers(1001);
        work.fail = NULL;
        CHECK_INT(zub_corpus_each(corpus, threads[i], &work, &error),
                  ZUB_EMALFORMED);
        CHECK(has_words(&error, "line 1001"));
        CHECK_INT(c.dropped, c.mapped);
        zub_corpus_free(corpus);
    }
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
    RUN(a_slow_input_sees_its_results);
    RUN(results_of_a_batch_that_lasts_are_taken_before_its_end);
    RUN(without_take_each_record_is_mapped_once);
    RUN(fail_can_stop_the_run);
    RUN(without_fail_a_failure_stops_the_run);
    remove_test_folder();
    return DONE();
}
