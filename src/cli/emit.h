/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* emit.h - the text of each article as a file of its own. */
#ifndef ZUB_CLI_EMIT_H
#define ZUB_CLI_EMIT_H

#include "cli/seen.h"

/* A folder and what was written into it. */
typedef struct zub_emit {
    const char *path;
    int folder; /* its descriptor */
    zub_seen names;
} zub_emit;

/* Makes the folder, and those above it, when they are not there.
 * ZUB_EWRITE, ZUB_ENOMEM. */
zub_status zub_emit_open(zub_emit *out, const char *path, zub_error *error);

/* Writes record->text as PATH/ID.txt. An id may hold anything: its letters,
 * digits, bytes beyond ASCII and -_.,:=+@ stand as they are, other bytes and
 * a dot in front as %XX, and a name too long is cut and ends in its hash. So
 * no id leads out of the folder, and what stands there under the name is
 * replaced, not written through. ZUB_EMALFORMED: the second article of a
 * name. ZUB_EWRITE, ZUB_ENOMEM. */
zub_status zub_emit_record(zub_emit *emit, const zub_record *record,
                           zub_error *error);

void zub_emit_close(zub_emit *emit);

#endif
