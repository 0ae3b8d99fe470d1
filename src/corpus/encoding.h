/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* encoding.h - bytes in any encoding to UTF-8. The one door to ICU here. */
#ifndef ZUB_CORPUS_ENCODING_H
#define ZUB_CORPUS_ENCODING_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_ENCODING_NAME 64

/* ZUB_EINVAL, with the nearest known name: ICU has no such encoding. NULL and
 * "auto" are fine. */
zub_status zub_encoding_check(const char *name, zub_error *error);

/* Which encoding bytes are in. name: one that ICU knows; "UTF-8" when there
 * is nothing to decode. bom: bytes of a byte order mark at the start. */
typedef struct zub_encoding {
    char name[ZUB_ENCODING_NAME];
    size_t bom;
} zub_encoding;

/* By byte order mark, then by declaration (is_html: <meta charset>, <?xml
 * encoding), then UTF-8 if it is valid or nearly so, then by what the bytes
 * look like. is_all: the sample is everything. Never fails. */
void zub_encoding_detect(zub_encoding *out, zub_slice sample, bool is_all,
                         bool is_html);

/* A converter that goes on where it stopped. One thread. */
typedef struct zub_decoder zub_decoder;

/* *out is NULL, with ZUB_OK, for UTF-8: there is nothing to do. */
zub_status zub_decoder_new(zub_decoder **out, const char *name,
                           zub_error *error);
void zub_decoder_free(zub_decoder *decoder);

/* Append the bytes in UTF-8; what is not valid becomes U+FFFD and its bytes
 * are added to *repaired. A sequence cut at the end of `bytes` waits for the
 * next call, unless is_last. ZUB_ENOMEM. */
zub_status zub_decode(zub_decoder *decoder, zub_buffer *out, zub_slice bytes,
                      bool is_last, size_t *repaired);

#endif
