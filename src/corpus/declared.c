/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* declared.c - see declared.h. */
#include "corpus/declared.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define DECLARED_WITHIN 4096 /* bytes; browsers look at 1024 */
#define FEW_INVALID 4        /* so many sequences prove no other encoding */

const char *zub_bom_encoding(zub_slice sample, size_t *size)
{
    /* UTF-32LE before UTF-16LE, which begins alike. */
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
        {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sample.size >= marks[i].size &&
            memcmp(sample.data, marks[i].bytes, marks[i].size) == 0) {
            *size = marks[i].size;
            return marks[i].name;
        }
    *size = 0;
    return NULL;
}

static bool is_plain(unsigned char c)
{
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\r' || c == '\t';
}

/* Every script has spaces, line ends or digits: a zero byte on one side, an
 * ASCII byte on the other, in at least one unit of 20; and text has next to
 * no unit the other way round, nor U+0000. */
const char *zub_wide_encoding(zub_slice sample)
{
    const unsigned char *bytes = (const unsigned char *)sample.data;
    size_t units = sample.size / 2, little = 0, big = 0, zero = 0;

    for (size_t i = 0; i < units; i++) {
        unsigned char first = bytes[2 * i], second = bytes[2 * i + 1];
        little += second == 0 && is_plain(first);
        big += first == 0 && is_plain(second);
        zero += first == 0 && second == 0;
    }
    size_t most = little > big ? little : big;
    size_t least = little > big ? big : little;
    if (most == 0 || most * 20 < units || (least + zero) * 20 > most)
        return NULL;
    return little > big ? "UTF-16LE" : "UTF-16BE";
}

static bool has_word(zub_slice text, size_t at, const char *word)
{
    size_t size = strlen(word);

    return text.size - at >= size &&
           strncasecmp(text.data + at, word, size) == 0;
}

static size_t find_word(zub_slice text, size_t at, const char *word)
{
    while (at < text.size && !has_word(text, at, word))
        at++;
    return at;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

static size_t skip_space(zub_slice text, size_t at)
{
    while (at < text.size && is_space(text.data[at]))
        at++;
    return at;
}

/* What follows `word` and an equals sign, without quotes. */
static zub_slice value_of(zub_slice tag, const char *word)
{
    size_t at = find_word(tag, 0, word);

    if (at == tag.size)
        return (zub_slice){NULL, 0};
    at = skip_space(tag, at + strlen(word));
    if (at == tag.size || tag.data[at] != '=')
        return (zub_slice){NULL, 0};
    at = skip_space(tag, at + 1);
    if (at < tag.size && (tag.data[at] == '"' || tag.data[at] == '\''))
        at++;
    size_t start = at;
    while (at < tag.size && !is_space(tag.data[at]) &&
           !strchr("\"';>/?", tag.data[at]))
        at++;
    return (zub_slice){tag.data + start, at - start};
}

/* From the '<' at `at` to the end of that tag or comment. */
static zub_slice tag_at(zub_slice text, size_t at)
{
    const char *closing = has_word(text, at, "<!--") ? "-->" : ">";
    size_t end = find_word(text, at, closing);

    return (zub_slice){text.data + at, end - at};
}

zub_slice zub_declared_encoding(zub_slice sample)
{
    if (sample.size > DECLARED_WITHIN)
        sample.size = DECLARED_WITHIN;
    for (size_t at = 0; at < sample.size; at++) {
        zub_slice value = {NULL, 0};
        at = find_word(sample, at, "<");
        if (at == sample.size)
            break;
        zub_slice tag = tag_at(sample, at);
        if (has_word(sample, at, "<meta"))
            value = value_of(tag, "charset");
        else if (has_word(sample, at, "<?xml"))
            value = value_of(tag, "encoding");
        if (value.size > 0)
            return value;
        at += tag.size;
    }
    return (zub_slice){NULL, 0};
}

/* A character that the end of the sample cuts is not an invalid one. */
static size_t without_cut_character(zub_slice sample)
{
    size_t size = sample.size;

    for (size_t back = 1; back <= 3 && back <= size; back++) {
        unsigned char c = (unsigned char)sample.data[size - back];
        if (c >= 0xC0)
            return size - back;
        if (c < 0x80)
            break;
    }
    return size;
}

static bool is_letter(zub_slice text, size_t at)
{
    unsigned char c = at < text.size ? (unsigned char)text.data[at] : 0;

    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' && c < 0x80;
}

/* A byte that may be an accented letter, a quote or a dash of windows-1252:
 * it stands at a letter. FE and FF are rather damage. */
static bool looks_western(zub_slice text, size_t at)
{
    unsigned char c = (unsigned char)text.data[at];
    bool may_be =
        (c >= 0xC0 && c < 0xFE) || (c >= 0x91 && c <= 0x97) || c == 0x85;

    return may_be && (is_letter(text, at - 1) || is_letter(text, at + 1));
}

typedef struct utf8_census {
    size_t valid, invalid, western; /* sequences beyond ASCII */
} utf8_census;

static utf8_census count_sequences(zub_slice text)
{
    utf8_census census = {0, 0, 0};

    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        bool is_valid;
        if ((unsigned char)text.data[at] < 0x80) {
            at++;
            continue;
        }
        zub_utf8_next(text.data, text.size, &at, &is_valid);
        census.valid += is_valid;
        census.invalid += !is_valid;
        census.western += !is_valid && looks_western(text, start);
    }
    return census;
}

/* Texts in other encodings have hardly a valid sequence; damaged UTF-8 has
 * hardly an invalid one. A handful proves nothing, unless each looks like a
 * letter, quote or dash where one would stand. */
bool zub_is_mostly_utf8(zub_slice sample, bool is_all)
{
    if (!is_all)
        sample.size = without_cut_character(sample);
    if (zub_utf8_first_invalid(sample) == sample.size)
        return true;

    utf8_census census = count_sequences(sample);
    if (census.valid == 0 && census.invalid >= 2 &&
        census.western == census.invalid)
        return false;
    return census.invalid < FEW_INVALID || census.invalid <= census.valid ||
           (census.valid == 0 && census.invalid * 200 < sample.size);
}
