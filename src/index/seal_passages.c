/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_passages.c - where passages lie, and the words of each in a row. */
#include <string.h>

#include "base/mem.h"
#include "index/sealing.h"

static zub_status choose_code(zub_sealing *run, zub_code *code)
{
    size_t words = (size_t)run->about.words;
    uint64_t *counts = zub_alloc_zero(words + 1, sizeof *counts);

    if (!counts)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < words; i++)
        counts[i] = run->counts[run->ranked[i]];
    zub_status status =
        zub_code_choose(code, counts, words + 1, (uint32_t)words);
    zub_free(counts);
    if (status == ZUB_OK)
        memcpy(run->about.widths[0], code->widths, sizeof code->widths);
    return status;
}

static void write_sequence(zub_sealing *run, const zub_code *code, size_t at)
{
    zub_buffer *out = &run->parts[ZUB_PART_SEQUENCE];
    char *room = zub_buffer_reserve(out, (size_t)run->lengths[at] *
                                             ZUB_CODE_MOST_BYTES);
    zub_code_writer writer = {.to = (unsigned char *)room};
    zub_word_slice both[2];

    if (!room)
        return;
    zub_sealing_stretches(run, at, both);
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < both[s].count; i++)
            zub_code_put(&writer, code, both[s].words[i]);
    zub_code_end(&writer);
    out->size += (size_t)(writer.to - (unsigned char *)room);
}

static zub_status write_sequences(zub_sealing *run)
{
    zub_buffer *out = &run->parts[ZUB_PART_SEQUENCE];
    zub_code code;
    zub_status status = choose_code(run, &code);

    for (size_t at = 0; status == ZUB_OK && at < run->about.passages; at++) {
        write_sequence(run, &code, at);
        zub_seal_u32(run, ZUB_PART_SEQ_ENDS, out->size);
    }
    zub_buffer_add(out, "\0\0\0\0\0\0\0", ZUB_CODE_PAD);
    return status == ZUB_OK
               ? zub_sealing_status(run, ZUB_PART_SEQ_ENDS, ZUB_PART_SEQUENCE)
               : status;
}

zub_status zub_seal_passages(zub_sealing *run)
{
    zub_status status =
        run->about.has_positions ? write_sequences(run) : ZUB_OK;

    for (size_t at = 0; at < run->about.passages; at++) {
        const zub_built_passage *passage =
            &run->builder->passages[run->places[at].passage];
        zub_seal_u32(run, ZUB_PART_STARTS, passage->start);
        zub_seal_u32(run, ZUB_PART_ENDS, passage->end);
        zub_seal_u32(run, ZUB_PART_LENGTHS, run->lengths[at]);
    }
    return status == ZUB_OK
               ? zub_sealing_status(run, ZUB_PART_STARTS, ZUB_PART_LENGTHS)
               : status;
}
