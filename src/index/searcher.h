/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* searcher.h - a zub_searcher and the steps from words to hits. */
#ifndef ZUB_INDEX_SEARCHER_H
#define ZUB_INDEX_SEARCHER_H

#include "index/gram_memo.h"
#include "index/gram_query.h"
#include "index/query.h"
#include "index/term_table.h"

#define ZUB_RESCORED 100u /* passages that are ordered by grams too */

struct zub_searcher {
    const zub_index *index; /* borrowed */
    zub_analyzer *analyzer;
    zub_wording *wording;
    zub_gram_maker maker;
    zub_gram_memo memo;
    char lang[12];   /* of nine articles in ten, or "" */
    char common[12]; /* of most articles */
    uint32_t *words; /* scratch: a passage's */
    size_t word_capacity;
    uint32_t *stretch; /* [stretch_size] scratch: those of several */
    size_t stretch_size, stretch_capacity;
};

/* A passage on its way to becoming a hit. */
typedef struct zub_candidate {
    uint32_t volume, passage;
    uint32_t article;    /* of the volume */
    double words, grams; /* BM25 of both */
    double score;
    double share; /* of its grams that the text has */
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
    zub_query query;
    bool is_text; /* a text to be like, not a query */
    zub_exclusion excluded;
    zub_wanted *wanted; /* [wanted_count] */
    uint64_t *dfs;      /* the same */
    uint32_t *terms;    /* [wanted_count], of `query` */
    size_t wanted_count;
    zub_gram_query grams;
    zub_term_table table;
    zub_candidate *found; /* [found_count], best first */
    size_t found_count;
} zub_asking;

/* The words of a passage of volume `number`, in searcher->words. ZUB_EFORMAT, in words. */
zub_status zub_searcher_words(zub_searcher *searcher, uint32_t number,
                              uint32_t passage, size_t *count,
                              zub_error *error);
/* The words of passages [first, end) of an article in a row, the title's once,
 * in searcher->stretch, and their grams in searcher->maker. ZUB_EFORMAT, in
 * words. */
zub_status zub_searcher_stretch(zub_searcher *searcher, uint32_t number,
                                uint32_t first, uint32_t end, uint32_t article,
                                zub_error *error);

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
