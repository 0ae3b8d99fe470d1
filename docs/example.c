/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* example.c - the two key sentences of the article in a file.
 *
 *     cc example.c $(pkg-config --cflags --libs zubda) -o example
 *     ./example MODELS FILE
 */
#include <stdio.h>

#include <zubda.h>

/* Returns what went wrong, or NULL. */
static const char *print_key_sentences(const zub_summary *summary)
{
    if (summary->sentence_count == 0)
        return "the article holds no word";
    for (size_t i = 0; i < summary->sentence_count; i++)
        printf("%.2f %s\n", summary->sentences[i].score,
               summary->sentences[i].text.data);
    /* What a printf could not write, stdout remembers. */
    return fflush(stdout) != 0 || ferror(stdout) ? "cannot write" : NULL;
}

int main(int argc, char **argv)
{
    zub_summary_options options = {.budget.sentences = 2};
    zub_models *models = NULL;
    zub_analyzer *analyzer = NULL;
    zub_corpus *corpus = NULL;
    zub_record *article = NULL;
    zub_summary *summary = NULL;
    zub_error error = {0};
    const char *problem = error.message;

    if (argc != 3) {
        fprintf(stderr, "usage: example MODELS FILE\n");
        return 2;
    }
    if (zub_models_open(&models, argv[1], &error) == ZUB_OK &&
        zub_analyzer_new(&analyzer, models, NULL, &error) == ZUB_OK &&
        zub_corpus_open(&corpus, (const char *const[]){argv[2]}, 1, NULL,
                        &error) == ZUB_OK &&
        zub_corpus_next(&article, corpus, &error) == ZUB_OK) {
        if (article == NULL)
            problem = "the file holds no article";
        else if (zub_summarize(&summary, analyzer, article, &options,
                               &error) == ZUB_OK)
            problem = print_key_sentences(summary);
    }
    if (problem != NULL)
        fprintf(stderr, "example: %s\n", problem);

    zub_summary_free(summary);
    zub_record_free(article);
    zub_corpus_free(corpus);
    zub_analyzer_free(analyzer);
    zub_models_free(models);
    return problem != NULL;
}
