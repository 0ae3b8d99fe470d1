/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Threads: all the work is done once, whoever does it. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/models.h"
#include "base/pool.h"

static atomic_int ran[64];

static void count_worker(void *context, unsigned worker)
{
    (void)context;
    atomic_fetch_add(&ran[worker], 1);
}

static void every_worker_runs_once(void)
{
    for (unsigned threads = 0; threads <= 64; threads += 9) {
        memset(ran, 0, sizeof ran);
        unsigned got = zub_pool_run(threads, count_worker, NULL);
        CHECK_INT(got, threads ? threads : 1);
        for (unsigned i = 0; i < 64; i++)
            CHECK_INT(ran[i], i < got);
    }
}

static void note_thread(void *context, unsigned worker)
{
    ((pthread_t *)context)[worker] = pthread_self();
}

static void worker_0_is_the_caller(void)
{
    pthread_t threads[4];

    zub_pool_run(4, note_thread, threads);
    for (int i = 0; i < 4; i++)
        CHECK(!pthread_equal(threads[i], pthread_self()) == (i != 0));
}

typedef struct sums {
    unsigned char done[10000];
    uint64_t by_worker[8];
} sums;

/* Nothing here is atomic: each place has one writer. */
static void add_step(void *context, size_t i, unsigned worker)
{
    sums *self = context;

    self->done[i]++;
    self->by_worker[worker] += i;
}

static void every_step_is_taken_once(void)
{
    static const size_t counts[] = {0, 1, 2, 7, 10000};

    for (unsigned threads = 0; threads <= 8; threads++)
        for (size_t c = 0; c < 5; c++) {
            static sums all;
            uint64_t sum = 0;

            all = (sums){0};
            zub_pool_each(threads, counts[c], add_step, &all);
            for (size_t i = 0; i < 10000; i++)
                CHECK_INT(all.done[i], i < counts[c]);
            for (int w = 0; w < 8; w++)
                sum += all.by_worker[w];
            CHECK_INT(sum, counts[c] * (counts[c] - (counts[c] > 0)) / 2);
        }
}

static void there_is_a_processor(void)
{
    CHECK(zub_processors() >= 1);
}

static void look_up(void *context, size_t i, unsigned worker)
{
    static const char *const names[] = {"test.h", "tap.sh", "absent", "../x"};
    zub_slice bytes;
    zub_error error;
    zub_status status = zub_models_file(context, names[i % 4], &bytes, &error);

    (void)worker;
    if (status != (i % 4 < 2 ? ZUB_OK : ZUB_ENOTFOUND) ||
        (i % 4 < 2 && bytes.data[bytes.size - 1] != '\n'))
        atomic_fetch_add(&ran[0], 1);
}

static void threads_share_models(void)
{
    zub_models *models;
    zub_error error;

    memset(ran, 0, sizeof ran);
    CHECK_INT(zub_models_open(&models, "tests", &error), ZUB_OK);
    zub_pool_each(8, 4000, look_up, models);
    CHECK_INT(ran[0], 0);
    zub_models_free(models);
}

int main(void)
{
    RUN(every_worker_runs_once);
    RUN(worker_0_is_the_caller);
    RUN(every_step_is_taken_once);
    RUN(there_is_a_processor);
    RUN(threads_share_models);
    return DONE();
}
