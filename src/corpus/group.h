/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* group.h - which group of articles a record belongs to, by one of its
 * fields. */
#ifndef ZUB_CORPUS_GROUP_H
#define ZUB_CORPUS_GROUP_H

#include "zubda.h"
#include "base/buffer.h"

/* Append the name of the record's group: the characters of a string, else the
 * JSON value as it stands; of a period, as much of the date as it takes. Id,
 * title, lang and source are known of every record; lang as it says itself, not
 * as it was found. Nothing is appended when there is no such field, or null, an
 * empty string or no date in it. */
void zub_record_group(zub_buffer *out, const zub_record *record,
                      const char *name, zub_period period);

/* The date that a text begins with, "2024", "2024-03" or "2024-03-05" by
 * `period`, as ISO 8601 writes it: YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD, and
 * a time behind T or a space. Digits may be Arabic or Persian ones. Empty when
 * it is none, is not that precise, or no calendar has such a day. */
typedef struct zub_date_name {
    char text[12];
    size_t size;
} zub_date_name;
zub_date_name zub_date_read(zub_slice text, zub_period period);

#endif
