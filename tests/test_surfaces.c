/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Surface forms of terms: grouped, in the order of their bytes, each once. */
#include "test.h"

#include <stdlib.h>

#include "base/random.h"
#include "base/slice.h"
#include "terms/surfaces.h"

#define WORDS 3000u

/* Words of few letters, so that beginnings are shared, NUL among them. */
static size_t make_text(char *text, zub_scanned *words, size_t longest,
                        uint64_t seed)
{
    static const char letters[] = {'\0', 'a', '\x80'};
    zub_random random = {seed, 0};
    uint32_t at = 0;

    for (size_t i = 0; i < WORDS; i++) {
        uint32_t size = 1 + (uint32_t)zub_random_below(&random, longest);
        words[i] = (zub_scanned){at, size};
        for (; size > 0; size--)
            text[at++] = letters[zub_random_below(&random, 3)];
    }
    return at;
}

/* A vocabulary whose types count as one of `terms`, or as none. */
static void fill(zub_types *types, zub_slice text, const zub_scanned *words,
                 size_t terms)
{
    static uint32_t found[ZUB_TYPES_BATCH];

    for (size_t i = 0; i < WORDS; i += ZUB_TYPES_BATCH) {
        size_t size =
            WORDS - i < ZUB_TYPES_BATCH ? WORDS - i : ZUB_TYPES_BATCH;
        CHECK_INT(zub_types_count(types, text, words + i, size, found),
                  ZUB_OK);
        for (size_t w = 0; w < size; w++) {
            uint32_t size_of = words[i + w].size;
            types->slots[found[w]].value =
                size_of % 7 == 3 ? ZUB_DROPPED : (uint32_t)(size_of % terms);
        }
    }
}

static void check_order(const zub_surfaces *forms, const uint64_t *starts,
                        const char *text, const uint64_t *ends, size_t terms)
{
    size_t wrong = 0;

    for (size_t t = 0; t < terms; t++)
        for (uint64_t i = starts[t]; i < starts[t + 1]; i++) {
            uint64_t start = i ? ends[i - 1] : 0;
            zub_slice form = {text + start, (size_t)(ends[i] - start)};
            wrong += form.size % terms != t;
            if (i == starts[t])
                continue;
            uint64_t before = i > 1 ? ends[i - 2] : 0;
            zub_slice last = {text + before, (size_t)(start - before)};
            wrong += zub_slice_compare(last, form) >= 0;
        }
    CHECK_INT(wrong, 0);
    CHECK_INT(starts[terms], forms->size);
    CHECK_INT(forms->size ? ends[forms->size - 1] : 0, forms->bytes);
}

/* `languages` vocabularies of the same words. */
static void check_forms(size_t longest, size_t terms, size_t languages)
{
    static zub_scanned words[WORDS];
    char *text = malloc(WORDS * longest);
    zub_types types[2];
    zub_surfaces forms;
    uint64_t *starts = malloc((terms + 1) * sizeof *starts), counted = 0;
    size_t size = make_text(text, words, longest, longest), most = 0;

    for (size_t v = 0; v < languages; v++) {
        zub_types_init(&types[v]);
        fill(&types[v], (zub_slice){text, size}, words, terms);
        most += types[v].count;
    }
    CHECK_INT(
        zub_surfaces_gather(&forms, starts, types, languages, most, terms),
        ZUB_OK);
    CHECK(forms.size <= types[0].count);
    char *bytes = malloc(forms.bytes + 1);
    uint64_t *ends = malloc((forms.size + 1) * sizeof *ends);
    zub_surfaces_copy(&forms, bytes, ends);
    check_order(&forms, starts, bytes, ends, terms);
    for (size_t i = 0; i < forms.size; i++)
        counted += forms.items[i].count;
    for (size_t i = 0; i < WORDS; i++)
        counted -= words[i].size % 7 == 3 ? 0 : languages;
    CHECK_INT(counted, 0);
    zub_surfaces_release(&forms);
    for (size_t v = 0; v < languages; v++)
        zub_types_release(&types[v]);
    free(starts);
    free(bytes);
    free(ends);
    free(text);
}

static void forms_stand_by_term_and_bytes(void)
{
    static const size_t longest[] = {1, 8, 9, 16, 17, 40, 300};
    static const size_t terms[] = {1, 2, 5, 100};

    for (size_t l = 0; l < sizeof longest / sizeof *longest; l++)
        for (size_t t = 0; t < sizeof terms / sizeof *terms; t++) {
            check_forms(longest[l], terms[t], 1);
            check_forms(longest[l], terms[t], 2);
        }
}

static void without_types_there_are_none(void)
{
    uint64_t starts[4];
    zub_surfaces forms;

    CHECK_INT(zub_surfaces_gather(&forms, starts, NULL, 0, 0, 3), ZUB_OK);
    CHECK_INT(forms.size, 0);
    CHECK_INT(starts[0] + starts[1] + starts[2] + starts[3], 0);
    zub_surfaces_release(&forms);
}

int main(void)
{
    RUN(forms_stand_by_term_and_bytes);
    RUN(without_types_there_are_none);
    return DONE();
}
