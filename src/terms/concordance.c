/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* concordance.c - the places of a pattern with their contexts; see the section
 * Concordance of zubda.h. Words are found by phrase.c, regular expressions by
 * text/expression.c; what is done with a place is the same for both. */
#include <string.h>

#include "zubda.h"
#include "base/error.h"
#include "base/mem.h"
#include "terms/phrase.h"
#include "text/context.h"
#include "text/expression.h"

#define STEPS ((uint64_t)50000000)
#define STEPS_A_BYTE 100u
#define WORD_MOST 24u /* characters, on the average of a context's words */

struct zub_concordance {
    zub_analyzer *analyzer; /* borrowed */
    zub_concordance_options options;
    zub_phrase *phrase; /* one of these two */
    zub_expression *expression;
    zub_scanner *scanner; /* of contexts in words */
    char lang[12];
    zub_occurrence *found; /* [count] */
    size_t count, capacity;
};

/* ---- Opening ---- */

static zub_status check(const zub_concordance_options *options,
                        zub_error *error)
{
    if (options->by_stem && options->is_exact)
        return zub_fail(error, ZUB_EINVAL,
                        "words are compared by their stems or exactly, not "
                        "both");
    if (options->is_regex && (options->by_stem || options->is_exact))
        return zub_fail(error, ZUB_EINVAL,
                        "a regular expression is neither stemmed nor folded "
                        "((?i) in front of it lets case go)");
    return ZUB_OK;
}

static zub_status open_pattern(zub_concordance *concordance, zub_slice pattern,
                               zub_error *error)
{
    const zub_concordance_options *options = &concordance->options;
    zub_likeness likeness = options->by_stem    ? ZUB_ALIKE_STEMMED
                            : options->is_exact ? ZUB_ALIKE_EXACT
                                                : ZUB_ALIKE_FOLDED;

    if (options->is_regex)
        return zub_expression_new(&concordance->expression, pattern, error);
    return zub_phrase_new(&concordance->phrase, concordance->analyzer, pattern,
                          likeness, error);
}

zub_status zub_concordance_new(zub_concordance **out, zub_analyzer *analyzer,
                               zub_slice pattern,
                               const zub_concordance_options *options,
                               zub_error *error)
{
    zub_concordance *concordance = zub_alloc_zero(1, sizeof *concordance);

    *out = NULL;
    if (!concordance)
        return zub_fail_memory(error);
    concordance->analyzer = analyzer;
    memcpy(concordance->lang, "und", 4);
    if (options)
        concordance->options = *options;
    zub_status status = check(&concordance->options, error);
    if (status == ZUB_OK)
        status = open_pattern(concordance, pattern, error);
    if (status == ZUB_OK && concordance->options.in_words)
        status = zub_scanner_new(&concordance->scanner, error);
    if (status != ZUB_OK) {
        zub_concordance_free(concordance);
        return status;
    }
    zub_error_clear(error);
    *out = concordance;
    return ZUB_OK;
}

void zub_concordance_free(zub_concordance *concordance)
{
    if (!concordance)
        return;
    zub_phrase_free(concordance->phrase);
    zub_expression_free(concordance->expression);
    zub_scanner_free(concordance->scanner);
    zub_free(concordance->found);
    zub_free(concordance);
}

const char *zub_concordance_lang(const zub_concordance *concordance)
{
    return concordance->lang;
}

/* ---- Places ---- */

static zub_status begin(zub_concordance *concordance, zub_slice body,
                        zub_error *error)
{
    uint64_t steps =
        concordance->options.steps ? concordance->options.steps : STEPS;

    if (concordance->phrase)
        return zub_phrase_begin(concordance->phrase, body, concordance->lang,
                                error);
    return zub_expression_begin(concordance->expression, body,
                                steps + (uint64_t)STEPS_A_BYTE * body.size,
                                error);
}

static zub_status next(zub_concordance *concordance, size_t *start,
                       size_t *end, zub_error *error)
{
    if (concordance->phrase)
        return zub_phrase_next(concordance->phrase, start, end, error);
    return zub_expression_next(concordance->expression, start, end, error);
}

