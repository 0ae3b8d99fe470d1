/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* weighting.c - see weighting.h.
 *
 * Every tf part of the table is shift + gain * curve(tf), where the curve is
 * one of a few and gain and shift are the row's, or for BM25
 * shift + gain * (tf + p) / (tf + q). So a row is one loop over its entries
 * with the curve in a table for small counts, which nearly all are, and one
 * that scales. Sums run in double and in column order. A row longer than ROOM
 * is computed twice, once for its norm: to compute is cheaper than to store.
 */
#include "vectors/weighting.h"

#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/spool.h"
#include "vectors/recipe.h"

#define ROOM 512  /* weights that are held at once */
#define SMALL 256 /* counts with the curve in a table */
#define LARGEST                                                               \
    1e20 /* of an idf: tf times it is still a float, with its
                        square a double */
#define NEGLIGIBLE 1e-12
#define MOST_KNOWN ((size_t)1 << 20) /* df in the table: 8 MiB */

/* What an idf is made of besides df and cf. */
typedef struct facts {
    const zub_recipe *recipe;
    double log_base; /* 1 / ln base */
    double n;        /* articles */
    double most_df;  /* the largest */
    double per_row;  /* floor(counts / articles) */
    double floor_of; /* Okapi: what a negative idf becomes */
} facts;

/* Terms of one df have one idf, so it is kept by df and not by term: what a
 * term needs is its df alone, which lies where the collection has it. Where
 * cf or boosts matter, or beyond the table, it is computed each time. */
struct zub_weighting {
    zub_recipe recipe;
    zub_collection collection;
    facts facts;
    double average; /* avgdl, 0 when there are no tokens */
    double pivot;   /* 0: none */
    double curve[SMALL];
    size_t known;   /* df below it are in the table */
    double by_df[]; /* [known] */
};

/* ---- The idf ---- */

typedef double idf_function(const facts *f, double df, double cf);

static double idf_one(const facts *f, double df, double cf)
{
    (void)f, (void)df, (void)cf;
    return 1;
}

static double idf_df(const facts *f, double df, double cf)
{
    (void)f, (void)cf;
    return df;
}

static double idf_plain(const facts *f, double df, double cf)
{
    (void)cf;
    return log(f->recipe->smoothing + f->n / (f->recipe->k + df)) *
           f->log_base;
}

static double idf_max(const facts *f, double df, double cf)
{
    (void)cf;
    return log(f->recipe->smoothing + f->most_df / (f->recipe->k + df)) *
           f->log_base;
}

static double idf_prob(const facts *f, double df, double cf)
{
    (void)cf;
    return fmax(0, log((f->n - df) / (f->recipe->k + df)) * f->log_base);
}

static double idf_smooth(const facts *f, double df, double cf)
{
    double s = f->recipe->smoothing;

    (void)cf;
    return log((s + f->n) / (s + df)) * f->log_base;
}

static double idf_corrected(const facts *f, double df, double cf)
{
    (void)cf;
    return log((f->n + 1) / df) * f->log_base;
}

static double idf_half(const facts *f, double df, double cf)
{
    (void)cf;
    return log((f->n + 1) / (df + 0.5)) * f->log_base;
}

static double idf_lucene(const facts *f, double df, double cf)
{
    (void)cf;
    return log1p((f->n - df + 0.5) / (df + 0.5)) * f->log_base;
}

static double idf_okapi(const facts *f, double df, double cf)
{
    double idf = log((f->n - df + 0.5) / (df + 0.5)) * f->log_base;

    (void)cf;
    return idf < 0 ? f->floor_of : idf;
}

static double idf_class(const facts *f, double df, double cf)
{
    (void)df;
    return log1p(f->per_row / cf) * f->log_base;
}

static double idf_class_bm25(const facts *f, double df, double cf)
{
    (void)df;
    return log1p((f->per_row - cf + 0.5) / (cf + 0.5)) * f->log_base;
}

