/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* volume.c - see volume.h. */
#include "index/volume.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "index/narrow.h"

/* ---- Opening ---- */

static const struct {
    const char *name;
    size_t size; /* of an element */
} kinds[] = {
#define X(name, text, size) {text, size},
    ZUB_PART_MAP(X)
#undef X
};

zub_status zub_volume_damaged(const zub_volume *volume, zub_error *error)
{
    return zub_fail(error, ZUB_EFORMAT,
                    "'%s' is damaged (zubda check says where; zubda check "
                    "--repair leaves its articles out)",
                    volume->path);
}

/* How many elements a part has by the numbers of the volume; SIZE_MAX: that is
 * not fixed. */
static uint64_t wanted(const zub_volume_about *about, zub_part_kind part)
{
    switch (part) {
    case ZUB_PART_ID_ENDS:
    case ZUB_PART_LANGUAGE:
    case ZUB_PART_TITLES: return about->articles;
    case ZUB_PART_FIRSTS: return about->articles + 1;
    case ZUB_PART_TEXT_ENDS: return about->has_texts ? about->articles * 2 : 0;
    case ZUB_PART_STARTS:
    case ZUB_PART_ENDS:
    case ZUB_PART_LENGTHS:
    case ZUB_PART_SEQ_ENDS: return about->passages;
    case ZUB_PART_WORD_ENDS: return about->has_positions ? about->words : 0;
    case ZUB_PART_WORD_TERM: return about->words;
    case ZUB_PART_TERM_AT:
        return (about->terms + ZUB_TERM_BLOCK - 1) / ZUB_TERM_BLOCK;
    case ZUB_PART_GRAM_AT:
        return (about->grams + ZUB_GRAM_BLOCK - 1) / ZUB_GRAM_BLOCK * 2;
    case ZUB_PART_TEXT_AT: return about->text_blocks * 2;
    default: return UINT64_MAX;
    }
}

static zub_status take_part(zub_volume *volume, zub_part_kind part,
                            size_t *blocks, zub_error *error)
{
    zub_slice bytes;
    uint64_t count = wanted(&volume->about, part);

    if (!zub_container_peek(&volume->container, kinds[part].name, &bytes) ||
        (count != UINT64_MAX && (bytes.size % kinds[part].size != 0 ||
                                 bytes.size / kinds[part].size != count)))
        return zub_volume_damaged(volume, error);
    volume->parts[part].data = bytes.data;
    volume->parts[part].size = bytes.size;
    *blocks += zub_guard_blocks(bytes.size);
    return ZUB_OK;
}

/* The checksums of all parts stand one after another. */
static zub_status take_sums(zub_volume *volume, size_t blocks,
                            zub_error *error)
{
    const void *sums;
    size_t count;
    zub_status status = zub_container_array(
        &volume->container, "sums", sizeof(uint32_t), &sums, &count, error);

    if (status != ZUB_OK)
        return status;
    if (count != blocks)
        return zub_volume_damaged(volume, error);
    volume->seen = zub_alloc_zero(blocks + 1, sizeof *volume->seen);
    if (!volume->seen)
        return zub_fail_memory(error);
    for (size_t i = 0, at = 0; i < ZUB_PARTS; i++) {
        volume->parts[i].sums = (const uint32_t *)sums + at;
        volume->parts[i].seen = volume->seen + at;
        at += zub_guard_blocks(volume->parts[i].size);
    }
    return ZUB_OK;
}

static bool is_plausible(const zub_volume_about *about)
{
    return about->articles < UINT32_MAX && about->passages < UINT32_MAX &&
           about->words < UINT32_MAX && about->terms < UINT32_MAX &&
           about->grams <= UINT32_MAX && about->text_blocks < UINT32_MAX &&
           about->length < (uint64_t)1 << 48 &&
           about->gram_total < (uint64_t)1 << 48 && about->has_texts <= 1 &&
           about->has_positions <= 1;
}

