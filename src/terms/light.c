/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* light.c - see light.h.
 *
 * Three questions are put to the lexicon before a letter goes:
 *
 * - Is the rest a word? It must be attested, with or without the article.
 * - Is it the commoner of the two? `need` says how many sixteenths of the
 *   count of the whole the count of the rest must reach.
 * - Is the letter really a clitic? Nothing stands between a conjunction and
 *   the space before it, so a word that is also met behind the article or
 *   behind another clitic (الوزير, ووصل, بوحدة) begins with a letter of its
 *   own. In the same way no pronoun hangs on a word with the article.
 *
 * Of the analyses that pass, the one with the commonest rest wins, the longer
 * clitic if two are equal. Clitics in front go first, then endings, again and
 * again, so that all forms of a word end at one stem.
 */
#include "terms/light.h"

#include <string.h>

#define LETTER 2u        /* bytes of an Arabic letter */
#define LEAST_COUNT 3u   /* of a rest that is a word */
#define LEAST_JOINT 12u  /* of one that takes a clitic at either end */
#define PROOF 32u        /* one in so many behind an article proves a root */
#define PRONOUN_PROOF 8u /* the same for the last letters */
#define MOST_BEHIND 16u  /* times that a word is met more with the article */
#define MOST_ROUNDS 4    /* endings on one word */
#define COMMON 4u        /* times as common as the whole: needs less proof */
#define WORD 100u        /* worth of a word against that of a stem */

/* Clitics stand in this order, at most one of each before a word. */
typedef enum place { CONJUNCTION, PREPOSITION, ARTICLE, WORD_ITSELF } place;

/* What may stand before a word that begins with a letter of its own, and not
 * before the clitic that this letter might be. */
static const char *const proofs[][5] = {
    [CONJUNCTION] = {"ال", "و", "ب", "ل", NULL},
    [PREPOSITION] = {"ال", "ب", NULL},
    [ARTICLE] = {"ال", "ل", NULL},
};

typedef struct clitic {
    const char *text, *instead;
    place place, next; /* its own, and the first that may follow */
    uint8_t need;      /* sixteenths */
    uint8_t least;     /* letters left */
} clitic;

static const clitic clitics[] = {
    {"وبال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"وكال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"وال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"ولل", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"فبال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"فال", "", CONJUNCTION, WORD_ITSELF, 8, 3},
    {"فلل", "", CONJUNCTION, WORD_ITSELF, 8, 3},
    {"بال", "", PREPOSITION, WORD_ITSELF, 4, 3},
    {"كال", "", PREPOSITION, WORD_ITSELF, 8, 3},
    {"لل", "", PREPOSITION, WORD_ITSELF, 4, 3},
    {"لل", "ال", PREPOSITION, ARTICLE, 4, 3},
    {"ال", "", ARTICLE, WORD_ITSELF, 4, 2},
    {"وب", "", CONJUNCTION, ARTICLE, 16, 3},
    {"ول", "", CONJUNCTION, ARTICLE, 16, 3},
    {"وك", "", CONJUNCTION, ARTICLE, 32, 3},
    {"وس", "", CONJUNCTION, WORD_ITSELF, 16, 4},
    {"فب", "", CONJUNCTION, ARTICLE, 32, 3},
    {"فل", "", CONJUNCTION, ARTICLE, 32, 3},
    {"فس", "", CONJUNCTION, WORD_ITSELF, 32, 4},
    {"و", "", CONJUNCTION, PREPOSITION, 12, 3},
    {"ف", "", CONJUNCTION, PREPOSITION, 24, 3},
    {"ب", "", PREPOSITION, ARTICLE, 24, 3},
    {"ل", "", PREPOSITION, ARTICLE, 24, 3},
    {"ك", "", PREPOSITION, ARTICLE, 64, 3},
    {"س", "", PREPOSITION, WORD_ITSELF, 16, 4},
};
#define CLITICS (sizeof clitics / sizeof *clitics)

/* An ending and what stood there before it: the ة of مدرسة is a ت in مدرسته. */
typedef struct ending {
    const char *text, *instead;
    uint8_t need;
    bool is_pronoun;
} ending;

