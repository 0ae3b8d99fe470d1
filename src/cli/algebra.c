/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* algebra.c - see algebra.h. */
#include "cli/algebra.h"

#include <stdlib.h>

void zub_algebra_expect(void)
{
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
}

zub_status zub_algebra_prepare(zub_error *error)
{
    zub_algebra_expect();
    return zub_blas_threads(1, error);
}
