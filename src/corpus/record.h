/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* record.h - making a record that owns what it points at. */
#ifndef ZUB_CORPUS_RECORD_H
#define ZUB_CORPUS_RECORD_H

#include "zubda.h"
#include "base/buffer.h"

/* An empty record; NULL without memory. What follows adds to it; failure is
 * sticky and comes out of zub_record_finish. Free it with zub_record_free.
 * `room`: bytes it will probably hold; they stand in its own block, what is
 * beyond costs more. A spare one that has the room is used again; *spare is
 * NULL then, and freed if it was too small. */
zub_record *zub_record_new(zub_record **spare, size_t room);

/* Make a record that nobody needs a spare one, or free it when its block is
 * large. NULL is fine. */
zub_record *zub_record_spare(zub_record *record);

/* A copy that lives as long as the record, closed by a NUL byte. */
zub_slice zub_record_copy(zub_record *record, zub_slice bytes);

/* The same of a buffer's bytes; a buffer that failed fails the record. */
zub_slice zub_record_copy_buffer(zub_record *record, const zub_buffer *bytes);

/* The same without a copy: write at most size - 1 bytes where reserve says
 * (NULL: out of memory), then say how many they are. Nothing in between. */
char *zub_record_reserve(zub_record *record, size_t size);
zub_slice zub_record_keep(zub_record *record, char *bytes, size_t size);

/* Where it comes from; the id becomes PATH or, unless line is 0, PATH:LINE. */
void zub_record_place(zub_record *record, zub_slice path, uint64_t line);
size_t zub_record_place_room(zub_slice path);

/* Make the buffer's bytes the text, without a copy; it is empty then. */
void zub_record_adopt_text(zub_record *record, zub_buffer *text);

/* Room for `count` fields; record->field_count stays 0. */
void zub_record_reserve_fields(zub_record *record, size_t count);
size_t zub_record_fields_room(size_t count);
/* Both are the record's own already. At most as many as were reserved. */
void zub_record_add_field(zub_record *record, zub_slice name, zub_slice value);

/* Hands over the record, or frees it: ZUB_ENOMEM. */
zub_status zub_record_finish(zub_record **out, zub_record *record,
                             zub_error *error);

/* The last field of a name, or NULL. */
const zub_field *zub_record_field(const zub_record *record, const char *name);

/* What the record takes in memory, about. */
size_t zub_record_bytes(const zub_record *record);

#endif
