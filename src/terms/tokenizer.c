/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tokenizer.c - see tokenizer.h. A dialect is a row: where words end, and what
 * one counts as. */
#include "terms/tokenizer.h"

#include <string.h>
#include <unicode/uvernum.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/models.h"
#include "terms/state.h"
#include "text/graphemes.h"
#include "text/python_words.h"
#include "text/segments.h"

#define MOST_CHARACTERS 16u

typedef struct dialect {
    const char *compat; /* NULL: ours */
    bool has_characters;
    zub_python_rule rule; /* of others */
    zub_status (*terms)(zub_tokenizer *tokenizer, zub_slice word);
} word_dialect;

struct zub_tokenizer {
    const word_dialect *dialect;
    zub_analyzer *analyzer; /* borrowed */
    unsigned low, high, char_low, char_high, window;
    bool has_sentences; /* n-grams end with them */

    zub_scanner *scanner;     /* ours */
    zub_graphemes *graphemes; /* ours, of characters */
    zub_python_words *python; /* of others */
    zub_lexicon *lexicon;     /* of the article begun; ours */
    char (*langs)[12];        /* [lang_count] by number of vocabulary */
    size_t lang_count, lang_capacity;

    zub_slice text; /* begun */
    size_t body;    /* where it begins in its record */
    zub_segments sentences;
    size_t sentence; /* that the last word was in */

    zub_buffer folded;
    zub_slice *terms; /* [term_count], of the last word asked */
    size_t term_count, term_capacity;
};

/* ---- What a word counts as ---- */

static zub_status add_term(zub_tokenizer *tokenizer, zub_slice term)
{
    if (!zub_grow(&tokenizer->terms, &tokenizer->term_capacity,
                  tokenizer->term_count + 1, sizeof *tokenizer->terms))
        return ZUB_ENOMEM;
    tokenizer->terms[tokenizer->term_count++] = term;
    return ZUB_OK;
}

static zub_status add_key(zub_tokenizer *tokenizer, zub_slice word)
{
    zub_slice key;
    bool is_stop;
    zub_status status =
        zub_lexicon_key_of(tokenizer->lexicon, word, &key, &is_stop);
    bool is_kept = !is_stop || tokenizer->analyzer->rules.keep_stop_words;

    if (status != ZUB_OK || key.size == 0 || !is_kept)
        return status;
    return add_term(tokenizer, key);
}

/* Runs of n graphemes; a word of fewer than the least counts whole, once. */
static zub_status add_runs(zub_tokenizer *tokenizer, size_t n)
{
    const zub_graphemes *graphemes = tokenizer->graphemes;
    size_t count = zub_graphemes_count(graphemes);
    zub_status status = ZUB_OK;
    zub_slice run;

    if (n > count && n == tokenizer->char_low)
        n = count;
    for (size_t at = 0;
         status == ZUB_OK && zub_graphemes_run(graphemes, at, n, &run); at++)
        status = add_term(tokenizer, run);
    return status;
}

/* Of the folded word between two spaces. */
static zub_status add_graphemes(zub_tokenizer *tokenizer, zub_slice word)
{
    zub_buffer *folded = &tokenizer->folded;
    const char *lang = zub_lexicon_lang(tokenizer->lexicon);

    zub_buffer_clear(folded);
    zub_buffer_add_char(folded, ' ');
    zub_status status =
        zub_fold(tokenizer->analyzer->folder, folded, word, lang);
    if (status != ZUB_OK || folded->size <= 1)
        return status;
    zub_buffer_add_char(folded, ' ');
    if (folded->status == ZUB_OK)
        status = zub_graphemes_begin(tokenizer->graphemes,
                                     zub_buffer_slice(folded));
    for (unsigned n = tokenizer->char_low;
         status == ZUB_OK && n <= tokenizer->char_high; n++)
        status = add_runs(tokenizer, n);
    return folded->status != ZUB_OK ? folded->status : status;
}

