/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Every public function under failure: the nth allocation, the nth call to
 * the system. Each has a row in `table`; a function of zubda.h without one, or
 * a row without a function, fails the test. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "fault.h"
#include "test.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/gzip.h"

static char scratch[] = "/tmp/zubda-test.XXXXXX";

static const char article[] =
    "\xEF\xBB\xBFعنوان المقال عن الطقس\n\n"
    "أعلنت هيئة الأرصاد أن موجة حر ستضرب المدن الساحلية هذا الأسبوع. وقالت "
    "الهيئة إن درجات الحرارة سترتفع كثيرا في المدن الداخلية أيضا!\n\n"
    "وطالبت الهيئة السكان بشرب الماء والبقاء في الظل، لأن موجة الحر قد تستمر "
    "أياما. Police closed the road.\n\n"
    "وقال خبير الطقس إن موجة الحر عادية في هذا الوقت من السنة.\n";

static char path_buffer[4][200];

static const char *in_scratch(const char *name)
{
    static unsigned turn;
    char *path = path_buffer[turn++ % 4];

    snprintf(path, sizeof *path_buffer, "%s/%s", scratch, name);
    return path;
}

/* ---- What scenarios stand on ---- */

static zub_record arabic(void)
{
    return (zub_record){.id = {"a", 1},
                        .text = {article, sizeof article - 1},
                        .lang = {"ar", 2}};
}

static const char *models_folder(void)
{
    return access("models", R_OK) == 0 ? "models" : NULL;
}

/* An analyzer over the project's models, made in peace. */
typedef struct tools {
    zub_models *models;
    zub_analyzer *analyzer;
} tools;

static tools open_tools(void)
{
    tools made;

    CHECK_INT(zub_models_open(&made.models, models_folder(), NULL), ZUB_OK);
    CHECK_INT(zub_analyzer_new(&made.analyzer, made.models, NULL, NULL),
              ZUB_OK);
    return made;
}

static void close_tools(tools old)
{
    zub_analyzer_free(old.analyzer);
    zub_models_free(old.models);
}

static void save(const char *name, const char *data, size_t size)
{
    FILE *file = fopen(in_scratch(name), "w");

    CHECK(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

static void save_gzip(const char *name, const char *data, size_t size)
{
    zub_gzip_writer *writer;
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_gzip_writer_new(&writer, zub_buffer_sink(&out), 0, NULL);
    zub_sink sink = zub_gzip_writer_sink(writer);
    sink.write(sink.context, data, size);
    zub_gzip_writer_finish(writer);
    zub_gzip_writer_free(writer);
    save(name, out.data, out.size);
    zub_buffer_release(&out);
}

/* One file of every form. */
static void make_articles(void)
{
    static const char jsonl[] =
        "{\"id\": \"j1\", \"text\": \"One. Two.\", \"n\": [1, {\"a\": 2}]}\n"
        "{\"id\": \"j2\", \"title\": \"T\", "
        "\"te\\u0078t\": \"\\u0627 b. c.\", \"a\\nb\": 1}\n";
    static const char csv[] = "id,text,n\nc1,\"One, \"\"two\"\".\",7\n";
    static const char tsv[] = "id\ttext\nt1\tOne two.\n";
    static const char html[] =
        "<html><head><title>T</title></head><body><nav>x</nav><article>"
        "<p>A paragraph that is long enough to be the text of a page.</p>"
        "<p>Another one of about the same length stands here.</p>"
        "</article></body></html>";
    static const char cp1256[] = "\xC7\xE1\xE6\xD2\xC7\xD1\xC9 \xC3\xDA"
                                 "\xE1\xE4\xCA \xC7\xE1\xED\xE6\xE3.\n";

    mkdir(in_scratch("in"), 0777);
    mkdir(in_scratch("in/sub"), 0777);
    save("in/a.txt", article, sizeof article - 1);
    save("in/b.jsonl", jsonl, sizeof jsonl - 1);
    save("in/c.csv", csv, sizeof csv - 1);
    save("in/d.tsv", tsv, sizeof tsv - 1);
    save("in/e.html", html, sizeof html - 1);
    save("in/f.txt", cp1256, sizeof cp1256 - 1);
    save_gzip("in/sub/g.jsonl.gz", jsonl, sizeof jsonl - 1);
}
#define RECORDS 9

/* ---- Outputs and models ---- */

static void writes_a_file(void)
{
    const char *path = in_scratch("out.txt");
    static char large[200000];
    zub_output *output;
    zub_error error;

    save("out.txt", "old", 3);
    fault_on();
    zub_status status = zub_output_open(&output, path, &error);
    if (status == ZUB_OK) {
        zub_sink sink = zub_output_sink(output);
        zub_status one = sink.write(sink.context, large, sizeof large);
        zub_status two = sink.write(sink.context, "end", 3);
        status = zub_output_sync(output, &error);
        if (status == ZUB_OK)
            status = zub_output_commit(output, &error);
        CHECK(status != ZUB_OK || (one == ZUB_OK && two == ZUB_OK));
    }
    fault_off();
    zub_output_free(output);
    bool is_done = fault_expect(status, NULL, &error);

    struct stat about;
    CHECK_INT(stat(path, &about), 0);
    /* Whole or as it was; whole with an error if the folder was not synced. */
    bool is_whole = about.st_size == sizeof large + 3;
    CHECK(is_whole || about.st_size == 3);
    CHECK(is_whole == is_done || (is_whole && fault_struck()));
    CHECK_INT(system("ls -A \"$OUT\" | grep -q zubda"), 256);
}

static void opens_models(void)
{
    zub_models *models;
    zub_error error;

    fault_on();
    zub_status status = zub_models_open(&models, "tests", &error);
    fault_off();
    fault_expect(status, models, &error);
    zub_models_free(models);
}

/* ---- Corpora ---- */

static zub_corpus *open_corpus(const char *encoding)
{
    zub_corpus_options options = {.encoding = encoding};
    const char *path = in_scratch("in");
    zub_corpus *corpus;
    zub_error error;

    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, &error), ZUB_OK);
    return corpus;
}

