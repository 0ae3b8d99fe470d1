/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* jsonl.c - one JSON object a line. Of a name that stands twice the last
 * counts, and it alone is passed on. */
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#define NONE SIZE_MAX
#define FEW 16 /* names, which are compared each with each */

/* Which members are ours, by index, or NONE. */
typedef struct own_members {
    size_t text, id, title, lang;
} own_members;

static zub_status fail_line(zub_reader *reader, const zub_line *line,
                            size_t at, const char *what, zub_error *error)
{
    /* People count characters. */
    size_t column = zub_utf8_count((zub_slice){line->text.data, at}, NULL) + 1;

    return zub_fail_at(error, ZUB_EMALFORMED, line->offset + at,
                       "cannot read '%s' line %" PRIu64 ", column %zu: %s",
                       reader->path, line->number, column, what);
}

/* The characters of a raw string; good until the next call. */
static zub_slice unquote(zub_reader *reader, zub_slice raw, size_t *repaired)
{
    zub_buffer_clear(&reader->scratch);
    *repaired += zub_value_unquote(&reader->scratch, raw);
    if (reader->scratch.status != ZUB_OK)
        reader->is_out_of_memory = true;
    return zub_buffer_slice(&reader->scratch);
}

/* Is a member called `name`? Escapes are looked through. */
static bool is_named(zub_reader *reader, const zub_member *member,
                     const char *name, size_t size)
{
    zub_slice raw = member->name;
    size_t ignored = 0;

    if (member->name_is_plain)
        return raw.size == size + 2 && memcmp(raw.data + 1, name, size) == 0;
    zub_slice text = unquote(reader, raw, &ignored);
    return text.size == size && memcmp(text.data, name, size) == 0;
}

static bool is_string(zub_slice value)
{
    return value.data[0] == '"';
}

/* The last member of that name, or NONE. */
static size_t find_member(zub_reader *reader, const char *name)
{
    size_t size = strlen(name);

    for (size_t i = reader->object.count; i-- > 0;)
        if (is_named(reader, &reader->object.members[i], name, size))
            return i;
    return NONE;
}

static size_t find_string(zub_reader *reader, const char *name)
{
    size_t found = find_member(reader, name);

    if (found != NONE && !is_string(reader->object.members[found].value))
        return NONE;
    return found;
}

/* The first of the text field's names that holds a string. *other: one that
 * holds something else, for the message. */
static size_t find_text(zub_reader *reader, size_t *other)
{
    const char *name;

    *other = NONE;
    for (size_t i = 0; (name = zub_text_field_name(reader->options, i)); i++) {
        size_t found = find_member(reader, name);
        if (found == NONE)
            continue;
        if (is_string(reader->object.members[found].value))
            return found;
        if (*other == NONE)
            *other = found;
    }
    return NONE;
}

static bool is_id(zub_slice value)
{
    return (is_string(value) && value.size > 2) || zub_value_is_integer(value);
}

static own_members find_own(zub_reader *reader, size_t *other)
{
    own_members own;

    own.text = find_text(reader, other);
    own.id = find_member(reader, reader->options->id_field);
    if (own.id != NONE && !is_id(reader->object.members[own.id].value))
        own.id = NONE;
    own.title = find_string(reader, "title");
    own.lang = find_string(reader, "lang");
    return own;
}

static zub_slice decode(zub_record *record, zub_slice value, bool is_plain)
{
    if (!is_string(value))
        return zub_record_copy(record, value);
    if (is_plain)
        return zub_record_copy(record,
                               (zub_slice){value.data + 1, value.size - 2});
    char *to = zub_record_reserve(record, zub_value_room(value) + 1);
    if (!to)
        return (zub_slice){NULL, 0};
    size_t size = zub_value_unquote_to(to, value, &record->repaired);
    return zub_record_keep(record, to, size);
}

static zub_slice decode_member(zub_reader *reader, zub_record *record,
                               size_t member)
{
    if (member == NONE)
        return (zub_slice){NULL, 0};
    const zub_member *own = &reader->object.members[member];
    return decode(record, own->value, own->value_is_plain);
}

static bool has_few_plain_names(const zub_object *object)
{
    bool is_plain = object->count <= FEW;

    for (size_t i = 0; i < object->count && is_plain; i++)
        is_plain = object->members[i].name_is_plain;
    return is_plain;
}

static bool stands_later(const zub_object *object, size_t member)
{
    zub_slice name = object->members[member].name;

    for (size_t i = member + 1; i < object->count; i++) {
        zub_slice other = object->members[i].name;
        if (other.size == name.size &&
            memcmp(other.data, name.data, name.size) == 0)
            return true;
    }
    return false;
}

/* Of many names, and of those with escapes, a map tells which were met. */
static void mark_outdone(zub_reader *reader)
{
    zub_object *object = &reader->object;
    size_t ignored = 0;

    if (has_few_plain_names(object)) {
        for (size_t i = 0; i < object->count; i++)
            object->members[i].is_outdone = stands_later(object, i);
        return;
    }
    zub_map_clear(&reader->met);
    for (size_t i = object->count; i-- > 0;) {
        uint32_t before = reader->met.count;
        zub_slice name = unquote(reader, object->members[i].name, &ignored);
        if (zub_map_add(&reader->met, name) == ZUB_MAP_NONE)
            reader->is_out_of_memory = true;
        object->members[i].is_outdone = reader->met.count == before;
    }
}

