/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* wording.c - see wording.h. What a word of a text comes to is asked once for
 * each: a table of a language's words gives the numbers of what they are, and
 * that is mostly one, or two, or none. */
#include "index/wording.h"

#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "terms/types.h"

#define LANGUAGES 16u         /* that are remembered */
#define MOST_WORDS (1u << 19) /* before all is forgotten: 100 MB */
#define BATCH 256u            /* words of the scanner at a time */
#define ZWNJ "\xE2\x80\x8C"   /* U+200C */
#define QUOTE "\xE2\x80\x99"  /* U+2019 */
#define MARK_SIZE (sizeof ZWNJ - 1)

/* Numbers [first, first + count) of what a word is. Nearly every word is one:
 * then its number is the value in the table, and this is not looked up, for
 * which memory would be waited. */
typedef struct parts {
    uint32_t first, count;
} word_parts;

#define IN_PARTS (1u << 31) /* a value that is a place in `parts` */

typedef struct known {
    char lang[12];     /* "": free */
    zub_types words;   /* as they stand in texts; their values: in `parts` */
    word_parts *parts; /* [part_count]: of those that are not one */
    size_t part_count, capacity;
} known_words;

struct zub_wording_bytes {
    atomic_uint holders;
    zub_arena arena;
};

struct zub_wording {
    zub_analyzer *analyzer;
    zub_scanner *scanner;
    known_words known[LANGUAGES];
    size_t next;              /* of `known` to be given up */
    size_t most;              /* words, before all is forgotten */
    zub_wording_bytes *bytes; /* of the words; NULL: there are none yet */
    zub_wording_word *words;  /* [word_count] */
    size_t word_count, word_capacity;
    zub_worded *found; /* [found_count], of the text at hand */
    size_t found_count, found_capacity;
};

/* ---- What apostrophes do ---- */

typedef enum apostrophe {
    KEEPS, /* belongs to the word */
    CUTS,  /* what follows is an ending: İstanbul'da */
    PARTS  /* what stands before is a word: l'homme */
} apostrophe;

static const struct {
    char lang[4];
    apostrophe does;
} habits[] = {
    {"az", CUTS}, {"ca", PARTS}, {"fr", PARTS}, {"it", PARTS}, {"tr", CUTS},
};

static apostrophe habit_of(const char *lang)
{
    for (size_t i = 0; i < sizeof habits / sizeof *habits; i++)
        if (strncmp(lang, habits[i].lang, 2) == 0 &&
            (lang[2] == '\0' || lang[2] == '-'))
            return habits[i].does;
    return KEEPS;
}

/* Bytes of a mark that parts words at `at`, or 0. */
static size_t mark_at(zub_slice word, size_t at, const char *mark)
{
    return word.size - at >= MARK_SIZE &&
                   memcmp(word.data + at, mark, MARK_SIZE) == 0
               ? MARK_SIZE
               : 0;
}

static size_t apostrophe_at(zub_slice word, size_t at)
{
    return word.data[at] == '\'' ? 1 : mark_at(word, at, QUOTE);
}

/* The first part of a word; moves *at behind it and its mark. */
static zub_slice next_part(zub_slice word, size_t *at, apostrophe does)
{
    size_t start = *at;

    for (; *at < word.size; ++*at) {
        size_t mark = mark_at(word, *at, ZWNJ);
        size_t cut = does == KEEPS ? 0 : apostrophe_at(word, *at);
        zub_slice part = {word.data + start, *at - start};
        if (mark + cut == 0 || (cut > 0 && part.size == 0))
            continue;
        *at = cut > 0 && does == CUTS ? word.size : *at + mark + cut;
        return part;
    }
    return (zub_slice){word.data + start, word.size - start};
}

/* ---- Learning a word ---- */

static bool make_bytes(zub_wording *wording)
{
    zub_wording_bytes *bytes = wording->bytes;

    if (!bytes) {
        wording->bytes = bytes = zub_alloc_zero(1, sizeof *bytes);
        if (!bytes)
            return false;
        atomic_init(&bytes->holders, 1);
        zub_arena_init(&bytes->arena);
    }
    return true;
}

