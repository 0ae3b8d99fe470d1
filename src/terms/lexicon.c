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
#include "terms/stemmer.h"
#include "terms/stop.h"

#define MOST_WORDS (1u << 18)

struct zub_lexicon {
    char lang[12];
    zub_folder *folder; /* borrowed */
    zub_stemmer *stemmer;
    zub_stop_list stop;
    zub_buffer folded;
    zub_map words, keys;
    uint32_t *key_of; /* [words.count] */
    size_t key_of_capacity;
};

static zub_status open_parts(zub_lexicon *lexicon, const zub_models *models,
                             const zub_analyzer_options *options,
                             zub_error *error)
{
    if (!options->no_stemming &&
        zub_stemmer_new(&lexicon->stemmer, lexicon->lang) != ZUB_OK)
        return zub_fail_memory(error);
    return zub_stop_list_open(&lexicon->stop,
                              options->keep_stop_words ? NULL : models,
                              lexicon->lang, lexicon->folder, error);
}

zub_status zub_lexicon_new(zub_lexicon **out, const zub_models *models,
                           zub_folder *folder, const char *lang,
                           const zub_analyzer_options *options,
                           zub_error *error)
{
    *out = NULL;
    zub_lexicon *lexicon = zub_alloc_zero(1, sizeof *lexicon);
    if (!lexicon)
        return zub_fail_memory(error);
    snprintf(lexicon->lang, sizeof lexicon->lang, "%s", lang);
    lexicon->folder = folder;
    zub_map_init(&lexicon->words);
    zub_map_init(&lexicon->keys);
    zub_map_init(&lexicon->stop.words);
    zub_buffer_init(&lexicon->folded, ZUB_BUFFER_UNLIMITED);

    zub_status status = open_parts(lexicon, models, options, error);
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
    zub_map_release(&lexicon->words);
    zub_map_release(&lexicon->keys);
    zub_free(lexicon->key_of);
    zub_free(lexicon);
}

const char *zub_lexicon_lang(const zub_lexicon *lexicon)
{
    return lexicon->lang;
}

static zub_status find_key(zub_lexicon *lexicon, zub_slice word,
                           uint32_t *key)
{
    zub_buffer *folded = &lexicon->folded;

    zub_buffer_clear(folded);
    zub_status status =
        zub_fold(lexicon->folder, folded, word, lexicon->lang);
    if (status != ZUB_OK)
        return status;
    *key = ZUB_NO_KEY;
    zub_slice plain = zub_buffer_slice(folded);
    if (plain.size == 0 || zub_stop_list_has(&lexicon->stop, plain))
        return ZUB_OK;
    *key = zub_map_add(&lexicon->keys, zub_stem(lexicon->stemmer, plain));
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

uint32_t zub_lexicon_words(const zub_lexicon *lexicon)
{
    return lexicon->words.count;
}

uint32_t zub_lexicon_keys(const zub_lexicon *lexicon)
{
    return lexicon->keys.count;
}

void zub_lexicon_trim(zub_lexicon *lexicon)
{
    if (lexicon->words.count < MOST_WORDS)
        return;
    zub_map_clear(&lexicon->words);
    zub_map_clear(&lexicon->keys);
}
