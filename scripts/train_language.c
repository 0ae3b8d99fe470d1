/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* train_language.c - makes models/language.zub; scripts/train-language feeds
 * it.
 *
 *     train_language OUT MAX_BYTES < lines
 *
 * A line is KIND LANG TEXT, separated by tabs. KIND "own" is text such as will
 * be judged and counts fully; "general" text gives vocabulary, and all of it
 * together counts as much as GENERAL_SHARE of a language's own text. "words"
 * are a list of words that near languages do not share: their n-grams count,
 * but they are no example of text and make no class.
 *
 * 1. Counts. c(g,l) of n-gram g in class l (a language in one script), scaled
 *    so that every class has the same mass M of each order.
 * 2. Weights, those of naive Bayes with additive smoothing, less what is said
 *    for a class that never showed the n-gram:
 *        w(g,l) = alpha_order * log(1 + c(g,l) / K_order)
 *    So most are 0 and the table stays sparse.
 * 3. Tuning. The weights and a bias per class are the start of a multinomial
 *    logistic regression over the same (g,l) pairs, with AdaGrad, three
 *    passes, a falling rate. Each text is scored as if it had not been
 *    counted (leave one out): otherwise nothing would be left to learn. A text
 *    and two words of it are an example each, so that short strings matter.
 * 4. Bytes. Weights in 8 bits, as a full row where most of a script's classes
 *    have one; the rarest n-grams go until the file fits.
 *
 * Random numbers come from a fixed seed: the same lines give the same bytes.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/container.h"
#include "base/map.h"
#include "base/random.h"
#include "text/language_model.h"
#include "text/letters.h"

#define ORDERS (ZUB_GRAM_WORD + 1)
#define MASS 30000.0          /* M */
#define GENERAL_SHARE 0.5     /* of a class's own text */
#define GENERAL_MOST 0.3      /* weight of one general n-gram, at most */
#define GENERAL_EXAMPLES 200u /* for tuning, of each class */
#define LONE_EXAMPLES 60u     /* of a class without text of its own */
#define WHOLE_WORD 4          /* what a word of a list counts, in texts */
#define PART_OF_WORD 1        /* and each n-gram in it */
#define PASSES 3u
#define RATE 0.1
#define SHARPNESS 0.7
#define SMALLEST_SHARE                                                        \
    10                  /* a tenth of a language's texts: one of its scripts */
#define MOST_CLASSES 20 /* of a single letter */
#define STEP 0.1        /* of a weight in the file */
#define BYTES_AN_ENTRY 6 /* with its share of a bucket */

static const double alpha[ORDERS] = {0, .4, .6, 1.2, 1, .5, 3};
/* What was seen this often in M is half believed. Words come in so many forms
 * that one not seen says less than one seen more often elsewhere. */
static const double K[ORDERS] = {1, .12, .12, .12, .12, .12, 1.2};

static void *need(void *memory)
{
    if (!memory) {
        fputs("train_language: out of memory\n", stderr);
        exit(1);
    }
    return memory;
}

/* ---- Texts and classes ---- */

enum { OWN = 'o', GENERAL = 'g', WORDS = 'w' };

typedef struct line {
    zub_slice text;
    uint32_t lang;     /* id in the map */
    char kind;         /* OWN, GENERAL or WORDS */
    zub_script script; /* most letters are in */
    int class;         /* -1: none, the text is not used */
} line;

typedef struct class
{
    char lang[12];
    zub_script script;
    double own, general; /* n-grams counted */
    double general_weight;
    double mass[ORDERS]; /* of the mix of both */
    double bias, slope;  /* slope: AdaGrad's sum of squares */
} class;

static line *lines;
static size_t line_count;
static class classes[ZUB_CLASS_MOST];
static size_t class_count;
static size_t classes_of[ZUB_SCRIPT_COUNT];
static zub_map langs;

