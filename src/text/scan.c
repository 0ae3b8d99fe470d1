/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scan.c - see scan.h. Segments are found by ICU's own states, run over bytes.
 * Plain text, which most is, goes by blocks (word_blocks.h). A segment that
 * holds a character of a dictionary class is converted to
 * UTF-16 and cut by ICU, which looks at nothing outside of it either: every
 * byte is in one segment, so the whole is linear. */
#include "text/scan.h"

#include <string.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "base/mem.h"
#include "text/word_blocks.h"
#include "text/word_rules.h"

#define TEXT_MOST (((size_t)1 << 31) - 1)
#define TAG_MOST 24
#define REMEMBERED 16
#define PAYS 24u /* bytes that make a walk of blocks worth its while */
#define PAUSE_MOST 31u

/* A segment that ICU cuts. */
typedef struct {
    UChar *units;
    size_t capacity, size; /* in units; size 0: there is none */
    size_t unit, byte;     /* where the part before ended */
} zub_region;

/* The rules of one or more languages. */
typedef struct rule_set {
    struct rule_set *older;
    zub_word_rules *rules;
    zub_word_blocks blocks;
} rule_set;

struct zub_scanner {
    rule_set *newest; /* all met; owned */
    rule_set *chosen;
    struct {
        char lang[TAG_MOST];
        rule_set *set;
    } tags[REMEMBERED];
    unsigned oldest; /* tag, the next to be forgotten */
    zub_scan_way way;
    unsigned group; /* see zub_block_walk */
    unsigned pause; /* segments to find without a try of blocks */
    unsigned next_pause;
    const uint8_t *text;
    size_t size, at;
    zub_region region;
    bool has_failed;
};

zub_status zub_scanner_new(zub_scanner **out, zub_error *error)
{
    zub_scanner *scanner = zub_alloc_zero(1, sizeof *scanner);
    zub_status status;

    *out = NULL;
    if (!scanner)
        return zub_fail_memory(error);
    status = zub_scanner_choose(scanner, "und", error);
    if (status) {
        zub_scanner_free(scanner);
        return status;
    }
    *out = scanner;
    return ZUB_OK;
}

static void free_set(rule_set *set)
{
    zub_word_rules_close(set->rules);
    zub_free(set);
}

void zub_scanner_free(zub_scanner *scanner)
{
    if (!scanner)
        return;
    while (scanner->newest) {
        rule_set *older = scanner->newest->older;
        free_set(scanner->newest);
        scanner->newest = older;
    }
    zub_free(scanner->region.units);
    zub_free(scanner);
}

static rule_set *recall(const zub_scanner *scanner, const char *tag)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (scanner->tags[i].set && strcmp(scanner->tags[i].lang, tag) == 0)
            return scanner->tags[i].set;
    return NULL;
}

/* The set that has the same rules if there is one already, or this. */
static rule_set *keep(zub_scanner *scanner, rule_set *set)
{
    rule_set *known = scanner->newest;

    while (known && !zub_word_rules_equal(known->rules, set->rules))
        known = known->older;
    if (known) {
        free_set(set);
        return known;
    }
    zub_word_rules_read(set->rules);
    zub_word_blocks_init(&set->blocks, set->rules);
    set->older = scanner->newest;
    scanner->newest = set;
    return set;
}

static zub_status open_set(zub_scanner *scanner, rule_set **out,
                           const char *tag, zub_error *error)
{
    rule_set *set = zub_alloc_zero(1, sizeof *set);
    zub_status status;

    if (!set)
        return zub_fail_memory(error);
    status = zub_word_rules_open(&set->rules, tag, error);
    if (status) {
        free_set(set);
        return status;
    }
    *out = keep(scanner, set);
    return ZUB_OK;
}

zub_status zub_scanner_choose(zub_scanner *scanner, const char *lang,
                              zub_error *error)
{
    char tag[TAG_MOST] = "";
    rule_set *set;

    memcpy(tag, lang, strnlen(lang, sizeof tag - 1));
    set = recall(scanner, tag);
    if (!set) {
        zub_status status = open_set(scanner, &set, tag, error);
        if (status)
            return status;
        memcpy(scanner->tags[scanner->oldest].lang, tag, sizeof tag);
        scanner->tags[scanner->oldest].set = set;
        scanner->oldest = (scanner->oldest + 1) % REMEMBERED;
    }
    scanner->chosen = set;
    return zub_scanner_begin(scanner, (zub_slice){NULL, 0});
}

