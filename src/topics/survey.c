/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* survey.c - see survey.h. All records pass by, for they come as a stream;
 * only those nearest to their topic are taken apart. What is excerpt is added up
 * by keys, so the order of reading is not to be seen. */
#include "topics/survey.h"

#include <stdatomic.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/slice.h"
#include "corpus/group.h"
#include "terms/analyzer.h"
#include "topics/excerpt.h"
#include "vectors/cosine.h"

#define NEAREST 40u  /* articles of a topic that are read for it */
#define SENTENCES 3u /* of an article, at most */

/* ---- Runs ---- */

static zub_slice run_key(uint32_t key[ZUB_PHRASE_WORDS], const uint32_t *words,
                         unsigned size)
{
    for (unsigned n = 0; n < ZUB_PHRASE_WORDS; n++)
        key[n] = n < size ? words[n] : ZUB_NO_TERM;
    return (zub_slice){(const char *)key, ZUB_PHRASE_WORDS * sizeof *key};
}

uint32_t zub_runs_add(zub_runs *runs, const zub_phrase *phrase)
{
    uint32_t key[ZUB_PHRASE_WORDS];

    return zub_map_add(&runs->map, run_key(key, phrase->words, phrase->size));
}

uint32_t zub_runs_find(const zub_runs *runs, const uint32_t *words,
                       unsigned size)
{
    uint32_t key[ZUB_PHRASE_WORDS];

    return zub_map_find(&runs->map, run_key(key, words, size));
}

/* ---- Which articles ---- */

typedef struct survey_run {
    const zub_survey_task *task;
    zub_survey *out;
    uint32_t *rows; /* [articles of the state] */
    bool *is_near;  /* [rows] */
    zub_map forms, languages;
    atomic_size_t met; /* articles of the state */
    zub_error failure; /* the first of any kind, with its words */
} survey_run;

static zub_status choose_near(survey_run *run)
{
    const zub_topic_model *model = run->task->model;
    zub_heap heap;

    if (!zub_heap_init(&heap, NEAREST)) {
        zub_heap_release(&heap);
        return ZUB_ENOMEM;
    }
    for (size_t t = 0; t < model->k; t++) {
        const float *profile = run->task->profiles + t * model->columns;
        zub_heap_clear(&heap);
        for (size_t m = model->starts[t]; m < model->starts[t + 1]; m++)
            zub_heap_add(&heap,
                         zub_row_dot_dense(&run->task->rows->matrix,
                                           (int32_t)model->members[m],
                                           profile),
                         model->members[m]);
        for (size_t i = 0; i < heap.size; i++)
            run->is_near[heap.items[i].id] = true;
    }
    zub_heap_release(&heap);
    return ZUB_OK;
}

/* The article of an ordinal, or SIZE_MAX: none was counted. */
static size_t find_article(const zub_state *state, uint64_t ordinal)
{
    const uint64_t *ordinals = state->list.ordinals;
    size_t low = 0, high = (size_t)state->articles;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ordinals[middle] < ordinal)
            low = middle + 1;
        else
            high = middle;
    }
    return low < state->articles && ordinals[low] == ordinal ? low : SIZE_MAX;
}

/* ---- One record ---- */

static zub_status open_worker(void *context, void **worker, zub_error *error)
{
    const survey_run *run = context;
    zub_analyzer *analyzer;
    zub_status status = zub_analyzer_new(&analyzer, run->task->models,
                                         run->task->words, error);

    *worker = analyzer;
    return status;
}

static void close_worker(void *context, void *worker)
{
    (void)context;
    zub_analyzer_free(worker);
}

