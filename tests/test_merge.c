/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Merging: the laws that make threads, runs, shards and files one thing. */
#include "test.h"

#include <dirent.h>
#include <unistd.h>

#include "state_samples.h"
#include "terms/merge.h"

#define ARTICLES 40
#define PARTS 7

static const sample_counting countings[] = {
    {1, 1, false, false, false}, {1, 1, true, true, false},
    {1, 2, true, false, false},  {1, 3, true, true, false},
    {2, 3, true, false, false},  {3, 3, false, false, true},
};
#define COUNTINGS (sizeof countings / sizeof *countings)

/* Memory that is allowed: none; so little that all is in files, and maps and
 * articles in pieces; some. */
static const uint64_t memories[] = {0, 1, 20000};
#define MEMORIES (sizeof memories / sizeof *memories)

static zub_merge_options options_of(const sample_counting *asked,
                                    uint64_t memory)
{
    return (zub_merge_options){.memory = memory,
                               .folder = memory ? sample_folder() : NULL,
                               .by_input = asked->by_input};
}

static zub_state *merged(zub_state *const *states, size_t count,
                         const zub_merge_options *options)
{
    zub_error error;
    zub_state *out;

    if (zub_state_merge(&out, states, count, options, NULL, &error) !=
        ZUB_OK) {
        printf("# %s\n", error.message);
        CHECK(false);
    }
    if (out)
        CHECK_INT(zub_state_check(out, "merged", NULL, NULL), ZUB_OK);
    return out;
}

/* Articles, the states of parts of them, and the state of all. */
typedef struct scene {
    sample_article articles[ARTICLES];
    zub_state *parts[PARTS], *whole;
} scene;

/* Any article may be in any part; a part may be empty. */
static void make_scene(scene *s, const sample_counting *asked, uint64_t seed)
{
    zub_random random = {seed, 1000000};
    sample_article part[PARTS][ARTICLES];
    size_t sizes[PARTS] = {0};
    sample_counting of_parts = *asked;

    sample_articles(s->articles, ARTICLES, seed);
    for (size_t i = 0; i < ARTICLES; i++) {
        size_t p = zub_random_below(&random, PARTS);
        part[p][sizes[p]++] = s->articles[i];
    }
    for (size_t p = 0; p < PARTS; p++) {
        of_parts.by_input = asked->by_input || p % 2;
        s->parts[p] = sample_state(part[p], sizes[p], &of_parts);
    }
    s->whole = sample_state(s->articles, ARTICLES, asked);
}

static void free_scene(scene *s)
{
    for (size_t p = 0; p < PARTS; p++)
        zub_state_free(s->parts[p]);
    zub_state_free(s->whole);
}

static void each_scene(void (*law)(scene *s, const zub_merge_options *options))
{
    static scene s;

    for (uint64_t seed = 0; seed < 2; seed++)
        for (size_t c = 0; c < COUNTINGS; c++) {
            make_scene(&s, &countings[c], seed);
            for (size_t m = 0; m < MEMORIES; m++) {
                zub_merge_options options =
                    options_of(&countings[c], memories[m]);
                law(&s, &options);
            }
            free_scene(&s);
        }
}

static void equals_whole(scene *s, const zub_merge_options *options)
{
    zub_state *out = merged(s->parts, PARTS, options);

    CHECK(out && sample_equal(out, s->whole));
    zub_state_free(out);
}

static void a_merge_is_the_state_of_all_articles(void)
{
    each_scene(equals_whole);
}

static void order_is_nothing(scene *s, const zub_merge_options *options)
{
    zub_state *turned[PARTS];

    for (size_t p = 0; p < PARTS; p++)
        turned[p] = s->parts[(p * 3 + 2) % PARTS];
    zub_state *out = merged(turned, PARTS, options);
    CHECK(out && sample_equal(out, s->whole));
    zub_state_free(out);
}

static void any_order_of_states_gives_the_same_bytes(void)
{
    each_scene(order_is_nothing);
}

/* ((0 1) ((2 3) (4 5 6))) */
static void grouping_is_nothing(scene *s, const zub_merge_options *options)
{
    zub_state *a = merged(s->parts, 2, options);
    zub_state *b = merged(s->parts + 2, 2, options);
    zub_state *c = merged(s->parts + 4, 3, options);
    zub_state *right = merged((zub_state *[]){c, b}, 2, options);
    zub_state *out = merged((zub_state *[]){right, a}, 2, options);

    CHECK(out && sample_equal(out, s->whole));
    zub_state_free(a);
    zub_state_free(b);
    zub_state_free(c);
    zub_state_free(right);
    zub_state_free(out);
}

