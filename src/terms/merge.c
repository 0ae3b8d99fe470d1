/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge.c - see merge.h.
 *
 * A merge of many states beyond memory goes in levels: some become one, in
 * temporary files, until so few are left that they can be walked together. The
 * maps of one level after the other are chained. Terms come first, for their
 * maps say what everything else becomes; then n-grams, order by order, for
 * those of n words point at those of n - 1; then the articles.
 */
#include "terms/merge.h"

#include "base/error.h"
#include "base/mem.h"
#include "terms/fingerprint.h"
#include "terms/merging.h"

#define MEMORY_A_RUN ((uint64_t)4 << 20) /* windows of all its arrays */
#define MOST_FAN 16u

/* ---- One merge ---- */

/* Numbers of the whole. */
static void add_numbers(zub_merging *merging)
{
    zub_state *out = merging->out;
    bool fits = true;

    out->low = merging->states[0]->low;
    out->high = merging->states[0]->high;
    for (size_t i = 0; i < merging->count; i++) {
        const zub_state *state = merging->states[i];
        fits &= zub_add_u64(&out->articles, state->articles);
        fits &= zub_add_u64(&out->tokens, state->tokens);
        fits &= zub_add_u64(&out->characters, state->characters);
    }
    if (!fits)
        zub_merging_limit(merging, "a count is beyond 2^64 - 1");
}

static void close_maps(zub_file (*maps)[ZUB_MOST_ORDER], size_t count)
{
    for (size_t i = 0; i < count && maps; i++)
        for (size_t n = 0; n < ZUB_MOST_ORDER; n++)
            zub_file_close(&maps[i][n]);
    zub_free(maps);
}

typedef struct merge_plan {
    const zub_merge_options *options;
    const char *folder; /* NULL: in memory */
    size_t fan;
    bool has_articles, wants_maps;
    zub_error *error;
} merge_plan;

static void merge_parts(zub_merging *merging, const merge_plan *plan)
{
    add_numbers(merging);
    zub_merge_terms(merging);
    for (unsigned n = 2;
         n <= merging->out->high && zub_merging_is_sound(merging); n++)
        zub_merge_ngrams(merging, n);
    if (plan->has_articles && zub_merging_is_sound(merging))
        zub_merge_articles(merging);
}

static zub_status outcome(const zub_merging *merging, zub_error *error)
{
    return merging->status != ZUB_OK
               ? merging->status
               : zub_spooler_report(&merging->spooler, error);
}

/* `*maps` is NULL unless they are wanted and all went well. */
static zub_status merge_once(zub_state **out, zub_state *const *states,
                             size_t count, const merge_plan *plan,
                             zub_file (**maps)[ZUB_MOST_ORDER])
{
    uint64_t memory = plan->options->memory;
    unsigned high = states[0]->high;
    zub_merging merging = {
        .states = states,
        .count = count,
        .spooler = {.folder = plan->folder},
        .most_ids = plan->folder ? (size_t)(memory / 16) : SIZE_MAX,
        .most_bytes = plan->folder ? (size_t)(memory / 4) : SIZE_MAX,
        .fan = plan->fan,
        .mapped_orders =
            plan->has_articles || plan->wants_maps ? high : high - 1,
        .by_input = plan->options->by_input,
        .maps = zub_alloc_zero(count, sizeof *merging.maps),
        .error = plan->error};

    *out = NULL;
    *maps = NULL;
    if (!merging.maps ||
        zub_state_new(&merging.out, states[0]->fingerprint) != ZUB_OK) {
        zub_free(merging.maps);
        return zub_fail_memory(plan->error);
    }
    merge_parts(&merging, plan);
    zub_status status = outcome(&merging, plan->error);
    if (status == ZUB_OK)
        *out = merging.out;
    else
        zub_state_free(merging.out);
    if (status == ZUB_OK && plan->wants_maps)
        *maps = merging.maps;
    else
        close_maps(merging.maps, count);
    return status;
}

/* ---- Levels ---- */

/* States that are left, and for each input which of them it is part of. */
typedef struct levels {
    zub_state **left; /* [left_count] */
    bool *is_ours;    /* [left_count] */
    size_t left_count;
    size_t *place; /* [count] */
    zub_file (
        *maps)[ZUB_MOST_ORDER]; /* [count], from input to left, or NULL */
    size_t count;
} levels;

