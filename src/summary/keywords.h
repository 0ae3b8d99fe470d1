/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keywords.h - the words and phrases that carry an article, as they stand in
 * it. */
#ifndef ZUB_SUMMARY_KEYWORDS_H
#define ZUB_SUMMARY_KEYWORDS_H

#include "base/arena.h"
#include "summary/article.h"
#include "terms/lexicon.h"

/* At most `most` keywords, best first, their text copied into `arena`. A
 * keyword is one to three terms that stand side by side; see keywords.c for
 * its score. `lexicon` is that of the document's language. Linear in the words,
 * and in candidates times `most`. ZUB_ENOMEM. */
zub_status zub_keywords_find(const zub_keyword **out, size_t *count,
                             const zub_article *article, zub_lexicon *lexicon,
                             size_t most, zub_arena *arena);

/* Those of more than one word, at most `most`. ZUB_ENOMEM. */
zub_status zub_phrases_pick(const zub_slice **out, size_t *count,
                            const zub_keyword *keywords, size_t keyword_count,
                            size_t most, zub_arena *arena);

#endif
