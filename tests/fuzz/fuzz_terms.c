/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_terms.c - any bytes as a file of word counts, as a lexicon for words
 * made of the same bytes, and as words for each stemmer of Arabic. */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "terms/frequencies.h"
#include "terms/light.h"
#include "terms/stemmer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Tables that make sense but say anything: those of an open file. */
typedef struct tables {
    uint32_t starts[17];
    uint64_t rows[64];
} tables;

static void fill(tables *made, zub_frequencies *counts, zub_slice bytes)
{
    for (size_t i = 0; i < 64 && bytes.size >= 8; i++)
        memcpy(&made->rows[i], bytes.data + i * 8 % (bytes.size - 7), 8);
    for (size_t b = 0; b < 17; b++)
        made->starts[b] = (uint32_t)(b * 4);
    counts->starts = made->starts;
    counts->rows = made->rows;
    counts->count = 64;
    counts->bits = 4;
}

static void stem_all(zub_slice word, const zub_frequencies *lexicon)
{
    for (int kind = ZUB_STEMMER_AUTO; kind <= ZUB_STEMMER_LIGHT; kind++) {
        zub_stemmer *stemmer;
        if (zub_stemmer_new(&stemmer, "ar", (zub_stemmer_kind)kind, lexicon))
            continue;
        zub_slice stem = zub_stem(stemmer, word);
        assert(word.size == 0 || stem.size > 0);
        assert(kind == ZUB_STEMMER_SNOWBALL || stem.size <= word.size);
        zub_stemmer_free(stemmer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const zub_frequencies none;
    static tables made;
    zub_frequencies counts = {0}, file;
    zub_error error;

    /* A file lies at a multiple of 8. */
    char *copy = malloc(size + 1);
    assert(copy);
    memcpy(copy, data, size);
    zub_slice bytes = {copy, size};
    if (zub_frequencies_open(&file, bytes, "x", "lexicon", &error) == ZUB_OK)
        for (size_t at = 0; at < size; at += 97)
            zub_frequency_of(&file, (zub_slice){copy + at, size - at});
    else
        assert(error.message[0] && file.count == 0);
    fill(&made, &counts, bytes);
    for (size_t at = 0, end; at < size; at = end + 1) {
        const char *space = memchr(copy + at, ' ', size - at);
        end = space ? (size_t)(space - copy) : size;
        stem_all((zub_slice){copy + at, end - at}, &counts);
        stem_all((zub_slice){copy + at, end - at}, &none);
    }
    free(copy);
    return 0;
}
