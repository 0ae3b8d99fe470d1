/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trial.c - what every system makes of one article, scored: rows that anyone
 * can judge a figure by (lead, random, oracle, human) and the methods. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/random.h"
#include "eval/gold.h"
#include "summary/select.h"
#include "terms/analyzer.h"

#define RANDOM_SEEDS 5u
#define RANKED 5u /* sentences that nDCG looks at */
#define OWN_ROWS 4u

typedef struct owned_trial {
    zub_trial trial;
    struct zub_trial_row *rows;
    zub_arena arena;
} owned_trial;

/* One article at work. */
typedef struct trial_task {
    owned_trial *owned;
    zub_scorer *scorer;
    zub_analyzer *analyzer;
    const zub_record *record;
    const zub_trial_options *options;
    zub_budget budget;
    zub_document *document;
    zub_article article; /* for zub_select */
    zub_gold gold;
    double *scores;  /* [sentences] */
    bool *is_chosen; /* [sentences] */
    zub_buffer text; /* of a summary: a sentence a line */
    zub_error *error;
} trial_task;

/* ---- Scoring a choice of sentences ---- */

static void add_line(trial_task *task, zub_span span)
{
    if (task->text.size > 0)
        zub_buffer_add_char(&task->text, '\n');
    zub_buffer_add(&task->text, task->document->text.data + span.start,
                   span.end - span.start);
}

static void begin_choice(trial_task *task)
{
    zub_buffer_clear(&task->text);
    memset(task->is_chosen, 0,
           task->document->sentence_count * sizeof *task->is_chosen);
}

/* What was gathered in task->text, and which sentences it is made of. */
static zub_status judge(trial_task *task, zub_scores *out)
{
    if (task->text.status != ZUB_OK)
        return zub_fail_memory(task->error);
    zub_status status = zub_scorer_judge(
        out, task->scorer, zub_buffer_slice(&task->text), task->error);
    if (status == ZUB_OK && task->gold.has_votes) {
        out->of[ZUB_MEASURE_SENTENCES] =
            zub_gold_score(&task->gold, task->scorer, task->is_chosen);
        out->has |= 1u << ZUB_MEASURE_SENTENCES;
    }
    return status;
}

static void rate_ranking(trial_task *task, zub_scores *out,
                         const uint32_t *ranking, size_t count)
{
    if (!task->gold.has_votes)
        return;
    out->of[ZUB_MEASURE_NDCG_5] =
        (zub_score){.f = zub_gold_ndcg(&task->gold, ranking, count)};
    out->has |= 1u << ZUB_MEASURE_NDCG_5;
}

static zub_status add_row(trial_task *task, const char *system,
                          const zub_scores *scores)
{
    zub_slice name = zub_arena_copy(&task->owned->arena,
                                    (zub_slice){system, strlen(system)});

    if (!name.data)
        return zub_fail_memory(task->error);
    task->owned->rows[task->owned->trial.count++] =
        (struct zub_trial_row){name.data, *scores};
    return ZUB_OK;
}

/* ---- Rankings of our own: task->scores ---- */

/* The first by score, the earlier one of equals. */
static size_t rank(const trial_task *task, uint32_t ranking[RANKED])
{
    size_t count = 0;

    for (size_t s = 0; s < task->document->sentence_count; s++) {
        size_t i = count;
        if (!task->article.is_candidate[s])
            continue;
        while (i > 0 && task->scores[s] > task->scores[ranking[i - 1]])
            i--;
        if (i == RANKED)
            continue;
        memmove(ranking + i + 1, ranking + i,
                (RANKED - 1 - i) * sizeof *ranking);
        ranking[i] = (uint32_t)s;
        count += count < RANKED;
    }
    return count;
}

static zub_status judge_scores(trial_task *task, zub_scores *out)
{
    zub_selection selection;
    uint32_t ranking[RANKED];

    if (zub_select(&selection, &task->article, task->scores, &task->budget,
                   false) != ZUB_OK)
        return zub_fail_memory(task->error);
    begin_choice(task);
    for (size_t i = 0; i < selection.count; i++) {
        add_line(task, selection.choices[i].span);
        task->is_chosen[selection.choices[i].sentence] = true;
    }
    zub_selection_release(&selection);
    zub_status status = judge(task, out);
    if (status == ZUB_OK)
        rate_ranking(task, out, ranking, rank(task, ranking));
    return status;
}

static zub_status add_lead(trial_task *task)
{
    zub_scores scores;

    for (size_t s = 0; s < task->document->sentence_count; s++)
        task->scores[s] = -(double)s;
    zub_status status = judge_scores(task, &scores);
    return status == ZUB_OK ? add_row(task, "lead", &scores) : status;
}

