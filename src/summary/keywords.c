/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keywords.c - see keywords.h.
 *
 * Candidates are runs of one to three terms with nothing but a space between
 * them, the longer ones only if they occur twice and each part does: most runs
 * never enter the map. A candidate scores
 *
 *     count * (words ^ 0.7) * (1 + 1 / (1 + s)) * (1.5 if the title has it)
 *           * rarity
 *
 * with s the sentence of its first occurrence. Rarity is 1 for a term that the
 * language at large does not have, and falls to 0 as it is found in every
 * document; that of a phrase is the mean of its terms', and without a
 * background it is 1 for all. The best are taken in turn, passing over one
 * whose occurrences lie mostly inside those of a longer one taken, that holds a
 * shorter one taken without adding half its weight, or that begins where
 * another ends. Numbers and single letters are no keywords by themselves.
 */
#include "summary/keywords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "terms/proclitic.h"

#define LONGEST 3u /* terms in a phrase */
/* Phrases are looked for in so many words from the start: of a book, enough to
 * know its subject, and a bound on memory. */
#define MOST_RUN_WORDS (1u << 18)

typedef struct candidate {
    uint32_t terms[LONGEST];
    uint32_t size; /* terms */
    uint32_t count;
    uint32_t first; /* word at which it is first met */
    double score;
} candidate;

/* The first candidates are the document's terms, in their order. */
typedef struct candidate_pool {
    const zub_article *article;
    zub_map runs; /* ids of 2 terms or more as bytes: places behind those */
    candidate *candidates;
    size_t count, capacity;
} candidate_pool;

static bool is_joined(const zub_document *document, size_t w)
{
    const zub_word *left = &document->words[w], *right = left + 1;
    size_t gap = right->span.start - left->span.end;

    return left->sentence == right->sentence &&
           (gap == 0 ||
            (gap == 1 && document->text.data[left->span.end] == ' '));
}

static candidate *add_candidate(candidate_pool *pool, size_t w, uint32_t size)
{
    const uint32_t *terms = pool->article->document->word_terms + w;

    if (!zub_grow(&pool->candidates, &pool->capacity, pool->count + 1,
                  sizeof *pool->candidates))
        return NULL;
    candidate *fresh = &pool->candidates[pool->count++];
    *fresh = (candidate){.size = size, .first = (uint32_t)w};
    memcpy(fresh->terms, terms, size * sizeof *terms);
    return fresh;
}

static zub_status collect_terms(candidate_pool *pool)
{
    const zub_document *document = pool->article->document;

    for (size_t w = 0; w < document->word_count; w++) {
        uint32_t term = document->word_terms[w];
        if (term != pool->count)
            continue; /* a stop word, or met before */
        candidate *met = add_candidate(pool, w, 1);
        if (!met)
            return ZUB_ENOMEM;
        met->count = document->terms[term].count;
    }
    return ZUB_OK;
}

/* The candidate of words [w, w + size), added when it is new; NULL without
 * memory. */
static candidate *find_run(candidate_pool *pool, size_t w, uint32_t size)
{
    const zub_document *document = pool->article->document;
    const uint32_t *terms = document->word_terms + w;
    zub_slice key = {(const char *)terms, size * sizeof *terms};
    uint32_t id = zub_map_add(&pool->runs, key);

    if (id == ZUB_MAP_NONE)
        return NULL;
    size_t place = document->term_count + id;
    return place < pool->count ? &pool->candidates[place]
                               : add_candidate(pool, w, size);
}

/* How many terms may be joined from word w on: each must occur twice. */
static uint32_t run_length(const zub_document *document, size_t w)
{
    uint32_t size = 0;

    while (size < LONGEST && w + size < document->word_count) {
        uint32_t term = document->word_terms[w + size];
        if (term == ZUB_NO_TERM || document->terms[term].count < 2)
            break;
        if (size > 0 && !is_joined(document, w + size - 1))
            break;
        size++;
    }
    return size;
}