static void any_grouping_gives_the_same_bytes(void)
{
    each_scene(grouping_is_nothing);
}

static void one_is_itself(scene *s, const zub_merge_options *options)
{
    zub_state *out = merged(&s->whole, 1, options);

    CHECK(out && sample_equal(out, s->whole));
    zub_state_free(out);
}

static void a_merge_of_one_state_is_that_state(void)
{
    each_scene(one_is_itself);
}

static void drops_articles(scene *s, const zub_merge_options *options)
{
    zub_merge_options without = *options;

    without.without_articles = true;
    without.by_input = false;
    zub_state *out = merged(s->parts, PARTS, &without);
    CHECK(out && !out->has_articles && out->articles == ARTICLES);
    s->whole->has_articles = false;
    CHECK(sample_equal(out, s->whole));
    s->whole->has_articles = s->parts[0]->has_articles;
    zub_state_free(out);
}

static void articles_can_be_left_out(void)
{
    each_scene(drops_articles);
}

static size_t ids_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->term_count : state->ngrams[order - 1].count;
}

/* The same words: of a term its bytes, else those of its prefix and its last
 * word. */
static bool same_gram(const zub_state *a, size_t i, const zub_state *b,
                      size_t j, unsigned order)
{
    for (; order > 1; order--) {
        zub_slice x = zub_state_term_bytes(a, a->ngrams[order - 1].last[i]);
        zub_slice y = zub_state_term_bytes(b, b->ngrams[order - 1].last[j]);
        if (x.size != y.size || memcmp(x.data, y.data, x.size) != 0)
            return false;
        i = a->ngrams[order - 1].prefix[i];
        j = b->ngrams[order - 1].prefix[j];
    }
    zub_slice x = zub_state_term_bytes(a, i), y = zub_state_term_bytes(b, j);
    return x.size == y.size && memcmp(x.data, y.data, x.size) == 0;
}

static void maps_lead_there(scene *s, const zub_merge_options *options)
{
    zub_state_maps maps;
    zub_state *out;

    CHECK_INT(zub_state_merge(&out, s->parts, PARTS, options, &maps, NULL),
              ZUB_OK);
    CHECK(sample_equal(out, s->whole));
    for (size_t p = 0; p < PARTS; p++)
        for (unsigned n = 1; n <= out->high; n++) {
            const uint32_t *map = zub_state_map(&maps, p, n);
            for (size_t i = 0; i < ids_of(s->parts[p], n); i++)
                CHECK(map[i] < ids_of(out, n) && (!i || map[i] > map[i - 1]) &&
                      same_gram(s->parts[p], i, out, map[i], n));
        }
    zub_state_maps_release(&maps);
    zub_state_free(out);
}

static void maps_say_where_each_term_and_ngram_went(void)
{
    each_scene(maps_lead_there);
}

/* ---- What is refused ---- */

static zub_state *of_fingerprint(const char *fingerprint)
{
    zub_state *state;

    zub_state_new(&state, (zub_slice){fingerprint, strlen(fingerprint)});
    return state;
}

static void check_refused(zub_state *a, zub_state *b, zub_status status,
                          const char *message)
{
    zub_error error;
    zub_state *out = a;

    CHECK_INT(
        zub_state_merge(&out, (zub_state *[]){a, b}, 2, NULL, NULL, &error),
        status);
    CHECK(!out);
    CHECK_STR(error.message, message);
    zub_state_free(a);
    zub_state_free(b);
}

static void fingerprints_say_in_what_they_differ(void)
{
    check_refused(
        of_fingerprint("lang=ar stemmer=light/1 icu=72.1"),
        of_fingerprint("lang=en stemmer=light/1 icu=70.1"), ZUB_EMISMATCH,
        "states were not counted alike: lang is 'ar' in one and 'en' in "
        "another, icu is '72.1' in one and '70.1' in another (count again "
        "with the same options)");
    check_refused(of_fingerprint("lang=ar stop=1"), of_fingerprint("lang=ar"),
                  ZUB_EMISMATCH,
                  "states were not counted alike: stop is '1' in one and '' "
                  "in another (count again with the same options)");
    check_refused(of_fingerprint(""), of_fingerprint("x=3"), ZUB_EMISMATCH,
                  "states were not counted alike: x is '' in one and '3' in "
                  "another (count again with the same options)");
    check_refused(of_fingerprint("a=1 b=2"), of_fingerprint("b=2 a=1"),
                  ZUB_EMISMATCH,
                  "states were not counted alike: their analyzers differ "
                  "(count again with the same options)");
}

