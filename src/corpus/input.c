/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* input.c - see input.h. Bytes go stream -> (raw -> decoder ->) window. The
 * window grows only when a line does not fit, by doubling, so a long line
 * costs linear time; a line beyond the limit is skipped without being kept. */
#define _DEFAULT_SOURCE 1 /* madvise */
#include "corpus/input.h"

#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>

#include "base/container.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "corpus/declared.h"

#define PIECE ((size_t)64 << 10)   /* read at once, at least */
#define WINDOW ((size_t)256 << 10) /* of lines: it stays in the cache */
#define LARGE_PAGE ((size_t)2 << 20)
#define SAMPLE ((size_t)64 << 10)      /* seen before the encoding is chosen */
#define SAMPLE_ASCII ((size_t)1 << 20) /* the same while all is ASCII */

static zub_status fail_limit(zub_input *input, uint64_t line, zub_error *error)
{
    if (line == 0)
        return zub_fail(
            error, ZUB_ELIMIT,
            "cannot read '%s': it is larger than the limit of %" PRIu64
            " bytes (see --limit-bytes)",
            input->stream.path, input->limit);
    return zub_fail(error, ZUB_ELIMIT,
                    "cannot read '%s' line %" PRIu64 ": it is larger than "
                    "the limit of %" PRIu64 " bytes (see --limit-bytes)",
                    input->stream.path, line, input->limit);
}

/* Half the time of reading a large file into new memory is page faults. */
static void ask_for_large_pages(const zub_buffer *buffer)
{
#ifdef MADV_HUGEPAGE
    size_t skip = -(uintptr_t)buffer->data % LARGE_PAGE;

    if (buffer->capacity >= skip + LARGE_PAGE)
        madvise(buffer->data + skip,
                (buffer->capacity - skip) / LARGE_PAGE * LARGE_PAGE,
                MADV_HUGEPAGE);
#else
    (void)buffer;
#endif
}

/* Append what one read gives, of at most `most` bytes. A failure of the stream
 * is kept for later: what came before it is good. */
static zub_status read_into(zub_input *input, zub_buffer *out, size_t most,
                            size_t *got)
{
    *got = 0;
    if (!zub_buffer_reserve(out, PIECE))
        return ZUB_ENOMEM;
    /* The buffer keeps one byte for its NUL. */
    size_t room = out->capacity - out->size - 1;
    zub_status status =
        zub_stream_read(&input->stream, out->data + out->size,
                        room < most ? room : most, got, &input->failure);
    out->size += *got;
    out->data[out->size] = '\0';
    return status;
}

/* More into the window, or is_ended. */
static zub_status fill_plain(zub_input *input)
{
    size_t got, size = input->window.size;
    size_t most = size < WINDOW - PIECE ? WINDOW - size : SIZE_MAX;
    zub_status status = read_into(input, &input->window,
                                  input->is_whole ? SIZE_MAX : most, &got);

    input->is_ended = got == 0 || status != ZUB_OK;
    return status == ZUB_ENOMEM ? status : ZUB_OK;
}

static zub_slice take_raw(zub_input *input)
{
    size_t at = input->raw_at;

    input->raw_at = 0;
    return (zub_slice){input->raw.data + at, input->raw.size - at};
}

static zub_status fill_decoded(zub_input *input)
{
    size_t before = input->window.size;

    while (input->window.size == before && !input->is_ended) {
        size_t got = 0;
        zub_status status = ZUB_OK;
        if (input->raw.size == 0)
            status = read_into(input, &input->raw, PIECE, &got);
        input->is_ended = input->raw.size == 0 || status != ZUB_OK;
        if (status != ZUB_ENOMEM)
            status =
                zub_decode(input->decoder, &input->window, take_raw(input),
                           input->is_ended, &input->repaired);
        zub_buffer_clear(&input->raw);
        if (status != ZUB_OK)
            return status;
    }
    return ZUB_OK;
}

static zub_status fill(zub_input *input, zub_error *error)
{
    if (input->at > 0 && input->window.data) {
        size_t rest = input->window.size - input->at;
        memmove(input->window.data, input->window.data + input->at, rest);
        input->window.size = rest;
        input->offset += input->at;
        input->at = 0;
    }
    input->line_end = 0;
    if ((input->decoder ? fill_decoded(input) : fill_plain(input)) == ZUB_OK)
        return ZUB_OK;
    input->is_ended = true;
    zub_buffer_release(&input->window);
    return zub_fail(error, ZUB_ENOMEM, "cannot read on in '%s': out of memory",
                    input->stream.path);
}

