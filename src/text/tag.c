/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tag.c - language tags, as given by people and files, into the form we keep.
 *
 * BCP 47 with its subtags in any case, and "_" for "-". ISO 639-2 and -3
 * codes become ISO 639-1 codes where these exist (ICU's table), individual
 * languages the macrolanguage whose texts they are in practice. Regions,
 * variants and extensions go; a script stays only where the same language is
 * written in two and the models differ.
 */
#include <string.h>

#include <unicode/uloc.h>

#include "text/language.h"

/* What ICU leaves alone: the bibliographic codes of ISO 639-2, individual
 * languages, withdrawn codes. */
typedef struct alias {
    char from[12], to[12];
} alias;

static const alias aliases[] = {
    {"alb", "sq"}, {"als", "sq"}, {"arb", "ar"},     {"arm", "hy"},
    {"azj", "az"}, {"baq", "eu"}, {"bur", "my"},     {"chi", "zh"},
    {"cmn", "zh"}, {"cze", "cs"}, {"dut", "nl"},     {"ekk", "et"},
    {"fil", "tl"}, {"fre", "fr"}, {"geo", "ka"},     {"ger", "de"},
    {"gre", "el"}, {"gug", "gn"}, {"ice", "is"},     {"in", "id"},
    {"iw", "he"},  {"ji", "yi"},  {"jw", "jv"},      {"khk", "mn"},
    {"kmr", "ku"}, {"lvs", "lv"}, {"mac", "mk"},     {"mao", "mi"},
    {"may", "ms"}, {"mo", "ro"},  {"no", "nb"},      {"nor", "nb"},
    {"pbt", "ps"}, {"pbu", "ps"}, {"per", "fa"},     {"pes", "fa"},
    {"prs", "fa"}, {"rum", "ro"}, {"sh", "sr-latn"}, {"slo", "sk"},
    {"swh", "sw"}, {"tib", "bo"}, {"uzn", "uz"},     {"wel", "cy"},
    {"ydd", "yi"}, {"yue", "zh"}, {"zsm", "ms"},
};

/* Language and script, lower case, that are a tag of their own. */
static const char *const kept[] = {"sr-latn"};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static bool is_separator(char c)
{
    return c == '-' || c == '_';
}

/* The subtag at `at`, up to the next separator. */
static zub_slice subtag(zub_slice tag, size_t at)
{
    size_t end = at;

    while (end < tag.size && !is_separator(tag.data[end]))
        end++;
    return (zub_slice){tag.data + at, end - at};
}

static bool is_subtag(zub_slice part)
{
    for (size_t i = 0; i < part.size; i++)
        if (!is_letter(part.data[i]) &&
            !(part.data[i] >= '0' && part.data[i] <= '9'))
            return false;
    return part.size >= 1 && part.size <= 8;
}

static bool is_word(zub_slice part)
{
    for (size_t i = 0; i < part.size; i++)
        if (!is_letter(part.data[i]))
            return false;
    return true;
}

static bool is_well_formed(zub_slice tag)
{
    for (size_t at = 0; at <= tag.size;) {
        zub_slice part = subtag(tag, at);
        if (!is_subtag(part))
            return false;
        at += part.size + 1;
    }
    return true;
}

static void copy_lower(char *out, zub_slice part)
{
    for (size_t i = 0; i < part.size; i++)
        out[i] = lower(part.data[i]);
    out[part.size] = '\0';
}

static void apply_aliases(char out[12])
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(out, aliases[i].from) == 0) {
            memcpy(out, aliases[i].to, sizeof aliases[i].to);
            return;
        }
}

/* `out` holds the language as given: its shortest and newest code. */
static void canonicalize(char out[12])
{
    char code[12];
    UErrorCode failure = U_ZERO_ERROR;
    int32_t size = uloc_getLanguage(out, code, sizeof code, &failure);

    if (U_SUCCESS(failure) && size >= 2 && size <= 3)
        memcpy(out, code, (size_t)size + 1);
    apply_aliases(out);
}

/* "sr" with the script "Latn" becomes "sr-latn". */
static void add_script(char out[12], zub_slice script)
{
    char whole[12];
    size_t size = strlen(out);

    if (script.size != 4 || size > 3 || !is_word(script))
        return;
    memcpy(whole, out, size);
    whole[size] = '-';
    copy_lower(whole + size + 1, script);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strcmp(whole, kept[i]) == 0)
            memcpy(out, whole, strlen(whole) + 1);
}

bool zub_language_tag(char out[12], zub_slice tag)
{
    zub_slice language = tag.size ? subtag(tag, 0) : tag;

    out[0] = '\0';
    if (language.size < 2 || language.size > 3 || !is_word(language) ||
        !is_well_formed(tag))
        return false;
    copy_lower(out, language);
    canonicalize(out);
    if (language.size < tag.size)
        add_script(out, subtag(tag, language.size + 1));
    return true;
}