static zub_status take_about(zub_volume *volume, zub_error *error)
{
    zub_slice bytes;
    zub_status status =
        zub_container_section(&volume->container, "about", &bytes, error);

    if (status != ZUB_OK)
        return status;
    if (bytes.size != sizeof volume->about)
        return zub_volume_damaged(volume, error);
    memcpy(&volume->about, bytes.data, bytes.size);
    bool is_fine = is_plausible(&volume->about);
    for (unsigned i = 0; i < ZUB_CODES; i++)
        is_fine &= zub_code_open(&volume->codes[i], volume->about.widths[i]);
    return is_fine ? ZUB_OK : zub_volume_damaged(volume, error);
}

static zub_status take_languages(zub_volume *volume, zub_error *error)
{
    const void *langs;
    zub_status status = zub_container_array(&volume->container, "languages",
                                            sizeof *volume->langs, &langs,
                                            &volume->lang_count, error);

    if (status != ZUB_OK)
        return status;
    volume->langs = langs;
    for (size_t i = 0; i < volume->lang_count; i++)
        if (!memchr(volume->langs[i].name, '\0', sizeof *volume->langs))
            return zub_volume_damaged(volume, error);
    return ZUB_OK;
}

static zub_status open_parts(zub_volume *volume, zub_error *error)
{
    size_t blocks = 0;
    zub_status status = zub_container_open(
        &volume->container, volume->file.bytes, volume->path, ZUB_VOLUME_KIND,
        ZUB_VOLUME_VERSION, error);

    if (status == ZUB_OK)
        status = take_about(volume, error);
    if (status == ZUB_OK)
        status = take_languages(volume, error);
    for (size_t i = 0; i < ZUB_PARTS && status == ZUB_OK; i++)
        status = take_part(volume, (zub_part_kind)i, &blocks, error);
    return status == ZUB_OK ? take_sums(volume, blocks, error) : status;
}

zub_status zub_volume_open(zub_volume **out, const char *path,
                           zub_error *error)
{
    zub_volume *volume = zub_alloc_zero(1, sizeof *volume);
    size_t size = strlen(path) + 1;

    *out = NULL;
    if (!volume)
        return zub_fail_memory(error);
    volume->path = zub_alloc(size, 1);
    if (!volume->path) {
        zub_volume_close(volume);
        return zub_fail_memory(error);
    }
    memcpy(volume->path, path, size);
    zub_status status = zub_file_open(&volume->file, path, error);
    if (status == ZUB_OK)
        status = open_parts(volume, error);
    if (status != ZUB_OK) {
        zub_volume_close(volume);
        return status;
    }
    *out = volume;
    return ZUB_OK;
}

void zub_volume_close(zub_volume *volume)
{
    if (!volume)
        return;
    zub_file_close(&volume->file);
    zub_free(volume->seen);
    zub_free(volume->path);
    zub_free(volume);
}

/* ---- Numbers ---- */

/* Stretch i of bytes whose ends are an array of 32 bits. */
static zub_status stretch_of(const zub_volume *volume, zub_part_kind ends,
                             zub_part_kind bytes, size_t i, zub_slice *out)
{
    const zub_guarded *from = &volume->parts[bytes];
    uint32_t start = 0, end;

    if (!zub_volume_u32(volume, ends, i, &end) ||
        (i > 0 && !zub_volume_u32(volume, ends, i - 1, &start)) ||
        start > end || !zub_guard_touch(from, start, end - start))
        return ZUB_EFORMAT;
    *out = (zub_slice){from->data + start, end - start};
    return ZUB_OK;
}

zub_status zub_volume_id(const zub_volume *volume, uint32_t article,
                         zub_slice *out)
{
    return stretch_of(volume, ZUB_PART_ID_ENDS, ZUB_PART_IDS, article, out);
}

