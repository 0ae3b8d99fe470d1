/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* units.h - the sentences, words or terms of a document, one after another. */
#ifndef ZUB_RENDER_UNITS_H
#define ZUB_RENDER_UNITS_H

#include "base/buffer.h"
#include "render/render.h"
#include "text/fold.h"

typedef struct zub_unit_row {
    zub_span span;
    zub_slice text;   /* as it stands in the article, not repaired */
    zub_slice key;    /* of a term; else empty */
    zub_slice folded; /* until the next row; empty unless asked for */
} zub_unit_row;

typedef struct zub_units {
    const zub_view *view;
    const zub_document *document;
    zub_folder *folder; /* NULL unless the folded form is asked for */
    zub_buffer folded;
    size_t next; /* sentence or word */
} zub_units;

/* What is missing, such as memory, fails view->out. */
void zub_units_init(zub_units *units, const zub_view *view,
                    const zub_document *document);
void zub_units_release(zub_units *units);

/* False after the last, and when view->out has failed. */
bool zub_units_next(zub_units *units, zub_unit_row *row);

#endif
