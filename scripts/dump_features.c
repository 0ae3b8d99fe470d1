/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* dump_features.c - what scripts/train-summary learns from: one line for each
 * sentence that may be chosen, tab-separated: its article, its words, its
 * worth, its features. The worth is the mean over the references of the share
 * of its pairs of words that they hold (ROUGE-2 precision).
 *
 *     dump_features MODELS ARTICLES.jsonl
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "summary/article.h"
#include "summary/features.h"
#include "terms/analyzer.h"

typedef struct tools {
    zub_models *models;
    zub_analyzer *analyzer;
    zub_scorer *scorer;
} tools;

static void stop_if(zub_status status, const zub_error *error)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "dump_features: %s\n",
            error->message[0] ? error->message : zub_status_text(status));
    exit(3);
}

static double worth_of(const tools *tools, const zub_document *document,
                       const zub_sentence *sentence, const zub_texts *refs)
{
    zub_slice text = {document->text.data + sentence->span.start,
                      sentence->span.end - sentence->span.start};
    zub_scores scores;
    zub_error error = {0};

    if (zub_scorer_score(&scores, tools->scorer, text, refs->items,
                         refs->count, &error) == ZUB_ENOTFOUND)
        return 0;
    return scores.of[ZUB_MEASURE_ROUGE_2].p;
}

static void print_sentence(const tools *tools, const zub_record *record,
                           const zub_article *article, size_t s,
                           const float *row, const zub_texts *refs)
{
    const zub_document *document = article->document;

    printf("%.*s\t%u\t%.6f", (int)record->id.size, record->id.data,
           document->sentences[s].word_end - document->sentences[s].word_start,
           worth_of(tools, document, &document->sentences[s], refs));
    for (int f = 0; f < ZUB_FEATURES; f++)
        printf("\t%.6f", (double)row[f]);
    putchar('\n');
}

static void print_article(const tools *tools, const zub_record *record)
{
    zub_document *document;
    zub_article article;
    zub_texts *refs;
    zub_error error = {0};

    if (zub_texts_new(&refs, record, "references") != ZUB_OK)
        return;
    stop_if(zub_document_new(&document, tools->analyzer, record, &error),
            &error);
    stop_if(zub_article_init(&article, document, tools->analyzer,
                             record->title, &error),
            &error);
    float *values =
        zub_alloc(document->sentence_count, ZUB_FEATURES * sizeof *values);
    if (!values || zub_features_fill(values, &article) != ZUB_OK)
        stop_if(ZUB_ENOMEM, &error);
    for (size_t s = 0; s < document->sentence_count; s++)
        if (article.is_candidate[s])
            print_sentence(tools, record, &article, s,
                           values + s * ZUB_FEATURES, refs);
    zub_free(values);
    zub_article_release(&article);
    zub_document_free(document);
    zub_texts_free(refs);
}

static void print_header(void)
{
    printf("article\twords\tworth");
    for (int f = 0; f < ZUB_FEATURES; f++)
        printf("\t%s", zub_feature_name((zub_feature)f));
    putchar('\n');
}

int main(int argc, char **argv)
{
    tools tools;
    zub_corpus *corpus;
    zub_record *record;
    zub_error error = {0};

    if (argc != 3) {
        fprintf(stderr, "usage: dump_features MODELS ARTICLES.jsonl\n");
        return 2;
    }
    const char *path = argv[2];
    stop_if(zub_models_open(&tools.models, argv[1], &error), &error);
    stop_if(zub_analyzer_new(&tools.analyzer, tools.models, NULL, &error),
            &error);
    stop_if(zub_scorer_new(&tools.scorer, tools.models, NULL, &error), &error);
    stop_if(zub_corpus_open(&corpus, &path, 1, NULL, &error), &error);
    print_header();
    for (;;) {
        stop_if(zub_corpus_next(&record, corpus, &error), &error);
        if (!record)
            break;
        print_article(&tools, record);
        zub_record_free(record);
    }
    zub_corpus_free(corpus);
    zub_scorer_free(tools.scorer);
    zub_analyzer_free(tools.analyzer);
    zub_models_free(tools.models);
    return fflush(stdout) != 0 || ferror(stdout) ? 5 : 0;
}
