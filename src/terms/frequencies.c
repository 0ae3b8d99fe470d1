/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* frequencies.c - see frequencies.h. The first bits of a word's hash choose a
 * bucket, as many as leave it some 8 words, and bits 12 to 51 tell those
 * apart. A row is tag << 24 | count; rows stand bucket by bucket. Invariant of
 * an open file: starts ascend from 0 to count, so that no look-up leaves the
 * rows. The sieve knows a row by its tag alone: bits 12 to 51 of the hash. */
#include "terms/frequencies.h"

#include <stdlib.h>
#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"

#define BUCKET_WORDS 8u /* about */
#define MOST_BITS 24u
#define VERSION 1u

/* As it lies in the file. */
typedef struct about_section {
    uint64_t total;
    uint64_t hash_check; /* the hash of `probe` */
} about_section;

static const zub_slice probe = {"zubda", 5};

static size_t bucket_of(uint64_t hash, unsigned bits)
{
    return (size_t)(hash >> (64 - bits));
}

static uint64_t tag_of(uint64_t hash)
{
    return hash >> 12 & 0xFFFFFFFFFFu;
}

/* ---- Reading ---- */

static zub_status damaged(const char *path, zub_error *error)
{
    return zub_fail(error, ZUB_EFORMAT,
                    "'%s' is damaged: its tables make no sense (get or build "
                    "it again)",
                    path);
}

static bool is_sound(const zub_frequencies *counts, size_t start_count)
{
    const uint32_t *starts = counts->starts;
    size_t buckets = (size_t)1 << counts->bits;

    if (start_count != buckets + 1 || starts[0] != 0 ||
        starts[buckets] != counts->count)
        return false;
    for (size_t b = 0; b < buckets; b++)
        if (starts[b] > starts[b + 1])
            return false;
    return true;
}

/* The bits of so many starts; any number if it is no power of 2 and one. */
static unsigned bits_of(size_t start_count)
{
    unsigned bits = 1;

    while (bits < MOST_BITS && ((size_t)1 << bits) + 1 < start_count)
        bits++;
    return bits;
}

static zub_status read_about(zub_frequencies *counts,
                             const zub_container *container, zub_error *error)
{
    zub_slice bytes;
    about_section about;
    zub_status status =
        zub_container_section(container, "about", &bytes, error);

    if (status != ZUB_OK)
        return status;
    if (bytes.size != sizeof about)
        return damaged(container->path, error);
    memcpy(&about, bytes.data, sizeof about);
    if (about.hash_check != zub_hash(probe))
        return zub_fail(error, ZUB_EVERSION,
                        "'%s' was made with another hash (build it again)",
                        container->path);
    counts->total = about.total;
    return ZUB_OK;
}

static zub_status read_rows(zub_frequencies *counts,
                            const zub_container *container, zub_error *error)
{
    const void *starts, *rows;
    size_t start_count;
    zub_status status =
        zub_container_array(container, "starts", sizeof *counts->starts,
                            &starts, &start_count, error);

    if (status == ZUB_OK)
        status = zub_container_array(container, "rows", sizeof *counts->rows,
                                     &rows, &counts->count, error);
    if (status != ZUB_OK)
        return status;
    counts->starts = starts;
    counts->rows = rows;
    counts->bits = bits_of(start_count);
    return is_sound(counts, start_count) ? ZUB_OK
                                         : damaged(container->path, error);
}

zub_status zub_frequencies_open(zub_frequencies *out, zub_slice bytes,
                                const char *path, const char *kind,
                                zub_error *error)
{
    zub_container container;
    zub_frequencies counts = {0};

    *out = counts;
    zub_status status =
        zub_container_open(&container, bytes, path, kind, VERSION, error);
    if (status == ZUB_OK)
        status = read_about(&counts, &container, error);
    if (status == ZUB_OK)
        status = read_rows(&counts, &container, error);
    if (status != ZUB_OK)
        return status;
    counts.fingerprint = container.fingerprint;
    counts.identity = zub_container_identity(&container);
    *out = counts;
    return ZUB_OK;
}

uint32_t zub_frequency_of_hash(const zub_frequencies *counts, uint64_t hash)
{
    if (counts->count == 0)
        return 0;
    uint64_t tag = tag_of(hash);
    const uint32_t *bucket = counts->starts + bucket_of(hash, counts->bits);

    for (size_t r = bucket[0]; r < bucket[1]; r++)
        if (counts->rows[r] >> 24 == tag)
            return (uint32_t)(counts->rows[r] & ZUB_MOST_FREQUENT);
    return 0;
}

void zub_frequency_prefetch(const zub_frequencies *counts, uint64_t hash)
{
    if (counts->count)
        __builtin_prefetch(counts->rows +
                           counts->starts[bucket_of(hash, counts->bits)]);
}

