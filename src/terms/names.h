/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* names.h - byte strings, each once, with an id in order of arrival: the terms
 * of a counter.
 *
 * A slot is 8 bytes and what it says of a name lies with the name, so that
 * millions of them, as runs of characters are, cost little more than their
 * bytes. They are asked for together, for each waits for memory twice.
 */
#ifndef ZUB_TERMS_NAMES_H
#define ZUB_TERMS_NAMES_H

#include "zubda.h"

#define ZUB_NAMES_AT_ONCE 64u

typedef struct zub_names {
    uint64_t *slots; /* [mask + 1]: hash and place, 0: free; 3/4 full */
    size_t mask, count;
    unsigned shift;  /* of the upper half of a hash, to its slot */
    uint64_t *bytes; /* [used]: by id, size and id, then bytes, padded to 8 */
    size_t used, capacity;
    uint64_t secret; /* of the hash: names come from strangers */
} zub_names;

/* Zeroed is empty. */
void zub_names_release(zub_names *names);

/* ids[i] becomes the id of asked[i], the next one if it is new; at most
 * ZUB_NAMES_AT_ONCE. On a failure some may have been added. ZUB_ENOMEM.
 * ZUB_ELIMIT: more than 2^31 names or 32 GiB of them. */
zub_status zub_names_find(zub_names *names, const zub_slice *asked,
                          size_t size, uint32_t *ids);

/* All of them by id, into out[count]; good while none is added. */
void zub_names_list(const zub_names *names, zub_slice *out);

/* They are only listed from now on: gives back what finds them. */
void zub_names_close(zub_names *names);

size_t zub_names_memory(const zub_names *names);

#endif
