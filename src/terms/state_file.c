/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state_file.c - a state as a file: docs/state-format.md.
 *
 * One table names every array of a state: its section, where its pointer
 * stands, the size of an element and what it has one element for. Writing,
 * opening and measuring walk that table, so a state is its arrays and a page
 * of numbers ("about"). How long an array is follows from those numbers, or
 * from the last of the ends that stand before it.
 */
#include "terms/state.h"

#include <stdio.h>
#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "base/mem.h"

/* ---- The arrays ---- */

typedef enum place {
    IN_STATE,
    IN_NGRAMS, /* one an order, 2 to high */
    IN_LIST,   /* if there are articles */
    IN_ORDINALS,
    IN_ROWS /* one an order, low to high, if there are articles */
} place;

typedef enum extent {
    TERMS,
    TERM_BYTES,
    FORM_STARTS,
    FORMS,
    FORM_BYTES,
    NGRAMS,
    ARTICLES,
    ID_BYTES,
    ENTRIES
} extent;

typedef struct array_kind {
    const char *name; /* of its section; IN_NGRAMS, IN_ROWS: and the order */
    place place;
    size_t offset; /* of the pointer within its struct */
    size_t size;   /* of an element */
    extent extent;
} array_kind;

#define FIELD(type, name) offsetof(type, name), sizeof *((type *)0)->name

static const array_kind kinds[] = {
    {"terms.ends", IN_STATE, FIELD(zub_state, term_ends), TERMS},
    {"terms", IN_STATE, FIELD(zub_state, term_bytes), TERM_BYTES},
    {"terms.counts", IN_STATE, FIELD(zub_state, counts), TERMS},
    {"terms.df", IN_STATE, FIELD(zub_state, df), TERMS},
    {"forms.starts", IN_STATE, FIELD(zub_state, form_starts), FORM_STARTS},
    {"forms.ends", IN_STATE, FIELD(zub_state, form_ends), FORMS},
    {"forms", IN_STATE, FIELD(zub_state, form_bytes), FORM_BYTES},
    {"forms.counts", IN_STATE, FIELD(zub_state, form_counts), FORMS},
    {"ngrams.prefix", IN_NGRAMS, FIELD(zub_ngrams, prefix), NGRAMS},
    {"ngrams.last", IN_NGRAMS, FIELD(zub_ngrams, last), NGRAMS},
    {"ngrams.counts", IN_NGRAMS, FIELD(zub_ngrams, counts), NGRAMS},
    {"ngrams.df", IN_NGRAMS, FIELD(zub_ngrams, df), NGRAMS},
    {"ids.ends", IN_LIST, FIELD(zub_articles, id_ends), ARTICLES},
    {"ids", IN_LIST, FIELD(zub_articles, ids), ID_BYTES},
    {"ordinals", IN_ORDINALS, FIELD(zub_articles, ordinals), ARTICLES},
    {"lengths", IN_LIST, FIELD(zub_articles, lengths), ARTICLES},
    {"rows.ends", IN_ROWS, FIELD(zub_count_rows, ends), ARTICLES},
    {"rows.columns", IN_ROWS, FIELD(zub_count_rows, cols), ENTRIES},
    {"rows.counts", IN_ROWS, FIELD(zub_count_rows, counts), ENTRIES},
};

#define KINDS (sizeof kinds / sizeof *kinds)
#define ALL_ARRAYS (KINDS + 7 * (ZUB_MOST_ORDER - 1))

_Static_assert(ALL_ARRAYS <= ZUB_MOST_ARRAYS, "a state can hold them");

/* Where a walk over the arrays stands; zeroed but for has_ordinals, before the
 * first. */
typedef struct array_at {
    bool has_ordinals;
    size_t next;    /* kind to look at next */
    unsigned order; /* of that kind; 0: not begun */
    const array_kind *kind;
    unsigned of; /* order of the array that the walk stands at */
} array_at;

/* The orders for which a kind has an array; none: first > last. */
static void orders_of(const zub_state *state, const array_at *at, place where,
                      unsigned *first, unsigned *last)
{
    bool is_there = where == IN_ORDINALS
                        ? state->has_articles && at->has_ordinals
                        : state->has_articles || where < IN_LIST;

    *first = where == IN_NGRAMS ? 2 : where == IN_ROWS ? state->low : 1;
    *last = where == IN_NGRAMS || where == IN_ROWS ? state->high : 1;
    if (!is_there)
        *last = 0;
}

static bool next_array(const zub_state *state, array_at *at)
{
    for (; at->next < KINDS; at->next++, at->order = 0) {
        unsigned first, last;
        orders_of(state, at, kinds[at->next].place, &first, &last);
        if (at->order == 0)
            at->order = first;
        if (at->order <= last) {
            at->kind = &kinds[at->next];
            at->of = at->order++;
            return true;
        }
    }
    return false;
}

