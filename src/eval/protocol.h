/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* protocol.h - what a word is and how scores are made of it: a row each. A
 * figure means nothing without the name of its row. */
#ifndef ZUB_EVAL_PROTOCOL_H
#define ZUB_EVAL_PROTOCOL_H

#include "zubda.h"

typedef enum zub_fold_kind {
    ZUB_FOLD_NONE,  /* as it stands */
    ZUB_FOLD_ASCII, /* A-Z to a-z */
    ZUB_FOLD_NORM,  /* NFKC, case, Arabic letters */
    ZUB_FOLD_STEM   /* the same, then the analyzer's stem */
} zub_fold_kind;

typedef struct zub_protocol {
    const char *name, *about;
    bool (*next)(zub_slice text, size_t *at, zub_slice *token);
    zub_fold_kind fold;
    zub_several several; /* when nothing is asked */
    /* What ROUGE-1.5.5 does otherwise than its paper says: the last word is
     * no unit of SU; weights of W are raised twice; P and R are rounded to
     * five places before F is made of them; a line is a sentence. */
    bool is_155;
} zub_protocol;

/* NULL: the default. NULL when there is no such protocol. */
const zub_protocol *zub_protocol_find(const char *name);

#endif
