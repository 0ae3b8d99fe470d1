/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Volumes that become others: the same articles are the same bytes, whatever
 * way they came. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "test.h"

#include "base/random.h"
#include "index_samples.h"

#define SEED 7u
#define ARTICLES 60u

static zub_models *models;
static const char *const langs[] = {"en", "ar", "fr", "zh", "fa"};

/* Article i, the version of it that `salt` names, as a line of JSONL. */
static void add_line(zub_buffer *out, unsigned i, unsigned salt)
{
    zub_random random = {SEED + i + 1000 * salt, 0};

    zub_buffer_format(out, "{\"id\": \"a %u\", \"lang\": \"%s\", \"text\": \"",
                      i, langs[i % 5]);
    for (unsigned w = (unsigned)zub_random_below(&random, 300) + 1; w > 0; w--)
        zub_buffer_format(out, "w%u%s",
                          (unsigned)zub_random_below(&random, 99),
                          w % 9 == 0 ? ". " : " ");
    zub_buffer_add_string(out, "end\"}\n");
}

/* Articles [first, end), the last of them first; committed. */
static void add_range(const char *name, unsigned first, unsigned end,
                      unsigned salt)
{
    zub_buffer lines;
    zub_error error;

    zub_buffer_init(&lines, ZUB_BUFFER_UNLIMITED);
    while (end > first)
        add_line(&lines, --end, salt);
    sample_save("range.jsonl", lines.data, lines.size);
    zub_buffer_release(&lines);
    CHECK_INT(sample_add(sample_path(name), sample_path("range.jsonl"), models,
                         NULL, &error),
              ZUB_OK);
}

static void compact(const char *name, const char *remove)
{
    zub_index_writer *writer;

    CHECK_INT(
        zub_index_writer_open(&writer, sample_path(name), models, NULL, NULL),
        ZUB_OK);
    if (remove)
        CHECK_INT(zub_index_writer_delete(
                      writer, (zub_slice){remove, strlen(remove)}, NULL),
                  ZUB_OK);
    CHECK_INT(zub_index_writer_compact(writer, NULL), ZUB_OK);
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_index_writer_free(writer);
}

