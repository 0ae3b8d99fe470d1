/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* types.c - see types.h. Open addressing, probed in a line.
 *
 * What the profile taught: without the prefetch a lookup waits some 80 ns for
 * memory; with it, and with the count in the same line, it costs about 12. The
 * upper bits of a hash choose the slot, so that growing goes through both
 * tables from front to back.
 * Invariant: head, tag and, of longer ones, the arena's bytes decide whether
 * two types are the same; the rest of the hash is made anew when growing. */
#include "terms/types.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define FIRST_TYPES 1024u
#define SMALL_TYPES (1u << 17) /* fewer slots grow fourfold */
#define MOST_TYPES (1u << 31)
#define AHEAD 64u      /* words whose slots are on their way at once */
#define LONG_SIZE 255u /* in a tag: this or more */

/* A word on its way to its slot. */
typedef struct query {
    uint64_t head[2];
    uint64_t hash;
    uint32_t tag;
    uint32_t size;
} query;

void zub_types_init(zub_types *types)
{
    *types = (zub_types){0};
}

void zub_types_release(zub_types *types)
{
    zub_free(types->slots);
    zub_free(types->bytes);
    zub_types_init(types);
}

size_t zub_types_memory(const zub_types *types)
{
    size_t slots = types->slots ? types->mask + 1 : 0;

    return slots * sizeof *types->slots +
           types->capacity * sizeof *types->bytes;
}

void zub_types_pack(zub_types *types)
{
    size_t kept = 0;

    if (!types->slots)
        return;
    for (size_t i = 0; i <= types->mask; i++)
        if (types->slots[i].tag != 0)
            types->slots[kept++] = types->slots[i];
    if (kept == 0) {
        zub_types_release(types);
        return;
    }
    zub_type *smaller = zub_realloc(types->slots, kept, sizeof *smaller);
    types->slots = smaller ? smaller : types->slots;
    types->mask = kept - 1;
}

/* ---- Hashing ---- */

static inline uint64_t load(const char *data)
{
    uint64_t value;

    memcpy(&value, data, sizeof value);
    return value;
}

/* Sixteen bytes of ones, then sixteen of zeros: read from 16 - size on, they
 * keep the first `size` bytes of sixteen. */
static const union {
    unsigned char bytes[32];
    uint64_t align;
} ones = {{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
           255, 255, 255}};

static inline uint64_t hash_head(uint64_t secret, const uint64_t head[2],
                                 size_t size)
{
    return zub_fold_product(head[0] ^ secret,
                            head[1] ^ (size * ZUB_GOLDEN) ^
                                (secret << 32 | secret >> 32));
}

static uint64_t load_tail(const char *data, size_t size)
{
    uint64_t value = 0;

    memcpy(&value, data, size < sizeof value ? size : sizeof value);
    return value;
}

/* What follows the head of a long word. */
static uint64_t hash_rest(uint64_t hash, const char *data, size_t size)
{
    for (size_t at = ZUB_TYPE_INLINE; at < size; at += 8)
        hash = zub_fold_product(hash ^ load_tail(data + at, size - at),
                                0xD6E8FEB86659FD93u);
    return hash;
}

static inline uint32_t make_tag(uint64_t hash, size_t size)
{
    return (uint32_t)hash << 8 |
           (uint32_t)(size < LONG_SIZE ? size : LONG_SIZE);
}

/* The head of a word that 16 bytes can be read from. */
static inline void load_head(uint64_t head[2], const char *data, size_t size)
{
    size_t kept = size < ZUB_TYPE_INLINE ? size : ZUB_TYPE_INLINE;
    const char *mask = (const char *)ones.bytes + ZUB_TYPE_INLINE - kept;

    head[0] = load(data) & load(mask);
    head[1] = load(data + 8) & load(mask + 8);
}

/* The same of one that ends with its text. */
static void load_last(uint64_t head[2], const char *data, size_t size)
{
    char copy[ZUB_TYPE_INLINE] = {0};

    memcpy(copy, data, size < sizeof copy ? size : sizeof copy);
    memcpy(head, copy, sizeof copy);
}

