/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* light10.c - see light10.h. The first prefix of the list that fits is
 * dropped, then each suffix in turn. Affixes are whole characters, so they can
 * be compared as bytes; lengths count characters. */
#include "terms/light10.h"

#include <string.h>

#include "base/utf8.h"

static const char *const prefixes[] = {"ال",  "وال", "بال", "كال",
                                       "فال", "لل",  "و"};
static const char *const suffixes[] = {"ها", "ان", "ات", "ون", "ين",
                                       "يه", "ية", "ه",  "ة",  "ي"};

#define LETTER 2u /* bytes of one in the affixes */

static size_t characters(zub_slice word)
{
    return zub_utf8_count(word, NULL);
}

/* What a letter becomes: the low byte of it, all being U+0600 .. U+063F (lead
 * D8) or U+0640 .. U+067F (lead D9); 0: nothing of it is left. */
static const struct letter {
    const char *from, *to;
} letters[] = {
    {"آ", "ا"},     {"أ", "ا"},     {"إ", "ا"},     {"ى", "ي"},
    {"ة", "ه"},     {"\u0640", ""}, /* tatweel */
    {"\u064B", ""}, {"\u064C", ""}, {"\u064D", ""}, {"\u064E", ""},
    {"\u064F", ""}, {"\u0650", ""}, {"\u0651", ""}, {"\u0652", ""},
};

static const struct letter *find_letter(const char *at, size_t size)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (size >= LETTER && memcmp(letters[i].from, at, LETTER) == 0)
            return &letters[i];
    return NULL;
}

static size_t normalise(char *word, size_t size)
{
    size_t kept = 0;

    for (size_t at = 0; at < size;) {
        const struct letter *letter = find_letter(word + at, size - at);
        if (!letter) {
            word[kept++] = word[at++];
            continue;
        }
        size_t length = strlen(letter->to);
        memcpy(word + kept, letter->to, length);
        kept += length;
        at += LETTER;
    }
    return kept;
}

static bool has_prefix(zub_slice word, const char *prefix)
{
    size_t size = strlen(prefix), least = size / LETTER + 2;

    if (size == LETTER)
        least = 4; /* for the conjunction, three letters must be left */
    return word.size > size && memcmp(word.data, prefix, size) == 0 &&
           characters(word) >= least;
}

static bool has_suffix(zub_slice word, const char *suffix)
{
    size_t size = strlen(suffix);

    return word.size > size &&
           memcmp(word.data + word.size - size, suffix, size) == 0 &&
           characters(word) >= size / LETTER + 2;
}

zub_slice zub_light10(char *word, size_t size)
{
    zub_slice rest = {word, normalise(word, size)};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (has_prefix(rest, prefixes[i])) {
            rest.data += strlen(prefixes[i]);
            rest.size -= strlen(prefixes[i]);
            break;
        }
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (has_suffix(rest, suffixes[i]))
            rest.size -= strlen(suffixes[i]);
    return rest;
}
