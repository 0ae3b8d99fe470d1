/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* names.c - see names.h. Open addressing, probed in a line.
 *
 * What the profile taught: with terms in slots of half a cache line, as types
 * are, a third of the time of counting characters went into growing the table
 * and into the pages it touched. The upper half of a hash is in the slot, so
 * growing reads no name and goes through both tables from front to back; it
 * tells all names but one in thousands, so a name is read to say yes.
 */
#include "terms/names.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define FIRST_SLOTS 1024u
#define MOST_NAMES (1u << 31)

/* What stands before a name's bytes. */
typedef struct name_head {
    uint32_t size, id;
} name_head;

void zub_names_close(zub_names *names)
{
    zub_free(names->slots);
    names->slots = NULL;
    names->mask = 0;
}

void zub_names_release(zub_names *names)
{
    zub_names_close(names);
    zub_free(names->bytes);
    *names = (zub_names){0};
}

size_t zub_names_memory(const zub_names *names)
{
    size_t slots = names->slots ? names->mask + 1 : 0;

    return (slots + names->capacity) * sizeof(uint64_t);
}

/* ---- Slots ---- */

static uint64_t load_tail(const char *data, size_t size)
{
    uint64_t value = 0;

    memcpy(&value, data, size < sizeof value ? size : sizeof value);
    return value;
}

/* The upper half of a hash. */
static uint32_t hash_of(uint64_t secret, zub_slice name)
{
    uint64_t hash = secret ^ name.size * ZUB_GOLDEN;
    size_t at = 0;

    for (; name.size - at >= 8; at += 8) {
        uint64_t eight;
        memcpy(&eight, name.data + at, sizeof eight);
        hash = zub_fold_product(hash ^ eight, 0xD6E8FEB86659FD93u);
    }
    if (at < name.size)
        hash ^= load_tail(name.data + at, name.size - at);
    return (uint32_t)(zub_fold_product(hash, ZUB_GOLDEN ^ secret) >> 32);
}

static inline uint64_t make_slot(uint32_t hash, size_t place)
{
    return (uint64_t)hash << 32 | (uint32_t)(place + 1);
}

static inline uint32_t hash_in(uint64_t slot)
{
    return (uint32_t)(slot >> 32);
}

static inline const uint64_t *name_at(const zub_names *names, uint64_t slot)
{
    return names->bytes + ((uint32_t)slot - 1);
}

static void move_slots(uint64_t *to, size_t mask, unsigned shift,
                       const zub_names *from)
{
    for (size_t i = 0; from->slots && i <= from->mask; i++) {
        uint64_t slot = from->slots[i];
        if (slot == 0)
            continue;
        size_t at = hash_in(slot) >> shift;
        while (to[at] != 0)
            at = (at + 1) & mask;
        to[at] = slot;
    }
}

static zub_status make_room(zub_names *names, size_t more)
{
    size_t size = names->slots ? names->mask + 1 : FIRST_SLOTS / 2;

    if (names->slots && names->count + more <= size / 4 * 3)
        return ZUB_OK;
    if (names->count + more > MOST_NAMES)
        return ZUB_ELIMIT;
    do
        size *= 2;
    while (names->count + more > size / 4 * 3);
    uint64_t *slots = zub_alloc_zero(size, sizeof *slots);
    if (!slots)
        return ZUB_ENOMEM;
    if (names->secret == 0)
        names->secret = zub_draw_secret(names);
    unsigned shift = 32 - (unsigned)__builtin_ctzll(size);
    move_slots(slots, size - 1, shift, names);
    zub_free(names->slots);
    names->slots = slots;
    names->mask = size - 1;
    names->shift = shift;
    return ZUB_OK;
}

/* ---- Names ---- */

static size_t words_of(size_t size)
{
    return 1 + size / 8 + (size % 8 > 0);
}

/* Should all be new. */
static zub_status make_byte_room(zub_names *names, const zub_slice *asked,
                                 size_t size)
{
    size_t need = names->used;

    for (size_t i = 0; i < size; i++) {
        if (asked[i].size > UINT32_MAX)
            return ZUB_ELIMIT;
        need += words_of(asked[i].size);
    }
    if (need >= UINT32_MAX)
        return ZUB_ELIMIT;
    return zub_grow(&names->bytes, &names->capacity, need,
                    sizeof *names->bytes)
               ? ZUB_OK
               : ZUB_ENOMEM;
}

static bool is_name(const uint64_t *stored, zub_slice name)
{
    name_head head;

    memcpy(&head, stored, sizeof head);
    return head.size == name.size &&
           memcmp(stored + 1, name.data, name.size) == 0;
}

static uint32_t id_of(const uint64_t *stored)
{
    name_head head;

    memcpy(&head, stored, sizeof head);
    return head.id;
}

static uint32_t add(zub_names *names, uint64_t *slot, uint32_t hash,
                    zub_slice name)
{
    name_head head = {(uint32_t)name.size, (uint32_t)names->count++};
    uint64_t *to = names->bytes + names->used;
    size_t words = words_of(name.size);

    *slot = make_slot(hash, names->used);
    to[words - 1] = 0;
    memcpy(to, &head, sizeof head);
    memcpy(to + 1, name.data, name.size);
    names->used += words;
    return head.id;
}

static uint32_t find(zub_names *names, uint32_t hash, zub_slice name)
{
    size_t at = hash >> names->shift;

    for (uint64_t slot; (slot = names->slots[at]) != 0;
         at = (at + 1) & names->mask)
        if (hash_in(slot) == hash && is_name(name_at(names, slot), name))
            return id_of(name_at(names, slot));
    return add(names, &names->slots[at], hash, name);
}

/* Asks for the name that is likely meant. */
static void expect(const zub_names *names, uint32_t hash)
{
    size_t at = hash >> names->shift;

    for (uint64_t slot; (slot = names->slots[at]) != 0;
         at = (at + 1) & names->mask)
        if (hash_in(slot) == hash) {
            __builtin_prefetch(name_at(names, slot));
            return;
        }
}

zub_status zub_names_find(zub_names *names, const zub_slice *asked,
                          size_t size, uint32_t *ids)
{
    uint32_t hashes[ZUB_NAMES_AT_ONCE];
    zub_status status = make_room(names, size);

    if (status == ZUB_OK)
        status = make_byte_room(names, asked, size);
    if (status != ZUB_OK)
        return status;
    for (size_t i = 0; i < size; i++) {
        hashes[i] = hash_of(names->secret, asked[i]);
        __builtin_prefetch(&names->slots[hashes[i] >> names->shift], 1);
    }
    for (size_t i = 0; i < size; i++)
        expect(names, hashes[i]);
    for (size_t i = 0; i < size; i++)
        ids[i] = find(names, hashes[i], asked[i]);
    return ZUB_OK;
}

void zub_names_list(const zub_names *names, zub_slice *out)
{
    const uint64_t *at = names->bytes;

    for (size_t i = 0; i < names->count; i++) {
        name_head head;
        memcpy(&head, at, sizeof head);
        out[i] = (zub_slice){(const char *)(at + 1), head.size};
        at += words_of(head.size);
    }
}
