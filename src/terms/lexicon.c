/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lexicon.c - see lexicon.h. Invariant: key_of has an entry for each word of
 * `words`, which is an id in `keys` or ZUB_NO_KEY. */
#include "terms/lexicon.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/models.h"
#include "terms/stemmer.h"
#include "terms/stop.h"

#define MOST_WORDS (1u << 16)

/* Goes up when the rules that make a word a key change: then backgrounds have
 * to be counted again. */
#define KEY_RULES 1

/* Where a language has no stop list, a key in more than one document in this
 * many of the background is a stop word. */
#define COMMON 5u

struct zub_lexicon {
    char lang[12];
    char base[12]; /* the language without script and region: "pt" */
    char fingerprint[64], files[80];
    bool is_arabic, keeps_stop_words;
    zub_folder *folder; /* borrowed */
    zub_stemmer *stemmer;
    zub_frequencies attested; /* for the stemmer; a view */
    zub_background background;
    zub_stop_list stop;
    bool drops_common;      /* keys of most documents are stop words */
    zub_buffer folded, key; /* scratch */
    char last[2][64][2];    /* letters U+0600 to U+067F, as keys have them */
    zub_map words, keys;
    uint32_t *key_of; /* [words.count] */
    size_t key_of_capacity;
};

/* Languages whose words are looked up among another's. */
static const char *attested_in(const char *lang)
{
    return zub_is_arabic(lang) ? "ar/lexicon.zub" : NULL;
}

static zub_status open_attested(zub_lexicon *lexicon, const zub_models *models,
                                const zub_term_rules *rules, zub_error *error)
{
    const char *name = attested_in(lexicon->lang);
    zub_slice file;

    if (!name)
        return ZUB_OK;
    if (rules->attested) {
        lexicon->attested = *rules->attested;
        return ZUB_OK;
    }
    zub_status status = zub_models_file(models, name, &file, error);
    if (status == ZUB_ENOTFOUND)
        return ZUB_OK;
    if (status != ZUB_OK)
        return status;
    return zub_frequencies_open(&lexicon->attested, file, name, "lexicon",
                                error);
}

static zub_status open_stemmer(zub_lexicon *lexicon, const zub_models *models,
                               const zub_term_rules *rules, zub_error *error)
{
    zub_status status = open_attested(lexicon, models, rules, error);

    if (status != ZUB_OK)
        return status;
    if (zub_stemmer_new(&lexicon->stemmer, lexicon->lang, rules->stemmer,
                        &lexicon->attested) != ZUB_OK)
        return zub_fail_memory(error);
    snprintf(lexicon->fingerprint, sizeof lexicon->fingerprint,
             "lang=%s stemmer=%s/%d lexicon=%08x", lexicon->base,
             zub_stemmer_kind_name(lexicon->stemmer), KEY_RULES,
             (unsigned)lexicon->attested.identity);
    return ZUB_OK;
}

/* Also for who keeps stop words: zub_lexicon_key_of() names them. */
static zub_status open_stop_words(zub_lexicon *lexicon,
                                  const zub_models *models, zub_error *error)
{
    zub_status status = zub_stop_list_open(
        &lexicon->stop, models, lexicon->base, lexicon->folder, error);
    uint32_t identity = lexicon->stop.identity;

    lexicon->drops_common = lexicon->stop.words.count == 0;
    if (lexicon->drops_common)
        identity = lexicon->background.frequencies.identity;
    snprintf(lexicon->files, sizeof lexicon->files, "%s stop=%08x",
             lexicon->fingerprint, (unsigned)identity);
    return status;
}

static zub_status open_parts(zub_lexicon *lexicon, const zub_models *models,
                             const zub_term_rules *rules, zub_error *error)
{
    zub_status status = open_stemmer(lexicon, models, rules, error);

    if (status == ZUB_OK)
        status =
            zub_background_open(&lexicon->background, models, lexicon->base,
                                lexicon->fingerprint, error);
    if (status == ZUB_OK)
        status = open_stop_words(lexicon, models, error);
    return status;
}