static zub_status find_places(zub_concordance *concordance, zub_slice body,
                              zub_error *error)
{
    size_t start = 0, end = 1;
    zub_status status = begin(concordance, body, error);

    while (status == ZUB_OK) {
        status = next(concordance, &start, &end, error);
        if (status != ZUB_OK || start == end)
            break;
        if (!zub_grow(&concordance->found, &concordance->capacity,
                      concordance->count + 1, sizeof *concordance->found))
            return zub_fail_memory(error);
        concordance->found[concordance->count++] =
            (zub_occurrence){.start = start, .end = end};
    }
    return status;
}

/* Offsets in the body become offsets in the text. */
static void shift(zub_concordance *concordance, size_t body)
{
    for (size_t i = 0; i < concordance->count; i++) {
        concordance->found[i].start += body;
        concordance->found[i].end += body;
    }
}

/* ---- Phrases end with their sentence ---- */

static void keep_within(zub_concordance *concordance,
                        const zub_segments *segments)
{
    size_t kept = 0, sentence = 0;

    for (size_t i = 0; i < concordance->count; i++) {
        zub_occurrence found = concordance->found[i];
        while (sentence < segments->sentence_count &&
               segments->sentences[sentence].span.end <= found.start)
            sentence++;
        if (sentence < segments->sentence_count &&
            segments->sentences[sentence].span.end >= found.end)
            concordance->found[kept++] = found;
    }
    concordance->count = kept;
}

static zub_status drop_broken(zub_concordance *concordance,
                              const zub_record *record, zub_error *error)
{
    zub_segments segments;

    if (!concordance->phrase || concordance->count == 0 ||
        zub_phrase_size(concordance->phrase) < 2)
        return ZUB_OK;
    zub_status status = zub_segment_sentences(
        concordance->analyzer->segmenter, &segments, record->text,
        record->body, concordance->lang, error);
    if (status != ZUB_OK)
        return status;
    keep_within(concordance, &segments);
    zub_segments_release(&segments);
    return ZUB_OK;
}

/* ---- Contexts ---- */

/* Where the last `width` words of text[start .. end) begin. */
static zub_status last_words(zub_concordance *concordance, zub_slice text,
                             size_t start, size_t end, size_t *begin)
{
    size_t width = concordance->options.width, count = 0;
    zub_slice part = {text.data + start, end - start};
    zub_scanned word;

    *begin = width > 0 ? start : end;
    zub_status status = zub_scanner_begin(concordance->scanner, part);
    while (status == ZUB_OK &&
           zub_scanner_next(concordance->scanner, &word, 1) > 0)
        count++;
    if (status == ZUB_OK && count > width && width > 0) {
        status = zub_scanner_begin(concordance->scanner, part);
        for (size_t i = 0; i <= count - width && status == ZUB_OK; i++)
            zub_scanner_next(concordance->scanner, &word, 1);
        *begin = start + word.start;
    }
    return zub_scanner_failed(concordance->scanner) ? ZUB_ENOMEM : status;
}

/* Where the first `width` words of text[start .. end) end; what stands behind
 * the last stays if nothing else follows. */
static zub_status first_words(zub_concordance *concordance, zub_slice text,
                              size_t start, size_t end, size_t *ends)
{
    size_t width = concordance->options.width, count = 0;
    zub_slice part = {text.data + start, end - start};
    zub_scanned word;

    *ends = width > 0 ? end : start;
    zub_status status = zub_scanner_begin(concordance->scanner, part);
    while (status == ZUB_OK && count < width &&
           zub_scanner_next(concordance->scanner, &word, 1) > 0)
        count++;
    if (status == ZUB_OK && count > 0 && count == width) {
        size_t last = start + word.start + word.size;
        if (zub_scanner_next(concordance->scanner, &word, 1) > 0)
            *ends = last;
    }
    return zub_scanner_failed(concordance->scanner) ? ZUB_ENOMEM : status;
}

