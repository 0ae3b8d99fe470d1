/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rows.h - the sentences, words or terms of a document, one after another. */
#ifndef ZUB_RENDER_ROWS_H
#define ZUB_RENDER_ROWS_H

#include "base/buffer.h"
#include "render/render.h"
#include "text/fold.h"

typedef struct zub_row {
    zub_span span;
    zub_slice text;   /* as it stands in the article, not repaired */
    zub_slice key;    /* of a term; else empty */
    zub_slice folded; /* until the next row; empty unless asked for */
} zub_row;

typedef struct zub_rows {
    const zub_view *view;
    const zub_document *document;
    zub_folder *folder; /* NULL unless the folded form is asked for */
    zub_buffer folded;
    size_t next; /* sentence or word */
} zub_rows;

/* What is missing, such as memory, fails view->out. */
void zub_rows_init(zub_rows *rows, const zub_view *view,
                   const zub_document *document);
void zub_rows_release(zub_rows *rows);

/* False after the last, and when view->out has failed. */
bool zub_rows_next(zub_rows *rows, zub_row *row);

#endif
