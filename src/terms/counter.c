/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counter.c - see counter.h. A batch of words goes through steps, each a loop
 * of its own over what the last one left: types, terms, marks, n-grams. What
 * the next step will touch is asked for in this one, so that memory is waited
 * for once a batch and not once a word. */
#include "terms/counter.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "corpus/group.h"

#define BATCH ZUB_TYPES_BATCH
#define SUMS_AHEAD 16u                  /* on their way at once */
#define MOST_TOKENS ((uint64_t)1 << 31) /* half of what a count holds */

typedef struct zub_counter_batch {
    zub_scanned words[BATCH];
    bool breaks[BATCH];
    uint32_t found[BATCH]; /* slots of types */
    uint32_t ids[BATCH];   /* of the words' terms, or ZUB_DROPPED */
    uint32_t grams[BATCH]; /* of the n-grams of one order that end there */
    uint64_t keys[BATCH];  /* of those of the next order */
    uint32_t near[ZUB_MOST_WINDOW + BATCH]; /* ids of the words before, ids */
    uint8_t within[BATCH]; /* words of its sentence before each, or more
                               than a window has */
    uint8_t run;           /* the same of the next batch's first */
    uint32_t last[ZUB_MOST_ORDER + 1]; /* the n-gram of each order that ends
                                          with the last word; ZUB_DROPPED */
} word_batch;

/* Rows by groups do not merge with rows by articles. Bytes that would end the
 * value are written as numbers. */
static zub_status add_group(zub_buffer *out, const zub_count_options *options)
{
    static const char *const periods[] = {"", "/year", "/month", "/day"};

    if (!options->keep_articles || !options->group_field)
        return ZUB_OK;
    zub_buffer_add_string(out, " group=");
    for (const char *c = options->group_field; *c; c++)
        if ((unsigned char)*c > ' ' && *c != '%' && *c != '=' && *c != 0x7F)
            zub_buffer_add_char(out, *c);
        else
            zub_buffer_format(out, "%%%02X", (unsigned char)*c);
    zub_buffer_add_string(out, periods[options->period]);
    return out->status;
}

zub_status zub_counter_new(zub_counter **out, zub_analyzer *analyzer,
                           const zub_count_options *options, zub_error *error)
{
    zub_counter *counter = zub_alloc_zero(1, sizeof *counter);

    *out = NULL;
    if (!counter)
        return zub_fail_memory(error);
    zub_buffer_init(&counter->ids, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&counter->fingerprint, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&counter->keys, ZUB_BUFFER_UNLIMITED);
    counter->low = zub_count_orders(options).low;
    counter->high = zub_count_orders(options).high;
    counter->window = options->window;
    counter->has_articles = options->keep_articles;
    counter->group_field = options->group_field;
    counter->nameless = options->nameless;
    counter->nameless_context = options->nameless_context;
    counter->counted = options->counted;
    counter->counted_context = options->counted_context;
    counter->period = options->period;
    counter->batch = zub_alloc_zero(1, sizeof *counter->batch);
    zub_status status =
        counter->batch
            ? zub_tokenizer_new(&counter->tokenizer, analyzer, options, error)
            : zub_fail_memory(error);
    if (status == ZUB_OK)
        status = zub_tokenizer_fingerprint(counter->tokenizer,
                                           &counter->fingerprint, error);
    if (status == ZUB_OK &&
        add_group(&counter->fingerprint, options) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK) {
        zub_counter_free(counter);
        return status;
    }
    counter->is_plural = zub_tokenizer_is_plural(counter->tokenizer);
    *out = counter;
    return ZUB_OK;
}

static void release_rows(zub_growing_rows *rows)
{
    zub_free(rows->cols);
    zub_free(rows->counts);
    zub_free(rows->ends);
    *rows = (zub_growing_rows){0};
}

void zub_counter_forget_terms(zub_counter *counter)
{
    zub_names_release(&counter->terms);
    zub_free(counter->marks);
    counter->marks = NULL;
    counter->mark_capacity = 0;
}

