/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* segments.c - see segments.h. A paragraph is read in pieces of bounded size;
 * a sentence that reaches the end of a piece is read again at the start of
 * the next one, so cuts are never seen but in a sentence as long as a piece,
 * which ends there. Every byte is read at most twice. */
#include "text/segments.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/classes.h"
#include "text/headings.h"
#include "text/items.h"
#include "text/paragraphs.h"
#include "text/place.h"
#include "text/scan.h"
#include "text/sentences.h"
#include "text/space.h"
#include "text/units.h"

#define TEXT_MOST ((size_t)1 << 31)
#define NOTE_MOST 32u /* units */
#define WORD_BATCH 64u

struct zub_segmenter {
    zub_scanner *scanner;
    zub_units units;
};

/* One call of zub_segment. */
typedef struct {
    zub_segmenter *segmenter;
    const zub_units *units;
    const zub_sentence_rules *rules;
    zub_segments *out;
    zub_slice text;
    size_t sentence_capacity, word_capacity;
    size_t first;   /* sentence of the paragraph */
    size_t base;    /* byte of the text at which the piece starts */
    size_t cp_base; /* and its code point */
    size_t mark;    /* unit of the piece up to which code points are counted */
    size_t cp_mark; /* and how many they are */
    size_t counted; /* byte to which those of the last sentence were counted */
    size_t cp_counted;
    bool has_words; /* asked for */
} segmenting;

zub_status zub_segmenter_new(zub_segmenter **out, zub_error *error)
{
    zub_segmenter *segmenter = zub_alloc(1, sizeof *segmenter);

    *out = segmenter;
    if (!segmenter)
        return zub_fail_memory(error);
    zub_status status = zub_scanner_new(&segmenter->scanner, error);
    if (status) {
        zub_free(segmenter);
        *out = NULL;
    }
    return status;
}

void zub_segmenter_free(zub_segmenter *segmenter)
{
    if (!segmenter)
        return;
    zub_scanner_free(segmenter->scanner);
    zub_free(segmenter);
}

void zub_segments_release(zub_segments *segments)
{
    zub_free(segments->sentences);
    zub_free(segments->words);
    memset(segments, 0, sizeof *segments);
}

/* Code points of the piece before a unit; units come in ascending order. */
static size_t code_points(segmenting *run, size_t unit)
{
    const UChar *text = run->units->text;

    if (!run->units->has_pairs)
        return run->cp_base + unit;
    while (run->mark < unit)
        run->cp_mark += !U16_IS_TRAIL(text[run->mark++]);
    return run->cp_base + run->cp_mark;
}

static void set_start(segmenting *run, zub_span *span, size_t unit)
{
    span->start = run->base + run->units->bytes[unit];
    span->cp_start = run->has_words ? code_points(run, unit) : 0;
}

static void set_end(segmenting *run, zub_span *span, size_t unit)
{
    span->end = run->base + run->units->bytes[unit];
    span->cp_end = run->has_words ? code_points(run, unit) : 0;
}

/* The same for a byte of the piece, where a unit starts. */
static size_t code_points_to_byte(segmenting *run, size_t byte)
{
    const zub_units *units = run->units;

    while (units->bytes[run->mark] < byte)
        run->cp_mark += !U16_IS_TRAIL(units->text[run->mark++]);
    return run->cp_base + run->cp_mark;
}

/* `word` as found in a sentence that starts at a byte of the piece. */
static void add_word(segmenting *run, size_t at, const zub_scanned *word)
{
    zub_segments *out = run->out;
    zub_word *added = &out->words[out->word_count++];
    size_t start = at + word->start;
    size_t end = start + word->size;

    added->span.start = run->base + start;
    added->span.cp_start = code_points_to_byte(run, start);
    added->span.end = run->base + end;
    added->span.cp_end = code_points_to_byte(run, end);
    added->sentence = (uint32_t)(out->sentence_count - 1);
}

