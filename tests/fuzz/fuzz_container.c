/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_container.c - any bytes as a .zub file, and again with its checksums
 * made right, for they keep nobody from lying in the numbers behind them. */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/container.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is followed lies within the bytes. */
static void read_all(zub_slice bytes)
{
    zub_container file;
    zub_error error;
    zub_slice section;
    const void *array;
    size_t count;

    if (zub_container_open(&file, bytes, "x.zub", "test", 1, &error) !=
        ZUB_OK) {
        assert(error.status != ZUB_OK && error.message[0] != '\0');
        return;
    }
    assert(file.fingerprint.size <= bytes.size);
    zub_container_check(&file, &error);
    zub_container_match(&file, (zub_slice){"ar", 2}, &error);
    if (zub_container_section(&file, "a", &section, &error) == ZUB_OK)
        assert(section.data >= bytes.data &&
               section.data + section.size <= bytes.data + bytes.size);
    if (zub_container_array(&file, "b", 4, &array, &count, &error) == ZUB_OK)
        assert(count * 4 <= bytes.size);
}

static uint32_t crc_of(const char *data, size_t size)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)data, size);
}

/* The checksum of the table, whose size the header says, then of the header. */
static void mend(char *file, size_t size)
{
    uint32_t sections, fingerprint, crc;

    memcpy(&sections, file + 36, 4);
    memcpy(&fingerprint, file + 48, 4);
    uint64_t front = (uint64_t)sections * 48 + fingerprint;
    if (front <= size - 64) {
        crc = crc_of(file + 64, (size_t)front);
        memcpy(file + 56, &crc, 4);
    }
    crc = crc_of(file, 60);
    memcpy(file + 60, &crc, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *file = malloc(size ? size : 1);

    if (size > 0)
        memcpy(file, data, size);
    read_all((zub_slice){file, size});
    if (size >= 64) {
        mend(file, size);
        read_all((zub_slice){file, size});
    }
    free(file);
    return 0;
}
