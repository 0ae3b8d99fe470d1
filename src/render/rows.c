/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rows.c - see rows.h. Terms are the words that have one. */
#include "render/rows.h"

void zub_rows_init(zub_rows *rows, const zub_view *view,
                   const zub_document *document)
{
    *rows = (zub_rows){.view = view, .document = document};
    zub_buffer_init(&rows->folded, ZUB_BUFFER_UNLIMITED);
    if (view->options->fold)
        zub_writer_fail(view->out, zub_folder_new(&rows->folder, NULL));
}

void zub_rows_release(zub_rows *rows)
{
    zub_buffer_release(&rows->folded);
    zub_folder_free(rows->folder);
}

static bool next_sentence(zub_rows *rows, zub_row *row)
{
    const zub_document *document = rows->document;

    if (rows->next == document->sentence_count)
        return false;
    row->span = document->sentences[rows->next++].span;
    return true;
}

static bool next_word(zub_rows *rows, zub_row *row)
{
    const zub_document *document = rows->document;

    if (rows->next == document->word_count)
        return false;
    row->span = document->words[rows->next++].span;
    return true;
}

static bool next_term(zub_rows *rows, zub_row *row)
{
    const zub_document *document = rows->document;

    while (next_word(rows, row)) {
        uint32_t term = document->word_terms[rows->next - 1];
        if (term == ZUB_NO_TERM)
            continue;
        row->key = document->terms[term].key;
        return true;
    }
    return false;
}

static bool next(zub_rows *rows, zub_row *row)
{
    switch (rows->view->options->unit) {
    case ZUB_UNIT_SENTENCE: return next_sentence(rows, row);
    case ZUB_UNIT_WORD: return next_word(rows, row);
    case ZUB_UNIT_TERM: return next_term(rows, row);
    }
    return false;
}

static void fold(zub_rows *rows, zub_row *row)
{
    zub_buffer_clear(&rows->folded);
    zub_writer_fail(rows->view->out,
                    zub_fold(rows->folder, &rows->folded, row->text,
                             rows->document->lang));
    row->folded = zub_buffer_slice(&rows->folded);
}

bool zub_rows_next(zub_rows *rows, zub_row *row)
{
    *row = (zub_row){0};
    if (rows->view->out->status != ZUB_OK || !next(rows, row))
        return false;
    row->text = (zub_slice){rows->document->text.data + row->span.start,
                            row->span.end - row->span.start};
    if (rows->folder)
        fold(rows, row);
    return true;
}