static inline void make_query(query *out, uint64_t secret, zub_slice text,
                              zub_scanned word)
{
    const char *data = text.data + word.start;

    if (text.size - word.start >= ZUB_TYPE_INLINE)
        load_head(out->head, data, word.size);
    else
        load_last(out->head, data, word.size);
    out->hash = hash_head(secret, out->head, word.size);
    if (word.size > ZUB_TYPE_INLINE)
        out->hash = hash_rest(out->hash, data, word.size);
    out->tag = make_tag(out->hash, word.size);
    out->size = word.size;
}

/* ---- Comparing ---- */

static inline bool is_long(const zub_type *type)
{
    return (type->tag & 0xFF) > ZUB_TYPE_INLINE;
}

zub_slice zub_type_bytes(const zub_types *types, const zub_type *type)
{
    if (!is_long(type))
        return (zub_slice){(const char *)type->head, type->tag & 0xFF};
    const uint64_t *stored = types->bytes + type->place;
    return (zub_slice){(const char *)(stored + 1), (size_t)*stored};
}

static bool is_rest_same(const zub_types *types, const zub_type *type,
                         const query *asked, const char *data)
{
    zub_slice bytes = zub_type_bytes(types, type);

    return bytes.size == asked->size &&
           memcmp(bytes.data, data, bytes.size) == 0;
}

static inline bool is_same(const zub_types *types, const zub_type *type,
                           const query *asked, const char *data)
{
    return type->tag == asked->tag && type->head[0] == asked->head[0] &&
           type->head[1] == asked->head[1] &&
           (asked->size <= ZUB_TYPE_INLINE ||
            is_rest_same(types, type, asked, data));
}

/* ---- Growing ---- */

static uint64_t hash_type(const zub_types *types, const zub_type *type)
{
    zub_slice bytes = zub_type_bytes(types, type);
    uint64_t hash = hash_head(types->secret, type->head, bytes.size);

    return is_long(type) ? hash_rest(hash, bytes.data, bytes.size) : hash;
}

static void move_types(const zub_types *types, zub_type *to, size_t mask,
                       unsigned shift)
{
    for (size_t i = 0; types->slots && i <= types->mask; i++) {
        const zub_type *type = &types->slots[i];
        if (type->tag == 0)
            continue;
        size_t at = (size_t)(hash_type(types, type) >> shift);
        while (to[at].tag != 0)
            at = (at + 1) & mask;
        to[at] = *type;
    }
}

/* Room for `more` types, at most 5/8 full. */
static zub_status make_room(zub_types *types, size_t more)
{
    size_t size = types->slots ? types->mask + 1 : FIRST_TYPES / 2;

    if (types->slots && types->count + more <= size / 8 * 5)
        return ZUB_OK;
    if (types->count + more > MOST_TYPES)
        return ZUB_ELIMIT;
    do
        size *= size < SMALL_TYPES ? 4 : 2;
    while (types->count + more > size / 8 * 5);
    zub_type *slots = zub_alloc_zero(size, sizeof *slots);
    if (!slots)
        return ZUB_ENOMEM;
    if (types->secret == 0)
        types->secret = zub_draw_secret(types);
    unsigned shift = 64 - (unsigned)__builtin_ctzll(size);
    move_types(types, slots, size - 1, shift);
    zub_free(types->slots);
    types->shift = shift;
    types->slots = slots;
    types->mask = size - 1;
    return ZUB_OK;
}

/* Room for the longer ones of a batch, should all be new. */
static zub_status make_byte_room(zub_types *types, const zub_scanned *words,
                                 size_t size)
{
    size_t more = 0;

    for (size_t i = 0; i < size; i++)
        if (words[i].size > ZUB_TYPE_INLINE)
            more += 1 + ((size_t)words[i].size + 7) / 8;
    if (types->used + more > UINT32_MAX)
        return ZUB_ELIMIT;
    return more == 0 || zub_grow(&types->bytes, &types->capacity,
                                 types->used + more, sizeof *types->bytes)
               ? ZUB_OK
               : ZUB_ENOMEM;
}