static bool is_ascii(zub_slice bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        if ((unsigned char)bytes.data[i] >= 0x80)
            return false;
    return true;
}

static bool is_named(const char *encoding)
{
    return encoding && strcmp(encoding, "auto") != 0;
}

/* All that a look at the form of the input needs. */
static bool has_whole_line(zub_slice bytes)
{
    size_t at = 0;

    while (at < bytes.size && strchr(" \t\r\n", bytes.data[at]))
        at++;
    return at < bytes.size &&
           memchr(bytes.data + at, '\n', bytes.size - at) != NULL;
}

/* A sample, into `raw`. The window takes it over when nothing is decoded. A
 * pipe may be slow: where the encoding is known one line is enough. */
static zub_status read_sample(zub_input *input, bool is_known, bool *is_all)
{
    zub_buffer *raw = &input->raw;
    size_t checked = 0;

    for (*is_all = false; !*is_all && raw->size < SAMPLE_ASCII;) {
        size_t got;
        zub_status status = read_into(input, raw, PIECE, &got);
        if (status == ZUB_ENOMEM)
            return status;
        *is_all = got == 0 || status != ZUB_OK;
        if (is_known && has_whole_line(zub_buffer_slice(raw)))
            break;
        if (raw->size < SAMPLE)
            continue;
        if (!is_ascii((zub_slice){raw->data + checked, raw->size - checked}))
            break;
        checked = raw->size;
    }
    return ZUB_OK;
}

static zub_status choose_decoder(zub_input *input,
                                 const zub_input_options *options, bool is_all,
                                 zub_error *error)
{
    zub_encoding found = {.bom = 0};
    const char *name = options->encoding;

    if (!is_named(name)) {
        zub_encoding_detect(&found, zub_buffer_slice(&input->raw), is_all,
                            options->is_html);
        name = found.name;
    }
    zub_status status = zub_decoder_new(&input->decoder, name, error);
    if (status != ZUB_OK)
        return status;
    if (input->decoder) {
        input->raw_at = found.bom;
        return ZUB_OK;
    }

    /* Nothing to decode: what was read is the text. */
    input->window = input->raw;
    zub_buffer_init(&input->raw, ZUB_BUFFER_UNLIMITED);
    input->is_ended = is_all;
    return ZUB_OK;
}

static zub_status prepare(zub_input *input, const zub_input_options *options,
                          zub_error *error)
{
    bool is_all;

    if (read_sample(input, is_named(options->encoding), &is_all) != ZUB_OK)
        return zub_fail_memory(error);
    if (!options->takes_binary &&
        zub_container_has_magic(zub_buffer_slice(&input->raw)))
        return zub_fail(error, ZUB_EMALFORMED,
                        "cannot read '%s': a state or a model holds no text "
                        "(name its articles; where a state is taken, it is a "
                        "file called NAME.zub)",
                        input->stream.path);
    if (!options->takes_binary && zub_is_binary(zub_buffer_slice(&input->raw)))
        return zub_fail(error, ZUB_EMALFORMED,
                        "cannot read '%s': it looks like a binary file "
                        "(name its form with --from to read it all the same)",
                        input->stream.path);
    zub_status status = choose_decoder(input, options, is_all, error);
    if (status == ZUB_OK && input->decoder)
        status = fill(input, error);
    if (status == ZUB_OK && !zub_buffer_reserve(&input->window, 0))
        status = zub_fail_memory(error);
    return status;
}

zub_status zub_input_open(zub_input *input, const char *path, int fd,
                          const zub_input_options *options, zub_error *error)
{
    *input = (zub_input){.line = 1, .limit = options->limit};
    zub_buffer_init(&input->raw, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&input->window, ZUB_BUFFER_UNLIMITED);

    zub_status status = zub_stream_open(&input->stream, path, fd,
                                        options->step, options->total, error);
    if (status == ZUB_OK)
        status = prepare(input, options, error);
    if (status != ZUB_OK)
        zub_input_close(input);
    return status;
}

void zub_input_close(zub_input *input)
{
    zub_stream_close(&input->stream);
    zub_decoder_free(input->decoder);
    zub_buffer_release(&input->raw);
    zub_buffer_release(&input->window);
    *input = (zub_input){.is_ended = true};
}

