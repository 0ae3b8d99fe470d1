/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* builder.c - see builder.h. Words and terms have numbers by arrival, and a
 * passage is a stretch of them. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/gathered.h"

#define LANGUAGES 255u

zub_status zub_builder_new(zub_builder **out, bool without_texts,
                           bool without_positions, zub_error *error)
{
    zub_builder *builder = zub_alloc_zero(1, sizeof *builder);

    *out = builder;
    if (!builder)
        return zub_fail_memory(error);
    builder->without_texts = without_texts;
    builder->without_positions = without_positions;
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
    for (size_t i = 0; i < ZUB_SOURCES; i++)
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
    zub_slice folded = builder->without_positions ? word->term : word->folded;
    zub_map *words = &builder->words;
    uint32_t before = words->count;

    zub_buffer_clear(&builder->key);
    zub_buffer_add_slice(&builder->key, folded);
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
    builder->folded_sizes[*number] = (uint32_t)folded.size;
    builder->terms_of[*number] = zub_map_add(&builder->terms, word->term);
    return builder->terms_of[*number] == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;
}

static zub_word_source *source_of(zub_builder *builder, uint64_t id)
{
    zub_word_source *source;

    for (size_t i = 0; i < ZUB_SOURCES; i++)
        if (builder->sources[i].id == id)
            return &builder->sources[i];
    source = &builder->sources[builder->next_source];
    builder->next_source = (builder->next_source + 1) % ZUB_SOURCES;
    source->id = id;
    source->size = 0;
    return source;
}

/* Room for a name; what is new is unknown. */
static bool make_known(zub_word_source *source, uint32_t name)
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
                               zub_word_source *source, size_t i)
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
    zub_word_source *source =
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
        builder->passages[builder->passage_count++] = (zub_built_passage){
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
    zub_built_article made = {.passage = builder->passage_count,
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

/* Empty, and nothing of it is kept but the languages' numbers. */
void zub_builder_clear(zub_builder *builder)
{
    zub_arena_release(&builder->arena);
    zub_map_release(&builder->ids);
    zub_map_release(&builder->words);
    zub_map_release(&builder->terms);
    builder->arena_bytes = builder->word_bytes = builder->length = 0;
    builder->article_count = builder->live = builder->passage_count = 0;
    builder->lang_count = 0;
    builder->next_source = 0;
    for (size_t i = 0; i < ZUB_SOURCES; i++)
        builder->sources[i].id = builder->sources[i].size = 0;
}
