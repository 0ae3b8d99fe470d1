/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranked.c - see ranked.h. Ranks count from 1 in formulas, places from 0 in
 * arrays. Measures are those of trec_eval 9 and 10, to its conventions: where
 * nothing is relevant they are 0. */
#include "eval/ranked.h"

#include <math.h>

#define PERSISTENCE .9 /* of rbp */
#define EPSILON .00001 /* of infAP */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static bool is_relevant(const zub_ranked *r, size_t place)
{
    return r->levels[place] >= r->level;
}

/* Relevant ones among the first `cut`. */
static double hits(const zub_ranked *r, double cut)
{
    return r->hits[cut < (double)r->count ? (size_t)cut : r->count];
}

static double all_hits(const zub_ranked *r)
{
    return r->hits[r->count];
}

/* ---- Counts ---- */

static double num_ret(const zub_ranked *r, double none)
{
    (void)none;
    return (double)r->count;
}

static double num_rel(const zub_ranked *r, double none)
{
    (void)none;
    return (double)r->relevant;
}

static double num_rel_ret(const zub_ranked *r, double none)
{
    (void)none;
    return all_hits(r);
}

static double num_nonrel_judged_ret(const zub_ranked *r, double none)
{
    size_t count = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++)
        count += r->levels[i] >= 0 && !is_relevant(r, i);
    return (double)count;
}

/* ---- Precision and recall ---- */

static double map_cut(const zub_ranked *r, double cut)
{
    double sum = 0;

    for (size_t i = 0; i < r->count && (double)i < cut; i++)
        if (is_relevant(r, i))
            sum += (double)r->hits[i + 1] / (double)(i + 1);
    return share(sum, (double)r->relevant);
}

static double map(const zub_ranked *r, double none)
{
    (void)none;
    return map_cut(r, (double)r->count);
}

static double precision(const zub_ranked *r, double cut)
{
    return share(hits(r, cut), cut);
}

static double recall(const zub_ranked *r, double cut)
{
    return share(hits(r, cut), (double)r->relevant);
}

static double relative_precision(const zub_ranked *r, double cut)
{
    return share(hits(r, cut), fmin(cut, (double)r->relevant));
}

static double r_precision(const zub_ranked *r, double none)
{
    (void)none;
    return precision(r, (double)r->relevant);
}

static double r_precision_times(const zub_ranked *r, double factor)
{
    return precision(r, floor(factor * (double)r->relevant + .9));
}

static double recip_rank(const zub_ranked *r, double none)
{
    (void)none;
    for (size_t i = 0; i < r->count; i++)
        if (is_relevant(r, i))
            return 1 / (double)(i + 1);
    return 0;
}

static double success(const zub_ranked *r, double cut)
{
    return hits(r, cut) > 0;
}

/* The highest precision from the rank on at which so much was recalled. */
static double interpolated(const zub_ranked *r, double recalled)
{
    double wanted = round(recalled * (double)r->relevant), most = 0;

    for (size_t i = r->count; i > 0; i--) {
        if (r->hits[i] < wanted)
            break;
        most = fmax(most, (double)r->hits[i] / (double)i);
    }
    return all_hits(r) > 0 ? most : 0;
}

/* The mean at eleven recalls, or at those that were given. */
static double eleven_points(const zub_ranked *r, double none)
{
    size_t count = r->given->count;
    double sum = 0;

    (void)none;
    for (size_t i = 0; i < count; i++)
        sum += interpolated(r, r->given->numbers[i]);
    if (count > 0)
        return sum / (double)count;
    for (int i = 0; i <= 10; i++)
        sum += interpolated(r, i / 10.);
    return sum / 11;
}

static double set_precision(const zub_ranked *r, double none)
{
    (void)none;
    return share(all_hits(r), (double)r->count);
}

static double set_recall(const zub_ranked *r, double none)
{
    (void)none;
    return share(all_hits(r), (double)r->relevant);
}

