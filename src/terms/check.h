/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* check.h - is a .zub file of any kind what it should be, byte for byte? */
#ifndef ZUB_TERMS_CHECK_H
#define ZUB_TERMS_CHECK_H

#include "zubda.h"

typedef struct zub_file_report {
    char kind[16];   /* "language", "lexicon", "background", "state" */
    char holds[160]; /* "120 articles, 3417 terms, 60211 words" */
} zub_file_report;

/* Opens the file as its own kind is opened, with every checksum and every
 * invariant, and says what it holds. ZUB_ENOTFOUND, ZUB_EIO; ZUB_EFORMAT:
 * damaged, or of no kind we have; ZUB_EVERSION; ZUB_ENOMEM. *out is empty on
 * failure, but for a kind that could be read. */
zub_status zub_check_file(zub_file_report *out, const char *path,
                          zub_error *error);

#endif
