/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* diversity.c - how rich the vocabulary of a text is.
 *
 * What does not depend on the order of words is computed from the spectrum:
 * how many types come f times, f ascending. That is short, about the root of
 * the text, and the same however types are numbered, so sums are too. */
#include "zubda.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define WINDOW 100u /* quanteda's and lexicalrichness's */
#define FACTOR .72  /* McCarthy & Jarvis 2010 */
#define DRAWS 42u   /* McCarthy & Jarvis 2007 */

typedef struct text {
    const uint32_t *words; /* [count], below `numbers` */
    size_t count, numbers;
    uint32_t *of; /* [numbers] room: a count or a mark for each number */
    uint32_t *renumbered; /* [count] what `words` is, or NULL: the caller's */
} text;

typedef struct spectrum {
    uint32_t *f; /* [types] ascending */
    size_t types;
    double words;
} spectrum;

/* ---- Numbers of words ---- */

static int ascending(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static size_t place_of(const uint32_t *sorted, size_t count, uint32_t word)
{
    size_t low = 0, high = count;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] <= word)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* From 0 without gaps, so that memory depends on the text alone. */
static zub_status renumber(text *t)
{
    uint32_t *types = zub_alloc(t->count, sizeof *types);

    t->renumbered = zub_alloc(t->count, sizeof *t->renumbered);
    if (!types || !t->renumbered) {
        zub_free(types);
        return ZUB_ENOMEM;
    }
    memcpy(types, t->words, t->count * sizeof *types);
    qsort(types, t->count, sizeof *types, ascending);
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++)
        if (kept == 0 || types[i] != types[kept - 1])
            types[kept++] = types[i];
    for (size_t i = 0; i < t->count; i++)
        t->renumbered[i] = (uint32_t)place_of(types, kept, t->words[i]);
    zub_free(types);
    t->words = t->renumbered;
    t->numbers = kept;
    return ZUB_OK;
}

static zub_status open_text(text *t, const uint32_t *words, size_t count)
{
    *t = (text){.words = words, .count = count};
    for (size_t i = 0; i < count; i++)
        if (words[i] >= t->numbers)
            t->numbers = (size_t)words[i] + 1;
    if (t->numbers / 2 > count && renumber(t) != ZUB_OK)
        return ZUB_ENOMEM;
    t->of = zub_alloc_zero(t->numbers, sizeof *t->of);
    return t->of ? ZUB_OK : ZUB_ENOMEM;
}

static void close_text(text *t)
{
    zub_free(t->of);
    zub_free(t->renumbered);
}

static void forget(text *t)
{
    memset(t->of, 0, t->numbers * sizeof *t->of);
}

/* ---- Without regard to order ---- */

static zub_status spectrum_new(spectrum *s, text *t)
{
    *s = (spectrum){.words = (double)t->count};
    for (size_t i = 0; i < t->count; i++)
        s->types += t->of[t->words[i]]++ == 0;
    s->f = zub_alloc(s->types, sizeof *s->f);
    if (!s->f)
        return ZUB_ENOMEM;
    size_t types = 0;
    for (size_t i = 0; i < t->numbers; i++)
        if (t->of[i] > 0)
            s->f[types++] = t->of[i];
    qsort(s->f, types, sizeof *s->f, ascending);
    return ZUB_OK;
}

/* How many of the types, from i on, come as often as the i-th. */
static size_t run_at(const spectrum *s, size_t i)
{
    size_t end = i + 1;

    while (end < s->types && s->f[end] == s->f[i])
        end++;
    return end - i;
}

/* The chance that a type of f is not among `draws` of n words: the fewer of
 * the two are drawn from the rest, one by one. */
static double chance_of_none(double n, double f, double draws)
{
    double chance = 1, few = fmin(f, draws), rest = n - fmax(f, draws);

    for (double i = 0; i < few && chance > 0; i++)
        chance *= fmax(0, rest - i) / (n - i);
    return chance;
}

static double hdd(const spectrum *s, size_t asked)
{
    double draws = fmin((double)asked, s->words), sum = 0;

    for (size_t i = 0, run; i < s->types; i += run) {
        run = run_at(s, i);
        sum += (double)run * (1 - chance_of_none(s->words, s->f[i], draws));
    }
    return sum / draws;
}

/* Sums over types, from the spectrum. */
typedef struct moments {
    double squares; /* f^2 */
    double pairs;   /* f (f - 1) */
    double entropy; /* f / n log2(n / f) */
} moments;

static moments moments_of(const spectrum *s)
{
    moments sum = {0};

    for (size_t i = 0, run; i < s->types; i += run) {
        run = run_at(s, i);
        double f = s->f[i], types = (double)run;
        sum.squares += types * f * f;
        sum.pairs += types * f * (f - 1);
        sum.entropy += types * f / s->words * log2(s->words / f);
    }
    return sum;
}