uint32_t zub_frequency_of(const zub_frequencies *counts, zub_slice word)
{
    return counts->count ? zub_frequency_of_hash(counts, zub_hash(word)) : 0;
}

/* ---- The sieve ---- */

#define WORD_ROWS 8u                 /* rows to 64 bits, at most */
#define MOST_SIEVE ((size_t)1 << 18) /* of 64 bits */

zub_status zub_sieve_make(zub_sieve *sieve, const zub_frequencies *counts)
{
    size_t size = 1;

    while (size < MOST_SIEVE && size * WORD_ROWS < counts->count)
        size *= 2;
    zub_sieve_release(sieve);
    uint64_t *words = zub_alloc_zero(size, sizeof *words);
    if (!words)
        return ZUB_ENOMEM;
    *sieve = (zub_sieve){words, size - 1};
    for (size_t r = 0; r < counts->count; r++) {
        uint64_t hash = counts->rows[r] >> 24 << 12; /* but its first bits */
        words[hash >> 24 & sieve->mask] |= zub_sieve_bits(hash);
    }
    return ZUB_OK;
}

void zub_sieve_release(zub_sieve *sieve)
{
    zub_free(sieve->words);
    *sieve = (zub_sieve){0};
}

/* ---- Writing ---- */

typedef struct hashed_row {
    uint64_t hash; /* the low 12 bits are 0: they are not kept */
    uint32_t count;
} hashed_row;

static int by_hash(const void *a, const void *b)
{
    const hashed_row *left = a, *right = b;

    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

static uint32_t add_counts(uint32_t a, uint32_t b)
{
    uint64_t sum = (uint64_t)a + b;

    return sum < ZUB_MOST_FREQUENT ? (uint32_t)sum : ZUB_MOST_FREQUENT;
}

/* Sorted, words of one hash made one; returns how many are left. */
static size_t hash_rows(hashed_row *out, const zub_frequency_row *rows,
                        size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        out[i] = (hashed_row){zub_hash(rows[i].word) >> 12 << 12,
                              add_counts(rows[i].count, 0)};
    if (count)
        qsort(out, count, sizeof *out, by_hash);
    for (size_t i = 0; i < count; i++) {
        if (kept && out[kept - 1].hash == out[i].hash)
            out[kept - 1].count =
                add_counts(out[kept - 1].count, out[i].count);
        else
            out[kept++] = out[i];
    }
    return kept;
}

static void fill_tables(uint32_t *starts, unsigned bits, uint64_t *packed,
                        const hashed_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        starts[bucket_of(rows[i].hash, bits) + 1]++;
        packed[i] = tag_of(rows[i].hash) << 24 | rows[i].count;
    }
    for (size_t b = 0; b < (size_t)1 << bits; b++)
        starts[b + 1] += starts[b];
}

/* A file's tables in memory. */
typedef struct tables {
    uint32_t *starts; /* [2^bits + 1] */
    uint64_t *packed; /* [count] */
    size_t count;
    unsigned bits;
} tables;

static unsigned bits_for(size_t count)
{
    unsigned bits = 1;

    while (bits < MOST_BITS && count >> bits > BUCKET_WORDS)
        bits++;
    return bits;
}

static zub_status write_tables(zub_sink sink,
                               const zub_frequencies_about *about,
                               const tables *made, zub_error *error)
{
    about_section head = {about->total, zub_hash(probe)};
    zub_container_about file = {about->kind, VERSION, about->fingerprint};
    size_t starts = (((size_t)1 << made->bits) + 1) * sizeof *made->starts;
    zub_section sections[] = {
        {"about", {(const char *)&head, sizeof head}},
        {"starts", {(const char *)made->starts, starts}},
        {"rows",
         {(const char *)made->packed, made->count * sizeof *made->packed}},
    };

    return zub_container_write(sink, &file, sections, 3, error);
}

zub_status zub_frequencies_write(zub_sink sink,
                                 const zub_frequencies_about *about,
                                 const zub_frequency_row *rows, size_t count,
                                 zub_error *error)
{
    hashed_row *hashed = zub_alloc(count, sizeof *hashed);
    tables made = {.packed = zub_alloc(count, sizeof *made.packed),
                   .bits = bits_for(count)};
    zub_status status = ZUB_ENOMEM;

    made.starts =
        zub_alloc_zero(((size_t)1 << made.bits) + 1, sizeof *made.starts);
    if (hashed && made.packed && made.starts && count <= UINT32_MAX) {
        made.count = hash_rows(hashed, rows, count);
        fill_tables(made.starts, made.bits, made.packed, hashed, made.count);
        status = write_tables(sink, about, &made, error);
    } else {
        zub_fail_memory(error);
    }
    zub_free(hashed);
    zub_free(made.packed);
    zub_free(made.starts);
    return status;
}
