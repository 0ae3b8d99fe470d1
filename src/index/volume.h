/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* volume.h - an immutable file of articles with everything that finds them.
 *
 * Nothing is believed: a number is read after its block was checked, and
 * followed after it was compared with what it counts. So a damaged or a forged
 * file gives ZUB_EFORMAT, never a wrong answer and never a step outside.
 */
#ifndef ZUB_INDEX_VOLUME_H
#define ZUB_INDEX_VOLUME_H

#include "base/arena.h"
#include "base/container.h"
#include "base/file.h"
#include "index/dictionary.h"
#include "index/entry.h"
#include "index/guard.h"
#include "index/parts.h"

typedef struct zub_volume_lang_name {
    char name[12]; /* BCP 47, ends in a NUL */
} zub_volume_lang_name;

/* Constant once open, but for what was seen: any number of threads. */
typedef struct zub_volume {
    char *path;
    zub_file file;
    zub_container container;
    zub_volume_about about;
    const zub_volume_lang_name *langs; /* [lang_count] */
    size_t lang_count;
    zub_guarded parts[ZUB_PARTS];
    atomic_uchar *seen;
    zub_code codes[ZUB_CODES]; /* of the words of passages */
} zub_volume;

/* ZUB_ENOTFOUND, ZUB_EIO, ZUB_EFORMAT, ZUB_EVERSION, ZUB_ENOMEM. */
zub_status zub_volume_open(zub_volume **out, const char *path,
                           zub_error *error);
/* NULL is fine. */
void zub_volume_close(zub_volume *volume);

/* ZUB_EFORMAT, in words: which volume, and what to do. */
zub_status zub_volume_damaged(const zub_volume *volume, zub_error *error);

/* All functions below return ZUB_EFORMAT, without words, when what they
 * touch is damaged. */

/* Element i of an array of 32 bits; false: damaged, or there is none. */
static inline bool zub_volume_u32(const zub_volume *volume, zub_part_kind part,
                                  size_t i, uint32_t *out)
{
    const zub_guarded *bytes = &volume->parts[part];

    if (i >= bytes->size / sizeof *out ||
        !zub_guard_touch(bytes, i * sizeof *out, sizeof *out))
        return false;
    *out = ((const uint32_t *)(const void *)bytes->data)[i];
    return true;
}

/* Id of an article, borrowed. */
zub_status zub_volume_id(const zub_volume *volume, uint32_t article,
                         zub_slice *out);
/* ZUB_ENOTFOUND. */
zub_status zub_volume_find(const zub_volume *volume, zub_slice id,
                           uint32_t *article);
/* The first passage of an article, and the one behind its last. */
zub_status zub_volume_passages(const zub_volume *volume, uint32_t article,
                               uint32_t *first, uint32_t *end);
zub_status zub_volume_article_of(const zub_volume *volume, uint32_t passage,
                                 uint32_t *article);
/* Never NULL. */
const char *zub_volume_lang(const zub_volume *volume, uint32_t article);

/* The words of a passage, those of the title first, into *words, which grows:
 * each below about.words. Without positions they are terms, and ascend. */
zub_status zub_volume_words(const zub_volume *volume, uint32_t passage,
                            uint32_t **words, size_t *capacity, size_t *count);
/* Tells the processor that the words of a passage will be asked for: first
 * `is_near` false, some passages later true. */
void zub_volume_expect_words(const zub_volume *volume, uint32_t passage,
                             bool is_near);
/* The folded form of a word, borrowed, where there are positions; its term's
 * number. */
zub_status zub_volume_word(const zub_volume *volume, uint32_t word,
                           zub_slice *folded);
static inline zub_status zub_volume_term_of(const zub_volume *volume,
                                            uint32_t word, uint32_t *term)
{
    return zub_volume_u32(volume, ZUB_PART_WORD_TERM, word, term) &&
                   *term < volume->about.terms
               ? ZUB_OK
               : ZUB_EFORMAT;
}

/* The term with this number, by a look at its block, into `out`. ZUB_ENOMEM. */
zub_status zub_volume_term_name(const zub_volume *volume, uint32_t number,
                                zub_buffer *out);

/* Bytes [start, end) of an article's text, or of its title; start <= end.
 * Appended to `out`; nothing where the volume keeps no texts. */
zub_status zub_volume_text(const zub_volume *volume, uint32_t article,
                           bool is_title, size_t start, size_t end,
                           zub_buffer *out);
zub_status zub_volume_text_size(const zub_volume *volume, uint32_t article,
                                bool is_title, size_t *size);

/* Everything of an article, in memory of the arena; the sequence has the
 * volume's numbers of words, and `words` is NULL. */
zub_status zub_volume_entry(const zub_volume *volume, uint32_t article,
                            zub_arena *arena, zub_entry *out);

/* The folded forms and terms of all words, [about.words], in memory of the
 * arena and of the volume. */
zub_status zub_volume_all_words(const zub_volume *volume, zub_arena *arena,
                                const zub_entry_word **out);

/* Every byte, and every article against every rule. With words. */
zub_status zub_volume_check(const zub_volume *volume, zub_error *error);

#endif