/* The address of the array's pointer. */
static char *field_of(zub_state *state, const array_at *at)
{
    size_t offset = at->kind->offset;

    switch (at->kind->place) {
    case IN_NGRAMS: return (char *)&state->ngrams[at->of - 1] + offset;
    case IN_LIST:
    case IN_ORDINALS: return (char *)&state->list + offset;
    case IN_ROWS: return (char *)&state->list.rows[at->of - 1] + offset;
    default: return (char *)state + offset;
    }
}

static const char *data_of(const zub_state *state, const array_at *at)
{
    zub_state copy = *state;
    const char *data;

    memcpy(&data, field_of(&copy, at), sizeof data);
    return data;
}

static uint64_t last_of(const uint64_t *ends, uint64_t count)
{
    return count ? ends[count - 1] : 0;
}

/* Without any article there is no order of input. */
static bool has_ordinals(const zub_state *state)
{
    return state->articles > 0 && state->list.ordinals != NULL;
}

/* Elements of the array, from the numbers and the arrays before it. */
static uint64_t count_of(const zub_state *state, const array_at *at)
{
    const zub_articles *list = &state->list;

    switch (at->kind->extent) {
    case TERMS: return state->term_count;
    case TERM_BYTES: return last_of(state->term_ends, state->term_count);
    case FORM_STARTS: return state->form_count ? state->term_count + 1 : 0;
    case FORMS: return state->form_count;
    case FORM_BYTES: return last_of(state->form_ends, state->form_count);
    case NGRAMS: return state->ngrams[at->of - 1].count;
    case ARTICLES: return state->articles;
    case ID_BYTES: return last_of(list->id_ends, state->articles);
    case ENTRIES: return last_of(list->rows[at->of - 1].ends, state->articles);
    }
    return 0;
}

static array_at arrays_of(const zub_state *state)
{
    return (array_at){.has_ordinals = has_ordinals(state)};
}

void zub_state_let_go(const zub_state *state)
{
    for (array_at at = arrays_of(state);
         state->is_mapped && next_array(state, &at);)
        zub_let_go(data_of(state, &at),
                   (size_t)count_of(state, &at) * at.kind->size, true);
}

uint64_t zub_state_size(const zub_state *state)
{
    uint64_t size = 0;

    for (array_at at = arrays_of(state); next_array(state, &at);)
        size += count_of(state, &at) * at.kind->size;
    zub_state_let_go(state); /* a look at each array maps 64 KiB of it */
    return size;
}

/* ---- Writing ---- */

#define HAS_ARTICLES 1u
#define HAS_ORDINALS 2u

/* Section "about", as it lies in the file; no padding. */
typedef struct about_section {
    uint64_t articles, tokens, characters;
    uint64_t term_count, form_count;
    uint64_t ngram_counts[ZUB_MOST_ORDER]; /* [order - 1]; that of 1 is 0 */
    uint32_t low, high;
    uint32_t flags;
    uint32_t reserved; /* 0 */
} about_section;

_Static_assert(sizeof(about_section) == 120, "about has no padding");

static about_section describe(const zub_state *state)
{
    about_section about = {.articles = state->articles,
                           .tokens = state->tokens,
                           .characters = state->characters,
                           .term_count = state->term_count,
                           .form_count = state->form_count,
                           .low = state->low,
                           .high = state->high};

    for (unsigned n = 2; n <= state->high; n++)
        about.ngram_counts[n - 1] = state->ngrams[n - 1].count;
    if (state->has_articles)
        about.flags = HAS_ARTICLES | (has_ordinals(state) ? HAS_ORDINALS : 0);
    return about;
}

typedef char section_name[ZUB_CONTAINER_NAME + 1];

static void name_section(section_name out, const array_at *at)
{
    bool is_many = at->kind->place == IN_NGRAMS || at->kind->place == IN_ROWS;

    if (is_many)
        snprintf(out, ZUB_CONTAINER_NAME + 1, "%s.%u", at->kind->name, at->of);
    else
        snprintf(out, ZUB_CONTAINER_NAME + 1, "%s", at->kind->name);
}

typedef struct section_list {
    about_section about;
    size_t count;
    zub_section sections[ALL_ARRAYS + 1];
    section_name names[ALL_ARRAYS + 1];
} section_list;

static void list_sections(section_list *list, const zub_state *state)
{
    list->about = describe(state);
    list->sections[0] = (zub_section){
        "about", {(const char *)&list->about, sizeof list->about}};
    list->count = 1;
    for (array_at at = arrays_of(state); next_array(state, &at);) {
        size_t i = list->count++;
        size_t size = (size_t)count_of(state, &at) * at.kind->size;
        name_section(list->names[i], &at);
        list->sections[i] = (zub_section){
            list->names[i], {size ? data_of(state, &at) : NULL, size}};
    }
}