zub_wording_bytes *zub_wording_hold(zub_wording *wording)
{
    if (wording->bytes)
        atomic_fetch_add_explicit(&wording->bytes->holders, 1,
                                  memory_order_relaxed);
    return wording->bytes;
}

void zub_wording_let_go(zub_wording_bytes *bytes)
{
    if (!bytes || atomic_fetch_sub_explicit(&bytes->holders, 1,
                                            memory_order_acq_rel) > 1)
        return;
    zub_arena_release(&bytes->arena);
    zub_free(bytes);
}

static bool is_same(zub_slice a, zub_slice b)
{
    return b.data && a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static zub_status add_word(zub_wording *wording, zub_lexicon *lexicon,
                           zub_slice part)
{
    zub_wording_word made = {0};
    zub_slice folded, term;
    zub_status status = zub_lexicon_fold(lexicon, part, &folded);

    if (status != ZUB_OK || folded.size == 0)
        return status;
    if (!make_bytes(wording))
        return ZUB_ENOMEM;
    made.folded = zub_arena_copy(&wording->bytes->arena, folded);
    status = zub_lexicon_key_of(lexicon, part, &term, &made.is_stop);
    if (status == ZUB_OK && term.size > 0)
        made.term = is_same(term, made.folded)
                        ? made.folded
                        : zub_arena_copy(&wording->bytes->arena, term);
    else
        made.term = made.folded;
    if (status != ZUB_OK || !made.folded.data || !made.term.data ||
        !zub_grow(&wording->words, &wording->word_capacity,
                  wording->word_count + 1, sizeof *wording->words))
        return status != ZUB_OK ? status : ZUB_ENOMEM;
    wording->words[wording->word_count++] = made;
    return ZUB_OK;
}

static zub_status learn(zub_wording *wording, known_words *known,
                        zub_slice word, uint32_t *value)
{
    apostrophe does = habit_of(known->lang);
    uint32_t first = (uint32_t)wording->word_count;
    zub_lexicon *lexicon;
    zub_status status =
        zub_analyzer_lexicon(wording->analyzer, &lexicon, known->lang, NULL);

    for (size_t at = 0; status == ZUB_OK && at < word.size;)
        status = add_word(wording, lexicon, next_part(word, &at, does));
    if (status != ZUB_OK)
        return status;
    *value = first;
    if (wording->word_count == first + (size_t)1)
        return ZUB_OK;
    if (!zub_grow(&known->parts, &known->capacity, known->part_count + 1,
                  sizeof *known->parts))
        return ZUB_ENOMEM;
    known->parts[known->part_count] =
        (word_parts){first, (uint32_t)wording->word_count - first};
    *value = IN_PARTS | (uint32_t)known->part_count++;
    return ZUB_OK;
}

/* ---- Reading ---- */

static void forget(known_words *known)
{
    zub_types_release(&known->words);
    zub_free(known->parts);
    *known = (known_words){0};
}

static known_words *known_of(zub_wording *wording, const char *lang)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(wording->known[i].lang, lang) == 0)
            return &wording->known[i];
    known_words *known = &wording->known[wording->next];
    wording->next = (wording->next + 1) % LANGUAGES;
    forget(known);
    memcpy(known->lang, lang, strnlen(lang, sizeof known->lang - 1));
    zub_types_init(&known->words);
    return known;
}

static inline word_parts parts_of(const known_words *known, uint32_t value)
{
    return value & IN_PARTS ? known->parts[value & ~IN_PARTS]
                            : (word_parts){value, 1};
}

static zub_status add_found(zub_wording *wording, word_parts parts,
                            zub_scanned at)
{
    if (!zub_grow(&wording->found, &wording->found_capacity,
                  wording->found_count + parts.count, sizeof *wording->found))
        return ZUB_ENOMEM;
    for (uint32_t i = 0; i < parts.count; i++)
        wording->found[wording->found_count++] =
            (zub_worded){at.start, at.size, parts.first + i};
    return ZUB_OK;
}

