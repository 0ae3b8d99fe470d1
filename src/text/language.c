/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language.c - which language a text is in: scripts first, n-grams where a
 * script has several languages.
 *
 * Every run of letters speaks for its own script: by its weight in letters,
 * and for the languages of that script (the model's classes) by the sum of
 * its n-grams' weights. A class has then the probability
 *
 *     share of its script * exp(c * score) / sum over the script's classes,
 *     c = sharpness / sqrt(known n-grams)
 *
 * where the root stands for n-grams not being independent. The guess is the
 * best class of the foremost script, so that a language which has a script to
 * itself does not lose to several that share one. A long text is sampled: its
 * every kth run, k growing with its size.
 *
 * A glance reads on only while the best two classes are near each other: their
 * odds, exp(c * difference of scores), need no sum over the others.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/models.h"
#include "text/language.h"
#include "text/language_memo.h"
#include "text/language_model.h"
#include "text/letters.h"

#define MOST_BYTES ((size_t)64 << 10)
/* Bytes that are looked at whole. */
#define SAMPLE_BYTES ((size_t)2 << 10)
/* Bytes of a glance's first look; every next one reads half as much as all
 * before it. */
#define GLANCE_BYTES ((size_t)96)
/* A glance ends when the foremost script has this share of the letters, by
 * weight, and its best language these odds against the next, as logarithm:
 * scripts/measure-glance shows how seldom more text would change it. */
#define GLANCE_SHARE 0.8
#define GLANCE_ODDS 9.0

struct zub_identifier {
    zub_language_model model;            /* without classes: none */
    size_t first_of[ZUB_SCRIPT_COUNT];   /* its first class */
    size_t classes_of[ZUB_SCRIPT_COUNT]; /* how many */
    zub_language_memo *memo; /* of glances; NULL: there was no memory */
};

/* What was seen of a text. */
typedef struct tally {
    /* In the model's steps; a full row may end behind its last class. */
    int32_t scores[ZUB_CLASS_MOST + ZUB_LANGUAGE_LANE];
    size_t known[ZUB_SCRIPT_COUNT]; /* n-grams the model has */
    size_t letters[ZUB_SCRIPT_COUNT], kana;
} tally;

/* A language and how likely it is. */
typedef struct candidate {
    const char *lang;
    zub_script script;
    double probability;
} candidate;

/* That so many classes fill. */
static size_t lanes_of(size_t classes)
{
    return (classes + ZUB_LANGUAGE_LANE - 1) / ZUB_LANGUAGE_LANE;
}

static void count_classes(zub_identifier *self)
{
    for (size_t i = 0; i < self->model.class_count; i++) {
        uint32_t script = self->model.classes[i].script;
        if (self->classes_of[script]++ == 0)
            self->first_of[script] = i;
    }
}

/* Whole lanes for the script of most classes. Without it glances are slow. */
static void make_memo(zub_identifier *self)
{
    size_t most = 0;

    for (size_t s = 0; s < ZUB_SCRIPT_COUNT; s++)
        if (self->classes_of[s] > most)
            most = self->classes_of[s];
    if (most > 1)
        zub_language_memo_new(&self->memo, lanes_of(most) * ZUB_LANGUAGE_LANE);
}

zub_status zub_identifier_open(zub_identifier **out, const zub_models *models,
                               zub_error *error)
{
    zub_slice bytes;

    *out = NULL;
    zub_error_clear(error);
    zub_status status =
        zub_models_file(models, ZUB_LANGUAGE_FILE, &bytes, error);
    if (status != ZUB_OK && status != ZUB_ENOTFOUND)
        return status;
    return zub_identifier_from(out, bytes, ZUB_LANGUAGE_FILE, error);
}

zub_status zub_identifier_from(zub_identifier **out, zub_slice bytes,
                               const char *path, zub_error *error)
{
    zub_language_model model = {0};
    zub_status status = ZUB_OK;

    *out = NULL;
    zub_error_clear(error);
    if (bytes.size > 0)
        status = zub_language_model_open(&model, bytes, path, error);
    if (status != ZUB_OK)
        return status;
    zub_identifier *self = zub_alloc_zero(1, sizeof *self);
    if (!self)
        return zub_fail_memory(error);
    self->model = model;
    count_classes(self);
    make_memo(self);
    *out = self;
    return ZUB_OK;
}

void zub_identifier_free(zub_identifier *identifier)
{
    if (!identifier)
        return;
    zub_language_memo_free(identifier->memo);
    zub_free(identifier);
}

/* ---- Looking at the text ---- */

static void count_letters(tally *seen, const zub_run *run)
{
    seen->letters[zub_script_writing(run->script)] += run->count;
    if (run->script == ZUB_SCRIPT_KANA)
        seen->kana += run->count;
}

/* Sums of some classes beside each other; what is said of others is lost. */
typedef struct class_sums {
    int32_t *sums; /* [count], whole lanes behind the last */
    size_t first, count;
} class_sums;

/* Bytes in whole lanes, so that a compiler adds many at once. */
static void add_lanes(int32_t *restrict sums, const int8_t *restrict steps,
                      size_t lanes)
{
    for (size_t i = 0; i < lanes; i++)
        for (size_t k = 0; k < ZUB_LANGUAGE_LANE; k++)
            sums[i * ZUB_LANGUAGE_LANE + k] +=
                steps[i * ZUB_LANGUAGE_LANE + k];
}

static void add_full(int32_t *sums, size_t classes,
                     const zub_language_find *found)
{
    size_t lanes = found->size * sizeof *found->weights / ZUB_LANGUAGE_LANE;
    size_t most = lanes_of(classes);

    add_lanes(sums, (const int8_t *)found->weights,
              lanes < most ? lanes : most);
}

static void add_each(const class_sums *to, const zub_language_find *found)
{
    for (size_t i = 0; i < found->size; i++) {
        size_t at = found->weights[i].class - to->first;
        if (at < to->count)
            to->sums[at] += found->weights[i].steps;
    }
}

/* Adds what the n-grams of a run say for each class of its script; returns
 * how many the model has. */
static uint32_t sum_grams(const class_sums *to, const zub_identifier *self,
                          const zub_run *run)
{
    uint64_t hashes[ZUB_GRAMS_MOST];
    zub_language_find finds[ZUB_GRAMS_MOST];
    size_t count = zub_run_grams(run, hashes, NULL);
    zub_script script = zub_script_writing(run->script);
    int32_t *own = to->sums + (self->first_of[script] - to->first);
    uint32_t known = 0;

    zub_language_model_find(&self->model, hashes, count, finds);
    for (size_t i = 0; i < count; i++) {
        if (finds[i].is_full)
            add_full(own, self->classes_of[script], &finds[i]);
        else
            add_each(to, &finds[i]);
        known += finds[i].size > 0;
    }
    return known;
}

static void score(tally *seen, const zub_identifier *self, const zub_run *run)
{
    class_sums all = {seen->scores, 0, ZUB_CLASS_MOST};

    seen->known[zub_script_writing(run->script)] += sum_grams(&all, self, run);
}

/* The same through the memo. */
static void score_again(tally *seen, const zub_identifier *self,
                        const zub_run *run)
{
    zub_script script = zub_script_writing(run->script);
    size_t first = self->first_of[script], count = self->classes_of[script];
    zub_remembered word;

    if (!zub_language_memo_find(self->memo, run, &word)) {
        if (!word.sums) {
            score(seen, self, run);
            return;
        }
        class_sums own = {word.sums, first, count};
        *word.known = sum_grams(&own, self, run);
    }
    for (size_t i = 0; i < count; i++)
        seen->scores[first + i] += word.sums[i];
    seen->known[script] += *word.known;
}

typedef void scorer(tally *seen, const zub_identifier *self,
                    const zub_run *run);

/* Goes on from *at through every run that begins before `end`; of those that
 * n-grams speak for, to every `stride`th. */
static void look(tally *seen, const zub_identifier *self, zub_slice text,
                 size_t *at, size_t end, size_t stride, scorer *add)
{
    zub_run run;

    for (size_t i = 0; *at < end && zub_run_next(&run, text, at); i++) {
        count_letters(seen, &run);
        if (i % stride == 0 &&
            self->classes_of[zub_script_writing(run.script)] > 1)
            add(seen, self, &run);
    }
}

/* ---- From sums to probabilities ---- */

static size_t weight_of(const tally *seen, zub_script script)
{
    return seen->letters[script] * zub_script_weight(script);
}

/* The script of most weight, the first of equals, and the sum of all. NONE:
 * no letter. */
static zub_script foremost_script(const tally *seen, size_t *all)
{
    zub_script best = ZUB_SCRIPT_NONE;

    *all = 0;
    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++) {
        *all += weight_of(seen, s);
        if (weight_of(seen, s) > weight_of(seen, best))
            best = s;
    }
    return best;
}

