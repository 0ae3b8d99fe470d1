/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* builder.c - see builder.h.
 *
 * While it grows, words and terms have numbers by arrival, and a passage is a
 * stretch of them. Writing orders articles by id, terms by their bytes and words
 * by how common they are, makes room for each term's list, and walks the passages
 * once to fill them in (a counting sort), so that nothing is ever sorted that is
 * as many as the words.
 */
#include "index/builder.h"

#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/container.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/order.h"
#include "index/dictionary.h"
#include "index/gram_count.h"
#include "index/guard.h"
#include "index/postings.h"
#include "index/varint.h"

#define LANGUAGES 255u

typedef struct article {
    zub_slice id, title, text; /* in the arena */
    size_t passage;            /* its first */
    size_t title_at;           /* words of its title in `sequence` */
    uint32_t passage_count, title_words;
    uint8_t lang;
    bool is_gone; /* replaced or removed */
} built_article;

typedef struct passage {
    uint32_t start, end; /* bytes of the text */
    size_t first;        /* in `sequence` */
    uint32_t length;     /* without the title */
} built_passage;

/* What is known of the words of a source: their numbers here, plus 1. */
typedef struct source {
    uint64_t id;
    uint32_t *numbers; /* [size] */
    size_t size, capacity;
} word_source;

#define SOURCES 64u /* as many as there are threads, mostly */

struct zub_builder {
    bool without_texts;
    zub_arena arena; /* ids, titles, texts */
    size_t arena_bytes;
    built_article *articles; /* [article_count] */
    size_t article_count, article_capacity, live;
    zub_map ids;      /* its numbers: those of `latest` */
    uint32_t *latest; /* [ids.count]: article, UINT32_MAX: none */
    size_t latest_capacity;
    built_passage *passages; /* [passage_count] */
    size_t passage_count, passage_capacity;
    uint32_t *sequence; /* [length]: words */
    size_t length, sequence_capacity;
    zub_map words;          /* folded, 0, term */
    uint32_t *terms_of;     /* [words.count]: in `terms` */
    uint32_t *folded_sizes; /* the same */
    size_t terms_of_capacity, folded_capacity;
    word_source sources[SOURCES];
    size_t next_source; /* to be given up */
    zub_map terms;
    size_t word_bytes;
    char (*langs)[12]; /* [lang_count] */
    size_t lang_count, lang_capacity;
    uint32_t *local; /* scratch: the entry's words by their number here */
    size_t local_capacity;
    zub_buffer key;
};

/* ---- Growing ---- */

zub_status zub_builder_new(zub_builder **out, bool without_texts,
                           zub_error *error)
{
    zub_builder *builder = zub_alloc_zero(1, sizeof *builder);

    *out = builder;
    if (!builder)
        return zub_fail_memory(error);
    builder->without_texts = without_texts;
    zub_arena_init(&builder->arena);
    zub_map_init(&builder->ids);
    zub_map_init(&builder->words);
    zub_map_init(&builder->terms);
    zub_buffer_init(&builder->key, ZUB_BUFFER_UNLIMITED);
    return ZUB_OK;
}

void zub_builder_free(zub_builder *builder)
{
    if (!builder)
        return;
    zub_arena_release(&builder->arena);
    zub_map_release(&builder->ids);
    zub_map_release(&builder->words);
    zub_map_release(&builder->terms);
    zub_buffer_release(&builder->key);
    zub_free(builder->articles);
    zub_free(builder->latest);
    zub_free(builder->passages);
    zub_free(builder->sequence);
    zub_free(builder->terms_of);
    zub_free(builder->folded_sizes);
    for (size_t i = 0; i < SOURCES; i++)
        zub_free(builder->sources[i].numbers);
    zub_free(builder->langs);
    zub_free(builder->local);
    zub_free(builder);
}

static zub_status number_language(zub_builder *builder, const char *lang,
                                  uint8_t *number)
{
    size_t i = 0;

    while (i < builder->lang_count && strcmp(builder->langs[i], lang) != 0)
        i++;
    if (i == builder->lang_count) {
        if (i == LANGUAGES)
            return ZUB_ELIMIT;
        if (!zub_grow(&builder->langs, &builder->lang_capacity, i + 1,
                      sizeof *builder->langs))
            return ZUB_ENOMEM;
        memset(builder->langs[i], 0, sizeof *builder->langs);
        memcpy(builder->langs[i], lang,
               strnlen(lang, sizeof *builder->langs - 1));
        builder->lang_count++;
    }
    *number = (uint8_t)i;
    return ZUB_OK;
}

