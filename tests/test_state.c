/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* States as files: what is written is read, and damage never passes. */
#include "test.h"

#include <unistd.h>

#include <zlib.h>

#include "base/mem.h"
#include "state_samples.h"
#include "terms/check.h"
#include "terms/merge.h"

static const sample_counting everything = {1, 3, true, true, false};

static zub_state *some_state(void)
{
    sample_article articles[12];

    sample_articles(articles, 12, 4);
    return sample_state(articles, 12, &everything);
}

/* A copy of a size that a sanitizer knows; the state takes it over. */
static zub_status open_bytes(zub_state **out, const char *data, size_t size,
                             zub_error *error)
{
    char *copy = zub_alloc(size, 1);
    zub_file file = {{copy, size}, false};

    memcpy(copy, data, size);
    return zub_state_open_file(out, file, "x.zub", error);
}

static void counts_come_back(void)
{
    static const sample_counting countings[] = {{1, 1, false, true, false},
                                                {1, 1, true, false, true},
                                                {2, 3, true, true, false},
                                                {1, 2, false, false, false}};
    sample_article articles[12];

    sample_articles(articles, 12, 9);
    for (size_t i = 0; i < sizeof countings / sizeof *countings; i++)
        for (size_t count = 0; count <= 12; count += 6) {
            zub_state *state = sample_state(articles, count, &countings[i]);
            zub_buffer file = sample_bytes(state);
            zub_state *read;
            zub_error error;
            CHECK_INT(open_bytes(&read, file.data, file.size, &error), ZUB_OK);
            CHECK_STR(error.message, "");
            CHECK(read && sample_equal(read, state));
            CHECK(read && read->fingerprint.size == state->fingerprint.size);
            zub_state_free(read);
            zub_state_free(state);
            zub_buffer_release(&file);
        }
}

static void save(const char *path, const zub_buffer *bytes)
{
    FILE *file = fopen(path, "wb");

    CHECK(file && fwrite(bytes->data, 1, bytes->size, file) == bytes->size);
    if (file)
        fclose(file);
}

static void a_file_is_mapped_and_checked(void)
{
    char path[] = "/tmp/zubda-test.XXXXXX";
    zub_state *state = some_state(), *read;
    zub_buffer bytes = sample_bytes(state);
    zub_file_report report;
    zub_error error;

    close(mkstemp(path));
    save(path, &bytes);
    CHECK_INT(zub_state_open(&read, path, &error), ZUB_OK);
    CHECK(read->is_mapped && sample_equal(read, state));
    zub_state_free(read);
    CHECK_INT(zub_check_file(&report, path, &error), ZUB_OK);
    CHECK_STR(report.kind, "state");
    CHECK(strncmp(report.holds, "12 articles, ", 13) == 0 &&
          strstr(report.holds, "of up to 3 words, counts of each article"));
    bytes.size--;
    save(path, &bytes);
    CHECK_INT(zub_check_file(&report, path, &error), ZUB_EFORMAT);
    CHECK(strstr(error.message, path) && report.holds[0] == '\0');
    unlink(path);
    CHECK_INT(zub_state_open(&read, path, &error), ZUB_ENOTFOUND);
    CHECK(!read);
    zub_buffer_release(&bytes);
    zub_state_free(state);
}

static void every_kind_of_file_is_checked(void)
{
    static const struct {
        const char *path, *kind, *holds;
    } files[] = {{"models/language.zub", "language", "languages"},
                 {"models/ar/lexicon.zub", "lexicon", "words"},
                 {"models/ar/background.zub", "background", "articles"}};
    zub_file_report report;
    zub_error error;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CHECK_INT(zub_check_file(&report, files[i].path, &error), ZUB_OK);
        CHECK_STR(report.kind, files[i].kind);
        CHECK(strstr(report.holds, files[i].holds));
    }
    CHECK_INT(zub_check_file(&report, "Makefile", &error), ZUB_EFORMAT);
    CHECK_STR(error.message, "'Makefile' is not a .zub file, or cut off");
    CHECK_INT(zub_check_file(&report, "absent", &error), ZUB_ENOTFOUND);
    CHECK_INT(zub_check_file(&report, "src", &error), ZUB_EIO);
}