static zub_script main_script(zub_slice text)
{
    size_t letters[ZUB_SCRIPT_COUNT] = {0}, at = 0;
    zub_script best = ZUB_SCRIPT_NONE;
    zub_run run;

    while (zub_run_next(&run, text, &at)) {
        zub_script script = zub_script_writing(run.script);
        letters[script] += run.count * zub_script_weight(script);
    }
    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        if (letters[s] > letters[best])
            best = s;
    return best;
}

static void read_lines(void)
{
    char *row = NULL;
    size_t room = 0, capacity = 0;

    for (ssize_t size; (size = getline(&row, &room, stdin)) > 0;) {
        row[--size] = '\0';
        char *lang = strchr(row, '\t'), *text = strchr(lang + 1, '\t');
        if (line_count == capacity) {
            capacity = capacity ? 2 * capacity : 1024;
            lines = need(realloc(lines, capacity * sizeof *lines));
        }
        zub_slice copy = {need(strdup(text + 1)),
                          (size_t)(row + size - text - 1)};
        lines[line_count++] =
            (line){copy,
                   zub_map_add(&langs, (zub_slice){lang + 1,
                                                   (size_t)(text - lang) - 1}),
                   row[0], main_script(copy), -1};
    }
    free(row);
}

static int class_of(uint32_t lang, zub_script script)
{
    for (size_t i = 0; i < class_count; i++)
        if (classes[i].script == script &&
            strcmp(classes[i].lang, langs.names[lang].data) == 0)
            return (int)i;
    return -1;
}

/* A class for every script that a good part of a language's texts is in. */
static void make_classes(void)
{
    size_t(*texts)[ZUB_SCRIPT_COUNT] =
        need(calloc(langs.count, sizeof *texts));
    size_t *all = need(calloc(langs.count, sizeof *all));

    for (size_t i = 0; i < line_count; i++) {
        if (lines[i].kind == WORDS)
            continue;
        texts[lines[i].lang][lines[i].script]++;
        all[lines[i].lang]++;
    }
    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        for (uint32_t lang = 0; lang < langs.count; lang++)
            if (texts[lang][s] * SMALLEST_SHARE > all[lang]) {
                class *made = &classes[class_count++];
                snprintf(made->lang, sizeof made->lang, "%s",
                         langs.names[lang].data);
                made->script = s;
                classes_of[s]++;
            }
    for (size_t i = 0; i < line_count; i++)
        lines[i].class = class_of(lines[i].lang, lines[i].script);
    free(texts);
    free(all);
}

/* Whether n-grams have anything to decide for this class. */
static bool is_contested(int number)
{
    return number >= 0 && classes_of[classes[number].script] > 1;
}

/* ---- Counting: cells by (n-gram, class) in one hash table ---- */

typedef struct cell {
    uint64_t hash;
    float own, general;   /* counts, in texts of the two kinds */
    uint8_t class, order; /* order 0: an empty slot */
} cell;

static cell *cells;
static size_t cell_count, cell_mask;

static cell *find_cell(uint64_t hash, int number)
{
    size_t at = (hash ^ (uint64_t)number * 0x9E3779B97F4A7C15u) & cell_mask;

    while (cells[at].order &&
           (cells[at].hash != hash || cells[at].class != number))
        at = (at + 1) & cell_mask;
    return &cells[at];
}

static void double_cells(void)
{
    cell *old = cells;
    size_t size = cell_mask + 1;

    cell_mask = 2 * size - 1;
    cells = need(calloc(2 * size, sizeof *cells));
    for (size_t i = 0; i < size; i++)
        if (old[i].order)
            *find_cell(old[i].hash, old[i].class) = old[i];
    free(old);
}

static cell *cell_of(uint64_t hash, unsigned order, const line *text)
{
    if (cell_count * 10 > cell_mask * 7)
        double_cells();
    cell *found = find_cell(hash, text->class);
    if (!found->order) {
        cell_count++;
        found->hash = hash;
        found->class = (uint8_t)text->class;
        found->order = (uint8_t)order;
    }
    return found;
}