static zub_index_facts facts_of(const char *name)
{
    zub_file_report report;
    zub_index *index;

    CHECK_INT(zub_index_check(&report, sample_path(name), false, NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_index_open(&index, sample_path(name), models, false, NULL),
              ZUB_OK);
    zub_index_facts facts = zub_index_about(index);
    zub_index_free(index);
    return facts;
}

/* The one volume of an index, to be freed. */
static char *volume_of(const char *name, size_t *size)
{
    DIR *folder = opendir(sample_path(name));
    struct dirent *entry;
    char path[420], *data = NULL;

    *size = 0;
    while (folder && (entry = readdir(folder)) != NULL) {
        if (strncmp(entry->d_name, "volume-", 7) != 0)
            continue;
        CHECK(data == NULL);
        snprintf(path, sizeof path, "%s/%s", sample_path(name), entry->d_name);
        FILE *file = fopen(path, "r");
        data = malloc(1 << 20);
        *size = fread(data, 1, 1 << 20, file);
        fclose(file);
    }
    closedir(folder);
    return data;
}

static void check_same_volume(const char *one, const char *other)
{
    size_t size, other_size;
    char *data = volume_of(one, &size), *other_data;

    other_data = volume_of(other, &other_size);
    CHECK(data && other_data && size > 0);
    CHECK_INT(size, other_size);
    CHECK(size == other_size && memcmp(data, other_data, size) == 0);
    free(data);
    free(other_data);
}

static void a_compact_index_is_one_that_was_made_at_once(void)
{
    sample_remove("whole");
    sample_remove("parts");
    add_range("whole", 0, ARTICLES, 0);
    add_range("parts", 40, ARTICLES, 0);
    add_range("parts", 0, 30, 1); /* to be replaced */
    add_range("parts", 0, 20, 0);
    add_range("parts", 20, 40, 0);
    zub_index_facts before = facts_of("parts");
    CHECK_INT(before.volumes, 3);
    CHECK_INT(before.articles, ARTICLES);
    compact("parts", NULL);
    zub_index_facts after = facts_of("parts");
    CHECK_INT(after.volumes, 1);
    CHECK_INT(after.gone, 0);
    CHECK_INT(after.articles, ARTICLES);
    CHECK_INT(after.passages, facts_of("whole").passages);
    check_same_volume("whole", "parts");
}

static void what_was_deleted_counts_no_more(void)
{
    sample_remove("whole");
    sample_remove("less");
    add_range("whole", 0, ARTICLES, 0);
    add_range("less", 0, ARTICLES - 1, 0);
    compact("whole", "a 59");
    CHECK_INT(facts_of("whole").gone, 0);
    check_same_volume("whole", "less");
}

static void what_is_compact_is_not_written_again(void)
{
    uint64_t generation;

    sample_remove("whole");
    add_range("whole", 0, 9, 0);
    generation = facts_of("whole").generation;
    compact("whole", NULL);
    CHECK_INT(facts_of("whole").generation, generation);
}

static void an_empty_index_is_compact(void)
{
    sample_remove("whole");
    compact("whole", NULL);
    CHECK_INT(facts_of("whole").articles, 0);
    add_range("whole", 0, 1, 0);
    compact("whole", "a 0");
    CHECK_INT(facts_of("whole").articles, 0);
    CHECK_INT(facts_of("whole").volumes, 0);
}

static void articles_that_were_not_committed_move_too(void)
{
    zub_index_writer *writer;
    zub_corpus *corpus;
    const char *path;

    sample_remove("whole");
    sample_remove("parts");
    add_range("whole", 0, 20, 0);
    add_range("parts", 0, 10, 0);
    add_range("scratch", 10, 20, 0); /* for its lines */
    sample_remove("scratch");
    CHECK_INT(zub_index_writer_open(&writer, sample_path("parts"), models,
                                    NULL, NULL),
              ZUB_OK);
    path = sample_path("range.jsonl");
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_index_writer_add(writer, corpus, 2, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_index_writer_compact(writer, NULL), ZUB_OK);
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_corpus_free(corpus);
    zub_index_writer_free(writer);
    check_same_volume("whole", "parts");
}

static void eight_commits_are_one_volume(void)
{
    sample_remove("whole");
    sample_remove("parts");
    add_range("whole", 0, 40, 0);
    for (unsigned i = 0; i < 8; i++)
        add_range("parts", 35 - 5 * i, 40 - 5 * i, 0);
    CHECK_INT(facts_of("parts").volumes, 1);
    check_same_volume("whole", "parts");
}

/* ---- Who hears of an article ---- */

typedef struct counting {
    size_t records, repaired;
} heard_counts;

static void count(void *context, const zub_record *record)
{
    heard_counts *heard = context;

    heard->records++;
    heard->repaired += zub_record_repaired(record);
}

static void each_article_is_heard_of_with_what_was_no_text(void)
{
    static const char lines[] = "{\"id\": \"x\", \"text\": \"good\"}\n"
                                "no JSON\n"
                                "{\"id\": \"y\", \"text\": \"b\xFF\xFE\"}\n";
    heard_counts heard = {0};
    zub_index_options options = {.added = count, .added_context = &heard};

    sample_remove("whole");
    sample_save("bad.jsonl", lines, sizeof lines - 1);
    CHECK(sample_add(sample_path("whole"), sample_path("bad.jsonl"), models,
                     &options, NULL) != ZUB_OK);
    CHECK(heard.records <= 1);
    sample_save("bad.jsonl", strrchr(lines, '{'), strlen(strrchr(lines, '{')));
    CHECK_INT(sample_add(sample_path("whole"), sample_path("bad.jsonl"),
                         models, &options, NULL),
              ZUB_OK);
    CHECK(heard.records >= 1);
    CHECK_INT(heard.repaired, 2);
}

int main(void)
{
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    RUN(a_compact_index_is_one_that_was_made_at_once);
    RUN(what_was_deleted_counts_no_more);
    RUN(what_is_compact_is_not_written_again);
    RUN(an_empty_index_is_compact);
    RUN(articles_that_were_not_committed_move_too);
    RUN(eight_commits_are_one_volume);
    RUN(each_article_is_heard_of_with_what_was_no_text);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
