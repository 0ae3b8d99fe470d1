/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* phrase.c - see phrase.h.
 *
 * Which words of the phrase a word of the text may be is asked once a type: a
 * set of bits, remembered in a table of types. So a text costs the scanner and
 * a look-up a word. The rows of matching words are found by shifting a set
 * (Baeza-Yates & Gonnet 1992, shift-and): bit i of it says that the latest
 * words are the first i + 1 of the phrase.
 * Invariant: a type has the value ZUB_NO_VALUE, or that of one of `sets`. */
#include "terms/phrase.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "terms/types.h"

#define TYPES_MOST ((size_t)1 << 18) /* remembered: some 20 MB */
#define BYTES_MOST ((size_t)1 << 20) /* of long ones, in units of 8 */
#define TONGUES 4u                   /* languages, the same each */
#define NEVER 0u                     /* the number of the empty set */

/* A word of the phrase. */
typedef struct phrase_word {
    zub_slice key;     /* folded, stemmed, or as it stands */
    bool is_beginning; /* of words; never stemmed */
} phrase_word;

/* The phrase in one language. */
typedef struct phrase_tongue {
    char lang[12]; /* "" : free */
    zub_arena arena;
    phrase_word elements[ZUB_PHRASE_MOST];
    size_t count;
    bool has_beginnings, has_whole; /* elements of either kind */
    zub_types types;
    uint64_t *sets; /* [set_count]; the first is empty */
    size_t set_count, set_capacity;
} phrase_tongue;

struct zub_phrase {
    zub_analyzer *analyzer;
    zub_likeness likeness;
    zub_scanner *scanner;
    zub_buffer source;
    phrase_tongue tongues[TONGUES];
    unsigned oldest; /* tongue, the next to be forgotten */

    phrase_tongue *tongue; /* begun with */
    zub_lexicon *lexicon;
    zub_slice text;
    zub_scanned words[ZUB_TYPES_BATCH];
    uint32_t found[ZUB_TYPES_BATCH];
    size_t at, size;                  /* of the batch */
    uint64_t rows;                    /* see above */
    uint64_t seen;                    /* words of the text before words[at] */
    uint32_t starts[ZUB_PHRASE_MOST]; /* of the latest words, by number */
};

/* ---- What a word is compared by ---- */

static zub_status key_of(zub_phrase *phrase, zub_slice word, bool is_beginning,
                         zub_slice *key)
{
    bool is_stop;

    *key = word;
    if (phrase->likeness == ZUB_ALIKE_EXACT)
        return ZUB_OK;
    if (is_beginning || phrase->likeness == ZUB_ALIKE_FOLDED)
        return zub_lexicon_fold(phrase->lexicon, word, key);
    return zub_lexicon_key_of(phrase->lexicon, word, key, &is_stop);
}

/* ---- The phrase in a language ---- */

static zub_status too_many(zub_error *error)
{
    return zub_fail(error, ZUB_ELIMIT,
                    "a phrase has at most %u words (take fewer, or a regular "
                    "expression)",
                    ZUB_PHRASE_MOST);
}

static zub_status add_element(zub_phrase *phrase, phrase_tongue *tongue,
                              zub_slice word, bool is_beginning,
                              zub_error *error)
{
    zub_slice key;
    zub_status status = key_of(phrase, word, is_beginning, &key);

    if (status != ZUB_OK)
        return zub_fail_memory(error);
    if (key.size == 0 && word.size > 0)
        return ZUB_OK; /* nothing but what folds away */
    if (tongue->count == ZUB_PHRASE_MOST)
        return too_many(error);
    phrase_word *to = &tongue->elements[tongue->count];
    *to = (phrase_word){zub_arena_copy(&tongue->arena, key), is_beginning};
    if (!to->key.data)
        return zub_fail_memory(error);
    tongue->count++;
    tongue->has_beginnings |= is_beginning;
    tongue->has_whole |= !is_beginning;
    return ZUB_OK;
}

/* What stands between two spaces, without a * at its end: words, of which the
 * last may be a beginning. */
static zub_status add_words(zub_phrase *phrase, phrase_tongue *tongue,
                            zub_slice chunk, bool is_beginning,
                            zub_error *error)
{
    zub_scanned word, next;
    zub_status status = zub_scanner_begin(phrase->scanner, chunk);

    if (status != ZUB_OK)
        return too_many(error);
    if (chunk.size == 0 && is_beginning)
        return add_element(phrase, tongue, chunk, true, error);
    bool has_word = zub_scanner_next(phrase->scanner, &word, 1) > 0;
    while (has_word && status == ZUB_OK) {
        has_word = zub_scanner_next(phrase->scanner, &next, 1) > 0;
        status = add_element(
            phrase, tongue, (zub_slice){chunk.data + word.start, word.size},
            is_beginning && !has_word && word.start + word.size == chunk.size,
            error);
        word = next;
    }
    return zub_scanner_failed(phrase->scanner) ? zub_fail_memory(error)
                                               : status;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next of what stands between spaces; false: there is none. */
static bool next_chunk(zub_slice *rest, zub_slice *chunk)
{
    size_t start = 0, end;

    while (start < rest->size && is_blank(rest->data[start]))
        start++;
    for (end = start; end < rest->size && !is_blank(rest->data[end]);)
        end++;
    *chunk = (zub_slice){rest->data + start, end - start};
    *rest = (zub_slice){rest->data + end, rest->size - end};
    return chunk->size > 0;
}

static zub_status read_phrase(zub_phrase *phrase, phrase_tongue *tongue,
                              zub_error *error)
{
    zub_slice rest = zub_buffer_slice(&phrase->source), chunk;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && next_chunk(&rest, &chunk)) {
        bool is_beginning = chunk.data[chunk.size - 1] == '*';
        chunk.size -= is_beginning;
        if (memchr(chunk.data, '*', chunk.size))
            return zub_fail(error, ZUB_EINVAL,
                            "a * stands at the end of a word and nowhere else "
                            "(for more there are regular expressions)");
        status = add_words(phrase, tongue, chunk, is_beginning, error);
    }
    return status;
}

