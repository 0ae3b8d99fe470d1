/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_count.c - articles of random words, counted: what comes out is what a
 * plain count of their documents gives, by whatever way. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/random.h"
#include "test.h"

#define ARTICLES 60
#define MOST_TERMS 400
#define ROUNDS 12

static char path[] = "/tmp/zubda-test.XXXXXX";
static zub_models *models;
static zub_buffer texts[ARTICLES];

/* ---- Articles ---- */

static const char *const words[] = {
    "cat", "Cats", "dogs", "running", "the",   "of",     "كتاب", "الكتاب",
    "كتب", "في",   "2024", "naïve",   "state", "states", "x",    "والكتاب",
};
static const char *const borders[] = {" ", " ", " ", ", ", ". ", "! ", "-"};

static void make_text(zub_buffer *out, zub_random *random)
{
    size_t count = zub_random_below(random, 60);

    zub_buffer_clear(out);
    zub_buffer_add_string(out, "");
    for (size_t i = 0; i < count; i++) {
        zub_buffer_add_string(
            out,
            words[zub_random_below(random, sizeof words / sizeof *words)]);
        zub_buffer_add_string(out, borders[zub_random_below(random, 7)]);
    }
}

/* The corpus as a file of lines; an article without a word is one, too. */
static void make_corpus(uint64_t seed)
{
    zub_random random = {seed, 0};
    FILE *file = fopen(path, "w");

    CHECK(file != NULL);
    for (size_t i = 0; i < ARTICLES; i++) {
        make_text(&texts[i], &random);
        fprintf(file, "{\"id\":\"%u\",\"lang\":\"%s\",\"text\":\"%.*s\"}\n",
                (unsigned)(i * 7 % ARTICLES), i % 2 ? "ar" : "en",
                (int)texts[i].size, texts[i].size ? texts[i].data : "");
    }
    CHECK(fclose(file) == 0);
}

static zub_state *count(const zub_count_options *options, unsigned threads)
{
    const char *paths[] = {path};
    zub_corpus_options input = {.form = ZUB_FORM_JSONL};
    zub_analyzer_options kept = {.keep_stop_words = true};
    zub_corpus *corpus;
    zub_state *state = NULL;
    zub_error error = {0};

    CHECK_INT(zub_corpus_open(&corpus, paths, 1, &input, NULL), ZUB_OK);
    CHECK_INT(zub_count(&state, corpus, threads, models, &kept, options, NULL,
                        &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    zub_corpus_free(corpus);
    return state;
}

/* ---- The plain way ---- */

typedef struct tally {
    char term[64];
    uint64_t count, df;
    size_t last; /* article + 1 */
} tally;

static tally plain[MOST_TERMS];
static size_t plain_count;

static void add_plain(const char *term, size_t article)
{
    size_t i = 0;

    while (i < plain_count && strcmp(plain[i].term, term) != 0)
        i++;
    if (i == plain_count) {
        CHECK(plain_count < MOST_TERMS);
        plain[plain_count++] = (tally){.count = 0};
        snprintf(plain[i].term, sizeof plain[i].term, "%s", term);
    }
    plain[i].count++;
    plain[i].df += plain[i].last != article + 1;
    plain[i].last = article + 1;
}

static void count_plainly(void)
{
    zub_analyzer_options kept = {.keep_stop_words = true};
    zub_analyzer *analyzer;

    plain_count = 0;
    CHECK_INT(zub_analyzer_new(&analyzer, models, &kept, NULL), ZUB_OK);
    for (size_t i = 0; i < ARTICLES; i++) {
        zub_record record = {.text = zub_buffer_slice(&texts[i]),
                             .lang = {i % 2 ? "ar" : "en", 2}};
        zub_document *document;
        CHECK_INT(zub_document_new(&document, analyzer, &record, NULL),
                  ZUB_OK);
        for (size_t w = 0; w < document->word_count; w++)
            if (document->word_terms[w] != ZUB_NO_TERM)
                add_plain(document->terms[document->word_terms[w]].key.data,
                          i);
        zub_document_free(document);
    }
    zub_analyzer_free(analyzer);
}

static void is_plain(zub_state_term term)
{
    size_t i = 0;

    while (i < plain_count &&
           (strlen(plain[i].term) != term.term.size ||
            memcmp(plain[i].term, term.term.data, term.term.size) != 0))
        i++;
    CHECK(i < plain_count);
    if (i == plain_count)
        return;
    CHECK_INT(term.count, plain[i].count);
    CHECK_INT(term.df, plain[i].df);
    CHECK(term.surface.size > 0);
}

static void counts_are_those_of_the_documents(void)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        uint64_t tokens = 0;

        make_corpus(seed);
        count_plainly();
        zub_state *state = count(NULL, 2);
        zub_state_facts facts = zub_state_about(state);
        CHECK_INT(facts.articles, ARTICLES);
        CHECK_INT(facts.terms, plain_count);
        for (uint64_t t = 0; t < facts.terms; t++) {
            zub_state_term term = zub_state_term_at(state, t);
            is_plain(term);
            tokens += term.count;
        }
        CHECK_INT(facts.tokens, tokens);
        zub_state_free(state);
    }
}

