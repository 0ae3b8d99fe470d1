/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* The .zub container: what is written is read, and damage never passes. */
#include "test.h"

#include <stdlib.h>

#include <zlib.h>

#include "base/buffer.h"
#include "base/container.h"
#include "base/random.h"

static const zub_container_about about = {
    "language", 3, {"ar;stem;icu=72", 14}};

static const zub_section sections[] = {
    {"terms", {"abc\0defgh", 9}},
    {"empty", {NULL, 0}},
    {"counts", {"\1\0\0\0\2\0\0\0\3\0\0\0", 12}},
    {"a name of just 23 bytes", {"x", 1}},
};
#define COUNT (sizeof sections / sizeof *sections)

static zub_buffer written(const zub_section *list, size_t count)
{
    zub_buffer out;

    zub_buffer_init(&out, 1 << 20);
    CHECK_INT(
        zub_container_write(zub_buffer_sink(&out), &about, list, count, NULL),
        ZUB_OK);
    return out;
}

static zub_status open_bytes(zub_container *out, const char *data, size_t size,
                             zub_error *error)
{
    return zub_container_open(out, (zub_slice){data, size}, "x.zub",
                              "language", 3, error);
}

static void sections_come_back(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_container container;

    CHECK_INT(open_bytes(&container, file.data, file.size, NULL), ZUB_OK);
    CHECK_INT(container.section_count, COUNT);
    CHECK_INT(zub_container_check(&container, NULL), ZUB_OK);
    for (size_t i = 0; i < COUNT; i++) {
        zub_slice got, wanted = sections[i].bytes;
        CHECK(zub_container_has(&container, sections[i].name));
        CHECK_INT(
            zub_container_section(&container, sections[i].name, &got, NULL),
            ZUB_OK);
        CHECK(got.size == wanted.size);
        CHECK(got.size == 0 || memcmp(got.data, wanted.data, got.size) == 0);
        CHECK((uintptr_t)got.data % 8 == 0);
    }
    zub_buffer_release(&file);
}

static void arrays_have_whole_elements(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_container container;
    zub_error error;
    const void *data;
    size_t count;

    open_bytes(&container, file.data, file.size, NULL);
    CHECK_INT(
        zub_container_array(&container, "counts", 4, &data, &count, NULL),
        ZUB_OK);
    CHECK(count == 3 && ((const uint32_t *)data)[2] == 3);
    CHECK_INT(
        zub_container_array(&container, "terms", 4, &data, &count, &error),
        ZUB_EFORMAT);
    CHECK(!data && count == 0 && strstr(error.message, "'x.zub'"));
    zub_buffer_release(&file);
}

static void a_missing_section_is_named(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_container container;
    zub_error error;
    zub_slice bytes = {"x", 1};

    open_bytes(&container, file.data, file.size, NULL);
    CHECK(!zub_container_has(&container, "absent"));
    CHECK_INT(zub_container_section(&container, "absent", &bytes, &error),
              ZUB_EFORMAT);
    CHECK(!bytes.data && bytes.size == 0);
    CHECK_STR(error.message, "'x.zub' has no section 'absent'");
    zub_buffer_release(&file);
}

static void a_file_may_have_no_section(void)
{
    zub_buffer file = written(NULL, 0);
    zub_container container;

    CHECK_INT(open_bytes(&container, file.data, file.size, NULL), ZUB_OK);
    CHECK_INT(container.section_count, 0);
    CHECK_INT(container.fingerprint.size, about.fingerprint.size);
    zub_buffer_release(&file);
}

static void kind_and_version_must_be_those_wanted(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_slice bytes = zub_buffer_slice(&file);
    zub_container container;
    zub_error error;

    CHECK_INT(
        zub_container_open(&container, bytes, "x.zub", "state", 3, &error),
        ZUB_EFORMAT);
    CHECK_STR(error.message,
              "'x.zub' holds 'language', and 'state' is wanted");
    CHECK_INT(
        zub_container_open(&container, bytes, "x.zub", "language", 4, &error),
        ZUB_EVERSION);
    CHECK(strstr(error.message, "version 3") &&
          strstr(error.message, "version 4"));
    CHECK(!container.bytes.data);
    zub_buffer_release(&file);
}

static void another_analyzer_is_a_mismatch(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_container container;
    zub_error error;

    open_bytes(&container, file.data, file.size, NULL);
    CHECK_INT(zub_container_match(&container, about.fingerprint, NULL),
              ZUB_OK);
    CHECK_INT(zub_container_match(&container, (zub_slice){"ar", 2}, &error),
              ZUB_EMISMATCH);
    CHECK_STR(error.message, "'x.zub' was made with the analyzer "
                             "'ar;stem;icu=72', not with 'ar'");
    zub_buffer_release(&file);
}

/* True when a file opens and all its sections are as written. */
static bool answers_the_same(const char *data, size_t size)
{
    zub_container container;
    zub_error error = {0};

    if (open_bytes(&container, data, size, &error) != ZUB_OK) {
        CHECK(error.status == ZUB_EFORMAT || error.status == ZUB_EVERSION);
        CHECK(strstr(error.message, "'x.zub'"));
        return false;
    }
    for (size_t i = 0; i < COUNT; i++) {
        zub_slice got, wanted = sections[i].bytes;
        zub_status status =
            zub_container_section(&container, sections[i].name, &got, &error);
        if (status != ZUB_OK) {
            CHECK_INT(status, ZUB_EFORMAT);
            return false;
        }
        CHECK(got.size == wanted.size);
        CHECK(got.size == 0 || memcmp(got.data, wanted.data, got.size) == 0);
    }
    return true;
}

