/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* collocations.c - `zubda collocations`: words that belong together. */
#include <stdlib.h>
#include <string.h>

#include "cli/bytes.h"
#include "cli/command.h"
#include "cli/measures.h"
#include "cli/message.h"
#include "cli/source.h"
#include "cli/watch.h"

#define WINDOW 5u /* words to either side, as concordancers have it */
#define MOST_COLUMNS (8 + ZUB_MOST_MEASURES)

typedef struct settings {
    zub_counting counting;
    const char *measures, *sort, *word;
    size_t window, words;
    size_t min_count, limit;
    bool adjacent;
} settings;

typedef struct collocations_run {
    const settings *asked;
    zub_source source;
    zub_measures measures;
    const char *sort;
    zub_bytes key, text; /* --word as a term; an n-gram as text */
    zub_destination *destination;
    zub_collocations *rows;
    zub_error error;
} collocations_run;

/* ---- What was asked ---- */

static const char *find_measure(const char *name)
{
    size_t i = zub_collocation_measure_find(name);

    return i != SIZE_MAX ? zub_collocation_measure_name(i) : NULL;
}

static const char *sort_name(size_t i)
{
    return i == 0 ? "count" : zub_collocation_measure_name(i - 1);
}

static const char *find_sort(const char *name)
{
    return strcmp(name, "count") == 0 ? "count" : find_measure(name);
}

static bool is_in_a_row(const settings *asked)
{
    return asked->adjacent || asked->words > 0;
}

static zub_status check_settings(collocations_run *run)
{
    const settings *asked = run->asked;
    zub_measures sort = {.count = 0};
    zub_status status =
        zub_measures_read(&run->measures, asked->measures, find_measure,
                          zub_collocation_measure_name, &run->error);

    if (status == ZUB_OK && asked->sort != NULL)
        status = zub_measures_read(&sort, asked->sort, find_sort, sort_name,
                                   &run->error);
    run->sort = sort.count > 0 ? sort.names[0] : NULL;
    if (status == ZUB_OK && asked->window > 0 && is_in_a_row(asked))
        status = zub_message_into(&run->error, ZUB_EINVAL,
                                  "--window is for pairs of words that need "
                                  "not be adjacent (leave it out, or "
                                  "--adjacent and -n)");
    return status;
}

/* A state has what it has. */
static zub_status check_state(collocations_run *run)
{
    const settings *asked = run->asked;
    size_t window = zub_state_about(run->source.state).window;

    if (strcmp(asked->counting.common.lang, "auto") != 0)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "a state was counted already: --lang comes "
                                "too late (give it to zubda count)");
    if (asked->window > 0 && asked->window != window)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "the state was not counted with a window of "
                                "%zu (zubda count --window %zu makes one)",
                                asked->window, asked->window);
    if (window > 0 && is_in_a_row(asked))
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "the state has pairs of words at most %zu "
                                "apart, none in a row (zubda count --ngram "
                                "1-2 counts those)",
                                window);
    return ZUB_OK;
}

static zub_count_options count_options(const settings *asked)
{
    zub_count_options options = zub_counting_options(&asked->counting);
    size_t words = asked->words > 0 ? asked->words : 2;

    if (is_in_a_row(asked)) {
        options.low = 1;
        options.high = (unsigned)words;
    } else {
        options.window = asked->window > 0 ? (unsigned)asked->window : WINDOW;
    }
    return options;
}

/* ---- The word ---- */

/* By the forms that were met, else by the rules of counting, else as it
 * stands. */
static zub_status read_word(collocations_run *run)
{
    const settings *asked = run->asked;
    zub_slice word = {asked->word, asked->word ? strlen(asked->word) : 0};
    zub_sink key = zub_bytes_sink(&run->key);
    zub_analyzer_options words = zub_counting_words(&asked->counting);
    zub_count_options options = count_options(asked);

    if (word.size == 0)
        return ZUB_OK;
    zub_status status =
        zub_state_key(key, run->source.state, word, &run->error);
    if (status == ZUB_ENOTFOUND && !zub_source_is_state(&run->source))
        status = zub_count_key(key, word, run->source.intake.models, &words,
                               &options, &run->error);
    return status == ZUB_ENOTFOUND
               ? key.write(key.context, word.data, word.size)
               : status;
}

/* ---- Rows ---- */

