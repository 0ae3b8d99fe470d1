/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* identify_lines.c - for scripts/measure-language and measure-glance: guesses
 * the language of every line of standard input with the models of a folder,
 * and prints the guess and its confidence; on standard error how many lines a
 * second of processor time, reading and printing not counted. After the
 * folder: "glance" as --lang auto does it, "beginning" for all that a glance
 * may read; else all of a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/language.h"

typedef struct line {
    char *text;
    size_t size;
    zub_guess guess;
} line;

typedef void guesser(const zub_identifier *identifier, zub_slice text,
                     zub_guess *out);

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

/* As the analyzer takes an article's beginning. */
#define BEGINNING 2048u

static void guess_all(const zub_identifier *identifier, guesser *guess,
                      size_t most)
{
    for (size_t i = 0; i < count; i++) {
        size_t size = lines[i].size < most ? lines[i].size : most;
        while (size > 0 && size < lines[i].size &&
               ((unsigned char)lines[i].text[size] & 0xC0) == 0x80)
            size--;
        guess(identifier, (zub_slice){lines[i].text, size}, &lines[i].guess);
    }
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
    const char *how = argc > 2 ? argv[2] : "all";
    double start = seconds();
    if (strcmp(how, "glance") == 0)
        guess_all(identifier, zub_identifier_glance, BEGINNING);
    else
        guess_all(identifier, zub_identifier_guess,
                  strcmp(how, "beginning") == 0 ? BEGINNING : SIZE_MAX);
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
