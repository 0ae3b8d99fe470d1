/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* collation.c - see collation.h. ICU's sort keys, made once a text. */
#include "text/collation.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/error.h"
#include "base/mem.h"
#include "text/language.h"

#define TEXT_MOST 65536u

struct zub_collation {
    UCollator *collator;
    UChar *units;
    size_t capacity;
};

zub_status zub_collation_new(zub_collation **out, const char *lang,
                             zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    bool is_root = !lang || strcmp(lang, "auto") == 0;
    char tag[12];

    *out = NULL;
    if (!is_root && !zub_language_tag(tag, (zub_slice){lang, strlen(lang)}))
        return zub_fail(error, ZUB_EINVAL, "'%s' is not a language", lang);
    zub_collation *collation = zub_alloc_zero(1, sizeof *collation);
    if (!collation)
        return zub_fail_memory(error);
    collation->collator = ucol_open(is_root ? "" : lang, &code);
    if (U_FAILURE(code)) {
        zub_collation_free(collation);
        return zub_fail_memory(error);
    }
    *out = collation;
    return ZUB_OK;
}

void zub_collation_free(zub_collation *collation)
{
    if (!collation)
        return;
    if (collation->collator)
        ucol_close(collation->collator);
    zub_free(collation->units);
    zub_free(collation);
}

/* Most keys fit at the first try. */
static zub_status add_key(zub_collation *collation, zub_buffer *out,
                          int32_t size)
{
    int32_t room = 4 * size + 16, wanted = 0;

    for (int turn = 0; turn < 2; turn++) {
        char *to = zub_buffer_reserve(out, (size_t)room);
        if (!to)
            return out->status;
        wanted = ucol_getSortKey(collation->collator, collation->units, size,
                                 (uint8_t *)to, room);
        if (wanted > 0 && wanted <= room)
            break;
        room = wanted;
    }
    if (wanted <= 0)
        return ZUB_ENOMEM;
    out->size += (size_t)wanted;
    return ZUB_OK;
}

zub_status zub_collation_add_key(zub_collation *collation, zub_buffer *out,
                                 zub_slice text)
{
    UErrorCode code = U_ZERO_ERROR;
    size_t size = text.size < TEXT_MOST ? text.size : TEXT_MOST;
    int32_t units = 0;

    if (!zub_grow(&collation->units, &collation->capacity, size + 1,
                  sizeof *collation->units))
        return ZUB_ENOMEM;
    u_strFromUTF8WithSub(collation->units, (int32_t)size + 1, &units,
                         size ? text.data : "", (int32_t)size, 0xFFFD, NULL,
                         &code);
    return U_FAILURE(code) ? ZUB_ENOMEM : add_key(collation, out, units);
}
