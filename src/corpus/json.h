/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* json.h - the members of one JSON object, as raw slices, and their values. */
#ifndef ZUB_CORPUS_JSON_H
#define ZUB_CORPUS_JSON_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_JSON_DEPTH 512 /* arrays and objects within each other, at most */
#define ZUB_JSON_MEMBERS 65536 /* of the outermost object, at most */

typedef struct zub_json_member {
    zub_slice name;  /* with its quotes */
    zub_slice value; /* as it stands; its first byte says its kind */
} zub_json_member;

/* Reused from line to line; release it in the end. */
typedef struct zub_json_members {
    zub_json_member *members; /* [count], in order, duplicates too */
    size_t count, capacity;
} zub_json_members;

/* Where and why a text is not a JSON object. */
typedef struct zub_json_fault {
    size_t at;        /* byte */
    const char *what; /* "expected a comma or '}'" */
} zub_json_fault;

/* Cut an object into members, checking all of RFC 8259's grammar but for raw
 * control characters in strings, which are let through. Bytes that are not
 * UTF-8 are left alone. Linear, no recursion. ZUB_EMALFORMED fills in *fault;
 * ZUB_ENOMEM. */
zub_status zub_json_scan(zub_json_members *out, zub_slice text,
                         zub_json_fault *fault);
void zub_json_release(zub_json_members *object);

/* Append the characters of a string with its quotes, as zub_json_scan gave
 * it. NUL and lone surrogates become U+FFFD; returns how many did. */
size_t zub_json_unquote(zub_buffer *out, zub_slice string);

/* Are its characters just the bytes between its quotes? */
bool zub_json_is_plain(zub_slice string);

/* Append text as a JSON string with its quotes. */
void zub_json_quote(zub_buffer *out, zub_slice text);

/* The number that a JSON value is, or that the string it is holds.
 * ZUB_EINVAL: it is none. ZUB_ENOMEM. */
zub_status zub_json_number(zub_slice value, double *out);

/* Is the value an integer, such as -12? */
bool zub_json_is_integer(zub_slice value);

#endif
