/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* phrases.c - see phrases.h.
 *
 * A candidate p of topic t, of n words, scores
 *
 *     d / D * ln(1 + A / f) * max(0, npmi(p, t)) * bonus(n)
 *
 * with d of the D articles of the topic that have it, f those of the corpus,
 * and A what an average topic has of f, summed over all n-grams:
 * class-based TF-IDF (Grootendorst 2022) on articles in place of occurrences,
 * times how much the phrase and the topic call for each other (Bouma 2009).
 * The bonus lets what is said in two or three words outdo its parts.
 *
 * Words in a row are a phrase only if they hold together: the NPMI of where it
 * is cut, the lesser of two cuts, reaches NPMI_LOW. */
#include "topics/phrases.h"

#include <math.h>
#include <string.h>

#include "base/heap.h"
#include "base/mem.h"

#define NPMI_LOW .2
#define LEAST_SHARE .05 /* of a topic's articles have a phrase that names it */
#define MMR_LAMBDA .7
#define LEAST_PART 4u /* bytes of a form that lies in another */

#define BONUS 2.5 /* of two words or three */

struct zub_phrase_finder {
    const zub_topic_rows *rows;
    const zub_topic_model *model;
    unsigned orders; /* words in an n-gram, at most */
    double mean;     /* A */
    uint32_t *df;    /* [n-grams]; zeros between two topics */
    uint32_t *met;   /* [n-grams], those with a df */
    bool *is_word;   /* [term_count]: may stand in a phrase */
};

static size_t ngrams_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->term_count : state->ngrams[order - 1].count;
}

static zub_status open_finder(zub_phrase_finder *finder)
{
    const zub_state *state = finder->rows->state;
    size_t most = 0;

    finder->orders =
        state->high < ZUB_PHRASE_WORDS ? state->high : ZUB_PHRASE_WORDS;
    for (unsigned n = 1; n <= finder->orders; n++) {
        const zub_count_rows *list = &state->list.rows[n - 1];
        size_t count = ngrams_of(state, n);
        most = count > most ? count : most;
        if (state->articles > 0 && finder->model->k > 0)
            finder->mean += (double)list->ends[state->articles - 1] /
                            (double)finder->model->k;
    }
    finder->df = zub_alloc_zero(most, sizeof *finder->df);
    finder->met = zub_alloc(most, sizeof *finder->met);
    finder->is_word = zub_alloc(state->term_count, sizeof *finder->is_word);
    return finder->df && finder->met && finder->is_word ? ZUB_OK : ZUB_ENOMEM;
}

zub_status zub_phrase_finder_new(zub_phrase_finder **out,
                                 const zub_topic_rows *rows,
                                 const zub_topic_model *model)
{
    zub_phrase_finder *finder = zub_alloc_zero(1, sizeof *finder);

    *out = NULL;
    if (!finder)
        return ZUB_ENOMEM;
    finder->rows = rows;
    finder->model = model;
    if (open_finder(finder) != ZUB_OK) {
        zub_phrase_finder_free(finder);
        return ZUB_ENOMEM;
    }
    for (size_t t = 0; t < rows->state->term_count; t++)
        finder->is_word[t] = rows->columns[t] != ZUB_NO_COLUMN_OF;
    *out = finder;
    return ZUB_OK;
}

void zub_phrase_finder_free(zub_phrase_finder *finder)
{
    if (!finder)
        return;
    zub_free(finder->df);
    zub_free(finder->met);
    zub_free(finder->is_word);
    zub_free(finder);
}

/* ---- How well words hold together ---- */

/* The n-gram of a prefix and a last term, or SIZE_MAX. */
static size_t find_ngram(const zub_ngrams *ngrams, uint32_t prefix,
                         uint32_t last)
{
    size_t low = 0, high = ngrams->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool is_below =
            ngrams->prefix[middle] < prefix ||
            (ngrams->prefix[middle] == prefix && ngrams->last[middle] < last);
        if (is_below)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_found = low < ngrams->count && ngrams->prefix[low] == prefix &&
                    ngrams->last[low] == last;
    return is_found ? low : SIZE_MAX;
}

