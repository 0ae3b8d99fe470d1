/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scan_laws.h - the words of a text as ICU itself finds them, and whether a
 * scanner found the same. */
#ifndef ZUB_SCAN_LAWS_H
#define ZUB_SCAN_LAWS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "text/scan.h"

#define ORACLE_LANGS 32

typedef struct scan_oracle {
    UBreakIterator *iterators[ORACLE_LANGS];
    char langs[ORACLE_LANGS][24];
    size_t lang_count;
    UChar *units;
    uint32_t *bytes; /* where each unit starts; [size]: the end */
    size_t capacity, size;
    zub_scanned *words; /* [capacity] */
    size_t word_count;
} scan_oracle;

static void scan_oracle_release(scan_oracle *oracle)
{
    for (size_t i = 0; i < oracle->lang_count; i++)
        ubrk_close(oracle->iterators[i]);
    free(oracle->units);
    free(oracle->bytes);
    free(oracle->words);
    memset(oracle, 0, sizeof *oracle);
}

static UBreakIterator *oracle_iterator(scan_oracle *oracle, const char *lang)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t i = 0;

    while (i < oracle->lang_count && strcmp(oracle->langs[i], lang) != 0)
        i++;
    if (i == oracle->lang_count) {
        if (i == ORACLE_LANGS)
            ubrk_close(oracle->iterators[--i]);
        else
            oracle->lang_count++;
        snprintf(oracle->langs[i], sizeof oracle->langs[i], "%s", lang);
        oracle->iterators[i] = ubrk_open(UBRK_WORD, lang, NULL, 0, &code);
    }
    return oracle->iterators[i];
}

static void oracle_reserve(scan_oracle *oracle, size_t size)
{
    if (oracle->units && size <= oracle->capacity)
        return;
    scan_oracle_release(oracle);
    oracle->capacity = size;
    oracle->units = malloc((size + 1) * sizeof *oracle->units);
    oracle->bytes = malloc((size + 1) * sizeof *oracle->bytes);
    oracle->words = malloc((size + 1) * sizeof *oracle->words);
}

/* ICU decodes; our own decoder says where the units stood. */
static bool oracle_decode(scan_oracle *oracle, zub_slice text)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t size = 0;
    size_t unit = 0;

    oracle_reserve(oracle, text.size);
    u_strFromUTF8WithSub(oracle->units, (int32_t)text.size + 1, &size,
                         text.size ? text.data : "", (int32_t)text.size,
                         0xFFFD, NULL, &code);
    oracle->size = (size_t)size;
    for (size_t at = 0; at < text.size && unit < oracle->size;) {
        uint32_t start = (uint32_t)at;
        oracle->bytes[unit++] = start;
        if (zub_utf8_next(text.data, text.size, &at, NULL) > 0xFFFF)
            oracle->bytes[unit++] = start;
    }
    oracle->bytes[unit] = (uint32_t)text.size;
    return U_SUCCESS(code) && unit == oracle->size;
}

/* False: ICU decodes other code points than we do. */
static bool scan_oracle_read(scan_oracle *oracle, zub_slice text,
                             const char *lang)
{
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *iterator;
    uint32_t start = 0;

    oracle->word_count = 0;
    if (!oracle_decode(oracle, text))
        return false;
    iterator = oracle_iterator(oracle, lang);
    ubrk_setText(iterator, oracle->units, (int32_t)oracle->size, &code);
    for (int32_t to; (to = ubrk_next(iterator)) != UBRK_DONE;) {
        uint32_t end = oracle->bytes[to];
        if (ubrk_getRuleStatus(iterator) >= UBRK_WORD_NONE_LIMIT)
            oracle->words[oracle->word_count++] =
                (zub_scanned){start, end - start};
        start = end;
    }
    return U_SUCCESS(code);
}

/* The first law that a scanner breaks on the text that the oracle read, or
 * NULL. `room` words are asked for at once, 256 at most. */
static const char *broken_scan_law(zub_scanner *scanner,
                                   const scan_oracle *oracle, zub_slice text,
                                   const char *lang, size_t room)
{
    zub_scanned batch[256];
    size_t count, total = 0;

    if (zub_scanner_choose(scanner, lang, NULL) ||
        zub_scanner_begin(scanner, text))
        return "a scanner begins";
    while ((count = zub_scanner_next(scanner, batch, room)) > 0) {
        if (count > room)
            return "no more words than there is room";
        if (count > oracle->word_count - total)
            return "no more words than ICU has";
        if (memcmp(batch, oracle->words + total, count * sizeof *batch) != 0)
            return "the words are those of ICU";
        total += count;
    }
    if (zub_scanner_failed(scanner))
        return "a scanner that has memory does not fail";
    return total == oracle->word_count ? NULL : "no fewer words than ICU has";
}

#endif
