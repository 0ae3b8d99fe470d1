/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_extend.c - see align_extend.h. */
#include "index/align_extend.h"

#include <string.h>

#include "base/mem.h"

/* How a cell was come by. */
enum { MOVE_START, MOVE_MATCH, MOVE_CHANGE, MOVE_X, MOVE_Y };

#define NEVER (INT64_MIN / 2) /* a score that no cell has */

/* Cells that a row may have more than the one before: one on by a match, then
 * words of y alone until the score has dropped. */
#define MORE ((size_t)ZUB_EXTEND_DROP + 3)

/* Where an extension begins and which way it goes: word i of x is x[i], or
 * x[-1 - i] backwards. */
typedef struct extension {
    const uint64_t *x, *y;
    size_t x_size, y_size;
    int64_t drop; /* below the best score it may fall */
    bool is_backward;
} extension;

static uint64_t word_x(const extension *e, size_t x)
{
    return e->is_backward ? *(e->x - 1 - x) : e->x[x];
}

static uint64_t word_y(const extension *e, size_t y)
{
    return e->is_backward ? *(e->y - 1 - y) : e->y[y];
}

void zub_extender_release(zub_extender *extender)
{
    zub_free(extender->matches);
    zub_free(extender->moves);
    zub_free(extender->rows);
    zub_free(extender->above);
    zub_free(extender->below);
    *extender = (zub_extender){0};
}

static bool add_match(zub_extender *extender, size_t x, size_t y)
{
    if (!zub_grow(&extender->matches, &extender->match_capacity,
                  extender->count + 1, sizeof *extender->matches))
        return false;
    extender->matches[extender->count++] =
        (zub_match){(uint32_t)x, (uint32_t)y};
    return true;
}

/* ---- Beyond an end ---- */

/* The best cell so far. */
typedef struct best_cell {
    int64_t score;
    size_t x, y;
} best_cell;

static bool make_row(zub_extender *extender, size_t row, size_t moves,
                     size_t width)
{
    return zub_grow(&extender->rows, &extender->row_capacity, row + 1,
                    sizeof *extender->rows) &&
           zub_grow(&extender->moves, &extender->move_capacity, moves + width,
                    sizeof *extender->moves) &&
           zub_grow(&extender->below, &extender->below_capacity, width,
                    sizeof *extender->below);
}

/* Row 0: words of y alone. */
static bool begin_rows(zub_extender *extender, const extension *e)
{
    size_t most = (size_t)e->drop;
    size_t size = e->y_size < most ? e->y_size : most;

    if (!make_row(extender, 0, 0, size + 1))
        return false;
    for (size_t y = 0; y <= size; y++) {
        extender->below[y] = -(int64_t)y;
        extender->moves[y] = y == 0 ? MOVE_START : MOVE_Y;
    }
    extender->rows[0] = (zub_extend_row){0, 0, (uint32_t)size + 1};
    return true;
}

/* Score of cell y of the row above; NEVER outside of it. */
static int64_t above_at(const zub_extender *extender,
                        const zub_extend_row *row, size_t y)
{
    return y >= row->low && y - row->low < row->size
               ? extender->above[y - row->low]
               : NEVER;
}

/* The best way to a cell: a match or a change, then x, then y alone. */
static int64_t score_cell(const zub_extender *extender, const extension *e,
                          const zub_extend_row *last, size_t x, size_t y,
                          int64_t left, unsigned char *move)
{
    int64_t score = NEVER, other;

    *move = MOVE_START;
    if (y > 0) {
        bool same = word_x(e, x - 1) == word_y(e, y - 1);
        score = above_at(extender, last, y - 1) + (same ? 1 : -1);
        *move = same ? MOVE_MATCH : MOVE_CHANGE;
    }
    other = above_at(extender, last, y) - 1;
    if (other > score) {
        score = other;
        *move = MOVE_X;
    }
    if (left - 1 > score) {
        score = left - 1;
        *move = MOVE_Y;
    }
    return score;
}

