/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ngrams.c - `zubda ngrams`: words, or characters, in a row. */
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/message.h"

#define MOST_WORDS 8

typedef struct settings {
    zub_counting counting;
    size_t n[2]; /* 0: not asked for */
    size_t min_count, limit;
    const char *sort;
    bool characters, keys, reverse;
} settings;

static zub_count_options count_options(const settings *asked)
{
    zub_count_options options = zub_counting_options(&asked->counting);
    unsigned low = asked->n[0] ? (unsigned)asked->n[0] : 2;
    unsigned high = asked->n[1] ? (unsigned)asked->n[1] : 2;

    if (asked->characters) {
        options.char_low = low;
        options.char_high = high;
    } else {
        options.low = low;
        options.high = high;
    }
    return options;
}

static int refuse_characters(void)
{
    zub_message("a state was counted already: --char comes too late (zubda "
                "count --char-ngram counts characters)");
    return ZUB_EXIT_USAGE;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    bool is_of_words = !asked->characters;
    zub_listing_task task = {
        .counting = &asked->counting,
        .count = count_options(asked),
        .is_of_ngrams = true,
        .listing = {.low = is_of_words ? (unsigned)asked->n[0] : 1,
                    .high = is_of_words ? (unsigned)asked->n[1] : 1,
                    .with_keys = asked->keys,
                    .min_count = asked->min_count,
                    .limit = asked->limit,
                    .sort = asked->sort,
                    .is_reversed = asked->reverse}};

    if (is_of_words && asked->n[1] > MOST_WORDS) {
        zub_message("an n-gram has at most %d words, not %zu (characters: "
                    "--char)",
                    MOST_WORDS, asked->n[1]);
        return ZUB_EXIT_USAGE;
    }
    if (asked->characters && count == 1 && zub_counting_is_state(operands[0]))
        return refuse_characters();
    return zub_listing_run(&task, operands, count);
}

static const char *const description[] = {
    "Lists words in a row, with how often they stand, how often in a million "
    "words, and in how many articles. They stay within a sentence. Words that "
    "fold and stem to the same are the same; shown are their commonest forms.",
    "In place of articles one state may be named that zubda count --ngram "
    "wrote, FILE.zub; without -n all that it has is listed.",
    "Sorting takes 32 bytes an n-gram; with --memory it is done in rounds "
    "instead.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda ngrams --limit 20 news.jsonl", "the commonest pairs of words"},
    {"zubda ngrams -n 3-5 --min-count 5 news/", "of three to five words"},
    {"zubda ngrams --char -n 3 a.txt", "three characters in a row"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_RANGE,
     .name = "order",
     .letter = 'n',
     .is_main = true,
     .offset = offsetof(settings, n),
     .metavar = "N-M",
     .low = 1,
     .high = 16,
     .about = "N to M words in a row (default 2), at most 8",
     .more = "N alone: N words and no fewer."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "char",
     .is_main = true,
     .offset = offsetof(settings, characters),
     .about = "characters in a row, at most 16",
     .more = "Of each folded word between two spaces; per_million is of all "
             "of them."},
    ZUB_MIN_COUNT_OPTION(settings, .about = "leave out what is rarer than N",
                         .fallback = "2",
                         .more = "Most n-grams stand once and say nothing; 1 "
                                 "lists them too."),
    ZUB_COLUMN_OPTION(settings, ""),
    ZUB_REVERSE_OPTION(settings),
    ZUB_LIMIT_OPTION(settings, .about = "the first N alone", .is_main = true),
    ZUB_KEYS_OPTION(settings),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_ngrams = {
    .name = "ngrams",
    .about = "words or characters in a row, counted",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_listing_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
