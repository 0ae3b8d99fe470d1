/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_gram_memo.c - grams of words that are remembered are those of the words,
 * in their order, and what a text shares with them is what counting says. */
#include "test.h"

#include <stdlib.h>

#include "base/random.h"
#include "index/gram_memo.h"
#include "index/gram_query.h"

#define SEED 11u
#define WORDS 70000u /* more than are remembered */
#define STRETCH 300u

/* A volume that has words and nothing else. */
typedef struct words {
    zub_volume volume;
    zub_buffer bytes, ends;
    uint32_t sums[2][1024];
    atomic_uchar seen[2][1024];
} words;

/* Of 0 to 14 characters of 1 to 4 bytes; one in fifty is not UTF-8. */
static void add_word(words *all, zub_random *random)
{
    static const char *const letters[] = {
        "a", "b", "\xD8\xB9", "\xD8\xA8", "\xE0\xA4\x85", "\xF0\x90\x90\x80"};
    uint64_t count = zub_random_below(random, 15);

    for (uint64_t i = 0; i < count; i++)
        zub_buffer_add_string(&all->bytes,
                              letters[zub_random_below(random, 6)]);
    if (zub_random_below(random, 50) == 0)
        zub_buffer_add(&all->bytes, "\xE0\xA4", 2);
    uint32_t end = (uint32_t)all->bytes.size;
    zub_buffer_add(&all->ends, (const char *)&end, sizeof end);
}

static zub_guarded guard(words *all, size_t i, const zub_buffer *bytes)
{
    CHECK(zub_guard_blocks(bytes->size) <= 1024);
    zub_guard_sum(all->sums[i], bytes->data, bytes->size);
    return (zub_guarded){bytes->data, bytes->size, all->sums[i], all->seen[i]};
}

static words *make_words(uint64_t seed)
{
    words *all = calloc(1, sizeof *all);
    zub_random random = {seed, 0};

    zub_buffer_init(&all->bytes, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&all->ends, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < WORDS; i++)
        add_word(all, &random);
    all->volume.about.words = WORDS;
    all->volume.parts[ZUB_PART_WORDS] = guard(all, 0, &all->bytes);
    all->volume.parts[ZUB_PART_WORD_ENDS] = guard(all, 1, &all->ends);
    return all;
}

static void free_words(words *all)
{
    zub_buffer_release(&all->bytes);
    zub_buffer_release(&all->ends);
    free(all);
}

static void add_plainly(zub_gram_maker *maker, const words *from,
                        const uint32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        zub_slice folded;
        CHECK_INT(zub_volume_word(&from->volume, numbers[i], &folded), ZUB_OK);
        CHECK_INT(zub_gram_maker_add(maker, folded), ZUB_OK);
    }
}

static void is_same(const zub_gram_maker *a, const zub_gram_maker *b)
{
    CHECK_INT(a->count, b->count);
    CHECK(a->count == b->count &&
          memcmp(a->hashes, b->hashes, a->count * sizeof *a->hashes) == 0);
}

static void what_is_remembered_changes_no_gram(void)
{
    static const char *const langs[] = {"ar", "zh", "en"};
    words *volumes[2] = {make_words(SEED), make_words(SEED + 1)};
    zub_gram_maker known = {0}, plain = {0};
    zub_gram_memo memo = {0};
    zub_random random = {SEED, 0};

    for (unsigned round = 0; round < 1500; round++) {
        uint32_t numbers[STRETCH], v = round % 2;
        size_t count = zub_random_below(&random, STRETCH);
        uint64_t most = round % 7 == 0 ? WORDS : 200;
        for (size_t i = 0; i < count; i++)
            numbers[i] = (uint32_t)zub_random_below(&random, most);
        zub_gram_maker_begin(&known, langs[round % 3]);
        zub_gram_maker_begin(&plain, langs[round % 3]);
        CHECK_INT(zub_gram_memo_add(&memo, &known, &volumes[v]->volume, v,
                                    numbers, count),
                  ZUB_OK);
        add_plainly(&plain, volumes[v], numbers, count);
        zub_gram_maker_end(&known);
        zub_gram_maker_end(&plain);
        is_same(&known, &plain);
    }
    zub_gram_memo_release(&memo);
    zub_gram_maker_release(&known);
    zub_gram_maker_release(&plain);
    free_words(volumes[0]);
    free_words(volumes[1]);
}

static void a_damaged_word_is_not_remembered(void)
{
    words *all = make_words(SEED);
    zub_gram_maker maker = {0};
    zub_gram_memo memo = {0};
    uint32_t numbers[] = {1, 2, 3, 2, 1};

    all->sums[0][0]++;
    zub_gram_maker_begin(&maker, "ar");
    for (unsigned again = 0; again < 2; again++)
        CHECK_INT(
            zub_gram_memo_add(&memo, &maker, &all->volume, 0, numbers, 5),
            ZUB_EFORMAT);
    zub_gram_memo_release(&memo);
    zub_gram_maker_release(&maker);
    free_words(all);
}

/* How many grams of `a` are in `b` too. */
static size_t count_shared(const zub_gram_maker *a, const zub_gram_maker *b)
{
    size_t shared = 0;

    for (size_t i = 0; i < a->count; i++) {
        size_t j = 0;
        while (j < b->count && b->hashes[j] != a->hashes[i])
            j++;
        shared += j < b->count;
    }
    return shared;
}

static void the_share_of_grams_is_that_of_counting(void)
{
    words *all = make_words(SEED);
    zub_gram_maker text = {0}, passage = {0};
    zub_index index = {.passages = 1, .gram_total = 100};
    zub_random random = {SEED, 0};

    for (unsigned round = 0; round < 300; round++) {
        uint32_t numbers[STRETCH];
        size_t count = 2 + zub_random_below(&random, STRETCH - 2);
        zub_gram_query query;
        double share, again;
        for (size_t i = 0; i < count; i++)
            numbers[i] = (uint32_t)zub_random_below(&random, 500);
        zub_gram_maker_begin(&text, "ar");
        add_plainly(&text, all, numbers, count / 2);
        zub_gram_maker_end(&text);
        zub_gram_maker_begin(&passage, "ar");
        add_plainly(&passage, all, numbers + count / 4, count - count / 4);
        zub_gram_maker_end(&passage);
        CHECK_INT(zub_gram_query_make(&query, &index, 1, &text, false, NULL),
                  ZUB_OK);
        double score = zub_gram_query_score(&query, &passage, &share);
        double most = passage.count ? (double)passage.count : 1;
        CHECK(share == (double)count_shared(&passage, &text) / most);
        CHECK(zub_gram_query_score(&query, &passage, &again) == score);
        zub_gram_query_release(&query);
    }
    zub_gram_maker_release(&text);
    zub_gram_maker_release(&passage);
    free_words(all);
}

int main(void)
{
    RUN(what_is_remembered_changes_no_gram);
    RUN(a_damaged_word_is_not_remembered);
    RUN(the_share_of_grams_is_that_of_counting);
    return DONE();
}