zub_status zub_state_write(const zub_state *state, zub_sink sink,
                           zub_error *error)
{
    section_list *list = zub_alloc_zero(1, sizeof *list);
    zub_container_about about = {ZUB_STATE_KIND, ZUB_STATE_VERSION,
                                 state->fingerprint};

    zub_error_clear(error);
    if (!list)
        return zub_fail_memory(error);
    list_sections(list, state);
    zub_status status =
        state->is_mapped
            ? zub_container_write_mapped(sink, &about, list->sections,
                                         list->count, 1, error)
            : zub_container_write(sink, &about, list->sections, list->count,
                                  error);
    zub_free(list);
    return status;
}

/* ---- Opening ---- */

static zub_status damaged(const zub_container *file, const char *what,
                          const char *section, zub_error *error)
{
    return zub_fail(error, ZUB_EFORMAT,
                    "'%s' is damaged: %s (section '%s'; get or build it "
                    "again)",
                    file->path, what, section);
}

/* Numbers from which no size can overflow, and orders that there are. */
static bool are_numbers(const about_section *about)
{
    bool are_sound =
        about->low >= 1 && about->low <= about->high &&
        about->high <= ZUB_MOST_ORDER && about->reserved == 0 &&
        about->flags <= (HAS_ARTICLES | HAS_ORDINALS) &&
        about->flags != HAS_ORDINALS && about->term_count <= ZUB_MOST_TERMS &&
        about->form_count <= SIZE_MAX / 16 && about->articles <= SIZE_MAX / 16;

    for (unsigned n = 1; n <= ZUB_MOST_ORDER; n++)
        are_sound &= about->ngram_counts[n - 1] <=
                     (n > 1 && n <= about->high ? ZUB_MOST_TERMS : 0);
    return are_sound;
}

static zub_status read_about(zub_state *state, about_section *about,
                             const zub_container *file, zub_error *error)
{
    zub_slice bytes;
    zub_status status = zub_container_section(file, "about", &bytes, error);

    if (status != ZUB_OK)
        return status;
    if (bytes.size == sizeof *about)
        memcpy(about, bytes.data, sizeof *about);
    if (bytes.size != sizeof *about || !are_numbers(about))
        return damaged(file, "its numbers make no sense", "about", error);
    state->fingerprint = file->fingerprint;
    state->articles = about->articles;
    state->tokens = about->tokens;
    state->characters = about->characters;
    state->low = about->low;
    state->high = about->high;
    state->has_articles = about->flags & HAS_ARTICLES;
    state->term_count = (size_t)about->term_count;
    state->form_count = (size_t)about->form_count;
    for (unsigned n = 2; n <= about->high; n++)
        state->ngrams[n - 1].count = (size_t)about->ngram_counts[n - 1];
    return ZUB_OK;
}

static zub_status read_arrays(zub_state *state, array_at at,
                              const zub_container *file, zub_error *error)
{
    section_name name;
    const void *data;
    uint32_t sections = 1;
    size_t count;

    for (; next_array(state, &at); sections++) {
        name_section(name, &at);
        zub_status status = zub_container_array(file, name, at.kind->size,
                                                &data, &count, error);
        if (status != ZUB_OK)
            return status;
        if (count != count_of(state, &at))
            return damaged(file, "it has not the size it should", name, error);
        memcpy(field_of(state, &at), &data, sizeof data);
    }
    if (file->section_count != sections)
        return damaged(file, "something follows its last section", name,
                       error);
    return ZUB_OK;
}

static zub_status read_state(zub_state *state, const zub_file *bytes,
                             const char *path, zub_error *error)
{
    zub_container file;
    about_section about = {0};
    zub_status status = zub_container_open(
        &file, bytes->bytes, path, ZUB_STATE_KIND, ZUB_STATE_VERSION, error);

    file.is_mapped = state->is_mapped = bytes->is_mapped;
    if (status == ZUB_OK)
        status = read_about(state, &about, &file, error);
    array_at at = {.has_ordinals = about.flags & HAS_ORDINALS};
    if (status == ZUB_OK)
        status = read_arrays(state, at, &file, error);
    if (status == ZUB_OK)
        status = zub_state_check(state, path, bytes->bytes.data, error);
    zub_let_go(bytes->bytes.data, bytes->bytes.size, bytes->is_mapped);
    return status;
}

zub_status zub_state_open_file(zub_state **out, zub_file file,
                               const char *path, zub_error *error)
{
    zub_state *state;

    *out = NULL;
    if (zub_state_new(&state, (zub_slice){NULL, 0}) != ZUB_OK) {
        zub_file_close(&file);
        return zub_fail_memory(error);
    }
    zub_state_hold(state, file);
    zub_status status = read_state(state, &file, path, error);
    if (status == ZUB_OK)
        *out = state;
    else
        zub_state_free(state);
    return status;
}

zub_status zub_state_open(zub_state **out, const char *path, zub_error *error)
{
    zub_file file;
    zub_status status;

    *out = NULL;
    zub_error_clear(error);
    status = zub_file_open(&file, path, error);
    return status == ZUB_OK ? zub_state_open_file(out, file, path, error)
                            : status;
}
