/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* json.h - JSON, written as it comes.
 *
 * Strings are valid UTF-8 whatever they were, numbers are the same in every
 * locale and never NaN, and nothing is allocated.
 */
#ifndef ZUB_RENDER_JSON_H
#define ZUB_RENDER_JSON_H

#include "zubda.h"
#include "render/writer.h"

#define ZUB_JSON_DEPTH 16 /* deeper nesting fails with ZUB_ELIMIT */

typedef enum zub_json_layout {
    ZUB_JSON_INLINE, /* [1, 2] */
    ZUB_JSON_LINES   /* each element on a line of its own */
} zub_json_layout;

typedef struct zub_json {
    zub_writer *out;
    unsigned indent; /* levels of whatever stands around */
    bool is_flat;    /* everything inline: JSONL */
    bool is_named;   /* a name was written, its value is due */
    unsigned depth;
    struct {
        char close;
        bool is_on_lines, is_filled;
    } levels[ZUB_JSON_DEPTH]; /* [depth] are open */
} zub_json;

void zub_json_init(zub_json *json, zub_writer *out, bool is_flat,
                   unsigned indent);

void zub_json_object(zub_json *json, zub_json_layout layout);
void zub_json_array(zub_json *json, zub_json_layout layout);
/* Close the innermost of both. */
void zub_json_end(zub_json *json);

/* Of a member; its value comes next. */
void zub_json_name(zub_json *json, const char *name);
/* The same for any bytes, behind as many underscores. */
void zub_json_name_slice(zub_json *json, size_t underscores, zub_slice name);

/* What stands before a value, for who writes that himself. */
void zub_json_place(zub_json *json);

void zub_json_null(zub_json *json);
void zub_json_true(zub_json *json);
void zub_json_string(zub_json *json, zub_slice string);
void zub_json_count(zub_json *json, uint64_t count);
/* Digits made by decimal.h; "nan" is written as null. */
void zub_json_digits(zub_json *json, const char *digits);
/* A JSON value that somebody else wrote, byte for byte but for what JSON on a
 * line cannot have: control characters in strings are escaped, invalid bytes
 * become U+FFFD, line breaks spaces. Empty: null. */
void zub_json_raw(zub_json *json, zub_slice value);

#endif
