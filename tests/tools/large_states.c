/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* large_states.c - what merging costs, on states made up.
 *
 * large_states make FILE TERMS SEED
 *     A state of so many terms of some 10 bytes, with forms, pairs and rows.
 * large_states merge MEMORY FOLDER OUT FILE...
 *     Opens, merges and writes; says seconds of CPU and peak resident KiB.
 *     MEMORY is in bytes, 0: no limit.
 * large_states speed [TERMS]
 *     Two states in memory of so many Arabic terms each (300000), a third
 *     shared, forms included: the least CPU of ten merges, in ms.
 *
 * make build/tests/tools/large_states
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/mem.h"
#include "base/random.h"
#include "terms/merge.h"

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

static void must(zub_status status, const zub_error *error)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "large_states: %s\n",
            error ? error->message : zub_status_text(status));
    exit(1);
}

static zub_state *new_state(void)
{
    zub_state *state;

    must(zub_state_new(&state, (zub_slice){"lang=ar", 7}), NULL);
    return state;
}

/* ---- make ---- */

enum { ENDS, TERMS, COUNTS, DF, STARTS, FORM_ENDS, FORMS, FORM_COUNTS };

static void make_terms(zub_state *state, zub_spooler *owner, size_t count,
                       zub_random *random)
{
    zub_spool s[8];
    char term[40];
    uint64_t number = 0;

    for (size_t i = 0; i < 8; i++)
        zub_spool_init(&s[i], owner, 0);
    for (size_t i = 0; i < count; i++) {
        number += 1 + zub_random_below(random, 6);
        int size = snprintf(term, sizeof term, "t%011llu",
                            (unsigned long long)number);
        zub_spool_add(&s[TERMS], term, (size_t)size);
        zub_spool_add_u64(&s[ENDS], zub_spool_size(&s[TERMS]));
        zub_spool_add_u64(&s[COUNTS], 3);
        zub_spool_add_u32(&s[DF], 1);
        zub_spool_add_u64(&s[STARTS], state->form_count);
        for (char form = 'a'; form <= 'a' + (char)(number % 3); form++) {
            term[size] = form;
            zub_spool_add(&s[FORMS], term, (size_t)size + 1);
            zub_spool_add_u64(&s[FORM_ENDS], zub_spool_size(&s[FORMS]));
            zub_spool_add_u64(&s[FORM_COUNTS], 1);
            state->form_count++;
        }
    }
    zub_spool_add_u64(&s[STARTS], state->form_count);
    state->term_count = count;
    zub_state_keep(state, &s[ENDS], &state->term_ends);
    zub_state_keep(state, &s[TERMS], &state->term_bytes);
    zub_state_keep(state, &s[COUNTS], &state->counts);
    zub_state_keep(state, &s[DF], &state->df);
    zub_state_keep(state, &s[STARTS], &state->form_starts);
    zub_state_keep(state, &s[FORM_ENDS], &state->form_ends);
    zub_state_keep(state, &s[FORMS], &state->form_bytes);
    zub_state_keep(state, &s[FORM_COUNTS], &state->form_counts);
}

static void make_pairs(zub_state *state, zub_spooler *owner,
                       zub_random *random)
{
    zub_ngrams *out = &state->ngrams[1];
    zub_spool prefix, last, counts, df;

    zub_spool_init(&prefix, owner, 0);
    zub_spool_init(&last, owner, 0);
    zub_spool_init(&counts, owner, 0);
    zub_spool_init(&df, owner, 0);
    for (size_t i = 0; i < state->term_count; i++) {
        uint64_t half = state->term_count / 2;
        for (uint64_t part = 0; part < 2; part++, out->count++) {
            zub_spool_add_u32(&prefix, (uint32_t)i);
            zub_spool_add_u32(
                &last,
                (uint32_t)(part * half + zub_random_below(random, half)));
            zub_spool_add_u64(&counts, 1);
            zub_spool_add_u32(&df, 1);
        }
    }
    zub_state_keep(state, &prefix, &out->prefix);
    zub_state_keep(state, &last, &out->last);
    zub_state_keep(state, &counts, &out->counts);
    zub_state_keep(state, &df, &out->df);
}

