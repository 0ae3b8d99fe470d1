/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* An index whose writer is killed at any moment, and readers beside a writer.
 * KILLS=200 COMMITS=500 makes more of both than a test has time for. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>

#include "base/random.h"
#include "index_samples.h"

#define KILLS 40u
#define COMMITS 100u
#define READERS 4

static zub_models *models;

/* As the environment has it. */
static unsigned rounds(const char *name, unsigned fallback)
{
    const char *value = getenv(name);

    return value ? (unsigned)strtoul(value, NULL, 10) : fallback;
}

/* Commit n: article "a" says number n, and article "b n" is there too. */
static zub_status commit(zub_index_writer *writer, unsigned n)
{
    char text[200];
    const char *path = sample_path("article.jsonl");
    zub_corpus *corpus;
    int size = snprintf(text, sizeof text,
                        "{\"id\": \"a\", \"text\": \"The marker is "
                        "number%u now.\"}\n{\"id\": \"b %u\", \"text\": \"The "
                        "acknowledged number%u stays.\"}\n",
                        n, n, n);

    sample_save("article.jsonl", text, (size_t)size);
    zub_status status = zub_corpus_open(&corpus, &path, 1, NULL, NULL);
    if (status == ZUB_OK)
        status = zub_index_writer_add(writer, corpus, 1, NULL, NULL);
    zub_corpus_free(corpus);
    return status == ZUB_OK ? zub_index_writer_commit(writer, NULL) : status;
}

static zub_index_writer *open_writer(void)
{
    zub_index_options options = {.lang = "en", .stemmer = "none"};
    zub_index_writer *writer;

    CHECK_INT(zub_index_writer_open(&writer, sample_path("a"), models,
                                    &options, NULL),
              ZUB_OK);
    return writer;
}

/* Writes until it is killed; says each commit that is done. */
static void write_for_ever(int pipe, unsigned from)
{
    zub_index_writer *writer = open_writer();

    for (unsigned n = from; writer && commit(writer, n) == ZUB_OK; n++)
        if (write(pipe, &n, sizeof n) != sizeof n)
            break;
    _exit(1);
}

/* The number of the last commit that was acknowledged. */
static unsigned read_last(int pipe, unsigned last)
{
    unsigned n;

    while (read(pipe, &n, sizeof n) == sizeof n)
        last = n;
    return last;
}

static void pause_for(uint64_t microseconds)
{
    struct timespec time = {.tv_nsec = (long)microseconds * 1000};

    nanosleep(&time, NULL);
}

/* All hits of a word. */
static size_t hits_of(zub_searcher *searcher, const char *word)
{
    zub_search_options options = {.count = 100000, .without_grams = true};
    zub_hits *hits;

    if (zub_search(&hits, searcher, (zub_slice){word, strlen(word)}, &options,
                   NULL) != ZUB_OK)
        return SIZE_MAX;
    size_t count = hits->count;
    zub_hits_free(hits);
    return count;
}

/* Everything that was acknowledged is there, and nothing by half. */
static unsigned check_index(unsigned acknowledged)
{
    zub_file_report report;
    zub_searcher *searcher;
    zub_index *index;

    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, true, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    size_t stays = hits_of(searcher, "acknowledged");
    CHECK(stays == acknowledged || stays == acknowledged + 1);
    CHECK_INT(hits_of(searcher, "marker"), 1);
    zub_searcher_free(searcher);
    zub_index_free(index);
    return (unsigned)stays;
}

static void a_killed_writer_loses_nothing(void)
{
    zub_random random = {7, 0};
    unsigned done = 1, kills = rounds("KILLS", KILLS);
    zub_index_writer *writer = open_writer();

    CHECK_INT(commit(writer, 1), ZUB_OK);
    zub_index_writer_free(writer);
    for (unsigned i = 0; i < kills; i++) {
        int ends[2];
        CHECK_INT(pipe(ends), 0);
        pid_t child = fork();
        if (child == 0)
            write_for_ever(ends[1], done + 1);
        close(ends[1]);
        pause_for(zub_random_below(&random, 60000));
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        done = check_index(read_last(ends[0], done));
        close(ends[0]);
    }
    CHECK(done > 1);
    printf("# %u kills, %u commits\n", kills, done);
}

/* ---- Readers ---- */

static atomic_bool is_over;
static atomic_uint mistakes, looks;

/* Whatever commit a reader has, the marker is there once. */
static void *keep_reading(void *context)
{
    const char *folder = context;

    while (!atomic_load(&is_over)) {
        zub_searcher *searcher = NULL;
        zub_index *index;
        zub_status status = zub_index_open(&index, folder, models, true, NULL);
        if (status == ZUB_OK)
            status = zub_searcher_new(&searcher, index, NULL);
        if (status != ZUB_OK || hits_of(searcher, "marker") != 1 ||
            hits_of(searcher, "acknowledged") !=
                zub_index_about(index).generation)
            atomic_fetch_add(&mistakes, 1);
        atomic_fetch_add(&looks, 1);
        zub_searcher_free(searcher);
        zub_index_free(index);
    }
    return NULL;
}

static void readers_see_whole_commits(void)
{
    unsigned commits = rounds("COMMITS", COMMITS);
    pthread_t threads[READERS];
    char folder[200];

    sample_remove("a");
    zub_index_writer *writer = open_writer();
    CHECK_INT(commit(writer, 1), ZUB_OK);
    /* sample_path is for one thread: the readers have a path of their own. */
    snprintf(folder, sizeof folder, "%s", sample_path("a"));
    for (unsigned i = 0; i < READERS; i++)
        CHECK_INT(pthread_create(&threads[i], NULL, keep_reading, folder), 0);
    for (unsigned n = 2; n <= commits; n++)
        CHECK_INT(commit(writer, n), ZUB_OK);
    atomic_store(&is_over, true);
    for (unsigned i = 0; i < READERS; i++)
        pthread_join(threads[i], NULL);
    zub_index_writer_free(writer);
    CHECK_INT(mistakes, 0);
    CHECK(looks > 0);
    printf("# %u commits, %u readings beside them\n", commits, looks);
}

int main(void)
{
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    RUN(a_killed_writer_loses_nothing);
    RUN(readers_see_whole_commits);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
