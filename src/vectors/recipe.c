/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* recipe.c - see recipe.h. A kind is a row with its recipe and the list of its
 * options; an option is a row, too: a word that sets a field, or a number
 * within bounds. Numbers are read by hand: strtod listens to the locale. */
#include "vectors/recipe.h"

#include <string.h>

#include "base/error.h"

#define E 2.718281828459045
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SHOWN 40 /* bytes of a user's word in a message */

typedef struct kind {
    zub_weighting_about about;
    zub_recipe recipe;
} kind;

/* clang-format off */
#define BM25(ABOUT, ...) \
    {ABOUT, {.tf = ZUB_TF_BM25, .base = E, .b = 0.75, __VA_ARGS__}}

static const kind kinds[] = {
    {{"count", "norm", "tf"},
     {.base = E, .knows_unseen = 1}},
    {{"binary", "norm", "1"},
     {.base = E, .is_binary = 1, .knows_unseen = 1}},
    {{"tfidf", "norm", "(1 + ln tf) * (ln((1 + N) / (1 + df)) + 1), l2"},
     {.tf = ZUB_TF_LOG, .idf = ZUB_IDF_SMOOTH, .norm = ZUB_NORM_L2, .base = E,
      .smoothing = 1, .shift = 1, .knows_unseen = 1}},
    {{"sklearn", "sublinear, smooth, idf, norm, binary",
      "tf * (ln((1 + N) / (1 + df)) + 1), l2"},
     {.idf = ZUB_IDF_SMOOTH, .norm = ZUB_NORM_L2, .base = E, .smoothing = 1,
      .shift = 1, .knows_unseen = 1}},
    {{"gensim", "norm, pivot, slope", "tf * log2(N / df), l2"},
     {.idf = ZUB_IDF_PLAIN, .norm = ZUB_NORM_L2, .base = 2, .slope = 0.25,
      .drops_zeros = 1}},
    {{"smart:", "pivot, slope",
      "letters of tf (n t b a l d L), idf (n x f t p), norm (n x c u b)"},
     {.base = 2, .slope = 0.25, .drops_zeros = 1}},
    {{"quanteda", "tf, df, base, smoothing, k, norm", "tf * log10(N / df)"},
     {.idf = ZUB_IDF_PLAIN, .base = 10}},
    {{"text2vec", "sublinear, smooth, norm", "tf / sum * ln(1 + N / df)"},
     {.idf = ZUB_IDF_PLAIN, .norm = ZUB_NORM_L1, .base = E, .smoothing = 1,
      .is_norm_share = 1}},
    {{"tidytext", "norm", "tf / sum * ln(N / df)"},
     {.share = ZUB_NORM_L1, .idf = ZUB_IDF_PLAIN, .base = E}},
    {{"spark", "minDocFreq, norm", "tf * ln((N + 1) / (df + 1))"},
     {.idf = ZUB_IDF_SMOOTH, .base = E, .smoothing = 1, .knows_unseen = 1}},
    {{"bertopic", "reduce_frequent_words, bm25_weighting, norm",
      "tf / sum * ln(1 + A / cf), A = floor(tokens / N)"},
     {.share = ZUB_NORM_L1, .idf = ZUB_IDF_CLASS, .base = E}},
#define ABOUT(NAME) \
    {NAME, "k1, b, norm", "tf / (tf + k1 L) * ln(1 + (N-df+1/2) / (df+1/2))"}
    BM25(ABOUT("bm25"), .idf = ZUB_IDF_LUCENE, .k1 = 1.2, .is_short = 1,
         .knows_unseen = 1),
    BM25(ABOUT("bm25:lucene"), .idf = ZUB_IDF_LUCENE, .k1 = 1.2,
         .is_short = 1, .knows_unseen = 1),
#undef ABOUT
#define ABOUT(NAME, MORE, FORMULA) {NAME, "k1, b, " MORE "norm", FORMULA}
    BM25(ABOUT("bm25:okapi", "epsilon, ",
               "tf(k1+1) / (tf + k1 L) * ln((N-df+1/2) / (df+1/2))"),
         .idf = ZUB_IDF_OKAPI, .k1 = 1.5, .epsilon = 0.25),
    BM25(ABOUT("bm25:atire", "", "tf(k1+1) / (tf + k1 L) * ln(N / df)"),
         .idf = ZUB_IDF_PLAIN, .k1 = 1.5),
    BM25(ABOUT("bm25:gensim-lucene", "",
               "tf / (tf + k1 L) * ln((N+1) / (df+1/2))"),
         .idf = ZUB_IDF_HALF, .k1 = 1.5, .is_short = 1),
    BM25(ABOUT("bm25+", "delta, ",
               "(tf(k1+1) / (tf + k1 L) + delta) * ln((N+1) / df)"),
         .idf = ZUB_IDF_CORRECTED, .k1 = 1.5, .delta = 1),
    {ABOUT("bm25l", "delta, ",
           "(k1+1)(tf/L + delta) / (k1 + tf/L + delta) * "
           "ln((N+1) / (df+1/2))"),
     {.tf = ZUB_TF_BM25L, .idf = ZUB_IDF_HALF, .base = E, .k1 = 1.5,
      .b = 0.75, .delta = 0.5}},
#undef ABOUT
};

