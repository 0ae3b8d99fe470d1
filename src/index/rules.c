/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rules.c - see rules.h. */
#include "index/rules.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "terms/fingerprint.h"
#include "terms/tokenizer.h"

#define PASSAGE_WORDS 100u
#define MOST_PASSAGE_WORDS 100000u

/* Goes up when words, passages or grams are cut otherwise. */
#define WORD_RULES 1

typedef unsigned long long ull;

static const char *or_auto(const char *name)
{
    return name ? name : "auto";
}

static zub_status take_name(char *to, size_t room, const char *name,
                            zub_error *error)
{
    size_t size = strlen(or_auto(name));

    if (size >= room)
        return zub_fail(error, ZUB_EINVAL,
                        "'%.40s' is neither a language nor a stemmer", name);
    memcpy(to, or_auto(name), size + 1);
    return ZUB_OK;
}

zub_status zub_index_rules_of(zub_index_rules *out,
                              const zub_index_options *options,
                              zub_error *error)
{
    size_t words = options->passage_words;

    *out = (zub_index_rules){.passage_words = words ? words : PASSAGE_WORDS,
                             .without_titles = options->without_titles,
                             .without_texts = options->without_texts,
                             .without_positions = options->without_positions};
    if (options->whole_articles && words > 0)
        return zub_fail(error, ZUB_EINVAL,
                        "an article is either one passage or cut into some");
    if (words > MOST_PASSAGE_WORDS)
        return zub_fail(error, ZUB_EINVAL,
                        "a passage has %u words at most, not %zu",
                        MOST_PASSAGE_WORDS, words);
    if (options->whole_articles)
        out->passage_words = 0;
    zub_status status =
        take_name(out->lang, sizeof out->lang, options->lang, error);
    return status == ZUB_OK ? take_name(out->stemmer, sizeof out->stemmer,
                                        options->stemmer, error)
                            : status;
}

static zub_status differs(const char *what, const char *has, const char *asked,
                          zub_status status, zub_error *error)
{
    return zub_fail(error, status,
                    "the index was made with %s%s, not %s (give the same, or "
                    "make another index)",
                    what, has, asked);
}

static zub_status compare(const zub_index_rules *rules,
                          const zub_index_rules *asked, zub_status status,
                          zub_error *error)
{
    static const char *const titles[] = {"titles", "no titles"};
    static const char *const texts[] = {"texts", "no texts"};
    static const char *const positions[] = {"positions", "no positions"};
    char has[24], wants[24];

    if (strcmp(rules->lang, asked->lang) != 0)
        return differs("language ", rules->lang, asked->lang, status, error);
    if (strcmp(rules->stemmer, asked->stemmer) != 0)
        return differs("stemmer ", rules->stemmer, asked->stemmer, status,
                       error);
    snprintf(has, sizeof has, "%llu", (ull)rules->passage_words);
    snprintf(wants, sizeof wants, "%llu", (ull)asked->passage_words);
    if (rules->passage_words != asked->passage_words)
        return differs("words a passage: ", has, wants, status, error);
    if (rules->without_titles != asked->without_titles)
        return differs("", titles[rules->without_titles],
                       titles[asked->without_titles], status, error);
    if (rules->without_texts != asked->without_texts)
        return differs("", texts[rules->without_texts],
                       texts[asked->without_texts], status, error);
    if (rules->without_positions != asked->without_positions)
        return differs("", positions[rules->without_positions],
                       positions[asked->without_positions], status, error);
    return ZUB_OK;
}

zub_status zub_index_rules_match(const zub_index_rules *rules,
                                 const zub_index_options *options,
                                 zub_error *error)
{
    zub_index_rules asked;
    zub_status status = zub_index_rules_of(&asked, options, error);

    if (status != ZUB_OK)
        return status;
    if (!options->lang)
        memcpy(asked.lang, rules->lang, sizeof asked.lang);
    if (!options->stemmer)
        memcpy(asked.stemmer, rules->stemmer, sizeof asked.stemmer);
    if (options->passage_words == 0 && !options->whole_articles)
        asked.passage_words = rules->passage_words;
    if (!options->without_titles)
        asked.without_titles = rules->without_titles;
    if (!options->without_texts)
        asked.without_texts = rules->without_texts;
    if (!options->without_positions)
        asked.without_positions = rules->without_positions;
    return compare(rules, &asked, ZUB_EINVAL, error);
}

zub_status zub_index_rules_equal(const zub_index_rules *a,
                                 const zub_index_rules *b, zub_error *error)
{
    return compare(a, b, ZUB_EMISMATCH, error);
}

zub_status zub_index_analyzer(zub_analyzer **out, const zub_index_rules *rules,
                              const zub_models *models, const char *lang,
                              zub_error *error)
{
    zub_analyzer_options options = {.lang = lang ? lang : rules->lang,
                                    .stemmer = rules->stemmer,
                                    .keep_stop_words = true};

    return zub_analyzer_new(out, models, &options, error);
}

static zub_status describe(zub_analyzer *analyzer, zub_buffer *out,
                           zub_error *error)
{
    zub_count_options words = {0};
    zub_tokenizer *tokenizer;
    zub_status status = zub_tokenizer_new(&tokenizer, analyzer, &words, error);

    if (status != ZUB_OK)
        return status;
    zub_buffer_format(out, "index=%d ", WORD_RULES);
    status = zub_tokenizer_fingerprint(tokenizer, out, error);
    zub_tokenizer_free(tokenizer);
    if (status == ZUB_OK)
        status = out->status;
    return status == ZUB_ENOMEM ? zub_fail_memory(error) : status;
}

zub_status zub_index_fingerprint(char **out, const zub_index_rules *rules,
                                 const zub_models *models, zub_error *error)
{
    zub_analyzer *analyzer;
    zub_buffer text;
    zub_status status =
        zub_index_analyzer(&analyzer, rules, models, NULL, error);

    *out = NULL;
    if (status != ZUB_OK)
        return status;
    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    status = describe(analyzer, &text, error);
    zub_analyzer_free(analyzer);
    if (status == ZUB_OK)
        *out = text.data;
    else
        zub_buffer_release(&text);
    return status;
}
