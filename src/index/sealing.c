/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sealing.c - see sealing.h: the order of articles, and the file. */
#include "index/sealing.h"

#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "base/pool.h"
#include "index/guard.h"

static void release_writing(zub_sealing *run)
{
    zub_free(run->order);
    zub_free(run->places);
    zub_free(run->lengths);
    zub_free(run->ranks);
    zub_free(run->ranked);
    zub_free(run->counts);
    zub_free(run->term_ranks);
    zub_free(run->ranked_terms);
    zub_free(run->postings);
    zub_free(run->starts);
    zub_free(run->ends);
    for (size_t i = 0; i < ZUB_PARTS; i++)
        zub_buffer_release(&run->parts[i]);
    zub_buffer_release(&run->sums);
}

zub_status zub_sealing_status(const zub_sealing *run, zub_part_kind first,
                              zub_part_kind last)
{
    for (size_t i = first; i <= (size_t)last; i++)
        if (run->parts[i].status != ZUB_OK)
            return run->parts[i].status;
    return ZUB_OK;
}

/* ---- Order ---- */

/* Live articles in byte order of their ids. */
static zub_status order_articles(zub_sealing *run)
{
    const zub_builder *builder = run->builder;
    zub_slice *names = zub_alloc(builder->live + 1, sizeof *names);
    uint32_t *live = zub_alloc(builder->live + 1, sizeof *live);
    size_t count = 0;

    run->order = zub_alloc(builder->live + 1, sizeof *run->order);
    zub_status status = names && live && run->order ? ZUB_OK : ZUB_ENOMEM;
    for (uint32_t i = 0; status == ZUB_OK && i < builder->article_count; i++)
        if (!builder->articles[i].is_gone) {
            names[count] = builder->articles[i].id;
            live[count++] = i;
        }
    if (status == ZUB_OK)
        status = zub_order_names(run->order, names, count);
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        run->order[i] = live[run->order[i]];
    run->about.articles = count;
    zub_free(names);
    zub_free(live);
    return status;
}

static zub_status place_passages(zub_sealing *run)
{
    const zub_builder *builder = run->builder;
    size_t count = 0;

    run->places = zub_alloc(builder->passage_count + 1, sizeof *run->places);
    run->lengths = zub_alloc(builder->passage_count + 1, sizeof *run->lengths);
    if (!run->places || !run->lengths)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < run->about.articles; i++) {
        const zub_built_article *article = &builder->articles[run->order[i]];
        for (uint32_t p = 0; p < article->passage_count; p++, count++) {
            size_t passage = article->passage + p;
            run->places[count] = (zub_place){run->order[i], (uint32_t)passage};
            run->lengths[count] =
                builder->passages[passage].length + article->title_words;
            run->about.length += run->lengths[count];
        }
    }
    run->about.passages = count;
    return ZUB_OK;
}

void zub_sealing_stretches(const zub_sealing *run, size_t at,
                           zub_word_slice out[2])
{
    const zub_builder *builder = run->builder;
    zub_place place = run->places[at];
    const zub_built_article *article = &builder->articles[place.article];
    const zub_built_passage *passage = &builder->passages[place.passage];

    out[0] = (zub_word_slice){builder->sequence + article->title_at,
                              article->title_words};
    out[1] =
        (zub_word_slice){builder->sequence + passage->first, passage->length};
}

static zub_status seal_articles(zub_sealing *run)
{
    zub_buffer *ids = &run->parts[ZUB_PART_IDS];
    size_t passages = 0;

    for (size_t i = 0; i < run->about.articles; i++) {
        const zub_built_article *article =
            &run->builder->articles[run->order[i]];
        zub_buffer_add_slice(ids, article->id);
        zub_seal_u32(run, ZUB_PART_ID_ENDS, ids->size);
        zub_seal_u32(run, ZUB_PART_FIRSTS, passages);
        zub_seal_u32(run, ZUB_PART_TITLES,
                     run->about.has_positions ? article->title_words : 0);
        zub_buffer_add_char(&run->parts[ZUB_PART_LANGUAGE],
                            (char)article->lang);
        passages += article->passage_count;
    }
    zub_seal_u32(run, ZUB_PART_FIRSTS, passages);
    return zub_sealing_status(run, ZUB_PART_ID_ENDS, ZUB_PART_TITLES);
}

/* ---- The file ---- */

static const char *const part_names[] = {
#define X(name, text, size) text,
    ZUB_PART_MAP(X)
#undef X
};