/* A word that sets a field; a word may stand in several rows. */
#define AT(FIELD) offsetof(zub_recipe, FIELD)
typedef struct choice {
    const char *key, *word;
    size_t field;
    int value;
} choice;

static const choice choices[] = {
    {"sublinear", "yes", AT(tf), ZUB_TF_LOG},
    {"sublinear", "no", AT(tf), ZUB_TF_COUNT},
    {"binary", "yes", AT(is_binary), 1},
    {"binary", "no", AT(is_binary), 0},
    {"idf", "yes", AT(is_flat), 0},
    {"idf", "no", AT(is_flat), 1},
    {"smooth", "yes", AT(is_unsmoothed), 0},
    {"smooth", "no", AT(is_unsmoothed), 1},
    {"norm", "none", AT(norm), ZUB_NORM_NONE},
    {"norm", "l1", AT(norm), ZUB_NORM_L1},
    {"norm", "l2", AT(norm), ZUB_NORM_L2},
    {"bm25_weighting", "yes", AT(idf), ZUB_IDF_CLASS_BM25},
    {"bm25_weighting", "no", AT(idf), ZUB_IDF_CLASS},
    /* sqrt(tf / sum): of roots the length is what the sum is of counts */
    {"reduce_frequent_words", "yes", AT(tf), ZUB_TF_ROOT},
    {"reduce_frequent_words", "yes", AT(share), ZUB_NORM_L2},
    {"reduce_frequent_words", "no", AT(tf), ZUB_TF_COUNT},
    {"reduce_frequent_words", "no", AT(share), ZUB_NORM_L1},
    {"tf", "count", AT(tf), ZUB_TF_COUNT},
    {"tf", "prop", AT(share), ZUB_NORM_L1},
    {"tf", "propmax", AT(share), ZUB_NORM_MAX},
    {"tf", "logcount", AT(tf), ZUB_TF_LOG},
    {"tf", "boolean", AT(is_binary), 1},
    {"tf", "augmented", AT(tf), ZUB_TF_AUGMENTED},
    {"tf", "logave", AT(tf), ZUB_TF_LOG_AVERAGE},
    {"df", "inverse", AT(idf), ZUB_IDF_PLAIN},
    {"df", "inversemax", AT(idf), ZUB_IDF_MAX},
    {"df", "inverseprob", AT(idf), ZUB_IDF_PROB},
    {"df", "count", AT(idf), ZUB_IDF_DF},
    {"df", "unary", AT(idf), ZUB_IDF_ONE},
};

typedef struct number {
    const char *key;
    size_t field;
    double low, high;
    const char *bounds; /* in words */
} number;

static const number numbers[] = {
    {"k1", AT(k1), 0, 1e6, "a number from 0 to 1000000"},
    {"b", AT(b), 0, 1, "a number from 0 to 1"},
    {"delta", AT(delta), 0, 1e6, "a number from 0 to 1000000"},
    {"epsilon", AT(epsilon), 0, 1e6, "a number from 0 to 1000000"},
    {"slope", AT(slope), 0, 1, "a number from 0 to 1"},
    {"pivot", AT(pivot), 1e-6, 1e12, "a number above 0"},
    {"smoothing", AT(smoothing), 0, 1e6, "a number from 0 to 1000000"},
    {"k", AT(k), 0, 1e6, "a number from 0 to 1000000"},
    {"base", AT(base), 1.001, 1e6, "a number from 1.001 to 1000000"},
    {"minDocFreq", AT(min_df), 0, 4294967295.0, "a whole number"},
};

/* Of SMART, by place: gensim's letters. */
typedef struct letter {
    char name;
    size_t field;
    int value;
} letter;