static idf_function *const idf_functions[] = {
    [ZUB_IDF_ONE] = idf_one,
    [ZUB_IDF_DF] = idf_df,
    [ZUB_IDF_PLAIN] = idf_plain,
    [ZUB_IDF_MAX] = idf_max,
    [ZUB_IDF_PROB] = idf_prob,
    [ZUB_IDF_SMOOTH] = idf_smooth,
    [ZUB_IDF_CORRECTED] = idf_corrected,
    [ZUB_IDF_HALF] = idf_half,
    [ZUB_IDF_LUCENE] = idf_lucene,
    [ZUB_IDF_OKAPI] = idf_okapi,
    [ZUB_IDF_CLASS] = idf_class,
    [ZUB_IDF_CLASS_BM25] = idf_class_bm25,
};

static double finite_or_0(double value)
{
    return fabs(value) <= LARGEST ? value : 0;
}

static double idf_of(const facts *f, double df, double cf, double boost)
{
    const zub_recipe *recipe = f->recipe;

    if (df < recipe->min_df || (df == 0 && !recipe->knows_unseen))
        return 0;
    double idf = idf_functions[recipe->idf](f, df, cf) + recipe->shift;
    idf = finite_or_0(idf * boost);
    return recipe->drops_zeros && fabs(idf) <= NEGLIGIBLE ? 0 : idf;
}

static double compute_idf(const zub_weighting *weighting, size_t term)
{
    const zub_collection *from = &weighting->collection;

    return idf_of(&weighting->facts, from->df[term],
                  from->cf ? (double)from->cf[term] : 0,
                  from->boosts ? from->boosts[term] : 1);
}

static inline double idf_at(const zub_weighting *weighting, size_t term)
{
    uint32_t df = weighting->collection.df[term];

    return df < weighting->known ? weighting->by_df[df]
                                 : compute_idf(weighting, term);
}

/* Of Okapi: the mean over all terms that an article has, negative ones too,
 * is what these become an `epsilon`th of. */
static double okapi_floor(const facts *f, const zub_collection *collection)
{
    double sum = 0, seen = 0;

    zub_window window = zub_window_at(collection->df, collection->is_mapped);
    for (size_t t = 0; t < collection->terms; t++) {
        double df = collection->df[t];
        zub_window_pass(&window, collection->df + t);
        if (df == 0)
            continue;
        sum += finite_or_0(log((f->n - df + 0.5) / (df + 0.5)));
        seen++;
    }
    return seen > 0 ? f->recipe->epsilon * sum / seen : 0;
}

/* The largest df, and the sum of all cf. */
static uint64_t sum_up(facts *f, const zub_collection *collection)
{
    const uint32_t *df = collection->df;
    const uint64_t *cf = collection->cf;
    zub_window dfs = zub_window_at(df, collection->is_mapped);
    zub_window cfs = zub_window_at(cf, collection->is_mapped);
    uint64_t counts = 0;

    for (size_t t = 0; t < collection->terms; t++) {
        f->most_df = fmax(f->most_df, df[t]);
        zub_window_pass(&dfs, df + t);
        if (!cf)
            continue;
        counts += cf[t];
        zub_window_pass(&cfs, cf + t);
    }
    return counts;
}

static facts gather_facts(const zub_recipe *recipe,
                          const zub_collection *collection)
{
    facts f = {.recipe = recipe,
               .log_base = 1 / log(recipe->base),
               .n = (double)collection->articles};
    uint64_t counts = sum_up(&f, collection);

    if (collection->articles > 0)
        f.per_row = floor((double)counts / (double)collection->articles);
    if (recipe->idf == ZUB_IDF_OKAPI)
        f.floor_of = okapi_floor(&f, collection);
    return f;
}

/* ---- Making one ---- */

/* gensim: the mean number of terms of an article, or of their letters and as
 * many spaces. */
