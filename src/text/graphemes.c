/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* graphemes.c - see graphemes.h. ASCII has no marks; the rest asks ICU. */
#include "text/graphemes.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "base/error.h"
#include "base/mem.h"

#define MOST_BYTES ((size_t)1 << 30)

struct zub_graphemes {
    UBreakIterator *iterator;
    UText *view;
    zub_slice text;
    uint32_t *ends; /* [count], in bytes */
    size_t count, capacity;
};

zub_status zub_graphemes_new(zub_graphemes **out, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    zub_graphemes *graphemes = zub_alloc_zero(1, sizeof *graphemes);

    *out = NULL;
    if (!graphemes)
        return zub_fail_memory(error);
    graphemes->iterator = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &code);
    if (U_FAILURE(code)) {
        zub_graphemes_free(graphemes);
        return zub_fail(error, ZUB_ENOMEM,
                        "cannot open the rules of characters: %s",
                        u_errorName(code));
    }
    *out = graphemes;
    return ZUB_OK;
}

void zub_graphemes_free(zub_graphemes *graphemes)
{
    if (!graphemes)
        return;
    utext_close(graphemes->view);
    ubrk_close(graphemes->iterator);
    zub_free(graphemes->ends);
    zub_free(graphemes);
}

static bool is_ascii(zub_slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* "\r\n" is one character of two, and no word holds it. */
static void find_ascii(zub_graphemes *graphemes)
{
    for (size_t i = 0; i < graphemes->text.size; i++)
        graphemes->ends[graphemes->count++] = (uint32_t)i + 1;
}

static zub_status find_by_icu(zub_graphemes *graphemes)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t end;

    graphemes->view = utext_openUTF8(graphemes->view, graphemes->text.data,
                                     (int64_t)graphemes->text.size, &code);
    ubrk_setUText(graphemes->iterator, graphemes->view, &code);
    if (U_FAILURE(code))
        return ZUB_ENOMEM;
    while ((end = ubrk_next(graphemes->iterator)) != UBRK_DONE)
        graphemes->ends[graphemes->count++] = (uint32_t)end;
    return ZUB_OK;
}

zub_status zub_graphemes_begin(zub_graphemes *graphemes, zub_slice text)
{
    graphemes->text = text;
    graphemes->count = 0;
    if (text.size >= MOST_BYTES)
        return ZUB_ELIMIT;
    if (!zub_grow(&graphemes->ends, &graphemes->capacity, text.size,
                  sizeof *graphemes->ends))
        return ZUB_ENOMEM;
    if (!is_ascii(text))
        return find_by_icu(graphemes);
    find_ascii(graphemes);
    return ZUB_OK;
}

size_t zub_graphemes_count(const zub_graphemes *graphemes)
{
    return graphemes->count;
}

bool zub_graphemes_run(const zub_graphemes *graphemes, size_t at, size_t n,
                       zub_slice *run)
{
    if (n == 0 || n > graphemes->count || at > graphemes->count - n)
        return false;
    size_t start = at ? graphemes->ends[at - 1] : 0;
    *run = (zub_slice){graphemes->text.data + start,
                       graphemes->ends[at + n - 1] - start};
    return true;
}