/* The words of the units start .. end, read from the bytes they came from. */
static zub_status add_words(segmenting *run, size_t start, size_t end)
{
    zub_segments *out = run->out;
    zub_scanner *scanner = run->segmenter->scanner;
    zub_scanned batch[WORD_BATCH];
    size_t at = run->units->bytes[start];
    if (!run->has_words)
        return ZUB_OK;
    zub_slice sentence = {run->text.data + run->base + at,
                          run->units->bytes[end] - at};
    zub_status status = zub_scanner_begin(scanner, sentence);
    size_t count;

    while (!status &&
           (count = zub_scanner_next(scanner, batch, WORD_BATCH)) > 0) {
        if (!zub_grow(&out->words, &run->word_capacity,
                      out->word_count + count, sizeof *out->words))
            return ZUB_ENOMEM;
        for (size_t i = 0; i < count; i++)
            add_word(run, at, &batch[i]);
    }
    return status || zub_scanner_failed(scanner) ? ZUB_ENOMEM : ZUB_OK;
}

static void trim(const UChar *text, size_t *start, size_t *end)
{
    while (*start < *end && zub_is_space(text[*start]))
        (*start)++;
    while (*end > *start && zub_is_space(text[*end - 1]))
        (*end)--;
}

/* Behind the bullet that begins a paragraph or an item, if there is one. */
static size_t skip_bullet(const UChar *text, size_t start, size_t end,
                          bool is_first)
{
    size_t at = start + 1;

    if (!zub_is_bullet(text[start]) &&
        !(is_first &&
          (text[start] == '-' || text[start] == '*' || text[start] == 0xB7)))
        return start;
    while (at < end && zub_is_space(text[at]))
        at++;
    return at < end && (at > start + 1 || text[start] > 0x7F) ? at : start;
}

/* Neither letters nor numbers, but for a number in brackets. */
static bool is_note(const UChar *text, size_t start, size_t end)
{
    bool may_count = u_charType(text[start]) == U_START_PUNCTUATION;

    while (start < end) {
        UChar32 c = zub_next_code_point(text, end, &start);
        if (zub_is_letter(c))
            return false;
        if (!(u_isdigit(c) && may_count) && !u_ispunct(c) && !zub_is_space(c))
            return false;
    }
    return true;
}

/* Is the sentence of so many code points at most? They are counted when its
 * bytes are more, and then those alone that were added since. */
static bool is_within(segmenting *run, const zub_span *sentence, size_t most)
{
    zub_slice added;

    if (sentence->end - sentence->start <= most)
        return true;
    if (run->counted <= sentence->start) {
        run->counted = sentence->start;
        run->cp_counted = 0;
    }
    added = (zub_slice){run->text.data + run->counted,
                        sentence->end - run->counted};
    run->cp_counted += zub_utf8_count(added, NULL);
    run->counted = sentence->end;
    return run->cp_counted <= most;
}

/* Does text[start .. end) belong to the sentence before it? */
static bool is_appendix(segmenting *run, size_t start, size_t end)
{
    const zub_segments *out = run->out;
    const zub_span *last;

    if (out->sentence_count == run->first || end - start > NOTE_MOST)
        return false;
    last = &out->sentences[out->sentence_count - 1].span;
    return is_note(run->units->text, start, end) &&
           is_within(run, last, ZUB_UNITS_MOST / 4);
}

static zub_status append(segmenting *run, size_t start, size_t end)
{
    zub_segments *out = run->out;
    zub_sentence *last = out->sentences + out->sentence_count - 1;
    zub_status status = add_words(run, start, end);

    set_end(run, &last->span, end);
    last->word_end = (uint32_t)out->word_count;
    return status;
}

static zub_status add_sentence(segmenting *run, size_t start, size_t end)
{
    zub_segments *out = run->out;
    zub_sentence *sentence;
    zub_span span;
    zub_status status;

    trim(run->units->text, &start, &end);
    if (start == end)
        return ZUB_OK;
    if (is_appendix(run, start, end))
        return append(run, start, end);
    start = skip_bullet(run->units->text, start, end,
                        out->sentence_count == run->first);
    if (!zub_grow(&out->sentences, &run->sentence_capacity,
                  out->sentence_count + 1, sizeof *out->sentences))
        return ZUB_ENOMEM;
    set_start(run, &span, start);
    sentence = &out->sentences[out->sentence_count++];
    memset(sentence, 0, sizeof *sentence);
    sentence->paragraph = (uint32_t)out->paragraph_count;
    sentence->word_start = (uint32_t)out->word_count;
    status = add_words(run, start, end);
    set_end(run, &span, end);
    sentence->span = span;
    sentence->word_end = (uint32_t)out->word_count;
    return status;
}