static void forget(phrase_tongue *tongue)
{
    zub_arena_release(&tongue->arena);
    zub_types_release(&tongue->types);
    zub_free(tongue->sets);
    *tongue = (struct phrase_tongue){0};
    zub_arena_init(&tongue->arena);
    zub_types_init(&tongue->types);
}

static zub_status add_set(phrase_tongue *tongue, uint64_t set, uint32_t *number)
{
    for (size_t i = 0; i < tongue->set_count; i++)
        if (tongue->sets[i] == set) {
            *number = (uint32_t)i;
            return ZUB_OK;
        }
    if (!zub_grow(&tongue->sets, &tongue->set_capacity, tongue->set_count + 1,
                  sizeof *tongue->sets))
        return ZUB_ENOMEM;
    *number = (uint32_t)tongue->set_count;
    tongue->sets[tongue->set_count++] = set;
    return ZUB_OK;
}

static zub_status learn(zub_phrase *phrase, const char *lang, phrase_tongue **out,
                        zub_error *error)
{
    phrase_tongue *tongue = &phrase->tongues[phrase->oldest];
    uint32_t never;

    phrase->oldest = (phrase->oldest + 1) % TONGUES;
    forget(tongue);
    zub_status status = read_phrase(phrase, tongue, error);
    if (status == ZUB_OK && add_set(tongue, 0, &never) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK) {
        forget(tongue);
        return status;
    }
    memcpy(tongue->lang, lang, strnlen(lang, sizeof tongue->lang - 1));
    *out = tongue;
    return ZUB_OK;
}

static zub_status choose(zub_phrase *phrase, const char *lang,
                         zub_error *error)
{
    zub_status status = zub_analyzer_lexicon(phrase->analyzer,
                                             &phrase->lexicon, lang, error);

    if (status == ZUB_OK)
        status = zub_scanner_choose(phrase->scanner, lang, error);
    if (status != ZUB_OK)
        return status;
    for (unsigned i = 0; i < TONGUES; i++)
        if (strcmp(phrase->tongues[i].lang, lang) == 0) {
            phrase->tongue = &phrase->tongues[i];
            return ZUB_OK;
        }
    phrase->tongue = NULL;
    return learn(phrase, lang, &phrase->tongue, error);
}

/* ---- Opening ---- */

static zub_status open_parts(zub_phrase *phrase, zub_slice text,
                             zub_error *error)
{
    const char *lang =
        phrase->analyzer->lang[0] ? phrase->analyzer->lang : "und";
    zub_status status = zub_scanner_new(&phrase->scanner, error);

    zub_buffer_add_slice(&phrase->source, text);
    if (status == ZUB_OK && phrase->source.status != ZUB_OK)
        status = zub_fail_memory(error);
    if (status == ZUB_OK)
        status = choose(phrase, lang, error);
    if (status == ZUB_OK && phrase->tongue->count == 0)
        status = zub_fail(error, ZUB_EINVAL,
                          "the pattern holds no word (name one, or take a "
                          "regular expression)");
    return status;
}

zub_status zub_phrase_new(zub_phrase **out, zub_analyzer *analyzer,
                          zub_slice text, zub_likeness likeness,
                          zub_error *error)
{
    zub_phrase *phrase = zub_alloc_zero(1, sizeof *phrase);

    *out = NULL;
    if (!phrase)
        return zub_fail_memory(error);
    phrase->analyzer = analyzer;
    phrase->likeness = likeness;
    zub_buffer_init(&phrase->source, ZUB_BUFFER_UNLIMITED);
    zub_status status = open_parts(phrase, text, error);
    if (status != ZUB_OK) {
        zub_phrase_free(phrase);
        return status;
    }
    *out = phrase;
    return ZUB_OK;
}

void zub_phrase_free(zub_phrase *phrase)
{
    if (!phrase)
        return;
    for (unsigned i = 0; i < TONGUES; i++)
        forget(&phrase->tongues[i]);
    zub_buffer_release(&phrase->source);
    zub_scanner_free(phrase->scanner);
    zub_free(phrase);
}

size_t zub_phrase_size(const zub_phrase *phrase)
{
    return phrase->tongue->count;
}