static void orders_and_rows_must_be_alike(void)
{
    sample_article articles[2];
    sample_counting one = {1, 1, true, true, false};
    sample_counting two = {1, 2, true, true, false};
    sample_counting bare = {1, 1, false, true, false};

    sample_articles(articles, 2, 1);
    check_refused(sample_state(articles, 2, &one),
                  sample_state(articles, 2, &two), ZUB_EMISMATCH,
                  "states were not counted alike: ngram is '1-1' in one and "
                  "'1-2' in another (count again with the same options)");
    check_refused(sample_state(articles, 2, &one),
                  sample_state(articles, 2, &bare), ZUB_EMISMATCH,
                  "one state has the counts of each article and another has "
                  "not (count again with --rows, or leave them out)");
}

/* One term, in so many articles. */
static zub_state *of_counts(uint64_t count, uint32_t df, uint64_t form)
{
    sample_counting asked = {1, 1, false, true, false};
    sample_article article = {"a", 0, 1, {{"w", "w"}}};
    zub_state *state = sample_state(&article, 1, &asked);
    uint64_t *counts = (uint64_t *)(uintptr_t)state->counts;
    uint64_t *forms = (uint64_t *)(uintptr_t)state->form_counts;
    uint32_t *dfs = (uint32_t *)(uintptr_t)state->df;

    counts[0] = count;
    forms[0] = form;
    dfs[0] = df;
    return state;
}

static void counts_do_not_overflow_in_silence(void)
{
    check_refused(of_counts(UINT64_MAX, 1, 1), of_counts(1, 1, 1), ZUB_ELIMIT,
                  "cannot merge states: a count is beyond 2^64 - 1");
    check_refused(of_counts(1, 1, UINT64_MAX), of_counts(1, 1, 1), ZUB_ELIMIT,
                  "cannot merge states: a count is beyond 2^64 - 1");
    check_refused(of_counts(1, UINT32_MAX, 1), of_counts(1, 1, 1), ZUB_ELIMIT,
                  "cannot merge states: a term is in more than 4294967295 "
                  "articles");
    zub_state *most = of_counts(UINT64_MAX - 1, UINT32_MAX - 1, 1);
    zub_state *more = of_counts(1, 1, 1);
    zub_state *out;
    CHECK_INT(zub_state_merge(&out, (zub_state *[]){most, more}, 2, NULL, NULL,
                              NULL),
              ZUB_OK);
    CHECK(out->counts[0] == UINT64_MAX && out->df[0] == UINT32_MAX);
    zub_state_free(most);
    zub_state_free(more);
    zub_state_free(out);
}

static void a_merge_needs_a_state_and_a_folder(void)
{
    zub_merge_options limited = {.memory = 1 << 20};
    zub_state *state = of_fingerprint("x=1"), *out;
    zub_error error;

    CHECK_INT(zub_state_merge(&out, NULL, 0, NULL, NULL, &error), ZUB_EINVAL);
    CHECK_STR(error.message, "no state to merge");
    CHECK_INT(zub_state_merge(&out, &state, 1, &limited, NULL, &error),
              ZUB_EINVAL);
    zub_state_free(state);
}

static void a_folder_that_is_not_there_is_named(void)
{
    zub_merge_options limited = {.memory = 1, .folder = "/nowhere"};
    zub_state *state = of_counts(1, 1, 1), *out;
    zub_error error;

    CHECK_INT(zub_state_merge(&out, &state, 1, &limited, NULL, &error),
              ZUB_EWRITE);
    CHECK_STR(error.message,
              "cannot write a temporary file in '/nowhere': No such file or "
              "directory (free space there, or name another folder)");
    CHECK(!out);
    zub_state_free(state);
}

