/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_json.c - zub_write_matrix_jsonl of matrix.h. */
#include "base/error.h"
#include "render/decimal.h"
#include "render/json.h"
#include "render/matrix_text.h"

static void write_terms(zub_json *json, const zub_matrix_row *row,
                        const zub_matrix_names *names)
{
    char digits[ZUB_DECIMAL_ROOM];

    for (size_t i = 0; i < row->size; i++) {
        zub_json_array(json, ZUB_JSON_INLINE);
        zub_json_string(json,
                        names->term(names->context, (size_t)row->cols[i]));
        zub_decimal_float(digits, row->values[i]);
        zub_json_digits(json, digits);
        zub_json_end(json);
    }
}

static zub_status write_object(zub_writer *out, const zub_matrix_row *row,
                               void *context, zub_error *error)
{
    const zub_matrix_names *names = context;
    zub_json json;
    zub_slice id;

    zub_status status =
        names->article(names->context, row->number, &id, error);
    if (status != ZUB_OK)
        return status;
    zub_json_init(&json, out, true, 0);
    zub_json_object(&json, ZUB_JSON_INLINE);
    zub_json_name(&json, "id");
    zub_json_string(&json, id);
    zub_json_name(&json, "terms");
    zub_json_array(&json, ZUB_JSON_INLINE);
    write_terms(&json, row, names);
    zub_json_end(&json);
    zub_json_end(&json);
    zub_write_char(out, '\n');
    return ZUB_OK;
}

zub_status zub_write_matrix_jsonl(const zub_matrix_source *source,
                                  const zub_matrix_style *options,
                                  zub_sink sink, zub_error *error)
{
    zub_writer out;

    if (!options || !options->names)
        return zub_fail(error, ZUB_EINVAL,
                        "JSON needs the names of articles and terms");
    zub_matrix_names names = *options->names;
    zub_writer_init(&out, sink);
    return zub_write_matrix_rows(&out, source, write_object, &names, error);
}
