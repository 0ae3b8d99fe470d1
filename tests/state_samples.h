/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state_samples.h - articles made up, and the state of some of them counted
 * the slow and plain way. */
#ifndef ZUB_STATE_SAMPLES_H
#define ZUB_STATE_SAMPLES_H

#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/random.h"
#include "terms/state.h"
#include "test.h"

#define SAMPLE_WORDS 24
#define SAMPLE_ORDERS 3

typedef struct sample_word {
    char term[16], form[20];
} sample_word;

typedef struct sample_article {
    char id[16];
    uint64_t ordinal;
    size_t word_count;
    sample_word words[SAMPLE_WORDS];
} sample_article;

typedef struct sample_counting {
    unsigned low, high;
    bool has_articles, by_input, without_forms;
} sample_counting;

#define SAMPLE_FINGERPRINT "lang=ar stemmer=light/1 icu=72.1"

/* Few words, so that articles share them; some ids and some articles stand
 * twice. */
static inline void sample_articles(sample_article *out, size_t count,
                                   uint64_t seed)
{
    zub_random random = {seed, 0};

    for (size_t i = 0; i < count; i++) {
        memset(&out[i], 0, sizeof out[i]);
        snprintf(out[i].id, sizeof out[i].id, "a%u",
                 (unsigned)zub_random_below(&random, 2 * count));
        out[i].ordinal = i;
        out[i].word_count = zub_random_below(&random, SAMPLE_WORDS + 1);
        for (size_t w = 0; w < out[i].word_count; w++) {
            sample_word *word = &out[i].words[w];
            unsigned n = (unsigned)zub_random_below(&random, 40);
            snprintf(word->term, sizeof word->term,
                     n % 3 ? "w%u" : "word of more %u", n * n % 40);
            snprintf(word->form, sizeof word->form, "%s%c", word->term,
                     'a' + (int)zub_random_below(&random, 4));
        }
        if (i > 0 && zub_random_below(&random, 10) == 0) {
            out[i] = out[i - 1];
            out[i].ordinal = i;
        }
    }
}

/* For temporary files: where thousands of them cost nothing, if there is such
 * a folder. */
static inline const char *sample_folder(void)
{
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

typedef struct sample_gram {
    uint32_t ids[SAMPLE_ORDERS];
    size_t article;
} sample_gram;

typedef struct sample_grams {
    sample_gram *all; /* sorted by ids, then article */
    size_t count;
    size_t *first; /* [unique]: where in `all` each begins */
    size_t unique;
} sample_grams;

static inline int sample_by_ids(const void *a, const void *b)
{
    const sample_gram *left = a, *right = b;

    for (size_t i = 0; i < SAMPLE_ORDERS; i++)
        if (left->ids[i] != right->ids[i])
            return left->ids[i] < right->ids[i] ? -1 : 1;
    return (left->article > right->article) - (left->article < right->article);
}

static inline int sample_by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once; returns how many are left. */
static inline size_t sample_unique(const char **strings, size_t count)
{
    size_t kept = 0;

    if (count)
        qsort(strings, count, sizeof *strings, sample_by_bytes);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(strings[kept - 1], strings[i]) != 0)
            strings[kept++] = strings[i];
    return kept;
}

static inline uint32_t sample_find(const char **strings, size_t count,
                                   const char *string)
{
    const char **at =
        bsearch(&string, strings, count, sizeof *strings, sample_by_bytes);

    return (uint32_t)(at - strings);
}

static inline bool sample_same(const sample_gram *a, const sample_gram *b)
{
    return memcmp(a->ids, b->ids, sizeof a->ids) == 0;
}

/* Ids are terms + 1, so that 0 stands for no word. */
static inline sample_grams sample_count_grams(const sample_article *articles,
                                              size_t count, unsigned order,
                                              const char **terms,
                                              size_t term_count)
{
    sample_grams grams = {0};

    grams.all = calloc(count * SAMPLE_WORDS + 1, sizeof *grams.all);
    grams.first = calloc(count * SAMPLE_WORDS + 1, sizeof *grams.first);
    for (size_t i = 0; i < count; i++)
        for (size_t w = 0; w + order <= articles[i].word_count; w++) {
            sample_gram *gram = &grams.all[grams.count++];
            gram->article = i;
            for (unsigned n = 0; n < order; n++)
                gram->ids[n] = 1 + sample_find(terms, term_count,
                                               articles[i].words[w + n].term);
        }
    qsort(grams.all, grams.count, sizeof *grams.all, sample_by_ids);
    for (size_t i = 0; i < grams.count; i++)
        if (i == 0 || !sample_same(&grams.all[i - 1], &grams.all[i]))
            grams.first[grams.unique++] = i;
    grams.first[grams.unique] = grams.count;
    return grams;
}

static inline uint32_t sample_df(const sample_grams *grams, size_t i)
{
    uint32_t df = 0;

    for (size_t k = grams->first[i]; k < grams->first[i + 1]; k++)
        df += k == grams->first[i] ||
              grams->all[k].article != grams->all[k - 1].article;
    return df;
}

