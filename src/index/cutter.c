/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cutter.c - see cutter.h.
 *
 * Units are sentences, or parts of long ones, with the number of words before
 * them. Passage j of n ends at the border between two units that lies nearest
 * to word j / n of all. */
#include "index/cutter.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"

#define AHEAD 8u       /* words that are on their way */
#define TITLE_MOST 32u /* words of a title that are looked for in the text */

typedef struct unit {
    size_t start, end; /* bytes */
    size_t first;      /* words before it */
} text_unit;

/* The public struct is the head of what is allocated. */
typedef struct owned_entry {
    zub_entry entry;
    zub_arena arena;
    zub_wording_bytes *bytes; /* held */
} owned_entry;

struct zub_cutter {
    zub_analyzer *analyzer;
    zub_cutter_options options;
    zub_wording *wording;
    uint64_t source; /* of entries: a number that no other has */
    zub_segments sentences;
    text_unit *units; /* [unit_count] */
    size_t unit_count, unit_capacity;
    zub_entry_passage *passages; /* [passage_count] */
    size_t passage_count, passage_capacity;
    uint32_t *sequence; /* [length], words of `wording`, then of the entry */
    size_t length, sequence_capacity;
    uint32_t *local; /* by number in `wording`: number in the entry, and 1 */
    size_t local_size, local_capacity;
    uint32_t *used; /* [used_count]: numbers in `wording` */
    size_t used_count, used_capacity;
};

/* ---- Units ---- */

static zub_status add_unit(zub_cutter *cutter, size_t start, size_t end,
                           size_t first)
{
    if (!zub_grow(&cutter->units, &cutter->unit_capacity,
                  cutter->unit_count + 1, sizeof *cutter->units))
        return ZUB_ENOMEM;
    cutter->units[cutter->unit_count++] = (text_unit){start, end, first};
    return ZUB_OK;
}

/* A sentence with words [first, last) of `found`, which are places behind
 * `body`. */
static zub_status add_sentence(zub_cutter *cutter, zub_span span,
                               const zub_worded *found, size_t body,
                               size_t first, size_t last)
{
    size_t most = cutter->options.passage_words, start = span.start;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && most > 0 && last - first > 2 * most) {
        size_t next = first + most;
        while (next < last && found[next].start == found[next - 1].start)
            next++; /* parts of one word stay together */
        if (next == last)
            break;
        size_t end = body + found[next - 1].start + found[next - 1].size;
        status = add_unit(cutter, start, end, first);
        start = body + found[next].start;
        first = next;
    }
    return status == ZUB_OK ? add_unit(cutter, start, span.end, first)
                            : status;
}

static zub_status find_units(zub_cutter *cutter, const zub_worded *found,
                             size_t count, size_t body)
{
    const zub_segments *in = &cutter->sentences;
    zub_status status = ZUB_OK;
    size_t first = 0;

    cutter->unit_count = 0;
    for (size_t i = 0; i < in->sentence_count && status == ZUB_OK; i++) {
        zub_span span = in->sentences[i].span;
        size_t last = first;
        while (last < count && (i + 1 == in->sentence_count ||
                                body + found[last].start < span.end))
            last++;
        if (last > first)
            status = add_sentence(cutter, span, found, body, first, last);
        first = last;
    }
    return status;
}

/* ---- Passages ---- */

static zub_status add_passage(zub_cutter *cutter, size_t from, size_t to)
{
    const text_unit *units = cutter->units;

    if (!zub_grow(&cutter->passages, &cutter->passage_capacity,
                  cutter->passage_count + 1, sizeof *cutter->passages))
        return ZUB_ENOMEM;
    cutter->passages[cutter->passage_count++] =
        (zub_entry_passage){(uint32_t)units[from].start,
                            (uint32_t)units[to - 1].end, units[from].first};
    return ZUB_OK;
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* The unit, behind `from`, before which the border nearest to word `goal`
 * is. */
static size_t nearest_border(const zub_cutter *cutter, size_t from,
                             size_t goal)
{
    const text_unit *units = cutter->units;
    size_t at = from + 1;

    while (at + 1 < cutter->unit_count && distance(units[at + 1].first, goal) <
                                              distance(units[at].first, goal))
        at++;
    return at;
}

static zub_status find_passages(zub_cutter *cutter, size_t words)
{
    size_t most = cutter->options.passage_words, from = 0;
    size_t wanted =
        most > 0 && words >= 2 * most ? (words + most / 2) / most : 1;
    zub_status status = ZUB_OK;

    cutter->passage_count = 0;
    for (size_t j = 1; j < wanted && status == ZUB_OK; j++) {
        size_t goal = words * j / wanted;
        size_t to = from + 1 < cutter->unit_count
                        ? nearest_border(cutter, from, goal)
                        : cutter->unit_count;
        if (to >= cutter->unit_count)
            break;
        status = add_passage(cutter, from, to);
        from = to;
    }
    if (status == ZUB_OK && from < cutter->unit_count)
        status = add_passage(cutter, from, cutter->unit_count);
    return status;
}

/* ---- Words ---- */

static zub_status add_words(zub_cutter *cutter, const zub_worded *found,
                            size_t count)
{
    if (!zub_grow(&cutter->sequence, &cutter->sequence_capacity,
                  cutter->length + count, sizeof *cutter->sequence))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++)
        cutter->sequence[cutter->length++] = found[i].word;
    return ZUB_OK;
}

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static bool has_term(const zub_cutter *cutter, size_t from, zub_slice term)
{
    const zub_wording_word *words = zub_wording_words(cutter->wording);

    for (size_t i = from; i < cutter->length; i++)
        if (is_same(words[cutter->sequence[i]].term, term))
            return true;
    return false;
}

