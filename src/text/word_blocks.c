/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_blocks.c - see word_blocks.h. Of 64 bytes it is asked at once which are
 * letters, digits, marks; a bit a byte. Runs of ones are words, a joining mark
 * between two of its kind is made a one. Where nothing but plain characters
 * stands this costs two cycles a word and no wrong guess of a branch, which
 * was a third of the time of the states run alone. */
#include "text/word_blocks.h"

#include <string.h>

#define BLOCK 64u
#define LEAST_GAP 3u /* bytes behind a word that show that it ends there */

/* ---- What may be taken for plain ---- */

/* What a class does in plain text. */
typedef enum { OTHER, LETTER, DIGIT, MARK, INERT, JOINS } role;

/* The states that matter, by the rules' numbers. */
typedef struct {
    const zub_word_rules *rules;
    unsigned letter, digit, mark;         /* classes */
    unsigned behind_letter, behind_digit; /* states */
} plain;

static unsigned step(const zub_word_rules *rules, unsigned state,
                     unsigned class)
{
    return rules->next[state * ZUB_WORD_CLASSES + class];
}

/* Letters and digits follow one another in words, marks change nothing. */
static bool find_plain(plain *p, const zub_word_rules *rules)
{
    const uint8_t word = ZUB_SEGMENT_ENDS | ZUB_SEGMENT_IS_WORD;

    p->rules = rules;
    p->letter = rules->low['a'];
    p->digit = rules->low['0'];
    p->mark = rules->low[0x301];
    p->behind_letter = step(rules, rules->start, p->letter);
    p->behind_digit = step(rules, rules->start, p->digit);
    return rules->kinds[p->behind_letter] == word &&
           rules->kinds[p->behind_digit] == word &&
           step(rules, p->behind_letter, p->letter) == p->behind_letter &&
           step(rules, p->behind_letter, p->digit) == p->behind_digit &&
           step(rules, p->behind_letter, p->mark) == p->behind_letter &&
           step(rules, p->behind_digit, p->letter) == p->behind_letter &&
           step(rules, p->behind_digit, p->digit) == p->behind_digit &&
           step(rules, p->behind_digit, p->mark) == p->behind_digit;
}

/* Is a segment that ends in this state no word, whatever plain follows? */
static bool is_gap(const plain *p, unsigned state)
{
    return p->rules->kinds[state] == ZUB_SEGMENT_ENDS &&
           step(p->rules, state, p->letter) == 0 &&
           step(p->rules, state, p->digit) == 0;
}

/* Behind a letter or digit nothing ends with this class, but the word may go
 * on if one of the same kind follows. */
static bool may_join(const plain *p, unsigned from, unsigned class,
                     unsigned same, unsigned other)
{
    unsigned state = step(p->rules, from, class);

    return state != 0 && p->rules->kinds[state] == 0 &&
           step(p->rules, state, same) == from &&
           step(p->rules, state, other) == 0;
}

static bool joins_letters(const plain *p, unsigned class)
{
    return may_join(p, p->behind_letter, class, p->letter, p->digit);
}

static bool joins_digits(const plain *p, unsigned class)
{
    return may_join(p, p->behind_digit, class, p->digit, p->letter);
}

static role role_of(const plain *p, unsigned class)
{
    bool ends_letters = step(p->rules, p->behind_letter, class) == 0;
    bool ends_digits = step(p->rules, p->behind_digit, class) == 0;

    if (class == p->letter)
        return LETTER;
    if (class == p->digit)
        return DIGIT;
    if (class == p->mark)
        return MARK;
    if (!is_gap(p, step(p->rules, p->rules->start, class)))
        return OTHER;
    if (ends_letters && ends_digits)
        return INERT;
    return (ends_letters || joins_letters(p, class)) &&
                   (ends_digits || joins_digits(p, class))
               ? JOINS
               : OTHER;
}

static bool is_between(role what)
{
    return what == INERT || what == JOINS;
}

/* A segment of several gaps (spaces, a line break of two characters) is as one
 * of its last, and nothing but letters, digits and marks goes on behind a
 * joining mark. So a walk may stop at any character between words. */
