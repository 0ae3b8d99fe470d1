/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* required.h - the passages that have every term that a question requires, a
 * bit each, so that the others are not read to learn that they are not meant. */
#ifndef ZUB_INDEX_REQUIRED_H
#define ZUB_INDEX_REQUIRED_H

#include "index/index.h"
#include "index/query.h"

/* Zeroed lets all pass. */
typedef struct zub_required {
    uint64_t *bits; /* of all volumes, or NULL: nothing is required */
    size_t *starts; /* in `bits`, of each volume */
    size_t size;    /* words of `bits` */
} zub_required;

/* Adds the passages that have the terms of a reading's quoted words, those with
 * a + and those of titles. Costs a walk over their postings. ZUB_EFORMAT, in
 * words; ZUB_ENOMEM. */
zub_status zub_required_add(zub_required *required, const zub_index *index,
                            const zub_query *query, zub_error *error);
void zub_required_release(zub_required *required);

static inline bool zub_required_allows(const zub_required *required,
                                       uint32_t volume, uint32_t passage)
{
    return !required->bits ||
           (required->bits[required->starts[volume] + passage / 64] >>
                passage % 64 &
            1);
}

#endif
