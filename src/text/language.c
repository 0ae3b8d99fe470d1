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
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/models.h"
#include "text/language.h"
#include "text/language_model.h"
#include "text/letters.h"

#define MOST_BYTES ((size_t)64 << 10)
/* Bytes that are looked at whole. */
#define SAMPLE_BYTES ((size_t)2 << 10)

struct zub_identifier {
    zub_language_model model;            /* without classes: none */
    size_t classes_of[ZUB_SCRIPT_COUNT]; /* how many */
};

/* What was seen of a text. */
typedef struct tally {
    int32_t scores[ZUB_CLASS_MOST]; /* in the model's steps */
    size_t known[ZUB_SCRIPT_COUNT]; /* n-grams the model has */
    size_t letters[ZUB_SCRIPT_COUNT], kana;
} tally;

/* A language and how likely it is. */
typedef struct candidate {
    const char *lang;
    zub_script script;
    double probability;
} candidate;

static void count_classes(zub_identifier *self)
{
    for (size_t i = 0; i < self->model.class_count; i++)
        self->classes_of[self->model.classes[i].script]++;
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
    *out = self;
    return ZUB_OK;
}

void zub_identifier_free(zub_identifier *identifier)
{
    zub_free(identifier);
}

/* ---- Looking at the text ---- */

static void count_letters(tally *seen, const zub_run *run)
{
    seen->letters[zub_script_writing(run->script)] += run->count;
    if (run->script == ZUB_SCRIPT_KANA)
        seen->kana += run->count;
}

static void score(tally *seen, const zub_language_model *model,
                  const zub_run *run)
{
    uint64_t hashes[ZUB_GRAMS_MOST];
    zub_language_find finds[ZUB_GRAMS_MOST];
    size_t count = zub_run_grams(run, hashes, NULL);
    zub_script script = zub_script_writing(run->script);

    zub_language_model_find(model, hashes, count, finds);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < finds[i].count; k++)
            seen->scores[finds[i].weights[k].class] +=
                finds[i].weights[k].steps;
        seen->known[script] += finds[i].count > 0;
    }
}

static void look(tally *seen, const zub_identifier *self, zub_slice text)
{
    zub_run run;
    size_t at = 0, stride = 1 + text.size / SAMPLE_BYTES;

    memset(seen, 0, sizeof *seen);
    for (size_t i = 0; zub_run_next(&run, text, &at); i++) {
        count_letters(seen, &run);
        if (i % stride == 0 &&
            self->classes_of[zub_script_writing(run.script)] > 1)
            score(seen, &self->model, &run);
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

/* Scores become exponents, from 0 down. */
static size_t add_classes(candidate *out, const zub_identifier *self,
                          const tally *seen, zub_script script, double share)
{
    const zub_language_settings *settings = self->model.settings;
    double sharpness = settings->sharpness / sqrt((double)seen->known[script]);
    double best = -INFINITY, sum = 0;
    size_t count = 0;

    for (size_t i = 0; i < self->model.class_count; i++) {
        const zub_language_class *class = &self->model.classes[i];
        if (class->script != (uint32_t)script)
            continue;
        double value = sharpness * (class->bias +
                                    (double)settings->step * seen->scores[i]);
        out[count++] = (candidate){class->lang, script, value};
        best = fmax(best, value);
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

void zub_identifier_guess(const zub_identifier *identifier, zub_slice text,
                          zub_guess *out)
{
    tally seen;
    candidate all[ZUB_CLASS_MOST + ZUB_SCRIPT_COUNT];
    size_t count = 0, all_weight;

    if (text.size > MOST_BYTES)
        text.size = MOST_BYTES;
    memset(out, 0, sizeof *out);
    look(&seen, identifier, text);
    zub_script foremost = foremost_script(&seen, &all_weight);
    for (zub_script s = ZUB_SCRIPT_LATIN; s < ZUB_SCRIPT_COUNT; s++)
        count += add_script(all + count, identifier, &seen, s,
                            (double)weight_of(&seen, s) / (double)all_weight);
    const candidate *best = likeliest(all, count, foremost, NULL);
    const candidate *next = likeliest(all, count, ZUB_SCRIPT_NONE, best);
    if (best && next && next->probability > best->probability) {
        best = next; /* the foremost script has many languages */
        next = likeliest(all, count, ZUB_SCRIPT_NONE, best);
    }
    name(out->lang, &out->confidence, best);
    name(out->next_lang, &out->next_confidence, next);
}