static zub_status find_context(zub_concordance *concordance,
                               const zub_record *record, zub_occurrence *found)
{
    bool in_words = concordance->options.in_words;
    size_t width = concordance->options.width;

    if (in_words && width > SIZE_MAX / WORD_MOST)
        width = SIZE_MAX / WORD_MOST;
    if (in_words)
        width *= WORD_MOST;
    found->before =
        zub_context_start(record->text, record->body, found->start, width);
    found->after = zub_context_end(record->text, found->end, width);
    if (!in_words)
        return ZUB_OK;
    zub_status status = last_words(concordance, record->text, found->before,
                                   found->start, &found->before);
    return status == ZUB_OK
               ? first_words(concordance, record->text, found->end,
                             found->after, &found->after)
               : status;
}

static zub_status find_contexts(zub_concordance *concordance,
                                const zub_record *record, zub_error *error)
{
    zub_status status = ZUB_OK;

    if (concordance->options.in_words && concordance->count > 0)
        status =
            zub_scanner_choose(concordance->scanner, concordance->lang, error);
    for (size_t i = 0; status == ZUB_OK && i < concordance->count; i++) {
        status = find_context(concordance, record, &concordance->found[i]);
        if (status != ZUB_OK)
            zub_fail(error, status, "%s", zub_status_text(status));
    }
    return status;
}

/* ---- A record ---- */

static zub_status check_record(const zub_record *record, zub_error *error)
{
    if (record->body <= record->text.size)
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "the record's body begins beyond its text");
}

/* Whether the pattern may be there, before the language is looked for, which
 * takes longer: most articles do not hold a rare word. */
static zub_status glance(zub_concordance *concordance,
                         const zub_record *record, zub_slice body, bool *may,
                         zub_error *error)
{
    bool is_known = concordance->analyzer->lang[0] || record->lang.size > 0;

    *may = true;
    if (is_known || !concordance->phrase)
        return ZUB_OK;
    return zub_phrase_may_occur(concordance->phrase, body, may, error);
}

static zub_status find_language(zub_concordance *concordance,
                                const zub_record *record, zub_error *error)
{
    return zub_analyzer_language(concordance->analyzer, concordance->lang,
                                 record, error);
}

/* Regular expressions need no language, only what is done with them. */
static zub_status find_all(zub_concordance *concordance,
                           const zub_record *record, zub_slice body,
                           zub_error *error)
{
    zub_status status = ZUB_OK;

    if (concordance->phrase)
        status = find_language(concordance, record, error);
    if (status == ZUB_OK)
        status = find_places(concordance, body, error);
    if (status != ZUB_OK || concordance->count == 0)
        return status;
    if (concordance->expression)
        status = find_language(concordance, record, error);
    shift(concordance, record->body);
    if (status == ZUB_OK)
        status = drop_broken(concordance, record, error);
    return status == ZUB_OK ? find_contexts(concordance, record, error)
                            : status;
}

zub_status zub_concordance_find(const zub_occurrence **out, size_t *count,
                                zub_concordance *concordance,
                                const zub_record *record, zub_error *error)
{
    bool may = false;

    *out = NULL;
    *count = concordance->count = 0;
    zub_error_clear(error);
    memcpy(concordance->lang, "und", 4);
    zub_status status = check_record(record, error);
    if (status != ZUB_OK)
        return status;
    zub_slice body = {record->text.data + record->body,
                      record->text.size - record->body};
    status = glance(concordance, record, body, &may, error);
    if (status == ZUB_OK && may)
        status = find_all(concordance, record, body, error);
    if (status != ZUB_OK)
        return status;
    *out = concordance->found;
    *count = concordance->count;
    return ZUB_OK;
}

zub_kwic_line zub_kwic_line_of(const zub_record *record,
                               const zub_occurrence *occurrence)
{
    const char *text = record->text.data;
    const zub_occurrence *at = occurrence;

    return (zub_kwic_line){
        .id = record->id,
        .before = {text + at->before, at->start - at->before},
        .match = {text + at->start, at->end - at->start},
        .after = {text + at->end, at->after - at->end},
        .start = at->start,
        .end = at->end};
}
