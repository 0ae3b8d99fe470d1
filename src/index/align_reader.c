/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_reader.c - see align_reader.h. A word is looked up as a type; its hash
 * is made when it is first met. */
#include "index/align_reader.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/tokenizer.h"
#include "terms/types.h"

#define TYPES_MOST 262144u /* types are forgotten beyond so many */

struct zub_align_reader {
    zub_tokenizer *tokenizer;
    zub_types types; /* their values: places in `known` */
    uint64_t *known; /* hashes of types; 0: nothing is left of it */
    size_t known_count, known_capacity;
    uint64_t *hashes; /* [count], of the article at hand */
    zub_scanned *places;
    size_t count, hashes_capacity, places_capacity;
    zub_buffer key;
    size_t vocabulary; /* of the types; SIZE_MAX: there are none */
    zub_scanned batch[ZUB_TYPES_BATCH];
    uint32_t found[ZUB_TYPES_BATCH];
    bool breaks[ZUB_TYPES_BATCH];
};

zub_status zub_align_reader_new(zub_align_reader **out, zub_analyzer *analyzer,
                                zub_error *error)
{
    static const zub_count_options single = {0};
    zub_align_reader *reader = zub_alloc_zero(1, sizeof *reader);

    *out = NULL;
    if (!reader)
        return zub_fail_memory(error);
    zub_types_init(&reader->types);
    zub_buffer_init(&reader->key, ZUB_BUFFER_UNLIMITED);
    reader->vocabulary = SIZE_MAX;
    zub_status status =
        zub_tokenizer_new(&reader->tokenizer, analyzer, &single, error);
    if (status == ZUB_OK)
        *out = reader;
    else
        zub_align_reader_free(reader);
    return status;
}

void zub_align_reader_free(zub_align_reader *reader)
{
    if (!reader)
        return;
    zub_tokenizer_free(reader->tokenizer);
    zub_types_release(&reader->types);
    zub_buffer_release(&reader->key);
    zub_free(reader->known);
    zub_free(reader->hashes);
    zub_free(reader->places);
    zub_free(reader);
}

static void forget_types(zub_align_reader *reader)
{
    zub_types_release(&reader->types);
    reader->known_count = 0;
}

/* Letters that end a word one way in one edition and another way in the next:
 * both forms are two bytes. Stemmers need them apart, comparing does not. */
static void fold_end(zub_buffer *key)
{
    static const struct {
        char from[3], to[3];
    } ends[] = {{"\xD9\x89", "\xD9\x8A"},  /* alef maqsura, yeh */
                {"\xD8\xA9", "\xD9\x87"}}; /* teh marbuta, heh */

    if (key->size <= 2)
        return;
    char *end = key->data + key->size - 2;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (memcmp(end, ends[i].from, 2) == 0)
            memcpy(end, ends[i].to, 2);
}

static zub_status hash_of(zub_align_reader *reader, zub_slice word,
                          uint64_t *hash)
{
    const zub_slice *terms;
    size_t count;
    zub_status status =
        zub_tokenizer_terms(reader->tokenizer, word, &terms, &count);

    *hash = 0;
    if (status != ZUB_OK || count == 0)
        return status;
    zub_buffer_clear(&reader->key);
    zub_buffer_add_slice(&reader->key, terms[0]);
    if (reader->key.status != ZUB_OK)
        return reader->key.status;
    fold_end(&reader->key);
    *hash = zub_hash(zub_buffer_slice(&reader->key));
    *hash += *hash == 0;
    return ZUB_OK;
}

static zub_status learn(zub_align_reader *reader, zub_slice word,
                        uint32_t *value)
{
    if (!zub_grow(&reader->known, &reader->known_capacity,
                  reader->known_count + 1, sizeof *reader->known))
        return ZUB_ENOMEM;
    zub_status status =
        hash_of(reader, word, &reader->known[reader->known_count]);
    if (status == ZUB_OK)
        *value = (uint32_t)reader->known_count++;
    return status;
}

static bool make_room(zub_align_reader *reader, size_t more)
{
    size_t need = reader->count + more;

    return zub_grow(&reader->hashes, &reader->hashes_capacity, need,
                    sizeof *reader->hashes) &&
           zub_grow(&reader->places, &reader->places_capacity, need,
                    sizeof *reader->places);
}

/* `text` begins at byte `body` of the article's. */
static zub_status take_batch(zub_align_reader *reader, zub_slice text,
                             size_t body, size_t size)
{
    zub_status status = zub_types_count(&reader->types, text, reader->batch,
                                        size, reader->found);

    if (status == ZUB_OK && !make_room(reader, size))
        status = ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        uint32_t *value = &reader->types.slots[reader->found[i]].value;
        zub_scanned word = reader->batch[i];
        if (*value == ZUB_NO_VALUE)
            status = learn(
                reader, (zub_slice){text.data + word.start, word.size}, value);
        if (status != ZUB_OK)
            break;
        uint64_t hash = reader->known[*value];
        reader->hashes[reader->count] = hash;
        reader->places[reader->count] = (zub_scanned){
            .start = (uint32_t)(body + word.start), .size = word.size};
        reader->count += hash != 0;
    }
    return status;
}

/* What a word counts as depends on the vocabulary alone. */
static void choose_vocabulary(zub_align_reader *reader, size_t vocabulary)
{
    if (reader->vocabulary != vocabulary || reader->types.count > TYPES_MOST)
        forget_types(reader);
    reader->vocabulary = vocabulary;
    reader->count = 0;
}

zub_status zub_align_reader_read(zub_read_words *out, zub_align_reader *reader,
                                 const zub_record *record, zub_error *error)
{
    zub_slice text;
    size_t vocabulary, size = 0;
    zub_status status = zub_tokenizer_begin(reader->tokenizer, record, &text,
                                            &vocabulary, error);

    if (status != ZUB_OK)
        return status;
    choose_vocabulary(reader, vocabulary);
    do {
        status = zub_tokenizer_next(reader->tokenizer, reader->batch,
                                    reader->breaks, ZUB_TYPES_BATCH, &size);
        if (status == ZUB_OK && size > 0)
            status = take_batch(reader, text, record->body, size);
    } while (status == ZUB_OK && size > 0);
    *out = (zub_read_words){reader->hashes, reader->places, reader->count};
    if (status == ZUB_OK)
        return status;
    forget_types(reader); /* some were met and not learned */
    return zub_fail(error, status, "%s", zub_status_text(status));
}
