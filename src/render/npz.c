/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* npz.c - zub_write_npz of matrix.h: NumPy's arrays (NEP 1, version 1.0) in a
 * ZIP. The order of members is that of the passes: no array waits in memory
 * for another. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "render/matrix_walk.h"
#include "render/npy.h"
#include "render/zip.h"

#define GATHER 4096

/* An array: its name, type and the bytes of its elements. */
typedef struct array {
    const char *name, *type;
    uint64_t count;
    unsigned width;
} array;

static void begin(zub_zip *zip, const array *of, const char *shape)
{
    char header[ZUB_NPY_HEADER];

    zub_npy_header(header, of->type, shape);
    zub_zip_begin(zip, of->name, ZUB_NPY_HEADER + of->count * of->width);
    zub_zip_add(zip, header, sizeof header);
}

static void begin_vector(zub_zip *zip, const array *of)
{
    char shape[24];

    snprintf(shape, sizeof shape, "%" PRIu64 ",", of->count);
    begin(zip, of, shape);
}

/* Adds what a walk's block has of the array. */
typedef void adder(zub_zip *zip, const zub_matrix_walk *walk);

static void add_columns(zub_zip *zip, const zub_matrix_walk *walk)
{
    const zub_matrix_block *block = &walk->block;

    zub_zip_add(zip, block->cols,
                block->starts[block->rows] * sizeof *block->cols);
}

static void add_values(zub_zip *zip, const zub_matrix_walk *walk)
{
    const zub_matrix_block *block = &walk->block;

    zub_zip_add(zip, block->values,
                block->starts[block->rows] * sizeof *block->values);
}

/* Where rows end; the 0 before the first stands there already. */
static void add_ends(zub_zip *zip, const zub_matrix_walk *walk)
{
    const zub_matrix_block *block = &walk->block;
    int32_t ends[GATHER];

    for (size_t from = 0; from < block->rows; from += GATHER) {
        size_t size =
            block->rows - from < GATHER ? block->rows - from : GATHER;
        for (size_t i = 0; i < size; i++)
            ends[i] = (int32_t)(walk->entries + block->starts[from + i + 1]);
        zub_zip_add(zip, ends, size * sizeof *ends);
    }
}

static void add_long_ends(zub_zip *zip, const zub_matrix_walk *walk)
{
    const zub_matrix_block *block = &walk->block;
    int64_t ends[GATHER];

    for (size_t from = 0; from < block->rows; from += GATHER) {
        size_t size =
            block->rows - from < GATHER ? block->rows - from : GATHER;
        for (size_t i = 0; i < size; i++)
            ends[i] = (int64_t)(walk->entries + block->starts[from + i + 1]);
        zub_zip_add(zip, ends, size * sizeof *ends);
    }
}

/* One pass. */
static zub_status add_blocks(zub_zip *zip, const zub_matrix_source *source,
                             adder *add, zub_error *error)
{
    zub_matrix_walk walk;
    zub_status status =
        zub_matrix_walk_init(&walk, source, add == add_values, error);

    if (status == ZUB_OK)
        status = zub_matrix_walk_next(&walk, error);
    while (status == ZUB_OK && walk.block.rows > 0 &&
           zub_zip_status(zip) == ZUB_OK) {
        add(zip, &walk);
        status = zub_matrix_walk_next(&walk, error);
    }
    return status;
}

static zub_status put_entries(zub_zip *zip, const zub_matrix_source *source,
                              const array *of, adder *add, zub_error *error)
{
    begin_vector(zip, of);
    zub_status status = add_blocks(zip, source, add, error);
    if (status == ZUB_OK)
        zub_zip_end(zip);
    return status;
}

static zub_status put_starts(zub_zip *zip, const zub_matrix_source *source,
                             zub_error *error)
{
    bool is_long = source->entries > INT32_MAX;
    array of = {"indptr.npy",
                is_long ? ZUB_NPY_ORDER "i8" : ZUB_NPY_ORDER "i4",
                source->rows + 1, is_long ? 8 : 4};
    int64_t first = 0;

    begin_vector(zip, &of);
    zub_zip_add(zip, &first, of.width);
    zub_status status =
        add_blocks(zip, source, is_long ? add_long_ends : add_ends, error);
    if (status == ZUB_OK)
        zub_zip_end(zip);
    return status;
}

/* What says that these arrays are a matrix, and of which shape. */
static void put_shape(zub_zip *zip, const zub_matrix_source *source)
{
    static const array format = {"format.npy", "|S3", 1, 3};
    static const array shape = {"shape.npy", ZUB_NPY_ORDER "i8", 2, 8};
    int64_t sides[2] = {(int64_t)source->rows, (int64_t)source->columns};

    begin(zip, &format, "");
    zub_zip_add(zip, "csr", 3);
    zub_zip_end(zip);
    begin_vector(zip, &shape);
    zub_zip_add(zip, sides, sizeof sides);
    zub_zip_end(zip);
}

static zub_status put_all(zub_zip *zip, const zub_matrix_source *source,
                          zub_error *error)
{
    const array cols = {"indices.npy", ZUB_NPY_ORDER "i4", source->entries, 4};
    const array values = {"data.npy", ZUB_NPY_ORDER "f4", source->entries, 4};
    zub_status status = put_entries(zip, source, &cols, add_columns, error);

    if (status == ZUB_OK)
        status = put_entries(zip, source, &values, add_values, error);
    if (status == ZUB_OK)
        status = put_starts(zip, source, error);
    if (status != ZUB_OK)
        return status;
    put_shape(zip, source);
    status = zub_zip_finish(zip);
    return status == ZUB_OK
               ? status
               : zub_fail(error, status, "%s", zub_status_text(status));
}

zub_status zub_write_npz(const zub_matrix_source *source,
                         const zub_matrix_style *options, zub_sink sink,
                         zub_error *error)
{
    zub_zip *zip;

    zub_error_clear(error);
    if (source->rows >= INT64_MAX / 8 || source->entries >= INT64_MAX / 8)
        return zub_fail(error, ZUB_EINVAL, "no array has so many elements");
    zub_status status =
        zub_zip_new(&zip, sink, options && options->compress, error);
    if (status != ZUB_OK)
        return status;
    status = put_all(zip, source, error);
    zub_zip_free(zip);
    return status;
}
