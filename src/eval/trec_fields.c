/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_fields.c - see trec_fields.h. Numbers are read by hand: strtod listens to
 * the locale. */
#include "eval/trec_fields.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define DIGITS_MOST 18 /* of a number that count */

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The next field of a line, which shrinks; empty: there is none. */
static zub_slice cut(zub_slice *line)
{
    size_t start = 0, end;

    while (start < line->size && is_space(line->data[start]))
        start++;
    for (end = start; end < line->size && !is_space(line->data[end]);)
        end++;
    zub_slice field = {line->data + start, end - start};
    *line = (zub_slice){line->data + end, line->size - end};
    return field;
}

static bool is_digit(zub_slice text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static bool has_sign(zub_slice text, size_t at)
{
    return at < text.size && (text.data[at] == '-' || text.data[at] == '+');
}

/* Digits from *at on as a number; what is beyond `most` of them counts in
 * *dropped. Returns how many there were. */
static size_t read_digits(zub_slice text, size_t *at, double *value,
                          size_t *used, int *dropped)
{
    size_t start = *at;

    for (; is_digit(text, *at); ++*at) {
        if (*used == DIGITS_MOST) {
            ++*dropped;
            continue;
        }
        *value = *value * 10 + (text.data[*at] - '0');
        *used += *value > 0;
    }
    return *at - start;
}

/* The number behind an e, or 0. False: there is none behind it. */
static bool read_exponent(zub_slice text, size_t *at, int *exponent)
{
    double value = 0;
    size_t used = 0, sign = *at + 1;
    int dropped = 0;

    *exponent = 0;
    if (*at >= text.size || (text.data[*at] != 'e' && text.data[*at] != 'E'))
        return true;
    *at = sign + has_sign(text, sign);
    if (read_digits(text, at, &value, &used, &dropped) == 0)
        return false;
    value = value < 5000 ? value : 5000;
    *exponent = text.data[sign] == '-' ? -(int)value : (int)value;
    return true;
}

bool zub_trec_number(double *out, zub_slice text)
{
    size_t at = has_sign(text, 0), used = 0, before = at;
    double value = 0;
    int dropped = 0, behind = 0, exponent;

    size_t digits = read_digits(text, &at, &value, &used, &dropped);
    if (at < text.size && text.data[at] == '.') {
        int more = 0;
        size_t size = (at++, read_digits(text, &at, &value, &used, &more));
        behind = (int)size - more;
        digits += size;
    }
    if (digits == 0 || !read_exponent(text, &at, &exponent) || at < text.size)
        return false;
    exponent += dropped - behind;
    if (value > 0) /* 0 times infinity is no number */
        value = exponent < 0 ? value / pow(10, -exponent)
                             : value * pow(10, exponent);
    *out = before > 0 && text.data[0] == '-' ? -value : value;
    return true;
}

static zub_status take_line(zub_slice line, size_t count, zub_trec_take *take,
                            void *context)
{
    zub_slice fields[ZUB_TREC_FIELDS];

    if (line.size > 0 && line.data[0] == '#')
        return ZUB_OK;
    for (size_t i = 0; i < count; i++) {
        fields[i] = cut(&line);
        if (fields[i].size == 0)
            return i == 0 ? ZUB_OK : ZUB_EMALFORMED;
    }
    return take(context, fields);
}

zub_status zub_trec_each_line(zub_slice bytes, const char *path,
                              const char *shape, size_t fields,
                              zub_trec_take *take, void *context,
                              zub_error *error)
{
    const char *at = bytes.data, *end = at + bytes.size;

    for (unsigned long long number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        zub_slice line = {at, (size_t)((stop ? stop : end) - at)};
        zub_status status = take_line(line, fields, take, context);
        if (status == ZUB_EMALFORMED)
            return zub_fail(error, status,
                            "line %llu of '%.300s' is not \"%s\"", number,
                            path, shape);
        if (status != ZUB_OK)
            return zub_fail_memory(error);
        at = stop ? stop + 1 : end;
    }
    return ZUB_OK;
}
