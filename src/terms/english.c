/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* english.c - see english.h. The names of the rules are those of the published
 * description: R1 is what follows the first non-vowel after a vowel, R2 is R1
 * of R1, and Y is a y that is no vowel. A step acts on the longest of its
 * suffixes that the word has, or not at all.
 *
 * Nearly all words are ASCII and short. Of these one pass without a branch
 * makes a mask of the vowels, a bit a letter, in which the regions are found by
 * counting bits: branches on letters are mispredicted, and that is what a
 * stemmer's time goes into. Steps are chosen by the last letter. Other words
 * are read by characters as libstemmer reads them. */
#include "terms/english.h"

#include <string.h>

enum kind {
    VOWEL = 1,
    NO_SHORT = 2, /* ends no short syllable, though no vowel either */
    TAKES_LI = 4,
    DOUBLE = 8,
    NOT_ASCII = 16
};

static const unsigned char kinds[128] = {
    ['a'] = VOWEL,
    ['b'] = DOUBLE,
    ['c'] = TAKES_LI,
    ['d'] = TAKES_LI | DOUBLE,
    ['e'] = VOWEL | TAKES_LI,
    ['f'] = DOUBLE,
    ['g'] = TAKES_LI | DOUBLE,
    ['h'] = TAKES_LI,
    ['i'] = VOWEL,
    ['k'] = TAKES_LI,
    ['m'] = TAKES_LI | DOUBLE,
    ['n'] = TAKES_LI | DOUBLE,
    ['o'] = VOWEL,
    ['p'] = DOUBLE,
    ['r'] = TAKES_LI | DOUBLE,
    ['t'] = TAKES_LI | DOUBLE,
    ['u'] = VOWEL,
    ['w'] = NO_SHORT,
    ['x'] = NO_SHORT,
    ['y'] = VOWEL,
    ['Y'] = NO_SHORT,
};

static inline unsigned kind_of(uint32_t c)
{
    return c < 128 ? kinds[c] : NOT_ASCII;
}

#define PLAIN 62u /* letters of a mask with a bit to spare */

struct word {
    char *text;
    size_t size;
    size_t r1, r2; /* where they begin; they stay when the word shrinks */
    bool is_plain; /* ASCII of up to PLAIN letters */
    bool has_y;    /* a Y was made */
    size_t vowel;  /* the first, of a plain word */
};

/* memcmp is a call unless it is of 1, 2, 4 or 8 bytes; `size` is constant. */
static inline bool is_same(const char *a, const char *b, size_t size)
{
    if (size >= 4)
        return memcmp(a + size - 4, b + size - 4, 4) == 0 &&
               memcmp(a, b, 4) == 0;
    return a[size - 1] == b[size - 1] && (size < 2 || memcmp(a, b, 2) == 0);
}

/* ---- Characters ---- */

/* libstemmer does not ask whether UTF-8 is valid: a lead byte takes the bytes
 * it promises, whatever they are, up to the end. */
static uint32_t read_next(const char *text, size_t size, size_t *at)
{
    unsigned char lead = (unsigned char)text[(*at)++];
    unsigned width = 1u + (lead >= 0xC0) + (lead >= 0xE0) + (lead >= 0xF0),
             more = 0;
    uint32_t tail = 0;

    for (; more + 1 < width && *at < size; more++)
        tail = tail << 6 | ((unsigned char)text[(*at)++] & 0x3F);
    uint32_t head = more ? lead & 0x7Fu >> (more + 1) : lead;
    return head << 6 * more | tail;
}

/* Read backwards, the first byte that could be the lead of so many is it, and
 * the fourth is it whatever it is. */
static uint32_t read_back(const char *text, size_t *at)
{
    static const unsigned least[] = {0, 0xC0, 0xE0, 0},
                          payload[] = {0xFF, 0x1F, 0x0F, 0x07};
    uint32_t tail = 0;
    unsigned byte = (unsigned char)text[--*at], more = 0;

    if (byte < 0x80)
        return byte;
    while (*at > 0 && more < 3 && (more == 0 || byte < least[more])) {
        tail |= (byte & 0x3F) << 6 * more++;
        byte = (unsigned char)text[--*at];
    }
    return (byte & payload[more]) << 6 * more | tail;
}

