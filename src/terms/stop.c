/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stop.c - see stop.h. In Arabic a conjunction is written with its word, so
 * "and in" is a stop word because "in" is one. Invariant: for each word its
 * bit in `marks` is set, so that most other words need no look-up. */
#include "terms/stop.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/models.h"
#include "base/utf8.h"

#define PREFIX 2u /* bytes: one letter */

static const char *const no_prefixes[] = {NULL};
static const char *const arabic_prefixes[] = {"\u0648", "\u0641", NULL};

static const struct {
    const char *lang;
    const char *const *prefixes;
} clitics[] = {
    {"ar", arabic_prefixes},
    {"arz", arabic_prefixes},
};

static const char *const *prefixes_of(const char *lang)
{
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (strcmp(lang, clitics[i].lang) == 0)
            return clitics[i].prefixes;
    return no_prefixes;
}

static zub_slice trimmed(const char *start, const char *end)
{
    const char *comment = memchr(start, '#', (size_t)(end - start));

    if (comment)
        end = comment;
    while (start < end && (unsigned char)*start <= ' ')
        start++;
    while (start < end && (unsigned char)end[-1] <= ' ')
        end--;
    return (zub_slice){start, (size_t)(end - start)};
}

/* Of 64 times 64 bits, the one of words of this size, beginning and end. */
static unsigned mark_of(zub_slice word)
{
    const unsigned char *bytes = (const unsigned char *)word.data;
    size_t second = word.size > 1;
    uint32_t ends = bytes[0] | (uint32_t)bytes[second] << 8 |
                    (uint32_t)bytes[word.size - 1] << 16 |
                    (uint32_t)word.size << 24;

    return ends * 0x9E3779B1u >> 20;
}

static zub_status add_word(zub_stop_list *list, zub_folder *folder,
                           zub_buffer *folded, zub_slice word,
                           const char *lang)
{
    zub_buffer_clear(folded);
    zub_status status = zub_fold(folder, folded, word, lang);
    if (status != ZUB_OK || folded->size == 0)
        return status;
    word = zub_buffer_slice(folded);
    unsigned mark = mark_of(word);
    list->marks[mark / 64] |= (uint64_t)1 << mark % 64;
    return zub_map_add(&list->words, word) == ZUB_MAP_NONE ? ZUB_ENOMEM
                                                           : ZUB_OK;
}

static zub_status add_lines(zub_stop_list *list, zub_folder *folder,
                            zub_slice file, const char *lang)
{
    const char *at = file.data, *end = file.data + file.size;
    zub_status status = ZUB_OK;
    zub_buffer folded;

    zub_buffer_init(&folded, ZUB_BUFFER_UNLIMITED);
    while (status == ZUB_OK && at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        if (!line_end)
            line_end = end;
        zub_slice word = trimmed(at, line_end);
        if (word.size)
            status = add_word(list, folder, &folded, word, lang);
        at = line_end + (line_end < end);
    }
    zub_buffer_release(&folded);
    return status;
}

zub_status zub_stop_list_open(zub_stop_list *list, const zub_models *models,
                              const char *lang, zub_folder *folder,
                              zub_error *error)
{
    char name[64];
    zub_slice file;

    *list = (zub_stop_list){.prefixes = prefixes_of(lang)};
    zub_map_init(&list->words);
    snprintf(name, sizeof name, "%s/stop.txt", lang);
    zub_status status = zub_models_file(models, name, &file, error);
    if (status == ZUB_ENOTFOUND)
        return ZUB_OK;
    if (status != ZUB_OK)
        return status;

    size_t invalid = zub_utf8_first_invalid(file);
    if (invalid < file.size)
        return zub_fail_at(error, ZUB_EFORMAT, invalid,
                           "stop list '%s/%s' is damaged: not valid UTF-8 at "
                           "byte %zu (install the models again)",
                           zub_models_folder(models), name, invalid);
    list->identity = (uint32_t)(zub_hash(file) >> 32);
    status = add_lines(list, folder, file, lang);
    if (status != ZUB_OK) {
        zub_stop_list_release(list);
        return zub_fail_memory(error);
    }
    return ZUB_OK;
}

void zub_stop_list_release(zub_stop_list *list)
{
    zub_map_release(&list->words);
}

static bool has_word(const zub_stop_list *list, zub_slice word)
{
    unsigned mark = mark_of(word);

    return (list->marks[mark / 64] >> mark % 64 & 1) &&
           zub_map_find(&list->words, word) != ZUB_MAP_NONE;
}

bool zub_stop_list_has(const zub_stop_list *list, zub_slice word)
{
    if (list->words.count == 0) /* prefixes may not be known either */
        return false;
    if (word.size && has_word(list, word))
        return true;
    for (const char *const *prefix = list->prefixes; *prefix; prefix++) {
        if (word.size <= PREFIX || memcmp(word.data, *prefix, PREFIX) != 0)
            continue;
        if (has_word(list,
                     (zub_slice){word.data + PREFIX, word.size - PREFIX}))
            return true;
    }
    return false;
}
