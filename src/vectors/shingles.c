/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shingles.c - see shingles.h.
 *
 * A word is hashed once a type, as it folds. The hash of a shingle is a
 * polynomial of those of its words modulo 2^64, so that it is rolled from one
 * to the next; it is mixed afterwards, for its lower bits are those of the
 * words alone. (Polynomials modulo 2^64 meet on Thue-Morse sequences, which
 * take more than 2^10 words; a shingle has 64.) */
#include "vectors/shingles.h"

#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/order.h"
#include "terms/tokenizer.h"
#include "terms/types.h"

#define BASE 0xA24BAED4963EE407u  /* of the polynomial; odd */
#define MIXER 0xD6E8FEB86659FD93u /* odd */
#define TYPES_MOST 262144u        /* types are forgotten beyond so many */
#define CROWD 32u /* numbers of one slot that may be inserted */

struct zub_shingler {
    zub_tokenizer *tokenizer;
    unsigned width;
    uint64_t leaving; /* BASE^(width - 1) */
    zub_types types;  /* their values: places in `hashes` */
    uint64_t *hashes; /* of each type as it folds; 0: nothing is left of it */
    size_t hash_count, hash_capacity;
    uint64_t *words; /* [word_count], hashes of the article at hand */
    size_t word_count, word_capacity;
    uint64_t *items, *sorted; /* its shingles */
    size_t item_capacity, sorted_capacity;
    uint32_t *slots; /* where those of like upper bits begin */
    size_t slot_capacity;
    zub_keyed *keyed; /* for sets that have no such order */
    size_t keyed_capacity;
    zub_scanned batch[ZUB_TYPES_BATCH];
    uint32_t found[ZUB_TYPES_BATCH];
    bool breaks[ZUB_TYPES_BATCH];
};

zub_status zub_shingler_new(zub_shingler **out, zub_analyzer *analyzer,
                            unsigned width, zub_error *error)
{
    static const zub_count_options single = {0};
    zub_shingler *shingler = zub_alloc_zero(1, sizeof *shingler);

    *out = NULL;
    if (!shingler)
        return zub_fail_memory(error);
    zub_types_init(&shingler->types);
    shingler->width = width;
    shingler->leaving = 1;
    for (unsigned i = 1; i < width; i++)
        shingler->leaving *= BASE;
    zub_status status =
        zub_tokenizer_new(&shingler->tokenizer, analyzer, &single, error);
    if (status == ZUB_OK)
        *out = shingler;
    else
        zub_shingler_free(shingler);
    return status;
}

void zub_shingler_free(zub_shingler *shingler)
{
    if (!shingler)
        return;
    zub_tokenizer_free(shingler->tokenizer);
    zub_types_release(&shingler->types);
    zub_free(shingler->hashes);
    zub_free(shingler->words);
    zub_free(shingler->items);
    zub_free(shingler->sorted);
    zub_free(shingler->slots);
    zub_free(shingler->keyed);
    zub_free(shingler);
}

/* ---- Words ---- */

/* Between articles: places in `hashes` are good until then. */
static void forget_types(zub_shingler *shingler)
{
    if (shingler->types.count <= TYPES_MOST)
        return;
    zub_types_release(&shingler->types);
    shingler->hash_count = 0;
}

static zub_status learn(zub_shingler *shingler, zub_slice word,
                        uint32_t *value)
{
    const zub_slice *terms;
    size_t count;

    if (!zub_grow(&shingler->hashes, &shingler->hash_capacity,
                  shingler->hash_count + 1, sizeof *shingler->hashes))
        return ZUB_ENOMEM;
    zub_status status =
        zub_tokenizer_terms(shingler->tokenizer, word, &terms, &count);
    if (status != ZUB_OK)
        return status;
    uint64_t hash = count > 0 ? zub_hash(terms[0]) : 0;
    *value = (uint32_t)shingler->hash_count;
    shingler->hashes[shingler->hash_count++] = hash + (hash == 0 && count > 0);
    return ZUB_OK;
}

static zub_status take_batch(zub_shingler *shingler, zub_slice text,
                             size_t size)
{
    zub_status status = zub_types_count(
        &shingler->types, text, shingler->batch, size, shingler->found);

    if (status == ZUB_OK &&
        !zub_grow(&shingler->words, &shingler->word_capacity,
                  shingler->word_count + size, sizeof *shingler->words))
        status = ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        uint32_t *value = &shingler->types.slots[shingler->found[i]].value;
        zub_scanned word = shingler->batch[i];
        if (*value == ZUB_NO_VALUE)
            status =
                learn(shingler, (zub_slice){text.data + word.start, word.size},
                      value);
        if (status != ZUB_OK)
            break;
        uint64_t hash = shingler->hashes[*value];
        shingler->words[shingler->word_count] = hash;
        shingler->word_count += hash != 0;
    }
    return status;
}

static zub_status read_words(zub_shingler *shingler, const zub_record *record,
                             zub_error *error)
{
    zub_slice text;
    size_t vocabulary, size = 0;
    zub_status status = zub_tokenizer_begin(shingler->tokenizer, record, &text,
                                            &vocabulary, error);

    shingler->word_count = 0;
    if (status != ZUB_OK)
        return status;
    do {
        status = zub_tokenizer_next(shingler->tokenizer, shingler->batch,
                                    shingler->breaks, ZUB_TYPES_BATCH, &size);
        if (status == ZUB_OK && size > 0)
            status = take_batch(shingler, text, size);
    } while (status == ZUB_OK && size > 0);
    if (status == ZUB_OK)
        return status;
    /* Types that were met and not learned would have no hash. */
    zub_types_release(&shingler->types);
    shingler->hash_count = 0;
    return zub_fail(error, status, "%s", zub_status_text(status));
}

