/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* select.c - see select.h. A length is kept as it will be printed: sentences
 * joined by one newline, invalid bytes as U+FFFD. */
#include "summary/select.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "summary/repeats.h"

#define DEFAULT_SENTENCES 3u

zub_budget zub_budget_asked(const zub_budget *budget)
{
    zub_budget asked = *budget;

    if (!asked.sentences && !asked.words && !asked.chars && !asked.bytes &&
        asked.ratio <= 0)
        asked.sentences = DEFAULT_SENTENCES;
    return asked;
}

/* The ratio as words. */
static zub_budget caps_of(const zub_budget *budget,
                          const zub_document *document)
{
    zub_budget caps = *budget;

    if (caps.ratio > 0) {
        double words = caps.ratio * (double)document->word_count;
        size_t most = words < 1 ? 1 : (size_t)words;
        if (caps.words == 0 || most < caps.words)
            caps.words = most;
    }
    return caps;
}

/* ---- Lengths ---- */

static size_t shown_bytes(const zub_document *document, zub_span span)
{
    zub_slice text = {document->text.data + span.start, span.end - span.start};
    size_t invalid = 0;

    if (document->repaired == 0)
        return text.size;
    size_t code_points = zub_utf8_count(text, &invalid);
    if (invalid == 0)
        return text.size;
    /* What is valid keeps its bytes, the rest takes three a replacement. */
    size_t at = 0, bytes = 0;
    while (code_points-- > 0) {
        size_t from = at;
        bool is_valid;
        zub_utf8_next(text.data, text.size, &at, &is_valid);
        bytes += is_valid ? at - from : 3;
    }
    return bytes;
}

static zub_length length_of(const zub_document *document, size_t s)
{
    const zub_sentence *sentence = &document->sentences[s];

    return (zub_length){
        .sentences = 1,
        .words = sentence->word_end - sentence->word_start,
        .chars = sentence->span.cp_end - sentence->span.cp_start,
        .bytes = shown_bytes(document, sentence->span),
    };
}

static zub_length joined(zub_length a, zub_length b)
{
    size_t newline = a.sentences > 0;

    return (zub_length){
        .sentences = a.sentences + b.sentences,
        .words = a.words + b.words,
        .chars = a.chars + newline + b.chars,
        .bytes = a.bytes + newline + b.bytes,
    };
}

static bool fits(zub_length length, const zub_budget *caps)
{
    return (!caps->sentences || length.sentences <= caps->sentences) &&
           (!caps->words || length.words <= caps->words) &&
           (!caps->chars || length.chars <= caps->chars) &&
           (!caps->bytes || length.bytes <= caps->bytes);
}

static double off_by(size_t length, size_t cap)
{
    return cap ? fabs((double)length - (double)cap) / (double)cap : 0;
}

static double distance(zub_length length, const zub_budget *caps)
{
    return off_by(length.sentences, caps->sentences) +
           off_by(length.words, caps->words) +
           off_by(length.chars, caps->chars) +
           off_by(length.bytes, caps->bytes);
}

/* ---- Choosing ---- */

typedef struct ranked {
    double score;
    uint32_t sentence;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *left = a, *right = b;

    if (left->score != right->score)
        return left->score > right->score ? -1 : 1;
    return left->sentence < right->sentence ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
    const zub_choice *left = a, *right = b;

    return left->sentence < right->sentence ? -1 : 1;
}

static size_t rank_candidates(ranked *order, const zub_article *article,
                              const double *scores)
{
    size_t count = 0;

    for (size_t s = 0; s < article->document->sentence_count; s++)
        if (article->is_candidate[s])
            order[count++] = (ranked){scores[s], (uint32_t)s};
    qsort(order, count, sizeof *order, by_rank);
    return count;
}

static bool is_wanted(const zub_selection *selection, zub_length next,
                      const zub_budget *caps)
{
    if (caps->fit == ZUB_FIT_UNDER)
        return fits(next, caps);
    return selection->count == 0 ||
           distance(next, caps) < distance(selection->got, caps);
}

static void take(zub_selection *selection, const zub_document *document,
                 uint32_t s, zub_length next)
{
    const zub_sentence *sentence = &document->sentences[s];
    zub_choice *choice = &selection->choices[selection->count++];

    *choice = (zub_choice){
        .sentence = s,
        .rank = (uint32_t)selection->count,
        .span = sentence->span,
        .words = sentence->word_end - sentence->word_start,
        .bytes = shown_bytes(document, sentence->span),
    };
    selection->got = next;
}

