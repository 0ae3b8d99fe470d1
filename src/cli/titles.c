/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* titles.c - see titles.h. */
#include "cli/titles.h"

#include <stdlib.h>
#include <string.h>

void zub_titles_close(zub_titles *titles)
{
    for (size_t i = 0; titles->names != NULL && i < titles->count; i++)
        free(titles->names[i]);
    free(titles->names);
    *titles = (zub_titles){0};
}

zub_slice zub_titles_of(const zub_titles *titles, size_t i)
{
    const char *name = i < titles->count ? titles->names[i] : NULL;

    return name != NULL ? (zub_slice){name, strlen(name)} : (zub_slice){0};
}

static bool is_equal(zub_slice a, zub_slice b)
{
    return a.size == b.size &&
           (a.size == 0 || !memcmp(a.data, b.data, a.size));
}

/* The title up to a NUL byte, which no title that is shown has. */
static zub_status keep(zub_titles *titles, const zub_record *record,
                       const zub_slice *ids, size_t *missing)
{
    for (size_t i = 0; i < titles->count; i++) {
        if (titles->names[i] != NULL || !is_equal(ids[i], record->id))
            continue;
        titles->names[i] = calloc(record->title.size + 1, 1);
        if (titles->names[i] == NULL)
            return ZUB_ENOMEM;
        if (record->title.size > 0)
            memcpy(titles->names[i], record->title.data, record->title.size);
        --*missing;
    }
    return ZUB_OK;
}

static zub_status read_all(zub_titles *titles, zub_corpus *corpus,
                           const zub_slice *ids)
{
    size_t missing = titles->count;
    zub_status status = ZUB_OK;
    bool is_over = false;

    while (missing > 0 && !is_over && status == ZUB_OK) {
        zub_record *record;
        zub_status read = zub_corpus_next(&record, corpus, NULL);
        is_over = read == ZUB_OK && record == NULL;
        if (read == ZUB_ENOMEM)
            status = read;
        else if (record != NULL)
            status = keep(titles, record, ids, &missing);
        zub_record_free(record);
    }
    return status;
}

zub_status zub_titles_read(zub_titles *out, const zub_common *common,
                           const char *const *operands, size_t operand_count,
                           const zub_slice *ids, size_t count)
{
    const char *const written[] = {common->output, NULL};
    zub_corpus_options options = {
        .form = (zub_form)common->form,
        .encoding = common->encoding,
        .text_field = common->text_field,
        .id_field = common->id_field,
        .limit_bytes = common->limit_bytes,
        .left_out = written,
    };
    zub_corpus *corpus;

    *out = (zub_titles){0};
    if (operand_count == 0 || count == 0 ||
        zub_common_stdins(operands, operand_count) > 0)
        return ZUB_OK;
    out->names = calloc(count, sizeof *out->names);
    if (out->names == NULL)
        return ZUB_ENOMEM;
    out->count = count;
    zub_status status =
        zub_corpus_open(&corpus, operands, operand_count, &options, NULL);
    if (status == ZUB_OK)
        status = read_all(out, corpus, ids);
    zub_corpus_free(corpus);
    return status;
}