static size_t count_invalid(zub_slice bytes)
{
    size_t invalid;

    zub_utf8_count(bytes, &invalid);
    return invalid;
}

/* All that is neither the text nor, under our own name for it, the id. Their
 * invalid bytes are counted here; the text's are by who reads it. */
static void add_others(zub_reader *reader, zub_record *record,
                       const own_members *own)
{
    const zub_object *object = &reader->object;
    bool has_own_id = strcmp(reader->options->id_field, "id") == 0;

    mark_outdone(reader);
    zub_record_reserve_fields(record, object->count);
    for (size_t i = 0; i < object->count; i++) {
        const zub_member *member = &object->members[i];
        if (i == own->text || member->is_outdone)
            continue;
        record->repaired +=
            count_invalid(member->name) + count_invalid(member->value);
        if (i == own->id && has_own_id)
            continue;
        zub_slice name = decode(record, member->name, member->name_is_plain);
        zub_record_add_field(record, name,
                             zub_record_copy(record, member->value));
    }
}

static size_t size_of(const zub_reader *reader, size_t member)
{
    return member == NONE ? 0 : reader->object.members[member].value.size + 1;
}

/* Enough unless there are many NULs: all of the line, and what becomes a field
 * besides being ours once more. */
static size_t room_of(const zub_reader *reader, const zub_line *line,
                      const own_members *own)
{
    size_t count = reader->object.count;

    return zub_record_place_room(reader->source) +
           zub_record_fields_room(count) + line->text.size + 2 * count +
           size_of(reader, own->id) + size_of(reader, own->title) +
           size_of(reader, own->lang) + ZUB_VALUE_SLACK;
}

static zub_record *make_record(zub_reader *reader, const zub_line *line,
                               const own_members *own)
{
    zub_record *record =
        zub_record_new(&reader->spare, room_of(reader, line, own));

    if (!record)
        return NULL;
    zub_record_place(record, reader->source, line->number);
    record->is_decoded = true;
    record->repaired = zub_input_repaired(&reader->input);
    record->text = decode_member(reader, record, own->text);
    record->title = decode_member(reader, record, own->title);
    record->lang = decode_member(reader, record, own->lang);
    if (own->id != NONE)
        record->id = decode_member(reader, record, own->id);
    if (own->text != NONE) {
        const zub_member *text = &reader->object.members[own->text];
        record->text_field =
            decode(record, text->name, text->name_is_plain).data;
    }
    add_others(reader, record, own);
    return record;
}

static zub_status fail_text(zub_reader *reader, const zub_line *line,
                            size_t other, zub_error *error)
{
    if (other == NONE && reader->options->text_field)
        return zub_fail_at(
            error, ZUB_EMALFORMED, line->offset,
            "cannot read '%s' line %" PRIu64 ", column 1: no field '%s'",
            reader->path, line->number, reader->options->text_field);
    if (other == NONE)
        return fail_line(reader, line, 0,
                         "no field text, content, body, raw_content or "
                         "article (name it with --field)",
                         error);
    const char *value = reader->object.members[other].value.data;
    return fail_line(reader, line, (size_t)(value - line->text.data),
                     "the text field is not a string", error);
}

static zub_status record_of_line(zub_reader *reader, const zub_line *line,
                                 zub_record **out, zub_error *error)
{
    zub_object_fault fault;
    size_t other;
    zub_status status = zub_object_scan(&reader->object, line->text, &fault);

    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    if (status != ZUB_OK)
        return fail_line(reader, line, fault.at, fault.what, error);
    reader->is_out_of_memory = false;
    own_members own = find_own(reader, &other);
    bool lacks_text = own.text == NONE && !reader->options->text_is_optional;
    if (lacks_text && !reader->is_out_of_memory)
        return fail_text(reader, line, other, error);
    zub_record *record = lacks_text ? NULL : make_record(reader, line, &own);
    if (!reader->is_out_of_memory)
        return zub_record_finish(out, record, error);
    zub_record_free(record);
    return zub_fail_memory(error);
}

static bool is_blank(zub_slice text)
{
    size_t i = 0;

    while (i < text.size && (text.data[i] == ' ' || text.data[i] == '\t' ||
                             text.data[i] == '\r'))
        i++;
    return i == text.size;
}

zub_status zub_jsonl_next(zub_reader *reader, zub_record **out,
                          zub_error *error)
{
    zub_line line;

    *out = NULL;
    zub_input_skip_bom(&reader->input);
    do {
        zub_status status = zub_input_line(&reader->input, &line, error);
        if (status != ZUB_OK || !line.text.data)
            return status;
    } while (is_blank(line.text));
    return record_of_line(reader, &line, out, error);
}
