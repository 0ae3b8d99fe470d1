/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* object.c - see object.h. The scanner only moves forwards: strings are jumped
 * by memchr, nesting is a bit per level (set: an object). cJSON, which would
 * take 64 bytes a value for a tree of the line, cut text at \u0000 and round
 * long integers, reads numbers only; the tests hold everything else against
 * it. */
#include "corpus/object.h"

#include <cjson/cJSON.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

typedef struct object_scan {
    const char *text;
    size_t size, at;
    const char *what; /* the fault; NULL: none */
    bool is_plain;    /* the last string that was a value */
    size_t depth;
    uint64_t is_object[ZUB_OBJECT_DEPTH / 64];
} object_scan;

static bool fail(object_scan *scan, const char *what)
{
    if (!scan->what)
        scan->what = what;
    return false;
}

static int peek(object_scan *scan)
{
    while (scan->at < scan->size) {
        char c = scan->text[scan->at];
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return (unsigned char)c;
        scan->at++;
    }
    return -1;
}

static bool skip(object_scan *scan, char c, const char *what)
{
    if (peek(scan) != (unsigned char)c)
        return fail(scan, what);
    scan->at++;
    return true;
}

/* ---- Strings ---- */

/* Bytes that are looked at together: in registers of their own, if the machine
 * has such. */
typedef unsigned char block __attribute__((vector_size(16)));

#define BLOCK sizeof(block)

static bool is_special(char c)
{
    return c == '"' || c == '\\' || c == '\0';
}

static inline unsigned first_set(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (unsigned)__builtin_clzll(bytes) / 8;
#else
    return (unsigned)__builtin_ctzll(bytes) / 8;
#endif
}

/* Where in a block the first special character is; BLOCK: nowhere. Loops over
 * single bytes would be left at another place each time, which no processor
 * foresees. */
static inline size_t special_in(block bytes)
{
    uint64_t halves[2];
    block hits = (block)((bytes == '"') | (bytes == '\\') | (bytes == 0));

    memcpy(halves, &hits, sizeof halves);
    if (halves[0])
        return first_set(halves[0]);
    return halves[1] ? 8 + first_set(halves[1]) : BLOCK;
}

/* The first quote, backslash or NUL at or behind `at`, or size. */
static size_t find_special(const char *text, size_t size, size_t at)
{
    block bytes;

    for (; size - at >= BLOCK; at += BLOCK) {
        memcpy(&bytes, text + at, BLOCK);
        size_t found = special_in(bytes);
        if (found < BLOCK)
            return at + found;
    }
    while (at < size && !is_special(text[at]))
        at++;
    return at;
}

#define DIGIT 0x10u /* beside the value of a digit; 0: it is none */

static const unsigned char hex_values[256] = {
    ['0'] = 0x10, ['1'] = 0x11, ['2'] = 0x12, ['3'] = 0x13, ['4'] = 0x14,
    ['5'] = 0x15, ['6'] = 0x16, ['7'] = 0x17, ['8'] = 0x18, ['9'] = 0x19,
    ['a'] = 0x1A, ['b'] = 0x1B, ['c'] = 0x1C, ['d'] = 0x1D, ['e'] = 0x1E,
    ['f'] = 0x1F, ['A'] = 0x1A, ['B'] = 0x1B, ['C'] = 0x1C, ['D'] = 0x1D,
    ['E'] = 0x1E, ['F'] = 0x1F,
};

/* What stands for itself or a control character behind a backslash. */
static const char short_escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t',
};

/* The unit of \uXXXX at text, or -1. */
static inline long read_unit(const char *text, size_t size)
{
    if (size < 6 || text[0] != '\\' || text[1] != 'u')
        return -1;
    unsigned a = hex_values[(unsigned char)text[2]];
    unsigned b = hex_values[(unsigned char)text[3]];
    unsigned c = hex_values[(unsigned char)text[4]];
    unsigned d = hex_values[(unsigned char)text[5]];
    if (!(a & b & c & d & DIGIT))
        return -1;
    return (long)((a << 12 | (b & 15) << 8 | (c & 15) << 4 | (d & 15)) &
                  0xFFFF);
}

