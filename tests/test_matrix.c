/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_matrix.c - matrices as npz, MatrixMarket, svmlight and JSONL: what
 * stands there byte for byte, that it can be had back, and that no source and
 * no sink can lie unnoticed. */
#include "base/buffer.h"
#include "base/random.h"
#include "render/matrix.h"
#include "render/zip.h"
#include "test.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SLICE(literal) ((zub_slice){literal, sizeof(literal) - 1})
#define MOST_ROWS 64
#define MOST_ENTRIES 4096

/* ---- A matrix in memory, read `per` rows at a time ---- */

typedef enum lie {
    LIE_NONE,
    LIE_FEWER,    /* the last row lacks its last entry */
    LIE_MORE,     /* the source said one less */
    LIE_ROW,      /* another row than was asked for */
    LIE_NO_ROWS,  /* an empty block */
    LIE_ROWS,     /* rows beyond the last */
    LIE_ORDER,    /* two columns change places */
    LIE_TWICE,    /* a column stands twice */
    LIE_RANGE,    /* a column beyond the last */
    LIE_NEGATIVE, /* a column before the first */
    LIE_VALUES,   /* no values */
    LIE_STARTS,   /* rows that overlap */
    LIE_END       /* how many there are */
} lie;

typedef struct matrix {
    uint64_t rows, columns;
    uint64_t starts[MOST_ROWS + 1];
    int32_t cols[MOST_ENTRIES];
    float values[MOST_ENTRIES];
    size_t per;
    lie lie;
    int reads, fail_at; /* the nth read fails; 0: none */
    uint64_t relative[MOST_ROWS + 2];
} matrix;

static matrix m;
static zub_buffer out;
static zub_error error;

static void tell_lie(zub_matrix_block *block, uint64_t last)
{
    switch (m.lie) {
    case LIE_FEWER:
        m.relative[block->rows] -= block->first + block->rows == m.rows;
        break;
    case LIE_ROW: block->first++; break;
    case LIE_NO_ROWS: block->rows = 0; break;
    case LIE_ROWS: block->rows = m.rows + 1; break;
    case LIE_VALUES: block->values = NULL; break;
    case LIE_STARTS: m.relative[0] = last; break;
    default: break;
    }
}

static zub_status read_block(void *context, uint64_t first, bool with_values,
                             zub_matrix_block *block, zub_error *why)
{
    uint64_t left = m.rows - first, start = m.starts[first];

    CHECK(context == &m);
    if (++m.reads == m.fail_at) {
        if (why)
            strcpy(why->message, "the spill is gone");
        return ZUB_EIO;
    }
    size_t rows = left < m.per ? (size_t)left : m.per;
    for (size_t r = 0; r <= rows; r++)
        m.relative[r] = m.starts[first + r] - start;
    *block = (zub_matrix_block){first, rows, m.relative, m.cols + start,
                                with_values ? m.values + start : NULL};
    tell_lie(block, m.relative[rows]);
    return ZUB_OK;
}

static zub_matrix_source source(void)
{
    return (zub_matrix_source){m.rows, m.columns,
                               m.starts[m.rows] - (m.lie == LIE_MORE),
                               read_block, &m};
}

static zub_status article(void *context, uint64_t row, zub_slice *id,
                          zub_error *why)
{
    static char name[32];

    (void)context, (void)why;
    snprintf(name, sizeof name, "a\"%u", (unsigned)row);
    *id = (zub_slice){name, strlen(name)};
    return ZUB_OK;
}

static zub_slice term(void *context, size_t column)
{
    static const zub_slice terms[] = {
        {"\xD9\x83\xD8\xAA\xD8\xA8", 6}, {"b\t\"", 3}, {"\xFF", 1}, {"d", 1}};

    (void)context;
    return terms[column % COUNT(terms)];
}

static const zub_matrix_names names = {article, term, NULL};

