/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* order.h - many keys into ascending order. */
#ifndef ZUB_BASE_ORDER_H
#define ZUB_BASE_ORDER_H

#include "zubda.h"

/* A number and whose it is. */
typedef struct zub_keyed {
    uint64_t key;
    uint32_t id;
} zub_keyed;

/* By key, those of one key as they stood: bytes of the key that differ cost a
 * pass each. `scratch` has room for `size`, too. */
void zub_order_keys(zub_keyed *items, zub_keyed *scratch, size_t size);

/* order[0 .. size) becomes the ids 0 .. size - 1 in byte order of their
 * names, of equal names the smaller id first. ZUB_ENOMEM: 40 bytes an id. */
zub_status zub_order_names(uint32_t *order, const zub_slice *names,
                           size_t size);

#endif
