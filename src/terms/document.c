/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* document.c - an article taken apart: segments from the floor below, terms by
 * the analyzer. The public struct is the head of what is allocated. */

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "terms/analyzer.h"

typedef struct owned_document {
    zub_document document;
    zub_segments segments;
    uint32_t *word_terms; /* [words] */
    zub_arena arena;      /* terms with their keys and surfaces */
} owned_document;

static zub_status count_words(owned_document *owned, zub_analyzer *analyzer,
                              zub_lexicon *lexicon)
{
    const char *text = owned->document.text.data;

    for (size_t w = 0; w < owned->segments.word_count; w++) {
        zub_span span = owned->segments.words[w].span;
        zub_slice word = {text + span.start, span.end - span.start};
        zub_lexeme lexeme;
        zub_status status = zub_lexicon_look_up(lexicon, word, &lexeme);
        if (status != ZUB_OK)
            return status;
        owned->word_terms[w] = ZUB_NO_TERM;
        if (lexeme.key == ZUB_NO_KEY)
            continue;
        status = zub_tally_add(analyzer->tally, lexeme, word,
                               &owned->word_terms[w]);
        if (status != ZUB_OK)
            return status;
    }
    return ZUB_OK;
}

static zub_status find_terms(owned_document *owned, zub_analyzer *analyzer,
                             zub_error *error)
{
    zub_document *document = &owned->document;
    zub_lexicon *lexicon;
    zub_status status =
        zub_analyzer_lexicon(analyzer, &lexicon, document->lang, error);

    if (status != ZUB_OK)
        return status;
    owned->word_terms =
        zub_alloc(owned->segments.word_count, sizeof *owned->word_terms);
    if (!owned->word_terms)
        return zub_fail_memory(error);
    zub_lexicon_trim(lexicon);
    zub_tally_begin(analyzer->tally);
    status = count_words(owned, analyzer, lexicon);
    if (status == ZUB_OK)
        status = zub_tally_finish(analyzer->tally, lexicon, &owned->arena,
                                  &document->terms, &document->term_count);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

static void publish(owned_document *owned)
{
    zub_document *document = &owned->document;
    const zub_segments *segments = &owned->segments;

    document->sentences = segments->sentences;
    document->sentence_count = segments->sentence_count;
    document->words = segments->words;
    document->word_count = segments->word_count;
    document->word_terms = owned->word_terms;
    document->paragraph_count = segments->paragraph_count;
    document->repaired = segments->repaired;
}

/* The body begins where a character does; a stray byte is one of its own. */
static zub_status check_body(const zub_record *record, zub_error *error)
{
    zub_slice text = record->text;
    size_t at = record->body, before = at < 3 ? 0 : at - 3;

    if (at > text.size)
        return zub_fail(error, ZUB_EINVAL,
                        "body begins at byte %zu of a text of %zu", at,
                        text.size);
    while (before < at)
        zub_utf8_next(text.data, text.size, &before, NULL);
    if (before == at)
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "body begins within a character, at byte %zu of the text",
                    at);
}

zub_status zub_document_new(zub_document **out, zub_analyzer *analyzer,
                            const zub_record *record, zub_error *error)
{
    *out = NULL;
    owned_document *owned = zub_alloc_zero(1, sizeof *owned);
    if (!owned)
        return zub_fail_memory(error);
    zub_document *document = &owned->document;
    document->text = record->text;

    zub_status status = check_body(record, error);
    if (status == ZUB_OK)
        status =
            zub_analyzer_language(analyzer, document->lang, record, error);
    if (status == ZUB_OK)
        status =
            zub_segment(analyzer->segmenter, &owned->segments, record->text,
                        record->body, document->lang, error);
    if (status == ZUB_OK)
        status = find_terms(owned, analyzer, error);
    if (status != ZUB_OK) {
        zub_document_free(document);
        return status;
    }
    publish(owned);
    *out = document;
    return ZUB_OK;
}

void zub_document_free(zub_document *document)
{
    if (!document)
        return;
    owned_document *owned = (owned_document *)document;
    zub_segments_release(&owned->segments);
    zub_free(owned->word_terms);
    zub_arena_release(&owned->arena);
    zub_free(owned);
}