/* Looked up together, so that memory is waited for once. */
static zub_status find_batch(zub_wording *wording, known_words *known,
                             zub_slice text, const zub_scanned *words,
                             size_t size)
{
    uint32_t found[BATCH];
    zub_status status =
        zub_types_count(&known->words, text, words, size, found);

    for (size_t i = 0; i < size && status == ZUB_OK; i++) {
        zub_type *type = &known->words.slots[found[i]];
        zub_slice word = {text.data + words[i].start, words[i].size};
        if (type->value == ZUB_NO_VALUE)
            status = learn(wording, known, word, &type->value);
        if (status == ZUB_OK)
            status =
                add_found(wording, parts_of(known, type->value), words[i]);
    }
    return status;
}

static zub_status find_all(zub_wording *wording, known_words *known,
                           zub_slice text)
{
    zub_scanned words[BATCH];
    zub_status status = ZUB_OK;
    size_t size;

    while (status == ZUB_OK &&
           (size = zub_scanner_next(wording->scanner, words, BATCH)) > 0)
        status = find_batch(wording, known, text, words, size);
    if (status == ZUB_OK && zub_scanner_failed(wording->scanner))
        return ZUB_ENOMEM;
    return status;
}

zub_status zub_wording_read(zub_wording *wording, zub_slice text,
                            const char *lang, const zub_worded **out,
                            size_t *count, zub_error *error)
{
    zub_lexicon *lexicon; /* opened here, where its errors have words */
    zub_status status =
        zub_analyzer_lexicon(wording->analyzer, &lexicon, lang, error);

    *out = NULL;
    *count = wording->found_count = 0;
    if (status != ZUB_OK)
        return status;
    status = zub_scanner_choose(wording->scanner, lang, error);
    if (status == ZUB_OK)
        status = zub_scanner_begin(wording->scanner, text);
    if (status == ZUB_OK)
        status = find_all(wording, known_of(wording, lang), text);
    if (status == ZUB_ELIMIT)
        return zub_fail(error, status, "a text has 2^31 bytes at most");
    if (status != ZUB_OK)
        return zub_fail_memory(error);
    *out = wording->found;
    *count = wording->found_count;
    return ZUB_OK;
}

const zub_wording_word *zub_wording_words(const zub_wording *wording)
{
    return wording->words;
}

size_t zub_wording_count(const zub_wording *wording)
{
    return wording->word_count;
}

void zub_wording_limit(zub_wording *wording, uint64_t memory)
{
    uint64_t most = memory / ZUB_WORDING_BYTES;

    wording->most =
        memory > 0 && most < MOST_WORDS ? (size_t)most : MOST_WORDS;
}

bool zub_wording_trim(zub_wording *wording)
{
    if (wording->word_count < wording->most)
        return false;
    for (size_t i = 0; i < LANGUAGES; i++)
        forget(&wording->known[i]);
    zub_wording_let_go(wording->bytes);
    wording->bytes = NULL;
    wording->word_count = 0;
    return true;
}

zub_status zub_wording_new(zub_wording **out, zub_analyzer *analyzer,
                           zub_error *error)
{
    zub_wording *wording = zub_alloc_zero(1, sizeof *wording);

    *out = NULL;
    if (!wording)
        return zub_fail_memory(error);
    wording->analyzer = analyzer;
    wording->most = MOST_WORDS;
    zub_status status = zub_scanner_new(&wording->scanner, error);
    if (status != ZUB_OK) {
        zub_wording_free(wording);
        return status;
    }
    *out = wording;
    return ZUB_OK;
}

void zub_wording_free(zub_wording *wording)
{
    if (!wording)
        return;
    for (size_t i = 0; i < LANGUAGES; i++)
        forget(&wording->known[i]);
    zub_scanner_free(wording->scanner);
    zub_wording_let_go(wording->bytes);
    zub_free(wording->words);
    zub_free(wording->found);
    zub_free(wording);
}
