/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* python_text.c - for scripts/check-parity: what the library makes of text
 * where it has to be as Python has it.
 *
 *   classes            a line for each code point but surrogates: it, 1 for
 *                      each of \w \d \s, its lower case as code points
 *   lower|word|alphabetic|split|char [LOW HIGH]
 *                      texts from standard input, each with its bytes in
 *                      decimal and a newline before it; answers likewise, each
 *                      of the count of its terms, a newline and the terms, in
 *                      the same dress; LOW and HIGH: their n-grams
 *   speed RULE         megabytes a second of the lines of standard input
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "text/python_text.h"
#include "text/python_words.h"

enum { ROOM = 512, RUNS = 5 };

static zub_python_words *words;
static zub_buffer terms; /* of the text at hand, dressed */
static size_t term_count, low, high;

static void must(zub_status status)
{
    if (status == ZUB_OK)
        return;
    fprintf(stderr, "status %d\n", (int)status);
    exit(1);
}

static void print_class(uint32_t c)
{
    zub_buffer text, small;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&small, ZUB_BUFFER_UNLIMITED);
    zub_utf8_add(&text, c);
    must(zub_python_lower(&small, zub_buffer_slice(&text)));
    printf("%u %d%d%d", c, zub_python_is_word(c), zub_python_is_decimal(c),
           zub_python_is_space(c));
    for (size_t at = 0; at < small.size;)
        printf(" %u", zub_utf8_next(small.data, small.size, &at, NULL));
    putchar('\n');
    zub_buffer_release(&text);
    zub_buffer_release(&small);
}

static void print_classes(void)
{
    for (uint32_t c = 0; c < 0x110000; c++)
        if (c < 0xD800 || c > 0xDFFF)
            print_class(c);
}

static void add_term(zub_slice term)
{
    zub_buffer_format(&terms, "%zu\n", term.size);
    zub_buffer_add_slice(&terms, term);
    term_count++;
}

static void add_grams(zub_slice term, bool is_word)
{
    zub_python_span spans[ROOM];
    zub_python_grams grams;

    zub_python_grams_init(&grams, term, low, high, is_word);
    for (size_t count; (count = zub_python_grams_next(&grams, spans, ROOM));)
        for (size_t i = 0; i < count; i++)
            add_term((zub_slice){term.data + spans[i].start, spans[i].size});
}

static void add_words(zub_slice text, zub_python_rule rule)
{
    zub_python_span spans[ROOM];
    zub_slice base, term;

    must(zub_python_words_begin(words, text, &base));
    for (size_t count; (count = zub_python_words_next(words, spans, ROOM));)
        for (size_t i = 0; i < count; i++) {
            zub_slice word = {base.data + spans[i].start, spans[i].size};
            must(zub_python_words_term(words, word, &term));
            if (high)
                add_grams(term, rule == ZUB_PYTHON_SPLIT);
            else
                add_term(term);
        }
}

static void answer(zub_slice text, int rule)
{
    term_count = 0;
    zub_buffer_clear(&terms);
    if (rule < 0) {
        zub_buffer lowered;
        zub_buffer_init(&lowered, ZUB_BUFFER_UNLIMITED);
        must(zub_python_lower(&lowered, text));
        add_term(zub_buffer_slice(&lowered));
        zub_buffer_release(&lowered);
    } else {
        add_words(text, (zub_python_rule)rule);
    }
    must(terms.status);
    printf("%zu\n", term_count);
    fwrite(terms.data, 1, terms.size, stdout);
}

static void answer_all(int rule)
{
    char *text = NULL;
    size_t size;

    while (scanf("%zu", &size) == 1 && getchar() == '\n') {
        text = realloc(text, size + 1);
        if (!text || fread(text, 1, size, stdin) != size)
            must(ZUB_EIO);
        answer((zub_slice){text, size}, rule);
    }
    free(text);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Cutting alone: no term is lowered, no n-gram walked unless HIGH says so. */
static size_t cut(zub_slice text, zub_python_rule rule)
{
    zub_python_span spans[ROOM];
    zub_slice base;
    size_t total = 0;

    must(zub_python_words_begin(words, text, &base));
    for (size_t count; (count = zub_python_words_next(words, spans, ROOM));) {
        total += count;
        for (size_t i = 0; high && i < count; i++) {
            zub_slice word = {base.data + spans[i].start, spans[i].size}, term;
            zub_python_span pieces[ROOM];
            zub_python_grams grams;
            must(zub_python_words_term(words, word, &term));
            zub_python_grams_init(&grams, term, low, high,
                                  rule == ZUB_PYTHON_SPLIT);
            for (size_t n; (n = zub_python_grams_next(&grams, pieces, ROOM));)
                total += n;
        }
    }
    return total;
}

static size_t cut_lines(zub_slice input, zub_python_rule rule)
{
    size_t count = 0;

    for (size_t at = 0; at < input.size;) {
        const char *line = input.data + at;
        const char *end = memchr(line, '\n', input.size - at);
        size_t size = end ? (size_t)(end - line) : input.size - at;
        count += cut((zub_slice){line, size}, rule);
        at += size + 1;
    }
    return count;
}

static void measure(zub_python_rule rule)
{
    zub_buffer input;
    size_t count = 0;
    double best = 0;

    zub_buffer_init(&input, ZUB_BUFFER_UNLIMITED);
    for (size_t got = 1; got > 0; input.size += got) {
        char *room = zub_buffer_reserve(&input, 1 << 20);
        if (!room)
            must(input.status);
        got = fread(room, 1, 1 << 20, stdin);
    }
    for (int run = 0; run < RUNS; run++) {
        double start = seconds();
        count = cut_lines(zub_buffer_slice(&input), rule);
        double spent = seconds() - start;
        best = run == 0 || spent < best ? spent : best;
    }
    printf("%zu pieces, %.0f MB/s\n", count, (double)input.size / best / 1e6);
    zub_buffer_release(&input);
}

/* -1: lower. */
static int rule_of(const char *name)
{
    static const char *const names[] = {"word", "alphabetic", "split", "char"};

    for (int i = 0; i < 4; i++)
        if (strcmp(name, names[i]) == 0)
            return i;
    return -1;
}

int main(int argc, char **argv)
{
    bool is_speed = argc > 2 && strcmp(argv[1], "speed") == 0;

    if (argc < 2)
        return 2;
    if (strcmp(argv[1], "classes") == 0) {
        print_classes();
        return 0;
    }
    argv += is_speed;
    argc -= is_speed;
    int rule = rule_of(argv[1]);
    low = argc > 3 ? strtoul(argv[2], NULL, 10) : 0;
    high = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    zub_buffer_init(&terms, ZUB_BUFFER_UNLIMITED);
    must(zub_python_words_new(
        &words, rule < 0 ? ZUB_PYTHON_WORD : (zub_python_rule)rule, NULL));
    if (is_speed)
        measure(words ? (zub_python_rule)(rule < 0 ? 0 : rule) : 0);
    else
        answer_all(rule);
    zub_python_words_free(words);
    zub_buffer_release(&terms);
    return 0;
}
