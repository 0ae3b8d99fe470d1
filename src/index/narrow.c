/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* narrow.c - see narrow.h. */
#include "index/narrow.h"

#include <string.h>

#define ESCAPE 0x10u
#define STEP 61u /* bytes between those that a page is chosen by */
#define PAGES 256u
#define TWO_BYTES 16u /* pages below: those of two bytes a letter */

/* What the letters of a page begin with; the lowest bit of the last byte is
 * that of the letter. */
typedef struct opening {
    unsigned char bytes[2];
    size_t size; /* 1, 2 */
} page_opening;

static page_opening opening_of(unsigned page)
{
    unsigned char middle = (unsigned char)(0x80 | (page << 1 & 0x3F));

    if (page < TWO_BYTES)
        return (page_opening){{(unsigned char)(0xC0 | page << 1)}, 1};
    return (page_opening){{(unsigned char)(0xE0 | page >> 5), middle}, 2};
}

/* The page of the letter whose first byte stands at `at`; 0: ASCII, or none
 * that is numbered. */
static unsigned page_at(const unsigned char *text, size_t size, size_t at)
{
    unsigned lead = text[at];

    if (lead >> 5 == 6)
        return (lead & 0x1F) >> 1;
    if (lead >> 3 == 0x1C && at + 1 < size)
        return (lead & 7) << 5 | (text[at + 1] & 0x3F) >> 1;
    return 0;
}

static unsigned choose_page(const unsigned char *text, size_t size)
{
    uint32_t counts[PAGES] = {0};
    unsigned best = 0;

    for (size_t at = 0; at < size; at += STEP) {
        size_t start = at;
        while (start > 0 && text[start] >> 6 == 2 && at - start < 3)
            start--;
        counts[page_at(text, size, start)]++;
    }
    counts[0] = 0;
    for (unsigned page = 1; page < PAGES; page++)
        best = counts[page] > counts[best] ? page : best;
    return best;
}

static size_t narrow_two(unsigned char *out, const unsigned char *text,
                         size_t size, unsigned lead)
{
    unsigned char *to = out;

    for (size_t i = 0; i < size;) {
        unsigned byte = text[i];
        if ((byte ^ lead) <= 1 && i + 1 < size && text[i + 1] >> 6 == 2) {
            *to++ =
                (unsigned char)(0x80 | (byte & 1) << 6 | (text[i + 1] & 0x3F));
            i += 2;
            continue;
        }
        if (byte >= 0x80 || byte == ESCAPE)
            *to++ = ESCAPE;
        *to++ = (unsigned char)byte;
        i++;
    }
    return (size_t)(to - out);
}

static size_t narrow_three(unsigned char *out, const unsigned char *text,
                           size_t size, const unsigned char opening[2])
{
    unsigned char *to = out;

    for (size_t i = 0; i < size;) {
        unsigned byte = text[i];
        if (byte == opening[0] && i + 2 < size &&
            (text[i + 1] ^ opening[1]) <= 1 && text[i + 2] >> 6 == 2) {
            *to++ = (unsigned char)(0x80 | (text[i + 1] & 1) << 6 |
                                    (text[i + 2] & 0x3F));
            i += 3;
            continue;
        }
        if (byte >= 0x80 || byte == ESCAPE)
            *to++ = ESCAPE;
        *to++ = (unsigned char)byte;
        i++;
    }
    return (size_t)(to - out);
}

size_t zub_narrow(char *out, zub_slice text)
{
    const unsigned char *from = (const unsigned char *)text.data;
    unsigned char *to = (unsigned char *)out + 1;
    unsigned page = text.size ? choose_page(from, text.size) : 0;
    page_opening opening = opening_of(page);
    size_t size = text.size;

    if (page > 0)
        size = opening.size == 1 ? narrow_two(to, from, size, opening.bytes[0])
                                 : narrow_three(to, from, size, opening.bytes);
    if (page == 0 || size >= text.size) {
        page = 0;
        size = text.size;
        if (size > 0)
            memcpy(to, from, size);
    }
    out[0] = (char)page;
    return size + 1;
}

bool zub_widen(char *out, size_t size, zub_slice narrowed)
{
    const unsigned char *from = (const unsigned char *)narrowed.data;
    unsigned page = narrowed.size > 0 ? from[0] : 0;
    page_opening opening = opening_of(page);
    size_t at = 0;

    if (narrowed.size == 0)
        return false;
    if (page == 0) {
        if (narrowed.size - 1 == size && size > 0)
            memcpy(out, from + 1, size);
        return narrowed.size - 1 == size;
    }
    for (size_t i = 1; i < narrowed.size; i++) {
        unsigned byte = from[i];
        if (size - at < 3 && size - at < (byte < 0x80 ? 1 : opening.size + 1))
            return false;
        if (byte >= 0x80) {
            out[at] = (char)opening.bytes[0];
            at += opening.size - 1;
            out[at] =
                (char)(opening.bytes[opening.size - 1] | (byte >> 6 & 1));
            out[at + 1] = (char)(0x80 | (byte & 0x3F));
            at += 2;
        } else if (byte != ESCAPE) {
            out[at++] = (char)byte;
        } else if (++i < narrowed.size) {
            out[at++] = (char)from[i];
        } else {
            return false;
        }
    }
    return at == size;
}
