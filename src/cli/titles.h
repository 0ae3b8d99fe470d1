/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* titles.h - what a few articles are called, for people: a state knows ids
 * alone, so the files are read once more, up to the last of them. */
#ifndef ZUB_CLI_TITLES_H
#define ZUB_CLI_TITLES_H

#include "cli/common.h"

/* Zeroed is closed. */
typedef struct zub_titles {
    char **names; /* [count], yours through zub_titles_of; NULL: none known */
    size_t count;
} zub_titles;

/* Of the articles with these ids, the first of each. What cannot be read, such
 * as standard input, which was, has no titles: that is no failure.
 * ZUB_ENOMEM. */
zub_status zub_titles_read(zub_titles *out, const zub_common *common,
                           const char *const *operands, size_t operand_count,
                           const zub_slice *ids, size_t count);
/* Empty: not known. */
zub_slice zub_titles_of(const zub_titles *titles, size_t i);
/* Closed is fine. */
void zub_titles_close(zub_titles *titles);

#endif
