/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keywords.h - the words and phrases that carry an article, as they stand in
 * it. */
#ifndef ZUB_SUMMARY_KEYWORDS_H
#define ZUB_SUMMARY_KEYWORDS_H

#include "base/arena.h"
#include "summary/article.h"
#include "terms/lexicon.h"

typedef struct zub_key_terms {
    const zub_keyword *keywords; /* [keyword_count], best first */
    size_t keyword_count;
    const zub_slice *phrases; /* [phrase_count]: those of several words */
    size_t phrase_count;
} zub_key_terms;

/* At most `most` keywords, their text copied into `arena`. A keyword is one to
 * three terms that stand side by side; see keywords.c for its score. `lexicon`
 * is that of the document's language. Linear in the words, and in candidates
 * times `most`. ZUB_ENOMEM; on failure *out is empty. */
zub_status zub_key_terms_find(zub_key_terms *out, const zub_article *article,
                              zub_lexicon *lexicon, size_t most,
                              zub_arena *arena);

#endif
