/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* excerpt.c - see excerpt.h.
 *
 * A sentence scores the cosine of its words with the topic, each word once by
 * its idf, times a factor for each thing that reads badly out of its article:
 * few words or very many, an open end or a torn beginning, quoting marks, a
 * question, signs in place of letters. */
#include "topics/excerpt.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "terms/analyzer.h"
#include "terms/proclitic.h"
#include "topics/words.h"

/* A document beside the corpus it is of. */
typedef struct view {
    const zub_survey_task *task;
    const zub_document *document;
    const float *vector;  /* [columns], the topic's profile */
    uint32_t *terms;      /* [document terms]: of the state, or ZUB_NO_TERM */
    uint32_t *seen;       /* [document terms]: sentence that had it, and 1 */
    zub_lexicon *lexicon; /* of its language */
    float unknown;        /* idf of a word without a column */
} view;

static uint32_t column_of(const view *at, uint32_t term)
{
    return at->terms[term] == ZUB_NO_TERM
               ? ZUB_NO_COLUMN_OF
               : at->task->rows->columns[at->terms[term]];
}

/* ---- Runs ---- */

/* Words side by side, so that what is shown stands so in the text. */
static bool is_joined(const zub_document *document, size_t word)
{
    const zub_word *left = &document->words[word], *right = left + 1;
    size_t gap = right->span.start - left->span.end;

    return left->sentence == right->sentence &&
           (gap == 0 ||
            (gap == 1 && document->text.data[left->span.end] == ' '));
}

static zub_slice text_of(const zub_document *document, size_t first,
                         size_t last)
{
    size_t start = document->words[first].span.start;

    return (zub_slice){document->text.data + start,
                       document->words[last].span.end - start};
}

/* One that begins with a small word of the sentence is not its name. */
static zub_status add_form(zub_excerpt *excerpt, const view *at, uint32_t run,
                           size_t first, unsigned size)
{
    size_t clitic;
    zub_status status = zub_proclitic_size(
        &clitic, at->lexicon, text_of(at->document, first, first));

    if (status != ZUB_OK || clitic > 0)
        return status;
    if (!zub_grow(&excerpt->forms, &excerpt->form_capacity,
                  excerpt->form_count + 1, sizeof *excerpt->forms))
        return ZUB_ENOMEM;
    zub_slice text = zub_arena_copy(
        &excerpt->arena, text_of(at->document, first, first + size - 1));
    if (!text.data)
        return ZUB_ENOMEM;
    excerpt->forms[excerpt->form_count++] = (zub_excerpt_form){run, text};
    return ZUB_OK;
}

static zub_status find_forms_at(zub_excerpt *excerpt, const view *at,
                                size_t first)
{
    const zub_document *document = at->document;
    uint32_t words[ZUB_PHRASE_WORDS];
    zub_status status = ZUB_OK;

    for (unsigned n = 0; n < ZUB_PHRASE_WORDS && status == ZUB_OK; n++) {
        size_t word = first + n;
        if (word >= document->word_count ||
            (n > 0 && !is_joined(document, word - 1)))
            break;
        uint32_t term = document->word_terms[word];
        if (term == ZUB_NO_TERM || at->terms[term] == ZUB_NO_TERM ||
            !zub_is_subject_word(text_of(document, word, word)))
            break;
        words[n] = at->terms[term];
        uint32_t run = zub_runs_find(at->task->runs, words, n + 1);
        if (run != ZUB_NO_RUN)
            status = add_form(excerpt, at, run, first, n + 1);
    }
    return status;
}

/* ---- Sentences ---- */

static double factor_of_length(size_t words)
{
    if (words < 10)
        return (double)words / 10 * (words < 5 ? .5 : 1);
    return words > 35 ? 35 / (double)words : 1;
}

static bool is_end_mark(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_S_TERM) || c == 0x2026;
}