static size_t step_on(const char *text, size_t size, size_t at)
{
    if ((unsigned char)text[at++] >= 0xC0)
        while (at < size && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    return at;
}

static size_t step_back(const char *text, size_t at)
{
    if ((unsigned char)text[--at] >= 0x80)
        while (at > 0 && (unsigned char)text[at] < 0xC0)
            at--;
    return at;
}

static bool has_characters(zub_slice word, size_t count)
{
    size_t at = 0;

    for (; count > 0 && at < word.size; count--)
        at = step_on(word.data, word.size, at);
    return count == 0;
}

static inline unsigned kind_before(const struct word *word, size_t *at)
{
    unsigned char last = (unsigned char)word->text[*at - 1];

    if (last >= 0x80)
        return kind_of(read_back(word->text, at));
    --*at;
    return kinds[last];
}

/* ---- Y, R1 and R2 ---- */

/* Three beginnings of which R1 is what follows; two letters are there. */
static inline size_t prefix_of(const char *text, size_t size)
{
    if (!(is_same(text, "ge", 2) | is_same(text, "co", 2) |
          is_same(text, "ar", 2)) ||
        size < 5)
        return 0;
    if (is_same(text, "gener", 5) || is_same(text, "arsen", 5))
        return 5;
    return size >= 6 && is_same(text, "commun", 6) ? 6 : 0;
}

/* The end of the first non-vowel after a vowel, or the size. A vowel stands
 * behind the word. */
static inline size_t region(uint64_t vowels, size_t from, size_t size)
{
    from += (size_t)__builtin_ctzll(vowels >> from);
    from += (size_t)__builtin_ctzll(~(vowels >> from));
    return from < size ? from + 1 : size;
}

/* The y that are not vowels: a first one, and those behind a vowel. */
static inline uint64_t consonant_ys(uint64_t vowels, uint64_t ys)
{
    uint64_t found = ys & ((vowels & ~ys) << 1 | 1);

    if (ys & ys << 1) /* a row of them: each second is one */
        for (uint64_t left = ys & ~found; left; left &= left - 1) {
            uint64_t before = (left & -left) >> 1;
            if (before & ys & ~found)
                found |= before << 1;
        }
    return found;
}

static void put_ys(struct word *word, uint64_t ys)
{
    word->has_y = true;
    for (; ys; ys &= ys - 1)
        word->text[__builtin_ctzll(ys)] = 'Y';
}

#define ONES 0x0101010101010101u /* a byte in each of eight */
#define HIGH (ONES * 0x80)

/* 2, 4 or 8 bytes, the first of them the lowest. */
static inline uint64_t load(const char *text, size_t size)
{
    uint64_t block = 0;

    memcpy(&block, text, size);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    block = __builtin_bswap64(block);
#endif
    return block; /* what is not of the text is zero and comes last */
}

static inline void store(char *text, uint64_t block)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    block = __builtin_bswap64(block);
#endif
    memcpy(text, &block, sizeof block);
}

/* Two to seven bytes, by two loads that overlap. */
static inline uint64_t load_few(const char *text, size_t size)
{
    if (size >= 4)
        return load(text, 4) | load(text + size - 4, 4) << 8 * (size - 4);
    return load(text, 2) | load(text + size - 2, 2) << 8 * (size - 2);
}

/* The high bit of each byte, all below 128, that is not the letter. */
static inline uint64_t differs(uint64_t block, unsigned char letter)
{
    return (block ^ ONES * letter) + ONES * 0x7F;
}

/* The high bits, side by side. */
static inline uint64_t gather(uint64_t highs)
{
    return (highs >> 7 & ONES) * 0x0102040810204080u >> 56;
}

struct marks {
    uint64_t vowels, ys; /* a bit a letter */
    uint64_t all;        /* the blocks, or-ed */
};

static inline void mark_block(struct marks *marks, uint64_t block, size_t at)
{
    uint64_t not_y = differs(block, 'y'),
             none = differs(block | ONES * ('a' ^ 'e'), 'e') & not_y &
                    differs(block, 'i') & differs(block, 'o') &
                    differs(block, 'u');

    marks->vowels |= gather(~none) << at;
    marks->ys |= gather(~not_y) << at;
    marks->all |= block;
}

/* Copies up to PLAIN bytes, in blocks such that a suffix lies in the last one
 * written: a load from two recent stores would have to wait. */