zub_slice zub_input_peek(const zub_input *input, bool *is_all)
{
    *is_all = input->is_ended && input->failure.status == ZUB_OK;
    if (!input->window.data)
        return (zub_slice){"", 0};
    return (zub_slice){input->window.data + input->at,
                       input->window.size - input->at};
}

/* Where the line at `at` ends, if the window holds its end; else 0. Whoever
 * asks whether there is one need not pay for it again. */
static size_t find_end(zub_input *input)
{
    const char *text = input->window.data;
    size_t at = input->at, size = input->window.size;

    if (input->line_end > at)
        return input->line_end;
    const char *end = at < size ? memchr(text + at, '\n', size - at) : NULL;
    input->line_end = end ? (size_t)(end - text) : 0;
    return input->line_end;
}

static size_t skip_blank(zub_slice text, size_t at)
{
    at += zub_utf8_bom((zub_slice){text.data + at, text.size - at});
    while (at < text.size && text.data[at] <= ' ' && text.data[at] > '\0')
        at++;
    return at;
}

bool zub_input_has_line(zub_input *input)
{
    zub_slice text = {input->window.data, input->window.size};

    if (!text.data || input->at == text.size)
        return false;
    size_t end = find_end(input), at = skip_blank(text, input->at);
    if (end == 0 || at < end)
        return end > 0;
    while (at < text.size && at != (end = skip_blank(text, at)))
        at = end;
    return at < text.size && memchr(text.data + at, '\n', text.size - at);
}

void zub_input_skip_bom(zub_input *input)
{
    if (input->offset + input->at == 0)
        input->at = zub_utf8_bom(zub_buffer_slice(&input->window));
}

/* Says once why the input ended before its end. */
static zub_status give_failure(zub_input *input, bool is_within_line,
                               zub_error *error)
{
    zub_error failure = input->failure;

    input->failure.status = ZUB_OK;
    if (!is_within_line)
        return zub_fail_at(error, failure.status, failure.position, "%s",
                           failure.message);
    return zub_fail_at(error, failure.status, failure.position,
                       "%s, within line %" PRIu64, failure.message,
                       input->line);
}

/* Where a line ends. States beyond PLAIN are those of RFC 4180. */
typedef enum { CELL_START, PLAIN, QUOTED, QUOTE_IN_QUOTED } cell_state;

typedef struct line_scan {
    char border; /* of cells; '\n': cells do not matter */
    cell_state state;
    size_t seen;       /* bytes of the window looked at, from `at` */
    uint64_t newlines; /* passed within quotes */
    bool is_too_long;
} line_scan;

static cell_state next_state(const line_scan *scan, char c)
{
    if (c == scan->border)
        return scan->state == QUOTED ? QUOTED : CELL_START;
    if (c == '"')
        return scan->state == CELL_START        ? QUOTED
               : scan->state == QUOTED          ? QUOTE_IN_QUOTED
               : scan->state == QUOTE_IN_QUOTED ? QUOTED
                                                : PLAIN;
    return scan->state == QUOTED ? QUOTED : PLAIN;
}

/* True when the line ends at text[scan->seen]. */
static bool find_row_end(line_scan *scan, const char *text, size_t size)
{
    for (; scan->seen < size; scan->seen++) {
        char c = text[scan->seen];
        if (c == '\n' && scan->state != QUOTED)
            return true;
        scan->newlines += c == '\n';
        scan->state = next_state(scan, c);
    }
    return false;
}

static bool find_line_end(line_scan *scan, const char *text, size_t size)
{
    if (scan->border != '\n')
        return find_row_end(scan, text, size);

    const char *end = size > scan->seen
                          ? memchr(text + scan->seen, '\n', size - scan->seen)
                          : NULL;
    scan->seen = end ? (size_t)(end - text) : size;
    return end != NULL;
}

/* Forget what was seen of a line that is too long. */
static void drop_seen(zub_input *input, line_scan *scan)
{
    scan->is_too_long = true;
    input->at += scan->seen;
    scan->seen = 0;
}

