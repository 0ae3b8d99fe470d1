/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trend.c - how many articles of each topic there are in each period. */
#include "base/map.h"
#include "base/mem.h"
#include "base/order.h"
#include "topics/topics.h"

/* Periods met, by arrival, and their places in order. */
typedef struct period_table {
    zub_map map;
    uint32_t *place; /* [map.count] */
} period_table;

static zub_status meet_periods(period_table *table, const zub_survey *survey,
                               size_t rows)
{
    for (size_t r = 0; r < rows; r++)
        if (survey->periods[r].size > 0 &&
            zub_map_add(&table->map, survey->periods[r]) == ZUB_MAP_NONE)
            return ZUB_ENOMEM;
    return ZUB_OK;
}

static zub_status order_periods(period_table *table, zub_topics *topics)
{
    size_t count = table->map.count;
    uint32_t *order = zub_alloc(count, sizeof *order);
    zub_slice *names = zub_arena_alloc(&topics->arena, count, sizeof *names);
    zub_status status = order && names && table->place
                            ? zub_order_names(order, table->map.names, count)
                            : ZUB_ENOMEM;

    for (size_t i = 0; status == ZUB_OK && i < count; i++) {
        table->place[order[i]] = (uint32_t)i;
        names[i] = zub_topics_copy(topics, table->map.names[order[i]]);
        if (!names[i].data)
            status = ZUB_ENOMEM;
    }
    zub_free(order);
    if (status == ZUB_OK) {
        topics->report.periods = names;
        topics->report.period_count = count;
    }
    return status;
}

static zub_status count_articles(const period_table *table, zub_topics *topics,
                                 const zub_survey *survey)
{
    const zub_topic_model *model = &topics->model;
    size_t count = table->map.count;
    uint64_t *counts =
        zub_arena_alloc(&topics->arena, model->k, count * sizeof *counts);

    if (!counts)
        return ZUB_ENOMEM;
    for (size_t t = 0; t < model->k; t++)
        topics->topics[t].periods = counts + t * count;
    for (size_t r = 0; r < model->rows; r++) {
        zub_slice period = survey->periods[r];
        topics->report.undated += period.size == 0;
        if (period.size > 0 && model->topics[r] != ZUB_NO_TOPIC)
            counts[model->topics[r] * count +
                   table->place[zub_map_find(&table->map, period)]]++;
    }
    return ZUB_OK;
}

zub_status zub_topics_date(zub_topics *topics, const zub_survey *survey)
{
    period_table table = {.place = NULL};

    if (!survey->periods)
        return ZUB_OK;
    zub_map_init(&table.map);
    zub_status status = meet_periods(&table, survey, topics->model.rows);
    table.place = zub_alloc(table.map.count, sizeof *table.place);
    if (status == ZUB_OK)
        status = order_periods(&table, topics);
    if (status == ZUB_OK)
        status = count_articles(&table, topics, survey);
    zub_map_release(&table.map);
    zub_free(table.place);
    return status;
}
