/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* proclitic.c - see proclitic.h. The stemmer is asked: a letter that belongs
 * to the word changes its key when it goes. */
#include "terms/proclitic.h"

#include <string.h>

/* The longer first. */
static const char *const arabic[] = {"وب", "ول", "وك", "فب", "فل", "و",
                                     "ف",  "ب",  "ل",  "ك",  NULL};

static const struct {
    const char *lang;
    const char *const *texts;
} proclitics[] = {{"ar", arabic}, {"arz", arabic}};

static const char *const *proclitics_of(const char *lang)
{
    static const char *const none[] = {NULL};

    for (size_t i = 0; i < sizeof proclitics / sizeof *proclitics; i++)
        if (strcmp(lang, proclitics[i].lang) == 0)
            return proclitics[i].texts;
    return none;
}

zub_status zub_proclitic_size(size_t *out, zub_lexicon *lexicon,
                              zub_slice word)
{
    const char *const *text = proclitics_of(zub_lexicon_lang(lexicon));
    zub_lexeme whole, rest;

    *out = 0;
    if (!*text)
        return ZUB_OK;
    zub_status status = zub_lexicon_look_up(lexicon, word, &whole);
    for (; status == ZUB_OK && *text; text++) {
        size_t size = strlen(*text);
        if (word.size <= size || memcmp(word.data, *text, size) != 0)
            continue;
        status = zub_lexicon_look_up(
            lexicon, (zub_slice){word.data + size, word.size - size}, &rest);
        if (status == ZUB_OK && rest.key == whole.key) {
            *out = size;
            return ZUB_OK;
        }
    }
    return status;
}