static const letter letters[3][9] = {
    {{'n', AT(tf), ZUB_TF_COUNT}, {'t', AT(tf), ZUB_TF_COUNT},
     {'b', AT(is_binary), 1}, {'a', AT(tf), ZUB_TF_AUGMENTED},
     {'l', AT(tf), ZUB_TF_LOG}, {'d', AT(tf), ZUB_TF_DOUBLE_LOG},
     {'L', AT(tf), ZUB_TF_LOG_AVERAGE}},
    {{'n', AT(idf), ZUB_IDF_ONE}, {'x', AT(idf), ZUB_IDF_ONE},
     {'f', AT(idf), ZUB_IDF_PLAIN}, {'t', AT(idf), ZUB_IDF_CORRECTED},
     {'p', AT(idf), ZUB_IDF_PROB}},
    {{'n', AT(norm), ZUB_NORM_NONE}, {'x', AT(norm), ZUB_NORM_NONE},
     {'c', AT(norm), ZUB_NORM_L2}, {'u', AT(norm), ZUB_NORM_UNIQUE},
     {'b', AT(norm), ZUB_NORM_CHARS}},
};
/* clang-format on */

const zub_weighting_about *zub_weighting_kind(size_t index)
{
    return index < COUNT(kinds) ? &kinds[index].about : NULL;
}

static bool is_word(zub_slice slice, const char *word)
{
    return slice.size == strlen(word) &&
           memcmp(slice.data, word, slice.size) == 0;
}

static bool begins_with(zub_slice slice, const char *word)
{
    size_t size = strlen(word);

    return slice.size >= size && memcmp(slice.data, word, size) == 0;
}

static zub_slice behind(zub_slice slice, size_t size)
{
    return (zub_slice){slice.data + size, slice.size - size};
}

/* Up to `border` or the end; *rest is what stands behind the border. */
static zub_slice cut(zub_slice *rest, char border)
{
    const char *at =
        rest->size ? memchr(rest->data, border, rest->size) : NULL;
    zub_slice piece = {rest->data,
                       at ? (size_t)(at - rest->data) : rest->size};

    *rest = behind(*rest, at ? piece.size + 1 : piece.size);
    return piece;
}

/* What of a user's word goes into a message. */
static int shown(zub_slice word)
{
    return word.size < SHOWN ? (int)word.size : SHOWN;
}

/* "a, b, c" for a message; room enough for all of our tables. */
typedef struct listing {
    char text[300];
    size_t size;
} listing;

static void list(listing *all, const char *word)
{
    size_t size = strlen(word);

    if (all->size + size + 3 > sizeof all->text)
        return;
    if (all->size > 0) {
        memcpy(all->text + all->size, ", ", 2);
        all->size += 2;
    }
    memcpy(all->text + all->size, word, size + 1);
    all->size += size;
}

/* ---- The name ---- */

/* The kind with the longest name that `name` is or begins with, a border
 * behind it; *options is the rest. */
static const kind *find_kind(zub_slice name, zub_slice *options)
{
    const kind *best = NULL;
    size_t longest = 0;

    for (size_t i = 0; i < COUNT(kinds); i++) {
        const char *known = kinds[i].about.name;
        size_t size = strlen(known);
        if (!begins_with(name, known) || size < longest)
            continue;
        if (size < name.size && known[size - 1] != ':' &&
            name.data[size] != ':' && name.data[size] != ',')
            continue;
        best = &kinds[i];
        longest = size;
    }
    if (best)
        *options = behind(name, longest);
    return best;
}

static zub_status fail_name(zub_slice name, zub_error *error)
{
    listing all = {.size = 0};

    for (size_t i = 0; i < COUNT(kinds); i++)
        list(&all, kinds[i].about.name[strlen(kinds[i].about.name) - 1] == ':'
                       ? "smart:ddd"
                       : kinds[i].about.name);
    return zub_fail(error, ZUB_EINVAL,
                    "unknown weighting '%.*s'; there are %s", shown(name),
                    name.data, all.text);
}

/* ---- SMART letters ---- */

static void set(zub_recipe *recipe, size_t field, int value)
{
    memcpy((char *)recipe + field, &value, sizeof value);
}

static bool take_letters(zub_recipe *recipe, const char *names)
{
    for (size_t place = 0; place < 3; place++) {
        const letter *row = letters[place];
        while (row->name && row->name != names[place])
            row++;
        if (!row->name)
            return false;
        set(recipe, row->field, row->value);
    }
    return true;
}

/* ddd or ddd.qqq: documents by the first three, queries are not ours. */
static zub_status take_scheme(zub_recipe *recipe, zub_slice *rest,
                              zub_error *error)
{
    zub_slice scheme = cut(rest, ',');
    zub_recipe query = *recipe;

    if ((scheme.size == 3 || (scheme.size == 7 && scheme.data[3] == '.')) &&
        take_letters(recipe, scheme.data) &&
        (scheme.size == 3 || take_letters(&query, scheme.data + 4)))
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "'%.*s' is no SMART scheme: one letter of n t b a l d L "
                    "for tf, one of n x f t p for idf, one of n x c u b for "
                    "the norm, such as ltc",
                    shown(scheme), scheme.data);
}

/* ---- Options ---- */

