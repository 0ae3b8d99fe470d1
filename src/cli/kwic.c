/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kwic.c - `zubda kwic`: a pattern wherever it stands.
 *
 * Workers find the places; whoever takes their results, in input order, writes
 * the lines or hands them to the sorter. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "cli/command.h"
#include "cli/intake.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/run.h"
#include "cli/spill.h"
#include "cli/watch.h"

#define WIDTH 40u
#define MEMORY_LEAST ((uint64_t)16 << 20) /* of a sorter */
#define WIDTH_LEAST 10u
#define BESIDE 38u /* columns of a terminal for match and id */

typedef enum sort_side { SORT_NONE, SORT_BEFORE, SORT_AFTER } sort_side;

typedef struct settings {
    zub_common common;
    zub_spill spill;
    const char *width;
    size_t words, limit, steps;
    int sort; /* sort_side */
    bool is_regex, by_stem, is_exact, counts;
} settings;

/* What was found in one article. */
typedef struct kwic_result {
    size_t count, repaired;
    char lang[12];
    zub_occurrence items[];
} kwic_result;

typedef struct kwic_worker {
    zub_analyzer *analyzer;
    zub_concordance *concordance;
} kwic_worker;

typedef struct kwic_run {
    const settings *asked;
    zub_slice pattern;
    zub_concordance_options options;
    zub_intake intake;
    zub_destination *destination;
    zub_kwic_writer *writer; /* of lines */
    zub_table *table;        /* of counts */
    zub_kwic_sorter *sorter; /* opened by the first line */
    zub_repairs repairs;
    uint64_t articles, found, written;
    bool is_enough; /* --limit is reached */
    bool is_sick;   /* `error` says why */
    zub_error error;
} kwic_run;

/* ---- Working: any thread ---- */

static void free_worker(kwic_worker *worker)
{
    if (worker == NULL)
        return;
    zub_concordance_free(worker->concordance);
    zub_analyzer_free(worker->analyzer);
    free(worker);
}

static zub_status open_worker(void *context, void **out, zub_error *error)
{
    const kwic_run *run = context;
    kwic_worker *worker = calloc(1, sizeof *worker);

    *out = NULL;
    if (worker == NULL)
        return ZUB_ENOMEM;
    zub_status status = zub_common_analyzer(
        &worker->analyzer, &run->asked->common, run->intake.models, error);
    if (status == ZUB_OK)
        status = zub_concordance_new(&worker->concordance, worker->analyzer,
                                     run->pattern, &run->options, error);
    if (status == ZUB_OK)
        *out = worker;
    else
        free_worker(worker);
    return status;
}

static void close_worker(void *context, void *worker)
{
    (void)context;
    free_worker(worker);
}

static kwic_result *copy_result(const kwic_worker *worker,
                                const zub_occurrence *found, size_t count,
                                size_t repaired)
{
    kwic_result *result = malloc(sizeof *result + count * sizeof *found);

    if (result == NULL)
        return NULL;
    result->count = count;
    result->repaired = repaired;
    strcpy(result->lang, zub_concordance_lang(worker->concordance));
    if (count > 0)
        memcpy(result->items, found, count * sizeof *found);
    return result;
}

/* An article without a match, and without a byte to repair, has no result. */
static zub_status map(void *context, void *own, const zub_record *record,
                      void **result, zub_error *error)
{
    const kwic_worker *worker = own;
    const zub_occurrence *found;
    const kwic_run *run = context;
    size_t count;
    zub_status status = zub_concordance_find(
        &found, &count, worker->concordance, record, error);

    if (status != ZUB_OK)
        return status;
    size_t repaired =
        run->asked->common.quiet ? 0 : zub_record_repaired(record);
    if (count == 0 && repaired == 0)
        return ZUB_OK;
    *result = copy_result(worker, found, count, repaired);
    return *result != NULL ? ZUB_OK : ZUB_ENOMEM;
}

static void drop(void *context, void *result)
{
    (void)context;
    free(result);
}

/* ---- Taking: one at a time, in input order ---- */

/* Ends the run, whose `error` says why. */
static zub_status give_up(kwic_run *run, zub_status status)
{
    run->is_sick = true;
    if (run->error.status != status)
        zub_message_into(&run->error, status, "%s", zub_status_text(status));
    return status;
}

static zub_status stop_if_enough(kwic_run *run)
{
    run->written++;
    run->is_enough =
        run->asked->limit > 0 && run->written >= run->asked->limit;
    return run->is_enough ? ZUB_ECANCELED : ZUB_OK;
}

static zub_status write_line(kwic_run *run, const zub_kwic_line *line)
{
    zub_status status = zub_kwic_writer_add(run->writer, line);

    return status == ZUB_OK ? stop_if_enough(run) : give_up(run, status);
}

