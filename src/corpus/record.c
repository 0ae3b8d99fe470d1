/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* record.c - see record.h. A record is the first member of a box; what it
 * points at stands behind the box in the same block, as much as its maker said
 * it would be, and the rest in an arena: short records, which come by the
 * million, cost one allocation. */
#include "corpus/record.h"

#include <stdalign.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "corpus/object.h"

#define ROOM_STEP ((size_t)128)      /* rooms alike are likely to fit again */
#define SPARE_ROOM ((size_t)2 << 10) /* of a block that is kept, at most */
#define NUMBER_DIGITS 20
#define ZEROED                                                                \
    ((size_t)64) /* bytes that compilers clear without a call, or
                               an instruction that takes as long as one */

typedef struct record_box {
    zub_record record;
    zub_field *fields; /* [field_capacity], owned as all else is */
    size_t field_capacity;
    zub_arena arena; /* what the room did not hold */
    char *text;      /* adopted, or NULL */
    size_t bytes;
    size_t room, used; /* of the bytes behind the box */
    bool is_out_of_memory;
    alignas(zub_field) char behind[];
} record_box;

static record_box *box_of(zub_record *record)
{
    return (record_box *)record;
}

static void empty(record_box *box, size_t room)
{
    size_t at = 0;

    for (; at + ZEROED <= sizeof *box; at += ZEROED)
        memset((char *)box + at, 0, ZEROED);
    memset((char *)box + at, 0, sizeof *box % ZEROED);
    box->bytes = sizeof *box;
    box->room = room;
}

zub_record *zub_record_new(zub_record **spare, size_t room)
{
    zub_record *old = *spare;

    *spare = NULL;
    if (old && box_of(old)->room >= room)
        return old;
    zub_record_free(old);
    if (room > ZUB_BUFFER_UNLIMITED)
        return NULL;
    room = (room + ROOM_STEP - 1) & ~(ROOM_STEP - 1);
    record_box *box = zub_alloc(sizeof *box + room, 1);
    if (!box)
        return NULL;
    empty(box, room);
    return &box->record;
}

static void release(record_box *box)
{
    if (box->arena.blocks)
        zub_arena_release(&box->arena);
    zub_free(box->text);
}

void zub_record_free(zub_record *record)
{
    if (!record)
        return;
    release(box_of(record));
    zub_free(record);
}

zub_record *zub_record_spare(zub_record *record)
{
    if (!record || box_of(record)->room > SPARE_ROOM) {
        zub_record_free(record);
        return NULL;
    }
    release(box_of(record));
    empty(box_of(record), box_of(record)->room);
    return record;
}

char *zub_record_reserve(zub_record *record, size_t size)
{
    record_box *box = box_of(record);

    if (size <= box->room - box->used)
        return box->behind + box->used;
    char *bytes = zub_arena_alloc(&box->arena, size, 1);
    if (!bytes)
        box->is_out_of_memory = true;
    return bytes;
}

zub_slice zub_record_keep(zub_record *record, char *bytes, size_t size)
{
    record_box *box = box_of(record);

    bytes[size] = '\0';
    box->bytes += size;
    if (bytes == box->behind + box->used)
        box->used += size + 1;
    return (zub_slice){bytes, size};
}

zub_slice zub_record_copy(zub_record *record, zub_slice bytes)
{
    char *copy = bytes.size < SIZE_MAX
                     ? zub_record_reserve(record, bytes.size + 1)
                     : NULL;

    if (!copy)
        return (zub_slice){NULL, 0};
    if (bytes.size > 0)
        memcpy(copy, bytes.data, bytes.size);
    return zub_record_keep(record, copy, bytes.size);
}

zub_slice zub_record_copy_buffer(zub_record *record, const zub_buffer *bytes)
{
    if (bytes->status != ZUB_OK)
        box_of(record)->is_out_of_memory = true;
    return zub_record_copy(record, zub_buffer_slice(bytes));
}

/* The digits of a number, which end at `end`; returns where they begin. Two
 * a division: each has to wait for the one before. */
