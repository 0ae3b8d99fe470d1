/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_rules.c - see word_rules.h. The form of compiled rules is ICU's file
 * format "Brk " (source/common/rbbidata.h), version 6: a head that says where
 * the parts are, the forward table, the trie of classes, the rule statuses.
 * Whatever is not as expected leaves the rules unread, which is slow and
 * right. */
#include "text/word_rules.h"

#include <string.h>
#include <unicode/ures.h>

#include "base/error.h"
#include "base/mem.h"

#define MAGIC 0xB1A0u
#define FORMAT 6u

/* Options of a table. */
#define HAS_LOOK_AHEAD 1u
#define BEGINS_BEFORE_TEXT 2u /* with a class of its own */
#define HAS_BYTES 4u          /* cells of 8 bits, else of 16 */

#define CLASS_BEFORE_TEXT 2u
#define ACCEPTS 1u
#define FIRST_HANGUL 0xAC00

typedef struct {
    uint32_t magic;
    uint8_t format[4];
    uint32_t size, class_count;
    uint32_t forward, forward_size; /* byte offsets and sizes */
    uint32_t reverse, reverse_size;
    uint32_t trie, trie_size;
    uint32_t source, source_size;
    uint32_t statuses, statuses_size;
} head;

typedef struct {
    uint32_t state_count, row_size, first_dictionary, look_ahead, options;
} table_head;

/* The cells of a row, before its next states. */
enum { ACCEPTING, LOOK_AHEAD, STATUS, NEXT };

/* Copy what stands at a place; false where that is not inside. */
static bool copy(const zub_word_rules *rules, void *out, size_t at,
                 size_t size)
{
    if (at > rules->binary_size || size > rules->binary_size - at)
        return false;
    memcpy(out, (const char *)rules->binary + at, size);
    return true;
}

/* A row's rule statuses are a count and that many, ascending; ICU's answer is
 * the last. */
static bool is_word(const zub_word_rules *rules, const head *h, uint32_t index,
                    bool *out)
{
    int32_t count = 0, status = 0;
    size_t at = h->statuses + (size_t)index * sizeof status;

    if (!copy(rules, &count, at, sizeof count) || count < 1 || count > 64 ||
        !copy(rules, &status, at + (size_t)count * sizeof status,
              sizeof status))
        return false;
    *out = status >= UBRK_WORD_NONE_LIMIT;
    return true;
}

static bool read_row(zub_word_rules *rules, const head *h, uint32_t state,
                     const uint8_t *row, uint32_t state_count)
{
    bool word = false;

    if (row[LOOK_AHEAD] != 0 || row[ACCEPTING] > ACCEPTS ||
        !is_word(rules, h, row[STATUS], &word))
        return false;
    if (row[ACCEPTING])
        rules->kinds[state] =
            (uint8_t)(ZUB_SEGMENT_ENDS | (word ? ZUB_SEGMENT_IS_WORD : 0));
    for (uint32_t i = 0; i < h->class_count; i++) {
        uint8_t next = row[NEXT + i];
        if (next >= state_count)
            return false;
        rules->next[state * ZUB_WORD_CLASSES + i] = next;
        if (next == state)
            rules->loops[state] |= (uint64_t)1 << i;
    }
    return true;
}

static bool read_states(zub_word_rules *rules, const head *h)
{
    table_head table;
    uint8_t row[NEXT + ZUB_WORD_CLASSES];

    if (!copy(rules, &table, h->forward, sizeof table) ||
        table.options & HAS_LOOK_AHEAD || !(table.options & HAS_BYTES) ||
        table.state_count > ZUB_WORD_STATES ||
        h->class_count >= ZUB_WORD_CLASSES ||
        table.row_size != NEXT + h->class_count)
        return false;
    for (uint32_t i = 0; i < table.state_count; i++)
        if (!copy(rules, row,
                  h->forward + sizeof table + i * (size_t)table.row_size,
                  table.row_size) ||
            !read_row(rules, h, i, row, table.state_count))
            return false;
    for (uint32_t i = table.first_dictionary; i < h->class_count; i++)
        rules->dictionary |= (uint64_t)1 << i;
    rules->start = table.options & BEGINS_BEFORE_TEXT
                       ? rules->next[ZUB_WORD_CLASSES + CLASS_BEFORE_TEXT]
                       : 1;
    return rules->kinds[0] == 0 && rules->start != 0;
}

