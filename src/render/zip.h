/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* zip.h - a ZIP file into a sink that cannot go back.
 *
 * Checksums stand behind each member (APPNOTE 6.3, 4.3.9) and again in the
 * directory at the end; sizes above 32 bits as ZIP64. Every time is the first
 * that ZIP knows, so the same members give the same bytes. Failure is sticky:
 * whoever writes checks once, with zub_zip_finish.
 */
#ifndef ZUB_RENDER_ZIP_H
#define ZUB_RENDER_ZIP_H

#include "zubda.h"

#define ZUB_ZIP_MEMBERS 8 /* at most */

typedef struct zub_zip zub_zip;

/* `compress`: by deflate, with 300 KiB of memory; else as it is. ZUB_ENOMEM;
 * on failure *out is NULL. */
zub_status zub_zip_new(zub_zip **out, zub_sink sink, bool compress,
                       zub_error *error);
/* NULL is fine. */
void zub_zip_free(zub_zip *zip);

/* A member of exactly `size` bytes; `name` stays until the end. */
void zub_zip_begin(zub_zip *zip, const char *name, uint64_t size);
void zub_zip_add(zub_zip *zip, const void *data, size_t size);
void zub_zip_end(zub_zip *zip);

/* What went wrong so far. */
zub_status zub_zip_status(const zub_zip *zip);

/* The directory. ZUB_EINVAL: a member had another size than it was begun
 * with, or there are too many. Else the first status of the sink that was not
 * ZUB_OK. */
zub_status zub_zip_finish(zub_zip *zip);

#endif
