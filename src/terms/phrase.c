/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* phrase.c - see phrase.h.
 *
 * Which words of the phrase a word of the text may be is asked once a type: a
 * set of bits, remembered in a table of types. The rows of matching words are
 * found by shifting a set (Baeza-Yates & Gonnet 1992, shift-and): bit i of it
 * says that the latest words are the first i + 1 of the phrase.
 *
 * Few words begin the phrase. Stems have to be looked up to know, at the cost
 * of some 15 ns a word; but what folds is compared letter by letter, and most
 * words part from it at their first.
 *
 * Where a text's language is not known, the phrase is first looked for by a
 * folding that parts no words that are alike in any language.
 *
 * Invariant: a type has the value ZUB_NO_VALUE, or that of one of `sets`. */
#include "terms/phrase.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "terms/types.h"

#define TYPES_MOST ((size_t)1 << 16) /* remembered: 5 MB */
#define BYTES_MOST ((size_t)1 << 20) /* of long ones, in units of 8 */
#define TONGUES 4u                   /* languages, the same each */
#define NEVER 0u                     /* the number of the empty set */
#define ANY_LANGUAGE "*"

/* How words are compared in a language that is not known yet. */
#define ALIKE_LOOSELY ((zub_likeness)(ZUB_ALIKE_EXACT + 1))

/* A word of the phrase. */
typedef struct phrase_word {
    zub_slice key;     /* folded, stemmed, or as it stands */
    bool is_beginning; /* of words; never stemmed */
} phrase_word;

/* How a letter that most words are made of folds. */
typedef struct phrase_letter {
    char bytes[2];
    uint8_t size;
    bool is_other; /* ask ICU */
} phrase_letter;

/* The phrase in one language. */
typedef struct phrase_tongue {
    char lang[12]; /* "": free */
    zub_likeness likeness;
    zub_arena arena;
    phrase_word elements[ZUB_PHRASE_MOST];
    size_t count;
    bool has_beginnings, has_whole; /* elements of either kind */
    phrase_letter ascii[128], arabic[256];
    zub_types types;
    uint64_t *sets; /* [set_count]; the first is empty */
    size_t set_count, set_capacity;
} phrase_tongue;