static double set_relative_precision(const zub_ranked *r, double none)
{
    (void)none;
    return share(all_hits(r), (double)least(r->count, r->relevant));
}

static double set_map(const zub_ranked *r, double none)
{
    return set_precision(r, none) * set_recall(r, none);
}

static double set_f(const zub_ranked *r, double none)
{
    double p = set_precision(r, none), q = set_recall(r, none);

    return share(2 * p * q, p + q);
}

/* What a relevant document that was retrieved is worth, another, a relevant one
 * that was not, and another, of which a collection of unknown size has none. */
static double utility(const zub_ranked *r, double none)
{
    const double *worth = r->given->numbers;
    double found = all_hits(r), all = (double)r->relevant;
    double retrieved = (double)r->count;

    (void)none;
    if (r->given->count == 0)
        return 2 * found - retrieved;
    return worth[0] * found + worth[1] * (retrieved - found) +
           worth[2] * (all - found) + worth[3] * (found - retrieved - all);
}

/* ---- What was not judged ---- */

static double unjudged(const zub_ranked *r, double cut)
{
    size_t count = 0;

    for (size_t i = 0; i < r->count && (double)i < cut; i++)
        count += r->levels[i] < 0;
    return share((double)count, cut);
}

/* Buckley & Voorhees 2004. */
static double bpref(const zub_ranked *r, double none)
{
    size_t nonrelevant = 0, most = least(r->nonrelevant, r->relevant);
    double sum = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++) {
        if (is_relevant(r, i))
            sum += 1 - share((double)least(nonrelevant, r->relevant),
                             (double)most);
        else
            nonrelevant += r->levels[i] >= 0;
    }
    return share(sum, (double)r->relevant);
}

/* Yilmaz & Aslam 2006: the precision that is to be expected above a relevant
 * one when only some of the pool were judged. */
static double inferred_ap(const zub_ranked *r, double none)
{
    double nonrelevant = 0, pooled = 0, sum = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++) {
        double before = r->hits[i], above = (double)i;
        if (is_relevant(r, i))
            sum += i == 0 ? 1
                          : 1 / (above + 1) +
                                above / (above + 1) *
                                    ((before + nonrelevant + pooled) / above) *
                                    ((before + EPSILON) /
                                     (before + nonrelevant + 2 * EPSILON));
        else
            nonrelevant += r->levels[i] >= 0;
        pooled += r->levels[i] < 0 && r->levels[i] != ZUB_UNPOOLED;
    }
    return share(sum, (double)r->relevant);
}

/* ---- Gain ---- */

static double ideal_dcg(const zub_ranked *r, size_t rank)
{
    return r->ideal_dcg[least(rank, r->ideal_count)];
}

/* Jarvelin & Kekalainen 2002, with log2(rank + 1) and the level as gain. */
static double ndcg_cut(const zub_ranked *r, double cut)
{
    size_t most = cut < (double)r->count ? (size_t)cut : r->count;
    size_t rank = cut < (double)r->ideal_count ? (size_t)cut : r->ideal_count;

    return share(r->dcg[most], r->ideal_dcg[rank]);
}

static double ndcg(const zub_ranked *r, double none)
{
    (void)none;
    return ndcg_cut(r, INFINITY);
}

static double ndcg_given(const zub_ranked *r, double none)
{
    return r->given->count > 0 ? zub_given_ndcg(r) : ndcg(r, none);
}

/* The mean of ndcg where each document with a gain stands; those that were not
 * retrieved stand at the end. */
static double ndcg_rel(const zub_ranked *r, double none)
{
    double sum = 0;
    size_t met = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++)
        if (r->levels[i] > 0) {
            sum += share(r->dcg[i + 1], ideal_dcg(r, i + 1));
            met++;
        }
    sum += (double)(r->ideal_count - met) * ndcg(r, 0);
    return share(sum, (double)r->ideal_count);
}

/* The mean of ndcg at the ranks where the ideal gain falls, and at the end where
 * that is more than one rank behind the last of them. */
