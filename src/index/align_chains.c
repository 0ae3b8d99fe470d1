/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_chains.c - see align_chains.h.
 *
 * Sparse dynamic programming: anchors are met by x. Those that end at most a
 * gap before lie in a tree over their ends in y, which gives the best of a
 * range of these. The cost of a gap is a sum over both sides, so what a link
 * is worth, score + x end + y end, does not depend on who links:
 *
 *     S(k) = 2 size + max(0, max over links p of worth(p) - x - y). */
#include "index/align_chains.h"

#include "base/mem.h"

#define NONE ZUB_CHAIN_NONE

static uint32_t x_end(const zub_anchor *anchor)
{
    return anchor->x + anchor->size;
}

static uint32_t y_end(const zub_anchor *anchor)
{
    return anchor->y + anchor->size;
}

/* ---- Room ---- */

static void free_arrays(zub_chainer *chainer)
{
    zub_free(chainer->scores);
    zub_free(chainer->before);
    zub_free(chainer->worth);
    zub_free(chainer->leaf);
    zub_free(chainer->tree);
    zub_free(chainer->ends);
    zub_free(chainer->by_x);
    zub_free(chainer->by_y);
    zub_free(chainer->ranks);
    zub_free(chainer->scratch);
    zub_free(chainer->is_used);
    zub_free(chainer->chain);
}

void zub_chainer_release(zub_chainer *chainer)
{
    free_arrays(chainer);
    *chainer = (zub_chainer){0};
}

/* For a power of two. */
static bool make_arrays(zub_chainer *c, size_t n)
{
    c->scores = zub_alloc(n, sizeof *c->scores);
    c->before = zub_alloc(n, sizeof *c->before);
    c->worth = zub_alloc(n, sizeof *c->worth);
    c->leaf = zub_alloc(n, sizeof *c->leaf);
    c->tree = zub_alloc(n, 2 * sizeof *c->tree);
    c->ends = zub_alloc(n, sizeof *c->ends);
    c->by_x = zub_alloc(n, sizeof *c->by_x);
    c->by_y = zub_alloc(n, sizeof *c->by_y);
    c->ranks = zub_alloc(n, sizeof *c->ranks);
    c->scratch = zub_alloc(n, sizeof *c->scratch);
    c->is_used = zub_alloc(n, sizeof *c->is_used);
    c->chain = zub_alloc(n, sizeof *c->chain);
    return c->scores && c->before && c->worth && c->leaf && c->tree &&
           c->ends && c->by_x && c->by_y && c->ranks && c->scratch &&
           c->is_used && c->chain;
}

static bool make_room(zub_chainer *chainer, size_t count)
{
    size_t capacity = 16;

    if (count <= chainer->capacity)
        return true;
    while (capacity < count)
        capacity *= 2;
    zub_chainer_release(chainer);
    if (!make_arrays(chainer, capacity)) {
        zub_chainer_release(chainer);
        return false;
    }
    chainer->capacity = capacity;
    return true;
}

/* ---- The tree ---- */

/* Of two, one that is NONE does not count; the first of equals. */
static uint32_t better(const zub_chainer *chainer, uint32_t a, uint32_t b)
{
    if (a == NONE || b == NONE)
        return a == NONE ? b : a;
    return chainer->worth[b] > chainer->worth[a] ? b : a;
}

static void set_leaf(zub_chainer *chainer, uint32_t leaf, uint32_t anchor)
{
    size_t node = chainer->leaves + leaf;

    chainer->tree[node] = anchor;
    for (node /= 2; node > 0; node /= 2)
        chainer->tree[node] = better(chainer, chainer->tree[2 * node],
                                     chainer->tree[2 * node + 1]);
}

/* The best of leaves [from, to); of equals the first. */
static uint32_t best_of(const zub_chainer *chainer, size_t from, size_t to)
{
    uint32_t left = NONE, right = NONE;

    from += chainer->leaves;
    to += chainer->leaves;
    for (; from < to; from /= 2, to /= 2) {
        if (from % 2 == 1)
            left = better(chainer, left, chainer->tree[from++]);
        if (to % 2 == 1)
            right = better(chainer, chainer->tree[--to], right);
    }
    return better(chainer, left, right);
}

