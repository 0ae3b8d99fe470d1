/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reader.h - one file, cut into records by its form. */
#ifndef ZUB_CORPUS_READER_H
#define ZUB_CORPUS_READER_H

#include "zubda.h"
#include "base/arena.h"
#include "base/map.h"
#include "corpus/input.h"
#include "corpus/object.h"

/* What a corpus tells all its readers; outlives them. */
typedef struct zub_reader_options {
    zub_form form;
    const char *encoding;
    const char *text_field; /* NULL: those of zub_text_field_name */
    const char *id_field;   /* never NULL */
    bool text_is_optional;
    uint64_t limit; /* never 0 */
    size_t step;
    _Atomic uint64_t *total;
} zub_reader_options;

typedef struct zub_reader zub_reader;

/* The next record of the file; *out NULL with ZUB_OK after the last. After a
 * failure the next call goes on behind it. */
typedef zub_status zub_next_record(zub_reader *reader, zub_record **out,
                                   zub_error *error);

#define ZUB_NO_COLUMN SIZE_MAX

/* Which columns of a table are ours, or ZUB_NO_COLUMN. */
typedef struct zub_columns {
    size_t text, id, title, lang;
} zub_columns;

struct zub_reader {
    const zub_reader_options *options;
    const char *path; /* "-": standard input */
    zub_slice source; /* the same */
    zub_form form;
    zub_next_record *next;
    zub_input input;
    bool is_started, is_done;
    zub_record *spare;     /* what the record of this call may be made of */
    zub_buffer scratch;    /* a decoded string, or the cells of a row */
    bool is_out_of_memory; /* a string of the record at hand is not whole */
    /* JSONL */
    zub_object object; /* of the line at hand */
    zub_map met;       /* names of its members, or of columns */
    /* tables */
    zub_arena columns; /* holds the names */
    zub_slice *names;  /* [name_count]; data NULL: a later one is so named */
    size_t name_count;
    zub_columns own;
    size_t *ends; /* [cell_count]: where cells end in scratch */
    size_t cell_count, end_capacity;
    zub_buffer quoted; /* a cell as a JSON string */
};

/* fd as for zub_stream_open. On failure there is nothing to close. */
zub_status zub_reader_open(zub_reader *reader,
                           const zub_reader_options *options, const char *path,
                           int fd, zub_error *error);
void zub_reader_close(zub_reader *reader);

/* Can a record be had without waiting for more of the file to come? May say
 * no when it could. */
bool zub_reader_is_ready(zub_reader *reader);

/* The form that a file's name speaks of; ZUB_FORM_AUTO: none that we know. */
zub_form zub_form_of_name(const char *path);

/* The names a text field may have, the first found is it; NULL after the
 * last. */
const char *zub_text_field_name(const zub_reader_options *options, size_t i);

zub_next_record zub_text_next, zub_lines_next, zub_jsonl_next, zub_table_next,
    zub_html_next;

#endif