static int visible_files(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;

    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

static void temporary_files_have_no_names(void)
{
    char folder[] = "/tmp/zubda-test.XXXXXX";
    sample_article articles[20];
    sample_counting asked = {1, 3, true, true, false};
    zub_merge_options limited = {.memory = 1, .by_input = true};

    limited.folder = mkdtemp(folder);
    sample_articles(articles, 20, 5);
    zub_state *state = sample_state(articles, 20, &asked);
    zub_state *out = merged(&state, 1, &limited);
    CHECK(out && out->is_mapped);
    CHECK_INT(visible_files(folder), 2); /* . and .. */
    zub_state_free(out);
    zub_state_free(state);
    CHECK_INT(rmdir(folder), 0);
}

/* ---- Sizes at which windows move ---- */

/* Terms "00000000", of a stride, with a form or two and a pair to the next. */
static zub_state *large_state(size_t count, unsigned stride, unsigned first)
{
    zub_spooler owner = {0};
    zub_spool s[12];
    char text[32];
    zub_state *state;

    zub_state_new(&state, (zub_slice){"x=1", 3});
    for (size_t i = 0; i < 12; i++)
        zub_spool_init(&s[i], &owner, 0);
    for (size_t i = 0; i < count; i++) {
        int size = snprintf(text, sizeof text, "%08zu", first + i * stride);
        zub_spool_add(&s[1], text, (size_t)size);
        zub_spool_add_u64(&s[0], zub_spool_size(&s[1]));
        zub_spool_add_u64(&s[2], 1 + i % 3);
        zub_spool_add_u32(&s[3], 1);
        zub_spool_add_u64(&s[4], state->form_count);
        for (size_t f = 0; f <= i % 2; f++, state->form_count++) {
            zub_spool_add(&s[6], f ? "b" : "a", 1);
            zub_spool_add_u64(&s[5], zub_spool_size(&s[6]));
            zub_spool_add_u64(&s[7], 1);
        }
        zub_spool_add_u32(&s[8], (uint32_t)i);
        zub_spool_add_u32(&s[9], (uint32_t)((i * 7919) % count));
        zub_spool_add_u64(&s[10], 1);
        zub_spool_add_u32(&s[11], 1);
    }
    zub_spool_add_u64(&s[4], state->form_count);
    state->term_count = state->ngrams[1].count = count;
    state->articles = 1;
    state->high = 2;
    const void *fields[12] = {&state->term_ends,        &state->term_bytes,
                              &state->counts,           &state->df,
                              &state->form_starts,      &state->form_ends,
                              &state->form_bytes,       &state->form_counts,
                              &state->ngrams[1].prefix, &state->ngrams[1].last,
                              &state->ngrams[1].counts, &state->ngrams[1].df};
    for (size_t i = 0; i < 12; i++)
        zub_state_keep(state, &s[i], (void *)(uintptr_t)fields[i]);
    return state;
}

static void windows_lose_nothing(void)
{
    zub_merge_options limited = {.memory = 1 << 20, .folder = sample_folder()};
    zub_state *parts[3] = {large_state(60000, 2, 0), large_state(60000, 3, 1),
                           large_state(60000, 5, 2)};
    zub_state *whole = merged(parts, 3, NULL);
    zub_state *spilled = merged(parts, 3, &limited);
    zub_state *again = merged((zub_state *[]){spilled}, 1, &limited);

    CHECK(spilled->is_mapped && !whole->is_mapped);
    CHECK(sample_equal(whole, spilled));
    CHECK(sample_equal(whole, again));
    for (size_t i = 0; i < 3; i++)
        zub_state_free(parts[i]);
    zub_state_free(whole);
    zub_state_free(spilled);
    zub_state_free(again);
}

int main(void)
{
    RUN(a_merge_is_the_state_of_all_articles);
    RUN(any_order_of_states_gives_the_same_bytes);
    RUN(any_grouping_gives_the_same_bytes);
    RUN(a_merge_of_one_state_is_that_state);
    RUN(articles_can_be_left_out);
    RUN(maps_say_where_each_term_and_ngram_went);
    RUN(fingerprints_say_in_what_they_differ);
    RUN(orders_and_rows_must_be_alike);
    RUN(counts_do_not_overflow_in_silence);
    RUN(a_merge_needs_a_state_and_a_folder);
    RUN(a_folder_that_is_not_there_is_named);
    RUN(temporary_files_have_no_names);
    RUN(windows_lose_nothing);
    return DONE();
}
