/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Alignment under failure: an answer, or nothing and no trace. */
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "test.h"

#include "base/buffer.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";
static char path[80];

/* Passages with edits, in both orders of length, so that every array grows. */
static void write_lines(void)
{
    FILE *file = fopen(path, "w");

    for (unsigned i = 0; file && i < 6; i++) {
        fprintf(file, "{\"id\":%u,\"text\":\"", i);
        for (unsigned w = 0; w < 60; w++)
            fprintf(file, w % 11 == 7 ? "x%u%u " : "w%u ", w, i);
        fprintf(file, "%s\"}\n", i % 2 ? "and some more words" : "");
    }
    CHECK(file && fclose(file) == 0);
}

static zub_corpus *open_lines(void)
{
    const char *paths[] = {path};
    zub_corpus *corpus;

    CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
    return corpus;
}

static zub_articles *read_lines(void)
{
    zub_corpus *corpus = open_lines();
    zub_articles *articles;

    CHECK_INT(zub_articles_read(&articles, corpus, 1, NULL, NULL, NULL, NULL),
              ZUB_OK);
    zub_corpus_free(corpus);
    return articles;
}

static void articles_are_read(void)
{
    zub_corpus *corpus = open_lines();
    zub_articles *articles;
    zub_error error;

    fault_on();
    zub_status status =
        zub_articles_read(&articles, corpus, 1, NULL, NULL, NULL, &error);
    fault_off();
    if (fault_expect(status, articles, &error))
        CHECK_INT(zub_articles_about(articles).articles, 6);
    zub_articles_free(articles);
    zub_corpus_free(corpus);
}

static void align_under(bool is_within, const zub_align_options *options)
{
    zub_articles *articles = read_lines();
    zub_alignment *alignment;
    zub_error error;

    fault_on();
    zub_status status = zub_align(
        &alignment, articles, is_within ? NULL : articles, 1, options, &error);
    fault_off();
    if (fault_expect(status, alignment, &error))
        CHECK(zub_alignment_about(alignment).passages > 5);
    zub_alignment_free(alignment);
    zub_articles_free(articles);
}

static void within(void)
{
    align_under(true, NULL);
}

static void between(void)
{
    align_under(false, &(zub_align_options){.min_words = 3, .most = 10});
}

static void an_answer_is_written(void)
{
    static const zub_format formats[] = {ZUB_FORMAT_TEXT, ZUB_FORMAT_TSV,
                                         ZUB_FORMAT_JSON, ZUB_FORMAT_JSONL};
    zub_articles *articles = read_lines();
    zub_alignment *alignment;
    zub_error error;

    CHECK_INT(zub_align(&alignment, articles, NULL, 1, NULL, NULL), ZUB_OK);
    for (unsigned i = 0; i < 4; i++) {
        zub_alignment_look look = {.format = formats[i]};
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        fault_on();
        zub_status status = zub_render_alignment(
            alignment, &look, zub_buffer_sink(&out), &error);
        fault_off();
        fault_expect(status, NULL, &error);
        zub_buffer_release(&out);
    }
    zub_alignment_free(alignment);
    zub_articles_free(articles);
}

static void reading_fails_cleanly(void)
{
    CHECK(fault_each("reading", FAULT_MEMORY, articles_are_read));
}

static void aligning_fails_cleanly(void)
{
    CHECK(fault_each("within", FAULT_MEMORY, within));
    CHECK(fault_each("between", FAULT_MEMORY, between));
}

static void writing_fails_cleanly(void)
{
    CHECK(fault_each("writing", FAULT_MEMORY, an_answer_is_written));
}

static void many_calls_failed(void)
{
    CHECK(fault_total() > 100);
}

int main(void)
{
    fault_hook_libraries();
    if (!mkdtemp(folder))
        return 1;
    snprintf(path, sizeof path, "%s/lines.jsonl", folder);
    write_lines();
    RUN(reading_fails_cleanly);
    RUN(aligning_fails_cleanly);
    RUN(writing_fails_cleanly);
    RUN(many_calls_failed);
    unlink(path);
    rmdir(folder);
    return DONE();
}
