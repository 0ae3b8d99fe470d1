/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_plain.c - see word_plain.h. The proof looks at classes: what follows
 * from a state by a class holds for every character of the class. */
#include "text/word_plain.h"

#include <string.h>

#define GENERAL 0x2000

/* The classes and states that matter, by the rules' numbers. */
typedef struct {
    const zub_word_rules *rules;
    unsigned letter, digit, mark;         /* classes */
    unsigned behind_letter, behind_digit; /* states */
} proof;

static unsigned step(const zub_word_rules *rules, unsigned state,
                     unsigned class)
{
    return rules->next[state * ZUB_WORD_CLASSES + class];
}

/* Letters and digits follow one another in words, marks change nothing. */
static bool begin_proof(proof *p, const zub_word_rules *rules)
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

/* A segment that ends in this state is no word, and none begins in it. */
static bool is_gap(const proof *p, unsigned state)
{
    return p->rules->kinds[state] == ZUB_SEGMENT_ENDS &&
           step(p->rules, state, p->letter) == 0 &&
           step(p->rules, state, p->digit) == 0;
}

/* Behind a letter or digit no word ends with this class, but it may go on if
 * one of the same kind follows. */
static bool may_join(const proof *p, unsigned from, unsigned class,
                     unsigned same, unsigned other)
{
    unsigned state = step(p->rules, from, class);

    return state != 0 && p->rules->kinds[state] == 0 &&
           step(p->rules, state, same) == from &&
           step(p->rules, state, other) == 0;
}

static unsigned gap_flags(const proof *p, unsigned class)
{
    unsigned flags = ZUB_PLAIN_GAP;

    if (may_join(p, p->behind_letter, class, p->letter, p->digit))
        flags |= ZUB_PLAIN_JOINS_LETTERS;
    else if (step(p->rules, p->behind_letter, class) != 0)
        return 0;
    if (may_join(p, p->behind_digit, class, p->digit, p->letter))
        flags |= ZUB_PLAIN_JOINS_DIGITS;
    else if (step(p->rules, p->behind_digit, class) != 0)
        return 0;
    return flags;
}

static unsigned class_flags(const proof *p, unsigned class)
{
    if (class == p->letter)
        return ZUB_PLAIN_LETTER;
    if (class == p->digit)
        return ZUB_PLAIN_DIGIT;
    if (class == p->mark)
        return ZUB_PLAIN_MARK;
    if (p->rules->dictionary >> class & 1 ||
        !is_gap(p, step(p->rules, p->rules->start, class)))
        return 0;
    return gap_flags(p, class);
}

/* Does b behind a end the segment, or is it as if it stood alone? And behind
 * an a that joins, does it end the word? */
static bool are_apart(const proof *p, unsigned a, unsigned b)
{
    const zub_word_rules *rules = p->rules;
    unsigned both = step(rules, step(rules, rules->start, a), b);

    return (both == 0 || both == step(rules, rules->start, b)) &&
           step(rules, step(rules, p->behind_letter, a), b) == 0 &&
           step(rules, step(rules, p->behind_digit, a), b) == 0;
}

/* So are all gaps, hence the states may be asked from any of them on. */
static bool end_proof(const proof *p, const uint8_t *flags)
{
    for (unsigned a = 0; a < ZUB_WORD_CLASSES; a++)
        for (unsigned b = 0; b < ZUB_WORD_CLASSES; b++)
            if (flags[a] & flags[b] & ZUB_PLAIN_GAP && !are_apart(p, a, b))
                return false;
    return true;
}

static unsigned general_class(const zub_word_rules *rules, UChar32 i)
{
    return UCPTRIE_FAST_GET(rules->classes, UCPTRIE_8, GENERAL + i);
}

bool zub_word_plain_init(zub_word_plain *plain, const zub_word_rules *rules)
{
    uint8_t flags[ZUB_WORD_CLASSES] = {0}; /* of the classes met */
    proof p;

    if (!rules->classes || !begin_proof(&p, rules))
        return false;
    for (size_t c = 0; c < sizeof plain->two; c++)
        flags[rules->low[c]] = (uint8_t)class_flags(&p, rules->low[c]);
    for (int i = 0; i < 64; i++) {
        unsigned class = general_class(rules, i);
        flags[class] = (uint8_t)class_flags(&p, class);
    }
    if (!end_proof(&p, flags))
        return false;
    for (size_t c = 0; c < sizeof plain->two; c++)
        plain->two[c] = flags[rules->low[c]];
    memcpy(plain->ascii, plain->two, sizeof plain->ascii);
    for (int i = 0; i < 64; i++)
        plain->general[i] = flags[general_class(rules, i)];
    return true;
}
