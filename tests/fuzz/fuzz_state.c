/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_state.c - any bytes as a state file, and again with every checksum made
 * right, for they keep nobody from lying in the numbers behind them. What
 * opens is walked, merged with itself and written. */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/buffer.h"
#include "base/mem.h"
#include "terms/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t crc_of(const char *data, size_t size)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)data, size);
}

static uint32_t number_at(const char *file, size_t at)
{
    uint32_t number;

    memcpy(&number, file + at, sizeof number);
    return number;
}

static void put_at(char *file, size_t at, uint32_t number)
{
    memcpy(file + at, &number, sizeof number);
}

/* Sections first, then the table, whose size the header says, then that. */
static void mend(char *file, size_t size)
{
    uint64_t count = number_at(file, 36);
    uint64_t front = 48 * count + number_at(file, 48);
    uint64_t offset, length;

    if (front > size - 64)
        return;
    for (size_t row = 64; row < 64 + 48 * count; row += 48) {
        memcpy(&offset, file + row + 24, sizeof offset);
        memcpy(&length, file + row + 32, sizeof length);
        if (offset <= size && length <= size - offset)
            put_at(file, row + 40, crc_of(file + offset, (size_t)length));
    }
    put_at(file, 56, crc_of(file + 64, (size_t)front));
    put_at(file, 60, crc_of(file, 60));
}

static void walk(const zub_state *state)
{
    for (size_t i = 0; i < state->term_count; i++) {
        assert(zub_state_find(state, zub_state_term_bytes(state, i)) == i);
        assert(zub_state_surface(state, i).size > 0);
    }
    for (size_t i = 0; state->has_articles && i < state->articles; i++)
        zub_state_article_id(state, i);
}

static zub_buffer written(const zub_state *state)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    assert(zub_state_write(state, zub_buffer_sink(&out), NULL) == ZUB_OK);
    return out;
}

/* In memory and in files: the same, or the same refusal. */
static void merge(zub_state *state)
{
    zub_merge_options small = {.memory = 1, .folder = "/dev/shm"};
    zub_merge_options none = {0};
    zub_state *twice[2] = {state, state}, *a, *b;
    zub_status one = zub_state_merge(&a, twice, 2, &none, NULL, NULL);

    if (zub_state_merge(&b, twice, 2, &small, NULL, NULL) == ZUB_OK) {
        assert(one == ZUB_OK);
        zub_buffer left = written(a), right = written(b);
        assert(left.size == right.size &&
               memcmp(left.data, right.data, left.size) == 0);
        assert(zub_state_check(a, "x", NULL, NULL) == ZUB_OK);
        zub_buffer_release(&left);
        zub_buffer_release(&right);
    }
    zub_state_free(a);
    zub_state_free(b);
}

static void read_all(const char *data, size_t size)
{
    char *copy = zub_alloc(size, 1);
    zub_state *state;
    zub_error error;

    if (size > 0)
        memcpy(copy, data, size);
    zub_status status = zub_state_open_file(
        &state, (zub_file){{copy, size}, false}, "x.zub", &error);
    if (status != ZUB_OK) {
        assert(!state && error.status == status && error.message[0]);
        return;
    }
    walk(state);
    merge(state);
    zub_state_free(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *file = malloc(size ? size : 1);

    if (size > 0)
        memcpy(file, data, size);
    read_all(file, size);
    if (size >= 64) {
        mend(file, size);
        read_all(file, size);
    }
    free(file);
    return 0;
}