static zub_status add_python_word(zub_tokenizer *tokenizer, zub_slice word)
{
    zub_slice term;
    zub_status status = zub_python_words_term(tokenizer->python, word, &term);

    return status == ZUB_OK ? add_term(tokenizer, term) : status;
}

static zub_status add_python_grams(zub_tokenizer *tokenizer, zub_slice word)
{
    zub_python_span spans[64];
    zub_python_grams grams;
    zub_slice term;
    size_t count;
    zub_status status = zub_python_words_term(tokenizer->python, word, &term);

    if (status != ZUB_OK)
        return status;
    zub_python_grams_init(&grams, term, tokenizer->char_low,
                          tokenizer->char_high, true);
    while (status == ZUB_OK &&
           (count = zub_python_grams_next(&grams, spans, 64)) > 0)
        for (size_t i = 0; status == ZUB_OK && i < count; i++)
            status =
                add_term(tokenizer, (zub_slice){term.data + spans[i].start,
                                                spans[i].size});
    return status;
}

static const word_dialect dialects[] = {
    {NULL, false, 0, add_key},
    {NULL, true, 0, add_graphemes},
    {"sklearn", false, ZUB_PYTHON_WORD, add_python_word},
    {"sklearn", true, ZUB_PYTHON_SPLIT, add_python_grams},
    {"gensim", false, ZUB_PYTHON_ALPHABETIC, add_python_word},
};
#define DIALECTS (sizeof dialects / sizeof *dialects)

static const struct {
    const char *name, *about;
} compats[] = {
    {"sklearn", "two word characters or more, as scikit-learn's vectorizers"},
    {"gensim", "runs of letters, as gensim.utils.tokenize"},
};

const char *zub_compat_name(size_t i)
{
    return i < sizeof compats / sizeof *compats ? compats[i].name : NULL;
}

const char *zub_compat_about(size_t i)
{
    return i < sizeof compats / sizeof *compats ? compats[i].about : NULL;
}

bool zub_tokenizer_is_plural(const zub_tokenizer *tokenizer)
{
    return tokenizer->dialect->has_characters;
}

zub_status zub_tokenizer_terms(zub_tokenizer *tokenizer, zub_slice word,
                               const zub_slice **terms, size_t *count)
{
    tokenizer->term_count = 0;
    zub_status status = tokenizer->dialect->terms(tokenizer, word);
    *terms = tokenizer->terms;
    *count = tokenizer->term_count;
    return status;
}

/* ---- Opening ---- */

static bool is_name(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool is_compat(const char *name)
{
    for (size_t i = 0; i < DIALECTS; i++)
        if (is_name(dialects[i].compat, name))
            return true;
    return false;
}

static zub_status choose_dialect(zub_tokenizer *tokenizer,
                                 const zub_count_options *options,
                                 zub_error *error)
{
    bool has_characters = options->char_low > 0;

    for (size_t i = 0; i < DIALECTS; i++)
        if (is_name(dialects[i].compat, options->compat) &&
            dialects[i].has_characters == has_characters) {
            tokenizer->dialect = &dialects[i];
            return ZUB_OK;
        }
    if (is_compat(options->compat))
        return zub_fail(error, ZUB_EINVAL,
                        "'%s' counts no characters in a row (try sklearn)",
                        options->compat);
    return zub_fail(error, ZUB_EINVAL,
                    "no tokens like those of '%s' (try sklearn or gensim)",
                    options->compat);
}

static zub_status check_range(unsigned low, unsigned high, unsigned most,
                              const char *what, zub_error *error)
{
    if (low <= high && high <= most)
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "%s in a row are 1 to %u, the lower number first, not "
                    "%u-%u",
                    what, most, low, high);
}