static inline struct marks mark_letters(char *out, zub_slice word)
{
    struct marks marks = {0, 0, 0};
    size_t at = 0, rest = word.size % 8;
    uint64_t last;

    if (word.size < 8) {
        last = load_few(word.data, word.size);
        mark_block(&marks, last, 0);
        store(out, last);
        return marks;
    }
    for (; at + 8 <= word.size; at += 8) {
        uint64_t block = load(word.data + at, 8);
        mark_block(&marks, block, at);
        store(out + at, block);
    }
    last = load(word.data + word.size - 8, 8);
    store(out + word.size - 8, last);
    mark_block(&marks, last >> (32 - 4 * rest) >> (32 - 4 * rest), at);
    return marks;
}

/* Copies the word; false: it is not plain. */
static inline bool mark_plain(struct word *word, zub_slice from)
{
    if (from.size > PLAIN)
        return false;
    struct marks marks = mark_letters(word->text, from);
    if (marks.all & HIGH)
        return false;
    uint64_t vowels = marks.vowels, ys = marks.ys;
    if (ys && (ys = consonant_ys(vowels, ys)) != 0)
        put_ys(word, ys);
    vowels = (vowels & ~ys) | 1ull << (PLAIN + 1);
    word->is_plain = true;
    word->vowel = (size_t)__builtin_ctzll(vowels);
    word->r1 = prefix_of(from.data, from.size);
    if (word->r1 == 0)
        word->r1 = region(vowels, 0, from.size);
    word->r2 = region(vowels, word->r1, from.size);
    return true;
}

static void find_ys(struct word *word)
{
    char *text = word->text;

    if (word->size && text[0] == 'y') {
        text[0] = 'Y';
        word->has_y = true;
    }
    for (size_t at = 0; at < word->size;) {
        size_t next = at;
        bool is_vowel = kind_of(read_next(text, word->size, &next)) & VOWEL;
        if (is_vowel && next < word->size && text[next] == 'y') {
            text[next] = 'Y';
            word->has_y = true;
        }
        at = step_on(text, word->size, at);
    }
}

/* What region() finds, by characters. */
static size_t next_region(const struct word *word, size_t from)
{
    unsigned want = VOWEL;

    for (size_t at = from; at < word->size;)
        if ((kind_of(read_next(word->text, word->size, &at)) & VOWEL) ==
            want) {
            if (want == 0)
                return at;
            want = 0;
        }
    return word->size;
}

static void mark_by_characters(struct word *word, zub_slice from)
{
    memcpy(word->text, from.data, from.size);
    find_ys(word);
    word->r1 = prefix_of(word->text, word->size);
    if (word->r1 == 0)
        word->r1 = next_region(word, 0);
    word->r2 = next_region(word, word->r1);
}

/* ---- What the steps ask ---- */

/* Calls with a constant suffix compile to one or two comparisons. */
static inline bool has(const struct word *word, const char *suffix)
{
    size_t size = strlen(suffix);

    return word->size >= size &&
           is_same(word->text + word->size - size, suffix, size);
}

/* True when the word has the suffix, be it in the region or not. */
static inline bool change(struct word *word, size_t begin, const char *suffix,
                          const char *to)
{
    if (!has(word, suffix))
        return false;
    size_t rest = word->size - strlen(suffix);
    if (begin <= rest) {
        memcpy(word->text + rest, to, strlen(to));
        word->size = rest + strlen(to);
    }
    return true;
}

static bool has_vowel_before(const struct word *word, size_t at)
{
    if (word->is_plain)
        return word->vowel < at;
    while (at > 0)
        if (kind_before(word, &at) & VOWEL)
            return true;
    return false;
}

/* Whether what is before `at` ends in a short syllable: a vowel between
 * non-vowels, of which the second is not w, x or Y; or a vowel at the word's
 * beginning and any non-vowel. */
static bool is_short(const struct word *word, size_t at)
{
    if (at == 0)
        return false;
    unsigned last = kind_before(word, &at);
    if ((last & VOWEL) || at == 0 || !(kind_before(word, &at) & VOWEL))
        return false;
    return at == 0 ||
           (!(last & NO_SHORT) && !(kind_before(word, &at) & VOWEL));
}

static inline char letter_before(const struct word *word, size_t at)
{
    return at > 0 ? word->text[at - 1] : '\0';
}

/* ---- The steps ---- */

