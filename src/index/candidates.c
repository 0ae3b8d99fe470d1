/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* candidates.c - the passages that may answer: found by the ranker, the first
 * hundred put in the order of words and grams together. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/scoring.h"

/* An article of many passages may take many places of the best: then more are
 * asked for, until there are enough articles. */
#define DEEPER 4u

static zub_status take_candidates(zub_asking *asking,
                                  const zub_ranking *ranking, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;

    zub_free(asking->found);
    asking->found_count = 0;
    asking->found = zub_alloc(ranking->size + 1, sizeof *asking->found);
    if (!asking->found)
        return zub_fail_memory(error);
    for (size_t i = 0; i < ranking->size; i++) {
        const zub_ranked *from = &ranking->items[i];
        const zub_volume *volume = shelf->items[from->volume].volume;
        zub_candidate *to = &asking->found[asking->found_count++];
        *to = (zub_candidate){.volume = from->volume,
                              .passage = from->passage,
                              .words = from->score / ranking->scale};
        to->score = to->words;
        if (zub_volume_article_of(volume, from->passage, &to->article) !=
            ZUB_OK)
            return zub_volume_damaged(volume, error);
    }
    return ZUB_OK;
}

typedef struct range {
    double low, high;
} score_range;

static void widen(score_range *range, double value, bool is_first)
{
    range->low = is_first || value < range->low ? value : range->low;
    range->high = is_first || value > range->high ? value : range->high;
}

/* Where all are equal each of them is the best. */
static double scaled(score_range range, double value)
{
    double width = range.high - range.low;

    if (width > 0)
        return (value - range.low) / width;
    return value < range.low ? 0 : 1;
}

/* Words and grams, each from 0 to 1 among the first `count`, halved; what is
 * behind them has no grams, and stays behind them. */
static void fuse_grams(zub_asking *asking, size_t count)
{
    zub_candidate *found = asking->found;
    score_range words = {0}, grams = {0};

    for (size_t i = 0; i < count; i++) {
        widen(&words, found[i].words, i == 0);
        widen(&grams, found[i].grams, i == 0);
    }
    for (size_t i = 0; i < asking->found_count; i++)
        found[i].score = 0.5 * scaled(words, found[i].words) +
                         (i < count ? 0.5 * scaled(grams, found[i].grams) : 0);
}

/* That, or words alone, and what is latent, in the same way. */
static void fuse_latent(zub_asking *asking, size_t count)
{
    zub_candidate *found = asking->found;
    score_range words = {0}, latent = {0};

    for (size_t i = 0; i < count; i++) {
        widen(&words, found[i].score, i == 0);
        widen(&latent, found[i].latent, i == 0);
    }
    for (size_t i = 0; i < asking->found_count; i++)
        found[i].score =
            0.5 * scaled(words, found[i].score) +
            (i < count ? 0.5 * scaled(latent, found[i].latent) : 0);
}

static void fuse(zub_asking *asking, size_t count)
{
    for (size_t i = 0; i < count; i++)
        asking->found[i].score = asking->found[i].words;
    if (zub_asking_has_grams(asking))
        fuse_grams(asking, count);
    if (asking->searcher->reduced)
        fuse_latent(asking, count);
}

/* Best first; equals stay as they stood. Insertion: they are a hundred. */
static void sort_candidates(zub_candidate *found, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        zub_candidate moved = found[i];
        size_t at = i;
        for (; at > 0 && found[at - 1].score < moved.score; at--)
            found[at] = found[at - 1];
        found[at] = moved;
    }
}

zub_status zub_asking_stretch(const zub_asking *asking,
                              const zub_candidate *at, uint32_t *first,
                              uint32_t *end, zub_error *error)
{
    const zub_volume *volume =
        asking->searcher->index->shelf.items[at->volume].volume;
    uint32_t all, last;

    *first = at->passage;
    *end = at->passage + 1;
    if (!asking->options->by_article || !at->is_rescored)
        return ZUB_OK;
    if (zub_volume_passages(volume, at->article, &all, &last) != ZUB_OK)
        return zub_volume_damaged(volume, error);
    *first -= *first > all;
    *end += *end < last;
    return ZUB_OK;
}

/* How often the stretch that the searcher has has each term. */
static zub_status count_words(zub_asking *asking, const zub_volume *volume)
{
    const zub_searcher *searcher = asking->searcher;
    zub_term_table *table = &asking->table;
    zub_status status = zub_term_table_choose(table, volume, asking->wanted,
                                              asking->wanted_count);

    for (size_t i = 0; i < searcher->stretch_size && status == ZUB_OK; i++) {
        uint32_t term, place = ZUB_NOT_WANTED;
        status = zub_volume_term_of(volume, searcher->stretch[i], &term);
        if (status == ZUB_OK)
            place = zub_term_table_find(table, term);
        if (place != ZUB_NOT_WANTED)
            table->counts[place]++;
    }
    return status;
}

/* What its terms are worth in a reading; 0: it has none of them. */
static double score_reading(const zub_asking *asking,
                            const zub_reading *reading)
{
    double norm =
        zub_score_norm(asking, (double)asking->searcher->stretch_size);
    double sum = 0;

    for (size_t t = 0; t < reading->term_count; t++) {
        uint32_t place = reading->terms[t].wanted;
        sum += zub_score_term(asking, &reading->terms[t],
                              asking->table.counts[place], norm);
    }
    return sum;
}

/* By the reading in its own language; but a word that it only has as another
 * language writes it counts as there. */
