/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* table.c - to be. */
#include "base/error.h"
#include "corpus/reader.h"

zub_status zub_table_next(zub_reader *reader, zub_record **out, zub_error *error)
{
    *out = NULL;
    if (reader->is_done)
        return ZUB_OK;
    reader->is_done = true;

    return zub_fail(error, ZUB_EINVAL, "tables cannot be read yet");
}
