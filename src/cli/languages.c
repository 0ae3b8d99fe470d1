/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* languages.c - see languages.h. */
#include "cli/languages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NAMED 3

zub_status zub_languages_init(zub_languages *languages)
{
    *languages = (zub_languages){.count = 0};
    return pthread_mutex_init(&languages->lock, NULL) == 0 ? ZUB_OK
                                                           : ZUB_ENOMEM;
}

void zub_languages_release(zub_languages *languages)
{
    pthread_mutex_destroy(&languages->lock);
}

/* NULL: there is no room for another. */
static zub_language *find(zub_languages *languages, const char *code)
{
    size_t i = 0;

    while (i < languages->count && strcmp(languages->items[i].code, code) != 0)
        i++;
    if (i == ZUB_MOST_LANGUAGES)
        return NULL;
    if (i == languages->count) {
        languages->count++;
        snprintf(languages->items[i].code, sizeof languages->items[i].code,
                 "%s", code);
    }
    return &languages->items[i];
}

void zub_languages_add(void *context, const zub_record *record,
                       const char *lang, uint64_t words)
{
    zub_languages *languages = context;

    (void)record;
    if (words == 0)
        return;
    pthread_mutex_lock(&languages->lock);
    zub_language *language = find(languages, lang);
    if (language != NULL) {
        language->articles++;
        language->words += words;
    }
    languages->articles++;
    languages->words += words;
    pthread_mutex_unlock(&languages->lock);
}

static int compare(const void *left, const void *right)
{
    const zub_language *a = left, *b = right;

    if (a->words != b->words)
        return a->words > b->words ? -1 : 1;
    return strcmp(a->code, b->code);
}

const zub_language *zub_languages_sort(zub_languages *languages)
{
    qsort(languages->items, languages->count, sizeof *languages->items,
          compare);
    return languages->count > 0 ? languages->items : NULL;
}

void zub_languages_list(char *out, size_t room, const zub_languages *languages)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < languages->count && i < MOST_NAMED && used < room;
         i++) {
        const zub_language *at = &languages->items[i];
        const char *border = i == 0                      ? ""
                             : i + 1 == languages->count ? " and "
                                                         : ", ";
        used += (size_t)snprintf(
            out + used, room - used, "%s%.3g%% '%s'", border,
            100 * (double)at->words / (double)languages->words, at->code);
    }
    if (languages->count > MOST_NAMED && used < room)
        snprintf(out + used, room - used, " and others");
}