/* 1 0 0.5 0 / none / 0 0 0 -2.25 */
static void set_tiny(void)
{
    m = (matrix){.rows = 3,
                 .columns = 4,
                 .starts = {0, 2, 2, 3},
                 .cols = {0, 2, 3},
                 .values = {1, 0.5f, -2.25f},
                 .per = 2};
}

static void set_random(zub_random *random)
{
    uint64_t entries = 0;

    m = (matrix){.rows = zub_random_below(random, MOST_ROWS + 1),
                 .columns = zub_random_below(random, 200),
                 .per = 1 + (size_t)zub_random_below(random, 9)};
    for (uint64_t r = 0; r < m.rows; r++) {
        for (uint64_t c = 0; c < m.columns; c++)
            if (zub_random_below(random, 4) == 0 &&
                entries < (r + 1) * MOST_ENTRIES / MOST_ROWS) {
                m.cols[entries] = (int32_t)c;
                m.values[entries++] = (float)zub_random_uniform(random);
            }
        m.starts[r + 1] = entries;
    }
}

static zub_status write_as(const char *form, bool compress)
{
    zub_matrix_style options = {compress, &names};
    zub_matrix_source from = source();

    zub_buffer_clear(&out);
    m.reads = 0;
    return zub_matrix_form_find(form)->write(&from, &options,
                                             zub_buffer_sink(&out), &error);
}

static const char *text_of(const char *form)
{
    CHECK_INT(write_as(form, false), ZUB_OK);
    return out.size ? out.data : "";
}

/* ---- Text ---- */

static void a_matrix_market_file_counts_from_1(void)
{
    set_tiny();
    CHECK_STR(text_of("mtx"), "%%MatrixMarket matrix coordinate real general\n"
                              "3 4 3\n1 1 1\n1 3 0.5\n3 4 -2.25\n");
    m = (matrix){.columns = 9};
    CHECK_STR(text_of("mtx"),
              "%%MatrixMarket matrix coordinate real general\n0 9 0\n");
}

static void svmlight_has_a_line_an_article(void)
{
    set_tiny();
    CHECK_STR(text_of("svmlight"), "0 1:1 3:0.5\n0\n0 4:-2.25\n");
    m = (matrix){.columns = 9};
    CHECK_STR(text_of("svmlight"), "");
}

static void json_has_names_and_is_valid_whatever_they_are(void)
{
    set_tiny();
    m.values[1] = NAN;
    CHECK_STR(
        text_of("jsonl"),
        "{\"id\": \"a\\\"0\", \"terms\": [[\"\xD9\x83\xD8\xAA\xD8\xA8\", "
        "1], [\"\xEF\xBF\xBD\", null]]}\n"
        "{\"id\": \"a\\\"1\", \"terms\": []}\n"
        "{\"id\": \"a\\\"2\", \"terms\": [[\"d\", -2.25]]}\n");
    m = (matrix){.columns = 9};
    CHECK_STR(text_of("jsonl"), "");
    zub_matrix_source from = source();
    CHECK_INT(
        zub_write_matrix_jsonl(&from, NULL, zub_buffer_sink(&out), &error),
        ZUB_EINVAL);
}

static zub_slice long_term(void *context, size_t column)
{
    static char name[3 * 4096];

    (void)context;
    memset(name, 'a' + (int)column, sizeof name);
    return (zub_slice){name, sizeof name - (column == 2)};
}

static void long_names_are_written_whole(void)
{
    zub_matrix_names long_names = {article, long_term, NULL};
    zub_matrix_style options = {.names = &long_names};

    set_tiny();
    zub_matrix_source from = source();
    zub_buffer_clear(&out);
    CHECK_INT(
        zub_write_matrix_jsonl(&from, &options, zub_buffer_sink(&out), &error),
        ZUB_OK);
    CHECK_INT(strspn(strstr(out.data, "aaa"), "a"), 3 * 4096);
    CHECK_INT(strspn(strstr(out.data, "ccc"), "c"), 3 * 4096 - 1);
}