/* sum += scores / parts, all of it. */
static void add_part(zub_scores *sum, double *words, const zub_scores *scores,
                     double parts)
{
    for (size_t m = 0; m < ZUB_MEASURES; m++) {
        sum->of[m].p += scores->of[m].p / parts;
        sum->of[m].r += scores->of[m].r / parts;
        sum->of[m].f += scores->of[m].f / parts;
    }
    sum->has = scores->has;
    sum->references = scores->references;
    *words += (double)scores->words / parts;
    sum->words = (size_t)(*words + 0.5);
}

static zub_status add_random(trial_task *task)
{
    zub_scores mean = {0}, scores;
    double words = 0;

    for (uint64_t seed = 1; seed <= RANDOM_SEEDS; seed++) {
        zub_random random = {seed, zub_hash(task->record->id)};
        for (size_t s = 0; s < task->document->sentence_count; s++)
            task->scores[s] = zub_random_uniform(&random);
        zub_status status = judge_scores(task, &scores);
        if (status != ZUB_OK)
            return status;
        add_part(&mean, &words, &scores, RANDOM_SEEDS);
    }
    return add_row(task, "random", &mean);
}

/* What the budget means in words of the article; 0: it asks for none. */
static size_t words_asked(const trial_task *task)
{
    size_t words = task->budget.words;
    double share = task->budget.ratio * (double)task->document->word_count;

    if (task->budget.ratio > 0 && (words == 0 || share < (double)words))
        words = share < 1 ? 1 : (size_t)share;
    return words < task->document->word_count ? words
                                              : task->document->word_count;
}

static zub_status add_oracle(trial_task *task)
{
    const zub_document *document = task->document;
    size_t words = words_asked(task);
    zub_scores scores;

    if (words == 0)
        return ZUB_OK; /* it makes sense for words alone */
    words += words / 10 + 5;
    if (zub_gold_choose(&task->gold, task->scorer, words) != ZUB_OK)
        return zub_fail_memory(task->error);
    begin_choice(task);
    for (size_t s = 0; s < document->sentence_count; s++) {
        if (!task->gold.is_chosen[s])
            continue;
        add_line(task, document->sentences[s].span);
        task->is_chosen[s] = true;
    }
    zub_status status = judge(task, &scores);
    return status == ZUB_OK ? add_row(task, "oracle", &scores) : status;
}

static zub_status add_human(trial_task *task)
{
    zub_scorer *scorer = task->scorer;
    zub_scores mean = {0}, scores;
    double words = 0;

    if (scorer->reference_count < 2)
        return ZUB_OK;
    for (size_t r = 0; r < scorer->reference_count; r++) {
        zub_status status = zub_scorer_compare(
            &scores, scorer, &scorer->references[r], r, task->error);
        if (status != ZUB_OK)
            return status;
        add_part(&mean, &words, &scores, (double)scorer->reference_count);
    }
    return add_row(task, "human", &mean);
}

/* ---- The methods ---- */

static zub_status summarize(trial_task *task, zub_summary **out,
                            const char *method, const zub_budget *budget)
{
    zub_summary_options options = {
        .budget = *budget,
        .method = method,
        .profile = task->options->profile,
        .no_position = task->options->no_position,
    };

    return zub_summarize(out, task->analyzer, task->record, &options,
                         task->error);
}

static zub_status rate_method(trial_task *task, zub_scores *out,
                              const char *method)
{
    zub_budget budget = {.sentences = RANKED};
    uint32_t ranking[RANKED];
    zub_summary *summary;

    if (!task->gold.has_votes)
        return ZUB_OK;
    zub_status status = summarize(task, &summary, method, &budget);
    if (status != ZUB_OK)
        return status;
    for (size_t i = 0; i < summary->sentence_count; i++)
        ranking[summary->sentences[i].rank - 1] = summary->sentences[i].index;
    rate_ranking(task, out, ranking, summary->sentence_count);
    zub_summary_free(summary);
    return ZUB_OK;
}

static zub_status add_method(trial_task *task, const char *method)
{
    zub_summary *summary;
    zub_scores scores;
    zub_status status = summarize(task, &summary, method, &task->budget);

    if (status != ZUB_OK)
        return status;
    begin_choice(task);
    for (size_t i = 0; i < summary->sentence_count; i++) {
        add_line(task, summary->sentences[i].span);
        task->is_chosen[summary->sentences[i].index] = true;
    }
    zub_summary_free(summary);
    status = judge(task, &scores);
    if (status == ZUB_OK)
        status = rate_method(task, &scores, method);
    return status == ZUB_OK ? add_row(task, method, &scores) : status;
}

/* ---- The whole ---- */

