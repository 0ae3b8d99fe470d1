/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* repairs.h - how many bytes were no text, of how many articles, in which
 * file: said once, when the articles are over. */
#ifndef ZUB_CLI_REPAIRS_H
#define ZUB_CLI_REPAIRS_H

#include <pthread.h>
#include <stdatomic.h>

#include "zubda.h"

typedef struct zub_repairs {
    atomic_ullong articles; /* all of them */
    pthread_mutex_t lock;   /* of what follows */
    uint64_t bytes, broken; /* articles that had any */
    bool has_others;        /* they are not of one file */
    char source[256];       /* of the first; "" where it is too long */
} zub_repairs;

/* ZUB_ENOMEM. */
zub_status zub_repairs_init(zub_repairs *repairs);
void zub_repairs_release(zub_repairs *repairs);

/* An article and its repaired bytes, 0 too. Any thread. */
void zub_repairs_add(zub_repairs *repairs, const zub_record *record,
                     size_t bytes);
/* The same of a record's own, as `added` of options hears of it; the context is
 * a zub_repairs. */
void zub_repairs_hear(void *repairs, const zub_record *record);

/* On standard error, if there were any. `fate`: what they are, such as "shown
 * as". */
void zub_repairs_say(const zub_repairs *repairs, const char *fate);

#endif