/* Digits with at most one point among them, at most 15 digits. */
static bool parse_number(zub_slice word, double *out)
{
    double value = 0, scale = 0;
    size_t digits = 0;

    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        if (c == '.' && scale == 0) {
            scale = 1;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 15)
            return false;
        value = value * 10 + (c - '0');
        scale *= 10;
    }
    *out = scale > 0 ? value / scale : value;
    return digits > 0;
}

/* Where `key` stands in "k1, b, norm", or -1. */
static int place_of(const char *options, zub_slice key)
{
    zub_slice rest = {options, strlen(options)};

    for (int place = 0; rest.size > 0; place++) {
        zub_slice option = cut(&rest, ',');
        if (option.data[0] == ' ')
            option = behind(option, 1);
        if (option.size == key.size &&
            memcmp(option.data, key.data, key.size) == 0)
            return place;
    }
    return -1;
}

static bool take_choice(zub_recipe *recipe, zub_slice key, zub_slice value)
{
    bool is_taken = false;

    for (size_t i = 0; i < COUNT(choices); i++)
        if (is_word(key, choices[i].key) && is_word(value, choices[i].word)) {
            set(recipe, choices[i].field, choices[i].value);
            is_taken = true;
        }
    return is_taken;
}

static const number *find_number(zub_slice key)
{
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (is_word(key, numbers[i].key))
            return &numbers[i];
    return NULL;
}

static bool take_number(zub_recipe *recipe, const number *row, zub_slice word)
{
    double value;

    if (!parse_number(word, &value) || value < row->low || value > row->high)
        return false;
    memcpy((char *)recipe + row->field, &value, sizeof value);
    return true;
}

static zub_status fail_value(zub_slice key, zub_slice value, zub_error *error)
{
    const number *row = find_number(key);
    const char *last = "";
    listing words = {.size = 0};

    for (size_t i = 0; i < COUNT(choices); i++)
        if (is_word(key, choices[i].key) && strcmp(choices[i].word, last) != 0)
            list(&words, last = choices[i].word);
    return zub_fail(error, ZUB_EINVAL,
                    "a weighting's option '%.*s' is %s%s, not '%.*s'",
                    shown(key), key.data, row ? "" : "one of ",
                    row ? row->bounds : words.text, shown(value), value.data);
}

static zub_status take_option(zub_recipe *recipe, const kind *of,
                              zub_slice option, unsigned *seen,
                              zub_error *error)
{
    zub_slice value = option, key = cut(&value, '=');
    int place = place_of(of->about.options, key);

    if (place < 0)
        return zub_fail(error, ZUB_EINVAL,
                        "weighting '%s' has no option '%.*s'; it has %s",
                        of->about.name, shown(key), key.data,
                        of->about.options);
    if (*seen >> place & 1)
        return zub_fail(error, ZUB_EINVAL,
                        "a weighting's option '%.*s' stands twice", shown(key),
                        key.data);
    *seen |= 1u << place;
    if (key.size == option.size)
        value = (zub_slice){"yes", 3};
    const number *row = find_number(key);
    if (row ? take_number(recipe, row, value)
            : take_choice(recipe, key, value))
        return ZUB_OK;
    return fail_value(key, value, error);
}

/* What options mean only together. */
static void settle(zub_recipe *recipe)
{
    if (recipe->is_flat) {
        recipe->idf = ZUB_IDF_ONE;
        recipe->shift = 0;
        recipe->knows_unseen = 1;
    }
    if (recipe->is_unsmoothed)
        recipe->smoothing = 0;
    if (recipe->is_norm_share) {
        recipe->share = recipe->norm;
        recipe->norm = ZUB_NORM_NONE;
    }
    /* gensim: a pivot without a norm is one of lengths. */
    if (recipe->pivot > 0 && recipe->norm == ZUB_NORM_NONE)
        recipe->norm = ZUB_NORM_L2;
}

zub_status zub_recipe_parse(zub_recipe *out, const char *name,
                            zub_error *error)
{
    zub_slice all = {name ? name : "", name ? strlen(name) : 0}, rest;
    const kind *of = find_kind(all, &rest);
    unsigned seen = 0;
    zub_status status = ZUB_OK;

    zub_error_clear(error);
    if (!of)
        return fail_name(all, error);
    *out = of->recipe;
    if (of->about.name[strlen(of->about.name) - 1] == ':')
        status = take_scheme(out, &rest, error);
    else if (rest.size > 0)
        rest = behind(rest, 1);
    while (status == ZUB_OK && rest.size > 0)
        status = take_option(out, of, cut(&rest, ','), &seen, error);
    settle(out);
    return status;
}

zub_status zub_weighting_check(const char *name, zub_error *error)
{
    zub_recipe recipe;

    return zub_recipe_parse(&recipe, name, error);
}
