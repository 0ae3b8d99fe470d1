/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* vocabulary.c - see vocabulary.h. A word passes up to four gates: folding,
 * the stop list, exceptions, the stemmer. Invariant: word_of has an entry for
 * each word of `raw`. */
#include "eval/vocabulary.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "terms/analyzer.h"

#define MOST_WORDS (1u << 16)
#define MOST_RUNS (1u << 13) /* so that their table stays in the cache */
#define SHORTEST_STEMMED 4u  /* letters, of ROUGE-1.5.5 */

/* ---- Folding ---- */

/* After the folder: letters that a stemmer would have needed apart. Each is
 * two bytes of UTF-8, and so is what it becomes. */
static void fold_arabic_ends(char *data, size_t size)
{
    static const struct {
        char from[3], to[3];
    } letters[] = {
        {"\xD9\x89", "\xD9\x8A"}, /* ى to ي */
        {"\xD8\xA9", "\xD9\x87"}, /* ة to ه */
        {"\xD8\xA4", "\xD9\x88"}, /* ؤ to و */
        {"\xD8\xA6", "\xD9\x8A"}, /* ئ to ي */
    };

    for (size_t i = 0; i + 1 < size; i++)
        for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
            if (memcmp(data + i, letters[k].from, 2) == 0) {
                memcpy(data + i, letters[k].to, 2);
                break;
            }
}

static zub_status fold(zub_vocabulary *vocabulary, zub_slice word)
{
    zub_buffer *folded = &vocabulary->folded;

    zub_buffer_clear(folded);
    if (vocabulary->protocol->fold >= ZUB_FOLD_NORM)
        return zub_fold(vocabulary->folder, folded, word, "und");
    zub_buffer_add_slice(folded, word);
    if (vocabulary->protocol->fold == ZUB_FOLD_ASCII)
        for (size_t i = 0; i < folded->size; i++)
            if (folded->data[i] >= 'A' && folded->data[i] <= 'Z')
                folded->data[i] |= 0x20;
    return folded->status;
}

/* ---- Stemming ---- */

static zub_slice stem_english(const zub_vocabulary *vocabulary, zub_slice word)
{
    if (!vocabulary->porter || word.size < SHORTEST_STEMMED)
        return word;
    uint32_t id = zub_map_find(&vocabulary->exceptions, word);
    if (id == ZUB_MAP_NONE)
        return zub_stem(vocabulary->porter, word);
    const char *stem = vocabulary->stems[id];
    return (zub_slice){stem, strlen(stem)};
}

/* By the analyzer: *stem is empty when nothing is left. */
static zub_status stem_by_lexicon(zub_vocabulary *vocabulary, zub_slice word,
                                  zub_slice *stem)
{
    zub_lexeme lexeme;
    zub_status status =
        zub_lexicon_look_up(vocabulary->lexicon, word, &lexeme);

    *stem = (zub_slice){0};
    if (status == ZUB_OK && lexeme.key != ZUB_NO_KEY)
        *stem = zub_lexicon_key(vocabulary->lexicon, lexeme.key);
    return status;
}

/* What is in `folded` becomes what is counted, in place. */
static zub_status stem(zub_vocabulary *vocabulary, zub_slice word)
{
    zub_buffer *folded = &vocabulary->folded;
    zub_slice stem = stem_english(vocabulary, zub_buffer_slice(folded));
    zub_status status = ZUB_OK;

    if (vocabulary->lexicon)
        status = stem_by_lexicon(vocabulary, word, &stem);
    if (status == ZUB_OK && stem.data != folded->data) {
        zub_buffer_clear(folded);
        zub_buffer_add_slice(folded, stem);
        status = folded->status;
    }
    if (vocabulary->protocol->fold >= ZUB_FOLD_NORM)
        fold_arabic_ends(folded->data, folded->size);
    return status;
}