static inline uint32_t sample_find_prefix(const sample_grams *shorter,
                                          const sample_gram *gram,
                                          unsigned order)
{
    for (size_t i = 0; i < shorter->unique; i++)
        if (memcmp(shorter->all[shorter->first[i]].ids, gram->ids,
                   (order - 1) * sizeof *gram->ids) == 0)
            return (uint32_t)i;
    return UINT32_MAX;
}

static inline void sample_keep_terms(zub_state *state, const char **terms,
                                     const sample_grams *grams)
{
    zub_spooler owner = {0};
    zub_spool ends, bytes, counts, df;

    zub_spool_init(&ends, &owner, 0);
    zub_spool_init(&bytes, &owner, 0);
    zub_spool_init(&counts, &owner, 0);
    zub_spool_init(&df, &owner, 0);
    for (size_t i = 0; i < grams->unique; i++) {
        zub_spool_add(&bytes, terms[i], strlen(terms[i]));
        zub_spool_add_u64(&ends, zub_spool_size(&bytes));
        zub_spool_add_u64(&counts, grams->first[i + 1] - grams->first[i]);
        zub_spool_add_u32(&df, sample_df(grams, i));
    }
    state->term_count = grams->unique;
    zub_state_keep(state, &ends, &state->term_ends);
    zub_state_keep(state, &bytes, &state->term_bytes);
    zub_state_keep(state, &counts, &state->counts);
    zub_state_keep(state, &df, &state->df);
}

static inline void sample_keep_ngrams(zub_state *state,
                                      const sample_grams *grams,
                                      const sample_grams *shorter,
                                      unsigned order)
{
    zub_ngrams *out = &state->ngrams[order - 1];
    zub_spooler owner = {0};
    zub_spool prefix, last, counts, df;

    zub_spool_init(&prefix, &owner, 0);
    zub_spool_init(&last, &owner, 0);
    zub_spool_init(&counts, &owner, 0);
    zub_spool_init(&df, &owner, 0);
    for (size_t i = 0; i < grams->unique; i++) {
        const sample_gram *gram = &grams->all[grams->first[i]];
        zub_spool_add_u32(&prefix, sample_find_prefix(shorter, gram, order));
        zub_spool_add_u32(&last, gram->ids[order - 1] - 1);
        zub_spool_add_u64(&counts, grams->first[i + 1] - grams->first[i]);
        zub_spool_add_u32(&df, sample_df(grams, i));
    }
    out->count = grams->unique;
    zub_state_keep(state, &prefix, &out->prefix);
    zub_state_keep(state, &last, &out->last);
    zub_state_keep(state, &counts, &out->counts);
    zub_state_keep(state, &df, &out->df);
}

static inline void sample_keep_forms(zub_state *state,
                                     const sample_article *articles,
                                     size_t count, const char **terms)
{
    const char **forms = calloc(count * SAMPLE_WORDS + 1, sizeof *forms);
    zub_spooler owner = {0};
    zub_spool starts, ends, bytes, counts;

    zub_spool_init(&starts, &owner, 0);
    zub_spool_init(&ends, &owner, 0);
    zub_spool_init(&bytes, &owner, 0);
    zub_spool_init(&counts, &owner, 0);
    zub_spool_add_u64(&starts, 0);
    for (size_t t = 0; t < state->term_count; t++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++)
            for (size_t w = 0; w < articles[i].word_count; w++)
                if (strcmp(articles[i].words[w].term, terms[t]) == 0)
                    forms[found++] = articles[i].words[w].form;
        qsort(forms, found, sizeof *forms, sample_by_bytes);
        for (size_t f = 0, same; f < found; f += same) {
            for (same = 1;
                 f + same < found && strcmp(forms[f], forms[f + same]) == 0;)
                same++;
            zub_spool_add(&bytes, forms[f], strlen(forms[f]));
            zub_spool_add_u64(&ends, zub_spool_size(&bytes));
            zub_spool_add_u64(&counts, same);
            state->form_count++;
        }
        zub_spool_add_u64(&starts, state->form_count);
    }
    zub_state_keep(state, &starts, &state->form_starts);
    zub_state_keep(state, &ends, &state->form_ends);
    zub_state_keep(state, &bytes, &state->form_bytes);
    zub_state_keep(state, &counts, &state->form_counts);
    free(forms);
}

