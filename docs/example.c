/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* example.c - the two key sentences of the article in a file.
 *
 *     cc example.c $(pkg-config --cflags --libs zubda) -o example
 *     ./example MODELS FILE
 */
#include <stdio.h>

#include <zubda.h>

static zub_status print_key_sentences(const zub_record *article,
                                      zub_analyzer *analyzer, zub_error *error)
{
    zub_summary_options options = {.budget.sentences = 2};
    zub_summary *summary;
    zub_status status =
        zub_summarize(&summary, analyzer, article, &options, error);

    if (status != ZUB_OK)
        return status;
    for (size_t i = 0; i < summary->sentence_count; i++)
        printf("%.2f %s\n", summary->sentences[i].score,
               summary->sentences[i].text.data);
    zub_summary_free(summary);
    return ZUB_OK;
}

int main(int argc, char **argv)
{
    zub_models *models = NULL;
    zub_analyzer *analyzer = NULL;
    zub_corpus *corpus = NULL;
    zub_record *article = NULL;
    zub_error error = {0};

    if (argc != 3) {
        fprintf(stderr, "usage: example MODELS FILE\n");
        return 2;
    }
    if (zub_models_open(&models, argv[1], &error) == ZUB_OK &&
        zub_analyzer_new(&analyzer, models, NULL, &error) == ZUB_OK &&
        zub_corpus_open(&corpus, (const char *const[]){argv[2]}, 1, NULL,
                        &error) == ZUB_OK &&
        zub_corpus_next(corpus, &article, &error) == ZUB_OK && article)
        print_key_sentences(article, analyzer, &error);
    if (error.status != ZUB_OK)
        fprintf(stderr, "example: %s\n", error.message);

    zub_record_free(article);
    zub_corpus_free(corpus);
    zub_analyzer_free(analyzer);
    zub_models_free(models);
    return error.status != ZUB_OK;
}
