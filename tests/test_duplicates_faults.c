/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Duplicates under failure: an answer, or nothing and no trace. */
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"
#include "test.h"

#include "base/buffer.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";
static char path[80];

static void write_lines(void)
{
    FILE *file = fopen(path, "w");

    for (unsigned i = 0; file && i < 12; i++)
        fprintf(file,
                "{\"id\":%u,\"text\":\"one two three four five six seven %s\"}"
                "\n",
                i,
                i % 3   ? "eight nine"
                : i % 2 ? "eight ten"
                        : "");
    CHECK(file && fclose(file) == 0);
}

static void find_under(const zub_duplicates_options *options)
{
    const char *paths[] = {path};
    zub_duplicates *found;
    zub_corpus *corpus;
    zub_error error;

    CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_duplicates_find(&found, corpus, 1, NULL, NULL,
                                            options, NULL, &error);
    fault_off();
    if (fault_expect(status, found, &error)) {
        zub_duplicates_facts facts = zub_duplicates_about(found);
        CHECK_INT(facts.articles, 12);
        CHECK_INT(facts.members, 12);
    }
    zub_duplicates_free(found);
    zub_corpus_free(corpus);
}

static void in_memory(void)
{
    find_under(NULL);
}

static void pairs_in_memory(void)
{
    find_under(&(zub_duplicates_options){.with_pairs = true});
}

static void in_files(void)
{
    find_under(&(zub_duplicates_options){.with_pairs = true,
                                         .keep = zub_render_record,
                                         .memory = (uint64_t)16 << 20,
                                         .folder = folder});
}

static void an_answer_is_written(void)
{
    static const zub_format formats[] = {ZUB_FORMAT_TEXT, ZUB_FORMAT_TSV,
                                         ZUB_FORMAT_JSON};
    zub_duplicates_options options = {
        .with_pairs = true, .keep = zub_render_record, .folder = folder};
    const char *paths[] = {path};
    zub_duplicates *found;
    zub_corpus *corpus;
    zub_error error;

    CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_duplicates_find(&found, corpus, 1, NULL, NULL, &options,
                                  NULL, &error),
              ZUB_OK);
    for (unsigned i = 0; i < 5; i++) {
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        fault_on();
        zub_status status =
            i < 4 ? zub_render_duplicates(found, i == 3, formats[i % 3], false,
                                          zub_buffer_sink(&out), &error)
                  : zub_duplicates_write_kept(found, zub_buffer_sink(&out),
                                              &error);
        fault_off();
        fault_expect(status, NULL, &error);
        zub_buffer_release(&out);
    }
    zub_duplicates_free(found);
    zub_corpus_free(corpus);
}

static void finding_fails_cleanly(void)
{
    CHECK(fault_each("in memory", FAULT_MEMORY, in_memory));
    CHECK(fault_each("pairs in memory", FAULT_MEMORY, pairs_in_memory));
    CHECK(fault_each("in files", FAULT_ALLOC | FAULT_WRITE | FAULT_OPEN,
                     in_files));
    CHECK(fault_each("mapped", FAULT_MAP, in_files));
}

static void writing_fails_cleanly(void)
{
    CHECK(fault_each("writing", FAULT_ALLOC, an_answer_is_written));
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
    RUN(finding_fails_cleanly);
    RUN(writing_fails_cleanly);
    RUN(many_calls_failed);
    unlink(path);
    rmdir(folder);
    return DONE();
}