static void terms_stand_in_byte_order(void)
{
    make_corpus(99);
    zub_state *state = count(NULL, 3);
    uint64_t terms = zub_state_about(state).terms;

    for (uint64_t t = 1; t < terms; t++) {
        zub_slice a = zub_state_term_at(state, t - 1).term;
        zub_slice b = zub_state_term_at(state, t).term;
        size_t size = a.size < b.size ? a.size : b.size;
        int order = memcmp(a.data, b.data, size);
        CHECK(order < 0 || (order == 0 && a.size < b.size));
    }
    zub_state_free(state);
}

/* ---- Ways ---- */

static zub_buffer bytes_of(const zub_state *state)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_state_write(state, zub_buffer_sink(&out), NULL), ZUB_OK);
    return out;
}

static void check_same(const zub_state *a, const zub_state *b)
{
    zub_buffer one = bytes_of(a), two = bytes_of(b);

    CHECK_INT(one.size, two.size);
    CHECK(one.size == two.size && memcmp(one.data, two.data, one.size) == 0);
    zub_buffer_release(&one);
    zub_buffer_release(&two);
}

static const zub_count_options ways[] = {
    {.keep_articles = true},
    {.keep_articles = true, .by_input = true, .low = 1, .high = 3},
    {.low = 2, .high = 2},
    {.char_low = 2, .char_high = 4, .keep_articles = true},
    {.compat = "sklearn", .low = 1, .high = 2, .keep_articles = true},
    {.compat = "gensim"},
};
#define WAYS (sizeof ways / sizeof *ways)

static void any_number_of_threads_counts_the_same(void)
{
    for (size_t i = 0; i < WAYS; i++) {
        make_corpus(i);
        zub_state *one = count(&ways[i], 1);
        for (unsigned threads = 2; threads <= 7; threads += 5) {
            zub_state *many = count(&ways[i], threads);
            check_same(one, many);
            zub_state_free(many);
        }
        zub_state_free(one);
    }
}

static void shards_in_any_order_are_the_whole(void)
{
    static const unsigned numbers[] = {1, 3, 16};

    for (size_t i = 0; i < WAYS * 3; i++) {
        zub_count_options asked = ways[i / 3];
        unsigned shards = numbers[i % 3];
        zub_merge_options merging = {.by_input = asked.by_input};
        zub_state *parts[16], *whole, *merged = NULL;

        make_corpus(i);
        whole = count(&asked, 1);
        asked.shards = shards;
        for (unsigned s = 0; s < shards; s++) {
            asked.shard = (s * 5 + 3) % shards + 1; /* each once */
            parts[s] = count(&asked, 1);
        }
        CHECK_INT(zub_merge(&merged, parts, shards, &merging, NULL), ZUB_OK);
        check_same(whole, merged);
        zub_state_free(merged);
        zub_state_free(whole);
        for (unsigned s = 0; s < shards; s++)
            zub_state_free(parts[s]);
    }
}

static void a_limit_of_memory_changes_nothing(void)
{
    for (size_t i = 0; i < WAYS; i++) {
        zub_count_options asked = ways[i];
        make_corpus(i);
        zub_state *free_of_it = count(&asked, 2);
        asked.memory = 16u << 20;
        zub_state *limited = count(&asked, 2);
        check_same(free_of_it, limited);
        zub_state_free(free_of_it);
        zub_state_free(limited);
    }
}

/* ---- Keys ---- */

