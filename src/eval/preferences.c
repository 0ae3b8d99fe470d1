/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferences.c - see preferences.h.
 *
 * Three conventions of trec_eval that one would not guess, and that its values
 * hang on: of equal scores the lesser document is first (of judgements by level
 * it is the greater); when nonrelevant documents are cut to the number of
 * relevant ones, a judge without parts counts each nonrelevant document against
 * those that stay as well; and with parts as many stay as there are relevant
 * documents, retrieved or not. */
#include "eval/preferences.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"

#define MOST_ALONE 65536u  /* documents of a query with one judge */
#define MOST_CROSSED 8192u /* with several */
#define MOST_PARTED 4096u  /* of a judge in parts */

/* A document that was judged: its place among those that were, retrieved ones
 * first in their order. */
typedef struct judged_document {
    zub_slice name;
    uint32_t place;
} judged_document;

/* What a judge says of a document. */
typedef struct opinion {
    uint32_t place;
    uint32_t at; /* the line */
    double level;
    bool is_kept; /* when nonrelevant ones are cut */
} opinion;

typedef struct counting {
    zub_preferences *sums;
    const zub_trec_lines *judged;
    judged_document *documents; /* [count] by name */
    size_t count, retrieved;
    opinion *opinions; /* of the judge at hand, by place */
    uint16_t *crossed; /* [count][count] judges who prefer one to the other,
                           or NULL: there is one judge */
    uint64_t *beats;   /* [size][stride] bits: of a judge in parts, or NULL */
    size_t size, stride; /* opinions of the judge, words of a row */
    zub_error *error;
} counting;

/* ---- Places ---- */

static int by_name(const void *a, const void *b)
{
    const judged_document *x = a, *y = b;

    return zub_slice_compare(x->name, y->name);
}

static judged_document *find(const counting *all, zub_slice name)
{
    judged_document key = {.name = name};

    return bsearch(&key, all->documents, all->count, sizeof key, by_name);
}

static zub_status list_documents(counting *all, const zub_trec_query *query)
{
    size_t lines = query->end - query->start;

    all->documents = zub_alloc(lines, sizeof *all->documents);
    if (!all->documents)
        return zub_fail_memory(all->error);
    for (size_t i = 0; i < lines; i++)
        all->documents[i] = (judged_document){
            .name = all->judged->items[query->start + i].document,
            .place = UINT32_MAX};
    qsort(all->documents, lines, sizeof *all->documents, by_name);
    for (size_t i = 0; i < lines; i++)
        if (i == 0 || by_name(&all->documents[i], &all->documents[i - 1]) != 0)
            all->documents[all->count++] = all->documents[i];
    return ZUB_OK;
}

/* Lines [start, end) of a run have one score and stand by falling name. */
static void place_equals(counting *all, const zub_trec_lines *run,
                         size_t start, size_t end, size_t *left)
{
    for (size_t i = end; i > start && *left > 0; i--, --*left) {
        judged_document *document = find(all, run->items[i - 1].document);
        if (document)
            document->place = (uint32_t)all->retrieved++;
    }
}

static void place_documents(counting *all, const zub_trec_lines *run,
                            const zub_trec_query *asked, size_t most)
{
    size_t left = most > 0 ? most : SIZE_MAX, next;

    for (size_t i = asked ? asked->start : 0; asked && i < asked->end;) {
        size_t end = i + 1;
        while (end < asked->end &&
               run->items[end].score == run->items[i].score)
            end++;
        place_equals(all, run, i, end, &left);
        i = end;
    }
    next = all->retrieved;
    for (size_t i = 0; i < all->count; i++)
        if (all->documents[i].place == UINT32_MAX)
            all->documents[i].place = (uint32_t)next++;
}

/* ---- One judge ---- */

static int by_place(const void *a, const void *b)
{
    const opinion *x = a, *y = b;

    return x->place != y->place ? (x->place > y->place ? 1 : -1)
                                : (x->at > y->at) - (x->at < y->at);
}

static const zub_trec_line *line_of(const counting *all, const opinion *one)
{
    return &all->judged->items[one->at];
}

static int shown(zub_slice name)
{
    return name.size < 100 ? (int)name.size : 100;
}