struct zub_phrase {
    zub_analyzer *analyzer;
    zub_likeness likeness;
    zub_scanner *scanner;
    zub_buffer source, loose;
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

/* Letters that some languages fold and others do not. */
static const struct loose {
    char from[4], to[3];
} looses[] = {
    {"\u0131", "i"},      /* dotless i */
    {"\u0307", ""},       /* the dot that a lower case i with one keeps */
    {"\u0649", "\u064A"}, /* alef maksura */
    {"\u06CC", "\u064A"}, /* farsi yeh */
    {"\u0629", "\u0647"}, /* teh marbuta */
    {"\u0624", "\u0621"}, /* hamza on waw */
    {"\u0626", "\u0621"}, /* hamza on yeh */
};

static const struct loose *find_loose(const char *at)
{
    for (size_t i = 0; i < sizeof looses / sizeof *looses; i++)
        if (memcmp(at, looses[i].from, 2) == 0)
            return &looses[i];
    return NULL;
}

/* The folded word in phrase->loose with those folded, too, in place. */
static void loosen(zub_buffer *word)
{
    size_t kept = 0;

    for (size_t at = 0; at < word->size;) {
        const struct loose *loose =
            at + 1 < word->size ? find_loose(word->data + at) : NULL;
        if (!loose) {
            word->data[kept++] = word->data[at++];
            continue;
        }
        size_t size = strlen(loose->to);
        memcpy(word->data + kept, loose->to, size);
        kept += size;
        at += 2;
    }
    word->size = kept;
}

static zub_status fold_loosely(zub_phrase *phrase, zub_slice word,
                               zub_slice *key)
{
    zub_buffer_clear(&phrase->loose);
    zub_status status =
        zub_fold(phrase->analyzer->folder, &phrase->loose, word, "und");
    if (status != ZUB_OK)
        return status;
    loosen(&phrase->loose);
    *key = zub_buffer_slice(&phrase->loose);
    return ZUB_OK;
}

static zub_status key_of(zub_phrase *phrase, const phrase_tongue *tongue,
                         zub_slice word, bool is_beginning, zub_slice *key)
{
    bool is_stop;

    *key = word;
    if (tongue->likeness == ZUB_ALIKE_EXACT)
        return ZUB_OK;
    if (tongue->likeness == ALIKE_LOOSELY)
        return fold_loosely(phrase, word, key);
    if (is_beginning || tongue->likeness == ZUB_ALIKE_FOLDED)
        return zub_lexicon_fold(phrase->lexicon, word, key);
    return zub_lexicon_key_of(phrase->lexicon, word, key, &is_stop);
}

/* ---- Letters ---- */

static zub_status fill_letter(zub_phrase *phrase, const phrase_tongue *tongue,
                              phrase_letter *letter, uint32_t code_point)
{
    const char *lang =
        tongue->likeness == ALIKE_LOOSELY ? "und" : tongue->lang;
    char bytes[2] = {(char)code_point, 0};
    size_t size = 1;
    zub_slice key;

    if (code_point >= 0x80) {
        bytes[0] = (char)(0xC0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        size = 2;
    }
    zub_status status =
        key_of(phrase, tongue, (zub_slice){bytes, size}, true, &key);
    if (status != ZUB_OK)
        return status;
    letter->is_other = !zub_fold_letter(phrase->analyzer->folder, code_point,
                                        lang, letter->bytes, &size) ||
                       key.size > 2;
    letter->size = (uint8_t)(key.size > 2 ? 0 : key.size);
    memcpy(letter->bytes, key.data, letter->size);
    return ZUB_OK;
}

static zub_status fill_letters(zub_phrase *phrase, phrase_tongue *tongue)
{
    zub_status status = ZUB_OK;

    for (uint32_t c = 0; status == ZUB_OK && c < 128; c++)
        status = fill_letter(phrase, tongue, &tongue->ascii[c], c);
    for (uint32_t c = 0; status == ZUB_OK && c < 256; c++)
        status = fill_letter(phrase, tongue, &tongue->arabic[c], 0x600 + c);
    return status;
}

/* Of the letter at *at, which moves behind it; NULL: ask ICU. */
static inline const phrase_letter *next_letter(const phrase_tongue *tongue,
                                               const uint8_t **at,
                                               const uint8_t *end)
{
    const uint8_t *here = *at;
    const phrase_letter *letter = &tongue->ascii[*here & 127];

    if (*here < 0x80) {
        ++*at;
    } else if (*here >> 2 == 0xD8 >> 2 && end - here >= 2 &&
               here[1] >> 6 == 2) {
        letter = &tongue->arabic[(here[0] & 3) << 6 | (here[1] & 0x3F)];
        *at += 2;
    } else {
        return NULL;
    }
    return letter->is_other ? NULL : letter;
}

/* A letter was another than the phrase's; only a mark behind it, up to the
 * next letter, could make it that one. */
static bool may_change(const phrase_tongue *tongue, const uint8_t *at,
                       const uint8_t *end)
{
    while (at < end) {
        const phrase_letter *letter = next_letter(tongue, &at, end);
        if (!letter || letter->size > 0)
            return !letter;
    }
    return false;
}

/* Whether a word may be the phrase's first; false is sure. */
static bool may_begin(const phrase_tongue *tongue, zub_slice word)
{
    const phrase_word *first = &tongue->elements[0];
    const uint8_t *at = (const uint8_t *)word.data, *end = at + word.size;
    const char *key = first->key.data, *key_end = key + first->key.size;

    while (at < end && !(first->is_beginning && key == key_end)) {
        const phrase_letter *letter = next_letter(tongue, &at, end);
        if (!letter)
            return true;
        if (letter->size > key_end - key ||
            memcmp(key, letter->bytes, letter->size) != 0)
            return may_change(tongue, at, end);
        key += letter->size;
    }
    return key == key_end;
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
    zub_status status = key_of(phrase, tongue, word, is_beginning, &key);

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

static zub_status add_set(phrase_tongue *tongue, uint64_t set,
                          uint32_t *number)
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

static zub_status learn(zub_phrase *phrase, const char *lang,
                        zub_likeness likeness, zub_error *error)
{
    phrase_tongue *tongue = &phrase->tongues[phrase->oldest];
    uint32_t never;

    phrase->oldest = (phrase->oldest + 1) % TONGUES;
    phrase->tongue = NULL;
    forget(tongue);
    tongue->likeness = likeness;
    memcpy(tongue->lang, lang, strnlen(lang, sizeof tongue->lang - 1));
    zub_status status = read_phrase(phrase, tongue, error);
    if (status == ZUB_OK && (add_set(tongue, 0, &never) != ZUB_OK ||
                             fill_letters(phrase, tongue) != ZUB_OK))
        status = zub_fail_memory(error);
    if (status == ZUB_OK)
        phrase->tongue = tongue;
    else
        forget(tongue);
    return status;
}

static zub_status find_tongue(zub_phrase *phrase, const char *lang,
                              zub_likeness likeness, zub_error *error)
{
    for (unsigned i = 0; i < TONGUES; i++)
        if (strcmp(phrase->tongues[i].lang, lang) == 0) {
            phrase->tongue = &phrase->tongues[i];
            return ZUB_OK;
        }
    return learn(phrase, lang, likeness, error);
}

static zub_status choose(zub_phrase *phrase, const char *lang,
                         zub_error *error)
{
    zub_status status =
        zub_analyzer_lexicon(phrase->analyzer, &phrase->lexicon, lang, error);

    if (status == ZUB_OK)
        status = zub_scanner_choose(phrase->scanner, lang, error);
    return status == ZUB_OK
               ? find_tongue(phrase, lang, phrase->likeness, error)
               : status;
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
    zub_buffer_init(&phrase->loose, ZUB_BUFFER_UNLIMITED);
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
    zub_buffer_release(&phrase->loose);
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
    zub_status status = key_of(phrase, tongue, word, is_beginning, &key);

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

static zub_status begin(zub_phrase *phrase, zub_slice text, zub_error *error)
{
    phrase->text = text;
    phrase->at = phrase->size = 0;
    phrase->rows = phrase->seen = 0;
    zub_status status = zub_scanner_begin(phrase->scanner, text);
    return status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, status, "a text has at most 2^31 - 1 bytes");
}

zub_status zub_phrase_begin(zub_phrase *phrase, zub_slice text,
                            const char *lang, zub_error *error)
{
    zub_status status = choose(phrase, lang, error);

    return status == ZUB_OK ? begin(phrase, text, error) : status;
}

static bool is_stemmed(const zub_phrase *phrase)
{
    return phrase->tongue->likeness == ZUB_ALIKE_STEMMED;
}

static void keep_few(zub_types *types)
{
    if (types->count > TYPES_MOST || types->used > BYTES_MOST)
        zub_types_release(types);
}

/* The next words; stems are looked up at once. */
static zub_status read_batch(zub_phrase *phrase)
{
    zub_types *types = &phrase->tongue->types;

    phrase->at = 0;
    phrase->size =
        zub_scanner_next(phrase->scanner, phrase->words, ZUB_TYPES_BATCH);
    if (phrase->size == 0)
        return zub_scanner_failed(phrase->scanner) ? ZUB_ENOMEM : ZUB_OK;
    keep_few(types);
    return is_stemmed(phrase)
               ? zub_types_count(types, phrase->text, phrase->words,
                                 phrase->size, phrase->found)
               : ZUB_OK;
}

static zub_slice word_at(const zub_phrase *phrase, size_t at)
{
    zub_scanned word = phrase->words[at];

    return (zub_slice){phrase->text.data + word.start, word.size};
}

/* The value of one word that no batch has counted; NULL without memory. */
static uint32_t *value_of(zub_types *types, zub_slice word)
{
    uint32_t found;

    return zub_types_find(types, &word, 1, &found) == ZUB_OK
               ? &types->slots[found].value
               : NULL;
}

/* The set of words[at]. */
static zub_status look_up(zub_phrase *phrase, uint64_t *set)
{
    phrase_tongue *tongue = phrase->tongue;
    zub_slice word = word_at(phrase, phrase->at);
    uint32_t *value =
        is_stemmed(phrase)
            ? &tongue->types.slots[phrase->found[phrase->at]].value
            : value_of(&tongue->types, word);

    if (!value)
        return ZUB_ENOMEM;
    if (*value == ZUB_NO_VALUE) {
        zub_status status = answer(phrase, word, value);
        if (status != ZUB_OK) {
            *value = ZUB_NO_VALUE;
            return status;
        }
    }
    *set = tongue->sets[*value];
    return ZUB_OK;
}

/* Past the words that do not begin the phrase, while no row is begun. */
static void skip(zub_phrase *phrase)
{
    const phrase_tongue *tongue = phrase->tongue;
    const zub_type *slots = tongue->types.slots;
    size_t at = phrase->at;

    if (tongue->count == 0)
        at = phrase->size;
    else if (is_stemmed(phrase))
        while (at < phrase->size && slots[phrase->found[at]].value == NEVER)
            at++;
    else
        while (at < phrase->size && !may_begin(tongue, word_at(phrase, at)))
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
    *is_whole = phrase->rows >> (count - 1) & 1;
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

zub_status zub_phrase_may_occur(zub_phrase *phrase, zub_slice text, bool *may,
                                zub_error *error)
{
    zub_likeness likeness =
        phrase->likeness == ZUB_ALIKE_EXACT ? ZUB_ALIKE_EXACT : ALIKE_LOOSELY;
    size_t start, end;

    *may = true;
    if (phrase->likeness == ZUB_ALIKE_STEMMED)
        return ZUB_OK;
    zub_status status = zub_scanner_choose(phrase->scanner, "und", error);
    if (status == ZUB_OK)
        status = find_tongue(phrase, ANY_LANGUAGE, likeness, error);
    if (status == ZUB_OK)
        status = begin(phrase, text, error);
    if (status == ZUB_OK)
        status = zub_phrase_next(phrase, &start, &end, error);
    *may = status == ZUB_OK && start < end;
    return status;
}
