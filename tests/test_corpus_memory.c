/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_memory.c - however much comes through a pipe, memory stays. */
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "zubda.h"

#define STREAM ((size_t)200 << 20)
#define LINE 4096

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

static size_t most_memory(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (size_t)usage.ru_maxrss << 10;
}

static void fill_line(char *line)
{
    memset(line, 'x', LINE);
    memcpy(line, "{\"id\": 1, \"text\": \"", 19);
    for (size_t i = 19; i + 8 < LINE; i += 8)
        memcpy(line + i, "\xD9\x85\xD8\xA7\xD8\xA1. ", 8);
    memcpy(line + LINE - 3, "\"}\n", 3);
}

static void *write_lines(void *context)
{
    char line[LINE];
    int fd = *(int *)context;

    fill_line(line);
    for (size_t i = 0; i < STREAM / LINE; i++)
        if (write(fd, line, LINE) != LINE)
            break;
    close(fd);
    return NULL;
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_stream_of_200_MiB_takes_less_than_30(void)
{
    int ends[2];
    pthread_t writer;
    const char *path = "-";
    zub_corpus *corpus;
    zub_record *record;
    size_t count = 0;

    CHECK(pipe(ends) == 0);
    zub_corpus_options options = {.stdin_fd = ends[0]};
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, NULL), ZUB_OK);
    CHECK(pthread_create(&writer, NULL, write_lines, &ends[1]) == 0);
    double start = seconds();
    while (zub_corpus_next(&record, corpus, NULL) == ZUB_OK && record) {
        count++;
        zub_record_free(record);
    }
    double took = seconds() - start;
    pthread_join(writer, NULL);
    close(ends[0]);
    CHECK_INT(count, STREAM / LINE);
    CHECK_INT(zub_corpus_progress(corpus).bytes, STREAM);
    CHECK_INT(zub_corpus_progress(corpus).total_bytes, 0);
    zub_corpus_free(corpus);
    printf("# %.0f MB/s, %.1f MiB\n", (double)STREAM / 1e6 / took,
           (double)most_memory() / 1048576);
    CHECK(SANITIZED || most_memory() < (size_t)30 << 20);
}

/* 512 MiB of zeros from half a megabyte of gzip. */
static void *write_bomb(void *context)
{
    static char zeros[1 << 20];
    gzFile file = gzdopen(*(int *)context, "wb9");

    for (int i = 0; i < 512; i++)
        if (gzwrite(file, zeros, sizeof zeros) != (int)sizeof zeros)
            break;
    gzclose(file);
    return NULL;
}

static void a_decompression_bomb_ends_at_the_limit(void)
{
    int ends[2];
    pthread_t writer;
    const char *path = "-";
    zub_corpus *corpus;
    zub_record *record;
    zub_error error;
    size_t before = most_memory();

    CHECK(pipe(ends) == 0);
    zub_corpus_options options = {
        .form = ZUB_FORM_TEXT, .stdin_fd = ends[0], .limit_bytes = 8 << 20};
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &options, NULL), ZUB_OK);
    CHECK(pthread_create(&writer, NULL, write_bomb, &ends[1]) == 0);
    CHECK_INT(zub_corpus_next(&record, corpus, &error), ZUB_ELIMIT);
    CHECK_INT(zub_corpus_next(&record, corpus, &error), ZUB_OK);
    CHECK(!record);
    zub_corpus_free(corpus);
    close(ends[0]);
    pthread_join(writer, NULL);
    CHECK(SANITIZED || most_memory() - before < (size_t)32 << 20);
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    RUN(a_stream_of_200_MiB_takes_less_than_30);
    RUN(a_decompression_bomb_ends_at_the_limit);
    return DONE();
}