void zub_counter_clear(zub_counter *counter)
{
    for (size_t i = 0; i < counter->vocabulary_count; i++)
        zub_types_release(&counter->vocabularies[i]);
    zub_counter_forget_terms(counter);
    zub_free(counter->lists);
    for (size_t i = 0; i < ZUB_MOST_ORDER; i++) {
        zub_grams_release(&counter->grams[i]);
        zub_free(counter->sums[i].items);
        counter->sums[i] = (zub_growing_sums){0};
        release_rows(&counter->rows[i]);
    }
    zub_nearby_release(&counter->nearby);
    zub_buffer_release(&counter->ids);
    zub_free(counter->id_ends);
    zub_free(counter->ordinals);
    zub_free(counter->lengths);
    zub_buffer_init(&counter->ids, ZUB_BUFFER_UNLIMITED);
    counter->term_count = 0;
    counter->lists = NULL;
    counter->id_ends = counter->ordinals = counter->lengths = NULL;
    counter->list_size = counter->list_capacity = 0;
    counter->id_capacity = counter->ordinal_capacity = 0;
    counter->length_capacity = 0;
    counter->articles = 0;
    counter->tokens = 0;
}

void zub_counter_free(zub_counter *counter)
{
    if (!counter)
        return;
    zub_counter_clear(counter);
    zub_free(counter->vocabularies);
    zub_buffer_release(&counter->fingerprint);
    zub_buffer_release(&counter->keys);
    zub_tokenizer_free(counter->tokenizer);
    zub_free(counter->batch);
    zub_free(counter->flat);
    zub_free(counter);
}

uint64_t zub_counter_most_tokens(const zub_counter *counter)
{
    return MOST_TOKENS / (counter->window ? counter->window : 1);
}

void zub_counter_bound(zub_counter *counter, uint64_t share)
{
    zub_nearby_bound(&counter->nearby, share / 2);
}

size_t zub_counter_memory(const zub_counter *counter)
{
    size_t memory = counter->ids.capacity + zub_names_memory(&counter->terms) +
                    zub_nearby_memory(&counter->nearby);

    for (size_t i = 0; i < counter->vocabulary_count; i++)
        memory += zub_types_memory(&counter->vocabularies[i]);
    for (size_t i = 0; i < ZUB_MOST_ORDER; i++)
        memory += zub_grams_memory(&counter->grams[i]) +
                  counter->sums[i].capacity * sizeof(zub_gram_sum) +
                  counter->rows[i].size * 2 * sizeof(uint32_t);
    memory += counter->mark_capacity * sizeof *counter->marks;
    memory += counter->list_size * sizeof *counter->lists;
    return memory + (size_t)counter->articles * 4 * sizeof(uint64_t);
}

/* ---- Types ---- */

/* The vocabulary of a language; NULL without memory. */
static zub_types *vocabulary_of(zub_counter *counter, size_t number)
{
    while (counter->vocabulary_count <= number) {
        if (!zub_grow(&counter->vocabularies, &counter->vocabulary_capacity,
                      counter->vocabulary_count + 1,
                      sizeof *counter->vocabularies))
            return NULL;
        zub_types_init(&counter->vocabularies[counter->vocabulary_count++]);
    }
    return &counter->vocabularies[number];
}

/* Ids of some terms, at most ZUB_NAMES_AT_ONCE; marks for those that nobody
 * knew. */
static zub_status add_terms(zub_counter *counter, const zub_slice *terms,
                            size_t count, uint32_t *ids)
{
    zub_status status = zub_names_find(&counter->terms, terms, count, ids);
    size_t known = counter->term_count, size = counter->terms.count;

    if (status != ZUB_OK)
        return status;
    if (!zub_grow(&counter->marks, &counter->mark_capacity, size,
                  sizeof *counter->marks))
        return ZUB_ENOMEM;
    for (size_t id = known; id < size; id++)
        counter->marks[id] = (zub_term_mark){0};
    counter->term_count = size;
    return ZUB_OK;
}