zub_status zub_builder_number(zub_builder *builder, const zub_entry_word *word,
                              uint32_t *number)
{
    zub_map *words = &builder->words;
    uint32_t before = words->count;

    zub_buffer_clear(&builder->key);
    zub_buffer_add_slice(&builder->key, word->folded);
    zub_buffer_add_char(&builder->key, '\0');
    zub_buffer_add_slice(&builder->key, word->term);
    if (builder->key.status != ZUB_OK)
        return builder->key.status;
    *number = zub_map_add(words, zub_buffer_slice(&builder->key));
    if (*number == ZUB_MAP_NONE)
        return ZUB_ENOMEM;
    if (words->count == before)
        return ZUB_OK;
    builder->word_bytes += builder->key.size;
    if (!zub_grow(&builder->terms_of, &builder->terms_of_capacity,
                  words->count, sizeof *builder->terms_of) ||
        !zub_grow(&builder->folded_sizes, &builder->folded_capacity,
                  words->count, sizeof *builder->folded_sizes))
        return ZUB_ENOMEM;
    builder->folded_sizes[*number] = (uint32_t)word->folded.size;
    builder->terms_of[*number] = zub_map_add(&builder->terms, word->term);
    return builder->terms_of[*number] == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;
}

static word_source *source_of(zub_builder *builder, uint64_t id)
{
    word_source *source;

    for (size_t i = 0; i < SOURCES; i++)
        if (builder->sources[i].id == id)
            return &builder->sources[i];
    source = &builder->sources[builder->next_source];
    builder->next_source = (builder->next_source + 1) % SOURCES;
    source->id = id;
    source->size = 0;
    return source;
}

/* Room for a name; what is new is unknown. */
static bool make_known(word_source *source, uint32_t name)
{
    size_t size = (size_t)name + 1;

    if (size <= source->size)
        return true;
    if (!zub_grow(&source->numbers, &source->capacity, size,
                  sizeof *source->numbers))
        return false;
    memset(source->numbers + source->size, 0,
           (source->capacity - source->size) * sizeof *source->numbers);
    source->size = source->capacity;
    return true;
}

/* The number of word i of an entry, by its name if its source gave it one. */
static zub_status number_named(zub_builder *builder, const zub_entry *entry,
                               word_source *source, size_t i)
{
    uint32_t *number = &builder->local[i];
    uint32_t name = entry->names ? entry->names[i] : 0;

    if (!entry->names)
        return zub_builder_number(builder, &entry->words[i], number);
    if (!make_known(source, name))
        return ZUB_ENOMEM;
    if (source->numbers[name] == 0) {
        zub_status status =
            zub_builder_number(builder, &entry->words[i], number);
        if (status != ZUB_OK)
            return status;
        source->numbers[name] = *number + 1;
    }
    *number = source->numbers[name] - 1;
    return ZUB_OK;
}

static zub_status add_words(zub_builder *builder, const zub_entry *entry)
{
    word_source *source =
        entry->names ? source_of(builder, entry->source) : NULL;
    zub_status status = ZUB_OK;

    if (!zub_grow(&builder->local, &builder->local_capacity,
                  entry->word_count + 1, sizeof *builder->local) ||
        !zub_grow(&builder->sequence, &builder->sequence_capacity,
                  builder->length + entry->length, sizeof *builder->sequence))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < entry->word_count && status == ZUB_OK; i++)
        status = number_named(builder, entry, source, i);
    for (size_t i = 0; i < entry->length && status == ZUB_OK; i++)
        builder->sequence[builder->length + i] =
            entry->words ? builder->local[entry->sequence[i]]
                         : entry->sequence[i];
    return status;
}

static zub_status add_passages(zub_builder *builder, const zub_entry *entry)
{
    size_t count = entry->passage_count;

    if (!zub_grow(&builder->passages, &builder->passage_capacity,
                  builder->passage_count + count, sizeof *builder->passages))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        const zub_entry_passage *from = &entry->passages[i];
        size_t end = i + 1 < count ? from[1].first : entry->length;
        builder->passages[builder->passage_count++] = (built_passage){
            from->start, from->end, builder->length + from->first,
            (uint32_t)(end - from->first)};
    }
    return ZUB_OK;
}

static bool copy_slice(zub_builder *builder, zub_slice from, zub_slice *to)
{
    *to = zub_arena_copy(&builder->arena, from);
    builder->arena_bytes += from.size;
    return to->data != NULL;
}

/* The article that has this id now steps aside for number `article`. */
static zub_status take_id(zub_builder *builder, zub_slice id, uint32_t article)
{
    uint32_t before = builder->ids.count, number;

    number = zub_map_add(&builder->ids, id);
    if (number == ZUB_MAP_NONE ||
        !zub_grow(&builder->latest, &builder->latest_capacity,
                  builder->ids.count, sizeof *builder->latest))
        return ZUB_ENOMEM;
    if (number < before && builder->latest[number] != UINT32_MAX) {
        builder->articles[builder->latest[number]].is_gone = true;
        builder->live--;
    }
    builder->latest[number] = article;
    return ZUB_OK;
}

