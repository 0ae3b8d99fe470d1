/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* expansion.c - see expansion.h. Nobody who names an earlier output is to be
 * refused, so each doubt is in favour of writing: a pattern means every file
 * that it fits, sorted, and our own output either begins as no article does or
 * with a sentence of an input. */
#include "cli/expansion.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "cli/message.h"

#define FIRST_LINE 512      /* bytes of it that count */
#define MOST_READ (1 << 20) /* of an input */
#define MOST_INPUTS ((size_t)64)

/* PREFIX*SUFFIX in a folder, each a part of the output's path. */
typedef struct file_pattern {
    const char *folder, *prefix, *suffix;
    size_t folder_size, prefix_size;
    size_t files; /* that were named: the output and inputs */
} file_pattern;

/* ---- One pattern ---- */

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static const char *suffix_of(const char *path)
{
    const char *dot = strrchr(name_of(path), '.');

    return dot != NULL ? dot : "";
}

static size_t common(const char *a, const char *b, size_t most)
{
    size_t size = 0;

    while (size < most && a[size] != '\0' && a[size] == b[size])
        size++;
    return size;
}

static bool is_after(const char *output, const char *input)
{
    return strcmp(output, input) < 0 || strcasecmp(output, input) < 0;
}

static bool is_missing(const char *path)
{
    struct stat about;

    return stat(path, &about) != 0;
}

/* Files of one folder and suffix, the output before all. What is not there is
 * an operand of another kind: a word to look for. */
static bool find_pattern(file_pattern *out, const char *output,
                         const char *const *inputs, size_t count)
{
    const char *name = name_of(output), *suffix = suffix_of(output);
    size_t folder = (size_t)(name - output);

    *out = (file_pattern){output, name, suffix, folder, SIZE_MAX, 1};
    for (size_t i = 0; i < count; i++) {
        const char *other = name_of(inputs[i]);
        if (is_missing(inputs[i]))
            continue;
        if ((size_t)(other - inputs[i]) != folder ||
            memcmp(inputs[i], output, folder) != 0 ||
            strcmp(suffix_of(inputs[i]), suffix) != 0 ||
            !is_after(output, inputs[i]))
            return false;
        out->prefix_size = common(name, other, out->prefix_size);
        out->files++;
    }
    return out->files > 1;
}

static bool is_meant(const file_pattern *pattern, const char *name)
{
    size_t size = strlen(name), suffix = strlen(pattern->suffix);

    return (name[0] != '.' || pattern->prefix_size > 0) &&
           size >= pattern->prefix_size + suffix &&
           memcmp(name, pattern->prefix, pattern->prefix_size) == 0 &&
           strcmp(name + size - suffix, pattern->suffix) == 0;
}

/* Files that a pattern means; SIZE_MAX: nobody knows. */
static size_t count_files(const file_pattern *pattern)
{
    char *path = strndup(pattern->folder, pattern->folder_size);
    DIR *folder = path != NULL ? opendir(*path ? path : ".") : NULL;
    const struct dirent *entry;
    size_t count = 0;

    free(path);
    if (folder == NULL)
        return SIZE_MAX;
    while ((entry = readdir(folder)) != NULL)
        count += is_meant(pattern, entry->d_name);
    closedir(folder);
    return count;
}

/* ---- What an earlier run wrote ---- */

/* Returns the bytes at the start, owned, a NUL behind them; NULL: none. */
static char *read_start(const char *path, size_t most, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = file != NULL ? malloc(most + 1) : NULL;

    *size = bytes != NULL ? fread(bytes, 1, most, file) : 0;
    if (file != NULL)
        fclose(file);
    if (bytes != NULL)
        bytes[*size] = '\0';
    return bytes;
}

/* Headings of articles, JSON, a page, a table, numbers first: all that we
 * write but the sentences of one article. */
static bool begins_like_ours(const char *line)
{
    static const char *const beginnings[] = {"== ", "[\n", "[]", "{\"",
                                             "<!DOCTYPE html>"};

    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncmp(line, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return *line == ' ' || (*line >= '0' && *line <= '9') ||
           memchr(line, '\t', strcspn(line, "\n")) != NULL;
}

static bool holds(const char *path, const char *text)
{
    size_t size;
    char *bytes = read_start(path, MOST_READ, &size);
    bool is_there = bytes != NULL && strstr(bytes, text) != NULL;

    free(bytes);
    return is_there;
}

static bool is_ours(const char *output, const char *const *inputs,
                    size_t count)
{
    size_t size;
    char *line = read_start(output, FIRST_LINE, &size);
    bool is_known = line == NULL || size == 0 || begins_like_ours(line);

    if (!is_known)
        line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < count && i < MOST_INPUTS && !is_known; i++)
        is_known = holds(inputs[i], line);
    free(line);
    return is_known;
}

zub_status zub_expansion_check(const char *output, const char *const *inputs,
                               size_t count, zub_error *error)
{
    struct stat about;
    file_pattern pattern;

    if (output == NULL || strcmp(output, "-") == 0 ||
        stat(output, &about) != 0 || !S_ISREG(about.st_mode) ||
        about.st_size == 0 || !find_pattern(&pattern, output, inputs, count) ||
        count_files(&pattern) != pattern.files ||
        is_ours(output, inputs, count))
        return ZUB_OK;
    return zub_message_into(
        error, ZUB_EINVAL,
        "'%.200s' is a file already, and with those to be read it is all that "
        "'%.*s%.*s*%s' means: it would be written over (name another file "
        "behind -o, or remove it first)",
        output, (int)pattern.folder_size, pattern.folder,
        (int)pattern.prefix_size, pattern.prefix, pattern.suffix);
}
