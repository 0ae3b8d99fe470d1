/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reduction.c - the reductions of zubda.h: of a zub_matrix, whose rows are
 * taken whole, as objects. */
#include "base/error.h"
#include "base/mem.h"
#include "vectors/svd.h"
#include "vectors/whole.h"

zub_status zub_svd_new(zub_svd **out, zub_matrix *matrix,
                       const zub_svd_options *options, zub_error *error)
{
    zub_csr rows = {0};

    *out = NULL;
    zub_error_clear(error);
    if (!options || options->k == 0)
        return zub_fail(error, ZUB_EINVAL,
                        "a decomposition needs at least one dimension");
    zub_svd *svd = zub_alloc_zero(1, sizeof *svd);
    if (!svd)
        return zub_fail_memory(error);
    zub_status status = zub_matrix_whole(&rows, matrix, error);
    if (status == ZUB_OK)
        status = zub_svd_make(svd, &rows, options, error);
    zub_csr_release(&rows);
    if (status != ZUB_OK) {
        zub_free(svd);
        return status;
    }
    *out = svd;
    return ZUB_OK;
}

void zub_svd_free(zub_svd *svd)
{
    if (!svd)
        return;
    zub_svd_release(svd);
    zub_free(svd);
}

zub_svd_report zub_svd_about(const zub_svd *svd)
{
    return (zub_svd_report){svd->k, svd->values, svd->explained, svd->ratios};
}

zub_dense zub_svd_rows(const zub_svd *svd)
{
    return (zub_dense){svd->rows, svd->k, svd->u};
}

zub_dense zub_svd_components(const zub_svd *svd)
{
    return (zub_dense){svd->k, svd->columns, svd->components};
}

zub_status zub_svd_project(float *out, const zub_svd *svd, zub_matrix *matrix,
                           zub_error *error)
{
    zub_csr rows;
    zub_status status = zub_matrix_whole(&rows, matrix, error);

    if (status == ZUB_OK)
        status = zub_svd_fold(out, svd, &rows, 0, error);
    zub_csr_release(&rows);
    return status;
}