static const ending endings[] = {
    {"تهما", "ة", 4, true}, {"تهم", "ة", 4, true},  {"تها", "ة", 4, true},
    {"ته", "ة", 4, true},   {"تنا", "ة", 8, true},  {"تي", "ة", 16, true},
    {"هما", "", 4, true},   {"هم", "", 4, true},    {"هن", "", 8, true},
    {"ها", "", 4, true},    {"كم", "", 8, true},    {"نا", "", 16, true},
    {"ه", "", 4, true},     {"ه", "ة", 64, false},  {"يات", "ية", 2, false},
    {"ات", "ة", 2, false},  {"ات", "", 6, false},   {"يون", "ي", 2, false},
    {"يين", "ي", 2, false}, {"ون", "", 4, false},   {"ين", "", 4, false},
    {"تان", "ة", 8, false}, {"تين", "ة", 8, false}, {"ان", "", 16, false},
    {"ية", "ي", 2, false},  {"ية", "", 16, false},  {"ي", "", 16, false},
    {"ة", "", 4, false},    {"وا", "", 6, false},   {"ا", "", 10, false},
    {"ت", "", 24, false},
};
#define ENDINGS (sizeof endings / sizeof *endings)

/* ---- Asking the lexicon ---- */

/* How often `word` is met behind `front`. */
static uint32_t count_behind(const zub_frequencies *lexicon, const char *front,
                             zub_slice word)
{
    char whole[ZUB_LIGHT_BYTES + 8];
    size_t size = strlen(front);

    memcpy(whole, front, size);
    memcpy(whole + size, word.data, word.size);
    return zub_frequency_of(lexicon, (zub_slice){whole, size + word.size});
}

/* With and without the article it is the same word, but only a word that is
 * met without: the ال of المانيا is no article. */
static uint64_t attested(const zub_frequencies *lexicon, zub_slice word)
{
    uint64_t bare = zub_frequency_of(lexicon, word);
    uint64_t behind = count_behind(lexicon, "ال", word);

    return bare + (behind < bare * MOST_BEHIND ? behind : bare * MOST_BEHIND);
}

static bool reaches(uint64_t rest, uint64_t whole, uint8_t need)
{
    return rest >= LEAST_COUNT && rest * 16 >= whole * need;
}

/* ---- Endings ---- */

static bool ends_in(zub_slice word, const char *text)
{
    size_t size = strlen(text);

    return word.size > size &&
           memcmp(word.data + word.size - size, text, size) == 0;
}

/* Replace the ending of a word; `out` has room for it. */
static zub_slice without_ending(char *out, zub_slice word,
                                const ending *suffix)
{
    size_t stem = word.size - strlen(suffix->text);
    size_t instead = strlen(suffix->instead);

    memmove(out, word.data, stem);
    memcpy(out + stem, suffix->instead, instead);
    return (zub_slice){out, stem + instead};
}

/* The best ending to take off, or NULL; *best is what its rest counts. */
static const ending *find_ending(const zub_frequencies *lexicon,
                                 zub_slice word, uint64_t *best)
{
    const ending *found = NULL;
    uint64_t bare = zub_frequency_of(lexicon, word);
    uint64_t behind = count_behind(lexicon, "ال", word);
    bool has_pronoun = behind == 0 || behind * PRONOUN_PROOF < bare;
    char rest[ZUB_LIGHT_BYTES];

    *best = 0;
    for (size_t i = 0; i < ENDINGS; i++) {
        const ending *suffix = &endings[i];
        if (!ends_in(word, suffix->text) ||
            (suffix->is_pronoun && !has_pronoun))
            continue;
        zub_slice left = without_ending(rest, word, suffix);
        if (left.size < 3 * LETTER)
            continue;
        uint64_t count = attested(lexicon, left);
        if (count <= *best || !reaches(count, bare + behind, suffix->need))
            continue;
        found = suffix;
        *best = count;
    }
    return found;
}

/* ---- Clitics ---- */

static bool starts_with(zub_slice word, const char *text)
{
    size_t size = strlen(text);

    return word.size > size && memcmp(word.data, text, size) == 0;
}

