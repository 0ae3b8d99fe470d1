/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* count_terms.c - counts words for scripts/train-background.
 *
 *     count_terms lexicon LANG OUT LEAST      how often folded words occur
 *     count_terms background LANG OUT MOST    in how many documents keys occur
 *
 * Standard input is an article a line. The lexicon has the words that occur
 * LEAST times, but for stop words behind a conjunction; the background the
 * MOST keys of the highest document frequency, stop words among them.
 *
 * A document of the background is a stretch of about 200 words: a long article
 * is cut, and short ones or single sentences are joined, so that frequencies
 * from an encyclopedia and from a list of sentences mean the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/mem.h"
#include "terms/analyzer.h"
#include "terms/frequencies.h"
#include "terms/stop.h"

#define STRETCH 200u /* words */

typedef struct counter {
    const char *lang;
    zub_models *models;
    zub_analyzer *analyzer;
    zub_map words;
    uint32_t *counts;    /* [words.count] */
    uint32_t *last_seen; /* [words.count], a document from 1 */
    size_t counts_capacity, last_seen_capacity;
    uint32_t documents; /* the one being read among them */
    size_t stretch;     /* its words */
    uint64_t total;     /* words */
} counter;

static void die(const char *message)
{
    fprintf(stderr, "count_terms: %s\n", message);
    exit(1);
}

static void check(zub_status status, const zub_error *error)
{
    if (status != ZUB_OK)
        die(error->message[0] ? error->message : zub_status_text(status));
}

/* The id of a word, its counts made ready. */
static uint32_t find(counter *self, zub_slice word)
{
    uint32_t before = self->words.count, id = zub_map_add(&self->words, word);

    if (id == ZUB_MAP_NONE ||
        !zub_grow(&self->counts, &self->counts_capacity, self->words.count,
                  sizeof *self->counts) ||
        !zub_grow(&self->last_seen, &self->last_seen_capacity,
                  self->words.count, sizeof *self->last_seen))
        die("out of memory");
    if (id == before)
        self->counts[id] = self->last_seen[id] = 0;
    return id;
}

static void count_in_document(counter *self, const zub_document *document)
{
    for (size_t w = 0; w < document->word_count; w++) {
        uint32_t term = document->word_terms[w];
        if (self->stretch++ % STRETCH == 0)
            self->documents++;
        self->total++;
        if (term == ZUB_NO_TERM)
            continue;
        uint32_t id = find(self, document->terms[term].key);
        self->counts[id] += self->last_seen[id] != self->documents;
        self->last_seen[id] = self->documents;
    }
    /* The next article has a document of its own, unless this is a scrap. */
    if (self->stretch % STRETCH >= STRETCH / 2)
        self->stretch = 0;
}

static void count_forms(counter *self, const zub_document *document)
{
    static zub_buffer folded = {.maximum = ZUB_BUFFER_UNLIMITED};

    for (size_t w = 0; w < document->word_count; w++) {
        zub_span span = document->words[w].span;
        zub_slice word = {document->text.data + span.start,
                          span.end - span.start};
        zub_buffer_clear(&folded);
        check(zub_fold(self->analyzer->folder, &folded, word, self->lang),
              NULL);
        self->total++;
        if (folded.size == 0)
            continue;
        uint32_t id = find(self, zub_buffer_slice(&folded));
        self->counts[id]++;
    }
}

static void read_articles(counter *self,
                          void (*count)(counter *self, const zub_document *))
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;

    while ((size = getline(&line, &capacity, stdin)) > 0) {
        zub_record record = {.text = {line, (size_t)size}};
        zub_document *document;
        zub_error error = {0};
        check(zub_document_new(&document, self->analyzer, &record, &error),
              &error);
        count(self, document);
        zub_document_free(document);
    }
    free(line);
}

/* ---- What is written ---- */

