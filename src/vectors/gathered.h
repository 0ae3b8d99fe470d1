/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gathered.h - what is remembered of each article when its text is gone: its
 * id, its shingles, and what somebody asked to keep. */
#ifndef ZUB_VECTORS_GATHERED_H
#define ZUB_VECTORS_GATHERED_H

#include "base/spool.h"
#include "vectors/shingles.h"

/* 48 bytes of memory an article; all else lies in spools. */
typedef struct zub_gathered_article {
    uint64_t id_end, set_end, kept_end; /* in their spools, bytes */
    uint64_t text;    /* hash of its folded words, in their order */
    uint64_t ordinal; /* in its corpus */
    uint32_t words;
} zub_gathered_article;

/* Filled by one thread at a time, numbered as they come. */
typedef struct zub_gathered {
    zub_spooler spooler, keeper;
    zub_spool ids, sets, kept;
    zub_file id_file, set_file, kept_file; /* once it is finished */
    zub_gathered_article *articles;        /* [count] */
    size_t count, capacity;
    size_t touched, budget; /* bytes of sets that may be resident */
} zub_gathered;

/* `folder` NULL: ids and sets stay in memory; what is kept is a file in
 * `keep_folder`, if that is not NULL, too. */
void zub_gathered_init(zub_gathered *gathered, const char *folder,
                       const char *keep_folder, size_t budget);
void zub_gathered_release(zub_gathered *gathered);

/* Its number is `count` before. ZUB_ELIMIT: 2^32 - 2 articles. ZUB_ENOMEM,
 * ZUB_EWRITE: of no more use. */
zub_status zub_gathered_add(zub_gathered *gathered, const zub_record *record,
                            const zub_shingles *shingles, zub_slice kept,
                            zub_error *error);

/* None will be added. The same errors. */
zub_status zub_gathered_finish(zub_gathered *gathered, zub_error *error);

/* Of a finished one, article i. A NUL byte is behind the id. */
zub_slice zub_gathered_id(const zub_gathered *gathered, size_t i);
zub_slice zub_gathered_kept(const zub_gathered *gathered, size_t i);
size_t zub_gathered_size(const zub_gathered *gathered, size_t i);
/* Its shingles. */
const uint64_t *zub_gathered_set(zub_gathered *gathered, size_t i);

/* order[0 .. count) becomes the articles by their ids, digits in a row by the
 * number that they are; of one id by their texts; of one text as they stood in
 * the corpus. ZUB_ENOMEM: some 100 bytes an article, for a while. */
zub_status zub_gathered_order(uint32_t *order, const zub_gathered *gathered);

#endif
