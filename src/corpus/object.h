/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* object.h - the members of one JSON object, as raw slices, and what their
 * values hold. */
#ifndef ZUB_CORPUS_OBJECT_H
#define ZUB_CORPUS_OBJECT_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_OBJECT_DEPTH 512     /* values within each other, at most */
#define ZUB_OBJECT_MEMBERS 65536 /* of the outermost object, at most */

typedef struct zub_member {
    zub_slice name;  /* with its quotes */
    zub_slice value; /* as it stands; its first byte says its kind */
    bool is_outdone; /* a later one has its name, as whoever looks says */
    /* Strings whose characters are just the bytes between the quotes. */
    bool name_is_plain, value_is_plain;
} zub_member;

/* Reused from line to line; release it in the end. */
typedef struct zub_object {
    zub_member *members; /* [count], in order, duplicates too */
    size_t count, capacity;
} zub_object;

/* Where and why a text is not a JSON object. */
typedef struct zub_object_fault {
    size_t at;        /* byte */
    const char *what; /* "expected a comma or '}'" */
} zub_object_fault;

/* Cut an object into members, checking all of RFC 8259's grammar but for raw
 * control characters in strings, which are let through. Bytes that are not
 * UTF-8 are left alone. Linear, no recursion. ZUB_EMALFORMED fills in *fault;
 * ZUB_ENOMEM. */
zub_status zub_object_scan(zub_object *out, zub_slice text,
                           zub_object_fault *fault);
void zub_object_release(zub_object *object);

/* Is a slice one JSON value, by the same rules? */
bool zub_value_is_sound(zub_slice value);

/* Append the characters of a string with its quotes, as zub_object_scan gave
 * it. NUL and lone surrogates become U+FFFD; returns how many did. */
size_t zub_value_unquote(zub_buffer *out, zub_slice string);

/* The same into memory of zub_value_room(string) bytes, which is a bit more
 * than the characters take; returns their size, adds to *replaced. */
size_t zub_value_unquote_to(char *to, zub_slice string, size_t *replaced);
size_t zub_value_room(zub_slice string);
#define ZUB_VALUE_SLACK 32 /* the bit more, at most */

/* Append text as a JSON string with its quotes. */
void zub_value_quote(zub_buffer *out, zub_slice text);

/* The number that a JSON value is, or that the string it is holds.
 * ZUB_EINVAL: it is none. ZUB_ENOMEM. */
zub_status zub_value_number(zub_slice value, double *out);

/* Is the value an integer, such as -12? */
bool zub_value_is_integer(zub_slice value);

#endif
