/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* census.h - the languages of an index, by how many articles are in them. */
#ifndef ZUB_INDEX_CENSUS_H
#define ZUB_INDEX_CENSUS_H

#include "index/index.h"

#define ZUB_CENSUS_MOST 256u /* languages; those beyond are not counted */

typedef struct zub_census {
    struct zub_counted_lang {
        char name[12];
        uint64_t articles;    /* those that are gone, too */
    } langs[ZUB_CENSUS_MOST]; /* [size], the commonest first, equals in the
                                 order of volumes */
    size_t size;
    uint64_t total;
} zub_census;

/* *out belongs to the caller: zub_free. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_census_take(zub_census **out, const zub_index *index,
                           zub_error *error);

bool zub_census_has(const zub_census *census, const char *lang);

/* Of most articles; "und" without any. */
const char *zub_census_common(const zub_census *census);
/* Of nine articles in ten, or "". */
const char *zub_census_shared(const zub_census *census);

#endif