static bool is_closed(const plain *p, const role *roles)
{
    const zub_word_rules *rules = p->rules;

    for (unsigned a = 0; a < ZUB_WORD_CLASSES; a++) {
        unsigned gap = step(rules, rules->start, a);
        unsigned joined = step(rules, p->behind_letter, a);
        unsigned counted = step(rules, p->behind_digit, a);
        for (unsigned b = 0; is_between(roles[a]) && b < ZUB_WORD_CLASSES; b++)
            if (is_between(roles[b]) &&
                ((step(rules, gap, b) != 0 &&
                  step(rules, gap, b) != step(rules, rules->start, b)) ||
                 step(rules, joined, b) != 0 || step(rules, counted, b) != 0))
                return false;
    }
    return true;
}

static void add_ascii(zub_word_blocks *blocks, unsigned set, unsigned c)
{
    blocks->ascii[set][c & 15] |= (uint8_t)(1u << (c >> 4));
}

static void init_ascii(zub_word_blocks *blocks, const plain *p,
                       const role *roles)
{
    for (unsigned c = 0; c < 0x80; c++) {
        unsigned class = p->rules->low[c];
        switch (roles[class]) {
        case LETTER: add_ascii(blocks, ZUB_ASCII_LETTER, c); break;
        case DIGIT: add_ascii(blocks, ZUB_ASCII_DIGIT, c); break;
        case INERT: break;
        case JOINS:
            if (joins_letters(p, class))
                add_ascii(blocks, ZUB_ASCII_JOINS_LETTERS, c);
            if (joins_digits(p, class))
                add_ascii(blocks, ZUB_ASCII_JOINS_DIGITS, c);
            break;
        default: add_ascii(blocks, ZUB_ASCII_OTHER, c); break;
        }
    }
}

static void add_two(zub_word_blocks *blocks, unsigned set, unsigned c)
{
    unsigned lead = 0xC0 | c >> 6;

    blocks->two[lead / 4 - 0x30][set][lead / 2 % 2][c & 15] |=
        (uint8_t)(1u << (lead % 2 * 4 + (c >> 4 & 3)));
}

static void init_two(zub_word_blocks *blocks, const zub_word_rules *rules,
                     const role *roles)
{
    for (unsigned c = 0x80; c < 0x800; c++) {
        role what = roles[rules->low[c]];
        if (what == LETTER || what == DIGIT)
            add_two(blocks, ZUB_TWO_WORD, c);
        if (what == MARK)
            add_two(blocks, ZUB_TWO_MARK, c);
        if (what == JOINS)
            add_two(blocks, ZUB_TWO_JOINS, c);
        if (what != OTHER)
            add_two(blocks, ZUB_TWO_PLAIN, c);
    }
}

static bool has_vectors(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#else
    return false;
#endif
}

void zub_word_blocks_init(zub_word_blocks *blocks, const zub_word_rules *rules)
{
    role roles[ZUB_WORD_CLASSES] = {OTHER}; /* what is not met stays so */
    plain p;

    memset(blocks, 0, sizeof *blocks);
    if (!has_vectors() || !rules->classes || !find_plain(&p, rules))
        return;
    for (unsigned c = 0; c < sizeof rules->low; c++)
        roles[rules->low[c]] = role_of(&p, rules->low[c]);
    if (!is_closed(&p, roles))
        return;
    init_ascii(blocks, &p, roles);
    init_two(blocks, rules, roles);
    blocks->is_usable = true;
}

/* ---- Runs ---- */

/* A bit for each byte of a block. */
typedef struct {
    uint64_t letters, digits; /* of ASCII */
    uint64_t join_letters, join_digits;
    uint64_t other;                   /* ASCII that is not plain */
    uint64_t far;                     /* not ASCII */
    uint64_t words, marks, join, two; /* at the lead bytes of two: sets */
} block;

/* What is to be done with a block. */
typedef struct {
    uint64_t starts, ends; /* of runs, ends half open */
    unsigned stop;         /* where it is no longer plain, or BLOCK */
} runs;

static inline uint64_t both(uint64_t leads)
{
    return leads | leads << 1;
}

/* Joining marks beside characters of two bytes are left to the states: there
 * it is not seen whether they are letters or digits. */
static inline runs find_runs(const block *b)
{
    uint64_t marks = both(b->marks);
    uint64_t run = b->letters | b->digits | both(b->words) | marks;
    uint64_t joined = (b->join_letters & b->letters << 1 & b->letters >> 1) |
                      (b->join_digits & b->digits << 1 & b->digits >> 1);
    uint64_t between =
        (b->join_letters | b->join_digits) & run << 1 & run >> 1;
    uint64_t hard = b->other | (b->far & ~both(b->two)) |
                    (between & (b->far << 1 | b->far >> 1)) |
                    (b->join & run >> 2) | (b->marks & ~(run << 1));
    runs found;

    run |= joined;
    found.stop = BLOCK;
    if (hard) {
        found.stop = (unsigned)__builtin_ctzll(hard);
        run &= ((uint64_t)1 << found.stop) - 1;
    }
    found.starts = run & ~(run << 1);
    found.ends = ~run & run << 1;
    return found;
}

