/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* algebra.h - OpenBLAS as this process wants it: without threads of its own,
 * since commands have theirs. */
#ifndef ZUB_CLI_ALGEBRA_H
#define ZUB_CLI_ALGEBRA_H

#include "zubda.h"

/* Before OpenBLAS is loaded, and before there are threads: it starts none,
 * unless OPENBLAS_NUM_THREADS says so. They take 3 ms, and 128 MiB of address
 * space each. */
void zub_algebra_expect(void);

/* The same, and loads it. Errors of zub_blas_threads. */
zub_status zub_algebra_prepare(zub_error *error);

#endif