/* Row, column and value of each entry come back from the text. */
static void what_text_says_is_the_matrix(void)
{
    zub_random random = {1, 0};

    for (int round = 0; round < 50; round++) {
        set_random(&random);
        const char *at = strchr(text_of("mtx"), '\n') + 1;
        at = strchr(at, '\n') + 1;
        for (uint64_t r = 0; r < m.rows; r++)
            for (uint64_t i = m.starts[r]; i < m.starts[r + 1]; i++) {
                char *end;
                CHECK_INT(strtoull(at, &end, 10), r + 1);
                CHECK_INT(strtoull(end, &end, 10), m.cols[i] + 1);
                CHECK(strtof(end, &end) == m.values[i]);
                at = end + 1;
            }
        CHECK(*at == '\0');
    }
}

static void what_json_says_is_the_matrix(void)
{
    zub_random random = {2, 0};

    for (int round = 0; round < 20; round++) {
        set_random(&random);
        const char *at = text_of("jsonl");
        for (uint64_t r = 0; r < m.rows; r++) {
            cJSON *line = cJSON_ParseWithOpts(at, &at, false), *pair;
            uint64_t i = m.starts[r];
            cJSON_ArrayForEach(pair, cJSON_GetObjectItem(line, "terms"))
                CHECK((float)cJSON_GetArrayItem(pair, 1)->valuedouble ==
                      m.values[i++]);
            CHECK_INT(i, m.starts[r + 1]);
            cJSON_Delete(line);
        }
    }
}

/* ---- npz ---- */

static uint64_t number(size_t at, unsigned width)
{
    uint64_t value = 0;

    CHECK(at + width <= out.size);
    for (unsigned i = 0; i < width && at + width <= out.size; i++)
        value |= (uint64_t)(unsigned char)out.data[at + i] << 8 * i;
    return value;
}

/* A member of the zip in `out`, unpacked; NULL: it is not there or not right.
 * The directory at the end is believed, as readers do, and everything else
 * held against it. */
static unsigned char *member(const char *name, size_t *size)
{
    size_t end = out.size - 22, at = number(end + 16, 4);

    CHECK_INT(number(end, 4), 0x06054B50);
    CHECK_INT(number(end + 16, 4) + number(end + 12, 4), end);
    for (uint64_t left = number(end + 10, 2); left > 0; left--) {
        size_t name_size = number(at + 28, 2), local = number(at + 42, 4);
        CHECK_INT(number(at, 4), 0x02014B50);
        if (name_size != strlen(name) ||
            memcmp(out.data + at + 46, name, name_size) != 0) {
            at += 46 + name_size + number(at + 30, 2);
            continue;
        }
        size_t packed = number(at + 20, 4), data = local + 30 + name_size;
        *size = number(at + 24, 4);
        CHECK_INT(number(local, 4), 0x04034B50);
        CHECK(memcmp(out.data + local + 4, out.data + at + 6, 10) == 0);
        CHECK_INT(number(data + packed, 4), 0x08074B50);
        CHECK(memcmp(out.data + data + packed + 4, out.data + at + 16, 12) ==
              0);
        unsigned char *bytes = calloc(*size + 1, 1);
        z_stream stream = {.next_in = (unsigned char *)out.data + data,
                           .avail_in = (unsigned)packed,
                           .next_out = bytes,
                           .avail_out = (unsigned)*size + 1};
        if (number(at + 10, 2) == 0) {
            memcpy(bytes, out.data + data, *size);
        } else {
            inflateInit2(&stream, -15);
            CHECK_INT(inflate(&stream, Z_FINISH), Z_STREAM_END);
            CHECK_INT(stream.total_out, *size);
            inflateEnd(&stream);
        }
        CHECK_INT(crc32(0, bytes, (unsigned)*size), number(at + 16, 4));
        return bytes;
    }
    return NULL;
}