/* Rows of 100 terms, ids out of order: by ordinal. */
static void make_rows(zub_state *state, zub_spooler *owner, zub_random *random)
{
    zub_articles *list = &state->list;
    zub_spool id_ends, ids, ordinals, lengths, ends[2], cols[2], counts[2];
    char id[32];

    zub_spool_init(&id_ends, owner, 0);
    zub_spool_init(&ids, owner, 0);
    zub_spool_init(&ordinals, owner, 0);
    zub_spool_init(&lengths, owner, 0);
    for (size_t n = 0; n < 2; n++) {
        zub_spool_init(&ends[n], owner, 0);
        zub_spool_init(&cols[n], owner, 0);
        zub_spool_init(&counts[n], owner, 0);
    }
    for (size_t i = 0; i < state->articles; i++) {
        int size = snprintf(id, sizeof id, "a%llx",
                            (unsigned long long)zub_random_bits(random));
        zub_spool_add(&ids, id, (size_t)size);
        zub_spool_add_u64(&id_ends, zub_spool_size(&ids));
        zub_spool_add_u64(&ordinals, i);
        zub_spool_add_u64(&lengths, 100);
        for (size_t n = 0; n < 2; n++) {
            uint64_t part = state->term_count / 100;
            for (uint64_t k = 0; k < 100; k++) {
                zub_spool_add_u32(
                    &cols[n],
                    (uint32_t)(k * part + zub_random_below(random, part)));
                zub_spool_add_u32(&counts[n], 1);
            }
            zub_spool_add_u64(&ends[n], zub_spool_size(&cols[n]) / 4);
        }
    }
    state->has_articles = true;
    zub_state_keep(state, &id_ends, &list->id_ends);
    zub_state_keep(state, &ids, &list->ids);
    zub_state_keep(state, &ordinals, &list->ordinals);
    zub_state_keep(state, &lengths, &list->lengths);
    for (size_t n = 0; n < 2; n++) {
        zub_state_keep(state, &ends[n], &list->rows[n].ends);
        zub_state_keep(state, &cols[n], &list->rows[n].cols);
        zub_state_keep(state, &counts[n], &list->rows[n].counts);
    }
}

static void write_state(const zub_state *state, const char *path)
{
    zub_output *output;
    zub_error error;

    must(zub_output_open(&output, path, &error), &error);
    must(zub_state_write(state, zub_output_sink(output), &error), &error);
    must(zub_output_commit(output, &error), &error);
    zub_output_free(output);
}

static void make(const char *path, size_t count, uint64_t seed)
{
    zub_spooler owner = {.folder = "/tmp"};
    zub_random random = {seed, 0};
    zub_state *state = new_state();
    zub_error error;

    state->high = 2;
    state->articles = count / 50 + 1;
    make_terms(state, &owner, count, &random);
    make_pairs(state, &owner, &random);
    make_rows(state, &owner, &random);
    must(zub_spooler_report(&owner, &error), &error);
    must(zub_state_check(state, path, NULL, &error), &error);
    write_state(state, path);
    zub_state_free(state);
}

/* ---- merge ---- */

