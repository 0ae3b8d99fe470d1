/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* corpus.h - what only tests ask of a corpus. */
#ifndef ZUB_CORPUS_CORPUS_H
#define ZUB_CORPUS_CORPUS_H

#include "zubda.h"

/* Ask the kernel for at most so many bytes at once, from the next file on. */
void zub_corpus_set_step(zub_corpus *corpus, size_t bytes);

#endif
