/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_rouge.c - the first byte chooses a protocol and how references are
 * taken together; a summary and its references follow, with 0x1E between.
 * Scores must stay between 0 and 1, and a text scored against itself is
 * perfect. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "zubda.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 8u

static size_t split(zub_slice *out, const char *text, size_t size)
{
    size_t count = 0;

    while (count < MOST) {
        const char *end = size ? memchr(text, 0x1E, size) : NULL;
        size_t length = end ? (size_t)(end - text) : size;
        out[count++] = (zub_slice){text, length};
        if (!end)
            break;
        text += length + 1;
        size -= length + 1;
    }
    return count;
}

static void check(const zub_scores *scores)
{
    for (int m = 0; m < ZUB_MEASURE_SENTENCES; m++) {
        zub_score s = scores->of[m];
        assert(s.p >= 0 && s.p <= 1 + 1e-9);
        assert(s.r >= 0 && s.r <= 1 + 1e-9);
        assert(s.f >= 0 && s.f <= 1 + 1e-9);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"zubda-norm", "zubda-none",
                                        "zubda-light", "rouge-1.5.5"};
    zub_slice texts[MOST];
    zub_scorer *scorer;
    zub_scores scores;

    if (size == 0 || size > 4096)
        return 0;
    zub_scorer_options options = {
        .protocol = names[data[0] & 3],
        .several = (zub_several)(1 + (data[0] >> 2 & 3)),
        .limit_words = data[0] >> 4 & 3,
        .limit_bytes = data[0] >> 6,
        .lang = "ar",
    };
    size_t count = split(texts, (const char *)data + 1, size - 1);
    if (zub_scorer_new(&scorer, NULL, &options, NULL) != ZUB_OK)
        return 0;
    if (zub_scorer_score(&scores, scorer, texts[0], texts + 1, count - 1,
                         NULL) == ZUB_OK)
        check(&scores);
    if (zub_scorer_score(&scores, scorer, texts[0], texts, 1, NULL) ==
        ZUB_OK) {
        check(&scores);
        assert(scores.of[ZUB_MEASURE_ROUGE_1].f > 1 - 1e-9);
        assert(scores.of[ZUB_MEASURE_ROUGE_L].f > 1 - 1e-9);
        assert(scores.of[ZUB_MEASURE_ROUGE_LSUM].f > 1 - 1e-9);
    }
    zub_scorer_free(scorer);
    return 0;
}