/* Whether `word` is met behind a clitic that `at` could not follow. */
static bool has_proof(const zub_frequencies *lexicon, zub_slice word, place at)
{
    uint64_t behind = 0, whole = zub_frequency_of(lexicon, word);

    for (const char *const *front = proofs[at]; *front; front++)
        behind += count_behind(lexicon, *front, word);
    return behind > 0 && behind * PROOF >= whole;
}

/* How much the rest of a word is worth as a word: its count, or when it is
 * never met without an ending, what stands before that, at a discount. */
static uint64_t worth(const zub_frequencies *lexicon, zub_slice rest,
                      uint64_t whole, uint8_t need)
{
    uint64_t count = attested(lexicon, rest), stem;

    if (reaches(count, whole, need))
        return count * WORD;
    if (whole > LEAST_COUNT || rest.size < 4 * LETTER)
        return 0;
    find_ending(lexicon, rest, &stem);
    return stem >= LEAST_JOINT ? stem : 0;
}

static zub_slice without_clitic(char *out, zub_slice word, const clitic *front)
{
    size_t size = strlen(front->text), instead = strlen(front->instead);

    memcpy(out, front->instead, instead);
    memmove(out + instead, word.data + size, word.size - size);
    return (zub_slice){out, word.size - size + instead};
}

/* Whether the first letter of `word` is its own: a clitic stands before it,
 * or, where the rest is not much commoner, before it without its ending. */
static bool is_rooted(const zub_frequencies *lexicon, zub_slice word, place at,
                      bool is_rest_common)
{
    char shorter[ZUB_LIGHT_BYTES];
    uint64_t count;

    if (has_proof(lexicon, word, at))
        return true;
    if (is_rest_common)
        return false;
    const ending *suffix = find_ending(lexicon, word, &count);
    return suffix &&
           has_proof(lexicon, without_ending(shorter, word, suffix), at);
}

/* The best clitic to take off, from `first` on in their order, or NULL. */
static const clitic *find_clitic(const zub_frequencies *lexicon,
                                 zub_slice word, place first)
{
    uint64_t whole = zub_frequency_of(lexicon, word), best = 0;
    const clitic *found = NULL;
    char rest[ZUB_LIGHT_BYTES];

    for (size_t i = 0; i < CLITICS; i++) {
        const clitic *front = &clitics[i];
        size_t size = strlen(front->text);
        if (front->place < first || !starts_with(word, front->text) ||
            word.size - size < front->least * LETTER)
            continue;
        uint64_t count = worth(lexicon, without_clitic(rest, word, front),
                               whole, front->need);
        bool is_common = whole > 0 && count >= whole * COMMON * WORD;
        if (count <= best || is_rooted(lexicon, word, front->place, is_common))
            continue;
        found = front;
        best = count;
    }
    return found;
}

/* ---- */

/* Letters of U+0600 to U+06FF and nothing else. */
static bool is_arabic(zub_slice word)
{
    if (word.size % LETTER != 0)
        return false;
    for (size_t i = 0; i < word.size; i += LETTER)
        if ((unsigned char)word.data[i] < 0xD8 ||
            (unsigned char)word.data[i] > 0xDB)
            return false;
    return true;
}

/* Take clitics off, from *first on; `word` lies in `out`. */
static zub_slice drop_clitics(const zub_frequencies *lexicon, char *out,
                              zub_slice word, place *first)
{
    const clitic *front;

    while ((front = find_clitic(lexicon, word, *first)) != NULL) {
        word = without_clitic(out, word, front);
        *first = front->next;
    }
    return word;
}

zub_slice zub_light(const zub_frequencies *lexicon, char out[ZUB_LIGHT_BYTES],
                    zub_slice word)
{
    place first = CONJUNCTION;
    uint64_t count;

    if (word.size > ZUB_LIGHT_BYTES || !is_arabic(word))
        return word;
    memmove(out, word.data, word.size);
    word = drop_clitics(lexicon, out, (zub_slice){out, word.size}, &first);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const ending *suffix = find_ending(lexicon, word, &count);
        if (!suffix)
            break;
        word = without_ending(out, word, suffix);
        word = drop_clitics(lexicon, out, word, &first);
    }
    return word;
}
