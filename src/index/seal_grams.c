/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_grams.c - in how many passages each character gram is; none without
 * positions. */
#include "index/gram_count.h"
#include "index/sealing.h"

static const char *lang_at(const zub_sealing *run, size_t at)
{
    const zub_builder *builder = run->builder;

    return builder->langs[builder->articles[run->places[at].article].lang];
}

static zub_status know_words(const zub_sealing *run, zub_gram_count *grams)
{
    const char *words = run->parts[ZUB_PART_WORDS].data;
    const uint32_t *ends = zub_sealing_numbers(run, ZUB_PART_WORD_ENDS);
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < run->about.words && status == ZUB_OK; i++) {
        uint32_t start = i ? ends[i - 1] : 0;
        status = zub_gram_count_know(
            grams, (zub_slice){words + start, ends[i] - start});
    }
    return status;
}

static zub_status count_grams(zub_sealing *run, zub_gram_count *grams)
{
    zub_status status = know_words(run, grams);
    zub_word_slice both[2];

    for (size_t at = 0; at < run->about.passages && status == ZUB_OK; at++) {
        zub_gram_count_begin(grams, lang_at(run, at));
        zub_sealing_stretches(run, at, both);
        for (size_t s = 0; s < 2 && status == ZUB_OK; s++)
            status = zub_gram_count_add(grams, both[s].words, both[s].count);
        if (status == ZUB_OK)
            status = zub_gram_count_end(grams);
    }
    return status;
}

zub_status zub_seal_grams(zub_sealing *run)
{
    zub_gram_count grams = {0};
    zub_gram_writer writer;
    zub_status status =
        run->about.has_positions ? count_grams(run, &grams) : ZUB_OK;

    zub_gram_writer_init(&writer);
    if (status == ZUB_OK)
        status = zub_gram_count_write(&grams, &writer);
    run->about.grams = writer.count;
    run->about.gram_total = grams.total;
    run->parts[ZUB_PART_GRAM_AT] = writer.blocks;
    run->parts[ZUB_PART_GRAMS] = writer.grams;
    zub_gram_count_release(&grams);
    return status == ZUB_OK
               ? zub_sealing_status(run, ZUB_PART_GRAM_AT, ZUB_PART_GRAMS)
               : status;
}
