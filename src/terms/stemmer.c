/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stemmer.c - the stemmers by name and language tag. Stems are asked for once
 * a type (see lexicon.c): libstemmer does some 4 million words a second. Its
 * English is ours (english.c), several times as fast. */
#include "terms/stemmer.h"

#include <libstemmer.h>
#include <limits.h>
#include <string.h>

#include "base/buffer.h"
#include "base/mem.h"
#include "terms/english.h"
#include "terms/light.h"
#include "terms/light10.h"

struct zub_stemmer {
    zub_stemmer_kind kind;
    struct sb_stemmer *snowball; /* NULL: of English */
    zub_light *light;
    char room[64];   /* where English works, */
    zub_buffer copy; /* on long words here, as light10 does on all */
};

static const struct {
    const char *name, *about;
} kinds[] = {
    [ZUB_STEMMER_AUTO] = {"auto", "light for Arabic, else snowball"},
    [ZUB_STEMMER_NONE] = {"none", "a term is the folded word"},
    [ZUB_STEMMER_SNOWBALL] = {"snowball", "Snowball's, of some 30 languages"},
    [ZUB_STEMMER_LIGHT10] = {"light10", "Arabic: affixes by a fixed list"},
    [ZUB_STEMMER_LIGHT] = {"light",
                           "Arabic: affixes, if what is left is a word"},
};
#define KINDS (sizeof kinds / sizeof *kinds)

static const struct {
    const char *lang, *algorithm;
} algorithms[] = {
    {"ar", "arabic"},     {"arz", "arabic"},   {"ca", "catalan"},
    {"da", "danish"},     {"de", "german"},    {"el", "greek"},
    {"en", "english"},    {"es", "spanish"},   {"eu", "basque"},
    {"fi", "finnish"},    {"fr", "french"},    {"ga", "irish"},
    {"hi", "hindi"},      {"hu", "hungarian"}, {"hy", "armenian"},
    {"id", "indonesian"}, {"it", "italian"},   {"lt", "lithuanian"},
    {"nb", "norwegian"},  {"ne", "nepali"},    {"nl", "dutch"},
    {"nn", "norwegian"},  {"no", "norwegian"}, {"pt", "portuguese"},
    {"ro", "romanian"},   {"ru", "russian"},   {"sr", "serbian"},
    {"sv", "swedish"},    {"ta", "tamil"},     {"tr", "turkish"},
    {"yi", "yiddish"},
};

static bool is_language(const char *tag, const char *lang)
{
    size_t size = strlen(lang);

    return strncmp(tag, lang, size) == 0 &&
           (tag[size] == '\0' || tag[size] == '-');
}

static const char *algorithm_of(const char *lang)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (is_language(lang, algorithms[i].lang))
            return algorithms[i].algorithm;
    return NULL;
}

const char *zub_stemmer_name(size_t i)
{
    return i < KINDS ? kinds[i].name : NULL;
}

const char *zub_stemmer_about(size_t i)
{
    return i < KINDS ? kinds[i].about : NULL;
}

bool zub_stemmer_find(zub_stemmer_kind *out, const char *name)
{
    *out = ZUB_STEMMER_AUTO;
    for (size_t i = 0; name && i < KINDS; i++)
        if (strcmp(name, kinds[i].name) == 0) {
            *out = (zub_stemmer_kind)i;
            return true;
        }
    return name == NULL;
}

bool zub_is_arabic(const char *lang)
{
    return is_language(lang, "ar") || is_language(lang, "arz");
}

/* What `kind` comes to in a language. */
static zub_stemmer_kind settle(zub_stemmer_kind kind, const char *lang,
                               const zub_frequencies *lexicon)
{
    if (kind == ZUB_STEMMER_NONE)
        return kind;
    if (!zub_is_arabic(lang))
        return algorithm_of(lang) ? ZUB_STEMMER_SNOWBALL : ZUB_STEMMER_NONE;
    if (kind != ZUB_STEMMER_AUTO)
        return kind;
    return lexicon && lexicon->count ? ZUB_STEMMER_LIGHT : ZUB_STEMMER_LIGHT10;
}

