/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* States and their merging under failure: whole, or nothing and no trace. */
#include "fault.h"
#include "test.h"

#include "state_samples.h"
#include "terms/check.h"
#include "terms/merge.h"

#define ARTICLES 6
#define PARTS 3

static sample_article articles[ARTICLES];

/* Of articles out of order by id, with n-grams and rows. */
static void make_parts(zub_state *parts[PARTS])
{
    sample_counting asked = {1, 2, true, true, false};
    size_t each = ARTICLES / PARTS;

    for (size_t i = 0; i < PARTS; i++)
        parts[i] = sample_state(articles + i * each, each, &asked);
}

static void merge_under(const zub_merge_options *options, bool wants_maps)
{
    zub_state *parts[PARTS], *out;
    zub_state_maps maps = {0};
    zub_error error;

    make_parts(parts);
    fault_on();
    zub_status status = zub_state_merge(&out, parts, PARTS, options,
                                        wants_maps ? &maps : NULL, &error);
    fault_off();
    if (fault_expect(status, out, &error))
        CHECK_INT(zub_state_check(out, "merged", NULL, NULL), ZUB_OK);
    else
        CHECK(!maps.files);
    zub_state_maps_release(&maps);
    zub_state_free(out);
    for (size_t i = 0; i < PARTS; i++)
        zub_state_free(parts[i]);
}

static void a_merge_in_memory(void)
{
    merge_under(&(zub_merge_options){.by_input = true}, true);
}

static void a_merge_that_sorts_articles(void)
{
    merge_under(&(zub_merge_options){.memory = 0}, false);
}

static void a_merge_in_files(void)
{
    merge_under(&(zub_merge_options){.memory = 1, .folder = sample_folder()},
                true);
}

static void a_state_is_written(void)
{
    zub_state *parts[PARTS];
    zub_buffer out;
    zub_error error;

    make_parts(parts);
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    fault_on();
    zub_status status =
        zub_state_write(parts[0], zub_buffer_sink(&out), &error);
    fault_off();
    fault_expect(status, NULL, &error);
    zub_buffer_release(&out);
    for (size_t i = 0; i < PARTS; i++)
        zub_state_free(parts[i]);
}

static void a_state_is_opened(void)
{
    char path[] = "/tmp/zubda-test.XXXXXX";
    int fd = mkstemp(path);
    zub_state *parts[PARTS], *state;
    zub_file_report report;
    zub_error error;

    make_parts(parts);
    zub_buffer bytes = sample_bytes(parts[0]);
    CHECK_INT(zub_file_write(fd, bytes.data, bytes.size), 0);
    close(fd);
    fault_on();
    zub_status status = zub_state_open(&state, path, &error);
    fault_off();
    fault_expect(status, state, &error);
    fault_on();
    status = zub_check_file(&report, path, &error);
    fault_off();
    fault_expect(status, NULL, &error);
    zub_state_free(state);
    unlink(path);
    zub_buffer_release(&bytes);
    for (size_t i = 0; i < PARTS; i++)
        zub_state_free(parts[i]);
}

/* Small and large pieces, of what is in memory and what is in a file. */
static void a_spool_is_whole_or_empty(void)
{
    static const char piece[200000];
    const char *const folders[] = {NULL, sample_folder()};

    for (size_t i = 0; i < 2; i++) {
        zub_spooler owner = {.folder = folders[i]};
        zub_spool spool;
        zub_file file;
        zub_error error;
        fault_on();
        zub_spool_init(&spool, &owner, 10);
        for (uint64_t k = 0; k < 20000; k++)
            zub_spool_add_u64(&spool, k);
        zub_spool_add(&spool, piece, sizeof piece);
        zub_spool_finish(&spool, &file);
        zub_status status = zub_spooler_report(&owner, &error);
        fault_off();
        if (fault_expect(status, file.bytes.data, &error)) {
            const uint64_t *numbers = (const void *)file.bytes.data;
            CHECK_INT(file.bytes.size, 160000 + sizeof piece);
            CHECK(numbers[19999] == 19999 && numbers[20000] == 0);
        }
        zub_file_close(&file);
    }
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

    sample_articles(articles, ARTICLES, 3);
    run("a_spool_is_whole_or_empty", all, a_spool_is_whole_or_empty);
    run("a_state_is_written", all, a_state_is_written);
    run("a_state_is_opened", all, a_state_is_opened);
    run("a_merge_in_memory", all, a_merge_in_memory);
    run("a_merge_that_sorts_articles", all, a_merge_that_sorts_articles);
    run("a_merge_in_files", all, a_merge_in_files);
    return DONE();
}