/* The script's own language, where the model has none or nothing to tell
 * them apart by. A little kana makes Han signs Japanese. */
static candidate lone_candidate(const tally *seen, zub_script script,
                                double share)
{
    bool is_japanese =
        script == ZUB_SCRIPT_HAN && seen->kana * 10 >= seen->letters[script];

    return (candidate){
        zub_script_language(is_japanese ? ZUB_SCRIPT_KANA : script), script,
        share};
}

/* Logarithm of a class's probability but for what all of its script share. */
static double value_of(const zub_identifier *self, const tally *seen, size_t i)
{
    const zub_language_settings *settings = self->model.settings;
    const zub_language_class *class = &self->model.classes[i];

    return settings->sharpness / sqrt((double)seen->known[class->script]) *
           (class->bias + (double)settings->step * seen->scores[i]);
}

/* Scores become exponents, from 0 down. */
static size_t add_classes(candidate *out, const zub_identifier *self,
                          const tally *seen, zub_script script, double share)
{
    size_t first = self->first_of[script], count = self->classes_of[script];
    double best = -INFINITY, sum = 0;

    for (size_t i = 0; i < count; i++) {
        out[i] = (candidate){self->model.classes[first + i].lang, script,
                             value_of(self, seen, first + i)};
        best = fmax(best, out[i].probability);
    }
    for (size_t i = 0; i < count; i++)
        sum += out[i].probability = exp(out[i].probability - best);
    for (size_t i = 0; i < count; i++)
        out[i].probability *= share / sum;
    return count;
}