static double pivot_of(const zub_recipe *recipe,
                       const zub_collection *collection)
{
    double sum = 0;

    if (recipe->pivot > 0 || collection->articles == 0)
        return recipe->pivot;
    if (recipe->norm == ZUB_NORM_UNIQUE)
        sum = (double)collection->entries;
    if (recipe->norm == ZUB_NORM_CHARS)
        for (size_t t = 0; t < collection->terms; t++)
            sum += (double)collection->cf[t] * (collection->chars[t] + 1.0);
    return sum / (double)collection->articles;
}

/* Of a count > 0. */
static double curve_at(const zub_weighting *weighting, uint32_t count)
{
    double tf = weighting->recipe.is_binary ? 1 : count;

    switch (weighting->recipe.tf) {
    case ZUB_TF_ROOT: return sqrt(tf);
    case ZUB_TF_LOG:
    case ZUB_TF_LOG_AVERAGE: return 1 + log(tf) * weighting->facts.log_base;
    case ZUB_TF_DOUBLE_LOG:
        return 1 + log(1 + log(tf) * weighting->facts.log_base) *
                       weighting->facts.log_base;
    default: return tf;
    }
}

static void fill(zub_weighting *weighting)
{
    const zub_collection *collection = &weighting->collection;

    weighting->facts.recipe = &weighting->recipe;
    if (collection->articles > 0)
        weighting->average =
            (double)collection->tokens / (double)collection->articles;
    weighting->pivot = pivot_of(&weighting->recipe, collection);
    for (uint32_t count = 1; count < SMALL; count++)
        weighting->curve[count] = curve_at(weighting, count);
    for (size_t df = 0; df < weighting->known; df++)
        weighting->by_df[df] = idf_of(&weighting->facts, (double)df, 0, 1);
}

/* How many df the table has. */
static size_t table_size(const zub_recipe *recipe,
                         const zub_collection *collection, const facts *f)
{
    if (collection->boosts || collection->terms == 0 ||
        recipe->idf == ZUB_IDF_CLASS || recipe->idf == ZUB_IDF_CLASS_BM25)
        return 0;
    return f->most_df < MOST_KNOWN ? (size_t)f->most_df + 1 : MOST_KNOWN;
}

/* Which array is wanting, or NULL. */
static const char *missing(const zub_recipe *recipe,
                           const zub_collection *collection)
{
    bool needs_chars = recipe->norm == ZUB_NORM_CHARS;
    bool needs_cf = recipe->idf == ZUB_IDF_CLASS ||
                    recipe->idf == ZUB_IDF_CLASS_BM25 ||
                    (needs_chars && recipe->pivot == 0);

    if (collection->terms == 0)
        return NULL;
    if (!collection->df)
        return "document frequencies";
    if (needs_cf && !collection->cf)
        return "counts of terms";
    return needs_chars && !collection->chars ? "lengths of terms" : NULL;
}

bool zub_weighting_needs_chars(const char *name)
{
    zub_recipe recipe;

    return zub_recipe_parse(&recipe, name, NULL) == ZUB_OK &&
           recipe.norm == ZUB_NORM_CHARS;
}

zub_status zub_weighting_new(zub_weighting **out, const char *name,
                             const zub_collection *collection,
                             zub_error *error)
{
    zub_recipe recipe;
    zub_weighting *weighting;

    *out = NULL;
    zub_status status = zub_recipe_parse(&recipe, name, error);
    if (status != ZUB_OK)
        return status;
    const char *what = missing(&recipe, collection);
    if (what)
        return zub_fail(error, ZUB_EINVAL, "weighting '%.40s' needs the %s",
                        name, what);
    facts f = gather_facts(&recipe, collection);
    size_t known = table_size(&recipe, collection, &f);
    weighting =
        zub_alloc_tail(sizeof *weighting, known, sizeof *weighting->by_df);
    if (!weighting)
        return zub_fail_memory(error);
    weighting->recipe = recipe;
    weighting->collection = *collection;
    weighting->facts = f;
    weighting->known = known;
    fill(weighting);
    *out = weighting;
    return ZUB_OK;
}

void zub_weighting_free(zub_weighting *weighting)
{
    zub_free(weighting);
}