/* The last sign that is no closing quote or bracket. */
static UChar32 last_sign(zub_slice text)
{
    UChar32 last = 0;

    for (size_t at = 0; at < text.size;) {
        UChar32 c = (UChar32)zub_utf8_next(text.data, text.size, &at, NULL);
        bool is_closing =
            u_isUWhiteSpace(c) || c == '"' || c == '\'' ||
            (U_GET_GC_MASK(c) & (U_GC_PE_MASK | U_GC_PF_MASK)) != 0;
        if (!is_closing)
            last = c;
    }
    return last;
}

static double factor_of_ends(zub_slice text)
{
    size_t at = 0;
    UChar32 last = last_sign(text);
    UChar32 first =
        text.size > 0 ? (UChar32)zub_utf8_next(text.data, text.size, &at, NULL)
                      : 0;
    double factor = is_end_mark(last) ? 1 : .5;

    if (last == '?' || last == 0x61F || last == 0xFF1F)
        factor *= .6;
    return u_islower(first) || !u_isalnum(first) ? factor * .7 : factor;
}

/* Lines that quote another message. */
static bool is_quoting(zub_slice text)
{
    bool at_start = true;

    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (at_start && (c == '>' || c == '|' || c == ':'))
            return true;
        at_start = c == '\n' || (at_start && (c == ' ' || c == '\t'));
    }
    return false;
}

static double factor_of(zub_slice text, size_t words)
{
    double factor = factor_of_length(words) * factor_of_ends(text);

    if (is_quoting(text))
        factor *= .3;
    return zub_letter_share(text) < .8 ? factor * .3 : factor;
}

/* Each word of a sentence once. */
static double cosine_of(const view *at, size_t index)
{
    const zub_sentence *sentence = &at->document->sentences[index];
    double dot = 0, norm = 0;

    for (uint32_t w = sentence->word_start; w < sentence->word_end; w++) {
        uint32_t term = at->document->word_terms[w];
        if (term == ZUB_NO_TERM || at->seen[term] == index + 1)
            continue;
        at->seen[term] = (uint32_t)index + 1;
        uint32_t column = column_of(at, term);
        bool is_known = column != ZUB_NO_COLUMN_OF;
        double idf = is_known ? at->task->rows->idf[column] : at->unknown;
        norm += idf * idf;
        dot += is_known ? idf * at->vector[column] : 0;
    }
    return norm > 0 ? dot / sqrt(norm) : 0;
}

static zub_slice sentence_text(const view *at, size_t index)
{
    zub_span span = at->document->sentences[index].span;

    return (zub_slice){at->document->text.data + span.start,
                       span.end - span.start};
}

static double score_of(const view *at, size_t index)
{
    const zub_sentence *sentence = &at->document->sentences[index];
    double cosine = sentence->is_heading ? 0 : cosine_of(at, index);

    return cosine > 0
               ? cosine * factor_of(sentence_text(at, index),
                                    sentence->word_end - sentence->word_start)
               : 0;
}

/* ---- What is kept of them ---- */

static void insert(uint32_t *columns, size_t *size, uint32_t column)
{
    size_t at = *size;

    for (size_t i = 0; i < *size; i++)
        if (columns[i] == column)
            return;
    for (; at > 0 && columns[at - 1] > column; at--)
        columns[at] = columns[at - 1];
    columns[at] = column;
    ++*size;
}

