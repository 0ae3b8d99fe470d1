/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* query.c - see query.h. */
#include "index/query.h"

#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"

/* What a stop word counts: in half the development sets of docs/quality.md
 * dropping them is best, in half keeping them is. */
#define STOP_COUNT 0.5

void zub_query_release(zub_query *query)
{
    zub_free(query->terms);
    zub_free(query->words);
    zub_free(query->conditions);
    *query = (zub_query){0};
}

bool zub_query_needs_positions(const zub_query *query)
{
    for (size_t i = 0; i < query->condition_count; i++)
        if (query->conditions[i].is_phrase || query->conditions[i].in_title)
            return true;
    return false;
}

/* ---- Syntax ---- */

typedef struct clause {
    zub_slice text;
    bool is_phrase, is_must, is_not, in_title;
} query_clause;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static const struct {
    const char *open, *close;
} quotes[] = {
    {"\"", "\""},
    {"\xE2\x80\x9C", "\xE2\x80\x9D"}, /* U+201C, U+201D */
    {"\xC2\xAB", "\xC2\xBB"},         /* U+00AB, U+00BB */
};
#define QUOTES (sizeof quotes / sizeof *quotes)

static bool begins(zub_slice text, const char *with)
{
    size_t size = strlen(with);

    return text.size >= size && memcmp(text.data, with, size) == 0;
}

static void skip(zub_slice *text, size_t size)
{
    text->data += size;
    text->size -= size;
}

/* Where `what` is in the text, or its size. */
static size_t find(zub_slice text, const char *what)
{
    size_t at = 0;

    while (at < text.size &&
           !begins((zub_slice){text.data + at, text.size - at}, what))
        at++;
    return at;
}

/* A closed quote at the start of the text, its content into *inside. A kind
 * that was once not closed never is again: its bit in *unclosed is set. */
static bool take_quote(zub_slice *text, zub_slice *inside, unsigned *unclosed)
{
    for (size_t i = 0; i < QUOTES; i++) {
        zub_slice rest = *text;
        if ((*unclosed >> i & 1) || !begins(rest, quotes[i].open))
            continue;
        skip(&rest, strlen(quotes[i].open));
        *inside = (zub_slice){rest.data, find(rest, quotes[i].close)};
        if (inside->size == rest.size) {
            *unclosed |= 1u << i;
            return false;
        }
        skip(&rest, inside->size + strlen(quotes[i].close));
        *text = rest;
        return true;
    }
    return false;
}

/* Signs before a clause, behind white space; a - at the very start is text. */
static void take_signs(zub_slice *text, bool is_start, query_clause *out)
{
    zub_slice rest = *text;

    if (begins(rest, "+") || (begins(rest, "-") && !is_start)) {
        out->is_must = *rest.data == '+';
        out->is_not = *rest.data == '-';
        skip(&rest, 1);
    }
    if (begins(rest, "title:")) {
        out->in_title = true;
        skip(&rest, strlen("title:"));
    }
    if (rest.size > 0 && !is_space(*rest.data)) {
        *text = rest;
        return;
    }
    *out = (query_clause){0};
}

static zub_slice take_run(zub_slice *text)
{
    size_t size = 0;

    while (size < text->size && !is_space(text->data[size]) &&
           (size == 0 || text->data[size] != '"'))
        size++;
    zub_slice run = {text->data, size};
    skip(text, size);
    return run;
}

/* The next clause, with what is white space behind it taken away. */
static query_clause next_clause(zub_slice *text, bool is_start,
                                unsigned *unclosed)
{
    query_clause clause = {0};

    take_signs(text, is_start, &clause);
    clause.is_phrase = take_quote(text, &clause.text, unclosed);
    if (!clause.is_phrase)
        clause.text = take_run(text);
    while (text->size > 0 && is_space(*text->data))
        skip(text, 1);
    return clause;
}

/* ---- Words and terms ---- */

zub_status zub_query_add(zub_query *query, const zub_query_word *word)
{
    if (!zub_grow(&query->words, &query->word_capacity, query->word_count + 1,
                  sizeof *query->words))
        return ZUB_ENOMEM;
    query->words[query->word_count++] = *word;
    return ZUB_OK;
}

