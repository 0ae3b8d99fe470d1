/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* corpus.h - what only the driver and the tests ask of a corpus. */
#ifndef ZUB_CORPUS_CORPUS_H
#define ZUB_CORPUS_CORPUS_H

#include "zubda.h"

/* zub_corpus_next that may make the record of *spare, which is NULL then. */
zub_status zub_corpus_read(zub_record **out, zub_corpus *corpus,
                           zub_record **spare, zub_error *error);

/* Will the next record come without waiting for a slow pipe or opening another
 * file? May say no when it would. */
bool zub_corpus_is_ready(zub_corpus *corpus);

/* Ask the kernel for at most so many bytes at once, from the next file on. */
void zub_corpus_set_step(zub_corpus *corpus, size_t bytes);

#endif
