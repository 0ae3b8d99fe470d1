/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align.c - `zubda align`: passages that two texts share. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/intake.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/run.h"
#include "cli/watch.h"

typedef struct settings {
    zub_common common;
    size_t min_words, most, seed;
    double min_similarity;
} settings;

/* What is held against what: of one input the second is empty. */
typedef struct align_side {
    zub_intake intake;
    zub_articles *articles;
} align_side;

typedef struct align_run {
    const settings *asked;
    align_side sides[2];
    size_t side_count;
    zub_destination *destination;
    zub_alignment *found;
    zub_error error;
} align_run;

/* ---- Reading ---- */

static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    return zub_intake_fail(context, record, failure);
}

static zub_status read_side(align_run *run, align_side *side)
{
    const zub_common *common = &run->asked->common;
    zub_analyzer_options words = {.lang = common->lang,
                                  .stemmer = common->stemmer,
                                  .lexicon = common->lexicon};
    zub_failures failures = {&side->intake, fail};
    zub_watch watch;

    zub_watch_start(&watch, side->intake.corpus, run->destination,
                    common->progress, common->quiet);
    zub_status status = zub_articles_read(
        &side->articles, side->intake.corpus, (unsigned)common->threads,
        side->intake.models, &words, &failures, &run->error);
    zub_watch_stop(&watch);
    status = zub_common_blame(common, status, &run->error);
    return side->intake.is_stopped ? ZUB_OK : status;
}

/* A side is one operand. */
static void say_repairs(const align_side *side, const char *operand)
{
    zub_articles_facts facts = zub_articles_about(side->articles);
    zub_repairs repairs = {.articles = facts.articles,
                           .bytes = facts.repaired,
                           .broken = facts.broken};

    if (strlen(operand) < sizeof repairs.source)
        strcpy(repairs.source, operand);
    zub_repairs_say(&repairs, "taken for");
}

static zub_status check_operands(align_run *run, const char *const *operands,
                                 size_t count)
{
    if (count > 2)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "more than two inputs (name a folder, or a "
                                "file of many articles, for each side)");
    return zub_common_stdins(operands, count) > 1
               ? zub_message_into(&run->error, ZUB_EINVAL,
                                  "standard input cannot be read twice "
                                  "(name - once)")
               : ZUB_OK;
}

static zub_status open_sides(align_run *run, const char *const *operands,
                             size_t count)
{
    const zub_common *common = &run->asked->common;
    zub_status status = check_operands(run, operands, count);

    run->side_count = count == 2 ? 2 : 1;
    for (size_t i = 0; status == ZUB_OK && i < run->side_count; i++)
        status = zub_intake_open(&run->sides[i].intake, common, operands + i,
                                 count > i ? 1 : 0, &run->error);
    return status;
}

/* ---- The answer ---- */

/* There is something to hold against something: each side has articles, or
 * nothing to say against having none. */
static bool has_sides(const align_run *run)
{
    for (size_t i = 0; i < run->side_count; i++) {
        const align_side *side = &run->sides[i];
        if (side->articles == NULL)
            return false;
        if (side->intake.failures > 0 &&
            zub_articles_about(side->articles).articles == 0)
            return false;
    }
    return true;
}

static zub_status align(align_run *run)
{
    const settings *asked = run->asked;
    zub_align_options options = {.min_words = asked->min_words,
                                 .min_similarity = asked->min_similarity,
                                 .most = asked->most,
                                 .seed = (unsigned)asked->seed};

    return zub_align(&run->found, run->sides[0].articles,
                     run->sides[1].articles, (unsigned)asked->common.threads,
                     &options, &run->error);
}

static zub_status answer(align_run *run)
{
    const zub_common *common = &run->asked->common;
    zub_destination *to = run->destination;
    zub_alignment_look look = {.format = (zub_format)common->format,
                               .isolate = to->is_terminal,
                               .color =
                                   zub_run_wants_color(common->color, to)};
    zub_watch watch;

    zub_watch_start(&watch, NULL, to, -1, true);
    zub_status status = align(run);
    if (status == ZUB_OK)
        status = zub_render_alignment(run->found, &look,
                                      zub_destination_sink(to), &run->error);
    if (status == ZUB_OK || to->error)
        status = zub_destination_commit(to, &run->error);
    zub_watch_stop(&watch);
    return status;
}

/* ---- The whole ---- */

