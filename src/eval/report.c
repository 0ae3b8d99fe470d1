/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* report.c - scores of systems over articles into means, intervals and
 * differences. */
#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "eval/bootstrap.h"
#include "eval/pairs.h"

/* ---- Gathering ---- */

typedef struct scored_entry {
    uint32_t system, article;
    zub_scores scores;
} scored_entry;

struct zub_evaluation {
    zub_map systems, articles;
    zub_pairs seen;        /* (system, article) to its entry */
    scored_entry *entries; /* [seen.count] */
    size_t entry_capacity;
};

zub_status zub_evaluation_new(zub_evaluation **out, zub_error *error)
{
    zub_evaluation *evaluation = zub_alloc_zero(1, sizeof *evaluation);

    *out = evaluation;
    if (!evaluation)
        return zub_fail_memory(error);
    zub_map_init(&evaluation->systems);
    zub_map_init(&evaluation->articles);
    return ZUB_OK;
}

void zub_evaluation_free(zub_evaluation *evaluation)
{
    if (!evaluation)
        return;
    zub_map_release(&evaluation->systems);
    zub_map_release(&evaluation->articles);
    zub_pairs_release(&evaluation->seen);
    zub_free(evaluation->entries);
    zub_free(evaluation);
}

zub_status zub_evaluation_add(zub_evaluation *evaluation, zub_slice system,
                              zub_slice article, const zub_scores *scores,
                              zub_error *error)
{
    uint32_t known = evaluation->seen.count, id;
    scored_entry new = {zub_map_add(&evaluation->systems, system),
                        zub_map_add(&evaluation->articles, article), *scores};

    if (new.system == ZUB_MAP_NONE || new.article == ZUB_MAP_NONE ||
        !zub_grow(&evaluation->entries, &evaluation->entry_capacity,
                  known + 1u, sizeof *evaluation->entries) ||
        !zub_pairs_add(&evaluation->seen, new.system, new.article, &id))
        return zub_fail_memory(error);
    if (id != known)
        return zub_fail(error, ZUB_EINVAL,
                        "system '%.100s' has two summaries of '%.100s'",
                        evaluation->systems.names[new.system].data,
                        evaluation->articles.names[new.article].data);
    evaluation->entries[id] = new;
    return ZUB_OK;
}

/* ---- Reporting ---- */

typedef struct owned_report {
    zub_report report;
    zub_arena arena;
} owned_report;

/* Values to resample, a row an article: f of each measure of each system,
 * then of each difference. */
typedef struct value_sheet {
    const zub_evaluation *evaluation;
    size_t systems, pairs, columns, articles;
    double *values;          /* [articles][columns] */
    zub_interval *intervals; /* [columns] */
} value_sheet;

static void fill_systems(value_sheet *sheet)
{
    const zub_evaluation *evaluation = sheet->evaluation;

    for (size_t i = 0; i < sheet->articles * sheet->columns; i++)
        sheet->values[i] = NAN;
    for (size_t e = 0; e < evaluation->seen.count; e++) {
        const scored_entry *entry = &evaluation->entries[e];
        double *row = sheet->values + entry->article * sheet->columns +
                      entry->system * (size_t)ZUB_MEASURES;
        for (size_t m = 0; m < ZUB_MEASURES; m++)
            if (entry->scores.has >> m & 1)
                row[m] = entry->scores.of[m].f;
    }
}

static void fill_differences(value_sheet *sheet,
                             const zub_difference *differences)
{
    for (size_t a = 0; a < sheet->articles; a++) {
        double *row = sheet->values + a * sheet->columns;
        double *to = row + sheet->systems * ZUB_MEASURES;
        for (size_t d = 0; d < sheet->pairs; d++)
            for (size_t m = 0; m < ZUB_MEASURES; m++)
                *to++ = row[differences[d].system * ZUB_MEASURES + m] -
                        row[differences[d].other * ZUB_MEASURES + m];
    }
}

static bool lay_out(value_sheet *sheet, const zub_evaluation *evaluation)
{
    sheet->evaluation = evaluation;
    sheet->systems = evaluation->systems.count;
    sheet->pairs = sheet->systems * (sheet->systems - 1) / 2;
    sheet->columns = (sheet->systems + sheet->pairs) * ZUB_MEASURES;
    sheet->articles = evaluation->articles.count;
    if (sheet->columns > SIZE_MAX / sizeof(double) / (sheet->articles + 1))
        return false;
    sheet->values =
        zub_alloc(sheet->articles, sheet->columns * sizeof *sheet->values);
    sheet->intervals =
        zub_alloc_zero(sheet->columns, sizeof *sheet->intervals);
    return sheet->values && sheet->intervals;
}

