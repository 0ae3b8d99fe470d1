/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* expansion.h - `-o *.txt`: whether the file to be written and those to be
 * read are what a shell made of one pattern, and the first an article. */
#ifndef ZUB_CLI_EXPANSION_H
#define ZUB_CLI_EXPANSION_H

#include "zubda.h"

/* ZUB_EINVAL: `output` has bytes, it is of one folder with all `inputs`, comes
 * before them, they are all files that some PREFIX*SUFFIX means, and it does
 * not look like what an earlier run wrote. Costs nothing where there is no such
 * file; else the names in its folder and, of prose, 1 MiB of each of the first
 * 64 inputs. */
zub_status zub_expansion_check(const char *output, const char *const *inputs,
                               size_t count, zub_error *error);

#endif
