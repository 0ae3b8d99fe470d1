/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* explain.h - one weight of a matrix, found by what a reader writes. */
#ifndef ZUB_CLI_EXPLAIN_H
#define ZUB_CLI_EXPLAIN_H

#include "zubda.h"

typedef struct zub_explain {
    zub_matrix *matrix;
    const zub_state *state; /* that its columns are of */
    const zub_models *models;
    const zub_analyzer_options *words; /* NULL: a state speaks for itself */
    const zub_count_options *count;
    const char *article, *term;
    zub_format format;
} zub_explain;

/* A term is tried as a form that was met, then by the rules of counting, then
 * as it stands. ZUB_ENOTFOUND: no such article, no such term in it. Else errors
 * of zub_render_weight. */
zub_status zub_explain_write(const zub_explain *why, zub_sink sink,
                             zub_error *error);

#endif