/* Whether one of the first `count` words, no stop word, is in the rest: of a
 * title longer than any, its beginning speaks. */
static bool speaks_of_text(const zub_cutter *cutter, size_t count)
{
    const zub_wording_word *words = zub_wording_words(cutter->wording);

    for (size_t i = 0; i < count && i < TITLE_MOST; i++) {
        const zub_wording_word *word = &words[cutter->sequence[i]];
        if (!word->is_stop && has_term(cutter, count, word->term))
            return true;
    }
    return false;
}

/* The sequence into numbers of the entry's own, in order of first use. */
static zub_status number_words(zub_cutter *cutter)
{
    size_t known = zub_wording_count(cutter->wording);

    if (!zub_grow(&cutter->local, &cutter->local_capacity, known,
                  sizeof *cutter->local) ||
        !zub_grow(&cutter->used, &cutter->used_capacity, cutter->length,
                  sizeof *cutter->used))
        return ZUB_ENOMEM;
    if (known > cutter->local_size)
        memset(cutter->local + cutter->local_size, 0,
               (known - cutter->local_size) * sizeof *cutter->local);
    cutter->local_size = known;
    cutter->used_count = 0;
    for (size_t i = 0; i < cutter->length; i++) {
        uint32_t word = cutter->sequence[i];
        if (i + AHEAD < cutter->length)
            __builtin_prefetch(&cutter->local[cutter->sequence[i + AHEAD]]);
        if (cutter->local[word] == 0) {
            cutter->used[cutter->used_count++] = word;
            cutter->local[word] = (uint32_t)cutter->used_count;
        }
        cutter->sequence[i] = cutter->local[word] - 1;
    }
    for (size_t i = 0; i < cutter->used_count; i++)
        cutter->local[cutter->used[i]] = 0;
    return ZUB_OK;
}

/* ---- The entry ---- */

static void *copy_array(zub_arena *arena, const void *from, size_t count,
                        size_t size)
{
    void *to = zub_arena_alloc(arena, count ? count : 1, size);

    if (to && count > 0)
        memcpy(to, from, count * size);
    return to;
}

/* The words' bytes are the wording's: most were seen before, by a builder that
 * will not look at them again. */
static zub_status name_words(zub_cutter *cutter, owned_entry *owned)
{
    const zub_wording_word *words = zub_wording_words(cutter->wording);
    size_t count = cutter->used_count;
    zub_entry_word *to =
        zub_arena_alloc(&owned->arena, count ? count : 1, sizeof *to);

    if (!to)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count)
            __builtin_prefetch(&words[cutter->used[i + AHEAD]]);
        to[i].folded = words[cutter->used[i]].folded;
        to[i].term = words[cutter->used[i]].term;
    }
    owned->bytes = zub_wording_hold(cutter->wording);
    owned->entry.words = to;
    owned->entry.word_count = count;
    owned->entry.source = cutter->source;
    owned->entry.names =
        copy_array(&owned->arena, cutter->used, count, sizeof *cutter->used);
    return owned->entry.names ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status fill_entry(zub_cutter *cutter, owned_entry *owned,
                             size_t title_words)
{
    zub_entry *entry = &owned->entry;
    zub_status status = number_words(cutter);

    if (status == ZUB_OK)
        status = name_words(cutter, owned);
    if (status != ZUB_OK)
        return status;
    entry->sequence = copy_array(&owned->arena, cutter->sequence,
                                 cutter->length, sizeof *cutter->sequence);
    for (size_t i = 0; i < cutter->passage_count; i++)
        cutter->passages[i].first += title_words;
    entry->passages =
        copy_array(&owned->arena, cutter->passages, cutter->passage_count,
                   sizeof *cutter->passages);
    entry->length = cutter->length;
    entry->title_words = title_words;
    entry->passage_count = cutter->passage_count;
    return entry->sequence && entry->passages ? ZUB_OK : ZUB_ENOMEM;
}