/* Letters that writers of Arabic mix up, but stemmers must tell apart; D8 xx
 * or D9 xx, as all up to U+067F are. */
static const char last_folds[][2][3] = {
    {"\u0649", "\u064A"}, /* alef maksura to yeh */
    {"\u0629", "\u0647"}, /* teh marbuta to heh */
    {"\u0624", "\u0621"}, /* hamza on waw to hamza */
    {"\u0626", "\u0621"}, /* hamza on yeh to hamza */
};

static void fill_last(zub_lexicon *lexicon)
{
    size_t count = sizeof last_folds / sizeof *last_folds;

    for (unsigned i = 0; i < 128; i++) {
        char *letter = lexicon->last[i >> 6][i & 63];
        letter[0] = (char)(0xD8 + (i >> 6));
        letter[1] = (char)(0x80 + (i & 63));
        for (size_t f = 0; f < count; f++)
            if (memcmp(letter, last_folds[f][0], 2) == 0)
                memcpy(letter, last_folds[f][1], 2);
    }
}

zub_status zub_lexicon_new(zub_lexicon **out, const zub_models *models,
                           zub_folder *folder, const char *lang,
                           const zub_term_rules *rules, zub_error *error)
{
    *out = NULL;
    zub_lexicon *lexicon = zub_alloc_zero(1, sizeof *lexicon);
    if (!lexicon)
        return zub_fail_memory(error);
    snprintf(lexicon->lang, sizeof lexicon->lang, "%s", lang);
    snprintf(lexicon->base, sizeof lexicon->base, "%.*s",
             (int)strcspn(lexicon->lang, "-"), lexicon->lang);
    lexicon->folder = folder;
    lexicon->is_arabic = zub_is_arabic(lang);
    lexicon->keeps_stop_words = rules->keep_stop_words;
    fill_last(lexicon);
    zub_map_init(&lexicon->words);
    zub_map_init(&lexicon->keys);
    zub_map_init(&lexicon->stop.words);
    zub_buffer_init(&lexicon->folded, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&lexicon->key, ZUB_BUFFER_UNLIMITED);

    zub_status status = open_parts(lexicon, models, rules, error);
    if (status != ZUB_OK) {
        zub_lexicon_free(lexicon);
        return status;
    }
    *out = lexicon;
    return ZUB_OK;
}

void zub_lexicon_free(zub_lexicon *lexicon)
{
    if (!lexicon)
        return;
    zub_stemmer_free(lexicon->stemmer);
    zub_stop_list_release(&lexicon->stop);
    zub_buffer_release(&lexicon->folded);
    zub_buffer_release(&lexicon->key);
    zub_map_release(&lexicon->words);
    zub_map_release(&lexicon->keys);
    zub_free(lexicon->key_of);
    zub_free(lexicon);
}

const char *zub_lexicon_lang(const zub_lexicon *lexicon)
{
    return lexicon->lang;
}

const zub_background *zub_lexicon_background(const zub_lexicon *lexicon)
{
    return &lexicon->background;
}

const char *zub_lexicon_fingerprint(const zub_lexicon *lexicon)
{
    return lexicon->fingerprint;
}

const char *zub_lexicon_files(const zub_lexicon *lexicon)
{
    return lexicon->files;
}

/* A stem of Arabic with the last letters folded, which have two bytes as
 * before; it is valid UTF-8, as all that is folded. ZUB_ENOMEM. */
static zub_status fold_last(zub_lexicon *lexicon, zub_slice *stem)
{
    zub_slice from = *stem;

    zub_buffer_clear(&lexicon->key);
    char *to = zub_buffer_reserve(&lexicon->key, from.size);
    if (!to)
        return ZUB_ENOMEM;
    *stem = (zub_slice){to, from.size};
    for (size_t at = 0; at < from.size; at++) {
        unsigned char byte = (unsigned char)from.data[at];
        to[at] = (char)byte;
        if (byte >> 1 != 0xD8 >> 1 || at + 1 == from.size)
            continue;
        memcpy(to + at, lexicon->last[byte & 1][from.data[at + 1] & 63], 2);
        at++;
    }
    return ZUB_OK;
}

