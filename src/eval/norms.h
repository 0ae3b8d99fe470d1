/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* norms.h - values as how far from the usual they are: -Z of trec_eval. */
#ifndef ZUB_EVAL_NORMS_H
#define ZUB_EVAL_NORMS_H

#include "eval/ranking.h"

/* Every value less the mean that `path` has of its query and measure, over the
 * deviation it has; -1e6 where it has none, or nothing deviates but this one.
 * Errors of zub_trec_read_norms. */
zub_status zub_ranking_norm(zub_ranking *ranking, const char *path,
                            zub_error *error);

#endif