/* Calls `visit` for each n-gram of the runs in one script. */
static void each_gram(zub_slice text, zub_script script,
                      void (*visit)(void *context, uint64_t hash,
                                    unsigned order),
                      void *context)
{
    uint64_t hashes[ZUB_GRAMS_MOST];
    uint8_t orders[ZUB_GRAMS_MOST];
    zub_run run;
    size_t at = 0;

    while (zub_run_next(&run, text, &at)) {
        if (zub_script_writing(run.script) != script)
            continue;
        size_t count = zub_run_grams(&run, hashes, orders);
        for (size_t i = 0; i < count; i++)
            visit(context, hashes[i], orders[i]);
    }
}

static void visit_counting(void *context, uint64_t hash, unsigned order)
{
    const line *text = context;
    cell *found = cell_of(hash, order, text);

    if (text->kind == OWN) {
        found->own++;
        classes[text->class].own++;
    } else {
        found->general++;
        classes[text->class].general++;
    }
}

/* A word's last n-gram is all of it. */
static void count_words(const line *text)
{
    uint64_t hashes[ZUB_GRAMS_MOST];
    uint8_t orders[ZUB_GRAMS_MOST];
    zub_run run;
    size_t at = 0;

    while (zub_run_next(&run, text->text, &at)) {
        size_t count = zub_run_grams(&run, hashes, orders);
        for (size_t i = 0; i < count; i++)
            cell_of(hashes[i], orders[i], text)->own +=
                i + 1 == count ? WHOLE_WORD : PART_OF_WORD;
    }
}

static int by_hash(const void *a, const void *b)
{
    const cell *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->class - y->class;
}

static void count_all(void)
{
    size_t used = 0;

    cell_mask = (1u << 20) - 1;
    cells = need(calloc(cell_mask + 1, sizeof *cells));
    for (size_t i = 0; i < line_count; i++)
        if (lines[i].kind == WORDS && is_contested(lines[i].class))
            count_words(&lines[i]);
        else if (is_contested(lines[i].class))
            each_gram(lines[i].text, lines[i].script, visit_counting,
                      &lines[i]);
    for (size_t i = 0; i <= cell_mask; i++)
        if (cells[i].order)
            cells[used++] = cells[i];
    qsort(cells, used, sizeof *cells, by_hash);
}

/* ---- N-grams and their weights ---- */

typedef struct pair {
    float count;  /* mixed, not scaled */
    float start;  /* the weight naive Bayes gives */
    float change; /* what tuning adds */
    float slope;  /* AdaGrad's sum of squared gradients */
    uint8_t class;
} pair;

typedef struct feature {
    uint64_t hash;
    size_t pair; /* its first; they end where the next one's begin */
    float total; /* of all classes */
    uint8_t order;
    bool is_dropped;
} feature;

static feature *features; /* by hash, and one more as an end */
static pair *pairs;
static size_t feature_count;

/* How much a general n-gram counts in each class. */
static void weigh_general(void)
{
    double mean = 0;
    size_t with_own = 0;

    for (size_t l = 0; l < class_count; l++)
        if (classes[l].own > 0) {
            mean += classes[l].own;
            with_own++;
        }
    mean /= (double)(with_own ? with_own : 1);
    for (size_t l = 0; l < class_count; l++) {
        class *c = &classes[l];
        bool has_own = c->own > 0;
        double mass = (has_own ? GENERAL_SHARE : 1) * mean;
        if (c->general > 0)
            c->general_weight =
                fmin(mass / c->general, has_own ? GENERAL_MOST : 1);
    }
}

static double mixed(const cell *c)
{
    return (double)c->own +
           classes[c->class].general_weight * (double)c->general;
}

static void make_features(void)
{
    weigh_general();
    features = need(calloc(cell_count + 1, sizeof *features));
    pairs = need(calloc(cell_count, sizeof *pairs));
    for (size_t i = 0; i < cell_count; i++) {
        if (i == 0 || cells[i].hash != cells[i - 1].hash)
            features[feature_count++] = (feature){
                .hash = cells[i].hash, .pair = i, .order = cells[i].order};
        pairs[i].class = cells[i].class;
        pairs[i].count = (float)mixed(&cells[i]);
        features[feature_count - 1].total += pairs[i].count;
        classes[cells[i].class].mass[cells[i].order] += pairs[i].count;
    }
    features[feature_count].pair = cell_count;
    free(cells);
}