static bool skip_escape(object_scan *scan)
{
    const char *text = scan->text + scan->at;
    size_t rest = scan->size - scan->at;

    if (read_unit(text, rest) >= 0)
        scan->at += 6;
    else if (rest >= 2 && short_escapes[(unsigned char)text[1]] != 0)
        scan->at += 2;
    else
        return fail(scan, "unknown escape in a string");
    return true;
}

/* *is_plain: nothing in it stands for something else. */
static bool skip_string(object_scan *scan, bool *is_plain)
{
    size_t start = scan->at;

    *is_plain = true;
    if (!skip(scan, '"', "expected a string"))
        return false;
    for (;;) {
        scan->at = find_special(scan->text, scan->size, scan->at);
        if (scan->at == scan->size) {
            scan->at = start;
            return fail(scan, "a string has no end");
        }
        if (scan->text[scan->at] == '"')
            break;
        *is_plain = false;
        scan->at += scan->text[scan->at] == '\0';
        while (scan->at < scan->size && scan->text[scan->at] == '\\')
            if (!skip_escape(scan))
                return false;
    }
    scan->at++;
    return true;
}

static size_t skip_digits(object_scan *scan)
{
    size_t start = scan->at;

    while (scan->at < scan->size && scan->text[scan->at] >= '0' &&
           scan->text[scan->at] <= '9')
        scan->at++;
    return scan->at - start;
}

static bool skip_char(object_scan *scan, const char *set)
{
    if (scan->at == scan->size || scan->text[scan->at] == '\0' ||
        !strchr(set, scan->text[scan->at]))
        return false;
    scan->at++;
    return true;
}

static bool skip_number(object_scan *scan)
{
    static const char bad[] = "malformed number";

    skip_char(scan, "-");
    if (!skip_char(scan, "0") && skip_digits(scan) == 0)
        return fail(scan, bad);
    if (skip_char(scan, ".") && skip_digits(scan) == 0)
        return fail(scan, bad);
    if (skip_char(scan, "eE")) {
        skip_char(scan, "+-");
        if (skip_digits(scan) == 0)
            return fail(scan, bad);
    }
    return true;
}

static bool skip_literal(object_scan *scan, const char *name)
{
    size_t size = strlen(name);

    if (scan->size - scan->at < size ||
        memcmp(scan->text + scan->at, name, size) != 0)
        return fail(scan, "expected a value");
    scan->at += size;
    return true;
}

static bool skip_scalar(object_scan *scan)
{
    switch (peek(scan)) {
    case '"': return skip_string(scan, &scan->is_plain);
    case 't': return skip_literal(scan, "true");
    case 'f': return skip_literal(scan, "false");
    case 'n': return skip_literal(scan, "null");
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9': return skip_number(scan);
    default: return fail(scan, "expected a value");
    }
}

static bool in_object(const object_scan *scan)
{
    size_t level = scan->depth - 1;

    return scan->is_object[level / 64] >> (level % 64) & 1;
}

static bool open_level(object_scan *scan, bool is_object)
{
    size_t level = scan->depth;
    uint64_t bit = (uint64_t)1 << (level % 64);

    if (level == ZUB_OBJECT_DEPTH)
        return fail(scan, "nested deeper than 512 levels");
    scan->at++;
    scan->depth++;
    if (is_object)
        scan->is_object[level / 64] |= bit;
    else
        scan->is_object[level / 64] &= ~bit;
    return true;
}

static bool skip_name(object_scan *scan)
{
    bool ignored;

    return skip_string(scan, &ignored) && skip(scan, ':', "expected a colon");
}

/* Behind a value: close what ends here; *is_more: a comma, then a value. */
static bool close_levels(object_scan *scan, bool *is_more)
{
    for (*is_more = false; scan->depth > 0;) {
        bool is_object = in_object(scan);
        int c = peek(scan);
        if (c == ',') {
            scan->at++;
            *is_more = true;
            return !is_object || skip_name(scan);
        }
        if (c != (is_object ? '}' : ']'))
            return fail(scan, is_object ? "expected a comma or '}'"
                                        : "expected a comma or ']'");
        scan->at++;
        scan->depth--;
    }
    return true;
}