static zub_status refuse(const counting *all, const opinion *one,
                         const char *why)
{
    zub_slice query = line_of(all, one)->query;
    zub_slice name = line_of(all, one)->document;

    return zub_fail(all->error, ZUB_EMALFORMED,
                    "a judge of query '%.*s' contradicts himself: '%.*s' %s",
                    shown(query), query.data, shown(name), name.data, why);
}

/* Lines [start, end) of a judge as opinions by place, one a document. */
static zub_status read_opinions(counting *all, size_t start, size_t end)
{
    all->size = 0;
    for (size_t i = start; i < end; i++)
        all->opinions[i - start] = (opinion){
            .place = find(all, all->judged->items[i].document)->place,
            .at = (uint32_t)i,
            .level = all->judged->items[i].grade};
    qsort(all->opinions, end - start, sizeof *all->opinions, by_place);
    for (size_t i = 0; i < end - start; i++) {
        const opinion *next = &all->opinions[i];
        opinion *last = all->size > 0 ? &all->opinions[all->size - 1] : NULL;
        if (!last || last->place != next->place)
            all->opinions[all->size++] = *next;
        else if ((last->level > 0) != (next->level > 0))
            return refuse(all, next, "is relevant in one part alone");
        else
            last->level = next->level;
    }
    return ZUB_OK;
}

static bool has_beaten(const counting *all, size_t a, size_t b)
{
    return all->beats[a * all->stride + b / 64] >> (b % 64) & 1;
}