static zub_status check_window(const zub_count_options *options,
                               zub_error *error)
{
    if (options->window > ZUB_MOST_WINDOW)
        return zub_fail(error, ZUB_EINVAL,
                        "a window is of 1 to %u words, not %u",
                        ZUB_MOST_WINDOW, options->window);
    if (options->window > 0 &&
        (options->low > 0 || options->high > 0 || options->char_low > 0))
        return zub_fail(error, ZUB_EINVAL,
                        "a window counts pairs of words: words or characters "
                        "in a row cannot be counted at once");
    return ZUB_OK;
}

static zub_status take_orders(zub_tokenizer *tokenizer,
                              const zub_count_options *options,
                              zub_error *error)
{
    zub_counted_orders orders = zub_count_orders(options);
    zub_status status = check_window(options, error);

    if (status != ZUB_OK)
        return status;
    tokenizer->low = orders.low;
    tokenizer->high = orders.high;
    tokenizer->window = options->window;
    tokenizer->char_low = options->char_low;
    tokenizer->char_high =
        options->char_high ? options->char_high : options->char_low;
    if (tokenizer->char_low > 0 && (options->low > 1 || options->high > 1))
        return zub_fail(error, ZUB_EINVAL,
                        "words in a row and characters in a row cannot be "
                        "counted at once");
    status = check_range(tokenizer->low, tokenizer->high, ZUB_MOST_ORDER,
                         "words", error);
    return status == ZUB_OK
               ? check_range(tokenizer->char_low, tokenizer->char_high,
                             MOST_CHARACTERS, "characters", error)
               : status;
}

static zub_status open_parts(zub_tokenizer *tokenizer, zub_error *error)
{
    const word_dialect *dialect = tokenizer->dialect;

    tokenizer->has_sentences = !dialect->compat && tokenizer->high > 1;
    if (dialect->compat)
        return zub_python_words_new(&tokenizer->python, dialect->rule, error);
    zub_status status = zub_scanner_new(&tokenizer->scanner, error);
    if (status == ZUB_OK && dialect->has_characters)
        status = zub_graphemes_new(&tokenizer->graphemes, error);
    return status;
}

zub_status zub_tokenizer_new(zub_tokenizer **out, zub_analyzer *analyzer,
                             const zub_count_options *options,
                             zub_error *error)
{
    zub_tokenizer *tokenizer = zub_alloc_zero(1, sizeof *tokenizer);

    *out = NULL;
    if (!tokenizer)
        return zub_fail_memory(error);
    tokenizer->analyzer = analyzer;
    zub_buffer_init(&tokenizer->folded, ZUB_BUFFER_UNLIMITED);
    zub_status status = choose_dialect(tokenizer, options, error);
    if (status == ZUB_OK)
        status = take_orders(tokenizer, options, error);
    if (status == ZUB_OK)
        status = open_parts(tokenizer, error);
    if (status != ZUB_OK) {
        zub_tokenizer_free(tokenizer);
        return status;
    }
    *out = tokenizer;
    return ZUB_OK;
}

void zub_tokenizer_free(zub_tokenizer *tokenizer)
{
    if (!tokenizer)
        return;
    zub_scanner_free(tokenizer->scanner);
    zub_graphemes_free(tokenizer->graphemes);
    zub_python_words_free(tokenizer->python);
    zub_segments_release(&tokenizer->sentences);
    zub_buffer_release(&tokenizer->folded);
    zub_free(tokenizer->langs);
    zub_free(tokenizer->terms);
    zub_free(tokenizer);
}

/* ---- Words ---- */

/* The number of a language, a new one at first. */
static zub_status number_language(zub_tokenizer *tokenizer, const char *lang,
                                  size_t *number)
{
    for (*number = 0; *number < tokenizer->lang_count; ++*number)
        if (strcmp(tokenizer->langs[*number], lang) == 0)
            return ZUB_OK;
    if (!zub_grow(&tokenizer->langs, &tokenizer->lang_capacity,
                  tokenizer->lang_count + 1, sizeof *tokenizer->langs))
        return ZUB_ENOMEM;
    memcpy(tokenizer->langs[tokenizer->lang_count++], lang,
           sizeof *tokenizer->langs);
    return ZUB_OK;
}

