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
    double wanted = floor(recalled * (double)r->relevant + .5), most = 0;

    for (size_t i = r->count; i > 0; i--) {
        if (r->hits[i] < wanted)
            break;
        most = fmax(most, (double)r->hits[i] / (double)i);
    }
    return all_hits(r) > 0 ? most : 0;
}

static double points(const zub_ranked *r, const double *recalls, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += interpolated(r, recalls[i]);
    return share(sum, (double)count);
}

static const double recalls[] = {0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 1};

static double eleven_points(const zub_ranked *r, double none)
{
    (void)none;
    return points(r, recalls, sizeof recalls / sizeof *recalls);
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

static double utility(const zub_ranked *r, double none)
{
    (void)none;
    return 2 * all_hits(r) - (double)r->count;
}

/* What each is worth: relevant ones retrieved, others, relevant ones missed, and
 * others; how many of the last there are nobody says. */
static double utility_of(const zub_ranked *r, const double *worth,
                         size_t count)
{
    double parts[] = {all_hits(r), (double)r->count - all_hits(r),
                      (double)r->relevant - all_hits(r)};
    double sum = 0;

    for (size_t i = 0; i < count && i < sizeof parts / sizeof *parts; i++)
        sum += worth[i] * parts[i];
    return sum;
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

/* What a level gains: as the pairs have it, else itself. */
static double gain_of(int level, const double *pairs, size_t count)
{
    for (size_t i = 0; i + 1 < count; i += 2)
        if (pairs[i] == level)
            return pairs[i + 1];
    return level > 0 ? level : 0;
}

/* Judged documents of a level; below 1: of level 0. */
static size_t judged_at(const zub_ranked *r, int level)
{
    size_t count = 0;

    if (level < 1)
        return r->relevant + r->nonrelevant - r->ideal_count;
    for (size_t i = 0; i < r->ideal_count; i++)
        count += r->ideal[i] == level;
    return count;
}

/* The level that gains most of those that gain less than `below`, in *gain; equal
 * ones one by one, by level. -1: there is none with a gain. */
static int next_level(const zub_ranked *r, const double *pairs, size_t count,
                      double below, int after, double *gain)
{
    int found = -1;

    *gain = 0;
    for (size_t i = 0; i <= r->ideal_count; i++) {
        int level = i < r->ideal_count ? r->ideal[i] : 0;
        double gains = gain_of(level, pairs, count);
        bool is_left = gains < below || (gains == below && level < after);
        if (is_left && (gains > *gain ||
                        (gains == *gain && gains > 0 && level > found))) {
            *gain = gains;
            found = level;
        }
    }
    return found;
}

static double ndcg_of(const zub_ranked *r, const double *pairs, size_t count)
{
    double dcg = 0, ideal = 0, gain = INFINITY;
    size_t place = 0;
    int level = 0;

    for (size_t i = 0; i < r->count; i++)
        if (r->levels[i] >= 0)
            dcg += gain_of(r->levels[i], pairs, count) / log2((double)i + 2);
    while ((level = next_level(r, pairs, count, gain, level, &gain)) >= 0)
        for (size_t i = judged_at(r, level); i > 0; i--, place++)
            ideal += gain / log2((double)place + 2);
    return share(dcg, ideal);
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
 * more than one document follows them. */
static double r_ndcg(const zub_ranked *r, double none)
{
    bool goes_on = r->ideal_count + 1 < r->count;
    double sum = goes_on ? ndcg(r, none) : 0, levels = goes_on;

    if (r->relevant == 0)
        return 0;
    for (size_t i = 0; i < r->ideal_count; i++)
        if (i + 1 == r->ideal_count || r->ideal[i + 1] != r->ideal[i]) {
            sum += ndcg_cut(r, (double)(i + 1));
            levels++;
        }
    return share(sum, levels);
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

/* ---- Preferences ---- */

/* Sums of the first areas: both retrieved, one, neither. */
static double first(const double areas[ZUB_PAIR_AREAS], zub_pair_area last)
{
    double sum = 0;

    for (int i = 0; i <= (int)last; i++)
        sum += areas[i];
    return sum;
}

static double possible(const zub_preferences *p)
{
    return first(p->possible, ZUB_NEITHER);
}

static double fulfilled(const zub_preferences *p)
{
    return first(p->fulfilled, ZUB_ONE);
}

static double fulfilled_both(const zub_preferences *p)
{
    return p->fulfilled[ZUB_BOTH];
}

static double simple(const zub_preferences *p)
{
    return share(fulfilled(p), possible(p));
}

static double simple_one(const zub_preferences *p)
{
    return share(fulfilled(p), first(p->possible, ZUB_ONE));
}

static double simple_both(const zub_preferences *p)
{
    return share(p->fulfilled[ZUB_BOTH], p->possible[ZUB_BOTH]);
}

static double pair(const zub_preferences *p)
{
    return share(first(p->content, ZUB_ONE), first(p->pairs, ZUB_NEITHER));
}

static double pair_one(const zub_preferences *p)
{
    return share(first(p->content, ZUB_ONE), first(p->pairs, ZUB_ONE));
}

static double pair_both(const zub_preferences *p)
{
    return share(p->content[ZUB_BOTH], p->pairs[ZUB_BOTH]);
}

static double by_judge(const zub_preferences *p)
{
    return share(p->shares[0], p->judges);
}

static double by_judge_one(const zub_preferences *p)
{
    return share(p->shares[1], p->judges);
}

static double by_judge_both(const zub_preferences *p)
{
    return share(p->shares[2], p->judges);
}

/* A judge without a pair makes NaN of the sum, which is 0. */
static double levelled(const zub_preferences *p)
{
    return p->levelled > 0 ? p->levelled / p->judges : 0;
}

static double levelled_retrieved(const zub_preferences *p)
{
    return p->levelled_retrieved > 0 ? p->levelled_retrieved / p->judges : 0;
}

/* ---- The rows ---- */

static const double cuts[] = {5, 10, 15, 20, 30, 100, 200, 500, 1000};
static const double factors[] = {.2, .4, .6, .8, 1, 1.2, 1.4, 1.6, 1.8, 2};
static const double successes[] = {1, 5, 10};
static const double tops[] = {5, 10, 20};
static const double lengths[] = {10};

#define AT(list, places) list, sizeof(list) / sizeof *(list), places
#define PLAIN NULL, 0, 0
#define MEAN ZUB_OVER_MEAN
#define SUM ZUB_OVER_SUM
#define GEOMETRIC ZUB_OVER_GEOMETRIC
#define NOTHING ZUB_OVER_NOTHING
#define LEVELS ZUB_OF_LEVELS, NULL, false
#define LISTED(of_list, has_pairs) ZUB_OF_LEVELS, of_list, has_pairs
#define JUDGES ZUB_OF_JUDGES, NULL, false
#define PREFERENCES ZUB_OF_PREFERENCES, NULL, false

/* clang-format off */
static const zub_ranked_measure measures[] = {
    {"num_ret", "documents retrieved", num_ret, NULL, SUM, PLAIN, true, LEVELS},
    {"num_rel", "relevant documents", num_rel, NULL, SUM, PLAIN, true, LEVELS},
    {"num_rel_ret", "relevant documents retrieved", num_rel_ret, NULL, SUM, PLAIN, true, LEVELS},
    {"map", "mean average precision", map, NULL, MEAN, PLAIN, true, LEVELS},
    {"gm_map", "its geometric mean over queries", map, NULL, GEOMETRIC, PLAIN, true, LEVELS},
    {"Rprec", "precision at rank R, the number of relevant ones", r_precision, NULL, MEAN, PLAIN, true, LEVELS},
    {"bpref", "relevant ones above judged nonrelevant ones", bpref, NULL, MEAN, PLAIN, true, LEVELS},
    {"recip_rank", "1 / rank of the first relevant one", recip_rank, NULL, MEAN, PLAIN, true, LEVELS},
    {"iprec_at_recall", "interpolated precision at a recall", interpolated, NULL, MEAN, AT(recalls, 2), true, LEVELS},
    {"P", "precision at a rank", precision, NULL, MEAN, AT(cuts, 0), true, LEVELS},
    {"relstring", "levels of the first in a row: > is above 9, . below 0, - not judged", NULL, NULL, NOTHING, AT(lengths, 0), false, LEVELS},
    {"recall", "recall at a rank", recall, NULL, MEAN, AT(cuts, 0), false, LEVELS},
    {"infAP", "average precision inferred where the pool was sampled", inferred_ap, NULL, MEAN, PLAIN, false, LEVELS},
    {"gm_bpref", "geometric mean of bpref over queries", bpref, NULL, GEOMETRIC, PLAIN, false, LEVELS},
    {"Rprec_mult", "precision at a multiple of R", r_precision_times, NULL, MEAN, AT(factors, 2), false, LEVELS},
    {"utility", "relevant ones retrieved less the others", utility, NULL, MEAN, PLAIN, false, LISTED(utility_of, false)},
    {"11pt_avg", "mean of iprec_at_recall at 0, 0.1, ... 1", eleven_points, NULL, MEAN, PLAIN, false, LISTED(points, false)},
    {"binG", "relevant ones, less the more others stand above", binary_g, NULL, MEAN, PLAIN, false, LEVELS},
    {"G", "the same by gain", graded_g, NULL, MEAN, PLAIN, false, LEVELS},
    {"ndcg", "normalised discounted cumulative gain", ndcg, NULL, MEAN, PLAIN, false, LISTED(ndcg_of, true)},
    {"ndcg_rel", "its mean over the ranks of relevant ones", ndcg_rel, NULL, MEAN, PLAIN, false, LEVELS},
    {"Rndcg", "its mean over the ranks where the ideal falls", r_ndcg, NULL, MEAN, PLAIN, false, LEVELS},
    {"ndcg_cut", "ndcg at a rank", ndcg_cut, NULL, MEAN, AT(cuts, 0), false, LEVELS},
    {"map_cut", "map at a rank", map_cut, NULL, MEAN, AT(cuts, 0), false, LEVELS},
    {"relative_P", "precision at a rank of the best there can be", relative_precision, NULL, MEAN, AT(cuts, 0), false, LEVELS},
    {"success", "1 if one of the first is relevant", success, NULL, MEAN, AT(successes, 0), false, LEVELS},
    {"set_P", "precision of all retrieved", set_precision, NULL, MEAN, PLAIN, false, LEVELS},
    {"set_relative_P", "the same of the best there can be", set_relative_precision, NULL, MEAN, PLAIN, false, LEVELS},
    {"set_recall", "recall of all retrieved", set_recall, NULL, MEAN, PLAIN, false, LEVELS},
    {"set_map", "set_P times set_recall", set_map, NULL, MEAN, PLAIN, false, LEVELS},
    {"set_F", "harmonic mean of the two", set_f, NULL, MEAN, PLAIN, false, LEVELS},
    {"num_nonrel_judged_ret", "judged nonrelevant documents retrieved", num_nonrel_judged_ret, NULL, SUM, PLAIN, false, LEVELS},
    {"rbp", "rank-biased precision, persistence 0.9", rbp, NULL, MEAN, PLAIN, false, LEVELS},
    {"rbp_resid", "what rbp could still gain", rbp_resid, NULL, MEAN, PLAIN, false, LEVELS},
    {"unj", "share of the first that nobody judged", unjudged, NULL, MEAN, AT(tops, 0), false, LEVELS},

    {"map_avgjg", "map, mean over judges", map, NULL, MEAN, PLAIN, true, JUDGES},
    {"P_avgjg", "P, mean over judges", precision, NULL, MEAN, AT(cuts, 0), true, JUDGES},
    {"Rprec_mult_avgjg", "Rprec_mult, mean over judges", r_precision_times, NULL, MEAN, AT(factors, 2), true, JUDGES},

    {"prefs_num_prefs_poss", "preferences", NULL, possible, SUM, PLAIN, true, PREFERENCES},
    {"prefs_num_prefs_ful", "those that are fulfilled", NULL, fulfilled, SUM, PLAIN, true, PREFERENCES},
    {"prefs_num_prefs_ful_ret", "the same, both documents retrieved", NULL, fulfilled_both, SUM, PLAIN, true, PREFERENCES},
    {"prefs_simp", "share of preferences that are fulfilled", NULL, simple, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_pair", "the same, each pair of documents alike", NULL, pair, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_avgjg", "the same, mean over judges", NULL, by_judge, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_avgjg_Rnonrel", "that, with as many nonrelevant documents as relevant ones", NULL, levelled, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_simp_ret", "prefs_simp, both documents retrieved", NULL, simple_both, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_pair_ret", "prefs_pair, both documents retrieved", NULL, pair_both, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_avgjg_ret", "prefs_avgjg, both documents retrieved", NULL, by_judge_both, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_avgjg_Rnonrel_ret", "prefs_avgjg_Rnonrel, both documents retrieved", NULL, levelled_retrieved, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_simp_imp", "prefs_simp, at least one retrieved", NULL, simple_one, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_pair_imp", "prefs_pair, at least one retrieved", NULL, pair_one, MEAN, PLAIN, true, PREFERENCES},
    {"prefs_avgjg_imp", "prefs_avgjg, at least one retrieved", NULL, by_judge_one, MEAN, PLAIN, true, PREFERENCES},
};
/* clang-format on */

const zub_ranked_measure *zub_ranked_measure_at(size_t i)
{
    return i < sizeof measures / sizeof *measures ? &measures[i] : NULL;
}
