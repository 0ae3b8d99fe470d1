/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_segment.c - the first byte chooses a language and where the body
 * begins; the rest is segmented and folded, and the laws must hold. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../segment_laws.h"
#include "text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const langs[] = {"und", "ar", "en", "de", "el", "fa",
                                    "fr",  "he", "hy", "ja", "ko", "ru",
                                    "ta",  "th", "tr", "zh"};

/* What was folded does not change when it is folded again. */
static void check_fold(zub_folder *folder, zub_slice word, const char *lang)
{
    zub_buffer once, twice;

    zub_buffer_init(&once, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&twice, ZUB_BUFFER_UNLIMITED);
    if (zub_fold(folder, &once, word, lang) == ZUB_OK &&
        zub_fold(folder, &twice, zub_buffer_slice(&once), lang) == ZUB_OK) {
        assert(once.size == twice.size);
        assert(once.size == 0 ||
               memcmp(once.data, twice.data, once.size) == 0);
        assert(zub_utf8_first_invalid(zub_buffer_slice(&once)) == once.size);
    }
    zub_buffer_release(&once);
    zub_buffer_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zub_segmenter *segmenter;
    zub_folder *folder;
    zub_segments segments;

    if (size == 0 || zub_segmenter_new(&segmenter, NULL) != ZUB_OK)
        return 0;
    const char *lang = langs[data[0] % 16];
    zub_slice text = {(const char *)data + 1, size - 1};
    /* A body begins between characters. */
    size_t body = 0;
    for (int skip = data[0] / 64; skip > 0 && body < text.size; skip--)
        zub_utf8_next(text.data, text.size, &body, NULL);
    if (zub_segment(segmenter, &segments, text, body, lang, NULL) == ZUB_OK) {
        assert(broken_segment_law(&segments, text, body) == NULL);
        zub_segments_release(&segments);
    }
    zub_segmenter_free(segmenter);
    if (zub_folder_new(&folder, NULL) == ZUB_OK) {
        check_fold(folder, text, lang);
        zub_folder_free(folder);
    }
    return 0;
}