/* The member is this array. */
static void check_array(const char *name, const char *type, const char *shape,
                        const void *want, size_t want_size)
{
    char header[128];
    size_t size = 0;
    unsigned char *got = member(name, &size);

    CHECK(got != NULL);
    if (!got)
        return;
    snprintf(header, sizeof header,
             "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", type,
             shape);
    CHECK(memcmp(got, "\x93NUMPY\x01\x00\x76\x00", 10) == 0);
    CHECK(memcmp(got + 10, header, strlen(header)) == 0);
    CHECK(strspn((char *)got + 10 + strlen(header), " ") ==
          117 - strlen(header));
    CHECK_INT(got[127], '\n');
    CHECK_INT(size, 128 + want_size);
    CHECK(size == 128 + want_size &&
          (want_size == 0 || memcmp(got + 128, want, want_size) == 0));
    free(got);
}

static void check_npz(void)
{
    int32_t ends[MOST_ROWS + 1];
    int64_t sides[] = {(int64_t)m.rows, (int64_t)m.columns};
    size_t entries = (size_t)m.starts[m.rows];
    char shape[24];

    for (size_t r = 0; r <= m.rows; r++)
        ends[r] = (int32_t)m.starts[r];
    snprintf(shape, sizeof shape, "%zu,", entries);
    check_array("indices.npy", "<i4", shape, m.cols, 4 * entries);
    check_array("data.npy", "<f4", shape, m.values, 4 * entries);
    snprintf(shape, sizeof shape, "%u,", (unsigned)m.rows + 1);
    check_array("indptr.npy", "<i4", shape, ends, 4 * (m.rows + 1));
    check_array("format.npy", "|S3", "", "csr", 3);
    check_array("shape.npy", "<i8", "2,", sides, 16);
}

static void an_npz_holds_the_arrays_of_the_matrix(void)
{
    zub_random random = {3, 0};

    set_tiny();
    CHECK_INT(write_as("npz", false), ZUB_OK);
    check_npz();
    for (int round = 0; round < 60; round++) {
        set_random(&random);
        CHECK_INT(write_as("npz", round % 2), ZUB_OK);
        check_npz();
    }
    m = (matrix){.rows = 0};
    CHECK_INT(write_as("npz", true), ZUB_OK);
    check_npz();
}

/* Whatever the machine, the day and the version of zlib. */
static void a_stored_npz_has_the_same_bytes_for_ever(void)
{
    set_tiny();
    write_as("npz", false);
    CHECK_INT(out.size, 1277);
    CHECK_INT(crc32(0, (unsigned char *)out.data, (unsigned)out.size),
              0xC8AD7D67);
}

static void blocks_of_any_size_give_the_same_bytes(void)
{
    static const char *const forms[] = {"npz", "mtx", "svmlight", "jsonl"};
    zub_random random = {4, 0};

    for (size_t f = 0; f < COUNT(forms); f++) {
        set_random(&random);
        m.per = MOST_ROWS;
        write_as(forms[f], true);
        size_t size = out.size;
        unsigned long sum =
            crc32(0, (unsigned char *)out.data, (unsigned)size);
        for (m.per = 1; m.per < 6; m.per++) {
            write_as(forms[f], true);
            CHECK_INT(out.size, size);
            CHECK_INT(crc32(0, (unsigned char *)out.data, (unsigned)size),
                      sum);
        }
    }
}

static void python_s_zipfile_finds_nothing_wrong(void)
{
    char path[] = "/tmp/zubda-matrix-XXXXXX", command[96];
    zub_random random = {5, 0};

    if (system("python3 -c 'import zipfile' 2>/dev/null") != 0)
        return;
    set_random(&random);
    for (int compress = 0; compress < 2; compress++) {
        write_as("npz", compress);
        int fd = mkstemp(path);
        CHECK_INT(write(fd, out.data, out.size), out.size);
        close(fd);
        snprintf(command, sizeof command,
                 "python3 -m zipfile -t %s >/dev/null 2>&1", path);
        CHECK_INT(system(command), 0);
        unlink(path);
        memcpy(path + strlen(path) - 6, "XXXXXX", 6);
    }
}