static bool read_classes(zub_word_rules *rules, const head *h)
{
    UErrorCode code = U_ZERO_ERROR;

    if (h->trie > rules->binary_size || h->trie % 4 != 0 ||
        h->trie_size > rules->binary_size - h->trie)
        return false;
    rules->classes =
        ucptrie_openFromBinary(UCPTRIE_TYPE_FAST, UCPTRIE_VALUE_BITS_8,
                               (const char *)rules->binary + h->trie,
                               (int32_t)h->trie_size, NULL, &code);
    if (U_FAILURE(code))
        return false;
    for (UChar32 c = 0; c < (UChar32)sizeof rules->low; c++) {
        rules->low[c] = UCPTRIE_FAST_GET(rules->classes, UCPTRIE_8, c);
        if (rules->low[c] >= h->class_count ||
            rules->dictionary >> rules->low[c] & 1)
            return false;
    }
    return true;
}

/* Hangul is of a dictionary class, but ICU ships no dictionary for it and then
 * leaves its segments as they are. */
static bool has_dictionary(const char *script)
{
    UErrorCode code = U_ZERO_ERROR;
    UResourceBundle *rules = ures_open(U_ICUDATA_NAME "-brkitr", "", &code);
    UResourceBundle *all = ures_getByKey(rules, "dictionaries", NULL, &code);
    bool is_sure = U_SUCCESS(code);

    ures_close(ures_getByKey(all, script, NULL, &code));
    ures_close(all);
    ures_close(rules);
    return !(is_sure && code == U_MISSING_RESOURCE_ERROR);
}

/* Without a dictionary the syllables get a class of their own. */
static void set_hangul(zub_word_rules *rules)
{
    const unsigned alias = ZUB_WORD_CLASSES - 1;

    rules->hangul = UCPTRIE_FAST_GET(rules->classes, UCPTRIE_8, FIRST_HANGUL);
    if (has_dictionary("Hang"))
        return;
    for (size_t i = 0; i < ZUB_WORD_STATES; i++) {
        uint8_t *row = rules->next + i * ZUB_WORD_CLASSES;
        row[alias] = row[rules->hangul];
        rules->loops[i] |= (rules->loops[i] >> rules->hangul & 1) << alias;
    }
    rules->hangul = (uint8_t)alias;
}

static bool is_known(const zub_word_rules *rules, head *h)
{
    return copy(rules, h, 0, sizeof *h) && h->magic == MAGIC &&
           h->format[0] == FORMAT;
}

/* What ICU compiled, in memory of our own. */
static bool read_binary(zub_word_rules *rules, UErrorCode *code)
{
    int32_t size = ubrk_getBinaryRules(rules->iterator, NULL, 0, code);

    if (U_FAILURE(*code))
        return false;
    rules->binary = zub_alloc((size_t)size, 1);
    if (!rules->binary)
        return false;
    rules->binary_size = (size_t)size;
    ubrk_getBinaryRules(rules->iterator, rules->binary, size, code);
    return U_SUCCESS(*code);
}

zub_status zub_word_rules_open(zub_word_rules **out, const char *lang,
                               zub_error *error)
{
    zub_word_rules *rules = zub_alloc_zero(1, sizeof *rules);
    UErrorCode code = U_ZERO_ERROR;

    *out = NULL;
    if (!rules)
        return zub_fail_memory(error);
    rules->iterator = ubrk_open(UBRK_WORD, lang, NULL, 0, &code);
    if (U_FAILURE(code) || !read_binary(rules, &code)) {
        zub_word_rules_close(rules);
        return zub_fail(error, ZUB_ENOMEM,
                        "cannot open the word rules of '%s': %s", lang,
                        U_FAILURE(code) ? u_errorName(code) : "out of memory");
    }
    *out = rules;
    return ZUB_OK;
}

void zub_word_rules_close(zub_word_rules *rules)
{
    if (!rules)
        return;
    ucptrie_close(rules->classes);
    ubrk_close(rules->iterator);
    zub_free(rules->binary);
    zub_free(rules);
}

bool zub_word_rules_equal(const zub_word_rules *a, const zub_word_rules *b)
{
    return a->binary_size == b->binary_size &&
           memcmp(a->binary, b->binary, a->binary_size) == 0;
}

void zub_word_rules_read(zub_word_rules *rules)
{
    head h;

    if (is_known(rules, &h) && read_states(rules, &h) &&
        read_classes(rules, &h)) {
        set_hangul(rules);
        return;
    }
    ucptrie_close(rules->classes);
    rules->classes = NULL;
}
