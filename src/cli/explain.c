/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* explain.c - see explain.h. */
#include "cli/explain.h"

#include <string.h>

#include "cli/bytes.h"
#include "cli/message.h"

static zub_status find_article(const zub_explain *why, uint64_t *row,
                               zub_error *error)
{
    uint64_t rows = zub_matrix_measure(why->matrix).rows;
    size_t size = strlen(why->article);

    for (*row = 0; *row < rows; ++*row) {
        zub_slice id = zub_matrix_id(why->matrix, *row);
        if (id.size == size && memcmp(id.data, why->article, size) == 0)
            return ZUB_OK;
    }
    return zub_message_into(error, ZUB_ENOTFOUND, "no article has the id '%s'",
                            why->article);
}

/* The ways to read the term, each into `key`. */
static zub_status by_form(const zub_explain *why, zub_slice term, zub_sink key,
                          zub_error *error)
{
    return zub_state_key(key, why->state, term, error);
}

static zub_status by_rules(const zub_explain *why, zub_slice term,
                           zub_sink key, zub_error *error)
{
    if (why->words == NULL)
        return ZUB_ENOTFOUND;
    return zub_count_key(key, term, why->models, why->words, why->count,
                         error);
}

static zub_status as_it_stands(const zub_explain *why, zub_slice term,
                               zub_sink key, zub_error *error)
{
    (void)why, (void)error;
    return key.write(key.context, term.data, term.size);
}

static zub_status (*const ways[])(const zub_explain *why, zub_slice term,
                                  zub_sink key, zub_error *error) = {
    by_form, by_rules, as_it_stands};
#define WAYS (sizeof ways / sizeof *ways)

/* ZUB_ENOTFOUND: another way may find it. */
static zub_status try_way(const zub_explain *why, size_t way, uint64_t row,
                          zub_sink sink, bool *has_column, zub_error *error)
{
    zub_slice term = {why->term, strlen(why->term)};
    zub_bytes key = {0};
    uint64_t column = UINT64_MAX;
    zub_status status = ways[way](why, term, zub_bytes_sink(&key), error);

    if (status == ZUB_OK)
        column = zub_matrix_find(why->matrix, (zub_slice){key.data, key.size});
    zub_bytes_release(&key);
    if (status != ZUB_OK || column == UINT64_MAX)
        return status != ZUB_OK ? status : ZUB_ENOTFOUND;
    *has_column = true;
    return zub_render_weight(why->matrix, row, column, why->format, sink,
                             error);
}

zub_status zub_explain_write(const zub_explain *why, zub_sink sink,
                             zub_error *error)
{
    uint64_t row;
    bool has_column = false;
    zub_status status = find_article(why, &row, error);

    if (status != ZUB_OK)
        return status;
    status = ZUB_ENOTFOUND;
    for (size_t i = 0; i < WAYS && status == ZUB_ENOTFOUND; i++)
        status = try_way(why, i, row, sink, &has_column, error);
    if (status != ZUB_ENOTFOUND)
        return status;
    return zub_message_into(error, ZUB_ENOTFOUND,
                            has_column
                                ? "article '%.200s' does not have '%.200s'"
                                : "'%.0s%.200s' is no column of the matrix",
                            why->article, why->term);
}