static double scaled(double count, const class *of, unsigned order)
{
    return count * MASS / (of->mass[order] + 1);
}

static double bayes(double count, const class *of, unsigned order)
{
    return alpha[order] * log1p(scaled(count, of, order) / K[order]);
}

static void weigh(void)
{
    for (const feature *f = features; f < features + feature_count; f++)
        for (size_t i = f->pair; i < f[1].pair; i++)
            pairs[i].start = (float)bayes(pairs[i].count,
                                          &classes[pairs[i].class], f->order);
}

/* ---- Examples for tuning ---- */

typedef struct use {
    uint32_t feature, times;
} use;

typedef struct example {
    use *uses;
    size_t use_count, gram_count;
    int class;
    double own_weight; /* of each of its n-grams in the counts */
} example;

static example *examples;
static size_t example_count;

static feature *find_feature(uint64_t hash)
{
    size_t low = 0, high = feature_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (features[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < feature_count && features[low].hash == hash &&
                   !features[low].is_dropped
               ? &features[low]
               : NULL;
}

typedef struct uses {
    uint32_t *list;
    size_t count, capacity;
} uses;

static void visit_using(void *context, uint64_t hash, unsigned order)
{
    uses *all = context;
    const feature *found = find_feature(hash);

    (void)order;
    if (!found)
        return;
    if (all->count == all->capacity) {
        all->capacity = all->capacity ? 2 * all->capacity : 1024;
        all->list = need(realloc(all->list, all->capacity * sizeof(uint32_t)));
    }
    all->list[all->count++] = (uint32_t)(found - features);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

static void add_example(const line *from, zub_slice text)
{
    static uses all;
    example *made = &examples[example_count];

    all.count = 0;
    each_gram(text, from->script, visit_using, &all);
    if (all.count < 2)
        return;
    qsort(all.list, all.count, sizeof *all.list, by_number);
    *made = (example){.uses = need(calloc(all.count, sizeof *made->uses)),
                      .gram_count = all.count,
                      .class = from->class};
    made->own_weight =
        from->kind == OWN ? 1 : classes[from->class].general_weight;
    for (size_t i = 0; i < all.count; i++) {
        if (i == 0 || all.list[i] != all.list[i - 1])
            made->uses[made->use_count++].feature = all.list[i];
        made->uses[made->use_count - 1].times++;
    }
    example_count++;
}

/* Two words of a text, the first of them drawn; empty: it has too few. */
static zub_slice two_words(zub_slice text, uint64_t number)
{
    size_t starts[512] = {0}, count = 1;

    for (size_t i = 0; i < text.size && count < 512; i++)
        if (text.data[i] == ' ')
            starts[count++] = i + 1;
    if (count < 4)
        return (zub_slice){NULL, 0};
    size_t first = zub_random_at(1, number) % (count - 2);
    return (zub_slice){text.data + starts[first],
                       starts[first + 2] - starts[first]};
}

static int by_random(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return x[0] < y[0] ? -1 : x[0] > y[0];
}

/* Numbers 0 to count - 1 in a random order. */
static size_t *shuffled(size_t count, uint64_t seed)
{
    uint64_t(*keys)[2] = need(calloc(count + 1, sizeof *keys));
    size_t *order = need(calloc(count + 1, sizeof *order));

    for (size_t i = 0; i < count; i++) {
        keys[i][0] = zub_random_at(seed, i);
        keys[i][1] = i;
    }
    qsort(keys, count, sizeof *keys, by_random);
    for (size_t i = 0; i < count; i++)
        order[i] = (size_t)keys[i][1];
    free(keys);
    return order;
}

/* Classes that will hardly be met must not win too often. */
static size_t most_general(int number)
{
    return classes[number].own > 0 ? GENERAL_EXAMPLES : LONE_EXAMPLES;
}

/* Lists of words stand last. */
static size_t text_count(void)
{
    size_t count = line_count;

    while (count > 0 && lines[count - 1].kind == WORDS)
        count--;
    return count;
}

static void make_examples(void)
{
    size_t count = text_count(), *order = shuffled(count, 2);
    size_t general[ZUB_CLASS_MOST] = {0};

    examples = need(calloc(2 * count + 1, sizeof *examples));
    for (size_t i = 0; i < count; i++) {
        const line *text = &lines[order[i]];
        if (!is_contested(text->class) ||
            (text->kind != OWN &&
             general[text->class]++ >= most_general(text->class)))
            continue;
        add_example(text, text->text);
        add_example(text, two_words(text->text, i));
    }
    free(order);
}

/* ---- Tuning ---- */

/* What the pair of the example's own class would weigh without it. */
static double left_out(const example *e, const feature *f, const pair *p,
                       double times)
{
    double rest = fmax(0, (double)p->count - times * e->own_weight);

    return bayes(rest < 1e-6 ? 0 : rest, &classes[e->class], f->order);
}

static void score_example(const example *e, double scores[ZUB_CLASS_MOST])
{
    for (size_t l = 0; l < class_count; l++)
        scores[l] = classes[l].bias;
    for (size_t i = 0; i < e->use_count; i++) {
        const feature *f = &features[e->uses[i].feature];
        double times = e->uses[i].times;
        for (size_t k = f->pair; k < f[1].pair; k++) {
            const pair *p = &pairs[k];
            double start = p->class == e->class ? left_out(e, f, p, times)
                                                : (double)p->start;
            scores[p->class] += times * (start + (double)p->change);
        }
    }
}

/* Scores become gradients of the loss; returns the loss. */
static double differentiate(const example *e, double scores[ZUB_CLASS_MOST])
{
    zub_script script = classes[e->class].script;
    double sharpness = SHARPNESS / sqrt((double)e->gram_count);
    double best = -INFINITY, sum = 0;

    for (size_t l = 0; l < class_count; l++)
        if (classes[l].script == script)
            best = fmax(best, scores[l]);
    for (size_t l = 0; l < class_count; l++) {
        scores[l] = classes[l].script == script
                        ? exp(sharpness * (scores[l] - best))
                        : 0;
        sum += scores[l];
    }
    double loss = -log(scores[e->class] / sum + 1e-30);
    for (size_t l = 0; l < class_count; l++)
        scores[l] = sharpness * (scores[l] / sum - (l == (size_t)e->class));
    return loss;
}

static void update(const example *e, const double gradients[ZUB_CLASS_MOST],
                   double rate)
{
    for (size_t l = 0; l < class_count; l++) {
        if (gradients[l] == 0)
            continue;
        classes[l].slope += gradients[l] * gradients[l];
        classes[l].bias -= rate * gradients[l] / sqrt(classes[l].slope + 1e-8);
    }
    for (size_t i = 0; i < e->use_count; i++) {
        const feature *f = &features[e->uses[i].feature];
        for (size_t k = f->pair; k < f[1].pair; k++) {
            pair *p = &pairs[k];
            double g = gradients[p->class] * e->uses[i].times;
            if (fabs(g) < 1e-5)
                continue;
            p->slope += (float)(g * g);
            p->change -= (float)(rate * g / sqrt((double)p->slope + 1e-6));
        }
    }
}

static void tune(void)
{
    double gradients[ZUB_CLASS_MOST];

    for (size_t pass = 0; pass < PASSES; pass++) {
        size_t *order = shuffled(example_count, 3 + pass);
        double loss = 0;
        for (size_t i = 0; i < example_count; i++) {
            const example *e = &examples[order[i]];
            double done =
                ((double)pass + (double)i / (double)example_count) / PASSES;
            score_example(e, gradients);
            loss += differentiate(e, gradients);
            update(e, gradients, RATE * (1 - done));
        }
        free(order);
        fprintf(stderr, "pass %zu: loss %.4f\n", pass + 1,
                loss / (double)example_count);
    }
}

/* ---- The file ---- */

static int8_t steps_of(const pair *p)
{
    double steps = round(((double)p->start + (double)p->change) / STEP);

    return (int8_t)fmax(-127, fmin(127, steps));
}

static size_t weight_count(const feature *f)
{
    size_t count = 0;

    for (size_t i = f->pair; i < f[1].pair; i++)
        count += steps_of(&pairs[i]) != 0;
    return count < ZUB_LANGUAGE_SIZE ? count : ZUB_LANGUAGE_SIZE;
}

static zub_script script_of(const feature *f)
{
    return classes[pairs[f->pair].class].script;
}

/* Bytes of a full row. */
static size_t row_bytes(const feature *f)
{
    size_t lanes =
        (classes_of[script_of(f)] + ZUB_LANGUAGE_LANE - 1) / ZUB_LANGUAGE_LANE;

    return lanes * ZUB_LANGUAGE_LANE;
}

/* Bytes of `count` single weights. */
static size_t single_bytes(size_t count)
{
    return count * sizeof(zub_language_weight);
}

/* Whether a full row takes no more room than `count` single weights. A joiner
 * alone is of several scripts and has none. */
static bool is_full(const feature *f, size_t count)
{
    return row_bytes(f) <= single_bytes(count) &&
           classes[pairs[f[1].pair - 1].class].script == script_of(f);
}

static int by_total(const void *a, const void *b)
{
    const feature *x = *(feature *const *)a, *y = *(feature *const *)b;

    if (x->total != y->total)
        return x->total > y->total ? -1 : 1;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

/* Drops letters that many classes share, which take long and say little, and
 * the rarest n-grams until what is left fits. */
static void fit(size_t max_bytes)
{
    feature **order = need(calloc(feature_count, sizeof *order));
    size_t bytes = 0;
    const feature *rarest = NULL;

    for (size_t i = 0; i < feature_count; i++)
        order[i] = &features[i];
    qsort(order, feature_count, sizeof *order, by_total);
    for (size_t i = 0; i < feature_count; i++) {
        size_t row = order[i][1].pair - order[i]->pair;
        bool is_common = order[i]->order == 1 && row > MOST_CLASSES;
        if (!is_common)
            bytes +=
                BYTES_AN_ENTRY + (is_full(order[i], row) ? row_bytes(order[i])
                                                         : single_bytes(row));
        order[i]->is_dropped = is_common || bytes > max_bytes;
        if (!order[i]->is_dropped)
            rarest = order[i];
    }
    if (rarest)
        fprintf(stderr, "%zu n-grams, the rarest kept seen %.2f times\n",
                feature_count, (double)rarest->total);
    free(order);
}

typedef struct table {
    zub_language_settings settings;
    zub_language_class classes[ZUB_CLASS_MOST];
    zub_language_bucket *buckets;
    uint32_t *entries;
    zub_language_weight *weights;
    size_t entry_count, weight_count;
} table;

static size_t kept_count(void)
{
    size_t count = 0;

    for (size_t i = 0; i < feature_count; i++)
        count += !features[i].is_dropped;
    return count;
}

/* Four to eight entries a bucket. */
static uint32_t bucket_bits_for(size_t entries)
{
    uint32_t bits = 1;

    while ((size_t)8 << bits < entries && bits < 24)
        bits++;
    return bits;
}

static void add_single(table *out, const feature *f, size_t count)
{
    for (size_t i = f->pair; i < f[1].pair && count > 0; i++) {
        int8_t steps = steps_of(&pairs[i]);
        if (steps == 0)
            continue;
        out->weights[out->weight_count++] =
            (zub_language_weight){pairs[i].class, steps};
        count--;
    }
}

/* Classes stand by script. */
static void add_full(table *out, const feature *f)
{
    int8_t *row = (int8_t *)&out->weights[out->weight_count];
    size_t first = 0;

    while (classes[first].script != script_of(f))
        first++;
    memset(row, 0, row_bytes(f));
    for (size_t i = f->pair; i < f[1].pair; i++)
        row[pairs[i].class - first] = steps_of(&pairs[i]);
    out->weight_count += row_bytes(f) / sizeof(zub_language_weight);
}

static void add_entry(table *out, const feature *f)
{
    size_t count = weight_count(f), start = out->weight_count;
    bool is_row = is_full(f, count);

    if (is_row)
        add_full(out, f);
    else
        add_single(out, f, count);
    out->entries[out->entry_count++] = zub_language_fingerprint(f->hash) << 8 |
                                       (is_row ? ZUB_LANGUAGE_FULL : 0) |
                                       (uint32_t)(out->weight_count - start);
}

/* Features stand by hash, so by bucket. */
static void fill(table *out)
{
    uint32_t bits = bucket_bits_for(kept_count());
    uint32_t next = 0;

    out->settings = (zub_language_settings){(float)STEP, (float)SHARPNESS,
                                            1u << bits, bits};
    out->buckets = need(calloc(((size_t)1 << bits) + 1, sizeof *out->buckets));
    out->entries = need(calloc(feature_count + 1, sizeof *out->entries));
    out->weights =
        need(calloc(cell_count + ZUB_LANGUAGE_LANE, sizeof *out->weights));
    for (size_t i = 0; i <= feature_count; i++) {
        uint32_t bucket = i < feature_count
                              ? zub_language_bucket_of(features[i].hash, bits)
                              : 1u << bits;
        while (next <= bucket)
            out->buckets[next++] = (zub_language_bucket){
                (uint32_t)out->entry_count, (uint32_t)out->weight_count};
        if (i < feature_count && !features[i].is_dropped &&
            weight_count(&features[i]) > 0)
            add_entry(out, &features[i]);
    }
    for (size_t l = 0; l < class_count; l++) {
        memcpy(out->classes[l].lang, classes[l].lang, sizeof classes[l].lang);
        out->classes[l].script = classes[l].script;
        out->classes[l].bias = (float)classes[l].bias;
    }
}

static zub_slice bytes_of(const void *data, size_t count, size_t size)
{
    return (zub_slice){data, count * size};
}

static zub_status write_table(const table *t, const char *path,
                              zub_error *error)
{
    zub_output *output;
    zub_container_about about = {
        ZUB_LANGUAGE_KIND, ZUB_LANGUAGE_VERSION, {NULL, 0}};
    zub_section sections[] = {
        {"settings", bytes_of(&t->settings, 1, sizeof t->settings)},
        {"classes", bytes_of(t->classes, class_count, sizeof *t->classes)},
        {"buckets", bytes_of(t->buckets, (size_t)t->settings.buckets + 1,
                             sizeof *t->buckets)},
        {"entries", bytes_of(t->entries, t->entry_count, sizeof *t->entries)},
        {"weights", bytes_of(t->weights, t->weight_count, sizeof *t->weights)},
    };
    zub_status status = zub_output_open(&output, path, error);

    if (status != ZUB_OK)
        return status;
    status = zub_container_write(zub_output_sink(output), &about, sections,
                                 sizeof sections / sizeof *sections, error);
    if (status == ZUB_OK)
        status = zub_output_commit(output, error);
    zub_output_free(output);
    return status;
}

int main(int argc, char **argv)
{
    static table out;
    zub_error error;

    if (argc != 3) {
        fputs("usage: train_language OUT MAX_BYTES < lines\n", stderr);
        return 2;
    }
    zub_map_init(&langs);
    read_lines();
    make_classes();
    count_all();
    make_features();
    weigh();
    fit((size_t)atoll(argv[2]));
    make_examples();
    tune();
    fill(&out);
    if (write_table(&out, argv[1], &error) != ZUB_OK) {
        fprintf(stderr, "train_language: %s\n", error.message);
        return 1;
    }
    fprintf(stderr, "%zu classes, %zu n-grams, %zu weights\n", class_count,
            out.entry_count, out.weight_count);
    return 0;
}