static size_t add_column(zub_column *columns, size_t count, const char *name,
                         zub_cell_kind kind)
{
    columns[count] = (zub_column){.name = name, .kind = kind};
    return count + 1;
}

/* Of a pair the two words, of more the whole, and of those but the last. */
static size_t name_columns(const collocations_run *run, zub_column *columns,
                           bool is_pair)
{
    size_t n = 0;

    if (is_pair) {
        n = add_column(columns, n, "first", ZUB_CELL_TEXT);
        n = add_column(columns, n, "second", ZUB_CELL_TEXT);
    } else {
        n = add_column(columns, n, "ngram", ZUB_CELL_TEXT);
    }
    n = add_column(columns, n, "count", ZUB_CELL_COUNT);
    n = add_column(columns, n, "df", ZUB_CELL_COUNT);
    n = add_column(columns, n, is_pair ? "first_count" : "prefix_count",
                   ZUB_CELL_COUNT);
    n = add_column(columns, n, is_pair ? "second_count" : "last_count",
                   ZUB_CELL_COUNT);
    for (size_t i = 0; i < run->measures.count; i++)
        n = add_column(columns, n, run->measures.names[i], ZUB_CELL_REAL);
    return n;
}

static zub_slice join(zub_bytes *text, const zub_collocation *row)
{
    text->size = 0;
    for (unsigned i = 0; i < row->words; i++) {
        if (i > 0)
            zub_bytes_add(text, " ");
        zub_bytes_write(text, row->surfaces[i].data, row->surfaces[i].size);
    }
    return (zub_slice){text->data, text->failed ? 0 : text->size};
}

static zub_status write_row(collocations_run *run, zub_table *table, size_t i)
{
    zub_collocation row = zub_collocations_at(run->rows, i);
    zub_cell cells[MOST_COLUMNS];
    size_t n = 0;

    if (row.words == 2) {
        cells[n++].text = row.surfaces[0];
        cells[n++].text = row.surfaces[1];
    } else {
        cells[n++].text = join(&run->text, &row);
    }
    cells[n++].count = row.count;
    cells[n++].count = row.df;
    cells[n++].count = (uint64_t)row.pair.n1;
    cells[n++].count = (uint64_t)row.pair.n2;
    for (size_t m = 0; m < run->measures.count; m++)
        cells[n++].real = row.values[m];
    return run->text.failed ? ZUB_ENOMEM : zub_table_add(table, cells, 0);
}

static zub_status write_rows(collocations_run *run)
{
    zub_column columns[MOST_COLUMNS];
    zub_destination *to = run->destination;
    size_t count = name_columns(run, columns, run->asked->words <= 2);
    zub_table *table;
    zub_status status = zub_table_open(
        &table, columns, count, (zub_format)run->asked->counting.common.format,
        to->is_terminal, zub_destination_sink(to), &run->error);

    for (size_t i = 0;
         status == ZUB_OK && i < zub_collocations_size(run->rows); i++)
        status = write_row(run, table, i);
    if (status == ZUB_OK)
        status = zub_table_close(table);
    zub_table_free(table);
    return status;
}

/* ---- The whole ---- */

static zub_status measure(collocations_run *run)
{
    const settings *asked = run->asked;
    zub_status status = read_word(run);
    zub_collocation_options options = {
        .words = (unsigned)asked->words,
        .measures = run->measures.names,
        .measure_count = run->measures.count,
        .sort = run->sort,
        .min_count = asked->min_count,
        .limit = asked->limit,
        .word = {run->key.data, run->key.size},
    };

    if (status == ZUB_OK)
        status = zub_collocations_new(&run->rows, run->source.state, &options,
                                      &run->error);
    if (status == ZUB_ENOTFOUND) /* as it was written, not as a term */
        zub_message_into(&run->error, status, "no article has '%.100s'",
                         asked->word);
    return status;
}

static zub_status work(collocations_run *run)
{
    const zub_counting *counting = &run->asked->counting;
    zub_count_options options = count_options(run->asked);
    zub_watch watch;

    zub_watch_start(
        &watch, run->source.intake.corpus, run->destination,
        zub_source_is_state(&run->source) ? -1 : counting->common.progress,
        counting->common.quiet);
    zub_status status =
        zub_source_count(&run->source, counting, &options, &run->error);
    if (status == ZUB_OK && run->source.state != NULL)
        status = measure(run);
    if (status == ZUB_OK && run->rows != NULL)
        status = write_rows(run);
    if ((status == ZUB_OK && run->rows != NULL) || run->destination->error)
        status = zub_destination_commit(run->destination, &run->error);
    zub_watch_stop(&watch);
    return status;
}