static zub_status fill_list(zub_counter *counter, uint32_t *list,
                            const zub_slice *terms, size_t count)
{
    zub_status status = ZUB_OK;

    list[ZUB_LIST_ARTICLE] = list[ZUB_LIST_TIMES] = 0;
    list[ZUB_LIST_COUNT] = (uint32_t)count;
    for (size_t i = 0, size; status == ZUB_OK && i < count; i += size) {
        size = count - i < ZUB_NAMES_AT_ONCE ? count - i : ZUB_NAMES_AT_ONCE;
        status = add_terms(counter, terms + i, size, &list[ZUB_LIST_HEAD + i]);
    }
    return status;
}

static zub_status add_list(zub_counter *counter, const zub_slice *terms,
                           size_t count, uint32_t *value)
{
    size_t start = counter->list_size, end = start + ZUB_LIST_HEAD + count;

    if (end >= ZUB_DROPPED)
        return ZUB_ELIMIT;
    if (!zub_grow(&counter->lists, &counter->list_capacity, end,
                  sizeof *counter->lists))
        return ZUB_ENOMEM;
    counter->list_size = end;
    *value = (uint32_t)start;
    return fill_list(counter, counter->lists + start, terms, count);
}

/* New types that count as one term wait until there are enough of them to ask
 * for their terms together: alone, each waits for memory. */
typedef struct waiting {
    uint32_t slots[ZUB_NAMES_AT_ONCE]; /* of the types */
    size_t ends[ZUB_NAMES_AT_ONCE];    /* of their terms in the buffer */
    size_t count;
} waiting;

static zub_status settle(zub_counter *counter, zub_type *slots, waiting *those)
{
    zub_slice terms[ZUB_NAMES_AT_ONCE];
    uint32_t ids[ZUB_NAMES_AT_ONCE];
    size_t start = 0;

    if (counter->keys.status != ZUB_OK)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < those->count; start = those->ends[i++])
        terms[i] =
            (zub_slice){counter->keys.data + start, those->ends[i] - start};
    zub_status status = add_terms(counter, terms, those->count, ids);
    for (size_t i = 0; status == ZUB_OK && i < those->count; i++)
        slots[those->slots[i]].value = ids[i];
    zub_buffer_clear(&counter->keys);
    those->count = 0;
    return status;
}

/* What a new type counts as, or that it waits. */
static zub_status learn(zub_counter *counter, zub_slice word, uint32_t slot,
                        uint32_t *value, waiting *those)
{
    const zub_slice *terms;
    size_t count;
    zub_status status =
        zub_tokenizer_terms(counter->tokenizer, word, &terms, &count);

    *value = ZUB_DROPPED;
    if (status != ZUB_OK || count == 0)
        return status;
    if (counter->is_plural)
        return add_list(counter, terms, count, value);
    *value = ZUB_WAITING;
    zub_buffer_add_slice(&counter->keys, terms[0]);
    those->slots[those->count] = slot;
    those->ends[those->count++] = counter->keys.size;
    return ZUB_OK;
}

static zub_status learn_types(zub_counter *counter, zub_type *slots,
                              zub_slice text, size_t size)
{
    const word_batch *batch = counter->batch;
    waiting those = {.count = 0};
    zub_status status = ZUB_OK;

    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        uint32_t slot = batch->found[i];
        if (slots[slot].value != ZUB_NO_VALUE)
            continue;
        zub_slice word = {text.data + batch->words[i].start,
                          batch->words[i].size};
        status = learn(counter, word, slot, &slots[slot].value, &those);
        if (status == ZUB_OK && those.count == ZUB_NAMES_AT_ONCE)
            status = settle(counter, slots, &those);
    }
    return status == ZUB_OK ? settle(counter, slots, &those) : status;
}

/* Types of a batch, and from them the terms. */
static zub_status find_terms(zub_counter *counter, zub_types *vocabulary,
                             zub_slice text, size_t size)
{
    word_batch *batch = counter->batch;
    size_t known = vocabulary->count;
    zub_status status =
        zub_types_count(vocabulary, text, batch->words, size, batch->found);
    zub_type *slots = vocabulary->slots;

    if (status == ZUB_OK && vocabulary->count > known)
        status = learn_types(counter, slots, text, size);
    for (size_t i = 0; status == ZUB_OK && i < size; i++)
        batch->ids[i] = slots[batch->found[i]].value;
    return status;
}

