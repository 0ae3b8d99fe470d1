/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* types.h - the types of a corpus: every word as it stands, once, with
 * its count and a number of the caller's.
 *
 * Looking words up is most of counting, so it is done in batches: all hashes
 * first, each asking for its slot's cache line, then all comparisons. A word
 * of 16 bytes or fewer lies in its slot of half a cache line, with count and
 * value; only longer ones are compared in an arena.
 */
#ifndef ZUB_TERMS_TYPES_H
#define ZUB_TERMS_TYPES_H

#include "zubda.h"
#include "text/scan.h"

#define ZUB_TYPES_BATCH 1024u   /* words at a time, at most */
#define ZUB_NO_VALUE UINT32_MAX /* of a type that was just added */
#define ZUB_TYPE_INLINE 16u     /* bytes that lie in the slot */

typedef struct zub_type {
    uint64_t head[2]; /* the first 16 bytes, zeros behind the end */
    uint32_t tag;     /* 24 bits of the hash, 8 of the size; 0: free */
    uint32_t place;   /* of a longer one in `bytes`, in units of 8 */
    uint32_t value;
    uint32_t count;
} zub_type;

typedef struct zub_types {
    zub_type *slots;    /* [mask + 1] */
    size_t mask, count; /* at most 5/8 full */
    unsigned shift;     /* of a hash, to the bits that choose a slot */
    uint64_t *bytes;    /* longer ones: size, then bytes, padded to 8 */
    size_t used, capacity;
    uint64_t secret; /* of the hash: the words come from strangers */
} zub_types;

void zub_types_init(zub_types *types);
void zub_types_release(zub_types *types);

/* Count the words of a batch, none of them empty, which are places in `text`.
 * found[i] is the slot of word i, good until the next call; a new type has the
 * value ZUB_NO_VALUE. ZUB_ENOMEM: nothing was counted. ZUB_ELIMIT: more than
 * 2^31 types or 32 GiB of them. */
zub_status zub_types_count(zub_types *types, zub_slice text,
                           const zub_scanned *words, size_t size,
                           uint32_t found[]);

/* found[i] becomes the slot of name i, good until the next call. A new name is
 * added; none is counted. Errors as above; some may have been added. */
#define ZUB_TYPES_AT_ONCE 64u /* names at most */
zub_status zub_types_find(zub_types *types, const zub_slice *names,
                          size_t size, uint32_t found[]);

/* The bytes of a type. */
zub_slice zub_type_bytes(const zub_types *types, const zub_type *type);

/* Nothing will be looked up any more: types move together at the front, slots
 * [0 .. mask] are all of them, and what is behind is given back. */
void zub_types_pack(zub_types *types);

/* Bytes of memory it holds. */
size_t zub_types_memory(const zub_types *types);

#endif
