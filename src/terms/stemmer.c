/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stemmer.c - Snowball by language tag. Stems are asked for once a type (see
 * lexicon.c): libstemmer does some 4 million words a second. */
#include "terms/stemmer.h"

#include <libstemmer.h>
#include <limits.h>
#include <string.h>

#include "base/mem.h"

struct zub_stemmer {
    struct sb_stemmer *snowball;
};

static const struct {
    const char *lang, *algorithm;
} algorithms[] = {
    {"ar", "arabic"},     {"arz", "arabic"},     {"ca", "catalan"},
    {"da", "danish"},     {"de", "german"},      {"el", "greek"},
    {"en", "english"},    {"es", "spanish"},     {"eu", "basque"},
    {"fi", "finnish"},    {"fr", "french"},      {"ga", "irish"},
    {"hi", "hindi"},      {"hu", "hungarian"},   {"hy", "armenian"},
    {"id", "indonesian"}, {"it", "italian"},     {"lt", "lithuanian"},
    {"nb", "norwegian"},  {"ne", "nepali"},      {"nl", "dutch"},
    {"nn", "norwegian"},  {"no", "norwegian"},   {"pt", "portuguese"},
    {"ro", "romanian"},   {"ru", "russian"},     {"sr", "serbian"},
    {"sv", "swedish"},    {"ta", "tamil"},       {"tr", "turkish"},
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

static zub_status open_snowball(zub_stemmer **out, const char *algorithm)
{
    zub_stemmer *stemmer = zub_alloc_zero(1, sizeof *stemmer);
    if (!stemmer)
        return ZUB_ENOMEM;
    stemmer->snowball = sb_stemmer_new(algorithm, NULL);
    if (!stemmer->snowball) {
        zub_free(stemmer);
        return ZUB_ENOMEM;
    }
    *out = stemmer;
    return ZUB_OK;
}

zub_status zub_stemmer_new(zub_stemmer **out, const char *lang)
{
    const char *algorithm = algorithm_of(lang);

    *out = NULL;
    return algorithm ? open_snowball(out, algorithm) : ZUB_OK;
}

zub_status zub_stemmer_new_porter(zub_stemmer **out)
{
    *out = NULL;
    return open_snowball(out, "porter");
}

void zub_stemmer_free(zub_stemmer *stemmer)
{
    if (stemmer)
        sb_stemmer_delete(stemmer->snowball);
    zub_free(stemmer);
}

zub_slice zub_stem(zub_stemmer *stemmer, zub_slice word)
{
    if (!stemmer || word.size == 0 || word.size > INT_MAX)
        return word;
    const sb_symbol *stem = sb_stemmer_stem(
        stemmer->snowball, (const sb_symbol *)word.data, (int)word.size);
    int size = stem ? sb_stemmer_length(stemmer->snowball) : 0;
    if (size <= 0)
        return word;
    return (zub_slice){(const char *)stem, (size_t)size};
}