zub_status zub_volume_find(const zub_volume *volume, zub_slice id,
                           uint32_t *article)
{
    uint32_t low = 0, high = (uint32_t)volume->about.articles;

    while (low < high) {
        zub_slice name;
        *article = low + (high - low) / 2;
        zub_status status = zub_volume_id(volume, *article, &name);
        if (status != ZUB_OK)
            return status;
        int order = zub_slice_compare(id, name);
        if (order == 0)
            return ZUB_OK;
        if (order < 0)
            high = *article;
        else
            low = *article + 1;
    }
    return ZUB_ENOTFOUND;
}

zub_status zub_volume_passages(const zub_volume *volume, uint32_t article,
                               uint32_t *first, uint32_t *end)
{
    return zub_volume_u32(volume, ZUB_PART_FIRSTS, article, first) &&
                   zub_volume_u32(volume, ZUB_PART_FIRSTS, (size_t)article + 1,
                                  end) &&
                   *first <= *end && *end <= volume->about.passages
               ? ZUB_OK
               : ZUB_EFORMAT;
}

zub_status zub_volume_article_of(const zub_volume *volume, uint32_t passage,
                                 uint32_t *article)
{
    uint32_t low = 0, high = (uint32_t)volume->about.articles, first, end;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (!zub_volume_u32(volume, ZUB_PART_FIRSTS, middle, &first))
            return ZUB_EFORMAT;
        if (first <= passage)
            low = middle;
        else
            high = middle;
    }
    *article = low;
    zub_status status = zub_volume_passages(volume, low, &first, &end);
    return status == ZUB_OK && (passage < first || passage >= end)
               ? ZUB_EFORMAT
               : status;
}

const char *zub_volume_lang(const zub_volume *volume, uint32_t article)
{
    const zub_guarded *part = &volume->parts[ZUB_PART_LANGUAGE];
    unsigned char lang;

    if (!zub_guard_touch(part, article, 1))
        return "und";
    lang = (unsigned char)part->data[article];
    return lang < volume->lang_count ? volume->langs[lang].name : "und";
}

/* ---- Words ---- */

#define LINE 64u      /* bytes of the cache */
#define EXPECTED 256u /* of the words of a passage, as a rule */

/* Where the words lie is a number elsewhere. Nothing is believed: an address
 * outside is only one that will not be asked for. */
void zub_volume_expect_words(const zub_volume *volume, uint32_t passage,
                             bool is_near)
{
    const uint32_t *ends = (const void *)volume->parts[ZUB_PART_SEQ_ENDS].data;
    const zub_guarded *words = &volume->parts[ZUB_PART_SEQUENCE];

    if (passage == 0 || passage >= volume->about.passages)
        return;
    __builtin_prefetch(ends + passage);
    for (size_t at = ends[is_near ? passage - 1 : 0], end = at + EXPECTED;
         is_near && at < end && at < words->size; at += LINE)
        __builtin_prefetch(words->data + at);
}

/* Bits of a passage on their way to words. */
typedef struct reading {
    const zub_code *codes; /* [ZUB_CODES] */
    const char *bytes;
    size_t at, end; /* bits */
    uint64_t words; /* there are so many different ones */
} word_reading;

static inline bool read_number(word_reading *run, unsigned code,
                               uint64_t *number)
{
    if (run->at >= run->end)
        return false;
    *number = zub_code_get(&run->codes[code], run->bytes, &run->at);
    return true;
}

/* In a row, as they stand in the passage. */
static bool read_row(word_reading *run, uint32_t *words, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        uint64_t word;
        if (!read_number(run, 0, &word) || word >= run->words)
            return false;
        words[i] = (uint32_t)word;
    }
    return true;
}

/* Ascending, each as often as it is there (seal_vectors.c). */
static bool read_bag(word_reading *run, uint32_t *words, size_t length)
{
    uint64_t word = 0, gap, more;

    for (size_t i = 0; i < length; word++) {
        if (!read_number(run, zub_code_behind(word), &gap) ||
            gap >> 1 >= run->words)
            return false;
        word += gap >> 1;
        more = 0;
        if ((gap & 1 && !read_number(run, ZUB_CODE_OF_COUNTS, &more)) ||
            word >= run->words || more >= length)
            return false;
        more += gap & 1;
        if (more >= length - i)
            return false;
        for (size_t end = i + 1 + (size_t)more; i < end; i++)
            words[i] = (uint32_t)word;
    }
    return true;
}

