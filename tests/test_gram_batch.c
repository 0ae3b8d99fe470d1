/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_gram_batch.c - facts of n-grams in any order, and forms of terms that
 * are remembered, are those that the state has. */
#include "base/mem.h"
#include "base/random.h"
#include "stats/ascending.h"
#include "stats/gram_batch.h"
#include "stats/ngram_cells.h"
#include "stats/shown.h"
#include "test.h"

#define TERMS 70000u
#define GRAMS 200000u

/* A state of pairs that no text has: enough for several batches. */
typedef struct pairs {
    zub_state state;
    uint64_t counts[TERMS], ends[TERMS], gram_counts[GRAMS];
    uint32_t prefix[GRAMS], last[GRAMS], df[GRAMS];
    char bytes[2 * TERMS];
    uint32_t ids[GRAMS];
} pairs;

static pairs *make_pairs(void)
{
    pairs *all = zub_alloc_zero(1, sizeof *all);

    for (uint32_t t = 0; t < TERMS; t++) {
        all->counts[t] = t + 3;
        all->ends[t] = 2 * (t + 1);
        all->bytes[2 * t] = (char)('a' + t % 26);
        all->bytes[2 * t + 1] = (char)('a' + t / 26 % 26);
    }
    for (uint32_t g = 0; g < GRAMS; g++) {
        all->prefix[g] = g / 4;
        all->last[g] = (g * 7919u) % TERMS;
        all->gram_counts[g] = g + 1;
        all->df[g] = g % 100 + 1;
        all->ids[g] = (uint32_t)((g * (uint64_t)104729) % GRAMS);
    }
    all->state = (zub_state){.term_count = TERMS,
                             .term_bytes = all->bytes,
                             .term_ends = all->ends,
                             .counts = all->counts,
                             .low = 1,
                             .high = 2};
    all->state.ngrams[1] =
        (zub_ngrams){GRAMS, all->prefix, all->last, all->gram_counts, all->df};
    return all;
}

static bool is_of(const zub_gram_facts *facts, const pairs *all, uint32_t id)
{
    return facts->count == all->gram_counts[id] && facts->df == all->df[id] &&
           facts->prefix_count == all->counts[all->prefix[id]] &&
           facts->terms[0] == all->prefix[id] &&
           facts->terms[1] == all->last[id];
}

static void facts_are_of_the_ngram_that_was_asked_for(void)
{
    pairs *all = make_pairs();
    zub_gram_batch batch;
    zub_random random = {3, 0};
    size_t wrong = 0;

    CHECK(zub_gram_batch_init(&batch, &all->state, 2, GRAMS));
    for (size_t i = 0; i < GRAMS; i++)
        wrong += !is_of(zub_gram_batch_at(&batch, all->ids, GRAMS, i), all,
                        all->ids[i]);
    for (unsigned k = 0; k < 20; k++) {
        size_t i = (size_t)zub_random_below(&random, GRAMS);
        wrong += !is_of(zub_gram_batch_at(&batch, all->ids, GRAMS, i), all,
                        all->ids[i]);
    }
    CHECK_INT(wrong, 0);
    zub_gram_batch_release(&batch);
    zub_free(all);
}

static void forms_that_share_a_place_are_not_mixed_up(void)
{
    pairs *all = make_pairs();
    zub_shown surfaces;
    size_t wrong = 0;

    for (unsigned round = 0; round < 4; round++) {
        if (round % 2 == 0)
            CHECK(zub_shown_init(&surfaces, &all->state, round < 2));
        for (uint32_t t = 0; t < TERMS; t++) {
            zub_slice is = zub_shown_of(&surfaces, t * 65537u % TERMS);
            zub_slice want =
                zub_state_surface(&all->state, t * 65537u % TERMS);
            wrong += is.data != want.data || is.size != want.size;
        }
        if (round % 2 == 1)
            zub_shown_release(&surfaces);
    }
    CHECK_INT(wrong, 0);
    zub_free(all);
}

static void numbers_keep_their_order_as_integers(void)
{
    static const double ascend[] = {-INFINITY, -1e300, -2,  -1.5,  -1e-320, 0,
                                    1e-320,    0.25,   1.5, 1e300, INFINITY};

    for (size_t i = 1; i < sizeof ascend / sizeof *ascend; i++)
        CHECK(zub_ascending(ascend[i - 1]) < zub_ascending(ascend[i]));
    CHECK(zub_ascending(-0.0) == zub_ascending(0.0));
}

int main(void)
{
    RUN(facts_are_of_the_ngram_that_was_asked_for);
    RUN(forms_that_share_a_place_are_not_mixed_up);
    RUN(numbers_keep_their_order_as_integers);
    return DONE();
}
