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
    zub_free(memo->block);
    *memo = (zub_gram_memo){0};
}

static zub_status make_room(zub_gram_memo *memo)
{
    const size_t line = sizeof *memo->known;

    memo->block = zub_alloc_zero(KNOWN + 1, line);
    if (!memo->block)
        return ZUB_ENOMEM;
    size_t over = (uintptr_t)memo->block % line;
    memo->known = (void *)((char *)memo->block + (over > 0 ? line - over : 0));
    return ZUB_OK;
}

static inline zub_gram_known *place_of(const zub_gram_memo *memo,
                                       uint32_t volume, uint32_t word)
{
    return &memo->known[(word ^ volume * 0x9E3779B1u >> 7) & (KNOWN - 1)];
}

static inline uint64_t key_of(uint32_t volume, uint32_t word)
{
    return ((uint64_t)volume + 1) << 32 | word;
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
        missing[size] = word;
        size +=
            place_of(memo, at->number, word)->key != key_of(at->number, word);
    }
    for (size_t i = 0; i < size; i++)
        __builtin_prefetch(ends->data + missing[i] * sizeof(uint32_t));
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
        bool is_short = zub_gram_word_make(&known->word, folded[i]);
        known->key = is_short ? key_of(at->number, missing[i]) : 0;
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
        status = known->key == key_of(at->number, word) &&
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
    zub_status status = memo->block ? ZUB_OK : make_room(memo);

    for (size_t i = 0; i < count && status == ZUB_OK; i += CHUNK) {
        word_stretch chunk = {volume, number, words + i,
                              count - i < CHUNK ? count - i : CHUNK};
        status = add_chunk(memo, maker, &chunk);
    }
    return status;
}