static zub_status write_count(kwic_run *run, const zub_record *record,
                              size_t count)
{
    zub_cell row[] = {{.text = record->id}, {.count = count}};
    zub_status status = zub_table_add(run->table, row, 0);

    return status == ZUB_OK ? stop_if_enough(run) : give_up(run, status);
}

static zub_status open_sorter(kwic_run *run, const char *lang)
{
    const settings *asked = run->asked;
    bool is_auto = strcmp(asked->common.lang, "auto") == 0;
    zub_kwic_sorter_options options = {
        .by_before = asked->sort == SORT_BEFORE,
        .lang = is_auto ? lang : asked->common.lang,
        .memory = asked->spill.memory,
        .folder = zub_spill_folder(&asked->spill),
    };

    return zub_kwic_sorter_new(&run->sorter, &options, &run->error);
}

static zub_status sort_line(kwic_run *run, const zub_kwic_line *line,
                            const char *lang)
{
    zub_status status = run->sorter == NULL ? open_sorter(run, lang) : ZUB_OK;

    if (status == ZUB_OK)
        status = zub_kwic_sorter_add(run->sorter, line, &run->error);
    return status == ZUB_OK ? ZUB_OK : give_up(run, status);
}

static zub_status take_lines(kwic_run *run, const zub_record *record,
                             const kwic_result *result)
{
    bool sorts = run->asked->sort != SORT_NONE;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < result->count && status == ZUB_OK; i++) {
        zub_kwic_line line = zub_kwic_line_of(record, &result->items[i]);
        status = sorts ? sort_line(run, &line, result->lang)
                       : write_line(run, &line);
    }
    return status;
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    kwic_run *run = context;
    kwic_result *found = result;
    zub_status status = ZUB_OK;

    if (failure->status != ZUB_OK)
        return zub_intake_fail(&run->intake, record, failure);
    run->articles++;
    zub_repairs_add(&run->repairs, record, found ? found->repaired : 0);
    if (found == NULL)
        return ZUB_OK;
    run->found += found->count;
    if (found->count > 0)
        status = run->asked->counts ? write_count(run, record, found->count)
                                    : take_lines(run, record, found);
    free(found);
    if (status == ZUB_OK && run->asked->sort == SORT_NONE)
        status = zub_destination_hand_over(run->destination);
    return status;
}

/* ---- Opening ---- */

static size_t terminal_width(void)
{
    struct winsize size = {0};

    if (ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH;
    size_t columns = size.ws_col > BESIDE ? size.ws_col - BESIDE : 0;
    return columns / 2 > WIDTH_LEAST ? columns / 2 : WIDTH_LEAST;
}

/* Digits alone, so that no locale, sign or blank has a say. */
static zub_status read_width(kwic_run *run)
{
    const char *text = run->asked->width;
    size_t width = 0;

    for (const char *at = text; *at != '\0'; at++)
        if (*at < '0' || *at > '9' ||
            __builtin_mul_overflow(width, (size_t)10, &width) ||
            __builtin_add_overflow(width, (size_t)(*at - '0'), &width))
            return zub_message_into(&run->error, ZUB_EINVAL,
                                    "--width takes a whole number from 0, not "
                                    "'%.100s'",
                                    text);
    run->options.width = width;
    return ZUB_OK;
}

static zub_status choose_width(kwic_run *run)
{
    const settings *asked = run->asked;
    bool fits = asked->common.format == ZUB_FORMAT_TEXT &&
                run->destination->is_terminal;

    if (asked->words > 0 && asked->width != NULL)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--width and --words both say how much is "
                                "shown (give one)");
    run->options.width = fits ? terminal_width() : WIDTH;
    if (asked->words > 0)
        run->options.width = asked->words;
    return asked->width != NULL ? read_width(run) : ZUB_OK;
}

/* Counts have no lines: what would be passed over in silence is refused. The
 * formats are those of tables. */
static zub_status check_counts(kwic_run *run)
{
    const settings *asked = run->asked;
    const char *idle = NULL;

    if (!asked->counts)
        return ZUB_OK;
    if (asked->sort != SORT_NONE)
        idle = "--sort";
    else if (asked->width != NULL)
        idle = "--width";
    else if (asked->words > 0)
        idle = "--words";
    else if (asked->common.format == ZUB_FORMAT_HTML)
        idle = "--format html";
    if (idle == NULL)
        return ZUB_OK;
    return zub_message_into(&run->error, ZUB_EINVAL,
                            "--count gives a table of articles, no lines: %s "
                            "is not for it",
                            idle);
}

static zub_status check_memory(kwic_run *run)
{
    uint64_t memory = run->asked->spill.memory;

    if (memory > 0 && memory < MEMORY_LEAST)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "sorting takes at least 16 MiB of memory, not "
                                "%llu bytes",
                                (unsigned long long)memory);
    return zub_spill_check(&run->asked->spill, &run->error);
}

