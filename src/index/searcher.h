/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* searcher.h - a zub_searcher and the steps from words to hits. */
#ifndef ZUB_INDEX_SEARCHER_H
#define ZUB_INDEX_SEARCHER_H

#include "base/map.h"
#include "index/census.h"
#include "index/gram_memo.h"
#include "index/gram_query.h"
#include "index/query.h"
#include "index/reduced.h"
#include "index/required.h"
#include "index/term_table.h"

#define ZUB_RESCORED 100u /* passages that are ordered by grams too */

struct zub_searcher {
    const zub_index *index; /* borrowed */
    zub_analyzer *analyzer;
    zub_wording *wording;
    zub_gram_maker maker;
    zub_gram_memo memo;
    zub_census *census;
    zub_reduced *reduced; /* or NULL */
    uint32_t *words;      /* scratch: a passage's */
    size_t word_capacity;
    uint32_t *stretch; /* [stretch_size] scratch: those of several */
    size_t stretch_size, stretch_capacity;
};

/* The languages that a question is read in, at most: an analyzer keeps as many
 * open. */
#define ZUB_READINGS 16u

typedef struct zub_reading_term {
    uint32_t wanted; /* of asking->wanted */
    double weight;
} zub_reading_term;

/* The question as articles of one language have its words. */
typedef struct zub_reading {
    zub_query query;
    zub_reading_term *terms; /* [term_count] that passages of it score by */
    size_t term_count, term_capacity;
    double weight; /* of all of them */
    zub_gram_query grams;
} zub_reading;

/* What is told of a term that scores. */
typedef struct zub_asked_term {
    zub_slice folded; /* as it was asked for */
    uint64_t df;      /* passages */
    double count;     /* in the question; of what was added 0 */
    double expected;  /* of a likelihood: mu times its share of all words */
    bool is_added;
} zub_asked_term;

/* A passage on its way to becoming a hit. */
typedef struct zub_candidate {
    uint32_t volume, passage;
    uint32_t article; /* of the volume */
    double words, grams;
    double latent;
    double score;
    uint32_t reading; /* whose terms its words are scored by */
    bool is_rescored; /* words and grams are those of its stretch */
    double share;     /* of its grams that the text has */
} zub_candidate;

/* What is left out. */
typedef struct zub_exclusion {
    bool is_there;
    uint32_t volume, first, end; /* passages */
} zub_exclusion;

/* One question while it is answered. */
typedef struct zub_asking {
    zub_searcher *searcher;
    const zub_search_options *options;
    /* [reading_count] the first in the language that the question is in */
    zub_reading readings[ZUB_READINGS];
    size_t reading_count;
    bool is_text; /* a text to be like, not a query */
    zub_exclusion excluded;
    zub_required required; /* by conditions of any reading */
    zub_wanted *wanted;    /* [wanted_count] the terms of all readings */
    zub_asked_term *terms; /* the same */
    size_t wanted_count, wanted_capacity, term_capacity;
    zub_map seen;    /* [wanted_count] their names */
    zub_arena arena; /* of names that the index gave */
    bool is_expanded;
    zub_term_table table;
    zub_candidate *found; /* [found_count], best first */
    size_t found_count;
} zub_asking;

/* A status of what a volume was asked, ZUB_EFORMAT or ZUB_ENOMEM, put into
 * words. */
zub_status zub_searcher_failed(const zub_volume *volume, zub_status status,
                               zub_error *error);

/* The words of a passage of volume `number`, in searcher->words. ZUB_EFORMAT,
 * in words. */
zub_status zub_searcher_words(zub_searcher *searcher, uint32_t number,
                              uint32_t passage, size_t *count,
                              zub_error *error);
/* The words of passages [first, end) of an article in a row, the title's once,
 * in searcher->stretch, and their grams in searcher->maker. ZUB_EFORMAT, in
 * words. */
zub_status zub_searcher_stretch(zub_searcher *searcher, uint32_t number,
                                uint32_t first, uint32_t end, uint32_t article,
                                zub_error *error);

/* Reads a text in the language it is in, or in the one that the options say;
 * and where the index has articles in others, in theirs. ZUB_EINVAL: no such
 * language. ZUB_ENOMEM, errors of models. */
zub_status zub_asking_read(zub_asking *asking, zub_slice text,
                           zub_error *error);
/* The terms of all readings that any passage has, with their weights.
 * ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_asking_weigh(zub_asking *asking, zub_error *error);
/* How much a term of so many passages says among those of a language.
 * ZUB_EFORMAT, in words. */
zub_status zub_asking_idf(const zub_asking *asking, const char *lang,
                          zub_slice term, uint64_t df, double *idf,
                          zub_error *error);
/* A term of a passage that answers, for passages in its language: adds `count`
 * of it to the question, as often as it is there already. It stays what it is,
 * in asking->arena. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_asking_add(zub_asking *asking, zub_reading *reading,
                          zub_slice term, zub_slice folded, double count,
                          zub_error *error);
/* The grams of all readings. The same. */
zub_status zub_asking_weigh_grams(zub_asking *asking, zub_error *error);
/* That of an article's language, or the first; of an article that is there. */
zub_reading *zub_asking_reading(zub_asking *asking, const zub_volume *volume,
                                uint32_t article);
void zub_asking_release_readings(zub_asking *asking);

/* The query is an article of the index, or one of its passages, which is left
 * out from then on. ZUB_ENOTFOUND. ZUB_EFORMAT, in words. ZUB_ENOMEM. */
zub_status zub_asking_read_own(zub_asking *asking, zub_slice id,
                               uint32_t passage, zub_error *error);

/* The best passages for asking->wanted into asking->found: `wanted` or more,
 * where there are so many. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_asking_find(zub_asking *asking, size_t wanted,
                           zub_error *error);

/* All candidates by likelihood, the best `depth` into asking->found, best
 * first; equals as zub_rank has them. *is_all: there are no more. Costs a look
 * at every posting of every term. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_asking_find_likely(zub_asking *asking, size_t depth,
                                  bool *is_all, zub_error *error);
/* Adds to the question what its best candidates, asking->found, are about.
 * The same. */
zub_status zub_asking_expand(zub_asking *asking, zub_error *error);
/* Puts the passages nearest to the question in few dimensions behind the first
 * *count candidates, which grow by them, and sets what is latent of those all.
 * The same. */
zub_status zub_asking_find_latent(zub_asking *asking, size_t *count,
                                  zub_error *error);
/* Passages [*first, *end) that a candidate is scored by: itself, or where
 * articles are asked for its neighbours too, for an answer may begin in one
 * passage and end in the next. ZUB_EFORMAT, in words. */
zub_status zub_asking_stretch(const zub_asking *asking,
                              const zub_candidate *at, uint32_t *first,
                              uint32_t *end, zub_error *error);

/* Whether candidates are ordered by grams too: an index without positions has
 * none to order by. */
static inline bool zub_asking_has_grams(const zub_asking *asking)
{
    return !asking->options->without_grams &&
           !asking->searcher->index->manifest.rules.without_positions;
}

/* Conditions of the query, for zub_rank; `context` is a zub_asking. */
zub_status zub_asking_filter(void *context, uint32_t volume, uint32_t passage,
                             bool *is_fine);

/* Of asking->found those stay, `count` at most, that are no more alike to the
 * text and to each other than the options allow. ZUB_EFORMAT, in words;
 * ZUB_ENOMEM. */
zub_status zub_asking_set_aside(zub_asking *asking, size_t count,
                                zub_error *error);

/* asking->found as hits. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_hits_make(zub_hits **out, zub_asking *asking, zub_error *error);

#endif
