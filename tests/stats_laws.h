/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stats_laws.h - counts to try a statistic on, and whether it keeps what its
 * row promises. */
#ifndef ZUB_TESTS_STATS_LAWS_H
#define ZUB_TESTS_STATS_LAWS_H

#include "test.h"

#include "zubda.h"
#include "base/random.h"

/* What a caller may hand in by mistake, and the ends of what is allowed. */
static const double hostile[] = {0,
                                 1,
                                 2,
                                 3,
                                 100,
                                 1e6,
                                 .5,
                                 -1,
                                 -INFINITY,
                                 INFINITY,
                                 NAN,
                                 9007199254740992.,
                                 1e-300,
                                 1e300,
                                 9007199254740991.,
                                 4503599627370497.};
#define HOSTILE (sizeof hostile / sizeof *hostile)

/* A whole number, 0 now and then, small ones as likely as large ones. */
static inline double random_count(zub_random *random, double most)
{
    if (zub_random_below(random, 12) == 0)
        return 0;
    return floor(exp(zub_random_uniform(random) * log(most + 1)));
}

/* Finite, and within the range that the row states in words. */
static inline void check_in_range(const zub_statistic *is, double value)
{
    double low = -INFINITY, high = INFINITY;

    if (sscanf(is->range, "%lf to %lf", &low, &high) != 2 &&
        sscanf(is->range, "%lf and up", &low) != 1 &&
        sscanf(is->range, "up to %lf", &high) != 1)
        CHECK_STR(is->range, "any");
    double slack = 1e-9 * fmax(1, fabs(value));
    CHECK(value != 0 || !signbit(value)); /* it would be printed as -0 */
    if (!isfinite(value) || value < low - slack || value > high + slack) {
        printf("# %s is %.17g, not %s\n", is->name, value, is->range);
        CHECK(false);
    }
}

/* Every column of a row has words, but a plain count needs no source. */
static inline void check_words(const zub_statistic *is)
{
    CHECK(is->name[0] && is->about[0] && is->formula[0] && is->range[0]);
    CHECK(is->direction[0] && is->zeros[0] && is->source);
}

/* A cell of a Markdown table; a bar in it would end it. */
static inline char *put_cell(char *out, const char *text, const char *quote)
{
    out += sprintf(out, "| %s", quote);
    for (; *text; text++)
        out += sprintf(out, *text == '|' ? "\\%c" : "%c", *text);
    return out + sprintf(out, "%s ", quote);
}

/* docs/statistics.md has the row, as it stands in the table of zubda.h. */
static inline void check_documented(const zub_statistic *is)
{
    static char text[1 << 16], want[1 << 11];
    FILE *file = fopen("docs/statistics.md", "r");
    char *end = put_cell(want, is->name, "`");

    CHECK(file != NULL);
    if (!file)
        return;
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    end = put_cell(end, is->about, "");
    end = put_cell(end, is->formula, "`");
    end = put_cell(end, is->range, "");
    end = put_cell(end, is->direction, "");
    end = put_cell(end, is->zeros, "");
    end = put_cell(end, is->source, "");
    sprintf(end, "|\n");
    if (!strstr(text, want))
        printf("# docs/statistics.md wants this row:\n# %s", want);
    CHECK(strstr(text, want) != NULL);
}

/* Relative, to the digits that golden values are written with. */
static inline void check_golden(const char *name, double got, double want)
{
    if (!(fabs(got - want) <= 1e-12 * fmax(1, fabs(want)) + 1e-13)) {
        printf("# %s is %.15g, not %.15g\n", name, got, want);
        CHECK(false);
    }
}

#endif