static long peak_kib(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static void report(const char *what)
{
    printf("%-6s %8.2f s CPU %8ld KiB peak\n", what, cpu_seconds(),
           peak_kib());
}

static void merge(uint64_t memory, const char *folder, const char *out,
                  char **paths, size_t count)
{
    zub_state **states = calloc(count, sizeof *states), *merged;
    zub_merge_options options = {.memory = memory, .folder = folder};
    zub_error error;

    report("start");
    for (size_t i = 0; i < count; i++)
        must(zub_state_open(&states[i], paths[i], &error), &error);
    report("open");
    must(zub_state_merge(&merged, states, count, &options, NULL, &error),
         &error);
    report("merge");
    write_state(merged, out);
    report("write");
    for (size_t i = 0; i < count; i++)
        zub_state_free(states[i]);
    zub_state_free(merged);
    free(states);
}

/* ---- speed ---- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Words of 3 to 6 Arabic letters; one in three is one of all states'. */
static void make_word(char word[16], zub_random *own, zub_random *shared)
{
    zub_random *random = zub_random_below(own, 3) ? own : shared;
    size_t letters = 3 + zub_random_below(random, 4);

    memset(word, 0, 16);
    for (size_t i = 0; i < letters; i++) {
        uint64_t letter = 0x628 + zub_random_below(random, 34);
        word[2 * i] = (char)(0xC0 | letter >> 6);
        word[2 * i + 1] = (char)(0x80 | (letter & 0x3F));
    }
}

static zub_state *arabic_state(size_t count, uint64_t seed)
{
    zub_random own = {seed, 0}, shared = {99, 0};
    char(*words)[16] = calloc(count, sizeof *words);
    zub_spooler owner = {0};
    zub_state *state = new_state();
    zub_spool s[8];

    for (size_t i = 0; i < count; i++)
        make_word(words[i], &own, &shared);
    qsort(words, count, sizeof *words, by_bytes);
    for (size_t i = 0; i < 8; i++)
        zub_spool_init(&s[i], &owner, 0);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(words[i - 1], words[i]) == 0)
            continue;
        zub_spool_add(&s[TERMS], words[i], strlen(words[i]));
        zub_spool_add_u64(&s[ENDS], zub_spool_size(&s[TERMS]));
        zub_spool_add_u64(&s[COUNTS], 3);
        zub_spool_add_u32(&s[DF], 1);
        zub_spool_add_u64(&s[STARTS], state->form_count);
        for (uint64_t f = 0; f <= zub_random_below(&own, 3); f++) {
            char ending = (char)('a' + f);
            zub_spool_add(&s[FORMS], words[i], strlen(words[i]));
            zub_spool_add(&s[FORMS], &ending, 1);
            zub_spool_add_u64(&s[FORM_ENDS], zub_spool_size(&s[FORMS]));
            zub_spool_add_u64(&s[FORM_COUNTS], 1);
            state->form_count++;
        }
        state->term_count++;
    }
    zub_spool_add_u64(&s[STARTS], state->form_count);
    state->articles = 1;
    zub_state_keep(state, &s[ENDS], &state->term_ends);
    zub_state_keep(state, &s[TERMS], &state->term_bytes);
    zub_state_keep(state, &s[COUNTS], &state->counts);
    zub_state_keep(state, &s[DF], &state->df);
    zub_state_keep(state, &s[STARTS], &state->form_starts);
    zub_state_keep(state, &s[FORM_ENDS], &state->form_ends);
    zub_state_keep(state, &s[FORMS], &state->form_bytes);
    zub_state_keep(state, &s[FORM_COUNTS], &state->form_counts);
    free(words);
    return state;
}

static void speed(size_t count)
{
    zub_state *states[2] = {arabic_state(count, 1), arabic_state(count, 2)};
    double least = 1e9;

    for (int run = 0; run < 10; run++) {
        zub_state *merged;
        double start = cpu_seconds();
        must(zub_state_merge(&merged, states, 2, NULL, NULL, NULL), NULL);
        double seconds = cpu_seconds() - start;
        least = seconds < least ? seconds : least;
        if (run == 0)
            printf("%zu + %zu terms, %zu + %zu forms -> %zu terms, %zu "
                   "forms\n",
                   states[0]->term_count, states[1]->term_count,
                   states[0]->form_count, states[1]->form_count,
                   merged->term_count, merged->form_count);
        zub_state_free(merged);
    }
    printf("%.1f ms CPU\n", 1e3 * least);
    zub_state_free(states[0]);
    zub_state_free(states[1]);
}

int main(int argc, char **argv)
{
    const char *command = argc > 1 ? argv[1] : "";

    if (strcmp(command, "make") == 0 && argc == 5)
        make(argv[2], strtoull(argv[3], NULL, 10),
             strtoull(argv[4], NULL, 10));
    else if (strcmp(command, "merge") == 0 && argc > 5)
        merge(strtoull(argv[2], NULL, 10), argv[3], argv[4], argv + 5,
              (size_t)argc - 5);
    else if (strcmp(command, "speed") == 0)
        speed(argc > 2 ? strtoull(argv[2], NULL, 10) : 300000);
    else
        return fprintf(stderr, "see the top of tests/tools/large_states.c\n"),
               2;
    return 0;
}