/* One more step of an input's maps: there were `size` ids. */
static void chain(zub_file *own, const zub_file *next, zub_spooler *spooler,
                  size_t most_ids)
{
    zub_file both;

    zub_remap(&both, spooler, (const void *)own->bytes.data,
              own->bytes.size / 4, own->is_mapped, next, most_ids);
    zub_file_close(own);
    *own = both;
}

/* The group [first, first + count) of what was left became `to`; its maps are
 * taken over by an input that had none, and chained to those of others. */
static zub_status follow(levels *at, size_t first, size_t count, size_t to,
                         zub_file (*maps)[ZUB_MOST_ORDER],
                         const merge_plan *plan)
{
    zub_spooler spooler = {.folder = plan->folder};
    size_t most =
        plan->folder ? (size_t)(plan->options->memory / 16) : SIZE_MAX;

    for (size_t i = 0; i < at->count; i++) {
        if (at->place[i] < first || at->place[i] >= first + count)
            continue;
        for (size_t n = 0; n < ZUB_MOST_ORDER && maps; n++) {
            zub_file *next = &maps[at->place[i] - first][n];
            if (at->is_ours[at->place[i]]) {
                chain(&at->maps[i][n], next, &spooler, most);
            } else {
                at->maps[i][n] = *next;
                *next = (zub_file){0};
            }
        }
    }
    for (size_t i = 0; i < at->count; i++)
        if (at->place[i] >= first && at->place[i] < first + count)
            at->place[i] = to;
    return zub_spooler_report(&spooler, plan->error);
}

/* What a group became stands where later groups do not begin. */
static void put(levels *at, size_t first, size_t count, size_t to,
                zub_state *state)
{
    for (size_t i = first; i < first + count; i++)
        if (at->is_ours[i])
            zub_state_free(at->left[i]);
        else
            zub_state_let_go(at->left[i]);
    for (size_t i = first; i < first + count; i++)
        at->is_ours[i] = false;
    at->left[to] = state;
    at->is_ours[to] = true;
}

static zub_status merge_group(levels *at, size_t first, size_t count,
                              size_t to, const merge_plan *plan)
{
    zub_file(*maps)[ZUB_MOST_ORDER];
    zub_state *state;
    zub_status status =
        merge_once(&state, at->left + first, count, plan, &maps);

    if (status != ZUB_OK)
        return status;
    status = follow(at, first, count, to, maps, plan);
    close_maps(maps, count);
    put(at, first, count, to, state);
    return status;
}

static void carry(levels *at, size_t from, size_t to)
{
    bool is_ours = at->is_ours[from];

    at->is_ours[from] = false;
    at->left[to] = at->left[from];
    at->is_ours[to] = is_ours;
    for (size_t i = 0; i < at->count; i++)
        if (at->place[i] == from)
            at->place[i] = to;
}

/* Groups as even as can be. */
static zub_status merge_level(levels *at, const merge_plan *plan)
{
    size_t groups = (at->left_count - 1) / plan->fan + 1;
    size_t each = (at->left_count - 1) / groups + 1, to = 0;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < at->left_count && status == ZUB_OK; i += each) {
        size_t count = at->left_count - i < each ? at->left_count - i : each;
        if (count == 1 && at->left_count > 1)
            carry(at, i, to++);
        else
            status = merge_group(at, i, count, to++, plan);
    }
    if (status == ZUB_OK)
        at->left_count = to;
    return status;
}

static bool init_levels(levels *at, zub_state *const *states, size_t count,
                        bool wants_maps)
{
    *at = (levels){.left = zub_alloc(count, sizeof *at->left),
                   .is_ours = zub_alloc_zero(count, sizeof *at->is_ours),
                   .left_count = count,
                   .place = zub_alloc(count, sizeof *at->place),
                   .maps = wants_maps ? zub_alloc_zero(count, sizeof *at->maps)
                                      : NULL,
                   .count = count};
    if (!at->left || !at->is_ours || !at->place || (wants_maps && !at->maps))
        return false;
    for (size_t i = 0; i < count; i++) {
        at->left[i] = states[i];
        at->place[i] = i;
    }
    return true;
}

static void release_levels(levels *at)
{
    for (size_t i = 0; i < at->left_count && at->left && at->is_ours; i++)
        if (at->is_ours[i])
            zub_state_free(at->left[i]);
    close_maps(at->maps, at->count);
    zub_free(at->left);
    zub_free(at->is_ours);
    zub_free(at->place);
}

