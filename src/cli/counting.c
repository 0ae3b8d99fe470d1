/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counting.c - see counting.h. */
#include "cli/counting.h"

#include <stdio.h>
#include <string.h>

#include "cli/message.h"
#include "cli/repairs.h"

static const zub_option rows[] = {
    {.kind = ZUB_OPTION_RANGE,
     .name = "ngram",
     .is_main = true,
     .offset = offsetof(zub_counting, words),
     .metavar = "N-M",
     .low = 1,
     .high = 8,
     .about = "count N to M words in a row (default 1)",
     .more = "1-2: words and pairs of words. N alone: N words and no fewer. "
             "They stay within a sentence."},
    {.kind = ZUB_OPTION_RANGE,
     .name = "char-ngram",
     .is_main = true,
     .offset = offsetof(zub_counting, characters),
     .metavar = "N-M",
     .low = 1,
     .high = 16,
     .about = "count N to M characters in a row, in place of words",
     .more = "Of each folded word between two spaces."},
    {.kind = ZUB_OPTION_STRING,
     .name = "compat",
     .offset = offsetof(zub_counting, compat),
     .metavar = "NAME",
     .name_at = zub_compat_name,
     .about_at = zub_compat_about,
     .about = "words as another package has them"},
    ZUB_DROP_STOP_WORDS_OPTION,
    ZUB_SPILL_OPTIONS(zub_counting),
    {.kind = ZUB_OPTION_END},
};

const zub_option *const zub_counting_tables[] = {rows, zub_input_options,
                                                 zub_help_options, NULL};

zub_analyzer_options zub_counting_words(const zub_counting *counting)
{
    return (zub_analyzer_options){.lang = counting->common.lang,
                                  .stemmer = counting->common.stemmer,
                                  .lexicon = counting->common.lexicon,
                                  .keep_stop_words =
                                      !counting->drop_stop_words};
}

zub_count_options zub_counting_options(const zub_counting *counting)
{
    return (zub_count_options){.compat = counting->compat,
                               .low = (unsigned)counting->words[0],
                               .high = (unsigned)counting->words[1],
                               .char_low = (unsigned)counting->characters[0],
                               .char_high = (unsigned)counting->characters[1],
                               .memory = counting->spill.memory,
                               .folder = zub_spill_folder(&counting->spill),
                               .shard = (unsigned)counting->shard[0],
                               .shards = (unsigned)counting->shard[1]};
}

static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    return zub_intake_fail(context, record, failure);
}

/* Without the state that --strict or bad settings kept from being made, and
 * without one of no articles: a shard may have none of them, a corpus must. */
static zub_status judge(zub_state **state, zub_status status,
                        const zub_intake *intake)
{
    bool is_empty = zub_corpus_progress(intake->corpus).records == 0;

    if (status == ZUB_OK && is_empty) {
        zub_state_free(*state);
        *state = NULL;
    }
    return intake->is_stopped ? ZUB_OK : status;
}

/* Another package's words have neither stems nor stop words: what would be
 * passed over in silence is refused. */
static zub_status check_compat(const zub_counting *counting, zub_error *error)
{
    const char *idle = NULL;

    if (counting->compat == NULL)
        return ZUB_OK;
    if (counting->drop_stop_words)
        idle = "--drop-stop-words";
    else if (counting->common.lexicon != NULL)
        idle = "--lexicon";
    else if (strcmp(counting->common.stemmer, "auto") != 0)
        idle = "--stemmer";
    if (idle == NULL)
        return ZUB_OK;
    return zub_message_into(error, ZUB_EINVAL,
                            "--compat %s has words of its own: %s does "
                            "nothing there",
                            counting->compat, idle);
}

/* What is told of each article, here and to who asked. */
typedef struct hearing {
    const zub_count_options *asked;
    zub_repairs repairs;
    bool is_quiet;
} hearing;

static void hear(void *context, const zub_record *record, const char *lang,
                 uint64_t words)
{
    hearing *heard = context;
    const zub_count_options *asked = heard->asked;

    if (!heard->is_quiet)
        zub_repairs_add(&heard->repairs, record, zub_record_repaired(record));
    if (asked->counted != NULL)
        asked->counted(asked->counted_context, record, lang, words);
}

/* Which bad input is the first is only certain when one thread reads them. */
static unsigned threads_of(const zub_common *common)
{
    return common->strict ? 1 : (unsigned)common->threads;
}