static uint64_t hash_text(const zub_shingler *shingler)
{
    uint64_t hash = shingler->word_count;

    for (size_t i = 0; i < shingler->word_count; i++)
        hash = zub_fold_product(hash ^ shingler->words[i], MIXER) + ZUB_GOLDEN;
    return hash;
}

/* ---- Shingles ---- */

static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= MIXER;
    hash ^= hash >> 32;
    hash *= MIXER;
    return hash ^ hash >> 32;
}

/* Returns how many, with repeats. */
static size_t roll(zub_shingler *shingler)
{
    const uint64_t *words = shingler->words;
    size_t count = shingler->word_count, width = shingler->width;
    uint64_t rolled = 0;

    if (width > count)
        width = count;
    for (size_t i = 0; i < width; i++)
        rolled = rolled * BASE + words[i];
    shingler->items[0] = mix(rolled);
    for (size_t i = width; i < count; i++) {
        rolled =
            (rolled - words[i - width] * shingler->leaving) * BASE + words[i];
        shingler->items[i - width + 1] = mix(rolled);
    }
    return count - width + 1;
}

/* ---- Order ---- */

static void insert(uint64_t *items, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        uint64_t item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1] > item; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* Any numbers, such as those of a text that repeats itself. */
static zub_status sort_crowded(zub_shingler *shingler, size_t count)
{
    if (!zub_grow(&shingler->keyed, &shingler->keyed_capacity, count * 2,
                  sizeof *shingler->keyed))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++)
        shingler->keyed[i] = (zub_keyed){.key = shingler->items[i]};
    zub_order_keys(shingler->keyed, shingler->keyed + count, count);
    for (size_t i = 0; i < count; i++)
        shingler->sorted[i] = shingler->keyed[i].key;
    return ZUB_OK;
}

/* slots[s] becomes where numbers of slot s begin. False: too many meet. */
static bool find_slots(zub_shingler *shingler, size_t count, unsigned shift,
                       size_t slots)
{
    uint32_t start = 0, most = 0;

    memset(shingler->slots, 0, slots * sizeof *shingler->slots);
    for (size_t i = 0; i < count; i++)
        shingler->slots[shingler->items[i] >> shift]++;
    for (size_t s = 0; s < slots; s++) {
        uint32_t here = shingler->slots[s];
        most = here > most ? here : most;
        shingler->slots[s] = start;
        start += here;
    }
    return most <= CROWD;
}

/* Hashes lie evenly: sent to the slots of their upper bits they are all but
 * sorted. Linear whatever they are. */
static zub_status sort(zub_shingler *shingler, size_t count)
{
    unsigned bits = 1;

    while (bits < 31 && (size_t)1 << bits < count)
        bits++;
    size_t slots = (size_t)1 << bits;
    if (!zub_grow(&shingler->slots, &shingler->slot_capacity, slots,
                  sizeof *shingler->slots))
        return ZUB_ENOMEM;
    if (!find_slots(shingler, count, 64 - bits, slots))
        return sort_crowded(shingler, count);
    for (size_t i = 0; i < count; i++) {
        uint64_t item = shingler->items[i];
        shingler->sorted[shingler->slots[item >> (64 - bits)]++] = item;
    }
    insert(shingler->sorted, count);
    return ZUB_OK;
}

static size_t drop_repeats(uint64_t *items, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    return kept;
}

zub_status zub_shingler_read(zub_shingles *out, zub_shingler *shingler,
                             const zub_record *record, zub_error *error)
{
    *out = (zub_shingles){0};
    forget_types(shingler);
    zub_status status = read_words(shingler, record, error);
    if (status != ZUB_OK || shingler->word_count == 0)
        return status;
    size_t count = shingler->word_count;
    if (!zub_grow(&shingler->items, &shingler->item_capacity, count,
                  sizeof *shingler->items) ||
        !zub_grow(&shingler->sorted, &shingler->sorted_capacity, count,
                  sizeof *shingler->sorted))
        return zub_fail_memory(error);
    count = roll(shingler);
    if (sort(shingler, count) != ZUB_OK)
        return zub_fail_memory(error);
    *out = (zub_shingles){.items = shingler->sorted,
                          .count = drop_repeats(shingler->sorted, count),
                          .words = shingler->word_count,
                          .text = hash_text(shingler)};
    return ZUB_OK;
}

/* ---- Pairs of sets ---- */

#define STRETCH 64u /* steps between two looks at what can still come */

size_t zub_shingles_overlap(const uint64_t *a, size_t a_count,
                            const uint64_t *b, size_t b_count, size_t least)
{
    size_t i = 0, j = 0, same = 0;

    while (i < a_count && j < b_count) {
        size_t a_left = a_count - i, b_left = b_count - j;
        size_t left = a_left < b_left ? a_left : b_left;
        if (same + left < least)
            return 0;
        size_t steps = left < STRETCH ? left : STRETCH;
        for (size_t step = 0; step < steps; step++) {
            uint64_t x = a[i], y = b[j];
            same += x == y;
            i += x <= y;
            j += y <= x;
        }
    }
    return same < least ? 0 : same;
}

double zub_jaccard(size_t a_count, size_t b_count, size_t overlap)
{
    size_t all = a_count + b_count - overlap;

    return all > 0 ? (double)overlap / (double)all : 0;
}

size_t zub_shingles_least(size_t a_count, size_t b_count, double threshold)
{
    size_t both = a_count + b_count;
    size_t least = (size_t)(threshold / (1 + threshold) * (double)both);

    while (least > 0 && zub_jaccard(a_count, b_count, least - 1) >= threshold)
        least--;
    while (least <= both && zub_jaccard(a_count, b_count, least) < threshold)
        least++;
    return least;
}
