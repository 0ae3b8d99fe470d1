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
#include <sys/random.h>

#include "base/mem.h"

#define FIRST_TYPES 1024u
#define MOST_TYPES (1u << 31)
#define AHEAD 64u      /* words whose slots are on their way at once */
#define LONG_SIZE 255u /* in a tag: this or more */

/* A word on its way to its slot. */
typedef struct query {
    uint64_t head[2];
    uint64_t hash;
} query;

static uint64_t draw_secret(const zub_types *types)
{
    uint64_t secret = 0;

    if (getrandom(&secret, sizeof secret, GRND_NONBLOCK) != sizeof secret)
        secret = (uintptr_t)types * 0x9E3779B97F4A7C15u;
    return secret | 1;
}

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

/* ---- Hashing ---- */

__extension__ typedef unsigned __int128 wide;

static inline uint64_t fold_product(uint64_t a, uint64_t b)
{
    wide product = (wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t load(const char *data)
{
    uint64_t value;

    memcpy(&value, data, sizeof value);
    return value;
}

/* The first `size` bytes of eight, zeros for the rest. Little endian or big:
 * states never leave the machine in this form. */
static inline uint64_t keep(uint64_t value, size_t size)
{
    static const union {
        unsigned char bytes[16];
        uint64_t align;
    } mask = {{255, 255, 255, 255, 255, 255, 255, 255}};

    return value & load((const char *)mask.bytes + 8 - size);
}

static inline uint64_t hash_head(uint64_t secret, const uint64_t head[2],
                                 size_t size)
{
    return fold_product(head[0] ^ secret, head[1] ^
                                              (size * 0x9E3779B97F4A7C15u) ^
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
        hash = fold_product(hash ^ load_tail(data + at, size - at),
                            0xD6E8FEB86659FD93u);
    return hash;
}

/* `is_far` from the end of what may be read: 16 bytes can be loaded. */
static inline void make_query(query *out, uint64_t secret, const char *data,
                              size_t size, bool is_far)
{
    if (is_far) {
        out->head[0] = keep(load(data), size < 8 ? size : 8);
        out->head[1] =
            size <= 8 ? 0 : keep(load(data + 8), size < 16 ? size - 8 : 8);
    } else {
        out->head[0] = load_tail(data, size);
        out->head[1] = size <= 8 ? 0 : load_tail(data + 8, size - 8);
    }
    out->hash = hash_head(secret, out->head, size);
    if (size > ZUB_TYPE_INLINE)
        out->hash = hash_rest(out->hash, data, size);
}

static inline uint32_t make_tag(uint64_t hash, size_t size)
{
    return (uint32_t)hash << 8 |
           (uint32_t)(size < LONG_SIZE ? size : LONG_SIZE);
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

static inline bool is_same(const zub_types *types, const zub_type *type,
                           const query *asked, uint32_t tag, const char *data,
                           size_t size)
{
    if (type->tag != tag || type->head[0] != asked->head[0] ||
        type->head[1] != asked->head[1])
        return false;
    if (size <= ZUB_TYPE_INLINE)
        return true;
    zub_slice bytes = zub_type_bytes(types, type);
    return bytes.size == size && memcmp(bytes.data, data, size) == 0;
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
        size *= 2;
    while (types->count + more > size / 8 * 5);
    zub_type *slots = zub_alloc_table(size, sizeof *slots);
    if (!slots)
        return ZUB_ENOMEM;
    if (types->secret == 0)
        types->secret = draw_secret(types);
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
                uint32_t tag, const char *data, size_t size)
{
    *type = (zub_type){.head = {asked->head[0], asked->head[1]},
                       .tag = tag,
                       .value = ZUB_NO_VALUE};
    if (size > ZUB_TYPE_INLINE)
        store(types, type, data, size);
    types->count++;
}

/* ---- Counting ---- */

static inline size_t find(zub_types *types, const query *asked,
                          const char *data, size_t size)
{
    uint32_t tag = make_tag(asked->hash, size);
    size_t at = (size_t)(asked->hash >> types->shift);

    for (;; at = (at + 1) & types->mask) {
        zub_type *type = &types->slots[at];
        if (is_same(types, type, asked, tag, data, size))
            return at;
        if (type->tag == 0) {
            add(types, type, asked, tag, data, size);
            return at;
        }
    }
}

/* Ask for the slots of some words. */
static void ask(const zub_types *types, query *asked, zub_slice text,
                const zub_scanned *words, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool is_far = text.size - words[i].start >= ZUB_TYPE_INLINE;
        make_query(&asked[i], types->secret, text.data + words[i].start,
                   words[i].size, is_far);
        __builtin_prefetch(&types->slots[asked[i].hash >> types->shift], 1);
    }
}

static void count(zub_types *types, const query *asked, zub_slice text,
                  const zub_scanned *words, size_t size, uint32_t *found)
{
    for (size_t i = 0; i < size; i++) {
        size_t at =
            find(types, &asked[i], text.data + words[i].start, words[i].size);
        types->slots[at].count++;
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

uint32_t *zub_types_value(zub_types *types, zub_slice bytes)
{
    zub_scanned word = {0, (uint32_t)bytes.size};
    uint32_t found;

    if (bytes.size > UINT32_MAX ||
        zub_types_count(types, bytes, &word, 1, &found) != ZUB_OK)
        return NULL;
    return &types->slots[found].value;
}