static bool is_common(const zub_background *background, zub_slice key)
{
    return (uint64_t)zub_background_frequency(background, key) * COMMON >
           zub_background_documents(background);
}

zub_status zub_lexicon_key_of(zub_lexicon *lexicon, zub_slice word,
                              zub_slice *key, bool *is_stop)
{
    zub_buffer *folded = &lexicon->folded;

    *key = (zub_slice){"", 0};
    *is_stop = false;
    zub_buffer_clear(folded);
    zub_status status = zub_fold(lexicon->folder, folded, word, lexicon->lang);
    if (status != ZUB_OK || folded->size == 0)
        return status;
    zub_slice plain = zub_buffer_slice(folded),
              stem = zub_stem(lexicon->stemmer, plain);
    if (lexicon->is_arabic)
        status = fold_last(lexicon, &stem);
    if (status != ZUB_OK)
        return status;
    *is_stop = lexicon->drops_common
                   ? is_common(&lexicon->background, stem)
                   : zub_stop_list_has(&lexicon->stop, plain);
    *key = stem;
    return ZUB_OK;
}

zub_status zub_lexicon_fold(zub_lexicon *lexicon, zub_slice word,
                            zub_slice *folded)
{
    *folded = (zub_slice){"", 0};
    zub_buffer_clear(&lexicon->folded);
    zub_status status =
        zub_fold(lexicon->folder, &lexicon->folded, word, lexicon->lang);
    if (status != ZUB_OK || lexicon->folded.size == 0)
        return status;
    *folded = zub_buffer_slice(&lexicon->folded);
    return lexicon->is_arabic ? fold_last(lexicon, folded) : ZUB_OK;
}

static zub_status find_key(zub_lexicon *lexicon, zub_slice word, uint32_t *key)
{
    bool is_stop;
    zub_slice made;
    zub_status status = zub_lexicon_key_of(lexicon, word, &made, &is_stop);

    *key = ZUB_NO_KEY;
    if (status != ZUB_OK || made.size == 0 ||
        (is_stop && !lexicon->keeps_stop_words))
        return status;
    *key = zub_map_add(&lexicon->keys, made);
    return *key == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;
}

zub_status zub_lexicon_look_up(zub_lexicon *lexicon, zub_slice word,
                               zub_lexeme *out)
{
    uint32_t id = zub_map_find(&lexicon->words, word), key;

    if (id != ZUB_MAP_NONE) {
        *out = (zub_lexeme){id, lexicon->key_of[id]};
        return ZUB_OK;
    }
    zub_status status = find_key(lexicon, word, &key);
    if (status != ZUB_OK)
        return status;
    if (!zub_grow(&lexicon->key_of, &lexicon->key_of_capacity,
                  lexicon->words.count + 1u, sizeof *lexicon->key_of))
        return ZUB_ENOMEM;
    id = zub_map_add(&lexicon->words, word);
    if (id == ZUB_MAP_NONE)
        return ZUB_ENOMEM;
    lexicon->key_of[id] = key;
    *out = (zub_lexeme){id, key};
    return ZUB_OK;
}

zub_slice zub_lexicon_key(const zub_lexicon *lexicon, uint32_t key)
{
    return lexicon->keys.names[key];
}

void zub_lexicon_trim(zub_lexicon *lexicon)
{
    if (lexicon->words.count < MOST_WORDS)
        return;
    zub_map_release(&lexicon->words);
    zub_map_release(&lexicon->keys);
    zub_free(lexicon->key_of);
    lexicon->key_of = NULL;
    lexicon->key_of_capacity = 0;
}
