/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_memo.c - see gram_memo.h. What is not remembered has to be waited for, a
 * place in an array and then some bytes elsewhere: so the words of a chunk that
 * are missing are asked for together, and then remembered, before all of them
 * are added. */
#include "index/gram_memo.h"

#include "base/mem.h"

#define KNOWN ((size_t)1 << 15)
#define CHUNK 64u /* words that are looked at together */

_Static_assert(sizeof(zub_gram_known) == 64, "a line of the cache");

/* Words of a volume. */
typedef struct stretch {
    const zub_volume *volume;
    uint32_t number;       /* its */
    const uint32_t *words; /* [count] */
    size_t count;
} word_stretch;

void zub_gram_memo_release(zub_gram_memo *memo)
{
    zub_free(memo->known);
    *memo = (zub_gram_memo){0};
}

static inline zub_gram_known *place_of(const zub_gram_memo *memo,
                                       uint32_t volume, uint32_t word)
{
    return &memo->known[(word ^ volume * 0x9E3779B1u >> 7) & (KNOWN - 1)];
}

static inline bool is_known(const zub_gram_known *known, uint32_t volume,
                            uint32_t word)
{
    return known->number == word && known->volume == volume &&
           known->word.count > 0;
}

/* The words of a chunk that are not remembered, into missing[]. */
static size_t find_missing(const zub_gram_memo *memo, const word_stretch *at,
                           uint32_t *missing)
{
    const zub_guarded *ends = &at->volume->parts[ZUB_PART_WORD_ENDS];
    size_t size = 0;

    for (size_t i = 0; i < at->count; i++)
        __builtin_prefetch(place_of(memo, at->number, at->words[i]));
    for (size_t i = 0; i < at->count; i++) {
        uint32_t word = at->words[i];
        if (is_known(place_of(memo, at->number, word), at->number, word))
            continue;
        __builtin_prefetch(ends->data + word * sizeof(uint32_t));
        missing[size++] = word;
    }
    return size;
}

/* Long ones are not. */
static zub_status remember(zub_gram_memo *memo, const word_stretch *at)
{
    uint32_t missing[CHUNK];
    zub_slice folded[CHUNK];
    size_t size = find_missing(memo, at, missing);

    for (size_t i = 0; i < size; i++) {
        zub_status status =
            zub_volume_word(at->volume, missing[i], &folded[i]);
        if (status != ZUB_OK)
            return status;
        __builtin_prefetch(folded[i].data);
    }
    for (size_t i = 0; i < size; i++) {
        zub_gram_known *known = place_of(memo, at->number, missing[i]);
        known->number = missing[i];
        known->volume = at->number;
        if (!zub_gram_word_make(&known->word, folded[i]))
            known->word.count = 0;
    }
    return ZUB_OK;
}

static zub_status add_plainly(zub_gram_maker *maker, const zub_volume *volume,
                              uint32_t word)
{
    zub_slice folded;
    zub_status status = zub_volume_word(volume, word, &folded);

    return status == ZUB_OK ? zub_gram_maker_add(maker, folded) : status;
}

static zub_status add_chunk(zub_gram_memo *memo, zub_gram_maker *maker,
                            const word_stretch *at)
{
    zub_status status = remember(memo, at);

    for (size_t i = 0; i < at->count && status == ZUB_OK; i++) {
        uint32_t word = at->words[i];
        const zub_gram_known *known = place_of(memo, at->number, word);
        status = is_known(known, at->number, word) &&
                         zub_gram_maker_is_joined(maker)
                     ? zub_gram_maker_add_word(maker, &known->word)
                     : add_plainly(maker, at->volume, word);
    }
    return status;
}

zub_status zub_gram_memo_add(zub_gram_memo *memo, zub_gram_maker *maker,
                             const zub_volume *volume, uint32_t number,
                             const uint32_t *words, size_t count)
{
    zub_status status = ZUB_OK;

    if (!memo->known)
        memo->known = zub_alloc_zero(KNOWN, sizeof *memo->known);
    if (!memo->known)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count && status == ZUB_OK; i += CHUNK) {
        word_stretch chunk = {volume, number, words + i,
                              count - i < CHUNK ? count - i : CHUNK};
        status = add_chunk(memo, maker, &chunk);
    }
    return status;
}
