/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* transfer.h - articles of a volume into a builder, without reading their
 * texts again. */
#ifndef ZUB_INDEX_TRANSFER_H
#define ZUB_INDEX_TRANSFER_H

#include "index/builder.h"
#include "index/shelf.h"

/* One thread. */
typedef struct zub_transfer zub_transfer;

/* Reads the dictionary of the volume, which is borrowed. ZUB_EFORMAT,
 * ZUB_ENOMEM, in words. */
zub_status zub_transfer_new(zub_transfer **out, const zub_volume *volume,
                            zub_error *error);
void zub_transfer_free(zub_transfer *transfer);

/* One article. ZUB_EFORMAT, errors of zub_builder_add. */
zub_status zub_transfer_article(zub_transfer *transfer, uint32_t article,
                                zub_builder *builder, zub_error *error);
/* The builder was written: its numbers are no longer good. */
void zub_transfer_forget(zub_transfer *transfer);

#endif
