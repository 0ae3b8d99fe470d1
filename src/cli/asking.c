/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* asking.c - see asking.h. */
#include "cli/asking.h"

#include <stdlib.h>

#include "cli/algebra.h"
#include "cli/command.h"
#include "cli/folder.h"
#include "cli/message.h"
#include "cli/run.h"

const zub_choice zub_asking_formats[] = {
    {"text", ZUB_FORMAT_TEXT},   {"json", ZUB_FORMAT_JSON},
    {"jsonl", ZUB_FORMAT_JSONL}, {"tsv", ZUB_FORMAT_TSV},
    {"trec", ZUB_FORMAT_TREC},   {NULL, 0},
};

static const zub_choice bys[] = {
    {"passage", ZUB_BY_PASSAGE},
    {"document", ZUB_BY_ARTICLE},
    {NULL, 0},
};

static const zub_choice measures[] = {
    {"bm25", ZUB_SEARCH_BM25},
    {"likelihood", ZUB_SEARCH_LIKELIHOOD},
    {NULL, 0},
};

static const zub_choice whens[] = {
    {"auto", ZUB_WHEN_AUTO},
    {"always", ZUB_WHEN_ALWAYS},
    {"never", ZUB_WHEN_NEVER},
    {NULL, 0},
};

const zub_option zub_asking_options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "count",
     .letter = 'k',
     .is_main = true,
     .offset = offsetof(zub_asking_settings, count),
     .metavar = "N",
     .low = 1,
     .high = 1000000,
     .fallback = "10",
     .about = "hits at most"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "by",
     .is_main = true,
     .offset = offsetof(zub_asking_settings, by),
     .metavar = "UNIT",
     .choices = bys,
     .about = "what a hit is (default passage)",
     .more = "document: an article stands there once, by its best passage, "
             "which is the default of a TREC run."},
    ZUB_FORMAT_OPTION(zub_asking_formats),
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    {.kind = ZUB_OPTION_FLAG,
     .name = "explain",
     .letter = 'e',
     .is_main = true,
     .offset = offsetof(zub_asking_settings, explain),
     .about = "say which words made a score",
     .more = "words is BM25 of stemmed words, grams that of characters in a "
             "row; the score is the half of each, scaled to 0 to 1 among the "
             "hundred best by words."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-grams",
     .offset = offsetof(zub_asking_settings, no_grams),
     .about = "order by words alone",
     .more = "Quicker, and worse in every language that was measured."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "measure",
     .offset = offsetof(zub_asking_settings, measure),
     .metavar = "NAME",
     .choices = measures,
     .about = "what words are worth (default bm25)",
     .more = "likelihood: how likely the passage is to say the question, "
             "with Dirichlet smoothing. Nearly the equal of bm25, and ahead "
             "among many passages beside the point; slower, for every posting "
             "is read, and worse with --no-grams."},
    {.kind = ZUB_OPTION_REAL,
     .name = "mu",
     .offset = offsetof(zub_asking_settings, mu),
     .metavar = "WORDS",
     .low = 1,
     .high = 1000000,
     .fallback = "200",
     .about = "words that smooth a likelihood",
     .more = "As if each passage had so many more, as common in it as in the "
             "index. Long passages want more."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "expand",
     .offset = offsetof(zub_asking_settings, expand),
     .about = "ask again with words of the best hits (RM3)",
     .more = "The ten words that the ten best passages are about most get "
             "half of the weight; -e shows them. For a subject in few words; "
             "questions of facts lose."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "lsa",
     .offset = offsetof(zub_asking_settings, lsa),
     .metavar = "K",
     .low = 1,
     .high = 100000,
     .about = "by meaning, too: passages in K dimensions",
     .more =
         "The hundred nearest by latent semantic analysis stand beside the "
         "hundred best by words, and the score is half of each. For "
         "questions about a subject; those of facts lose. All passages are "
         "reduced anew at every start, which is worth it with --queries "
         "and --all: about 8 bytes a word and 4 * K a passage and a "
         "term. Needs OpenBLAS."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-snippets",
     .offset = offsetof(zub_asking_settings, no_snippets),
     .about = "no text and no titles of hits"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "stale-ok",
     .offset = offsetof(zub_asking_settings, stale_ok),
     .about = "read an index of another analyzer all the same",
     .more = "Words that this one cuts otherwise are not found."},
    {.kind = ZUB_OPTION_STRING,
     .name = "lang",
     .letter = 'l',
     .offset = offsetof(zub_common, lang),
     .metavar = "CODE",
     .fallback = "auto",
     .low = 1,
     .about = "language of the question, such as ar or pt-BR",
     .more = "auto: that of the articles, if nine in ten share it; else it is "
             "detected."},
    {.kind = ZUB_OPTION_STRING,
     .name = "models",
     .offset = offsetof(zub_common, models),
     .metavar = "DIR",
     .low = 1,
     .offer = ZUB_OFFER_FOLDER,
     .about = "folder of trained models"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "color",
     .offset = offsetof(zub_common, color),
     .metavar = "WHEN",
     .choices = whens,
     .fallback = "auto",
     .about = "words of the question in bold in text",
     .more = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "quiet",
     .letter = 'q',
     .offset = offsetof(zub_common, quiet),
     .about = "no warnings; errors stay"},
    {.kind = ZUB_OPTION_END},
};

