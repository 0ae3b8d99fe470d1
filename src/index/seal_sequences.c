/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_sequences.c - the words of each passage in a row, and the grams that they
 * make. */
#include "base/mem.h"
#include "index/dictionary.h"
#include "index/gram_count.h"
#include "index/sealing.h"
#include "index/varint.h"

static const char *lang_at(const zub_sealing *run, size_t at)
{
    const zub_builder *builder = run->builder;

    return builder->langs[builder->articles[run->places[at].article].lang];
}

static zub_status write_sequences(zub_sealing *run, zub_gram_count *grams)
{
    zub_buffer *out = &run->parts[ZUB_PART_SEQUENCE];
    const char *words = run->parts[ZUB_PART_WORDS].data;
    const uint32_t *ends = zub_sealing_numbers(run, ZUB_PART_WORD_ENDS);
    zub_status status = ZUB_OK;
    zub_stretch both[2];

    for (size_t at = 0; at < run->about.passages && status == ZUB_OK; at++) {
        zub_gram_count_begin(grams, lang_at(run, at));
        zub_sealing_stretches(run, at, both);
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < both[s].count && status == ZUB_OK; i++) {
                uint32_t word = both[s].words[i];
                uint32_t start = word ? ends[word - 1] : 0;
                zub_varint_add(out, word);
                status = zub_gram_count_add(
                    grams, (zub_slice){words + start, ends[word] - start});
            }
        if (status == ZUB_OK)
            status = zub_gram_count_end(grams);
        zub_seal_u32(run, ZUB_PART_SEQ_ENDS, out->size);
    }
    return status == ZUB_OK ? zub_sealing_status(run) : status;
}

zub_status zub_seal_sequences(zub_sealing *run)
{
    zub_gram_count grams = {0};
    zub_gram_writer writer;
    zub_status status = write_sequences(run, &grams);

    zub_gram_writer_init(&writer);
    if (status == ZUB_OK)
        status = zub_gram_count_write(&grams, &writer);
    run->about.grams = writer.count;
    run->about.gram_total = grams.total;
    run->parts[ZUB_PART_GRAM_AT] = writer.blocks;
    run->parts[ZUB_PART_GRAMS] = writer.grams;
    zub_gram_count_release(&grams);
    for (size_t at = 0; at < run->about.passages; at++) {
        const zub_built_passage *passage =
            &run->builder->passages[run->places[at].passage];
        zub_seal_u32(run, ZUB_PART_STARTS, passage->start);
        zub_seal_u32(run, ZUB_PART_ENDS, passage->end);
        zub_seal_u32(run, ZUB_PART_LENGTHS, run->lengths[at]);
    }
    return status;
}