zub_status zub_counting_run(zub_state **out, const zub_counting *counting,
                            zub_intake *intake, const zub_count_options *count,
                            zub_error *error)
{
    const zub_common *common = &counting->common;
    zub_analyzer_options words = zub_counting_words(counting);
    zub_failures failures = {intake, fail};
    hearing heard = {.asked = count, .is_quiet = common->quiet};
    zub_count_options options = *count;
    zub_status status = zub_repairs_init(&heard.repairs);

    if (status != ZUB_OK)
        return status;
    options.counted = hear;
    options.counted_context = &heard;
    zub_spill_prepare(&counting->spill);
    status = check_compat(counting, error);
    if (status == ZUB_OK)
        status = zub_count(out, intake->corpus, threads_of(common),
                           intake->models, &words, &options, &failures, error);
    zub_repairs_say(&heard.repairs, "taken for");
    zub_repairs_release(&heard.repairs);
    return judge(out, zub_common_blame(common, status, error), intake);
}

bool zub_counting_is_state(const char *path)
{
    size_t size = strlen(path);

    return size > 4 && strcmp(path + size - 4, ".zub") == 0;
}

zub_status zub_counting_find_state(bool *out, const char *const *operands,
                                   size_t count, zub_error *error)
{
    size_t states = 0;

    for (size_t i = 0; i < count; i++)
        states += zub_counting_is_state(operands[i]);
    *out = states > 0;
    if (states == 0 || count == 1)
        return ZUB_OK;
    if (states == count)
        return zub_message_into(error, ZUB_EINVAL,
                                "one state at a time (merge them first: zubda "
                                "merge -o all.zub %s ...)",
                                operands[0]);
    return zub_message_into(error, ZUB_EINVAL,
                            "states and articles cannot be read together "
                            "(count the articles first: zubda count)");
}

static const char *idle_option(const zub_counting *counting)
{
    const zub_common *common = &counting->common;

    if (counting->words[0] > 0)
        return "--ngram";
    if (counting->characters[0] > 0)
        return "--char-ngram";
    if (counting->drop_stop_words)
        return "--drop-stop-words";
    if (common->lexicon != NULL)
        return "--lexicon";
    if (strcmp(common->lang, "auto") != 0)
        return "--lang";
    if (strcmp(common->stemmer, "auto") != 0)
        return "--stemmer";
    return counting->compat != NULL ? "--compat" : NULL;
}

zub_status zub_counting_check_idle(const zub_counting *counting,
                                   zub_error *error)
{
    const char *idle = idle_option(counting);

    return idle == NULL
               ? ZUB_OK
               : zub_message_into(error, ZUB_EINVAL,
                                  "a state was counted already: %s comes too "
                                  "late (give it to zubda count)",
                                  idle);
}

zub_status zub_counting_open(zub_state **out, const char *path,
                             zub_error *error)
{
    zub_status status = zub_state_open(out, path, error);

    return status == ZUB_ENOTFOUND ? ZUB_EIO : status;
}

/* A shard without articles is nothing that is missing. */
int zub_counting_exit(const zub_counting *counting, const zub_intake *intake,
                      const zub_state *state)
{
    zub_state_facts facts = {0};
    uint64_t records = 0;
    bool is_shard = state != NULL && counting->shard[1] > 1;

    if (state != NULL)
        facts = zub_state_about(state);
    if (intake->corpus != NULL)
        records = zub_corpus_progress(intake->corpus).records;
    return zub_intake_exit(intake, records, is_shard ? 1 : facts.tokens);
}

/* "1 article", "2 articles". */
#define COUNTED(noun) "%llu " noun "%s"
#define NUMBER(n) (unsigned long long)(n), (n) == 1 ? "" : "s"

void zub_counting_say(const zub_state *state, const char *path)
{
    char where[320] = "on standard output";
    zub_state_facts facts = zub_state_about(state);
    unsigned long long ngrams = 0;

    if (strcmp(path, "-") != 0)
        snprintf(where, sizeof where, "in '%.300s'", path);
    for (unsigned n = 2; n <= facts.high; n++)
        ngrams += facts.ngrams[n];
    if (facts.high > 1)
        zub_message(COUNTED("article") ", " COUNTED("term") ", " COUNTED(
                        "n-gram") ", " COUNTED("word") " %s",
                    NUMBER(facts.articles), NUMBER(facts.terms),
                    NUMBER(ngrams), NUMBER(facts.tokens), where);
    else
        zub_message(
            COUNTED("article") ", " COUNTED("term") ", " COUNTED("word") " %s",
            NUMBER(facts.articles), NUMBER(facts.terms), NUMBER(facts.tokens),
            where);
}
