/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* file_report.c - what a .zub file is, as a line or an object. */
#include <string.h>

#include "render/json.h"
#include "render/writer.h"

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

static void write_text(zub_writer *out, const zub_file_report *report,
                       const char *path)
{
    zub_write_escaped(out, slice_of(path), zub_escape_plain);
    zub_write_string(out, ": ");
    zub_write_escaped(out, slice_of(report->kind), zub_escape_plain);
    zub_write_string(out, " of version ");
    zub_write_count(out, report->version);
    zub_write_string(out, ", ");
    zub_write_string(out, report->holds);
    if (report->fingerprint[0] != '\0') {
        zub_write_string(out, " (");
        zub_write_escaped(out, slice_of(report->fingerprint),
                          zub_escape_plain);
        zub_write_char(out, ')');
    }
    zub_write_char(out, '\n');
}

static void add_string(zub_json *json, const char *name, const char *value)
{
    zub_json_name(json, name);
    zub_json_string(json, slice_of(value));
}

static void write_json(zub_writer *out, const zub_file_report *report,
                       const char *path, const zub_error *failure)
{
    zub_json json;

    zub_json_init(&json, out, false, 1);
    zub_json_object(&json, ZUB_JSON_LINES);
    add_string(&json, "path", path);
    add_string(&json, "kind", report->kind);
    zub_json_name(&json, "error");
    if (failure->status != ZUB_OK)
        zub_json_string(&json, slice_of(failure->message));
    else
        zub_json_null(&json);
    if (failure->status == ZUB_OK) {
        zub_json_name(&json, "version");
        zub_json_count(&json, report->version);
        add_string(&json, "holds", report->holds);
        add_string(&json, "fingerprint", report->fingerprint);
    }
    zub_json_end(&json);
}

zub_status zub_render_file_report(const zub_file_report *report,
                                  const char *path, const zub_error *failure,
                                  zub_format format, zub_sink sink)
{
    zub_writer out;

    if (format != ZUB_FORMAT_TEXT && format != ZUB_FORMAT_JSON)
        return ZUB_EINVAL;
    zub_writer_init(&out, sink);
    if (format == ZUB_FORMAT_JSON)
        write_json(&out, report, path, failure);
    else if (failure->status == ZUB_OK)
        write_text(&out, report, path);
    return zub_writer_finish(&out);
}