static zub_status find_sentences(zub_tokenizer *tokenizer,
                                 const zub_record *record, const char *lang,
                                 zub_error *error)
{
    zub_segments_release(&tokenizer->sentences);
    tokenizer->sentence = 0;
    if (!tokenizer->has_sentences)
        return ZUB_OK;
    return zub_segment_sentences(tokenizer->analyzer->segmenter,
                                 &tokenizer->sentences, record->text,
                                 record->body, lang, error);
}

static zub_status begin_ours(zub_tokenizer *tokenizer,
                             const zub_record *record, size_t *vocabulary,
                             zub_error *error)
{
    char lang[12];
    zub_analyzer *analyzer = tokenizer->analyzer;
    zub_status status = zub_analyzer_language(analyzer, lang, record, error);

    tokenizer->text = (zub_slice){record->text.data + record->body,
                                  record->text.size - record->body};
    tokenizer->body = record->body;
    if (status == ZUB_OK)
        status =
            zub_analyzer_lexicon(analyzer, &tokenizer->lexicon, lang, error);
    if (status == ZUB_OK)
        status = zub_scanner_choose(tokenizer->scanner, lang, error);
    if (status == ZUB_OK)
        status = find_sentences(tokenizer, record, lang, error);
    if (status == ZUB_OK)
        status = number_language(tokenizer, lang, vocabulary);
    return status == ZUB_OK
               ? zub_scanner_begin(tokenizer->scanner, tokenizer->text)
               : status;
}

/* Whoever lowers words does not see a body or a language. */
static zub_status begin_theirs(zub_tokenizer *tokenizer,
                               const zub_record *record, size_t *vocabulary)
{
    zub_status status = zub_python_words_begin(tokenizer->python, record->text,
                                               &tokenizer->text);

    *vocabulary = zub_python_words_is_lowered(tokenizer->python);
    return status;
}

zub_status zub_tokenizer_begin(zub_tokenizer *tokenizer,
                               const zub_record *record, zub_slice *text,
                               size_t *vocabulary, zub_error *error)
{
    zub_status status = tokenizer->dialect->compat
                            ? begin_theirs(tokenizer, record, vocabulary)
                            : begin_ours(tokenizer, record, vocabulary, error);

    *text = tokenizer->text;
    if (status != ZUB_OK && error && error->status != status)
        zub_fail(error, status, "%s", zub_status_text(status));
    return status;
}

const char *zub_tokenizer_lang(const zub_tokenizer *tokenizer)
{
    return tokenizer->lexicon ? zub_lexicon_lang(tokenizer->lexicon) : "und";
}

/* Whether a sentence ends between the word before and one at `start`. */
static bool is_next_sentence(zub_tokenizer *tokenizer, size_t start)
{
    const zub_segments *segments = &tokenizer->sentences;
    size_t before = tokenizer->sentence;

    while (tokenizer->sentence < segments->sentence_count &&
           segments->sentences[tokenizer->sentence].span.end <= start)
        tokenizer->sentence++;
    return tokenizer->sentence != before;
}

static void find_breaks(zub_tokenizer *tokenizer, const zub_scanned *words,
                        bool *breaks, size_t size)
{
    if (!tokenizer->has_sentences) {
        memset(breaks, 0, size);
        return;
    }
    for (size_t i = 0; i < size; i++)
        breaks[i] =
            is_next_sentence(tokenizer, tokenizer->body + words[i].start);
}

zub_status zub_tokenizer_next(zub_tokenizer *tokenizer, zub_scanned *words,
                              bool *breaks, size_t room, size_t *size)
{
    if (tokenizer->dialect->compat) {
        _Static_assert(sizeof(zub_python_span) == sizeof(zub_scanned), "");
        *size = zub_python_words_next(tokenizer->python,
                                      (zub_python_span *)words, room);
    } else {
        *size = zub_scanner_next(tokenizer->scanner, words, room);
        if (*size == 0 && zub_scanner_failed(tokenizer->scanner))
            return ZUB_ENOMEM;
    }
    find_breaks(tokenizer, words, breaks, *size);
    return ZUB_OK;
}

