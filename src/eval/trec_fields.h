/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_fields.h - lines of fields with blanks between, as the files of trec_eval
 * have them. */
#ifndef ZUB_EVAL_TREC_FIELDS_H
#define ZUB_EVAL_TREC_FIELDS_H

#include "zubda.h"

#define ZUB_TREC_FIELDS 6 /* of a line at most; what is behind is left out */

/* What is made of a line. ZUB_EMALFORMED: it is not as it should be. */
typedef zub_status zub_trec_take(void *context, const zub_slice *fields);

/* Each line of `bytes`, but for empty ones and those that begin with #.
 * ZUB_EMALFORMED: one with fewer fields, or that `take` refuses, with its
 * number, `path` and the `shape` that it should have; else what take returns. */
zub_status zub_trec_each_line(zub_slice bytes, const char *path,
                              const char *shape, size_t fields,
                              zub_trec_take *take, void *context,
                              zub_error *error);

/* [+-]digits[.digits][e[+-]digits], the whole of it. */
bool zub_trec_number(double *out, zub_slice text);

#endif
