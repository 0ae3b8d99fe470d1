/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* analyzer.h - what the floors above ask of a zub_analyzer. */
#ifndef ZUB_TERMS_ANALYZER_H
#define ZUB_TERMS_ANALYZER_H

#include "zubda.h"
#include "base/file.h"
#include "terms/lexicon.h"
#include "terms/tally.h"
#include "text/language.h"
#include "text/segments.h"

/* Languages that are kept open. */
#define ZUB_MOST_LEXICONS 16u

struct zub_analyzer {
    const zub_models *models; /* borrowed; may be NULL */
    zub_term_rules rules;
    zub_file lexicon_file;    /* the user's, if one is named */
    zub_frequencies attested; /* in it */
    char lang[12];            /* "" to ask each record */
    zub_identifier *identifier;
    zub_folder *folder;
    zub_segmenter *segmenter;
    zub_tally *tally;
    zub_lexicon *lexicons[ZUB_MOST_LEXICONS]; /* last used first */
    size_t lexicon_count;
};

/* The language of a record: the analyzer's, else the record's own, else the
 * one its text is in. ZUB_EFORMAT: the language model is damaged. */
zub_status zub_analyzer_language(zub_analyzer *analyzer, char lang[12],
                                 const zub_record *record, zub_error *error);

/* The lexicon of a language; good until the next call. */
zub_status zub_analyzer_lexicon(zub_analyzer *analyzer, zub_lexicon **out,
                                const char *lang, zub_error *error);

#endif
