/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* conditions.c - what a passage must have and must not, held against its words,
 * which a volume keeps in a row. */
#include <string.h>

#include "index/searcher.h"

/* A passage, and where its title ends. */
typedef struct held {
    const zub_volume *volume;
    const uint32_t *words; /* [count] */
    size_t count, title_words;
} held_passage;

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Words [at, at + condition->count) are those of a phrase. */
static zub_status match_phrase(const held_passage *held, size_t at,
                               const zub_query_word *words, size_t count,
                               bool *is_match)
{
    *is_match = true;
    for (size_t i = 0; i < count && *is_match; i++) {
        zub_slice folded;
        zub_status status =
            zub_volume_word(held->volume, held->words[at + i], &folded);
        if (status != ZUB_OK)
            return status;
        *is_match = is_same(folded, words[i].folded);
    }
    return ZUB_OK;
}

static zub_status has_phrase(const held_passage *held, size_t end,
                             const zub_query_word *words, size_t count,
                             bool *has)
{
    zub_status status = ZUB_OK;

    *has = false;
    for (size_t at = 0; at + count <= end && !*has && status == ZUB_OK; at++) {
        /* A title does not run on into the text. */
        if (at < held->title_words && at + count > held->title_words)
            continue;
        status = match_phrase(held, at, words, count, has);
    }
    return status;
}

static zub_status has_term(const held_passage *held, size_t end,
                           zub_slice term, bool *has)
{
    const zub_volume *volume = held->volume;
    zub_term_place place;
    zub_status status = zub_term_find(
        &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
        (uint32_t)volume->about.terms, term, &place);

    *has = false;
    if (status == ZUB_ENOTFOUND)
        return ZUB_OK;
    for (size_t i = 0; i < end && !*has && status == ZUB_OK; i++) {
        uint32_t number;
        status = zub_volume_term_of(volume, held->words[i], &number);
        *has = status == ZUB_OK && number == place.number;
    }
    return status;
}

static zub_status meets(const zub_query *query, const held_passage *held,
                        const zub_query_condition *condition, bool *is_met)
{
    const zub_query_word *words = query->words + condition->first;
    size_t end = condition->in_title ? held->title_words : held->count;
    bool has;
    zub_status status =
        condition->is_phrase
            ? has_phrase(held, end, words, condition->count, &has)
            : has_term(held, end, words->term, &has);

    *is_met = has != condition->is_not;
    return status;
}

static zub_status meets_all(zub_asking *asking, const zub_volume *volume,
                            uint32_t passage, uint32_t article, bool *is_fine)
{
    zub_searcher *searcher = asking->searcher;
    const zub_query *query =
        &zub_asking_reading(asking, volume, article)->query;
    held_passage held = {.volume = volume};
    uint32_t title;
    zub_status status =
        zub_volume_words(volume, passage, &searcher->words,
                         &searcher->word_capacity, &held.count);

    held.words = searcher->words;
    if (status == ZUB_OK &&
        !zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        status = ZUB_EFORMAT;
    if (status != ZUB_OK)
        return status;
    held.title_words = title < held.count ? title : held.count;
    for (size_t i = 0;
         i < query->condition_count && *is_fine && status == ZUB_OK; i++)
        status = meets(query, &held, &query->conditions[i], is_fine);
    return status;
}

zub_status zub_asking_filter(void *context, uint32_t volume, uint32_t passage,
                             bool *is_fine)
{
    zub_asking *asking = context;
    const zub_exclusion *out = &asking->excluded;
    const zub_shelved *shelved = &asking->searcher->index->shelf.items[volume];
    uint32_t article;
    bool has_conditions = asking->readings[0].query.condition_count > 0;
    zub_status status;

    *is_fine = !(out->is_there && volume == out->volume &&
                 passage >= out->first && passage < out->end) &&
               zub_required_allows(&asking->required, volume, passage);
    if (!*is_fine || (shelved->gone_count == 0 && !has_conditions))
        return ZUB_OK;
    status = zub_volume_article_of(shelved->volume, passage, &article);
    if (status != ZUB_OK)
        return status;
    *is_fine = !zub_shelved_is_gone(shelved, article);
    if (!*is_fine || !has_conditions)
        return ZUB_OK;
    return meets_all(asking, shelved->volume, passage, article, is_fine);
}