/* ---- Articles ---- */

/* Room for `more` entries, so that the loops need not ask. */
static bool reserve(zub_growing_rows *rows, size_t more)
{
    return zub_grow(&rows->cols, &rows->cols_capacity, rows->size + more,
                    sizeof *rows->cols) &&
           zub_grow(&rows->counts, &rows->counts_capacity, rows->size + more,
                    sizeof *rows->counts);
}

/* Where the row of the article at hand begins. */
static size_t row_start(const zub_counter *counter, unsigned order)
{
    const zub_growing_rows *rows = &counter->rows[order - 1];

    return counter->articles ? (size_t)rows->ends[counter->articles - 1] : 0;
}

/* An entry of the row at hand, of no count yet; returns its place in it. */
static inline uint32_t add_entry(zub_growing_rows *rows, size_t start,
                                 uint32_t col)
{
    rows->cols[rows->size] = col;
    rows->counts[rows->size] = 0;
    return (uint32_t)(rows->size++ - start);
}

/* Who only sums needs no rows. */
static void mark_sums(zub_term_mark *marks, uint32_t article,
                      const uint32_t *ids, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        zub_term_mark *mark = &marks[ids[i]];
        mark->df += mark->article != article;
        mark->article = article;
    }
}

static void mark_rows(zub_counter *counter, uint32_t article,
                      const uint32_t *ids, size_t size)
{
    zub_growing_rows *rows = &counter->rows[0];
    size_t start = row_start(counter, 1), end = rows->size;
    uint32_t *cols = rows->cols + start, *counts = rows->counts + start;

    for (size_t i = 0; i < size; i++) {
        zub_term_mark *mark = &counter->marks[ids[i]];
        if (mark->article == article) {
            counts[mark->place]++;
            continue;
        }
        mark->article = article;
        mark->df++;
        mark->place = (uint32_t)(end - start);
        cols[end - start] = ids[i];
        counts[end++ - start] = 1;
    }
    rows->size = end;
}

static zub_status mark_terms(zub_counter *counter, const uint32_t *ids,
                             size_t size)
{
    uint32_t article = counter->articles + 1;

    counter->last_words += size;
    if (!zub_counter_has_rows(counter, 1)) {
        mark_sums(counter->marks, article, ids, size);
        return ZUB_OK;
    }
    if (!reserve(&counter->rows[0], size))
        return ZUB_ENOMEM;
    mark_rows(counter, article, ids, size);
    return ZUB_OK;
}

/* The terms of a batch one after another, those dropped left out. */
static zub_status flatten(zub_counter *counter, size_t size)
{
    const uint32_t *ids = counter->batch->ids;
    const zub_term_mark *marks = counter->marks;
    size_t count = 0;

    if (!zub_grow(&counter->flat, &counter->flat_capacity, size,
                  sizeof *counter->flat))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        counter->flat[count] = ids[i];
        if (ids[i] != ZUB_DROPPED)
            __builtin_prefetch(&marks[ids[i]], 1);
        count += ids[i] != ZUB_DROPPED;
    }
    counter->flat_size = count;
    return ZUB_OK;
}

/* ---- Words that count as several terms ---- */

/* The types of the article at hand, each once, with how often it stands: what
 * a type counts as is gone through once an article and not once a word. */
static zub_status gather_lists(zub_counter *counter, size_t size)
{
    const uint32_t *ids = counter->batch->ids;
    uint32_t article = counter->articles + 1;

    if (!zub_grow(&counter->flat, &counter->flat_capacity,
                  counter->flat_size + size, sizeof *counter->flat))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        if (ids[i] == ZUB_DROPPED)
            continue;
        uint32_t *list = &counter->lists[ids[i]];
        if (list[ZUB_LIST_ARTICLE] != article) {
            list[ZUB_LIST_ARTICLE] = article;
            list[ZUB_LIST_TIMES] = 0;
            counter->flat[counter->flat_size++] = ids[i];
        }
        list[ZUB_LIST_TIMES]++;
    }
    return ZUB_OK;
}

