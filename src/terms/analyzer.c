/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* analyzer.c - a thread's tools for text, opened when first needed. */
#include "terms/analyzer.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

/* A title and a few sentences tell a language, and mostly the first of them; a
 * whole article costs more than all that is done with it afterwards. */
#define IDENTIFY_BYTES 2048u

/* A guess on so little that is likelier wrong than right, as it is for one
 * single word in five and hardly ever for a sentence, counts for nothing: the
 * wrong stop words and stems do more harm than none. */
#define LITTLE_BYTES 100u
#define LEAST_CONFIDENCE 0.5

static zub_status open_tools(zub_analyzer *analyzer, zub_error *error)
{
    zub_status status = zub_folder_new(&analyzer->folder, error);

    if (status == ZUB_OK)
        status = zub_segmenter_new(&analyzer->segmenter, error);
    if (status == ZUB_OK && zub_tally_new(&analyzer->tally) != ZUB_OK)
        status = zub_fail_memory(error);
    return status;
}

static zub_status choose_language(zub_analyzer *analyzer, const char *lang,
                                  zub_error *error)
{
    if (!lang || strcmp(lang, "auto") == 0)
        return ZUB_OK;
    zub_slice tag = {lang, strlen(lang)};
    if (zub_language_tag(analyzer->lang, tag))
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "'%s' is not a language (try a code such as ar or en, or "
                    "auto)",
                    lang);
}

static zub_status choose_stemmer(zub_analyzer *analyzer, const char *name,
                                 zub_error *error)
{
    if (zub_stemmer_find(&analyzer->rules.stemmer, name))
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "no stemmer '%s' (try auto, none, snowball, light10 or "
                    "light)",
                    name);
}

static zub_status open_lexicon_file(zub_analyzer *analyzer, const char *path,
                                    zub_error *error)
{
    if (!path)
        return ZUB_OK;
    zub_status status = zub_file_open(&analyzer->lexicon_file, path, error);
    if (status == ZUB_OK)
        status = zub_frequencies_open(&analyzer->attested,
                                      analyzer->lexicon_file.bytes, path,
                                      "lexicon", error);
    analyzer->rules.attested = &analyzer->attested;
    return status;
}

static zub_status take_options(zub_analyzer *analyzer,
                               const zub_analyzer_options *options,
                               zub_error *error)
{
    analyzer->rules.keep_stop_words = options->keep_stop_words;
    zub_status status = choose_language(analyzer, options->lang, error);
    if (status == ZUB_OK)
        status = choose_stemmer(analyzer, options->stemmer, error);
    if (status == ZUB_OK)
        status = open_lexicon_file(analyzer, options->lexicon, error);
    return status;
}

zub_status zub_analyzer_new(zub_analyzer **out, const zub_models *models,
                            const zub_analyzer_options *options,
                            zub_error *error)
{
    static const zub_analyzer_options defaults = {0};

    *out = NULL;
    zub_analyzer *analyzer = zub_alloc_zero(1, sizeof *analyzer);
    if (!analyzer)
        return zub_fail_memory(error);
    analyzer->models = models;

    zub_status status =
        take_options(analyzer, options ? options : &defaults, error);
    if (status == ZUB_OK)
        status = open_tools(analyzer, error);
    if (status != ZUB_OK) {
        zub_analyzer_free(analyzer);
        return status;
    }
    *out = analyzer;
    return ZUB_OK;
}

void zub_analyzer_free(zub_analyzer *analyzer)
{
    if (!analyzer)
        return;
    for (size_t i = 0; i < analyzer->lexicon_count; i++)
        zub_lexicon_free(analyzer->lexicons[i]);
    zub_tally_free(analyzer->tally);
    zub_segmenter_free(analyzer->segmenter);
    zub_folder_free(analyzer->folder);
    zub_identifier_free(analyzer->identifier);
    zub_file_close(&analyzer->lexicon_file);
    zub_free(analyzer);
}

/* zub_identifier_guess or zub_identifier_glance. */
typedef void guesser(const zub_identifier *identifier, zub_slice text,
                     zub_guess *out);