static zub_status learn(zub_vocabulary *vocabulary, zub_slice word,
                        uint32_t *id)
{
    zub_buffer *folded = &vocabulary->folded;
    zub_status status = fold(vocabulary, word);

    *id = ZUB_NO_WORD;
    if (status != ZUB_OK || folded->size == 0)
        return status;
    if (zub_map_find(&vocabulary->stop, zub_buffer_slice(folded)) !=
        ZUB_MAP_NONE)
        return ZUB_OK;
    status = stem(vocabulary, word);
    if (status != ZUB_OK || folded->size == 0)
        return status;
    *id = zub_map_add(&vocabulary->words, zub_buffer_slice(folded));
    return *id == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;
}

zub_status zub_vocabulary_find(zub_vocabulary *vocabulary, zub_slice word,
                               uint32_t *id)
{
    uint32_t raw = zub_map_find(&vocabulary->raw, word);

    if (raw != ZUB_MAP_NONE) {
        *id = vocabulary->word_of[raw];
        return ZUB_OK;
    }
    zub_status status = learn(vocabulary, word, id);
    if (status != ZUB_OK)
        return status;
    if (!zub_grow(&vocabulary->word_of, &vocabulary->word_capacity,
                  vocabulary->raw.count + 1u, sizeof *vocabulary->word_of))
        return ZUB_ENOMEM;
    raw = zub_map_add(&vocabulary->raw, word);
    if (raw == ZUB_MAP_NONE)
        return ZUB_ENOMEM;
    vocabulary->word_of[raw] = *id;
    return ZUB_OK;
}

/* ---- Languages ---- */

/* Runs are made of words: they go with them. */
static void forget(zub_vocabulary *vocabulary)
{
    bool is_full = vocabulary->words.count > MOST_WORDS ||
                   vocabulary->raw.count > MOST_WORDS;

    if (is_full) {
        zub_map_clear(&vocabulary->raw);
        zub_map_clear(&vocabulary->words);
    }
    for (size_t n = 0; n < 3; n++)
        if (is_full || vocabulary->runs[n].count > MOST_RUNS)
            zub_pairs_clear(&vocabulary->runs[n]);
}

zub_status zub_vocabulary_begin(zub_vocabulary *vocabulary, zub_slice text,
                                zub_error *error)
{
    char lang[12];
    zub_record record = {.text = text};
    zub_lexicon *lexicon;

    forget(vocabulary);
    if (!vocabulary->analyzer)
        return ZUB_OK;
    zub_status status =
        zub_analyzer_language(vocabulary->analyzer, lang, &record, error);
    if (status == ZUB_OK)
        status =
            zub_analyzer_lexicon(vocabulary->analyzer, &lexicon, lang, error);
    if (status != ZUB_OK)
        return status;
    if (strcmp(lang, vocabulary->lang) != 0)
        zub_map_clear(&vocabulary->raw);
    memcpy(vocabulary->lang, lang, sizeof lang);
    zub_lexicon_trim(lexicon);
    vocabulary->lexicon = lexicon;
    return ZUB_OK;
}

/* ---- Files of words ---- */

static zub_slice next_line(zub_slice *text)
{
    const char *end = memchr(text->data, '\n', text->size);
    size_t size = end ? (size_t)(end - text->data) : text->size;
    zub_slice line = {text->data, size};

    text->data += size + (end != NULL);
    text->size -= size + (end != NULL);
    return line;
}

/* The next run of what is no white space. */
static zub_slice next_piece(zub_slice *line)
{
    size_t start = 0, end;

    while (start < line->size && (unsigned char)line->data[start] <= ' ')
        start++;
    end = start;
    while (end < line->size && (unsigned char)line->data[end] > ' ')
        end++;
    zub_slice piece = {line->data + start, end - start};
    line->data += end;
    line->size -= end;
    return piece;
}

static zub_status add_stop(zub_vocabulary *vocabulary, zub_slice line)
{
    zub_slice word = next_piece(&line);

    if (word.size == 0 || word.data[0] == '#')
        return ZUB_OK;
    zub_status status = fold(vocabulary, word);
    if (status == ZUB_OK &&
        zub_map_add(&vocabulary->stop,
                    zub_buffer_slice(&vocabulary->folded)) == ZUB_MAP_NONE)
        status = ZUB_ENOMEM;
    return status;
}