static void ask_list(const zub_counter *counter, size_t i)
{
    if (i >= counter->flat_size)
        return;
    const uint32_t *list = &counter->lists[counter->flat[i]];
    for (uint32_t t = 0; t < list[ZUB_LIST_COUNT]; t++)
        __builtin_prefetch(&counter->marks[list[ZUB_LIST_HEAD + t]], 1);
}

static void mark_list(zub_counter *counter, const uint32_t *list, bool keeps)
{
    uint32_t article = counter->articles + 1, times = list[ZUB_LIST_TIMES];
    zub_growing_rows *rows = &counter->rows[0];
    size_t start = keeps ? row_start(counter, 1) : 0;

    counter->last_words += (uint64_t)times * list[ZUB_LIST_COUNT];
    for (uint32_t t = 0; t < list[ZUB_LIST_COUNT]; t++) {
        uint32_t id = list[ZUB_LIST_HEAD + t];
        zub_term_mark *mark = &counter->marks[id];
        if (mark->article != article) {
            mark->article = article;
            mark->df++;
            if (keeps)
                mark->place = add_entry(rows, start, id);
        }
        if (keeps)
            rows->counts[start + mark->place] += times;
    }
}

#define LISTS_AHEAD 4u /* whose marks are on their way */

static zub_status mark_lists(zub_counter *counter)
{
    bool keeps = zub_counter_has_rows(counter, 1);

    for (size_t i = 0; i < LISTS_AHEAD; i++)
        ask_list(counter, i);
    for (size_t i = 0; i < counter->flat_size; i++) {
        const uint32_t *list = &counter->lists[counter->flat[i]];
        ask_list(counter, i + LISTS_AHEAD);
        if (keeps && !reserve(&counter->rows[0], list[ZUB_LIST_COUNT]))
            return ZUB_ENOMEM;
        mark_list(counter, list, keeps);
    }
    counter->flat_size = 0;
    return ZUB_OK;
}

/* ---- N-grams ---- */

/* Keys of the n-grams of `order` that end with each word: the one of an order
 * less that ends with the word before, and the word. */
static void make_keys(word_batch *batch, unsigned order, size_t size)
{
    uint32_t before = batch->last[order - 1];

    for (size_t i = 0; i < size; i++) {
        uint32_t id = batch->ids[i];
        bool is_gram =
            !batch->breaks[i] && before != ZUB_DROPPED && id != ZUB_DROPPED;
        batch->keys[i] = is_gram ? (uint64_t)before << 32 | id : ZUB_NO_GRAM;
        before = order == 2 ? id : batch->grams[i];
    }
}

static zub_status add_to_row(zub_growing_rows *rows, const uint32_t *ids,
                             size_t size)
{
    size_t end = rows->size;

    if (!zub_grow(&rows->cols, &rows->cols_capacity, end + size,
                  sizeof *rows->cols))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        rows->cols[end] = ids[i];
        end += ids[i] != ZUB_DROPPED;
    }
    rows->size = end;
    return ZUB_OK;
}

/* Room for n-grams that were just found, and no count of the new ones. */
static bool grow_sums(zub_growing_sums *sums, size_t size)
{
    if (!zub_grow(&sums->items, &sums->capacity, size, sizeof *sums->items))
        return false;
    for (; sums->size < size; sums->size++)
        sums->items[sums->size] = (zub_gram_sum){0};
    return true;
}

static void add_to_sums(zub_gram_sum *sums, uint32_t article,
                        const uint32_t *ids, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (i + SUMS_AHEAD < size && ids[i + SUMS_AHEAD] != ZUB_DROPPED)
            __builtin_prefetch(&sums[ids[i + SUMS_AHEAD]], 1);
        if (ids[i] == ZUB_DROPPED)
            continue;
        zub_gram_sum *sum = &sums[ids[i]];
        sum->count++;
        sum->df += sum->article != article;
        sum->article = article;
    }
}

