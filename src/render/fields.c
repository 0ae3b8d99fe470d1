/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fields.c - see fields.h. Cost: linear in the fields for each of our names
 * that is met. */
#include "render/fields.h"

#include <string.h>

#define OURS_MOST 16

/* The names of an object with the underscores each needs to be moved away;
 * 0: not counted yet. */
typedef struct name_claims {
    const zub_said *said;
    size_t underscores[OURS_MOST];
    const zub_record *record;
    zub_slice text_name;
} name_claims;

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size &&
           (a.size == 0 || !memcmp(a.data, b.data, a.size));
}

/* Is `name` so many underscores and then `rest`? */
static bool is_moved(zub_slice name, size_t underscores, zub_slice rest)
{
    if (name.size != underscores + rest.size)
        return false;
    for (size_t i = 0; i < underscores; i++)
        if (name.data[i] != '_')
            return false;
    return !memcmp(name.data + underscores, rest.data, rest.size);
}

static bool is_taken(const name_claims *claims, size_t underscores,
                     zub_slice name)
{
    const zub_record *record = claims->record;

    if (is_moved(claims->text_name, underscores, name))
        return true;
    for (size_t i = 0; i < record->field_count; i++)
        if (is_moved(record->fields[i].name, underscores, name))
            return true;
    return false;
}

/* Underscores that `name` needs: 0 if it is none of ours. */
static size_t underscores_for(name_claims *claims, zub_slice name)
{
    const char *const *ours = claims->said->names;

    for (size_t i = 0; ours[i] && i < OURS_MOST; i++) {
        size_t *underscores = &claims->underscores[i];
        if (!is_same(name, slice_of(ours[i])))
            continue;
        if (*underscores == 0)
            while (is_taken(claims, ++*underscores, name))
                ;
        return *underscores;
    }
    return 0;
}

static void add_name(zub_json *json, name_claims *claims, zub_slice name)
{
    zub_json_name_slice(json, underscores_for(claims, name), name);
}

static bool is_among(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

/* A title or language of the record's that the object repeats. A value that
 * is no string was never read as one. */
static bool is_said(const zub_said *said, const zub_record *record,
                    const zub_field *field)
{
    const struct {
        const char *name;
        zub_slice theirs, ours;
    } pairs[] = {{"title", record->title, said->title},
                 {"lang", record->lang, said->lang}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (is_same(field->name, slice_of(pairs[i].name)))
            return field->value.size > 0 && field->value.data[0] == '"' &&
                   is_same(pairs[i].theirs, pairs[i].ours) &&
                   is_among(said->names, pairs[i].name);
    return false;
}

void zub_json_fields(zub_json *json, const zub_record *record,
                     const zub_said *said, bool keep_text)
{
    const char *text_field = record->text_field ? record->text_field : "text";
    name_claims claims = {.said = said, .record = record};

    if (keep_text) {
        claims.text_name = slice_of(text_field);
        add_name(json, &claims, claims.text_name);
        zub_json_string(json, record->text);
    }
    for (size_t i = 0; i < record->field_count; i++) {
        const zub_field *field = &record->fields[i];
        if (is_same(field->name, slice_of(text_field)) ||
            is_said(said, record, field))
            continue;
        add_name(json, &claims, field->name);
        zub_json_raw(json, field->value);
    }
}
