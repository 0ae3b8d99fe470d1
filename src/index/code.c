/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* code.c - see code.h. The widths are found by going downhill: one is made
 * wider or narrower, or one wider and another narrower, as long as that saves
 * bits. With sums of the counts, what a code costs is eight look-ups. */
#include "index/code.h"

#include "base/mem.h"

#define FARTHEST 3 /* bits of a step */

typedef struct search {
    const uint64_t *sums; /* [size + 1]: of the counts before */
    size_t size;
    uint64_t most; /* number that must have a code */
    int widths[ZUB_CODE_CLASSES];
    uint64_t cost; /* bits of all numbers */
} width_search;

bool zub_code_open(zub_code *out, const uint8_t widths[ZUB_CODE_CLASSES])
{
    out->starts[0] = 0;
    for (unsigned class = 0; class < ZUB_CODE_CLASSES; class ++) {
        if (widths[class] > ZUB_CODE_WIDEST)
            return false;
        out->widths[class] = widths[class];
        out->starts[class + 1] =
            out->starts[class] + ((uint64_t)1 << widths[class]);
    }
    return true;
}

static uint64_t cost_of(const width_search *run)
{
    uint64_t bits = 0, start = 0;

    for (unsigned class = 0; class < ZUB_CODE_CLASSES; class ++) {
        uint64_t end = start + ((uint64_t)1 << run->widths[class]);
        size_t from = start < run->size ? (size_t)start : run->size;
        size_t to = end < run->size ? (size_t)end : run->size;
        bits += (run->sums[to] - run->sums[from]) *
                (uint64_t)(ZUB_CODE_HEAD + (unsigned)run->widths[class]);
        start = end;
    }
    return start > run->most ? bits : UINT64_MAX;
}

/* Class `one` by `step` bits, and `other` as much the other way unless it is
 * the same. */
static bool try_step(width_search *run, unsigned one, unsigned other, int step)
{
    int kept[2] = {run->widths[one], run->widths[other]};

    run->widths[other] -= step;
    run->widths[one] = kept[0] + step;
    if (run->widths[one] >= 0 && run->widths[other] >= 0 &&
        run->widths[one] <= (int)ZUB_CODE_WIDEST &&
        run->widths[other] <= (int)ZUB_CODE_WIDEST) {
        uint64_t cost = cost_of(run);
        if (cost < run->cost) {
            run->cost = cost;
            return true;
        }
    }
    run->widths[other] = kept[1];
    run->widths[one] = kept[0];
    return false;
}

static bool try_all(width_search *run)
{
    bool is_better = false;

    for (unsigned one = 0; one < ZUB_CODE_CLASSES; one++)
        for (unsigned other = 0; other < ZUB_CODE_CLASSES; other++)
            for (int step = -FARTHEST; step <= FARTHEST; step++)
                is_better |= step != 0 && try_step(run, one, other, step);
    return is_better;
}

static void find_widths(width_search *run)
{
    int bits = 0;

    while (bits < (int)ZUB_CODE_WIDEST && run->most >> bits > 0)
        bits++;
    for (int class = 0; class < (int)ZUB_CODE_CLASSES; class ++)
        run->widths[class] = bits * (class + 1) / (int)ZUB_CODE_CLASSES;
    run->cost = cost_of(run);
    while (try_all(run))
        continue;
}

zub_status zub_code_choose(zub_code *out, const uint64_t *counts, size_t size,
                           uint32_t most)
{
    uint64_t *sums = zub_alloc(size + 1, sizeof *sums);
    width_search run = {.sums = sums, .size = size, .most = most};
    uint8_t widths[ZUB_CODE_CLASSES];

    if (!sums)
        return ZUB_ENOMEM;
    sums[0] = 0;
    for (size_t i = 0; i < size; i++)
        sums[i + 1] = sums[i] + counts[i];
    find_widths(&run);
    zub_free(sums);
    for (unsigned class = 0; class < ZUB_CODE_CLASSES; class ++)
        widths[class] = (uint8_t)run.widths[class];
    zub_code_open(out, widths);
    return ZUB_OK;
}
