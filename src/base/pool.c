/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* pool.c - see pool.h. Threads live for one run: starting one costs tens of
 * microseconds, a run lasts milliseconds at least, and so nothing is kept. */
#define _GNU_SOURCE 1 /* sched_getaffinity */
#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/mem.h"

unsigned zub_processors(void)
{
    cpu_set_t mine;

    if (sched_getaffinity(0, sizeof mine, &mine) == 0 && CPU_COUNT(&mine) > 0)
        return (unsigned)CPU_COUNT(&mine);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}

typedef struct worker {
    void (*work)(void *context, unsigned worker);
    void *context;
    unsigned number;
    pthread_t thread;
} worker;

static void *run_worker(void *argument)
{
    worker *self = argument;

    self->work(self->context, self->number);
    return NULL;
}

unsigned zub_pool_run(unsigned threads,
                      void (*work)(void *context, unsigned worker),
                      void *context)
{
    unsigned others = threads > 1 ? threads - 1 : 0, started = 0;
    worker *workers = others ? zub_alloc(others, sizeof *workers) : NULL;

    for (; workers && started < others; started++) {
        worker *next = &workers[started];
        *next = (worker){work, context, started + 1, 0};
        if (pthread_create(&next->thread, NULL, run_worker, next) != 0)
            break;
    }
    work(context, 0);
    for (unsigned i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    zub_free(workers);
    return started + 1;
}

typedef struct loop {
    atomic_size_t next;
    size_t count;
    void (*step)(void *context, size_t i, unsigned worker);
    void *context;
} loop;

static void take_steps(void *context, unsigned number)
{
    loop *self = context;
    size_t i;

    while ((i = atomic_fetch_add(&self->next, 1)) < self->count)
        self->step(self->context, i, number);
}

void zub_pool_each(unsigned threads, size_t count,
                   void (*step)(void *context, size_t i, unsigned worker),
                   void *context)
{
    loop self = {.count = count, .step = step, .context = context};

    if (count == 0)
        return;
    if (threads > count)
        threads = (unsigned)count;
    zub_pool_run(threads, take_steps, &self);
}