static zub_status collect_runs(candidate_pool *pool)
{
    const zub_document *document = pool->article->document;
    size_t words = document->word_count;

    if (words > MOST_RUN_WORDS)
        words = MOST_RUN_WORDS;
    for (size_t w = 0; w < words; w++) {
        uint32_t longest = run_length(document, w);
        for (uint32_t size = 2; size <= longest; size++) {
            candidate *met = find_run(pool, w, size);
            if (!met)
                return ZUB_ENOMEM;
            met->count++;
        }
    }
    return ZUB_OK;
}

/* ---- Scores ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A key is folded: digits of every script are ASCII there. */
static bool is_number_or_letter(zub_slice key)
{
    bool has_digit = false;

    for (size_t i = 0; i < key.size; i++)
        has_digit |= is_digit(key.data[i]);
    if (has_digit)
        return is_digit(key.data[0]);
    return zub_utf8_count(key, NULL) < 2 && (unsigned char)key.data[0] < 0xE0;
}

static bool says_a_term_twice(const candidate *met)
{
    for (uint32_t i = 1; i < met->size; i++)
        if (met->terms[i] == met->terms[i - 1])
            return true;
    return false;
}

static bool is_keyword(const candidate *met, const zub_document *document)
{
    if (met->size > 1 && (met->count < 2 || says_a_term_twice(met)))
        return false;
    size_t poor = 0;
    for (uint32_t i = 0; i < met->size; i++)
        poor += is_number_or_letter(document->terms[met->terms[i]].key);
    return met->size > 1 ? poor == 0 || met->size - poor > poor : poor == 0;
}

/* 0 to 1. The inverse document frequency, in parts of the largest. */
static double rarity_of(const candidate *met, const zub_article *article)
{
    const zub_background *background = &article->background;
    double sum = 0;

    if (zub_background_is_empty(background))
        return 1;
    for (uint32_t i = 0; i < met->size; i++)
        sum += zub_background_idf(background,
                                  article->document->terms[met->terms[i]].key);
    double mean = sum / met->size,
           largest = zub_background_most_idf(background);
    return mean > 0 ? mean / largest : 0;
}

static double score_of(const candidate *met, const zub_article *article)
{
    const zub_document *document = article->document;
    double sentence = document->words[met->first].sentence;
    double score = met->count * pow(met->size, 0.7) * (1 + 1 / (1 + sentence));
    bool in_title = article->title != NULL;

    score *= rarity_of(met, article);
    for (uint32_t i = 0; in_title && i < met->size; i++)
        in_title = article->title[met->terms[i]] > 0;
    return in_title ? score * 1.5 : score;
}

static int by_score(const void *a, const void *b)
{
    const candidate *left = a, *right = b;

    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return left->size > right->size ? -1 : left->size < right->size;
}

static void rank(candidate_pool *pool)
{
    size_t kept = 0;

    for (size_t c = 0; c < pool->count; c++) {
        candidate met = pool->candidates[c];
        if (!is_keyword(&met, pool->article->document))
            continue;
        met.score = score_of(&met, pool->article);
        pool->candidates[kept++] = met;
    }
    pool->count = kept;
    if (kept)
        qsort(pool->candidates, kept, sizeof *pool->candidates, by_score);
}

/* ---- Choosing ---- */

static bool is_inside(const candidate *part, const candidate *whole)
{
    for (uint32_t at = 0; at + part->size <= whole->size; at++)
        if (memcmp(part->terms, whole->terms + at,
                   part->size * sizeof *part->terms) == 0)
            return true;
    return false;
}

/* Whether one ends in the two terms that the other begins with: pieces of a
 * phrase longer than those we look for. */
static bool is_continued(const candidate *left, const candidate *right)
{
    return left->size > 2 && right->size > 2 &&
           memcmp(left->terms + left->size - 2, right->terms,
                  2 * sizeof *left->terms) == 0;
}

/* Whether `next` says too little that `taken` has not said. */
static bool is_said(const candidate *next, const candidate *taken)
{
    if (is_continued(next, taken) || is_continued(taken, next))
        return next->count < 2 * taken->count;
    if (next->size <= taken->size)
        return is_inside(next, taken) && next->count < 2 * taken->count;
    return is_inside(taken, next) && next->count * 2 < taken->count;
}

static bool is_new(const candidate *next, const candidate *const *taken,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_said(next, taken[i]))
            return false;
    return true;
}

