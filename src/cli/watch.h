/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* watch.h - the thread beside the work: shows progress, and takes a half
 * written file away when a signal ends the process. */
#ifndef ZUB_CLI_WATCH_H
#define ZUB_CLI_WATCH_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>

#include "cli/destination.h"

typedef struct zub_watch {
    const zub_corpus *corpus;
    zub_destination *destination;
    bool shows_progress, is_running;
    atomic_bool is_over;
    struct timespec start;
    sigset_t signals, before; /* what it waits for; the mask as it was */
    pthread_t thread;
} zub_watch;

/* `progress` is 1, -1, or 0: where standard error is a terminal and results
 * go elsewhere. Starts a thread only when there is something to watch; without
 * one the run is the same, less comfortable. Before other threads are
 * started. */
void zub_watch_start(zub_watch *out, const zub_corpus *corpus,
                     zub_destination *destination, int progress, bool quiet);
void zub_watch_stop(zub_watch *watch);

#endif
