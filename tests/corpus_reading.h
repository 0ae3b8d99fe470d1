/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* corpus_reading.h - for tests of the corpus: files in a folder of their own,
 * and everything that comes out of a corpus. */
#ifndef ZUB_TESTS_CORPUS_READING_H
#define ZUB_TESTS_CORPUS_READING_H

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zubda.h"
#include "corpus/corpus.h"

#define MOST 64

static char test_folder[] = "/tmp/zubda-test-XXXXXX";

static void make_test_folder(void)
{
    if (!mkdtemp(test_folder) || chdir(test_folder) != 0) {
        perror(test_folder);
        exit(1);
    }
}

static void remove_test_folder(void)
{
    char command[64];

    snprintf(command, sizeof command, "rm -rf '%s'", test_folder);
    if (chdir("/") != 0 || system(command) != 0)
        perror(test_folder);
}

static void write_file(const char *name, const void *data, size_t size)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

    if (fd < 0 || write(fd, data, size) != (ssize_t)size) {
        perror(name);
        exit(1);
    }
    close(fd);
}

static void write_text(const char *name, const char *text)
{
    write_file(name, text, strlen(text));
}

/* What came out, in order. */
typedef struct reading {
    zub_record *records[MOST];
    size_t count;
    zub_error errors[MOST];
    size_t error_count;
    zub_progress progress;
} reading;

static void read_corpus(reading *out, zub_corpus *corpus)
{
    zub_record *record;
    zub_error error;

    for (;;) {
        zub_status status = zub_corpus_next(&record, corpus, &error);
        if (status != ZUB_OK && out->error_count < MOST)
            out->errors[out->error_count++] = error;
        else if (record && out->count < MOST)
            out->records[out->count++] = record;
        else
            break;
    }
    zub_record_free(record);
    out->progress = zub_corpus_progress(corpus);
    zub_corpus_free(corpus);
}

static reading read_paths(const char *const *paths, size_t count,
                          const zub_corpus_options *options, size_t step)
{
    reading out = {.count = 0};
    zub_corpus *corpus;

    if (zub_corpus_open(&corpus, paths, count, options, &out.errors[0]) !=
        ZUB_OK) {
        out.error_count = 1;
        return out;
    }
    zub_corpus_set_step(corpus, step);
    read_corpus(&out, corpus);
    return out;
}

__attribute__((unused)) static reading read_path(const char *path)
{
    return read_paths(&path, 1, NULL, 0);
}

__attribute__((unused)) static reading read_text(const char *name,
                                                 const char *text)
{
    write_text(name, text);
    return read_path(name);
}

__attribute__((unused)) static void free_reading(reading *r)
{
    for (size_t i = 0; i < r->count; i++)
        zub_record_free(r->records[i]);
    *r = (reading){.count = 0};
}

__attribute__((unused)) static int is_slice(zub_slice slice, const char *text)
{
    int is_same =
        slice.size == strlen(text) &&
        (slice.size == 0 || memcmp(slice.data, text, slice.size) == 0);

    if (!is_same)
        printf("# got \"%.*s\", wanted \"%s\"\n", (int)slice.size, slice.data,
               text);
    return is_same;
}

__attribute__((unused)) static int has_words(const zub_error *error,
                                             const char *words)
{
    int has = strstr(error->message, words) != NULL;

    if (!has)
        printf("# \"%s\" lacks \"%s\"\n", error->message, words);
    return has;
}

#endif
