/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Rankings under failure: values, or nothing and no trace. */
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "test.h"

#include "base/buffer.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";
static char judged[80], run[80], norms[80];

static void write_files(void)
{
    FILE *qrels = fopen(judged, "w"), *ranked = fopen(run, "w");

    for (unsigned i = 0; qrels && ranked && i < 20; i++) {
        fprintf(qrels, "%u 0 d%u %u\n", i % 3, i, i % 4);
        fprintf(ranked, "%u Q0 d%u 1 %u t\n", i % 3, i, i % 5);
    }
    CHECK(qrels && fclose(qrels) == 0 && ranked && fclose(ranked) == 0);
}

/* Two judges, the first in two groups. */
static void write_preferences(void)
{
    FILE *prefs = fopen(judged, "w"), *means = fopen(norms, "w");

    for (unsigned i = 0; prefs && means && i < 20; i++)
        for (unsigned j = 0; j < 2; j++)
            for (unsigned g = 0; g < 2 - j; g++)
                fprintf(prefs, "%u %u %u d%u %u\n", i % 3, j, g, i, i % 4);
    CHECK(means &&
          fputs("0 prefs_simp .5 .1\n1 prefs_simp 0 1\n", means) >= 0);
    CHECK(prefs && fclose(prefs) == 0 && fclose(means) == 0);
}

static void preferences_are_counted(void)
{
    static const char *const names[] = {"all_prefs"};
    zub_ranking_options options = {
        .measures = names, .measure_count = 1, .zscores = norms};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;

    CHECK_INT(zub_judgements_open(&judgements, judged, ZUB_PREFERENCES, NULL),
              ZUB_OK);
    fault_on();
    zub_status status =
        zub_ranking_open(&ranking, judgements, run, &options, &error);
    fault_off();
    fault_expect(status, ranking, &error);
    zub_ranking_free(ranking);
    zub_judgements_free(judgements);
}

static void judgements_are_read(void)
{
    zub_judgements *out;
    zub_error error;

    fault_on();
    zub_status status = zub_judgements_open(&out, judged, ZUB_QRELS, &error);
    fault_off();
    fault_expect(status, out, &error);
    zub_judgements_free(out);
}

static void a_run_is_evaluated_and_written(void)
{
    static const char *const names[] = {"all_trec", "P.7"};
    zub_ranking_options options = {.measures = names, .measure_count = 2};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_buffer text;
    zub_error error;

    CHECK_INT(zub_judgements_open(&judgements, judged, ZUB_QRELS, NULL),
              ZUB_OK);
    fault_on();
    zub_status status =
        zub_ranking_open(&ranking, judgements, run, &options, &error);
    fault_off();
    if (fault_expect(status, ranking, &error)) {
        zub_named_ranking both[] = {{"a", ranking}, {"b", ranking}};
        zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
        fault_on();
        status = zub_render_rankings(both, 2, false, true, ZUB_FORMAT_TSV,
                                     zub_buffer_sink(&text), &error);
        fault_off();
        fault_expect(status, NULL, &error);
        zub_buffer_release(&text);
    }
    zub_ranking_free(ranking);
    zub_judgements_free(judgements);
}

static void reading_fails_cleanly(void)
{
    CHECK(fault_each("judgements", FAULT_ALLOC | FAULT_SYSTEM,
                     judgements_are_read));
}

static void evaluating_fails_cleanly(void)
{
    CHECK(fault_each("a run", FAULT_ALLOC | FAULT_OPEN | FAULT_READ,
                     a_run_is_evaluated_and_written));
}

static void counting_preferences_fails_cleanly(void)
{
    write_preferences();
    CHECK(fault_each("preferences", FAULT_ALLOC | FAULT_OPEN | FAULT_READ,
                     preferences_are_counted));
}

int main(void)
{
    fault_hook_libraries();
    if (!mkdtemp(folder))
        return 1;
    snprintf(judged, sizeof judged, "%s/qrels", folder);
    snprintf(run, sizeof run, "%s/run", folder);
    snprintf(norms, sizeof norms, "%s/norms", folder);
    write_files();
    RUN(reading_fails_cleanly);
    RUN(evaluating_fails_cleanly);
    RUN(counting_preferences_fails_cleanly);
    unlink(judged);
    unlink(run);
    unlink(norms);
    rmdir(folder);
    return DONE();
}