static zub_status add_article(zub_builder *builder, const zub_entry *entry)
{
    static const zub_slice nothing = {"", 0};
    built_article made = {.passage = builder->passage_count,
                          .title_at = builder->length,
                          .passage_count = (uint32_t)entry->passage_count,
                          .title_words = (uint32_t)entry->title_words};
    bool keeps = !builder->without_texts;
    zub_status status = number_language(builder, entry->lang, &made.lang);

    if (status != ZUB_OK)
        return status;
    if (!copy_slice(builder, entry->id, &made.id) ||
        !copy_slice(builder, keeps ? entry->title : nothing, &made.title) ||
        !copy_slice(builder, keeps ? entry->text : nothing, &made.text) ||
        !zub_grow(&builder->articles, &builder->article_capacity,
                  builder->article_count + 1, sizeof *builder->articles))
        return ZUB_ENOMEM;
    status = take_id(builder, entry->id, (uint32_t)builder->article_count);
    builder->articles[builder->article_count++] = made;
    builder->live++;
    return status;
}

/* What is counted by 32 bits in a volume: each sequence is 5 bytes a word at
 * most, with its title before each passage. */
static bool is_too_much(const zub_builder *builder, const zub_entry *entry)
{
    size_t titles = entry->title_words * (entry->passage_count + 1);
    size_t most = UINT32_MAX / 8;

    return builder->length > most || entry->length > most || titles > most ||
           builder->length + entry->length + titles > most ||
           builder->word_bytes > most || builder->passage_count > most ||
           builder->article_count > most;
}

zub_status zub_builder_add(zub_builder *builder, const zub_entry *entry,
                           zub_error *error)
{
    if (is_too_much(builder, entry))
        return zub_fail(error, ZUB_ELIMIT,
                        "a volume of an index holds %u words (index with less "
                        "--memory)",
                        UINT32_MAX / 8);
    zub_status status = add_article(builder, entry);
    if (status == ZUB_OK)
        status = add_words(builder, entry);
    if (status == ZUB_OK)
        status = add_passages(builder, entry);
    builder->length += entry->length;
    if (status == ZUB_ELIMIT)
        return zub_fail(error, status, "an index holds %u languages",
                        LANGUAGES);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

bool zub_builder_remove(zub_builder *builder, zub_slice id)
{
    uint32_t number = zub_map_find(&builder->ids, id);

    if (number == ZUB_MAP_NONE || builder->latest[number] == UINT32_MAX)
        return false;
    builder->articles[builder->latest[number]].is_gone = true;
    builder->latest[number] = UINT32_MAX;
    builder->live--;
    return true;
}

size_t zub_builder_articles(const zub_builder *builder)
{
    return builder->live;
}

size_t zub_builder_memory(const zub_builder *builder)
{
    size_t names = builder->words.count + (size_t)builder->terms.count +
                   builder->ids.count;

    return builder->arena_bytes + 2 * builder->word_bytes +
           builder->article_count * sizeof *builder->articles +
           builder->passage_count * sizeof *builder->passages +
           builder->length * (sizeof *builder->sequence + 8) + names * 40;
}

/* ---- Writing ---- */

/* One passage in the order of the volume. */
typedef struct place {
    uint32_t article, passage; /* of the builder */
} volume_place;

/* A volume in the making. */
typedef struct writing {
    zub_builder *builder;
    zub_volume_about about;
    uint32_t *order;        /* [about.articles]: articles of the builder */
    volume_place *places;   /* [about.passages] */
    uint32_t *lengths;      /* [about.passages], with titles */
    uint32_t *ranks;        /* [words]: by how common; UINT32_MAX: unused */
    uint32_t *ranked;       /* [about.words]: words by rank */
    uint64_t *counts;       /* [words]: how often each is said */
    uint32_t *term_ranks;   /* [terms]: the same in byte order */
    uint32_t *ranked_terms; /* [about.terms] */
    uint32_t *df;           /* [about.terms] */
    zub_posting *postings;  /* of all terms, one after another */
    uint64_t *starts;       /* [about.terms + 1] of each one's */
    zub_buffer parts[ZUB_PARTS];
    zub_buffer sums;
} volume_writing;

static void release_writing(volume_writing *run)
{
    zub_free(run->order);
    zub_free(run->places);
    zub_free(run->lengths);
    zub_free(run->ranks);
    zub_free(run->ranked);
    zub_free(run->counts);
    zub_free(run->term_ranks);
    zub_free(run->ranked_terms);
    zub_free(run->df);
    zub_free(run->postings);
    zub_free(run->starts);
    for (size_t i = 0; i < ZUB_PARTS; i++)
        zub_buffer_release(&run->parts[i]);
    zub_buffer_release(&run->sums);
}

static void put_u32(volume_writing *run, zub_part_kind part, size_t value)
{
    uint32_t number = (uint32_t)value;

    zub_buffer_add(&run->parts[part], (const char *)&number, sizeof number);
}

static void put_u64(volume_writing *run, zub_part_kind part, uint64_t value)
{
    zub_buffer_add(&run->parts[part], (const char *)&value, sizeof value);
}

/* Live articles in byte order of their ids. */
static zub_status order_articles(volume_writing *run)
{
    const zub_builder *builder = run->builder;
    zub_slice *names = zub_alloc(builder->live + 1, sizeof *names);
    uint32_t *live = zub_alloc(builder->live + 1, sizeof *live);
    size_t count = 0;

    run->order = zub_alloc(builder->live + 1, sizeof *run->order);
    zub_status status = names && live && run->order ? ZUB_OK : ZUB_ENOMEM;
    for (uint32_t i = 0; status == ZUB_OK && i < builder->article_count; i++)
        if (!builder->articles[i].is_gone) {
            names[count] = builder->articles[i].id;
            live[count++] = i;
        }
    if (status == ZUB_OK)
        status = zub_order_names(run->order, names, count);
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        run->order[i] = live[run->order[i]];
    run->about.articles = count;
    zub_free(names);
    zub_free(live);
    return status;
}

static zub_status place_passages(volume_writing *run)
{
    const zub_builder *builder = run->builder;
    size_t count = 0;

    run->places = zub_alloc(builder->passage_count + 1, sizeof *run->places);
    run->lengths = zub_alloc(builder->passage_count + 1, sizeof *run->lengths);
    if (!run->places || !run->lengths)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < run->about.articles; i++) {
        const built_article *article = &builder->articles[run->order[i]];
        for (uint32_t p = 0; p < article->passage_count; p++, count++) {
            size_t passage = article->passage + p;
            run->places[count] =
                (volume_place){run->order[i], (uint32_t)passage};
            run->lengths[count] =
                builder->passages[passage].length + article->title_words;
            run->about.length += run->lengths[count];
        }
    }
    run->about.passages = count;
    return ZUB_OK;
}