static void store(zub_types *types, zub_type *type, const char *data,
                  size_t size)
{
    uint64_t *to = types->bytes + types->used;
    size_t words = (size + 7) / 8;

    type->place = (uint32_t)types->used;
    to[0] = size;
    to[words] = 0;
    memcpy(to + 1, data, size);
    types->used += 1 + words;
}

static void add(zub_types *types, zub_type *type, const query *asked,
                const char *data)
{
    *type = (zub_type){.head = {asked->head[0], asked->head[1]},
                       .tag = asked->tag,
                       .value = ZUB_NO_VALUE};
    if (asked->size > ZUB_TYPE_INLINE)
        store(types, type, data, asked->size);
    types->count++;
}

/* ---- Counting ---- */

/* From the slot behind the first one on. */
static size_t find_behind(zub_types *types, const query *asked, size_t at,
                          const char *data)
{
    for (;; at = (at + 1) & types->mask) {
        zub_type *type = &types->slots[at];
        if (is_same(types, type, asked, data))
            return at;
        if (type->tag == 0) {
            add(types, type, asked, data);
            return at;
        }
    }
}

/* Ask for the slots of some words. */
static void ask(const zub_types *types, query *asked, zub_slice text,
                const zub_scanned *words, size_t size)
{
    const zub_type *slots = types->slots;
    uint64_t secret = types->secret;
    unsigned shift = types->shift;

    for (size_t i = 0; i < size; i++) {
        make_query(&asked[i], secret, text, words[i]);
        __builtin_prefetch(&slots[asked[i].hash >> shift], 1);
    }
}

static void count(zub_types *types, const query *asked, zub_slice text,
                  const zub_scanned *words, size_t size, uint32_t *found)
{
    zub_type *slots = types->slots;
    unsigned shift = types->shift;

    for (size_t i = 0; i < size; i++) {
        const char *data = text.data + words[i].start;
        size_t at = (size_t)(asked[i].hash >> shift);
        if (!is_same(types, &slots[at], &asked[i], data))
            at = find_behind(types, &asked[i], at, data);
        slots[at].count++;
        found[i] = (uint32_t)at;
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

zub_status zub_types_count(zub_types *types, zub_slice text,
                           const zub_scanned *words, size_t size,
                           uint32_t found[])
{
    query asked[2][AHEAD];
    zub_status status = make_room(types, size);

    if (status == ZUB_OK)
        status = make_byte_room(types, words, size);
    if (status != ZUB_OK)
        return status;
    ask(types, asked[0], text, words, least(size, AHEAD));
    for (size_t at = 0, turn = 0; at < size; at += AHEAD, turn ^= 1) {
        size_t next = at + AHEAD;
        if (next < size)
            ask(types, asked[turn ^ 1], text, words + next,
                least(size - next, AHEAD));
        count(types, asked[turn], text, words + at, least(size - at, AHEAD),
              found + at);
    }
    return ZUB_OK;
}

zub_status zub_types_find(zub_types *types, const zub_slice *names,
                          size_t size, uint32_t found[])
{
    query asked[ZUB_TYPES_AT_ONCE];
    zub_status status = make_room(types, size);

    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        zub_scanned word = {0, (uint32_t)names[i].size};
        if (names[i].size > UINT32_MAX)
            return ZUB_ELIMIT;
        make_query(&asked[i], types->secret, names[i], word);
        __builtin_prefetch(&types->slots[asked[i].hash >> types->shift], 1);
    }
    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        zub_scanned word = {0, (uint32_t)names[i].size};
        size_t at = (size_t)(asked[i].hash >> types->shift);
        if (word.size > ZUB_TYPE_INLINE)
            status = make_byte_room(types, &word, 1);
        if (status == ZUB_OK &&
            !is_same(types, &types->slots[at], &asked[i], names[i].data))
            at = find_behind(types, &asked[i], at, names[i].data);
        found[i] = (uint32_t)at;
    }
    return status;
}
