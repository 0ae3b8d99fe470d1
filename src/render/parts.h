/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* parts.h - rows of text made by several threads and written in their order:
 * the same bytes, however many threads there are. */
#ifndef ZUB_RENDER_PARTS_H
#define ZUB_RENDER_PARTS_H

#include "render/writer.h"

/* Many rows, each of which can be written without the others. */
typedef struct zub_part_rows {
    uint64_t count;
    unsigned threads; /* at least 1; a worker's number is below it */
    /* Writes a row; what it lacks, such as memory, fails `out`. */
    void (*write)(void *context, unsigned worker, zub_writer *out,
                  uint64_t row);
    void *context;
} zub_part_rows;

/* All rows behind what `out` has. One thread writes straight into it; several
 * take some MiB each, and rows that are longer than that one after another.
 * Failures are those of `out`. */
void zub_write_parts(zub_writer *out, const zub_part_rows *rows);

#endif
