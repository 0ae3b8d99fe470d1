/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* encoding.c - see encoding.h. */
#include "corpus/encoding.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include "base/error.h"
#include "base/mem.h"

#define PIVOT 4096 /* UTF-16 units between the two converters */

struct zub_decoder {
    UConverter *from, *to;
    UChar pivot[PIVOT];
    UChar *pivot_source, *pivot_target;
    size_t *repaired; /* of the call under way */
};

zub_status zub_encoding_check(const char *name, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;

    if (!name || strcmp(name, "auto") == 0)
        return ZUB_OK;
    UConverter *converter = ucnv_open(name, &code);
    ucnv_close(converter);
    if (U_FAILURE(code))
        return zub_fail(error, ZUB_EINVAL, "unknown encoding '%s'", name);
    return ZUB_OK;
}

void zub_encoding_detect(zub_encoding *out, zub_slice sample, bool is_all,
                         bool is_html)
{
    (void)sample, (void)is_all, (void)is_html;
    *out = (zub_encoding){.name = "UTF-8"};
}

/* U+FFFD for what is not valid, counting its bytes. */
static void replace_invalid(const void *context, UConverterToUnicodeArgs *args,
                            const char *units, int32_t length,
                            UConverterCallbackReason reason, UErrorCode *code)
{
    static const UChar replacement = 0xFFFD;
    zub_decoder *decoder;

    (void)units;
    memcpy(&decoder, &context, sizeof decoder);
    if (reason > UCNV_IRREGULAR)
        return;
    *code = U_ZERO_ERROR;
    *decoder->repaired += (size_t)length;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, code);
}

static zub_status open_converters(zub_decoder *decoder, const char *name)
{
    UErrorCode code = U_ZERO_ERROR;

    decoder->from = ucnv_open(name, &code);
    decoder->to = ucnv_open("UTF-8", &code);
    if (U_FAILURE(code))
        return code == U_MEMORY_ALLOCATION_ERROR ? ZUB_ENOMEM : ZUB_EINVAL;
    ucnv_setToUCallBack(decoder->from, replace_invalid, decoder, NULL, NULL,
                        &code);
    decoder->pivot_source = decoder->pivot_target = decoder->pivot;
    return U_FAILURE(code) ? ZUB_EINVAL : ZUB_OK;
}

zub_status zub_decoder_new(zub_decoder **out, const char *name,
                           zub_error *error)
{
    *out = NULL;
    if (ucnv_compareNames(name, "UTF-8") == 0)
        return ZUB_OK;

    zub_decoder *decoder = zub_alloc_zero(1, sizeof *decoder);
    zub_status status = decoder ? open_converters(decoder, name) : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        *out = decoder;
        return ZUB_OK;
    }
    zub_decoder_free(decoder);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    return zub_fail(error, status, "unknown encoding '%s'", name);
}

void zub_decoder_free(zub_decoder *decoder)
{
    if (!decoder)
        return;
    ucnv_close(decoder->from);
    ucnv_close(decoder->to);
    zub_free(decoder);
}

zub_status zub_decode(zub_decoder *decoder, zub_buffer *out, zub_slice bytes,
                      bool is_last, size_t *repaired)
{
    const char *source = bytes.data, *end = bytes.data + bytes.size;
    UErrorCode code;

    decoder->repaired = repaired;
    do {
        if (!zub_buffer_reserve(out, PIVOT))
            return out->status;
        char *start = out->data + out->size, *target = start;
        code = U_ZERO_ERROR;
        ucnv_convertEx(decoder->to, decoder->from, &target,
                       out->data + out->capacity - 1, &source, end,
                       decoder->pivot, &decoder->pivot_source,
                       &decoder->pivot_target, decoder->pivot + PIVOT, false,
                       is_last, &code);
        out->size += (size_t)(target - start);
        out->data[out->size] = '\0';
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    return U_FAILURE(code) && code != U_TRUNCATED_CHAR_FOUND ? ZUB_ENOMEM
                                                             : ZUB_OK;
}
