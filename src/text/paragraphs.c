/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* paragraphs.c - see paragraphs.h. Blank lines part paragraphs, and so does
 * every line break of a text that is not wrapped. A text is wrapped at its
 * greatest width when most of its lines had no room for the first word of the
 * next; there a line that had room ends its paragraph. */
#include "text/paragraphs.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/utf8.h"
#include "text/block.h"
#include "text/classes.h"
#include "text/space.h"

#define LEAST_WIDTH 40 /* code points */
#define MOST_WIDTH 132
#define BEYOND (MOST_WIDTH + 1)
#define LIST_MARK 3        /* code points at most, as in "12." */
#define LEAST_PAIRS 2      /* of lines, for a text to be wrapped */
#define SAMPLE (64u << 10) /* bytes; enough to see how a text is wrapped */

typedef struct {
    size_t start, text, end, next; /* bytes; no white space around the text */
    size_t indent, first_word;     /* code points */
    UChar32 first, second, last;   /* last: but for closing punctuation */
    bool is_blank;
} line;

/* Bytes that begin a line break, or could. */
static inline bool could_break(uint8_t byte)
{
    if (byte < 0x80)
        return byte >= 0x0A && byte <= 0x0D;
    return byte == 0xC2 || byte == 0xE2;
}

/* Where in the bytes data[0 .. ZUB_BLOCK] a line break may begin. */
static inline size_t find_break(const char *data)
{
    zub_block bytes = zub_block_load(data);
    zub_block next = zub_block_load(data + 1);

    return zub_block_first(
        (zub_block)(bytes - 0x0A < 4) |
        ((zub_block)(bytes == 0xC2) & (zub_block)(next == 0x85)) |
        ((zub_block)(bytes == 0xE2) & (zub_block)(next == 0x80)));
}

/* Behind bytes that cannot begin a line break, by blocks: to ask byte by byte
 * took a fifth of the time of zub_segment. */
static size_t skip_unbroken(zub_slice text, size_t at)
{
    while (text.size - at > ZUB_BLOCK) {
        size_t found = find_break(text.data + at);
        at += found;
        if (found < ZUB_BLOCK)
            return at;
    }
    while (at < text.size && !could_break((uint8_t)text.data[at]))
        at++;
    return at;
}

/* How many bytes of a line break stand at text[at]; 0: none. */
static size_t break_size(zub_slice text, size_t at)
{
    const uint8_t *data = (const uint8_t *)text.data + at;
    size_t rest = text.size - at;

    if (*data >= 0x0A && *data <= 0x0D)
        return *data == '\r' && rest > 1 && data[1] == '\n' ? 2 : 1;
    if (*data == 0xC2 && rest > 1 && data[1] == 0x85)
        return 2;
    if (*data == 0xE2 && rest > 2 && data[1] == 0x80 &&
        (data[2] == 0xA8 || data[2] == 0xA9))
        return 3;
    return 0;
}

static inline bool is_broken(zub_slice text, size_t at)
{
    return could_break((uint8_t)text.data[at]) && break_size(text, at) > 0;
}

static inline UChar32 next_code_point(zub_slice text, size_t *at)
{
    if ((uint8_t)text.data[*at] < 0x80)
        return text.data[(*at)++];
    return (UChar32)zub_utf8_next(text.data, text.size, at, NULL);
}

/* The code point before text[*at], *at > start; moves *at before it. */
static UChar32 last_code_point(zub_slice text, size_t start, size_t *at)
{
    if ((uint8_t)text.data[*at - 1] < 0x80)
        return text.data[--*at];
    size_t back = *at - start < 4 ? *at - start : 4;
    const uint8_t *head = (const uint8_t *)text.data + *at - back;
    int32_t left = (int32_t)back;
    UChar32 c;

    U8_PREV_OR_FFFD(head, 0, left, c);
    *at -= back - (size_t)left;
    return c;
}

/* Of eight bytes those that continue a character, 10xxxxxx. */
static size_t count_tails(uint64_t bytes)
{
    bytes = bytes & ~(bytes << 1) & 0x8080808080808080u;
    return (bytes >> 7) * 0x0101010101010101u >> 56;
}

