/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* search.c - zub_search and zub_related of zubda.h: words to terms, terms to
 * candidates by the ranker, the first hundred in the order of words and grams
 * together. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/cursor.h"
#include "index/searcher.h"

#define COUNT 10u /* hits, when nothing is said */

/* An article of many passages may take many places of the best: then more are
 * asked for, until there are enough articles. */
#define DEEPER 4u

/* ---- The searcher ---- */

/* Articles in each language, by what is written of them. */
static zub_status count_languages(const zub_volume *volume, uint64_t *counts)
{
    const zub_guarded *part = &volume->parts[ZUB_PART_LANGUAGE];

    if (!zub_guard_touch(part, 0, part->size))
        return ZUB_EFORMAT;
    for (size_t i = 0; i < part->size; i++)
        counts[(unsigned char)part->data[i]]++;
    return ZUB_OK;
}

typedef struct census {
    char langs[256][12];
    uint64_t counts[256];
    size_t size;
} lang_census;

static void add_to_census(lang_census *census, const char *lang,
                          uint64_t count)
{
    size_t i = 0;

    while (i < census->size && strcmp(census->langs[i], lang) != 0)
        i++;
    if (i == sizeof census->langs / sizeof *census->langs)
        return;
    memcpy(census->langs[i], lang, strnlen(lang, 11));
    census->counts[i] += count;
    census->size += i == census->size;
}

static void take_census(zub_searcher *searcher, const lang_census *census)
{
    uint64_t total = 0;
    size_t best = 0;

    for (size_t i = 0; i < census->size; i++) {
        total += census->counts[i];
        best = census->counts[i] > census->counts[best] ? i : best;
    }
    memcpy(searcher->common, "und", 4);
    if (census->size > 0)
        memcpy(searcher->common, census->langs[best], sizeof searcher->common);
    if (census->size > 0 && census->counts[best] >= total - total / 10)
        memcpy(searcher->lang, searcher->common, sizeof searcher->lang);
}

static zub_status find_languages(zub_searcher *searcher, zub_error *error)
{
    const zub_shelf *shelf = &searcher->index->shelf;
    lang_census *census = zub_alloc_zero(1, sizeof *census);
    zub_status status = ZUB_OK;

    if (!census)
        return zub_fail_memory(error);
    for (size_t v = 0; v < shelf->count && status == ZUB_OK; v++) {
        const zub_volume *volume = shelf->items[v].volume;
        uint64_t counts[256] = {0};
        status = count_languages(volume, counts);
        if (status != ZUB_OK)
            zub_volume_damaged(volume, error);
        for (size_t i = 0; i < volume->lang_count && i < 256; i++)
            add_to_census(census, volume->langs[i].name, counts[i]);
    }
    if (status == ZUB_OK)
        take_census(searcher, census);
    zub_free(census);
    return status;
}

zub_status zub_searcher_new(zub_searcher **out, const zub_index *index,
                            zub_error *error)
{
    zub_searcher *searcher = zub_alloc_zero(1, sizeof *searcher);

    *out = NULL;
    zub_error_clear(error);
    if (!searcher)
        return zub_fail_memory(error);
    searcher->index = index;
    zub_status status =
        zub_index_analyzer(&searcher->analyzer, &index->manifest.rules,
                           index->models, NULL, error);
    if (status == ZUB_OK)
        status =
            zub_wording_new(&searcher->wording, searcher->analyzer, error);
    if (status == ZUB_OK)
        status = find_languages(searcher, error);
    if (status != ZUB_OK) {
        zub_searcher_free(searcher);
        return status;
    }
    *out = searcher;
    return ZUB_OK;
}

void zub_searcher_free(zub_searcher *searcher)
{
    if (!searcher)
        return;
    zub_wording_free(searcher->wording);
    zub_analyzer_free(searcher->analyzer);
    zub_gram_maker_release(&searcher->maker);
    zub_gram_memo_release(&searcher->memo);
    zub_free(searcher->words);
    zub_free(searcher->stretch);
    zub_free(searcher);
}

