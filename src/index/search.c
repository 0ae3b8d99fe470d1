/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* search.c - zub_search and zub_related of zubda.h: words to terms, terms to
 * candidates (candidates.c), candidates to hits (hits.c). */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/searcher.h"

#define COUNT 10u /* hits, when nothing is said */

/* ---- What is asked ---- */

/* The language that a text is asked in: what the caller says, what nearly all
 * articles are in, what it looks like if any article does, or the commonest. */
static zub_status choose_language(zub_searcher *searcher, zub_slice text,
                                  const char *asked, char lang[12],
                                  zub_error *error)
{
    const zub_census *census = searcher->census;
    const char *shared = zub_census_shared(census);
    const char *common = zub_census_common(census);
    bool is_set = searcher->analyzer->lang[0] != '\0';
    zub_record record = {.text = text};
    zub_status status;

    if (asked && strcmp(asked, "auto") != 0)
        return zub_language_tag(lang, (zub_slice){asked, strlen(asked)})
                   ? ZUB_OK
                   : zub_fail(error, ZUB_EINVAL,
                              "'%s' is not a language (try a code such as ar "
                              "or en, or auto)",
                              asked);
    if (!is_set && shared[0] != '\0') {
        memcpy(lang, shared, strlen(shared) + 1);
        return ZUB_OK;
    }
    status = zub_analyzer_language(searcher->analyzer, lang, &record, error);
    if (status == ZUB_OK && !is_set && !zub_census_has(census, lang))
        memcpy(lang, common, strlen(common) + 1);
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
        status = zub_asking_find(asking, count, error);
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

zub_status zub_related_to(zub_hits **out, zub_searcher *searcher, zub_slice id,
                          uint32_t passage, const zub_search_options *options,
                          zub_error *error)
{
    zub_asking asking = begin(out, searcher, options, true, error);
    zub_arena arena;

    zub_arena_init(&arena);
    zub_wording_trim(searcher->wording);
    zub_status status =
        zub_asking_read_own(&asking, id, passage, &arena, error);
    status = finish(out, &asking, status, error);
    zub_arena_release(&arena);
    return status;
}
