/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* written.c - from what a reader writes to the term that was counted. */
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "terms/state.h"
#include "terms/tokenizer.h"

#define BATCH 64

/* The term of one more word, behind a space. */
static void add_word(zub_buffer *term, zub_slice word)
{
    if (term->size > 0)
        zub_buffer_add_char(term, ' ');
    zub_buffer_add_slice(term, word);
}

static zub_status none(zub_slice text, zub_error *error)
{
    return zub_fail(error, ZUB_ENOTFOUND, "'%.*s' holds no word that counts",
                    text.size < 100 ? (int)text.size : 100,
                    text.size ? text.data : "");
}

/* ---- By the rules of counting ---- */

/* Of a word that counts as several terms the first, which is its own. */
static zub_status add_words(zub_buffer *term, zub_tokenizer *tokenizer,
                            zub_slice text, const zub_scanned *words,
                            size_t size)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < size && status == ZUB_OK; i++) {
        const zub_slice *terms;
        size_t count;
        status = zub_tokenizer_terms(
            tokenizer, (zub_slice){text.data + words[i].start, words[i].size},
            &terms, &count);
        if (status == ZUB_OK && count > 0)
            add_word(term, terms[0]);
    }
    return status;
}

static zub_status read_words(zub_buffer *term, zub_tokenizer *tokenizer,
                             const zub_record *record, zub_error *error)
{
    zub_scanned words[BATCH];
    bool breaks[BATCH];
    size_t size = 1, vocabulary;
    zub_slice text;
    zub_status status =
        zub_tokenizer_begin(tokenizer, record, &text, &vocabulary, error);

    if (status != ZUB_OK)
        return status;
    while (status == ZUB_OK && size > 0) {
        status = zub_tokenizer_next(tokenizer, words, breaks, BATCH, &size);
        if (status == ZUB_OK)
            status = add_words(term, tokenizer, text, words, size);
    }
    return status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, status, "%s", zub_status_text(status));
}

/* Hands the term over. */
static zub_status give(zub_sink sink, zub_buffer *term, zub_status status,
                       zub_slice text, zub_error *error)
{
    if (status == ZUB_OK && term->status != ZUB_OK)
        status = zub_fail_memory(error);
    else if (status == ZUB_OK && term->size == 0)
        status = none(text, error);
    else if (status == ZUB_OK) {
        status = sink.write(sink.context, term->data, term->size);
        if (status != ZUB_OK)
            zub_fail(error, status, "%s", zub_status_text(status));
    }
    zub_buffer_release(term);
    return status;
}

zub_status zub_count_key(zub_sink sink, zub_slice text,
                         const zub_models *models,
                         const zub_analyzer_options *words,
                         const zub_count_options *options, zub_error *error)
{
    static const zub_count_options defaults = {0};
    zub_record record = {.text = text};
    zub_analyzer *analyzer;
    zub_tokenizer *tokenizer;
    zub_buffer term;

    zub_error_clear(error);
    zub_status status = zub_analyzer_new(&analyzer, models, words, error);
    if (status != ZUB_OK)
        return status;
    zub_buffer_init(&term, ZUB_BUFFER_UNLIMITED);
    status = zub_tokenizer_new(&tokenizer, analyzer,
                               options ? options : &defaults, error);
    if (status == ZUB_OK)
        status = read_words(&term, tokenizer, &record, error);
    zub_tokenizer_free(tokenizer);
    zub_analyzer_free(analyzer);
    return give(sink, &term, status, text, error);
}

/* ---- By the forms that were met ---- */

static bool is_equal(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* The term of which this is a form, the commonest of several languages';
 * SIZE_MAX: none. A walk over all forms. */
static size_t find_form(const zub_state *state, zub_slice word)
{
    size_t best = SIZE_MAX;
    uint64_t most = 0;

    for (size_t t = 0; state->form_count > 0 && t < state->term_count; t++)
        for (uint64_t f = state->form_starts[t]; f < state->form_starts[t + 1];
             f++)
            if (state->form_counts[f] > most &&
                is_equal(zub_state_form_bytes(state, (size_t)f), word)) {
                most = state->form_counts[f];
                best = t;
            }
    return best;
}

static bool next_word(zub_slice *rest, zub_slice *word)
{
    while (rest->size > 0 && *rest->data == ' ')
        *rest = (zub_slice){rest->data + 1, rest->size - 1};
    if (rest->size == 0)
        return false;
    const char *space = memchr(rest->data, ' ', rest->size);
    size_t size = space ? (size_t)(space - rest->data) : rest->size;
    *word = (zub_slice){rest->data, size};
    *rest = (zub_slice){rest->data + size, rest->size - size};
    return true;
}

zub_status zub_state_key(zub_sink sink, const zub_state *state, zub_slice text,
                         zub_error *error)
{
    zub_slice rest = text, word;
    zub_buffer term;
    zub_status status = ZUB_OK;

    zub_error_clear(error);
    zub_buffer_init(&term, ZUB_BUFFER_UNLIMITED);
    while (status == ZUB_OK && next_word(&rest, &word)) {
        size_t id = find_form(state, word);
        if (id == SIZE_MAX)
            status =
                zub_fail(error, ZUB_ENOTFOUND, "nothing was counted as '%.*s'",
                         word.size < 100 ? (int)word.size : 100, word.data);
        else
            add_word(&term, zub_state_term_bytes(state, id));
    }
    return give(sink, &term, status, text, error);
}