/* A longer candidate displaces the part of itself that was taken before it. */
static size_t drop_parts(const candidate **taken, size_t count,
                         const candidate *whole)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (taken[i]->size >= whole->size || !is_inside(taken[i], whole) ||
            taken[i]->count >= 2 * whole->count)
            taken[kept++] = taken[i];
    return kept;
}

static size_t choose(const candidate **taken, const candidate_pool *pool,
                     size_t most)
{
    size_t count = 0;

    for (size_t c = 0; c < pool->count && count < most; c++) {
        const candidate *next = &pool->candidates[c];
        if (!is_new(next, taken, count))
            continue;
        count = drop_parts(taken, count, next);
        taken[count++] = next;
    }
    return count;
}

/* ---- Showing ---- */

static zub_slice slice_of(const zub_document *document, size_t first,
                          size_t last)
{
    size_t start = document->words[first].span.start;
    size_t end = document->words[last].span.end;

    return (zub_slice){document->text.data + start, end - start};
}

static zub_slice surface_of(const candidate *met, const zub_document *document)
{
    if (met->size == 1)
        return document->terms[met->terms[0]].surface;
    return slice_of(document, met->first, met->first + met->size - 1);
}

/* Without what is written onto the front of its first word. */
static zub_status show(zub_keyword *out, const candidate *met,
                       const zub_document *document, zub_lexicon *lexicon,
                       zub_arena *arena)
{
    zub_slice first = slice_of(document, met->first, met->first);
    zub_slice shown = surface_of(met, document);
    size_t before_first, before_shown;
    zub_status status = zub_proclitic_size(&before_first, lexicon, first);

    if (status == ZUB_OK)
        status = zub_proclitic_size(&before_shown, lexicon,
                                    met->size == 1 ? shown : first);
    if (status != ZUB_OK)
        return status;
    *out = (zub_keyword){
        .term = zub_arena_copy(arena, (zub_slice){shown.data + before_shown,
                                                  shown.size - before_shown}),
        .score = met->score,
        .count = met->count,
        .start = document->words[met->first].span.start + before_first,
    };
    return out->term.data ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status publish(zub_key_terms *out, const candidate *const *taken,
                          size_t count, const zub_document *document,
                          zub_lexicon *lexicon, zub_arena *arena)
{
    zub_keyword *keywords = zub_arena_alloc(arena, count, sizeof *keywords);
    zub_slice *phrases = zub_arena_alloc(arena, count, sizeof *phrases);
    zub_status status = keywords && phrases ? ZUB_OK : ZUB_ENOMEM;
    size_t phrase_count = 0;

    for (size_t i = 0; status == ZUB_OK && i < count; i++) {
        status = show(&keywords[i], taken[i], document, lexicon, arena);
        if (taken[i]->size > 1)
            phrases[phrase_count++] = keywords[i].term;
    }
    if (status == ZUB_OK)
        *out = (zub_key_terms){keywords, count, phrases, phrase_count};
    return status;
}

static zub_status find(zub_key_terms *out, candidate_pool *pool,
                       zub_lexicon *lexicon, size_t most, zub_arena *arena)
{
    zub_status status = collect_terms(pool);

    if (status == ZUB_OK)
        status = collect_runs(pool);
    if (status != ZUB_OK)
        return status;
    rank(pool);
    if (most > pool->count)
        most = pool->count;
    const candidate **taken = zub_alloc(most, sizeof *taken);
    if (!taken)
        return ZUB_ENOMEM;
    size_t count = choose(taken, pool, most);
    status =
        publish(out, taken, count, pool->article->document, lexicon, arena);
    zub_free(taken);
    return status;
}

zub_status zub_key_terms_find(zub_key_terms *out, const zub_article *article,
                              zub_lexicon *lexicon, size_t most,
                              zub_arena *arena)
{
    candidate_pool pool = {.article = article};

    *out = (zub_key_terms){0};
    zub_map_init(&pool.runs);
    zub_status status = find(out, &pool, lexicon, most, arena);
    zub_map_release(&pool.runs);
    zub_free(pool.candidates);
    return status;
}
