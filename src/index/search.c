/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* search.c - zub_search and zub_related of zubda.h: a text to its terms
 * (readings.c), terms to candidates (candidates.c), candidates to hits
 * (hits.c). */
#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/searcher.h"

#define COUNT 10u /* hits, when nothing is said */

static void release_asking(zub_asking *asking)
{
    zub_asking_release_readings(asking);
    zub_term_table_release(&asking->table);
    zub_required_release(&asking->required);
    zub_free(asking->wanted);
    zub_free(asking->terms);
    zub_free(asking->found);
    zub_map_release(&asking->seen);
    zub_arena_release(&asking->arena);
}

/* What takes the order of words is refused where it was not kept. */
static zub_status check_positions(const zub_asking *asking, zub_error *error)
{
    static const char remedy[] = "(index again without --no-positions)";

    if (!asking->searcher->index->manifest.rules.without_positions)
        return ZUB_OK;
    if (asking->options->most_alike > 0)
        return zub_fail(error, ZUB_EINVAL,
                        "the index has no positions: what is alike cannot be "
                        "set aside %s",
                        remedy);
    for (size_t r = 0; r < asking->reading_count; r++)
        if (zub_query_needs_positions(&asking->readings[r].query))
            return zub_fail(error, ZUB_EINVAL,
                            "the index has no positions: neither quoted words "
                            "nor title: can be asked for %s",
                            remedy);
    return ZUB_OK;
}

static zub_status find_required(zub_asking *asking, zub_error *error)
{
    zub_status status = check_positions(asking, error);

    for (size_t r = 0; r < asking->reading_count && status == ZUB_OK; r++)
        status = zub_required_add(&asking->required, asking->searcher->index,
                                  &asking->readings[r].query, error);
    return status;
}

/* The readings are there. */
static zub_status answer(zub_hits **out, zub_asking *asking, zub_error *error)
{
    size_t count = asking->options->count ? asking->options->count : COUNT;
    bool has_grams =
        zub_asking_has_grams(asking) || asking->options->most_alike > 0;
    zub_status status = find_required(asking, error);

    if (status == ZUB_OK)
        status = zub_asking_weigh(asking, error);
    if (status == ZUB_OK && has_grams)
        status = zub_asking_weigh_grams(asking, error);
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

static zub_status check(const zub_search_options *options, zub_error *error)
{
    if ((unsigned)options->measure > ZUB_SEARCH_LIKELIHOOD)
        return zub_fail(error, ZUB_EINVAL, "there is no measure %u",
                        (unsigned)options->measure);
    if (!(options->mu >= 0) || isinf(options->mu))
        return zub_fail(error, ZUB_EINVAL,
                        "mu is a number of words above 0, not %g",
                        options->mu);
    return ZUB_OK;
}

static const zub_search_options defaults;

static zub_status begin(zub_asking *asking, zub_hits **out,
                        zub_searcher *searcher,
                        const zub_search_options *options, bool is_text,
                        zub_error *error)
{
    *out = NULL;
    zub_error_clear(error);
    zub_wording_trim(searcher->wording);
    *asking = (zub_asking){.searcher = searcher,
                           .options = options ? options : &defaults,
                           .is_text = is_text};
    zub_map_init(&asking->seen);
    zub_arena_init(&asking->arena);
    return check(asking->options, error);
}

zub_status zub_search(zub_hits **out, zub_searcher *searcher, zub_slice query,
                      const zub_search_options *options, zub_error *error)
{
    zub_asking asking;
    zub_status status = begin(&asking, out, searcher, options, false, error);

    if (status == ZUB_OK)
        status = zub_asking_read(&asking, query, error);
    return finish(out, &asking, status, error);
}

zub_status zub_related(zub_hits **out, zub_searcher *searcher, zub_slice text,
                       const zub_search_options *options, zub_error *error)
{
    zub_asking asking;
    zub_status status = begin(&asking, out, searcher, options, true, error);

    if (status == ZUB_OK)
        status = zub_asking_read(&asking, text, error);
    return finish(out, &asking, status, error);
}

zub_status zub_related_to(zub_hits **out, zub_searcher *searcher, zub_slice id,
                          uint32_t passage, const zub_search_options *options,
                          zub_error *error)
{
    zub_asking asking;
    zub_status status = begin(&asking, out, searcher, options, true, error);

    if (status == ZUB_OK)
        status = zub_asking_read_own(&asking, id, passage, error);
    return finish(out, &asking, status, error);
}
