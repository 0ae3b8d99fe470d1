/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* report.c - an evaluation as text, JSON or TSV. Whatever the form, it says
 * first by which rules its figures were made. */
#include <string.h>

#include "eval/bootstrap.h"
#include "eval/protocol.h"
#include "render/decimal.h"
#include "render/json.h"

#define PLACES 5u       /* of JSON and TSV: those of ROUGE-1.5.5 */
#define TEXT_PLACES 3u  /* of tables for people */
#define NAME_WIDTH 12u  /* of a system in such a table, at least */
#define WIDEST_NAME 40u /* and at most; longer ones push their row */

static const zub_scorer_options default_scorer;

static const char *const several_names[] = {
    [ZUB_SEVERAL_MEAN] = "mean",
    [ZUB_SEVERAL_BEST] = "best",
    [ZUB_SEVERAL_JACKKNIFE] = "jackknife",
    [ZUB_SEVERAL_POOLED] = "pooled",
};
#define SEVERALS (sizeof several_names / sizeof *several_names)

typedef struct report_view {
    zub_writer out;
    const zub_report *report;
    const zub_scorer_options *scorer;
    const zub_trial_options *trial; /* or NULL */
    const zub_protocol *protocol;
    const char *several;
} report_view;

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

/* False: there is no such protocol, or no such way to take references. */
static bool find_protocol(report_view *view)
{
    const zub_scorer_options *scorer = view->scorer;

    view->protocol = zub_protocol_find(scorer->protocol);
    if (!view->protocol || scorer->several >= SEVERALS)
        return false;
    view->several = several_names[scorer->several == ZUB_SEVERAL_DEFAULT
                                      ? view->protocol->several
                                      : scorer->several];
    return true;
}

/* ---- JSON ---- */