static double r_ndcg(const zub_ranked *r, double none)
{
    bool is_longer = r->count > r->ideal_count + 1;
    double sum = is_longer ? ndcg(r, none) : 0;
    size_t ranks = is_longer;

    for (size_t i = 0; i < r->ideal_count; i++)
        if (i + 1 == r->ideal_count || r->ideal[i + 1] != r->ideal[i]) {
            sum += ndcg_cut(r, (double)(i + 1));
            ranks++;
        }
    return r->relevant > 0 ? sum / (double)ranks : 0;
}

/* Each document gains less the more was missed above it. */
static double binary_g(const zub_ranked *r, double none)
{
    double sum = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++)
        if (is_relevant(r, i))
            sum += 1 / log2(2 + (double)(i - r->hits[i]));
    return share(sum, (double)r->relevant);
}

/* The same by gain; what is ideal goes on by 1 behind the ideal. */
static double graded_g(const zub_ranked *r, double none)
{
    double sum = 0, gained = 0, could = 0, whole = 0;

    (void)none;
    for (size_t i = 0; i < r->count; i++) {
        could += i < r->ideal_count ? r->ideal[i] : 1;
        if (r->levels[i] <= 0)
            continue;
        gained += r->levels[i];
        sum += r->levels[i] / log2(2 + could - gained);
    }
    for (size_t i = 0; i < r->ideal_count; i++)
        whole += r->ideal[i];
    return share(sum, whole);
}

/* Moffat & Zobel 2008, gain as a share of the highest level. */
static double rbp(const zub_ranked *r, double none)
{
    double sum = 0, weight = 1 - PERSISTENCE;

    (void)none;
    for (size_t i = 0; i < r->count; i++, weight *= PERSISTENCE)
        if (r->levels[i] > 0)
            sum += weight * r->levels[i] / r->ideal[0];
    return sum;
}

/* What rbp could still be; 0 where all that was retrieved is judged. */
static double rbp_resid(const zub_ranked *r, double none)
{
    double sum = 0, weight = 1 - PERSISTENCE;

    (void)none;
    for (size_t i = 0; i < r->count; i++, weight *= PERSISTENCE)
        if (r->levels[i] < 0)
            sum += weight;
    return sum > 0 ? sum + weight / (1 - PERSISTENCE) : 0;
}

/* ---- The rows ---- */

static const double cuts[] = {5, 10, 15, 20, 30, 100, 200, 500, 1000};
static const double recalls[] = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1};
static const double factors[] = {.2, .4, .6, .8, 1, 1.2, 1.4, 1.6, 1.8, 2};
static const double successes[] = {1, 5, 10};
static const double tops[] = {5, 10, 20};
static const double lengths[] = {10};

#define AT(list, places) list, sizeof(list) / sizeof *(list), places
#define PLAIN NULL, 0, 0
#define MEAN ZUB_OVER_MEAN
#define SUM ZUB_OVER_SUM
#define GEOMETRIC ZUB_OVER_GEOMETRIC
#define QRELS ZUB_QRELS, ZUB_LIST_NONE
#define JUDGES ZUB_QRELS_JUDGES, ZUB_LIST_NONE