/* Mean words of the references, as articles count them. */
static zub_status ask_references(trial_task *task, const zub_slice *references,
                                 size_t count)
{
    size_t words = 0, with_words = 0;
    zub_segments segments;

    for (size_t i = 0; i < count; i++) {
        zub_status status =
            zub_segment(task->analyzer->segmenter, &segments, references[i], 0,
                        task->document->lang, task->error);
        if (status != ZUB_OK)
            return status;
        words += segments.word_count;
        with_words += segments.word_count > 0;
        zub_segments_release(&segments);
    }
    if (with_words > 0)
        task->budget.words = (words + with_words / 2) / with_words;
    return ZUB_OK;
}

static zub_status prepare(trial_task *task, const zub_slice *references,
                          size_t count)
{
    zub_status status = zub_document_new(&task->document, task->analyzer,
                                         task->record, task->error);

    if (status != ZUB_OK)
        return status;
    if (task->options->is_reference_budget)
        status = ask_references(task, references, count);
    if (status == ZUB_OK)
        status =
            zub_article_init(&task->article, task->document, task->analyzer,
                             task->record->title, task->error);
    if (status == ZUB_OK)
        status =
            zub_scorer_refer(task->scorer, references, count, task->error);
    if (status == ZUB_OK)
        status = zub_gold_init(&task->gold, task->scorer, task->document,
                               task->error);
    if (status != ZUB_OK)
        return status;
    size_t sentences = task->document->sentence_count;
    task->scores = zub_alloc_zero(sentences, sizeof *task->scores);
    task->is_chosen = zub_alloc_zero(sentences, sizeof *task->is_chosen);
    task->owned->trial.empty_references =
        count - task->scorer->reference_count;
    return task->scores && task->is_chosen ? ZUB_OK
                                           : zub_fail_memory(task->error);
}

static bool has_method(const trial_task *task, const char *name)
{
    for (size_t i = 0; i < task->options->method_count; i++)
        if (strcmp(task->options->methods[i], name) == 0)
            return true;
    return false;
}

/* A method that is called like a row of ours takes its place. */
static zub_status add_rows(trial_task *task)
{
    static const struct {
        const char *name;
        zub_status (*add)(trial_task *);
    } rows[OWN_ROWS] = {
        {"lead", add_lead},
        {"random", add_random},
        {"oracle", add_oracle},
        {"human", add_human},
    };
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < task->options->method_count && status == ZUB_OK;
         i++)
        status = add_method(task, task->options->methods[i]);
    for (size_t i = 0; i < OWN_ROWS && status == ZUB_OK; i++)
        if (!task->options->no_rows && !has_method(task, rows[i].name))
            status = rows[i].add(task);
    return status;
}

static zub_status fill(trial_task *task, const zub_slice *references,
                       size_t count)
{
    owned_trial *owned = task->owned;
    zub_status status = prepare(task, references, count);

    if (status != ZUB_OK)
        return status;
    owned->rows =
        zub_arena_alloc(&owned->arena, task->options->method_count + OWN_ROWS,
                        sizeof *owned->rows);
    owned->trial.rows = owned->rows;
    owned->trial.id = zub_arena_copy(&owned->arena, task->record->id);
    if (!owned->rows || !owned->trial.id.data)
        return zub_fail_memory(task->error);
    return add_rows(task);
}

static void release(trial_task *task)
{
    zub_gold_release(&task->gold);
    zub_article_release(&task->article);
    zub_document_free(task->document);
    zub_free(task->scores);
    zub_free(task->is_chosen);
    zub_buffer_release(&task->text);
}

zub_status zub_trial_new(zub_trial **out, zub_scorer *scorer,
                         zub_analyzer *analyzer, const zub_record *record,
                         const zub_slice *references, size_t count,
                         const zub_trial_options *options, zub_error *error)
{
    static const zub_trial_options defaults;
    trial_task task = {.scorer = scorer,
                       .analyzer = analyzer,
                       .record = record,
                       .error = error,
                       .options = options ? options : &defaults};

    *out = NULL;
    task.budget = task.options->budget;
    task.owned = zub_alloc_zero(1, sizeof *task.owned);
    if (!task.owned)
        return zub_fail_memory(error);
    zub_arena_init(&task.owned->arena);
    zub_buffer_init(&task.text, ZUB_BUFFER_UNLIMITED);
    zub_status status = fill(&task, references, count);
    release(&task);
    if (status != ZUB_OK) {
        zub_trial_free(&task.owned->trial);
        return status;
    }
    *out = &task.owned->trial;
    return ZUB_OK;
}

void zub_trial_free(zub_trial *trial)
{
    if (!trial)
        return;
    owned_trial *owned = (owned_trial *)trial;
    zub_arena_release(&owned->arena);
    zub_free(owned);
}
