/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language_memo.c - see language_memo.h. A word has two places. It takes that
 * of the two whose word was not met again since somebody asked for its place,
 * so that rare words do not drive out common ones. Words are compared letter
 * by letter: whoever makes hashes meet makes it slow and not wrong. */
#include "text/language_memo.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define PLACES 4096u /* a power of 2 */

typedef struct place {
    uint32_t letters[ZUB_MEMO_LETTERS]; /* zeros behind the end */
    uint16_t script;                    /* NONE: free */
    uint16_t is_used;                   /* met again */
    uint32_t known;
} place;

struct zub_language_memo {
    size_t width;
    place *places; /* [PLACES] */
    int32_t *sums; /* [PLACES][width] */
};

zub_status zub_language_memo_new(zub_language_memo **out, size_t width)
{
    zub_language_memo *memo = zub_alloc_zero(1, sizeof *memo);

    *out = NULL;
    if (!memo)
        return ZUB_ENOMEM;
    memo->width = width;
    memo->places = zub_alloc_zero(PLACES, sizeof *memo->places);
    memo->sums = zub_alloc(PLACES * width, sizeof *memo->sums);
    if (!memo->places || !memo->sums) {
        zub_language_memo_free(memo);
        return ZUB_ENOMEM;
    }
    *out = memo;
    return ZUB_OK;
}

void zub_language_memo_free(zub_language_memo *memo)
{
    if (!memo)
        return;
    zub_free(memo->places);
    zub_free(memo->sums);
    zub_free(memo);
}

/* The word as a place holds it. */
static void take_letters(place *out, const zub_run *run)
{
    memset(out, 0, sizeof *out);
    memcpy(out->letters, run->letters + 1, run->count * sizeof *run->letters);
    out->script = (uint16_t)run->script;
}

static uint64_t hash_of(const place *word)
{
    uint64_t hash = word->script;

    for (size_t i = 0; i < ZUB_MEMO_LETTERS; i += 2) {
        uint64_t two;
        memcpy(&two, word->letters + i, sizeof two);
        if (two == 0)
            break;
        hash = zub_fold_product(hash ^ two, ZUB_GOLDEN);
    }
    return hash;
}

static bool is_same(const place *a, const place *b)
{
    return a->script == b->script &&
           memcmp(a->letters, b->letters, sizeof a->letters) == 0;
}

static size_t choose(zub_language_memo *memo, size_t first, size_t second)
{
    size_t at = memo->places[first].is_used ? second : first;

    if (memo->places[first].is_used && memo->places[second].is_used)
        memo->places[first].is_used = memo->places[second].is_used = false;
    return at;
}

static zub_remembered point(zub_language_memo *memo, size_t at)
{
    return (zub_remembered){memo->sums + at * memo->width,
                            &memo->places[at].known};
}

bool zub_language_memo_find(zub_language_memo *memo, const zub_run *run,
                            zub_remembered *out)
{
    place word;

    *out = (zub_remembered){NULL, NULL};
    if (run->count > ZUB_MEMO_LETTERS)
        return false;
    take_letters(&word, run);
    size_t first = hash_of(&word) & (PLACES - 1), second = first ^ 1;
    for (size_t at = first, i = 0; i < 2; i++, at = second) {
        if (!is_same(&memo->places[at], &word))
            continue;
        memo->places[at].is_used = true;
        *out = point(memo, at);
        return true;
    }
    size_t at = choose(memo, first, second);
    memo->places[at] = word;
    *out = point(memo, at);
    memset(out->sums, 0, memo->width * sizeof *out->sums);
    return false;
}
