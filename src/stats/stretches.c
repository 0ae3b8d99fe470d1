/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stretches.c - a state in the unit of a background: stretches of 200 words,
 * of which the background says how many have a word (terms/background.h). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/spool.h"
#include "stats/comparison.h"
#include "terms/analyzer.h"
#include "terms/fingerprint.h"

#define STRETCH 200. /* words, as scripts/count_terms.c cuts them */
#define SAMPLE 2000u /* commonest words, for a guess at their language */

/* ---- Estimates ---- */

/* Of k stretches those that have one of v words which fell anywhere. */
static double stretches_with(double k, double v)
{
    return k * (1 - exp(v * log1p(-1 / k)));
}

static double stretches_of(double words)
{
    double k = round(words / STRETCH);

    return k > 1 ? k : 1;
}

static void add_article(zub_stretches *s, const zub_state *state, size_t r,
                        uint64_t start)
{
    const zub_count_rows *rows = &state->list.rows[0];
    double k = stretches_of((double)state->list.lengths[r]);

    s->total += k;
    for (uint64_t at = start; at < rows->ends[r]; at++)
        s->with[rows->cols[at]] += stretches_with(k, rows->counts[at]);
}

static void estimate(zub_stretches *s, const zub_state *state)
{
    const zub_count_rows *rows = &state->list.rows[0];
    zub_window cols = zub_window_at(rows->cols, state->is_mapped);
    zub_window counts = zub_window_at(rows->counts, state->is_mapped);
    uint64_t at = 0;

    if (!rows->ends) { /* as one article */
        s->total = stretches_of((double)state->tokens);
        for (size_t t = 0; t < state->term_count; t++)
            s->with[t] = stretches_with(s->total, (double)state->counts[t]);
        return;
    }
    for (size_t r = 0; r < state->articles; r++) {
        add_article(s, state, r, at);
        at = rows->ends[r];
        zub_window_pass(&cols, &rows->cols[at]);
        zub_window_pass(&counts, &rows->counts[at]);
    }
}

/* ---- Languages ---- */

/* The commonest words of a state, as a text. */
static zub_status sample(zub_buffer *text, const zub_state *state)
{
    size_t most = state->term_count < SAMPLE ? state->term_count : SAMPLE;
    zub_heap heap;

    if (!zub_heap_init(&heap, most)) {
        zub_heap_release(&heap);
        return ZUB_ENOMEM;
    }
    for (size_t t = 0; most > 0 && t < state->term_count; t++)
        zub_heap_add(&heap, (double)state->counts[t], (uint32_t)t);
    const zub_scored *best = zub_heap_sort(&heap);
    for (size_t i = 0; i < heap.size; i++) {
        zub_buffer_add_slice(text, zub_state_surface(state, best[i].id));
        zub_buffer_add_char(text, ' ');
    }
    zub_heap_release(&heap);
    return text->status;
}

static zub_status guess(char lang[12], zub_analyzer *analyzer,
                        const zub_state *state, zub_error *error)
{
    zub_buffer text;
    zub_guess found = {.confidence = 0};

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    zub_status status = sample(&text, state);
    if (status != ZUB_OK)
        zub_fail_memory(error);
    else
        status =
            zub_identify(&found, analyzer, zub_buffer_slice(&text), error);
    zub_buffer_release(&text);
    snprintf(lang, 12, "%s", found.lang);
    return status;
}

/* What stands behind "key=", up to a space or a slash; cut to `room`. */
static void setting(char *out, size_t room, const zub_state *state,
                    const char *key)
{
    zub_slice value = zub_fingerprint_value(state->fingerprint, key);
    size_t size = 0;

    while (size < value.size && value.data[size] != '/')
        size++;
    snprintf(out, room, "%.*s", (int)(size < room ? size : room - 1),
             size ? value.data : "");
}

/* The state's own language, else the one asked for, else a guess. */
static zub_status choose_language(char lang[12], zub_analyzer *analyzer,
                                  const zub_state *state, const char *asked,
                                  zub_error *error)
{
    char own[12];
    bool is_asked = asked && strcmp(asked, "auto") != 0;

    setting(own, sizeof own, state, "lang");
    if (own[0] == '\0')
        return zub_fail(error, ZUB_EINVAL,
                        "words of another package, or characters, have no "
                        "background");
    if (strcmp(own, "auto") != 0) {
        if (is_asked && strncmp(own, asked, strcspn(asked, "-")) != 0)
            return zub_fail(error, ZUB_EMISMATCH,
                            "the state was counted as '%s', not '%.40s'", own,
                            asked);
        snprintf(lang, 12, "%s", own);
        return ZUB_OK;
    }
    if (!is_asked)
        return guess(lang, analyzer, state, error);
    snprintf(lang, 12, "%.11s", asked);
    return ZUB_OK;
}

/* A state of one language says with what its keys were made. */
static bool is_alike(const zub_state *state, const zub_lexicon *lexicon)
{
    char own[12];
    const char *wanted = zub_lexicon_fingerprint(lexicon);
    size_t size = strlen(wanted);

    setting(own, sizeof own, state, "lang");
    return strcmp(own, "auto") == 0 ||
           (state->fingerprint.size >= size &&
            memcmp(state->fingerprint.data, wanted, size) == 0);
}

/* ---- The background ---- */

static zub_status look_up(zub_stretches *s, const zub_state *state,
                          zub_analyzer *analyzer, zub_error *error)
{
    zub_lexicon *lexicon;
    zub_status status =
        zub_analyzer_lexicon(analyzer, &lexicon, s->lang, error);

    if (status != ZUB_OK)
        return status;
    const zub_background *background = zub_lexicon_background(lexicon);
    if (zub_background_is_empty(background))
        return zub_fail(error, ZUB_ENOTFOUND,
                        "no background of '%s' for words stemmed so (see "
                        "--lang, --stemmer and --models)",
                        s->lang);
    if (!is_alike(state, lexicon))
        return zub_fail(error, ZUB_EMISMATCH,
                        "the background of '%s' has other terms than the "
                        "state (count it again with these models)",
                        s->lang);
    s->documents = (double)zub_background_documents(background);
    for (size_t t = 0; t < state->term_count; t++) {
        s->listed[t] = zub_background_frequency(
            background, zub_state_term_bytes(state, t));
        if (s->listed[t] > 0)
            s->listed_tokens += (double)state->counts[t];
    }
    return ZUB_OK;
}

zub_status zub_stretches_open(zub_stretches *out, const zub_state *state,
                              const zub_models *models, const char *lang,
                              zub_error *error)
{
    char stemmer[24];
    zub_analyzer *analyzer;

    *out = (zub_stretches){
        .with = zub_alloc_zero(state->term_count, sizeof *out->with),
        .listed = zub_alloc_zero(state->term_count, sizeof *out->listed)};
    if (!out->with || !out->listed)
        return zub_fail_memory(error);
    setting(stemmer, sizeof stemmer, state, "stemmer");
    zub_analyzer_options words = {.lang = lang,
                                  .stemmer = stemmer[0] ? stemmer : NULL};
    zub_status status = zub_analyzer_new(&analyzer, models, &words, error);
    if (status != ZUB_OK)
        return status;
    status = choose_language(out->lang, analyzer, state, lang, error);
    if (status == ZUB_OK)
        status = look_up(out, state, analyzer, error);
    if (status == ZUB_OK)
        estimate(out, state);
    zub_analyzer_free(analyzer);
    return status;
}

void zub_stretches_release(zub_stretches *stretches)
{
    zub_free(stretches->with);
    zub_free(stretches->listed);
    *stretches = (zub_stretches){0};
}
