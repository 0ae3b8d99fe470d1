/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge_terms.c - terms and their forms, k lists into one.
 *
 * Cursors play a tournament by the first eight bytes of their terms as a
 * number, and only equals look at the rest. Cursors that stand at one term are
 * gathered, its counts are added and its forms are merged by their bytes; a
 * term of one cursor alone, which most are, has its forms copied whole.
 */
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "base/tournament.h"
#include "terms/merging.h"

#define WALKED 8 /* arrays of terms and forms */

typedef struct cursor {
    uint64_t key; /* first bytes of the term; UINT64_MAX once it has ended */
    zub_slice bytes; /* data NULL: it has ended */
    const char *end; /* of the bytes of all its terms */
    size_t term;
    const zub_state *state;
    zub_spool map;
    zub_window windows[WALKED];
} cursor;

/* Forms of the term that a cursor stood at. */
typedef struct member {
    const zub_state *state;
    size_t form, end;
} member;

typedef struct terms_merge {
    zub_merging *merging;
    cursor *cursors; /* [merging->count] */
    member *members; /* [merging->count] */
    size_t member_count;
    zub_tournament tree;
    bool has_maps, has_forms;
    size_t term_count, form_count;
    zub_spool term_ends, term_bytes, counts, df;
    zub_spool form_starts, form_ends, form_bytes, form_counts;
} terms_merge;

/* ---- Cursors ---- */

static uint64_t big_endian(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return __builtin_bswap64(bytes);
#else
    return bytes;
#endif
}

/* The first eight bytes, zeros behind fewer; `end` is where reading must
 * stop. */
static inline uint64_t key_of(zub_slice term, const char *end)
{
    uint64_t bytes = 0;

    if ((size_t)(end - term.data) < sizeof bytes) {
        size_t size = term.size < 8 ? term.size : 8;
        memcpy(&bytes, term.data, size);
        return big_endian(bytes);
    }
    memcpy(&bytes, term.data, sizeof bytes);
    bytes = big_endian(bytes);
    if (term.size >= sizeof bytes)
        return bytes;
    return term.size ? bytes >> (64 - 8 * term.size) << (64 - 8 * term.size)
                     : 0;
}

/* The next term begins where the last one ended. */
static inline void look(cursor *at)
{
    const zub_state *state = at->state;

    if (at->term == state->term_count) {
        at->bytes = (zub_slice){NULL, 0};
        at->key = UINT64_MAX;
        return;
    }
    const char *start = at->bytes.data + at->bytes.size;
    const char *end = state->term_bytes + state->term_ends[at->term];
    at->bytes = (zub_slice){start, (size_t)(end - start)};
    at->key = key_of(at->bytes, at->end);
}

static void let_go(cursor *at)
{
    const zub_state *state = at->state;
    size_t term = at->term;

    zub_window_pass(&at->windows[0], &state->term_ends[term]);
    zub_window_pass(&at->windows[1], at->bytes.data);
    zub_window_pass(&at->windows[2], &state->counts[term]);
    zub_window_pass(&at->windows[3], &state->df[term]);
    if (state->form_count == 0)
        return;
    size_t form = (size_t)state->form_starts[term];
    uint64_t bytes = form ? state->form_ends[form - 1] : 0;
    zub_window_pass(&at->windows[4], &state->form_starts[term]);
    zub_window_pass(&at->windows[5], &state->form_ends[form]);
    zub_window_pass(&at->windows[6], state->form_bytes + bytes);
    zub_window_pass(&at->windows[7], &state->form_counts[form]);
}

static inline void advance(cursor *at)
{
    if (at->state->is_mapped)
        let_go(at);
    at->term++;
    look(at);
}

static size_t term_bytes_of(const zub_state *state)
{
    return state->term_count ? (size_t)state->term_ends[state->term_count - 1]
                             : 0;
}

static size_t form_bytes_of(const zub_state *state)
{
    return state->form_count ? (size_t)state->form_ends[state->form_count - 1]
                             : 0;
}

static void begin(cursor *at, const zub_state *state)
{
    const void *arrays[WALKED] = {state->term_ends,   state->term_bytes,
                                  state->counts,      state->df,
                                  state->form_starts, state->form_ends,
                                  state->form_bytes,  state->form_counts};

    at->state = state;
    at->bytes = (zub_slice){state->term_bytes, 0};
    at->end =
        state->term_count ? state->term_bytes + term_bytes_of(state) : NULL;
    for (size_t i = 0; i < WALKED; i++)
        at->windows[i] =
            zub_window_at(arrays[i], state->is_mapped && arrays[i]);
    look(at);
}

