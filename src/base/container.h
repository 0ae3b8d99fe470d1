/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* container.h - the .zub file: named sections of bytes that are read where
 * they lie (docs/container-format.md). */
#ifndef ZUB_BASE_CONTAINER_H
#define ZUB_BASE_CONTAINER_H

#include "zubda.h"

#define ZUB_CONTAINER_KIND 15       /* bytes of a kind's name, at most */
#define ZUB_CONTAINER_NAME 23       /* bytes of a section's name, at most */
#define ZUB_CONTAINER_SECTIONS 256u /* at most */

typedef struct zub_section {
    const char *name;
    zub_slice bytes;
} zub_section;

/* What a file is: its kind ("language"), the version of that kind's sections,
 * and the fingerprint of the analyzer that made it ("": of none). */
typedef struct zub_container_about {
    const char *kind;
    uint32_t version;
    zub_slice fingerprint;
} zub_container_about;

/* The same sections give the same bytes. ZUB_EINVAL: a name is empty, too
 * long or there twice. ZUB_ENOMEM, else what the sink returned. */
zub_status zub_container_write(zub_sink sink, const zub_container_about *about,
                               const zub_section *sections, size_t count,
                               zub_error *error);

/* The same, but all sections behind the first `in_memory` lie in mapped files:
 * they are read twice, once for their checksums, and what was read is let go
 * (base/spool.h), so that they need not fit into memory. */
zub_status zub_container_write_mapped(zub_sink sink,
                                      const zub_container_about *about,
                                      const zub_section *sections,
                                      size_t count, size_t in_memory,
                                      zub_error *error);

/* The kind that a file says it has, "" when it is no .zub file; for choosing
 * who opens it. */
void zub_container_kind(char out[ZUB_CONTAINER_KIND + 1], zub_slice bytes);

/* Version of the kind and fingerprint as the front of a file has them,
 * borrowed, 0 and empty where there is no such thing; nothing is checked. */
void zub_container_front(zub_slice bytes, uint32_t *version,
                         zub_slice *fingerprint);

/* An open file: a view, nothing to release. Constant: any number of threads. */
typedef struct zub_container {
    zub_slice bytes;
    const char *path; /* for messages */
    zub_slice fingerprint;
    uint32_t section_count;
    bool is_mapped; /* set by the caller: pages that were checked are let go */
} zub_container;

/* Looks at the header and the table of sections. `bytes` (8-byte aligned, as
 * mapped and allocated ones are) and `path` are borrowed. ZUB_EFORMAT: not a
 * .zub file, cut off, damaged, or of another kind. ZUB_EVERSION: the format or
 * the kind is of another version, or the byte order another machine's. */
zub_status zub_container_open(zub_container *out, zub_slice bytes,
                              const char *path, const char *kind,
                              uint32_t version, zub_error *error);

/* Whether a file that begins so is a .zub file, of whatever kind. */
bool zub_container_has_magic(zub_slice bytes);

bool zub_container_has(const zub_container *container, const char *name);

/* A section, its bytes held against its CRC-32 in every call (1 GB/s): ask
 * once and keep the slice. Starts at a multiple of 8. ZUB_EFORMAT: there is
 * none, or it is damaged. */
zub_status zub_container_section(const zub_container *container,
                                 const char *name, zub_slice *out,
                                 zub_error *error);

/* A section that is not held against its CRC-32: for kinds that have checksums
 * of their own inside it, or that are checked as a whole. False: there is
 * none. */
bool zub_container_peek(const zub_container *container, const char *name,
                        zub_slice *out);

/* A section that is an array of elements of `size` bytes (at most 8-byte
 * alignment). ZUB_EFORMAT too when it does not divide. */
zub_status zub_container_array(const zub_container *container,
                               const char *name, size_t size, const void **out,
                               size_t *count, zub_error *error);

/* Every section against its CRC-32. */
zub_status zub_container_check(const zub_container *container,
                               zub_error *error);

/* ZUB_EMISMATCH, saying both, unless the file was made with `fingerprint`. */
zub_status zub_container_match(const zub_container *container,
                               zub_slice fingerprint, zub_error *error);

/* A number that two different sound files hardly ever share: the checksum of
 * the header, which is over the table, which is over every section. */
uint32_t zub_container_identity(const zub_container *container);

#endif