static bool skip_value(object_scan *scan)
{
    for (bool is_more = true; is_more;) {
        int c = peek(scan);
        if (c == '{' || c == '[') {
            if (!open_level(scan, c == '{'))
                return false;
            int closing = c == '{' ? '}' : ']';
            if (peek(scan) != closing) {
                if (c == '{' && !skip_name(scan))
                    return false;
                continue;
            }
            scan->at++;
            scan->depth--;
        } else if (!skip_scalar(scan)) {
            return false;
        }
        if (!close_levels(scan, &is_more))
            return false;
    }
    return true;
}

static bool skip_member(object_scan *scan, zub_member *out)
{
    peek(scan);
    size_t start = scan->at;
    if (!skip_string(scan, &out->name_is_plain))
        return false;
    out->name = (zub_slice){scan->text + start, scan->at - start};
    if (!skip(scan, ':', "expected a colon"))
        return false;
    peek(scan);
    start = scan->at;
    if (!skip_value(scan))
        return false;
    out->value = (zub_slice){scan->text + start, scan->at - start};
    out->value_is_plain = scan->is_plain;
    out->is_outdone = false;
    return true;
}

static bool scan_object(object_scan *scan, zub_object *out,
                        bool *is_out_of_memory)
{
    out->count = 0;
    if (!skip(scan, '{', "expected an object"))
        return false;
    for (bool is_more = peek(scan) != '}'; is_more;) {
        if (out->count == ZUB_OBJECT_MEMBERS)
            return fail(scan, "more than 65536 members");
        if (!zub_grow(&out->members, &out->capacity, out->count + 1,
                      sizeof *out->members)) {
            *is_out_of_memory = true;
            return false;
        }
        if (!skip_member(scan, &out->members[out->count]))
            return false;
        out->count++;
        is_more = peek(scan) == ',';
        scan->at += is_more;
    }
    if (!skip(scan, '}', "expected a comma or '}'"))
        return false;
    return peek(scan) < 0 || fail(scan, "more than one value on a line");
}

zub_status zub_object_scan(zub_object *out, zub_slice text,
                           zub_object_fault *fault)
{
    object_scan scan = {.text = text.data, .size = text.size};
    bool is_out_of_memory = false;

    *fault = (zub_object_fault){0, NULL};
    if (scan_object(&scan, out, &is_out_of_memory))
        return ZUB_OK;
    out->count = 0;
    if (is_out_of_memory)
        return ZUB_ENOMEM;
    *fault = (zub_object_fault){scan.at, scan.what};
    return ZUB_EMALFORMED;
}

void zub_object_release(zub_object *object)
{
    zub_free(object->members);
    *object = (zub_object){NULL, 0, 0};
}

/* ---- Values ---- */

bool zub_value_is_sound(zub_slice value)
{
    object_scan scan = {.text = value.data, .size = value.size};

    return skip_value(&scan) && peek(&scan) < 0;
}

#define REPLACEMENT 0xFFFD

