/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gathered.h - what a builder holds: articles as they came, their passages and
 * words by number. builder.c fills it, sealing.c makes a volume of it. */
#ifndef ZUB_INDEX_GATHERED_H
#define ZUB_INDEX_GATHERED_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "index/builder.h"

typedef struct zub_built_article {
    zub_slice id, title, text; /* in the arena */
    size_t passage;            /* its first */
    size_t title_at;           /* words of its title in `sequence` */
    uint32_t passage_count, title_words;
    uint8_t lang;
    bool is_gone; /* replaced or removed */
} zub_built_article;

typedef struct zub_built_passage {
    uint32_t start, end; /* bytes of the text */
    size_t first;        /* in `sequence` */
    uint32_t length;     /* without the title */
} zub_built_passage;

/* What is known of the words of a source: their numbers here, plus 1. */
typedef struct zub_word_source {
    uint64_t id;
    uint32_t *numbers; /* [size] */
    size_t size, capacity;
} zub_word_source;

#define ZUB_SOURCES 64u /* as many as there are threads, mostly */

struct zub_builder {
    bool without_texts, without_positions;
    zub_arena arena; /* ids, titles, texts */
    size_t arena_bytes;
    zub_built_article *articles; /* [article_count] */
    size_t article_count, article_capacity, live;
    zub_map ids;      /* its numbers: those of `latest` */
    uint32_t *latest; /* [ids.count]: article, UINT32_MAX: none */
    size_t latest_capacity;
    zub_built_passage *passages; /* [passage_count] */
    size_t passage_count, passage_capacity;
    uint32_t *sequence; /* [length]: words */
    size_t length, sequence_capacity;
    zub_map words;          /* folded, 0, term */
    uint32_t *terms_of;     /* [words.count]: in `terms` */
    uint32_t *folded_sizes; /* the same */
    size_t terms_of_capacity, folded_capacity;
    zub_word_source sources[ZUB_SOURCES];
    size_t next_source; /* to be given up */
    zub_map terms;
    size_t word_bytes;
    char (*langs)[12]; /* [lang_count] */
    size_t lang_count, lang_capacity;
    uint32_t *local; /* scratch: the entry's words by their number here */
    size_t local_capacity;
    zub_buffer key;
};

/* Live articles alone; no memory is kept but of arrays. */
void zub_builder_clear(zub_builder *builder);

#endif
