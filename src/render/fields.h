/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fields.h - what a record brought along, handed on in JSONL. */
#ifndef ZUB_RENDER_FIELDS_H
#define ZUB_RENDER_FIELDS_H

#include "render/json.h"

/* What the object says already. */
typedef struct zub_said {
    const char *const *names; /* up to a NULL */
    zub_slice title, lang;    /* if they are among the names */
} zub_said;

/* Members of the open object: the record's text under its own name if
 * `keep_text`, and its other fields as the bytes they were. A field of a name
 * that is there gets as many underscores in front as make it new; but title
 * and lang are left out when the object says the same. */
void zub_json_fields(zub_json *json, const zub_record *record,
                     const zub_said *said, bool keep_text);

#endif
