/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Rankings under failure: values, or nothing and no trace. */
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "test.h"

#include "base/buffer.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";
static char judged[80], run[80], preferred[80], norms[80];
static char *const paths[] = {judged, run, preferred, norms};
#define FILES (sizeof paths / sizeof *paths)

static void write_files(void)
{
    static const char *const names[] = {"qrels", "run", "prefs", "norms"};
    FILE *files[FILES];

    for (size_t i = 0; i < FILES; i++) {
        snprintf(paths[i], sizeof judged, "%s/%s", folder, names[i]);
        files[i] = fopen(paths[i], "w");
        CHECK(files[i]);
    }
    for (unsigned i = 0; i < 20; i++) {
        fprintf(files[0], "%u 0 d%u %u\n", i % 3, i, i % 4);
        fprintf(files[1], "%u Q0 d%u 1 %u t\n", i % 3, i, i % 5);
        fprintf(files[2], "%u j%u %u d%u %u\n", i % 3, i % 2, i % 4, i,
                i % 5 + 1);
    }
    fprintf(files[3], "1 prefs_simp 0.5 0.1\n");
    for (size_t i = 0; i < FILES; i++)
        CHECK(fclose(files[i]) == 0);
}

static void judgements_are_read(void)
{
    zub_judgements *out;
    zub_error error;

    fault_on();
    zub_status status =
        zub_judgements_open(&out, judged, ZUB_JUDGED_ONCE, &error);
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

    CHECK_INT(zub_judgements_open(&judgements, judged, ZUB_JUDGED_ONCE, NULL),
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

/* Two judges, one of them in parts, and norms. */
static void preferences_are_counted(void)
{
    zub_ranking_options options = {.norms = norms};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;

    CHECK_INT(
        zub_judgements_open(&judgements, preferred, ZUB_JUDGED_IN_PARTS, NULL),
        ZUB_OK);
    fault_on();
    zub_status status =
        zub_ranking_open(&ranking, judgements, run, &options, &error);
    fault_off();
    fault_expect(status, ranking, &error);
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
    CHECK(fault_each("preferences", FAULT_ALLOC | FAULT_OPEN | FAULT_READ,
                     preferences_are_counted));
}

int main(void)
{
    fault_hook_libraries();
    if (!mkdtemp(folder))
        return 1;
    write_files();
    RUN(reading_fails_cleanly);
    RUN(evaluating_fails_cleanly);
    RUN(counting_preferences_fails_cleanly);
    for (size_t i = 0; i < FILES; i++)
        unlink(paths[i]);
    rmdir(folder);
    return DONE();
}