/* ---- Fingerprint ---- */

/* The identity of one model file, 0 where there is none. */
static zub_status digest_file(const zub_models *models, const char *name,
                              uint32_t *out, zub_error *error)
{
    zub_slice file;
    zub_status status = zub_models_file(models, name, &file, error);

    *out = status == ZUB_OK ? (uint32_t)(zub_hash(file) >> 32) : 0;
    return status == ZUB_ENOTFOUND ? ZUB_OK : status;
}

/* Where every article may be in another language, all files speak. */
static zub_status add_all_files(zub_tokenizer *tokenizer, zub_buffer *out,
                                zub_error *error)
{
    static const char *const files[] = {"language.zub", "ar/lexicon.zub"};
    static const char *const lists[] = {"stop.txt", "background.zub"};
    const zub_models *models = tokenizer->analyzer->models;
    uint32_t file[2], list[2] = {0, 0};
    bool drops = !tokenizer->analyzer->rules.keep_stop_words;
    zub_status status = ZUB_OK;

    for (unsigned i = 0; status == ZUB_OK && i < 2; i++)
        status = digest_file(models, files[i], &file[i], error);
    for (unsigned i = 0; drops && status == ZUB_OK && i < 2; i++)
        status = zub_models_digest(models, lists[i], &list[i], error);
    if (status != ZUB_OK)
        return status;
    if (tokenizer->analyzer->rules.attested)
        file[1] = tokenizer->analyzer->attested.identity;
    zub_buffer_format(out, "lang=auto/%08x stemmer=%s lexicon=%08x",
                      (unsigned)file[0],
                      zub_stemmer_name(tokenizer->analyzer->rules.stemmer),
                      (unsigned)file[1]);
    if (drops)
        zub_buffer_format(out, " stop=%08x/%08x", (unsigned)list[0],
                          (unsigned)list[1]);
    return ZUB_OK;
}

/* Language, stemmer and every file that our words depend on. */
static zub_status add_our_words(zub_tokenizer *tokenizer, zub_buffer *out,
                                zub_error *error)
{
    zub_analyzer *analyzer = tokenizer->analyzer;
    bool drops = !analyzer->rules.keep_stop_words;
    zub_lexicon *lexicon;

    if (!analyzer->lang[0])
        return add_all_files(tokenizer, out, error);
    zub_status status =
        zub_analyzer_lexicon(analyzer, &lexicon, analyzer->lang, error);
    if (status == ZUB_OK)
        zub_buffer_add_string(out, drops ? zub_lexicon_files(lexicon)
                                         : zub_lexicon_fingerprint(lexicon));
    return status;
}

zub_status zub_tokenizer_fingerprint(zub_tokenizer *tokenizer, zub_buffer *out,
                                     zub_error *error)
{
    const char *compat = tokenizer->dialect->compat;
    zub_status status = ZUB_OK;

    if (compat)
        zub_buffer_format(out, "words=%s", compat);
    else
        status = add_our_words(tokenizer, out, error);
    if (!compat && tokenizer->analyzer->rules.keep_stop_words)
        zub_buffer_add_string(out, " stop=kept");
    if (tokenizer->char_low)
        zub_buffer_format(out, " char=%u-%u", tokenizer->char_low,
                          tokenizer->char_high);
    else
        zub_buffer_format(out, " ngram=%u-%u", tokenizer->low,
                          tokenizer->high);
    if (tokenizer->window)
        zub_buffer_format(out, " window=%u", tokenizer->window);
    zub_buffer_format(out, " icu=%s", U_ICU_VERSION);
    return status == ZUB_OK ? out->status : status;
}