/* Bytes that do not continue a character; BEYOND when they are so many. */
static size_t count_heads(zub_slice text, size_t start, size_t end)
{
    size_t count = 0, at = start;
    uint64_t bytes;

    for (; end - at >= sizeof bytes && count < BEYOND; at += sizeof bytes) {
        memcpy(&bytes, text.data + at, sizeof bytes);
        count += sizeof bytes - count_tails(bytes);
    }
    for (; at < end && count < BEYOND; at++)
        count += (text.data[at] & 0xC0) != 0x80;
    return count < BEYOND ? count : BEYOND;
}

static bool is_closing(UChar32 c)
{
    if (c < 0x80)
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}';
    if (zub_is_arabic_letter(c))
        return false;
    int8_t type = u_charType(c);
    return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
           type == U_INITIAL_PUNCTUATION;
}

/* The first word of a line, from text[at] behind its first character on. */
static void begin_word(line *l, zub_slice text, size_t at, size_t most)
{
    for (l->first_word = 1; l->first_word <= most; l->first_word++) {
        UChar32 c;
        if (at == text.size || is_broken(text, at))
            break;
        c = next_code_point(text, &at);
        if (l->second == 0)
            l->second = c;
        if (zub_is_space(c))
            break;
    }
}

/* What a line at text[at] begins with, at < size: all of `line` up to its
 * first word, of which no more than `most` characters and one are counted.
 * Reads little, however long the line is. */
static line begin_line(zub_slice text, size_t at, size_t most)
{
    line l = {.start = at, .is_blank = true};
    UChar32 c = 0;

    while (at < text.size && !is_broken(text, at)) {
        l.text = at;
        c = next_code_point(text, &at);
        if (!zub_is_space(c)) {
            l.is_blank = false;
            break;
        }
        l.indent++;
    }
    if (l.is_blank) {
        l.text = at;
        return l;
    }
    l.first = c;
    begin_word(&l, text, at, most);
    return l;
}

/* The rest of a line that has begun. */
static void end_line(line *l, zub_slice text)
{
    size_t at = l->text, size = 0;

    while (at < text.size && size == 0) {
        at = skip_unbroken(text, at);
        if (at < text.size && (size = break_size(text, at)) == 0)
            at++;
    }
    l->next = at + size;
    l->end = l->text;
    while (at > l->text) {
        size_t behind = at;
        UChar32 c = last_code_point(text, l->text, &at);
        if (zub_is_space(c))
            continue;
        if (l->end == l->text)
            l->end = behind;
        l->last = c;
        if (!is_closing(c))
            break;
    }
}