/* Of equal keys: the first eight bytes are the same, or the shorter term has
 * fewer and only zeros follow. */
static inline int compare_rest(zub_slice a, zub_slice b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size > 8 ? memcmp(a.data + 8, b.data + 8, size - 8) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static inline bool is_less(const void *context, uint32_t i, uint32_t j)
{
    const cursor *a = (const cursor *)context + i;
    const cursor *b = (const cursor *)context + j;

    if (a->key != b->key)
        return a->key < b->key;
    if (!a->bytes.data || !b->bytes.data)
        return a->bytes.data != NULL;
    return compare_rest(a->bytes, b->bytes) < 0;
}

/* ---- Forms ---- */

/* Ends of a few forms; four at once where there are so many, as above. */
static inline void copy_ends(zub_spool *to, const uint64_t *ends, size_t count,
                             size_t left, uint64_t shift)
{
    uint64_t four[4];

    if (count > 4 || left < 4) {
        for (size_t i = 0; i < count; i++)
            zub_spool_add_u64(to, ends[i] + shift);
        return;
    }
    for (size_t i = 0; i < 4; i++)
        four[i] = ends[i] + shift;
    zub_spool_add_few(to, four, count * sizeof *four, four + 4);
}

static void copy_forms(terms_merge *m, const member *of)
{
    const zub_state *state = of->state;
    const uint64_t *ends = state->form_ends + of->form;
    size_t count = of->end - of->form, left = state->form_count - of->form;

    if (count == 0)
        return;
    uint64_t start = of->form ? ends[-1] : 0;
    copy_ends(&m->form_ends, ends, count, left,
              zub_spool_size(&m->form_bytes) - start);
    zub_spool_add_few(&m->form_counts, state->form_counts + of->form,
                      count * sizeof *ends,
                      state->form_counts + state->form_count);
    zub_spool_add_few(&m->form_bytes, state->form_bytes + start,
                      (size_t)(ends[count - 1] - start),
                      state->form_bytes + form_bytes_of(state));
    m->form_count += count;
}

/* The least form that is left; data NULL: none is. */
static zub_slice least_form(const terms_merge *m)
{
    zub_slice least = {NULL, 0};

    for (size_t i = 0; i < m->member_count; i++) {
        const member *of = &m->members[i];
        if (of->form == of->end)
            continue;
        zub_slice form = zub_state_form_bytes(of->state, of->form);
        if (!least.data || zub_slice_compare(form, least) < 0)
            least = form;
    }
    return least;
}

/* Takes a form from all who have it; returns its count. */
static uint64_t take_form(terms_merge *m, zub_slice form)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < m->member_count; i++) {
        member *of = &m->members[i];
        if (of->form == of->end ||
            zub_slice_compare(zub_state_form_bytes(of->state, of->form),
                              form) != 0)
            continue;
        if (!zub_add_u64(&sum, of->state->form_counts[of->form++]))
            zub_merging_limit(m->merging, "a count is beyond 2^64 - 1");
    }
    return sum;
}

static void merge_forms(terms_merge *m)
{
    for (zub_slice form; form = least_form(m), form.data; m->form_count++) {
        zub_spool_add_u64(&m->form_counts, take_form(m, form));
        zub_spool_add(&m->form_bytes, form.data, form.size);
        zub_spool_add_u64(&m->form_ends, zub_spool_size(&m->form_bytes));
    }
}

/* ---- Terms ---- */

/* Adds what the winner says of its term, and moves it on. */
static void gather(terms_merge *m, uint64_t *count, uint32_t *df)
{
    cursor *at = &m->cursors[zub_tournament_winner(&m->tree)];
    const zub_state *state = at->state;

    if (!zub_add_u64(count, state->counts[at->term]))
        zub_merging_limit(m->merging, "a count is beyond 2^64 - 1");
    if (!zub_add_u32(df, state->df[at->term]))
        zub_merging_limit(m->merging, "a term is in more than 4294967295 "
                                      "articles");
    if (state->form_count > 0)
        m->members[m->member_count++] =
            (member){state, (size_t)state->form_starts[at->term],
                     (size_t)state->form_starts[at->term + 1]};
    if (m->has_maps)
        zub_spool_add_u32(&at->map, (uint32_t)m->term_count);
    advance(at);
    zub_tournament_replay(&m->tree, is_less, m->cursors);
}

static bool is_equal(const cursor *at, uint64_t key, zub_slice term)
{
    return at->key == key && at->bytes.data &&
           compare_rest(at->bytes, term) == 0;
}