static zub_status read_date(zub_excerpt *excerpt,
                            const zub_topics_options *asked,
                            const zub_record *record)
{
    zub_period period = asked->period ? asked->period : ZUB_PERIOD_YEAR;
    zub_buffer name;

    if (!asked->date_field)
        return ZUB_OK;
    zub_buffer_init(&name, ZUB_BUFFER_UNLIMITED);
    zub_record_group(&name, record, asked->date_field, period);
    if (name.status == ZUB_OK && name.size > 0)
        excerpt->period =
            zub_arena_copy(&excerpt->arena, zub_buffer_slice(&name));
    bool is_done = name.status == ZUB_OK &&
                   (name.size == 0 || excerpt->period.data != NULL);
    zub_buffer_release(&name);
    return is_done ? ZUB_OK : ZUB_ENOMEM;
}

static void drop(void *context, void *result)
{
    zub_excerpt *excerpt = result;

    (void)context;
    if (excerpt)
        zub_excerpt_release(excerpt);
    zub_free(excerpt);
}

static zub_status read_row(zub_excerpt *excerpt, const survey_run *run,
                           zub_analyzer *analyzer, const zub_record *record,
                           zub_error *error)
{
    const zub_survey_task *task = run->task;

    if (read_date(excerpt, task->options, record) != ZUB_OK)
        return zub_fail_memory(error);
    if (!run->is_near[excerpt->row])
        return ZUB_OK;
    return zub_excerpt_read(excerpt, task, analyzer, record,
                            task->model->topics[excerpt->row], SENTENCES,
                            error);
}

static zub_status map(void *context, void *worker, const zub_record *record,
                      void **result, zub_error *error)
{
    survey_run *run = context;
    const zub_state *state = run->task->rows->state;
    size_t article = find_article(state, record->ordinal);

    *result = NULL;
    if (article == SIZE_MAX)
        return ZUB_OK;
    if (zub_slice_compare(zub_state_article_id(state, article), record->id))
        return zub_fail(error, ZUB_EMISMATCH,
                        "the corpus changed while it was read: article %llu "
                        "has another id",
                        (unsigned long long)record->ordinal + 1);
    atomic_fetch_add(&run->met, 1);
    size_t row = run->rows[article];
    if (!run->is_near[row] && !run->task->options->date_field)
        return ZUB_OK;
    zub_excerpt *excerpt = zub_alloc_zero(1, sizeof *excerpt);
    if (!excerpt)
        return zub_fail_memory(error);
    zub_arena_init(&excerpt->arena);
    excerpt->row = row;
    zub_status status = read_row(excerpt, run, worker, record, error);
    if (status != ZUB_OK) {
        drop(NULL, excerpt);
        return status;
    }
    *result = excerpt;
    return ZUB_OK;
}

/* ---- Adding up ---- */

/* What a form is counted by. */
typedef struct form_key {
    uint32_t run, topic, lang;
} form_key;

static zub_status count_form(survey_run *run, form_key key, zub_slice text)
{
    zub_survey *out = run->out;
    zub_buffer bytes;

    zub_buffer_init(&bytes, ZUB_BUFFER_UNLIMITED);
    zub_buffer_add(&bytes, (const char *)&key, sizeof key);
    zub_buffer_add_slice(&bytes, text);
    uint32_t id = bytes.status == ZUB_OK
                      ? zub_map_add(&run->forms, zub_buffer_slice(&bytes))
                      : ZUB_MAP_NONE;
    zub_buffer_release(&bytes);
    if (id == ZUB_MAP_NONE)
        return ZUB_ENOMEM;
    if (id == out->form_count) {
        zub_slice copy = zub_arena_copy(&out->arena, text);
        if (!copy.data || !zub_grow(&out->forms, &out->form_capacity,
                                    out->form_count + 1, sizeof *out->forms))
            return ZUB_ENOMEM;
        out->forms[out->form_count++] =
            (zub_read_form){key.run, key.topic, key.lang, 0, copy};
    }
    out->forms[id].count++;
    return ZUB_OK;
}

