/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* An index is made compact, or it is as it was: every allocation and every
 * call to the system fails once. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "fault.h"
#include "test.h"

#include "index_samples.h"

static zub_models *models;

static const char first[] =
    "{\"id\": \"cats\", \"lang\": \"en\", \"text\": \"Cats chase mice.\"}\n"
    "{\"id\": \"owls\", \"lang\": \"en\", \"text\": \"Owls hunt mice.\"}\n";
static const char second[] =
    "{\"id\": \"dogs\", \"lang\": \"en\", \"text\": \"Dogs bark at mice.\"}\n"
    "{\"id\": \"cats\", \"lang\": \"en\", \"text\": \"No cat is here.\"}\n";

static void add(const char *name, const char *data, size_t size)
{
    sample_save("lines.jsonl", data, size);
    CHECK_INT(sample_add(sample_path(name), sample_path("lines.jsonl"), models,
                         NULL, NULL),
              ZUB_OK);
}

static zub_index_facts facts_now(void)
{
    zub_file_report report;
    zub_index *index;

    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, true, NULL),
              ZUB_OK);
    zub_index_facts facts = zub_index_about(index);
    zub_index_free(index);
    return facts;
}

static void an_index_is_compact_or_as_it_was(void)
{
    zub_index_writer *writer;
    zub_error error;

    sample_remove("a");
    add("a", first, sizeof first - 1);
    add("a", second, sizeof second - 1);
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    fault_on();
    zub_status status = zub_index_writer_compact(writer, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, &error);
    fault_off();
    bool is_done = fault_expect(status, NULL, &error);
    zub_index_writer_free(writer);
    zub_index_facts facts = facts_now();
    CHECK_INT(facts.articles, 3);
    CHECK(facts.volumes == (facts.gone == 0 ? 1 : 2));
    CHECK(!is_done || facts.gone == 0);
}

static void every_call_fails_once(void)
{
    CHECK(fault_each("compaction", FAULT_ALLOC | FAULT_SYSTEM,
                     an_index_is_compact_or_as_it_was));
}

int main(void)
{
    fault_hook_libraries();
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    add("a", first, sizeof first - 1); /* models are mapped and stay */
    RUN(every_call_fails_once);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