static zub_status merge_levels(zub_state **out, zub_state *const *states,
                               size_t count, const merge_plan *plan,
                               zub_state_maps *maps)
{
    levels at;
    zub_status status = init_levels(&at, states, count, plan->wants_maps)
                            ? ZUB_OK
                            : zub_fail_memory(plan->error);

    while (status == ZUB_OK && (at.left_count > 1 || !at.is_ours[0]))
        status = merge_level(&at, plan);
    if (status == ZUB_OK) {
        *out = at.left[0];
        at.is_ours[0] = false;
        if (maps)
            *maps = (zub_state_maps){count, at.maps};
        at.maps = NULL;
    }
    release_levels(&at);
    return status;
}

/* ---- What is asked for ---- */

static zub_status check_orders(const zub_state *a, const zub_state *b,
                               zub_error *error)
{
    if (a->low == b->low && a->high == b->high)
        return ZUB_OK;
    return zub_fail(error, ZUB_EMISMATCH,
                    "states were not counted alike: ngram is '%u-%u' in one "
                    "and '%u-%u' in another (count again with the same "
                    "options)",
                    a->low, a->high, b->low, b->high);
}

static zub_status check_states(zub_state *const *states, size_t count,
                               const zub_merge_options *options,
                               zub_error *error)
{
    zub_status status = ZUB_OK;

    if (count == 0)
        return zub_fail(error, ZUB_EINVAL, "no state to merge");
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        const zub_state *state = states[i];
        status = zub_fingerprint_match(states[0]->fingerprint,
                                       state->fingerprint, error);
        if (status == ZUB_OK)
            status = check_orders(states[0], state, error);
        if (status != ZUB_OK || options->without_articles)
            continue;
        if (state->has_articles != states[0]->has_articles)
            return zub_fail(error, ZUB_EMISMATCH,
                            "one state has the counts of each article and "
                            "another has not (count again with --rows, or "
                            "leave them out)");
        if (state->has_articles && options->by_input && state->articles > 0 &&
            !state->list.ordinals)
            return zub_fail(error, ZUB_EINVAL,
                            "a state has forgotten the order of its "
                            "articles");
    }
    return status;
}

/* In memory as long as outputs and what is between surely fit. */
static bool needs_files(zub_state *const *states, size_t count,
                        const zub_merge_options *options)
{
    uint64_t size = 0;

    if (options->memory == 0)
        return false;
    for (size_t i = 0; i < count; i++)
        size += zub_state_size(states[i]);
    return size > options->memory / 4;
}

static size_t fan_of(uint64_t memory)
{
    uint64_t fan = memory / MEMORY_A_RUN;

    return fan < 2 ? 2 : fan > MOST_FAN ? MOST_FAN : (size_t)fan;
}

zub_status zub_state_merge(zub_state **out, zub_state *const *states,
                           size_t count, const zub_merge_options *options,
                           zub_state_maps *maps, zub_error *error)
{
    zub_merge_options asked = options ? *options : (zub_merge_options){0};

    *out = NULL;
    if (maps)
        *maps = (zub_state_maps){0};
    zub_error_clear(error);
    if (asked.memory > 0 && !asked.folder)
        return zub_fail(error, ZUB_EINVAL,
                        "a limit of memory needs a folder for what is beyond "
                        "it");
    zub_status status = check_states(states, count, &asked, error);
    if (status != ZUB_OK)
        return status;
    bool in_files = needs_files(states, count, &asked);
    merge_plan plan = {.options = &asked,
                       .folder = in_files ? asked.folder : NULL,
                       .fan = in_files ? fan_of(asked.memory) : SIZE_MAX,
                       .has_articles =
                           states[0]->has_articles && !asked.without_articles,
                       .wants_maps = maps != NULL,
                       .error = error};
    return merge_levels(out, states, count, &plan, maps);
}

/* ---- Maps ---- */

const uint32_t *zub_state_map(const zub_state_maps *maps, size_t state,
                              unsigned order)
{
    return (const void *)maps->files[state][order - 1].bytes.data;
}

bool zub_state_map_is_mapped(const zub_state_maps *maps, size_t state,
                             unsigned order)
{
    return maps->files[state][order - 1].is_mapped;
}

void zub_state_maps_release(zub_state_maps *maps)
{
    close_maps(maps->files, maps->state_count);
    *maps = (zub_state_maps){0};
}

zub_status zub_merge(zub_state **out, zub_state *const *states, size_t count,
                     const zub_merge_options *options, zub_error *error)
{
    static const zub_merge_options defaults = {0};

    return zub_state_merge(out, states, count, options ? options : &defaults,
                           NULL, error);
}
