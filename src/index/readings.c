/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* readings.c - a question in the languages of the index.
 *
 * Articles are stemmed each in its own language, so a word of the question is
 * another term in each of them. The question is read in all; a passage is asked
 * for the terms of every reading, and held against the conditions and the grams
 * of the one in its own language. In an index of one language there is one. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/searcher.h"

static bool is_auto(const char *lang)
{
    return !lang || strcmp(lang, "auto") == 0;
}

/* The language that a text is asked in: what the caller says, what nearly all
 * articles are in, what it looks like if any article does, or the commonest. */
static zub_status choose_language(zub_searcher *searcher, zub_slice text,
                                  const char *asked, char lang[12],
                                  zub_error *error)
{
    const zub_census *census = searcher->census;
    const char *shared = zub_census_shared(census);
    const char *common = zub_census_common(census);
    bool is_set = searcher->analyzer->lang[0] != '\0';
    zub_record record = {.text = text};
    zub_status status;

    if (!is_auto(asked))
        return zub_language_tag(lang, (zub_slice){asked, strlen(asked)})
                   ? ZUB_OK
                   : zub_fail(error, ZUB_EINVAL,
                              "'%s' is not a language (try a code such as ar "
                              "or en, or auto)",
                              asked);
    if (!is_set && shared[0] != '\0') {
        memcpy(lang, shared, strlen(shared) + 1);
        return ZUB_OK;
    }
    status = zub_analyzer_language(searcher->analyzer, lang, &record, error);
    if (status == ZUB_OK && !is_set &&
        zub_census_find(census, lang) == census->size)
        memcpy(lang, common, strlen(common) + 1);
    return status;
}

static zub_status read_in(zub_asking *asking, zub_slice text, const char *lang,
                          zub_error *error)
{
    size_t count = asking->reading_count;
    zub_query_rules rules = {.is_plain = asking->options->is_plain,
                             .is_text = asking->is_text,
                             .like = count > 0 ? &asking->readings[0].query
                                               : NULL};
    zub_status status =
        zub_query_read(&asking->readings[count].query,
                       asking->searcher->wording, text, lang, &rules, error);

    asking->reading_count += status == ZUB_OK;
    return status;
}

/* A language that less than one article in a hundred is in is only read when
 * the text looks like it: each reading costs as much as the first. */
#define SHARE 100u

static bool is_read(const zub_census *census, size_t i)
{
    return i < census->size &&
           census->langs[i].articles >= census->total / SHARE;
}

zub_status zub_asking_read(zub_asking *asking, zub_slice text,
                           zub_error *error)
{
    const zub_census *census = asking->searcher->census;
    const char *asked = asking->options->lang;
    char lang[12] = "";
    zub_status status =
        choose_language(asking->searcher, text, asked, lang, error);

    if (status == ZUB_OK)
        status = read_in(asking, text, lang, error);
    if (!is_auto(asked))
        return status;
    for (size_t i = 0; is_read(census, i) && status == ZUB_OK &&
                       asking->reading_count < ZUB_READINGS;
         i++)
        if (strcmp(census->langs[i].name, lang) != 0)
            status = read_in(asking, text, census->langs[i].name, error);
    return status;
}

zub_reading *zub_asking_reading(zub_asking *asking, const zub_volume *volume,
                                uint32_t article)
{
    size_t i = asking->reading_count;

    if (i == 1)
        return asking->readings;
    const char *lang = zub_volume_lang(volume, article);
    while (i-- > 1)
        if (strcmp(asking->readings[i].query.lang, lang) == 0)
            return &asking->readings[i];
    return asking->readings;
}

void zub_asking_release_readings(zub_asking *asking)
{
    for (size_t i = 0; i < asking->reading_count; i++) {
        zub_query_release(&asking->readings[i].query);
        zub_gram_query_release(&asking->readings[i].grams);
        zub_free(asking->readings[i].terms);
    }
    asking->reading_count = 0;
}