static void swap_rows(zub_extender *extender)
{
    int64_t *scores = extender->above;
    size_t capacity = extender->above_capacity;

    extender->above = extender->below;
    extender->above_capacity = extender->below_capacity;
    extender->below = scores;
    extender->below_capacity = capacity;
}

/* Cells [*from, *to) become at most ZUB_EXTEND_WIDTH, about the best of them:
 * of two letters in any order every way is as good as any other. */
static void narrow_row(const zub_extender *extender, size_t *from, size_t *to)
{
    size_t best = *from, half = ZUB_EXTEND_WIDTH / 2;

    for (size_t i = *from; i < *to; i++)
        if (extender->below[i] > extender->below[best])
            best = i;
    if (best > *from + half)
        *from = best - half;
    if (*to > best + half)
        *to = best + half;
}

/* Takes cells off both ends of a row that fell too low, or are too many; false:
 * none is left. */
static bool trim_row(zub_extender *extender, zub_extend_row *row,
                     int64_t least)
{
    size_t from = 0, to = row->size;

    while (from < to && extender->below[from] < least)
        from++;
    while (to > from && extender->below[to - 1] < least)
        to--;
    if (to - from > ZUB_EXTEND_WIDTH)
        narrow_row(extender, &from, &to);
    memmove(extender->below, extender->below + from,
            (to - from) * sizeof *extender->below);
    row->moves += from;
    row->low += (uint32_t)from;
    row->size = (uint32_t)(to - from);
    return to > from;
}

/* Row x from the one before. On the right it goes on while that pays. */
static bool fill_row(zub_extender *extender, const extension *e, size_t x,
                     best_cell *best, bool *is_alive)
{
    zub_extend_row last = extender->rows[x - 1];
    zub_extend_row row = {.moves = last.moves + last.size, .low = last.low};
    int64_t left = NEVER;

    *is_alive = false;
    if (!make_row(extender, x, row.moves, last.size + MORE))
        return false;
    for (size_t y = row.low; y <= e->y_size; y++, row.size++) {
        unsigned char move;
        bool is_beyond = y > (size_t)last.low + last.size;
        if (is_beyond && left - 1 < best->score - e->drop)
            break;
        left = score_cell(extender, e, &last, x, y, left, &move);
        extender->below[row.size] = left;
        extender->moves[row.moves + row.size] = move;
        if (left > best->score)
            *best = (best_cell){left, x, y};
    }
    *is_alive = trim_row(extender, &row, best->score - e->drop);
    extender->rows[x] = row;
    return true;
}

/* Matches on the way back from the best cell, farthest first. `x` and `y` are
 * where the extension began. */
static bool trace(zub_extender *extender, const extension *e, best_cell at,
                  size_t x, size_t y)
{
    while (at.x > 0 || at.y > 0) {
        const zub_extend_row *row = &extender->rows[at.x];
        unsigned char move = extender->moves[row->moves + at.y - row->low];
        bool is_x = move != MOVE_Y, is_y = move != MOVE_X;
        at.x -= is_x;
        at.y -= is_y;
        if (move != MOVE_MATCH)
            continue;
        if (!add_match(extender, e->is_backward ? x - 1 - at.x : x + at.x,
                       e->is_backward ? y - 1 - at.y : y + at.y))
            return false;
    }
    return true;
}

/* Whether a word is among the first of both that a drop may reach. Without one
 * there is nothing to gain, as behind most seeds that nobody quoted. */
static bool has_match(const extension *e)
{
    size_t x_size = e->x_size, y_size = e->y_size;
    size_t most = (size_t)e->drop + 1;
    uint64_t seen = 0; /* by 6 bits of their hashes */

    x_size = x_size < most ? x_size : most;
    y_size = y_size < most ? y_size : most;
    for (size_t x = 0; x < x_size; x++)
        seen |= (uint64_t)1 << (word_x(e, x) & 63);
    for (size_t y = 0; y < y_size; y++) {
        if ((seen >> (word_y(e, y) & 63) & 1) == 0)
            continue;
        for (size_t x = 0; x < x_size; x++)
            if (word_x(e, x) == word_y(e, y))
                return true;
    }
    return false;
}