/* Opinion of a line's document. */
static size_t opinion_of(const counting *all, size_t line)
{
    opinion key = {.place =
                       find(all, all->judged->items[line].document)->place};
    size_t low = 0, high = all->size;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (all->opinions[middle].place < key.place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Lines [start, end) are a part. */
static void add_part(counting *all, size_t start, size_t end)
{
    const zub_trec_line *lines = all->judged->items;

    for (size_t i = start; i < end; i++) {
        uint64_t *row = all->beats + opinion_of(all, i) * all->stride;
        for (size_t j = start; j < end; j++) {
            size_t other = opinion_of(all, j);
            if (lines[i].grade > lines[j].grade)
                row[other / 64] |= (uint64_t)1 << (other % 64);
        }
    }
}

/* What follows from what was said (Warshall 1962). */
static zub_status add_consequences(counting *all)
{
    for (size_t by = 0; by < all->size; by++)
        for (size_t i = 0; i < all->size; i++)
            for (size_t w = 0; has_beaten(all, i, by) && w < all->stride; w++)
                all->beats[i * all->stride + w] |=
                    all->beats[by * all->stride + w];
    for (size_t i = 0; i < all->size; i++)
        if (has_beaten(all, i, i))
            return refuse(all, &all->opinions[i],
                          "is better and worse than another");
    return ZUB_OK;
}

static zub_status read_parts(counting *all, size_t start, size_t end)
{
    const zub_trec_line *lines = all->judged->items;

    if (all->size > MOST_PARTED)
        return zub_fail(all->error, ZUB_ELIMIT,
                        "a judge prefers in parts among %zu documents (%u at "
                        "most)",
                        all->size, MOST_PARTED);
    all->stride = (all->size + 63) / 64;
    all->beats = zub_alloc_zero(all->size, all->stride * sizeof *all->beats);
    if (!all->beats)
        return zub_fail_memory(all->error);
    for (size_t i = start; i < end;) {
        size_t stop = i + 1;
        while (stop < end &&
               zub_slice_compare(lines[stop].part, lines[i].part) == 0)
            stop++;
        add_part(all, i, stop);
        i = stop;
    }
    return add_consequences(all);
}

/* ---- Counts ---- */

/* 1: the judge prefers a to b; -1: b to a; 0: neither. */
static int preference(const counting *all, size_t a, size_t b)
{
    double x = all->opinions[a].level, y = all->opinions[b].level;

    if (all->beats)
        return has_beaten(all, a, b) - has_beaten(all, b, a);
    return (x > y) - (x < y);
}

static zub_pair_area area_of(const counting *all, size_t first, size_t second)
{
    if (all->opinions[second].place < all->retrieved)
        return ZUB_BOTH;
    return all->opinions[first].place < all->retrieved ? ZUB_ONE : ZUB_NEITHER;
}

typedef struct tally {
    double fulfilled[ZUB_PAIR_AREAS], possible[ZUB_PAIR_AREAS];
    double relevant, nonrelevant; /* of all */
    double relevant_retrieved, nonrelevant_retrieved;
} tally;

static void cross(counting *all, size_t better, size_t worse)
{
    size_t row = all->opinions[better].place;

    if (all->crossed)
        all->crossed[row * all->count + all->opinions[worse].place]++;
}

static void count_pairs(counting *all, tally *out)
{
    for (size_t i = 0; i < all->size; i++)
        for (size_t j = i + 1; j < all->size; j++) {
            int order = preference(all, i, j);
            if (order == 0)
                continue;
            zub_pair_area area = area_of(all, i, j);
            out->possible[area]++;
            out->fulfilled[area] += order > 0 && area != ZUB_NEITHER;
            cross(all, order > 0 ? i : j, order > 0 ? j : i);
        }
}

static void count_documents(const counting *all, tally *out)
{
    for (size_t i = 0; i < all->size; i++) {
        bool is_relevant = all->opinions[i].level > 0;
        bool is_retrieved = all->opinions[i].place < all->retrieved;
        out->relevant += is_relevant;
        out->nonrelevant += !is_relevant;
        out->relevant_retrieved += is_relevant && is_retrieved;
        out->nonrelevant_retrieved += !is_relevant && is_retrieved;
    }
}

/* Only the first `most` nonrelevant documents are kept. */
static void cut_nonrelevant(counting *all, double most)
{
    double seen = 0;

    for (size_t i = 0; i < all->size; i++) {
        seen += all->opinions[i].level == 0;
        all->opinions[i].is_kept = all->opinions[i].level > 0 || seen <= most;
    }
}

/* Whether a pair counts once nonrelevant documents are cut. */
static bool counts(const counting *all, size_t better, size_t worse)
{
    const opinion *a = &all->opinions[better], *b = &all->opinions[worse];

    if (all->beats)
        return a->is_kept && b->is_kept && has_beaten(all, better, worse);
    return b->level > 0 ? a->level > b->level : b->is_kept;
}

static double share_after_cut(const counting *all, bool is_of_retrieved)
{
    double fulfilled = 0, possible = 0;

    for (size_t i = 0; i < all->size; i++)
        for (size_t j = 0; j < all->size; j++) {
            size_t a = all->opinions[i].place, b = all->opinions[j].place;
            if ((is_of_retrieved &&
                 (a >= all->retrieved || b >= all->retrieved)) ||
                !counts(all, i, j))
                continue;
            possible++;
            fulfilled += a < b && a < all->retrieved;
        }
    return fulfilled / possible;
}

/* As many nonrelevant documents as relevant ones: those that lack are taken for
 * ranked below, those that are too many are cut. */
static double level_out(counting *all, const tally *of, bool is_of_retrieved)
{
    double fulfilled = of->fulfilled[ZUB_BOTH],
           possible = of->possible[ZUB_BOTH];
    double more = is_of_retrieved
                      ? of->relevant_retrieved - of->nonrelevant_retrieved
                      : of->relevant - of->nonrelevant;

    if (more < 0) {
        cut_nonrelevant(all, is_of_retrieved && !all->beats
                                 ? of->relevant_retrieved
                                 : of->relevant);
        return share_after_cut(all, is_of_retrieved);
    }
    if (!is_of_retrieved) {
        fulfilled += of->fulfilled[ZUB_ONE];
        possible += of->possible[ZUB_ONE] + of->possible[ZUB_NEITHER];
    }
    return (fulfilled + of->relevant_retrieved * more) /
           (possible + of->relevant * more);
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static void add_judge(counting *all, const tally *of)
{
    zub_preferences *sums = all->sums;
    const double *f = of->fulfilled, *p = of->possible;

    for (size_t i = 0; i < ZUB_PAIR_AREAS; i++) {
        sums->fulfilled[i] += f[i];
        sums->possible[i] += p[i];
    }
    sums->shares[0] += share(f[ZUB_BOTH] + f[ZUB_ONE],
                             p[ZUB_BOTH] + p[ZUB_ONE] + p[ZUB_NEITHER]);
    sums->shares[1] +=
        share(f[ZUB_BOTH] + f[ZUB_ONE], p[ZUB_BOTH] + p[ZUB_ONE]);
    sums->shares[2] += share(f[ZUB_BOTH], p[ZUB_BOTH]);
    sums->levelled += level_out(all, of, false);
    sums->levelled_retrieved += level_out(all, of, true);
    sums->judges++;
}

/* Lines [start, end) are those of a judge, by part. */
static zub_status count_judge(counting *all, size_t start, size_t end)
{
    const zub_trec_line *lines = all->judged->items;
    bool is_parted =
        zub_slice_compare(lines[start].part, lines[end - 1].part) != 0;
    tally of = {0};
    zub_status status = read_opinions(all, start, end);

    if (status == ZUB_OK && is_parted)
        status = read_parts(all, start, end);
    if (status == ZUB_OK) {
        count_pairs(all, &of);
        count_documents(all, &of);
        add_judge(all, &of);
    }
    zub_free(all->beats);
    all->beats = NULL;
    return status;
}

/* ---- All judges ---- */

static size_t end_of_judge(const counting *all, size_t start, size_t end)
{
    const zub_trec_line *lines = all->judged->items;
    size_t stop = start + 1;

    while (stop < end &&
           zub_slice_compare(lines[stop].tag, lines[start].tag) == 0)
        stop++;
    return stop;
}

/* What all judges say of a pair; of one judge that is what was counted. */
static void count_crossed(const counting *all)
{
    zub_preferences *sums = all->sums;

    if (!all->crossed) {
        memcpy(sums->content, sums->fulfilled, sizeof sums->content);
        memcpy(sums->pairs, sums->possible, sizeof sums->pairs);
        return;
    }
    for (size_t i = 0; i < all->count; i++)
        for (size_t j = i + 1; j < all->count; j++) {
            double good = all->crossed[i * all->count + j];
            double bad = all->crossed[j * all->count + i];
            zub_pair_area area = j < all->retrieved   ? ZUB_BOTH
                                 : i < all->retrieved ? ZUB_ONE
                                                      : ZUB_NEITHER;
            sums->pairs[area] += good + bad > 0;
            if (area != ZUB_NEITHER)
                sums->content[area] += share(good, good + bad);
        }
}

static zub_status make_room(counting *all, const zub_trec_query *query)
{
    bool is_crossed = end_of_judge(all, query->start, query->end) < query->end;
    unsigned most = is_crossed ? MOST_CROSSED : MOST_ALONE;

    if (all->count > most)
        return zub_fail(all->error, ZUB_ELIMIT,
                        "query '%.*s' has %zu documents to compare in pairs "
                        "(%u at most)",
                        shown(query->name), query->name.data, all->count,
                        most);
    all->opinions =
        zub_alloc(query->end - query->start, sizeof *all->opinions);
    if (is_crossed)
        all->crossed =
            zub_alloc_zero(all->count * all->count, sizeof *all->crossed);
    return all->opinions && (all->crossed || !is_crossed)
               ? ZUB_OK
               : zub_fail_memory(all->error);
}

zub_status zub_preferences_count(zub_preferences *out,
                                 const zub_trec_lines *judged,
                                 const zub_trec_query *query,
                                 const zub_trec_lines *run,
                                 const zub_trec_query *asked, size_t most,
                                 zub_error *error)
{
    counting all = {.sums = out, .judged = judged, .error = error};

    *out = (zub_preferences){0};
    zub_status status = list_documents(&all, query);
    if (status == ZUB_OK) {
        place_documents(&all, run, asked, most);
        status = make_room(&all, query);
    }
    for (size_t i = query->start; i < query->end && status == ZUB_OK;) {
        size_t end = end_of_judge(&all, i, query->end);
        status = count_judge(&all, i, end);
        i = end;
    }
    if (status == ZUB_OK)
        count_crossed(&all);
    zub_free(all.documents);
    zub_free(all.opinions);
    zub_free(all.crossed);
    return status;
}
