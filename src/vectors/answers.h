/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* answers.h - the neighbours of every row: a batch of rows on all threads,
 * then handed over in order, then the next batch. */
#ifndef ZUB_VECTORS_ANSWERS_H
#define ZUB_VECTORS_ANSWERS_H

#include "base/heap.h"

#include "zubda.h"

/* What was found for a row. */
typedef struct zub_answer_row {
    zub_alike *items; /* [count] */
    size_t count;
} zub_answer_row;

/* A copy of what a heap has, sorted, with memory of zub_alloc. False without
 * memory. */
bool zub_answer_keep(zub_answer_row *out, zub_heap *best);

/* The same as an object of its own. ZUB_ENOMEM. */
zub_status zub_answer_give(zub_alikes **out, zub_heap *best, zub_error *error);

typedef struct zub_answering {
    void *context;
    size_t rows;
    unsigned threads;
    size_t piece; /* rows that a thread takes at a time */
    /* Into answers[count], of rows from `first` on, on thread `worker`. False:
     * memory is out. */
    bool (*find)(void *context, unsigned worker, size_t first, size_t count,
                 zub_answer_row *answers);
} zub_answering;

/* ZUB_ENOMEM, else what `take` returned. */
zub_status zub_answer_all(const zub_answering *how,
                          const zub_similar_taker *taker, zub_error *error);

#endif
