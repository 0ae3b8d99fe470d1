/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_render.c - any bytes as text, title, id, keyword and field of a
 * summary, in every format. The first byte picks where the sentence lies. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool truth)
{
    if (!truth)
        abort();
}

static void render(zub_buffer *out, const zub_summary *summary,
                   const zub_record *record, zub_format format)
{
    zub_render_options options = {.format = format, .keep_text = true};

    zub_buffer_clear(out);
    expect(zub_render_summary(summary, record, &options,
                              zub_buffer_sink(out)) == ZUB_OK);
    expect(zub_utf8_first_invalid(zub_buffer_slice(out)) == out->size);
}

/* One line without a control character but the break at its end. */
static void expect_line(const zub_buffer *out)
{
    expect(out->size > 0 && out->data[out->size - 1] == '\n');
    for (size_t i = 0; i + 1 < out->size; i++)
        expect((unsigned char)out->data[i] >= ' ' && out->data[i] != 0x7F);
}

static void try_summary(const zub_summary *summary, const zub_record *record)
{
    zub_buffer out, repaired;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    zub_utf8_repair(&repaired, summary->sentences[0].text);
    render(&out, summary, record, ZUB_FORMAT_TEXT);
    expect_line(&out);
    expect(out.size == repaired.size + 1);
    render(&out, summary, record, ZUB_FORMAT_JSONL);
    expect_line(&out);
    render(&out, summary, record, ZUB_FORMAT_JSON);
    render(&out, summary, record, ZUB_FORMAT_HTML);
    expect(!strstr(out.data, "<script") && !strstr(out.data, "<!--"));
    expect(strlen(out.data) == out.size);
    zub_buffer_release(&out);
    zub_buffer_release(&repaired);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    size_t start = data[0] % size, half = (size - 1) / 2;
    zub_slice text = {(const char *)data + 1, size - 1};
    zub_slice piece = {text.data, half};
    zub_key_sentence sentence = {
        .span = {start, start + half, start, start + half},
        .text = piece,
        .score = (double)data[1] - 100,
        .rank = 1,
    };
    zub_keyword keyword = {.term = piece, .score = 1 / (double)size};
    zub_field fields[] = {{piece, {"1", 1}}, {{"id", 2}, {"{}", 2}}};
    zub_record record = {.id = piece,
                         .text = text,
                         .body = data[1],
                         .fields = fields,
                         .field_count = 2};
    zub_summary summary = {.id = piece,
                           .title = text,
                           .lang = "und",
                           .sentences = &sentence,
                           .sentence_count = 1,
                           .keywords = &keyword,
                           .keyword_count = 1,
                           .phrases = &text,
                           .phrase_count = 1,
                           .models_used = ""};

    try_summary(&summary, &record);
    return 0;
}
