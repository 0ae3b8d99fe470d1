/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* input.h - the text of one file, cut into lines or taken whole. */
#ifndef ZUB_CORPUS_INPUT_H
#define ZUB_CORPUS_INPUT_H

#include "zubda.h"
#include "base/buffer.h"
#include "corpus/encoding.h"
#include "corpus/stream.h"

typedef struct zub_input_options {
    const char *encoding;    /* NULL or "auto": found out */
    bool is_html;            /* a charset may be declared in it */
    bool takes_binary;       /* without a look whether it is a text */
    uint64_t limit;          /* bytes of a line, or of all, at most */
    size_t step;             /* see zub_stream_open */
    _Atomic uint64_t *total; /* see zub_stream_open */
} zub_input_options;

/* A line without its end (LF or CRLF); borrowed until the next call. */
typedef struct zub_line {
    zub_slice text;  /* data NULL: there is none, the input is at its end */
    uint64_t number; /* from 1 */
    uint64_t offset; /* of its first byte in the input, decoded */
} zub_line;

/* Invariant: window.data[at ..) is decoded and not yet handed out; its first
 * byte stands at offset + at and on line `line`. */
typedef struct zub_input {
    zub_stream stream;
    zub_decoder *decoder; /* NULL: the file's own bytes are the text */
    zub_buffer raw;       /* read, not yet decoded */
    size_t raw_at;        /* behind the byte order mark, at the start */
    zub_buffer window;
    size_t at;
    size_t line_end; /* of the line at `at`, in the window; 0: not known */
    uint64_t offset, line, limit;
    size_t repaired;   /* bytes replaced by the decoder since it was asked */
    bool is_whole;     /* it is wanted as one piece */
    bool is_ended;     /* nothing more comes into the window */
    zub_error failure; /* why it ended before its end; ZUB_OK: it did not */
} zub_input;

/* Opens, decompresses, finds out the encoding. What fails leaves a closed
 * input. fd as for zub_stream_open. */
zub_status zub_input_open(zub_input *input, const char *path, int fd,
                          const zub_input_options *options, zub_error *error);
/* A zeroed one is fine. */
void zub_input_close(zub_input *input);

/* What stands ahead, without taking it: at most as much as was read to find
 * out the encoding. *is_all: the input ends with it. */
zub_slice zub_input_peek(const zub_input *input, bool *is_all);

/* Is a whole line that is not blank ahead, without more being read? */
bool zub_input_has_line(zub_input *input);

/* Jump over a byte order mark, at the very start; elsewhere nothing happens. */
void zub_input_skip_bom(zub_input *input);

/* The next line, without a byte order mark at its start: files that were
 * joined have one each. ZUB_ELIMIT: it is longer than the limit, the next call
 * goes on behind it. ZUB_EIO, ZUB_EFORMAT: the file broke off; what came of
 * its last line is not a line. ZUB_ENOMEM: the input is over. */
zub_status zub_input_line(zub_input *input, zub_line *out, zub_error *error);

/* A row of a table: a line, but for line ends within quotes. *is_open: the
 * input ended within quotes. Otherwise like zub_input_line. */
zub_status zub_input_row(zub_input *input, char border, zub_line *out,
                         bool *is_open, zub_error *error);

/* All that is left, as the window: yours to release. Errors as above. */
zub_status zub_input_all(zub_input *input, zub_buffer *out, zub_error *error);

/* Bytes the decoder replaced since the last call. It decodes ahead, so this
 * says which stretch of the input they were in, not which line. */
size_t zub_input_repaired(zub_input *input);

#endif