static zub_status keep_sentence(zub_survey *out,
                                const zub_read_sentence *sentence)
{
    size_t count = sentence->column_count;
    uint32_t *columns = zub_arena_alloc(&out->arena, count, sizeof *columns);
    zub_slice text = zub_arena_copy(&out->arena, sentence->text);

    if (!columns || !text.data ||
        !zub_grow(&out->sentences, &out->sentence_capacity,
                  out->sentence_count + 1, sizeof *out->sentences))
        return ZUB_ENOMEM;
    if (count > 0)
        memcpy(columns, sentence->columns, count * sizeof *columns);
    zub_read_sentence *kept = &out->sentences[out->sentence_count++];
    *kept = *sentence;
    kept->text = text;
    kept->columns = columns;
    return ZUB_OK;
}

static zub_status keep_near(survey_run *run, const zub_excerpt *excerpt)
{
    uint32_t topic = run->task->model->topics[excerpt->row];
    uint32_t lang = zub_map_add(
        &run->languages, (zub_slice){excerpt->lang, strlen(excerpt->lang)});
    zub_slice *title = &run->out->titles[excerpt->row];
    zub_status status = lang == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;

    *title = zub_arena_copy(&run->out->arena, excerpt->title);
    if (!title->data)
        status = ZUB_ENOMEM;
    /* One form of no run: how many articles are in the language. */
    if (status == ZUB_OK)
        status = count_form(run, (form_key){ZUB_NO_RUN, topic, lang},
                            (zub_slice){excerpt->lang, strlen(excerpt->lang)});
    for (size_t i = 0; status == ZUB_OK && i < excerpt->form_count; i++)
        status =
            count_form(run, (form_key){excerpt->forms[i].run, topic, lang},
                       excerpt->forms[i].text);
    for (size_t i = 0; status == ZUB_OK && i < excerpt->sentence_count; i++)
        status = keep_sentence(run->out, &excerpt->sentences[i]);
    return status;
}

/* What could not be read was told when it was counted; if it could be counted,
 * the number of articles says so in the end. */
static zub_status judge(survey_run *run, const zub_record *record,
                        const zub_error *failure)
{
    if (failure->status == ZUB_OK)
        return ZUB_OK;
    if (run->failure.status == ZUB_OK)
        run->failure = *failure;
    return record || failure->status == ZUB_ENOMEM ? failure->status : ZUB_OK;
}

static zub_status keep_period(zub_survey *out, const zub_excerpt *excerpt)
{
    zub_slice *period = &out->periods[excerpt->row];

    *period = zub_arena_copy(&out->arena, excerpt->period);
    return period->data ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    survey_run *run = context;
    zub_excerpt *excerpt = result;
    zub_status status = judge(run, record, failure);

    if (status == ZUB_OK && excerpt && excerpt->period.size > 0)
        status = keep_period(run->out, excerpt);
    if (status == ZUB_OK && excerpt && excerpt->is_near)
        status = keep_near(run, excerpt);
    drop(NULL, excerpt);
    return status;
}

/* ---- In an order of its own ---- */

/* The language of most articles of each topic, the first by name of equals. */
static void choose_languages(const survey_run *run, uint32_t *most)
{
    const zub_survey *out = run->out;

    for (size_t t = 0; t < run->task->model->k; t++)
        out->languages[t] = most[t] = 0;
    for (size_t i = 0; i < out->form_count; i++) {
        const zub_read_form *form = &out->forms[i];
        uint32_t *best = &most[form->topic];
        if (form->run != ZUB_NO_RUN || form->count < *best)
            continue;
        zub_slice other = run->languages.names[out->languages[form->topic]];
        if (form->count == *best && zub_slice_compare(form->text, other) > 0)
            continue;
        *best = form->count;
        out->languages[form->topic] = form->lang;
    }
}

static bool stands_before(const zub_read_sentence *a,
                          const zub_read_sentence *b)
{
    return a->row != b->row ? a->row < b->row : a->start < b->start;
}