static void a_flipped_byte_never_passes(void)
{
    zub_state *state = some_state(), *read;
    zub_buffer file = sample_bytes(state);
    zub_error error;

    for (size_t i = 0; i < file.size; i++) {
        file.data[i] ^= (char)(1 << i % 8);
        zub_status status = open_bytes(&read, file.data, file.size, &error);
        CHECK(status == ZUB_EFORMAT || status == ZUB_EVERSION);
        CHECK(!read && error.message[0] && strstr(error.message, "x.zub"));
        file.data[i] ^= (char)(1 << i % 8);
    }
    zub_state_free(state);
    zub_buffer_release(&file);
}

static void a_file_that_is_cut_never_passes(void)
{
    zub_state *state = some_state(), *read;
    zub_buffer file = sample_bytes(state);

    for (size_t size = 0; size < file.size; size++) {
        CHECK_INT(open_bytes(&read, file.data, size, NULL), ZUB_EFORMAT);
        CHECK(!read);
    }
    zub_state_free(state);
    zub_buffer_release(&file);
}

/* ---- Lies behind right checksums ---- */

typedef struct entry {
    char name[24];
    uint64_t offset, size;
    uint32_t crc, reserved;
} entry;

static uint32_t crc_of(const char *data, size_t size)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)data, size);
}

static uint32_t number_at(const zub_buffer *file, size_t at)
{
    uint32_t number;

    memcpy(&number, file->data + at, sizeof number);
    return number;
}

static void mend(zub_buffer *file)
{
    size_t count = number_at(file, 36), fingerprint = number_at(file, 48);
    entry row;
    uint32_t crc;

    for (size_t i = 0; i < count; i++) {
        memcpy(&row, file->data + 64 + i * sizeof row, sizeof row);
        row.crc = crc_of(file->data + row.offset, row.size);
        memcpy(file->data + 64 + i * sizeof row, &row, sizeof row);
    }
    crc = crc_of(file->data + 64, count * sizeof row + fingerprint);
    memcpy(file->data + 56, &crc, sizeof crc);
    crc = crc_of(file->data, 60);
    memcpy(file->data + 60, &crc, sizeof crc);
}

/* What opens can be walked, merged and written. */
static void use(zub_state *state)
{
    zub_state *merged = NULL;

    for (size_t i = 0; i < state->term_count; i++) {
        zub_slice term = zub_state_term_bytes(state, i);
        CHECK_INT(zub_state_find(state, term), i);
        zub_state_surface(state, i);
    }
    zub_state_merge(&merged, &state, 1, NULL, NULL, NULL);
    if (merged) {
        zub_buffer file = sample_bytes(merged);
        zub_buffer_release(&file);
    }
    zub_state_free(merged);
}

static void lies_are_found_before_they_are_followed(void)
{
    zub_state *state = some_state(), *read;
    zub_buffer file = sample_bytes(state), copy;
    size_t start = 64 + 48 * (size_t)number_at(&file, 36), passed = 0;

    zub_buffer_init(&copy, ZUB_BUFFER_UNLIMITED);
    for (size_t i = start; i < file.size; i++) {
        zub_buffer_clear(&copy);
        zub_buffer_add(&copy, file.data, file.size);
        copy.data[i] ^= (char)(i % 3 ? 0x80 : 1);
        mend(&copy);
        if (open_bytes(&read, copy.data, copy.size, NULL) == ZUB_OK) {
            passed++;
            use(read);
            zub_state_free(read);
        }
    }
    CHECK(passed > 0 && passed < file.size / 2); /* counts may be anything */
    zub_state_free(state);
    zub_buffer_release(&file);
    zub_buffer_release(&copy);
}

