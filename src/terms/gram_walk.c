/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_walk.c - see gram_walk.h. Of one order alone ids ascend; of several the
 * n-grams are a tree, whose nodes are met before what is below them. */
#include "terms/gram_walk.h"

void zub_gram_walk_init(zub_gram_walk *walk, const zub_state *state,
                        unsigned low, unsigned high)
{
    *walk = (zub_gram_walk){.state = state, .low = low, .high = high};
}

size_t zub_grams_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->term_count : state->ngrams[order - 1].count;
}

/* Whether an n-gram of one word more begins with the one seen last. */
static bool has_longer(const zub_gram_walk *walk)
{
    unsigned order = walk->order;

    if (order == 0)
        return walk->next[0] < walk->state->term_count;
    if (order >= walk->high)
        return false;
    const zub_ngrams *longer = &walk->state->ngrams[order];
    return walk->next[order] < longer->count &&
           longer->prefix[walk->next[order]] == walk->path[order - 1];
}

static bool next_in_tree(zub_gram_walk *walk, zub_gram_id *out)
{
    do {
        while (!has_longer(walk)) {
            if (walk->order == 0)
                return false;
            walk->order--;
        }
        walk->path[walk->order] = (uint32_t)walk->next[walk->order]++;
        walk->order++;
    } while (walk->order < walk->low);
    *out = (zub_gram_id){walk->order, walk->path[walk->order - 1]};
    return true;
}

bool zub_gram_walk_next(zub_gram_walk *walk, zub_gram_id *out)
{
    size_t *next = &walk->next[walk->low - 1];

    if (walk->low < walk->high)
        return next_in_tree(walk, out);
    if (*next >= zub_grams_of(walk->state, walk->low))
        return false;
    *out = (zub_gram_id){walk->low, (uint32_t)(*next)++};
    return true;
}

void zub_gram_words(const zub_state *state, zub_gram_id gram,
                    uint32_t words[ZUB_MOST_ORDER])
{
    uint32_t id = gram.id;

    for (unsigned n = gram.order; n > 1; n--) {
        words[n - 1] = state->ngrams[n - 1].last[id];
        id = state->ngrams[n - 1].prefix[id];
    }
    words[0] = id;
}

uint64_t zub_gram_count(const zub_state *state, zub_gram_id gram)
{
    return gram.order == 1 ? state->counts[gram.id]
                           : state->ngrams[gram.order - 1].counts[gram.id];
}

uint32_t zub_gram_df(const zub_state *state, zub_gram_id gram)
{
    return gram.order == 1 ? state->df[gram.id]
                           : state->ngrams[gram.order - 1].df[gram.id];
}