static void check_key(const char *text, const char *lang, const char *want)
{
    zub_analyzer_options options = {.lang = lang, .keep_stop_words = true};
    zub_slice written = {text, strlen(text)};
    zub_buffer key;

    zub_buffer_init(&key, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_count_key(zub_buffer_sink(&key), written, models,
                                      &options, NULL, NULL);
    CHECK_INT(status, want ? ZUB_OK : ZUB_ENOTFOUND);
    if (want)
        CHECK_STR(zub_buffer_slice(&key).data, want);
    zub_buffer_release(&key);
}

static void a_key_is_what_a_text_counts_as(void)
{
    check_key("Cats", "en", "cat");
    check_key(" Cats,  the STATES! ", "en", "cat the state");
    check_key("...", "en", NULL);
    check_key("", "en", NULL);
}

/* Every form of every term leads back to it, or to one it is commoner in. */
static void a_form_that_was_met_leads_to_its_term(void)
{
    make_corpus(5);
    zub_state *state = count(NULL, 1);
    zub_state_facts facts = zub_state_about(state);

    for (uint64_t t = 0; t < facts.terms; t++) {
        zub_state_term term = zub_state_term_at(state, t);
        zub_buffer key;
        zub_buffer_init(&key, ZUB_BUFFER_UNLIMITED);
        CHECK_INT(
            zub_state_key(zub_buffer_sink(&key), state, term.surface, NULL),
            ZUB_OK);
        CHECK(key.size > 0);
        zub_buffer_release(&key);
    }
    zub_slice absent = {"cat zebra", 9};
    zub_buffer key;
    zub_buffer_init(&key, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_state_key(zub_buffer_sink(&key), state, absent, NULL),
              ZUB_ENOTFOUND);
    CHECK_INT(key.size, 0);
    zub_state_free(state);
}

/* ---- Failures ---- */

/* ---- Who hears of it ---- */

typedef struct audience {
    pthread_mutex_t lock;
    uint64_t articles, words, arabic;
} audience;

static void hear(void *context, const zub_record *record, const char *lang,
                 uint64_t size)
{
    audience *heard = context;

    pthread_mutex_lock(&heard->lock);
    CHECK(record->ordinal < ARTICLES);
    CHECK_STR(lang, record->ordinal % 2 ? "ar" : "en");
    heard->articles++;
    heard->words += size;
    heard->arabic += lang[0] == 'a';
    pthread_mutex_unlock(&heard->lock);
}

static void each_article_is_told_of_with_its_language_and_words(void)
{
    audience heard = {.lock = PTHREAD_MUTEX_INITIALIZER};
    zub_count_options options = {.counted = hear, .counted_context = &heard};

    make_corpus(7);
    zub_state *state = count(&options, 3);
    zub_state_facts facts = zub_state_about(state);
    CHECK_INT(heard.articles, facts.articles);
    CHECK_INT(heard.words, facts.tokens);
    CHECK_INT(heard.arabic, ARTICLES / 2);
    zub_state_free(state);
}

static void options_that_do_not_go_together_are_refused(void)
{
    static const zub_count_options wrong[] = {
        {.low = 2, .high = 1},
        {.low = 1, .high = 9},
        {.char_low = 17},
        {.char_low = 2, .low = 2},
        {.compat = "nobody"},
        {.compat = "gensim", .char_low = 2},
        {.memory = 1},
        {.shard = 4, .shards = 3},
        {.shard = 0, .shards = 3},
    };
    const char *paths[] = {path};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zub_corpus *corpus;
        zub_state *state;
        zub_error error;
        CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
        CHECK_INT(zub_count(&state, corpus, 2, models, NULL, &wrong[i], NULL,
                            &error),
                  ZUB_EINVAL);
        CHECK(state == NULL && error.message[0]);
        zub_corpus_free(corpus);
    }
}

int main(void)
{
    int fd = mkstemp(path);

    CHECK(fd >= 0 && close(fd) == 0);
    CHECK_INT(zub_models_open(&models,
                              access("models", R_OK) == 0 ? "models" : NULL,
                              NULL),
              ZUB_OK);
    for (size_t i = 0; i < ARTICLES; i++)
        zub_buffer_init(&texts[i], ZUB_BUFFER_UNLIMITED);
    RUN(counts_are_those_of_the_documents);
    RUN(terms_stand_in_byte_order);
    RUN(any_number_of_threads_counts_the_same);
    RUN(shards_in_any_order_are_the_whole);
    RUN(a_limit_of_memory_changes_nothing);
    RUN(a_key_is_what_a_text_counts_as);
    RUN(a_form_that_was_met_leads_to_its_term);
    RUN(each_article_is_told_of_with_its_language_and_words);
    RUN(options_that_do_not_go_together_are_refused);
    for (size_t i = 0; i < ARTICLES; i++)
        zub_buffer_release(&texts[i]);
    zub_models_free(models);
    unlink(path);
    return DONE();
}