static zub_status run_all(collocations_run *run, const char *const *operands,
                          size_t count)
{
    const zub_counting *counting = &run->asked->counting;
    zub_status status = check_settings(run);

    if (status == ZUB_OK)
        status = zub_source_open(&run->source, counting, operands, count,
                                 &run->error);
    if (status == ZUB_OK && zub_source_is_state(&run->source))
        status = check_state(run);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination,
                                      counting->common.output, &run->error);
    return status == ZUB_OK ? work(run) : status;
}

static int exit_code(const collocations_run *run, zub_status status)
{
    if (status != ZUB_OK) {
        zub_message_failure(&run->error, status);
        return zub_exit_of(status);
    }
    int code = zub_counting_exit(&run->asked->counting, &run->source.intake,
                                 run->source.state);
    bool is_empty = run->rows == NULL || zub_collocations_size(run->rows) == 0;
    return code == ZUB_EXIT_DONE && is_empty ? ZUB_EXIT_NOTHING : code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    collocations_run run = {.asked = context,
                            .destination = calloc(1, sizeof *run.destination)};
    zub_status status =
        run.destination ? run_all(&run, operands, count) : ZUB_ENOMEM;
    int code = exit_code(&run, status);

    zub_collocations_free(run.rows);
    zub_source_close(&run.source);
    zub_bytes_release(&run.key);
    zub_bytes_release(&run.text);
    if (run.destination != NULL)
        zub_destination_close(run.destination);
    free(run.destination);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Finds words that stand together more often than chance would have it, "
    "and says by how much, the strongest first. A word is counted by its "
    "term, folded and stemmed, and shown in its commonest form.",
    "A pair is a word and one of the 5 behind it in its sentence, unless "
    "--window says another number: what a window of 5 to either side is, each "
    "pair counted once and in its order. A word can be in as many pairs as "
    "the window has words, so the measures take a pair for one over that "
    "number, as NLTK does with a window_size of one more. With --adjacent "
    "the second word follows the first.",
    "With -n 3 and more, n-grams are measured: their words but the last "
    "against the last, and by lambda all words against each other.",
    "In place of articles states may be named that zubda count wrote, "
    "FILE.zub: with --ngram 1-2 for adjacent pairs, with --window 5 for those "
    "of a window.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda collocations news/", "pairs within 5 words"},
    {"zubda collocations --word water a.jsonl", "what goes with a word"},
    {"zubda collocations -n 3 -m lambda a.jsonl", "three in a row"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "window",
     .is_main = true,
     .offset = offsetof(settings, window),
     .metavar = "N",
     .low = 1,
     .high = 100,
     .about = "pairs of words at most N apart (default 5)",
     .more = "Stop words that are dropped keep their place."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "adjacent",
     .is_main = true,
     .offset = offsetof(settings, adjacent),
     .about = "pairs of words that follow each other"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "words",
     .letter = 'n',
     .is_main = true,
     .offset = offsetof(settings, words),
     .metavar = "N",
     .low = 2,
     .high = 8,
     .about = "N words in a row"},
    {.kind = ZUB_OPTION_STRING,
     .name = "word",
     .letter = 'w',
     .is_main = true,
     .offset = offsetof(settings, word),
     .metavar = "WORD",
     .low = 1,
     .about = "only what has WORD in it, in any of its forms"},
    ZUB_MEASURE_OPTION(settings, .name_at = zub_collocation_measure_name,
                       .about_at = zub_collocation_measure_about,
                       .fallback = "log-dice,npmi,g2",
                       .more = "Dashes may be left out."),
    ZUB_SORT_OPTION(settings, .metavar = "NAME",
                    .about = "sort by count or a measure (default: the first "
                             "measure)",
                    .more = "The highest first; of equals the first in byte "
                            "order."),
    ZUB_MIN_COUNT_OPTION(settings,
                         .about = "only what stands together N times",
                         .fallback = "5"),
    ZUB_LIMIT_OPTION(settings, .about = "the first N rows (default: all)"),
    ZUB_ROWS_OPTIONS(zub_table_formats, "how rows are written"),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_collocations = {
    .name = "collocations",
    .about = "words that belong together",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_source_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