static zub_status order_sentences(zub_survey *out)
{
    size_t count = out->sentence_count;
    zub_read_sentence *other = zub_alloc(count, sizeof *other);

    if (!other)
        return ZUB_ENOMEM;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width) {
            size_t middle = low + width < count ? low + width : count;
            size_t high = middle + width < count ? middle + width : count;
            size_t a = low, b = middle;
            for (size_t i = low; i < high; i++) {
                bool takes_second =
                    a == middle ||
                    (b < high &&
                     stands_before(&out->sentences[b], &out->sentences[a]));
                other[i] = out->sentences[takes_second ? b++ : a++];
            }
        }
        memcpy(out->sentences, other, count * sizeof *other);
    }
    zub_free(other);
    return ZUB_OK;
}

/* ---- The whole ---- */

static zub_status make_room(survey_run *run)
{
    const zub_survey_task *task = run->task;
    size_t rows = task->model->rows, k = task->model->k;
    zub_survey *out = run->out;

    run->rows = zub_alloc(rows, sizeof *run->rows);
    run->is_near = zub_alloc_zero(rows, sizeof *run->is_near);
    out->titles = zub_alloc_zero(rows, sizeof *out->titles);
    out->languages = zub_alloc_zero(k, sizeof *out->languages);
    if (task->options->date_field)
        out->periods = zub_alloc_zero(rows, sizeof *out->periods);
    if (!run->rows || !run->is_near || !out->titles || !out->languages ||
        (task->options->date_field && !out->periods))
        return ZUB_ENOMEM;
    for (size_t r = 0; r < rows; r++)
        run->rows[task->rows->articles[r]] = (uint32_t)r;
    return choose_near(run);
}

/* Articles that were counted did not come again. */
static zub_status say_missing(survey_run *run, zub_error *error)
{
    if (run->failure.status != ZUB_OK) {
        if (error)
            *error = run->failure;
        return run->failure.status;
    }
    return zub_fail(error, ZUB_EMISMATCH,
                    "the corpus is not the one that was counted: of %llu "
                    "articles %zu are there",
                    (unsigned long long)run->task->rows->state->articles,
                    atomic_load(&run->met));
}

static zub_status read_all(survey_run *run, zub_corpus *corpus,
                           zub_error *error)
{
    zub_work work = {.context = run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .take = take,
                     .drop = drop};
    zub_status status =
        zub_corpus_each(corpus, run->task->options->threads, &work, error);
    uint32_t *most = zub_alloc(run->task->model->k, sizeof *most);

    if (status == ZUB_OK &&
        atomic_load(&run->met) != run->task->rows->state->articles)
        status = say_missing(run, error);
    else if (status != ZUB_OK && status == run->failure.status && error)
        *error = run->failure;
    else if (status == ZUB_ENOMEM)
        zub_fail_memory(error);
    if (status == ZUB_OK && (!most || order_sentences(run->out) != ZUB_OK))
        status = zub_fail_memory(error);
    if (status == ZUB_OK)
        choose_languages(run, most);
    zub_free(most);
    return status;
}

zub_status zub_survey_make(zub_survey *out, const zub_survey_task *task,
                           zub_corpus *corpus, zub_error *error)
{
    survey_run run = {.task = task, .out = out};

    *out = (zub_survey){.sentences = NULL};
    zub_arena_init(&out->arena);
    zub_map_init(&run.forms);
    zub_map_init(&run.languages);
    atomic_init(&run.met, 0);
    zub_status status =
        make_room(&run) == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
    if (status == ZUB_OK)
        status = read_all(&run, corpus, error);
    zub_map_release(&run.forms);
    zub_map_release(&run.languages);
    zub_free(run.rows);
    zub_free(run.is_near);
    if (status != ZUB_OK)
        zub_survey_release(out);
    return status;
}

void zub_survey_release(zub_survey *survey)
{
    zub_arena_release(&survey->arena);
    zub_free(survey->sentences);
    zub_free(survey->forms);
    zub_free(survey->languages);
    zub_free(survey->titles);
    zub_free(survey->periods);
    *survey = (zub_survey){.sentences = NULL};
}
