/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge.h - one state of several: of threads, of spilled runs, of shards, of
 * files (docs/counting.md).
 *
 * Associative and commutative: any grouping and any order of the same states
 * gives the same bytes, with and without a limit of memory, and the merge of
 * one state is that state (with its articles in the order asked for).
 */
#ifndef ZUB_TERMS_MERGE_H
#define ZUB_TERMS_MERGE_H

#include "terms/state.h"

typedef struct zub_merge_options {
    uint64_t
        memory; /* resident bytes about, 0: no limit; sensible from 8 MiB */
    const char *folder; /* for temporary files, needed with a limit */
    bool by_input; /* articles by ordinal, kept; else by id, then by content,
                      and ordinals are dropped */
    bool without_articles; /* their counts are dropped */
} zub_merge_options;

/* Where terms and n-grams of each state went. Constant. */
typedef struct zub_state_maps {
    size_t state_count;
    zub_file (*files)[ZUB_MOST_ORDER]; /* [state_count][order - 1] */
} zub_state_maps;

/* [terms or n-grams of that order in the state]: the id each has in the merged
 * state, ascending. NULL: there are none. */
const uint32_t *zub_state_map(const zub_state_maps *maps, size_t state,
                              unsigned order);
/* Their pages may be let go (base/spool.h). */
bool zub_state_map_is_mapped(const zub_state_maps *maps, size_t state,
                             unsigned order);
void zub_state_maps_release(zub_state_maps *maps);

/* `states` are borrowed for the call, and any number of threads may merge the
 * same ones. `maps`, unless NULL, is filled in.
 *
 * Time: a walk over all arrays, times log2(count). Memory: without a limit
 * what zub_state_size says of the states, at most, and 4 bytes for each of
 * their terms and n-grams. With one, the result and all that is between lie in
 * temporary files, 16 states at most are merged at a time, and mapped states
 * are walked in windows; states in memory cost what they cost.
 *
 * ZUB_EINVAL: no state, a limit without a folder, no ordinals to go by.
 * ZUB_EMISMATCH: states that were not counted alike, with what differs.
 * ZUB_ELIMIT: more than 2^32 - 2 terms, 2^32 - 1 articles of one, counts beyond
 * 2^64 - 1. ZUB_ENOMEM, ZUB_EWRITE: no room in the folder. */
zub_status zub_state_merge(zub_state **out, zub_state *const *states,
                           size_t count, const zub_merge_options *options,
                           zub_state_maps *maps, zub_error *error);

#endif
