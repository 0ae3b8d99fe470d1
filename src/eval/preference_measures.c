/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preference_measures.c - the rows of ranked.h that are of preferences. Those
 * that end in _ret look at pairs of which both were retrieved, _imp at pairs of
 * which one was, too, the others at all. */
#include "eval/ranked.h"

static double ratio(zub_preference_count count)
{
    return count.possible > 0
               ? (double)count.fulfilled / (double)count.possible
               : 0;
}

/* Of the pairs of which at least so much was retrieved. */
static zub_preference_count sum_to(const zub_preference_judge *judge,
                                   zub_retrieved least)
{
    zub_preference_count sum = {0};

    for (size_t i = 0; i <= (size_t)least; i++) {
        sum.fulfilled += judge->of[i].fulfilled;
        sum.possible += judge->of[i].possible;
    }
    return sum;
}

static zub_preference_count count_to(const zub_ranked *r, zub_retrieved least)
{
    zub_preference_count sum = {0};

    for (size_t i = 0; i < r->preferences->judge_count; i++) {
        zub_preference_count one = sum_to(&r->preferences->judges[i], least);
        sum.fulfilled += one.fulfilled;
        sum.possible += one.possible;
    }
    return sum;
}

static double pairs_to(const zub_ranked *r, zub_retrieved least)
{
    const zub_preference_pairs *pairs = r->preferences->pairs;
    double fulfilled = 0, possible = 0;

    for (size_t i = 0; i <= (size_t)least; i++) {
        fulfilled += pairs[i].fulfilled;
        possible += (double)pairs[i].possible;
    }
    return possible > 0 ? fulfilled / possible : 0;
}

static double mean_to(const zub_ranked *r, zub_retrieved least)
{
    size_t judges = r->preferences->judge_count;
    double sum = 0;

    for (size_t i = 0; i < judges; i++)
        sum += ratio(sum_to(&r->preferences->judges[i], least));
    return judges > 0 ? sum / (double)judges : 0;
}

/* In trec_eval a judge without any preference makes the query 0. */
static double balanced_mean(const zub_ranked *r, bool is_of_retrieved)
{
    size_t judges = r->preferences->judge_count;
    double sum = 0;

    for (size_t i = 0; i < judges; i++) {
        const zub_preference_judge *judge = &r->preferences->judges[i];
        zub_preference_count count =
            is_of_retrieved ? judge->balanced_retrieved : judge->balanced;
        if (count.possible == 0)
            return 0;
        sum += ratio(count);
    }
    return judges > 0 ? sum / (double)judges : 0;
}

#define ALL ZUB_NONE_RETRIEVED
#define IMPLIED ZUB_ONE_RETRIEVED
#define RETRIEVED ZUB_BOTH_RETRIEVED

static double possible(const zub_ranked *r, double none)
{
    (void)none;
    return (double)count_to(r, ALL).possible;
}

static double fulfilled(const zub_ranked *r, double none)
{
    (void)none;
    return (double)count_to(r, ALL).fulfilled;
}

static double fulfilled_retrieved(const zub_ranked *r, double none)
{
    (void)none;
    return (double)count_to(r, RETRIEVED).fulfilled;
}

static double simple(const zub_ranked *r, double none)
{
    (void)none;
    return ratio(count_to(r, ALL));
}

static double simple_retrieved(const zub_ranked *r, double none)
{
    (void)none;
    return ratio(count_to(r, RETRIEVED));
}

static double simple_implied(const zub_ranked *r, double none)
{
    (void)none;
    return ratio(count_to(r, IMPLIED));
}

static double pair(const zub_ranked *r, double none)
{
    (void)none;
    return pairs_to(r, ALL);
}

static double pair_retrieved(const zub_ranked *r, double none)
{
    (void)none;
    return pairs_to(r, RETRIEVED);
}

static double pair_implied(const zub_ranked *r, double none)
{
    (void)none;
    return pairs_to(r, IMPLIED);
}

static double mean(const zub_ranked *r, double none)
{
    (void)none;
    return mean_to(r, ALL);
}

static double mean_retrieved(const zub_ranked *r, double none)
{
    (void)none;
    return mean_to(r, RETRIEVED);
}

static double mean_implied(const zub_ranked *r, double none)
{
    (void)none;
    return mean_to(r, IMPLIED);
}

static double balanced(const zub_ranked *r, double none)
{
    (void)none;
    return balanced_mean(r, false);
}

static double balanced_retrieved(const zub_ranked *r, double none)
{
    (void)none;
    return balanced_mean(r, true);
}

#define ROW(over, is_official)                                                \
    over, NULL, 0, 0, is_official, ZUB_PREFERENCES, ZUB_LIST_NONE
#define SUM(is_official) ROW(ZUB_OVER_SUM, is_official)
#define MEAN(is_official) ROW(ZUB_OVER_MEAN, is_official)

/* clang-format off */
static const zub_ranked_measure measures[] = {
    {"prefs_num_prefs_poss", "preferences of the judges", possible, SUM(true)},
    {"prefs_num_prefs_ful", "those that are fulfilled", fulfilled, SUM(true)},
    {"prefs_num_prefs_ful_ret", "the same among what was retrieved", fulfilled_retrieved, SUM(true)},
    {"prefs_simp", "share of preferences fulfilled", simple, MEAN(true)},
    {"prefs_pair", "the same, each pair of documents one", pair, MEAN(true)},
    {"prefs_avgjg", "the same, each judge one", mean, MEAN(true)},
    {"prefs_avgjg_Rnonrel", "the same with R nonrelevant documents", balanced, MEAN(false)},
    {"prefs_simp_ret", "prefs_simp among what was retrieved", simple_retrieved, MEAN(false)},
    {"prefs_pair_ret", "prefs_pair among what was retrieved", pair_retrieved, MEAN(false)},
    {"prefs_avgjg_ret", "prefs_avgjg among what was retrieved", mean_retrieved, MEAN(false)},
    {"prefs_avgjg_Rnonrel_ret", "prefs_avgjg_Rnonrel among what was retrieved", balanced_retrieved, MEAN(false)},
    {"prefs_simp_imp", "prefs_simp where one was retrieved", simple_implied, MEAN(false)},
    {"prefs_pair_imp", "prefs_pair where one was retrieved", pair_implied, MEAN(false)},
    {"prefs_avgjg_imp", "prefs_avgjg where one was retrieved", mean_implied, MEAN(false)},
};
/* clang-format on */

const zub_ranked_measure *zub_preference_measure_at(size_t i)
{
    return i < sizeof measures / sizeof *measures ? &measures[i] : NULL;
}
