/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seen.h - a set of names that were met. Of 64-bit hashes: two names in 2^32
 * are taken for one once in 2^32 times. */
#ifndef ZUB_CLI_SEEN_H
#define ZUB_CLI_SEEN_H

#include "zubda.h"

#define ZUB_SEEN_BYTES 32 /* of memory a name, at most, but for a few */

/* Zeroed is empty. */
typedef struct zub_seen {
    uint64_t *hashes;       /* [capacity]; 0: free */
    size_t count, capacity; /* a power of two */
} zub_seen;

/* ZUB_ENOMEM. */
zub_status zub_seen_add(zub_seen *seen, zub_slice name, bool *is_new);
void zub_seen_release(zub_seen *seen);

/* Of any bytes; the same in every run. */
uint64_t zub_seen_hash(zub_slice name);

#endif