static zub_status run_all(align_run *run, const char *const *operands,
                          size_t count)
{
    zub_status status = open_sides(run, operands, count);

    if (status == ZUB_OK)
        status = zub_destination_open(run->destination,
                                      run->asked->common.output, &run->error);
    for (size_t i = 0; status == ZUB_OK && i < run->side_count; i++) {
        align_side *side = &run->sides[i];
        status = read_side(run, side);
        if (side->articles != NULL && !run->asked->common.quiet)
            say_repairs(side, i < count ? operands[i] : "-");
    }
    if (status == ZUB_OK && has_sides(run))
        status = answer(run);
    return status;
}

/* The worse of both sides'. */
static int exit_of_sides(const align_run *run)
{
    int worst = ZUB_EXIT_DONE;

    for (size_t i = 0; i < run->side_count; i++) {
        const align_side *side = &run->sides[i];
        zub_articles_facts facts = {0};
        if (side->articles != NULL)
            facts = zub_articles_about(side->articles);
        int code = zub_intake_exit(&side->intake, facts.articles,
                                   facts.articles - facts.empty);
        worst = code > worst ? code : worst;
    }
    return worst;
}

static int exit_code(const align_run *run, zub_status status)
{
    if (status != ZUB_OK) {
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
        return zub_exit_of(status);
    }
    int code = exit_of_sides(run);
    bool is_nothing =
        run->found == NULL || zub_alignment_about(run->found).passages == 0;
    return code == ZUB_EXIT_DONE && is_nothing ? ZUB_EXIT_NOTHING : code;
}

static void release(align_run *run)
{
    zub_alignment_free(run->found);
    for (size_t i = 0; i < run->side_count; i++) {
        zub_articles_free(run->sides[i].articles);
        zub_intake_close(&run->sides[i].intake);
    }
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    align_run run = {.asked = context,
                     .destination = calloc(1, sizeof *run.destination)};
    zub_status status =
        run.destination ? run_all(&run, operands, count) : ZUB_ENOMEM;
    int code = exit_code(&run, status);

    release(&run);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Finds passages that two texts share: quotations, copied text, and text "
    "that was edited lightly. Every article of A is held against every "
    "article of B; without B, articles of A against one another. Case, "
    "points, "
    "vowel signs, forms of alef, and final yeh and teh marbuta do not matter, "
    "so a vocalised quotation is found in a text without vowels.",
    "A passage begins and ends with words that both have. Words that one of "
    "them has alone stand in brackets, or in colour in bold. Its similarity "
    "is "
    "the number of words that match, in order, among those of the longer "
    "side. Of passages of two articles that overlap on both sides the better "
    "is given. Places are bytes of the article.",
    "Passages are found by words in a row that both have, --seed of them. "
    "Seeds that are everywhere are followed to some places alone, so that "
    "repetition costs no more than other text: to 16 in an article, to 256 in "
    "A. Without a passage the exit status is 1.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda align poems.txt essays/", "what essays quote of poems"},
    {"zubda align -k 20 essays.jsonl", "the longest that essays share"},
    {"zubda align -f tsv a.txt b.txt", "as a table, with both places"},
    {NULL, NULL},
};

#define AT(member) .offset = offsetof(settings, member)

static const zub_option options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "min-words",
     .letter = 'w',
     .is_main = true,
     AT(min_words),
     .metavar = "N",
     .fallback = "8",
     .low = 1,
     .about = "words that match, of a passage",
     .more = "Fewer find shorter quotations, and phrases that nobody quoted."},
    {.kind = ZUB_OPTION_REAL,
     .name = "min-similarity",
     .letter = 's',
     .is_main = true,
     AT(min_similarity),
     .metavar = "X",
     .fallback = "0.5",
     .high = 1,
     .about = "how similar both sides are, to 1",
     .more = "1: word for word."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "longest",
     .letter = 'k',
     .is_main = true,
     AT(most),
     .metavar = "N",
     .low = 1,
     .about = "the N passages of most words, longest first",
     .more = "Without it all of them, in the order of A."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "seed",
     .is_main = true,
     AT(seed),
     .metavar = "N",
     .fallback = "3",
     .low = 1,
     .high = 16,
     .about = "words in a row that a passage has unchanged",
     .more = "Fewer find what was edited more, and take longer."},
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    {.kind = ZUB_OPTION_CHOICE,
     .name = "color",
     .offset = offsetof(zub_common, color),
     .metavar = "WHEN",
     .fallback = "auto",
     .choices = zub_whens,
     .about = "colours in text",
     .more = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb."},
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const tables[] = {zub_input_options, zub_help_options,
                                           NULL};

const zub_command zub_command_align = {
    .name = "align",
    .about = "passages that two texts share",
    .operands = "[A [B]]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = tables,
    .settings_size = sizeof(settings),
    .run = run,
};
