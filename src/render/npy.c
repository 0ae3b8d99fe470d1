/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* npy.c - see npy.h. */
#include "render/npy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "render/matrix_text.h"
#include "render/writer.h"

void zub_npy_header(char out[ZUB_NPY_HEADER], const char *type,
                    const char *shape)
{
    static const char magic[] = "\x93NUMPY\x01\x00";

    memset(out, ' ', ZUB_NPY_HEADER);
    memcpy(out, magic, 8);
    out[8] = ZUB_NPY_HEADER - 10;
    out[9] = 0;
    int size =
        snprintf(out + 10, ZUB_NPY_HEADER - 10,
                 "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }",
                 type, shape);
    out[10 + size] = ' ';
    out[ZUB_NPY_HEADER - 1] = '\n';
}

zub_status zub_render_npy(zub_dense dense, zub_sink sink, zub_error *error)
{
    char header[ZUB_NPY_HEADER], shape[48];
    size_t count, bytes;
    zub_writer out;

    zub_error_clear(error);
    if (__builtin_mul_overflow(dense.rows, dense.columns, &count) ||
        __builtin_mul_overflow(count, sizeof *dense.values, &bytes) ||
        bytes > PTRDIFF_MAX)
        return zub_fail(error, ZUB_EINVAL, "no array has so many elements");
    snprintf(shape, sizeof shape, "%zu, %zu", dense.rows, dense.columns);
    zub_npy_header(header, ZUB_NPY_ORDER "f4", shape);
    zub_writer_init(&out, sink);
    zub_write(&out, header, sizeof header);
    if (bytes > 0)
        zub_write(&out, (const char *)dense.values, bytes);
    return zub_writer_verdict(&out, error);
}
