/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* identify_lines.c - for scripts/measure-language: guesses the language of
 * every line of standard input with the models of a folder, and prints the
 * guess and its confidence; on standard error how many lines a second of
 * processor time, reading and printing not counted. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "text/language.h"

typedef struct line {
    char *text;
    size_t size;
    zub_guess guess;
} line;

static line *lines;
static size_t count;

static void read_lines(void)
{
    char *row = NULL;
    size_t room = 0, capacity = 0;

    for (ssize_t size; (size = getline(&row, &room, stdin)) > 0; count++) {
        if (count == capacity) {
            capacity = capacity ? 2 * capacity : 1024;
            lines = realloc(lines, capacity * sizeof *lines);
        }
        lines[count] = (line){.text = row, .size = (size_t)size};
        row = NULL;
        room = 0;
    }
    free(row);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    zub_models *models;
    zub_identifier *identifier;
    zub_error error;

    if (zub_models_open(&models, argc > 1 ? argv[1] : "models", &error) ||
        zub_identifier_open(&identifier, models, &error)) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    read_lines();
    double start = seconds();
    for (size_t i = 0; i < count; i++)
        zub_identifier_guess(identifier,
                             (zub_slice){lines[i].text, lines[i].size},
                             &lines[i].guess);
    double spent = seconds() - start;
    for (size_t i = 0; i < count; i++)
        printf("%s\t%.4f\n", lines[i].guess.lang, lines[i].guess.confidence);
    fprintf(stderr, "%zu lines, %.0f a second\n", count,
            spent > 0 ? (double)count / spent : 0);
    for (size_t i = 0; i < count; i++)
        free(lines[i].text);
    free(lines);
    zub_identifier_free(identifier);
    zub_models_free(models);
    return 0;
}