#if defined(__x86_64__)
#include <immintrin.h>

#define VECTORS __attribute__((target("avx2,bmi,bmi2,popcnt")))

/* Tables as they lie in registers. */
typedef struct {
    __m256i ascii[ZUB_ASCII_SETS];
    __m256i latin[ZUB_TWO_SETS]; /* lead bytes C2 and C3 */
    __m256i low[ZUB_TWO_SETS];   /* the first two of the group */
    __m256i high[ZUB_TWO_SETS];  /* the others */
    __m256i group;               /* lead bytes: its first */
} tables;

VECTORS static inline __m256i load_table(const uint8_t *table)
{
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)table));
}

VECTORS static inline void load_group(tables *t, const zub_word_blocks *blocks,
                                      unsigned group)
{
    for (int i = 0; i < ZUB_TWO_SETS; i++) {
        t->low[i] = load_table(blocks->two[group - 0x30][i][0]);
        t->high[i] = load_table(blocks->two[group - 0x30][i][1]);
    }
    t->group = _mm256_set1_epi8((char)(group * 4));
}

VECTORS static inline void
load_tables(tables *t, const zub_word_blocks *blocks, unsigned group)
{
    for (int i = 0; i < ZUB_ASCII_SETS; i++)
        t->ascii[i] = load_table(blocks->ascii[i]);
    for (int i = 0; i < ZUB_TWO_SETS; i++)
        t->latin[i] = load_table(blocks->two[0][i][1]);
    load_group(t, blocks, group);
}

/* A bit for each of 32 bytes that is not zero. */
VECTORS static inline uint64_t bits(__m256i v)
{
    return (uint32_t)~_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

/* 1 << i for each byte i of 0..7. */
VECTORS static inline __m256i powers(__m256i v)
{
    const __m256i table = _mm256_set1_epi64x((long long)0x8040201008040201u);

    return _mm256_shuffle_epi8(table, v);
}

VECTORS static inline void read_ascii(block *b, const tables *t, __m256i v,
                                      int shift)
{
    __m256i nibble = _mm256_set1_epi8(15);
    __m256i high =
        powers(_mm256_and_si256(_mm256_srli_epi16(v, 4), _mm256_set1_epi8(7)));
    uint64_t found[ZUB_ASCII_SETS];

    /* A byte of 80 and above shuffles in a zero: it is in no set. */
    v = _mm256_and_si256(v, _mm256_or_si256(nibble, _mm256_set1_epi8(-128)));
    for (int i = 0; i < ZUB_ASCII_SETS; i++)
        found[i] =
            bits(_mm256_and_si256(high, _mm256_shuffle_epi8(t->ascii[i], v)))
            << shift;
    b->letters |= found[ZUB_ASCII_LETTER];
    b->digits |= found[ZUB_ASCII_DIGIT];
    b->join_letters |= found[ZUB_ASCII_JOINS_LETTERS];
    b->join_digits |= found[ZUB_ASCII_JOINS_DIGITS];
    b->other |= found[ZUB_ASCII_OTHER];
}

VECTORS static inline __m256i equal(__m256i v, int mask, __m256i value)
{
    return _mm256_cmpeq_epi8(_mm256_and_si256(v, _mm256_set1_epi8((char)mask)),
                             value);
}

VECTORS static inline void read_two(block *b, const tables *t, __m256i lead,
                                    __m256i trail, int shift)
{
    __m256i place = powers(_mm256_or_si256(
        _mm256_and_si256(_mm256_slli_epi16(lead, 2), _mm256_set1_epi8(4)),
        _mm256_and_si256(_mm256_srli_epi16(trail, 4), _mm256_set1_epi8(3))));
    __m256i nibble = _mm256_and_si256(trail, _mm256_set1_epi8(15));
    __m256i is_latin = equal(lead, 0xFE, _mm256_set1_epi8((char)0xC2));
    __m256i is_group = equal(lead, 0xFC, t->group);
    __m256i is_high = _mm256_slli_epi16(lead, 6);
    uint64_t found[ZUB_TWO_SETS];

    place = _mm256_and_si256(place,
                             equal(trail, 0xC0, _mm256_set1_epi8((char)0x80)));
    for (int i = 0; i < ZUB_TWO_SETS; i++) {
        __m256i latin = _mm256_shuffle_epi8(t->latin[i], nibble);
        __m256i group = _mm256_blendv_epi8(
            _mm256_shuffle_epi8(t->low[i], nibble),
            _mm256_shuffle_epi8(t->high[i], nibble), is_high);
        __m256i map = _mm256_or_si256(_mm256_and_si256(latin, is_latin),
                                      _mm256_and_si256(group, is_group));
        found[i] = bits(_mm256_and_si256(map, place)) << shift;
    }
    b->words |= found[ZUB_TWO_WORD];
    b->marks |= found[ZUB_TWO_MARK];
    b->join |= found[ZUB_TWO_JOINS];
    b->two |= found[ZUB_TWO_PLAIN];
}

VECTORS static inline __m256i load(const uint8_t *text)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)text);
}

