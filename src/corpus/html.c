/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* html.c - one article a page. The parser gets valid UTF-8 without NUL,
 * whatever the file holds. */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "corpus/page.h"
#include "corpus/reader.h"
#include "corpus/record.h"

static void replace_nul(zub_buffer *html, size_t *replaced)
{
    zub_buffer clean;
    size_t start = 0;
    const char *nul;

    zub_buffer_init(&clean, ZUB_BUFFER_UNLIMITED);
    while ((nul = memchr(html->data + start, '\0', html->size - start))) {
        size_t at = (size_t)(nul - html->data);
        zub_buffer_add(&clean, html->data + start, at - start);
        zub_buffer_add_string(&clean, "\xEF\xBF\xBD");
        ++*replaced;
        start = at + 1;
    }
    zub_buffer_add(&clean, html->data + start, html->size - start);
    zub_buffer_release(html);
    *html = clean;
}

static void repair(zub_buffer *html, size_t *replaced)
{
    zub_slice text = zub_buffer_slice(html);

    if (zub_utf8_first_invalid(text) < text.size) {
        zub_buffer valid;
        zub_buffer_init(&valid, ZUB_BUFFER_UNLIMITED);
        *replaced += zub_utf8_repair(&valid, text);
        zub_buffer_release(html);
        *html = valid;
    }
    if (html->size > 0 && memchr(html->data, '\0', html->size))
        replace_nul(html, replaced);
}

static zub_record *make_record(zub_reader *reader, zub_page *page,
                               size_t repaired)
{
    zub_record *record = zub_record_new(
        &reader->spare, zub_record_place_room(reader->source) +
                            page->title.size + page->lang.size + 2);

    if (!record)
        return NULL;
    zub_record_place(record, reader->source, 0);
    record->is_decoded = true;
    record->repaired = repaired;
    if (page->title.size > 0)
        record->title = zub_record_copy_buffer(record, &page->title);
    if (page->lang.size > 0)
        record->lang = zub_record_copy_buffer(record, &page->lang);
    zub_record_adopt_text(record, &page->text);
    return record;
}

static zub_status read_page(zub_reader *reader, zub_buffer *html,
                            zub_record **out, zub_error *error)
{
    zub_page page;
    zub_error why = {0};
    size_t repaired = zub_input_repaired(&reader->input);

    if (html->size > ZUB_PAGE_BYTES)
        return zub_fail(error, ZUB_ELIMIT,
                        "cannot read '%s': an HTML page of %zu bytes is "
                        "larger than the limit of %zu bytes",
                        reader->path, html->size, ZUB_PAGE_BYTES);
    repair(html, &repaired);
    if (html->status != ZUB_OK)
        return zub_fail_memory(error);
    zub_slice text = zub_buffer_slice(html);
    size_t bom = zub_utf8_bom(text);
    zub_status status = zub_page_read(
        &page, (zub_slice){text.data + bom, text.size - bom}, &why);
    if (status != ZUB_OK)
        return zub_fail(error, status, "cannot read '%s': %s", reader->path,
                        why.message);
    status =
        zub_record_finish(out, make_record(reader, &page, repaired), error);
    zub_page_release(&page);
    return status;
}

zub_status zub_html_next(zub_reader *reader, zub_record **out,
                         zub_error *error)
{
    zub_buffer html;

    *out = NULL;
    if (reader->is_done)
        return ZUB_OK;
    reader->is_done = true;
    zub_status status = zub_input_all(&reader->input, &html, error);
    if (status == ZUB_OK)
        status = read_page(reader, &html, out, error);
    zub_buffer_release(&html);
    return status;
}
