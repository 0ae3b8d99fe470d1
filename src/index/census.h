/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* census.h - the languages of an index, by how many articles are in them; and
 * where there are several, that of each passage. */
#ifndef ZUB_INDEX_CENSUS_H
#define ZUB_INDEX_CENSUS_H

#include "index/index.h"

#define ZUB_CENSUS_MOST 256u /* languages; those beyond are not counted */

/* What is gone counts too, as everywhere in ranking. */
typedef struct zub_counted_lang {
    char name[12];
    uint64_t articles;
    uint64_t passages; /* where there are several languages; else 0 */
} zub_counted_lang;

typedef struct zub_census {
    /* [size], the commonest first, equals in the order of volumes */
    zub_counted_lang langs[ZUB_CENSUS_MOST];
    size_t size;
    uint64_t total;     /* articles */
    unsigned char **of; /* [volumes][passages] number in `langs`; NULL: there
                           is one language, or none */
} zub_census;

/* A byte an article is read, and of several languages a byte a passage kept.
 * ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_census_take(zub_census **out, const zub_index *index,
                           zub_error *error);
/* NULL is fine. */
void zub_census_free(zub_census *census);

/* Its number in `langs`, or `size`. */
size_t zub_census_find(const zub_census *census, const char *lang);

/* Of most articles; "und" without any. */
const char *zub_census_common(const zub_census *census);
/* Of nine articles in ten, or "". */
const char *zub_census_shared(const zub_census *census);

#endif
