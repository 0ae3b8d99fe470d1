/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* check.c - see check.h. A kind is a row of a table. */
#include "terms/check.h"

#include <stdio.h>
#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "base/file.h"
#include "terms/frequencies.h"
#include "terms/state.h"
#include "text/language_model.h"

typedef unsigned long long ull;

/* Checks a file, which it closes. */
typedef zub_status checker(zub_file_report *out, zub_file file,
                           const char *path, zub_error *error);

static zub_status check_language(zub_file_report *out, zub_file file,
                                 const char *path, zub_error *error)
{
    zub_language_model model;
    zub_status status =
        zub_language_model_open(&model, file.bytes, path, error);

    if (status == ZUB_OK)
        snprintf(out->holds, sizeof out->holds,
                 "%zu languages in their scripts, %zu n-grams",
                 model.class_count, model.entry_count);
    zub_file_close(&file);
    return status;
}

static zub_status check_lexicon(zub_file_report *out, zub_file file,
                                const char *path, zub_error *error)
{
    zub_frequencies counts;
    zub_status status =
        zub_frequencies_open(&counts, file.bytes, path, "lexicon", error);

    if (status == ZUB_OK)
        snprintf(out->holds, sizeof out->holds, "%zu words", counts.count);
    zub_file_close(&file);
    return status;
}

static zub_status check_background(zub_file_report *out, zub_file file,
                                   const char *path, zub_error *error)
{
    zub_frequencies counts;
    zub_status status =
        zub_frequencies_open(&counts, file.bytes, path, "background", error);

    if (status == ZUB_OK)
        snprintf(out->holds, sizeof out->holds, "%llu articles, %zu terms",
                 (ull)counts.total, counts.count);
    zub_file_close(&file);
    return status;
}

static void describe_state(zub_file_report *out, const zub_state *state)
{
    int size = snprintf(
        out->holds, sizeof out->holds, "%llu articles, %zu terms, %llu words",
        (ull)state->articles, state->term_count, (ull)state->tokens);
    size_t ngrams = 0;

    for (unsigned n = 2; n <= state->high; n++)
        ngrams += state->ngrams[n - 1].count;
    if (state->high > 1)
        size +=
            snprintf(out->holds + size, sizeof out->holds - (size_t)size,
                     ", %zu n-grams of up to %u words", ngrams, state->high);
    if (state->has_articles)
        snprintf(out->holds + size, sizeof out->holds - (size_t)size,
                 ", counts of each article");
}

static zub_status check_state(zub_file_report *out, zub_file file,
                              const char *path, zub_error *error)
{
    zub_state *state;
    zub_status status = zub_state_open_file(&state, file, path, error);

    if (status == ZUB_OK)
        describe_state(out, state);
    zub_state_free(state);
    return status;
}

static const struct {
    const char *name;
    checker *check;
} kinds[] = {
    {ZUB_LANGUAGE_KIND, check_language},
    {"lexicon", check_lexicon},
    {"background", check_background},
    {ZUB_STATE_KIND, check_state},
};

/* What the front of the file says of itself; true only of a sound one. */
static void read_front(zub_file_report *out, zub_slice bytes)
{
    zub_slice fingerprint;
    size_t room = sizeof out->fingerprint - 1;

    zub_container_kind(out->kind, bytes);
    zub_container_front(bytes, &out->version, &fingerprint);
    size_t size = fingerprint.size < room ? fingerprint.size : room;
    if (size > 0)
        memcpy(out->fingerprint, fingerprint.data, size);
}

/* Nothing but the kind is told of a file that is not sound. */
static zub_status judge(zub_file_report *out, zub_status status)
{
    if (status != ZUB_OK) {
        out->version = 0;
        out->fingerprint[0] = '\0';
    }
    return status;
}

zub_status zub_check_file(zub_file_report *out, const char *path,
                          zub_error *error)
{
    zub_file file;

    *out = (zub_file_report){.kind = ""};
    zub_error_clear(error);
    zub_status status = zub_file_open(&file, path, error);
    if (status != ZUB_OK)
        return status;
    read_front(out, file.bytes);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, out->kind) == 0)
            return judge(out, kinds[i].check(out, file, path, error));
    judge(out, ZUB_EFORMAT);
    zub_file_close(&file);
    return out->kind[0]
               ? zub_fail(error, ZUB_EFORMAT,
                          "'%s' holds '%s', which this zubda does not know",
                          path, out->kind)
               : zub_fail(error, ZUB_EFORMAT,
                          "'%s' is not a .zub file, or cut off", path);
}