static bool extend(zub_extender *extender, const extension *e, size_t x,
                   size_t y)
{
    best_cell best = {0, 0, 0};
    bool is_alive = true;

    if (!has_match(e))
        return true;
    if (!begin_rows(extender, e))
        return false;
    for (size_t row = 1; is_alive && row <= e->x_size; row++) {
        swap_rows(extender);
        if (!fill_row(extender, e, row, &best, &is_alive))
            return false;
    }
    return trace(extender, e, best, x, y);
}

static void turn(zub_match *matches, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        zub_match match = matches[i];
        matches[i] = matches[count - 1 - i];
        matches[count - 1 - i] = match;
    }
}

/* Who has matched fewer words than it would give up had better begin anew. */
static int64_t drop_of(size_t matched)
{
    return matched < ZUB_EXTEND_DROP ? (int64_t)matched : ZUB_EXTEND_DROP;
}

static bool extend_left(zub_extender *extender, const zub_word_pair *pair,
                        size_t x, size_t y, size_t matched)
{
    return extend(
        extender,
        &(extension){pair->x + x, pair->y + y, x, y, drop_of(matched), true},
        x, y);
}

static bool extend_right(zub_extender *extender, const zub_word_pair *pair,
                         size_t x, size_t y)
{
    size_t start = extender->count;
    bool is_done =
        extend(extender,
               &(extension){pair->x + x, pair->y + y, pair->x_size - x,
                            pair->y_size - y, drop_of(start), false},
               x, y);

    turn(extender->matches + start, extender->count - start);
    return is_done;
}

/* ---- Between anchors ---- */

/* The longest common subsequence of at most ZUB_CHAIN_GAP words each: its
 * matches, in order. */
static bool fill_gap(zub_extender *extender, const zub_word_pair *pair,
                     zub_match from, zub_match to)
{
    unsigned char longest[ZUB_CHAIN_GAP + 1][ZUB_CHAIN_GAP + 1] = {{0}};
    size_t x_size = to.x - from.x, y_size = to.y - from.y;
    const uint64_t *x = pair->x + from.x, *y = pair->y + from.y;

    for (size_t i = x_size; i-- > 0;)
        for (size_t k = y_size; k-- > 0;) {
            unsigned char without_x = longest[i + 1][k];
            unsigned char without_y = longest[i][k + 1];
            if (x[i] == y[k])
                longest[i][k] = (unsigned char)(longest[i + 1][k + 1] + 1);
            else
                longest[i][k] = without_x > without_y ? without_x : without_y;
        }
    for (size_t i = 0, k = 0; i < x_size && k < y_size;) {
        bool is_same = x[i] == y[k];
        if (is_same && !add_match(extender, from.x + i, from.y + k))
            return false;
        bool skips_x = !is_same && longest[i + 1][k] >= longest[i][k + 1];
        i += is_same || skips_x;
        k += is_same || !skips_x;
    }
    return true;
}

static bool add_anchor(zub_extender *extender, const zub_anchor *anchor)
{
    for (size_t i = 0; i < anchor->size; i++)
        if (!add_match(extender, anchor->x + i, anchor->y + i))
            return false;
    return true;
}

zub_status zub_extender_run(zub_extender *extender, const zub_word_pair *pair,
                            const zub_anchor *anchors, const uint32_t *chain,
                            size_t size)
{
    const zub_anchor *first = &anchors[chain[0]];
    zub_match end = {first->x, first->y};
    size_t matched = 0;

    extender->count = 0;
    for (size_t i = 0; i < size; i++)
        matched += anchors[chain[i]].size;
    if (!extend_left(extender, pair, first->x, first->y, matched))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        const zub_anchor *anchor = &anchors[chain[i]];
        zub_match start = {anchor->x, anchor->y};
        if (!fill_gap(extender, pair, end, start) ||
            !add_anchor(extender, anchor))
            return ZUB_ENOMEM;
        end = (zub_match){anchor->x + anchor->size, anchor->y + anchor->size};
    }
    return extend_right(extender, pair, end.x, end.y) ? ZUB_OK : ZUB_ENOMEM;
}
