/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fields.h - what a record brought along, handed on in JSONL. */
#ifndef ZUB_RENDER_FIELDS_H
#define ZUB_RENDER_FIELDS_H

#include "render/json.h"

/* Members of the open object: the record's text under its own name if
 * `keep_text`, and its other fields as the bytes they were. `ours` are the
 * names already in the object, up to a NULL: a field of such a name gets as
 * many underscores in front as make it new. */
void zub_json_fields(zub_json *json, const zub_record *record,
                     const char *const *ours, bool keep_text);

#endif