static void opens_a_corpus(void)
{
    const char *paths[] = {in_scratch("in"), "-", in_scratch("absent")};
    zub_corpus_options options = {
        .encoding = "windows-1256", .text_field = "text", .id_field = "id"};
    zub_corpus *corpus;
    zub_error error;

    fault_on();
    zub_status status = zub_corpus_open(&corpus, paths, 3, &options, &error);
    fault_off();
    fault_expect(status, corpus, &error);
    zub_corpus_free(corpus);
}

/* Every failure is told: without one, every record is there. */
static void read_all(const char *encoding)
{
    zub_corpus *corpus = open_corpus(encoding);
    zub_status first = ZUB_OK;
    zub_error why = {0};
    size_t count = 0;

    fault_on();
    for (int calls = 0; calls < 200; calls++) {
        zub_record *record;
        zub_error error = {0};
        zub_status status = zub_corpus_next(&record, corpus, &error);
        if (status == ZUB_OK && !record)
            break;
        CHECK(status == ZUB_OK || !record);
        if (status != ZUB_OK && first == ZUB_OK) {
            first = status;
            why = error;
        }
        count += record != NULL;
        CHECK(!record || record->text.size > 0);
        zub_record_free(record);
    }
    fault_off();
    if (fault_expect(first, NULL, &why))
        CHECK_INT(count, RECORDS);
    zub_corpus_progress(corpus);
    zub_corpus_free(corpus);
}

static void reads_a_corpus(void)
{
    read_all("auto");
}

/* ICU 72 does not survive every failure of its charset detector, so that one
 * stays out of it when ICU's memory fails. */
static void decodes_a_corpus(void)
{
    read_all("windows-1256");
}

typedef struct tally {
    atomic_size_t results, workers;
    size_t taken, failed;
} tally;

static zub_status open_worker(void *context, void **worker, zub_error *error)
{
    (void)error;
    *worker = context;
    atomic_fetch_add(&((tally *)context)->workers, 1);
    return ZUB_OK;
}

static void close_worker(void *context, void *worker)
{
    (void)context;
    atomic_fetch_sub(&((tally *)worker)->workers, 1);
}

static zub_status map_record(void *context, void *worker,
                             const zub_record *record, void **result,
                             zub_error *error)
{
    (void)worker;
    (void)record;
    (void)error;
    *result = context;
    atomic_fetch_add(&((tally *)context)->results, 1);
    return ZUB_OK;
}

static zub_status take_result(void *context, const zub_record *record,
                              void *result, const zub_error *failure)
{
    tally *self = context;

    self->failed += failure->status != ZUB_OK;
    self->taken += result != NULL;
    CHECK((result && record) == (failure->status == ZUB_OK));
    if (result)
        atomic_fetch_sub(&self->results, 1);
    return self->failed > 50 ? ZUB_ECANCELED : ZUB_OK;
}

static void drop_result(void *context, void *result)
{
    (void)context;
    atomic_fetch_sub(&((tally *)result)->results, 1);
}

static void works_on_a_corpus(void)
{
    zub_corpus *corpus = open_corpus("auto");
    tally self = {0};
    zub_work work = {.context = &self,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map_record,
                     .take = take_result,
                     .drop = drop_result};
    zub_error error;

    fault_on();
    zub_status status = zub_corpus_each(corpus, 3, &work, &error);
    fault_off();
    if (status != ZUB_ECANCELED)
        fault_expect(status, NULL, &error);
    CHECK_INT(self.results, 0);
    CHECK_INT(self.workers, 0);
    CHECK(status != ZUB_OK || self.failed > 0 || self.taken == RECORDS);
    CHECK(fault_struck() || self.failed == 0);
    zub_corpus_free(corpus);
}

static void reads_a_number(void)
{
    zub_field field = {{"n", 1}, {"\"12.5\"", 6}};
    zub_record record = {.fields = &field, .field_count = 1};
    double number = 0;

    fault_on();
    zub_status status = zub_record_number(&number, &record, "n");
    fault_off();
    if (fault_expect(status, NULL, NULL))
        CHECK_NEAR(number, 12.5, 0);
}

/* ---- Analysis ---- */