static zub_status score_words(zub_asking *asking, zub_candidate *at)
{
    const zub_volume *volume =
        asking->searcher->index->shelf.items[at->volume].volume;
    zub_status status = count_words(asking, volume);

    if (status != ZUB_OK)
        return status;
    at->words = score_reading(asking, &asking->readings[at->reading]);
    for (uint32_t r = 0; at->words <= 0 && r < asking->reading_count; r++) {
        at->words = score_reading(asking, &asking->readings[r]);
        at->reading = at->words > 0 ? r : at->reading;
    }
    at->words += zub_score_length(asking, &asking->readings[at->reading],
                                  (double)asking->searcher->stretch_size);
    if (asking->wanted_count > 0)
        memset(asking->table.counts, 0,
               asking->wanted_count * sizeof *asking->table.counts);
    return ZUB_OK;
}

/* Whether a passage's words are counted again: those of its neighbours are
 * new, and so is a passage that was not found by words; and in several languages
 * the ranker has mixed those of all. */
static bool counts_again(const zub_asking *asking)
{
    return asking->options->by_article || asking->reading_count > 1 ||
           asking->searcher->reduced;
}

static zub_status score(zub_asking *asking, zub_candidate *at,
                        zub_error *error)
{
    zub_searcher *searcher = asking->searcher;
    const zub_volume *volume = searcher->index->shelf.items[at->volume].volume;
    zub_reading *reading = zub_asking_reading(asking, volume, at->article);
    uint32_t first, end;

    at->is_rescored = true;
    at->reading = (uint32_t)(reading - asking->readings);
    zub_status status = zub_asking_stretch(asking, at, &first, &end, error);
    if (status == ZUB_OK)
        status = zub_searcher_stretch(searcher, at->volume, first, end,
                                      at->article, error);
    if (status != ZUB_OK)
        return status;
    if (zub_asking_has_grams(asking))
        at->grams = zub_gram_query_score(&reading->grams, &searcher->maker,
                                         &at->share);
    if (counts_again(asking))
        status = score_words(asking, at);
    return status == ZUB_OK ? status
                            : zub_searcher_failed(volume, status, error);
}

#define NEAR 3u
#define FAR 6u

static void expect(const zub_asking *asking, size_t i, bool is_near)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    const zub_candidate *at = asking->found;

    if (i < asking->found_count)
        zub_volume_expect_words(shelf->items[at[i].volume].volume,
                                at[i].passage, is_near);
}

static zub_status rescore(zub_asking *asking, zub_error *error)
{
    size_t count = asking->found_count < ZUB_RESCORED ? asking->found_count
                                                      : ZUB_RESCORED;
    zub_status status = ZUB_OK;

    if (asking->searcher->reduced)
        status = zub_asking_find_latent(asking, &count, error);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        expect(asking, i + FAR, false);
        expect(asking, i + NEAR, true);
        status = score(asking, &asking->found[i], error);
    }
    if (status != ZUB_OK)
        return status;
    fuse(asking, count);
    sort_candidates(asking->found, count);
    return ZUB_OK;
}

/* Each article once, by its best passage; how many there are. */
static size_t keep_articles(zub_asking *asking)
{
    zub_candidate *found = asking->found;
    size_t kept = 0;

    for (size_t i = 0; i < asking->found_count; i++) {
        size_t j = 0;
        while (j < kept && (found[j].article != found[i].article ||
                            found[j].volume != found[i].volume))
            j++;
        if (j == kept)
            found[kept++] = found[i];
    }
    asking->found_count = kept;
    return kept;
}

static zub_status find_words(zub_asking *asking, size_t depth, bool *is_all,
                             zub_error *error)
{
    zub_ranking ranking;

    if (zub_asks_likelihood(asking))
        return zub_asking_find_likely(asking, depth, is_all, error);
    zub_status status = zub_rank(&ranking, asking->searcher->index,
                                 asking->wanted, asking->wanted_count, depth,
                                 zub_asking_filter, asking, error);
    if (status != ZUB_OK)
        return status;
    *is_all = ranking.size < depth;
    status = take_candidates(asking, &ranking, error);
    zub_ranking_release(&ranking);
    return status;
}

/* What stands behind the rescored ones was scaled with them, and may have come
 * out above: scores are the order. */
static void level(zub_asking *asking)
{
    zub_candidate *found = asking->found;

    for (size_t i = 1; i < asking->found_count; i++)
        if (found[i].score > found[i - 1].score)
            found[i].score = found[i - 1].score;
}

static zub_status find_once(zub_asking *asking, size_t depth, bool *is_all,
                            zub_error *error)
{
    bool is_rescored = zub_asking_has_grams(asking) ||
                       asking->reading_count > 1 || asking->searcher->reduced;
    zub_status status = find_words(asking, depth, is_all, error);

    if (status == ZUB_OK && asking->options->expand && !asking->is_expanded) {
        status = zub_asking_expand(asking, error);
        if (status == ZUB_OK)
            status = find_words(asking, depth, is_all, error);
    }
    if (status == ZUB_OK && is_rescored)
        status = rescore(asking, error);
    if (status == ZUB_OK && is_rescored)
        level(asking);
    return status;
}

zub_status zub_asking_find(zub_asking *asking, size_t wanted, zub_error *error)
{
    size_t depth = wanted > ZUB_RESCORED ? wanted : ZUB_RESCORED;
    bool is_all;
    zub_status status = find_once(asking, depth, &is_all, error);

    if (!asking->options->by_article)
        return status;
    while (status == ZUB_OK && keep_articles(asking) < wanted && !is_all) {
        depth *= DEEPER;
        status = find_once(asking, depth, &is_all, error);
    }
    return status;
}