/* The words of a passage, title first, in two stretches. */
typedef struct stretch {
    const uint32_t *words;
    size_t count;
} word_stretch;

static void stretches_of(const volume_writing *run, size_t at,
                         word_stretch out[2])
{
    const zub_builder *builder = run->builder;
    volume_place place = run->places[at];
    const built_article *article = &builder->articles[place.article];
    const built_passage *passage = &builder->passages[place.passage];

    out[0] = (word_stretch){builder->sequence + article->title_at,
                            article->title_words};
    out[1] =
        (word_stretch){builder->sequence + passage->first, passage->length};
}

/* ---- Words and terms by rank ---- */

static zub_status count_words(volume_writing *run)
{
    word_stretch both[2];
    uint64_t *counts =
        zub_alloc_zero(run->builder->words.count + (size_t)1, sizeof *counts);

    run->counts = counts;
    if (!counts)
        return ZUB_ENOMEM;
    for (size_t at = 0; at < run->about.passages; at++) {
        stretches_of(run, at, both);
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < both[s].count; i++)
                counts[both[s].words[i]]++;
    }
    return ZUB_OK;
}

/* order[0 .. count): ids in byte order of their names, of those whose `used` is
 * not 0. */
static zub_status order_used(const zub_map *map, const uint64_t *used,
                             uint32_t *order, size_t *count)
{
    zub_slice *names = zub_alloc(map->count + (size_t)1, sizeof *names);
    uint32_t *ids = zub_alloc(map->count + (size_t)1, sizeof *ids);
    zub_status status = names && ids ? ZUB_OK : ZUB_ENOMEM;

    *count = 0;
    for (uint32_t i = 0; status == ZUB_OK && i < map->count; i++)
        if (used[i] > 0) {
            names[*count] = map->names[i];
            ids[(*count)++] = i;
        }
    if (status == ZUB_OK)
        status = zub_order_names(order, names, *count);
    for (size_t i = 0; status == ZUB_OK && i < *count; i++)
        order[i] = ids[order[i]];
    zub_free(names);
    zub_free(ids);
    return status;
}

/* The commonest first, of equals in byte order, which they stand in. */
static zub_status sort_by_count(uint32_t *order, size_t count,
                                const uint64_t *counts)
{
    zub_keyed *items = zub_alloc(count + 1, sizeof *items);
    zub_keyed *scratch = zub_alloc(count + 1, sizeof *scratch);
    zub_status status = items && scratch ? ZUB_OK : ZUB_ENOMEM;

    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        items[i] = (zub_keyed){UINT64_MAX - counts[order[i]], order[i]};
    if (status == ZUB_OK)
        zub_order_keys(items, scratch, count);
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        order[i] = items[i].id;
    zub_free(items);
    zub_free(scratch);
    return status;
}