static zub_status add_exception(zub_vocabulary *vocabulary, zub_slice line)
{
    zub_slice word = next_piece(&line), stem = next_piece(&line);
    uint32_t known = vocabulary->exceptions.count;

    if (word.size == 0 || stem.size == 0 || word.data[0] == '#')
        return ZUB_OK;
    if (!zub_grow(&vocabulary->stems, &vocabulary->stem_capacity, known + 1u,
                  sizeof *vocabulary->stems))
        return ZUB_ENOMEM;
    uint32_t id = zub_map_add(&vocabulary->exceptions, word);
    if (id != known)
        return id == ZUB_MAP_NONE ? ZUB_ENOMEM : ZUB_OK;
    char *copy = zub_alloc(stem.size + 1, 1);
    vocabulary->stems[id] = copy;
    if (!copy)
        return ZUB_ENOMEM;
    memcpy(copy, stem.data, stem.size);
    copy[stem.size] = '\0';
    return ZUB_OK;
}

static zub_status read_words(zub_vocabulary *vocabulary, const char *path,
                             zub_status (*add)(zub_vocabulary *, zub_slice),
                             zub_error *error)
{
    zub_file file;

    if (!path)
        return ZUB_OK;
    zub_status status = zub_file_open(&file, path, error);
    if (status != ZUB_OK)
        return status;
    zub_slice rest = file.bytes;
    while (rest.size > 0 && status == ZUB_OK)
        status = add(vocabulary, next_line(&rest));
    zub_file_close(&file);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

/* ---- Life ---- */

static zub_status open_stemmer(zub_vocabulary *vocabulary,
                               const zub_models *models,
                               const zub_scorer_options *options,
                               zub_error *error)
{
    zub_analyzer_options analyzer = {.lang = options->lang,
                                     .keep_stop_words = true};

    if (options->stem && zub_stemmer_new_porter(&vocabulary->porter) != ZUB_OK)
        return zub_fail_memory(error);
    if (vocabulary->protocol->fold != ZUB_FOLD_STEM)
        return ZUB_OK;
    return zub_analyzer_new(&vocabulary->analyzer, models, &analyzer, error);
}

static zub_status open_parts(zub_vocabulary *vocabulary,
                             const zub_models *models,
                             const zub_scorer_options *options,
                             zub_error *error)
{
    zub_status status = zub_folder_new(&vocabulary->folder, error);

    if (status == ZUB_OK)
        status = open_stemmer(vocabulary, models, options, error);
    if (status == ZUB_OK)
        status = read_words(vocabulary, options->stop_file, add_stop, error);
    if (status == ZUB_OK)
        status = read_words(vocabulary, options->exceptions_file,
                            add_exception, error);
    return status;
}

zub_status zub_vocabulary_init(zub_vocabulary *vocabulary,
                               const zub_models *models,
                               const zub_scorer_options *options,
                               zub_error *error)
{
    *vocabulary = (zub_vocabulary){
        .protocol = zub_protocol_find(options->protocol),
    };
    zub_map_init(&vocabulary->stop);
    zub_map_init(&vocabulary->exceptions);
    zub_map_init(&vocabulary->raw);
    zub_map_init(&vocabulary->words);
    zub_buffer_init(&vocabulary->folded, ZUB_BUFFER_UNLIMITED);
    zub_status status = open_parts(vocabulary, models, options, error);
    if (status != ZUB_OK)
        zub_vocabulary_release(vocabulary);
    return status;
}

void zub_vocabulary_release(zub_vocabulary *vocabulary)
{
    for (uint32_t i = 0; i < vocabulary->exceptions.count; i++)
        zub_free(vocabulary->stems[i]);
    zub_free(vocabulary->stems);
    zub_folder_free(vocabulary->folder);
    zub_analyzer_free(vocabulary->analyzer);
    zub_stemmer_free(vocabulary->porter);
    zub_map_release(&vocabulary->stop);
    zub_map_release(&vocabulary->exceptions);
    zub_map_release(&vocabulary->raw);
    zub_map_release(&vocabulary->words);
    for (size_t n = 0; n < 3; n++)
        zub_pairs_release(&vocabulary->runs[n]);
    zub_free(vocabulary->word_of);
    zub_buffer_release(&vocabulary->folded);
}