static inline void drop_apostrophe(struct word *word)
{
    if (has(word, "'s'"))
        word->size -= 3;
    else if (has(word, "'s"))
        word->size -= 2;
    else if (has(word, "'"))
        word->size -= 1;
}

/* "ies" and "ied" leave "i", and "ie" behind one character. */
static void shorten_ie(struct word *word)
{
    size_t rest = word->size - 3;

    if (rest > 0)
        rest = step_back(word->text, rest);
    word->size -= rest > 0 ? 2 : 1;
}

static void drop_s(struct word *word)
{
    size_t rest = word->size - 1;

    if (has(word, "us") || has(word, "ss") || rest == 0)
        return;
    if (has_vowel_before(word, step_back(word->text, rest)))
        word->size = rest;
}

static void step_1a(struct word *word)
{
    char last = letter_before(word, word->size);

    if (last == '\'' || (last == 's' && has(word, "'s"))) {
        drop_apostrophe(word);
        last = letter_before(word, word->size);
    }
    if (last != 's') {
        if (last == 'd' && has(word, "ied"))
            shorten_ie(word);
    } else if (has(word, "sses"))
        word->size -= 2;
    else if (has(word, "ies"))
        shorten_ie(word);
    else
        drop_s(word);
}

/* Takes off "ed" or "ing", and mends what is left. */
static void drop_ed(struct word *word, size_t suffix)
{
    size_t rest = word->size - suffix;

    if (!has_vowel_before(word, rest))
        return;
    word->size = rest;
    char last = letter_before(word, rest),
         second = letter_before(word, rest - 1);
    if (has(word, "at") || has(word, "bl") || has(word, "iz"))
        word->text[word->size++] = 'e';
    else if (last == second && (kind_of((unsigned char)last) & DOUBLE))
        word->size--;
    else if (word->r1 == rest && is_short(word, rest))
        word->text[word->size++] = 'e';
}

/* Words that stay as step 1a leaves them: all of them end in what step 1b
 * takes off, and in nothing else. */
static bool stays(const struct word *word)
{
    if (word->size == 6)
        return has(word, "inning") || has(word, "outing") ||
               has(word, "exceed");
    return word->size == 7 && (has(word, "canning") || has(word, "herring") ||
                               has(word, "earring") || has(word, "proceed") ||
                               has(word, "succeed"));
}

/* `adverb`: bytes of "ly" behind the suffix. */
static void drop_eed(struct word *word, size_t adverb)
{
    size_t rest = word->size - 3 - adverb;

    if (word->r1 <= rest && !stays(word))
        word->size = rest + 2;
}

static void step_1b(struct word *word)
{
    switch (letter_before(word, word->size)) {
    case 'd':
        if (has(word, "eed"))
            drop_eed(word, 0);
        else if (has(word, "ed"))
            drop_ed(word, 2);
        break;
    case 'g':
        if (has(word, "ing") && !stays(word))
            drop_ed(word, 3);
        break;
    case 'y':
        if (has(word, "eedly"))
            drop_eed(word, 2);
        else if (has(word, "edly"))
            drop_ed(word, 4);
        else if (has(word, "ingly"))
            drop_ed(word, 5);
        break;
    default: break;
    }
}

static void step_1c(struct word *word)
{
    size_t at = word->size;
    char last = letter_before(word, at);

    if ((last != 'y' && last != 'Y') || --at == 0)
        return;
    if (!(kind_before(word, &at) & VOWEL) && at > 0)
        word->text[word->size - 1] = 'i';
}

/* Step 2 of words in "li". */
static void step_2_li(struct word *word)
{
    size_t r1 = word->r1;
    char before = letter_before(word, word->size - 2);

    if ((before == 't' && change(word, r1, "entli", "ent")) ||
        (before == 'l' && (change(word, r1, "fulli", "ful") ||
                           change(word, r1, "alli", "al"))) ||
        (before == 's' && (change(word, r1, "ousli", "ous") ||
                           change(word, r1, "lessli", "less"))) ||
        (before == 'b' &&
         (change(word, r1, "abli", "able") || change(word, r1, "bli", "ble"))))
        return;
    size_t at = word->size - 2;
    if (at > 0 && (kind_before(word, &at) & TAKES_LI))
        change(word, r1, "li", "");
}

