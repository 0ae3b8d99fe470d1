/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* record.c - see record.h. A record is the first member of a box that holds
 * the memory of everything it points at. */
#include "corpus/record.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "corpus/object.h"

typedef struct record_box {
    zub_record record;
    zub_field *fields; /* [field_capacity], in the arena */
    size_t field_capacity;
    zub_arena arena;
    char *text; /* adopted, or NULL */
    size_t bytes;
    bool is_out_of_memory;
} record_box;

static record_box *box_of(zub_record *record)
{
    return (record_box *)record;
}

zub_record *zub_record_new(void)
{
    record_box *box = zub_alloc_zero(1, sizeof *box);

    if (!box)
        return NULL;
    zub_arena_init(&box->arena);
    box->bytes = sizeof *box;
    return &box->record;
}

void zub_record_free(zub_record *record)
{
    if (!record)
        return;
    record_box *box = box_of(record);
    zub_arena_release(&box->arena);
    zub_free(box->text);
    zub_free(box);
}

zub_slice zub_record_copy(zub_record *record, zub_slice bytes)
{
    record_box *box = box_of(record);
    zub_slice copy = zub_arena_copy(&box->arena, bytes);

    box->bytes += bytes.size;
    if (!copy.data)
        box->is_out_of_memory = true;
    return copy;
}

zub_slice zub_record_copy_buffer(zub_record *record, const zub_buffer *bytes)
{
    if (bytes->status != ZUB_OK)
        box_of(record)->is_out_of_memory = true;
    return zub_record_copy(record, zub_buffer_slice(bytes));
}

void zub_record_place(zub_record *record, const char *path, uint64_t line)
{
    char number[24];
    size_t size = strlen(path);

    record->line = line;
    record->source = zub_record_copy(record, (zub_slice){path, size});
    if (line == 0) {
        record->id = record->source;
        return;
    }
    int digits = snprintf(number, sizeof number, ":%" PRIu64, line);
    char *id =
        zub_arena_alloc(&box_of(record)->arena, size + (size_t)digits + 1, 1);
    if (!id) {
        box_of(record)->is_out_of_memory = true;
        return;
    }
    memcpy(id, path, size);
    memcpy(id + size, number, (size_t)digits);
    record->id = (zub_slice){id, size + (size_t)digits};
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

void zub_record_reserve_fields(zub_record *record, size_t count)
{
    record_box *box = box_of(record);

    if (count == 0)
        return;
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

zub_status zub_record_number(double *out, const zub_record *record,
                             const char *name)
{
    const zub_field *field = zub_record_field(record, name);

    *out = 0;
    return field ? zub_value_number(field->value, out) : ZUB_ENOTFOUND;
}