static zub_status damaged(const zub_volume *volume, zub_status status,
                          zub_error *error)
{
    return status == ZUB_ENOMEM ? zub_fail_memory(error)
                                : zub_volume_damaged(volume, error);
}

zub_status zub_searcher_words(zub_searcher *searcher, uint32_t number,
                              uint32_t passage, size_t *count,
                              zub_error *error)
{
    const zub_volume *volume = searcher->index->shelf.items[number].volume;
    zub_status status = zub_volume_words(volume, passage, &searcher->words,
                                         &searcher->word_capacity, count);

    return status == ZUB_OK ? status : damaged(volume, status, error);
}

/* Words of a passage behind those that the stretch has. */
static zub_status add_words(zub_searcher *searcher, const zub_volume *volume,
                            uint32_t passage, size_t skipped)
{
    size_t count;
    zub_status status = zub_volume_words(volume, passage, &searcher->words,
                                         &searcher->word_capacity, &count);

    if (status != ZUB_OK || count <= skipped)
        return status;
    if (!zub_grow(&searcher->stretch, &searcher->stretch_capacity,
                  searcher->stretch_size + count, sizeof *searcher->stretch))
        return ZUB_ENOMEM;
    memcpy(searcher->stretch + searcher->stretch_size,
           searcher->words + skipped,
           (count - skipped) * sizeof *searcher->words);
    searcher->stretch_size += count - skipped;
    return ZUB_OK;
}