static bool is_high(long unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(long unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

static char *put_utf8(char *to, long c)
{
    if (c < 0x80) {
        *to++ = (char)c;
        return to;
    }
    if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *to++ = (char)(0xE0 | c >> 12);
        } else {
            *to++ = (char)(0xF0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (c & 0x3F));
    return to;
}

/* The character of the escape at text, at most `size` bytes long, which was
 * checked; *used is its size, that of both halves of a surrogate pair. NUL and
 * half a pair are U+FFFD. */
static long read_escape(const char *text, size_t size, size_t *used)
{
    long unit = read_unit(text, size);

    *used = 2;
    if (unit < 0)
        return (unsigned char)short_escapes[(unsigned char)text[1]];
    *used = 6;
    if (is_high(unit)) {
        long low = read_unit(text + 6, size - 6);
        if (is_low(low)) {
            *used = 12;
            return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return unit == 0 || is_high(unit) || is_low(unit) ? REPLACEMENT : unit;
}

static size_t count_nul(zub_slice text)
{
    size_t count = 0;
    const char *end = text.data + text.size, *nul = text.data;

    while ((nul = memchr(nul, '\0', (size_t)(end - nul)))) {
        count++;
        nul++;
    }
    return count;
}

/* Does the escape say U+FFFD itself? Then nothing is replaced. */
static bool is_written_out(const char *escape)
{
    return strncasecmp(escape + 2, "fffd", 4) == 0;
}

/* The character of an escape or a NUL; moves *at behind it. */
static char *put_special(char *to, zub_slice text, size_t *at,
                         size_t *replaced)
{
    const char *from = text.data + *at;
    size_t used = 1;
    long c = *from == '\0' ? REPLACEMENT
                           : read_escape(from, text.size - *at, &used);

    if (c == REPLACEMENT && !(used == 6 && is_written_out(from)))
        ++*replaced;
    *at += used;
    return put_utf8(to, c);
}

/* Copy up to the next special character, or a quote more; writes a block more
 * than it says. */
static char *copy_run(char *to, zub_slice text, size_t *at)
{
    block bytes;

    while (text.size - *at >= BLOCK) {
        memcpy(&bytes, text.data + *at, BLOCK);
        memcpy(to, &bytes, BLOCK);
        size_t run = special_in(bytes);
        *at += run;
        to += run;
        if (run < BLOCK)
            break;
    }
    while (*at < text.size && text.data[*at] != '\\' && text.data[*at] != '\0')
        *to++ = text.data[(*at)++];
    return to;
}

/* \uXXXX of two bytes in UTF-8, one after the other: how half the world's
 * JSON writes Arabic, Greek and Cyrillic. */
static inline char *put_units(char *to, zub_slice text, size_t *at)
{
    size_t from = *at;
    long unit;

    while ((unit = read_unit(text.data + from, text.size - from)) >= 0x80 &&
           unit < 0x800) {
        to[0] = (char)(0xC0 | unit >> 6);
        to[1] = (char)(0x80 | (unit & 0x3F));
        to += 2;
        from += 6;
    }
    *at = from;
    return to;
}

/* An escape is never shorter than its character in UTF-8; only NUL grows. */
size_t zub_value_room(zub_slice string)
{
    return string.size - 2 + 2 * count_nul(string) + BLOCK;
}

size_t zub_value_unquote_to(char *to, zub_slice string, size_t *replaced)
{
    zub_slice inner = {string.data + 1, string.size - 2};
    char *start = to;

    for (size_t at = 0; at < inner.size;) {
        char c = inner.data[at];
        if (c == '\\')
            to = put_units(to, inner, &at);
        if (at == inner.size)
            break;
        c = inner.data[at];
        if (c == '\\' || c == '\0')
            to = put_special(to, inner, &at, replaced);
        else
            to = copy_run(to, inner, &at);
    }
    return (size_t)(to - start);
}

size_t zub_value_unquote(zub_buffer *out, zub_slice string)
{
    char *start = zub_buffer_reserve(out, zub_value_room(string));
    size_t replaced = 0;

    if (!start)
        return 0;
    size_t size = zub_value_unquote_to(start, string, &replaced);
    start[size] = '\0';
    out->size += size;
    return replaced;
}

void zub_value_quote(zub_buffer *out, zub_slice text)
{
    static const char hex[] = "0123456789abcdef";

    zub_buffer_add_char(out, '"');
    size_t plain = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        zub_buffer_add(out, text.data + plain, i - plain);
        plain = i + 1;
        char escape[] = {'\\', (char)c, '0', '0', hex[c >> 4], hex[c & 15]};
        if (c < 0x20)
            escape[1] = 'u';
        zub_buffer_add(out, escape, c < 0x20 ? 6 : 2);
    }
    zub_buffer_add(out, text.data + plain, text.size - plain);
    zub_buffer_add_char(out, '"');
}

static bool is_number(zub_slice value)
{
    object_scan scan = {.text = value.data, .size = value.size};

    return value.size > 0 && skip_number(&scan) && scan.at == scan.size;
}

bool zub_value_is_integer(zub_slice value)
{
    object_scan scan = {.text = value.data, .size = value.size};

    skip_char(&scan, "-");
    return skip_digits(&scan) > 0 && scan.at == scan.size;
}

/* cJSON knows the locale's decimal point; strtod alone does not. */
zub_status zub_value_number(zub_slice value, double *out)
{
    *out = 0;
    if (value.size > 2 && value.data[0] == '"') {
        value.data++;
        value.size -= 2;
    }
    if (!is_number(value))
        return ZUB_EINVAL;
    cJSON *item = cJSON_ParseWithLength(value.data, value.size);
    if (!item)
        return ZUB_ENOMEM; /* its grammar was checked */
    *out = item->valuedouble;
    cJSON_Delete(item);
    return ZUB_OK;
}
