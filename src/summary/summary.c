/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* summary.c - an article's key sentences, keywords and gist: score, choose,
 * put into words of our own memory. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "summary/keywords.h"
#include "summary/method.h"
#include "summary/select.h"
#include "terms/analyzer.h"

#define DEFAULT_KEYWORDS 10u
#define MOST_PHRASES 5u
#define GIST_WORDS 40u
#define WORDS_A_MINUTE 200.0

typedef struct owned_summary {
    zub_summary summary;
    zub_arena arena; /* all that the summary points at */
} owned_summary;

/* What one call works with. */
typedef struct summary_task {
    owned_summary *owned;
    zub_analyzer *analyzer;
    const zub_record *record;
    const zub_summary_options *options;
    const zub_method *method;
    zub_profile profile;
    zub_document *document;
    zub_article article;
    double *parts;  /* [sentences][ZUB_REASONS] */
    double *scores; /* [sentences], sums of parts */
    zub_error *error;
} summary_task;

/* What the floors below say without words. */
static zub_status say(zub_status status, zub_error *error)
{
    return zub_fail(error, status, "cannot summarise the article: %s",
                    zub_status_text(status));
}

static zub_status check_budget(const zub_budget *budget, zub_error *error)
{
    if (!(budget->ratio >= 0 && budget->ratio <= 1))
        return zub_fail(error, ZUB_EINVAL,
                        "ratio is not between 0 and 1 (try 0.3)");
    if (budget->fit != ZUB_FIT_UNDER && budget->fit != ZUB_FIT_NEAREST)
        return zub_fail(error, ZUB_EINVAL, "no fit %d (see zub_fit)",
                        (int)budget->fit);
    return ZUB_OK;
}

static zub_status choose_method(summary_task *task)
{
    const char *name = task->options->method;

    task->method = zub_method_find(name);
    if (!task->method)
        return zub_fail(task->error, ZUB_EINVAL, "no method '%s'", name);
    if (!task->method->uses_profile)
        return ZUB_OK;
    return zub_profile_open(&task->profile, task->analyzer->models,
                            task->options->profile, task->document->lang,
                            &task->owned->arena, task->error);
}

static zub_status score(summary_task *task)
{
    size_t sentences = task->document->sentence_count;

    task->parts = zub_alloc_zero(sentences, ZUB_REASONS * sizeof *task->parts);
    task->scores = zub_alloc_zero(sentences, sizeof *task->scores);
    if (!task->parts || !task->scores)
        return zub_fail_memory(task->error);
    zub_status status =
        task->method->score(task->parts, &task->article, &task->profile,
                            task->options->no_position);
    if (status != ZUB_OK)
        return say(status, task->error);
    for (size_t s = 0; s < sentences; s++)
        for (size_t r = 0; r < ZUB_REASONS; r++)
            task->scores[s] += task->parts[s * ZUB_REASONS + r];
    return ZUB_OK;
}

/* ---- Into words ---- */

/* A piece of the article as it is shown. */
static zub_status copy_text(summary_task *task, zub_slice *out, zub_span span)
{
    zub_slice text = {task->record->text.data + span.start,
                      span.end - span.start};
    zub_buffer repaired;

    if (task->document->repaired == 0) {
        *out = zub_arena_copy(&task->owned->arena, text);
        return out->data ? ZUB_OK : ZUB_ENOMEM;
    }
    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    zub_utf8_repair(&repaired, text);
    zub_status status = repaired.status;
    if (status == ZUB_OK) {
        *out =
            zub_arena_copy(&task->owned->arena, zub_buffer_slice(&repaired));
        status = out->data ? ZUB_OK : ZUB_ENOMEM;
    }
    zub_buffer_release(&repaired);
    return status;
}

static zub_status explain(summary_task *task, zub_key_sentence *out, size_t s)
{
    zub_reason *reasons =
        zub_arena_alloc(&task->owned->arena, ZUB_REASONS, sizeof *reasons);

    if (!reasons)
        return ZUB_ENOMEM;
    for (int r = 0; r < ZUB_REASONS; r++)
        if (task->method->reasons >> r & 1)
            reasons[out->reason_count++] =
                (zub_reason){zub_reason_name((zub_reason_id)r),
                             task->parts[s * ZUB_REASONS + (size_t)r]};
    out->reasons = reasons;
    return ZUB_OK;
}

static zub_status write_sentence(summary_task *task, zub_key_sentence *out,
                                 const zub_choice *choice)
{
    const zub_sentence *sentence =
        &task->document->sentences[choice->sentence];

    out->index = choice->sentence;
    out->paragraph = sentence->paragraph;
    out->span = choice->span;
    out->score = task->scores[choice->sentence];
    out->rank = choice->rank;
    out->words = choice->words;
    out->is_heading = sentence->is_heading;
    out->is_truncated = choice->is_truncated;
    zub_status status = explain(task, out, choice->sentence);
    return status == ZUB_OK ? copy_text(task, &out->text, choice->span)
                            : status;
}

static zub_status write_sentences(summary_task *task)
{
    zub_summary *summary = &task->owned->summary;
    zub_selection selection;
    zub_status status =
        zub_select(&selection, &task->article, task->scores, &summary->asked,
                   task->method->drops_repeats);

    if (status != ZUB_OK)
        return status;
    zub_key_sentence *sentences = zub_arena_alloc(
        &task->owned->arena, selection.count, sizeof *sentences);
    if (!sentences)
        status = ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < selection.count; i++)
        status = write_sentence(task, &sentences[i], &selection.choices[i]);
    summary->sentences = sentences;
    summary->sentence_count = selection.count;
    summary->got = selection.got;
    zub_selection_release(&selection);
    return status;
}