/* The clause's condition on the words from `first` on, if it has one. */
static zub_status add_condition(zub_query *query, const query_clause *clause,
                                size_t first)
{
    size_t count = query->word_count - first;
    size_t size = clause->is_phrase ? count : 1;

    if (count == 0 || !(clause->is_phrase || clause->is_must ||
                        clause->is_not || clause->in_title))
        return ZUB_OK;
    for (; first < query->word_count; first += size) {
        if (!zub_grow(&query->conditions, &query->condition_capacity,
                      query->condition_count + 1, sizeof *query->conditions))
            return ZUB_ENOMEM;
        query->conditions[query->condition_count++] = (zub_query_condition){
            first, size, clause->is_phrase, clause->is_not, clause->in_title};
    }
    return ZUB_OK;
}

/* `start`: of the clause, in the text. */
static zub_status add_clause(zub_query *query, zub_wording *wording,
                             const query_clause *clause, size_t start,
                             zub_error *error)
{
    const zub_worded *found;
    size_t count, first = query->word_count;
    zub_status status = zub_wording_read(wording, clause->text, query->lang,
                                         &found, &count, error);

    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        const zub_wording_word *word =
            &zub_wording_words(wording)[found[i].word];
        zub_query_word made = {.folded = word->folded,
                               .term = word->term,
                               .start = start + found[i].start,
                               .is_stop = word->is_stop,
                               .is_asked = !clause->is_not};
        status = zub_query_add(query, &made);
    }
    if (status == ZUB_OK)
        status = add_condition(query, clause, first);
    return status == ZUB_ENOMEM ? zub_fail_memory(error) : status;
}

/* A word that is not cut alike in both languages stays what it is. */
static void take_stop_words(zub_query *query, const zub_query *like)
{
    for (size_t i = 0, j = 0; i < query->word_count; i++) {
        while (j < like->word_count &&
               like->words[j].start < query->words[i].start)
            j++;
        if (j < like->word_count &&
            like->words[j].start == query->words[i].start)
            query->words[i].is_stop = like->words[j].is_stop;
    }
}

zub_status zub_query_end(zub_query *query, bool is_text)
{
    zub_status status = ZUB_OK;
    zub_map map;

    zub_map_init(&map);
    for (size_t i = 0; i < query->word_count && status == ZUB_OK; i++) {
        zub_query_word *word = &query->words[i];
        if (!word->is_asked)
            continue;
        uint32_t id = zub_map_add(&map, word->term);
        if (id == ZUB_MAP_NONE ||
            !zub_grow(&query->terms, &query->term_capacity, map.count,
                      sizeof *query->terms)) {
            status = ZUB_ENOMEM;
            break;
        }
        if (id == query->term_count)
            query->terms[query->term_count++] =
                (zub_query_term){word->term, word->folded, word->start, 0};
        word->number = id;
        query->terms[id].count += word->is_stop && !is_text ? STOP_COUNT : 1;
    }
    zub_map_release(&map);
    return status;
}

void zub_query_begin(zub_query *out, const char *lang)
{
    *out = (zub_query){0};
    memcpy(out->lang, lang, strnlen(lang, sizeof out->lang - 1));
}

static zub_status read_clauses(zub_query *query, zub_wording *wording,
                               zub_slice text, zub_error *error)
{
    const char *start = text.data;
    zub_status status = ZUB_OK;
    bool is_start = true;
    unsigned unclosed = 0;

    while (text.size > 0 && status == ZUB_OK) {
        query_clause clause = next_clause(&text, is_start, &unclosed);
        is_start = false;
        status = add_clause(query, wording, &clause,
                            (size_t)(clause.text.data - start), error);
    }
    return status;
}

zub_status zub_query_read(zub_query *out, zub_wording *wording, zub_slice text,
                          const char *lang, const zub_query_rules *rules,
                          zub_error *error)
{
    query_clause whole = {.text = text};

    zub_query_begin(out, lang);
    zub_status status = rules->is_plain || rules->is_text
                            ? add_clause(out, wording, &whole, 0, error)
                            : read_clauses(out, wording, text, error);
    if (status == ZUB_OK && rules->like)
        take_stop_words(out, rules->like);
    if (status == ZUB_OK && zub_query_end(out, rules->is_text) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK)
        zub_query_release(out);
    return status;
}
