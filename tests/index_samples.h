/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* index_samples.h - small indexes in a folder of the test's own. */
#ifndef ZUB_INDEX_SAMPLES_H
#define ZUB_INDEX_SAMPLES_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "zubda.h"
#include "base/buffer.h"

static char sample_scratch[] = "/tmp/zubda-index.XXXXXX";
static char sample_paths[8][160];

static const char *sample_path(const char *name)
{
    static unsigned turn;
    char *path = sample_paths[turn++ % 8];

    snprintf(path, sizeof *sample_paths, "%s/%s", sample_scratch, name);
    return path;
}

static void sample_save(const char *name, const char *data, size_t size)
{
    FILE *file = fopen(sample_path(name), "w");

    CHECK(file && fwrite(data, 1, size, file) == size && fclose(file) == 0);
}

static zub_models *sample_models(void)
{
    zub_models *models;

    CHECK_INT(zub_models_open(&models,
                              access("models", R_OK) == 0 ? "models" : NULL,
                              NULL),
              ZUB_OK);
    return models;
}

/* A folder with files in it; one that is not there is fine. */
static void sample_remove(const char *name)
{
    DIR *folder = opendir(sample_path(name));
    struct dirent *entry;
    char path[420];

    while (folder && (entry = readdir(folder)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", sample_path(name), entry->d_name);
        unlink(path);
    }
    if (folder)
        closedir(folder);
    rmdir(sample_path(name));
}

/* Everything. */
static void sample_finish(void)
{
    char command[200];

    snprintf(command, sizeof command, "rm -rf '%s'", sample_scratch);
    CHECK_INT(system(command), 0);
}

/* Adds a file of JSONL; the status of the first thing that fails. */
__attribute__((unused)) static zub_status
sample_add(const char *index, const char *jsonl, const zub_models *models,
           const zub_index_options *options, zub_error *error)
{
    zub_index_writer *writer;
    zub_corpus *corpus;
    zub_status status =
        zub_index_writer_open(&writer, index, models, options, error);

    if (status != ZUB_OK)
        return status;
    status = zub_corpus_open(&corpus, &jsonl, 1, NULL, error);
    if (status == ZUB_OK)
        status = zub_index_writer_add(writer, corpus, 1, NULL, error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, error);
    zub_corpus_free(corpus);
    zub_index_writer_free(writer);
    return status;
}

/* "id#passage:score ..." of the hits, with all that was shown of them. */
static zub_status sample_describe(zub_buffer *out, zub_hits *hits)
{
    for (size_t i = 0; i < hits->count; i++) {
        const zub_hit *hit = &hits->items[i];
        zub_buffer_format(
            out, "%.*s#%u:%.12g/%.12g/%.12g %llu-%llu [", (int)hit->id.size,
            hit->id.data, hit->passage, hit->score, hit->words, hit->grams,
            (unsigned long long)hit->start, (unsigned long long)hit->end);
        zub_buffer_add_slice(out, hit->title);
        zub_buffer_add_slice(out, hit->snippet);
        for (size_t m = 0; m < hit->mark_count; m++)
            zub_buffer_format(out, " %zu-%zu", hit->marks[m].start,
                              hit->marks[m].end);
        for (size_t r = 0; r < hit->reason_count; r++)
            zub_buffer_format(out, " %u/%llu/%.12g", hit->reasons[r].count,
                              (unsigned long long)hit->reasons[r].df,
                              hit->reasons[r].score);
        zub_buffer_add_string(out, "]\n");
    }
    zub_hits_free(hits);
    return out->status;
}

/* What an index answers to a query and to a text like it, appended. */
__attribute__((unused)) static zub_status
sample_ask(zub_buffer *out, const char *folder, const zub_models *models,
           const char *query, const char *id, zub_error *error)
{
    zub_search_options options = {
        .count = 5, .with_snippets = true, .with_reasons = true};
    zub_slice text = {query, strlen(query)};
    zub_searcher *searcher = NULL;
    zub_index *index;
    zub_hits *hits;
    zub_status status = zub_index_open(&index, folder, models, true, error);

    if (status == ZUB_OK)
        status = zub_searcher_new(&searcher, index, error);
    if (status == ZUB_OK)
        status = zub_search(&hits, searcher, text, &options, error);
    if (status == ZUB_OK)
        status = sample_describe(out, hits);
    if (status == ZUB_OK)
        status = zub_related_to(&hits, searcher, (zub_slice){id, strlen(id)},
                                ZUB_NO_PASSAGE, &options, error);
    if (status == ZUB_OK)
        status = sample_describe(out, hits);
    options.by_article = true;
    if (status == ZUB_OK)
        status = zub_related(&hits, searcher, text, &options, error);
    if (status == ZUB_OK)
        status = sample_describe(out, hits);
    options.measure = ZUB_SEARCH_LIKELIHOOD;
    options.expand = true;
    if (status == ZUB_OK)
        status = zub_search(&hits, searcher, text, &options, error);
    if (status == ZUB_OK)
        status = sample_describe(out, hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
    return status;
}

#endif