/* Whether the pattern is one, before anything is read or written. */
static zub_status try_pattern(kwic_run *run)
{
    void *worker;
    zub_status status = open_worker(run, &worker, &run->error);

    free_worker(worker);
    return status;
}

static zub_status open_writer(kwic_run *run)
{
    static const zub_column columns[] = {{"id", ZUB_CELL_TEXT, 0},
                                         {"count", ZUB_CELL_COUNT, 0}};
    const zub_common *common = &run->asked->common;
    bool isolate = run->destination->is_terminal;
    zub_sink sink = zub_destination_sink(run->destination);
    zub_kwic_look look = {
        .format = (zub_format)common->format,
        .width = run->options.in_words ? WIDTH : run->options.width,
        .isolate = isolate,
        .color = zub_run_wants_color(common->color, run->destination),
    };

    if (run->asked->counts)
        return zub_table_open(&run->table, columns, 2, look.format, isolate,
                              sink, &run->error);
    return zub_kwic_writer_open(&run->writer, &look, sink, &run->error);
}

static zub_status open_all(kwic_run *run, const char *const *operands,
                           size_t count)
{
    const settings *asked = run->asked;
    zub_status status = zub_destination_open(
        run->destination, asked->common.output, &run->error);

    run->options = (zub_concordance_options){.is_regex = asked->is_regex,
                                             .by_stem = asked->by_stem,
                                             .is_exact = asked->is_exact,
                                             .in_words = asked->words > 0,
                                             .steps = asked->steps};
    if (status == ZUB_OK)
        status = check_counts(run);
    if (status == ZUB_OK)
        status = check_memory(run);
    if (status == ZUB_OK)
        status = choose_width(run);
    if (status == ZUB_OK)
        status = zub_intake_open(&run->intake, &asked->common, operands, count,
                                 &run->error);
    if (status == ZUB_OK)
        status = try_pattern(run);
    return status == ZUB_OK ? open_writer(run) : status;
}

/* ---- The whole ---- */

static zub_status write_sorted(kwic_run *run)
{
    zub_kwic_line line;
    bool has_line = run->sorter != NULL;
    zub_status status = ZUB_OK;

    while (has_line && status == ZUB_OK && !run->is_enough) {
        status =
            zub_kwic_sorter_next(run->sorter, &line, &has_line, &run->error);
        if (status == ZUB_OK && has_line)
            status = write_line(run, &line);
    }
    return run->is_enough ? ZUB_OK : status;
}

/* Failures alone are not worth a file; what was found before a stop stands on
 * standard output, and a file takes nothing but a whole run. */
static zub_status finish_output(kwic_run *run)
{
    bool is_file = run->destination->path != NULL;

    if (run->intake.fatal != 0 ||
        (is_file && (run->intake.is_stopped ||
                     (run->articles == 0 && run->intake.failures > 0))))
        return ZUB_OK;
    zub_status status = write_sorted(run);
    if (status == ZUB_OK)
        status = run->table != NULL ? zub_table_close(run->table)
                                    : zub_kwic_writer_close(run->writer);
    if (status != ZUB_OK && run->destination->error == 0)
        return give_up(run, status);
    return zub_destination_commit(run->destination, &run->error);
}

static zub_status work(kwic_run *run)
{
    zub_work parts = {.context = run,
                      .open = open_worker,
                      .close = close_worker,
                      .map = map,
                      .take = take,
                      .drop = drop};
    const zub_common *common = &run->asked->common;
    zub_error error = {0};
    zub_watch watch;

    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    common->progress, common->quiet);
    zub_status status = zub_corpus_each(
        run->intake.corpus, (unsigned)common->threads, &parts, &error);
    if (status == ZUB_OK || run->is_enough || run->intake.is_stopped)
        status = finish_output(run);
    else if (run->destination->error != 0)
        status = zub_destination_commit(run->destination, &run->error);
    else if (!run->is_sick)
        run->error = error;
    zub_watch_stop(&watch);
    return status;
}

static int finish(kwic_run *run, zub_status status)
{
    int code = status != ZUB_OK
                   ? zub_exit_of(status)
                   : zub_intake_exit(&run->intake, run->articles, run->found);

    if (status != ZUB_OK)
        zub_message_failure(&run->error, status);
    else
        zub_repairs_say(&run->repairs, "shown as");
    zub_repairs_release(&run->repairs);
    zub_kwic_sorter_free(run->sorter);
    zub_kwic_writer_free(run->writer);
    zub_table_free(run->table);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
    zub_intake_close(&run->intake);
    return code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    kwic_run run = {.asked = context,
                    .destination = calloc(1, sizeof *run.destination)};

    if (count == 0) {
        free(run.destination);
        zub_message("no pattern to look for (zubda kwic PATTERN [file...])");
        return ZUB_EXIT_USAGE;
    }
    zub_status status = zub_repairs_init(&run.repairs);
    run.pattern = (zub_slice){operands[0], strlen(operands[0])};
    if (status == ZUB_OK && run.destination == NULL)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = open_all(&run, operands + 1, count - 1);
    if (status == ZUB_OK)
        status = work(&run);
    return finish(&run, status);
}

