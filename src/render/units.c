/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* units.c - see units.h. Terms are the words that have one. */
#include "render/units.h"

void zub_units_init(zub_units *units, const zub_view *view,
                    const zub_document *document)
{
    *units = (zub_units){.view = view, .document = document};
    zub_buffer_init(&units->folded, ZUB_BUFFER_UNLIMITED);
    if (view->options->fold)
        zub_writer_fail(view->out, zub_folder_new(&units->folder, NULL));
}

void zub_units_release(zub_units *units)
{
    zub_buffer_release(&units->folded);
    zub_folder_free(units->folder);
}

static bool next_sentence(zub_units *units, zub_unit_row *row)
{
    const zub_document *document = units->document;

    if (units->next == document->sentence_count)
        return false;
    row->span = document->sentences[units->next++].span;
    return true;
}

static bool next_word(zub_units *units, zub_unit_row *row)
{
    const zub_document *document = units->document;

    if (units->next == document->word_count)
        return false;
    row->span = document->words[units->next++].span;
    return true;
}

static bool next_term(zub_units *units, zub_unit_row *row)
{
    const zub_document *document = units->document;

    while (next_word(units, row)) {
        uint32_t term = document->word_terms[units->next - 1];
        if (term == ZUB_NO_TERM)
            continue;
        row->key = document->terms[term].key;
        return true;
    }
    return false;
}

static bool next(zub_units *units, zub_unit_row *row)
{
    switch (units->view->options->unit) {
    case ZUB_UNIT_SENTENCE: return next_sentence(units, row);
    case ZUB_UNIT_WORD: return next_word(units, row);
    case ZUB_UNIT_TERM: return next_term(units, row);
    }
    return false;
}

static void fold(zub_units *units, zub_unit_row *row)
{
    zub_buffer_clear(&units->folded);
    zub_writer_fail(units->view->out,
                    zub_fold(units->folder, &units->folded, row->text,
                             units->document->lang));
    row->folded = zub_buffer_slice(&units->folded);
}

bool zub_units_next(zub_units *units, zub_unit_row *row)
{
    *row = (zub_unit_row){0};
    if (units->view->out->status != ZUB_OK || !next(units, row))
        return false;
    row->text = (zub_slice){units->document->text.data + row->span.start,
                            row->span.end - row->span.start};
    if (units->folder)
        fold(units, row);
    return true;
}