/* ---- Which words of the phrase a type may be ---- */

static bool begins_with(zub_slice word, zub_slice beginning)
{
    return word.size >= beginning.size &&
           memcmp(word.data, beginning.data, beginning.size) == 0;
}

static zub_status compare(zub_phrase *phrase, zub_slice word,
                          bool is_beginning, uint64_t *set)
{
    const phrase_tongue *tongue = phrase->tongue;
    zub_slice key;
    zub_status status = key_of(phrase, word, is_beginning, &key);

    for (size_t i = 0; status == ZUB_OK && i < tongue->count; i++) {
        const phrase_word *element = &tongue->elements[i];
        if (element->is_beginning == is_beginning &&
            begins_with(key, element->key) &&
            (is_beginning || key.size == element->key.size))
            *set |= (uint64_t)1 << i;
    }
    return status;
}

static zub_status answer(zub_phrase *phrase, zub_slice word, uint32_t *number)
{
    uint64_t set = 0;
    zub_status status = ZUB_OK;

    if (phrase->tongue->has_whole)
        status = compare(phrase, word, false, &set);
    if (status == ZUB_OK && phrase->tongue->has_beginnings)
        status = compare(phrase, word, true, &set);
    return status == ZUB_OK ? add_set(phrase->tongue, set, number) : status;
}

/* ---- Searching ---- */

zub_status zub_phrase_begin(zub_phrase *phrase, zub_slice text,
                            const char *lang, zub_error *error)
{
    zub_status status = choose(phrase, lang, error);

    if (status != ZUB_OK)
        return status;
    phrase->text = text;
    phrase->at = phrase->size = 0;
    phrase->rows = phrase->seen = 0;
    status = zub_scanner_begin(phrase->scanner, text);
    return status == ZUB_OK ? ZUB_OK
                            : zub_fail(error, status,
                                       "a text has at most 2^31 - 1 bytes");
}

/* The next words, looked up. */
static zub_status read_batch(zub_phrase *phrase)
{
    phrase_tongue *tongue = phrase->tongue;

    phrase->at = 0;
    phrase->size = zub_scanner_next(phrase->scanner, phrase->words,
                                    ZUB_TYPES_BATCH);
    if (phrase->size == 0)
        return zub_scanner_failed(phrase->scanner) ? ZUB_ENOMEM : ZUB_OK;
    if (tongue->types.count > TYPES_MOST || tongue->types.used > BYTES_MOST)
        zub_types_release(&tongue->types);
    return zub_types_count(&tongue->types, phrase->text, phrase->words,
                           phrase->size, phrase->found);
}

/* The set of words[at]. */
static zub_status look_up(zub_phrase *phrase, uint64_t *set)
{
    phrase_tongue *tongue = phrase->tongue;
    uint32_t *value = &tongue->types.slots[phrase->found[phrase->at]].value;

    if (*value == ZUB_NO_VALUE) {
        zub_scanned word = phrase->words[phrase->at];
        zub_status status = answer(
            phrase, (zub_slice){phrase->text.data + word.start, word.size},
            value);
        if (status != ZUB_OK) {
            *value = ZUB_NO_VALUE;
            return status;
        }
    }
    *set = tongue->sets[*value];
    return ZUB_OK;
}

/* Past the words that are none of the phrase, while no row is begun. */
static void skip(zub_phrase *phrase)
{
    const zub_type *slots = phrase->tongue->types.slots;
    size_t at = phrase->at;

    while (at < phrase->size && slots[phrase->found[at]].value == NEVER)
        at++;
    phrase->seen += at - phrase->at;
    phrase->at = at;
}

/* Take one more word; *is_whole: the phrase ends with it. */
static zub_status take_word(zub_phrase *phrase, bool *is_whole)
{
    size_t count = phrase->tongue->count;
    uint64_t set;
    zub_status status = look_up(phrase, &set);

    if (status != ZUB_OK)
        return status;
    phrase->rows = (phrase->rows << 1 | 1) & set;
    phrase->starts[phrase->seen % ZUB_PHRASE_MOST] =
        phrase->words[phrase->at].start;
    *is_whole = count > 0 && phrase->rows >> (count - 1) & 1;
    phrase->seen++;
    phrase->at++;
    return ZUB_OK;
}

zub_status zub_phrase_next(zub_phrase *phrase, size_t *start, size_t *end,
                           zub_error *error)
{
    zub_status status = ZUB_OK;

    *start = *end = 0;
    while (status == ZUB_OK) {
        bool is_whole = false;
        if (phrase->rows == 0)
            skip(phrase);
        if (phrase->at == phrase->size) {
            status = read_batch(phrase);
            if (status == ZUB_OK && phrase->size == 0)
                return ZUB_OK;
            continue;
        }
        status = take_word(phrase, &is_whole);
        if (status != ZUB_OK || !is_whole)
            continue;
        zub_scanned last = phrase->words[phrase->at - 1];
        size_t first = phrase->seen - phrase->tongue->count;
        *start = phrase->starts[first % ZUB_PHRASE_MOST];
        *end = (size_t)last.start + last.size;
        return ZUB_OK;
    }
    return zub_fail_memory(error);
}