/* Reads text[0 .. 65). */
VECTORS static inline void read_block(block *b, const tables *t,
                                      const uint8_t *text)
{
    __m256i first = load(text), second = load(text + 32);

    memset(b, 0, sizeof *b);
    read_ascii(b, t, first, 0);
    read_ascii(b, t, second, 32);
    b->far = (uint32_t)_mm256_movemask_epi8(first) |
             (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
    if (b->far == 0)
        return;
    read_two(b, t, first, load(text + 1), 0);
    read_two(b, t, second, load(text + 33), 32);
}

/* Writes the runs that are known to end, as far as there is room; returns how
 * many. found->starts keeps those that are left. */
VECTORS static inline size_t put_words(runs *found, size_t base,
                                       zub_scanned *out, size_t room)
{
    uint64_t ends = found->ends;
    size_t count = 0;

    ends &= found->stop > LEAST_GAP - 1
                ? ((uint64_t)1 << (found->stop - LEAST_GAP + 1)) - 1
                : 0;
    for (; ends && count < room; ends &= ends - 1) {
        unsigned start = (unsigned)_tzcnt_u64(found->starts);
        out[count++] = (zub_scanned){(uint32_t)(base + start),
                                     (uint32_t)_tzcnt_u64(ends) - start};
        found->starts &= found->starts - 1;
    }
    return count;
}

/* How far the walk may go on: to a run that was not written, else up to the
 * stop, but for the character before it, to which a mark may belong. */
static inline unsigned progress(const block *b, const runs *found)
{
    if (found->starts)
        return (unsigned)__builtin_ctzll(found->starts);
    if (found->stop == BLOCK)
        return BLOCK - (unsigned)(b->two >> (BLOCK - 1));
    if (found->stop == 0)
        return 0;
    return found->stop - 1 - (unsigned)(b->far >> (found->stop - 1) & 1);
}

/* Another script of two bytes stands where the walk stopped. */
static inline bool is_other_group(const uint8_t *text, unsigned stop,
                                  unsigned group)
{
    return stop < BLOCK && text[stop] >= 0xC4 && text[stop] < 0xE0 &&
           text[stop] / 4 != group;
}

VECTORS size_t zub_word_blocks_walk(const zub_word_blocks *blocks,
                                    zub_block_walk *walk, zub_scanned *out,
                                    size_t room)
{
    uint8_t rest[2 * BLOCK];
    size_t count = 0;
    bool has_turned = false;
    tables t;

    load_tables(&t, blocks, walk->group);
    while (walk->at < walk->size && count < room) {
        const uint8_t *text = walk->text + walk->at;
        size_t left = walk->size - walk->at;
        block b;
        if (left <= BLOCK) {
            memset(rest, 0, sizeof rest);
            text = memcpy(rest, text, left);
        }
        read_block(&b, &t, text);
        runs found = find_runs(&b);
        count += put_words(&found, walk->at, out + count, room - count);
        unsigned step_size = progress(&b, &found);
        walk->at += step_size < left ? step_size : left;
        if (found.stop < BLOCK && !has_turned &&
            is_other_group(text, found.stop, walk->group)) {
            walk->group = text[found.stop] / 4;
            load_group(&t, blocks, walk->group);
            has_turned = true;
        } else if (found.stop < BLOCK || step_size == 0) {
            break;
        }
    }
    return count;
}

#else

size_t zub_word_blocks_walk(const zub_word_blocks *blocks,
                            zub_block_walk *walk, zub_scanned *out,
                            size_t room)
{
    (void)blocks, (void)walk, (void)out, (void)room;
    return 0;
}

#endif
