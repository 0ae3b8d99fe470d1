/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* article.c - see article.h. */
#include "summary/article.h"

#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "terms/analyzer.h"
#include "vectors/cosine.h"
#include "vectors/tfidf.h"

static size_t words_in(const zub_sentence *sentence)
{
    return sentence->word_end - sentence->word_start;
}

/* More than numbers: a footnote's mark says nothing. */
static bool has_letters(const zub_document *document,
                        const zub_sentence *sentence)
{
    for (uint32_t w = sentence->word_start; w < sentence->word_end; w++) {
        uint32_t term = document->word_terms[w];
        if (term == ZUB_NO_TERM)
            return true;
        char first = document->terms[term].key.data[0];
        if (first < '0' || first > '9')
            return true;
    }
    return false;
}

static size_t mark_candidates(zub_article *article, bool with_headings,
                              bool with_numbers)
{
    const zub_document *document = article->document;
    size_t count = 0;

    for (size_t s = 0; s < document->sentence_count; s++) {
        const zub_sentence *sentence = &document->sentences[s];
        article->is_candidate[s] =
            words_in(sentence) > 0 &&
            (with_headings || !sentence->is_heading) &&
            (with_numbers || has_letters(document, sentence));
        count += article->is_candidate[s];
    }
    return count;
}

/* A heading is no key sentence, unless most of the text is made of lines that
 * look like one. Numbers alone are none, unless there is nothing else; a
 * sentence without a word never is. */
static void find_candidates(zub_article *article)
{
    const zub_document *document = article->document;
    size_t heading_words = 0;

    for (size_t s = 0; s < document->sentence_count; s++)
        if (document->sentences[s].is_heading)
            heading_words += words_in(&document->sentences[s]);
    bool with_headings = heading_words * 2 > document->word_count;
    article->candidates = mark_candidates(article, with_headings, false);
    if (article->candidates == 0)
        article->candidates = mark_candidates(article, true, true);
}

/* Ids of a document's terms by key. */
static bool index_terms(zub_map *ids, const zub_document *document)
{
    for (size_t t = 0; t < document->term_count; t++)
        if (zub_map_add(ids, document->terms[t].key) != t)
            return false;
    return true;
}

static zub_status weigh_title(zub_article *article, const zub_document *title)
{
    size_t terms = article->document->term_count, shared = 0;
    zub_map ids;

    zub_map_init(&ids);
    article->title = zub_alloc_zero(terms, sizeof *article->title);
    if (!article->title || !index_terms(&ids, article->document)) {
        zub_map_release(&ids);
        return ZUB_ENOMEM;
    }
    for (size_t t = 0; t < title->term_count; t++) {
        uint32_t id = zub_map_find(&ids, title->terms[t].key);
        if (id == ZUB_MAP_NONE)
            continue;
        article->title[id] = article->idf[id];
        shared++;
    }
    zub_map_release(&ids);
    if (shared == 0) {
        zub_free(article->title);
        article->title = NULL;
        return ZUB_OK;
    }
    zub_normalise(article->title, terms);
    return ZUB_OK;
}

static zub_status read_title(zub_article *article, zub_analyzer *analyzer,
                             zub_slice title, zub_error *error)
{
    const char *lang = article->document->lang;
    zub_record record = {.text = title, .lang = {lang, strlen(lang)}};
    zub_document *document;

    if (title.size == 0)
        return ZUB_OK;
    zub_status status = zub_document_new(&document, analyzer, &record, error);
    if (status != ZUB_OK)
        return status;
    if (weigh_title(article, document) != ZUB_OK)
        status = zub_fail_memory(error);
    zub_document_free(document);
    return status;
}

static zub_status find_background(zub_article *article, zub_analyzer *analyzer,
                                  zub_error *error)
{
    zub_lexicon *lexicon;
    zub_status status = zub_analyzer_lexicon(analyzer, &lexicon,
                                             article->document->lang, error);

    if (status == ZUB_OK)
        article->background = *zub_lexicon_background(lexicon);
    return status;
}

/* Rare among the sentences, and rare in the language: what is both weighs
 * most. */
static void fill_idf(zub_article *article)
{
    const zub_document *document = article->document;

    zub_row_idf(article->idf, &article->matrix);
    if (zub_background_is_empty(&article->background))
        return;
    for (size_t t = 0; t < document->term_count; t++)
        article->idf[t] += (float)zub_background_idf(&article->background,
                                                     document->terms[t].key);
}

static zub_status fill_vectors(zub_article *article)
{
    const zub_document *document = article->document;
    size_t terms = document->term_count;
    zub_status status = zub_count_sentences(&article->matrix, document);

    if (status != ZUB_OK)
        return status;
    article->idf = zub_alloc(terms, sizeof *article->idf);
    article->centroid = zub_alloc(terms, sizeof *article->centroid);
    article->is_candidate = zub_alloc_zero(document->sentence_count,
                                           sizeof *article->is_candidate);
    if (!article->idf || !article->centroid || !article->is_candidate)
        return ZUB_ENOMEM;
    fill_idf(article);
    zub_weigh_rows(&article->matrix, article->idf);
    zub_centroid(article->centroid, &article->matrix);
    return ZUB_OK;
}

zub_status zub_article_init(zub_article *article, const zub_document *document,
                            zub_analyzer *analyzer, zub_slice title,
                            zub_error *error)
{
    *article = (zub_article){.document = document};
    zub_status status = find_background(article, analyzer, error);
    if (status != ZUB_OK)
        return status;
    status = fill_vectors(article);
    if (status == ZUB_ELIMIT)
        zub_fail(error, status, "article has more than 2^31 words");
    else if (status != ZUB_OK)
        zub_fail_memory(error);
    if (status == ZUB_OK) {
        find_candidates(article);
        status = read_title(article, analyzer, title, error);
    }
    if (status != ZUB_OK)
        zub_article_release(article);
    return status;
}

void zub_article_release(zub_article *article)
{
    zub_csr_release(&article->matrix);
    zub_free(article->idf);
    zub_free(article->centroid);
    zub_free(article->title);
    zub_free(article->is_candidate);
    *article = (zub_article){0};
}