static const char *const description[] = {
    "Prints every place of a pattern, a line each, with what stands before "
    "and after it, and the bytes from start to end in the article's text. A "
    "title is not searched, as it is not counted.",
    "A pattern is a word, or several in a row within a sentence, whatever "
    "stands between them. Words are the same when they fold alike: case, "
    "vowel signs, tatweel and the seats of hamza do not count. A word that "
    "ends in * is the beginning of one, and * alone is any word.",
    "A regular expression is one of ICU, over the text as it stands: .NET and "
    "Java are near. One that matches nothing is refused, or no match where it "
    "does. It is given 50 million steps and 100 for each byte of an article; "
    "an article that takes more is named as an error, and the run goes on.",
    "Lines come in the order of the articles, as they are found, in constant "
    "memory. --sort holds all of them, or --memory of them and the rest in "
    "temporary files, and orders by the words on one side in the alphabet of "
    "--lang, or of the article of the first line.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda kwic water news/", "case and marks aside"},
    {"zubda kwic 'teach*' a.txt --sort after", "a beginning, sorted"},
    {"zubda kwic --regex '\\d+ (km|kg)' a.jsonl", "a regular expression"},
    {NULL, NULL},
};

static const zub_choice formats[] = {
    {"tsv", ZUB_FORMAT_TSV},   {"text", ZUB_FORMAT_TEXT},
    {"json", ZUB_FORMAT_JSON}, {"jsonl", ZUB_FORMAT_JSONL},
    {"html", ZUB_FORMAT_HTML}, {NULL, 0},
};

static const zub_choice sides[] = {
    {"none", SORT_NONE},
    {"before", SORT_BEFORE},
    {"after", SORT_AFTER},
    {NULL, 0},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_FLAG,
     .name = "regex",
     .letter = 'r',
     .is_main = true,
     .offset = offsetof(settings, is_regex),
     .about = "PATTERN is a regular expression"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "stem",
     .is_main = true,
     .offset = offsetof(settings, by_stem),
     .about = "words that count as the same term"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "exact",
     .is_main = true,
     .offset = offsetof(settings, is_exact),
     .about = "words letter for letter"},
    {.kind = ZUB_OPTION_STRING,
     .name = "width",
     .letter = 'w',
     .is_main = true,
     .offset = offsetof(settings, width),
     .metavar = "N",
     .low = 1,
     .about = "characters on each side (default 40)",
     .more = "Words that do not fit are left out where words have spaces. "
             "In text on a terminal the default is what its lines hold."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "words",
     .offset = offsetof(settings, words),
     .metavar = "N",
     .low = 1,
     .about = "words on each side, not characters"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "sort",
     .letter = 's',
     .is_main = true,
     .offset = offsetof(settings, sort),
     .metavar = "SIDE",
     .choices = sides,
     .fallback = "none",
     .about = "by the words on a side, the nearest first"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "count",
     .letter = 'c',
     .is_main = true,
     .offset = offsetof(settings, counts),
     .about = "how many in each article, where there are any"},
    ZUB_LIMIT_OPTION(settings, .about = "the first N lines alone",
                     .letter = 'n'),
    {.kind = ZUB_OPTION_COUNT,
     .name = "steps",
     .needs = "regex",
     .offset = offsetof(settings, steps),
     .metavar = "N",
     .low = 1,
     .about = "steps of a regular expression, beside those for bytes",
     .more = "Steps of backtracking, which are the same on any machine; "
             "without it 50 million."},
    ZUB_ROWS_OPTIONS(formats, "how results are written"),
    {.kind = ZUB_OPTION_CHOICE,
     .name = "color",
     .offset = offsetof(zub_common, color),
     .metavar = "WHEN",
     .choices = zub_whens,
     .fallback = "auto",
     .about = "matches in bold in text",
     .more = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb."},
    ZUB_SPILL_OPTIONS(settings),
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const tables[] = {zub_input_options, zub_help_options,
                                           NULL};

const zub_command zub_command_kwic = {
    .name = "kwic",
    .about = "a word or phrase wherever it stands, in its context",
    .operands = "PATTERN [file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = tables,
    .settings_size = sizeof(settings),
    .run = run,
};
