/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* corpus.c - a stream of records: the walk gives files, each file's reader
 * gives records. One file is open at a time. */
#include "corpus/corpus.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/mem.h"
#include "corpus/reader.h"
#include "corpus/record.h"
#include "corpus/walk.h"

#define LIMIT_BYTES ((uint64_t)1 << 30)

struct zub_corpus {
    zub_arena arena;
    zub_reader_options options;
    int stdin_fd;
    zub_walk *walk;
    zub_reader reader;
    bool is_reading; /* reader is open */
    _Atomic uint64_t bytes, total_bytes, records;
};

static const char *copy_string(zub_corpus *corpus, const char *string,
                               bool *is_copied)
{
    if (!string)
        return NULL;
    zub_slice copy =
        zub_arena_copy(&corpus->arena, (zub_slice){string, strlen(string)});
    *is_copied = *is_copied && copy.data;
    return copy.data;
}

static bool copy_options(zub_corpus *corpus, const zub_corpus_options *from)
{
    bool is_copied = true;
    const char *id = from->id_field ? from->id_field : "id";

    corpus->stdin_fd = from->stdin_fd;
    corpus->options = (zub_reader_options){
        .form = from->form,
        .encoding = copy_string(corpus, from->encoding, &is_copied),
        .text_field = copy_string(corpus, from->text_field, &is_copied),
        .text_is_optional = from->text_is_optional,
        .id_field = copy_string(corpus, id, &is_copied),
        .limit = from->limit_bytes ? from->limit_bytes : LIMIT_BYTES,
        .total = &corpus->bytes,
    };
    return is_copied;
}

static zub_status check(const char *const *paths, size_t count,
                        const zub_corpus_options *options, zub_error *error)
{
    if (!paths || count == 0)
        return zub_fail(error, ZUB_EINVAL, "no file to read");
    for (size_t i = 0; i < count; i++)
        if (!paths[i] || paths[i][0] == '\0')
            return zub_fail(error, ZUB_EINVAL, "the name of a file is empty");
    if ((unsigned)options->form > ZUB_FORM_HTML)
        return zub_fail(error, ZUB_EINVAL, "unknown form %d",
                        (int)options->form);
    return zub_encoding_check(options->encoding, error);
}

zub_status zub_corpus_open(zub_corpus **out, const char *const *paths,
                           size_t count, const zub_corpus_options *options,
                           zub_error *error)
{
    static const zub_corpus_options defaults = {0};

    *out = NULL;
    if (!options)
        options = &defaults;
    zub_status status = check(paths, count, options, error);
    if (status != ZUB_OK)
        return status;

    zub_corpus *corpus = zub_alloc_zero(1, sizeof *corpus);
    if (!corpus)
        return zub_fail_memory(error);
    status =
        zub_walk_new(&corpus->walk, paths, count,
                     options->form != ZUB_FORM_AUTO, options->stdin_fd, error);
    if (status == ZUB_OK && options->left_out)
        status = zub_walk_leave_out(corpus->walk, options->left_out, error);
    if (status == ZUB_OK && !copy_options(corpus, options))
        status = zub_fail_memory(error);
    if (status != ZUB_OK) {
        zub_corpus_free(corpus);
        return status;
    }
    *out = corpus;
    return ZUB_OK;
}

void zub_corpus_free(zub_corpus *corpus)
{
    if (!corpus)
        return;
    if (corpus->is_reading)
        zub_reader_close(&corpus->reader);
    zub_walk_free(corpus->walk);
    zub_arena_release(&corpus->arena);
    zub_free(corpus);
}

void zub_corpus_set_step(zub_corpus *corpus, size_t bytes)
{
    corpus->options.step = bytes;
}

static zub_status open_next(zub_corpus *corpus, bool *is_over,
                            zub_error *error)
{
    const char *path;
    zub_status status = zub_walk_next(corpus->walk, &path, error);

    atomic_store_explicit(&corpus->total_bytes, zub_walk_bytes(corpus->walk),
                          memory_order_relaxed);
    *is_over = status == ZUB_OK && !path;
    if (status != ZUB_OK || *is_over)
        return status;
    int fd = strcmp(path, "-") == 0 ? corpus->stdin_fd : -1;
    status =
        zub_reader_open(&corpus->reader, &corpus->options, path, fd, error);
    corpus->is_reading = status == ZUB_OK;
    return status;
}

/* A record, or a failure, or the end of the file. */
static zub_status read_on(zub_corpus *corpus, zub_record **out,
                          zub_record **spare, zub_error *error)
{
    corpus->reader.spare = *spare;
    zub_status status = corpus->reader.next(&corpus->reader, out, error);
    *spare = corpus->reader.spare;

    if (status == ZUB_OK && !*out) {
        zub_reader_close(&corpus->reader);
        corpus->is_reading = false;
    }
    return status;
}

/* Only whoever reads writes the count: no other addition can come between. */
static void count_record(zub_corpus *corpus, zub_record *record)
{
    record->ordinal =
        atomic_load_explicit(&corpus->records, memory_order_relaxed);
    atomic_store_explicit(&corpus->records, record->ordinal + 1,
                          memory_order_relaxed);
}

/* zub_error_clear writes half a kilobyte, which a short line would feel. */
static void clear(zub_error *error)
{
    if (!error)
        return;
    error->status = ZUB_OK;
    error->position = ZUB_NO_POSITION;
    error->message[0] = '\0';
}

zub_status zub_corpus_read(zub_record **out, zub_corpus *corpus,
                           zub_record **spare, zub_error *error)
{
    zub_status status = ZUB_OK;
    bool is_over = false;

    *out = NULL;
    clear(error);
    while (!*out && !is_over && status == ZUB_OK)
        status = corpus->is_reading ? read_on(corpus, out, spare, error)
                                    : open_next(corpus, &is_over, error);
    if (*out)
        count_record(corpus, *out);
    return status;
}

zub_status zub_corpus_next(zub_record **out, zub_corpus *corpus,
                           zub_error *error)
{
    zub_record *spare = NULL;

    return zub_corpus_read(out, corpus, &spare, error);
}

bool zub_corpus_is_ready(zub_corpus *corpus)
{
    return corpus->is_reading && zub_reader_is_ready(&corpus->reader);
}

zub_progress zub_corpus_progress(const zub_corpus *corpus)
{
    return (zub_progress){
        .bytes = atomic_load_explicit(&corpus->bytes, memory_order_relaxed),
        .total_bytes =
            atomic_load_explicit(&corpus->total_bytes, memory_order_relaxed),
        .records =
            atomic_load_explicit(&corpus->records, memory_order_relaxed),
    };
}