static zub_status fill(zub_selection *selection, const zub_article *article,
                       const ranked *order, size_t count,
                       const zub_budget *caps, zub_repeats *repeats)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t s = order[i].sentence;
        zub_length next =
            joined(selection->got, length_of(article->document, s));
        if (!is_wanted(selection, next, caps))
            continue;
        if (repeats && zub_repeats_has(repeats, (int32_t)s))
            continue;
        take(selection, article->document, s, next);
        if (repeats && zub_repeats_add(repeats, (int32_t)s) != ZUB_OK)
            return ZUB_ENOMEM;
    }
    return ZUB_OK;
}

/* ---- Cutting: when not even one sentence fits ---- */

/* The sentence up to the end of its `words`-th word. */
static zub_length cut_after(const zub_document *document,
                            const zub_sentence *sentence, size_t words,
                            zub_span *span)
{
    const zub_span *last =
        &document->words[sentence->word_start + words - 1].span;

    *span = sentence->span;
    span->end = last->end;
    span->cp_end = last->cp_end;
    return (zub_length){1, words, span->cp_end - span->cp_start,
                        shown_bytes(document, *span), 0};
}

/* As many words of the sentence as fit: lengths grow with the words, so the
 * most that do are found by halving. */
static bool cut_at_word(const zub_document *document,
                        const zub_sentence *sentence, const zub_budget *caps,
                        zub_span *span, zub_length *got)
{
    size_t few = 0, many = sentence->word_end - sentence->word_start;

    while (few < many) {
        size_t words = many - (many - few) / 2;
        if (fits(cut_after(document, sentence, words, span), caps))
            few = words;
        else
            many = words - 1;
    }
    if (few > 0)
        *got = cut_after(document, sentence, few, span);
    return few > 0;
}

/* As many code points as fit: a cap is shorter than the first word. */
static bool cut_in_word(const zub_document *document,
                        const zub_sentence *sentence, const zub_budget *caps,
                        zub_span *span, zub_length *got)
{
    size_t at = sentence->span.start;
    zub_length length = {.sentences = 1, .words = 1};

    *got = (zub_length){0};
    *span = sentence->span;
    while (at < sentence->span.end) {
        size_t from = at;
        bool is_valid;
        zub_utf8_next(document->text.data, sentence->span.end, &at, &is_valid);
        length.chars++;
        length.bytes += is_valid ? at - from : 3;
        if (!fits(length, caps))
            break;
        *got = length;
        span->end = at;
        span->cp_end = span->cp_start + length.chars;
    }
    return got->chars > 0;
}

static void cut(zub_selection *selection, const zub_document *document,
                uint32_t s, const zub_budget *caps)
{
    const zub_sentence *sentence = &document->sentences[s];
    zub_choice choice = {.sentence = s, .rank = 1, .is_truncated = true};
    zub_length got;

    if (!cut_at_word(document, sentence, caps, &choice.span, &got) &&
        !cut_in_word(document, sentence, caps, &choice.span, &got))
        return;
    choice.words = got.words;
    choice.bytes = got.bytes;
    selection->choices[selection->count++] = choice;
    selection->got = got;
}

/* ---- */

static zub_status choose(zub_selection *out, const zub_article *article,
                         const double *scores, const zub_budget *caps,
                         ranked *order, zub_repeats *repeats)
{
    size_t count = rank_candidates(order, article, scores);
    zub_status status = fill(out, article, order, count, caps, repeats);

    if (status != ZUB_OK)
        return status;
    if (out->count == 0 && count > 0)
        cut(out, article->document, order[0].sentence, caps);
    qsort(out->choices, out->count, sizeof *out->choices, by_place);
    return ZUB_OK;
}

zub_status zub_select(zub_selection *out, const zub_article *article,
                      const double *scores, const zub_budget *budget,
                      bool drops_repeats)
{
    zub_budget caps = caps_of(budget, article->document);
    ranked *order = zub_alloc(article->candidates, sizeof *order);
    zub_repeats *repeats = NULL;
    zub_status status = ZUB_OK;

    *out = (zub_selection){0};
    out->choices = zub_alloc(article->candidates, sizeof *out->choices);
    if (!order || !out->choices)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK && drops_repeats)
        status = zub_repeats_new(&repeats, &article->matrix);
    if (status == ZUB_OK)
        status = choose(out, article, scores, &caps, order, repeats);
    zub_repeats_free(repeats);
    zub_free(order);
    if (status != ZUB_OK)
        zub_selection_release(out);
    size_t words = article->document->word_count;
    if (words)
        out->got.ratio = (double)out->got.words / (double)words;
    return status;
}

void zub_selection_release(zub_selection *selection)
{
    zub_free(selection->choices);
    *selection = (zub_selection){0};
}