static void add_number(zub_json *json, const char *name, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_places(digits, value, PLACES);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_count(zub_json *json, const char *name, uint64_t count)
{
    zub_json_name(json, name);
    zub_json_count(json, count);
}

static void add_string(zub_json *json, const char *name, const char *string)
{
    zub_json_name(json, name);
    zub_json_string(json, slice_of(string));
}

static void add_budget(zub_json *json, const zub_trial_options *trial)
{
    const zub_budget *budget = &trial->budget;

    zub_json_name(json, "budget");
    zub_json_object(json, ZUB_JSON_INLINE);
    if (trial->is_reference_budget)
        add_string(json, "words", "mean of the references");
    else if (budget->words)
        add_count(json, "words", budget->words);
    if (budget->sentences)
        add_count(json, "sentences", budget->sentences);
    if (budget->chars)
        add_count(json, "chars", budget->chars);
    if (budget->bytes)
        add_count(json, "bytes", budget->bytes);
    if (budget->ratio > 0)
        add_number(json, "ratio", budget->ratio);
    add_string(json, "fit",
               budget->fit == ZUB_FIT_NEAREST ? "nearest" : "under");
    zub_json_end(json);
}

static void add_protocol(const report_view *view, zub_json *json)
{
    const zub_scorer_options *scorer = view->scorer;

    zub_json_name(json, "protocol");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_string(json, "name", view->protocol->name);
    add_string(json, "words", view->protocol->about);
    add_string(json, "references", view->several);
    add_number(json, "beta", scorer->beta > 0 ? scorer->beta : 1);
    if (scorer->stem)
        add_string(json, "stem", "porter");
    if (scorer->exceptions_file)
        add_string(json, "exceptions", scorer->exceptions_file);
    if (scorer->stop_file)
        add_string(json, "stop", scorer->stop_file);
    if (scorer->limit_words)
        add_count(json, "limit_words", scorer->limit_words);
    if (scorer->limit_bytes)
        add_count(json, "limit_bytes", scorer->limit_bytes);
    if (view->trial)
        add_budget(json, view->trial);
    add_count(json, "resamples", ZUB_RESAMPLES);
    zub_json_end(json);
}

/* `all` articles of the system; where fewer have the measure it is said. */
static void add_mean(zub_json *json, const zub_mean *mean, size_t m,
                     size_t all)
{
    zub_json_name(json, zub_measure_name((zub_measure)m));
    zub_json_object(json, ZUB_JSON_INLINE);
    if (m != ZUB_MEASURE_NDCG_5) {
        add_number(json, "p", mean->p);
        add_number(json, "r", mean->r);
    }
    add_number(json, m == ZUB_MEASURE_NDCG_5 ? "mean" : "f", mean->f);
    add_number(json, "low", mean->low);
    add_number(json, "high", mean->high);
    if (mean->articles != all)
        add_count(json, "articles", mean->articles);
    zub_json_end(json);
}

static void add_systems(const report_view *view, zub_json *json)
{
    zub_json_name(json, "systems");
    zub_json_array(json, ZUB_JSON_LINES);
    for (size_t s = 0; s < view->report->system_count; s++) {
        const struct zub_system *system = &view->report->systems[s];
        zub_json_object(json, ZUB_JSON_LINES);
        zub_json_name(json, "name");
        zub_json_string(json, system->name);
        add_count(json, "articles", system->articles);
        add_number(json, "words", system->words);
        for (size_t m = 0; m < ZUB_MEASURES; m++)
            if (system->of[m].articles)
                add_mean(json, &system->of[m], m, system->articles);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_paired(zub_json *json, const struct zub_paired *paired,
                       size_t m)
{
    zub_json_name(json, zub_measure_name((zub_measure)m));
    zub_json_object(json, ZUB_JSON_INLINE);
    add_number(json, "difference", paired->difference);
    add_number(json, "low", paired->low);
    add_number(json, "high", paired->high);
    add_number(json, "chance", paired->chance);
    zub_json_end(json);
}

static void add_differences(const report_view *view, zub_json *json)
{
    const zub_report *report = view->report;

    zub_json_name(json, "differences");
    zub_json_array(json, ZUB_JSON_LINES);
    for (size_t d = 0; d < report->difference_count; d++) {
        const zub_difference *difference = &report->differences[d];
        zub_json_object(json, ZUB_JSON_LINES);
        zub_json_name(json, "system");
        zub_json_string(json, report->systems[difference->system].name);
        zub_json_name(json, "other");
        zub_json_string(json, report->systems[difference->other].name);
        for (size_t m = 0; m < ZUB_MEASURES; m++)
            if (difference->of[m].articles)
                add_paired(json, &difference->of[m], m);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void write_json(report_view *view)
{
    zub_json json;

    zub_json_init(&json, &view->out, false, 0);
    zub_json_object(&json, ZUB_JSON_LINES);
    add_protocol(view, &json);
    add_count(&json, "articles", view->report->articles);
    add_systems(view, &json);
    add_differences(view, &json);
    zub_json_end(&json);
    zub_write_char(&view->out, '\n');
}

/* ---- TSV ---- */

static void write_number(report_view *view, double value, unsigned places)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(&view->out, digits, zub_decimal_padded(digits, value, places));
}

static void write_row(report_view *view, const struct zub_system *system,
                      size_t m)
{
    const zub_mean *mean = &system->of[m];
    double values[] = {mean->p, mean->r, mean->f, mean->low, mean->high};

    zub_write_string(&view->out, view->protocol->name);
    zub_write_char(&view->out, '\t');
    zub_write_escaped(&view->out, system->name, zub_escape_cell);
    zub_write_char(&view->out, '\t');
    zub_write_string(&view->out, zub_measure_name((zub_measure)m));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        zub_write_char(&view->out, '\t');
        if (i > 1 || m != ZUB_MEASURE_NDCG_5)
            write_number(view, values[i], PLACES);
    }
    zub_write_char(&view->out, '\t');
    zub_write_count(&view->out, mean->articles);
    zub_write_char(&view->out, '\n');
}

static void write_tsv(report_view *view)
{
    zub_write_string(&view->out, "protocol\tsystem\tmeasure\tp\tr\tf\tlow\t"
                                 "high\tarticles\n");
    for (size_t s = 0; s < view->report->system_count; s++)
        for (size_t m = 0; m < ZUB_MEASURES; m++)
            if (view->report->systems[s].of[m].articles)
                write_row(view, &view->report->systems[s], m);
}

/* ---- Text ---- */

static void write_pad(report_view *view, size_t used, size_t width)
{
    zub_write_repeat(&view->out, ' ', used < width ? width - used : 0);
}

static void write_cell(report_view *view, double value)
{
    zub_write_string(&view->out, "  ");
    write_number(view, value, TEXT_PLACES);
}

static void write_fact(report_view *view, const char *name, size_t count)
{
    if (count == 0)
        return;
    zub_write_string(&view->out, name);
    zub_write_count(&view->out, count);
}

static void write_budget(report_view *view)
{
    const zub_budget *budget = &view->trial->budget;

    zub_write_string(&view->out, "\nbudget: ");
    if (view->trial->is_reference_budget)
        zub_write_string(&view->out, "mean words of the references");
    else
        write_fact(view, "words ", budget->words);
    write_fact(view, "sentences ", budget->sentences);
    write_fact(view, "characters ", budget->chars);
    write_fact(view, "bytes ", budget->bytes);
    if (budget->ratio > 0) {
        write_number(view, 100 * budget->ratio, 0);
        zub_write_string(&view->out, " % of the words");
    }
    zub_write_string(&view->out,
                     budget->fit == ZUB_FIT_NEAREST ? ", nearest" : ", under");
}

static void write_rules(report_view *view)
{
    const zub_scorer_options *scorer = view->scorer;

    zub_write_string(&view->out, "protocol: ");
    zub_write_string(&view->out, view->protocol->name);
    zub_write_string(&view->out, ", references: ");
    zub_write_string(&view->out, view->several);
    zub_write_string(&view->out, scorer->stem ? ", Porter stems" : "");
    zub_write_string(&view->out, scorer->stop_file ? ", no stop words" : "");
    write_fact(view, ", words at most ", scorer->limit_words);
    write_fact(view, ", bytes at most ", scorer->limit_bytes);
    zub_write_string(&view->out, "\nwords: ");
    zub_write_string(&view->out, view->protocol->about);
    if (view->trial)
        write_budget(view);
    zub_write_string(&view->out, "\narticles: ");
    zub_write_count(&view->out, view->report->articles);
    zub_write_string(&view->out, "\nshown: F and its 95 % interval, of ");
    zub_write_count(&view->out, ZUB_RESAMPLES);
    zub_write_string(&view->out, " resamples\n\n");
}

static size_t name_width(const zub_report *report)
{
    size_t width = NAME_WIDTH;

    for (size_t s = 0; s < report->system_count; s++) {
        size_t columns = zub_display_width(report->systems[s].name);
        if (columns > width)
            width = columns;
    }
    return width < WIDEST_NAME ? width : WIDEST_NAME;
}

static const zub_measure shown[] = {
    ZUB_MEASURE_ROUGE_1,   ZUB_MEASURE_ROUGE_2,   ZUB_MEASURE_ROUGE_L,
    ZUB_MEASURE_ROUGE_SU4, ZUB_MEASURE_SENTENCES, ZUB_MEASURE_NDCG_5,
};

#define SHOWN (sizeof shown / sizeof *shown)

/* What few articles have is left to the other forms. */
static bool is_shown(const zub_report *report, zub_measure measure)
{
    for (size_t s = 0; s < report->system_count; s++)
        if (report->systems[s].of[measure].articles > report->articles / 2)
            return true;
    return false;
}

static void write_interval(report_view *view, double low, double high)
{
    zub_write_string(&view->out, " [");
    write_number(view, low, TEXT_PLACES);
    zub_write_char(&view->out, ' ');
    write_number(view, high, TEXT_PLACES);
    zub_write_char(&view->out, ']');
}

static void write_system(report_view *view, const struct zub_system *system,
                         size_t width)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write_escaped(&view->out, system->name, zub_escape_plain);
    write_pad(view, zub_display_width(system->name), width);
    size_t used = zub_decimal_padded(digits, system->words, 1);
    write_pad(view, used, 8);
    zub_write(&view->out, digits, used);
    for (size_t i = 0; i < SHOWN; i++) {
        const zub_mean *mean = &system->of[shown[i]];
        if (!is_shown(view->report, shown[i]))
            continue;
        if (mean->articles) {
            write_cell(view, mean->f);
            write_interval(view, mean->low, mean->high);
        } else {
            zub_write_string(&view->out, "  -");
            write_pad(view, 1, i + 1 < SHOWN ? 19 : 0);
        }
    }
    zub_write_char(&view->out, '\n');
}

static void write_head(report_view *view, size_t width)
{
    zub_write_string(&view->out, "system");
    write_pad(view, 6, width);
    zub_write_string(&view->out, "   words");
    for (size_t i = 0; i < SHOWN; i++) {
        const char *name = zub_measure_name(shown[i]);
        if (!is_shown(view->report, shown[i]))
            continue;
        zub_write_string(&view->out, "  ");
        zub_write_string(&view->out, name);
        if (i + 1 < SHOWN)
            write_pad(view, strlen(name), 19);
    }
    zub_write_char(&view->out, '\n');
}

static void write_difference(report_view *view,
                             const zub_difference *difference)
{
    const struct zub_paired *paired = &difference->of[ZUB_MEASURE_ROUGE_2];
    const struct zub_system *systems = view->report->systems;

    zub_write_escaped(&view->out, systems[difference->system].name,
                      zub_escape_plain);
    zub_write_string(&view->out, " - ");
    zub_write_escaped(&view->out, systems[difference->other].name,
                      zub_escape_plain);
    zub_write_string(&view->out, paired->difference < 0 ? "  " : "  +");
    write_number(view, paired->difference, TEXT_PLACES);
    write_interval(view, paired->low, paired->high);
    zub_write_string(&view->out, " by chance ");
    write_number(view, paired->chance, TEXT_PLACES);
    zub_write_char(&view->out, '\n');
}

static void write_text(report_view *view)
{
    const zub_report *report = view->report;
    size_t width = name_width(report);

    write_rules(view);
    write_head(view, width);
    for (size_t s = 0; s < report->system_count; s++)
        write_system(view, &report->systems[s], width);
    if (report->difference_count)
        zub_write_string(&view->out, "\npaired differences of rouge-2\n");
    for (size_t d = 0; d < report->difference_count; d++)
        write_difference(view, &report->differences[d]);
}

/* ---- */

zub_status zub_render_report(const zub_report *report,
                             const zub_report_options *options, zub_sink sink)
{
    static void (*const forms[])(report_view *) = {
        [ZUB_FORMAT_TEXT] = write_text,
        [ZUB_FORMAT_JSON] = write_json,
        [ZUB_FORMAT_TSV] = write_tsv,
    };
    static const zub_report_options defaults;
    report_view view = {.report = report};

    options = options ? options : &defaults;
    if (options->format >= sizeof forms / sizeof *forms ||
        !forms[options->format])
        return ZUB_EINVAL;
    view.scorer = options->scorer ? options->scorer : &default_scorer;
    view.trial = options->trial;
    if (!find_protocol(&view))
        return ZUB_EINVAL;
    zub_writer_init(&view.out, sink);
    forms[options->format](&view);
    return zub_writer_finish(&view.out);
}