static zub_status sum_parts(zub_sealing *run)
{
    for (size_t i = 0; i < ZUB_PARTS; i++) {
        const zub_buffer *part = &run->parts[i];
        size_t size = zub_guard_blocks(part->size) * sizeof(uint32_t);
        uint32_t *sums;
        if (part->status != ZUB_OK)
            return part->status;
        sums = zub_alloc(size + 1, 1);
        if (!sums)
            return ZUB_ENOMEM;
        zub_guard_sum(sums, part->data, part->size);
        zub_buffer_add(&run->sums, (const char *)sums, size);
        zub_free(sums);
    }
    return run->sums.status;
}

#define SECTIONS (ZUB_PARTS + 3)

static zub_status write_file(zub_sealing *run, zub_sink sink,
                             zub_slice fingerprint, zub_error *error)
{
    const zub_builder *builder = run->builder;
    zub_container_about about = {ZUB_VOLUME_KIND, ZUB_VOLUME_VERSION,
                                 fingerprint};
    zub_section sections[SECTIONS] = {
        {"about", {(const char *)&run->about, sizeof run->about}},
        {"languages",
         {(const char *)builder->langs,
          builder->lang_count * sizeof *builder->langs}},
        {"sums", zub_buffer_slice(&run->sums)},
    };

    for (size_t i = 0; i < ZUB_PARTS; i++)
        sections[3 + i] =
            (zub_section){part_names[i], zub_buffer_slice(&run->parts[i])};
    return zub_container_write(sink, &about, sections, SECTIONS, error);
}

/* Once there are ranks, each makes parts of its own; the longest first. */
static zub_status (*const tasks[])(zub_sealing *) = {
    zub_seal_texts,    zub_seal_grams, zub_seal_lists,
    zub_seal_passages, seal_articles,
};

#define TASKS (sizeof tasks / sizeof *tasks)

typedef struct working {
    zub_sealing *run;
    zub_status statuses[TASKS];
} task_working;

static void work(void *context, size_t i, unsigned worker)
{
    task_working *working = context;

    (void)worker;
    working->statuses[i] = tasks[i](working->run);
}

static zub_status run_tasks(zub_sealing *run, unsigned threads)
{
    task_working working = {.run = run};

    zub_pool_each(threads, TASKS, work, &working);
    for (size_t i = 0; i < TASKS; i++)
        if (working.statuses[i] != ZUB_OK)
            return working.statuses[i];
    return ZUB_OK;
}

#define LANGUAGES 256 /* that a number of 8 bits can name */

/* By their tags, those alone that an article is left of: the order in which
 * articles came is not to be seen. */
static void order_languages(zub_builder *builder)
{
    char sorted[LANGUAGES][sizeof *builder->langs];
    bool is_used[LANGUAGES] = {false};
    uint8_t places[LANGUAGES] = {0};
    size_t count = 0;

    for (size_t i = 0; i < builder->article_count; i++)
        if (!builder->articles[i].is_gone)
            is_used[builder->articles[i].lang] = true;
    for (size_t i = 0; i < builder->lang_count; i++) {
        for (size_t j = 0; j < builder->lang_count; j++)
            if (is_used[j] && strcmp(builder->langs[j], builder->langs[i]) < 0)
                places[i]++;
        if (is_used[i])
            memcpy(sorted[places[i]], builder->langs[i], sizeof *sorted);
        count += is_used[i];
    }
    if (count > 0)
        memcpy(builder->langs, sorted, count * sizeof *sorted);
    builder->lang_count = count;
    for (size_t i = 0; i < builder->article_count; i++)
        builder->articles[i].lang = places[builder->articles[i].lang];
}

static zub_status make_parts(zub_sealing *run, unsigned threads)
{
    zub_status status = order_articles(run);

    order_languages(run->builder);
    run->about.has_texts = !run->builder->without_texts;
    run->about.has_positions = !run->builder->without_positions;
    if (status == ZUB_OK)
        status = place_passages(run);
    if (status == ZUB_OK)
        status = zub_seal_ranks(run);
    if (status == ZUB_OK)
        status = run_tasks(run, threads);
    return status == ZUB_OK ? sum_parts(run) : status;
}

zub_status zub_builder_write(zub_builder *builder, unsigned threads,
                             zub_sink sink, zub_slice fingerprint,
                             zub_error *error)
{
    zub_sealing run = {.builder = builder};

    for (size_t i = 0; i < ZUB_PARTS; i++)
        zub_buffer_init(&run.parts[i], ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&run.sums, ZUB_BUFFER_UNLIMITED);
    zub_status status = make_parts(&run, threads);
    if (status == ZUB_OK)
        status = write_file(&run, sink, fingerprint, error);
    else if (status == ZUB_ELIMIT)
        zub_fail(error, status,
                 "too much for a volume of an index (index "
                 "with less --memory)");
    else
        zub_fail_memory(error);
    release_writing(&run);
    if (status == ZUB_OK)
        zub_builder_clear(builder);
    return status;
}
