/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_english.c - our English stemmer beside its rules and libstemmer. */
#define _XOPEN_SOURCE 700 /* popen */
#include "test.h"

#include <libstemmer.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/random.h"
#include "terms/english.h"
#include "terms/stemmer.h"

#define SHARED "../shared/data/"
#define WORDS 400000 /* made at random */
#define LONGEST 512  /* bytes of them */

static struct sb_stemmer *libstemmer; /* NULL: not of version 2.2 */

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static bool is_equal(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* ---- The published rules ---- */

/* Lines of word, tab, stem; returns how many were ours too. */
static size_t check_stems(FILE *file, size_t *lines)
{
    char line[LONGEST], out[LONGEST];
    size_t same = 0;

    *lines = 0;
    while (file && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab++ = '\0';
        tab[strcspn(tab, "\r\n")] = '\0';
        same += is_equal(zub_english_stem(out, slice(line)), slice(tab));
        ++*lines;
    }
    return same;
}

/* Pairs made by hand, in the order of the steps. */
static void english_does_what_its_rules_say(void)
{
    FILE *file = fopen("tests/fixtures/terms/english.tsv", "r");
    size_t lines;

    CHECK_INT(check_stems(file, &lines), lines);
    CHECK(lines >= 200);
    if (file)
        fclose(file);
}

/* Its file has the stems of version 3, which are others for 57 words. */
static void snowball_s_vocabulary_has_these_stems(void)
{
    static const char path[] = SHARED "snowball/english.tsv.gz";
    FILE *file = fopen(path, "r");
    size_t lines;

    if (!file) {
        printf("# skipped: %s is not there\n", path);
        return;
    }
    fclose(file);
    file = popen("gzip -dc " SHARED "snowball/english.tsv.gz", "r");
    CHECK_INT(check_stems(file, &lines), 42649 - 57);
    CHECK_INT(lines, 42649);
    if (file)
        pclose(file);
}

/* ---- libstemmer ---- */

static zub_slice stem_of_theirs(zub_slice word)
{
    const sb_symbol *stem = sb_stemmer_stem(
        libstemmer, (const sb_symbol *)word.data, (int)word.size);

    return (zub_slice){(const char *)stem,
                       (size_t)sb_stemmer_length(libstemmer)};
}

/* Words that versions 1 and 3 stem otherwise. */
static void open_libstemmer(void)
{
    static const char *const probes[][2] = {
        {"added", "ad"},        {"evening", "even"},
        {"emergency", "emerg"}, {"geologist", "geologist"},
        {"arsenal", "arsenal"}, {"hying", "hy"},
    };

    libstemmer = sb_stemmer_new("english", NULL);
    for (size_t i = 0; libstemmer && i < sizeof probes / sizeof *probes; i++)
        if (!is_equal(stem_of_theirs(slice(probes[i][0])),
                      slice(probes[i][1]))) {
            printf("# libstemmer is not of version 2.2: %s\n", probes[i][0]);
            sb_stemmer_delete(libstemmer);
            libstemmer = NULL;
        }
}

static bool has_libstemmer(void)
{
    if (!libstemmer)
        printf("# skipped: no libstemmer of version 2.2\n");
    return libstemmer != NULL;
}

/* In memory of just the size that is asked for, so that a sanitizer sees what
 * is written behind it. */
static bool agrees(zub_slice word)
{
    char *out = zub_alloc(zub_english_room(word.size), 1);
    zub_slice ours = zub_english_stem(out, word),
              theirs = stem_of_theirs(word);
    bool same = is_equal(ours, theirs);

    if (!same)
        printf("# \"%.*s\" is \"%.*s\", not \"%.*s\"\n", (int)word.size,
               word.data, (int)ours.size, ours.data, (int)theirs.size,
               theirs.data);
    zub_free(out);
    return same;
}

/* What words end in, before and after steps have changed it; what R1 or a stem
 * of its own depends on; letters of other scripts, and bytes that are none. */
static const char *const ends[] = {
    "'",      "'s",    "'s'",   "s",     "es",    "sses",    "ies",
    "ied",    "us",    "ss",    "eed",   "eedly", "ed",      "edly",
    "ing",    "ingly", "y",     "ly",    "at",    "bl",      "iz",
    "bb",     "dd",    "tt",    "ll",    "zz",    "tional",  "ency",
    "anci",   "ably",  "entli", "izer",  "ation", "ization", "ational",
    "ator",   "alism", "ality", "ally",  "ously", "fulness", "ousness",
    "ivity",  "bly",   "ogi",   "logy",  "fully", "iveness", "bility",
    "lessly", "li",    "alize", "icate", "icity", "ical",    "ful",
    "ness",   "ative", "al",    "ance",  "ence",  "er",      "ic",
    "able",   "ible",  "ant",   "ement", "ment",  "ent",     "ism",
    "ate",    "iti",   "ous",   "ive",   "ize",   "ion",     "sion",
    "tion",   "e",     "le",    "l",     "ying",  "yed",     "yy",
};
static const char *const beginnings[] = {
    "gener", "commun", "arsen", "'",    "y",    "yy",  "sk",
    "inn",   "out",    "cann",  "herr", "earr", "exc", "proc",
};
static const char *const strange[] = {
    "\xC3\xA9",
    "\xCC\x81",
    "\xE4\xB8\xAD",
    "\xF0\x9F\x98\x80",
    "\xD8\xA7",
    "\xE2\x80\x99",
    "7",
    "\x80",
    "\xC1",
    "\xC1\xA1",
    "\xC1\xB9",
    "\xE0\x81\xA5",
    "\xE0\x81",
    "\xF0\x80\x81\xA1",
    "\xF1\x80",
    "\xFF",
    "Y",
    "\xF1\x80\x81\xA1",
};
#define COUNT(list) (sizeof(list) / sizeof *(list))

static zub_random draws = {2001, 0};

static void add_one(char *word, const char *const *list, size_t count)
{
    strcat(word, list[zub_random_below(&draws, count)]);
}

/* `strangeness`: of 16 letters, how many are none of English. */
static void make_word(char *word, size_t most, unsigned strangeness)
{
    static const char letters[] = "aaeeeiioouuyyybcdfghjklmnpqrstvwxz'";

    *word = '\0';
    if (zub_random_below(&draws, 5) == 0)
        add_one(word, beginnings, COUNT(beginnings));
    for (size_t n = zub_random_below(&draws, most + 1); n > 0; n--)
        if (zub_random_below(&draws, 16) < strangeness)
            add_one(word, strange, COUNT(strange));
        else
            strncat(word, &letters[zub_random_below(&draws, 35)], 1);
    for (size_t n = zub_random_below(&draws, 5); n > 0; n--) {
        add_one(word, ends, COUNT(ends));
        if (zub_random_below(&draws, 32) < strangeness)
            add_one(word, strange, COUNT(strange));
    }
}

static void random_words_have_libstemmer_s_stems(void)
{
    char word[LONGEST];
    size_t same = 0;

    if (!has_libstemmer())
        return;
    for (size_t i = 0; i < WORDS; i++) {
        make_word(word, i % 8 ? 6 : 70, i % 4 ? 0 : 4);
        same += agrees(slice(word));
    }
    CHECK_INT(same, WORDS);
}

/* Every word of up to five of these letters. */
static void short_words_have_libstemmer_s_stems(void)
{
    static const char letters[] = "aeydglst'";
    size_t words = 0, same = 0;

    if (!has_libstemmer())
        return;
    for (size_t size = 0, many = 1; size <= 5; size++, many *= 9)
        for (size_t i = 0; i < many; i++, words++) {
            char word[8];
            for (size_t j = 0, rest = i; j < size; j++, rest /= 9)
                word[j] = letters[rest % 9];
            same += agrees((zub_slice){word, size});
        }
    CHECK_INT(same, words);
}

/* Every three suffixes in a row, behind what may or may not have an R2. */
static void all_suffixes_have_libstemmer_s_stems(void)
{
    static const char *const stems[] = {"", "b", "ab", "bab", "babab"};
    size_t many = COUNT(ends), words = many * many * many, same = 0;

    if (!has_libstemmer())
        return;
    for (size_t i = 0; i < words; i++) {
        char word[LONGEST];
        int size = snprintf(word, sizeof word, "%s%s%s%s", stems[i % 5],
                            ends[i / many / many], ends[i / many % many],
                            ends[i % many]);
        same += agrees((zub_slice){word, (size_t)size});
    }
    CHECK_INT(same, words);
}

/* A mask of letters ends somewhere between them. */
static void words_of_any_size_have_libstemmer_s_stems(void)
{
    size_t words = 0, same = 0;

    if (!has_libstemmer())
        return;
    for (size_t size = 0; size <= 160; size++)
        for (size_t end = 0; end < COUNT(ends); end++, words++) {
            char word[LONGEST];
            for (size_t i = 0; i < size; i++)
                word[i] = (size + end) % 3 ? "yb"[i % 2] : 'b';
            strcpy(word + size, ends[end]);
            same += agrees(slice(word));
        }
    CHECK_INT(same, words);
}

/* ---- Laws ---- */

static void a_stem_is_never_longer_than_its_word(void)
{
    char word[LONGEST], out[LONGEST];

    for (size_t i = 0; i < WORDS / 8; i++) {
        make_word(word, 8, i % 2 ? 0 : 8);
        CHECK(zub_english_stem(out, slice(word)).size <= strlen(word));
    }
}

static void check_huge(const char *letters, const char *end, size_t want)
{
    size_t size = 1000000, step = strlen(letters), last = strlen(end);
    char *word = zub_alloc(size + last, 1), *out = zub_alloc(size + last, 1);

    for (size_t i = 0; i < size; i++)
        word[i] = letters[i % step];
    memcpy(word + size, end, last);
    zub_slice whole = {word, size + last};
    CHECK_INT(zub_english_stem(out, whole).size, want);
    if (libstemmer)
        CHECK(agrees(whole));
    zub_free(word);
    zub_free(out);
}

static void a_word_of_a_megabyte_takes_no_longer_than_its_size(void)
{
    check_huge("ab", "ational", 1000000);
    check_huge("ay", "bing", 1000001);
    check_huge("\x80", "", 1000000);
    check_huge("y", "", 1000000);
    check_huge("b", "", 1000000);
    check_huge("'", "s", 999998);
}

/* ---- In its place ---- */

static void every_tag_of_english_has_it(void)
{
    static const char *const tags[] = {"en", "en-GB", "en-US-posix"};

    for (size_t i = 0; i < COUNT(tags); i++) {
        zub_stemmer *stemmer;
        CHECK_INT(zub_stemmer_new(&stemmer, tags[i], ZUB_STEMMER_AUTO, NULL),
                  ZUB_OK);
        CHECK_STR(zub_stemmer_kind_name(stemmer), "snowball");
        CHECK(is_equal(zub_stem(stemmer, slice("evenings")), slice("even")));
        CHECK(is_equal(zub_stem(stemmer, slice("skies")), slice("sky")));
        CHECK(is_equal(zub_stem(stemmer, slice("by")), slice("by")));
        CHECK(is_equal(zub_stem(stemmer, slice("''s")), slice("''s")));
        zub_stemmer_free(stemmer);
    }
}

static void porter_s_first_stemmer_stays(void)
{
    zub_stemmer *stemmer;

    CHECK_INT(zub_stemmer_new_porter(&stemmer), ZUB_OK);
    CHECK(is_equal(zub_stem(stemmer, slice("skies")), slice("ski")));
    CHECK(is_equal(zub_stem(stemmer, slice("dying")), slice("dy")));
    zub_stemmer_free(stemmer);
}

int main(void)
{
    open_libstemmer();
    RUN(english_does_what_its_rules_say);
    RUN(snowball_s_vocabulary_has_these_stems);
    RUN(random_words_have_libstemmer_s_stems);
    RUN(short_words_have_libstemmer_s_stems);
    RUN(all_suffixes_have_libstemmer_s_stems);
    RUN(words_of_any_size_have_libstemmer_s_stems);
    RUN(a_stem_is_never_longer_than_its_word);
    RUN(a_word_of_a_megabyte_takes_no_longer_than_its_size);
    RUN(every_tag_of_english_has_it);
    RUN(porter_s_first_stemmer_stays);
    if (libstemmer)
        sb_stemmer_delete(libstemmer);
    return DONE();
}