static double npmi_of(double both, double one, double other, double all)
{
    zub_contingency cells = {both, one, other, all};

    return zub_association_find("npmi")->of(&cells);
}

/* Of the words of an n-gram among themselves; 1 of a single one. */
static double cohesion(const zub_state *state, unsigned order, uint32_t id)
{
    const zub_ngrams *pairs = &state->ngrams[1];
    double all = (double)state->tokens;

    if (order == 1)
        return 1;
    const zub_ngrams *own = &state->ngrams[order - 1];
    double count = (double)own->counts[id];
    double last = (double)state->counts[own->last[id]];
    if (order == 2)
        return npmi_of(count, (double)state->counts[own->prefix[id]], last,
                       all);
    uint32_t front = own->prefix[id];
    size_t back = find_ngram(pairs, pairs->last[front], own->last[id]);
    double behind = npmi_of(count, (double)pairs->counts[front], last, all);
    if (back == SIZE_MAX)
        return -1;
    return fmin(behind,
                npmi_of(count, (double)state->counts[pairs->prefix[front]],
                        (double)pairs->counts[back], all));
}

/* ---- Candidates of a topic ---- */

static void name_words(uint32_t words[ZUB_PHRASE_WORDS],
                       const zub_state *state, unsigned order, uint32_t id)
{
    for (unsigned n = order; n > 1; n--) {
        words[n - 1] = state->ngrams[n - 1].last[id];
        id = state->ngrams[n - 1].prefix[id];
    }
    words[0] = id;
}

static bool has_words_alone(const zub_phrase_finder *finder, unsigned order,
                            uint32_t id)
{
    uint32_t words[ZUB_PHRASE_WORDS];
    bool are_words = true;

    name_words(words, finder->rows->state, order, id);
    for (unsigned n = 0; n < order; n++)
        are_words = are_words && finder->is_word[words[n]];
    return are_words;
}

static double score_of(const zub_phrase_finder *finder, unsigned order,
                       uint32_t id, double df, double members)
{
    const zub_state *state = finder->rows->state;
    double all = order == 1 ? state->df[id] : state->ngrams[order - 1].df[id];
    double bond = npmi_of(df, all, members, (double)state->articles);

    return df / members * log1p(finder->mean / all) * fmax(0, bond) *
           (order > 1 ? BONUS : 1);
}

/* df of the n-grams of `order` words in the topic's articles; returns how many
 * have one. */
static size_t count_ngrams(zub_phrase_finder *finder, size_t topic,
                           unsigned order)
{
    const zub_topic_model *model = finder->model;
    const zub_count_rows *list = &finder->rows->state->list.rows[order - 1];
    size_t met = 0;

    for (size_t m = model->starts[topic]; m < model->starts[topic + 1]; m++) {
        size_t article = finder->rows->articles[model->members[m]];
        uint64_t from = article ? list->ends[article - 1] : 0;
        for (uint64_t i = from; i < list->ends[article]; i++)
            if (finder->df[list->cols[i]]++ == 0)
                finder->met[met++] = list->cols[i];
    }
    return met;
}

/* Of the heap's ids, order and n-gram. */
typedef struct phrase_list {
    zub_heap heap;
    zub_phrase *all; /* [count] */
    size_t count, capacity;
} phrase_list;

static zub_status offer(phrase_list *list, zub_phrase_finder *finder,
                        unsigned order, uint32_t id, double members)
{
    uint32_t df = finder->df[id];
    double score = score_of(finder, order, id, df, members);
    bool is_worth = score > 0 && (list->heap.size < list->heap.k ||
                                  score > list->heap.items[0].score);

    if (!is_worth || !has_words_alone(finder, order, id) ||
        cohesion(finder->rows->state, order, id) < NPMI_LOW)
        return ZUB_OK;
    if (!zub_grow(&list->all, &list->capacity, list->count + 1,
                  sizeof *list->all))
        return ZUB_ENOMEM;
    zub_phrase *phrase = &list->all[list->count];
    *phrase = (zub_phrase){.size = order, .df = df, .score = score};
    name_words(phrase->words, finder->rows->state, order, id);
    zub_heap_add(&list->heap, score, (uint32_t)list->count++);
    return ZUB_OK;
}