void zub_scanner_go(zub_scanner *scanner, zub_scan_way way)
{
    scanner->way = way;
}

zub_status zub_scanner_begin(zub_scanner *scanner, zub_slice text)
{
    if (text.size > TEXT_MOST)
        return ZUB_ELIMIT;
    scanner->text = (const uint8_t *)text.data;
    scanner->size = text.size;
    scanner->at = 0;
    scanner->group = 0xC4 / 4;
    scanner->pause = scanner->next_pause = 0;
    scanner->region.size = 0;
    scanner->has_failed = false;
    return ZUB_OK;
}

bool zub_scanner_failed(const zub_scanner *scanner)
{
    return scanner->has_failed;
}

/* The code point at text[*at], *at < size; moves *at behind it. */
static UChar32 decode(const uint8_t *text, size_t size, size_t *at)
{
    const uint8_t *head = text + *at;
    int32_t rest = size - *at < 4 ? (int32_t)(size - *at) : 4;
    int32_t used = 0;
    UChar32 c;

    U8_NEXT(head, used, rest, c);
    *at += (size_t)used;
    return c < 0 ? 0xFFFD : c;
}

/* ---- Segments that ICU cuts ---- */

static zub_status begin_region(zub_scanner *scanner, size_t start, size_t end)
{
    zub_region *region = &scanner->region;
    UErrorCode code = U_ZERO_ERROR;
    size_t size = 0;

    if (!zub_grow(&region->units, &region->capacity, end - start,
                  sizeof *region->units))
        return ZUB_ENOMEM;
    for (size_t at = start; at < end;) {
        UChar32 c = decode(scanner->text, end, &at);
        if (U_IS_BMP(c)) {
            region->units[size++] = (UChar)c;
        } else {
            region->units[size++] = U16_LEAD(c);
            region->units[size++] = U16_TRAIL(c);
        }
    }
    region->size = size;
    region->unit = 0;
    region->byte = start;
    ubrk_setText(scanner->chosen->rules->iterator, region->units,
                 (int32_t)size, &code);
    return U_FAILURE(code) ? ZUB_ENOMEM : ZUB_OK;
}

/* Behind the bytes of so many units. */
static size_t skip_units(const zub_scanner *scanner, size_t at, size_t count)
{
    while (count > 0) {
        UChar32 c = decode(scanner->text, scanner->size, &at);
        count -= U_IS_BMP(c) ? 1 : 2;
    }
    return at;
}

/* The next word of the region; 0: it is over. ICU cannot say that it failed,
 * but then it stops early. */
static size_t next_in_region(zub_scanner *scanner, zub_scanned *out)
{
    zub_region *region = &scanner->region;
    UBreakIterator *iterator = scanner->chosen->rules->iterator;
    int32_t unit;

    while ((unit = ubrk_next(iterator)) != UBRK_DONE) {
        size_t start = region->byte;
        region->byte = skip_units(scanner, start, (size_t)unit - region->unit);
        region->unit = (size_t)unit;
        if (ubrk_getRuleStatus(iterator) < UBRK_WORD_NONE_LIMIT)
            continue;
        *out =
            (zub_scanned){(uint32_t)start, (uint32_t)(region->byte - start)};
        return 1;
    }
    scanner->has_failed |= region->unit != region->size;
    region->size = 0;
    return 0;
}

/* ---- Segments that the states cut ---- */

typedef struct {
    size_t end;
    unsigned kind;
    bool has_dictionary; /* class in it */
} segment;

