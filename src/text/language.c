/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language.c - languages by their script. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/language.h"
#include "text/script.h"

#define MOST_BYTES ((size_t)64 << 10)

struct zub_identifier {
    const zub_models *models;
};

zub_status zub_identifier_open(zub_identifier **out, const zub_models *models,
                               zub_error *error)
{
    zub_error_clear(error);
    *out = zub_alloc_zero(1, sizeof **out);
    if (!*out)
        return zub_fail_memory(error);
    (*out)->models = models;
    return ZUB_OK;
}

void zub_identifier_free(zub_identifier *identifier)
{
    zub_free(identifier);
}

/* Letters of each script. */
static void count_scripts(size_t counts[ZUB_SCRIPT_COUNT], zub_slice text)
{
    size_t size = text.size < MOST_BYTES ? text.size : MOST_BYTES;

    for (size_t at = 0; at < size;) {
        uint32_t letter = zub_utf8_next(text.data, size, &at, NULL);
        counts[zub_script_of(letter)]++;
    }
    counts[ZUB_SCRIPT_NONE] = 0;
}

/* Japanese writes Han too: a little kana decides. */
static void join_kana(size_t counts[ZUB_SCRIPT_COUNT])
{
    if (counts[ZUB_SCRIPT_KANA] * 20 < counts[ZUB_SCRIPT_HAN])
        return;
    counts[ZUB_SCRIPT_KANA] += counts[ZUB_SCRIPT_HAN];
    counts[ZUB_SCRIPT_HAN] = 0;
}

/* The script most letters are in, the first of equals. */
static zub_script foremost(const size_t counts[ZUB_SCRIPT_COUNT],
                           zub_script but)
{
    zub_script best = ZUB_SCRIPT_NONE;

    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        if (s != but && counts[s] > counts[best])
            best = s;
    return best;
}

static void set_language(char out[12], double *confidence, zub_script script,
                         const size_t counts[ZUB_SCRIPT_COUNT])
{
    size_t all = 0;
    const char *lang = zub_script_language(script);

    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        all += counts[s];
    memcpy(out, lang, strlen(lang) + 1);
    *confidence = strcmp(lang, "und") == 0
                      ? 0
                      : (double)counts[script] / (double)all;
}

void zub_identifier_guess(const zub_identifier *identifier, zub_slice text,
                          zub_guess *out)
{
    size_t counts[ZUB_SCRIPT_COUNT] = {0};

    (void)identifier;
    count_scripts(counts, text);
    join_kana(counts);
    zub_script best = foremost(counts, ZUB_SCRIPT_NONE);
    set_language(out->lang, &out->confidence, best, counts);
    set_language(out->next_lang, &out->next_confidence,
                 foremost(counts, best), counts);
}
