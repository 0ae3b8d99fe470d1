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
 *
 * What costs is asking the lexicon, a dozen times a word. So a form keeps what
 * was asked of it; a form that is part of the word is not copied; a hash is
 * made of 8 bytes at a time; and a sieve turns most forms away that are not in
 * the lexicon. Invariant: 8 bytes can be read before and behind every form.
 */
#include "terms/light.h"

#include <string.h>

#include "base/mem.h"

#define LETTER 2u         /* bytes of an Arabic letter */
#define AFFIX 8u          /* bytes of a clitic or an ending, at most */
#define LEAST_COUNT 3u    /* of a rest that is a word */
#define LEAST_JOINT 12u   /* of one that takes a clitic at either end */
#define PROOF 32u         /* one in so many behind an article proves a root */
#define PRONOUN_PROOF 8u  /* the same for the last letters */
#define MOST_BEHIND 16u   /* times that a word is met more with the article */
#define MOST_ROUNDS 4     /* endings on one word */
#define COMMON 4u         /* times as common as the whole: needs less proof */
#define WORD 100u         /* worth of a word against that of a stem */
#define SIEVE_AFTER 1000u /* words: making the sieve takes as long as they */

/* Clitics stand in this order, at most one of each before a word. */
typedef enum place { CONJUNCTION, PREPOSITION, ARTICLE, WORD_ITSELF } place;

/* What a form is looked for behind. */
typedef enum front { NOTHING, AL, WAW, BEH, LAM, FRONTS } front;

static const char fronts[FRONTS][AFFIX + 1] = {
    [NOTHING] = "", [AL] = "ال", [WAW] = "و", [BEH] = "ب", [LAM] = "ل"};

/* What may stand before a word that begins with a letter of its own, and not
 * before the clitic that this letter might be. */
static const front proofs[][5] = {
    [CONJUNCTION] = {AL, WAW, BEH, LAM, NOTHING},
    [PREPOSITION] = {AL, BEH, NOTHING},
    [ARTICLE] = {AL, LAM, NOTHING},
};

typedef struct clitic {
    const char *text, *instead; /* which is never the longer one */
    place place, next;          /* its own, and the first that may follow */
    uint8_t need;               /* sixteenths */
    uint8_t least;              /* letters left */
} clitic;