static size_t add_script(candidate *out, const zub_identifier *self,
                         const tally *seen, zub_script script, double share)
{
    if (seen->letters[script] == 0)
        return 0;
    if (seen->known[script] > 0)
        return add_classes(out, self, seen, script, share);
    *out = lone_candidate(seen, script, share);
    return 1;
}

/* The likeliest candidate but `taken`; `script` NONE: of any script. */
static const candidate *likeliest(const candidate *all, size_t count,
                                  zub_script script, const candidate *taken)
{
    const candidate *best = NULL;

    for (size_t i = 0; i < count; i++)
        if (&all[i] != taken && (!script || all[i].script == script) &&
            (!best || all[i].probability > best->probability))
            best = &all[i];
    return best;
}

static void name(char lang[12], double *confidence, const candidate *chosen)
{
    const char *tag = chosen ? chosen->lang : "und";

    memcpy(lang, tag, strlen(tag) + 1);
    *confidence = strcmp(tag, "und") == 0 ? 0 : chosen->probability;
}

static void judge(const zub_identifier *self, const tally *seen,
                  zub_guess *out)
{
    candidate all[ZUB_CLASS_MOST + ZUB_SCRIPT_COUNT];
    size_t count = 0, all_weight;
    zub_script foremost = foremost_script(seen, &all_weight);

    memset(out, 0, sizeof *out);
    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        count += add_script(all + count, self, seen, s,
                            (double)weight_of(seen, s) / (double)all_weight);
    const candidate *best = likeliest(all, count, foremost, NULL);
    const candidate *next = likeliest(all, count, ZUB_SCRIPT_NONE, best);
    if (best && next && next->probability > best->probability) {
        best = next; /* the foremost script has many languages */
        next = likeliest(all, count, ZUB_SCRIPT_NONE, best);
    }
    name(out->lang, &out->confidence, best);
    name(out->next_lang, &out->next_confidence, next);
}

void zub_identifier_guess(const zub_identifier *identifier, zub_slice text,
                          zub_guess *out)
{
    tally seen = {0};
    size_t at = 0;

    if (text.size > MOST_BYTES)
        text.size = MOST_BYTES;
    look(&seen, identifier, text, &at, text.size,
         text.size ? 1 + (text.size - 1) / SAMPLE_BYTES : 1, score);
    judge(identifier, &seen, out);
}

/* ---- A glance ---- */

/* Logarithm of the odds of a script's best class against its second. */
static double lead_of(const zub_identifier *self, const tally *seen,
                      zub_script script)
{
    size_t first = self->first_of[script], count = self->classes_of[script];
    double best = -INFINITY, next = -INFINITY;

    for (size_t i = first; i < first + count; i++) {
        double value = value_of(self, seen, i);
        next = fmax(next, fmin(best, value));
        best = fmax(best, value);
    }
    return best - next;
}

static bool is_plain(const zub_identifier *self, const tally *seen)
{
    size_t all;
    zub_script foremost = foremost_script(seen, &all);

    if ((double)weight_of(seen, foremost) < GLANCE_SHARE * (double)all ||
        all == 0)
        return false;
    if (self->classes_of[foremost] <= 1)
        return true;
    return seen->known[foremost] > 0 &&
           lead_of(self, seen, foremost) >= GLANCE_ODDS;
}

void zub_identifier_glance(const zub_identifier *identifier, zub_slice text,
                           zub_guess *out)
{
    tally seen = {0};
    size_t at = 0, end = GLANCE_BYTES;

    if (text.size > SAMPLE_BYTES)
        text.size = SAMPLE_BYTES;
    do {
        look(&seen, identifier, text, &at, end < text.size ? end : text.size,
             1, identifier->memo ? score_again : score);
        end = at + at / 2;
    } while (at < text.size && !is_plain(identifier, &seen));
    judge(identifier, &seen, out);
}
