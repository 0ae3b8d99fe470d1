/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_walk.c - see matrix_walk.h. */
#include "render/matrix_walk.h"

#include <inttypes.h>

#include "base/error.h"

zub_status zub_matrix_walk_init(zub_matrix_walk *walk,
                                const zub_matrix_source *source,
                                bool with_values, zub_error *error)
{
    *walk = (zub_matrix_walk){.source = source, .with_values = with_values};
    zub_error_clear(error);
    if (source->columns > INT32_MAX)
        return zub_fail(
            error, ZUB_EINVAL,
            "a matrix has at most 2147483647 columns, not %" PRIu64,
            source->columns);
    return ZUB_OK;
}

/* True when the columns of a row ascend and are columns of the matrix. */
static bool is_row(const int32_t *cols, uint64_t size, uint64_t columns)
{
    int64_t last = -1;
    bool is_ascending = true;

    for (uint64_t i = 0; i < size; i++) {
        is_ascending &= cols[i] > last;
        last = cols[i];
    }
    return is_ascending && last < (int64_t)columns;
}

/* What is wrong with the block, or NULL. */
static const char *flaw(const zub_matrix_walk *walk)
{
    const zub_matrix_source *source = walk->source;
    const zub_matrix_block *block = &walk->block;
    const uint64_t *starts = block->starts;

    if (block->first != walk->rows || block->rows == 0 ||
        block->rows > source->rows - walk->rows)
        return "other rows than were asked for";
    if (!starts || starts[0] != 0)
        return "a block whose rows do not start at 0";
    for (size_t r = 0; r < block->rows; r++)
        if (starts[r + 1] < starts[r])
            return "a row that ends before it starts";
    uint64_t entries = starts[block->rows];
    if (entries > source->entries - walk->entries)
        return "more entries than it said";
    if (entries > 0 && (!block->cols || (walk->with_values && !block->values)))
        return "a block without columns or values";
    for (size_t r = 0; r < block->rows; r++)
        if (!is_row(block->cols + starts[r], starts[r + 1] - starts[r],
                    source->columns))
            return "columns out of order or out of range";
    return NULL;
}

static zub_status fail(const zub_matrix_walk *walk, const char *what,
                       zub_error *error)
{
    return zub_fail(error, ZUB_EINVAL,
                    "the source of the matrix gave %s, at row %" PRIu64
                    " and entry %" PRIu64,
                    what, walk->rows, walk->entries);
}

zub_status zub_matrix_walk_next(zub_matrix_walk *walk, zub_error *error)
{
    const zub_matrix_source *source = walk->source;

    walk->rows += walk->block.rows;
    walk->entries +=
        walk->block.rows > 0 ? walk->block.starts[walk->block.rows] : 0;
    walk->block = (zub_matrix_block){0};
    if (walk->rows == source->rows)
        return walk->entries == source->entries
                   ? ZUB_OK
                   : fail(walk, "fewer entries than it said", error);
    zub_status status = source->read(source->context, walk->rows,
                                     walk->with_values, &walk->block, error);
    if (status != ZUB_OK)
        return status;
    const char *what = flaw(walk);
    return what ? fail(walk, what, error) : ZUB_OK;
}