/* Breaks an element of a section of u64 or u32; the message says what. */
static void check_lie(const char *section, size_t size, size_t element,
                      uint64_t value, const char *words)
{
    zub_state *state = some_state(), *read;
    zub_buffer file = sample_bytes(state);
    zub_error error = {.message = ""};
    entry row = {.name = ""};

    for (size_t i = 0; strcmp(row.name, section) != 0; i++)
        memcpy(&row, file.data + 64 + i * sizeof row, sizeof row);
    memcpy(file.data + row.offset + element * size, &value, size);
    mend(&file);
    CHECK_INT(open_bytes(&read, file.data, file.size, &error), ZUB_EFORMAT);
    if (!strstr(error.message, words)) {
        printf("# %s\n", error.message);
        CHECK(false);
    }
    zub_state_free(state);
    zub_buffer_release(&file);
}

static void a_lie_is_named(void)
{
    check_lie("about", 4, 26, 9, "its numbers make no sense");
    check_lie("about", 8, 3, 7, "it has not the size it should");
    check_lie("terms.ends", 8, 1, 999999, "the ends of its terms");
    check_lie("terms", 1, 0, 255, "its terms do not ascend");
    check_lie("terms.df", 4, 2, 13, "counts of articles");
    check_lie("forms.starts", 8, 2, 999999, "its forms belong to no term");
    check_lie("forms.ends", 8, 1, 999999, "the ends of its forms");
    check_lie("ngrams.prefix.2", 4, 0, 999999, "an n-gram is of no words");
    check_lie("ngrams.last.3", 4, 0, 999999, "an n-gram is of no words");
    check_lie("ngrams.prefix.3", 4, 1, 0, "its n-grams do not ascend");
    check_lie("ids.ends", 8, 0, 999999, "the ends of its ids");
    check_lie("ordinals", 8, 0, 999999, "in the wrong order");
    check_lie("rows.ends.1", 8, 0, 999999, "the ends of its rows");
    check_lie("rows.columns.2", 4, 0, 999999, "a row makes no sense");
    check_lie("rows.counts.3", 4, 0, 0, "a row makes no sense");
}

/* ---- Looking things up ---- */

static void terms_are_found(void)
{
    zub_state *state = some_state();
    static const char *const absent[] = {"", "a", "w", "wzzz", "zzz"};

    for (size_t i = 0; i < state->term_count; i++)
        CHECK_INT(zub_state_find(state, zub_state_term_bytes(state, i)), i);
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        CHECK(
            zub_state_find(state, (zub_slice){absent[i], strlen(absent[i])}) ==
            SIZE_MAX);
    zub_state_free(state);
}

static bool is_text(zub_slice slice, const char *text)
{
    return slice.size == strlen(text) &&
           memcmp(slice.data, text, slice.size) == 0;
}

static void the_commonest_form_is_shown(void)
{
    sample_counting asked = {1, 1, false, true, false};
    sample_article article = {"a",
                              0,
                              6,
                              {{"a", "ac"},
                               {"a", "ab"},
                               {"a", "ac"},
                               {"b", "bd"},
                               {"b", "bc"},
                               {"c", "c"}}};
    zub_state *state = sample_state(&article, 1, &asked);

    CHECK(is_text(zub_state_surface(state, 0), "ac"));
    CHECK(is_text(zub_state_surface(state, 1), "bc"));
    CHECK(is_text(zub_state_surface(state, 2), "c"));
    zub_state_free(state);
    asked.without_forms = true;
    state = sample_state(&article, 1, &asked);
    CHECK(is_text(zub_state_surface(state, 1), "b"));
    zub_state_free(state);
}

int main(void)
{
    RUN(counts_come_back);
    RUN(a_file_is_mapped_and_checked);
    RUN(every_kind_of_file_is_checked);
    RUN(a_flipped_byte_never_passes);
    RUN(a_file_that_is_cut_never_passes);
    RUN(lies_are_found_before_they_are_followed);
    RUN(a_lie_is_named);
    RUN(terms_are_found);
    RUN(the_commonest_form_is_shown);
    return DONE();
}