const zub_option *const zub_asking_tables[] = {zub_asking_options,
                                               zub_help_options, NULL};

static void take_settings(zub_asking_run *run)
{
    const zub_asking_settings *asked = run->asked;
    bool is_trec = asked->common.format == ZUB_FORMAT_TREC;

    run->options = (zub_search_options){
        .count = asked->count,
        .lang = asked->common.lang,
        .by_article = asked->by == ZUB_BY_ARTICLE ||
                      (is_trec && asked->by == ZUB_BY_DEFAULT),
        .without_grams = asked->no_grams,
        .measure = (zub_search_measure)asked->measure,
        .mu = asked->mu,
        .expand = asked->expand,
        .with_snippets = !asked->no_snippets && !is_trec,
        .with_reasons = asked->explain && !is_trec};
}

static zub_status open_searcher(zub_asking_run *run, const char *folder)
{
    zub_status status = zub_index_open(&run->index, folder, run->models,
                                       run->asked->stale_ok, &run->error);

    if (status == ZUB_ENOTFOUND)
        status = ZUB_EIO;
    if (status == ZUB_OK)
        status = zub_searcher_new(&run->searcher, run->index, &run->error);
    if (status != ZUB_OK || run->asked->lsa == 0)
        return status;
    status = zub_algebra_prepare(&run->error);
    if (status == ZUB_OK)
        status = zub_searcher_reduce(run->searcher, run->asked->lsa, 0,
                                     &run->error);
    return status;
}

zub_status zub_asking_open(zub_asking_run *run,
                           const zub_asking_settings *asked,
                           const char *folder, bool has_several)
{
    *run = (zub_asking_run){.asked = asked, .has_several = has_several};
    take_settings(run);
    zub_status status = zub_folder_open_models(
        &run->models, asked->common.models, asked->common.quiet, &run->error);
    if (status == ZUB_OK)
        status = open_searcher(run, folder);
    if (status != ZUB_OK)
        return status;
    run->destination = calloc(1, sizeof *run->destination);
    return run->destination != NULL
               ? zub_destination_open(run->destination, asked->common.output,
                                      &run->error)
               : ZUB_ENOMEM;
}

/* What stands before an answer of a batch in JSON. */
static zub_status write_between(zub_asking_run *run)
{
    zub_sink sink = zub_destination_sink(run->destination);
    bool is_array =
        run->has_several && run->asked->common.format == ZUB_FORMAT_JSON;

    if (!is_array)
        return ZUB_OK;
    return sink.write(sink.context, run->answers ? ",\n  " : "[\n  ", 4);
}

zub_status zub_asking_write(zub_asking_run *run, zub_hits *hits,
                            const zub_hits_look *what)
{
    const zub_common *common = &run->asked->common;
    zub_hits_look look = *what;
    zub_status status = write_between(run);

    look.is_trec = common->format == ZUB_FORMAT_TREC;
    look.format = look.is_trec ? ZUB_FORMAT_TEXT : (zub_format)common->format;
    look.by_article = run->options.by_article;
    look.explain = run->asked->explain;
    look.isolate = run->destination->is_terminal;
    look.color = zub_run_wants_color(common->color, run->destination);
    look.with_head = run->answers == 0;
    look.is_one_of_several = run->has_several;
    look.indent = run->has_several;
    if (status == ZUB_OK)
        status = zub_render_hits(hits, &look,
                                 zub_destination_sink(run->destination));
    if (status == ZUB_OK && !run->has_several &&
        common->format == ZUB_FORMAT_JSON)
        status = zub_destination_write(run->destination, "\n", 1);
    if (status == ZUB_OK)
        status = zub_destination_hand_over(run->destination);
    run->answers++;
    run->hits += hits->count;
    zub_hits_free(hits);
    return status;
}

void zub_asking_fail(zub_asking_run *run)
{
    zub_message("%s", run->error.message);
    if (run->failures++ == 0)
        run->worst = zub_exit_of(run->error.status);
}

static zub_status write_end(zub_asking_run *run)
{
    bool is_array =
        run->has_several && run->asked->common.format == ZUB_FORMAT_JSON;

    if (!is_array)
        return ZUB_OK;
    return run->answers ? zub_destination_write(run->destination, "\n]\n", 3)
                        : zub_destination_write(run->destination, "[]\n", 3);
}

static zub_status finish(zub_asking_run *run, zub_status status)
{
    bool has_failed_output =
        run->destination != NULL && run->destination->error != 0;
    bool is_lost = run->failures > 0 && run->answers == 0;

    if (status == ZUB_OK && !is_lost)
        status = write_end(run);
    if ((status == ZUB_OK && !is_lost) || has_failed_output)
        status = zub_destination_commit(run->destination, &run->error);
    if (status != ZUB_OK)
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
    return status;
}

/* Questions that failed among others: something was left out. */
static int exit_of(const zub_asking_run *run, zub_status status)
{
    if (status != ZUB_OK)
        return zub_exit_of(status);
    if (run->failures > 0 && run->answers == 0)
        return run->worst;
    return run->hits > 0 && run->failures == 0 ? ZUB_EXIT_DONE
                                               : ZUB_EXIT_NOTHING;
}

int zub_asking_close(zub_asking_run *run, zub_status status)
{
    status = finish(run, status);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
    zub_searcher_free(run->searcher);
    zub_index_free(run->index);
    zub_models_free(run->models);
    return exit_of(run, status);
}
