/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* references.c - see references.h. Read once, then sorted by id. */
#include "cli/references.h"

#include <stdlib.h>
#include <string.h>

#include "cli/message.h"

static int shown(zub_slice id)
{
    return id.size < 300 ? (int)id.size : 300;
}

static int compare_ids(zub_slice a, zub_slice b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order = least ? memcmp(a.data, b.data, least) : 0;

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

static int by_id(const void *a, const void *b)
{
    const zub_reference *left = a, *right = b;
    int order = compare_ids(left->record->id, right->record->id);

    if (order != 0)
        return order;
    return (left->place > right->place) - (left->place < right->place);
}

static bool make_room(zub_references *references)
{
    size_t capacity = references->capacity ? references->capacity * 2 : 64;

    if (references->count < references->capacity)
        return true;
    zub_reference *items =
        realloc(references->items, capacity * sizeof *items);
    if (items == NULL)
        return false;
    references->items = items;
    references->capacity = capacity;
    return true;
}

static zub_status find_texts(zub_texts **out, const zub_record *record,
                             const char *field)
{
    static const char *const names[] = {"references", "reference", "summary"};
    zub_status status = ZUB_ENOTFOUND;

    if (field != NULL)
        return zub_texts_new(out, record, field);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (status == ZUB_ENOTFOUND)
            status = zub_texts_new(out, record, names[i]);
    return status;
}

/* Owns `record`. */
static zub_status add(zub_references *references, zub_record *record,
                      const char *field)
{
    zub_texts *texts = NULL;
    zub_status status =
        make_room(references) ? find_texts(&texts, record, field) : ZUB_ENOMEM;

    if (status == ZUB_OK) {
        references->items[references->count] =
            (zub_reference){record, texts, references->count, false};
        references->count++;
        return ZUB_OK;
    }
    if (status == ZUB_ENOTFOUND) {
        zub_message("'%.*s' has no references (name their field with "
                    "--refs-field)",
                    shown(record->id), record->id.data);
        references->failures++;
        status = ZUB_OK;
    }
    zub_record_free(record);
    return status;
}

static zub_status read_all(zub_references *references, zub_corpus *corpus,
                           const char *field, zub_error *error)
{
    zub_record *record;

    for (;;) {
        zub_status status = zub_corpus_next(&record, corpus, error);
        if (status == ZUB_ENOMEM)
            return status;
        if (status != ZUB_OK) {
            zub_message("%s", error->message);
            references->failures++;
            if (status == ZUB_EIO || status == ZUB_ENOTFOUND)
                return status;
            continue;
        }
        if (record == NULL)
            return ZUB_OK;
        status = add(references, record, field);
        if (status != ZUB_OK)
            return status;
    }
}

/* Of a name that stands twice the first is kept. */
static void drop_doubles(zub_references *references)
{
    size_t kept = 0;

    for (size_t i = 0; i < references->count; i++) {
        zub_reference *item = &references->items[i];
        zub_slice id = item->record->id;
        if (kept == 0 ||
            compare_ids(references->items[kept - 1].record->id, id) != 0) {
            references->items[kept++] = *item;
            continue;
        }
        zub_message("'%.*s' has references twice: the first are used",
                    shown(id), id.data);
        references->failures++;
        zub_record_free(item->record);
        zub_texts_free(item->texts);
    }
    references->count = kept;
}

zub_status zub_references_load(zub_references *out, const char *path,
                               const zub_corpus_options *options,
                               const char *field, zub_error *error)
{
    zub_corpus_options all = *options;
    zub_corpus *corpus;

    *out = (zub_references){0};
    all.text_is_optional = true;
    all.text_field = NULL;
    zub_status status = zub_corpus_open(&corpus, &path, 1, &all, error);
    if (status != ZUB_OK)
        return status;
    status = read_all(out, corpus, field, error);
    zub_corpus_free(corpus);
    if (status != ZUB_OK) {
        zub_references_release(out);
        return status;
    }
    if (out->count > 0)
        qsort(out->items, out->count, sizeof *out->items, by_id);
    drop_doubles(out);
    if (out->count == 0)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "'%.300s' holds no references", path);
    return ZUB_OK;
}

void zub_references_release(zub_references *references)
{
    for (size_t i = 0; i < references->count; i++) {
        zub_record_free(references->items[i].record);
        zub_texts_free(references->items[i].texts);
    }
    free(references->items);
    *references = (zub_references){0};
}

zub_reference *zub_references_find(const zub_references *references,
                                   zub_slice id)
{
    size_t low = 0, high = references->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_ids(id, references->items[middle].record->id);
        if (order == 0)
            return &references->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