zub_status zub_volume_words(const zub_volume *volume, uint32_t passage,
                            uint32_t **words, size_t *capacity, size_t *count)
{
    const zub_guarded *part = &volume->parts[ZUB_PART_SEQUENCE];
    zub_slice bytes;
    uint32_t length;
    zub_status status = stretch_of(volume, ZUB_PART_SEQ_ENDS,
                                   ZUB_PART_SEQUENCE, passage, &bytes);

    *count = 0;
    if (status != ZUB_OK)
        return status;
    if (!zub_volume_u32(volume, ZUB_PART_LENGTHS, passage, &length) ||
        !zub_guard_touch(part, (size_t)(bytes.data - part->data),
                         bytes.size + ZUB_CODE_PAD))
        return ZUB_EFORMAT;
    if (length > volume->about.length ||
        (volume->about.has_positions &&
         length > bytes.size * 8 / ZUB_CODE_HEAD))
        return ZUB_EFORMAT;
    if (length > *capacity &&
        !zub_grow(words, capacity, length, sizeof **words))
        return ZUB_ENOMEM;
    word_reading run = {volume->codes, bytes.data, 0, bytes.size * 8,
                        volume->about.words};
    if (!(volume->about.has_positions ? read_row(&run, *words, length)
                                      : read_bag(&run, *words, length)) ||
        (run.at + 7) / 8 != bytes.size)
        return ZUB_EFORMAT;
    *count = length;
    return ZUB_OK;
}

zub_status zub_volume_word(const zub_volume *volume, uint32_t word,
                           zub_slice *folded)
{
    return stretch_of(volume, ZUB_PART_WORD_ENDS, ZUB_PART_WORDS, word,
                      folded);
}

/* ---- Texts ---- */

static bool read_u64(const zub_volume *volume, zub_part_kind part, size_t i,
                     uint64_t *out)
{
    const zub_guarded *bytes = &volume->parts[part];

    if (i >= bytes->size / sizeof *out ||
        !zub_guard_touch(bytes, i * sizeof *out, sizeof *out))
        return false;
    memcpy(out, bytes->data + i * sizeof *out, sizeof *out);
    return true;
}

/* Ends i of the unpacked and the packed text before block i. */
static bool block_starts(const zub_volume *volume, size_t i, uint64_t *raw,
                         uint64_t *packed)
{
    *raw = *packed = 0;
    return i == 0 || (read_u64(volume, ZUB_PART_TEXT_AT, 2 * i - 2, raw) &&
                      read_u64(volume, ZUB_PART_TEXT_AT, 2 * i - 1, packed));
}

static voidpf unpack_alloc(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    return zub_alloc(count, size);
}

static void unpack_free(voidpf opaque, voidpf block)
{
    (void)opaque;
    zub_free(block);
}

/* At most `size` bytes into out; how many. */
static zub_status unpack(zub_slice packed, char *out, size_t *size)
{
    z_stream stream = {.zalloc = unpack_alloc, .zfree = unpack_free};

    if (inflateInit2(&stream, -15) != Z_OK)
        return ZUB_ENOMEM;
    stream.next_in = (Bytef *)(uintptr_t)packed.data;
    stream.avail_in = (uInt)packed.size;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)*size;
    int code = inflate(&stream, Z_FINISH);
    *size -= stream.avail_out;
    inflateEnd(&stream);
    if (code == Z_STREAM_END)
        return ZUB_OK;
    return code == Z_MEM_ERROR ? ZUB_ENOMEM : ZUB_EFORMAT;
}