/* The class of the character at text[*at]; moves *at behind it. */
static unsigned next_class(const zub_word_rules *rules, const uint8_t *text,
                           size_t size, size_t *at)
{
    unsigned byte = text[*at];

    if (byte < 0x80) {
        ++*at;
        return rules->low[byte];
    }
    if (byte >= 0xC2 && byte < 0xE0 && *at + 1 < size &&
        text[*at + 1] >> 6 == 2) {
        *at += 2;
        return rules->low[(byte & 0x1F) << 6 | (text[*at - 1] & 0x3F)];
    }
    UChar32 c = decode(text, size, at);
    if (c >= 0xAC00 && c <= 0xD7A3)
        return rules->hangul;
    return UCPTRIE_FAST_GET(rules->classes, UCPTRIE_8, c);
}

/* The longest that the states accept from `at`, or one character. Most
 * characters leave the state as it is; to ask for that is no load that the
 * next one waits for. */
static segment find_segment(const zub_word_rules *rules, const uint8_t *text,
                            size_t size, size_t at)
{
    segment found = {at, 0, false};
    unsigned state = rules->start;
    uint64_t loops = 0;
    size_t start = at, first = at;
    bool has_dictionary = false;

    while (at < size) {
        unsigned class = next_class(rules, text, size, &at);
        has_dictionary |= rules->dictionary >> class & 1;
        if (first == start)
            first = at;
        if (!(loops >> class & 1)) {
            state = rules->next[state * ZUB_WORD_CLASSES + class];
            loops = rules->loops[state];
            if (state == 0)
                break;
        }
        if (rules->kinds[state])
            found = (segment){at, rules->kinds[state], has_dictionary};
    }
    state = at == size
                ? rules->next[state * ZUB_WORD_CLASSES + ZUB_WORD_CLASS_END]
                : 0;
    if (rules->kinds[state])
        found = (segment){at, rules->kinds[state], has_dictionary};
    if (found.end == start)
        found.end = first;
    return found;
}

/* Cut off the next segment; returns the words found: none or one. */
static size_t next_segment(zub_scanner *scanner, zub_scanned *out)
{
    size_t start = scanner->at;
    segment found = {scanner->size, 0, true};

    if (scanner->chosen->rules->classes)
        found = find_segment(scanner->chosen->rules, scanner->text,
                             scanner->size, start);
    scanner->at = found.end;
    if (found.has_dictionary) {
        scanner->has_failed =
            begin_region(scanner, start, found.end) != ZUB_OK;
        return 0;
    }
    *out = (zub_scanned){(uint32_t)start, (uint32_t)(found.end - start)};
    return found.kind >> 1 & 1;
}

/* ---- Both ---- */

static bool has_blocks(const zub_scanner *scanner)
{
    return scanner->pause == 0 && scanner->chosen->blocks.is_usable &&
           scanner->way != ZUB_SCAN_STATES;
}

/* A try that comes to nothing costs as much as two segments, so where they
 * are many they become rare. */
static size_t walk_blocks(zub_scanner *scanner, zub_scanned *out, size_t room)
{
    zub_block_reader *vectors =
        scanner->way == ZUB_SCAN_VECTORS ? zub_vector_reader() : NULL;
    zub_block_walk walk = {.text = scanner->text,
                           .size = scanner->size,
                           .at = scanner->at,
                           .group = scanner->group,
                           .read = vectors ? vectors : zub_read_block};
    size_t count =
        zub_word_blocks_walk(&scanner->chosen->blocks, &walk, out, room);

    if (walk.at - scanner->at >= PAYS)
        scanner->next_pause = 0;
    else if (scanner->next_pause < PAUSE_MOST)
        scanner->next_pause = 2 * scanner->next_pause + 1;
    scanner->pause = scanner->next_pause + 1;
    scanner->at = walk.at;
    scanner->group = walk.group;
    return count;
}

size_t zub_scanner_next(zub_scanner *scanner, zub_scanned *out, size_t room)
{
    size_t count = 0;

    while (count < room && !scanner->has_failed) {
        if (scanner->region.size > 0) {
            count += next_in_region(scanner, out + count);
        } else if (scanner->at == scanner->size) {
            break;
        } else if (has_blocks(scanner)) {
            count += walk_blocks(scanner, out + count, room - count);
        } else {
            scanner->pause -= scanner->pause > 0;
            count += next_segment(scanner, out + count);
        }
    }
    return count;
}
