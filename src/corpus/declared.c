/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* declared.c - see declared.h. */
#include "corpus/declared.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define DECLARED_WITHIN 4096 /* bytes; browsers look at 1024 */
#define BINARY_WITHIN 8192   /* bytes that tell text from what is none */
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

/* The bytes that are not zero are a text of their own: UTF-8, with next to no
 * control characters and more than tabs and line ends. In UTF-16 the upper
 * halves are just those for most alphabets (06 for Arabic, 09, which is a tab,
 * for Devanagari), and no UTF-8 for the others. */
static bool is_narrow(zub_slice sample)
{
    size_t controls = 0, ends = 0, zeros = 0, invalid;

    for (size_t i = 0; i < sample.size; i++) {
        unsigned char c = (unsigned char)sample.data[i];
        zeros += c == 0;
        ends += c < 0x20 && is_plain(c);
        controls += c > 0 && c < 0x20 && !is_plain(c);
    }
    zub_utf8_count(sample, &invalid);
    return (controls + invalid) * 20 <= sample.size - zeros &&
           ends * 4 <= sample.size - zeros;
}

/* Units as they are for one order of bytes. */
typedef struct unit_census {
    size_t plain;   /* ASCII that text has: a zero byte in front */
    size_t strange; /* C0 controls, which text does not have, and U+0000 */
} unit_census;

static void count_unit(unit_census *census, unsigned char upper,
                       unsigned char lower)
{
    census->plain += upper == 0 && is_plain(lower);
    census->strange += upper == 0 && lower < 0x20 && !is_plain(lower);
}

/* Every script has spaces, line ends or digits: a zero byte on one side, an
 * ASCII byte on the other, in at least one unit of 20; and text has next to
 * no unit the other way round, nor strange ones. Unless zeros are on one side
 * of nearly every unit, the text must not make sense without them. */
const char *zub_wide_encoding(zub_slice sample)
{
    const unsigned char *bytes = (const unsigned char *)sample.data;
    size_t units = sample.size / 2;
    unit_census little = {0, 0}, big = {0, 0};

    for (size_t i = 0; i < units; i++) {
        count_unit(&little, bytes[2 * i + 1], bytes[2 * i]);
        count_unit(&big, bytes[2 * i], bytes[2 * i + 1]);
    }
    bool is_little = little.plain > big.plain;
    const unit_census *most = is_little ? &little : &big;
    const unit_census *least = is_little ? &big : &little;
    if (most->plain == 0 || most->plain * 20 < units ||
        (least->plain + most->strange) * 20 > most->plain ||
        (most->plain * 10 < units * 9 && is_narrow(sample)))
        return NULL;
    return is_little ? "UTF-16LE" : "UTF-16BE";
}

/* ---- What is no text at all ---- */

static bool begins_with_magic(zub_slice sample)
{
    static const struct {
        const char *bytes;
        size_t size;
    } magics[] = {
        {"\x7F"
         "ELF",
         4},
        {"\x89PNG\r\n", 6},
        {"\xFF\xD8\xFF", 3}, /* JPEG */
        {"GIF87a", 6},
        {"GIF89a", 6},
        {"%PDF-", 5},
        {"PK\3\4", 4},                   /* ZIP, and with it EPUB, DOCX, ODT */
        {"\xD0\xCF\x11\xE0\xA1\xB1", 6}, /* DOC, XLS */
        {"7z\xBC\xAF\x27\x1C", 6},
        {"\xFD"
         "7zXZ",
         5},
        {"BZh91AY&SY", 10},
        {"\x28\xB5\x2F\xFD", 4}, /* zstd */
        {"SQLite format 3", 16},
    };

    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (sample.size >= magics[i].size &&
            memcmp(sample.data, magics[i].bytes, magics[i].size) == 0)
            return true;
    return false;
}

/* A NUL, or a control character that text does not have; it has ESC, which is
 * how ISO-2022 shifts. */
static bool is_strange(unsigned char c)
{
    return c == 0 || (c < 0x20 && !is_plain(c) && !strchr("\b\f\v\x1B", c));
}

/* Control characters are rare in text. They are a third of many binary files;
 * compressed bytes hold one in ten, and are no UTF-8. */
bool zub_is_binary(zub_slice sample)
{
    size_t size, strange = 0, invalid;

    if (zub_bom_encoding(sample, &size))
        return false;
    if (begins_with_magic(sample))
        return true;
    if (zub_wide_encoding(sample))
        return false;
    if (sample.size > BINARY_WITHIN)
        sample.size = BINARY_WITHIN;
    for (size_t i = 0; i < sample.size; i++)
        strange += is_strange((unsigned char)sample.data[i]);
    zub_utf8_count(sample, &invalid);
    return strange * 10 >= sample.size * 3 + 10 ||
           (strange * 20 > sample.size + 100 && invalid * 10 > sample.size);
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

static bool is_high(zub_slice text, size_t at)
{
    return at < text.size && (unsigned char)text.data[at] >= 0x80;
}

/* A byte that makes sense in another encoding: as a letter it stands at one,
 * or among its like; as a quote, dash, bullet or hard space of windows-125x
 * anywhere. Damage stands anywhere too. */
static bool makes_sense(zub_slice text, size_t at)
{
    return strchr("\x85\x91\x92\x93\x94\x95\x96\x97\xA0\xAB\xBB",
                  text.data[at]) ||
           is_letter(text, at - 1) || is_letter(text, at + 1) ||
           (is_high(text, at - 1) && is_high(text, at + 1)) ||
           (is_high(text, at + 1) && is_high(text, at + 2)) ||
           (is_high(text, at - 1) && is_high(text, at - 2));
}

typedef struct utf8_census {
    size_t valid, invalid;    /* sequences beyond ASCII */
    size_t western, sensible; /* of the invalid */
} utf8_census;

static utf8_census count_sequences(zub_slice text)
{
    utf8_census census = {0, 0, 0, 0};

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
        census.sensible += !is_valid && makes_sense(text, start);
    }
    return census;
}

/* Texts in other encodings have hardly a valid sequence; damaged UTF-8 has
 * hardly an invalid one. A handful proves nothing, unless each looks like a
 * letter, quote or dash where one would stand; nor do more prove anything
 * that are few among ASCII and for the most part make no sense. */
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
    if (census.invalid < FEW_INVALID || census.invalid <= census.valid)
        return true;
    return census.valid == 0 && (census.invalid * 200 < sample.size ||
                                 (census.invalid * 5 < sample.size &&
                                  census.sensible * 2 < census.invalid));
}
