/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* The base under failure: nothing leaks, nothing is half done. */
#include "fault.h"
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/container.h"
#include "base/csr.h"
#include "base/file.h"
#include "base/gzip.h"
#include "base/heap.h"
#include "base/map.h"
#include "base/models.h"
#include "base/pool.h"

/* A size at which each growing thing grows more than once. */
#define MANY 3000u

static void a_buffer_keeps_what_it_has(void)
{
    zub_buffer buffer;
    size_t added = 0;

    zub_buffer_init(&buffer, ZUB_BUFFER_UNLIMITED);
    fault_on();
    for (; added < MANY && buffer.status == ZUB_OK; added++)
        zub_buffer_add_char(&buffer, 'x');
    fault_off();
    fault_expect(buffer.status, NULL, NULL);
    CHECK_INT(buffer.size, buffer.status == ZUB_OK ? MANY : added - 1);
    CHECK_INT(strlen(zub_buffer_slice(&buffer).data), buffer.size);
    zub_buffer_release(&buffer);
}

static void an_arena_keeps_its_pieces(void)
{
    zub_slice copies[100];
    zub_arena arena;
    size_t count = 0;

    zub_arena_init(&arena);
    fault_on();
    for (; count < 100; count++) {
        copies[count] = zub_arena_copy(&arena, (zub_slice){"a piece", 7});
        if (!copies[count].data)
            break;
        if (count % 10 == 0 && !zub_arena_alloc(&arena, 9000, 1))
            break;
    }
    fault_off();
    CHECK(count == 100 || fault_struck());
    for (size_t i = 0; i < count; i++)
        CHECK_STR(copies[i].data, "a piece");
    zub_arena_release(&arena);
}

/* A key that could not be added is not there; all others are. */
static void a_map_stays_whole(void)
{
    zub_map map;

    zub_map_init(&map);
    for (uint32_t i = 0; i < MANY; i++) {
        char text[12];
        zub_slice key = {text, (size_t)snprintf(text, sizeof text, "%u", i)};
        uint32_t before = map.count;
        if (i == 0)
            fault_on();
        uint32_t id = zub_map_add(&map, key);
        CHECK_INT(map.count, id == ZUB_MAP_NONE ? before : before + 1);
        CHECK_INT(zub_map_find(&map, key), id);
    }
    fault_off();
    CHECK(map.count == MANY || fault_struck());
    for (uint32_t id = 0; id < map.count; id++)
        CHECK_INT(zub_map_find(&map, map.names[id]), id);
    zub_map_release(&map);
}

static void a_heap_is_there_or_not(void)
{
    zub_heap heap;

    fault_on();
    bool is_made = zub_heap_init(&heap, 10);
    fault_off();
    CHECK(is_made != fault_struck());
    zub_heap_add(&heap, 1, 1);
    CHECK_INT(heap.size, is_made);
    zub_heap_release(&heap);
}

static void a_matrix_is_whole_or_nothing(void)
{
    zub_csr_builder builder;
    zub_csr matrix;

    zub_csr_builder_init(&builder, 50);
    fault_on();
    for (int32_t i = 0; i < 500; i++) {
        zub_csr_builder_add(&builder, i * 7 % 50, 1);
        if (i % 20 == 19)
            zub_csr_builder_end_row(&builder);
    }
    zub_status status = zub_csr_builder_finish(&builder, &matrix);
    fault_off();
    if (fault_expect(status, matrix.starts, NULL)) {
        CHECK_INT(matrix.rows, 25);
        CHECK(!zub_csr_flaw(&matrix, 500));
    }
    zub_csr_release(&matrix);
}

static void a_container_is_written_or_not(void)
{
    static const zub_section sections[] = {{"a", {"abc", 3}}, {"b", {"d", 1}}};
    const zub_container_about about = {"test", 1, {"ar", 2}};
    zub_container container;
    zub_buffer out;
    zub_error error;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status = zub_container_write(zub_buffer_sink(&out), &about,
                                            sections, 2, &error);
    fault_off();
    bool is_whole = fault_expect(status, NULL, &error);
    if (out.data)
        CHECK_INT(zub_container_open(&container, zub_buffer_slice(&out), "x",
                                     "test", 1, NULL) == ZUB_OK,
                  is_whole);
    zub_buffer_release(&out);
}