/* By first letters; of one letter, the longer come first. */
static const clitic clitics[] = {
    {"وبال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"وكال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"وال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"ولل", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"وب", "", CONJUNCTION, ARTICLE, 16, 3},
    {"ول", "", CONJUNCTION, ARTICLE, 16, 3},
    {"وك", "", CONJUNCTION, ARTICLE, 32, 3},
    {"وس", "", CONJUNCTION, WORD_ITSELF, 16, 4},
    {"و", "", CONJUNCTION, PREPOSITION, 12, 3},
    {"فبال", "", CONJUNCTION, WORD_ITSELF, 4, 3},
    {"فال", "", CONJUNCTION, WORD_ITSELF, 8, 3},
    {"فلل", "", CONJUNCTION, WORD_ITSELF, 8, 3},
    {"فب", "", CONJUNCTION, ARTICLE, 32, 3},
    {"فل", "", CONJUNCTION, ARTICLE, 32, 3},
    {"فس", "", CONJUNCTION, WORD_ITSELF, 32, 4},
    {"ف", "", CONJUNCTION, PREPOSITION, 24, 3},
    {"بال", "", PREPOSITION, WORD_ITSELF, 4, 3},
    {"ب", "", PREPOSITION, ARTICLE, 24, 3},
    {"كال", "", PREPOSITION, WORD_ITSELF, 8, 3},
    {"ك", "", PREPOSITION, ARTICLE, 64, 3},
    {"لل", "", PREPOSITION, WORD_ITSELF, 4, 3},
    {"لل", "ال", PREPOSITION, ARTICLE, 4, 3},
    {"ل", "", PREPOSITION, ARTICLE, 24, 3},
    {"ال", "", ARTICLE, WORD_ITSELF, 4, 2},
    {"س", "", PREPOSITION, WORD_ITSELF, 16, 4},
};
#define CLITICS (sizeof clitics / sizeof *clitics)

/* An ending and what stood there before it: the ة of مدرسة is a ت in مدرسته. */
typedef struct ending {
    const char *text, *instead;
    uint8_t need;
    bool is_pronoun;
} ending;

/* By last letters. */
static const ending endings[] = {
    {"تهما", "ة", 4, true},  {"تها", "ة", 4, true},  {"تنا", "ة", 8, true},
    {"هما", "", 4, true},    {"ها", "", 4, true},    {"نا", "", 16, true},
    {"وا", "", 6, false},    {"ا", "", 10, false},   {"تهم", "ة", 4, true},
    {"هم", "", 4, true},     {"كم", "", 8, true},    {"ته", "ة", 4, true},
    {"ه", "", 4, true},      {"ه", "ة", 64, false},  {"تي", "ة", 16, true},
    {"ي", "", 16, false},    {"هن", "", 8, true},    {"يون", "ي", 2, false},
    {"يين", "ي", 2, false},  {"ون", "", 4, false},   {"ين", "", 4, false},
    {"تان", "ة", 8, false},  {"تين", "ة", 8, false}, {"ان", "", 16, false},
    {"يات", "ية", 2, false}, {"ات", "ة", 2, false},  {"ات", "", 6, false},
    {"ت", "", 24, false},    {"ية", "ي", 2, false},  {"ية", "", 16, false},
    {"ة", "", 4, false},
};
#define ENDINGS (sizeof endings / sizeof *endings)

/* The text of a row, to be compared at once. */
typedef struct affix {
    uint64_t bits; /* as load() has them */
    unsigned size;
} affix;

/* Rows by a letter that they all have. */
typedef struct group {
    uint8_t first, count;
} group;

#define GROUPS 64u

typedef enum room { ITSELF, BEHIND_CLITIC, BEFORE_ENDING, ROOMS } room;

struct zub_light {
    const zub_frequencies *lexicon; /* borrowed */
    zub_sieve sieve;
    size_t stemmed; /* words without the sieve */
    affix fronts[FRONTS];
    affix clitics[CLITICS], instead_of_clitic[CLITICS];
    front same_as[CLITICS]; /* the front of that text, or NOTHING */
    affix endings[ENDINGS], instead_of_ending[ENDINGS];
    group by_first[GROUPS]; /* clitics, by the second byte of the first */
    group by_last[GROUPS];  /* endings, by the last byte */
    char rooms[ROOMS][AFFIX + ZUB_LIGHT_BYTES + AFFIX];
};

#define UNKNOWN UINT32_MAX /* more than any count */

/* A word or what is left of it, and what is known of it. */
typedef struct form {
    char *text; /* in a room */
    size_t size;
    uint32_t counts[FRONTS]; /* met behind each, or UNKNOWN */
    bool is_parsed;          /* the next two are known */
    const ending *suffix;    /* the best one, or NULL */
    uint64_t without;        /* what the rest without it counts */
} form;

static char *room_of(zub_light *light, room which)
{
    return light->rooms[which] + AFFIX;
}

/* Into the caller's: copying one that was just filled takes long. */
static void start_form(form *out, char *text, size_t size)
{
    out->text = text;
    out->size = size;
    for (int f = 0; f < FRONTS; f++)
        out->counts[f] = UNKNOWN;
    out->is_parsed = false;
    out->suffix = NULL;
    out->without = 0;
}

/* ---- Asking the lexicon ---- */

static inline uint64_t load(const char *data)
{
    const unsigned char *at = (const unsigned char *)data;

    return at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
           (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 |
           (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/* The first bytes of eight, fewer than all. */
static inline uint64_t head_of(uint64_t bits, size_t size)
{
    return bits & (((uint64_t)1 << 8 * size) - 1);
}

static inline uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 32);
}

/* zub_hash of the form behind the front, which is not put there for it. */
static inline uint64_t hash_behind(const affix *before, const form *word)
{
    const char *next = word->text + 8 - before->size;
    uint64_t bits = before->bits | load(word->text) << 8 * before->size;
    size_t left = before->size + word->size;
    uint64_t hash = mix(0x8F1BBCDCBFA53E0Bu, left);

    for (; left >= 8; left -= 8, next += 8) {
        hash = mix(hash, bits);
        bits = load(next);
    }
    return mix(mix(hash, head_of(bits, left)), left);
}

/* Who asks for a form that is there soon asks for it behind the article: have
 * that on its way. */
static void expect_article(const zub_light *light, form *word)
{
    if (word->counts[AL] != UNKNOWN)
        return;
    uint64_t hash = hash_behind(&light->fronts[AL], word);
    if (zub_sieve_stops(&light->sieve, hash))
        word->counts[AL] = 0;
    else
        zub_frequency_prefetch(light->lexicon, hash);
}

/* How often a form is met behind a front. */
static inline uint32_t count_behind(const zub_light *light, form *word,
                                    front f)
{
    if (word->counts[f] != UNKNOWN)
        return word->counts[f];
    uint64_t hash = hash_behind(&light->fronts[f], word);
    word->counts[f] = 0;
    if (zub_sieve_stops(&light->sieve, hash))
        return 0;
    if (f == NOTHING)
        expect_article(light, word);
    return word->counts[f] = zub_frequency_of_hash(light->lexicon, hash);
}

/* With and without the article it is the same word, but only a word that is
 * met without: the ال of المانيا is no article. */
static uint64_t attested(const zub_light *light, form *word)
{
    uint64_t bare = count_behind(light, word, NOTHING);

    if (bare == 0)
        return 0;
    uint64_t behind = count_behind(light, word, AL);
    return bare + (behind < bare * MOST_BEHIND ? behind : bare * MOST_BEHIND);
}

static bool reaches(uint64_t rest, uint64_t whole, uint8_t need)
{
    return rest >= LEAST_COUNT && rest * 16 >= whole * need;
}

/* ---- Endings ---- */

/* What is left without the ending, in a room of its own if need be. */
static void without_ending(form *out, zub_light *light, const form *word,
                           const ending *suffix)
{
    size_t row = (size_t)(suffix - endings);
    const affix *instead = &light->instead_of_ending[row];
    size_t stem = word->size - light->endings[row].size;
    char *text = word->text;

    if (instead->size) {
        text = room_of(light, BEFORE_ENDING);
        memcpy(text, word->text, stem);
        memcpy(text + stem, suffix->instead, instead->size);
    }
    start_form(out, text, stem + instead->size);
}

static bool takes_pronoun(const zub_light *light, form *word)
{
    uint64_t behind = count_behind(light, word, AL);

    return behind == 0 ||
           behind * PRONOUN_PROOF < count_behind(light, word, NOTHING);
}

/* What the rest of a word counts without an ending; 0: it stays. */
static uint64_t count_without(zub_light *light, form *word,
                              const ending *suffix)
{
    form rest;

    without_ending(&rest, light, word, suffix);
    uint64_t count = rest.size < 3 * LETTER ? 0 : attested(light, &rest);
    if (count == 0 || (suffix->is_pronoun && !takes_pronoun(light, word)))
        return 0;
    uint64_t whole = (uint64_t)count_behind(light, word, NOTHING) +
                     count_behind(light, word, AL);
    return reaches(count, whole, suffix->need) ? count : 0;
}

/* Find the best ending to take off, and what its rest counts. */
static void parse_ending(zub_light *light, form *word)
{
    if (word->is_parsed)
        return;
    uint64_t bits = load(word->text + word->size - 8);
    group rows = light->by_last[bits >> 56 & (GROUPS - 1)];

    word->is_parsed = true;
    for (unsigned i = rows.first; i < rows.first + rows.count; i++) {
        const affix *end = &light->endings[i];
        if (word->size <= end->size ||
            bits >> (64 - 8 * end->size) != end->bits)
            continue;
        uint64_t count = count_without(light, word, &endings[i]);
        if (count <= word->without)
            continue;
        word->suffix = &endings[i];
        word->without = count;
    }
}

/* ---- Clitics ---- */

/* Whether `word` is met behind a clitic that `at` could not follow. */
static bool has_proof(const zub_light *light, form *word, place at)
{
    uint64_t behind = 0, whole = count_behind(light, word, NOTHING);

    for (const front *f = proofs[at]; *f != NOTHING; f++) {
        behind += count_behind(light, word, *f);
        if (behind > 0 && behind * PROOF >= whole)
            return true;
    }
    return false;
}

/* How much the rest of a word is worth as a word: its count, or when it is
 * never met without an ending, what stands before that, at a discount. */
static uint64_t worth(zub_light *light, form *rest, uint64_t whole,
                      uint8_t need)
{
    uint64_t count = attested(light, rest);

    if (reaches(count, whole, need))
        return count * WORD;
    if (whole > LEAST_COUNT || rest->size < 4 * LETTER)
        return 0;
    parse_ending(light, rest);
    return rest->without >= LEAST_JOINT ? rest->without : 0;
}

/* What is left without the clitic, in a room of its own if need be. Behind
 * the clitic it is the word, whose count is known. */
static void without_clitic(form *out, zub_light *light, const form *word,
                           const clitic *row)
{
    const affix *instead = &light->instead_of_clitic[row - clitics];
    size_t size = light->clitics[row - clitics].size;
    char *text = word->text + size;

    if (instead->size) {
        text = room_of(light, BEHIND_CLITIC);
        memcpy(text, row->instead, instead->size);
        memcpy(text + instead->size, word->text + size, word->size - size);
    }
    start_form(out, text, word->size - size + instead->size);
    out->counts[light->same_as[row - clitics]] = word->counts[NOTHING];
    out->counts[NOTHING] = UNKNOWN;
}

/* Whether the first letter of `word` is its own: a clitic stands before it,
 * or, where the rest is not much commoner, before it without its ending. */
static bool is_rooted(zub_light *light, form *word, place at,
                      bool is_rest_common)
{
    if (has_proof(light, word, at))
        return true;
    if (is_rest_common)
        return false;
    parse_ending(light, word);
    if (!word->suffix)
        return false;
    form shorter;
    without_ending(&shorter, light, word, word->suffix);
    return has_proof(light, &shorter, at);
}

/* The best clitic to take off, from `first` on in their order, or NULL; *best
 * is what is left then. */
static const clitic *find_clitic(zub_light *light, form *word, place first,
                                 form *best)
{
    uint64_t bits = load(word->text), most = 0;
    group rows = light->by_first[bits >> 8 & (GROUPS - 1)];
    const clitic *found = NULL;

    for (unsigned i = rows.first; i < rows.first + rows.count; i++) {
        const affix *start = &light->clitics[i];
        const clitic *row = &clitics[i];
        if (row->place < first ||
            word->size < start->size + row->least * LETTER ||
            (bits ^ start->bits) << (64 - 8 * start->size) != 0)
            continue;
        uint64_t whole = count_behind(light, word, NOTHING);
        form rest;
        without_clitic(&rest, light, word, row);
        uint64_t count = worth(light, &rest, whole, row->need);
        bool is_common = whole > 0 && count >= whole * COMMON * WORD;
        if (count <= most || is_rooted(light, word, row->place, is_common))
            continue;
        found = row;
        most = count;
        *best = rest;
    }
    return found;
}

/* ---- One word ---- */

#define LEADS 0x00D800D800D800D8u /* D8 to DB, the first bytes of letters */
#define LEAD_BITS 0x00FC00FC00FC00FCu

/* Whether a text in a room is letters of U+0600 to U+06FF and nothing else. */
static bool is_arabic(const char *text, size_t size)
{
    uint64_t others = 0;

    if (size % LETTER != 0)
        return false;
    for (; size >= 8; size -= 8, text += 8)
        others |= (load(text) ^ LEADS) & LEAD_BITS;
    return (others | head_of((load(text) ^ LEADS) & LEAD_BITS, size)) == 0;
}

/* Take clitics off, from *first on. */
static void drop_clitics(zub_light *light, form *word, place *first)
{
    const clitic *row;
    form rest;

    while ((row = find_clitic(light, word, *first, &rest)) != NULL) {
        char *end = word->text + word->size;
        rest.text = end - rest.size;
        memcpy(rest.text, row->instead, strlen(row->instead));
        *word = rest;
        *first = row->next;
    }
}

/* Take the best ending off; false: there is none. */
static bool drop_ending(zub_light *light, form *word)
{
    parse_ending(light, word);
    if (!word->suffix)
        return false;
    size_t row = (size_t)(word->suffix - endings);
    size_t instead = light->instead_of_ending[row].size;
    size_t stem = word->size - light->endings[row].size;
    memcpy(word->text + stem, word->suffix->instead, instead);
    start_form(word, word->text, stem + instead);
    return true;
}

/* The sieve is only worth its making when many words come. Without memory for
 * it the stems are the same. */
static void make_sieve(zub_light *light)
{
    if (light->stemmed <= SIEVE_AFTER && ++light->stemmed > SIEVE_AFTER)
        zub_sieve_make(&light->sieve, light->lexicon);
}

zub_slice zub_light_stem(zub_light *light, zub_slice word)
{
    char *text = room_of(light, ITSELF);
    place first = CONJUNCTION;
    form whole;

    if (word.size == 0 || word.size > ZUB_LIGHT_BYTES)
        return word;
    memmove(text, word.data, word.size); /* it may be a stem of ours */
    if (!is_arabic(text, word.size))
        return word;
    make_sieve(light);
    start_form(&whole, text, word.size);
    drop_clitics(light, &whole, &first);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (!drop_ending(light, &whole))
            break;
        drop_clitics(light, &whole, &first);
    }
    return (zub_slice){whole.text, whole.size};
}

/* ---- Making ready ---- */

static affix affix_of(const char *text)
{
    char bytes[AFFIX] = {0};
    size_t size = strlen(text);

    memcpy(bytes, text, size);
    return (affix){load(bytes), (unsigned)size};
}

/* Rows of one letter stand together. */
static void add_to_group(group *rows, size_t row)
{
    if (rows->count++ == 0)
        rows->first = (uint8_t)row;
}

static front front_of(const clitic *row)
{
    front f = FRONTS - 1;

    while (f > NOTHING && strcmp(fronts[f], row->text) != 0)
        f--;
    return f;
}

static void fill_tables(zub_light *light)
{
    for (size_t f = 0; f < FRONTS; f++)
        light->fronts[f] = affix_of(fronts[f]);
    for (size_t i = 0; i < CLITICS; i++) {
        const char *text = clitics[i].text;
        light->clitics[i] = affix_of(text);
        light->instead_of_clitic[i] = affix_of(clitics[i].instead);
        light->same_as[i] = front_of(&clitics[i]);
        add_to_group(&light->by_first[text[1] & (GROUPS - 1)], i);
    }
    for (size_t i = 0; i < ENDINGS; i++) {
        const char *text = endings[i].text;
        light->endings[i] = affix_of(text);
        light->instead_of_ending[i] = affix_of(endings[i].instead);
        add_to_group(&light->by_last[text[strlen(text) - 1] & (GROUPS - 1)],
                     i);
    }
}

zub_status zub_light_new(zub_light **out, const zub_frequencies *lexicon)
{
    *out = zub_alloc_zero(1, sizeof **out);
    if (!*out)
        return ZUB_ENOMEM;
    (*out)->lexicon = lexicon;
    fill_tables(*out);
    return ZUB_OK;
}

void zub_light_free(zub_light *light)
{
    if (!light)
        return;
    zub_sieve_release(&light->sieve);
    zub_free(light);
}