/* Opens the model when it is first needed; a failure leaves "und". */
static zub_status identify(zub_guess *out, zub_analyzer *analyzer,
                           zub_slice text, guesser *guess, zub_error *error)
{
    *out = (zub_guess){.lang = "und", .next_lang = "und"};
    if (!analyzer->identifier) {
        zub_status status = zub_identifier_open(&analyzer->identifier,
                                                analyzer->models, error);
        if (status != ZUB_OK)
            return status;
    }
    guess(analyzer->identifier, text, out);
    return ZUB_OK;
}

zub_status zub_identify(zub_guess *out, zub_analyzer *analyzer, zub_slice text,
                        zub_error *error)
{
    return identify(out, analyzer, text, zub_identifier_guess, error);
}

/* What the script says where the words say too little. */
static zub_status identify_script(zub_guess *out, zub_slice text,
                                  zub_error *error)
{
    zub_identifier *scripts;
    zub_status status =
        zub_identifier_from(&scripts, (zub_slice){"", 0}, "", error);

    if (status != ZUB_OK)
        return status;
    zub_identifier_guess(scripts, text, out);
    zub_identifier_free(scripts);
    return ZUB_OK;
}

static zub_slice beginning(const zub_record *record)
{
    zub_slice text = record->text;
    size_t body = record->body < text.size ? record->body : text.size;

    text.data += body;
    text.size -= body;
    if (text.size <= IDENTIFY_BYTES)
        return text;
    text.size = IDENTIFY_BYTES;
    while (text.size > 0 &&
           ((unsigned char)text.data[text.size] & 0xC0) == 0x80)
        text.size--;
    return text;
}

zub_status zub_analyzer_language(zub_analyzer *analyzer, char lang[12],
                                 const zub_record *record, zub_error *error)
{
    zub_guess guess;

    if (analyzer->lang[0]) {
        memcpy(lang, analyzer->lang, sizeof analyzer->lang);
        return ZUB_OK;
    }
    if (record->lang.size && zub_language_tag(lang, record->lang))
        return ZUB_OK;
    zub_slice text = beginning(record);
    zub_status status =
        identify(&guess, analyzer, text, zub_identifier_glance, error);
    if (status == ZUB_OK && text.size <= LITTLE_BYTES &&
        guess.confidence < LEAST_CONFIDENCE)
        status = identify_script(&guess, text, error);
    if (status == ZUB_OK && strcmp(guess.lang, "und") == 0 &&
        record->text.size > IDENTIFY_BYTES)
        status = zub_identify(&guess, analyzer, record->text, error);
    memcpy(lang, guess.lang, sizeof guess.lang);
    return status;
}

static void move_to_front(zub_analyzer *analyzer, size_t i)
{
    zub_lexicon *found = analyzer->lexicons[i];

    memmove(analyzer->lexicons + 1, analyzer->lexicons,
            i * sizeof *analyzer->lexicons);
    analyzer->lexicons[0] = found;
}

zub_status zub_analyzer_lexicon(zub_analyzer *analyzer, zub_lexicon **out,
                                const char *lang, zub_error *error)
{
    *out = NULL;
    for (size_t i = 0; i < analyzer->lexicon_count; i++)
        if (strcmp(zub_lexicon_lang(analyzer->lexicons[i]), lang) == 0) {
            move_to_front(analyzer, i);
            *out = analyzer->lexicons[0];
            return ZUB_OK;
        }

    zub_lexicon *lexicon;
    zub_status status =
        zub_lexicon_new(&lexicon, analyzer->models, analyzer->folder, lang,
                        &analyzer->rules, error);
    if (status != ZUB_OK)
        return status;
    if (analyzer->lexicon_count == ZUB_MOST_LEXICONS)
        zub_lexicon_free(analyzer->lexicons[--analyzer->lexicon_count]);
    analyzer->lexicons[analyzer->lexicon_count++] = lexicon;
    move_to_front(analyzer, analyzer->lexicon_count - 1);
    *out = lexicon;
    return ZUB_OK;
}
