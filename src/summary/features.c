/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* features.c - see features.h. Content features are divided by their highest
 * value in the article, so that weights mean the same in a short and in a long
 * one. */
#include "summary/features.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "summary/graph.h"
#include "vectors/cosine.h"

#define FULL_LENGTH 15.0f /* words */
#define JUMP 0.15

const char *zub_feature_name(zub_feature feature)
{
    static const char *const names[] = {
#define X(name, text, reason, about) text,
        ZUB_FEATURE_MAP(X)
#undef X
    };
    return names[feature];
}

zub_reason_id zub_feature_reason(zub_feature feature)
{
    static const zub_reason_id reasons[] = {
#define X(name, text, reason, about) ZUB_REASON_##reason,
        ZUB_FEATURE_MAP(X)
#undef X
    };
    return reasons[feature];
}

const char *zub_reason_name(zub_reason_id reason)
{
    static const char *const names[] = {
#define X(name, text) text,
        ZUB_REASON_MAP(X)
#undef X
    };
    return names[reason];
}

/* ---- Cues ---- */

/* Before closing quotes and brackets, the code point a sentence ends in. */
static uint32_t last_mark(zub_slice text)
{
    static const uint32_t closing[] = {'"',    '\'',   ')',    ']',
                                       0x00BB, 0x201D, 0x2019, 0x203A,
                                       0x300D, 0x300F, 0xFF09};
    size_t end = text.size;

    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
            start--;
        size_t at = start;
        uint32_t mark = zub_utf8_next(text.data, end, &at, NULL);
        size_t c = 0;
        while (c < sizeof closing / sizeof *closing && closing[c] != mark)
            c++;
        if (c == sizeof closing / sizeof *closing)
            return mark;
        end = start;
    }
    return 0;
}

static bool is_one_of(uint32_t mark, const uint32_t *marks)
{
    while (*marks && *marks != mark)
        marks++;
    return *marks != 0;
}

/* ?, Arabic, full-width, Greek, Armenian, Ethiopic */
static const uint32_t questions[] = {'?',    0x061F, 0xFF1F, 0x037E,
                                     0x055E, 0x1367, 0};
/* what else may end a sentence: . ! : … ۔ ؛ 。 ！ ॥ । ։ ። */
static const uint32_t stops[] = {'.',    '!',    ':',    0x2026, 0x06D4,
                                 0x061B, 0x3002, 0xFF01, 0x0965, 0x0964,
                                 0x0589, 0x1362, 0};

static float number_share(const zub_document *document,
                          const zub_sentence *sentence)
{
    uint32_t words = sentence->word_end - sentence->word_start, numbers = 0;

    for (uint32_t w = sentence->word_start; w < sentence->word_end; w++) {
        uint32_t term = document->word_terms[w];
        if (term == ZUB_NO_TERM)
            continue;
        /* A key is folded: digits of every script are ASCII there. */
        char first = document->terms[term].key.data[0];
        numbers += first >= '0' && first <= '9';
    }
    return words ? (float)numbers / (float)words : 0;
}

/* ---- Rows: what a sentence says of itself ---- */

static bool opens_paragraph(const zub_document *document, size_t s)
{
    const zub_sentence *sentences = document->sentences;

    return s == 0 || sentences[s].paragraph != sentences[s - 1].paragraph;
}

static void fill_position(float *row, const zub_article *article, size_t s,
                          size_t place)
{
    const zub_document *document = article->document;
    const zub_sentence *sentence = &document->sentences[s];

    row[ZUB_FEATURE_FIRST] = 1 / (1 + (float)place);
    row[ZUB_FEATURE_EARLY] = 1 - (float)place / (float)article->candidates;
    row[ZUB_FEATURE_BEFORE] =
        1 - (float)sentence->word_start / (float)document->word_count;
    row[ZUB_FEATURE_PARAGRAPH] = 1 / (1 + (float)sentence->paragraph);
    row[ZUB_FEATURE_OPENING] = opens_paragraph(document, s);
}

