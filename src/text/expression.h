/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* expression.h - a regular expression of ICU over a text in UTF-8. */
#ifndef ZUB_TEXT_EXPRESSION_H
#define ZUB_TEXT_EXPRESSION_H

#include "zubda.h"

/* One thread. */
typedef struct zub_expression zub_expression;

/* ZUB_EINVAL: ICU cannot read it, with the reason and the character; or it
 * matches the empty text, so that it would be found everywhere. ZUB_ELIMIT:
 * 2^30 bytes or more. ZUB_ENOMEM. */
zub_status zub_expression_new(zub_expression **out, zub_slice pattern,
                              zub_error *error);
void zub_expression_free(zub_expression *expression);

/* Begin with a text, borrowed until the next one, which may take `steps` of
 * backtracking; they are counted, not timed, so that an answer does not depend
 * on the machine. Cost: a copy in UTF-16. ZUB_ELIMIT: 2^30 bytes or more.
 * ZUB_ENOMEM. */
zub_status zub_expression_begin(zub_expression *expression, zub_slice text,
                                uint64_t steps, zub_error *error);

/* The next match that is not empty, bytes [*start, *end) of the text; *start
 * == *end: there is none. Matches do not overlap. ZUB_ELIMIT: more steps, or
 * more memory, than it may take. ZUB_ENOMEM. */
zub_status zub_expression_next(zub_expression *expression, size_t *start,
                               size_t *end, zub_error *error);

#endif
