/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_matrix.c - a zub_matrix in the forms of matrix.h, the tables beside it,
 * and why a weight is what it is. */
#include "base/error.h"
#include "base/mem.h"
#include "render/decimal.h"
#include "render/json.h"
#include "render/matrix.h"
#include "render/matrix_text.h"
#include "render/parts.h"
#include "vectors/matrix.h"

const char *zub_matrix_form_name(size_t i)
{
    size_t count;
    const zub_matrix_form *forms = zub_matrix_forms(&count);

    return i < count ? forms[i].name : NULL;
}

const char *zub_matrix_form_about(size_t i)
{
    size_t count;
    const zub_matrix_form *forms = zub_matrix_forms(&count);

    return i < count ? forms[i].about : NULL;
}

/* ---- The matrix as what writers ask for ---- */

static zub_status read_block(void *matrix, uint64_t first, bool with_values,
                             zub_matrix_block *out, zub_error *error)
{
    return zub_matrix_read(out, matrix, first, with_values, error);
}

/* Whoever asks for a term by its column cannot be told of a failure, so it
 * waits here. */
typedef struct names {
    zub_matrix *matrix;
    zub_status status;
} names;

static zub_status name_article(void *context, uint64_t row, zub_slice *id,
                               zub_error *error)
{
    const names *named = context;

    *id = zub_matrix_id(named->matrix, row);
    return named->status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

static zub_slice name_term(void *context, size_t column)
{
    names *named = context;
    zub_matrix_term term;
    zub_status status = zub_matrix_term_at(&term, named->matrix, column, NULL);

    if (status != ZUB_OK)
        named->status = status;
    return status == ZUB_OK ? term.term : (zub_slice){0};
}

zub_status zub_render_matrix(zub_matrix *matrix, const char *form,
                             bool compress, zub_sink sink, zub_error *error)
{
    const zub_matrix_form *found = zub_matrix_form_find(form);
    zub_matrix_size size = zub_matrix_measure(matrix);
    zub_matrix_source source = {size.rows, size.columns, size.entries,
                                read_block, matrix};
    names named = {matrix, ZUB_OK};
    zub_matrix_names asked = {name_article, name_term, &named};
    zub_matrix_style style = {compress, &asked};

    zub_error_clear(error);
    if (!found)
        return zub_fail(error, ZUB_EINVAL,
                        "a matrix has no form '%s' (try npz)", form);
    zub_status status = found->write(&source, &style, sink, error);
    if (status == ZUB_OK && named.status != ZUB_OK)
        return zub_fail_memory(error);
    return status;
}

/* Terms on their way into a table; each worker has its room for names. */
typedef struct term_rows {
    const zub_matrix *matrix;
    zub_name_room *rooms; /* [threads] */
} term_rows;

static void write_term(void *context, unsigned worker, zub_writer *out,
                       uint64_t column)
{
    const term_rows *rows = context;
    zub_matrix_term term;

    zub_writer_fail(out, zub_matrix_name(&term, &rows->rooms[worker],
                                         rows->matrix, (size_t)column));
    zub_write_term(out, column,
                   &(zub_term_row){term.term, term.surface, term.df,
                                   term.count, term.idf});
}

static void write_terms(zub_writer *out, const zub_matrix *matrix)
{
    unsigned threads = matrix->threads;
    term_rows rows = {matrix, zub_alloc_zero(threads, sizeof(zub_name_room))};
    zub_part_rows all = {matrix->columns.count, threads, write_term, &rows};

    if (!rows.rooms) {
        zub_writer_fail(out, ZUB_ENOMEM);
        return;
    }
    for (unsigned i = 0; i < threads; i++)
        zub_name_room_init(&rows.rooms[i]);
    zub_write_parts(out, &all);
    for (unsigned i = 0; i < threads; i++)
        zub_name_room_release(&rows.rooms[i]);
    zub_free(rows.rooms);
}

zub_status zub_render_matrix_terms(zub_matrix *matrix, zub_sink sink,
                                   zub_error *error)
{
    zub_writer out;

    zub_error_clear(error);
    zub_status status = zub_matrix_find_names(matrix, error);
    if (status != ZUB_OK)
        return status;
    zub_writer_init(&out, sink);
    zub_write_string(&out, ZUB_TERMS_HEAD);
    write_terms(&out, matrix);
    return zub_writer_verdict(&out, error);
}

zub_status zub_render_matrix_articles(zub_matrix *matrix, zub_sink sink,
                                      zub_error *error)
{
    names named = {matrix, ZUB_OK};
    zub_matrix_names asked = {name_article, name_term, &named};

    return zub_write_articles(zub_matrix_measure(matrix).rows, &asked, sink,
                              error);
}

/* ---- Why a weight is what it is ---- */

/* A number with its name, in the order in which they are written. */
typedef struct figure {
    const char *name;
    double value;
} figure;

#define FIGURES 6

typedef struct explained {
    zub_slice id, term, surface;
    figure figures[FIGURES];
} explained;

static void write_text(zub_writer *out, const explained *why)
{
    char digits[ZUB_DECIMAL_ROOM];

    for (size_t i = 0; i < FIGURES; i++) {
        zub_write_string(out, why->figures[i].name);
        zub_write_char(out, '\t');
        zub_write(out, digits,
                  zub_decimal_significant(digits, why->figures[i].value, 10));
        zub_write_char(out, '\n');
    }
    zub_write_string(out, "term\t");
    zub_write_escaped(out, why->term, zub_escape_plain);
    zub_write_string(out, "\nsurface\t");
    zub_write_escaped(out, why->surface, zub_escape_plain);
    zub_write_string(out, "\nid\t");
    zub_write_escaped(out, why->id, zub_escape_plain);
    zub_write_char(out, '\n');
}

static void write_json(zub_writer *out, const explained *why)
{
    char digits[ZUB_DECIMAL_ROOM];
    zub_json json;

    zub_json_init(&json, out, false, 0);
    zub_json_object(&json, ZUB_JSON_LINES);
    zub_json_name(&json, "id");
    zub_json_string(&json, why->id);
    zub_json_name(&json, "term");
    zub_json_string(&json, why->term);
    zub_json_name(&json, "surface");
    zub_json_string(&json, why->surface);
    for (size_t i = 0; i < FIGURES; i++) {
        zub_decimal_shortest(digits, why->figures[i].value);
        zub_json_name(&json, why->figures[i].name);
        zub_json_digits(&json, digits);
    }
    zub_json_end(&json);
    zub_write_char(out, '\n');
}

static zub_status write_explained(const explained *why, zub_format format,
                                  zub_sink sink, zub_error *error)
{
    zub_writer out;

    zub_writer_init(&out, sink);
    if (format == ZUB_FORMAT_JSON)
        write_json(&out, why);
    else
        write_text(&out, why);
    return zub_writer_verdict(&out, error);
}

zub_status zub_render_weight(zub_matrix *matrix, uint64_t row, uint64_t column,
                             zub_format format, zub_sink sink,
                             zub_error *error)
{
    zub_weight_reason reason;
    zub_matrix_term term;

    zub_error_clear(error);
    if (format != ZUB_FORMAT_TEXT && format != ZUB_FORMAT_JSON)
        return zub_fail(error, ZUB_EINVAL,
                        "a weight is explained as text or JSON");
    zub_status status =
        zub_matrix_explain(&reason, matrix, row, column, error);
    if (status == ZUB_OK)
        status = zub_matrix_term_at(&term, matrix, column, error);
    if (status != ZUB_OK)
        return status;
    explained why = {
        zub_matrix_id(matrix, row),
        term.term,
        term.surface,
        {{"count", (double)reason.count},
         {"df", (double)reason.df},
         {"tf", reason.tf},
         {"idf", reason.idf},
         {"norm", reason.norm},
         {"weight", reason.weight}},
    };
    return write_explained(&why, format, sink, error);
}