static int by_count(const void *a, const void *b)
{
    const zub_frequency_row *left = a, *right = b;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    size_t least = left->word.size < right->word.size ? left->word.size
                                                      : right->word.size;
    int order = memcmp(left->word.data, right->word.data, least);
    return order ? order : left->word.size < right->word.size ? -1 : 1;
}

/* All words, the commonest first. */
static zub_frequency_row *rank(const counter *self)
{
    zub_frequency_row *rows = zub_alloc(self->words.count, sizeof *rows);

    if (!rows)
        die("out of memory");
    for (uint32_t id = 0; id < self->words.count; id++)
        rows[id] =
            (zub_frequency_row){self->words.names[id], self->counts[id]};
    qsort(rows, self->words.count, sizeof *rows, by_count);
    return rows;
}

static bool is_letters(zub_slice word)
{
    return word.size > 2 && (unsigned char)word.data[0] >= 0xC0;
}

/* Not a stop word behind a conjunction: that is nothing to strip a word to. */
static bool is_form(const zub_stop_list *stop, zub_slice word)
{
    return is_letters(word) &&
           (zub_map_find(&stop->words, word) != ZUB_MAP_NONE ||
            !zub_stop_list_has(stop, word));
}

/* Forms that occur often enough. */
static size_t choose_forms(const counter *self, zub_frequency_row *rows,
                           uint32_t least)
{
    zub_stop_list stop;
    zub_error error = {0};
    size_t kept = 0;

    check(zub_stop_list_open(&stop, self->models, self->lang,
                             self->analyzer->folder, &error),
          &error);
    for (size_t i = 0; i < self->words.count && rows[i].count >= least; i++)
        if (is_form(&stop, rows[i].word))
            rows[kept++] = rows[i];
    zub_stop_list_release(&stop);
    return kept;
}

/* A key met once says no more than one that is not there. */
static size_t choose_keys(const counter *self, const zub_frequency_row *rows,
                          uint32_t most)
{
    size_t kept = 0;

    while (kept < self->words.count && kept < most && rows[kept].count > 1)
        kept++;
    return kept;
}

static void save(const char *path, const zub_frequencies_about *about,
                 const zub_frequency_row *rows, size_t count)
{
    zub_output *output;
    zub_error error = {0};

    check(zub_output_open(&output, path, &error), &error);
    check(zub_frequencies_write(zub_output_sink(output), about, rows, count,
                                &error),
          &error);
    check(zub_output_commit(output, &error), &error);
    zub_output_free(output);
}

int main(int count, char **arguments)
{
    if (count != 5)
        die("usage: count_terms lexicon|background LANG OUT NUMBER");
    bool is_lexicon = strcmp(arguments[1], "lexicon") == 0;
    uint32_t number = (uint32_t)strtoul(arguments[4], NULL, 10);
    counter self = {.lang = arguments[2]};
    zub_analyzer_options options = {.lang = arguments[2],
                                    .keep_stop_words = true,
                                    .stemmer = is_lexicon ? "none" : "auto"};
    zub_error error = {0};
    zub_lexicon *lexicon;

    zub_map_init(&self.words);
    check(zub_models_open(&self.models, "models", &error), &error);
    check(zub_analyzer_new(&self.analyzer, self.models, &options, &error),
          &error);
    read_articles(&self, is_lexicon ? count_forms : count_in_document);
    zub_frequency_row *rows = rank(&self);
    size_t kept = is_lexicon ? choose_forms(&self, rows, number)
                             : choose_keys(&self, rows, number);
    check(zub_analyzer_lexicon(self.analyzer, &lexicon, self.lang, &error),
          &error);
    const char *fingerprint =
        is_lexicon ? "" : zub_lexicon_fingerprint(lexicon);
    zub_frequencies_about about = {is_lexicon ? "lexicon" : "background",
                                   {fingerprint, strlen(fingerprint)},
                                   is_lexicon ? self.total : self.documents};
    save(arguments[3], &about, rows, kept);
    printf("%s: %llu words, %u documents, %zu rows\n", arguments[3],
           (unsigned long long)self.total, self.documents, kept);
    return 0;
}