static char *put_digits(char *end, uint64_t number)
{
    for (; number >= 10; number /= 100) {
        unsigned pair = (unsigned)(number % 100);
        *--end = (char)('0' + pair % 10);
        *--end = (char)('0' + pair / 10);
    }
    if (number > 0)
        *--end = (char)('0' + number);
    return end;
}

size_t zub_record_place_room(zub_slice path)
{
    return 2 * (path.size + 1) + 1 + NUMBER_DIGITS;
}

void zub_record_place(zub_record *record, zub_slice path, uint64_t line)
{
    char digits[NUMBER_DIGITS], *end = digits + sizeof digits;

    record->line = line;
    record->source = zub_record_copy(record, path);
    record->id = record->source;
    if (line == 0)
        return;
    char *first = put_digits(end, line);
    size_t count = (size_t)(end - first);
    char *id = zub_record_reserve(record, path.size + 1 + count + 1);
    if (!id)
        return;
    memcpy(id, path.data, path.size);
    id[path.size] = ':';
    memcpy(id + path.size + 1, first, count);
    record->id = zub_record_keep(record, id, path.size + 1 + count);
}

void zub_record_adopt_text(zub_record *record, zub_buffer *text)
{
    record_box *box = box_of(record);

    if (text->status != ZUB_OK || !zub_buffer_reserve(text, 0)) {
        box->is_out_of_memory = true;
        return;
    }
    char *fitting = zub_realloc(text->data, text->size + 1, 1);
    zub_free(box->text);
    box->text = fitting ? fitting : text->data;
    box->bytes += text->size;
    record->text = (zub_slice){box->text, text->size};
    zub_buffer_init(text, text->maximum);
}

size_t zub_record_fields_room(size_t count)
{
    return count * sizeof(zub_field) + alignof(zub_field) - 1;
}

/* In the room behind the box, at the next place for a field, or NULL. */
static zub_field *fields_behind(record_box *box, size_t count)
{
    size_t skip = -box->used % alignof(zub_field);
    size_t left = box->room - box->used;

    if (left < skip || (left - skip) / sizeof(zub_field) < count)
        return NULL;
    void *fields = box->behind + box->used + skip;
    box->used += skip + count * sizeof(zub_field);
    return fields;
}

void zub_record_reserve_fields(zub_record *record, size_t count)
{
    record_box *box = box_of(record);

    if (count == 0)
        return;
    box->fields = fields_behind(box, count);
    if (!box->fields)
        box->fields = zub_arena_alloc(&box->arena, count, sizeof *box->fields);
    box->field_capacity = box->fields ? count : 0;
    box->bytes += count * sizeof *box->fields;
    if (!box->fields)
        box->is_out_of_memory = true;
}

void zub_record_add_field(zub_record *record, zub_slice name, zub_slice value)
{
    record_box *box = box_of(record);

    if (record->field_count == box->field_capacity)
        return;
    box->fields[record->field_count++] = (zub_field){name, value};
    record->fields = box->fields;
}

zub_status zub_record_finish(zub_record **out, zub_record *record,
                             zub_error *error)
{
    *out = NULL;
    if (!record || box_of(record)->is_out_of_memory) {
        zub_record_free(record);
        return zub_fail_memory(error);
    }
    *out = record;
    return ZUB_OK;
}

const zub_field *zub_record_field(const zub_record *record, const char *name)
{
    size_t size = strlen(name);

    for (size_t i = record->field_count; i-- > 0;) {
        const zub_field *field = &record->fields[i];
        if (field->name.size == size &&
            memcmp(field->name.data, name, size) == 0)
            return field;
    }
    return NULL;
}

size_t zub_record_bytes(const zub_record *record)
{
    return record ? ((const record_box *)record)->bytes : 0;
}

size_t zub_record_repaired(const zub_record *record)
{
    size_t invalid;

    zub_utf8_count(record->text, &invalid);
    return record->repaired + invalid;
}

zub_status zub_record_number(double *out, const zub_record *record,
                             const char *name)
{
    const zub_field *field = zub_record_field(record, name);

    *out = 0;
    return field ? zub_value_number(field->value, out) : ZUB_ENOTFOUND;
}
