/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* pool.h - the same work on several threads. */
#ifndef ZUB_BASE_POOL_H
#define ZUB_BASE_POOL_H

#include "zubda.h"

/* The processors this process may run on, at least 1. */
unsigned zub_processors(void);

/* Call work(context, w) once for every w below `threads`, each on a thread of
 * its own; w 0 is the calling thread. Returns when all have. If a thread
 * cannot be started the others do its share: `work` must take its pieces from
 * a common source, not by w. Returns how many ran. */
unsigned zub_pool_run(unsigned threads,
                      void (*work)(void *context, unsigned worker),
                      void *context);

/* Call step(context, i, w) for every i below `count`, in any order, taken from
 * a common counter by `threads` workers. */
void zub_pool_each(unsigned threads, size_t count,
                   void (*step)(void *context, size_t i, unsigned worker),
                   void *context);

#endif
