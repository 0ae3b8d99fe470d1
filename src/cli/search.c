/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* search.c - `zubda search`: passages that answer a query, or each of many. */
#include <stdlib.h>
#include <string.h>

#include "cli/asking.h"
#include "cli/command.h"
#include "cli/message.h"

typedef struct settings {
    zub_asking_settings asking;
    const char *queries;
} settings;

static zub_status answer(zub_asking_run *run, zub_slice query,
                         zub_slice query_id)
{
    zub_hits_look look = {.query = query, .query_id = query_id};
    zub_hits *hits;
    zub_status status =
        zub_search(&hits, run->searcher, query, &run->options, &run->error);

    return status == ZUB_OK ? zub_asking_write(run, hits, &look) : status;
}

/* The operands behind the folder with spaces between, as a shell parts them;
 * NULL without memory. */
static char *join(const char *const *words, size_t count)
{
    size_t size = 1;
    char *text, *at;

    for (size_t i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    text = malloc(size);
    if (text == NULL)
        return NULL;
    at = text;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(words[i]);
        if (i > 0)
            *at++ = ' ';
        memcpy(at, words[i], length);
        at += length;
    }
    *at = '\0';
    return text;
}

static zub_status answer_words(zub_asking_run *run, const char *const *words,
                               size_t count)
{
    char *query = join(words, count);
    zub_status status =
        query != NULL
            ? answer(run, (zub_slice){query, strlen(query)}, (zub_slice){0})
            : ZUB_ENOMEM;

    free(query);
    return status;
}

/* A query a record: its text, and its id for a run. Nothing in it is syntax,
 * for they are sentences mostly. */
static zub_status answer_file(zub_asking_run *run, const char *path)
{
    zub_corpus *corpus;
    zub_record *record;
    zub_status status = zub_corpus_open(&corpus, &path, 1, NULL, &run->error);

    run->options.is_plain = true;
    while (status == ZUB_OK) {
        if (zub_corpus_next(&record, corpus, &run->error) != ZUB_OK) {
            zub_asking_fail(run);
            continue;
        }
        if (record == NULL)
            break;
        status = answer(run, record->text, record->id);
        zub_record_free(record);
    }
    zub_corpus_free(corpus);
    return status;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_asking_run run;
    size_t wanted = asked->queries != NULL ? 1 : 2;

    if (count < wanted || (asked->queries != NULL && count > 1)) {
        zub_message("zubda search wants an index and a query, or --queries "
                    "(zubda search DIR QUERY)");
        return ZUB_EXIT_USAGE;
    }
    zub_status status = zub_asking_open(&run, &asked->asking, operands[0],
                                        asked->queries != NULL);
    if (status == ZUB_OK)
        status = asked->queries != NULL
                     ? answer_file(&run, asked->queries)
                     : answer_words(&run, operands + 1, count - 1);
    return zub_asking_close(&run, status);
}

static const char *const description[] = {
    "Finds the passages of an index that answer a query best: by BM25 over "
    "stemmed words, the first hundred ordered by characters in a row too, "
    "which finds words that the stemmer misses.",
    "\"words in quotes\" must stand in a row as they are written, +word must "
    "be there, -word must not, and title:word must be in the title. A - at "
    "the "
    "very start is text.",
    "start and end are bytes of the article's text. The score is of this "
    "query "
    "alone: it orders its hits, and says nothing across queries.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda search news.index 'heat wave'", "the ten best passages"},
    {"zubda search a.index '\"heat wave\" -storm' -e", "and why"},
    {"zubda search a.index --queries q.jsonl -f trec", "a run for trec_eval"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "queries",
     .is_main = true,
     .offset = offsetof(settings, queries),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "answer each query of FILE",
     .more =
         "An article a query, in any form that articles have; its id names "
         "it in a run. Nothing in them is syntax. One that cannot be read is "
         "named and passed over."},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_search = {
    .name = "search",
    .asks_in_words = true,
    .about = "passages of an index that answer a query",
    .operands = "DIR QUERY",
    .description = description,
    .examples = examples,
    .options = options,
    .shared = zub_asking_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
