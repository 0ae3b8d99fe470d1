/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* measures.h - a list of names with commas between, each one that is known. */
#ifndef ZUB_CLI_MEASURES_H
#define ZUB_CLI_MEASURES_H

#include "zubda.h"

#define ZUB_MOST_MEASURES 32u

/* Zeroed is empty. */
typedef struct zub_measures {
    const char *names[ZUB_MOST_MEASURES]; /* [count], as name_at has them */
    size_t count;
} zub_measures;

/* `find` gives what name_at calls that name, or NULL. One that stands twice
 * counts once. ZUB_EINVAL: no such name, with the nearest. */
zub_status zub_measures_read(zub_measures *out, const char *list,
                             const char *(*find)(const char *name),
                             const char *(*name_at)(size_t i),
                             zub_error *error);

#endif