/* A block into out[0 .. size), all of it. */
static zub_status unfold(zub_slice packed, char *out, size_t size)
{
    size_t held = size + 1; /* narrowed text is never longer */
    char *narrowed = zub_alloc(held, 1);
    zub_status status =
        narrowed ? unpack(packed, narrowed, &held) : ZUB_ENOMEM;

    if (status == ZUB_OK && !zub_widen(out, size, (zub_slice){narrowed, held}))
        status = ZUB_EFORMAT;
    zub_free(narrowed);
    return status;
}

/* Block i, unpacked into `out`; *start: where its bytes begin in all. */
static zub_status read_block(const zub_volume *volume, size_t i,
                             zub_buffer *out, uint64_t *start)
{
    const zub_guarded *text = &volume->parts[ZUB_PART_TEXT];
    uint64_t from, to, end;

    if (!block_starts(volume, i, start, &from) ||
        !block_starts(volume, i + 1, &end, &to) || *start >= end ||
        end - *start > ZUB_TEXT_BLOCK || from > to || to > text->size ||
        !zub_guard_touch(text, (size_t)from, (size_t)(to - from)))
        return ZUB_EFORMAT;
    zub_buffer_clear(out);
    char *room = zub_buffer_reserve(out, (size_t)(end - *start));
    if (!room)
        return ZUB_ENOMEM;
    out->size = (size_t)(end - *start);
    return unfold((zub_slice){text->data + from, (size_t)(to - from)}, room,
                  out->size);
}

/* Bytes [start, end) of all texts. Blocks but the last are full. */
static zub_status read_bytes(const zub_volume *volume, uint64_t start,
                             uint64_t end, zub_buffer *out)
{
    zub_status status = ZUB_OK;
    zub_buffer block;

    zub_buffer_init(&block, ZUB_TEXT_BLOCK);
    while (start < end && status == ZUB_OK) {
        uint64_t at;
        status =
            read_block(volume, (size_t)(start / ZUB_TEXT_BLOCK), &block, &at);
        if (status == ZUB_OK && (start < at || start - at >= block.size))
            status = ZUB_EFORMAT;
        if (status != ZUB_OK)
            break;
        size_t from = (size_t)(start - at), size = block.size - from;
        if (size > end - start)
            size = (size_t)(end - start);
        zub_buffer_add(out, block.data + from, size);
        start += size;
        status = out->status;
    }
    zub_buffer_release(&block);
    return status;
}

/* Where the text of an article, or its title, lies among all. */
static zub_status text_at(const zub_volume *volume, uint32_t article,
                          bool is_title, uint64_t *start, uint64_t *end)
{
    size_t i = 2 * (size_t)article + !is_title;

    *start = 0;
    return (i == 0 || read_u64(volume, ZUB_PART_TEXT_ENDS, i - 1, start)) &&
                   read_u64(volume, ZUB_PART_TEXT_ENDS, i, end) &&
                   *start <= *end && *end <= volume->about.text_bytes
               ? ZUB_OK
               : ZUB_EFORMAT;
}

zub_status zub_volume_text_size(const zub_volume *volume, uint32_t article,
                                bool is_title, size_t *size)
{
    uint64_t start = 0, end = 0;
    zub_status status = volume->about.has_texts
                            ? text_at(volume, article, is_title, &start, &end)
                            : ZUB_OK;

    *size = status == ZUB_OK ? (size_t)(end - start) : 0;
    return status;
}

zub_status zub_volume_text(const zub_volume *volume, uint32_t article,
                           bool is_title, size_t start, size_t end,
                           zub_buffer *out)
{
    uint64_t from, to;

    if (!volume->about.has_texts)
        return ZUB_OK;
    zub_status status = text_at(volume, article, is_title, &from, &to);
    if (status != ZUB_OK)
        return status;
    if (start > end || end > to - from)
        return ZUB_EFORMAT;
    return read_bytes(volume, from + start, from + end, out);
}

/* ---- Entries ---- */

