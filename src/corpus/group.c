/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* group.c - see group.h. A date is first written in ASCII digits, as much of
 * it as can matter; then it is a pattern of digits and hyphens. */
#include "corpus/group.h"

#include <string.h>

#include "base/utf8.h"
#include "corpus/object.h"
#include "corpus/record.h"

#define DATE_ROOM 12 /* "2024-03-05T", and a byte that shows there is more */

/* ---- Dates ---- */

/* The digit that a character is, in any of three alphabets, or itself. */
static uint32_t plain_digit(uint32_t code_point)
{
    static const uint32_t zeros[] = {0x660, 0x6F0};

    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
        if (code_point >= zeros[i] && code_point < zeros[i] + 10)
            return '0' + code_point - zeros[i];
    return code_point;
}

/* The beginning of the text in ASCII; how many bytes of it there are. */
static size_t spell(char out[DATE_ROOM], zub_slice text)
{
    size_t size = 0;

    for (size_t at = 0; at < text.size && size < DATE_ROOM; size++) {
        uint32_t c =
            plain_digit(zub_utf8_next(text.data, text.size, &at, NULL));
        out[size] = c < 0x80 ? (char)c : '?';
    }
    return size;
}

/* Reads `count` digits; false when there are fewer. */
static bool read_digits(const char *text, size_t size, size_t *at,
                        size_t count, unsigned *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++, ++*at) {
        if (*at >= size || text[*at] < '0' || text[*at] > '9')
            return false;
        *out = *out * 10 + (unsigned)(text[*at] - '0');
    }
    return true;
}

static unsigned days_of(unsigned year, unsigned month)
{
    static const unsigned char days[] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && is_leap ? 29 : days[month - 1];
}

/* What was read: how many of year, month and day; 0 is no date. */
typedef struct date {
    unsigned part[3];
    size_t precision;
} date;

/* Month or day, behind a hyphen or, in the short form, without one. */
static bool read_part(date *out, const char *text, size_t size, size_t *at,
                      bool has_hyphens)
{
    if (has_hyphens)
        ++*at;
    return read_digits(text, size, at, 2, &out->part[out->precision++]);
}

static bool is_sound(const date *of)
{
    if (of->precision > 1 && (of->part[1] < 1 || of->part[1] > 12))
        return false;
    return of->precision < 3 ||
           (of->part[2] >= 1 &&
            of->part[2] <= days_of(of->part[0], of->part[1]));
}

static date read_date(const char *text, size_t size)
{
    date out = {.precision = 1}, none = {.precision = 0};
    size_t at = 0;

    if (!read_digits(text, size, &at, 4, &out.part[0]))
        return none;
    bool has_hyphens = at < size && text[at] == '-';
    bool is_short = at < size && text[at] >= '0' && text[at] <= '9';
    while (out.precision < 3 && at < size &&
           ((has_hyphens && text[at] == '-') || is_short))
        if (!read_part(&out, text, size, &at, has_hyphens))
            return none;
    bool is_over = at == size ||
                   (out.precision == 3 &&
                    (text[at] == 'T' || text[at] == 't' || text[at] == ' '));
    return is_over && is_sound(&out) ? out : none;
}

zub_date_name zub_date_read(zub_slice text, zub_period period)
{
    static const size_t sizes[] = {[ZUB_PERIOD_NONE] = 0,
                                   [ZUB_PERIOD_YEAR] = 4,
                                   [ZUB_PERIOD_MONTH] = 7,
                                   [ZUB_PERIOD_DAY] = 10};
    static const char pattern[] = "0000-11-22";
    char spelled[DATE_ROOM];
    zub_date_name name = {.size = 0};
    date read = read_date(spelled, spell(spelled, text));

    if (read.precision < (size_t)period)
        return name;
    name.size = sizes[period];
    memcpy(name.text, pattern, sizeof pattern);
    for (size_t i = name.size; i-- > 0;) {
        unsigned part = (unsigned)(pattern[i] - '0');
        if (pattern[i] == '-')
            continue;
        name.text[i] = (char)('0' + read.part[part] % 10);
        read.part[part] /= 10;
    }
    return name;
}

/* ---- Groups ---- */

/* What every record has, whether it brought a field of that name or not. */
static zub_slice member_of(const zub_record *record, const char *field)
{
    if (strcmp(field, "id") == 0)
        return record->id;
    if (strcmp(field, "title") == 0)
        return record->title;
    if (strcmp(field, "lang") == 0)
        return record->lang;
    if (strcmp(field, "source") == 0)
        return record->source;
    return (zub_slice){NULL, 0};
}

static bool is_null(zub_slice value)
{
    return value.size == 4 && memcmp(value.data, "null", 4) == 0;
}

void zub_record_group(zub_buffer *out, const zub_record *record,
                      const char *name, zub_period period)
{
    const zub_field *field = zub_record_field(record, name);
    size_t before = out->size;

    if (!field)
        zub_buffer_add_slice(out, member_of(record, name));
    else if (field->value.size > 0 && field->value.data[0] == '"')
        zub_value_unquote(out, field->value);
    else if (!is_null(field->value))
        zub_buffer_add_slice(out, field->value);
    if (period == ZUB_PERIOD_NONE || out->status != ZUB_OK ||
        out->size == before)
        return;
    zub_slice value = {out->data + before, out->size - before};
    zub_date_name day = zub_date_read(value, period);
    out->size = before;
    zub_buffer_add(out, day.text, day.size);
}