/* Finds the n-grams of one order and counts them. */
static zub_status count_keys(zub_counter *counter, unsigned order, size_t size)
{
    word_batch *batch = counter->batch;
    zub_grams *grams = &counter->grams[order - 1];
    zub_growing_sums *sums = &counter->sums[order - 1];
    zub_status status = zub_grams_find(grams, batch->keys, size, batch->grams);

    if (status != ZUB_OK)
        return status;
    if (zub_counter_has_rows(counter, order))
        return add_to_row(&counter->rows[order - 1], batch->grams, size);
    if (!grow_sums(sums, grams->count))
        return ZUB_ENOMEM;
    add_to_sums(sums->items, counter->articles + 1, batch->grams, size);
    return ZUB_OK;
}

/* Of one order. grams[] holds those of the order below, and then of this. */
static zub_status count_order(zub_counter *counter, unsigned order,
                              size_t size)
{
    word_batch *batch = counter->batch;
    uint32_t below =
        order == 2 ? batch->ids[size - 1] : batch->grams[size - 1];

    make_keys(batch, order, size);
    batch->last[order - 1] = below;
    return count_keys(counter, order, size);
}

static zub_status count_ngrams(zub_counter *counter, size_t size)
{
    zub_status status = ZUB_OK;

    for (unsigned order = 2; status == ZUB_OK && order <= counter->high;
         order++)
        status = count_order(counter, order, size);
    return status;
}

/* ---- Windows ---- */

/* The pair of word i with the one `distance` before it, which may stand in the
 * batch before. */
static inline uint64_t pair_at(const word_batch *batch, unsigned distance,
                               size_t i)
{
    const uint32_t *ids = batch->near + ZUB_MOST_WINDOW + i;
    uint32_t first = *(ids - distance);
    bool is_pair = batch->within[i] >= distance && first != ZUB_DROPPED &&
                   *ids != ZUB_DROPPED;

    return is_pair ? (uint64_t)first << 32 | *ids : ZUB_NO_GRAM;
}

/* Lays the batch behind the last words of the one before it, and says of each
 * word how many of its sentence stand before it. */
static void lay_out(word_batch *batch, size_t size)
{
    memcpy(batch->near + ZUB_MOST_WINDOW, batch->ids,
           size * sizeof *batch->ids);
    for (size_t i = 0; i < size; i++) {
        batch->run = batch->breaks[i] ? 0 : batch->run;
        batch->within[i] = batch->run;
        if (batch->run < ZUB_MOST_WINDOW)
            batch->run++;
    }
}

/* Where rows are kept a pair must be found at once. */
static zub_status count_distance(zub_counter *counter, unsigned distance,
                                 size_t size)
{
    word_batch *batch = counter->batch;

    for (size_t i = 0; i < size; i++)
        batch->keys[i] = pair_at(batch, distance, i);
    return count_keys(counter, 2, size);
}

static zub_status note_distance(zub_counter *counter, unsigned distance,
                                size_t size)
{
    zub_nearby *nearby = &counter->nearby;
    zub_status status = zub_nearby_reserve(nearby, size);
    uint32_t article = counter->articles + 1;

    if (status != ZUB_OK)
        return status;
    zub_keyed *fresh = nearby->fresh;
    size_t count = nearby->fresh_size;
    for (size_t i = 0; i < size; i++) {
        uint64_t key = pair_at(counter->batch, distance, i);
        fresh[count] = (zub_keyed){key, article};
        count += key != ZUB_NO_GRAM;
    }
    nearby->fresh_size = count;
    return ZUB_OK;
}

/* A distance at a time, so that a batch's pairs are on their way at once. */
static zub_status count_windows(zub_counter *counter, size_t size)
{
    word_batch *batch = counter->batch;
    zub_status status = ZUB_OK;

    lay_out(batch, size);
    for (unsigned distance = 1;
         status == ZUB_OK && distance <= counter->window; distance++)
        status = counter->has_articles
                     ? count_distance(counter, distance, size)
                     : note_distance(counter, distance, size);
    memmove(batch->near, batch->near + size,
            ZUB_MOST_WINDOW * sizeof *batch->near);
    return status;
}

/* ---- An article ---- */