static void fill_ratios(double *of, double n, double v)
{
    of[ZUB_DIVERSITY_TTR] = v / n;
    of[ZUB_DIVERSITY_ROOT_TTR] = v / sqrt(n);
    of[ZUB_DIVERSITY_CORRECTED_TTR] = v / sqrt(2 * n);
    of[ZUB_DIVERSITY_LOG_TTR] = n > 1 ? log(v) / log(n) : 1;
    of[ZUB_DIVERSITY_MAAS] = n > 1 ? log(n / v) / (log(n) * log(n)) : 0;
}

static void fill_moments(double *of, const spectrum *s)
{
    moments sum = moments_of(s);
    double n = s->words, v = (double)s->types, more = sum.squares - v;

    of[ZUB_DIVERSITY_YULE_K] = 1e4 * sum.pairs / (n * n);
    of[ZUB_DIVERSITY_YULE_I] = v * v / (more > 1 ? more : 1);
    of[ZUB_DIVERSITY_SIMPSON_D] = n > 1 ? sum.pairs / (n * (n - 1)) : 0;
    of[ZUB_DIVERSITY_HERDAN_V] = sqrt(fmax(0, sum.squares / (n * n) - 1 / v));
    of[ZUB_DIVERSITY_ENTROPY] = sum.entropy;
}

/* ---- Along the text ---- */

static double mattr(text *t, size_t asked)
{
    size_t window = asked < t->count ? asked : t->count, types = 0;
    double sum = 0;

    for (size_t i = 0; i < t->count; i++) {
        if (i >= window)
            types -= --t->of[t->words[i - window]] == 0;
        types += t->of[t->words[i]]++ == 0;
        if (i + 1 >= window)
            sum += (double)types;
    }
    return sum / (double)window / (double)(t->count - window + 1);
}

/* Factors from one end; of[word] is the place, from 1, where a run had the
 * word last, so that nothing is cleared when a run ends. */
static double factors_along(text *t, double factor, bool backwards)
{
    size_t start = 0, types = 0;
    double factors = 0, ttr = 1;

    for (size_t i = 0; i < t->count; i++) {
        uint32_t word = t->words[backwards ? t->count - 1 - i : i];
        types += t->of[word] <= start;
        t->of[word] = (uint32_t)(i + 1);
        ttr = (double)types / (double)(i + 1 - start);
        if (ttr <= factor) {
            factors++;
            start = i + 1;
            types = 0;
            ttr = 1;
        }
    }
    factors += (1 - ttr) / (1 - factor);
    return factors > 0 ? factors : 1;
}

static double mtld(text *t, double factor)
{
    double n = (double)t->count;

    forget(t);
    double forwards = n / factors_along(t, factor, false);
    forget(t);
    return (forwards + n / factors_along(t, factor, true)) / 2;
}

/* ---- All of it ---- */

static zub_diversity_options with_defaults(const zub_diversity_options *given)
{
    zub_diversity_options o = given ? *given : (zub_diversity_options){0};

    if (o.window == 0)
        o.window = WINDOW;
    if (!(o.factor > 0 && o.factor < 1))
        o.factor = FACTOR;
    if (o.draws == 0)
        o.draws = DRAWS;
    return o;
}

static void fill(double *of, text *t, const spectrum *s,
                 const zub_diversity_options *options)
{
    of[ZUB_DIVERSITY_WORDS] = s->words;
    of[ZUB_DIVERSITY_TYPES] = (double)s->types;
    of[ZUB_DIVERSITY_HAPAXES] = s->f[0] == 1 ? (double)run_at(s, 0) : 0;
    fill_ratios(of, s->words, (double)s->types);
    fill_moments(of, s);
    of[ZUB_DIVERSITY_HDD] = hdd(s, options->draws);
    forget(t);
    of[ZUB_DIVERSITY_MATTR] = mattr(t, options->window);
    of[ZUB_DIVERSITY_MTLD] = mtld(t, options->factor);
}

zub_status zub_diversity_measure(zub_diversity *out, const uint32_t *words,
                                 size_t count,
                                 const zub_diversity_options *options)
{
    zub_diversity_options o = with_defaults(options);
    spectrum s = {0};
    text t;

    *out = (zub_diversity){{0}};
    if (count == 0)
        return ZUB_OK;
    if (count >= UINT32_MAX)
        return ZUB_ELIMIT;
    zub_status status = open_text(&t, words, count);
    if (status == ZUB_OK)
        status = spectrum_new(&s, &t);
    if (status == ZUB_OK)
        fill(out->of, &t, &s, &o);
    zub_free(s.f);
    close_text(&t);
    return status;
}

#define ROW(end, ...) {__VA_ARGS__},
static const zub_statistic indices[] = {ZUB_DIVERSITY_MAP(ROW)};
#undef ROW

const zub_statistic *zub_diversity_at(size_t i)
{
    return i < ZUB_DIVERSITIES ? &indices[i] : NULL;
}