/* Where to cut a sentence that fills the piece: at white space, if any. */
static size_t cut(const zub_units *units)
{
    size_t end = units->size;

    while (end > 1 && !zub_is_space(units->text[end - 1]))
        end--;
    return end > 1 ? end : units->size;
}

/* The sentences of a piece, up to unit *used; the last one is left for the
 * next piece unless this is the last. */
static zub_status add_piece(segmenting *run, bool is_last, size_t *used)
{
    const zub_units *units = run->units;
    size_t start = 0;

    while (start < units->size) {
        size_t end =
            zub_sentence_end(run->rules, units->text, units->size, start);
        zub_status status;
        if (end == units->size && !is_last) {
            if (start > 0)
                break;
            end = cut(units);
        }
        status = add_sentence(run, start, end);
        if (status)
            return status;
        start = end;
    }
    *used = start;
    return ZUB_OK;
}

/* Code points of text[start .. end), and what is invalid there. */
static size_t count(segmenting *run, size_t start, size_t end)
{
    zub_slice part = {run->text.data + start, end - start};
    size_t wrong = 0;
    size_t total = run->has_words ? zub_utf8_count(part, &wrong) : 0;

    run->out->repaired += wrong;
    return total;
}

/* The paragraph is text[*at .. end). */
static zub_status add_paragraph(segmenting *run, zub_slice text, size_t at,
                                size_t end)
{
    run->first = run->out->sentence_count;
    while (at < end) {
        zub_slice rest = {text.data + at, end - at};
        size_t read = zub_units_read(&run->segmenter->units, rest);
        size_t used;
        zub_status status;

        run->base = at;
        run->mark = run->cp_mark = 0;
        status = add_piece(run, read == rest.size, &used);
        if (status)
            return status;
        if (run->has_words)
            run->cp_base = code_points(run, used);
        if (run->units->is_repaired)
            count(run, at, at + run->units->bytes[used]);
        at += run->units->bytes[used];
    }
    run->out->paragraph_count += run->out->sentence_count > run->first;
    return ZUB_OK;
}

static zub_status add_all(segmenting *run, zub_slice text, size_t body)
{
    zub_paragraphs paragraphs;
    size_t at = body;
    size_t start, end;

    run->cp_base = count(run, 0, body);
    zub_paragraphs_init(&paragraphs, text, body);
    while (zub_paragraphs_next(&paragraphs, &start, &end)) {
        zub_status status;
        run->cp_base += count(run, at, start);
        status = add_paragraph(run, text, start, end);
        if (status)
            return status;
        at = end;
    }
    count(run, at, text.size);
    return ZUB_OK;
}

static zub_status segment(segmenting *run, size_t body, const char *lang,
                          zub_error *error)
{
    size_t size = run->text.size;

    *run->out = (zub_segments){0};
    if (size >= TEXT_MOST)
        return zub_fail(
            error, ZUB_ELIMIT,
            "text of %zu bytes is longer than 2147483647; split it", size);
    zub_status status =
        zub_scanner_choose(run->segmenter->scanner, lang, error);
    if (status)
        return status;
    status = add_all(run, run->text, body < size ? body : size);
    if (!status)
        return ZUB_OK;
    zub_segments_release(run->out);
    return zub_fail_memory(error);
}

zub_status zub_segment(zub_segmenter *segmenter, zub_segments *out,
                       zub_slice text, size_t body, const char *lang,
                       zub_error *error)
{
    segmenting run = {.segmenter = segmenter,
                      .units = &segmenter->units,
                      .rules = zub_sentence_rules_find(lang),
                      .out = out,
                      .text = text,
                      .has_words = true};
    zub_status status = segment(&run, body, lang, error);

    if (status == ZUB_OK)
        zub_headings_mark(out, text);
    return status;
}

zub_status zub_segment_sentences(zub_segmenter *segmenter, zub_segments *out,
                                 zub_slice text, size_t body, const char *lang,
                                 zub_error *error)
{
    segmenting run = {.segmenter = segmenter,
                      .units = &segmenter->units,
                      .rules = zub_sentence_rules_find(lang),
                      .out = out,
                      .text = text};

    return segment(&run, body, lang, error);
}
