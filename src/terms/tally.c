/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tally.c - see tally.h. Marks map the lexicon's ids to the document's; a mark
 * counts only in the generation that set it, so beginning a document costs
 * nothing. Invariant: forms and terms ascend by first occurrence. */
#include "terms/tally.h"

#include <string.h>

#include "base/mem.h"

#define MOST_MARKS (1u << 18)

typedef struct id_mark {
    uint32_t generation, id;
} id_mark;

typedef struct mark_set {
    id_mark *of; /* by id of the lexicon */
    size_t count, capacity;
} mark_set;

typedef struct surface_form {
    zub_slice word;
    uint32_t term, count;
} surface_form;

typedef struct counted_term {
    uint32_t key, count, best_form;
} counted_term;

struct zub_tally {
    uint32_t generation;
    mark_set keys, words;
    surface_form *forms;
    counted_term *terms;
    size_t form_count, form_capacity, term_count, term_capacity;
};

zub_status zub_tally_new(zub_tally **out)
{
    *out = zub_alloc_zero(1, sizeof **out);
    return *out ? ZUB_OK : ZUB_ENOMEM;
}

void zub_tally_free(zub_tally *tally)
{
    if (!tally)
        return;
    zub_free(tally->keys.of);
    zub_free(tally->words.of);
    zub_free(tally->forms);
    zub_free(tally->terms);
    zub_free(tally);
}

static void forget(mark_set *marks)
{
    if (marks->of)
        memset(marks->of, 0, marks->count * sizeof *marks->of);
}

/* What one huge article needed is not kept for the small ones after it. */
static void shrink(mark_set *marks)
{
    if (marks->capacity <= MOST_MARKS)
        return;
    zub_free(marks->of);
    *marks = (mark_set){0};
}

void zub_tally_begin(zub_tally *tally)
{
    tally->form_count = tally->term_count = 0;
    shrink(&tally->keys);
    shrink(&tally->words);
    if (++tally->generation == 0) {
        forget(&tally->keys);
        forget(&tally->words);
        tally->generation = 1;
    }
}

/* The mark of a lexicon's id; NULL without memory. */
static id_mark *mark_of(mark_set *marks, uint32_t id)
{
    if (id >= marks->count) {
        if (!zub_grow(&marks->of, &marks->capacity, (size_t)id + 1,
                      sizeof *marks->of))
            return NULL;
        memset(marks->of + marks->count, 0,
               (marks->capacity - marks->count) * sizeof *marks->of);
        marks->count = marks->capacity;
    }
    return &marks->of[id];
}

static bool find_term(zub_tally *tally, uint32_t key, uint32_t *id)
{
    id_mark *mark = mark_of(&tally->keys, key);

    if (!mark)
        return false;
    if (mark->generation != tally->generation) {
        if (!zub_grow(&tally->terms, &tally->term_capacity,
                      tally->term_count + 1, sizeof *tally->terms))
            return false;
        tally->terms[tally->term_count] = (counted_term){.key = key};
        mark->generation = tally->generation;
        mark->id = (uint32_t)tally->term_count++;
    }
    *id = mark->id;
    return true;
}

static bool find_form(zub_tally *tally, uint32_t word, uint32_t *id)
{
    id_mark *mark = mark_of(&tally->words, word);

    if (!mark)
        return false;
    if (mark->generation != tally->generation) {
        if (!zub_grow(&tally->forms, &tally->form_capacity,
                      tally->form_count + 1, sizeof *tally->forms))
            return false;
        tally->forms[tally->form_count] = (surface_form){0};
        mark->generation = tally->generation;
        mark->id = (uint32_t)tally->form_count++;
    }
    *id = mark->id;
    return true;
}

zub_status zub_tally_add(zub_tally *tally, zub_lexeme lexeme, zub_slice word,
                         uint32_t *term)
{
    uint32_t form;

    if (!find_term(tally, lexeme.key, term) ||
        !find_form(tally, lexeme.word, &form))
        return ZUB_ENOMEM;
    tally->terms[*term].count++;
    if (tally->forms[form].count++ == 0) {
        tally->forms[form].word = word;
        tally->forms[form].term = *term;
    }
    return ZUB_OK;
}

static void choose_surfaces(zub_tally *tally)
{
    for (size_t t = 0; t < tally->term_count; t++)
        tally->terms[t].best_form = UINT32_MAX;
    for (uint32_t f = 0; f < tally->form_count; f++) {
        counted_term *term = &tally->terms[tally->forms[f].term];
        if (term->best_form == UINT32_MAX ||
            tally->forms[f].count > tally->forms[term->best_form].count)
            term->best_form = f;
    }
}

zub_status zub_tally_finish(zub_tally *tally, const zub_lexicon *lexicon,
                            zub_arena *arena, const zub_term **terms,
                            size_t *count)
{
    zub_term *out = zub_arena_alloc(arena, tally->term_count, sizeof *out);

    if (!out)
        return ZUB_ENOMEM;
    choose_surfaces(tally);
    for (size_t t = 0; t < tally->term_count; t++) {
        const counted_term *from = &tally->terms[t];
        out[t].count = from->count;
        out[t].key =
            zub_arena_copy(arena, zub_lexicon_key(lexicon, from->key));
        out[t].surface =
            zub_arena_copy(arena, tally->forms[from->best_form].word);
        if (!out[t].key.data || !out[t].surface.data)
            return ZUB_ENOMEM;
    }
    *terms = out;
    *count = tally->term_count;
    return ZUB_OK;
}