static void step_2_i(struct word *word)
{
    size_t r1 = word->r1;

    switch (letter_before(word, word->size - 1)) {
    case 'l': step_2_li(word); break;
    case 'c':
        if (!change(word, r1, "enci", "ence"))
            change(word, r1, "anci", "ance");
        break;
    case 't':
        if (!change(word, r1, "biliti", "ble") &&
            !change(word, r1, "aliti", "al"))
            change(word, r1, "iviti", "ive");
        break;
    case 'g':
        if (has(word, "logi"))
            change(word, r1, "ogi", "og");
        break;
    default: break;
    }
}

static void step_2(struct word *word)
{
    size_t r1 = word->r1;

    switch (letter_before(word, word->size)) {
    case 'i': step_2_i(word); break;
    case 'l':
        if (!change(word, r1, "ational", "ate"))
            change(word, r1, "tional", "tion");
        break;
    case 'm': change(word, r1, "alism", "al"); break;
    case 'n':
        if (!change(word, r1, "ization", "ize"))
            change(word, r1, "ation", "ate");
        break;
    case 'r':
        if (!change(word, r1, "izer", "ize"))
            change(word, r1, "ator", "ate");
        break;
    case 's':
        if (!change(word, r1, "fulness", "ful") &&
            !change(word, r1, "ousness", "ous"))
            change(word, r1, "iveness", "ive");
        break;
    default: break;
    }
}

static void step_3(struct word *word)
{
    size_t r1 = word->r1;

    switch (letter_before(word, word->size)) {
    case 'e':
        if (!change(word, r1, "icate", "ic") &&
            !change(word, word->r2, "ative", ""))
            change(word, r1, "alize", "al");
        break;
    case 'i': change(word, r1, "iciti", "ic"); break;
    case 'l':
        if (!change(word, r1, "ical", "ic") &&
            !change(word, r1, "ational", "ate") &&
            !change(word, r1, "tional", "tion"))
            change(word, r1, "ful", "");
        break;
    case 's': change(word, r1, "ness", ""); break;
    default: break;
    }
}

static void step_4_e(struct word *word)
{
    size_t r2 = word->r2;

    switch (letter_before(word, word->size - 1)) {
    case 'c':
        if (!change(word, r2, "ance", ""))
            change(word, r2, "ence", "");
        break;
    case 'l':
        if (!change(word, r2, "able", ""))
            change(word, r2, "ible", "");
        break;
    case 't': change(word, r2, "ate", ""); break;
    case 'v': change(word, r2, "ive", ""); break;
    case 'z': change(word, r2, "ize", ""); break;
    default: break;
    }
}

static void step_4(struct word *word)
{
    size_t r2 = word->r2;

    switch (letter_before(word, word->size)) {
    case 'c': change(word, r2, "ic", ""); break;
    case 'e': step_4_e(word); break;
    case 'i': change(word, r2, "iti", ""); break;
    case 'l': change(word, r2, "al", ""); break;
    case 'm': change(word, r2, "ism", ""); break;
    case 'n':
        if (has(word, "sion") || has(word, "tion"))
            change(word, r2, "ion", "");
        break;
    case 'r': change(word, r2, "er", ""); break;
    case 's': change(word, r2, "ous", ""); break;
    case 't':
        if (!change(word, r2, "ant", "") && !change(word, r2, "ement", "") &&
            !change(word, r2, "ment", ""))
            change(word, r2, "ent", "");
        break;
    default: break;
    }
}

static void step_5(struct word *word)
{
    size_t rest = word->size - 1;
    char last = word->text[rest];

    if (last == 'e') {
        if (word->r2 <= rest || (word->r1 <= rest && !is_short(word, rest)))
            word->size = rest;
    } else if (last == 'l' && word->r2 <= rest &&
               letter_before(word, rest) == 'l')
        word->size = rest;
}

/* ---- Words with a stem of their own ---- */

static const struct exception {
    char word[8], stem[8];
} exceptions[] = {
    {"andes", "andes"},
    {"atlas", "atlas"},
    {"bias", "bias"},
    {"cosmos", "cosmos"},
    {"dying", "die"},
    {"early", "earli"},
    {"gently", "gentl"},
    {"howe", "howe"},
    {"idly", "idl"},
    {"lying", "lie"},
    {"news", "news"},
    {"only", "onli"},
    {"singly", "singl"},
    {"skies", "sky"},
    {"skis", "ski"},
    {"sky", "sky"},
    {"tying", "tie"},
    {"ugly", "ugli"},
    {"", ""},
};