static void invert(uint32_t *ranks, size_t size, const uint32_t *order,
                   size_t count)
{
    memset(ranks, 0xFF, size * sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        ranks[order[i]] = (uint32_t)i;
}

static zub_status rank_words(volume_writing *run, const uint64_t *counts)
{
    size_t count = 0, size = run->builder->words.count;

    run->ranked = zub_alloc(size + 1, sizeof *run->ranked);
    run->ranks = zub_alloc(size + 1, sizeof *run->ranks);
    if (!run->ranked || !run->ranks)
        return ZUB_ENOMEM;
    zub_status status =
        order_used(&run->builder->words, counts, run->ranked, &count);
    if (status == ZUB_OK)
        status = sort_by_count(run->ranked, count, counts);
    if (status == ZUB_OK)
        invert(run->ranks, size, run->ranked, count);
    run->about.words = count;
    return status;
}

static zub_status rank_terms(volume_writing *run, const uint64_t *counts)
{
    const zub_builder *builder = run->builder;
    size_t size = builder->terms.count, count = 0;
    uint64_t *used = zub_alloc_zero(size + 1, sizeof *used);

    run->ranked_terms = zub_alloc(size + 1, sizeof *run->ranked_terms);
    run->term_ranks = zub_alloc(size + 1, sizeof *run->term_ranks);
    zub_status status =
        used && run->ranked_terms && run->term_ranks ? ZUB_OK : ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < builder->words.count; i++)
        used[builder->terms_of[i]] |= counts[i];
    if (status == ZUB_OK)
        status = order_used(&builder->terms, used, run->ranked_terms, &count);
    if (status == ZUB_OK)
        invert(run->term_ranks, size, run->ranked_terms, count);
    run->about.terms = count;
    zub_free(used);
    return status;
}

/* From here on the sequence has ranks: what is known of common words lies close
 * together. Words that no article has any more keep none. */
static void renumber(volume_writing *run)
{
    uint32_t *sequence = run->builder->sequence;

    for (size_t i = 0; i < run->builder->length; i++)
        sequence[i] = run->ranks[sequence[i]];
}

static zub_status rank_all(volume_writing *run)
{
    zub_status status = count_words(run);

    if (status == ZUB_OK)
        status = rank_words(run, run->counts);
    if (status == ZUB_OK)
        status = rank_terms(run, run->counts);
    if (status == ZUB_OK)
        renumber(run);
    return status;
}

/* What adding to the parts came to. */
static zub_status parts_status(const volume_writing *run)
{
    for (size_t i = 0; i < ZUB_PARTS; i++)
        if (run->parts[i].status != ZUB_OK)
            return run->parts[i].status;
    return ZUB_OK;
}

/* The folded form stands in front in the key of a word. */
static zub_slice folded_of(const volume_writing *run, uint32_t word)
{
    return (zub_slice){run->builder->words.names[word].data,
                       run->builder->folded_sizes[word]};
}

static zub_status write_words(volume_writing *run)
{
    zub_buffer *out = &run->parts[ZUB_PART_WORDS];

    for (size_t i = 0; i < run->about.words; i++) {
        uint32_t word = run->ranked[i];
        zub_buffer_add_slice(out, folded_of(run, word));
        put_u32(run, ZUB_PART_WORD_ENDS, out->size);
        put_u32(run, ZUB_PART_WORD_TERM,
                run->term_ranks[run->builder->terms_of[word]]);
    }
    return parts_status(run);
}

static const uint32_t *numbers_of(const volume_writing *run,
                                  zub_part_kind part)
{
    return (const void *)run->parts[part].data;
}

/* ---- Lists ---- */

/* The terms of one passage, each with its count. */
typedef struct bag {
    uint32_t *marks;    /* [terms]: passage + 1 that had it last */
    uint32_t *places;   /* [terms]: where in `items` */
    zub_posting *items; /* [size]: {term, count} */
    size_t size, capacity;
} term_bag;

static void release_bag(term_bag *bag)
{
    zub_free(bag->marks);
    zub_free(bag->places);
    zub_free(bag->items);
}

