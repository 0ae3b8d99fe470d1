/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Special functions against values of mpmath 1.4 at 60 digits. Above each
 * table stands the expression that made it. */
#include "test.h"

#include <float.h>

#include "base/random.h"
#include "stats/special.h"

/* Relative, with `least` below which only the absolute error counts. */
static void check_close(double got, double want, double least)
{
    double error = fabs(got - want) / fmax(fabs(want), least);

    if (!(error <= 1e-10))
        printf("# %.17g, not %.17g\n", got, want);
    CHECK(error <= 1e-10);
}

#define EACH(table) for (size_t i = 0; i < sizeof table / sizeof *table; i++)

/* x - log(1 + x) */
static void the_gap_of_log1p_keeps_its_digits(void)
{
    static const double table[][2] = {
        {-0.999, 5.9087552789821361648},
        {-0.5, 0.19314718055994530942},
        {-0.25, 0.037682072451780927439},
        {-0.1, 0.0053605156578263018443},
        {-0.0001, 5.0003333583353339793e-9},
        {-1e-10, 5.0000000003333336977e-21},
        {1e-12, 4.9999999999966664655e-25},
        {1e-05, 4.9999666669166654847e-11},
        {0.01, 4.9669146831917153846e-5},
        {0.3, 0.037635735532508945402},
        {0.5, 0.094534891891835618022},
        {0.51, 0.09789034917316704224},
        {3, 1.6137056388801093812},
        {1000000.0, 9.9998618448844203623e+5},
    };

    EACH(table)
    check_close(zub_log1p_gap(table[i][0]), table[i][1], 0);
    CHECK(zub_log1p_gap(0) == 0);
}

/* o*log(o/e) - d, o = d + e */
static void a_deviance_keeps_its_digits(void)
{
    static const double table[][3] = {
        {1e-09, 1, 4.999999998333333957e-19},
        {-0.5, 1, 0.15342640972002734529},
        {-1, 1, 1.0},
        {19.92, 0.08, 90.509218357244937675},
        {0.3, 1, 0.041073543807738364733},
        {-30000.0, 1000000000.0, 0.45000450006750121502},
        {5.5, 10, 1.2929514294329064137},
    };

    EACH(table)
    check_close(zub_deviance(table[i][0], table[i][1]), table[i][2], 0);
    CHECK(zub_deviance(0, 5) == 0);
    CHECK(zub_deviance(0, 0) == 0);
    CHECK(zub_deviance(-7, 5) == 5);
}

/* loggamma(n+1) - n*log(n) + n */
static void what_stirling_leaves_is_right(void)
{
    static const double table[][2] = {
        {0.001, 0.0073313616806987676422},
        {0.5, 0.72579135264472743236},
        {1.0, 1.0},
        {2.0, 1.3068528194400546906},
        {10.0, 2.078561643135058455},
        {15.999000000000001, 2.3104096246818126187},
        {16.0, 2.3104405502441730011},
        {100.0, 3.2223569567543533405},
        {1000000.0, 7.8266938955201431272},
        {9007199254740992.0, 19.287338818043223451},
    };

    EACH(table)
    check_close(zub_stirling_rest(table[i][0]), table[i][1], 0);
    CHECK(zub_stirling_rest(0) == 0);
}

/* findroot(lambda z: log(erfc(-z/sqrt(2))/2) - log(p)) */
static void normal_quantiles_are_right(void)
{
    static const double table[][2] = {
        {1e-300, -37.047096299361199237},
        {1e-100, -21.273453560965324294},
        {1e-17, -8.4937932241095980661},
        {1e-9, -5.9978070150076868614},
        {0.001, -3.0902323061678135354},
        {0.025, -1.9599639845400542118},
        {0.1, -1.2815515655446004353},
        {0.3, -0.52440051270804081597},
        {0.49, -0.025068908258711058033},
        {0.4999999999, -2.5066284820303539022e-10},
        {0.6, 0.25334710313579974132},
        {0.975, 1.9599639845400538556},
        {0.999999, 4.7534243088170877657},
    };

    EACH(table)
    {
        check_close(zub_normal_quantile(table[i][0]), table[i][1], 0);
        check_close(zub_normal_tail(-table[i][1]), table[i][0], 0);
    }
    CHECK(zub_normal_quantile(.5) == 0);
    CHECK(isfinite(zub_normal_quantile(0)));
    CHECK(isfinite(zub_normal_quantile(1)));
    CHECK(isfinite(zub_normal_quantile(NAN)));
}

