/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preference_order.c - see preference_order.h.
 *
 * What follows from several groups is what can be reached in a graph of
 * documents and of levels, a level of a group being a node of its own: a
 * document leads to the level below each of its own, a level to its documents.
 * That is two edges a line, where one a preference would be n^2. A node is
 * done when all that it leads to are (Kahn 1962); what never is stands in a
 * circle, which is a contradiction. A level has a row of its own only from its
 * first document that is done until its last. */
#include "eval/preference_order.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

/* A line, on the way to its document. */
typedef struct mention {
    size_t place, line;
} mention;

typedef struct graph {
    const zub_preferred *items; /* [lines] by group, level */
    size_t lines, documents, levels;
    mention *mentions;      /* [lines] by place, line */
    size_t *document_start; /* [documents + 1] in mentions */
    size_t *document_of;    /* [lines] */
    size_t *level_of;       /* [lines] */
    size_t *level_start;    /* [levels + 1] in items */
    size_t *waiting;        /* [documents + levels] nodes that it leads to */
    size_t *queue;          /* [documents + levels] nodes that are done */
    size_t queued;
    uint64_t *rows; /* [documents][words] documents reached */
    size_t words;
    size_t *row_of_level; /* [levels] in level_rows, or NO_ROW */
    uint64_t *level_rows; /* [level_row_count][words] */
    size_t level_row_count, level_row_capacity;
    size_t *spare; /* [spare_count] level rows that nobody has */
    size_t spare_count, spare_capacity;
    uint64_t bits; /* that may still be spent */
} graph;

#define NO_ROW SIZE_MAX

static int by_place(const void *a, const void *b)
{
    const mention *x = a, *y = b;

    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static bool make_graph(graph *g, const zub_preferred *items, size_t lines)
{
    *g = (graph){
        .items = items,
        .lines = lines,
        .mentions = zub_alloc(lines, sizeof *g->mentions),
        .document_start = zub_alloc(lines + 1, sizeof *g->document_start),
        .document_of = zub_alloc(lines, sizeof *g->document_of),
        .level_of = zub_alloc(lines, sizeof *g->level_of),
        .level_start = zub_alloc(lines + 1, sizeof *g->level_start),
    };
    return g->mentions && g->document_start && g->document_of && g->level_of &&
           g->level_start;
}

static void free_graph(graph *g)
{
    zub_free(g->mentions);
    zub_free(g->document_start);
    zub_free(g->document_of);
    zub_free(g->level_of);
    zub_free(g->level_start);
    zub_free(g->waiting);
    zub_free(g->queue);
    zub_free(g->rows);
    zub_free(g->row_of_level);
    zub_free(g->level_rows);
    zub_free(g->spare);
}

static void find_documents(graph *g)
{
    for (size_t i = 0; i < g->lines; i++)
        g->mentions[i] = (mention){g->items[i].place, i};
    qsort(g->mentions, g->lines, sizeof *g->mentions, by_place);
    for (size_t i = 0; i < g->lines; i++) {
        if (i == 0 || g->mentions[i].place != g->mentions[i - 1].place)
            g->document_start[g->documents++] = i;
        g->document_of[g->mentions[i].line] = g->documents - 1;
    }
    g->document_start[g->documents] = g->lines;
}

static void find_levels(graph *g)
{
    for (size_t i = 0; i < g->lines; i++) {
        const zub_preferred *item = &g->items[i];
        if (i == 0 || item->group != item[-1].group ||
            item->level != item[-1].level)
            g->level_start[g->levels++] = i;
        g->level_of[i] = g->levels - 1;
    }
    g->level_start[g->levels] = g->lines;
}

/* Of the same group. */
static bool has_lower(const graph *g, size_t level)
{
    return level + 1 < g->levels &&
           g->items[g->level_start[level]].group ==
               g->items[g->level_start[level + 1]].group;
}

static zub_status place_documents(zub_preference_order *out, const graph *g,
                                  zub_error *error)
{
    for (size_t d = 0; d < g->documents; d++) {
        size_t end = g->document_start[d + 1];
        const zub_preferred *last = &g->items[g->mentions[end - 1].line];
        out->documents[d] = (zub_placed){last->level, last->place};
        for (size_t i = g->document_start[d]; i < end; i++) {
            double level = g->items[g->mentions[i].line].level;
            if ((level == 0 && last->level > 0) ||
                (level > 0 && last->level == 0))
                return zub_fail(error, ZUB_EMALFORMED,
                                "a judge has '%.*s' at 0 and above it",
                                (int)(last->document.size < 100
                                          ? last->document.size
                                          : 100),
                                last->document.data);
        }
    }
    return ZUB_OK;
}

/* ---- What is reached ---- */

static void arrive(graph *g, size_t node)
{
    if (--g->waiting[node] == 0)
        g->queue[g->queued++] = node;
}

static void add_row(const graph *g, uint64_t *to, const uint64_t *from)
{
    for (size_t i = 0; i < g->words; i++)
        to[i] |= from[i];
}

/* Rows grow by as many again, so half of the bits may be unused. */
static zub_status make_level_row(graph *g, size_t level)
{
    size_t size = g->words * sizeof *g->level_rows;

    if (g->spare_count > 0) {
        g->row_of_level[level] = g->spare[--g->spare_count];
    } else {
        if (g->words * 64 > g->bits)
            return ZUB_ELIMIT;
        if (!zub_grow(&g->level_rows, &g->level_row_capacity,
                      g->level_row_count + 1, size))
            return ZUB_ENOMEM;
        g->bits -= g->words * 64;
        g->row_of_level[level] = g->level_row_count++;
    }
    memset(g->level_rows + g->row_of_level[level] * g->words, 0, size);
    return ZUB_OK;
}

static zub_status finish_document(graph *g, size_t document)
{
    size_t end = g->document_start[document + 1];

    for (size_t i = g->document_start[document]; i < end; i++) {
        size_t level = g->level_of[g->mentions[i].line];
        if (g->row_of_level[level] == NO_ROW) {
            zub_status status = make_level_row(g, level);
            if (status != ZUB_OK)
                return status;
        }
        uint64_t *row = g->level_rows + g->row_of_level[level] * g->words;
        add_row(g, row, g->rows + document * g->words);
        row[document / 64] |= (uint64_t)1 << document % 64;
        arrive(g, g->documents + level);
    }
    return ZUB_OK;
}

static zub_status finish_level(graph *g, size_t level)
{
    size_t row = g->row_of_level[level];

    if (!zub_grow(&g->spare, &g->spare_capacity, g->spare_count + 1,
                  sizeof *g->spare))
        return ZUB_ENOMEM;
    g->spare[g->spare_count++] = row;
    if (level == 0 || !has_lower(g, level - 1))
        return ZUB_OK;
    for (size_t i = g->level_start[level - 1]; i < g->level_start[level];
         i++) {
        add_row(g, g->rows + g->document_of[i] * g->words,
                g->level_rows + row * g->words);
        arrive(g, g->document_of[i]);
    }
    return ZUB_OK;
}

static void wait_for_all(graph *g)
{
    for (size_t i = 0; i < g->lines; i++) {
        g->waiting[g->documents + g->level_of[i]]++;
        g->waiting[g->document_of[i]] += has_lower(g, g->level_of[i]);
    }
    for (size_t d = 0; d < g->documents; d++)
        if (g->waiting[d] == 0)
            g->queue[g->queued++] = d;
}

/* ZUB_EMALFORMED: some are in a circle. */
static zub_status reach(graph *g)
{
    zub_status status = ZUB_OK;

    wait_for_all(g);
    for (size_t i = 0; i < g->queued && status == ZUB_OK; i++) {
        size_t node = g->queue[i];
        status = node < g->documents ? finish_document(g, node)
                                     : finish_level(g, node - g->documents);
    }
    if (status != ZUB_OK)
        return status;
    return g->queued == g->documents + g->levels ? ZUB_OK : ZUB_EMALFORMED;
}

static zub_status make_rows(graph *g)
{
    size_t nodes = g->documents + g->levels;

    g->words = (g->documents + 63) / 64;
    if (g->documents == 0 || g->documents > g->bits / 64 / g->words)
        return ZUB_ELIMIT;
    g->bits -= (uint64_t)g->documents * g->words * 64;
    g->waiting = zub_alloc_zero(nodes, sizeof *g->waiting);
    g->queue = zub_alloc(nodes, sizeof *g->queue);
    g->rows = zub_alloc_zero(g->documents, g->words * sizeof *g->rows);
    g->row_of_level = zub_alloc(g->levels, sizeof *g->row_of_level);
    if (!g->waiting || !g->queue || !g->rows || !g->row_of_level)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < g->levels; i++)
        g->row_of_level[i] = NO_ROW;
    return ZUB_OK;
}