static zub_status open_bag(term_bag *bag, size_t terms)
{
    bag->marks = zub_alloc_zero(terms + 1, sizeof *bag->marks);
    bag->places = zub_alloc(terms + 1, sizeof *bag->places);
    return bag->marks && bag->places ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status fill_bag(term_bag *bag, const volume_writing *run, size_t at)
{
    const uint32_t *terms = numbers_of(run, ZUB_PART_WORD_TERM);
    uint32_t mark = (uint32_t)at + 1;
    word_stretch both[2];

    bag->size = 0;
    if (!zub_grow(&bag->items, &bag->capacity, (size_t)run->lengths[at] + 1,
                  sizeof *bag->items))
        return ZUB_ENOMEM;
    stretches_of(run, at, both);
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < both[s].count; i++) {
            uint32_t term = terms[both[s].words[i]];
            if (bag->marks[term] != mark) {
                bag->marks[term] = mark;
                bag->places[term] = (uint32_t)bag->size;
                bag->items[bag->size++] = (zub_posting){term, 0};
            }
            bag->items[bag->places[term]].count++;
        }
    return ZUB_OK;
}

/* Room for each list: a term is in no more passages than it is said. */
static zub_status make_rooms(volume_writing *run)
{
    const uint32_t *term_of = numbers_of(run, ZUB_PART_WORD_TERM);
    size_t terms = run->about.terms;

    run->df = zub_alloc_zero(terms + 1, sizeof *run->df);
    run->starts = zub_alloc_zero(terms + 1, sizeof *run->starts);
    if (!run->df || !run->starts)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < run->about.words; i++)
        run->starts[term_of[i] + 1] += run->counts[run->ranked[i]];
    for (size_t i = 0; i < terms; i++)
        run->starts[i + 1] += run->starts[i];
    run->postings =
        zub_alloc((size_t)run->starts[terms] + 1, sizeof *run->postings);
    return run->postings ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status fill_lists(volume_writing *run, term_bag *bag)
{
    zub_status status = ZUB_OK;

    for (size_t at = 0; at < run->about.passages && status == ZUB_OK; at++) {
        status = fill_bag(bag, run, at);
        for (size_t i = 0; status == ZUB_OK && i < bag->size; i++) {
            uint32_t term = bag->items[i].passage;
            run->postings[run->starts[term] + run->df[term]++] =
                (zub_posting){(uint32_t)at, bag->items[i].count};
        }
    }
    return status;
}

static zub_status write_lists(volume_writing *run)
{
    zub_buffer *out = &run->parts[ZUB_PART_POSTINGS];
    zub_term_writer terms;

    zub_term_writer_init(&terms);
    for (size_t i = 0; i < run->about.terms; i++) {
        size_t start = out->size;
        uint32_t term = run->ranked_terms[i];
        zub_postings_add(out, run->postings + run->starts[i], run->df[i],
                         run->lengths);
        zub_term_writer_add(&terms, run->builder->terms.names[term],
                            run->df[i], start, out->size - start);
    }
    zub_buffer_add(out, "\0\0\0\0\0\0\0", ZUB_POSTINGS_PAD);
    run->parts[ZUB_PART_TERM_AT] = terms.blocks;
    run->parts[ZUB_PART_TERMS] = terms.terms;
    zub_free(run->postings);
    run->postings = NULL;
    return out->status;
}

static zub_status make_lists(volume_writing *run)
{
    term_bag bag = {0};
    zub_status status = open_bag(&bag, run->about.terms);

    if (status == ZUB_OK)
        status = make_rooms(run);
    if (status == ZUB_OK)
        status = fill_lists(run, &bag);
    release_bag(&bag);
    return status == ZUB_OK ? write_lists(run) : status;
}

/* ---- Sequences, grams ---- */

static const char *lang_at(const volume_writing *run, size_t at)
{
    const zub_builder *builder = run->builder;

    return builder->langs[builder->articles[run->places[at].article].lang];
}

static zub_status write_sequences(volume_writing *run, zub_gram_count *grams)
{
    zub_buffer *out = &run->parts[ZUB_PART_SEQUENCE];
    const char *words = run->parts[ZUB_PART_WORDS].data;
    const uint32_t *ends = numbers_of(run, ZUB_PART_WORD_ENDS);
    zub_status status = ZUB_OK;
    word_stretch both[2];

    for (size_t at = 0; at < run->about.passages && status == ZUB_OK; at++) {
        zub_gram_count_begin(grams, lang_at(run, at));
        stretches_of(run, at, both);
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < both[s].count && status == ZUB_OK; i++) {
                uint32_t word = both[s].words[i];
                uint32_t start = word ? ends[word - 1] : 0;
                zub_varint_add(out, word);
                status = zub_gram_count_add(
                    grams, (zub_slice){words + start, ends[word] - start});
            }
        if (status == ZUB_OK)
            status = zub_gram_count_end(grams);
        put_u32(run, ZUB_PART_SEQ_ENDS, out->size);
    }
    return status == ZUB_OK ? parts_status(run) : status;
}

