/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reading.c - see reading.h. */
#include "eval/reading.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

#define SKIP 4u /* words between the two of a pair, at most */

void zub_reading_release(zub_reading *reading)
{
    for (size_t k = 0; k < ZUB_UNIT_KINDS; k++)
        zub_free(reading->units[k].ids);
    zub_free(reading->ends);
    *reading = (zub_reading){0};
}

static bool add_unit(zub_reading *reading, zub_unit_kind kind, uint32_t id)
{
    struct zub_unit_list *list = &reading->units[kind];

    if (!zub_grow(&list->ids, &list->capacity, list->count + 1,
                  sizeof *list->ids))
        return false;
    list->ids[list->count++] = id;
    return true;
}

/* ---- Words and sentences ---- */

/* One text on its way in; what is left of the limits. */
typedef struct intake {
    zub_reading *reading;
    zub_vocabulary *vocabulary;
    size_t words, bytes; /* SIZE_MAX: no limit */
    zub_error *error;
} intake;

/* The line up to the end of its `words`-th piece between white space. */
static zub_slice cut_pieces(zub_slice line, size_t *words)
{
    size_t at = 0;

    while (*words > 0 && at < line.size) {
        while (at < line.size && (unsigned char)line.data[at] <= ' ')
            at++;
        if (at == line.size)
            break;
        while (at < line.size && (unsigned char)line.data[at] > ' ')
            at++;
        (*words)--;
    }
    return *words == 0 ? (zub_slice){line.data, at} : line;
}

/* What the limits leave of a sentence. ROUGE-1.5.5 counts white space. */
static zub_slice cut(intake *in, zub_slice sentence)
{
    if (sentence.size > in->bytes)
        sentence.size = in->bytes;
    if (in->bytes != SIZE_MAX)
        in->bytes -= sentence.size;
    if (in->words != SIZE_MAX && in->vocabulary->protocol->is_155)
        sentence = cut_pieces(sentence, &in->words);
    return sentence;
}

/* May one more word be taken? */
static bool has_room(intake *in)
{
    if (in->words == SIZE_MAX || in->vocabulary->protocol->is_155)
        return true;
    if (in->words == 0)
        return false;
    in->words--;
    return true;
}

static zub_status add_words(intake *in, zub_slice sentence)
{
    size_t at = 0;
    zub_slice token;
    uint32_t id;

    while (in->vocabulary->protocol->next(sentence, &at, &token)) {
        zub_status status = zub_vocabulary_find(in->vocabulary, token, &id);
        if (status == ZUB_OK && id == ZUB_NO_WORD)
            continue;
        if (status == ZUB_OK && !has_room(in))
            return ZUB_OK;
        if (status != ZUB_OK || !add_unit(in->reading, ZUB_UNITS_1, id))
            return zub_fail_memory(in->error);
        if (in->reading->units[ZUB_UNITS_1].count > ZUB_READING_MOST_WORDS)
            return zub_fail(in->error, ZUB_ELIMIT,
                            "cannot score a text of more than %u words (cut "
                            "it, or limit its words)",
                            ZUB_READING_MOST_WORDS);
    }
    return ZUB_OK;
}

static zub_status add_sentence(intake *in, zub_slice sentence)
{
    zub_reading *reading = in->reading;
    size_t before = reading->units[ZUB_UNITS_1].count;
    zub_status status = add_words(in, cut(in, sentence));
    size_t after = reading->units[ZUB_UNITS_1].count;

    if (status != ZUB_OK || after == before)
        return status;
    if (!zub_grow(&reading->ends, &reading->end_capacity,
                  reading->sentence_count + 1, sizeof *reading->ends))
        return zub_fail_memory(in->error);
    reading->ends[reading->sentence_count++] = after;
    return ZUB_OK;
}

static zub_status add_lines(intake *in, zub_slice text)
{
    zub_status status = ZUB_OK;

    while (text.size > 0 && status == ZUB_OK) {
        const char *end = memchr(text.data, '\n', text.size);
        size_t size = end ? (size_t)(end - text.data) : text.size;
        status = add_sentence(in, (zub_slice){text.data, size});
        text.data += size + (end != NULL);
        text.size -= size + (end != NULL);
    }
    return status;
}

/* Words outside of sentences are none, so these hold all. */
static zub_status add_segments(intake *in, zub_slice text,
                               zub_segmenter *segmenter)
{
    zub_segments segments;
    zub_status status =
        zub_segment(segmenter, &segments, text, 0, "und", in->error);

    if (status != ZUB_OK)
        return status;
    for (size_t s = 0; s < segments.sentence_count && status == ZUB_OK; s++) {
        zub_span span = segments.sentences[s].span;
        status = add_sentence(
            in, (zub_slice){text.data + span.start, span.end - span.start});
    }
    zub_segments_release(&segments);
    return status;
}

/* ---- Runs and pairs ---- */

static bool add_runs(zub_reading *reading, zub_vocabulary *vocabulary)
{
    const struct zub_unit_list *words = &reading->units[ZUB_UNITS_1];

    for (size_t n = 2; n <= 4; n++) {
        const struct zub_unit_list *shorter = &reading->units[n - 2];
        for (size_t i = 0; i + n <= words->count; i++) {
            uint32_t id;
            if (!zub_pairs_add(&vocabulary->runs[n - 2], shorter->ids[i],
                               words->ids[i + n - 1], &id) ||
                !add_unit(reading, (zub_unit_kind)(n - 1), id))
                return false;
        }
    }
    return true;
}

static bool add_pairs(zub_reading *reading, zub_vocabulary *vocabulary)
{
    const struct zub_unit_list *words = &reading->units[ZUB_UNITS_1];

    for (size_t i = 0; i < words->count; i++)
        for (size_t j = i + 1; j < words->count && j <= i + SKIP + 1; j++) {
            uint32_t id;
            if (!zub_pairs_add(&vocabulary->runs[0], words->ids[i],
                               words->ids[j], &id) ||
                !add_unit(reading, ZUB_UNITS_SKIP, id))
                return false;
        }
    return true;
}

zub_status zub_reading_fill(zub_reading *reading, zub_vocabulary *vocabulary,
                            zub_slice text, const zub_reading_rules *rules,
                            zub_error *error)
{
    intake in = {reading, vocabulary,
                 rules->limit_words ? rules->limit_words : SIZE_MAX,
                 rules->limit_bytes ? rules->limit_bytes : SIZE_MAX, error};

    for (size_t k = 0; k < ZUB_UNIT_KINDS; k++)
        reading->units[k].count = 0;
    reading->sentence_count = 0;
    bool is_lines = !rules->segmenter || text.size == 0 ||
                    memchr(text.data, '\n', text.size);
    zub_status status = is_lines ? add_lines(&in, text)
                                 : add_segments(&in, text, rules->segmenter);
    if (status != ZUB_OK)
        return status;
    if (!add_runs(reading, vocabulary) || !add_pairs(reading, vocabulary))
        return zub_fail_memory(error);
    return ZUB_OK;
}