static zub_status entry_text(const zub_volume *volume, uint32_t article,
                             bool is_title, zub_arena *arena, zub_slice *out)
{
    zub_buffer text;
    size_t size;
    zub_status status = zub_volume_text_size(volume, article, is_title, &size);

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    if (status == ZUB_OK)
        status = zub_volume_text(volume, article, is_title, 0, size, &text);
    if (status == ZUB_OK) {
        *out = zub_arena_copy(arena, zub_buffer_slice(&text));
        status = out->data ? ZUB_OK : ZUB_ENOMEM;
    }
    zub_buffer_release(&text);
    return status;
}

zub_status zub_volume_term_name(const zub_volume *volume, uint32_t number,
                                zub_buffer *out)
{
    zub_term_walk walk;
    zub_status status = ZUB_OK;

    zub_term_walk_init(&walk, &volume->parts[ZUB_PART_TERM_AT],
                       &volume->parts[ZUB_PART_TERMS],
                       (uint32_t)volume->about.terms);
    walk.next = number - number % ZUB_TERM_BLOCK;
    while (status == ZUB_OK && walk.next <= number)
        status = zub_term_walk_next(&walk);
    if (status == ZUB_OK) {
        zub_buffer_clear(out);
        zub_buffer_add_slice(out, zub_buffer_slice(&walk.term));
        status = out->status;
    }
    zub_term_walk_release(&walk);
    return status == ZUB_ENOTFOUND ? ZUB_EFORMAT : status;
}

/* All terms by number, copied. */
static zub_status all_terms(const zub_volume *volume, zub_arena *arena,
                            zub_slice **out)
{
    size_t count = (size_t)volume->about.terms;
    zub_slice *terms = zub_arena_alloc(arena, count + 1, sizeof *terms);
    zub_status status = terms ? ZUB_OK : ZUB_ENOMEM;
    zub_term_walk walk;

    zub_term_walk_init(&walk, &volume->parts[ZUB_PART_TERM_AT],
                       &volume->parts[ZUB_PART_TERMS], (uint32_t)count);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        status = zub_term_walk_next(&walk);
        if (status == ZUB_OK) {
            terms[i] = zub_arena_copy(arena, zub_buffer_slice(&walk.term));
            status = terms[i].data ? ZUB_OK : ZUB_ENOMEM;
        }
    }
    zub_term_walk_release(&walk);
    *out = terms;
    return status;
}

zub_status zub_volume_all_words(const zub_volume *volume, zub_arena *arena,
                                const zub_entry_word **out)
{
    size_t count = (size_t)volume->about.words;
    zub_entry_word *words = zub_arena_alloc(arena, count + 1, sizeof *words);
    zub_slice *terms;
    zub_status status = all_terms(volume, arena, &terms);

    *out = words;
    if (!words)
        return ZUB_ENOMEM;
    for (uint32_t i = 0; i < count && status == ZUB_OK; i++) {
        uint32_t term;
        status = zub_volume_term_of(volume, i, &term);
        if (status == ZUB_OK)
            words[i].folded = words[i].term = terms[term];
        if (status == ZUB_OK && volume->about.has_positions)
            status = zub_volume_word(volume, i, &words[i].folded);
    }
    return status;
}