/* Look on until the line ends; *is_cut: the input ended before. */
static zub_status scan_line(zub_input *input, line_scan *scan, bool *is_cut,
                            zub_error *error)
{
    for (;;) {
        bool found = input->window.data &&
                     find_line_end(scan, input->window.data + input->at,
                                   input->window.size - input->at);
        if (scan->is_too_long || scan->seen > input->limit)
            drop_seen(input, scan);
        *is_cut = !found && input->is_ended;
        if (found || *is_cut)
            return ZUB_OK;
        zub_status status = fill(input, error);
        if (status != ZUB_OK)
            return status;
    }
}

static zub_slice without_return(const char *text, size_t size)
{
    if (size > 0 && text[size - 1] == '\r')
        size--;
    return (zub_slice){text, size};
}

static zub_status take_line(zub_input *input, line_scan *scan, zub_line *out,
                            bool *is_open, zub_error *error)
{
    bool is_cut;
    uint64_t number = input->line;

    if (!input->window.data) /* memory ran out in here: it is over */
        return ZUB_OK;
    zub_status status = scan_line(input, scan, &is_cut, error);

    if (status != ZUB_OK)
        return status;
    *is_open = is_cut && scan->state == QUOTED;
    if (is_cut && input->failure.status != ZUB_OK) {
        input->at += scan->seen;
        return give_failure(input, scan->seen > 0 || scan->is_too_long, error);
    }
    const char *text = input->window.data + input->at;
    bool is_none = is_cut && scan->seen == 0;
    uint64_t offset = input->offset + input->at;
    input->at += scan->seen + !is_cut;
    input->line += scan->newlines + !is_cut;
    if (scan->is_too_long)
        return fail_limit(input, number, error);
    if (!is_none)
        *out = (zub_line){without_return(text, scan->seen), number, offset};
    return ZUB_OK;
}

/* The common case: the window holds all of the line. */
static bool take_whole_line(zub_input *input, zub_line *out)
{
    size_t at = input->at, end = find_end(input);

    if (end == 0 || end - at > input->limit)
        return false;
    *out = (zub_line){without_return(input->window.data + at, end - at),
                      input->line++, input->offset + at};
    input->at = end + 1;
    return true;
}

zub_status zub_input_line(zub_input *input, zub_line *out, zub_error *error)
{
    line_scan scan = {.border = '\n', .state = PLAIN};
    zub_status status = ZUB_OK;
    bool is_open;

    *out = (zub_line){{NULL, 0}, 0, 0};
    if (!take_whole_line(input, out))
        status = take_line(input, &scan, out, &is_open, error);
    size_t bom = zub_utf8_bom(out->text);
    if (bom > 0) {
        out->text.data += bom;
        out->text.size -= bom;
        out->offset += bom;
    }
    return status;
}

zub_status zub_input_row(zub_input *input, char border, zub_line *out,
                         bool *is_open, zub_error *error)
{
    line_scan scan = {.border = border};

    *out = (zub_line){{NULL, 0}, 0, 0};
    *is_open = false;
    return take_line(input, &scan, out, is_open, error);
}

/* Room for all of a file of about a known size, and for the read that finds
 * its end: no piece is moved. Whoever has more reads on as others do. */
static void reserve_whole(zub_input *input)
{
    uint64_t size = input->stream.size_hint;

    if (size > input->limit || input->decoder || !input->window.data ||
        size < input->window.size || size > SIZE_MAX / 8)
        return;
    size_t need = (size_t)size + PIECE + 1;
    if (need <= input->window.capacity)
        return;
    char *moved = zub_realloc(input->window.data, need, 1);
    if (!moved)
        return; /* the reads will say so, if they want it too */
    input->window.data = moved;
    input->window.capacity = need;
    ask_for_large_pages(&input->window);
}

zub_status zub_input_all(zub_input *input, zub_buffer *out, zub_error *error)
{
    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    input->is_whole = true;
    reserve_whole(input);
    while (!input->is_ended) {
        if (input->window.size - input->at > input->limit)
            break;
        zub_status status = fill(input, error);
        if (status != ZUB_OK)
            return status;
    }
    if (input->window.size - input->at > input->limit)
        return fail_limit(input, 0, error);
    if (input->failure.status != ZUB_OK)
        return give_failure(input, false, error);
    *out = input->window;
    zub_buffer_init(&input->window, ZUB_BUFFER_UNLIMITED);
    return ZUB_OK;
}

size_t zub_input_repaired(zub_input *input)
{
    size_t repaired = input->repaired;

    input->repaired = 0;
    return repaired;
}