static void makes_an_analyzer(void)
{
    zub_analyzer *analyzer;
    zub_models *models;
    zub_error error;

    const char *lexicon = "models/ar/lexicon.zub";
    zub_analyzer_options options = {
        .stemmer = "light",
        .lexicon = access(lexicon, R_OK) == 0 ? lexicon : NULL};

    CHECK_INT(zub_models_open(&models, models_folder(), NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_analyzer_new(&analyzer, models, &options, &error);
    fault_off();
    fault_expect(status, analyzer, &error);
    zub_analyzer_free(analyzer);
    zub_models_free(models);
}

/* The analyzer stays usable: the same call in peace succeeds. */
static void takes_a_document_apart(void)
{
    tools with = open_tools();
    zub_record record = arabic();
    zub_document *document;
    zub_error error;

    fault_on();
    zub_status status =
        zub_document_new(&document, with.analyzer, &record, &error);
    fault_off();
    if (!fault_expect(status, document, &error))
        CHECK_INT(zub_document_new(&document, with.analyzer, &record, NULL),
                  ZUB_OK);
    CHECK_INT(document ? document->sentence_count : 0, 6);
    CHECK_STR(document ? document->lang : "", "ar");
    zub_document_free(document);
    close_tools(with);
}

static void identifies_a_language(void)
{
    tools with = open_tools();
    zub_guess guess;
    zub_error error;

    fault_on();
    zub_status status =
        zub_identify(&guess, with.analyzer, arabic().text, &error);
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK_STR(guess.lang, "ar");
    close_tools(with);
}

static zub_summary *summarize(void)
{
    tools with = open_tools();
    zub_record record = arabic();
    zub_summary *summary;

    CHECK_INT(zub_summarize(&summary, with.analyzer, &record, NULL, NULL),
              ZUB_OK);
    close_tools(with);
    return summary;
}

static void summarize_by(const char *method)
{
    tools with = open_tools();
    zub_record record = arabic();
    zub_summary_options options = {.method = method};
    zub_summary *summary;
    zub_error error;

    fault_on();
    zub_status status =
        zub_summarize(&summary, with.analyzer, &record, &options, &error);
    fault_off();
    if (!fault_expect(status, summary, &error))
        CHECK_INT(
            zub_summarize(&summary, with.analyzer, &record, &options, NULL),
            ZUB_OK);
    CHECK_INT(summary ? summary->sentence_count : 0, 3);
    CHECK(summary && summary->keyword_count > 0);
    zub_summary_free(summary);
    close_tools(with);
}

static void summarizes(void)
{
    for (size_t i = 0; zub_method_name(i); i++)
        summarize_by(zub_method_name(i));
}

/* ---- Evaluation ---- */

static const zub_slice references[] = {
    {"أعلنت هيئة الأرصاد أن موجة حر ستضرب المدن الساحلية.", 93},
    {"Police closed the road.\nThe weather.", 36},
};

static void collects_texts(void)
{
    zub_field field = {{"r", 1}, {"[[\"a\", \"b\"], \"c\"]", 17}};
    zub_record record = {.fields = &field, .field_count = 1};
    zub_texts *texts, *joined;

    fault_on();
    zub_status status = zub_texts_new(&texts, &record, "r");
    fault_off();
    if (fault_expect(status, texts, NULL) && texts)
        CHECK_INT(texts->count, 2);
    fault_on();
    status = zub_texts_new_joined(&joined, &record, "r");
    fault_off();
    if (fault_expect(status, joined, NULL) && joined)
        CHECK_STR(joined->items[0].data, "a\nb\nc");
    zub_texts_free(texts);
    zub_texts_free(joined);
}

static void makes_a_scorer(void)
{
    zub_scorer_options options = {
        .protocol = "rouge-1.5.5",
        .stem = true,
        .stop_file = "tests/fixtures/rouge155_stop.txt",
        .exceptions_file = "tests/fixtures/rouge155_exceptions.txt"};
    zub_scorer *scorer;
    zub_error error;

    fault_on();
    zub_status status = zub_scorer_new(&scorer, NULL, &options, &error);
    fault_off();
    fault_expect(status, scorer, &error);
    zub_scorer_free(scorer);
}

static void scores_by(const char *protocol)
{
    tools with = open_tools();
    zub_scorer_options options = {.protocol = protocol};
    zub_scorer *scorer;
    zub_scores scores, again;
    zub_error error;

    CHECK_INT(zub_scorer_new(&scorer, with.models, &options, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_scorer_score(&scores, scorer, arabic().text,
                                         references, 2, &error);
    fault_off();
    bool is_scored = fault_expect(status, NULL, &error);
    CHECK_INT(
        zub_scorer_score(&again, scorer, arabic().text, references, 2, NULL),
        ZUB_OK);
    CHECK(again.of[ZUB_MEASURE_ROUGE_1].f > 0);
    CHECK(!is_scored || memcmp(&scores.of, &again.of, sizeof again.of) == 0);
    zub_scorer_free(scorer);
    close_tools(with);
}

static void scores_a_text(void)
{
    for (size_t i = 0; zub_protocol_name(i); i++)
        scores_by(zub_protocol_name(i));
}

static void tries_an_article(void)
{
    static const char *const methods[] = {"lead"};
    zub_trial_options options = {
        .is_reference_budget = true, .methods = methods, .method_count = 1};
    tools with = open_tools();
    zub_record record = arabic();
    zub_scorer *scorer;
    zub_trial *trial;
    zub_error error;

    CHECK_INT(zub_scorer_new(&scorer, with.models, NULL, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_trial_new(&trial, scorer, with.analyzer, &record,
                                      references, 2, &options, &error);
    fault_off();
    if (fault_expect(status, trial, &error) && trial)
        CHECK_INT(trial->count, 4);
    zub_trial_free(trial);
    zub_scorer_free(scorer);
    close_tools(with);
}

static void add_scores(zub_evaluation *evaluation, const char *system)
{
    zub_scores scores = {.has = 1u << ZUB_MEASURE_ROUGE_2};

    scores.of[ZUB_MEASURE_ROUGE_2].f = 0.5;
    CHECK_INT(zub_evaluation_add(evaluation,
                                 (zub_slice){system, strlen(system)},
                                 (zub_slice){"a", 1}, &scores, NULL),
              ZUB_OK);
}

static void gathers_scores(void)
{
    zub_scores scores = {0};
    zub_evaluation *evaluation;
    zub_error error;

    fault_on();
    zub_status status = zub_evaluation_new(&evaluation, &error);
    fault_off();
    if (!fault_expect(status, evaluation, &error) || !evaluation)
        return;
    fault_on();
    status = zub_evaluation_add(evaluation, (zub_slice){"s", 1},
                                (zub_slice){"a", 1}, &scores, &error);
    fault_off();
    fault_expect(status, NULL, &error);
    zub_evaluation_free(evaluation);
}

static void reports(void)
{
    zub_evaluation *evaluation;
    zub_report *report;
    zub_error error;

    CHECK_INT(zub_evaluation_new(&evaluation, NULL), ZUB_OK);
    add_scores(evaluation, "one");
    add_scores(evaluation, "two");
    fault_on();
    zub_status status = zub_report_new(&report, evaluation, &error);
    fault_off();
    if (fault_expect(status, report, &error) && report)
        CHECK_INT(report->difference_count, 1);
    zub_report_free(report);
    zub_evaluation_free(evaluation);
}

/* ---- Statistics ---- */

static void adjusts_probabilities(void)
{
    double p[] = {.04, .01, .02};

    fault_on();
    zub_status status = zub_adjust(p, 3, 0, ZUB_ADJUST_HOLM);
    fault_off();
    if (fault_expect(status, NULL, NULL))
        CHECK(p[1] > .029 && p[0] > .039);
    else
        CHECK(p[0] == .04 && p[1] == .01 && p[2] == .02);
}

static void measures_diversity(void)
{
    static const uint32_t words[] = {7, 4000000000u, 7, 12, 9};
    zub_diversity out;

    fault_on();
    zub_status status = zub_diversity_measure(&out, words, 5, NULL);
    fault_off();
    CHECK(out.of[ZUB_DIVERSITY_TYPES] ==
          (fault_expect(status, NULL, NULL) ? 4 : 0));
}

/* ---- Rendering: into memory that may be refused too ---- */

static const zub_format formats[] = {ZUB_FORMAT_TEXT, ZUB_FORMAT_JSON,
                                     ZUB_FORMAT_JSONL, ZUB_FORMAT_TSV,
                                     ZUB_FORMAT_HTML};

/* Renders with a function of each kind in one format; NULL: it has none. */
typedef zub_status render(const zub_render_options *options, zub_sink sink);

static void render_twice(render *run)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        zub_render_options options = {.format = formats[i],
                                      .explain = true,
                                      .fold = true,
                                      .isolate = true};
        zub_buffer want, got;

        zub_buffer_init(&want, ZUB_BUFFER_UNLIMITED);
        zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
        zub_status usual = run(&options, zub_buffer_sink(&want));
        fault_on();
        zub_status status = run(&options, zub_buffer_sink(&got));
        fault_off();
        CHECK(usual == ZUB_OK || usual == ZUB_EINVAL);
        if (usual == ZUB_OK && fault_expect(status, NULL, NULL)) {
            CHECK_INT(got.size, want.size);
            CHECK_STR(zub_buffer_slice(&got).data,
                      zub_buffer_slice(&want).data);
        }
        zub_buffer_release(&want);
        zub_buffer_release(&got);
    }
}

static zub_summary *summary_now;
static zub_document *document_now;

static zub_status render_parts(const zub_render_options *options,
                               zub_sink sink)
{
    zub_status status = ZUB_OK;

    for (int part = ZUB_PART_HEAD; part <= ZUB_PART_TAIL && !status; part++)
        status =
            zub_render_part((zub_part)part, ZUB_KIND_SUMMARY, options, sink);
    return status;
}

static zub_status render_summary(const zub_render_options *options,
                                 zub_sink sink)
{
    zub_field field = {{"other", 5}, {"[1, 2]", 6}};
    zub_record record = arabic();

    record.fields = &field;
    record.field_count = 1;
    return zub_render_summary(summary_now, &record, options, sink);
}

static zub_status render_keywords(const zub_render_options *options,
                                  zub_sink sink)
{
    zub_record record = arabic();

    return zub_render_keywords(summary_now, &record, options, sink);
}

static zub_status render_units(const zub_render_options *options,
                               zub_sink sink)
{
    zub_record record = arabic();

    return zub_render_units(document_now, &record, options, sink);
}

static zub_status render_guess(const zub_render_options *options,
                               zub_sink sink)
{
    zub_guess guess = {"ar", .9, "fa", .1};
    zub_record record = arabic();

    return zub_render_guess(&guess, &record, options, sink);
}

static void renders_parts(void)
{
    render_twice(render_parts);
}

static void renders_a_summary(void)
{
    render_twice(render_summary);
}

static void renders_keywords(void)
{
    render_twice(render_keywords);
}

static void renders_units(void)
{
    render_twice(render_units);
}

static void renders_a_guess(void)
{
    render_twice(render_guess);
}

static void writes_a_table(void)
{
    static const zub_column columns[] = {{"term", ZUB_CELL_TEXT, 0},
                                         {"count", ZUB_CELL_COUNT, 0}};
    zub_cell cells[] = {{.text = {"a", 1}}, {.count = 1}};
    zub_buffer out;
    zub_table *made;
    zub_error error;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status = zub_table_open(&made, columns, 2, ZUB_FORMAT_TEXT,
                                       true, zub_buffer_sink(&out), &error);
    fault_off();
    if (fault_expect(status, made, &error)) {
        fault_on();
        status = zub_table_add(made, cells, 0);
        if (status == ZUB_OK)
            status = zub_table_close(made);
        fault_off();
        fault_expect(status, NULL, NULL);
    }
    zub_table_free(made);
    zub_buffer_release(&out);
}

/* ---- Concordances ---- */

static void makes_a_concordance(const char *pattern,
                                zub_concordance_options options)
{
    tools with = open_tools();
    zub_record record = arabic();
    zub_concordance *made;
    const zub_occurrence *found;
    size_t count;
    zub_error error;

    fault_on();
    zub_status status = zub_concordance_new(
        &made, with.analyzer, (zub_slice){pattern, strlen(pattern)}, &options,
        &error);
    fault_off();
    if (fault_expect(status, made, &error)) {
        fault_on();
        status = zub_concordance_find(&found, &count, made, &record, &error);
        fault_off();
        fault_expect(status, found, &error);
        CHECK_INT(zub_concordance_find(&found, &count, made, &record, NULL),
                  ZUB_OK);
        CHECK_INT(count, 3);
    }
    zub_concordance_free(made);
    close_tools(with);
}

static void finds_phrases(void)
{
    makes_a_concordance("موج* *", (zub_concordance_options){.width = 9});
    makes_a_concordance("موجة", (zub_concordance_options){.by_stem = true,
                                                          .width = 3,
                                                          .in_words = true});
}

static void finds_expressions(void)
{
    makes_a_concordance("موجة (ال)?حر",
                        (zub_concordance_options){.is_regex = true});
}

static const zub_kwic_line kwic_line = {.id = {"a", 1},
                                        .before = {"one two ", 8},
                                        .match = {"x", 1},
                                        .after = {" three", 6}};

static void sorts_lines(void)
{
    zub_kwic_sorter_options options = {.lang = "en", .by_before = true};
    zub_kwic_sorter *made;
    zub_kwic_line line;
    bool has_line = false;
    zub_error error;

    fault_on();
    zub_status status = zub_kwic_sorter_new(&made, &options, &error);
    fault_off();
    if (fault_expect(status, made, &error)) {
        fault_on();
        status = zub_kwic_sorter_add(made, &kwic_line, &error);
        if (status == ZUB_OK)
            status = zub_kwic_sorter_next(made, &line, &has_line, &error);
        fault_off();
        CHECK(has_line == fault_expect(status, NULL, &error));
    }
    zub_kwic_sorter_free(made);
}

/* Enough of them for a file. */
static void spills_lines(void)
{
    static char long_text[1 << 20];
    zub_kwic_sorter_options options = {.memory = 1, .folder = scratch};
    zub_kwic_sorter *made;
    zub_kwic_line line = kwic_line;
    bool has_line = true;
    zub_error error;
    int count = 0;

    line.id = (zub_slice){long_text, sizeof long_text};
    CHECK_INT(zub_kwic_sorter_new(&made, &options, NULL), ZUB_OK);
    fault_on();
    zub_status status = ZUB_OK;
    for (int i = 0; i < 8 && status == ZUB_OK; i++)
        status = zub_kwic_sorter_add(made, &line, &error);
    while (status == ZUB_OK && has_line) {
        status = zub_kwic_sorter_next(made, &line, &has_line, &error);
        count += has_line;
    }
    fault_off();
    if (fault_expect(status, NULL, &error))
        CHECK_INT(count, 8);
    zub_kwic_sorter_free(made);
}

static void writes_lines(void)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        zub_kwic_look look = {.format = formats[i], .isolate = true};
        zub_kwic_writer *made;
        zub_buffer out;
        zub_error error;

        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        fault_on();
        zub_status status =
            zub_kwic_writer_open(&made, &look, zub_buffer_sink(&out), &error);
        fault_off();
        if (fault_expect(status, made, &error)) {
            fault_on();
            status = zub_kwic_writer_add(made, &kwic_line);
            if (status == ZUB_OK)
                status = zub_kwic_writer_close(made);
            fault_off();
            fault_expect(status, NULL, NULL);
        }
        zub_kwic_writer_free(made);
        zub_buffer_release(&out);
    }
}

static void measures_width(void)
{
    fault_on();
    size_t width = zub_display_width((zub_slice){"ab\xE4\xB8\xAD", 5});
    fault_off();
    CHECK_INT(width, 4);
}

static void names_its_libraries(void)
{
    char line[200];

    fault_on();
    size_t size = zub_version_details(line, sizeof line);
    fault_off();
    CHECK_INT(size, strlen(line));
    CHECK(strstr(line, "ICU"));
}

#include "counting_faults.h"
#include "similar_faults.h"
#include "topics_faults.h"

/* ---- The table ---- */

typedef struct row {
    const char *function;
    unsigned kinds;
    void (*scenario)(void);
    const char *cannot_fail; /* why, when there is no scenario */
} row;

static const row table[] = {
    {"zub_version", 0, NULL, "a constant"},
    {"zub_version_details", FAULT_MEMORY, names_its_libraries, NULL},
    {"zub_status_text", 0, NULL, "a constant"},
    {"zub_output_open", FAULT_ALLOC | FAULT_SYSTEM, writes_a_file, NULL},
    {"zub_output_sink", 0, NULL, "two pointers; see zub_output_open"},
    {"zub_output_sync", 0, NULL, "see zub_output_open"},
    {"zub_output_commit", 0, NULL, "see zub_output_open"},
    {"zub_output_free", 0, NULL, "frees; see zub_output_open"},
    {"zub_models_open", FAULT_ALLOC | FAULT_SYSTEM, opens_models, NULL},
    {"zub_models_free", 0, NULL, "frees"},
    {"zub_corpus_open", FAULT_MEMORY | FAULT_SYSTEM, opens_a_corpus, NULL},
    {"zub_corpus_next", FAULT_ALLOC | FAULT_SYSTEM, reads_a_corpus, NULL},
    {"zub_corpus_next", FAULT_MEMORY, decodes_a_corpus, NULL},
    {"zub_corpus_progress", 0, NULL, "reads counters; see zub_corpus_next"},
    {"zub_corpus_free", 0, NULL, "frees"},
    {"zub_record_free", 0, NULL, "frees"},
    {"zub_record_repaired", 0, NULL, "computes"},
    {"zub_record_number", FAULT_MEMORY, reads_a_number, NULL},
    {"zub_corpus_each", FAULT_ALLOC | FAULT_SYSTEM, works_on_a_corpus, NULL},
    {"zub_analyzer_new", FAULT_MEMORY | FAULT_SYSTEM, makes_an_analyzer, NULL},
    {"zub_analyzer_free", 0, NULL, "frees"},
    {"zub_stemmer_name", 0, NULL, "a constant"},
    {"zub_stemmer_about", 0, NULL, "a constant"},
    {"zub_document_new", FAULT_MEMORY | FAULT_SYSTEM, takes_a_document_apart,
     NULL},
    {"zub_document_free", 0, NULL, "frees"},
    {"zub_identify", FAULT_MEMORY | FAULT_SYSTEM, identifies_a_language, NULL},
    {"zub_compat_name", 0, NULL, "a constant"},
    {"zub_compat_about", 0, NULL, "a constant"},
    {"zub_count", FAULT_ALLOC | FAULT_SYSTEM, counts_articles, NULL},
    {"zub_count", FAULT_ALLOC, counts_windows, NULL},
    {"zub_count_key", FAULT_MEMORY | FAULT_SYSTEM, finds_keys, NULL},
    {"zub_state_open", FAULT_MEMORY | FAULT_SYSTEM, opens_a_state, NULL},
    {"zub_state_write", FAULT_MEMORY, writes_a_state, NULL},
    {"zub_state_free", 0, NULL, "frees"},
    {"zub_state_about", 0, NULL, "reads; see zub_state_open"},
    {"zub_state_term_at", 0, NULL, "reads"},
    {"zub_state_key", 0, NULL, "see zub_count_key"},
    {"zub_merge", FAULT_MEMORY | FAULT_SYSTEM, merges_states, NULL},
    {"zub_index_writer_open", 0, NULL, "see test_index_faults.c"},
    {"zub_index_writer_free", 0, NULL, "see test_index_faults.c"},
    {"zub_index_writer_add", 0, NULL, "see test_index_faults.c"},
    {"zub_index_writer_delete", 0, NULL, "see test_index_faults.c"},
    {"zub_index_writer_merge", 0, NULL, "see test_index_faults.c"},
    {"zub_index_writer_compact", 0, NULL, "see test_index_merging_faults.c"},
    {"zub_index_writer_commit", 0, NULL, "see test_index_faults.c"},
    {"zub_index_open", 0, NULL, "see test_index_faults.c"},
    {"zub_index_free", 0, NULL, "see test_index_faults.c"},
    {"zub_index_about", 0, NULL, "see test_index_faults.c"},
    {"zub_hits_free", 0, NULL, "see test_index_faults.c"},
    {"zub_searcher_new", 0, NULL, "see test_index_faults.c"},
    {"zub_searcher_free", 0, NULL, "see test_index_faults.c"},
    {"zub_searcher_reduce", 0, NULL, "see test_index_faults.c"},
    {"zub_search", 0, NULL, "see test_index_faults.c"},
    {"zub_related", 0, NULL, "see test_index_faults.c"},
    {"zub_related_to", 0, NULL, "see test_index_faults.c"},
    {"zub_index_article", 0, NULL, "see test_index_faults.c"},
    {"zub_index_check", 0, NULL, "see test_index_faults.c"},
    {"zub_render_hits", 0, NULL, "see test_index_faults.c"},
    {"zub_check_file", FAULT_MEMORY | FAULT_SYSTEM, checks_a_file, NULL},
    {"zub_matrix_new", FAULT_MEMORY | FAULT_SYSTEM, makes_a_matrix, NULL},
    {"zub_matrix_free", 0, NULL, "frees"},
    {"zub_matrix_measure", 0, NULL, "reads; see zub_matrix_new"},
    {"zub_matrix_read", FAULT_MEMORY | FAULT_SYSTEM, reads_a_matrix, NULL},
    {"zub_matrix_term_at", 0, NULL, "see zub_matrix_read"},
    {"zub_matrix_explain", 0, NULL, "see zub_matrix_read"},
    {"zub_matrix_id", 0, NULL, "reads"},
    {"zub_matrix_find", 0, NULL, "reads"},
    {"zub_weight_name", 0, NULL, "a constant"},
    {"zub_weight_about", 0, NULL, "a constant"},
    {"zub_weight_check", FAULT_MEMORY, checks_a_weighting, NULL},
    {"zub_similar_name", 0, NULL, "a constant"},
    {"zub_similar_about", 0, NULL, "a constant"},
    {"zub_alikes_free", 0, NULL, "frees"},
    {"zub_similar_scan", FAULT_MEMORY | FAULT_SYSTEM, scans_for_neighbours,
     NULL},
    {"zub_similar_memory", 0, NULL, "a number"},
    {"zub_similar_new", FAULT_MEMORY | FAULT_SYSTEM, makes_lists, NULL},
    {"zub_similar_free", 0, NULL, "frees"},
    {"zub_similar_row", 0, NULL, "reads"},
    {"zub_finder_new", FAULT_MEMORY, finds_neighbours, NULL},
    {"zub_finder_free", 0, NULL, "frees"},
    {"zub_finder_find", 0, NULL, "see zub_finder_new"},
    {"zub_similar_each", FAULT_MEMORY | FAULT_SYSTEM, finds_all_neighbours,
     NULL},
    {"zub_similar_explain", FAULT_MEMORY, explains_neighbours, NULL},
    {"zub_bonds_free", 0, NULL, "frees"},
    {"zub_latent_new", FAULT_MEMORY, makes_points, NULL},
    {"zub_latent_free", 0, NULL, "frees"},
    {"zub_latent_project", 0, NULL, "allocates nothing"},
    {"zub_latent_scan", FAULT_MEMORY, scans_points, NULL},
    {"zub_latent_each", FAULT_ALLOC | FAULT_THREAD, finds_all_points, NULL},
    {"zub_query_new", FAULT_MEMORY | FAULT_SYSTEM, weighs_a_query, NULL},
    {"zub_query_free", 0, NULL, "frees"},
    {"zub_query_vector", 0, NULL, "reads"},
    {"zub_query_new_row", FAULT_MEMORY | FAULT_SYSTEM, copies_a_row, NULL},
    {"zub_blas_threads", 0, NULL, "see test_algebra_faults.c"},
    {"zub_svd_new", 0, NULL, "see test_algebra_faults.c"},
    {"zub_svd_free", 0, NULL, "frees"},
    {"zub_svd_about", 0, NULL, "reads"},
    {"zub_svd_rows", 0, NULL, "reads"},
    {"zub_svd_components", 0, NULL, "reads"},
    {"zub_svd_project", 0, NULL, "see test_algebra_faults.c"},
    {"zub_render_npy", 0, NULL, "see test_algebra_faults.c"},
    {"zub_method_name", 0, NULL, "a constant"},
    {"zub_method_about", 0, NULL, "a constant"},
    {"zub_summarize", FAULT_MEMORY | FAULT_SYSTEM, summarizes, NULL},
    {"zub_summary_free", 0, NULL, "frees"},
    {"zub_topics_method_name", 0, NULL, "a constant"},
    {"zub_topics_method_about", 0, NULL, "a constant"},
    {"zub_topics_new", FAULT_ALLOC, makes_topics, NULL},
    {"zub_topics_read", FAULT_ALLOC | FAULT_SYSTEM, reads_topics, NULL},
    {"zub_topics_about", 0, NULL, "a pointer"},
    {"zub_topics_free", 0, NULL, "frees; see zub_topics_new"},
    {"zub_texts_new", FAULT_MEMORY, collects_texts, NULL},
    {"zub_texts_new_joined", 0, NULL, "see zub_texts_new"},
    {"zub_texts_free", 0, NULL, "frees"},
    {"zub_measure_name", 0, NULL, "a constant"},
    {"zub_protocol_name", 0, NULL, "a constant"},
    {"zub_protocol_about", 0, NULL, "a constant"},
    {"zub_scorer_new", FAULT_MEMORY | FAULT_SYSTEM, makes_a_scorer, NULL},
    {"zub_scorer_free", 0, NULL, "frees"},
    {"zub_scorer_score", FAULT_MEMORY | FAULT_SYSTEM, scores_a_text, NULL},
    {"zub_trial_new", FAULT_MEMORY | FAULT_SYSTEM, tries_an_article, NULL},
    {"zub_trial_free", 0, NULL, "frees"},
    {"zub_evaluation_new", FAULT_MEMORY, gathers_scores, NULL},
    {"zub_evaluation_free", 0, NULL, "frees"},
    {"zub_evaluation_add", 0, NULL, "see zub_evaluation_new"},
    {"zub_report_new", FAULT_MEMORY, reports, NULL},
    {"zub_report_free", 0, NULL, "frees"},
    {"zub_association_at", 0, NULL, "a constant"},
    {"zub_association_find", 0, NULL, "a constant"},
    {"zub_phrase_score", 0, NULL, "arithmetic"},
    {"zub_phrase_npmi", 0, NULL, "arithmetic"},
    {"zub_lambda", 0, NULL, "arithmetic"},
    {"zub_lambda_cells", 0, NULL, "arithmetic"},
    {"zub_keyness_at", 0, NULL, "a constant"},
    {"zub_keyness_find", 0, NULL, "a constant"},
    {"zub_log_ratio_interval", 0, NULL, "arithmetic"},
    {"zub_keyness_p", 0, NULL, "arithmetic"},
    {"zub_adjust", FAULT_MEMORY, adjusts_probabilities, NULL},
    {"zub_dispersion_at", 0, NULL, "a constant"},
    {"zub_dispersion_find", 0, NULL, "a constant"},
    {"zub_burstiness", 0, NULL, "arithmetic"},
    {"zub_idf", 0, NULL, "arithmetic"},
    {"zub_residual_idf", 0, NULL, "arithmetic"},
    {"zub_arf", 0, NULL, "arithmetic"},
    {"zub_aldf", 0, NULL, "arithmetic"},
    {"zub_awtf", 0, NULL, "arithmetic"},
    {"zub_diversity_measure", FAULT_MEMORY, measures_diversity, NULL},
    {"zub_diversity_at", 0, NULL, "a constant"},
    {"zub_collocation_measure_name", 0, NULL, "a constant"},
    {"zub_collocation_measure_about", 0, NULL, "a constant"},
    {"zub_collocation_measure_find", 0, NULL, "looks at constants"},
    {"zub_collocations_new", FAULT_MEMORY, measures_collocations, NULL},
    {"zub_collocations_free", 0, NULL, "frees"},
    {"zub_collocations_size", 0, NULL, "a number"},
    {"zub_collocations_at", 0, NULL, "computes"},
    {"zub_comparison_new", FAULT_MEMORY, compares_states, NULL},
    {"zub_comparison_new_background", FAULT_MEMORY | FAULT_SYSTEM,
     compares_with_a_background, NULL},
    {"zub_comparison_free", 0, NULL, "frees"},
    {"zub_comparison_about", 0, NULL, "numbers"},
    {"zub_comparison_at", 0, NULL, "computes"},
    {"zub_judgements_open", 0, NULL, "see test_trec_faults.c"},
    {"zub_judgements_free", 0, NULL, "frees"},
    {"zub_ranking_measure_name", 0, NULL, "a constant"},
    {"zub_ranking_measure_about", 0, NULL, "a constant"},
    {"zub_ranking_open", 0, NULL, "see test_trec_faults.c"},
    {"zub_ranking_free", 0, NULL, "frees"},
    {"zub_ranking_about", 0, NULL, "numbers"},
    {"zub_ranking_column_at", 0, NULL, "arithmetic"},
    {"zub_ranking_query", 0, NULL, "reads"},
    {"zub_ranking_value", 0, NULL, "reads"},
    {"zub_ranking_text", 0, NULL, "reads"},
    {"zub_ranking_intervals", 0, NULL, "see zub_render_rankings"},
    {"zub_render_rankings", 0, NULL, "see test_trec_faults.c"},
    {"zub_duplicates_find", 0, NULL, "see test_duplicates_faults.c"},
    {"zub_duplicates_free", 0, NULL, "frees"},
    {"zub_duplicates_about", 0, NULL, "numbers"},
    {"zub_duplicate_kind_name", 0, NULL, "a constant"},
    {"zub_duplicates_next", 0, NULL, "computes"},
    {"zub_duplicates_next_pair", 0, NULL, "reads"},
    {"zub_duplicates_next_empty", 0, NULL, "reads"},
    {"zub_duplicates_write_kept", 0, NULL, "see test_duplicates_faults.c"},
    {"zub_render_duplicates", 0, NULL, "see test_duplicates_faults.c"},
    {"zub_articles_read", 0, NULL, "see test_align_faults.c"},
    {"zub_articles_free", 0, NULL, "frees"},
    {"zub_articles_about", 0, NULL, "numbers"},
    {"zub_align", 0, NULL, "see test_align_faults.c"},
    {"zub_alignment_free", 0, NULL, "frees"},
    {"zub_alignment_about", 0, NULL, "numbers"},
    {"zub_alignment_at", 0, NULL, "arithmetic"},
    {"zub_render_alignment", 0, NULL, "see test_align_faults.c"},
    {"zub_render_record", 0, NULL, "allocates nothing"},
    {"zub_render_part", FAULT_MEMORY, renders_parts, NULL},
    {"zub_render_summary", FAULT_MEMORY, renders_a_summary, NULL},
    {"zub_render_keywords", FAULT_MEMORY, renders_keywords, NULL},
    {"zub_render_units", FAULT_MEMORY, renders_units, NULL},
    {"zub_render_guess", FAULT_MEMORY, renders_a_guess, NULL},
    {"zub_matrix_form_name", 0, NULL, "a constant"},
    {"zub_matrix_form_about", 0, NULL, "a constant"},
    {"zub_render_topics", 0, NULL, "allocates nothing"},
    {"zub_render_matrix", FAULT_MEMORY | FAULT_SYSTEM, renders_a_matrix, NULL},
    {"zub_render_matrix_terms", FAULT_MEMORY | FAULT_SYSTEM, renders_its_terms,
     NULL},
    {"zub_render_matrix_articles", FAULT_MEMORY, renders_its_articles, NULL},
    {"zub_render_weight", FAULT_MEMORY, renders_a_weight, NULL},
    {"zub_render_file_report", FAULT_MEMORY, renders_a_file_report, NULL},
    {"zub_render_report", 0, NULL,
     "allocates nothing; a sink's refusal is "
     "tested in test_rouge.c"},
    {"zub_table_open", FAULT_MEMORY, writes_a_table, NULL},
    {"zub_table_add", 0, NULL, "see zub_table_open"},
    {"zub_table_close", 0, NULL, "see zub_table_open"},
    {"zub_table_free", 0, NULL, "frees"},
    {"zub_concordance_new", FAULT_MEMORY | FAULT_SYSTEM, finds_phrases, NULL},
    {"zub_concordance_new", FAULT_ALLOC | FAULT_SYSTEM, finds_expressions,
     NULL},
    {"zub_concordance_free", 0, NULL, "frees"},
    {"zub_concordance_find", 0, NULL, "see zub_concordance_new"},
    {"zub_concordance_lang", 0, NULL, "reads"},
    {"zub_kwic_line_of", 0, NULL, "pointers"},
    {"zub_kwic_sorter_new", FAULT_MEMORY | FAULT_SYSTEM, sorts_lines, NULL},
    {"zub_kwic_sorter_new", FAULT_ALLOC | FAULT_SYSTEM, spills_lines, NULL},
    {"zub_kwic_sorter_free", 0, NULL, "frees"},
    {"zub_kwic_sorter_add", 0, NULL, "see zub_kwic_sorter_new"},
    {"zub_kwic_sorter_next", 0, NULL, "see zub_kwic_sorter_new"},
    {"zub_kwic_writer_open", FAULT_MEMORY, writes_lines, NULL},
    {"zub_kwic_writer_add", 0, NULL, "see zub_kwic_writer_open"},
    {"zub_kwic_writer_close", 0, NULL, "see zub_kwic_writer_open"},
    {"zub_kwic_writer_free", 0, NULL, "frees"},
    {"zub_similar_writer_open", FAULT_MEMORY, writes_neighbours, NULL},
    {"zub_similar_writer_begin", 0, NULL, "see zub_similar_writer_open"},
    {"zub_similar_writer_add", 0, NULL, "see zub_similar_writer_open"},
    {"zub_similar_writer_end", 0, NULL, "see zub_similar_writer_open"},
    {"zub_similar_writer_close", 0, NULL, "see zub_similar_writer_open"},
    {"zub_similar_writer_free", 0, NULL, "frees"},

    {"zub_listing_new", FAULT_MEMORY | FAULT_SYSTEM, lists_terms, NULL},
    {"zub_listing_free", 0, NULL, "frees"},
    {"zub_listing_check", FAULT_MEMORY, checks_a_listing, NULL},
    {"zub_listing_columns", 0, NULL, "reads; see zub_listing_new"},
    {"zub_listing_next", 0, NULL, "see zub_listing_new"},
    {"zub_listing_about", 0, NULL, "reads"},
    {"zub_display_width", FAULT_MEMORY, measures_width, NULL},
};
#define ROWS (sizeof table / sizeof *table)

static void the_table_has_every_function_of_the_header(void)
{
    FILE *list = popen("scripts/list-api", "r");
    bool is_known[ROWS] = {false};
    char name[100];

    CHECK(list != NULL);
    while (list && fscanf(list, "%99s", name) == 1) {
        bool has_row = false;
        for (size_t i = 0; i < ROWS; i++)
            if (strcmp(table[i].function, name) == 0)
                has_row = is_known[i] = true;
        if (!has_row)
            printf("# %s needs a row in the table\n", name);
        CHECK(has_row);
    }
    CHECK(list && pclose(list) == 0);
    for (size_t i = 0; i < ROWS; i++) {
        if (!is_known[i])
            printf("# %s is no function any more\n", table[i].function);
        CHECK(is_known[i]);
        CHECK(!table[i].scenario == !!table[i].cannot_fail);
    }
}

static void run_row(const row *self)
{
    test_failed = 0;
    if (!fault_each(self->function, self->kinds, self->scenario))
        test_failed = 1;
    test_failures += test_failed;
    printf("%sok %d - %s fails cleanly\n", test_failed ? "not " : "",
           ++test_number, self->function);
    fflush(stdout);
}

static void interrupted_and_short_calls_change_nothing(void)
{
    fault_make_short(true);
    CHECK(fault_each("short writes", 0, writes_a_file));
    CHECK(fault_each("short reads", 0, reads_a_corpus));
    fault_make_short(false);
}

/* If the linker sent no call through fault.c, nothing above was a test. */
static void hundreds_of_calls_failed(void)
{
    CHECK(fault_total() > 500);
}

int main(int count, char **arguments)
{
    fault_hook_libraries();
    if (!mkdtemp(scratch) || setenv("OUT", scratch, 1) != 0)
        return 1;
    make_articles();
    make_state();
    tools with = open_tools();
    zub_record record = arabic();
    summary_now = summarize();
    zub_document_new(&document_now, with.analyzer, &record, NULL);

    RUN(the_table_has_every_function_of_the_header);
    RUN(interrupted_and_short_calls_change_nothing);
    for (size_t i = 0; i < ROWS; i++)
        if (table[i].scenario &&
            (count < 2 || strcmp(arguments[1], table[i].function) == 0))
            run_row(&table[i]);

    if (count < 2)
        RUN(hundreds_of_calls_failed);

    zub_document_free(document_now);
    zub_summary_free(summary_now);
    zub_state_free(state_now);
    close_tools(with);
    CHECK_INT(system("rm -rf \"$OUT\""), 0);
    return DONE();
}