static bool is_terminal(UChar32 c)
{
    if (c < 0x80)
        return c == '.' || c == '?' || c == '!' || c == ':' || c == ';';
    if (c >= 0x620 && c < 0x6D4)
        return false; /* Arabic letters */
    return c == 0x2026 || c == 0x061B || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

static bool is_listed(const line *l)
{
    return l->first == '*' || l->first == 0x2022 || l->first == 0x2043 ||
           l->first == 0x25AA || l->first == 0x25CF ||
           ((l->first == '-' || l->first == 0x2013 || l->first == 0x2014) &&
            l->first_word == 1) ||
           (l->first_word <= LIST_MARK &&
            (l->second == '.' || l->second == ')') &&
            zub_is_letter_or_digit(l->first));
}

/* Lines of this width hold no more. */
static size_t full_width(size_t width)
{
    return width - width / 16;
}

static bool had_no_room(zub_slice text, const line *l, const line *next,
                        size_t width)
{
    return count_heads(text, l->text, l->end) + 1 + next->first_word >
           full_width(width);
}

/* How wide the lines of a text are, in code points. */
typedef struct {
    uint32_t lines[BEYOND + 1];      /* of each width; the last: or wider */
    uint32_t joined[2 * BEYOND + 2]; /* pairs, by the width that the first of
                                        them would have had with the first
                                        word of the second */
    uint32_t ended[2 * BEYOND + 2];  /* those among them whose first ends in a
                                      stop, when they may be full */
    uint32_t line_count, pair_count;
} measure;

/* Two lines of a paragraph, the first of them so wide. */
static void measure_pair(measure *m, const line *last, size_t width,
                         const line *next)
{
    size_t joined = width + 1 + next->first_word;

    m->joined[joined]++;
    m->pair_count++;
    if (joined > full_width(LEAST_WIDTH))
        m->ended[joined] += is_terminal(last->last);
}

static void measure_lines(measure *m, zub_slice text, size_t at)
{
    line last = {.is_blank = true};
    size_t width = 0;

    while (at < text.size) {
        line l = begin_line(text, at, MOST_WIDTH);
        end_line(&l, text);
        at = l.next;
        if (!l.is_blank && !last.is_blank)
            measure_pair(m, &last, width, &l);
        last = l;
        if (l.is_blank)
            continue;
        width = count_heads(text, l.text, l.end);
        m->lines[width]++;
        m->line_count++;
    }
}

/* The width that all but a few lines keep within; 0 when it is not that of
 * wrapped lines. */
static size_t find_width(const measure *m)
{
    size_t beyond = 0, width = BEYOND;

    while (width > 0 && (beyond += m->lines[width]) * 32 <= m->line_count)
        width--;
    return width >= LEAST_WIDTH && width <= MOST_WIDTH ? width : 0;
}

static bool is_wrapped(const measure *m, size_t width)
{
    size_t full = 0, ended = 0;

    for (size_t i = full_width(width) + 1; i < 2 * BEYOND + 2; i++) {
        full += m->joined[i];
        ended += m->ended[i];
    }
    return m->pair_count >= LEAST_PAIRS && full * 10 >= m->pair_count * 6 &&
           ended * 2 < full;
}

void zub_paragraphs_init(zub_paragraphs *paragraphs, zub_slice text,
                         size_t body)
{
    zub_slice sample = text;
    measure m = {0};
    size_t width;

    if (text.size - body > SAMPLE)
        sample.size = body + SAMPLE;
    measure_lines(&m, sample, body);
    width = find_width(&m);
    paragraphs->text = text;
    paragraphs->at = body;
    paragraphs->width = width && is_wrapped(&m, width) ? width : 0;
}

/* Is the line at text[at] nothing but notes such as "[5]"? */
static bool is_note(zub_slice text, size_t at)
{
    UChar32 last = 0;

    while (at < text.size && !is_broken(text, at)) {
        UChar32 c = next_code_point(text, &at);
        if (zub_is_space(c))
            continue;
        if (last == 0 || last == ']' ? c != '[' : c != ']' && !u_isdigit(c))
            return false;
        last = c;
    }
    return last == ']';
}

/* Does `next` go on where `last` ended? `first` began the paragraph. */
static bool goes_on(const zub_paragraphs *paragraphs, const line *first,
                    const line *last, const line *next)
{
    if (next->is_blank || is_listed(next))
        return false;
    if (is_terminal(next->first))
        return !is_terminal(last->last);
    if (next->first == '[' && is_note(paragraphs->text, next->text))
        return true;
    if (paragraphs->width == 0)
        return zub_is_small(next->first) && !is_terminal(last->last) &&
               !zub_is_small(first->first);
    if (next->indent > last->indent && is_terminal(last->last))
        return false;
    return had_no_room(paragraphs->text, last, next, paragraphs->width) ||
           (zub_is_small(next->first) && !is_terminal(last->last));
}

bool zub_paragraphs_next(zub_paragraphs *paragraphs, size_t *start,
                         size_t *end)
{
    zub_slice text = paragraphs->text;
    size_t most = paragraphs->width ? MOST_WIDTH : LIST_MARK;
    line first = {.is_blank = true};
    line last;

    while (paragraphs->at < text.size && first.is_blank) {
        first = begin_line(text, paragraphs->at, most);
        end_line(&first, text);
        paragraphs->at = first.next;
    }
    if (first.is_blank)
        return false;
    last = first;
    while (paragraphs->at < text.size) {
        line next = begin_line(text, paragraphs->at, most);
        if (!goes_on(paragraphs, &first, &last, &next))
            break;
        end_line(&next, text);
        paragraphs->at = next.next;
        last = next;
    }
    *start = first.text;
    *end = last.end;
    return true;
}
