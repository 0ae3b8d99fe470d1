/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* quotation.c - the sentences that speak for each topic, and for the corpus.
 *
 * In order of their scores, those are taken whose article was not heard yet
 * and that say something new: at most half of the words of the shorter one
 * stand in another that was taken. The overview goes on where they end: its
 * sentences are shared out to the topics by their articles, by largest
 * remainders, and stand by topic. */
#include "base/heap.h"
#include "base/mem.h"
#include "topics/topics.h"

#define OVERVIEW_LEAST 5u
#define OVERVIEW_MOST 10u
#define MOST_COMMON .5

/* ---- Of a topic ---- */

static double common_share(const zub_read_sentence *a,
                           const zub_read_sentence *b)
{
    size_t i = 0, j = 0, common = 0;
    size_t least =
        a->column_count < b->column_count ? a->column_count : b->column_count;

    while (i < a->column_count && j < b->column_count) {
        uint32_t x = a->columns[i], y = b->columns[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return least > 0 ? (double)common / (double)least : 1;
}

static bool is_new(const zub_read_sentence *all, const uint32_t *taken,
                   size_t count, uint32_t next)
{
    for (size_t i = 0; i < count; i++)
        if (all[taken[i]].row == all[next].row ||
            common_share(&all[taken[i]], &all[next]) > MOST_COMMON)
            return false;
    return true;
}

/* Sentences of the topics in order of topic, then score. */
typedef struct sentence_lists {
    uint32_t *taken; /* [k][most] */
    size_t *sizes;   /* [k] */
    size_t most;
} sentence_lists;

static void take_sentences(sentence_lists *lists, const zub_topics *topics,
                           const zub_survey *survey, size_t t, zub_heap *heap)
{
    uint32_t *taken = lists->taken + t * lists->most;

    zub_heap_clear(heap);
    for (size_t i = 0; i < survey->sentence_count; i++)
        if (topics->model.topics[survey->sentences[i].row] == t)
            zub_heap_add(heap, survey->sentences[i].score, (uint32_t)i);
    const zub_scored *best = zub_heap_sort(heap);
    for (size_t i = 0; i < heap->size && lists->sizes[t] < lists->most; i++)
        if (is_new(survey->sentences, taken, lists->sizes[t], best[i].id))
            taken[lists->sizes[t]++] = best[i].id;
}

static zub_status show(zub_topic_sentence *out, zub_topics *topics,
                       const zub_read_sentence *sentence)
{
    *out = (zub_topic_sentence){
        .article = sentence->row,
        .topic = topics->model.topics[sentence->row],
        .start = sentence->start,
        .end = sentence->end,
        .text = zub_topics_copy(topics, sentence->text),
        .score = sentence->score,
    };
    return out->text.data ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status show_list(zub_topic_sentence **out, zub_topics *topics,
                            const zub_survey *survey, const uint32_t *list,
                            size_t count)
{
    zub_status status = ZUB_OK;

    *out = zub_arena_alloc(&topics->arena, count, sizeof **out);
    if (!*out)
        return ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        status = show(&(*out)[i], topics, &survey->sentences[list[i]]);
    return status;
}

/* ---- The overview ---- */

/* Of `wanted` sentences how many each topic gives, `quota` [k]: its share of
 * the articles, as far as it has them. */
static zub_status share_out(size_t *quota, const sentence_lists *lists,
                            const zub_topic_model *model, size_t wanted)
{
    size_t k = model->k, given = 0;
    double all = (double)model->starts[k];
    double *rest = zub_alloc(k, sizeof *rest);

    if (!rest)
        return ZUB_ENOMEM;
    for (size_t t = 0; t < k; t++) {
        double fair = (double)wanted * (double)zub_topic_size(model, t) / all;
        quota[t] =
            (size_t)fair < lists->sizes[t] ? (size_t)fair : lists->sizes[t];
        rest[t] = fair - (double)quota[t];
        given += quota[t];
    }
    for (; given < wanted; given++) {
        size_t best = k;
        for (size_t t = 0; t < k; t++)
            if (quota[t] < lists->sizes[t] &&
                (best == k || rest[t] > rest[best]))
                best = t;
        if (best == k)
            break;
        quota[best]++;
        rest[best]--;
    }
    zub_free(rest);
    return ZUB_OK;
}

static zub_status look_over(zub_topics *topics, const zub_survey *survey,
                            const sentence_lists *lists)
{
    size_t k = topics->model.k, count = 0;
    size_t wanted = k < OVERVIEW_LEAST  ? OVERVIEW_LEAST
                    : k > OVERVIEW_MOST ? OVERVIEW_MOST
                                        : k;
    size_t *quota = zub_alloc(k, sizeof *quota);
    uint32_t *list = zub_alloc(OVERVIEW_MOST, sizeof *list);
    zub_topic_sentence *overview = NULL;
    zub_status status = quota && list
                            ? share_out(quota, lists, &topics->model, wanted)
                            : ZUB_ENOMEM;

    for (size_t t = 0; status == ZUB_OK && t < k; t++)
        for (size_t i = 0; i < quota[t]; i++)
            list[count++] = lists->taken[t * lists->most + i];
    if (status == ZUB_OK)
        status = show_list(&overview, topics, survey, list, count);
    if (status == ZUB_OK) {
        topics->report.overview = overview;
        topics->report.overview_count = count;
    }
    zub_free(quota);
    zub_free(list);
    return status;
}

/* ---- The whole ---- */

static zub_status quote(zub_topics *topics, const zub_survey *survey,
                        sentence_lists *lists, zub_heap *heap)
{
    zub_status status = ZUB_OK;

    for (size_t t = 0; status == ZUB_OK && t < topics->model.k; t++) {
        zub_topic *topic = &topics->topics[t];
        zub_topic_sentence *shown = NULL;
        take_sentences(lists, topics, survey, t, heap);
        size_t count = lists->sizes[t] < topics->options.sentences
                           ? lists->sizes[t]
                           : topics->options.sentences;
        status = show_list(&shown, topics, survey,
                           lists->taken + t * lists->most, count);
        topic->sentences = shown;
        topic->sentence_count = status == ZUB_OK ? count : 0;
    }
    return status == ZUB_OK && topics->model.k > 0
               ? look_over(topics, survey, lists)
               : status;
}

zub_status zub_topics_quote(zub_topics *topics, const zub_survey *survey)
{
    size_t k = topics->model.k;
    sentence_lists lists = {.most = topics->options.sentences > OVERVIEW_MOST
                                        ? topics->options.sentences
                                        : OVERVIEW_MOST};
    zub_heap heap;
    zub_status status =
        zub_heap_init(&heap, survey->sentence_count) ? ZUB_OK : ZUB_ENOMEM;

    lists.taken = zub_alloc(k, lists.most * sizeof *lists.taken);
    lists.sizes = zub_alloc_zero(k, sizeof *lists.sizes);
    if (!lists.taken || !lists.sizes)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = quote(topics, survey, &lists, &heap);
    zub_heap_release(&heap);
    zub_free(lists.taken);
    zub_free(lists.sizes);
    return status;
}