/* Words of the body behind those of the title, and its passages. */
static zub_status read_body(zub_cutter *cutter, const zub_record *record,
                            const char *lang, zub_error *error)
{
    zub_slice body = {record->text.data + record->body,
                      record->text.size - record->body};
    const zub_worded *found;
    size_t count;
    zub_status status =
        zub_wording_read(cutter->wording, body, lang, &found, &count, error);

    zub_segments_release(&cutter->sentences);
    if (status == ZUB_OK)
        status = zub_segment_sentences(cutter->analyzer->segmenter,
                                       &cutter->sentences, record->text,
                                       record->body, lang, error);
    if (status != ZUB_OK)
        return status;
    status = find_units(cutter, found, count, record->body);
    if (status == ZUB_OK)
        status = find_passages(cutter, count);
    return status == ZUB_OK ? add_words(cutter, found, count) : status;
}

static zub_status read_title(zub_cutter *cutter, const zub_record *record,
                             const char *lang, zub_error *error)
{
    const zub_worded *found;
    size_t count;

    if (cutter->options.without_titles || record->title.size == 0)
        return ZUB_OK;
    zub_status status = zub_wording_read(cutter->wording, record->title, lang,
                                         &found, &count, error);
    return status == ZUB_OK ? add_words(cutter, found, count) : status;
}

static zub_status cut(zub_cutter *cutter, owned_entry *owned,
                      const zub_record *record, zub_error *error)
{
    zub_entry *entry = &owned->entry;
    zub_status status =
        zub_analyzer_language(cutter->analyzer, entry->lang, record, error);

    if (zub_wording_trim(cutter->wording)) {
        cutter->local_size = 0;
        cutter->source = zub_draw_secret(cutter);
    }
    cutter->length = 0;
    if (status == ZUB_OK)
        status = read_title(cutter, record, entry->lang, error);
    size_t title_words = cutter->length;
    if (status == ZUB_OK)
        status = read_body(cutter, record, entry->lang, error);
    if (status != ZUB_OK)
        return status;
    if (title_words > 0 && !speaks_of_text(cutter, title_words)) {
        cutter->length -= title_words;
        memmove(cutter->sequence, cutter->sequence + title_words,
                cutter->length * sizeof *cutter->sequence);
        title_words = 0;
    }
    return fill_entry(cutter, owned, title_words);
}

zub_status zub_cutter_cut(zub_entry **out, zub_cutter *cutter,
                          const zub_record *record, zub_error *error)
{
    owned_entry *owned = zub_alloc_zero(1, sizeof *owned);

    *out = NULL;
    if (!owned)
        return zub_fail_memory(error);
    owned->entry.id = record->id;
    owned->entry.title = record->title;
    owned->entry.text = record->text;
    zub_status status =
        record->body > record->text.size
            ? zub_fail(error, ZUB_EINVAL, "body begins beyond the text")
            : cut(cutter, owned, record, error);
    if (status != ZUB_OK) {
        zub_entry_free(&owned->entry);
        return status == ZUB_ENOMEM ? zub_fail_memory(error) : status;
    }
    *out = &owned->entry;
    return ZUB_OK;
}

void zub_entry_free(zub_entry *entry)
{
    owned_entry *owned = (owned_entry *)entry;

    if (!owned)
        return;
    zub_arena_release(&owned->arena);
    zub_wording_let_go(owned->bytes);
    zub_free(owned);
}

zub_status zub_cutter_new(zub_cutter **out, zub_analyzer *analyzer,
                          const zub_cutter_options *options, zub_error *error)
{
    zub_cutter *cutter = zub_alloc_zero(1, sizeof *cutter);

    *out = NULL;
    if (!cutter)
        return zub_fail_memory(error);
    cutter->analyzer = analyzer;
    cutter->options = *options;
    cutter->source = zub_draw_secret(cutter);
    zub_status status = zub_wording_new(&cutter->wording, analyzer, error);
    if (status != ZUB_OK) {
        zub_cutter_free(cutter);
        return status;
    }
    zub_wording_limit(cutter->wording, options->memory);
    *out = cutter;
    return ZUB_OK;
}

void zub_cutter_free(zub_cutter *cutter)
{
    if (!cutter)
        return;
    zub_wording_free(cutter->wording);
    zub_segments_release(&cutter->sentences);
    zub_free(cutter->units);
    zub_free(cutter->passages);
    zub_free(cutter->sequence);
    zub_free(cutter->local);
    zub_free(cutter->used);
    zub_free(cutter);
}