/* ---- ZIP64 ---- */

/* Keeps the end of what comes, and the first header. */
typedef struct far_end {
    uint64_t size;
    size_t kept;
    char tail[1024];
} far_end;

static zub_status keep_end(void *context, const char *data, size_t size)
{
    far_end *end = context;

    end->size += size;
    if (size >= sizeof end->tail) {
        end->kept = 0;
        return ZUB_OK;
    }
    if (end->kept + size > sizeof end->tail) {
        size_t keep = sizeof end->tail - size;
        memmove(end->tail, end->tail + end->kept - keep, keep);
        end->kept = keep;
    }
    memcpy(end->tail + end->kept, data, size);
    end->kept += size;
    return ZUB_OK;
}

static uint64_t field(const far_end *end, size_t from_end, unsigned width)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < width; i++)
        value |= (uint64_t)(unsigned char)end->tail[end->kept - from_end + i]
                 << 8 * i;
    return value;
}

/* One member of 4 GiB and a small one behind it. */
static void sizes_above_32_bits_stand_in_zip64(void)
{
    static const char piece[1 << 20];
    static far_end end;
    uint64_t size = (uint64_t)1 << 32;
    zub_zip *zip;

    CHECK_INT(zub_zip_new(&zip, (zub_sink){keep_end, &end}, false, &error),
              ZUB_OK);
    zub_zip_begin(zip, "a", size);
    for (uint64_t at = 0; at < size; at += sizeof piece)
        zub_zip_add(zip, piece, sizeof piece);
    zub_zip_end(zip);
    uint64_t second = end.size;
    zub_zip_begin(zip, "b", 1);
    zub_zip_add(zip, "x", 1);
    zub_zip_end(zip);
    uint64_t directory = end.size;
    CHECK_INT(zub_zip_finish(zip), ZUB_OK);
    zub_zip_free(zip);

    CHECK_INT(second, 30 + 1 + 20 + size + 24);
    CHECK_INT(field(&end, 22, 4), 0x06054B50);
    CHECK_INT(field(&end, 6, 4), UINT32_MAX);
    CHECK_INT(field(&end, 42, 4), 0x07064B50);
    uint64_t large_end = field(&end, 34, 8);
    CHECK_INT(large_end, end.size - 98);
    CHECK_INT(field(&end, 98, 4), 0x06064B50);
    CHECK_INT(field(&end, 66, 8), 2);
    CHECK_INT(field(&end, 58, 8), large_end - directory);
    CHECK_INT(field(&end, 50, 8), directory);
    size_t first = (size_t)(end.size - directory);
    CHECK_INT(field(&end, first, 4), 0x02014B50);
    CHECK_INT(field(&end, first - 20, 4), UINT32_MAX);
    CHECK_INT(field(&end, first - 47, 4), 16u << 16 | 1);
    CHECK_INT(field(&end, first - 51, 8), size);
    CHECK_INT(field(&end, first - 59, 8), size);
    size_t other = first - 67;
    CHECK_INT(field(&end, other, 4), 0x02014B50);
    CHECK_INT(field(&end, other - 20, 4), 1);
    CHECK_INT(field(&end, other - 42, 4), UINT32_MAX);
    CHECK_INT(field(&end, other - 47, 4), 8u << 16 | 1);
    CHECK_INT(field(&end, other - 51, 8), second);
}

