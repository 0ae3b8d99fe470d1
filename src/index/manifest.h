/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* manifest.h - which volumes an index is made of, and what of them is gone:
 * the one file whose replacement is a commit; and its spare, from which it can
 * be had back. */
#ifndef ZUB_INDEX_MANIFEST_H
#define ZUB_INDEX_MANIFEST_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_INDEX_KIND "index"
#define ZUB_INDEX_VERSION 2u
#define ZUB_INDEX_FILE "index.zub"
#define ZUB_SPARE_FILE "spare.zub" /* the same bytes again */

/* What decides how articles were cut into passages and words. */
typedef struct zub_index_rules {
    char lang[12];          /* "auto": each article's own */
    char stemmer[16];       /* a name, or "auto" */
    uint64_t passage_words; /* 0: an article is a passage */
    bool without_titles, without_texts, without_positions;
} zub_index_rules;

typedef struct zub_manifest_volume {
    uint64_t number; /* in its name */
    uint64_t articles, gone_count;
    uint32_t identity; /* of the file: zub_container_identity */
    uint32_t *gone;    /* [gone_count] articles, ascending */
} zub_manifest_volume;

typedef struct zub_manifest {
    uint64_t generation; /* commits so far */
    uint64_t next;       /* number of the next volume */
    zub_index_rules rules;
    char *fingerprint;            /* of the analyzer, ends in a NUL */
    zub_manifest_volume *volumes; /* [count] */
    size_t count, capacity;
} zub_manifest;

/* Zeroed is empty. */
void zub_manifest_release(zub_manifest *manifest);

/* ZUB_ENOTFOUND: the folder is no index, or there is none. ZUB_EFORMAT,
 * ZUB_EVERSION, ZUB_EIO, ZUB_ENOMEM. On failure *out is empty. */
zub_status zub_manifest_read(zub_manifest *out, const char *folder,
                             zub_error *error);

/* The same of the spare: of this commit, or the one before if a writer died
 * in between. */
zub_status zub_manifest_read_spare(zub_manifest *out, const char *folder,
                                   zub_error *error);

/* Replaces the file, then its spare: after ZUB_OK the first is on the disk, and
 * with *is_spared the spare too. ZUB_EWRITE: it is as it was, or, where the
 * folder alone could not be synced, the new one. */
zub_status zub_manifest_write(const zub_manifest *manifest, const char *folder,
                              bool *is_spared, zub_error *error);
/* The spare alone, unless it is of this commit already. False: there is none of
 * this commit; then what the one before needs must stay. */
bool zub_manifest_spare(const zub_manifest *manifest, const char *folder);

/* FOLDER/index.zub, FOLDER/volume-000001.zub: into `out`, emptied first, which
 * ends in a NUL then. ZUB_ENOMEM. */
zub_status zub_index_path(zub_buffer *out, const char *folder,
                          const char *name);
zub_status zub_volume_path(zub_buffer *out, const char *folder,
                           uint64_t number);

/* The number in the name of a volume's file; 0: it is none. */
uint64_t zub_volume_number(const char *name);

#endif
