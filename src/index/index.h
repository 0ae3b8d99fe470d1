/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* index.h - what searching asks of an open index. */
#ifndef ZUB_INDEX_INDEX_H
#define ZUB_INDEX_INDEX_H

#include "index/rules.h"
#include "index/shelf.h"

struct zub_index {
    const zub_models *models; /* borrowed */
    zub_manifest manifest;
    zub_shelf shelf;
    uint64_t articles; /* that are not gone */
    /* What ranking counts, those that are gone among them until their volume
     * is written anew: */
    uint64_t passages, length, gram_total;
};

#endif