static void a_member_must_have_the_size_it_was_begun_with(void)
{
    zub_zip *zip;

    for (int more = 0; more < 2; more++) {
        zub_buffer_clear(&out);
        zub_zip_new(&zip, zub_buffer_sink(&out), more, NULL);
        zub_zip_begin(zip, "a", 3);
        zub_zip_add(zip, "wxyz", more ? 4 : 2);
        zub_zip_end(zip);
        CHECK_INT(zub_zip_status(zip), ZUB_EINVAL);
        CHECK_INT(zub_zip_finish(zip), ZUB_EINVAL);
        zub_zip_free(zip);
    }
    zub_zip_free(NULL);
}

static void a_zip_has_so_many_members_and_no_more(void)
{
    zub_zip *zip;

    zub_buffer_clear(&out);
    zub_zip_new(&zip, zub_buffer_sink(&out), false, NULL);
    for (int i = 0; i <= ZUB_ZIP_MEMBERS; i++) {
        CHECK_INT(zub_zip_status(zip), ZUB_OK);
        zub_zip_begin(zip, "a", 0);
        zub_zip_end(zip);
    }
    CHECK_INT(zub_zip_finish(zip), ZUB_EINVAL);
    zub_zip_free(zip);
}

/* ---- What may go wrong ---- */

static const char *const forms[] = {"npz", "mtx", "svmlight", "jsonl"};

static void set_for(lie of)
{
    zub_random random = {6, 0};

    do
        set_random(&random);
    while (m.rows < 3 || m.columns < 9 || m.starts[m.rows] == m.starts[2] ||
           m.starts[1] < 2 || m.starts[m.rows] == m.starts[m.rows - 1]);
    m.lie = of;
    if (of == LIE_ORDER) {
        int32_t first = m.cols[0];
        m.cols[0] = m.cols[1];
        m.cols[1] = first;
    }
    if (of == LIE_TWICE)
        m.cols[1] = m.cols[0];
    if (of == LIE_RANGE)
        m.cols[m.starts[m.rows] - 1] = (int32_t)m.columns;
    if (of == LIE_NEGATIVE)
        m.cols[0] = -1;
}

static void a_source_that_lies_is_refused(void)
{
    for (size_t f = 0; f < COUNT(forms); f++)
        for (lie of = LIE_FEWER; of < LIE_END; of++) {
            set_for(of);
            CHECK_INT(write_as(forms[f], false), ZUB_EINVAL);
            CHECK(strstr(error.message, "the source of the matrix gave "));
        }
    set_tiny();
    m.columns = (uint64_t)INT32_MAX + 1;
    for (size_t f = 0; f < COUNT(forms); f++)
        CHECK_INT(write_as(forms[f], false), ZUB_EINVAL);
}

static void a_source_that_fails_is_passed_on(void)
{
    for (size_t f = 0; f < COUNT(forms); f++)
        for (int n = 1; n <= 3; n++) {
            set_for(LIE_NONE);
            m.per = 1;
            m.fail_at = n;
            CHECK_INT(write_as(forms[f], false), ZUB_EIO);
            CHECK_STR(error.message, "the spill is gone");
            CHECK_INT(m.reads, n);
        }
}

typedef struct refusal {
    int left, after;
} refusal;

static zub_status refuse_nth(void *context, const char *data, size_t size)
{
    refusal *at = context;

    (void)data, (void)size;
    at->after += at->left == 0;
    at->left -= at->left > 0;
    return at->left == 0 ? ZUB_EWRITE : ZUB_OK;
}

static void nothing_reaches_a_sink_that_refused(void)
{
    zub_matrix_style options = {.names = &names};

    for (size_t f = 0; f < COUNT(forms); f++)
        for (int n = 1; n <= 40; n++) {
            refusal at = {n, 0};
            set_for(LIE_NONE);
            options.compress = n % 2;
            zub_matrix_source from = source();
            zub_status status = zub_matrix_form_find(forms[f])->write(
                &from, &options, (zub_sink){refuse_nth, &at}, &error);
            CHECK(status == (at.left == 0 ? ZUB_EWRITE : ZUB_OK));
            CHECK_INT(at.after, 0);
            CHECK(status == ZUB_OK ||
                  strcmp(error.message, "cannot write") == 0);
        }
}

