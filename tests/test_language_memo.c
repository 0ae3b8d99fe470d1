/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* What is remembered of words: the sums that were said of them, for common
 * words however many rare ones pass, and no guess that would be another. */
#include "test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/models.h"
#include "base/random.h"
#include "text/language.h"
#include "text/language_memo.h"

#define WIDTH 16u

static zub_run run_of(const char *word)
{
    zub_run run = {.letters = {' '}};
    size_t at = 0;

    CHECK(zub_run_next(&run, (zub_slice){word, strlen(word)}, &at));
    return run;
}

static void a_word_is_new_once(void)
{
    zub_language_memo *memo;
    zub_remembered word;

    CHECK_INT(zub_language_memo_new(&memo, WIDTH), ZUB_OK);
    for (int time = 0; time < 3; time++) {
        zub_run run = run_of("garden");
        CHECK_INT(zub_language_memo_find(memo, &run, &word), time > 0);
        if (time == 0) {
            word.sums[3] = 7;
            *word.known = 5;
        }
        CHECK_INT(word.sums[3], 7);
        CHECK_INT(*word.known, 5);
    }
    zub_language_memo_free(memo);
}

static void words_that_look_alike_are_two(void)
{
    static const char *const words[] = {"a", "aa", "a'a", "а", "аа", "漢"};
    zub_language_memo *memo;
    zub_remembered word;

    CHECK_INT(zub_language_memo_new(&memo, WIDTH), ZUB_OK);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        zub_run run = run_of(words[i]);
        CHECK(!zub_language_memo_find(memo, &run, &word));
        CHECK(word.sums != NULL);
        CHECK_INT(word.sums[0], 0);
        word.sums[0] = 1 + (int32_t)i;
    }
    zub_language_memo_free(memo);
}

static void long_words_are_not_remembered(void)
{
    zub_language_memo *memo;
    zub_remembered word;

    CHECK_INT(zub_language_memo_new(&memo, WIDTH), ZUB_OK);
    for (int time = 0; time < 2; time++) {
        zub_run run = run_of("antidisestablishmentarianism");
        CHECK(!zub_language_memo_find(memo, &run, &word));
        CHECK(word.sums == NULL);
    }
    zub_language_memo_free(memo);
}

static void common_words_outlive_rare_ones(void)
{
    zub_language_memo *memo;
    zub_remembered word;
    char rare[16];
    size_t lost = 0;

    CHECK_INT(zub_language_memo_new(&memo, WIDTH), ZUB_OK);
    for (uint64_t n = 0; n < 100000; n++) {
        for (size_t i = 0; i < 8; i++)
            rare[i] = (char)('a' + zub_random_at(n, i) % 26);
        rare[8] = '\0';
        zub_run run = run_of(rare), common = run_of("the");
        zub_language_memo_find(memo, &run, &word);
        lost += !zub_language_memo_find(memo, &common, &word);
    }
    CHECK(lost < 20);
    zub_language_memo_free(memo);
}

/* A text of random words, of several scripts and of none. */
static void add_text(zub_buffer *text, uint64_t seed)
{
    static const char *const words[] = {
        "the", "und", "كتاب", "في",  "دي", "des", "Зима", "не",   "på",
        "og",  "ο",   "και",  "12.", "不", "한",  "é",    "ñoño", "e\xCC\x81"};
    size_t count = zub_random_at(seed, 0) % 60;

    zub_buffer_clear(text);
    for (size_t i = 1; i <= count; i++) {
        uint64_t drawn = zub_random_at(seed, i);
        zub_buffer_add_string(text,
                              words[drawn % (sizeof words / sizeof *words)]);
        if (drawn >> 40 & 7)
            zub_buffer_add_char(text, ' ');
    }
}

static void what_was_met_changes_no_guess(void)
{
    zub_models *models;
    zub_identifier *old, *fresh;
    zub_guess a, b;
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_models_open(&models, "models", NULL), ZUB_OK);
    CHECK_INT(zub_identifier_open(&old, models, NULL), ZUB_OK);
    for (uint64_t seed = 0; seed < 60; seed++) {
        add_text(&text, seed % 40);
        CHECK_INT(zub_identifier_open(&fresh, models, NULL), ZUB_OK);
        zub_identifier_glance(old, zub_buffer_slice(&text), &a);
        zub_identifier_glance(fresh, zub_buffer_slice(&text), &b);
        CHECK_STR(a.lang, b.lang);
        CHECK_STR(a.next_lang, b.next_lang);
        CHECK(a.confidence == b.confidence);
        zub_identifier_free(fresh);
    }
    zub_identifier_free(old);
    zub_models_free(models);
    zub_buffer_release(&text);
}

int main(void)
{
    RUN(a_word_is_new_once);
    RUN(words_that_look_alike_are_two);
    RUN(long_words_are_not_remembered);
    RUN(common_words_outlive_rare_ones);
    RUN(what_was_met_changes_no_guess);
    return DONE();
}