static void merge_term(terms_merge *m)
{
    const cursor *at = &m->cursors[zub_tournament_winner(&m->tree)];
    zub_slice term = at->bytes;
    const char *end = at->end;
    uint64_t key = at->key, count = 0;
    uint32_t df = 0;

    m->member_count = 0;
    do {
        gather(m, &count, &df);
        at = &m->cursors[zub_tournament_winner(&m->tree)];
    } while (is_equal(at, key, term));
    zub_spool_add_few(&m->term_bytes, term.data, term.size, end);
    zub_spool_add_u64(&m->term_ends, zub_spool_size(&m->term_bytes));
    zub_spool_add_u64(&m->counts, count);
    zub_spool_add_u32(&m->df, df);
    if (m->has_forms)
        zub_spool_add_u64(&m->form_starts, m->form_count);
    if (m->member_count == 1)
        copy_forms(m, m->members);
    else if (m->member_count > 1)
        merge_forms(m);
    m->term_count++;
}

static void merge_all(terms_merge *m)
{
    zub_tournament_start(&m->tree, is_less, m->cursors);
    while (m->cursors[zub_tournament_winner(&m->tree)].bytes.data &&
           zub_merging_is_sound(m->merging)) {
        if (m->term_count == ZUB_MOST_TERMS)
            zub_merging_limit(m->merging, "there are more than 4294967294 "
                                          "terms");
        merge_term(m);
    }
    if (m->has_forms)
        zub_spool_add_u64(&m->form_starts, m->form_count);
}

/* ---- Making and keeping the arrays ---- */

/* Sums of the inputs' sizes are what the outputs need at most. */
static void init_spools(terms_merge *m)
{
    zub_spooler *owner = &m->merging->spooler;
    size_t terms = 0, forms = 0, term_bytes = 0, form_bytes = 0;

    for (size_t i = 0; i < m->merging->count; i++) {
        const zub_state *state = m->merging->states[i];
        terms += state->term_count;
        forms += state->form_count;
        term_bytes += term_bytes_of(state);
        form_bytes += form_bytes_of(state);
    }
    m->has_forms = forms > 0;
    zub_spool_init(&m->term_ends, owner, 8 * terms);
    zub_spool_init(&m->term_bytes, owner, term_bytes);
    zub_spool_init(&m->counts, owner, 8 * terms);
    zub_spool_init(&m->df, owner, 4 * terms);
    zub_spool_init(&m->form_starts, owner, forms ? 8 * (terms + 1) : 0);
    zub_spool_init(&m->form_ends, owner, 8 * forms);
    zub_spool_init(&m->form_bytes, owner, form_bytes);
    zub_spool_init(&m->form_counts, owner, 8 * forms);
}

static void keep(terms_merge *m)
{
    zub_state *out = m->merging->out;

    zub_state_keep(out, &m->term_ends, &out->term_ends);
    zub_state_keep(out, &m->term_bytes, &out->term_bytes);
    zub_state_keep(out, &m->counts, &out->counts);
    zub_state_keep(out, &m->df, &out->df);
    zub_state_keep(out, &m->form_starts, &out->form_starts);
    zub_state_keep(out, &m->form_ends, &out->form_ends);
    zub_state_keep(out, &m->form_bytes, &out->form_bytes);
    zub_state_keep(out, &m->form_counts, &out->form_counts);
    out->term_count = m->term_count;
    out->form_count = m->form_count;
    for (size_t i = 0; i < m->merging->count && m->has_maps; i++)
        zub_spool_finish(&m->cursors[i].map, &m->merging->maps[i][0]);
}

void zub_merge_terms(zub_merging *merging)
{
    size_t count = merging->count;
    terms_merge m = {.merging = merging,
                     .cursors = zub_alloc_zero(count, sizeof(cursor)),
                     .members = zub_alloc(count, sizeof(member)),
                     .has_maps = merging->mapped_orders >= 1};

    bool is_made =
        m.cursors && m.members && zub_tournament_init(&m.tree, count);
    if (is_made) {
        init_spools(&m);
        for (size_t i = 0; i < count; i++) {
            begin(&m.cursors[i], merging->states[i]);
            if (m.has_maps)
                zub_spool_init(&m.cursors[i].map, &merging->spooler,
                               4 * merging->states[i]->term_count);
        }
        if (zub_merging_is_sound(merging))
            merge_all(&m);
        keep(&m);
        zub_tournament_release(&m.tree);
    } else {
        merging->spooler.status = ZUB_ENOMEM;
    }
    zub_free(m.cursors);
    zub_free(m.members);
}
