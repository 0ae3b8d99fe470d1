/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* query.c - one row, alone: of a matrix, or of a text that is counted as the
 * articles of a state were. What its fingerprint says decides how; whether it
 * came to the same is asked of the fingerprint of the count. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "terms/counter.h"
#include "terms/fingerprint.h"

struct zub_query {
    int32_t *cols; /* [size] */
    float *values; /* the same */
    size_t size;
};

/* ---- A row of a matrix ---- */

void zub_query_free(zub_query *query)
{
    if (!query)
        return;
    zub_free(query->cols);
    zub_free(query->values);
    zub_free(query);
}

zub_vector zub_query_vector(const zub_query *query)
{
    return (zub_vector){query->cols, query->values, query->size};
}

static zub_query *copy_row(const int32_t *cols, const float *values,
                           size_t size)
{
    zub_query *query = zub_alloc_zero(1, sizeof *query);

    if (!query)
        return NULL;
    query->cols = zub_alloc(size, sizeof *query->cols);
    query->values = zub_alloc(size, sizeof *query->values);
    if (!query->cols || !query->values) {
        zub_query_free(query);
        return NULL;
    }
    if (size > 0) {
        memcpy(query->cols, cols, size * sizeof *cols);
        memcpy(query->values, values, size * sizeof *values);
    }
    query->size = size;
    return query;
}

zub_status zub_query_new_row(zub_query **out, zub_matrix *matrix, uint64_t row,
                             zub_error *error)
{
    zub_matrix_block block;

    *out = NULL;
    zub_error_clear(error);
    zub_status status = zub_matrix_read(&block, matrix, row, true, error);
    if (status != ZUB_OK)
        return status;
    *out = copy_row(block.cols, block.values, (size_t)block.starts[1]);
    return *out ? ZUB_OK : zub_fail_memory(error);
}

/* ---- How a state was counted ---- */

#define WORD 40

/* Options as a fingerprint has them, with what they point at. */
typedef struct manner {
    char lang[WORD], stemmer[WORD], compat[WORD];
    zub_analyzer_options words;
    zub_count_options count;
} manner;

/* A value up to what says of which version it is; NULL: there is none. */
static const char *name_of(char out[WORD], zub_slice fingerprint,
                           const char *key)
{
    zub_slice value = zub_fingerprint_value(fingerprint, key);
    size_t size = 0;

    while (size < value.size && size < WORD - 1 && value.data[size] != '/')
        size++;
    memcpy(out, value.data, size);
    out[size] = '\0';
    return size > 0 ? out : NULL;
}

/* Whether articles may be in any language. */
static bool is_any(const char *lang)
{
    return !lang || strcmp(lang, "auto") == 0;
}

/* "1-2", as two numbers; 0 and 0: no such key. */
static void range_of(unsigned *low, unsigned *high, zub_slice fingerprint,
                     const char *key)
{
    zub_slice value = zub_fingerprint_value(fingerprint, key);
    unsigned *number = low;

    *low = *high = 0;
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] == '-')
            number = high;
        else if (value.data[i] >= '0' && value.data[i] <= '9' && *number < 100)
            *number = *number * 10 + (unsigned)(value.data[i] - '0');
}

static void read_manner(manner *out, const zub_state *state,
                        const char *lexicon)
{
    zub_slice fingerprint = state->fingerprint;

    *out = (manner){.words.lexicon = lexicon};
    out->words.lang = name_of(out->lang, fingerprint, "lang");
    out->words.stemmer = name_of(out->stemmer, fingerprint, "stemmer");
    zub_slice stop = zub_fingerprint_value(fingerprint, "stop");
    out->words.keep_stop_words =
        stop.size == 4 && memcmp(stop.data, "kept", 4) == 0;
    out->count = (zub_count_options){.keep_articles = true, .by_input = true};
    out->count.compat = name_of(out->compat, fingerprint, "words");
    out->count.window =
        (unsigned)zub_fingerprint_number(fingerprint, "window");
    range_of(&out->count.char_low, &out->count.char_high, fingerprint, "char");
    if (out->count.window == 0)
        range_of(&out->count.low, &out->count.high, fingerprint, "ngram");
}