static zub_status count_batch(zub_counter *counter, zub_types *vocabulary,
                              zub_slice text, size_t size)
{
    zub_status status = find_terms(counter, vocabulary, text, size);

    if (counter->is_plural)
        return status == ZUB_OK ? gather_lists(counter, size) : status;
    if (status == ZUB_OK)
        status = flatten(counter, size);
    if (status == ZUB_OK)
        status = mark_terms(counter, counter->flat, counter->flat_size);
    if (status != ZUB_OK)
        return status;
    return counter->window ? count_windows(counter, size)
                           : count_ngrams(counter, size);
}

static zub_status count_text(zub_counter *counter, zub_types *vocabulary,
                             zub_slice text)
{
    word_batch *batch = counter->batch;
    zub_status status = ZUB_OK;
    size_t size = 1;

    for (unsigned order = 0; order <= ZUB_MOST_ORDER; order++)
        batch->last[order] = ZUB_DROPPED;
    batch->run = 0;
    while (status == ZUB_OK && size > 0) {
        status = zub_tokenizer_next(counter->tokenizer, batch->words,
                                    batch->breaks, BATCH, &size);
        if (status == ZUB_OK && size > 0)
            status = count_batch(counter, vocabulary, text, size);
    }
    return status == ZUB_OK && counter->is_plural ? mark_lists(counter)
                                                  : status;
}

static zub_status end_rows(zub_counter *counter)
{
    for (unsigned order = counter->low; order <= counter->high; order++) {
        zub_growing_rows *rows = &counter->rows[order - 1];
        if (!zub_grow(&rows->ends, &rows->ends_capacity,
                      (size_t)counter->articles + 1, sizeof *rows->ends))
            return ZUB_ENOMEM;
        rows->ends[counter->articles] = rows->size;
    }
    return ZUB_OK;
}

/* Its id or group, its place in the corpus and its length. */
static zub_status keep_article(zub_counter *counter, const zub_record *record)
{
    size_t at = counter->articles, need = at + 1;
    size_t before = counter->ids.size;

    if (counter->group_field)
        zub_record_group(&counter->ids, record, counter->group_field,
                         counter->period);
    else
        zub_buffer_add_slice(&counter->ids, record->id);
    if (counter->ids.status != ZUB_OK ||
        !zub_grow(&counter->id_ends, &counter->id_capacity, need,
                  sizeof *counter->id_ends) ||
        !zub_grow(&counter->ordinals, &counter->ordinal_capacity, need,
                  sizeof *counter->ordinals) ||
        !zub_grow(&counter->lengths, &counter->length_capacity, need,
                  sizeof *counter->lengths))
        return ZUB_ENOMEM;
    if (counter->nameless && counter->ids.size == before)
        counter->nameless(counter->nameless_context, record);
    counter->id_ends[at] = counter->ids.size;
    counter->ordinals[at] = record->ordinal;
    counter->lengths[at] = counter->last_words;
    return end_rows(counter);
}

zub_status zub_counter_add(zub_counter *counter, const zub_record *record,
                           zub_error *error)
{
    zub_slice text;
    size_t number;
    zub_status status =
        zub_tokenizer_begin(counter->tokenizer, record, &text, &number, error);

    if (status != ZUB_OK)
        return status;
    if (counter->articles >= UINT32_MAX - 1)
        return zub_fail(error, ZUB_ELIMIT, "more than 2^32 articles at once");
    zub_types *vocabulary = vocabulary_of(counter, number);
    counter->last_words = 0;
    status = vocabulary ? count_text(counter, vocabulary, text) : ZUB_ENOMEM;
    if (counter->window &&
        counter->last_words >= zub_counter_most_tokens(counter))
        status = ZUB_ELIMIT;
    if (status == ZUB_OK && counter->has_articles)
        status = keep_article(counter, record);
    counter->is_lost = status != ZUB_OK;
    if (status != ZUB_OK)
        return zub_fail(error, status, "%s", zub_status_text(status));
    counter->articles++;
    counter->tokens += counter->last_words;
    if (counter->counted)
        counter->counted(counter->counted_context, record,
                         zub_tokenizer_lang(counter->tokenizer),
                         counter->last_words);
    return ZUB_OK;
}