/* clang-format off */
static const zub_ranked_measure measures[] = {
    {"num_ret", "documents retrieved", num_ret, SUM, PLAIN, true, QRELS},
    {"num_rel", "relevant documents", num_rel, SUM, PLAIN, true, QRELS},
    {"num_rel_ret", "relevant documents retrieved", num_rel_ret, SUM, PLAIN, true, QRELS},
    {"map", "mean average precision", map, MEAN, PLAIN, true, QRELS},
    {"gm_map", "its geometric mean over queries", map, GEOMETRIC, PLAIN, true, QRELS},
    {"Rprec", "precision at rank R, the number of relevant ones", r_precision, MEAN, PLAIN, true, QRELS},
    {"bpref", "relevant ones above judged nonrelevant ones", bpref, MEAN, PLAIN, true, QRELS},
    {"recip_rank", "1 / rank of the first relevant one", recip_rank, MEAN, PLAIN, true, QRELS},
    {"iprec_at_recall", "interpolated precision at a recall", interpolated, MEAN, AT(recalls, 2), true, QRELS},
    {"P", "precision at a rank", precision, MEAN, AT(cuts, 0), true, QRELS},
    {"relstring", "levels of the first documents", NULL, MEAN, AT(lengths, 0), false, QRELS},
    {"recall", "recall at a rank", recall, MEAN, AT(cuts, 0), false, QRELS},
    {"infAP", "average precision inferred where the pool was sampled", inferred_ap, MEAN, PLAIN, false, QRELS},
    {"gm_bpref", "geometric mean of bpref over queries", bpref, GEOMETRIC, PLAIN, false, QRELS},
    {"Rprec_mult", "precision at a multiple of R", r_precision_times, MEAN, AT(factors, 2), false, QRELS},
    {"utility", "relevant ones retrieved less the others", utility, MEAN, PLAIN, false, ZUB_QRELS, ZUB_LIST_NUMBERS},
    {"11pt_avg", "mean of iprec_at_recall at 0, 0.1, ... 1", eleven_points, MEAN, PLAIN, false, ZUB_QRELS, ZUB_LIST_NUMBERS},
    {"binG", "relevant ones, less the more others stand above", binary_g, MEAN, PLAIN, false, QRELS},
    {"G", "the same by gain", graded_g, MEAN, PLAIN, false, QRELS},
    {"ndcg", "normalised discounted cumulative gain", ndcg_given, MEAN, PLAIN, false, ZUB_QRELS, ZUB_LIST_GAINS},
    {"ndcg_rel", "its mean over the ranks of relevant ones", ndcg_rel, MEAN, PLAIN, false, QRELS},
    {"Rndcg", "its mean over the ranks where the ideal falls", r_ndcg, MEAN, PLAIN, false, QRELS},
    {"ndcg_cut", "ndcg at a rank", ndcg_cut, MEAN, AT(cuts, 0), false, QRELS},
    {"map_cut", "map at a rank", map_cut, MEAN, AT(cuts, 0), false, QRELS},
    {"relative_P", "precision at a rank of the best there can be", relative_precision, MEAN, AT(cuts, 0), false, QRELS},
    {"success", "1 if one of the first is relevant", success, MEAN, AT(successes, 0), false, QRELS},
    {"set_P", "precision of all retrieved", set_precision, MEAN, PLAIN, false, QRELS},
    {"set_relative_P", "the same of the best there can be", set_relative_precision, MEAN, PLAIN, false, QRELS},
    {"set_recall", "recall of all retrieved", set_recall, MEAN, PLAIN, false, QRELS},
    {"set_map", "set_P times set_recall", set_map, MEAN, PLAIN, false, QRELS},
    {"set_F", "harmonic mean of the two", set_f, MEAN, PLAIN, false, QRELS},
    {"num_nonrel_judged_ret", "judged nonrelevant documents retrieved", num_nonrel_judged_ret, SUM, PLAIN, false, QRELS},
    {"rbp", "rank-biased precision, persistence 0.9", rbp, MEAN, PLAIN, false, QRELS},
    {"rbp_resid", "what rbp could still gain", rbp_resid, MEAN, PLAIN, false, QRELS},
    {"unj", "share of the first that nobody judged", unjudged, MEAN, AT(tops, 0), false, QRELS},
    {"map_avgjg", "map, over judges", map, MEAN, PLAIN, true, JUDGES},
    {"P_avgjg", "P, over judges", precision, MEAN, AT(cuts, 0), true, JUDGES},
    {"Rprec_mult_avgjg", "Rprec_mult, over judges", r_precision_times, MEAN, AT(factors, 2), true, JUDGES},
};
/* clang-format on */

const zub_ranked_measure *zub_ranked_measure_at(size_t i)
{
    size_t count = sizeof measures / sizeof *measures;

    return i < count ? &measures[i] : zub_preference_measure_at(i - count);
}