static zub_status find_rows(zub_preference_order *out, graph *g,
                            zub_error *error)
{
    zub_status status = make_rows(g);

    if (status == ZUB_OK)
        status = reach(g);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    if (status == ZUB_ELIMIT)
        return zub_fail(error, status,
                        "groups of a judge compare too much, %zu documents at "
                        "%zu levels",
                        g->documents, g->levels);
    if (status != ZUB_OK)
        return zub_fail(error, status,
                        "preferences of a judge contradict each other");
    out->rows = g->rows;
    out->words = g->words;
    g->rows = NULL;
    return ZUB_OK;
}

static zub_status fill(zub_preference_order *out, graph *g, zub_error *error)
{
    find_documents(g);
    out->count = g->documents;
    out->documents = zub_alloc(g->documents, sizeof *out->documents);
    if (!out->documents)
        return zub_fail_memory(error);
    zub_status status = place_documents(out, g, error);
    if (status != ZUB_OK || g->items[0].group == g->items[g->lines - 1].group)
        return status;
    find_levels(g);
    return find_rows(out, g, error);
}

zub_status zub_preference_order_init(zub_preference_order *out,
                                     const zub_preferred *items, size_t count,
                                     uint64_t *bits, zub_error *error)
{
    graph g;
    zub_status status;

    *out = (zub_preference_order){0};
    bool is_room = make_graph(&g, items, count);
    g.bits = *bits;
    status = is_room ? fill(out, &g, error) : zub_fail_memory(error);
    if (out->rows)
        *bits -= (uint64_t)out->count * out->words * 64;
    free_graph(&g);
    if (status != ZUB_OK)
        zub_preference_order_release(out);
    return status;
}

void zub_preference_order_release(zub_preference_order *order)
{
    zub_free(order->documents);
    zub_free(order->rows);
    *order = (zub_preference_order){0};
}

static bool has_bit(const zub_preference_order *order, size_t a, size_t b)
{
    return order->rows[a * order->words + b / 64] >> b % 64 & 1;
}

int zub_preference_order_compare(const zub_preference_order *order, size_t a,
                                 size_t b)
{
    const zub_placed *documents = order->documents;

    if (order->rows)
        return has_bit(order, a, b) - has_bit(order, b, a);
    return (documents[a].level > documents[b].level) -
           (documents[a].level < documents[b].level);
}
