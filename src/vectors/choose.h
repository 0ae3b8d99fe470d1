/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* choose.h - how many topics rows have. */
#ifndef ZUB_VECTORS_CHOOSE_H
#define ZUB_VECTORS_CHOOSE_H

#include "zubda.h"
#include "base/csr.h"

/* zub_choose_topics of zubda.h for sparse rows. On failure *k is 0. */
zub_status zub_choose_dimensions(size_t *k, const zub_csr *rows,
                                 const zub_choice_options *options,
                                 zub_error *error);

#endif