/* Key sentences stand in text order: halving finds one. */
static bool is_chosen(const summary_task *task, size_t s)
{
    const zub_summary *summary = &task->owned->summary;
    size_t low = 0, high = summary->sentence_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (summary->sentences[middle].index < s)
            low = middle + 1;
        else
            high = middle;
    }
    return low < summary->sentence_count && summary->sentences[low].index == s;
}

/* Whether sentence s makes a better gist than `best`: a short one first, one
 * that was chosen for the summary before others, then the score. */
static bool is_better_gist(const summary_task *task, size_t s, size_t best)
{
    const zub_sentence *sentences = task->document->sentences;
    bool is_short =
        sentences[s].word_end - sentences[s].word_start <= GIST_WORDS;

    if (best == task->document->sentence_count)
        return true;
    bool best_is_short =
        sentences[best].word_end - sentences[best].word_start <= GIST_WORDS;
    if (is_short != best_is_short)
        return is_short;
    if (is_chosen(task, s) != is_chosen(task, best))
        return is_chosen(task, s);
    return task->scores[s] > task->scores[best];
}

static zub_status write_gist(summary_task *task)
{
    const zub_document *document = task->document;
    size_t best = document->sentence_count;

    for (size_t s = 0; s < document->sentence_count; s++)
        if (task->article.is_candidate[s] && is_better_gist(task, s, best))
            best = s;
    if (best == document->sentence_count)
        return ZUB_OK;
    return copy_text(task, &task->owned->summary.gist,
                     document->sentences[best].span);
}

static zub_status write_keywords(summary_task *task)
{
    zub_summary *summary = &task->owned->summary;
    size_t most =
        task->options->keywords ? task->options->keywords : DEFAULT_KEYWORDS;
    zub_lexicon *lexicon;
    zub_key_terms found;
    zub_status status = zub_analyzer_lexicon(
        task->analyzer, &lexicon, task->document->lang, task->error);

    if (status == ZUB_OK)
        status = zub_key_terms_find(&found, &task->article, lexicon, most,
                                    &task->owned->arena);
    if (status != ZUB_OK)
        return status;
    summary->keywords = found.keywords;
    summary->keyword_count = found.keyword_count;
    summary->phrases = found.phrases;
    summary->phrase_count =
        found.phrase_count < MOST_PHRASES ? found.phrase_count : MOST_PHRASES;
    return ZUB_OK;
}

static zub_slice title_of(const summary_task *task)
{
    return task->options->title ? *task->options->title : task->record->title;
}

static zub_status write_header(summary_task *task)
{
    zub_summary *summary = &task->owned->summary;
    zub_arena *arena = &task->owned->arena;

    summary->id = zub_arena_copy(arena, task->record->id);
    summary->title = zub_arena_copy(arena, title_of(task));
    summary->method = task->method->name;
    summary->profile =
        task->method->uses_profile ? task->profile.name : task->method->name;
    summary->asked = zub_budget_asked(&task->options->budget);
    summary->models_used = task->profile.file ? task->profile.file : "";
    memcpy(summary->lang, task->document->lang, sizeof summary->lang);
    summary->stats.words = task->document->word_count;
    summary->stats.sentences = task->document->sentence_count;
    summary->stats.types = task->document->term_count;
    summary->stats.repaired_bytes =
        task->document->repaired + task->record->repaired;
    summary->stats.reading_minutes =
        (double)task->document->word_count / WORDS_A_MINUTE;
    return summary->id.data && summary->title.data ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status write_summary(summary_task *task)
{
    zub_status status = write_header(task);

    if (status == ZUB_OK)
        status = write_sentences(task);
    if (status == ZUB_OK)
        status = write_gist(task);
    if (status == ZUB_OK)
        status = write_keywords(task);
    return status == ZUB_OK ? ZUB_OK : say(status, task->error);
}

/* ---- */

static zub_status run(summary_task *task)
{
    zub_status status = check_budget(&task->options->budget, task->error);

    if (status == ZUB_OK)
        status = zub_document_new(&task->document, task->analyzer,
                                  task->record, task->error);
    if (status == ZUB_OK)
        status = choose_method(task);
    if (status == ZUB_OK)
        status = zub_article_init(&task->article, task->document,
                                  task->analyzer, title_of(task), task->error);
    if (status == ZUB_OK)
        status = score(task);
    if (status == ZUB_OK)
        status = write_summary(task);
    return status;
}

zub_status zub_summarize(zub_summary **out, zub_analyzer *analyzer,
                         const zub_record *record,
                         const zub_summary_options *options, zub_error *error)
{
    static const zub_summary_options defaults = {0};
    summary_task task = {.analyzer = analyzer,
                         .record = record,
                         .options = options ? options : &defaults,
                         .error = error};

    *out = NULL;
    zub_error_clear(error);
    task.owned = zub_alloc_zero(1, sizeof *task.owned);
    if (!task.owned)
        return zub_fail_memory(error);
    zub_status status = run(&task);
    zub_article_release(&task.article);
    zub_document_free(task.document);
    zub_free(task.parts);
    zub_free(task.scores);
    if (status != ZUB_OK) {
        zub_summary_free(&task.owned->summary);
        return status;
    }
    *out = &task.owned->summary;
    return ZUB_OK;
}

void zub_summary_free(zub_summary *summary)
{
    if (!summary)
        return;
    owned_summary *owned = (owned_summary *)summary;
    zub_arena_release(&owned->arena);
    zub_free(owned);
}