static void every_flipped_bit_is_found(void)
{
    zub_buffer file = written(sections, COUNT);

    for (size_t bit = 0; bit < file.size * 8; bit++) {
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ 1 << bit % 8);
        CHECK(!answers_the_same(file.data, file.size));
        file.data[bit / 8] = (char)(file.data[bit / 8] ^ 1 << bit % 8);
    }
    CHECK(answers_the_same(file.data, file.size));
    zub_buffer_release(&file);
}

static void every_byte_may_have_any_value(void)
{
    zub_buffer file = written(sections, COUNT);

    for (size_t at = 0; at < file.size; at++) {
        char before = file.data[at];
        for (int value = 0; value < 256; value++) {
            file.data[at] = (char)value;
            CHECK(answers_the_same(file.data, file.size) ==
                  (file.data[at] == before));
        }
        file.data[at] = before;
    }
    zub_buffer_release(&file);
}

/* Each in a block of its own size, so that a sanitizer sees one byte more. */
static void every_length_but_the_whole_is_refused(void)
{
    zub_buffer file = written(sections, COUNT);

    zub_buffer_add(&file, "\0\0\0\0\0\0\0\0", 8);
    for (size_t size = 0; size <= file.size; size++) {
        char *cut = malloc(size ? size : 1);
        memcpy(cut, file.data, size);
        CHECK(answers_the_same(cut, size) == (size == file.size - 8));
        free(cut);
    }
    zub_buffer_release(&file);
}

static uint32_t crc_of(const char *data, size_t size)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)data, size);
}

/* A header whose checksum is right can still lie: the CRC is no secret. */
static void forged_numbers_are_refused(void)
{
    zub_buffer file = written(sections, COUNT);
    zub_random random = {10, 0};
    static const uint64_t lies[] = {0,           1,
                                    7,           8,
                                    64,          255,
                                    256,         257,
                                    0x7FFFFFFF,  0xFFFFFFFF,
                                    0x100000000, UINT64_MAX - 7,
                                    UINT64_MAX,  UINT64_MAX / 2};
    size_t front = 64 + COUNT * 48 + about.fingerprint.size;
    char *before = malloc(file.size);

    memcpy(before, file.data, file.size);
    for (int round = 0; round < 100000; round++) {
        size_t at = zub_random_below(&random, front / 4) * 4;
        size_t size = zub_random_below(&random, 2) ? 4 : 8;
        uint64_t lie = lies[zub_random_below(&random, 14)];
        memcpy(file.data + at, &lie, size);
        uint32_t crc = crc_of(file.data + 64, front - 64);
        memcpy(file.data + 56, &crc, 4);
        crc = crc_of(file.data, 60);
        memcpy(file.data + 60, &crc, 4);
        zub_container container;
        if (open_bytes(&container, file.data, file.size, NULL) == ZUB_OK)
            zub_container_check(&container, NULL);
        memcpy(file.data, before, file.size);
    }
    free(before);
    zub_buffer_release(&file);
}

static void another_byte_order_is_another_version(void)
{
    zub_buffer file = written(sections, COUNT);
    uint32_t mark = 0x04030201;
    zub_container container;
    zub_error error;

    memcpy(file.data + 8, &mark, 4);
    CHECK_INT(open_bytes(&container, file.data, file.size, &error),
              ZUB_EVERSION);
    CHECK(strstr(error.message, "byte order"));
    zub_buffer_release(&file);
}

static void names_must_be_short_and_single(void)
{
    static const zub_section twice[] = {{"a", {"x", 1}}, {"a", {"y", 1}}};
    static const zub_section nameless[] = {{"", {"x", 1}}};
    static const zub_section no_name[] = {{NULL, {"x", 1}}};
    static const zub_section longer[] = {
        {"a name of just 24 bytes.", {"", 0}}};
    const zub_container_about unkind = {"a kind of 16 byte", 1, {NULL, 0}};
    zub_buffer out;

    zub_buffer_init(&out, 1000);
    zub_sink sink = zub_buffer_sink(&out);
    CHECK_INT(zub_container_write(sink, &about, twice, 2, NULL), ZUB_EINVAL);
    CHECK_INT(zub_container_write(sink, &about, nameless, 1, NULL),
              ZUB_EINVAL);
    CHECK_INT(zub_container_write(sink, &about, no_name, 1, NULL), ZUB_EINVAL);
    CHECK_INT(zub_container_write(sink, &about, longer, 1, NULL), ZUB_EINVAL);
    CHECK_INT(zub_container_write(sink, &unkind, NULL, 0, NULL), ZUB_EINVAL);
    CHECK_INT(out.size, 0);
    zub_buffer_release(&out);
}

static void a_full_sink_is_reported(void)
{
    zub_buffer whole = written(sections, COUNT);

    for (size_t room = 0; room < whole.size; room++) {
        zub_buffer out;
        zub_error error;

        zub_buffer_init(&out, room);
        CHECK_INT(zub_container_write(zub_buffer_sink(&out), &about, sections,
                                      COUNT, &error),
                  ZUB_ELIMIT);
        CHECK(error.message[0]);
        zub_buffer_release(&out);
    }
    zub_buffer_release(&whole);
}

int main(void)
{
    RUN(sections_come_back);
    RUN(arrays_have_whole_elements);
    RUN(a_missing_section_is_named);
    RUN(a_file_may_have_no_section);
    RUN(kind_and_version_must_be_those_wanted);
    RUN(another_analyzer_is_a_mismatch);
    RUN(every_flipped_bit_is_found);
    RUN(every_byte_may_have_any_value);
    RUN(every_length_but_the_whole_is_refused);
    RUN(forged_numbers_are_refused);
    RUN(another_byte_order_is_another_version);
    RUN(names_must_be_short_and_single);
    RUN(a_full_sink_is_reported);
    return DONE();
}