/* libstemmer's, or NULL for ours. */
static zub_status open_snowball(zub_stemmer *stemmer, const char *algorithm)
{
    if (strcmp(algorithm, "english") == 0)
        return ZUB_OK;
    stemmer->snowball = sb_stemmer_new(algorithm, NULL);
    return stemmer->snowball ? ZUB_OK : ZUB_ENOMEM;
}

/* What a kind works with; `algorithm` and `lexicon` are for those who ask. */
static zub_status open_kind(zub_stemmer *stemmer, const char *algorithm,
                            const zub_frequencies *lexicon)
{
    if (stemmer->kind == ZUB_STEMMER_LIGHT)
        return zub_light_new(&stemmer->light, lexicon);
    if (stemmer->kind == ZUB_STEMMER_SNOWBALL)
        return open_snowball(stemmer, algorithm);
    return ZUB_OK;
}

static zub_status open_stemmer(zub_stemmer **out, zub_stemmer_kind kind,
                               const char *algorithm,
                               const zub_frequencies *lexicon)
{
    zub_stemmer *stemmer = zub_alloc_zero(1, sizeof *stemmer);

    if (!stemmer)
        return ZUB_ENOMEM;
    stemmer->kind = kind;
    zub_buffer_init(&stemmer->copy, ZUB_BUFFER_UNLIMITED);
    zub_status status = open_kind(stemmer, algorithm, lexicon);
    if (status != ZUB_OK) {
        zub_stemmer_free(stemmer);
        return status;
    }
    *out = stemmer;
    return ZUB_OK;
}

zub_status zub_stemmer_new(zub_stemmer **out, const char *lang,
                           zub_stemmer_kind kind,
                           const zub_frequencies *lexicon)
{
    *out = NULL;
    kind = settle(kind, lang, lexicon);
    if (kind == ZUB_STEMMER_NONE)
        return ZUB_OK;
    return open_stemmer(out, kind, algorithm_of(lang), lexicon);
}

zub_status zub_stemmer_new_porter(zub_stemmer **out)
{
    *out = NULL;
    return open_stemmer(out, ZUB_STEMMER_SNOWBALL, "porter", NULL);
}

void zub_stemmer_free(zub_stemmer *stemmer)
{
    if (!stemmer)
        return;
    if (stemmer->snowball)
        sb_stemmer_delete(stemmer->snowball);
    zub_light_free(stemmer->light);
    zub_buffer_release(&stemmer->copy);
    zub_free(stemmer);
}

const char *zub_stemmer_kind_name(const zub_stemmer *stemmer)
{
    return kinds[stemmer ? stemmer->kind : ZUB_STEMMER_NONE].name;
}

static zub_slice stem_english(zub_stemmer *stemmer, zub_slice word)
{
    size_t size = zub_english_room(word.size);
    char *room = stemmer->room;

    if (size > sizeof stemmer->room) {
        zub_buffer_clear(&stemmer->copy);
        room = zub_buffer_reserve(&stemmer->copy, size);
    }
    return room ? zub_english_stem(room, word) : word;
}

static zub_slice stem_by_snowball(zub_stemmer *stemmer, zub_slice word)
{
    if (!stemmer->snowball)
        return stem_english(stemmer, word);
    if (word.size > INT_MAX)
        return word;
    const sb_symbol *stem = sb_stemmer_stem(
        stemmer->snowball, (const sb_symbol *)word.data, (int)word.size);
    int size = stem ? sb_stemmer_length(stemmer->snowball) : 0;
    return (zub_slice){(const char *)stem, size > 0 ? (size_t)size : 0};
}

static zub_slice stem_by_light10(zub_stemmer *stemmer, zub_slice word)
{
    zub_buffer_clear(&stemmer->copy);
    zub_buffer_add_slice(&stemmer->copy, word);
    if (stemmer->copy.status != ZUB_OK)
        return word;
    return zub_light10(stemmer->copy.data, stemmer->copy.size);
}

zub_slice zub_stem(zub_stemmer *stemmer, zub_slice word)
{
    zub_slice stem;

    if (!stemmer || word.size == 0)
        return word;
    if (stemmer->kind == ZUB_STEMMER_SNOWBALL)
        stem = stem_by_snowball(stemmer, word);
    else if (stemmer->kind == ZUB_STEMMER_LIGHT10)
        stem = stem_by_light10(stemmer, word);
    else
        stem = zub_light_stem(stemmer->light, word);
    return stem.size ? stem : word;
}