/* gammainc(a, x, inf, regularized=True); from a = 2000 on
 * quad(lambda u: exp(a*u - exp(u) - loggamma(a)), [log(x), inf]) */
static void gamma_tails_are_right(void)
{
    static const double table[][3] = {
        {0.5, 0.01, 0.88753708398171510663},
        {0.5, 3.8414588206941285, 0.0055745966807843954714},
        {0.5, 300.0, 1.674167984691787762e-132},
        {1.0, 2.0, 0.13533528323661269189},
        {2.5, 2.5, 0.41588018699550792028},
        {10.0, 3.0, 0.99889751186988452026},
        {10.0, 30.0, 7.1217508628155770916e-6},
        {100.0, 80.0, 0.98289168696486688583},
        {100.0, 150.0, 5.9245403354839158294e-6},
        {1999.0, 1950.0, 0.86380198297009610253},
        {1999.0, 2100.0, 0.012891788214712218617},
        {2001.0, 1950.0, 0.87337160861464475579},
        {2001.0, 2100.0, 0.014440931125461443907},
        {10000.0, 10000.0, 0.49867019166004479962},
        {10000.0, 10500.0, 4.2758724550596472692e-7},
        {1000000.0, 1005000.0, 2.9874901401146348544e-7},
        {1000000.0, 995000.0, 0.99999972504196407299},
    };

    EACH(table)
    check_close(zub_gamma_tail(table[i][0], table[i][1]), table[i][2], 0);
    CHECK(zub_gamma_tail(3, 0) == 1);
    CHECK(zub_gamma_tail(3, -1) == 1);
    CHECK(zub_gamma_tail(3, 1e9) == 0);
}

/* gammainc(df/2, x/2, inf, regularized=True) */
static void chi_squared_tails_are_right(void)
{
    static const double table[][3] = {
        {3.841458820694124, 1, 0.050000000000000057435},
        {191.709558, 1, 1.3464183631361484958e-43},
        {1000, 1, 1.7958327848007261946e-219},
        {5.991, 2, 0.050011615026579089616},
        {11.07, 5, 0.050009618622405482225},
        {50, 5, 1.3857973367009593204e-9},
        {130, 100, 0.02351239780980867575},
    };

    EACH(table)
    check_close(zub_chi2_tail(table[i][0], table[i][1]), table[i][2], 0);
    CHECK(zub_chi2_tail(0, 1) == 1);
    CHECK(zub_chi2_tail(1e300, 1) == 0);
}

/* log(quad(lambda w: exp(-a*log(1+exp(-w)) - b*log(1+exp(w))
 *     - (loggamma(a)+loggamma(b)-loggamma(a+b))), [-inf, logit])) */