/* By the first letter: a bit for the size of each, and where they begin. */
static const struct {
    unsigned char sizes, first;
} exceptions_of[128] = {
    ['a'] = {1 << 5, 0},  ['b'] = {1 << 4, 2},
    ['c'] = {1 << 6, 3},  ['d'] = {1 << 5, 4},
    ['e'] = {1 << 5, 5},  ['g'] = {1 << 6, 6},
    ['h'] = {1 << 4, 7},  ['i'] = {1 << 4, 8},
    ['l'] = {1 << 5, 9},  ['n'] = {1 << 4, 10},
    ['o'] = {1 << 4, 11}, ['s'] = {1 << 3 | 1 << 4 | 1 << 5 | 1 << 6, 12},
    ['t'] = {1 << 5, 16}, ['u'] = {1 << 4, 17},
};

static bool find_exception(zub_slice *stem, zub_slice word)
{
    unsigned row = word.data[0] & 0x7F;
    const struct exception *at = exceptions + exceptions_of[row].first;

    for (; at->word[0] == word.data[0]; at++)
        if (memcmp(at->word, word.data, word.size) == 0 &&
            at->word[word.size] == '\0') {
            *stem = (zub_slice){at->stem, strlen(at->stem)};
            return true;
        }
    return false;
}

/* Asked of every word, so that few are looked for. */
static inline bool may_be_exception(zub_slice word)
{
    unsigned row = word.data[0] & 0x7F;

    return (word.size <= 6) & (exceptions_of[row].sizes >> (word.size & 7));
}

/* ---- All of it ---- */

/* Pairs of last letters without which a word has no suffix of steps 2 to 4:
 * most words. Bits of the letter before the last, by their order. */
static const uint32_t last_pairs[128] = {
    ['c'] = 1u << ('i' & 31),
    ['e'] = 1u << ('c' & 31) | 1u << ('l' & 31) | 1u << ('t' & 31) |
            1u << ('v' & 31) | 1u << ('z' & 31),
    ['i'] = 1u << ('c' & 31) | 1u << ('g' & 31) | 1u << ('l' & 31) |
            1u << ('t' & 31),
    ['l'] = 1u << ('a' & 31) | 1u << ('u' & 31),
    ['m'] = 1u << ('s' & 31),
    ['n'] = 1u << ('o' & 31),
    ['r'] = 1u << ('e' & 31) | 1u << ('o' & 31),
    ['s'] = 1u << ('s' & 31) | 1u << ('u' & 31),
    ['t'] = 1u << ('n' & 31),
};

static inline bool has_last_pair(const struct word *word)
{
    unsigned char last = (unsigned char)letter_before(word, word->size),
                  before = (unsigned char)letter_before(word, word->size - 1);

    return last_pairs[last & 0x7F] >> (before & 31) & 1;
}

/* Not part of what most words go through, which is then shorter. */
__attribute__((noinline)) static void take_steps_2_to_4(struct word *word)
{
    step_2(word);
    step_3(word);
    if (word->r2 < word->size)
        step_4(word);
}

static void take_steps(struct word *word)
{
    step_1a(word);
    step_1b(word);
    step_1c(word);
    if (word->r1 >= word->size) /* all that follows is about R1 */
        return;
    if (has_last_pair(word))
        take_steps_2_to_4(word);
    step_5(word);
}

static void lower_ys(struct word *word)
{
    for (size_t i = 0; i < word->size; i++)
        if (word->text[i] == 'Y')
            word->text[i] = 'y';
}

zub_slice zub_english_stem(char *out, zub_slice word)
{
    if (word.size < 3)
        return word;
    zub_slice stem;
    if (may_be_exception(word) && find_exception(&stem, word))
        return stem;
    size_t skip = word.data[0] == '\'';
    struct word it = {.text = out, .size = word.size - skip};
    zub_slice rest = {word.data + skip, it.size};
    if (!mark_plain(&it, rest)) {
        if (!has_characters(word, 3))
            return word;
        mark_by_characters(&it, rest);
    }
    take_steps(&it);
    if (it.has_y)
        lower_ys(&it);
    return (zub_slice){it.text, it.size};
}