static zub_status write_passages(volume_writing *run)
{
    zub_gram_count grams = {0};
    zub_gram_writer writer;
    zub_status status = write_sequences(run, &grams);

    zub_gram_writer_init(&writer);
    if (status == ZUB_OK)
        status = zub_gram_count_write(&grams, &writer);
    run->about.grams = writer.count;
    run->about.gram_total = grams.total;
    run->parts[ZUB_PART_GRAM_AT] = writer.blocks;
    run->parts[ZUB_PART_GRAMS] = writer.grams;
    zub_gram_count_release(&grams);
    for (size_t at = 0; at < run->about.passages; at++) {
        const built_passage *passage =
            &run->builder->passages[run->places[at].passage];
        put_u32(run, ZUB_PART_STARTS, passage->start);
        put_u32(run, ZUB_PART_ENDS, passage->end);
        put_u32(run, ZUB_PART_LENGTHS, run->lengths[at]);
    }
    return status;
}

/* ---- Articles and their texts ---- */

/* Text on its way into blocks. */
typedef struct packing {
    volume_writing *run;
    z_stream stream;
    size_t held; /* bytes of the block so far */
    char block[ZUB_TEXT_BLOCK];
} text_packing;

static zub_status pack_block(text_packing *packing)
{
    zub_buffer *out = &packing->run->parts[ZUB_PART_TEXT];
    z_stream *stream = &packing->stream;
    size_t most = deflateBound(stream, (uLong)packing->held);
    char *room = zub_buffer_reserve(out, most);

    if (!room || deflateReset(stream) != Z_OK)
        return ZUB_ENOMEM;
    stream->next_in = (Bytef *)packing->block;
    stream->avail_in = (uInt)packing->held;
    stream->next_out = (Bytef *)room;
    stream->avail_out = (uInt)most;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        return ZUB_ENOMEM;
    out->size += most - stream->avail_out;
    packing->run->about.text_bytes += packing->held;
    packing->run->about.text_blocks++;
    packing->held = 0;
    put_u64(packing->run, ZUB_PART_TEXT_AT, packing->run->about.text_bytes);
    put_u64(packing->run, ZUB_PART_TEXT_AT, out->size);
    return ZUB_OK;
}

static zub_status pack_text(text_packing *packing, zub_slice text,
                            uint64_t *end)
{
    zub_status status = ZUB_OK;

    *end += text.size;
    while (text.size > 0 && status == ZUB_OK) {
        size_t room = ZUB_TEXT_BLOCK - packing->held;
        size_t size = text.size < room ? text.size : room;
        memcpy(packing->block + packing->held, text.data, size);
        packing->held += size;
        text.data += size;
        text.size -= size;
        if (packing->held == ZUB_TEXT_BLOCK)
            status = pack_block(packing);
    }
    put_u64(packing->run, ZUB_PART_TEXT_ENDS, *end);
    return status;
}

static voidpf pack_alloc(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    return zub_alloc(count, size);
}

static void pack_free(voidpf opaque, voidpf block)
{
    (void)opaque;
    zub_free(block);
}