static void clear_tree(zub_chainer *chainer, size_t count)
{
    chainer->leaves = 1;
    while (chainer->leaves < count)
        chainer->leaves *= 2;
    for (size_t i = 0; i < 2 * chainer->leaves; i++)
        chainer->tree[i] = NONE;
}

/* ---- Linking ---- */

static void order_ends(zub_chainer *chainer, const zub_anchor *anchors,
                       size_t count)
{
    for (size_t i = 0; i < count; i++) {
        chainer->by_x[i] = (zub_keyed){x_end(&anchors[i]), (uint32_t)i};
        chainer->by_y[i] = (zub_keyed){y_end(&anchors[i]), (uint32_t)i};
    }
    zub_order_keys(chainer->by_x, chainer->scratch, count);
    zub_order_keys(chainer->by_y, chainer->scratch, count);
    for (size_t i = 0; i < count; i++) {
        chainer->leaf[chainer->by_y[i].id] = (uint32_t)i;
        chainer->ends[i] = (uint32_t)chainer->by_y[i].key;
    }
}

/* How many ends in y are below `bound`. */
static size_t ends_below(const zub_chainer *chainer, uint64_t bound)
{
    size_t low = 0, high = chainer->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (chainer->ends[middle] < bound)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The anchor to link to from one at (x, y), or NONE. */
static uint32_t find_link(const zub_chainer *chainer, uint32_t x, uint32_t y)
{
    uint32_t low = y > ZUB_CHAIN_GAP ? y - ZUB_CHAIN_GAP : 0;
    uint32_t link = best_of(chainer, ends_below(chainer, low),
                            ends_below(chainer, (uint64_t)y + 1));

    if (link == NONE || chainer->worth[link] <= (uint64_t)x + y)
        return NONE;
    return link;
}

static void link_all(zub_chainer *chainer, const zub_anchor *anchors)
{
    size_t in = 0, out = 0; /* anchors by their end in x that came and went */

    for (size_t k = 0; k < chainer->count; k++) {
        const zub_anchor *anchor = &anchors[k];
        for (; chainer->by_x[in].key <= anchor->x; in++) {
            uint32_t id = chainer->by_x[in].id;
            set_leaf(chainer, chainer->leaf[id], id);
        }
        for (; chainer->by_x[out].key + ZUB_CHAIN_GAP < anchor->x; out++)
            set_leaf(chainer, chainer->leaf[chainer->by_x[out].id], NONE);
        uint32_t link = find_link(chainer, anchor->x, anchor->y);
        uint64_t score = 2 * (uint64_t)anchor->size;
        if (link != NONE)
            score += chainer->worth[link] - anchor->x - anchor->y;
        chainer->before[k] = link;
        chainer->scores[k] = score;
        chainer->worth[k] = score + x_end(anchor) + y_end(anchor);
        chainer->is_used[k] = false;
        chainer->ranks[k] =
            (zub_keyed){.key = UINT64_MAX - score, .id = (uint32_t)k};
    }
}

zub_status zub_chainer_link(zub_chainer *chainer, const zub_anchor *anchors,
                            size_t count)
{
    if (!make_room(chainer, count))
        return ZUB_ENOMEM;
    chainer->count = count;
    chainer->rank = 0;
    clear_tree(chainer, count);
    order_ends(chainer, anchors, count);
    link_all(chainer, anchors);
    zub_order_keys(chainer->ranks, chainer->scratch, count);
    return ZUB_OK;
}

size_t zub_chainer_next(zub_chainer *chainer, const uint32_t **chain)
{
    size_t size = 0, from = chainer->capacity;

    while (chainer->rank < chainer->count &&
           chainer->is_used[chainer->ranks[chainer->rank].id])
        chainer->rank++;
    if (chainer->rank == chainer->count)
        return 0;
    uint32_t at = chainer->ranks[chainer->rank].id;
    for (; at != NONE && !chainer->is_used[at]; at = chainer->before[at]) {
        chainer->is_used[at] = true;
        chainer->chain[--from] = at;
        size++;
    }
    *chain = chainer->chain + from;
    return size;
}
