/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nameless.h - the first records that are in no group, for a message: the
 * same ones whatever thread met them. */
#ifndef ZUB_CLI_NAMELESS_H
#define ZUB_CLI_NAMELESS_H

#include <pthread.h>

#include "zubda.h"

#define ZUB_NAMELESS_MOST 3

typedef struct zub_nameless {
    pthread_mutex_t lock;
    size_t count;
    struct {
        uint64_t ordinal;
        char id[128];           /* cut where it is longer */
    } first[ZUB_NAMELESS_MOST]; /* [count], in the order of the input */
} zub_nameless;

/* ZUB_ENOMEM. */
zub_status zub_nameless_init(zub_nameless *nameless);
void zub_nameless_release(zub_nameless *nameless);

/* The shape of zub_count_options.nameless: `context` is a zub_nameless. */
void zub_nameless_add(void *context, const zub_record *record);

/* "'a', 'b' and 'c'" into `out`, cut at `room`. */
void zub_nameless_list(char *out, size_t room, const zub_nameless *nameless);

#endif