static const double betas[][4] = {
    {0.0, 1.0, 1.0, -0.69314718055994530942},
    {-2.0, 1.0, 1.0, -2.1269280110429724964},
    {3.0, 2.0, 5.0, -1.3826614322677705272e-6},
    {-20.0, 1.0, 4.0, -18.613705644032993429},
    {-1.0, 150.0, 31.0, -127.74168042122650557},
    {1.0, 150.0, 31.0, -7.0858116253581419569},
    {2.0, 150.0, 31.0, -0.023017905119335893946},
    {0.0, 0.5, 0.5, -0.69314718055994530942},
    {-10.0, 5.0, 100000.0, -0.74345602941897457429},
    {-9.9000000000000004, 50.0, 1000000.0, -0.63747127938188839082},
    {0.01, 1900.0, 1900.0, -0.47636809477376119025},
    {-0.050000000000000003, 1900.0, 1900.0, -2.7859917267374253038},
    {0.01, 2100.0, 2100.0, -0.46674901833436870895},
    {-0.050000000000000003, 2100.0, 2100.0, -2.9447413226286346006},
    {-0.0001, 1000000.0, 1000000.0, -0.75117040786148947274},
    {-0.01, 1000000.0, 1000000.0, -27.89392418244483825},
    {0.001, 1000000.0, 1000000.0, -0.27410807492703549628},
    {-6.9500000000000002, 10000.0, 10000000.0, -11.178249798781170557},
    {-7.0, 10000.0, 10000000.0, -44.334122093345045596},
    {-0.0001, 1000000000.0, 1000000000.0, -4.3682295052652261847},
    {-2.9999999999999999e-7, 4503599627370496.0, 4503599627370496.0,
     -104.91057477834487696},
    {-1.0e-8, 4503599627370496.0, 4503599627370496.0, -1.1470868280300324788},
};

/* ln I is known to 1e-10 in I, so to 1e-10 absolutely, too. */
static void beta_tails_are_right(void)
{
    EACH(betas)
    check_close(zub_log_beta(betas[i][0], betas[i][1], betas[i][2]),
                betas[i][3], 1);
}

static void beta_quantiles_undo_beta_tails(void)
{
    EACH(betas)
    {
        double spread = sqrt(1 / betas[i][1] + 1 / betas[i][2]);
        if (betas[i][3] < -.1)
            CHECK_NEAR(
                zub_beta_quantile(betas[i][3], betas[i][1], betas[i][2]),
                betas[i][0], 1e-9 * (spread + fabs(betas[i][0])));
    }
}

static void quantiles_undo_tails_of_any_shape(void)
{
    zub_random random = {17, 0};

    for (int i = 0; i < 3000; i++) {
        double a = exp(30 * zub_random_uniform(&random));
        double b = exp(30 * zub_random_uniform(&random));
        double log_p = -exp(6 * zub_random_uniform(&random) - 1);
        double logit = zub_beta_quantile(log_p, a, b);
        CHECK(isfinite(logit));
        CHECK_NEAR(zub_log_beta(logit, a, b), log_p, 1e-7 * (1 - log_p));
    }
}

static void both_sides_of_a_beta_are_one(void)
{
    zub_random random = {18, 0};

    for (int i = 0; i < 3000; i++) {
        double a = .5 + exp(16 * zub_random_uniform(&random));
        double b = .5 + exp(16 * zub_random_uniform(&random));
        double spread = sqrt(1 / a + 1 / b);
        double logit =
            log(a / b) + spread * (6 * zub_random_uniform(&random) - 3);
        CHECK_NEAR(exp(zub_log_beta(logit, a, b)) +
                       exp(zub_log_beta(-logit, b, a)),
                   1, 1e-12);
    }
}

/* The change from fractions to integrals must not show. */
static void tails_are_smooth_where_the_method_changes(void)
{
    for (double off = -3; off <= 3; off += .25) {
        double below = 1999.999, above = 2000.001;
        double logit = off * sqrt(2 / 2000.);
        CHECK_NEAR(zub_log_beta(logit, below, below),
                   zub_log_beta(logit, above, above), 1e-5);
        CHECK_NEAR(zub_gamma_tail(below, below + off * 40),
                   zub_gamma_tail(above, above + off * 40), 1e-6);
    }
}

int main(void)
{
    RUN(the_gap_of_log1p_keeps_its_digits);
    RUN(a_deviance_keeps_its_digits);
    RUN(what_stirling_leaves_is_right);
    RUN(normal_quantiles_are_right);
    RUN(gamma_tails_are_right);
    RUN(chi_squared_tails_are_right);
    RUN(beta_tails_are_right);
    RUN(beta_quantiles_undo_beta_tails);
    RUN(quantiles_undo_tails_of_any_shape);
    RUN(both_sides_of_a_beta_are_one);
    RUN(tails_are_smooth_where_the_method_changes);
    return DONE();
}
