/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* arabic.h - what help says in short, in Arabic: a row for each thing that the
 * tables of commands and options say in English. */
#ifndef ZUB_CLI_ARABIC_H
#define ZUB_CLI_ARABIC_H

#include <stddef.h>

/* NULL: there is no such row, and the English stands. */
const char *zub_arabic(const char *english);
/* The English of row i; NULL after the last. */
const char *zub_arabic_english(size_t i);

#endif
