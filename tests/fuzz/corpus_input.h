/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* corpus_input.h - bytes read as a corpus of one form, through a pipe; what
 * holds for every record is checked. */
#ifndef ZUB_FUZZ_CORPUS_INPUT_H
#define ZUB_FUZZ_CORPUS_INPUT_H

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "zubda.h"
#include "corpus/corpus.h"

#define PIPE_ROOM 60000 /* a pipe takes so many bytes without a reader */

static void demand(int condition)
{
    if (!condition)
        abort();
}

static void check_record(const zub_record *record)
{
    double number;

    demand(record->id.size > 0 && record->source.size > 0);
    demand(record->body <= record->text.size);
    demand(record->text.data && record->text.data[record->text.size] == '\0');
    for (size_t i = 0; i < record->field_count; i++) {
        demand(record->fields[i].value.size > 0);
        zub_record_number(&number, record, record->fields[i].name.data);
    }
}

/* The first byte says how large reads are; the rest is the input. */
static void read_as(zub_form form, const uint8_t *data, size_t size)
{
    int ends[2];
    const char *path = "-";
    zub_corpus *corpus;
    zub_record *record;
    size_t errors = 0;

    if (size == 0 || size > PIPE_ROOM || pipe(ends) != 0)
        return;
    demand(write(ends[1], data + 1, size - 1) == (ssize_t)(size - 1));
    close(ends[1]);
    zub_corpus_options options = {
        .form = form, .stdin_fd = ends[0], .limit_bytes = 20000};
    demand(zub_corpus_open(&corpus, &path, 1, &options, NULL) == ZUB_OK);
    zub_corpus_set_step(corpus, data[0]);
    for (;;) {
        zub_error error;
        zub_status status = zub_corpus_next(&record, corpus, &error);
        demand(status == ZUB_OK || (!record && error.message[0]));
        if (status == ZUB_OK && !record)
            break;
        if (record)
            check_record(record);
        demand(status == ZUB_OK || ++errors <= size);
        zub_record_free(record);
    }
    zub_corpus_free(corpus);
    close(ends[0]);
}

#endif