static void fill_content(float *row, const zub_article *article, size_t s)
{
    int32_t r = (int32_t)s;

    row[ZUB_FEATURE_CENTROID] =
        (float)zub_row_dot_dense(&article->matrix, r, article->centroid);
    if (article->title)
        row[ZUB_FEATURE_TITLE] =
            (float)zub_row_dot_dense(&article->matrix, r, article->title);
}

static void fill_shape(float *row, const zub_article *article, size_t s)
{
    const zub_document *document = article->document;
    const zub_sentence *sentence = &document->sentences[s];
    zub_slice text = {document->text.data + sentence->span.start,
                      sentence->span.end - sentence->span.start};
    float words = (float)(sentence->word_end - sentence->word_start);
    uint32_t mark = last_mark(text);

    row[ZUB_FEATURE_LENGTH] = words < FULL_LENGTH ? words / FULL_LENGTH : 1;
    row[ZUB_FEATURE_LONG] = words;
    row[ZUB_FEATURE_QUESTION] = is_one_of(mark, questions);
    row[ZUB_FEATURE_UNFINISHED] =
        !is_one_of(mark, questions) && !is_one_of(mark, stops);
    row[ZUB_FEATURE_NUMBER] = number_share(document, sentence);
}

static void fill_rows(float *values, const zub_article *article)
{
    size_t place = 0;

    for (size_t s = 0; s < article->document->sentence_count; s++) {
        float *row = values + s * ZUB_FEATURES;
        if (!article->is_candidate[s])
            continue;
        fill_position(row, article, s, place++);
        fill_content(row, article, s);
        fill_shape(row, article, s);
    }
}

/* ---- Columns: what the others say of it ---- */

static void fill_column(float *values, const zub_article *article,
                        zub_feature feature, const double *column)
{
    for (size_t s = 0; s < article->document->sentence_count; s++)
        if (article->is_candidate[s])
            values[s * ZUB_FEATURES + feature] = (float)column[s];
}

static zub_status fill_graph(float *values, const zub_article *article)
{
    size_t sentences = article->document->sentence_count;
    double *columns = zub_alloc(sentences, 2 * sizeof *columns);
    zub_graph graph = {0};
    zub_status status =
        columns ? zub_graph_by_cosine(&graph, article) : ZUB_ENOMEM;

    if (status == ZUB_OK)
        status = zub_page_rank(columns, &graph, JUMP);
    if (status == ZUB_OK) {
        fill_column(values, article, ZUB_FEATURE_LEXRANK, columns);
        zub_directed_degrees(columns, columns + sentences, &graph.edges);
        fill_column(values, article, ZUB_FEATURE_LATER, columns);
        fill_column(values, article, ZUB_FEATURE_EARLIER, columns + sentences);
    }
    zub_graph_release(&graph);
    zub_free(columns);
    return status;
}

static void divide_by_highest(float *values, size_t sentences,
                              zub_feature feature)
{
    float highest = 0;

    for (size_t s = 0; s < sentences; s++)
        if (values[s * ZUB_FEATURES + feature] > highest)
            highest = values[s * ZUB_FEATURES + feature];
    for (size_t s = 0; highest > 0 && s < sentences; s++)
        values[s * ZUB_FEATURES + feature] /= highest;
}

zub_status zub_features_fill(float *values, const zub_article *article)
{
    static const zub_feature relative[] = {
        ZUB_FEATURE_CENTROID, ZUB_FEATURE_TITLE,   ZUB_FEATURE_LEXRANK,
        ZUB_FEATURE_LATER,    ZUB_FEATURE_EARLIER, ZUB_FEATURE_LONG};
    size_t sentences = article->document->sentence_count;

    memset(values, 0, sentences * ZUB_FEATURES * sizeof *values);
    fill_rows(values, article);
    zub_status status = fill_graph(values, article);
    if (status != ZUB_OK)
        return status;
    for (size_t f = 0; f < sizeof relative / sizeof *relative; f++)
        divide_by_highest(values, sentences, relative[f]);
    return ZUB_OK;
}