static zub_status read_file(void *context, char *out, size_t room, size_t *got)
{
    return zub_file_read(*(int *)context, out, room, got) == 0 ? ZUB_OK
                                                               : ZUB_EIO;
}

static void gzip_goes_through_a_file(void)
{
    static char text[5000], got[6000];
    char path[] = "/tmp/zubda-test.XXXXXX";
    int fd = mkstemp(path);
    zub_gzip_writer *writer;
    zub_gzip_reader *reader = NULL;
    zub_buffer zipped;
    size_t size = 0, piece;
    zub_status status;

    zub_buffer_init(&zipped, ZUB_BUFFER_UNLIMITED);
    fault_on();
    status = zub_gzip_writer_new(&writer, zub_buffer_sink(&zipped), 6, NULL);
    if (status == ZUB_OK) {
        zub_sink sink = zub_gzip_writer_sink(writer);
        sink.write(sink.context, text, sizeof text);
        status = zub_gzip_writer_finish(writer);
    }
    zub_gzip_writer_free(writer);
    if (status == ZUB_OK &&
        (zub_file_write(fd, zipped.data, zipped.size) != 0 ||
         lseek(fd, 0, SEEK_SET) != 0))
        status = ZUB_EWRITE;
    if (status == ZUB_OK)
        status = zub_gzip_reader_new(&reader, (zub_source){read_file, &fd}, 0,
                                     NULL);
    while (status == ZUB_OK) {
        status =
            zub_gzip_read(reader, got + size, sizeof got - size, &piece, NULL);
        size += piece;
        if (piece == 0)
            break;
    }
    fault_off();
    if (fault_expect(status, NULL, NULL))
        CHECK(size == sizeof text && memcmp(got, text, size) == 0);
    zub_gzip_reader_free(reader);
    zub_buffer_release(&zipped);
    close(fd);
    unlink(path);
}

static void a_file_is_open_or_empty(void)
{
    static const char *const paths[] = {"Makefile", "/dev/null",
                                        "/proc/self/status"};

    for (size_t i = 0; i < 3; i++) {
        zub_file file;
        zub_error error;
        fault_on();
        zub_status status = zub_file_open(&file, paths[i], &error);
        fault_off();
        fault_expect(status, file.bytes.data, &error);
        zub_file_close(&file);
    }
}

static void models_stay_usable(void)
{
    zub_models *models;
    zub_slice bytes;
    zub_error error;

    CHECK_INT(zub_models_open(&models, "tests", NULL), ZUB_OK);
    fault_on();
    zub_status status = zub_models_file(models, "test.h", &bytes, &error);
    fault_off();
    fault_expect(status, bytes.data, &error);
    CHECK_INT(zub_models_file(models, "test.h", &bytes, &error), ZUB_OK);
    CHECK(bytes.size > 100);
    zub_models_free(models);
}

static void count_step(void *context, size_t i, unsigned worker)
{
    (void)worker;
    ((unsigned char *)context)[i]++;
}

/* Without threads the caller does it all. */
static void the_work_is_done_anyway(void)
{
    unsigned char done[100] = {0};

    fault_on();
    zub_pool_each(4, 100, count_step, done);
    fault_off();
    for (int i = 0; i < 100; i++)
        CHECK_INT(done[i], 1);
}

static void run(const char *name, unsigned kinds, void (*scenario)(void))
{
    test_failed = 0;
    test_failed |= !fault_each(name, kinds, scenario);
    test_failures += test_failed;
    printf("%sok %d - %s\n", test_failed ? "not " : "", ++test_number, name);
}

int main(void)
{
    static const unsigned all = FAULT_ALLOC | FAULT_SYSTEM;

    run("a_buffer_keeps_what_it_has", all, a_buffer_keeps_what_it_has);
    run("an_arena_keeps_its_pieces", all, an_arena_keeps_its_pieces);
    run("a_map_stays_whole", all, a_map_stays_whole);
    run("a_heap_is_there_or_not", all, a_heap_is_there_or_not);
    run("a_matrix_is_whole_or_nothing", all, a_matrix_is_whole_or_nothing);
    run("a_container_is_written_or_not", all, a_container_is_written_or_not);
    run("gzip_goes_through_a_file", all, gzip_goes_through_a_file);
    run("a_file_is_open_or_empty", all, a_file_is_open_or_empty);
    run("models_stay_usable", all, models_stay_usable);
    run("the_work_is_done_anyway", all, the_work_is_done_anyway);
    return DONE();
}