static void forms_are_found_by_name(void)
{
    size_t count;
    const zub_matrix_form *all = zub_matrix_forms(&count);

    CHECK_INT(count, 4);
    for (size_t i = 0; i < count; i++)
        CHECK(zub_matrix_form_find(all[i].name) == &all[i]);
    CHECK(!zub_matrix_form_find("npzz"));
    CHECK(!zub_matrix_form_find(""));
}

/* ---- The tables beside it ---- */

static zub_status read_term(void *context, uint64_t column, zub_term_row *row,
                            zub_error *why)
{
    static const zub_term_row rows[] = {
        {{"\xD9\x83\xD8\xAA", 4}, {"\xD9\x83\xD8\xAA\xD8\xA8", 6}, 3, 7, 1.5},
        {{"a\tb\\", 4}, {"A\nb\x01", 4}, 0, 0, 0},
        {{"z", 1}, {"Z", 1}, 1, UINT64_MAX, 2.386294361119891},
    };

    (void)why;
    if (context && column == 1)
        return ZUB_EIO;
    *row = rows[column];
    return ZUB_OK;
}

static void terms_have_their_figures_and_rows_are_lines(void)
{
    zub_term_source terms = {3, read_term, NULL};

    zub_buffer_clear(&out);
    CHECK_INT(zub_write_terms(&terms, zub_buffer_sink(&out), &error), ZUB_OK);
    CHECK_STR(out.data, "id\tterm\tsurface\tdf\tcf\tidf\n"
                        "0\t\xD9\x83\xD8\xAA\t\xD9\x83\xD8\xAA\xD8\xA8\t3\t7"
                        "\t1.5\n"
                        "1\ta\\tb\\\\\tA\\nb\\u0001\t0\t0\t0\n"
                        "2\tz\tZ\t1\t18446744073709551615\t2.3862944\n");
    terms.context = &terms;
    CHECK_INT(zub_write_terms(&terms, zub_buffer_sink(&out), &error), ZUB_EIO);
}

static void articles_have_their_ids(void)
{
    refusal at = {1, 0};

    zub_buffer_clear(&out);
    CHECK_INT(zub_write_articles(2, &names, zub_buffer_sink(&out), &error),
              ZUB_OK);
    CHECK_STR(out.data, "row\tid\n0\ta\"0\n1\ta\"1\n");
    CHECK_INT(
        zub_write_articles(9999, &names, (zub_sink){refuse_nth, &at}, NULL),
        ZUB_EWRITE);
    CHECK_INT(at.after, 0);
}

int main(void)
{
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(a_matrix_market_file_counts_from_1);
    RUN(svmlight_has_a_line_an_article);
    RUN(json_has_names_and_is_valid_whatever_they_are);
    RUN(long_names_are_written_whole);
    RUN(what_text_says_is_the_matrix);
    RUN(what_json_says_is_the_matrix);
    RUN(an_npz_holds_the_arrays_of_the_matrix);
    RUN(a_stored_npz_has_the_same_bytes_for_ever);
    RUN(blocks_of_any_size_give_the_same_bytes);
    RUN(python_s_zipfile_finds_nothing_wrong);
    RUN(sizes_above_32_bits_stand_in_zip64);
    RUN(a_member_must_have_the_size_it_was_begun_with);
    RUN(a_zip_has_so_many_members_and_no_more);
    RUN(a_source_that_lies_is_refused);
    RUN(a_source_that_fails_is_passed_on);
    RUN(nothing_reaches_a_sink_that_refused);
    RUN(forms_are_found_by_name);
    RUN(terms_have_their_figures_and_rows_are_lines);
    RUN(articles_have_their_ids);
    zub_buffer_release(&out);
    return DONE();
}
