/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seen.c - see seen.h. Invariant: the set is open-addressed and at most half
 * full. */
#include "cli/seen.h"

#include <stdlib.h>

/* FNV-1a of 64 bits. */
uint64_t zub_seen_hash(zub_slice name)
{
    uint64_t hash = 14695981039346656037u;

    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 1099511628211u;
    return hash;
}

static bool insert(uint64_t *hashes, size_t capacity, uint64_t hash)
{
    size_t at = (size_t)hash & (capacity - 1);

    while (hashes[at] != 0 && hashes[at] != hash)
        at = (at + 1) & (capacity - 1);
    if (hashes[at] == hash)
        return false;
    hashes[at] = hash;
    return true;
}

static bool grow(zub_seen *seen)
{
    size_t capacity = seen->capacity ? seen->capacity * 2 : 64;
    uint64_t *hashes = calloc(capacity, sizeof *hashes);

    if (hashes == NULL)
        return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (seen->hashes[i] != 0)
            insert(hashes, capacity, seen->hashes[i]);
    free(seen->hashes);
    seen->hashes = hashes;
    seen->capacity = capacity;
    return true;
}

zub_status zub_seen_add(zub_seen *seen, zub_slice name, bool *is_new)
{
    uint64_t hash = zub_seen_hash(name);

    if (seen->count * 2 >= seen->capacity && !grow(seen))
        return ZUB_ENOMEM;
    *is_new = insert(seen->hashes, seen->capacity, hash ? hash : 1);
    seen->count += *is_new;
    return ZUB_OK;
}

void zub_seen_release(zub_seen *seen)
{
    free(seen->hashes);
    *seen = (zub_seen){0};
}
