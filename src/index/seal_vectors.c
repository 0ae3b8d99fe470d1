/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_vectors.c - the terms of each passage without their order, which is what
 * an index without positions keeps of it.
 *
 * The postings, turned over: words are walked by rank, and each goes to the
 * passages of its term, so that those of a passage ascend without sorting. A
 * word is its distance to the one before, less 1, doubled, and 1 more if it is
 * there more than once: then how often less 2 follows (index/code.h: in which
 * code). */
#include <string.h>

#include "base/mem.h"
#include "index/sealing.h"

#define COUNTED                                                               \
    ((size_t)1 << 16) /* numbers that are told apart to choose codes */

typedef struct item {
    uint32_t word, count;
} vector_item;

typedef struct vectors {
    uint64_t *ends;     /* [passages + 1]: where each is full so far */
    vector_item *items; /* of all passages, one after another */
    uint64_t *counts;   /* [ZUB_CODES][COUNTED]: of each number */
    uint32_t most;      /* the highest number */
    zub_code codes[ZUB_CODES];
} term_vectors;

static void release(term_vectors *vectors)
{
    zub_free(vectors->ends);
    zub_free(vectors->items);
    zub_free(vectors->counts);
}

/* ends[p + 1]: where passage p starts, which is where it will end when it is
 * full and ends[p] is where it starts. */
static zub_status make_rooms(term_vectors *out, const zub_sealing *run)
{
    size_t passages = (size_t)run->about.passages;

    out->ends = zub_alloc_zero(passages + 2, sizeof *out->ends);
    out->counts = zub_alloc_zero(ZUB_CODES * COUNTED, sizeof *out->counts);
    if (!out->ends || !out->counts)
        return ZUB_ENOMEM;
    for (size_t term = 0; term < run->about.terms; term++)
        for (uint64_t i = run->starts[term]; i < run->ends[term]; i++)
            out->ends[run->postings[i].passage + 2]++;
    for (size_t p = 2; p < passages + 2; p++)
        out->ends[p] += out->ends[p - 1];
    out->items =
        zub_alloc((size_t)out->ends[passages + 1] + 1, sizeof *out->items);
    return out->items ? ZUB_OK : ZUB_ENOMEM;
}

static void turn_over(term_vectors *out, const zub_sealing *run)
{
    const uint32_t *terms = zub_sealing_numbers(run, ZUB_PART_WORD_TERM);

    for (uint32_t word = 0; word < run->about.words; word++) {
        uint32_t term = terms[word];
        for (uint64_t i = run->starts[term]; i < run->ends[term]; i++)
            out->items[out->ends[run->postings[i].passage + 1]++] =
                (vector_item){word, run->postings[i].count};
    }
}

/* A number to the writer, or without one into the counts. */
static void put(term_vectors *vectors, unsigned code, uint32_t number,
                zub_code_writer *writer)
{
    if (writer) {
        zub_code_put(writer, &vectors->codes[code], number);
        return;
    }
    vectors
        ->counts[code * COUNTED + (number < COUNTED ? number : COUNTED - 1)]++;
    vectors->most = number > vectors->most ? number : vectors->most;
}

static void put_passage(term_vectors *vectors, size_t at,
                        zub_code_writer *writer)
{
    uint32_t next = 0;

    for (uint64_t i = vectors->ends[at]; i < vectors->ends[at + 1]; i++) {
        vector_item item = vectors->items[i];
        put(vectors, zub_code_behind(next),
            (item.word - next) << 1 | (item.count > 1), writer);
        if (item.count > 1)
            put(vectors, ZUB_CODE_OF_COUNTS, item.count - 2, writer);
        next = item.word + 1;
    }
}

static zub_status choose_codes(zub_sealing *run, term_vectors *vectors)
{
    zub_status status = ZUB_OK;

    for (size_t at = 0; at < run->about.passages; at++)
        put_passage(vectors, at, NULL);
    for (unsigned i = 0; i < ZUB_CODES && status == ZUB_OK; i++) {
        zub_code *code = &vectors->codes[i];
        status = zub_code_choose(code, vectors->counts + i * COUNTED, COUNTED,
                                 vectors->most);
        memcpy(run->about.widths[i], code->widths, sizeof code->widths);
    }
    return status;
}

static void write_all(zub_sealing *run, term_vectors *vectors)
{
    zub_buffer *out = &run->parts[ZUB_PART_SEQUENCE];

    for (size_t at = 0; at < run->about.passages; at++) {
        char *room = zub_buffer_reserve(out, (size_t)run->lengths[at] *
                                                 ZUB_CODE_MOST_BYTES);
        zub_code_writer writer = {.to = (unsigned char *)room};
        if (!room)
            return;
        put_passage(vectors, at, &writer);
        zub_code_end(&writer);
        out->size += (size_t)(writer.to - (unsigned char *)room);
        zub_seal_u32(run, ZUB_PART_SEQ_ENDS, out->size);
    }
    zub_buffer_add(out, "\0\0\0\0\0\0\0", ZUB_CODE_PAD);
}

zub_status zub_seal_vectors(zub_sealing *run)
{
    term_vectors vectors = {0};
    zub_status status = make_rooms(&vectors, run);

    if (status == ZUB_OK) {
        turn_over(&vectors, run);
        status = choose_codes(run, &vectors);
    }
    if (status == ZUB_OK) {
        write_all(run, &vectors);
        status = zub_sealing_status(run, ZUB_PART_SEQ_ENDS, ZUB_PART_SEQUENCE);
    }
    release(&vectors);
    return status;
}
