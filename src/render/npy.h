/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* npy.h - the header of NumPy's arrays (NEP 1, version 1.0). */
#ifndef ZUB_RENDER_NPY_H
#define ZUB_RENDER_NPY_H

#include "zubda.h"

#define ZUB_NPY_HEADER 128 /* bytes before an array: room for any shape */

/* Of this machine's bytes, before a type such as f4. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ZUB_NPY_ORDER "<"
#else
#define ZUB_NPY_ORDER ">"
#endif

/* `type` is NumPy's, with its order; `shape` the inside of a tuple, such as
 * "3, 4" or "3,". */
void zub_npy_header(char out[ZUB_NPY_HEADER], const char *type,
                    const char *shape);

#endif
