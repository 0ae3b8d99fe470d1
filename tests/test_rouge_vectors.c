/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_rouge_vectors.c - every value that ROUGE-1.5.5 gave for 31 summaries
 * and five sets of options, from ../shared when it is there. */
#include <cjson/cJSON.h>
#include <unistd.h>

#include "zubda.h"
#include "test.h"

#define VECTORS "../shared/data/rouge_vectors/rouge155.jsonl"
#define STOP "tests/fixtures/rouge155_stop.txt"
#define EXCEPTIONS "tests/fixtures/rouge155_exceptions.txt"

static const struct {
    const char *name;
    zub_measure measure;
} measures[] = {
    {"ROUGE-1", ZUB_MEASURE_ROUGE_1},     {"ROUGE-2", ZUB_MEASURE_ROUGE_2},
    {"ROUGE-3", ZUB_MEASURE_ROUGE_3},     {"ROUGE-4", ZUB_MEASURE_ROUGE_4},
    {"ROUGE-L", ZUB_MEASURE_ROUGE_LSUM},  {"ROUGE-W-1.2", ZUB_MEASURE_ROUGE_W},
    {"ROUGE-SU4", ZUB_MEASURE_ROUGE_SU4},
};

static const struct {
    const char *name;
    zub_scorer_options options;
} sets[] = {
    {"plain", {.protocol = "rouge-1.5.5"}},
    {"stem",
     {.protocol = "rouge-1.5.5", .stem = true, .exceptions_file = EXCEPTIONS}},
    {"stop", {.protocol = "rouge-1.5.5", .stop_file = STOP}},
    {"stem_len100w",
     {.protocol = "rouge-1.5.5",
      .stem = true,
      .exceptions_file = EXCEPTIONS,
      .limit_words = 100}},
    {"stem_best",
     {.protocol = "rouge-1.5.5",
      .stem = true,
      .exceptions_file = EXCEPTIONS,
      .several = ZUB_SEVERAL_BEST}},
};

static zub_scorer *scorer;
static size_t set, cases;

static void check_measure(const zub_record *record, const cJSON *expected,
                          size_t m, const zub_scores *scores)
{
    const cJSON *want = cJSON_GetObjectItem(expected, measures[m].name);
    zub_score got = scores->of[measures[m].measure];
    double all[] = {got.r, got.p, got.f};

    for (int i = 0; i < 3; i++) {
        double value = cJSON_GetArrayItem(want, i)->valuedouble;
        if (fabs(all[i] - value) < 5e-6)
            continue;
        test_failed = 1;
        printf("# %s %s %s [%d]: %.5f, not %.5f\n", record->id.data,
               sets[set].name, measures[m].name, i, all[i], value);
    }
}

static void check_record(const zub_record *record)
{
    zub_texts *peer, *models;
    zub_scores scores;
    zub_error error = {0};

    for (size_t i = 0; i < record->field_count; i++) {
        if (strcmp(record->fields[i].name.data, "expected"))
            continue;
        cJSON *all = cJSON_Parse(record->fields[i].value.data);
        CHECK_INT(zub_texts_new_joined(&peer, record, "peer"), ZUB_OK);
        CHECK_INT(zub_texts_new(&models, record, "models"), ZUB_OK);
        CHECK_INT(zub_scorer_score(&scores, scorer, peer->items[0],
                                   models->items, models->count, &error),
                  ZUB_OK);
        for (size_t m = 0; m < sizeof measures / sizeof *measures; m++)
            check_measure(record, cJSON_GetObjectItem(all, sets[set].name), m,
                          &scores);
        cases++;
        zub_texts_free(peer);
        zub_texts_free(models);
        cJSON_Delete(all);
    }
}

static void every_value_is_that_of_rouge_1_5_5(void)
{
    static const char *const paths[] = {VECTORS};
    zub_corpus_options options = {.text_is_optional = true};
    zub_corpus *corpus;
    zub_record *record;
    zub_error error = {0};

    CHECK_INT(zub_scorer_new(&scorer, NULL, &sets[set].options, &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    CHECK_INT(zub_corpus_open(&corpus, paths, 1, &options, &error), ZUB_OK);
    cases = 0;
    while (zub_corpus_next(&record, corpus, &error) == ZUB_OK && record) {
        check_record(record);
        zub_record_free(record);
    }
    CHECK_INT(cases, 31);
    zub_corpus_free(corpus);
    zub_scorer_free(scorer);
}

int main(void)
{
    if (access(VECTORS, R_OK) != 0) {
        printf("1..0 # SKIP no %s\n", VECTORS);
        return 0;
    }
    for (set = 0; set < sizeof sets / sizeof *sets; set++)
        RUN(every_value_is_that_of_rouge_1_5_5);
    return DONE();
}