static inline void sample_keep_rows(zub_state *state,
                                    const sample_grams *grams,
                                    const size_t *order, size_t count,
                                    unsigned n)
{
    zub_count_rows *rows = &state->list.rows[n - 1];
    zub_spooler owner = {0};
    zub_spool ends, cols, counts;

    zub_spool_init(&ends, &owner, 0);
    zub_spool_init(&cols, &owner, 0);
    zub_spool_init(&counts, &owner, 0);
    for (size_t i = 0; i < count; i++) {
        for (size_t g = 0; g < grams->unique; g++) {
            uint32_t here = 0;
            for (size_t k = grams->first[g]; k < grams->first[g + 1]; k++)
                here += grams->all[k].article == order[i];
            if (here > 0) {
                zub_spool_add_u32(&cols, (uint32_t)g);
                zub_spool_add_u32(&counts, here);
            }
        }
        zub_spool_add_u64(&ends, zub_spool_size(&cols) / 4);
    }
    zub_state_keep(state, &ends, &rows->ends);
    zub_state_keep(state, &cols, &rows->cols);
    zub_state_keep(state, &counts, &rows->counts);
}

static inline void sample_keep_list(zub_state *state,
                                    const sample_article *articles,
                                    const size_t *order, size_t count,
                                    bool by_input)
{
    zub_articles *list = &state->list;
    zub_spooler owner = {0};
    zub_spool ends, ids, ordinals, lengths;

    zub_spool_init(&ends, &owner, 0);
    zub_spool_init(&ids, &owner, 0);
    zub_spool_init(&ordinals, &owner, 0);
    zub_spool_init(&lengths, &owner, 0);
    for (size_t i = 0; i < count; i++) {
        const sample_article *article = &articles[order[i]];
        zub_spool_add(&ids, article->id, strlen(article->id));
        zub_spool_add_u64(&ends, zub_spool_size(&ids));
        zub_spool_add_u64(&lengths, article->word_count);
        if (by_input)
            zub_spool_add_u64(&ordinals, article->ordinal);
    }
    zub_state_keep(state, &ends, &list->id_ends);
    zub_state_keep(state, &ids, &list->ids);
    zub_state_keep(state, &lengths, &list->lengths);
    if (by_input)
        zub_state_keep(state, &ordinals, &list->ordinals);
    zub_spool_release(&ordinals);
}

/* An article's place by id and content, found on a state by input. */
static inline void sample_sort(size_t *order, size_t count,
                               const zub_state *by_input)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = i;
             k > 0 && zub_state_compare_articles(by_input, order[k - 1],
                                                 by_input, order[k]) > 0;
             k--) {
            size_t swapped = order[k];
            order[k] = order[k - 1];
            order[k - 1] = swapped;
        }
}

/* The state of some articles; ordinals ascend in them. */
static inline zub_state *sample_state(const sample_article *articles,
                                      size_t count,
                                      const sample_counting *asked)
{
    size_t *order = calloc(count + 1, sizeof *order);
    const char **terms = calloc(count * SAMPLE_WORDS + 1, sizeof *terms);
    sample_grams grams[SAMPLE_ORDERS + 1] = {0};
    zub_state *state;

    zub_state_new(&state, (zub_slice){SAMPLE_FINGERPRINT,
                                      sizeof SAMPLE_FINGERPRINT - 1});
    state->articles = count;
    state->low = asked->low;
    state->high = asked->high;
    for (size_t i = 0; i < count; i++)
        for (size_t w = 0; w < articles[i].word_count; w++) {
            terms[state->tokens++] = articles[i].words[w].term;
            state->characters += strlen(articles[i].words[w].term);
        }
    size_t term_count = sample_unique(terms, (size_t)state->tokens);
    for (unsigned n = 1; n <= asked->high; n++)
        grams[n] = sample_count_grams(articles, count, n, terms, term_count);
    sample_keep_terms(state, terms, &grams[1]);
    if (!asked->without_forms && count > 0 && term_count > 0)
        sample_keep_forms(state, articles, count, terms);
    for (unsigned n = 2; n <= asked->high; n++)
        sample_keep_ngrams(state, &grams[n], &grams[n - 1], n);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    if (asked->has_articles && !asked->by_input) {
        sample_counting other = *asked;
        other.by_input = true;
        zub_state *by_input = sample_state(articles, count, &other);
        sample_sort(order, count, by_input);
        zub_state_free(by_input);
    }
    if (asked->has_articles) {
        state->has_articles = true;
        sample_keep_list(state, articles, order, count, asked->by_input);
        for (unsigned n = asked->low; n <= asked->high; n++)
            sample_keep_rows(state, &grams[n], order, count, n);
    }
    for (unsigned n = 1; n <= asked->high; n++) {
        free(grams[n].all);
        free(grams[n].first);
    }
    free(terms);
    free(order);
    return state;
}

/* The state as a file, to be released. */
static inline zub_buffer sample_bytes(const zub_state *state)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_state_write(state, zub_buffer_sink(&out), NULL), ZUB_OK);
    return out;
}

/* The same counts: the same bytes as files. */
static inline bool sample_equal(const zub_state *a, const zub_state *b)
{
    zub_buffer one = sample_bytes(a), other = sample_bytes(b);
    bool is_equal =
        one.size == other.size && memcmp(one.data, other.data, one.size) == 0;

    zub_buffer_release(&one);
    zub_buffer_release(&other);
    return is_equal;
}

#endif
