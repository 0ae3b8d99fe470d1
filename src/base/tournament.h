/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tournament.h - the least of k cursors, again and again, for merging.
 *
 * A tree of losers (Knuth, TAOCP 3, 5.4.1): after the winner has moved on, log2
 * k comparisons find the next one. `less` is a plain function that the compiler
 * puts in its place; a cursor that has ended must be less than none.
 */
#ifndef ZUB_BASE_TOURNAMENT_H
#define ZUB_BASE_TOURNAMENT_H

#include "zubda.h"
#include "base/mem.h"

typedef struct zub_tournament {
    uint32_t *losers;  /* [count], of each inner node; [0] is the winner */
    uint32_t *scratch; /* [2 * count], while it is built */
    uint32_t count;
} zub_tournament;

typedef bool zub_less(const void *context, uint32_t a, uint32_t b);

/* False: memory is out. `count` is 1 or more. */
static inline bool zub_tournament_init(zub_tournament *tree, size_t count)
{
    *tree = (zub_tournament){.count = (uint32_t)count};
    tree->losers = zub_alloc(count, 3 * sizeof *tree->losers);
    tree->scratch = tree->losers ? tree->losers + count : NULL;
    return tree->losers != NULL;
}

static inline void zub_tournament_release(zub_tournament *tree)
{
    zub_free(tree->losers);
}

static inline uint32_t zub_tournament_winner(const zub_tournament *tree)
{
    return tree->losers[0];
}

/* Leaf i is node count + i; the children of node n are 2n and 2n + 1. */
static inline void zub_tournament_start(zub_tournament *tree, zub_less *less,
                                        const void *context)
{
    uint32_t *winners = tree->scratch, count = tree->count;

    for (uint32_t i = 0; i < count; i++)
        winners[count + i] = i;
    for (uint32_t n = count - 1; n > 0; n--) {
        uint32_t a = winners[2 * n], b = winners[2 * n + 1];
        bool is_swapped = less(context, b, a);
        winners[n] = is_swapped ? b : a;
        tree->losers[n] = is_swapped ? a : b;
    }
    tree->losers[0] = winners[1];
}

/* The winner has moved on. */
__attribute__((always_inline)) static inline void
zub_tournament_replay(zub_tournament *tree, zub_less *less,
                      const void *context)
{
    uint32_t winner = tree->losers[0];

    for (uint32_t n = (winner + tree->count) / 2; n > 0; n /= 2)
        if (less(context, tree->losers[n], winner)) {
            uint32_t loser = winner;
            winner = tree->losers[n];
            tree->losers[n] = loser;
        }
    tree->losers[0] = winner;
}

#endif
