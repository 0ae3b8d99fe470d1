/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* words.h - which words may say what a topic is about, or be shown for it. */
#ifndef ZUB_TOPICS_WORDS_H
#define ZUB_TOPICS_WORDS_H

#include "zubda.h"

/* Letters and their marks, with apostrophes, hyphens and joiners between, and
 * at least two letters or an ideograph: no number, no address, no initial. */
bool zub_is_subject_word(zub_slice word);

/* Letters among the characters of a text that are no space, 0 to 1: where they
 * are few it is a table, a signature, a line of marks. */
double zub_letter_share(zub_slice text);

#endif
