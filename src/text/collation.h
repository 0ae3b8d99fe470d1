/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* collation.h - the order of texts in a language's alphabet. */
#ifndef ZUB_TEXT_COLLATION_H
#define ZUB_TEXT_COLLATION_H

#include "zubda.h"
#include "base/buffer.h"

/* One thread. */
typedef struct zub_collation zub_collation;

/* Of a BCP 47 language; one that CLDR has no alphabet of has that of its root.
 * ZUB_EINVAL: it is not a language tag. ZUB_ENOMEM. */
zub_status zub_collation_new(zub_collation **out, const char *lang,
                             zub_error *error);
void zub_collation_free(zub_collation *collation);

/* Append bytes that compare as the texts do, a zero byte last and nowhere
 * else. Of texts beyond 64 KiB the beginning counts. ZUB_ENOMEM. */
zub_status zub_collation_add_key(zub_collation *collation, zub_buffer *out,
                                 zub_slice text);

#endif
