/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gathered.c - see gathered.h. Sets in a file are asked here and there; when so
 * many bytes were touched as may be resident, all of them are let go. */
#include "vectors/gathered.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"

#define PAGE 4096u

void zub_gathered_init(zub_gathered *gathered, const char *folder,
                       const char *keep_folder, size_t budget)
{
    *gathered = (zub_gathered){.spooler = {.folder = folder},
                               .keeper = {.folder = keep_folder},
                               .budget = budget};
    zub_spool_init(&gathered->ids, &gathered->spooler, 0);
    zub_spool_init(&gathered->sets, &gathered->spooler, 0);
    zub_spool_init(&gathered->kept, &gathered->keeper, 0);
}

void zub_gathered_release(zub_gathered *gathered)
{
    zub_spool_release(&gathered->ids);
    zub_spool_release(&gathered->sets);
    zub_spool_release(&gathered->kept);
    zub_file_close(&gathered->id_file);
    zub_file_close(&gathered->set_file);
    zub_file_close(&gathered->kept_file);
    zub_free(gathered->articles);
    *gathered = (zub_gathered){0};
}

static zub_status report(const zub_gathered *gathered, zub_error *error)
{
    zub_status status = zub_spooler_report(&gathered->spooler, error);

    return status == ZUB_OK ? zub_spooler_report(&gathered->keeper, error)
                            : status;
}

zub_status zub_gathered_add(zub_gathered *gathered, const zub_record *record,
                            const zub_shingles *shingles, zub_slice kept,
                            zub_error *error)
{
    if (gathered->count >= UINT32_MAX - 1)
        return zub_fail(error, ZUB_ELIMIT,
                        "more than 2^32 - 2 articles at once");
    if (!zub_grow(&gathered->articles, &gathered->capacity,
                  gathered->count + 1, sizeof *gathered->articles))
        return zub_fail_memory(error);
    zub_spool_add(&gathered->ids, record->id.data, record->id.size);
    zub_spool_add(&gathered->ids, "", 1);
    zub_spool_add(&gathered->sets, shingles->items,
                  shingles->count * sizeof *shingles->items);
    zub_spool_add(&gathered->kept, kept.data, kept.size);
    gathered->articles[gathered->count++] = (zub_gathered_article){
        .id_end = zub_spool_size(&gathered->ids),
        .set_end = zub_spool_size(&gathered->sets),
        .kept_end = zub_spool_size(&gathered->kept),
        .text = shingles->text,
        .ordinal = record->ordinal,
        .words = (uint32_t)shingles->words,
    };
    return report(gathered, error);
}

zub_status zub_gathered_finish(zub_gathered *gathered, zub_error *error)
{
    zub_spool_finish(&gathered->ids, &gathered->id_file);
    zub_spool_finish(&gathered->sets, &gathered->set_file);
    zub_spool_finish(&gathered->kept, &gathered->kept_file);
    zub_expect_random(gathered->set_file.bytes.data,
                      gathered->set_file.bytes.size,
                      gathered->set_file.is_mapped);
    return report(gathered, error);
}

/* ---- Articles ---- */

static zub_slice piece(const zub_file *file, uint64_t start, uint64_t end)
{
    return (zub_slice){end > start ? file->bytes.data + start : NULL,
                       (size_t)(end - start)};
}

zub_slice zub_gathered_id(const zub_gathered *gathered, size_t i)
{
    const zub_gathered_article *article = &gathered->articles[i];
    uint64_t start = i > 0 ? article[-1].id_end : 0;

    return (zub_slice){gathered->id_file.bytes.data + start,
                       (size_t)(article->id_end - start) - 1};
}

zub_slice zub_gathered_kept(const zub_gathered *gathered, size_t i)
{
    const zub_gathered_article *article = &gathered->articles[i];
    uint64_t start = i > 0 ? article[-1].kept_end : 0;

    return piece(&gathered->kept_file, start, article->kept_end);
}

static uint64_t set_start(const zub_gathered *gathered, size_t i)
{
    return i > 0 ? gathered->articles[i - 1].set_end : 0;
}

size_t zub_gathered_size(const zub_gathered *gathered, size_t i)
{
    uint64_t bytes = gathered->articles[i].set_end - set_start(gathered, i);

    return (size_t)(bytes / sizeof(uint64_t));
}

const uint64_t *zub_gathered_set(zub_gathered *gathered, size_t i)
{
    zub_slice all = gathered->set_file.bytes;
    const char *set = all.data ? all.data + set_start(gathered, i) : NULL;

    gathered->touched += zub_gathered_size(gathered, i) * 8 + PAGE;
    if (gathered->touched > gathered->budget) {
        zub_let_go(all.data, all.size, gathered->set_file.is_mapped);
        gathered->touched = 0;
    }
    return (const uint64_t *)(const void *)set;
}

/* ---- Order ---- */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static void add_number(zub_buffer *keys, uint64_t number)
{
    for (unsigned shift = 64; shift > 0; shift -= 8)
        zub_buffer_add_char(keys, (char)(number >> (shift - 8) & 0xFF));
}

/* Digits in a row: a zero, how many there are, then they. So a number stands
 * where a digit does, and before all that are greater. */
static size_t add_digits(zub_buffer *keys, zub_slice id, size_t at)
{
    while (at < id.size && id.data[at] == '0')
        at++;
    size_t end = at;
    while (end < id.size && is_digit(id.data[end]))
        end++;
    size_t size = end - at;
    zub_buffer_add_char(keys, '0');
    zub_buffer_add_char(keys, (char)(size < 255 ? size : 255));
    if (size >= 255)
        add_number(keys, size);
    zub_buffer_add(keys, id.data + at, size);
    return end;
}

static void add_key(zub_buffer *keys, const zub_gathered *gathered, size_t i)
{
    zub_slice id = zub_gathered_id(gathered, i);

    for (size_t at = 0; at < id.size;) {
        if (is_digit(id.data[at]))
            at = add_digits(keys, id, at);
        else
            zub_buffer_add_char(keys, id.data[at++]);
    }
    zub_buffer_add_char(keys, '\0');
    zub_buffer_add_slice(keys, id);
    add_number(keys, gathered->articles[i].text);
    add_number(keys, gathered->articles[i].ordinal);
}

static zub_status sort(uint32_t *order, const zub_gathered *gathered,
                       zub_slice *names, zub_buffer *keys)
{
    for (size_t i = 0; i < gathered->count; i++) {
        names[i].size = keys->size;
        add_key(keys, gathered, i);
        names[i].size = keys->size - names[i].size;
    }
    if (keys->status != ZUB_OK)
        return keys->status;
    for (size_t i = 0, at = 0; i < gathered->count; at += names[i++].size)
        names[i].data = keys->data + at;
    return zub_order_names(order, names, gathered->count);
}

zub_status zub_gathered_order(uint32_t *order, const zub_gathered *gathered)
{
    zub_slice *names = zub_alloc(gathered->count, sizeof *names);
    zub_buffer keys;

    zub_buffer_init(&keys, ZUB_BUFFER_UNLIMITED);
    zub_status status =
        names ? sort(order, gathered, names, &keys) : ZUB_ENOMEM;
    zub_buffer_release(&keys);
    zub_free(names);
    return status;
}