/* The passages' words, those of the title once, in front. */
static zub_status read_sequence(const zub_volume *volume, uint32_t first,
                                uint32_t end, zub_arena *arena,
                                uint32_t **sequence, zub_entry *out)
{
    zub_entry_passage *passages =
        zub_arena_alloc(arena, (size_t)(end - first) + 1, sizeof *passages);
    uint32_t *words = NULL;
    size_t capacity = 0, held = 0, count;
    zub_status status = passages ? ZUB_OK : ZUB_ENOMEM;

    for (uint32_t p = first; p < end && status == ZUB_OK; p++) {
        zub_entry_passage *passage = &passages[p - first];
        size_t title = p == first ? 0 : out->title_words;
        status = zub_volume_words(volume, p, &words, &capacity, &count);
        if (status == ZUB_OK && count < out->title_words)
            status = ZUB_EFORMAT;
        if (status == ZUB_OK &&
            !zub_grow(sequence, &held, out->length + count, sizeof **sequence))
            status = ZUB_ENOMEM;
        if (status != ZUB_OK)
            break;
        passage->first = out->length + out->title_words - title;
        if (words && count > title)
            memcpy(*sequence + out->length, words + title,
                   (count - title) * sizeof *words);
        out->length += count - title;
        if (!zub_volume_u32(volume, ZUB_PART_STARTS, p, &passage->start) ||
            !zub_volume_u32(volume, ZUB_PART_ENDS, p, &passage->end))
            status = ZUB_EFORMAT;
    }
    zub_free(words);
    out->passages = passages;
    out->passage_count = end - first;
    return status;
}

/* Passages lie within the text, where it was kept. */
static zub_status check_passages(const zub_volume *volume,
                                 const zub_entry *entry)
{
    for (size_t i = 0; i < entry->passage_count; i++) {
        const zub_entry_passage *passage = &entry->passages[i];
        if (passage->start > passage->end ||
            (volume->about.has_texts && passage->end > entry->text.size))
            return ZUB_EFORMAT;
    }
    return ZUB_OK;
}

zub_status zub_volume_entry(const zub_volume *volume, uint32_t article,
                            zub_arena *arena, zub_entry *out)
{
    uint32_t first, end, title, *sequence = NULL;
    zub_status status = zub_volume_id(volume, article, &out->id);

    *out = (zub_entry){.id = out->id};
    if (status == ZUB_OK)
        status = zub_volume_passages(volume, article, &first, &end);
    if (status == ZUB_OK &&
        !zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        status = ZUB_EFORMAT;
    if (status != ZUB_OK)
        return status;
    out->title_words = first < end ? title : 0;
    snprintf(out->lang, sizeof out->lang, "%s",
             zub_volume_lang(volume, article));
    status = read_sequence(volume, first, end, arena, &sequence, out);
    if (status == ZUB_OK) {
        uint32_t *own =
            zub_arena_alloc(arena, out->length + 1, sizeof *sequence);
        status = own ? ZUB_OK : ZUB_ENOMEM;
        if (own && sequence && out->length > 0)
            memcpy(own, sequence, out->length * sizeof *sequence);
        out->sequence = own;
    }
    if (status == ZUB_OK)
        status = entry_text(volume, article, true, arena, &out->title);
    if (status == ZUB_OK)
        status = entry_text(volume, article, false, arena, &out->text);
    zub_free(sequence);
    return status == ZUB_OK ? check_passages(volume, out) : status;
}

/* ---- Checking ---- */

static zub_status check_article(const zub_volume *volume, uint32_t article)
{
    zub_arena arena;
    zub_entry entry;
    zub_slice before = {0};

    zub_arena_init(&arena);
    zub_status status = zub_volume_entry(volume, article, &arena, &entry);
    if (status == ZUB_OK && article > 0)
        status = zub_volume_id(volume, article - 1, &before);
    if (status == ZUB_OK && article > 0 &&
        zub_slice_compare(before, entry.id) >= 0)
        status = ZUB_EFORMAT;
    zub_arena_release(&arena);
    return status;
}

zub_status zub_volume_check(const zub_volume *volume, zub_error *error)
{
    zub_status status = zub_container_check(&volume->container, error);
    const zub_entry_word *words;
    zub_arena arena;

    if (status != ZUB_OK)
        return status;
    zub_arena_init(&arena);
    status = zub_volume_all_words(volume, &arena, &words);
    zub_arena_release(&arena);
    for (uint32_t i = 0; i < volume->about.articles && status == ZUB_OK; i++)
        status = check_article(volume, i);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    return status == ZUB_OK ? status : zub_volume_damaged(volume, error);
}
