/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_faults.h - the scenarios of test_faults.c that make topics. */
#ifndef ZUB_TOPICS_FAULTS_H
#define ZUB_TOPICS_FAULTS_H

#include "base/buffer.h"
#include "fault.h"
#include "test.h"

static const char topics_lines[] =
    "{\"id\":\"a\",\"d\":\"2024\",\"text\":\"The space shuttle flew to the "
    "moon today. A rocket carried the space shuttle.\"}\n"
    "{\"id\":\"b\",\"d\":\"2025\",\"text\":\"Olive oil and garlic make good "
    "bread. Bread wants olive oil.\"}\n"
    "{\"id\":\"c\",\"d\":\"2024\",\"title\":\"T\",\"text\":\"The rocket left "
    "the moon. Another space shuttle came back.\"}\n"
    "{\"id\":\"d\",\"text\":\"Garlic and olive oil were in the kitchen.\"}\n";

static zub_corpus *open_topics_corpus(void)
{
    const char *path = in_scratch("topics.jsonl");
    zub_corpus *corpus;

    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    return corpus;
}

static zub_state *topics_state(const tools *with)
{
    zub_count_options options = {
        .low = 1, .high = 3, .keep_articles = true, .by_input = true};
    zub_state *state;

    save("topics.jsonl", topics_lines, sizeof topics_lines - 1);
    zub_corpus *corpus = open_topics_corpus();
    CHECK_INT(
        zub_count(&state, corpus, 1, with->models, NULL, &options, NULL, NULL),
        ZUB_OK);
    zub_corpus_free(corpus);
    return state;
}

static void makes_topics_by(const char *method, size_t k)
{
    tools with = open_tools();
    zub_state *state = topics_state(&with);
    zub_topics_options options = {.k = k, .method = method, .threads = 1};
    zub_topics *topics;
    zub_error error;

    fault_on();
    zub_status status = zub_topics_new(&topics, state, &options, &error);
    fault_off();
    if (fault_expect(status, topics, &error) && topics && k == 2)
        CHECK_INT(zub_topics_about(topics)->topic_count, 2);
    zub_topics_free(topics);
    zub_state_free(state);
    close_tools(with);
}

static void makes_topics(void)
{
    const char *method;

    for (size_t i = 0; (method = zub_topics_method_name(i)) != NULL; i++)
        makes_topics_by(method, 2);
    makes_topics_by(NULL, 0);
}

/* What cannot be read leaves the report as it was, and can be read again. */
static void reads_topics(void)
{
    tools with = open_tools();
    zub_state *state = topics_state(&with);
    zub_topics_options options = {.k = 2, .date_field = "d", .threads = 1};
    zub_topics *topics;
    zub_error error;

    CHECK_INT(zub_topics_new(&topics, state, &options, NULL), ZUB_OK);
    const zub_topics_report *report = zub_topics_about(topics);
    zub_corpus *corpus = open_topics_corpus();
    fault_on();
    zub_status status =
        zub_topics_read(topics, corpus, with.models, NULL, &error);
    fault_off();
    zub_corpus_free(corpus);
    if (!fault_expect(status, NULL, &error)) {
        CHECK_INT(report->topics[0].label.size, 0);
        CHECK_INT(report->period_count + report->overview_count, 0);
        corpus = open_topics_corpus();
        CHECK_INT(zub_topics_read(topics, corpus, with.models, NULL, NULL),
                  ZUB_OK);
        zub_corpus_free(corpus);
    }
    CHECK_INT(report->period_count, 2);
    CHECK(report->topics[0].label.size > 0);
    CHECK(report->overview_count > 0);
    zub_topics_free(topics);
    zub_state_free(state);
    close_tools(with);
}

#endif
