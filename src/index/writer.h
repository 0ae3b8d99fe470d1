/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* writer.h - what adds to an index (writer.c), and what puts its volumes
 * together (merging.c). */
#ifndef ZUB_INDEX_WRITER_H
#define ZUB_INDEX_WRITER_H

#include "index/builder.h"
#include "index/manifest.h"
#include "index/shelf.h"

struct zub_index_writer {
    char *folder;
    const zub_models *models; /* borrowed */
    int lock;
    uint64_t memory;
    unsigned threads; /* of those that added last */
    void (*added)(void *context, const zub_record *record); /* or NULL */
    void *added_context;
    zub_manifest manifest; /* as it was committed last; its rules and next
                              number are the writer's own */
    zub_shelf shelf;
    zub_builder *builder;
    bool is_changed; /* since the last commit */
    bool is_lost;    /* failed: of no more use */
};

/* Clears the error. ZUB_EINVAL: the writer is lost. */
zub_status zub_writer_check(const zub_index_writer *writer, zub_error *error);
/* Passes on a status, which unless it is ZUB_OK loses the writer. */
zub_status zub_writer_lose(zub_index_writer *writer, zub_status status);

/* The builder as a volume, behind all others on the shelf, where its articles
 * take the place of those of their ids: the shelf may move. */
zub_status zub_writer_flush(zub_index_writer *writer, zub_error *error);
/* The same if it has grown to half the memory: writing takes the other. */
zub_status zub_writer_flush_if_full(zub_index_writer *writer,
                                    bool *has_flushed, zub_error *error);

/* Before a commit: volumes without articles go, and those become one that
 * zub_tiers_choose names. */
zub_status zub_writer_tidy(zub_index_writer *writer, zub_error *error);

#endif
