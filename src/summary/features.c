/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* features.c - see features.h. */
#include "summary/features.h"

#include <string.h>

#include "vectors/cosine.h"

#define FULL_LENGTH 15.0f /* words */

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

static bool ends_with(zub_slice text, const char *mark)
{
    size_t size = strlen(mark);

    return text.size >= size &&
           memcmp(text.data + text.size - size, mark, size) == 0;
}

static bool is_question(const zub_document *document,
                        const zub_sentence *sentence)
{
    static const char *const marks[] = {"?", "\u061F", "\uFF1F", "\u037E",
                                        "\u055E", "\u1367"};
    zub_slice text = {document->text.data + sentence->span.start,
                      sentence->span.end - sentence->span.start};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (ends_with(text, marks[m]))
            return true;
    return false;
}

static bool opens_paragraph(const zub_document *document, size_t s)
{
    const zub_sentence *sentences = document->sentences;

    return s == 0 || sentences[s].paragraph != sentences[s - 1].paragraph;
}

static float length_of(const zub_sentence *sentence)
{
    float words = (float)(sentence->word_end - sentence->word_start);

    return words < FULL_LENGTH ? words / FULL_LENGTH : 1;
}

/* The `place`-th candidate. */
static void fill_row(float *row, const zub_article *article, size_t s,
                     size_t place)
{
    const zub_sentence *sentence = &article->document->sentences[s];
    int32_t r = (int32_t)s;

    row[ZUB_FEATURE_FIRST] = 1 / (1 + (float)place);
    row[ZUB_FEATURE_EARLY] = 1 - (float)place / (float)article->candidates;
    row[ZUB_FEATURE_OPENING] = opens_paragraph(article->document, s);
    row[ZUB_FEATURE_CENTROID] = (float)zub_row_dot_dense(
        &article->matrix, r, article->centroid);
    if (article->title)
        row[ZUB_FEATURE_TITLE] = (float)zub_row_dot_dense(
            &article->matrix, r, article->title);
    row[ZUB_FEATURE_LENGTH] = length_of(sentence);
    row[ZUB_FEATURE_QUESTION] = is_question(article->document, sentence);
    row[ZUB_FEATURE_HEADING] = sentence->is_heading;
}

zub_status zub_features_fill(float *values, const zub_article *article)
{
    size_t sentences = article->document->sentence_count, place = 0;

    memset(values, 0, sentences * ZUB_FEATURES * sizeof *values);
    for (size_t s = 0; s < sentences; s++)
        if (article->is_candidate[s])
            fill_row(values + s * ZUB_FEATURES, article, s, place++);
    return ZUB_OK;
}