/* Level 1: packing text at 6 takes longer than all the rest. */
static zub_status pack_texts(volume_writing *run)
{
    text_packing *packing = zub_alloc_zero(1, sizeof *packing);
    zub_status status = ZUB_OK;
    uint64_t end = 0;

    if (!packing)
        return ZUB_ENOMEM;
    packing->run = run;
    packing->stream.zalloc = pack_alloc;
    packing->stream.zfree = pack_free;
    if (deflateInit2(&packing->stream, 1, Z_DEFLATED, -15, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        zub_free(packing);
        return ZUB_ENOMEM;
    }
    for (size_t i = 0; i < run->about.articles && status == ZUB_OK; i++) {
        const built_article *article = &run->builder->articles[run->order[i]];
        status = pack_text(packing, article->title, &end);
        if (status == ZUB_OK)
            status = pack_text(packing, article->text, &end);
    }
    if (status == ZUB_OK && packing->held > 0)
        status = pack_block(packing);
    deflateEnd(&packing->stream);
    zub_free(packing);
    return status;
}

static zub_status write_articles(volume_writing *run)
{
    zub_buffer *ids = &run->parts[ZUB_PART_IDS];
    size_t passages = 0;

    for (size_t i = 0; i < run->about.articles; i++) {
        const built_article *article = &run->builder->articles[run->order[i]];
        zub_buffer_add_slice(ids, article->id);
        put_u32(run, ZUB_PART_ID_ENDS, ids->size);
        put_u32(run, ZUB_PART_FIRSTS, passages);
        put_u32(run, ZUB_PART_TITLES, article->title_words);
        zub_buffer_add_char(&run->parts[ZUB_PART_LANGUAGE],
                            (char)article->lang);
        passages += article->passage_count;
    }
    put_u32(run, ZUB_PART_FIRSTS, passages);
    return pack_texts(run);
}

/* ---- The file ---- */

static const char *const part_names[] = {
#define X(name, text, size) text,
    ZUB_PART_MAP(X)
#undef X
};

static zub_status sum_parts(volume_writing *run)
{
    for (size_t i = 0; i < ZUB_PARTS; i++) {
        const zub_buffer *part = &run->parts[i];
        size_t size = zub_guard_blocks(part->size) * sizeof(uint32_t);
        uint32_t *sums;
        if (part->status != ZUB_OK)
            return part->status;
        sums = zub_alloc(size + 1, 1);
        if (!sums)
            return ZUB_ENOMEM;
        zub_guard_sum(sums, part->data, part->size);
        zub_buffer_add(&run->sums, (const char *)sums, size);
        zub_free(sums);
    }
    return run->sums.status;
}

#define SECTIONS (ZUB_PARTS + 3)

static zub_status write_file(volume_writing *run, zub_sink sink,
                             zub_slice fingerprint, zub_error *error)
{
    const zub_builder *builder = run->builder;
    zub_container_about about = {ZUB_VOLUME_KIND, ZUB_VOLUME_VERSION,
                                 fingerprint};
    zub_section sections[SECTIONS] = {
        {"about", {(const char *)&run->about, sizeof run->about}},
        {"languages",
         {(const char *)builder->langs,
          builder->lang_count * sizeof *builder->langs}},
        {"sums", zub_buffer_slice(&run->sums)},
    };

    for (size_t i = 0; i < ZUB_PARTS; i++)
        sections[3 + i] =
            (zub_section){part_names[i], zub_buffer_slice(&run->parts[i])};
    return zub_container_write(sink, &about, sections, SECTIONS, error);
}

/* By their tags, those alone that an article is left of: the order in which
 * articles came is not to be seen. */
static void order_languages(zub_builder *builder)
{
    char sorted[LANGUAGES][sizeof *builder->langs];
    bool is_used[LANGUAGES] = {false};
    uint8_t places[LANGUAGES] = {0};
    size_t count = 0;

    for (size_t i = 0; i < builder->article_count; i++)
        if (!builder->articles[i].is_gone)
            is_used[builder->articles[i].lang] = true;
    for (size_t i = 0; i < builder->lang_count; i++) {
        for (size_t j = 0; j < builder->lang_count; j++)
            if (is_used[j] && strcmp(builder->langs[j], builder->langs[i]) < 0)
                places[i]++;
        if (is_used[i])
            memcpy(sorted[places[i]], builder->langs[i], sizeof *sorted);
        count += is_used[i];
    }
    if (count > 0)
        memcpy(builder->langs, sorted, count * sizeof *sorted);
    builder->lang_count = count;
    for (size_t i = 0; i < builder->article_count; i++)
        builder->articles[i].lang = places[builder->articles[i].lang];
}

static zub_status make_parts(volume_writing *run)
{
    zub_status status = order_articles(run);

    order_languages(run->builder);
    run->about.has_texts = !run->builder->without_texts;
    if (status == ZUB_OK)
        status = place_passages(run);
    if (status == ZUB_OK)
        status = rank_all(run);
    if (status == ZUB_OK)
        status = write_words(run);
    if (status == ZUB_OK)
        status = make_lists(run);
    if (status == ZUB_OK)
        status = write_passages(run);
    if (status == ZUB_OK)
        status = write_articles(run);
    return status == ZUB_OK ? sum_parts(run) : status;
}

/* Empty, and nothing of it is kept but the languages' numbers. */
static void clear(zub_builder *builder)
{
    zub_arena_release(&builder->arena);
    zub_map_release(&builder->ids);
    zub_map_release(&builder->words);
    zub_map_release(&builder->terms);
    builder->arena_bytes = builder->word_bytes = builder->length = 0;
    builder->article_count = builder->live = builder->passage_count = 0;
    builder->lang_count = 0;
    builder->next_source = 0;
    for (size_t i = 0; i < SOURCES; i++)
        builder->sources[i].id = builder->sources[i].size = 0;
}

zub_status zub_builder_write(zub_builder *builder, zub_sink sink,
                             zub_slice fingerprint, zub_error *error)
{
    volume_writing run = {.builder = builder};

    for (size_t i = 0; i < ZUB_PARTS; i++)
        zub_buffer_init(&run.parts[i], ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&run.sums, ZUB_BUFFER_UNLIMITED);
    zub_status status = make_parts(&run);
    if (status == ZUB_OK)
        status = write_file(&run, sink, fingerprint, error);
    else if (status == ZUB_ELIMIT)
        zub_fail(error, status,
                 "too much for a volume of an index (index "
                 "with less --memory)");
    else
        zub_fail_memory(error);
    release_writing(&run);
    if (status == ZUB_OK)
        clear(builder);
    return status;
}