static zub_status offer_all(phrase_list *list, zub_phrase_finder *finder,
                            size_t topic, unsigned order)
{
    double members = (double)zub_topic_size(finder->model, topic);
    double least = members < 4 ? 1 : fmax(2, LEAST_SHARE * members);
    size_t met = count_ngrams(finder, topic, order);
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < met; i++) {
        uint32_t id = finder->met[i];
        if (status == ZUB_OK && finder->df[id] >= least)
            status = offer(list, finder, order, id, members);
        finder->df[id] = 0;
    }
    return status;
}

zub_status zub_phrases_find(zub_phrase *out, size_t *count,
                            zub_phrase_finder *finder, size_t topic,
                            size_t most)
{
    phrase_list list = {.all = NULL};
    zub_status status = zub_heap_init(&list.heap, most) ? ZUB_OK : ZUB_ENOMEM;

    *count = 0;
    for (unsigned n = 1; status == ZUB_OK && n <= finder->orders; n++)
        status = offer_all(&list, finder, topic, n);
    if (status == ZUB_OK) {
        const zub_scored *best = zub_heap_sort(&list.heap);
        *count = list.heap.size;
        for (size_t i = 0; i < *count; i++)
            out[i] = list.all[best[i].id];
    }
    zub_heap_release(&list.heap);
    zub_free(list.all);
    return status;
}

/* ---- A label ---- */

static bool has_word(const zub_phrase *phrase, uint32_t word)
{
    for (unsigned n = 0; n < phrase->size; n++)
        if (phrase->words[n] == word)
            return true;
    return false;
}

/* Words in common, of the shorter one's: 1 where one lies in the other. */
static double common_share(const zub_phrase *a, const zub_phrase *b)
{
    unsigned common = 0, least = a->size < b->size ? a->size : b->size;

    for (unsigned n = 0; n < a->size; n++)
        common += has_word(b, a->words[n]);
    return fmin(1, (double)common / least);
}

/* One is the other and some letters more: forms of a word that have terms of
 * their own. */
static bool is_part(zub_slice part, zub_slice whole)
{
    for (size_t at = 0;
         part.size >= LEAST_PART && at + part.size <= whole.size; at++)
        if (memcmp(whole.data + at, part.data, part.size) == 0)
            return true;
    return false;
}

/* Candidates with what is shown of them, and those taken. */
typedef struct label {
    const zub_phrase *phrases;
    const zub_slice *texts;
    const size_t *chosen; /* [taken] */
    size_t taken;
} label;

static double overlap(const label *of, size_t i, size_t j)
{
    bool is_same = is_part(of->texts[i], of->texts[j]) ||
                   is_part(of->texts[j], of->texts[i]);

    return is_same ? 1 : common_share(&of->phrases[i], &of->phrases[j]);
}

/* Relevance, less what was said already; below 0: not at all. */
static double gain(const label *of, size_t i)
{
    double relevance = of->phrases[i].score / of->phrases[0].score, most = 0;

    if (of->texts[i].size == 0)
        return -1;
    for (size_t c = 0; c < of->taken; c++)
        most = fmax(most, overlap(of, i, of->chosen[c]));
    return most >= 1 ? -1 : MMR_LAMBDA * relevance - (1 - MMR_LAMBDA) * most;
}

size_t zub_phrases_choose(size_t *chosen, size_t most,
                          const zub_phrase *phrases, const zub_slice *texts,
                          size_t count)
{
    label of = {phrases, texts, chosen, 0};

    while (of.taken < most) {
        size_t best = count;
        double highest = 0;
        for (size_t i = 0; i < count; i++) {
            double value = gain(&of, i);
            if (value > highest) {
                highest = value;
                best = i;
            }
        }
        if (best == count)
            break;
        chosen[of.taken++] = best;
    }
    return of.taken;
}
