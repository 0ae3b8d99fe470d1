/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Rounds of a picker against one sort of all. */
#include "test.h"

#include <stdlib.h>

#include "base/picker.h"
#include "base/random.h"

#define MANY 3000u

static void offer_all(zub_picker *picker, const zub_keyed *items, size_t size)
{
    for (size_t i = 0; i < size; i++)
        zub_picker_offer(picker, items[i].key, items[i].id);
    zub_picker_end(picker);
}

/* Keys below `range`, so many of them equal, `most` a round. */
static void check(size_t size, uint64_t range, size_t most, uint64_t seed)
{
    zub_keyed *items = calloc(size + 1, sizeof *items);
    zub_keyed *want = calloc(size + 1, sizeof *want);
    zub_keyed *scratch = calloc(size + 1, sizeof *scratch);
    zub_picker picker;
    size_t at = 0, wrong = 0;

    for (size_t i = 0; i < size; i++)
        want[i] = items[i] =
            (zub_keyed){zub_random_at(seed, i) % range, (uint32_t)i};
    zub_order_keys(want, scratch, size);
    CHECK(zub_picker_init(&picker, most, size));
    for (unsigned turn = 0; turn < 2; turn++) {
        at = 0;
        while (zub_picker_begin(&picker)) {
            offer_all(&picker, items, size);
            CHECK(picker.size <= most);
            for (size_t i = 0; i < picker.size; i++, at++)
                wrong += at >= size || picker.items[i].id != want[at].id;
        }
        CHECK_INT(at, size);
        zub_picker_clear(&picker);
    }
    CHECK_INT(wrong, 0);
    zub_picker_release(&picker);
    free(items);
    free(want);
    free(scratch);
}

static void rounds_are_one_sort(void)
{
    static const size_t sizes[] = {0, 1, 2, 31, 100, MANY};
    static const uint64_t ranges[] = {1, 2, 10, 1000, UINT64_MAX};
    static const size_t mosts[] = {1, 2, 7, 50, 99, 100, 101, MANY, 9999};

    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++)
            for (size_t m = 0; m < sizeof mosts / sizeof *mosts; m++)
                if (sizes[s] / mosts[m] < 500)
                    check(sizes[s], ranges[r], mosts[m], s + 10 * r);
}

static void highest_keys_are_picked_too(void)
{
    zub_picker picker;

    CHECK(zub_picker_init(&picker, 1, 3));
    for (int round = 0; round < 3; round++) {
        CHECK(zub_picker_begin(&picker));
        for (uint32_t i = 0; i < 3; i++)
            zub_picker_offer(&picker, UINT64_MAX, i);
        zub_picker_end(&picker);
        CHECK_INT(picker.size, 1);
        CHECK_INT(picker.items[0].id, round);
    }
    CHECK(!zub_picker_begin(&picker));
    zub_picker_release(&picker);
}

int main(void)
{
    RUN(rounds_are_one_sort);
    RUN(highest_keys_are_picked_too);
    return DONE();
}