/* ---- A text ---- */

/* A few words do not say which language they are of, and stems differ. So a
 * short text is counted in each of these, too, as an article of its own, and
 * the one is taken of which the articles know most terms; of equals the one
 * that the text was taken for, then the first here. */
#define SHORT 1000u /* bytes */

static const char *const languages[] = {
    "en", "ar", "arz", "es", "fr", "de", "pt", "it", "ru", "tr", "fa",
    "ur", "hi", "id",  "nl", "sv", "da", "nb", "fi", "pl", "ro", "ca",
    "el", "hu", "eu",  "ga", "hy", "lt", "ne", "sr", "ta", "yi",
};
#define LANGUAGES (sizeof languages / sizeof *languages)

static zub_status add_languages(zub_counter *counter, zub_slice text,
                                zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < LANGUAGES && status == ZUB_OK; i++) {
        zub_slice lang = {languages[i], strlen(languages[i])};
        zub_record record = {.text = text, .lang = lang, .ordinal = i + 1};
        status = zub_counter_add(counter, &record, error);
    }
    return status;
}

static zub_status count_text(zub_state **out, zub_counter *counter,
                             zub_slice text, bool any_language,
                             zub_error *error)
{
    zub_record record = {.text = text};
    zub_status status = zub_counter_add(counter, &record, error);

    if (status == ZUB_OK && any_language && text.size <= SHORT)
        status = add_languages(counter, text, error);
    return status == ZUB_OK ? zub_counter_seal(out, counter, error) : status;
}

static zub_status count_alike(zub_state **out, const zub_state *state,
                              zub_slice text, const zub_models *models,
                              const char *lexicon, zub_error *error)
{
    manner how;
    zub_analyzer *analyzer;
    zub_counter *counter = NULL;

    *out = NULL;
    read_manner(&how, state, lexicon);
    zub_status status = zub_analyzer_new(&analyzer, models, &how.words, error);
    if (status != ZUB_OK)
        return status;
    status = zub_counter_new(&counter, analyzer, &how.count, error);
    if (status == ZUB_OK)
        status = count_text(out, counter, text, is_any(how.words.lang), error);
    zub_counter_free(counter);
    zub_analyzer_free(analyzer);
    return status;
}

/* The row with most terms, the first of equals. */
static zub_status copy_best(zub_query **out, zub_matrix *matrix,
                            zub_error *error)
{
    uint64_t rows = zub_matrix_measure(matrix).rows, best = 0, most = 0;
    zub_status status = ZUB_OK;

    for (uint64_t row = 0; row < rows && status == ZUB_OK; row++) {
        zub_matrix_block block;
        status = zub_matrix_read(&block, matrix, row, false, error);
        if (status == ZUB_OK && block.starts[1] > most) {
            best = row;
            most = block.starts[1];
        }
    }
    return status == ZUB_OK ? zub_query_new_row(out, matrix, best, error)
                            : status;
}

static zub_status weigh_counted(zub_query **out, const zub_state *counted,
                                const zub_state *state, const char *weight,
                                zub_error *error)
{
    zub_matrix_options options = {
        .weight = weight, .vocabulary = state, .threads = 1};
    zub_matrix *matrix;
    zub_status status = zub_matrix_new(&matrix, counted, &options, error);

    if (status == ZUB_OK)
        status = copy_best(out, matrix, error);
    zub_matrix_free(matrix);
    return status;
}

zub_status zub_query_new(zub_query **out, const zub_state *state,
                         zub_slice text, const char *weight,
                         const zub_models *models, const char *lexicon,
                         zub_error *error)
{
    zub_state *counted = NULL;

    *out = NULL;
    zub_error_clear(error);
    zub_status status =
        count_alike(&counted, state, text, models, lexicon, error);
    if (status == ZUB_OK)
        status = weigh_counted(out, counted, state, weight, error);
    zub_state_free(counted);
    if (status != ZUB_OK && error && error->status == ZUB_OK)
        zub_fail(error, status, "%s", zub_status_text(status));
    return status;
}
