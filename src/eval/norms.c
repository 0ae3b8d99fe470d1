/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* norms.c - see norms.h. */
#include "eval/norms.h"

#include <string.h>

#define MISSING (-1e6) /* what trec_eval has for it */

static double normed(const zub_trec_line *norm, double value)
{
    if (norm && norm->spread > 0)
        return (value - norm->grade) / norm->spread;
    return norm && value == norm->grade ? 0 : MISSING;
}

static void norm_query(zub_ranking *ranking, const zub_trec_lines *norms,
                       size_t query)
{
    const zub_trec_query *lines =
        zub_trec_find_query(norms, ranking->names[query]);
    double *values = ranking->values + query * ranking->column_count;

    for (size_t i = 0; i < ranking->column_count; i++) {
        const char *name = ranking->columns[i].name;
        zub_slice measure = {name, strlen(name)};
        values[i] = normed(
            lines ? zub_trec_find_document(norms, lines, measure) : NULL,
            values[i]);
    }
}

zub_status zub_ranking_norm(zub_ranking *ranking, const char *path,
                            zub_error *error)
{
    zub_trec_lines norms;
    zub_status status = zub_trec_read_norms(&norms, path, error);

    if (status != ZUB_OK)
        return status;
    for (size_t q = 0; q < ranking->query_count; q++)
        norm_query(ranking, &norms, q);
    zub_trec_lines_release(&norms);
    ranking->facts.is_normed = true;
    return ZUB_OK;
}