static void read_differences(const value_sheet *sheet,
                             zub_difference *differences)
{
    const zub_interval *from =
        sheet->intervals + sheet->systems * ZUB_MEASURES;

    for (size_t d = 0; d < sheet->pairs; d++)
        for (size_t m = 0; m < ZUB_MEASURES; m++, from++)
            differences[d].of[m] = (struct zub_paired){
                from->mean, from->low, from->high, from->chance, from->count};
}

/* Sums of p and r and of words: their means need no interval. */
static void add_entries(const zub_evaluation *evaluation,
                        struct zub_system *systems)
{
    for (size_t e = 0; e < evaluation->seen.count; e++) {
        const scored_entry *entry = &evaluation->entries[e];
        struct zub_system *system = &systems[entry->system];
        system->articles++;
        system->words += (double)entry->scores.words;
        for (size_t m = 0; m < ZUB_MEASURES; m++) {
            if (!(entry->scores.has >> m & 1))
                continue;
            system->of[m].p += entry->scores.of[m].p;
            system->of[m].r += entry->scores.of[m].r;
        }
    }
}

static void read_systems(const value_sheet *sheet, struct zub_system *systems)
{
    const zub_interval *from = sheet->intervals;

    add_entries(sheet->evaluation, systems);
    for (size_t s = 0; s < sheet->systems; s++) {
        systems[s].words /= (double)systems[s].articles;
        for (size_t m = 0; m < ZUB_MEASURES; m++, from++) {
            zub_mean *mean = &systems[s].of[m];
            double count = from->count ? (double)from->count : 1;
            *mean = (zub_mean){mean->p / count, mean->r / count, from->mean,
                               from->low,       from->high,      from->count};
        }
    }
}

static bool name_systems(owned_report *owned, struct zub_system *systems,
                         const value_sheet *sheet)
{
    for (size_t s = 0; s < sheet->systems; s++) {
        systems[s].name =
            zub_arena_copy(&owned->arena, sheet->evaluation->systems.names[s]);
        if (!systems[s].name.data)
            return false;
    }
    return true;
}

/* Each system with each before it. */
static void pair_up(zub_difference *differences, size_t pairs)
{
    for (size_t i = 0, later = 1, earlier = 0; i < pairs; i++) {
        differences[i].system = later;
        differences[i].other = earlier++;
        if (earlier == later) {
            later++;
            earlier = 0;
        }
    }
}

static zub_status fill(owned_report *owned, value_sheet *sheet,
                       const zub_evaluation *evaluation)
{
    if (evaluation->seen.count == 0)
        return ZUB_OK;
    if (!lay_out(sheet, evaluation))
        return ZUB_ENOMEM;
    struct zub_system *systems =
        zub_arena_alloc(&owned->arena, sheet->systems, sizeof *systems);
    zub_difference *differences =
        zub_arena_alloc(&owned->arena, sheet->pairs, sizeof *differences);
    if (!systems || (!differences && sheet->pairs) ||
        !name_systems(owned, systems, sheet))
        return ZUB_ENOMEM;
    pair_up(differences, sheet->pairs);
    fill_systems(sheet);
    fill_differences(sheet, differences);
    if (zub_bootstrap(sheet->intervals, sheet->values, sheet->articles,
                      sheet->columns) != ZUB_OK)
        return ZUB_ENOMEM;
    read_systems(sheet, systems);
    read_differences(sheet, differences);
    owned->report = (zub_report){sheet->articles, systems, sheet->systems,
                                 differences, sheet->pairs};
    return ZUB_OK;
}

zub_status zub_report_new(zub_report **out, const zub_evaluation *evaluation,
                          zub_error *error)
{
    value_sheet sheet = {0};

    *out = NULL;
    owned_report *owned = zub_alloc_zero(1, sizeof *owned);
    if (!owned)
        return zub_fail_memory(error);
    zub_arena_init(&owned->arena);
    zub_status status = fill(owned, &sheet, evaluation);
    zub_free(sheet.values);
    zub_free(sheet.intervals);
    if (status != ZUB_OK) {
        zub_report_free(&owned->report);
        return zub_fail_memory(error);
    }
    *out = &owned->report;
    return ZUB_OK;
}

void zub_report_free(zub_report *report)
{
    if (!report)
        return;
    owned_report *owned = (owned_report *)report;
    zub_arena_release(&owned->arena);
    zub_free(owned);
}
