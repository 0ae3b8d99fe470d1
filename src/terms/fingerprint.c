/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fingerprint.c - see fingerprint.h. */
#include "terms/fingerprint.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

#define MOST_SHOWN 40 /* bytes of a key or a value in a message */

typedef struct pair {
    zub_slice key, value;
} pair;

static bool is_equal(zub_slice a, zub_slice b)
{
    return a.size == b.size &&
           (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static zub_slice up_to(zub_slice text, char end)
{
    const char *at = text.size ? memchr(text.data, end, text.size) : NULL;

    return at ? (zub_slice){text.data, (size_t)(at - text.data)} : text;
}

static void skip(zub_slice *text, size_t size)
{
    size = size < text->size ? size : text->size;
    if (size > 0)
        *text = (zub_slice){text->data + size, text->size - size};
}

/* Takes the next pair off the text; one without '=' has an empty value. */
static bool next_pair(zub_slice *text, pair *out)
{
    while (text->size > 0 && *text->data == ' ')
        skip(text, 1);
    if (text->size == 0)
        return false;
    zub_slice field = up_to(*text, ' ');
    skip(text, field.size);
    out->key = up_to(field, '=');
    skip(&field, out->key.size + 1);
    out->value = field;
    return true;
}

static bool find(zub_slice text, zub_slice key, zub_slice *value)
{
    pair at;

    while (next_pair(&text, &at))
        if (is_equal(at.key, key)) {
            *value = at.value;
            return true;
        }
    return false;
}

static int shown(zub_slice text)
{
    return (int)(text.size < MOST_SHOWN ? text.size : MOST_SHOWN);
}

typedef struct message {
    char text[400];
    size_t size;
} message;

static void say(message *out, zub_slice key, zub_slice a, zub_slice b)
{
    size_t room = sizeof out->text - out->size;
    int size = snprintf(out->text + out->size, room,
                        "%s%.*s is '%.*s' in one and '%.*s' in another",
                        out->size ? ", " : "", shown(key), key.data, shown(a),
                        a.size ? a.data : "", shown(b), b.size ? b.data : "");

    if (size > 0 && (size_t)size < room)
        out->size += (size_t)size;
    else
        out->text[out->size] = '\0'; /* what does not fit whole is left out */
}

/* Keys of `a` that `b` has otherwise or not; from the other side, only not. */
static void compare(message *out, zub_slice a, zub_slice b, bool is_other_side)
{
    zub_slice rest = a, value = {0};
    pair at;

    while (next_pair(&rest, &at)) {
        bool is_there = find(b, at.key, &value);
        zub_slice none = {"", 0};
        if (is_other_side && !is_there)
            say(out, at.key, none, at.value);
        if (!is_other_side && (!is_there || !is_equal(at.value, value)))
            say(out, at.key, at.value, is_there ? value : none);
    }
}

zub_status zub_fingerprint_compare(zub_slice a, zub_slice b, zub_error *error)
{
    message found = {.size = 0};

    if (is_equal(a, b))
        return ZUB_OK;
    found.text[0] = '\0';
    compare(&found, a, b, false);
    compare(&found, b, a, true);
    return zub_fail(error, ZUB_EMISMATCH, "%s",
                    found.size ? found.text : "their analyzers differ");
}

zub_status zub_fingerprint_match(zub_slice a, zub_slice b, zub_error *error)
{
    zub_error why;

    if (zub_fingerprint_compare(a, b, &why) == ZUB_OK)
        return ZUB_OK;
    return zub_fail(error, ZUB_EMISMATCH,
                    "states were not counted alike: %s (count again with the "
                    "same options)",
                    why.message);
}

zub_slice zub_fingerprint_value(zub_slice fingerprint, const char *key)
{
    zub_slice value = {"", 0};

    find(fingerprint, (zub_slice){key, strlen(key)}, &value);
    return value;
}

uint64_t zub_fingerprint_number(zub_slice fingerprint, const char *key)
{
    zub_slice value = zub_fingerprint_value(fingerprint, key);
    uint64_t number = 0;

    if (value.size > 9)
        return 0;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(value.data[i] - '0');
    }
    return number;
}
