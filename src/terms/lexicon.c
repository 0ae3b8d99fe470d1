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
    char fingerprint[64];
    zub_folder *folder; /* borrowed */
    zub_stemmer *stemmer;
    zub_frequencies attested; /* for the stemmer; a view */
    zub_background background;
    zub_stop_list stop;
    bool drops_common;      /* keys of most documents */
    zub_buffer folded, key; /* scratch */
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

static zub_status open_parts(zub_lexicon *lexicon, const zub_models *models,
                             const zub_term_rules *rules, zub_error *error)
{
    zub_status status = open_stemmer(lexicon, models, rules, error);

    if (status == ZUB_OK)
        status =
            zub_background_open(&lexicon->background, models, lexicon->base,
                                lexicon->fingerprint, error);
    if (status != ZUB_OK || rules->keep_stop_words)
        return status;
    status = zub_stop_list_open(&lexicon->stop, models, lexicon->base,
                                lexicon->folder, error);
    lexicon->drops_common = lexicon->stop.words.count == 0;
    return status;
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

/* Letters that writers of Arabic mix up, but stemmers must tell apart. */
static const char *const last_folds[][2] = {
    {"\u0649", "\u064A"}, /* alef maksura to yeh */
    {"\u0629", "\u0647"}, /* teh marbuta to heh */
    {"\u0624", "\u0621"}, /* hamza on waw to hamza */
    {"\u0626", "\u0621"}, /* hamza on yeh to hamza */
};

/* In place: all of them have two bytes. */
static void fold_last(char *key, size_t size)
{
    size_t count = sizeof last_folds / sizeof *last_folds;

    for (size_t at = 0; at + 1 < size; at++)
        for (size_t i = 0; i < count; i++)
            if (memcmp(key + at, last_folds[i][0], 2) == 0)
                memcpy(key + at, last_folds[i][1], 2);
}

static bool is_common(const zub_background *background, zub_slice key)
{
    return (uint64_t)zub_background_frequency(background, key) * COMMON >
           zub_background_documents(background);
}

/* The key of a folded word; empty when it is a stop word after all. */
static zub_slice make_key(zub_lexicon *lexicon, zub_slice folded)
{
    zub_slice stem = zub_stem(lexicon->stemmer, folded);

    if (zub_is_arabic(lexicon->lang)) {
        zub_buffer_clear(&lexicon->key);
        zub_buffer_add_slice(&lexicon->key, stem);
        fold_last(lexicon->key.data, lexicon->key.size);
        stem = zub_buffer_slice(&lexicon->key);
    }
    if (lexicon->drops_common && is_common(&lexicon->background, stem))
        stem.size = 0;
    return stem;
}

static zub_status find_key(zub_lexicon *lexicon, zub_slice word, uint32_t *key)
{
    zub_buffer *folded = &lexicon->folded;

    zub_buffer_clear(folded);
    zub_status status = zub_fold(lexicon->folder, folded, word, lexicon->lang);
    if (status != ZUB_OK)
        return status;
    *key = ZUB_NO_KEY;
    zub_slice plain = zub_buffer_slice(folded);
    if (plain.size == 0 || zub_stop_list_has(&lexicon->stop, plain))
        return ZUB_OK;
    zub_slice made = make_key(lexicon, plain);
    if (lexicon->key.status != ZUB_OK)
        return ZUB_ENOMEM;
    if (made.size == 0)
        return ZUB_OK;
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
