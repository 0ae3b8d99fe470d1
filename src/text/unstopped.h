/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* unstopped.h - sentences that end without a stop, in languages where they
 * may. */
#ifndef ZUB_TEXT_UNSTOPPED_H
#define ZUB_TEXT_UNSTOPPED_H

#include <unicode/utypes.h>

#include "text/sentence_rules.h"

/* Does the sentence that begins at text[start] end at the space text[at]
 * without any stop? */
bool zub_ends_without_stop(const zub_sentence_rules *rules, const UChar *text,
                           size_t size, size_t start, size_t at);

#endif