zub_status zub_searcher_stretch(zub_searcher *searcher, uint32_t number,
                                uint32_t first, uint32_t end, uint32_t article,
                                zub_error *error)
{
    const zub_volume *volume = searcher->index->shelf.items[number].volume;
    zub_gram_maker *maker = &searcher->maker;
    zub_status status = ZUB_OK;
    uint32_t title;

    searcher->stretch_size = 0;
    if (!zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        return zub_volume_damaged(volume, error);
    for (uint32_t p = first; p < end && status == ZUB_OK; p++)
        status = add_words(searcher, volume, p, p == first ? 0 : title);
    zub_gram_maker_begin(maker, zub_volume_lang(volume, article));
    if (status == ZUB_OK)
        status = zub_gram_memo_add(&searcher->memo, maker, volume, number,
                                   searcher->stretch, searcher->stretch_size);
    if (status == ZUB_OK)
        status = zub_gram_maker_end(maker);
    return status == ZUB_OK ? status : damaged(volume, status, error);
}

/* ---- What is asked ---- */

static bool is_indexed(const zub_searcher *searcher, const char *lang)
{
    const zub_shelf *shelf = &searcher->index->shelf;

    for (size_t v = 0; v < shelf->count; v++)
        for (size_t i = 0; i < shelf->items[v].volume->lang_count; i++)
            if (strcmp(shelf->items[v].volume->langs[i].name, lang) == 0)
                return true;
    return false;
}

/* The language that a text is asked in: what the caller says, what nearly all
 * articles are in, what it looks like if any article does, or the commonest. */
static zub_status choose_language(zub_searcher *searcher, zub_slice text,
                                  const char *asked, char lang[12],
                                  zub_error *error)
{
    zub_record record = {.text = text};
    zub_status status;

    if (asked && strcmp(asked, "auto") != 0)
        return zub_language_tag(lang, (zub_slice){asked, strlen(asked)})
                   ? ZUB_OK
                   : zub_fail(error, ZUB_EINVAL,
                              "'%s' is not a language (try a code such as ar "
                              "or en, or auto)",
                              asked);
    if (searcher->analyzer->lang[0] == '\0' && searcher->lang[0] != '\0') {
        memcpy(lang, searcher->lang, sizeof searcher->lang);
        return ZUB_OK;
    }
    status = zub_analyzer_language(searcher->analyzer, lang, &record, error);
    if (status == ZUB_OK && !is_indexed(searcher, lang) &&
        searcher->analyzer->lang[0] == '\0')
        memcpy(lang, searcher->common, sizeof searcher->common);
    return status;
}

/* The terms of the query that any passage has, with their weights. */
static zub_status weigh_terms(zub_asking *asking, zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    const zub_query *query = &asking->query;
    size_t count = query->term_count;

    asking->wanted = zub_alloc(count + 1, sizeof *asking->wanted);
    asking->dfs = zub_alloc(count + 1, sizeof *asking->dfs);
    asking->terms = zub_alloc(count + 1, sizeof *asking->terms);
    if (!asking->wanted || !asking->dfs || !asking->terms)
        return zub_fail_memory(error);
    for (size_t i = 0; i < count; i++) {
        uint64_t df;
        size_t at = asking->wanted_count;
        zub_status status =
            zub_index_df(index, query->terms[i].term, &df, error);
        if (status != ZUB_OK)
            return status;
        if (df == 0)
            continue;
        double idf = zub_lucene_idf(index->passages, df);
        asking->wanted[at] = (zub_wanted){
            query->terms[i].term,
            zub_text_weight(query->terms[i].count, idf, asking->is_text)};
        asking->dfs[at] = df;
        asking->terms[at] = (uint32_t)i;
        asking->wanted_count++;
    }
    return ZUB_OK;
}

static zub_status weigh_grams(zub_asking *asking, zub_error *error)
{
    zub_gram_maker *maker = &asking->searcher->maker;
    const zub_query *query = &asking->query;
    zub_status status = ZUB_OK;

    zub_gram_maker_begin(maker, query->lang);
    for (size_t i = 0; i < query->word_count && status == ZUB_OK; i++)
        if (query->is_asked[i])
            status = zub_gram_maker_add(maker, query->words[i].folded);
    if (status == ZUB_OK)
        status = zub_gram_maker_end(maker);
    return status == ZUB_OK
               ? zub_gram_query_make(&asking->grams, asking->searcher->index,
                                     maker, asking->is_text, error)
               : zub_fail_memory(error);
}

/* ---- Candidates ---- */

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
static void fuse(zub_asking *asking, size_t count)
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

/* Passages that are looked at to order a candidate: itself, or where articles
 * are asked for its neighbours too, for an answer may begin in one passage and
 * end in the next. */
static zub_status stretch_of(const zub_asking *asking, const zub_candidate *at,
                             uint32_t *first, uint32_t *end)
{
    const zub_volume *volume =
        asking->searcher->index->shelf.items[at->volume].volume;
    uint32_t all, last;

    *first = at->passage;
    *end = at->passage + 1;
    if (!asking->options->by_article)
        return ZUB_OK;
    zub_status status = zub_volume_passages(volume, at->article, &all, &last);
    if (status != ZUB_OK)
        return status;
    *first -= *first > all;
    *end += *end < last;
    return ZUB_OK;
}

/* BM25 of the words of the stretch that the searcher has. */
static zub_status score_words(zub_asking *asking, zub_candidate *at)
{
    const zub_searcher *searcher = asking->searcher;
    const zub_index *index = searcher->index;
    const zub_volume *volume = index->shelf.items[at->volume].volume;
    zub_term_table *table = &asking->table;
    double average = (double)index->length / (double)index->passages;
    double length = (double)searcher->stretch_size;
    double norm =
        ZUB_BM25_K1 * (1 - ZUB_BM25_B + ZUB_BM25_B * length / average);
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
    at->words = 0;
    for (size_t t = 0; t < asking->wanted_count && status == ZUB_OK; t++) {
        double count = table->counts[t];
        table->counts[t] = 0;
        at->words += asking->wanted[t].weight * count / (count + norm);
    }
    return status;
}

static zub_status score(zub_asking *asking, zub_candidate *at,
                        zub_error *error)
{
    zub_searcher *searcher = asking->searcher;
    const zub_volume *volume = searcher->index->shelf.items[at->volume].volume;
    uint32_t first, end;
    zub_status status = stretch_of(asking, at, &first, &end);

    if (status != ZUB_OK)
        return damaged(volume, status, error);
    status = zub_searcher_stretch(searcher, at->volume, first, end,
                                  at->article, error);
    if (status != ZUB_OK)
        return status;
    at->grams =
        zub_gram_query_score(&asking->grams, &searcher->maker, &at->share);
    if (asking->options->by_article)
        status = score_words(asking, at);
    return status == ZUB_OK ? status : damaged(volume, status, error);
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

static zub_status find_once(zub_asking *asking, size_t depth, bool *is_all,
                            zub_error *error)
{
    zub_ranking ranking;
    zub_status status = zub_rank(&ranking, asking->searcher->index,
                                 asking->wanted, asking->wanted_count, depth,
                                 zub_asking_filter, asking, error);

    if (status != ZUB_OK)
        return status;
    *is_all = ranking.size < depth;
    status = take_candidates(asking, &ranking, error);
    zub_ranking_release(&ranking);
    if (status == ZUB_OK && !asking->options->without_grams)
        status = rescore(asking, error);
    return status;
}

static zub_status find_candidates(zub_asking *asking, size_t wanted,
                                  zub_error *error)
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

/* ---- Answers ---- */

static void release_asking(zub_asking *asking)
{
    zub_query_release(&asking->query);
    zub_gram_query_release(&asking->grams);
    zub_term_table_release(&asking->table);
    zub_free(asking->wanted);
    zub_free(asking->dfs);
    zub_free(asking->terms);
    zub_free(asking->found);
}

/* asking->query is there. */
static zub_status answer(zub_hits **out, zub_asking *asking, zub_error *error)
{
    size_t count = asking->options->count ? asking->options->count : COUNT;
    bool has_grams =
        !asking->options->without_grams || asking->options->most_alike > 0;
    zub_status status = weigh_terms(asking, error);

    if (status == ZUB_OK && has_grams)
        status = weigh_grams(asking, error);
    if (status == ZUB_OK)
        status = find_candidates(asking, count, error);
    if (status == ZUB_OK && asking->options->most_alike > 0)
        status = zub_asking_set_aside(asking, count, error);
    if (status == ZUB_OK && asking->found_count > count)
        asking->found_count = count;
    return status == ZUB_OK ? zub_hits_make(out, asking, error) : status;
}

static zub_status finish(zub_hits **out, zub_asking *asking, zub_status status,
                         zub_error *error)
{
    if (status == ZUB_OK)
        status = answer(out, asking, error);
    release_asking(asking);
    return status;
}

static const zub_search_options defaults;

static zub_asking begin(zub_hits **out, zub_searcher *searcher,
                        const zub_search_options *options, bool is_text,
                        zub_error *error)
{
    *out = NULL;
    zub_error_clear(error);
    return (zub_asking){.searcher = searcher,
                        .options = options ? options : &defaults,
                        .is_text = is_text};
}

zub_status zub_search(zub_hits **out, zub_searcher *searcher, zub_slice query,
                      const zub_search_options *options, zub_error *error)
{
    zub_asking asking = begin(out, searcher, options, false, error);
    char lang[12] = "";
    zub_status status =
        choose_language(searcher, query, asking.options->lang, lang, error);

    if (status == ZUB_OK)
        status = zub_query_read(&asking.query, searcher->wording, query, lang,
                                asking.options->is_plain, error);
    return finish(out, &asking, status, error);
}

zub_status zub_related(zub_hits **out, zub_searcher *searcher, zub_slice text,
                       const zub_search_options *options, zub_error *error)
{
    zub_asking asking = begin(out, searcher, options, true, error);
    char lang[12] = "";
    zub_status status =
        choose_language(searcher, text, asking.options->lang, lang, error);

    if (status == ZUB_OK)
        status = zub_query_read_text(&asking.query, searcher->wording, text,
                                     lang, error);
    return finish(out, &asking, status, error);
}

/* ---- What is in the index already ---- */

/* Adds word `number` of a volume to the query. */
static zub_status add_own_word(zub_query *query, const zub_volume *volume,
                               uint32_t number, zub_arena *arena,
                               zub_buffer *term)
{
    zub_wording_word word = {0};
    uint32_t own;
    zub_status status = zub_volume_word(volume, number, &word.folded);

    if (status == ZUB_OK)
        status = zub_volume_term_of(volume, number, &own);
    if (status == ZUB_OK)
        status = zub_volume_term_name(volume, own, term);
    if (status != ZUB_OK)
        return status;
    word.term = zub_arena_copy(arena, zub_buffer_slice(term));
    return word.term.data ? zub_query_add(query, &word, true) : ZUB_ENOMEM;
}

/* The words of some passages of an article, its title's once. */
static zub_status add_passages(zub_asking *asking, uint32_t article,
                               zub_arena *arena, zub_error *error)
{
    const zub_exclusion *at = &asking->excluded;
    zub_searcher *searcher = asking->searcher;
    const zub_volume *volume = searcher->index->shelf.items[at->volume].volume;
    zub_status status = ZUB_OK;
    zub_buffer term;
    uint32_t title = 0;
    size_t count;

    if (!zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        return zub_volume_damaged(volume, error);
    zub_buffer_init(&term, ZUB_BUFFER_UNLIMITED);
    for (uint32_t p = at->first; p < at->end && status == ZUB_OK; p++) {
        status = zub_volume_words(volume, p, &searcher->words,
                                  &searcher->word_capacity, &count);
        for (size_t i = p == at->first ? 0 : title;
             i < count && status == ZUB_OK; i++)
            status = add_own_word(&asking->query, volume, searcher->words[i],
                                  arena, &term);
    }
    zub_buffer_release(&term);
    if (status == ZUB_OK)
        status = zub_query_end(&asking->query, true);
    return status == ZUB_OK ? status : damaged(volume, status, error);
}

/* The passages that are asked for are the ones that are left out. */
static zub_status find_own(zub_asking *asking, zub_slice id, uint32_t passage,
                           uint32_t *article, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    zub_exclusion *at = &asking->excluded;
    int shown = (int)(id.size < 200 ? id.size : 200);
    size_t volume;
    zub_status status =
        zub_shelf_find(shelf, shelf->count, id, &volume, article, error);

    if (status == ZUB_ENOTFOUND)
        return zub_fail(error, status, "no article '%.*s' in the index", shown,
                        id.data);
    if (status != ZUB_OK)
        return status;
    *at = (zub_exclusion){.is_there = true, .volume = (uint32_t)volume};
    if (zub_volume_passages(shelf->items[volume].volume, *article, &at->first,
                            &at->end) != ZUB_OK)
        return zub_volume_damaged(shelf->items[volume].volume, error);
    if (passage == ZUB_NO_PASSAGE)
        return ZUB_OK;
    if (passage >= at->end - at->first)
        return zub_fail(error, ZUB_ENOTFOUND,
                        "'%.*s' has no passage %u (of %u, from 0)", shown,
                        id.data, passage, at->end - at->first);
    at->first += passage;
    at->end = at->first + 1;
    return ZUB_OK;
}

zub_status zub_related_to(zub_hits **out, zub_searcher *searcher, zub_slice id,
                          uint32_t passage, const zub_search_options *options,
                          zub_error *error)
{
    zub_asking asking = begin(out, searcher, options, true, error);
    zub_arena arena;
    uint32_t article;
    zub_status status = find_own(&asking, id, passage, &article, error);

    zub_arena_init(&arena);
    if (status == ZUB_OK) {
        const zub_volume *volume =
            searcher->index->shelf.items[asking.excluded.volume].volume;
        zub_wording_trim(searcher->wording);
        zub_query_begin(&asking.query, zub_volume_lang(volume, article));
        status = add_passages(&asking, article, &arena, error);
    }
    status = finish(out, &asking, status, error);
    zub_arena_release(&arena);
    return status;
}