double zub_weighting_idf(const zub_weighting *weighting, size_t term)
{
    return idf_at(weighting, term);
}

bool zub_weighting_drops(const zub_weighting *weighting, size_t term)
{
    return weighting->recipe.drops_zeros && idf_at(weighting, term) == 0;
}

/* ---- A row ---- */

/* The tf part of an entry; see the top. */
typedef struct shape {
    double gain, shift;
    double p, q; /* BM25 alone */
    bool is_saturated;
} shape;

static double curve_of(const zub_weighting *weighting, uint32_t count)
{
    return count < SMALL ? weighting->curve[count]
                         : curve_at(weighting, count);
}

static double sum_of_counts(const zub_count_row *row)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < row->size; i++)
        sum += row->counts[i];
    return (double)sum;
}

static double mean_count(const zub_count_row *row)
{
    size_t counted = 0;

    for (size_t i = 0; i < row->size; i++)
        counted += row->counts[i] > 0;
    return counted > 0 ? sum_of_counts(row) / (double)counted : 1;
}

static double most_count(const zub_count_row *row)
{
    uint32_t most = 1;

    for (size_t i = 0; i < row->size; i++)
        most = row->counts[i] > most ? row->counts[i] : most;
    return most;
}

static double sum_of_curve(const zub_weighting *weighting,
                           const zub_count_row *row, bool is_squared)
{
    double sum = 0;

    for (size_t i = 0; i < row->size; i++) {
        double value = curve_of(weighting, row->counts[i]);
        sum += is_squared ? value * value : value;
    }
    return sum;
}

static double share_of(const zub_weighting *weighting,
                       const zub_count_row *row)
{
    double whole = 1;

    switch (weighting->recipe.share) {
    case ZUB_NORM_L1: whole = sum_of_curve(weighting, row, false); break;
    case ZUB_NORM_L2: whole = sqrt(sum_of_curve(weighting, row, true)); break;
    case ZUB_NORM_MAX: whole = most_count(row); break;
    default: break;
    }
    return whole > 0 ? 1 / whole : 1;
}

/* L of BM25. */
static double length_of(const zub_weighting *weighting,
                        const zub_count_row *row)
{
    double b = weighting->recipe.b;
    double tokens = row->tokens > 0 ? (double)row->tokens : sum_of_counts(row);

    if (weighting->average <= 0)
        return 1;
    return 1 - b + b * tokens / weighting->average;
}

static shape shape_of(const zub_weighting *weighting, const zub_count_row *row)
{
    const zub_recipe *r = &weighting->recipe;
    double length;

    switch (r->tf) {
    case ZUB_TF_AUGMENTED:
        return (shape){.gain = 0.5 / most_count(row), .shift = 0.5};
    case ZUB_TF_LOG_AVERAGE:
        return (shape){.gain = 1 / (1 + log(mean_count(row)) *
                                            weighting->facts.log_base)};
    case ZUB_TF_BM25:
        return (shape){.gain = r->is_short ? 1 : r->k1 + 1,
                       .shift = r->delta,
                       .q = r->k1 * length_of(weighting, row),
                       .is_saturated = true};
    case ZUB_TF_BM25L:
        length = length_of(weighting, row);
        return (shape){.gain = r->k1 + 1,
                       .p = r->delta * length,
                       .q = (r->k1 + r->delta) * length,
                       .is_saturated = true};
    default: return (shape){.gain = share_of(weighting, row)};
    }
}

/* The tf part of a count; 0 of none, even where p and q are 0, too. */
static inline double saturated(const shape *s, uint32_t count)
{
    double part = s->gain * (count + s->p) / (count + s->q) + s->shift;

    return count > 0 ? part : 0;
}

static inline double curved(const zub_weighting *weighting, const shape *s,
                            uint32_t count)
{
    double part = s->gain * curve_of(weighting, count) + s->shift;

    return count > 0 ? part : 0;
}

/* weights[size] of the entries from `from` on, before the norm. Two loops, so
 * that neither asks for each entry what is the same for all. */
