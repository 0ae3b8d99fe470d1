/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* texts.c - the strings inside a JSON value. Its grammar is looked at first,
 * for a record may be made by hand; then it is walked from string to string:
 * what is open is two counts, and commas of the outermost list tell one item
 * from the next. */
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "corpus/object.h"
#include "corpus/record.h"

typedef struct owned_texts {
    zub_texts texts;
    zub_slice *items;
    size_t capacity;
    zub_arena arena;
} owned_texts;

typedef struct walk {
    zub_slice value;
    size_t at;
    size_t lists, objects; /* open */
    size_t item;           /* of the outermost list */
    bool is_text;          /* the key before was "text" */
} walk;

/* Behind the string that begins at `at`. */
static size_t skip_string(zub_slice value, size_t at)
{
    for (at++; at < value.size && value.data[at] != '"'; at++)
        at += value.data[at] == '\\';
    return at < value.size ? at + 1 : value.size;
}

static bool is_key(zub_slice value, size_t end)
{
    while (end < value.size && strchr(" \t\r\n", value.data[end]))
        end++;
    return end < value.size && value.data[end] == ':';
}

static void note_bracket(walk *w, char c)
{
    w->lists += c == '[';
    w->lists -= c == ']';
    w->objects += c == '{';
    w->objects -= c == '}';
    w->item += c == ',' && w->lists == 1 && w->objects == 0;
    w->is_text = w->is_text && c != ',' && c != '[' && c != '{';
}

/* The next string that counts, with its quotes. */
static bool next_string(walk *w, zub_slice *out)
{
    while (w->at < w->value.size) {
        char c = w->value.data[w->at];
        if (c != '"') {
            note_bracket(w, c);
            w->at++;
            continue;
        }
        size_t start = w->at;
        w->at = skip_string(w->value, start);
        *out = (zub_slice){w->value.data + start, w->at - start};
        if (is_key(w->value, w->at))
            w->is_text = out->size == 6 && !memcmp(out->data, "\"text\"", 6);
        else if (w->objects == 0 || (w->objects == 1 && w->is_text))
            return true;
    }
    return false;
}

static bool add_item(owned_texts *owned, zub_slice text)
{
    if (!zub_grow(&owned->items, &owned->capacity, owned->texts.count + 1,
                  sizeof *owned->items))
        return false;
    zub_slice copy = zub_arena_copy(&owned->arena, text);
    owned->items[owned->texts.count++] = copy;
    owned->texts.items = owned->items;
    return copy.data != NULL;
}

static bool add_all(owned_texts *owned, zub_slice value, bool is_joined)
{
    walk w = {.value = value};
    zub_slice string;
    zub_buffer text;
    size_t item = 0;
    bool is_begun = false, is_fine = true;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    while (is_fine && next_string(&w, &string)) {
        if (is_begun && w.item != item && !is_joined) {
            is_fine = add_item(owned, zub_buffer_slice(&text));
            zub_buffer_clear(&text);
        } else if (is_begun) {
            zub_buffer_add_char(&text, '\n');
        }
        zub_value_unquote(&text, string);
        is_begun = true;
        item = w.item;
    }
    is_fine = is_fine && text.status == ZUB_OK &&
              (!is_begun || add_item(owned, zub_buffer_slice(&text)));
    zub_buffer_release(&text);
    return is_fine;
}

static zub_status find(owned_texts *owned, const zub_record *record,
                       const char *name, bool is_joined)
{
    if (record->text_field && strcmp(record->text_field, name) == 0)
        return add_item(owned, record->text) ? ZUB_OK : ZUB_ENOMEM;
    const zub_field *field = zub_record_field(record, name);
    if (!field)
        return ZUB_ENOTFOUND;
    if (!zub_value_is_sound(field->value))
        return ZUB_EMALFORMED;
    return add_all(owned, field->value, is_joined) ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status new_texts(zub_texts **out, const zub_record *record,
                            const char *name, bool is_joined)
{
    *out = NULL;
    owned_texts *owned = zub_alloc_zero(1, sizeof *owned);
    if (!owned)
        return ZUB_ENOMEM;
    zub_arena_init(&owned->arena);
    zub_status status = find(owned, record, name, is_joined);
    if (status != ZUB_OK) {
        zub_texts_free(&owned->texts);
        return status;
    }
    *out = &owned->texts;
    return ZUB_OK;
}

zub_status zub_texts_new(zub_texts **out, const zub_record *record,
                         const char *name)
{
    return new_texts(out, record, name, false);
}

zub_status zub_texts_new_joined(zub_texts **out, const zub_record *record,
                                const char *name)
{
    return new_texts(out, record, name, true);
}

void zub_texts_free(zub_texts *texts)
{
    if (!texts)
        return;
    owned_texts *owned = (owned_texts *)texts;
    zub_free(owned->items);
    zub_arena_release(&owned->arena);
    zub_free(owned);
}
