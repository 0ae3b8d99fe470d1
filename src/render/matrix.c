/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix.c - see matrix.h: the forms by name, and the tables beside a matrix;
 * each form has a file of its own. */
#include "render/matrix.h"

#include <string.h>

#include "base/error.h"
#include "render/decimal.h"
#include "render/matrix_text.h"

static const zub_matrix_form forms[] = {
    {"npz", "arrays for scipy.sparse.load_npz", zub_write_npz},
    {"mtx", "MatrixMarket, from 1", zub_write_mtx},
    {"svmlight", "label 0, then column:value, from 1", zub_write_svmlight},
    {"jsonl", "an object an article, terms by name", zub_write_matrix_jsonl},
};

const zub_matrix_form *zub_matrix_forms(size_t *count)
{
    *count = sizeof forms / sizeof *forms;
    return forms;
}

const zub_matrix_form *zub_matrix_form_find(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}

/* The numbers behind the names, put together in one place. */
static size_t put_numbers(char *text, const zub_term_row *row)
{
    size_t at = 0;

    text[at++] = '\t';
    at += zub_decimal_count(text + at, row->df);
    text[at++] = '\t';
    at += zub_decimal_count(text + at, row->cf);
    text[at++] = '\t';
    at += zub_decimal_float(text + at, (float)row->idf);
    text[at++] = '\n';
    return at;
}

void zub_write_term(zub_writer *out, uint64_t column, const zub_term_row *row)
{
    zub_write_count(out, column);
    zub_write_char(out, '\t');
    zub_write_escaped(out, row->term, zub_escape_cell);
    zub_write_char(out, '\t');
    zub_write_escaped(out, row->surface, zub_escape_cell);
    out->used += put_numbers(zub_writer_room(out, 4 * ZUB_DECIMAL_ROOM), row);
}

zub_status zub_write_terms(const zub_term_source *source, zub_sink sink,
                           zub_error *error)
{
    zub_writer out;
    zub_status status = ZUB_OK;

    zub_error_clear(error);
    zub_writer_init(&out, sink);
    zub_write_string(&out, ZUB_TERMS_HEAD);
    for (uint64_t c = 0; c < source->terms && out.status == ZUB_OK; c++) {
        zub_term_row row = {.df = 0};
        status = source->read(source->context, c, &row, error);
        if (status != ZUB_OK)
            return status;
        zub_write_term(&out, c, &row);
    }
    return zub_writer_verdict(&out, error);
}

zub_status zub_write_articles(uint64_t rows, const zub_matrix_names *names,
                              zub_sink sink, zub_error *error)
{
    zub_writer out;

    zub_error_clear(error);
    zub_writer_init(&out, sink);
    zub_write_string(&out, "row\tid\n");
    for (uint64_t r = 0; r < rows && out.status == ZUB_OK; r++) {
        zub_slice id;
        zub_status status = names->article(names->context, r, &id, error);
        if (status != ZUB_OK)
            return status;
        zub_write_count(&out, r);
        zub_write_char(&out, '\t');
        zub_write_escaped(&out, id, zub_escape_cell);
        zub_write_char(&out, '\n');
    }
    return zub_writer_verdict(&out, error);
}
