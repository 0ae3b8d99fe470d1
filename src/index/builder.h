/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* builder.h - entries into the sections of a volume. */
#ifndef ZUB_INDEX_BUILDER_H
#define ZUB_INDEX_BUILDER_H

#include "index/entry.h"
#include "index/parts.h"

/* Grows in memory. One thread. */
typedef struct zub_builder zub_builder;

/* Without texts nothing can be shown, and everything else works. Without
 * positions a passage is a bag of terms. ZUB_ENOMEM. */
zub_status zub_builder_new(zub_builder **out, bool without_texts,
                           bool without_positions, zub_error *error);
void zub_builder_free(zub_builder *builder);

/* An entry is copied; one of an id that was added before takes its place.
 * ZUB_ELIMIT: more than a volume holds, which is 2^32 bytes or elements of any
 * kind but text. ZUB_ENOMEM. After a failure the builder can only be freed. */
zub_status zub_builder_add(zub_builder *builder, const zub_entry *entry,
                           zub_error *error);

/* The number of a word here, good until the builder is written: an entry
 * without `words` has a sequence of such numbers. ZUB_ENOMEM. */
zub_status zub_builder_number(zub_builder *builder, const zub_entry_word *word,
                              uint32_t *number);

/* Takes an article away again; false: there is none. */
bool zub_builder_remove(zub_builder *builder, zub_slice id);

/* Articles it holds. */
size_t zub_builder_articles(const zub_builder *builder);
/* Bytes of memory held; making a volume takes about as much again. */
size_t zub_builder_memory(const zub_builder *builder);

/* The volume as a .zub file, made by as many threads. The same entries give the same bytes, in whatever
 * order they came and by however many, but for which of two of one id was the last. The builder is
 * empty afterwards, or after a failure can only be freed. ZUB_ENOMEM, else
 * what the sink returned. */
zub_status zub_builder_write(zub_builder *builder, unsigned threads,
                             zub_sink sink, zub_slice fingerprint,
                             zub_error *error);

#endif
