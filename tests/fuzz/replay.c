/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* replay.c - runs a fuzz target over files instead of over random bytes.
 *
 * fuzz_NAME [file or folder ...]: without arguments over the folder
 * tests/fuzz/corpus/NAME. Speaks TAP, one line a file; whatever makes the
 * target crash ends it, with the file named on the line before.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int count, failures;

static void report(int is_good, const char *path)
{
    failures += !is_good;
    printf("%sok %d - %s\n", is_good ? "" : "not ", ++count, path);
}

/* The whole file in a block of exactly its size, so that a sanitizer sees the
 * first byte read behind it. NULL: cannot read. */
static uint8_t *read_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size ? size : 1);

    if (!file || !data || fread(data, 1, size, file) != size) {
        free(data);
        data = NULL;
    }
    if (file)
        fclose(file);
    return data;
}

static void replay_file(const char *path, size_t size)
{
    uint8_t *data = read_file(path, size);

    if (data) {
        printf("# %s\n", path);
        fflush(stdout);
        LLVMFuzzerTestOneInput(data, size);
    }
    report(data != NULL, path);
    free(data);
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay_folder(const char *path)
{
    struct dirent **entries;
    int found = scandir(path, &entries, is_visible, alphasort);
    char name[4096];
    struct stat info;

    if (found <= 0)
        report(0, path);
    for (int i = 0; i < found; i++) {
        snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        if (stat(name, &info) == 0 && S_ISREG(info.st_mode))
            replay_file(name, (size_t)info.st_size);
        free(entries[i]);
    }
    if (found >= 0)
        free(entries);
}

static void replay(const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0)
        report(0, path);
    else if (S_ISDIR(info.st_mode))
        replay_folder(path);
    else
        replay_file(path, (size_t)info.st_size);
}

/* ".../fuzz_jsonl" replays tests/fuzz/corpus/jsonl. */
static void replay_own_corpus(const char *program)
{
    const char *name = strrchr(program, '/');
    char path[4096];

    name = name ? name + 1 : program;
    if (strncmp(name, "fuzz_", 5) == 0)
        name += 5;
    snprintf(path, sizeof path, "tests/fuzz/corpus/%s", name);
    replay(path);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    if (argc < 2)
        replay_own_corpus(argv[0]);
    printf("1..%d\n", count);
    return failures != 0;
}