static void weigh_piece(double *weights, const zub_weighting *weighting,
                        const shape *s, const zub_count_row *row, size_t from,
                        size_t size)
{
    const int32_t *cols = row->cols + from;
    const uint32_t *counts = row->counts + from;

    if (s->is_saturated)
        for (size_t i = 0; i < size; i++)
            weights[i] =
                saturated(s, counts[i]) * idf_at(weighting, (size_t)cols[i]);
    else
        for (size_t i = 0; i < size; i++)
            weights[i] = curved(weighting, s, counts[i]) *
                         idf_at(weighting, (size_t)cols[i]);
}

/* What a piece adds to the sum that the norm is made of. */
static double add_piece(double sum, const zub_weighting *weighting,
                        const zub_count_row *row, size_t from, size_t size,
                        const double *weights)
{
    switch (weighting->recipe.norm) {
    case ZUB_NORM_L1:
        for (size_t i = 0; i < size; i++)
            sum += fabs(weights[i]);
        break;
    case ZUB_NORM_L2:
        for (size_t i = 0; i < size; i++)
            sum += weights[i] * weights[i];
        break;
    case ZUB_NORM_UNIQUE:
        for (size_t i = 0; i < size; i++)
            sum += weights[i] != 0;
        break;
    case ZUB_NORM_CHARS:
        for (size_t i = from; i < from + size; i++)
            sum += row->counts[i] *
                   (weighting->collection.chars[row->cols[i]] + 1.0);
        break;
    default: break;
    }
    return sum;
}

/* What the row is divided by, from that sum. */
static double norm_of(const zub_weighting *weighting, double sum)
{
    double slope = weighting->recipe.slope;
    double norm = weighting->recipe.norm == ZUB_NORM_L2 ? sqrt(sum) : sum;

    if (weighting->recipe.norm == ZUB_NORM_NONE)
        return 1;
    if (weighting->pivot > 0)
        norm = (1 - slope) * weighting->pivot + slope * norm;
    return norm > 0 ? norm : 1;
}

static size_t piece_size(const zub_count_row *row, size_t from)
{
    return row->size - from < ROOM ? row->size - from : ROOM;
}

/* The norm of the whole row; `piece` holds its last piece afterwards. */
static double measure(double piece[ROOM], const zub_weighting *weighting,
                      const shape *s, const zub_count_row *row)
{
    double sum = 0;

    for (size_t from = 0; from < row->size; from += ROOM) {
        size_t size = piece_size(row, from);
        weigh_piece(piece, weighting, s, row, from, size);
        sum = add_piece(sum, weighting, row, from, size, piece);
    }
    return norm_of(weighting, sum);
}

void zub_weigh(float *weights, const zub_weighting *weighting,
               const zub_count_row *row)
{
    double piece[ROOM];
    shape s = shape_of(weighting, row);
    double scale = 1 / measure(piece, weighting, &s, row);

    for (size_t from = 0; from < row->size; from += ROOM) {
        size_t size = piece_size(row, from);
        if (row->size > ROOM)
            weigh_piece(piece, weighting, &s, row, from, size);
        for (size_t i = 0; i < size; i++)
            weights[from + i] = (float)(piece[i] * scale);
    }
}

zub_status zub_weigh_explain(zub_weight_reason *out,
                             const zub_weighting *weighting,
                             const zub_count_row *row, size_t at)
{
    double piece[ROOM];

    *out = (zub_weight_reason){0};
    if (at >= row->size)
        return ZUB_EINVAL;
    size_t term = (size_t)row->cols[at];
    shape s = shape_of(weighting, row);
    out->count = row->counts[at];
    out->df = weighting->collection.df[term];
    out->tf = s.is_saturated ? saturated(&s, row->counts[at])
                             : curved(weighting, &s, row->counts[at]);
    out->idf = idf_at(weighting, term);
    out->norm = measure(piece, weighting, &s, row);
    out->weight = (float)(out->tf * out->idf * (1 / out->norm));
    return ZUB_OK;
}
