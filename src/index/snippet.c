/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* snippet.c - see snippet.h. */
#include "index/snippet.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/context.h"

#define CHARACTERS 300u

/* A passage's text, repaired, taken apart. */
typedef struct shown {
    zub_buffer text;
    zub_segments sentences;
    const zub_worded *found; /* [count], the wording's */
    size_t count;
    double *weights; /* [count]: of a word of the query; else 0 */
    size_t from, to; /* bytes that are shown */
} shown_passage;

static void release(shown_passage *shown)
{
    zub_buffer_release(&shown->text);
    zub_segments_release(&shown->sentences);
    zub_free(shown->weights);
}

static zub_status read_text(shown_passage *shown, const zub_hit *hit,
                            const zub_volume *volume, uint32_t article)
{
    zub_buffer raw;

    zub_buffer_init(&raw, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_volume_text(
        volume, article, false, (size_t)hit->start, (size_t)hit->end, &raw);
    if (status == ZUB_OK)
        zub_utf8_repair(&shown->text, zub_buffer_slice(&raw));
    zub_buffer_release(&raw);
    return status == ZUB_OK ? shown->text.status : status;
}

static zub_status take_apart(shown_passage *shown, zub_asking *asking,
                             const char *lang)
{
    zub_searcher *searcher = asking->searcher;
    zub_slice text = zub_buffer_slice(&shown->text);
    zub_status status = zub_segment_sentences(
        searcher->analyzer->segmenter, &shown->sentences, text, 0, lang, NULL);

    if (status == ZUB_OK)
        status = zub_wording_read(searcher->wording, text, lang, &shown->found,
                                  &shown->count, NULL);
    return status;
}

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static double weight_of(const zub_asking *asking, zub_slice term)
{
    for (size_t i = 0; i < asking->wanted_count; i++)
        if (is_same(asking->wanted[i].term, term))
            return asking->wanted[i].weight;
    return 0;
}

static zub_status weigh(shown_passage *shown, const zub_asking *asking)
{
    const zub_wording_word *words =
        zub_wording_words(asking->searcher->wording);

    shown->weights = zub_alloc(shown->count + 1, sizeof *shown->weights);
    if (!shown->weights)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < shown->count; i++)
        shown->weights[i] =
            weight_of(asking, words[shown->found[i].word].term);
    return ZUB_OK;
}

/* The sentence whose words weigh most, the first of equals. */
static size_t choose_sentence(const shown_passage *shown)
{
    const zub_segments *in = &shown->sentences;
    size_t best = 0, word = 0;
    double most = 0;

    for (size_t i = 0; i < in->sentence_count; i++) {
        double sum = 0;
        for (; word < shown->count &&
               shown->found[word].start < in->sentences[i].span.end;
             word++)
            sum += shown->weights[word];
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    return best;
}

static size_t characters(const shown_passage *shown, size_t from, size_t to)
{
    return zub_utf8_count((zub_slice){shown->text.data + from, to - from},
                          NULL);
}

static void choose(shown_passage *shown)
{
    const zub_segments *in = &shown->sentences;
    size_t at = choose_sentence(shown);

    shown->from = shown->to = 0;
    if (in->sentence_count == 0)
        return;
    shown->from = in->sentences[at].span.start;
    shown->to = in->sentences[at].span.end;
    for (; at + 1 < in->sentence_count &&
           characters(shown, shown->from, in->sentences[at + 1].span.end) <=
               CHARACTERS;
         at++)
        shown->to = in->sentences[at + 1].span.end;
    if (characters(shown, shown->from, shown->to) > CHARACTERS)
        shown->to = zub_context_end((zub_slice){shown->text.data, shown->to},
                                    shown->from, CHARACTERS);
}

/* Words of the query that are shown; one that was parted is marked once. */
static zub_status mark(const shown_passage *shown, zub_hit *hit,
                       zub_arena *arena)
{
    zub_span *marks = zub_arena_alloc(arena, shown->count + 1, sizeof *marks);
    size_t size = 0;

    if (!marks)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < shown->count; i++) {
        size_t start = shown->found[i].start;
        size_t end = start + shown->found[i].size;
        if (shown->weights[i] <= 0 || start < shown->from || end > shown->to ||
            (size > 0 && marks[size - 1].start == start - shown->from))
            continue;
        marks[size++] =
            (zub_span){.start = start - shown->from, .end = end - shown->from};
    }
    hit->marks = marks;
    hit->mark_count = size;
    return ZUB_OK;
}

zub_status zub_snippet_make(zub_hit *hit, zub_arena *arena, zub_asking *asking,
                            const zub_candidate *from)
{
    const zub_volume *volume =
        asking->searcher->index->shelf.items[from->volume].volume;
    const char *lang = zub_volume_lang(volume, from->article);
    shown_passage shown = {.found = NULL};

    if (!volume->about.has_texts)
        return ZUB_OK;
    zub_buffer_init(&shown.text, ZUB_BUFFER_UNLIMITED);
    zub_status status = read_text(&shown, hit, volume, from->article);
    if (status == ZUB_OK)
        status = take_apart(&shown, asking, lang);
    if (status == ZUB_OK)
        status = weigh(&shown, asking);
    if (status == ZUB_OK) {
        choose(&shown);
        hit->snippet =
            zub_arena_copy(arena, (zub_slice){shown.text.data + shown.from,
                                              shown.to - shown.from});
        status = hit->snippet.data ? mark(&shown, hit, arena) : ZUB_ENOMEM;
    }
    release(&shown);
    return status;
}
