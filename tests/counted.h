/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counted.h - texts as states, one article a line, for tests of what is made
 * of them. Words are English, folded and not stemmed. */
#ifndef ZUB_COUNTED_H
#define ZUB_COUNTED_H

#include <stdlib.h>
#include <unistd.h>

#include "zubda.h"
#include "test.h"

static char counted_folder[] = "/tmp/zubda-test.XXXXXX";

static const char *counted_path(const char *name)
{
    static char path[2][80];
    static unsigned turn;
    char *at = path[turn++ % 2];

    snprintf(at, sizeof *path, "%s/%s", counted_folder, name);
    return at;
}

static zub_state *counted_on(const char *lines,
                             const zub_count_options *options,
                             unsigned threads)
{
    zub_analyzer_options words = {
        .lang = "en", .stemmer = "none", .keep_stop_words = true};
    zub_corpus_options form = {.form = ZUB_FORM_LINES};
    const char *path = counted_path("lines.txt");
    FILE *file = fopen(path, "w");
    zub_corpus *corpus;
    zub_state *state;
    zub_error error;

    CHECK(file && fputs(lines, file) >= 0 && fclose(file) == 0);
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &form, NULL), ZUB_OK);
    CHECK_INT(zub_count(&state, corpus, threads, NULL, &words, options, NULL,
                        &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    zub_corpus_free(corpus);
    return state;
}

static zub_state *counted(const char *lines, const zub_count_options *options)
{
    return counted_on(lines, options, 1);
}

static void counted_begin(void)
{
    if (!mkdtemp(counted_folder))
        exit(1);
}

static void counted_end(void)
{
    unlink(counted_path("lines.txt"));
    rmdir(counted_folder);
}

static bool counted_is(zub_slice a, const char *b)
{
    return a.size == strlen(b) && memcmp(a.data, b, a.size) == 0;
}

#endif