static zub_status keep(zub_read_sentence *out, zub_excerpt *excerpt,
                       const view *at, zub_scored scored)
{
    const zub_sentence *sentence = &at->document->sentences[scored.id];
    size_t words = sentence->word_end - sentence->word_start;
    uint32_t *columns =
        zub_arena_alloc(&excerpt->arena, words, sizeof *columns);
    zub_buffer repaired;

    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    zub_utf8_repair(&repaired, sentence_text(at, scored.id));
    zub_slice text =
        zub_arena_copy(&excerpt->arena, zub_buffer_slice(&repaired));
    bool is_kept = columns && text.data && repaired.status == ZUB_OK;
    zub_buffer_release(&repaired);
    if (!is_kept)
        return ZUB_ENOMEM;
    *out = (zub_read_sentence){.row = excerpt->row,
                               .start = sentence->span.start,
                               .end = sentence->span.end,
                               .text = text,
                               .score = scored.score,
                               .columns = columns};
    for (uint32_t w = sentence->word_start; w < sentence->word_end; w++) {
        uint32_t term = at->document->word_terms[w];
        uint32_t column =
            term == ZUB_NO_TERM ? ZUB_NO_COLUMN_OF : column_of(at, term);
        if (column != ZUB_NO_COLUMN_OF)
            insert(columns, &out->column_count, column);
    }
    return ZUB_OK;
}

static zub_status find_sentences(zub_excerpt *excerpt, const view *at,
                                 size_t most)
{
    zub_heap heap;
    zub_status status = zub_heap_init(&heap, most) ? ZUB_OK : ZUB_ENOMEM;

    excerpt->sentences =
        zub_arena_alloc(&excerpt->arena, most, sizeof *excerpt->sentences);
    if (!excerpt->sentences)
        status = ZUB_ENOMEM;
    for (size_t s = 0; status == ZUB_OK && s < at->document->sentence_count;
         s++) {
        double score = score_of(at, s);
        if (score > 0)
            zub_heap_add(&heap, score, (uint32_t)s);
    }
    if (status == ZUB_OK) {
        const zub_scored *best = zub_heap_sort(&heap);
        for (size_t i = 0; status == ZUB_OK && i < heap.size; i++)
            status = keep(&excerpt->sentences[excerpt->sentence_count++],
                          excerpt, at, best[i]);
    }
    zub_heap_release(&heap);
    return status;
}

/* ---- The whole ---- */

static void join_terms(view *at)
{
    const zub_topic_rows *rows = at->task->rows;

    for (size_t t = 0; t < at->document->term_count; t++) {
        size_t term = zub_state_find(rows->state, at->document->terms[t].key);
        at->terms[t] = term == SIZE_MAX ? ZUB_NO_TERM : (uint32_t)term;
    }
    at->unknown = (float)log((double)rows->state->articles + 1) + 1;
}

static zub_status look(zub_excerpt *excerpt, view *at, size_t most)
{
    const zub_document *document = at->document;
    zub_status status = ZUB_OK;

    at->terms = zub_alloc(document->term_count, sizeof *at->terms);
    at->seen = zub_alloc_zero(document->term_count, sizeof *at->seen);
    if (!at->terms || !at->seen)
        return ZUB_ENOMEM;
    join_terms(at);
    for (size_t w = 0; status == ZUB_OK && w < document->word_count; w++)
        status = find_forms_at(excerpt, at, w);
    return status == ZUB_OK ? find_sentences(excerpt, at, most) : status;
}

zub_status zub_excerpt_read(zub_excerpt *excerpt, const zub_survey_task *task,
                            zub_analyzer *analyzer, const zub_record *record,
                            size_t topic, size_t most, zub_error *error)
{
    view at = {.task = task,
               .vector = task->profiles + topic * task->model->columns};
    zub_document *document;
    zub_status status = zub_document_new(&document, analyzer, record, error);

    if (status != ZUB_OK)
        return status;
    at.document = document;
    memcpy(excerpt->lang, document->lang, sizeof excerpt->lang);
    excerpt->title = record->title;
    excerpt->is_near = true;
    status =
        zub_analyzer_lexicon(analyzer, &at.lexicon, document->lang, error);
    if (status == ZUB_OK && look(excerpt, &at, most) != ZUB_OK)
        status = zub_fail_memory(error);
    zub_free(at.terms);
    zub_free(at.seen);
    zub_document_free(document);
    return status;
}

void zub_excerpt_release(zub_excerpt *excerpt)
{
    zub_free(excerpt->forms);
    zub_arena_release(&excerpt->arena);
}
