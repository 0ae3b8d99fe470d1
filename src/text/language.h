/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language.h - which language a text is in. */
#ifndef ZUB_TEXT_LANGUAGE_H
#define ZUB_TEXT_LANGUAGE_H

#include "zubda.h"

/* Tables read in place from models/language.zub; without them only scripts
 * speak (Arabic script: ar; Hangul: ko; Latin: und). Immutable but for
 * glances: else any number of threads. */
typedef struct zub_identifier zub_identifier;

/* `models` may be NULL and must live longer. ZUB_EFORMAT, ZUB_EVERSION: the
 * table is damaged or of another version. */
zub_status zub_identifier_open(zub_identifier **out, const zub_models *models,
                               zub_error *error);
/* The same from the bytes of such a file, borrowed; `path` is for messages.
 * No bytes: no tables. */
zub_status zub_identifier_from(zub_identifier **out, zub_slice bytes,
                               const char *path, zub_error *error);
void zub_identifier_free(zub_identifier *identifier);

/* Looks at the first 64 KiB. "und", 0 when there is no letter. Never fails. */
void zub_identifier_guess(const zub_identifier *identifier, zub_slice text,
                          zub_guess *out);

/* The same for an article, of which it reads no more than the decision needs:
 * 96 bytes, then half as much again, and so on up to 2 KiB, each to a word's
 * end, until one script and one language in it are far ahead: 80 % of the
 * letters, and odds of 8,000 to 1. scripts/measure-glance counts how seldom
 * the answer differs from that on all of the 2 KiB. What words say is
 * remembered in the identifier: one thread at a time. */
void zub_identifier_glance(const zub_identifier *identifier, zub_slice text,
                           zub_guess *out);

/* A BCP 47 tag as we keep it: lower-case language with its script or region
 * where ours differ ("zh", "pt", "sr-latn"); at most 11 bytes. False when it
 * is not a language tag. */
bool zub_language_tag(char out[12], zub_slice tag);

#endif
