/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* related.c - `zubda related`: passages that are like a text, a passage or an
 * article. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/asking.h"
#include "cli/bytes.h"
#include "cli/command.h"
#include "cli/message.h"

typedef struct settings {
    zub_asking_settings asking;
    const char *id, *text;
    double most_alike;
    bool all;
} settings;

/* ---- Of a text ---- */

static zub_status read_stdin(zub_bytes *out)
{
    zub_sink sink = zub_bytes_sink(out);
    char room[1 << 14];
    size_t size;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && (size = fread(room, 1, sizeof room, stdin)) > 0)
        status = sink.write(sink.context, room, size);
    return ferror(stdin) ? ZUB_EIO : status;
}

static zub_status answer_text(zub_asking_run *run, zub_slice text)
{
    zub_hits_look look = {.query = text};
    zub_hits *hits;
    zub_status status =
        zub_related(&hits, run->searcher, text, &run->options, &run->error);

    return status == ZUB_OK ? zub_asking_write(run, hits, &look) : status;
}

static zub_status answer_argument(zub_asking_run *run, const char *text)
{
    zub_bytes bytes = {0};
    zub_slice slice = {text, strlen(text)};
    zub_status status = ZUB_OK;

    if (strcmp(text, "-") == 0) {
        status = read_stdin(&bytes);
        slice = (zub_slice){bytes.data, bytes.size};
    }
    if (status == ZUB_OK)
        status = answer_text(run, slice);
    zub_bytes_release(&bytes);
    return status;
}

/* ---- Of what is in the index ---- */

static zub_status answer_id(zub_asking_run *run, zub_slice id,
                            uint32_t passage)
{
    char name[300];
    zub_hits_look look = {.id = id};
    zub_hits *hits;
    zub_status status = zub_related_to(&hits, run->searcher, id, passage,
                                       &run->options, &run->error);

    if (status != ZUB_OK)
        return status;
    int size = snprintf(name, sizeof name, "%.*s#%u",
                        id.size < 280 ? (int)id.size : 280, id.data, passage);
    if (passage != ZUB_NO_PASSAGE && size > 0 && size < (int)sizeof name)
        look.id = (zub_slice){name, (size_t)size};
    return zub_asking_write(run, hits, &look);
}

/* ID, or ID#PASSAGE if there is no article of the whole name. */
static zub_status answer_name(zub_asking_run *run, const char *name)
{
    const char *mark = strrchr(name, '#');
    zub_status status =
        answer_id(run, (zub_slice){name, strlen(name)}, ZUB_NO_PASSAGE);

    if (status != ZUB_ENOTFOUND || mark == NULL || mark[1] < '0' ||
        mark[1] > '9')
        return status;
    unsigned long passage = strtoul(mark + 1, NULL, 10);
    if (passage >= UINT32_MAX)
        return status;
    return answer_id(run, (zub_slice){name, (size_t)(mark - name)},
                     (uint32_t)passage);
}

/* Every article, or with --by passage every passage. */
static zub_status answer_all(zub_asking_run *run)
{
    bool by_passage = !run->options.by_article;
    zub_status status = ZUB_OK;

    for (uint64_t i = 0; status == ZUB_OK; i++) {
        uint32_t passages;
        zub_slice id;
        status = zub_index_article(run->index, i, &id, &passages, &run->error);
        if (status == ZUB_OK && id.size > 0 && !by_passage)
            status = answer_id(run, id, ZUB_NO_PASSAGE);
        for (uint32_t p = 0; status == ZUB_OK && by_passage && p < passages;
             p++)
            status = answer_id(run, id, p);
    }
    return status == ZUB_ENOTFOUND ? ZUB_OK : status;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    int ways = (asked->id != NULL) + (asked->text != NULL) + asked->all;
    zub_asking_run run;

    if (count != 1 || ways != 1) {
        zub_message("zubda related wants an index and one of --id, --text and "
                    "--all (zubda related DIR --id ID)");
        return ZUB_EXIT_USAGE;
    }
    zub_status status =
        zub_asking_open(&run, &asked->asking, operands[0], asked->all);
    run.options.most_alike = asked->most_alike;
    if (status == ZUB_OK && asked->all)
        status = answer_all(&run);
    else if (status == ZUB_OK)
        status = asked->id != NULL ? answer_name(&run, asked->id)
                                   : answer_argument(&run, asked->text);
    return zub_asking_close(&run, status);
}

static const char *const description[] = {
    "Finds the passages of an index that are most like a text, or like one of "
    "its own passages or articles: every word counts, rare ones most, and "
    "then "
    "characters in a row.",
    "Neither a passage itself is a hit, nor any of an article that is asked "
    "about as a whole. What is said twice can be left out with --most-alike: "
    "0.8 leaves out passages four fifths of whose characters in a row are in "
    "the text too, or in a hit before them.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda related news.index --id news/3.txt", "like an article"},
    {"zubda related news.index --id news/3.txt#0", "like its first passage"},
    {"zubda related a.index --text - <draft.txt", "like a text"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "id",
     .is_main = true,
     .offset = offsetof(settings, id),
     .metavar = "ID",
     .low = 1,
     .about = "like an article, or with ID#N its passage N",
     .more = "Passages count from 0."},
    {.kind = ZUB_OPTION_STRING,
     .name = "text",
     .is_main = true,
     .offset = offsetof(settings, text),
     .metavar = "TEXT",
     .about = "like a text; - is standard input"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "all",
     .is_main = true,
     .offset = offsetof(settings, all),
     .about = "like each passage, or with --by document each article"},
    {.kind = ZUB_OPTION_REAL,
     .name = "most-alike",
     .offset = offsetof(settings, most_alike),
     .metavar = "SHARE",
     .high = 1,
     .about = "leave out what is more alike than this"},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_related = {
    .name = "related",
    .about = "passages of an index that are like a text",
    .operands = "DIR",
    .description = description,
    .examples = examples,
    .options = options,
    .shared = zub_asking_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
