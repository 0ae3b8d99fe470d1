/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* zubda.h - the public interface of libzubda, the gist of articles.
 *
 * The short way from an article to its key sentences:
 *
 *     zub_record article = {.id = id, .text = text};
 *     zub_models *models;
 *     zub_analyzer *analyzer;
 *     zub_summary *summary;
 *
 *     zub_models_open(&models, "models", NULL);
 *     zub_analyzer_new(&analyzer, models, NULL, NULL);
 *     zub_summarize(&summary, analyzer, &article, NULL, NULL);
 *     for (size_t i = 0; i < summary->sentence_count; i++)
 *         puts(summary->sentences[i].text.data);
 *
 * The sections stand in the order in which text flows through them:
 * version, status, slices, sinks and files, models, corpus, analyzer and
 * documents, language, counting, matrices, reductions, similarity, duplicates,
 * summaries, topics, evaluation, rankings, statistics, rendering, tables,
 * display. Rules that hold for every function:
 *
 * - It returns ZUB_OK or says why not. With a zub_error the reason has words;
 *   a NULL zub_error is fine everywhere.
 * - An out-parameter comes first, is yours to free on success and NULL on
 *   failure. A returned pointer is borrowed from the first argument.
 * - Options are a plain struct: zeroed, or a NULL pointer, means the defaults.
 * - Text is a pointer and a length in bytes; a NUL byte is text. It should be
 *   UTF-8; bytes that are not are shown as U+FFFD and counted.
 * - Offsets are bytes into the text as given, half open: [start, end).
 * - The library never prints, exits, reads the environment or keeps state
 *   outside the objects it hands out.
 * - Threads: an object may move between threads but is used by one at a time,
 *   unless its section says that any number may share it.
 */
#ifndef ZUBDA_H
#define ZUBDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ZUB_API __attribute__((visibility("default")))

/* ---- Version ---- */

#define ZUB_VERSION "0.1.0"

/* The version of the library that is linked, such as "0.1.0". */
ZUB_API const char *zub_version(void);

/* The libraries it runs on with their versions, one line, such as
 * "ICU 72.1, zlib 1.2.13, libxml2 2.9.14, OpenBLAS 0.3.21 (Haswell)". Writes
 * at most `size` bytes with the closing NUL and returns the length it wanted.
 * Loads OpenBLAS, 3 ms; without room for it: "no OpenBLAS". */
ZUB_API size_t zub_version_details(char *out, size_t size);

/* ---- Status: 0 or negative; names, codes and texts stand once. ---- */

/* clang-format off */
#define ZUB_STATUS_MAP(X)                                        \
    X(OK,          0, "no error")                                \
    X(ENOMEM,     -1, "out of memory")                           \
    X(EINVAL,     -2, "invalid argument")                        \
    X(EIO,        -3, "cannot read")                             \
    X(EWRITE,     -4, "cannot write")                            \
    X(EENCODING,  -5, "text is not valid in its encoding")       \
    X(EFORMAT,    -6, "file is damaged or not ours")             \
    X(EVERSION,   -7, "file is from another version")            \
    X(EMISMATCH,  -8, "made with another analyzer")              \
    X(ENOTFOUND,  -9, "not found")                               \
    X(ELIMIT,    -10, "a limit was reached")                     \
    X(EBUSY,     -11, "another writer holds it")                 \
    X(ECANCELED, -12, "stopped by the caller")                   \
    X(EMALFORMED,-13, "input is malformed")
/* clang-format on */

typedef enum zub_status {
#define X(name, code, text) ZUB_##name = (code),
    ZUB_STATUS_MAP(X)
#undef X
} zub_status;

/* What a status means, in English, lower case, no full stop. Never NULL;
 * static storage; any thread. */
ZUB_API const char *zub_status_text(zub_status status);

#define ZUB_NO_POSITION UINT64_MAX

/* Why something failed: what, which, where and what to do, in words that can
 * be shown to a user as they are. Owned by the caller; nothing to free. */
typedef struct zub_error {
    zub_status status;
    uint64_t position; /* byte in the input, or ZUB_NO_POSITION */
    char message[512]; /* UTF-8, cut between characters; "" when ZUB_OK */
} zub_error;

/* ---- Slices ---- */

/* Some bytes of somebody else. Slices inside results are followed by a NUL
 * byte that `size` does not count; slices handed in need none. */
typedef struct zub_slice {
    const char *data; /* NULL only when size is 0 */
    size_t size;
} zub_slice;

/* A place in a text: half open, in bytes and in code points. An invalid byte
 * sequence counts as the U+FFFD that is shown for it. */
typedef struct zub_span {
    size_t start, end;
    size_t cp_start, cp_end;
} zub_span;

/* ---- Sinks and files: where results go ---- */

/* Takes `size` bytes or fails; called in order, by one thread at a time. */
typedef struct zub_sink {
    zub_status (*write)(void *context, const char *data, size_t size);
    void *context;
} zub_sink;

/* A file that appears under its name all at once or not at all: written
 * aside in the same folder, synced, then renamed. */
typedef struct zub_output zub_output;

/* ZUB_EWRITE: the file beside `path` cannot be made. */
ZUB_API zub_status zub_output_open(zub_output **out, const char *path,
                                   zub_error *error);
/* Where to write; valid until the output is committed or freed. */
ZUB_API zub_sink zub_output_sink(zub_output *output);
/* Sync, rename over `path`, sync the folder. ZUB_EWRITE: the old file is as
 * it was; only when the folder alone cannot be synced the new one is there,
 * whole. Once only; then free it. */
ZUB_API zub_status zub_output_commit(zub_output *output, zub_error *error);
/* What was written so far is on the disk, still aside: of files that belong
 * together each is synced before the first is committed, so that a full disk
 * leaves all of them as they were. ZUB_EWRITE. */
ZUB_API zub_status zub_output_sync(zub_output *output, zub_error *error);
/* Without a commit nothing is left behind. NULL is fine. */
ZUB_API void zub_output_free(zub_output *output);

/* ---- Models: a folder of trained tables ---- */

/* Files of the folder are mapped when first asked for and then shared: any
 * number of threads may use one zub_models at the same time. */
typedef struct zub_models zub_models;

/* `folder` NULL: no models; everything still works with what an article says
 * about itself. ZUB_EIO: the folder cannot be read. */
ZUB_API zub_status zub_models_open(zub_models **out, const char *folder,
                                   zub_error *error);
/* After every object that was made with it. NULL is fine. */
ZUB_API void zub_models_free(zub_models *models);

/* ---- Corpus: where articles come from ---- */

typedef enum zub_form {
    ZUB_FORM_AUTO,  /* by suffix, then by a look inside */
    ZUB_FORM_TEXT,  /* one article a file */
    ZUB_FORM_LINES, /* one article a line */
    ZUB_FORM_JSONL, /* one JSON object a line */
    ZUB_FORM_TSV,   /* header line; \t \n \\ escapes none: a tab is a border */
    ZUB_FORM_CSV,   /* header line; RFC 4180 quoting */
    ZUB_FORM_HTML   /* one article a file; its main text is extracted */
} zub_form;

/* A field that the record brought along: any but its text, and but its id when
 * the field is called "id". Of fields of one name there is the last alone. */
typedef struct zub_field {
    zub_slice name;  /* decoded, UTF-8 */
    zub_slice value; /* the JSON value, its bytes as they stood in JSONL; a
                        cell of a table is a JSON string */
} zub_field;

/* One article. A caller may fill one in by hand: zeroed but for `text` will
 * do. Those from a corpus own what they point at. */
typedef struct zub_record {
    zub_slice id;           /* never empty when it comes from a corpus */
    zub_slice text;         /* offsets count in here */
    size_t body;            /* where, in `text`, title and BOM are over */
    zub_slice title;        /* empty: none */
    zub_slice lang;         /* BCP 47; empty: to be found out */
    zub_slice source;       /* path of its file, "-" for standard input */
    uint64_t line;          /* of its start in the file, from 1; 0: the file */
    const char *text_field; /* name of the field the text came from, or NULL */
    const zub_field *fields;
    size_t field_count;
    size_t repaired;  /* bytes replaced while decoding, before `text` */
    bool is_decoded;  /* `text` is not the file's own bytes: another encoding,
                        HTML, or a field of a table or of JSON */
    uint64_t ordinal; /* in its corpus, from 0, as zub_progress counts them;
                         0 when it was made by hand */
} zub_record;

typedef struct zub_corpus_options {
    zub_form form;
    const char *encoding;   /* name known to ICU; NULL or "auto": BOM, then
                               declaration, then UTF-8, then detection */
    const char *text_field; /* NULL: first of text, content, body,
                               raw_content, article */
    const char *id_field;   /* NULL: id */
    uint64_t limit_bytes;   /* an article at most, decompressed; 0: 1 GiB */
    int stdin_fd;           /* what "-" reads; 0 is standard input */
    bool text_is_optional;  /* JSONL: without the field the text is empty */
    const char *const *left_out; /* files that no folder is read with, by
                                    device and inode, as they are when the
                                    corpus is opened: those to be written.
                                    NULL-ended, or NULL */
} zub_corpus_options;

/* A stream of records from files, folders and standard input, in the order
 * given; folders are walked in byte order of their paths. Memory is that of
 * the largest record, whatever their number.
 *
 * Of a folder's files those are read whose suffix is known (.txt .text .md
 * .jsonl .ndjson .tsv .tab .csv .html .htm .xhtml, each also with .gz), all of
 * them when `form` is named; never those whose name begins with a dot. Links
 * to files are followed, links to folders within a folder are not. What is
 * gzip is decompressed, whatever its name. Of a JSON name or a column that
 * stands twice the last counts. An HTML page has at most 64 MiB, and tags that
 * cross cost it at most 2^28 steps. What looks like a binary file is malformed,
 * unless form or encoding is named. */
typedef struct zub_corpus zub_corpus;

/* Paths are copied. Nothing is read before the first zub_corpus_next, so a
 * missing file is that call's error. ZUB_EINVAL: no path, an unknown
 * encoding. */
ZUB_API zub_status zub_corpus_open(zub_corpus **out, const char *const *paths,
                                   size_t count,
                                   const zub_corpus_options *options,
                                   zub_error *error);

/* The next record, yours to free; NULL with ZUB_OK after the last. Any other
 * status is about one file or one record, named in the message: calling again
 * goes on behind it. ZUB_EIO, ZUB_ENOTFOUND (a folder without articles),
 * ZUB_EENCODING, ZUB_EMALFORMED, ZUB_ELIMIT, ZUB_ENOMEM. */
ZUB_API zub_status zub_corpus_next(zub_record **out, zub_corpus *corpus,
                                   zub_error *error);

/* How far a corpus is: files and bytes read, and their totals as far as they
 * are known. While zub_corpus_each runs any thread may ask. */
typedef struct zub_progress {
    uint64_t bytes, total_bytes; /* on disk; total 0: not known (a pipe) */
    uint64_t records;
} zub_progress;
ZUB_API zub_progress zub_corpus_progress(const zub_corpus *corpus);

/* NULL is fine for both. */
ZUB_API void zub_corpus_free(zub_corpus *corpus);
ZUB_API void zub_record_free(zub_record *record);

/* Bytes of a record that count and are shown as U+FFFD: those of `repaired`,
 * and what is no UTF-8 in its text. Any thread; gigabytes a second. */
ZUB_API size_t zub_record_repaired(const zub_record *record);

/* A field as a number, 0 on failure. ZUB_ENOTFOUND: no such field;
 * ZUB_EINVAL: not a number (a string that holds one is one). ZUB_ENOMEM. */
ZUB_API zub_status zub_record_number(double *out, const zub_record *record,
                                     const char *name);

/* The strings of a field that is a string, a list of strings, or a list of
 * lists or of objects whose "text" counts; a list of lists is a text for each
 * inner one, its strings joined by newlines. With `name` the record's own
 * text field it is that text. Owns what it points at. */
typedef struct zub_texts {
    const zub_slice *items; /* [count] */
    size_t count;
} zub_texts;

/* ZUB_ENOTFOUND: no such field. ZUB_EMALFORMED: its value is not JSON, which
 * only a caller can have put there. ZUB_ENOMEM. */
ZUB_API zub_status zub_texts_new(zub_texts **out, const zub_record *record,
                                 const char *name);
/* All of them as one text, joined by newlines: a sentence a line. */
ZUB_API zub_status zub_texts_new_joined(zub_texts **out,
                                        const zub_record *record,
                                        const char *name);
ZUB_API void zub_texts_free(zub_texts *texts);

/* What to do with every record of a corpus, on several threads, its results
 * taken in input order, or not taken at all. */
typedef struct zub_work {
    void *context;
    /* A worker's own state, made on that worker's thread. May be NULL. */
    zub_status (*open)(void *context, void **worker, zub_error *error);
    void (*close)(void *context, void *worker);
    /* In parallel, in any order: makes a result of one record. */
    zub_status (*map)(void *context, void *worker, const zub_record *record,
                      void **result, zub_error *error);
    /* One at a time, in input order. `record` is NULL when reading failed
     * and `result` when reading or map did; `failure->status` then says why
     * and is ZUB_OK otherwise. It owns `result`. Anything but ZUB_OK stops the
     * run. NULL: nothing waits for its turn, which is the quick way to add up
     * in `worker`; a result that map makes all the same is dropped at once.
     * The record's `ordinal` says where it stood. */
    zub_status (*take)(void *context, const zub_record *record, void *result,
                       const zub_error *failure);
    /* Frees a result that will not be taken because the run was stopped. */
    void (*drop)(void *context, void *result);
    /* Without `take`, and then for failures only: one at a time, in any order,
     * while other records are mapped. `record` is NULL when reading failed.
     * Anything but ZUB_OK stops the run. NULL: a failure does, with its
     * status and words. */
    zub_status (*fail)(void *context, const zub_record *record,
                       const zub_error *failure);
} zub_work;

/* Runs `work` over the rest of the corpus on `threads` threads (0: the
 * processors available), the calling one among them. Returns what stopped it: a
 * status of take, fail or open, ZUB_ENOMEM; failures of single records go to
 * take or to fail.
 *
 * A thread works on one record at a time while that takes it long, so that a
 * result is taken when it is made, and on up to 256 of together 64 KiB when
 * they take microseconds; it never waits for more input with records at hand.
 * In memory are at most 4 MiB of records and the last one read, and four times
 * as many records a thread as it works on. Cost of a record of 60 bytes beside
 * reading it: at most 50 ns. */
ZUB_API zub_status zub_corpus_each(zub_corpus *corpus, unsigned threads,
                                   const zub_work *work, zub_error *error);

/* ---- Analyzer and documents: text into sentences, words and terms ---- */

typedef struct zub_analyzer_options {
    const char *lang; /* BCP 47; NULL or "auto": each record's own, or found */
    bool keep_stop_words; /* stop words are terms too */
    const char *stemmer;  /* NULL: "auto"; see zub_stemmer_name. One that a
                             language does not have is that language's own */
    const char *lexicon;  /* words that Arabic has, for "light": path of a
                             file as scripts/train-background makes them;
                             NULL: the one in the models */
} zub_analyzer_options;

/* The names `stemmer` takes, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_stemmer_name(size_t i);
/* One line that says what the stemmer does. Same index. */
ZUB_API const char *zub_stemmer_about(size_t i);

/* How a word becomes a term, in every language it meets. One for a thread:
 * it holds break iterators and stemmers, opened when first needed. */
typedef struct zub_analyzer zub_analyzer;

/* `models` may be NULL and must live longer; the options may go. ZUB_EINVAL:
 * `lang` is not a language tag, or there is no such stemmer. ZUB_EFORMAT: a
 * model file or the lexicon is damaged. ZUB_ENOTFOUND, ZUB_EIO: the lexicon
 * cannot be read. ZUB_ENOMEM. */
ZUB_API zub_status zub_analyzer_new(zub_analyzer **out,
                                    const zub_models *models,
                                    const zub_analyzer_options *options,
                                    zub_error *error);
ZUB_API void zub_analyzer_free(zub_analyzer *analyzer);

typedef struct zub_sentence {
    zub_span span;
    uint32_t paragraph;            /* from 0 */
    uint32_t word_start, word_end; /* its words, half open */
    bool is_heading;
} zub_sentence;

/* A word: an ICU word segment with rule status >= 100, so letters, digits,
 * kana or ideographs, and no punctuation. */
typedef struct zub_word {
    zub_span span;
    uint32_t sentence;
} zub_word;

#define ZUB_NO_TERM UINT32_MAX

/* A term of one document. */
typedef struct zub_term {
    zub_slice key;     /* folded and stemmed: for counting, never for show */
    zub_slice surface; /* its commonest form, the first of equals */
    uint32_t count;
} zub_term;

/* An article taken apart. It borrows the record's text, which must outlive
 * it. Immutable: any number of threads may read it. */
typedef struct zub_document {
    zub_slice text;
    char lang[12]; /* BCP 47; "und" when nothing speaks for a language */
    const zub_sentence *sentences; /* [sentence_count], in text order */
    size_t sentence_count;
    const zub_word *words; /* [word_count], in text order */
    size_t word_count;
    const uint32_t *word_terms; /* [word_count]; ZUB_NO_TERM: a stop word */
    const zub_term *terms; /* [term_count], in order of first occurrence */
    size_t term_count;
    size_t paragraph_count;
    size_t repaired; /* invalid bytes in `text`, shown as U+FFFD */
} zub_document;

/* Sentences, words and terms of a record. Cost: linear in the text, about
 * 200 bytes a word. ZUB_EINVAL: the record's body begins beyond its text or
 * within a character. ZUB_ELIMIT: more than 2^31 bytes of text. ZUB_ENOMEM. */
ZUB_API zub_status zub_document_new(zub_document **out, zub_analyzer *analyzer,
                                    const zub_record *record,
                                    zub_error *error);
ZUB_API void zub_document_free(zub_document *document);

/* ---- Language ---- */

/* A guess at a language and its runner-up; "und" with confidence 0 when the
 * text holds no letter. Confidence: 0 to 1, the posterior of the model. */
typedef struct zub_guess {
    char lang[12];
    double confidence;
    char next_lang[12];
    double next_confidence;
} zub_guess;

/* The language of a text. Looks at 64 KiB at most. ZUB_EFORMAT, ZUB_EVERSION,
 * ZUB_EIO: the models cannot be read. ZUB_ENOMEM. */
ZUB_API zub_status zub_identify(zub_guess *out, zub_analyzer *analyzer,
                                zub_slice text, zub_error *error);

/* ---- Counting: states that merge ---- */

/* How much of a date names a group. */
typedef enum zub_period {
    ZUB_PERIOD_NONE, /* it is no date: the whole value does */
    ZUB_PERIOD_YEAR,
    ZUB_PERIOD_MONTH,
    ZUB_PERIOD_DAY
} zub_period;

typedef struct zub_count_options {
    const char *compat; /* whose words: NULL: ours; "sklearn", "gensim": what
                           that package takes for one, lowered, not stemmed */
    unsigned low, high; /* words in an n-gram, 1 to 8; 0: 1, and low */
    unsigned char_low, char_high; /* not 0: characters in a row are counted,
                                     1 to 16, of a word between two spaces */
    unsigned window; /* not 0: words, and pairs of a word with each of so many
                        behind it, 1 to 100; other orders are not asked for */
    bool keep_articles;      /* the counts of each article, too */
    bool by_input;           /* those in the order of the input; else by id */
    const char *group_field; /* with keep_articles: a field whose value takes
                                the place of the id, so that articles of one
                                group stand together; empty where a record has
                                none. id, title, lang (if the record says it)
                                and source are fields too */
    zub_period period;  /* of the group field: it holds an ISO 8601 date, and
                           what is none, or not as precise, is empty */
    uint64_t memory;    /* bytes for counts, beyond which sorted runs go to
                           temporary files; 0: no limit; at least 16 MiB */
    const char *folder; /* of temporary files; NULL: "/tmp" */
    /* Hears of each record whose group is empty, on any thread and in any
     * order; NULL: nobody does. */
    void (*nameless)(void *context, const zub_record *record);
    void *nameless_context;
    /* Hears of each article once it is counted: of which language its words
     * were taken to be ("und": they have none, as those of another package)
     * and how many they were. On any thread and in any order; NULL: nobody
     * does. */
    void (*counted)(void *context, const zub_record *record, const char *lang,
                    uint64_t words);
    void *counted_context;
    unsigned shard, shards; /* count article n (from 0) where n % shards is
                               shard - 1; 0: all */
} zub_count_options;

/* Names that `compat` takes, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_compat_name(size_t i);
/* One line that says what a word is with it. Same index. */
ZUB_API const char *zub_compat_about(size_t i);

/* What was counted of some articles: integers, terms in byte order, with their
 * surface forms. Merging is associative and commutative, and a merge is byte
 * for byte the state of all its articles (docs/counting.md). Constant: any
 * number of threads may share one. */
typedef struct zub_state zub_state;

/* Told of each record that could not be read or counted, as zub_work's `fail`.
 * Zeroed: the first one ends the run. */
typedef struct zub_failures {
    void *context;
    zub_status (*fail)(void *context, const zub_record *record,
                       const zub_error *failure);
} zub_failures;

/* Count the rest of a corpus on `threads` threads (0: the processors
 * available); each option pointer may be NULL. Stop words are counted when
 * words->keep_stop_words says so, and no n-gram reaches over one that is not.
 * N-grams stay within a sentence, and so do the pairs of a window, for which a
 * stop word that is not counted keeps its place. The result does not depend on
 * threads or memory. ZUB_EINVAL: options that do not go together. ZUB_EWRITE: the folder
 * is full. ZUB_ELIMIT: more than 2^32 - 2 terms. ZUB_ENOMEM, and errors of
 * zub_analyzer_new. */
ZUB_API zub_status zub_count(zub_state **out, zub_corpus *corpus,
                             unsigned threads, const zub_models *models,
                             const zub_analyzer_options *words,
                             const zub_count_options *options,
                             const zub_failures *failures, zub_error *error);

/* Maps a file and holds every byte and every rule of states against it before
 * anything is followed: one walk over it, 64 KiB of each array resident at a
 * time. ZUB_ENOTFOUND, ZUB_EIO; ZUB_EFORMAT: damaged, with the section and the
 * position; ZUB_EVERSION; ZUB_ENOMEM. */
ZUB_API zub_status zub_state_open(zub_state **out, const char *path,
                                  zub_error *error);
/* The same counts give the same bytes (docs/state-format.md). Arrays that lie
 * in a file are walked twice, 64 KiB of each resident at a time. ZUB_ENOMEM,
 * else what the sink returned. */
ZUB_API zub_status zub_state_write(const zub_state *state, zub_sink sink,
                                   zub_error *error);
/* NULL is fine. */
ZUB_API void zub_state_free(zub_state *state);

typedef struct zub_merge_options {
    uint64_t memory;       /* as in zub_count_options */
    const char *folder;    /* of temporary files; with a limit there is one */
    bool by_input;         /* as there; needs states that were counted so */
    bool without_articles; /* drop the counts of each article */
} zub_merge_options;

/* One state of several, which stay; `options` may be NULL. Time: a walk over
 * all arrays, times log2(count). Memory: what the states hold, at most, or
 * with a limit windows on files, and states in memory as they are.
 * ZUB_EINVAL: no state, a limit without a folder, no order of input to keep.
 * ZUB_EMISMATCH: they were not counted alike, with each setting that differs.
 * ZUB_ELIMIT: more than 2^32 - 2 terms, 2^32 - 1 articles of one, counts
 * beyond 2^64 - 1. ZUB_EWRITE: the folder is full. ZUB_ENOMEM. */
ZUB_API zub_status zub_merge(zub_state **out, zub_state *const *states,
                             size_t count, const zub_merge_options *options,
                             zub_error *error);

/* What a state holds. Its slice is the state's. */
typedef struct zub_state_facts {
    uint64_t articles, tokens; /* tokens: words counted, with repeats */
    uint64_t terms, forms;
    uint64_t ngrams[9];    /* [n], of n words, from 2 on */
    unsigned low, high;    /* words in an n-gram */
    unsigned window;       /* its pairs are of words so near; 0: in a row */
    bool has_articles;     /* the counts of each */
    zub_slice fingerprint; /* "key=value ...": all that decides what counts */
} zub_state_facts;
ZUB_API zub_state_facts zub_state_about(const zub_state *state);

/* A term of a state. Slices are the state's and have no NUL behind them. */
typedef struct zub_state_term {
    zub_slice term;    /* folded and stemmed */
    zub_slice surface; /* its commonest form, the first in byte order of
                          equals; the term where no forms are counted */
    uint64_t count;
    uint64_t df; /* articles that have it */
} zub_state_term;
/* Number i, in byte order. */
ZUB_API zub_state_term zub_state_term_at(const zub_state *state, uint64_t i);

/* The term that a text counts as, as a reader would write one: its words, each
 * what zub_count would count it as, with a space between; into `sink`. Its
 * language is words->lang, or found. ZUB_ENOTFOUND: it holds no word that
 * counts. Errors of zub_count. */
ZUB_API zub_status zub_count_key(zub_sink sink, zub_slice text,
                                 const zub_models *models,
                                 const zub_analyzer_options *words,
                                 const zub_count_options *options,
                                 zub_error *error);

/* The same by the words that a state has met, whatever their language: each of
 * those in `text`, with spaces between, is one of its surface forms. Linear in
 * the forms. ZUB_ENOTFOUND: one of them is none. ZUB_ENOMEM, else what the sink
 * returned. */
ZUB_API zub_status zub_state_key(zub_sink sink, const zub_state *state,
                                 zub_slice text, zub_error *error);

/* What a .zub file of any kind is. */
typedef struct zub_file_report {
    char kind[16];         /* "language", "lexicon", "background", "state" */
    uint32_t version;      /* of files of this kind */
    char holds[160];       /* "120 articles, 3417 terms, 60211 words" */
    char fingerprint[512]; /* of the analyzer that made it, cut off; or "" */
} zub_file_report;

/* Opens the file as its own kind is opened, with every checksum and every
 * invariant, and says what it holds. ZUB_ENOTFOUND, ZUB_EIO; ZUB_EFORMAT:
 * damaged, or of no kind we have; ZUB_EVERSION; ZUB_ENOMEM. *out is empty on
 * failure, but for a kind that could be read. */
ZUB_API zub_status zub_check_file(zub_file_report *out, const char *path,
                                  zub_error *error);

/* ---- Concordance: a pattern wherever it stands, in its context ---- */

/* Of words in a row (the default), `by_stem`: words that count as the same
 * term; `is_exact`: byte for byte; neither: as they fold. A word that ends in *
 * is the beginning of one. */
typedef struct zub_concordance_options {
    bool is_regex; /* the pattern is a regular expression of ICU over the text
                      as it stands; excludes the next two */
    bool by_stem, is_exact; /* not both */
    size_t width;           /* of the context on each side, in characters */
    bool in_words;          /* the width counts words */
    uint64_t steps; /* of a regular expression in an article, beside 100 for
                       each of its bytes; 0: 50 million */
} zub_concordance_options;

/* Where a pattern stands in a record's text: a match [start, end) within its
 * context [before, after). */
typedef struct zub_occurrence {
    size_t before, start, end, after;
} zub_occurrence;

/* A pattern, ready to be looked for. One thread. */
typedef struct zub_concordance zub_concordance;

/* The pattern is copied, the analyzer borrowed: its language and stemmer
 * count. ZUB_EINVAL: options that do not go together; a pattern that is
 * empty, holds no word, has a * elsewhere, is no regular expression or matches
 * the empty text. ZUB_ELIMIT: more than 64 words. ZUB_ENOMEM, errors of
 * zub_analyzer_new. */
ZUB_API zub_status zub_concordance_new(zub_concordance **out,
                                       zub_analyzer *analyzer,
                                       zub_slice pattern,
                                       const zub_concordance_options *options,
                                       zub_error *error);
/* NULL is fine. */
ZUB_API void zub_concordance_free(zub_concordance *concordance);

/* All places of the pattern in the body of a record, in order; they are the
 * concordance's until the next call. Words may have anything between them but
 * the end of a sentence, and may overlap if the pattern does; regular
 * expressions do not overlap, and where one matches nothing it is no match.
 * Cost: linear in the text, at the speed of reading words for phrases. Context
 * is cut between characters, and between words where those have spaces.
 * ZUB_ELIMIT: the text is too long, or a regular expression takes more than
 * its steps, which say the same on every machine. ZUB_ENOMEM, errors of
 * zub_document_new. */
ZUB_API zub_status zub_concordance_find(const zub_occurrence **out,
                                        size_t *count,
                                        zub_concordance *concordance,
                                        const zub_record *record,
                                        zub_error *error);
/* The language of the latest record, if anything was found in it; else "und". */
ZUB_API const char *zub_concordance_lang(const zub_concordance *concordance);

/* A line of a concordance. Slices of text, not repaired and without a NUL behind
 * them; line breaks stand in them as they were. */
typedef struct zub_kwic_line {
    zub_slice id; /* of the article */
    zub_slice before, match, after;
    uint64_t start, end; /* of the match in the article's text, bytes */
} zub_kwic_line;

/* The line of an occurrence; borrows the record. */
ZUB_API zub_kwic_line zub_kwic_line_of(const zub_record *record,
                                       const zub_occurrence *occurrence);

typedef struct zub_kwic_sorter_options {
    bool by_before;     /* nearest word first, then the next; else by what is
                        after */
    const char *lang;   /* whose alphabet, BCP 47; NULL or "auto": that of the
                         root of CLDR */
    uint64_t memory;    /* bytes for lines, beyond which sorted runs go to
                        temporary files; 0: no limit; at least 16 MiB */
    const char *folder; /* of temporary files; NULL: "/tmp" */
} zub_kwic_sorter_options;

/* Lines in alphabetical order of the words on one side, by ICU's collation;
 * lines that are alike there by the match, then as they were added. One
 * thread. */
typedef struct zub_kwic_sorter zub_kwic_sorter;

/* ZUB_EINVAL: `lang` is not a language tag. ZUB_ENOMEM. */
ZUB_API zub_status zub_kwic_sorter_new(zub_kwic_sorter **out,
                                       const zub_kwic_sorter_options *options,
                                       zub_error *error);
/* NULL is fine. */
ZUB_API void zub_kwic_sorter_free(zub_kwic_sorter *sorter);
/* The line is copied. ZUB_EWRITE: the folder is full. ZUB_ELIMIT, ZUB_ENOMEM;
 * after a failure it can only be freed. */
ZUB_API zub_status zub_kwic_sorter_add(zub_kwic_sorter *sorter,
                                       const zub_kwic_line *line,
                                       zub_error *error);
/* The next line in order, after the last was added; *has_line: there is one.
 * Its slices are good until the next call. */
ZUB_API zub_status zub_kwic_sorter_next(zub_kwic_sorter *sorter,
                                        zub_kwic_line *line, bool *has_line,
                                        zub_error *error);

/* ---- Matrices: articles by terms ---- */

/* A number of articles, or with `is_share` a share of them, 0 to 1. */
typedef struct zub_amount {
    double value;
    bool is_share;
} zub_amount;

typedef struct zub_matrix_options {
    const char *weight;  /* NULL: "tfidf"; see zub_weight_name */
    zub_amount min_df;   /* terms of fewer articles have no column */
    zub_amount max_df;   /* nor those of more; 0: any number */
    size_t max_features; /* the commonest alone, of equals the first in byte
                            order; 0: all */
    const zub_state *vocabulary; /* columns and document frequencies are this
                                    state's; NULL: the articles' own */
    const char *folder; /* for what takes memory a column; NULL: memory. Must
                           stay as long as the matrix */
    unsigned threads;   /* 0: the processors available */
} zub_matrix_options;

/* Rows are the articles of a state that kept them, in its order, columns its
 * n-grams in byte order, a space between words, values their weights. Rows are
 * made as they are read: a matrix holds no row, nothing a column where every
 * term is one, else 17 bytes a column and 4 a term or n-gram. One thread at a
 * time. */
typedef struct zub_matrix zub_matrix;

/* The state and the vocabulary must live longer; `options` may be NULL. Cost:
 * a walk over the terms and n-grams, for some weightings one over the counts of
 * articles too. ZUB_EINVAL: the state has no articles, no such weighting.
 * ZUB_EMISMATCH: the vocabulary was counted otherwise. ZUB_ELIMIT: more than
 * 2^31 - 1 columns. ZUB_EWRITE: the folder is full. ZUB_ENOMEM. */
ZUB_API zub_status zub_matrix_new(zub_matrix **out, const zub_state *state,
                                  const zub_matrix_options *options,
                                  zub_error *error);
ZUB_API void zub_matrix_free(zub_matrix *matrix);

typedef struct zub_matrix_size {
    uint64_t rows, columns, entries;
} zub_matrix_size;
ZUB_API zub_matrix_size zub_matrix_measure(const zub_matrix *matrix);

/* Some rows, one after another, as SciPy's CSR has them. */
typedef struct zub_matrix_block {
    uint64_t first;         /* row */
    size_t rows;            /* at least 1 */
    const uint64_t *starts; /* [rows + 1], from 0 */
    const int32_t *cols;    /* [starts[rows]], ascending in a row, no column
                               twice; NULL only when there are none */
    const float *values;    /* the same, or NULL if not asked for */
} zub_matrix_block;

/* The block that begins at row `first`, good until the next call. ZUB_EINVAL:
 * no such row. ZUB_ENOMEM. */
ZUB_API zub_status zub_matrix_read(zub_matrix_block *out, zub_matrix *matrix,
                                   uint64_t first, bool with_values,
                                   zub_error *error);

/* A column. Slices are good until the next call. */
typedef struct zub_matrix_term {
    zub_slice term, surface;
    uint64_t df, count;
    double idf;
} zub_matrix_term;
/* ZUB_EINVAL: no such column. ZUB_ENOMEM. */
ZUB_API zub_status zub_matrix_term_at(zub_matrix_term *out, zub_matrix *matrix,
                                      uint64_t column, zub_error *error);

/* The id of the article of a row. */
ZUB_API zub_slice zub_matrix_id(const zub_matrix *matrix, uint64_t row);

/* The column of a term, its words folded and stemmed, with a space between
 * them; UINT64_MAX: none. */
ZUB_API uint64_t zub_matrix_find(const zub_matrix *matrix, zub_slice term);

/* Why a weight is what it is: weight = tf * idf / norm, but for rounding. */
typedef struct zub_weight_reason {
    uint64_t count, df;
    double tf; /* the part that counts decide */
    double idf;
    double norm; /* what the row is divided by; 1 without a norm */
    double weight;
} zub_weight_reason;
/* ZUB_ENOTFOUND: the article has no such term. */
ZUB_API zub_status zub_matrix_explain(zub_weight_reason *out,
                                      zub_matrix *matrix, uint64_t row,
                                      uint64_t column, zub_error *error);

/* The kinds of weighting, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_weight_name(size_t i);
/* One line: its formula. Same index. */
ZUB_API const char *zub_weight_about(size_t i);
/* Whether `weight` is a weighting, options and all, before anything is read.
 * ZUB_EINVAL, with what there is. */
ZUB_API zub_status zub_weight_check(const char *weight, zub_error *error);

/* ---- Reductions: a matrix in few dimensions ---- */

/* How many threads OpenBLAS runs of its own, 1 to 32, for the whole process:
 * so a face decides, once, before it reduces anything. 1 is right wherever
 * `threads` below is asked for, and gives the same bytes for any number of
 * them; without this call OpenBLAS runs as many as there are processors. Loads
 * OpenBLAS (3 ms); no fork afterwards. ZUB_EINVAL; ZUB_ENOMEM: no room for it,
 * which the message measures; ZUB_ENOTFOUND: it is not installed. */
ZUB_API zub_status zub_blas_threads(unsigned threads, zub_error *error);

/* A dense matrix, borrowed. */
typedef struct zub_dense {
    size_t rows, columns;
    const float *values; /* [rows][columns] */
} zub_dense;

typedef struct zub_svd_options {
    size_t k;            /* dimensions, at least 1 */
    unsigned iterations; /* at most, each adds 16 dimensions to the space that
                            is looked through; 0: as many as it takes */
    double tolerance;    /* ends when two iterations change no square of a
                            singular value by more, as a share; 0: 0.005, which
                            leaves values nearer than 0.001 */
    uint64_t seed;
    unsigned threads; /* 0: the processors available */
} zub_svd_options;

/* The truncated singular value decomposition of a matrix, the reduction of
 * latent semantic analysis: nearly U diag(values) components, U and
 * components' with orthonormal columns. By power iterations from a random
 * block, all of which are looked through (Halko, Martinsson & Tropp 2011;
 * Musco & Musco 2015). The same bytes for any number of threads, on one build
 * and core of OpenBLAS. Constant once made: any number of threads may share
 * it. */
typedef struct zub_svd zub_svd;

/* Reads the matrix once and is done with it. Some 2 * k operations an entry
 * for each of 10 products; memory 16 bytes an entry, 4 * k a row and a column,
 * and 20 * k the lesser of both. Where k is more than the rank the answer has
 * the rank's dimensions, none for a matrix of zeros: see zub_svd_about.
 * ZUB_EINVAL: no options, k is 0. ZUB_ELIMIT: 2^31 entries. ZUB_ENOMEM, with how
 * much it takes. ZUB_ENOTFOUND: no OpenBLAS. */
ZUB_API zub_status zub_svd_new(zub_svd **out, zub_matrix *matrix,
                               const zub_svd_options *options,
                               zub_error *error);
ZUB_API void zub_svd_free(zub_svd *svd);

typedef struct zub_svd_report {
    size_t k;                /* dimensions found, at most what was asked for */
    const double *values;    /* [k] singular values, falling, above 0 */
    const double *explained; /* [k] variance over the rows, as a dimension */
    const double *ratios;    /* [k] its share of that of all columns */
} zub_svd_report;
ZUB_API zub_svd_report zub_svd_about(const zub_svd *svd);

/* [rows][k]: each row in the dimensions, U times the singular values. */
ZUB_API zub_dense zub_svd_rows(const zub_svd *svd);
/* [k][columns]: each dimension in the columns, of length 1. The sign is that
 * which makes its entry furthest from 0 positive. */
ZUB_API zub_dense zub_svd_components(const zub_svd *svd);

/* Other rows in these dimensions, out[rows][k], the caller's. Of the same rows
 * they are zub_svd_rows, but for rounding. ZUB_EINVAL: the matrix has other
 * columns (make it with the vocabulary of the first). ZUB_ENOMEM,
 * ZUB_ELIMIT. */
ZUB_API zub_status zub_svd_project(float *out, const zub_svd *svd,
                                   zub_matrix *matrix, zub_error *error);

/* ---- Similarity: which articles are alike ---- */

/* A row of weights, as zub_matrix_block has it: columns ascend. */
typedef struct zub_vector {
    const int32_t *cols;
    const float *values;
    size_t size;
} zub_vector;

/* The measures, i from 0; NULL after the last. Any thread. Every one is
 * symmetric, at most 1, 0 where no term is common, and 1 of an article with
 * itself; with weights that are never below 0 it is not either. Formulas and
 * sources are in docs/similar.md:
 *
 * cosine, tanimoto           of weights
 * jaccard, dice, overlap     of sets of terms, those whose weight is not 0
 * jensen-shannon             of weights above 0, divided by their sum */
ZUB_API const char *zub_similar_name(size_t i);
/* One line: its formula. Same index. */
ZUB_API const char *zub_similar_about(size_t i);

typedef struct zub_similar_options {
    const char *measure; /* NULL: "cosine" */
    size_t k;            /* neighbours of each at most; 0: 10; SIZE_MAX: all */
    double min_score;    /* those below are none; 0: those not above 0 */
    unsigned threads;    /* 0: the processors available */
} zub_similar_options;

#define ZUB_NO_ROW UINT64_MAX

/* A row and how alike it is. */
typedef struct zub_alike {
    uint64_t row;
    double score;
} zub_alike;

/* Best first, of equals the earlier row. */
typedef struct zub_alikes {
    zub_alike *items; /* [count] */
    size_t count;
} zub_alikes;
/* NULL is fine. */
ZUB_API void zub_alikes_free(zub_alikes *alikes);

/* The rows of a matrix that are most like `query`, never the row `self`
 * itself. Reads the matrix once from end to end, in the memory of a block: for
 * one question of many rows. Scores are sums in double over ascending columns,
 * the same bits wherever they are asked for. ZUB_EINVAL: no such measure, a
 * column that the matrix does not have. Errors of zub_matrix_read. */
ZUB_API zub_status zub_similar_scan(zub_alikes **out, zub_matrix *matrix,
                                    const zub_vector *query, uint64_t self,
                                    const zub_similar_options *options,
                                    zub_error *error);

/* A matrix ready to be asked many times: its rows, and for each column a list
 * of the rows that have it. Constant once made: any number of threads may
 * share one; the matrix may go. */
typedef struct zub_similar zub_similar;

/* Bytes that making one takes, at most: 16 an entry, 28 a row, 36 a column, and
 * 16 for each column of each 8,192 rows that have it. */
ZUB_API uint64_t zub_similar_memory(const zub_matrix_size *size);

/* Of all rows; `options` may be NULL, and its k and min_score hold for every
 * question. Linear in the entries. ZUB_EINVAL: no such measure, a min_score
 * that is no number. ZUB_ELIMIT: more than 2^32 - 2 rows. Errors of
 * zub_matrix_read. */
ZUB_API zub_status zub_similar_new(zub_similar **out, zub_matrix *matrix,
                                   const zub_similar_options *options,
                                   zub_error *error);
/* NULL is fine. */
ZUB_API void zub_similar_free(zub_similar *similar);

/* A row. ZUB_NO_ROW and beyond: an empty one. */
ZUB_API zub_vector zub_similar_row(const zub_similar *similar, uint64_t row);

/* Asks; one thread. */
typedef struct zub_finder zub_finder;

/* 4 bytes a column, 16 for each of k; `similar` must live longer.
 * ZUB_ENOMEM. */
ZUB_API zub_status zub_finder_new(zub_finder **out, const zub_similar *similar,
                                  zub_error *error);
/* NULL is fine. */
ZUB_API void zub_finder_free(zub_finder *finder);

/* What zub_similar_scan says, to the bit, without reading all rows: *out is
 * the finder's until the next call. Cost: the rows that have the query's
 * terms, but for those terms and blocks of rows that cannot matter any more.
 * ZUB_EINVAL: a column that there is not. ZUB_ENOMEM. */
ZUB_API zub_status zub_finder_find(const zub_alike **out, size_t *count,
                                   zub_finder *finder, const zub_vector *query,
                                   uint64_t self, zub_error *error);

/* Takes the neighbours of a row. Anything but ZUB_OK ends the run. */
typedef struct zub_similar_taker {
    void *context;
    zub_status (*take)(void *context, uint64_t row, const zub_alike *alikes,
                       size_t count);
} zub_similar_taker;

/* The neighbours of every row, by the threads of `similar`, handed over on the
 * calling one in order of rows. ZUB_ENOMEM, else what `take` returned. */
ZUB_API zub_status zub_similar_each(const zub_similar *similar,
                                    const zub_similar_taker *taker,
                                    zub_error *error);

/* A column and its share of a score. */
typedef struct zub_bond {
    uint64_t column;
    double share;
} zub_bond;

typedef struct zub_bonds {
    zub_bond *items; /* [count], largest first, then by column */
    size_t count;
} zub_bonds;

/* What made two rows alike: the columns that both have, with the parts of the
 * measure's sum that they are; these sum to 1. None where the score is 0.
 * ZUB_EINVAL: no such measure. ZUB_ENOMEM. */
ZUB_API zub_status zub_similar_explain(zub_bonds **out, const zub_vector *a,
                                       const zub_vector *b,
                                       const char *measure, zub_error *error);
/* NULL is fine. */
ZUB_API void zub_bonds_free(zub_bonds *bonds);

/* The rows of a dense matrix, such as zub_svd_rows, ready to be asked: cosines
 * in few dimensions. Constant once made: any number of threads may share
 * one. */
typedef struct zub_latent zub_latent;

/* `rows` is borrowed; as much again is held. Of the options a measure is
 * refused that is not the cosine. ZUB_EINVAL, ZUB_ELIMIT, ZUB_ENOMEM. */
ZUB_API zub_status zub_latent_new(zub_latent **out, zub_dense rows,
                                  const zub_similar_options *options,
                                  zub_error *error);
/* NULL is fine. */
ZUB_API void zub_latent_free(zub_latent *latent);

/* Where a row of the matrix that was reduced to `components`, of
 * zub_svd_components, lies: out[components.rows], the caller's. ZUB_EINVAL: a
 * column beyond them. */
ZUB_API zub_status zub_latent_project(float *out, zub_dense components,
                                      const zub_vector *row, zub_error *error);

/* The rows most like a point, [columns], but `self`. Linear in the matrix.
 * ZUB_ENOMEM. */
ZUB_API zub_status zub_latent_scan(zub_alikes **out, const zub_latent *latent,
                                   const float *point, uint64_t self,
                                   zub_error *error);

/* Those of every row, as zub_similar_each, the same bits as by
 * zub_latent_scan; products by OpenBLAS, at most 32 threads. ZUB_ENOTFOUND: no
 * OpenBLAS. ZUB_ENOMEM, else what `take` returned. */
ZUB_API zub_status zub_latent_each(const zub_latent *latent,
                                   const zub_similar_taker *taker,
                                   zub_error *error);

/* A text as a row of the matrices of a state that leave no column out. */
typedef struct zub_query zub_query;

/* Counts the text as the state's articles were, by its fingerprint, and weighs
 * it as one of them would be: the state says df and N. Terms that no article
 * has are left out. `weight` NULL: "tfidf". `lexicon` as in
 * zub_analyzer_options. ZUB_EMISMATCH: the state was counted with models or
 * libraries that are not here. ZUB_EINVAL: no such weighting. Errors of
 * zub_count. */
ZUB_API zub_status zub_query_new(zub_query **out, const zub_state *state,
                                 zub_slice text, const char *weight,
                                 const zub_models *models, const char *lexicon,
                                 zub_error *error);
/* NULL is fine. */
ZUB_API void zub_query_free(zub_query *query);
/* The query's own. */
ZUB_API zub_vector zub_query_vector(const zub_query *query);

/* A row of a matrix, alone: yours to free. ZUB_EINVAL: no such row. Errors of
 * zub_matrix_read. */
ZUB_API zub_status zub_query_new_row(zub_query **out, zub_matrix *matrix,
                                     uint64_t row, zub_error *error);

/* ---- Duplicates: articles that say the same ---- */

/* An article is the set of its shingles: every few words in a row, as they
 * fold, stop words with them; an article of fewer words is one shingle. Two
 * are alike when the Jaccard index of their sets, what they have in common
 * among all that they have, is the threshold or more (Broder 1997). Pairs to
 * compare are found by MinHash and locality-sensitive hashing (Leskovec,
 * Rajaraman & Ullman, Mining of Massive Datasets, 3.4): of those at the
 * threshold .999 are, of more alike ones more; each is then compared exactly,
 * so none is below it. A shingle is a 64-bit hash: a collision, by chance once
 * in 2^64 pairs of shingles, makes two of them one. */
typedef struct zub_duplicates_options {
    double threshold;   /* .1 to 1; 0: .8 */
    unsigned shingle;   /* words, 1 to 64; 0: 3 */
    bool with_pairs;    /* of zub_duplicates_next_pair */
    uint64_t memory;    /* bytes for shingles and their keys, beyond which they
                         go to temporary files; 0: no limit; at least 16 MiB.
                         Some 150 bytes an article come to it */
    const char *folder; /* of temporary files; NULL: "/tmp" */
    /* Writes what is to be kept of a record, by any thread, into a temporary
     * file; NULL: nothing. zub_render_record is one. */
    zub_status (*keep)(const zub_record *record, zub_sink sink);
    /* Hears of each record that was read, on any thread and in any order;
     * NULL: nobody does. */
    void (*added)(void *context, const zub_record *record);
    void *added_context;
} zub_duplicates_options;

/* Clusters of articles that are alike, or linked by others that are. All
 * comes in order of ids, digits in a row by the number that they are, and of
 * one id of contents; so neither threads, memory nor the order of the input
 * decide anything, and the first of a cluster stands for it. One thread. */
typedef struct zub_duplicates zub_duplicates;

/* The rest of a corpus, in one walk; each option pointer may be NULL. Words are
 * those of zub_count without stems, by the rules of no language unless
 * words->lang names one. Cost: that of reading the words, 2 us an article and
 * 10 ns a word; in a bucket of articles that share a key each is compared with
 * at most 128. ZUB_EINVAL: options out of range. ZUB_EWRITE: the folder is
 * full. ZUB_ELIMIT: more than 2^32 - 2 articles. ZUB_ENOMEM, and errors of
 * zub_analyzer_new. */
ZUB_API zub_status zub_duplicates_find(zub_duplicates **out,
                                       zub_corpus *corpus, unsigned threads,
                                       const zub_models *models,
                                       const zub_analyzer_options *words,
                                       const zub_duplicates_options *options,
                                       const zub_failures *failures,
                                       zub_error *error);
/* NULL is fine. */
ZUB_API void zub_duplicates_free(zub_duplicates *duplicates);

typedef struct zub_duplicates_facts {
    uint64_t articles;
    uint64_t empty;    /* without a word: nobody's duplicates */
    uint64_t same;     /* whose folded text is that of one before */
    uint64_t clusters; /* of two articles or more */
    uint64_t members;  /* of all clusters */
    uint64_t crowded;  /* buckets of more than 128 that were not compared in
                          full and are not all of one cluster */
    double threshold;
    unsigned shingle;
    unsigned bands, rows; /* of the sketches: bands keys, of rows numbers */
    double recall; /* at the threshold: 1 - (1 - threshold^rows)^bands */
} zub_duplicates_facts;
ZUB_API zub_duplicates_facts
zub_duplicates_about(const zub_duplicates *duplicates);

typedef enum zub_duplicate_kind {
    ZUB_DUPLICATE_FIRST, /* stands for its cluster */
    ZUB_DUPLICATE_EXACT, /* the same words in the same order, as they fold */
    ZUB_DUPLICATE_NEAR
} zub_duplicate_kind;
/* "first", "exact", "near"; NULL: no such. Any thread. */
ZUB_API const char *zub_duplicate_kind_name(zub_duplicate_kind kind);

/* A member of a cluster. Its id lasts as long as the duplicates. */
typedef struct zub_duplicate {
    uint64_t cluster, size; /* from 1; of so many members */
    zub_slice id;
    double jaccard;          /* with the first; in a chain it may be below the
                       threshold */
    zub_duplicate_kind kind; /* the same */
} zub_duplicate;
/* The next member, cluster by cluster, each its first first. False: that was
 * the last. */
ZUB_API bool zub_duplicates_next(zub_duplicate *out,
                                 zub_duplicates *duplicates);

typedef struct zub_duplicate_pair {
    zub_slice a, b; /* a comes before b */
    double jaccard;
    zub_duplicate_kind kind;
} zub_duplicate_pair;
/* The next pair that was compared and is alike, if they were asked for. Of
 * articles of one text each pairs with the first of them alone. */
ZUB_API bool zub_duplicates_next_pair(zub_duplicate_pair *out,
                                      zub_duplicates *duplicates);

/* The id of the next article without a word. False: that was the last. */
ZUB_API bool zub_duplicates_next_empty(zub_slice *id,
                                       zub_duplicates *duplicates);

/* What was kept of each article that is in no cluster or stands for one, in
 * order of the input. ZUB_ENOMEM, else what the sink returned. */
ZUB_API zub_status zub_duplicates_write_kept(zub_duplicates *duplicates,
                                             zub_sink sink, zub_error *error);

/* ---- Summaries: the key sentences of one article ---- */

typedef enum zub_fit {
    ZUB_FIT_UNDER,  /* never more than asked */
    ZUB_FIT_NEAREST /* as near as sentences in rank order come */
} zub_fit;

/* All that are not 0 hold together. */
typedef struct zub_budget {
    size_t sentences;
    size_t words; /* as zub_word counts them */
    size_t chars; /* code points of the sentences joined by one newline */
    size_t bytes; /* the same in UTF-8 */
    double ratio; /* words of the article's words, above 0 to 1 */
    zub_fit fit;
} zub_budget;

typedef struct zub_summary_options {
    zub_budget budget;      /* all 0: 3 sentences */
    const char *method;     /* NULL: "auto"; see zub_method_name */
    const char *profile;    /* NULL: "auto"; else a name in the models, or the
                             path of a profile file */
    const zub_slice *title; /* NULL: the record's; empty: none */
    bool no_position;       /* judge content alone, wherever it stands */
    size_t keywords;        /* at most; 0: 10 */
} zub_summary_options;

/* Part of a score and what it is for: "position", "centroid", ... */
typedef struct zub_reason {
    const char *name;
    double value;
} zub_reason;

typedef struct zub_key_sentence {
    uint32_t index, paragraph; /* in the document, from 0 */
    zub_span span;
    zub_slice text; /* as it stands in the article, repaired */
    double score;
    uint32_t rank; /* 1 was chosen first */
    size_t words;
    const zub_reason *reasons; /* [reason_count]; values sum to the score */
    size_t reason_count;
    bool is_heading;
    bool is_truncated; /* cut at a word boundary to keep a cap */
} zub_key_sentence;

typedef struct zub_keyword {
    zub_slice term; /* a surface form, never a stem */
    double score;
    uint32_t count;
    size_t start; /* byte of its first occurrence */
} zub_keyword;

/* A length, in every unit that can be asked for. */
typedef struct zub_length {
    size_t sentences, words, chars, bytes;
    double ratio;
} zub_length;

/* Owns all it points at, but for names; the record may go before it.
 * Immutable: any number of threads may read it. */
typedef struct zub_summary {
    zub_slice id, title;
    char lang[12];
    const char *method, *profile;
    zub_budget asked;
    zub_length got;
    const zub_key_sentence *sentences; /* [sentence_count], in text order */
    size_t sentence_count;
    const zub_keyword *keywords; /* [keyword_count], best first */
    size_t keyword_count;
    zub_slice gist;           /* the best short sentence */
    const zub_slice *phrases; /* [phrase_count], best first */
    size_t phrase_count;
    struct {
        size_t words, sentences, types, repaired_bytes;
        double reading_minutes; /* at 200 words a minute */
    } stats;
    const char *models_used; /* what was read from the models, or "" */
} zub_summary;

/* The names `method` takes, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_method_name(size_t i);
/* One line that says what the method does. Same index. */
ZUB_API const char *zub_method_about(size_t i);

/* Summarise one record. Without a word in it the summary has no sentence.
 * Cost: linear in the text but for the sentence graph of the graph methods.
 * ZUB_EINVAL: unknown method or a budget out of range. ZUB_ENOTFOUND: no such
 * profile. ZUB_EFORMAT: a profile or model is damaged. ZUB_ELIMIT.
 * ZUB_ENOMEM. */
ZUB_API zub_status zub_summarize(zub_summary **out, zub_analyzer *analyzer,
                                 const zub_record *record,
                                 const zub_summary_options *options,
                                 zub_error *error);
ZUB_API void zub_summary_free(zub_summary *summary);

/* ---- Topics: what a corpus is about ---- */

/* How articles are put together, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_topics_method_name(size_t i);
/* One line that says what the method does. Same index. */
ZUB_API const char *zub_topics_method_about(size_t i);

typedef struct zub_topics_options {
    const char *method; /* NULL: the first; see zub_topics_method_name */
    size_t k;           /* topics; 0: chosen (docs/topics.md says how) */
    uint64_t seed;      /* of the methods that draw at random */
    zub_amount min_df;  /* words of fewer articles say nothing of topics; 0: 1
                           below 20 articles, else 2 to 5 with their number */
    zub_amount max_df;  /* nor do words of more; 0: half, all below 20 */
    size_t terms;       /* of a topic, at most; 0: 10 */
    size_t sentences;   /* of a topic, at most; 0: 3 */
    const char *date_field; /* for trends: a field with an ISO 8601 date */
    zub_period period;      /* of it; ZUB_PERIOD_NONE: a year */
    unsigned threads;       /* 0: the processors available */
} zub_topics_options;

#define ZUB_NO_TOPIC UINT32_MAX

typedef struct zub_topic_term {
    zub_slice term; /* as articles of the topic write it, never a stem */
    double weight;  /* G2 of "in the topic" and "has the word", of articles */
} zub_topic_term;

/* A sentence as it stands in an article, invalid bytes repaired. */
typedef struct zub_topic_sentence {
    size_t article;    /* in zub_topics_report.articles */
    uint32_t topic;    /* that it speaks for */
    size_t start, end; /* bytes of the article's text */
    zub_slice text;
    double score; /* cosine with the topic, less for what reads badly */
} zub_topic_sentence;

/* A topic near another, and words that tell the first from it. */
typedef struct zub_topic_near {
    uint32_t topic;
    double similarity;      /* cosine of the two, 0 to 1 */
    const zub_slice *apart; /* [apart_count] words the near one has less of */
    size_t apart_count;
} zub_topic_near;

typedef struct zub_topic {
    zub_slice label;          /* its phrases, commas between */
    const zub_slice *phrases; /* [phrase_count], 1 to 3 words in a row, each
                                 as it stands in an article of the topic */
    size_t phrase_count;
    const zub_topic_term *terms; /* [term_count], best first */
    size_t term_count;
    uint64_t articles;
    double share;     /* of all articles */
    double coherence; /* mean NPMI of its terms in pairs, in one article */
    size_t medoid;    /* the article nearest to the topic */
    const zub_topic_sentence *sentences; /* of different articles */
    size_t sentence_count;
    const zub_topic_near *near; /* [near_count], the nearest first */
    size_t near_count;
    const uint64_t *periods; /* [period_count] articles */
    double x, y; /* on a map of the topics, 0 to 1: what is near is alike */
} zub_topic;

typedef struct zub_topic_article {
    zub_slice id, title;
    uint32_t topic;       /* of the greatest weight, or ZUB_NO_TOPIC */
    const float *weights; /* [topic_count], sum 1; an outlier's are 0 */
    double likeness;      /* cosine with its topic */
} zub_topic_article;

/* Owned by its zub_topics; constant. Topics stand by size, the largest first,
 * articles by id: nothing in it depends on the order of the input. */
typedef struct zub_topics_report {
    const char *method;
    size_t k; /* as asked for; 0: it was chosen */
    uint64_t seed;
    double coherence;        /* mean of the topics */
    const zub_topic *topics; /* [topic_count]; fewer than asked for where the
                                articles do not make as many */
    size_t topic_count;
    const zub_topic_article *articles; /* [article_count] */
    size_t article_count;
    size_t outliers; /* articles without a topic: without a word that counts,
                        or with less than a tenth of the median likeness */
    size_t words;    /* that topics were made of */
    const zub_topic_sentence *overview; /* 5 to 10, in proportion */
    size_t overview_count;
    const zub_slice *periods; /* [period_count], ascending */
    size_t period_count;
    size_t undated; /* articles without such a date */
} zub_topics_report;

typedef struct zub_topics zub_topics;

/* Topics of the articles of a state: made of their words, not of their order
 * in the input, and the same for any number of threads. The state must have
 * words from 1 on (up to 3 in a row for labels), the counts of each article
 * in the order of the input, no stop words; it must live until zub_topics_read
 * returned. Labels, sentences, titles and dates come with that. All methods but
 * cluster are of OpenBLAS: see zub_blas_threads. ZUB_EINVAL: such a state is
 * missing, no such method. ZUB_ELIMIT: 2^31 - 1 weights or more. ZUB_ENOTFOUND:
 * no OpenBLAS. ZUB_ENOMEM. */
ZUB_API zub_status zub_topics_new(zub_topics **out, const zub_state *state,
                                  const zub_topics_options *options,
                                  zub_error *error);

/* Reads the corpus that the state was counted of once more, from its start,
 * for the sentences and phrases of the articles nearest to each topic, on
 * options->threads threads. Records that could not be counted are passed over.
 * Once only. ZUB_EMISMATCH: it is not the corpus that was counted. ZUB_ENOMEM,
 * errors of zub_analyzer_new and of zub_corpus_next. On failure the report is
 * as it was. */
ZUB_API zub_status zub_topics_read(zub_topics *topics, zub_corpus *corpus,
                                   const zub_models *models,
                                   const zub_analyzer_options *words,
                                   zub_error *error);

ZUB_API const zub_topics_report *zub_topics_about(const zub_topics *topics);
/* NULL is fine. */
ZUB_API void zub_topics_free(zub_topics *topics);

/* ---- Evaluation: how near summaries come to their references ---- */

/* The measures, in the order in which every result holds them. */
/* clang-format off */
#define ZUB_MEASURE_MAP(X)                                                \
    X(ROUGE_1, "rouge-1")       /* words in common */                     \
    X(ROUGE_2, "rouge-2")       /* runs of 2 words, of 3, of 4 */         \
    X(ROUGE_3, "rouge-3")                                                 \
    X(ROUGE_4, "rouge-4")                                                 \
    X(ROUGE_L, "rouge-l")       /* longest common subsequence */          \
    X(ROUGE_LSUM, "rouge-lsum") /* its union over sentences */            \
    X(ROUGE_W, "rouge-w-1.2")   /* the same, runs weighing more */        \
    X(ROUGE_S4, "rouge-s4")     /* pairs with at most 4 words between */  \
    X(ROUGE_SU4, "rouge-su4")   /* the same and single words */           \
    X(SENTENCES, "sentences")   /* those 2 references hold */          \
    X(NDCG_5, "ndcg@5")         /* votes of the 5 sentences ranked first */
/* clang-format on */

typedef enum zub_measure {
#define X(name, text) ZUB_MEASURE_##name,
    ZUB_MEASURE_MAP(X)
#undef X
        ZUB_MEASURES
} zub_measure;

/* Its name as printed, such as "rouge-2". Static storage; any thread. */
ZUB_API const char *zub_measure_name(zub_measure measure);

/* Precision, recall and F, each 0 to 1. NDCG_5 is one number, in `f`. */
typedef struct zub_score {
    double p, r, f;
} zub_score;

/* What a summary scored. `has` is a bit 1 << measure for each that applies:
 * the last two only where an article's references are extracts of it. */
typedef struct zub_scores {
    zub_score of[ZUB_MEASURES];
    unsigned has;
    size_t words;      /* of the summary, as the protocol counts them */
    size_t references; /* that were scored against: those with a word */
} zub_scores;

/* How several references become one score. */
typedef enum zub_several {
    ZUB_SEVERAL_DEFAULT,   /* the protocol's */
    ZUB_SEVERAL_MEAN,      /* mean over the references */
    ZUB_SEVERAL_BEST,      /* the reference with the best F (1.5.5: -f B) */
    ZUB_SEVERAL_JACKKNIFE, /* mean of the best of all but one (Lin 2004) */
    ZUB_SEVERAL_POOLED     /* counts summed before dividing (1.5.5: -f A) */
} zub_several;

typedef struct zub_scorer_options {
    const char *protocol; /* NULL: "zubda-norm"; see zub_protocol_name */
    zub_several several;
    double beta;           /* F = (1 + beta^2) P R / (R + beta^2 P); 0: 1 */
    size_t limit_words;    /* of each text, the rest is cut; 0: none */
    size_t limit_bytes;    /* the same in bytes of its lines; 0: none */
    const char *lang;      /* for stems; NULL or "auto": found out */
    const char *stop_file; /* words to leave out, one a line; or NULL */
    const char *exceptions_file; /* "word stem" a line, before stemming */
    bool stem; /* rouge-1.5.5: Porter, of words beyond 3 letters */
} zub_scorer_options;

/* The names `protocol` takes, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_protocol_name(size_t i);
/* One line that says what a word is in it. Same index. */
ZUB_API const char *zub_protocol_about(size_t i);

/* Scores texts by ROUGE (Lin 2004). One thread; remembers words it met. */
typedef struct zub_scorer zub_scorer;

/* `models` may be NULL and must live longer. ZUB_EINVAL: no such protocol, or
 * an option that it does not have. ZUB_ENOTFOUND, ZUB_EIO: a file of words
 * cannot be read. ZUB_ENOMEM. */
ZUB_API zub_status zub_scorer_new(zub_scorer **out, const zub_models *models,
                                  const zub_scorer_options *options,
                                  zub_error *error);
ZUB_API void zub_scorer_free(zub_scorer *scorer);

/* One summary against its references. A line is a sentence; a text of one
 * line is cut into sentences, but for rouge-1.5.5. Cost: linear for runs of
 * words, the product of the lengths / 64 for L, and the product for W.
 * ZUB_ENOTFOUND: no reference holds a word. ZUB_ELIMIT: a text of more than
 * 32,768 words. ZUB_ENOMEM. */
ZUB_API zub_status zub_scorer_score(zub_scores *out, zub_scorer *scorer,
                                    zub_slice summary,
                                    const zub_slice *references, size_t count,
                                    zub_error *error);

/* A trial: what every system made of one article, scored. */
typedef struct zub_trial {
    zub_slice id;
    const struct zub_trial_row {
        const char *system;
        zub_scores scores;
    } * rows; /* [count] */
    size_t count;
    size_t empty_references; /* that hold no word */
} zub_trial;

typedef struct zub_trial_options {
    zub_budget budget; /* `words` is replaced where is_reference_budget */
    bool is_reference_budget;   /* mean words of the article's references */
    const char *const *methods; /* [method_count], as zub_summarize takes */
    size_t method_count;
    const char *profile; /* of the methods */
    bool no_position;
    bool no_rows; /* without lead, random, oracle and human */
} zub_trial_options;

/* Summarise an article by each method and score it. Rows of our own: lead
 * (sentences in order), random (mean of 5 seeds), oracle (greedy by the
 * references themselves, ROUGE-1 and -2, to 1.1 budgets and 5 words, the
 * first sentence whatever its length) and, with 2 references or more, human
 * (each against the others, the mean).
 * Errors of both makers. */
ZUB_API zub_status zub_trial_new(zub_trial **out, zub_scorer *scorer,
                                 zub_analyzer *analyzer,
                                 const zub_record *record,
                                 const zub_slice *references, size_t count,
                                 const zub_trial_options *options,
                                 zub_error *error);
ZUB_API void zub_trial_free(zub_trial *trial);

/* Scores of many articles, by system: 200 bytes each and more. One thread. */
typedef struct zub_evaluation zub_evaluation;

/* Empty. ZUB_ENOMEM. */
ZUB_API zub_status zub_evaluation_new(zub_evaluation **out, zub_error *error);
ZUB_API void zub_evaluation_free(zub_evaluation *evaluation);

/* One system's scores for one article; again for the same pair is
 * ZUB_EINVAL. Names and ids are copied. ZUB_ENOMEM. */
ZUB_API zub_status zub_evaluation_add(zub_evaluation *evaluation,
                                      zub_slice system, zub_slice article,
                                      const zub_scores *scores,
                                      zub_error *error);

/* A mean over articles with its 95 % interval: percentiles of the means of
 * 2000 resamples (bootstrap, fixed seed). */
typedef struct zub_mean {
    double p, r, f;
    double low, high; /* of f */
    size_t articles;  /* that have the measure; 0: nobody has it */
} zub_mean;

/* f of one system minus f of another over the articles of both. */
typedef struct zub_difference {
    size_t system, other;
    struct zub_paired {
        double difference, low, high;
        double chance; /* twice the share of resamples on the other side of
                          0, at most 1 */
        size_t articles;
    } of[ZUB_MEASURES];
} zub_difference;

/* Immutable; owns what it points at. */
typedef struct zub_report {
    size_t articles; /* of any system */
    const struct zub_system {
        zub_slice name;
        size_t articles;
        double words; /* mean */
        zub_mean of[ZUB_MEASURES];
    } * systems; /* [system_count], in order of arrival */
    size_t system_count;
    const zub_difference *differences; /* each later system minus each
                                          earlier one */
    size_t difference_count;
} zub_report;

/* ZUB_ENOMEM. The evaluation can go on. */
ZUB_API zub_status zub_report_new(zub_report **out,
                                  const zub_evaluation *evaluation,
                                  zub_error *error);
ZUB_API void zub_report_free(zub_report *report);

/* ---- Rankings: runs against judgements, as trec_eval has it ---- */

/* What was judged. Any number of threads may share one. */
typedef struct zub_judgements zub_judgements;

/* How a file of them is read; each line is what the comment says. Measures
 * belong to a kind: those of ZUB_QRELS_JUDGES end in _avgjg and are means over
 * judges, those of preferences begin with prefs_. */
typedef enum zub_judgements_kind {
    ZUB_QRELS,            /* "query iteration document level", as NIST's */
    ZUB_QRELS_JUDGES,     /* "query judge document level" */
    ZUB_PREFERENCES,      /* "query judge group document level": within a group
                             the higher level is preferred; with several groups
                             also what follows from them */
    ZUB_QRELS_PREFERENCES /* ZUB_QRELS_JUDGES, as preferences of one group */
} zub_judgements_kind;

/* ZUB_EMALFORMED: a line that is not so, with its number; a document that
 * stands twice. ZUB_ENOTFOUND, ZUB_EIO, ZUB_ENOMEM. */
ZUB_API zub_status zub_judgements_open(zub_judgements **out, const char *path,
                                       zub_judgements_kind kind,
                                       zub_error *error);
/* NULL is fine. */
ZUB_API void zub_judgements_free(zub_judgements *judgements);

typedef struct zub_ranking_options {
    const char *const *measures; /* names of trec_eval; NULL: "official" */
    size_t measure_count;
    int level;           /* from it on a document is relevant; 0: 1 */
    size_t most;         /* documents of a query; 0: all */
    bool is_complete;    /* queries that the run does not have count as 0; else
                         those of both files count alone */
    const char *zscores; /* a file of "query measure mean deviation" a line, or
                            NULL: each value becomes its distance from the mean
                            in deviations, -1000000 where it has none */
} zub_ranking_options;

/* The measures, i from 0, in the order in which sets have them; NULL after the
 * last. Where one has a rank, a recall or a factor it may be named with it,
 * "P_10" or "P.10", and a number alone is another of the measure before it;
 * without it come those of trec_eval. "official" is the set of the kind of the
 * judgements; "all_trec", "qrels_jg", "prefs" and "all_prefs" are sets of one
 * kind. */
ZUB_API const char *zub_ranking_measure_name(size_t i);
/* One line that says what it is. Same index. */
ZUB_API const char *zub_ranking_measure_about(size_t i);

/* A run, evaluated: lines of "query Q0 document rank score tag". As in trec_eval
 * the score decides, as a float, then the greater document in byte order, but
 * for preferences the lesser, never the rank; what was not judged is not
 * relevant; gain is the level. Constant: any number of threads may read it. */
typedef struct zub_ranking zub_ranking;

/* The judgements must live longer. Cost: n log n of the lines; preferences of
 * several judges, or of a judge with several groups, d^2 of the documents of
 * each, to a limit. ZUB_EINVAL: no such measure, or none of this kind of
 * judgements. ZUB_EMALFORMED: groups of a judge contradict each other.
 * ZUB_ELIMIT: d^2 is beyond 2^32 for the judges of a query, or 2^31 where there
 * are groups. Else as above. */
ZUB_API zub_status zub_ranking_open(zub_ranking **out,
                                    const zub_judgements *judgements,
                                    const char *path,
                                    const zub_ranking_options *options,
                                    zub_error *error);
/* NULL is fine. */
ZUB_API void zub_ranking_free(zub_ranking *ranking);

typedef struct zub_ranking_facts {
    zub_slice tag;   /* of its last line */
    size_t queries;  /* that were evaluated */
    size_t columns;  /* measures at a parameter */
    size_t unjudged; /* queries of the run alone, which are left out */
    size_t missing;  /* of the judgements alone */
    bool is_zscores; /* values are distances from means */
} zub_ranking_facts;
ZUB_API zub_ranking_facts zub_ranking_about(const zub_ranking *ranking);

/* A column and its value for all queries: their mean, of counts the sum. */
typedef struct zub_ranking_column {
    const char *name; /* "P_10", of z-scores "ZP_10"; the ranking's */
    bool is_count;    /* whole numbers */
    bool is_sum;      /* of counts, also where they are z-scores */
    bool is_of_all;   /* a geometric mean: of no one query */
    bool is_text;     /* no number: see zub_ranking_text; of queries alone */
    double all;
} zub_ranking_column;
/* Of column i, which must be below their number. */
ZUB_API zub_ranking_column zub_ranking_column_at(const zub_ranking *ranking,
                                                 size_t i);
/* The name of a query, in byte order, and a value of it. */
ZUB_API zub_slice zub_ranking_query(const zub_ranking *ranking, size_t query);
ZUB_API double zub_ranking_value(const zub_ranking *ranking, size_t query,
                                 size_t column);
/* Of a column that is text, relstring: a byte for each of the first documents,
 * its level from 0 to 9, > beyond, - of what nobody judged, . of what was in the
 * pool with a level below 0. The ranking's. */
ZUB_API zub_slice zub_ranking_text(const zub_ranking *ranking, size_t query,
                                   size_t column);

/* The mean of a column over queries with the interval that holds 95 % of 2000
 * resamples of them (Efron 1979), with a fixed seed; or of its differences from
 * another run, paired over the queries of both: there `chance` is twice the
 * share of resamples on the other side of 0. Of a geometric mean the ratio. */
typedef struct zub_ranking_interval {
    double mean, low, high, chance;
    size_t queries;
} zub_ranking_interval;
/* out[columns]. `other` may be NULL. Cost: 2000 additions a value. ZUB_EINVAL:
 * the other has other columns. ZUB_ENOMEM. */
ZUB_API zub_status zub_ranking_intervals(zub_ranking_interval *out,
                                         const zub_ranking *ranking,
                                         const zub_ranking *other,
                                         zub_error *error);

/* ---- Statistics: numbers about counts ---- */

/* Pure functions of counts, in tables that say what each one is. For all:
 *
 * - A count is a whole number in a double, up to 2^53 and exact to there;
 *   fractions are welcome, what is below 2^-20, negative or NaN is 0.
 * - Every result is a number, never NaN or infinite. Counts that contradict
 *   each other are made sound first, a part never being larger than its whole:
 *   n11 = 3 of n1 = 2 is 3 of 3.
 * - log is natural, log2 of base 2; E is the count that chance would give.
 * - Nothing is allocated, but where ZUB_ENOMEM is said; any thread.
 *
 * To use one: resolve its name once, then call it, 20 to 100 nanoseconds each
 * (fisher 0.2 to 40 microseconds, lrc 3 to 30):
 *
 *     const zub_association *measure = zub_association_find("npmi");
 *     zub_contingency pair = {.n11 = 20, .n1 = 100, .n2 = 80, .n = 1e5};
 *     double strength = measure->of(&pair);
 *
 * docs/statistics.md says which to use when. */

/* What a statistic is, in words to be printed; static storage. */
typedef struct zub_statistic {
    const char *name;      /* as asked for, such as "log-ratio" */
    const char *about;     /* what it says, in a line */
    const char *formula;   /* in the letters of its section */
    const char *range;     /* "A to B", "A and up", "up to B" or "any" */
    const char *direction; /* how to read it, such as "0 = even" */
    const char *zeros;     /* what it gives where a count is 0 */
    const char *source;
} zub_statistic;

/* Association of two words: n11 times together, n1 times the first, n2 times
 * the second, out of n pairs. Cells: n12 = n1 - n11, n21 = n2 - n11, n22 the
 * rest; E = n1 n2 / n. With windows count pairs in all four. */
typedef struct zub_contingency {
    double n11, n1, n2, n;
} zub_contingency;

/* X(function, name, about, formula, range, direction, zeros, source). Where
 * n1, n2 or n is 0 there is nothing to judge and all of them are 0. */
/* clang-format off */
#define ZUB_ASSOCIATION_MAP(X)                                                \
    X(log_dice, "log-dice", "typicality, whatever the corpus's size",         \
      "14 + log2(2 n11 / (n1 + n2))", "up to 14", "14 = always together",     \
      "n11 = 0 counts as 1/2", "Rychly 2008")                                 \
    X(pmi, "pmi", "how many times chance, in bits; prefers what is rare",     \
      "log2(n11 / E)", "any", "0 = chance",                                   \
      "n11 = 0 counts as min(1/2, E/2)", "Church & Hanks 1990")               \
    X(npmi, "npmi", "pmi over its highest value",                             \
      "log(n11 / E) / -log(n11 / n)", "-1 to 1",                              \
      "-1 = never together, 0 = chance, 1 = only together",                   \
      "n11 = 0: -1; n11 = n: 1", "Bouma 2009")                                \
    X(mi2, "mi2", "pmi that prefers what is rare a little less",              \
      "log2(n11^2 / E)", "any", "more = stronger",                            \
      "n11 = 0 counts as min(1/2, E/2)", "Daille 1994")                       \
    X(mi3, "mi3", "pmi that prefers what is frequent",                        \
      "log2(n11^3 / E)", "any", "more = stronger",                            \
      "n11 = 0 counts as min(1/2, E/2)", "Daille 1994")                       \
    X(lfmd, "lfmd", "dependency with a bias to what is frequent",             \
      "log2(n11^3 / (n1 n2 n))", "up to 0", "0 = nothing but this pair",      \
      "n11 = 0 counts as min(1/2, E/2)",                                      \
      "Thanopoulos, Fakotakis & Kokkinakis 2002")                             \
    X(t_score, "t", "evidence by t; prefers what is frequent",                \
      "(n11 - E) / sqrt(n11)", "any", "0 = chance",                           \
      "n11 below 1/2 is 1/2 under the root",                                  \
      "Church, Gale, Hanks & Hindle 1991")                                    \
    X(z_score, "z", "evidence by z; overrates what is rare",                  \
      "(n11 - E) / sqrt(E)", "any", "0 = chance",                             \
      "E = 0: 0", "Berry-Rogghe 1973")                                        \
    X(g2, "g2", "evidence by log-likelihood, of all four cells",              \
      "2 sum O log(O / E)", "any", "0 = chance, below: avoidance",            \
      "O = 0 adds 0", "Dunning 1993")                                         \
    X(chi2, "chi2", "evidence by chi-squared; overrates what is rare",        \
      "sum (O - E)^2 / E", "any", "0 = chance, below: avoidance",             \
      "an empty row or column: 0", "Pearson 1900")                            \
    X(chi2_yates, "chi2-yates", "chi2 corrected for continuity",              \
      "sum max(0, |O - E| - 1/2)^2 / E", "any",                               \
      "0 = chance, below: avoidance",                                         \
      "an empty row or column: 0", "Yates 1934")                              \
    X(fisher, "fisher", "evidence by Fisher's exact test, one-sided",         \
      "-log10 P(n11 or beyond)", "any", "near 0 = chance, below: avoidance",  \
      "an empty row or column: 0", "Fisher 1935, Pedersen 1996")              \
    X(poisson_stirling, "poisson-stirling", "evidence by a Poisson model",    \
      "n11 (log2(n11 / E) - 1)", "any", "more = stronger",                    \
      "n11 = 0: 0", "Quasthoff & Wolff 2002, with NLTK's log2")               \
    X(dice, "dice", "harmonic mean of n11 / n1 and n11 / n2",                 \
      "2 n11 / (n1 + n2)", "0 to 1", "1 = always together",                   \
      "n11 = 0: 0", "Dice 1945")                                              \
    X(jaccard, "jaccard", "pairs together among pairs with either",           \
      "n11 / (n1 + n2 - n11)", "0 to 1", "1 = always together",               \
      "n11 = 0: 0", "Jaccard 1912")                                           \
    X(min_sensitivity, "min-sensitivity", "the lesser of n11/n1 and n11/n2",  \
      "min(n11 / n1, n11 / n2)", "0 to 1", "1 = always together",             \
      "n11 = 0: 0", "Pedersen & Bruce 1996")                                  \
    X(delta_p21, "delta-p21", "how much the first calls for the second",      \
      "n11 / n1 - n21 / (n - n1)", "-1 to 1", "0 = chance, below: avoidance", \
      "n1 = n: 0", "Ellis 2006, Gries 2013")                                  \
    X(delta_p12, "delta-p12", "how much the second calls for the first",      \
      "n11 / n2 - n12 / (n - n2)", "-1 to 1", "0 = chance, below: avoidance", \
      "n2 = n: 0", "Ellis 2006, Gries 2013")                                  \
    X(log_rr, "log-rr", "log of the relative risk, in bits",                  \
      "log2((n11 / n1) / (n21 / (n - n1)))", "any", "0 = chance",             \
      "n11 or n21 = 0: 1/2 or E / 2 of it; n1 = n: 0",                        \
      "Evert 2004, Hardie 2014")                                              \
    X(log_odds, "log-odds", "log of the odds ratio; lambda of a pair",        \
      "log((n11 + h)(n22 + h) / ((n12 + h)(n21 + h))), h = 1/2", "any",       \
      "0 = chance", "the halves see to it",                                   \
      "Haldane 1956, Anscombe 1956, Blaheta & Johnson 2001")                  \
    X(log_odds_z, "log-odds-z", "log-odds over its standard error",           \
      "log-odds / sqrt(sum 1 / (O + 1/2))", "any", "0 = chance",              \
      "the halves see to it", "Blaheta & Johnson 2001")
/* clang-format on */

typedef struct zub_association {
    zub_statistic is;
    double (*of)(const zub_contingency *counts);
} zub_association;

/* Measures in the order above, i from 0; NULL after the last. */
ZUB_API const zub_association *zub_association_at(size_t i);
/* By name, whose dashes may be left out; NULL: no such measure. A NULL name is
 * "log-dice". */
ZUB_API const zub_association *zub_association_find(const char *name);

/* The score of gensim's Phrases (Mikolov et al. 2013):
 * (n11 - min_count) vocabulary / (n1 n2). There `vocabulary` is the number of
 * types, of words and of pairs together; in text2vec's score of that name it
 * is n. n1 or n2 = 0: 0. Below 0 where n11 < min_count. */
ZUB_API double zub_phrase_score(const zub_contingency *counts,
                                double vocabulary, double min_count);
/* The other one: npmi, but -1 (there -infinity) where n11 < min_count. */
ZUB_API double zub_phrase_npmi(const zub_contingency *counts,
                               double min_count);

/* Lambda of an n-gram of `words` words (Blaheta & Johnson 2001): the term of
 * the highest order of the log-linear model, sum (-1)^(words - bits)
 * log(n + 1/2) over cells[2^words]; cell i counts n-grams that have the words
 * of the bits of i (bit 0: the first) and others elsewhere. Of 2: log-odds.
 * `z`: lambda / sqrt(sum 1 / (n + 1/2)). 0 and 0 for no word or more than 24.
 * Cost: 2^words logarithms. */
ZUB_API void zub_lambda(double *lambda, double *z, const double *cells,
                        unsigned words);
/* Makes such cells, in place, of counts where words elsewhere are not asked
 * for: at 0 all n-grams, at the last the n-gram itself. Cells that would be
 * negative are 0. Cost: words 2^words subtractions. */
ZUB_API void zub_lambda_cells(double *counts, unsigned words);

/* Keyness of a word: a times in a target of n1 words, b times in a reference
 * of n2. E1 = n1 (a + b) / (n1 + n2), E2 likewise; c = n1 - a, d = n2 - b. */
typedef struct zub_contrast {
    double a, b, n1, n2;
} zub_contrast;

/* NULL or zeros: the defaults. */
typedef struct zub_keyness_options {
    double smoothing;  /* of simple-maths, per million; 0: 1 */
    double confidence; /* of intervals, between 0 and 1; 0: .95 */
    double family;     /* words judged at once (Bonferroni); 0: 1 */
} zub_keyness_options;

/* X as above. Where n1 or n2 is 0, or both a and b, there is nothing to
 * compare: 0, but 1 for the ratios, and -log(n1 + n2) for bic. */
/* clang-format off */
#define ZUB_KEYNESS_MAP(X)                                                    \
    X(lrc, "lrc", "log ratio that can be counted on: its interval's near end",\
      "low end if above 0, high end if below, else 0; of the interval of"     \
      " log-ratio by Clopper & Pearson, confidence 1 - (1 - .95) / family",   \
      "any", "0 = not proven, above: the target's",                           \
      "exact: no count needs replacing", "Evert 2022")                        \
    X(log_ratio, "log-ratio", "how many times as frequent, in bits",          \
      "log2((a / n1) / (b / n2))", "any", "0 = alike, 1 = twice, -1 = half",  \
      "a or b = 0 counts as 1/2", "Hardie 2014")                              \
    X(g2_4term, "g2-4term", "evidence by log-likelihood, of all four cells",  \
      "2 sum O log(O / E)", "any", "0 = alike, below: the reference's",       \
      "O = 0 adds 0", "Dunning 1993")                                         \
    X(g2_2term, "g2-2term", "evidence by log-likelihood, of the word alone",  \
      "2 (a log(a / E1) + b log(b / E2))", "any",                             \
      "0 = alike, below: the reference's", "a or b = 0 adds 0",               \
      "Rayson & Garside 2000")                                                \
    X(chi2, "chi2", "evidence by chi-squared",                                \
      "N (a d - b c)^2 / (n1 n2 (a + b) (c + d)), N = n1 + n2", "any",        \
      "0 = alike, below: the reference's", "c + d = 0: 0", "Pearson 1900")    \
    X(chi2_yates, "chi2-yates", "chi2 corrected for continuity",              \
      "N max(0, |a d - b c| - N / 2)^2 / (n1 n2 (a + b) (c + d))", "any",     \
      "0 = alike, below: the reference's", "c + d = 0: 0", "Yates 1934")      \
    X(bic, "bic", "evidence less what so large a corpus gives anyway",        \
      "|g2-2term| - log(n1 + n2)", "any",                                     \
      "below 0 = none, 2 = some, 6 = strong, 10 = very strong",               \
      "as g2-2term", "Wilson 2013")                                           \
    X(percent_diff, "percent-diff", "%DIFF: difference in percent of b / n2", \
      "100 (a / n1 - b / n2) / (b / n2)", "-100 and up", "0 = alike",         \
      "b = 0 counts as 1/2", "Gabrielatos & Marchi 2011")                     \
    X(odds_ratio, "odds-ratio", "ratio of the odds",                          \
      "(a / c) / (b / d)", "0 and up", "1 = alike",                           \
      "1/2 is added to all four where one is 0", "Pojanapunya & Todd 2018")   \
    X(relative_risk, "relative-risk", "how many times as frequent",           \
      "(a / n1) / (b / n2)", "0 and up", "1 = alike",                         \
      "b = 0 counts as 1/2", "Everitt 2002")                                  \
    X(simple_maths, "simple-maths", "the same, rare words held back",         \
      "(10^6 a / n1 + s) / (10^6 b / n2 + s), s the smoothing", "0 and up",   \
      "1 = alike", "s sees to it", "Kilgarriff 2009")
/* clang-format on */

typedef struct zub_keyness {
    zub_statistic is;
    double (*of)(const zub_contrast *counts,
                 const zub_keyness_options *options);
} zub_keyness;

/* As for association; a NULL name is "lrc", and "g2" is "g2-4term". */
ZUB_API const zub_keyness *zub_keyness_at(size_t i);
ZUB_API const zub_keyness *zub_keyness_find(const char *name);

/* The interval of log-ratio, exact (Clopper & Pearson 1934) of the share of a
 * in a + b; confidence 1 - (1 - confidence) / family. An end that the counts
 * leave open, low where a = 0, high where b = 0, is -1024 or 1024. */
ZUB_API void zub_log_ratio_interval(double *low, double *high,
                                    const zub_contrast *counts,
                                    const zub_keyness_options *options);

/* The probability, 0 to 1, of a difference like this or larger by chance, in
 * either direction: chi-squared of g2-4term with 1 degree of freedom, or,
 * where E1 or E2 is below 5, twice the tail of the binomial of a in a + b. No
 * count: 1. Of many words only adjusted ones say something. */
ZUB_API double zub_keyness_p(const zub_contrast *counts);

typedef enum zub_adjustment {
    ZUB_ADJUST_BH,   /* false discoveries (Benjamini & Hochberg 1995) */
    ZUB_ADJUST_HOLM, /* any false one (Holm 1979) */
    ZUB_ADJUST_BONFERRONI
} zub_adjustment;

/* Adjusts p[count] in place for having looked at `family` words (what is less
 * than count: count). Equal ones stay equal; order is kept. NaN is 1.
 * O(n log n). ZUB_EINVAL: no such adjustment. ZUB_ENOMEM. */
ZUB_API zub_status zub_adjust(double *p, size_t count, size_t family,
                              zub_adjustment how);

/* Dispersion: how evenly a word lies over the parts of a corpus, its articles
 * say. Only parts that have the word are listed; v is the count in a part, s
 * the part's share of the corpus, f = sum v, p = v / f, N the number of parts,
 * df that of parts with the word, r = v / size of the part, over all N. */
typedef struct zub_parts {
    const double *counts; /* [listed] v; a 0 is fine */
    const double *sizes;  /* [listed] in words; NULL: all parts are equal */
    size_t listed;
    double parts;    /* N; what is less than `listed` is that */
    double size;     /* of the corpus, in words; not needed for equal parts */
    double smallest; /* size of the smallest part, for dpnorm and kl */
    double *scratch; /* [listed] for da, or NULL: it takes O(listed^2) */
} zub_parts;

/* X as above. A word that is nowhere gets what "uneven" means, and 0 from the
 * last six. */
/* clang-format off */
#define ZUB_DISPERSION_MAP(X)                                                 \
    X(dpnorm, "dpnorm", "dp over its highest value",                          \
      "dp / (1 - min s)", "0 to 1", "0 = even, 1 = uneven",                   \
      "one part: 0", "Lijffijt & Gries 2012")                                 \
    X(dp, "dp", "deviation of proportions",                                   \
      "sum |p - s| / 2", "0 to 1", "0 = even, 1 = uneven",                    \
      "v = 0 adds s / 2", "Gries 2008")                                       \
    X(juilland_d, "juilland-d", "1 less the variation of r; poor with many"   \
      " parts", "1 - sd(r) / mean(r) / sqrt(N - 1)", "0 to 1",                \
      "1 = even, 0 = uneven", "one part: 1",                                  \
      "Juilland & Chang-Rodriguez 1964")                                      \
    X(carroll_d2, "carroll-d2", "entropy of r over its highest value",        \
      "sum q log2(1 / q) / log2 N, q = r / sum r", "0 to 1",                  \
      "1 = even, 0 = uneven", "one part: 1; v = 0 adds 0", "Carroll 1970")    \
    X(rosengren_s, "rosengren-s", "share of f that even parts would need",    \
      "(sum sqrt(s v))^2 / f", "0 to 1", "1 = even, min s = uneven",          \
      "v = 0 adds 0", "Rosengren 1971")                                       \
    X(da, "da", "1 less the mean difference of two parts",                    \
      "1 - mean |r - r'| / (2 mean r), over all pairs of parts", "0 to 1",    \
      "1 = even, 0 = uneven", "one part: 1", "Burch, Egbert & Biber 2017")    \
    X(dkl, "dkl", "kl as a share of itself and 1",                            \
      "kl / (1 + kl)", "0 to 1", "0 = even, 1 = uneven",                      \
      "v = 0 adds 0", "Gries 2024")                                           \
    X(dkl_2021, "dkl-2021", "kl standardised as it was before",               \
      "1 - exp(-kl)", "0 to 1", "0 = even, 1 = uneven",                       \
      "v = 0 adds 0", "Gries 2021")                                           \
    X(kl, "kl", "bits by which p diverges from s",                            \
      "sum p log2(p / s)", "0 and up", "0 = even, -log2 min s = uneven",      \
      "v = 0 adds 0", "Gries 2020")                                           \
    X(range, "range", "parts that have the word",                             \
      "df", "0 and up", "more = wider", "v = 0 adds 0", "Keniston 1920")      \
    X(range_share, "range-share", "share of the parts that have the word",    \
      "df / N", "0 to 1", "1 = everywhere", "v = 0 adds 0", "Keniston 1920")  \
    X(burstiness, "burstiness", "mean count in parts that have the word",     \
      "f / df", "0 and up", "1 = once each, more = burstier",                 \
      "df = 0: 0", "Church & Gale 1995")                                      \
    X(adaptation, "adaptation", "parts with it twice among parts with it",    \
      "df(v > 1) / df", "0 to 1", "more = burstier",                          \
      "df = 0: 0", "Church 2000")                                             \
    X(idf, "idf", "inverse document frequency, in bits",                      \
      "log2(N / df)", "0 and up", "0 = everywhere",                           \
      "df = 0: 0", "Sparck Jones 1972")                                       \
    X(ridf, "ridf", "idf less what a Poisson of that f has",                  \
      "idf + log2(1 - exp(-f / N))", "any", "0 = chance, more = burstier",    \
      "df = 0: 0", "Church & Gale 1995")
/* clang-format on */

typedef struct zub_dispersion {
    zub_statistic is;
    double (*of)(const zub_parts *parts);
} zub_dispersion;

/* As for association; a NULL name is "dpnorm". O(listed), da as said. */
ZUB_API const zub_dispersion *zub_dispersion_at(size_t i);
ZUB_API const zub_dispersion *zub_dispersion_find(const char *name);

/* Three that need no list: f times in df of n articles. */
ZUB_API double zub_burstiness(double f, double df);
ZUB_API double zub_idf(double df, double n);
ZUB_API double zub_residual_idf(double f, double df, double n);

/* Frequencies reduced by clumping, from the places of a word in a corpus of
 * `size` words: 1 where all lie together, `count` where they lie evenly. With
 * d the distances between neighbours, the last one's being the first
 * (Savicky & Hlavacova 2002):
 *     arf   sum min(d, size / count) count / size
 *     aldf  exp(-sum d / size log(d / size))
 *     awtf  size^2 / sum d^2
 * Places are from 0 and ascend; one that goes back is taken for the one before
 * it. No place: 0. A place beyond the end: the corpus ends behind it. */
ZUB_API double zub_arf(const uint64_t *places, size_t count, uint64_t size);
ZUB_API double zub_aldf(const uint64_t *places, size_t count, uint64_t size);
ZUB_API double zub_awtf(const uint64_t *places, size_t count, uint64_t size);

/* Lexical diversity of a text: n words of v types, the i-th type f times; v1
 * of them once. X as above, its function being the end of a constant. */
/* clang-format off */
#define ZUB_DIVERSITY_MAP(X)                                                  \
    X(WORDS, "words", "length of the text", "n", "0 and up",                  \
      "a count", "n = 0: 0", "")                                              \
    X(TYPES, "types", "different words", "v", "0 and up",                     \
      "more = richer, grows with n", "n = 0: 0", "")                          \
    X(HAPAXES, "hapaxes", "words that come once", "v1", "0 and up",           \
      "more = richer, grows with n", "n = 0: 0", "")                          \
    X(TTR, "ttr", "type-token ratio", "v / n", "0 to 1",                      \
      "more = richer, falls with n", "n = 0: 0",                              \
      "Chotlos 1944, Templin 1957")                                           \
    X(ROOT_TTR, "root-ttr", "ttr that falls less with n", "v / sqrt(n)",      \
      "0 and up", "more = richer", "n = 0: 0", "Guiraud 1954")                \
    X(CORRECTED_TTR, "corrected-ttr", "root-ttr over the root of 2",          \
      "v / sqrt(2 n)", "0 and up", "more = richer", "n = 0: 0",               \
      "Carroll 1964")                                                         \
    X(LOG_TTR, "log-ttr", "Herdan's C", "log(v) / log(n)", "0 to 1",          \
      "more = richer", "n = 0: 0; n = 1: 1", "Herdan 1960")                   \
    X(MAAS, "maas", "Maas's a^2; Dugast's U is 1 over it",                    \
      "(log(n) - log(v)) / log(n)^2", "0 and up", "less = richer",            \
      "n < 2: 0", "Maas 1972")                                                \
    X(YULE_K, "yule-k", "how often two words drawn are alike, times 10^4",    \
      "10^4 (sum f^2 - n) / n^2", "0 to 10000", "less = richer",              \
      "n = 0: 0", "Yule 1944")                                                \
    X(YULE_I, "yule-i", "the other way round, by types",                      \
      "v^2 / (sum f^2 - v)", "0 and up", "more = richer",                     \
      "every word once: v^2", "Yule 1944")                                    \
    X(SIMPSON_D, "simpson-d", "chance that two words drawn are alike",        \
      "sum f (f - 1) / (n (n - 1))", "0 to 1", "less = richer",               \
      "n < 2: 0", "Simpson 1949")                                             \
    X(HERDAN_V, "herdan-v", "Herdan's V_m: variation of f over types",        \
      "sqrt(sum f^2 / n^2 - 1 / v)", "0 to 1",                                \
      "0 = all types equally frequent", "n = 0: 0", "Herdan 1955")            \
    X(ENTROPY, "entropy", "bits a word carries",                              \
      "sum f / n log2(n / f)", "0 and up", "more = richer",                   \
      "n = 0: 0", "Shannon 1948")                                             \
    X(MATTR, "mattr", "mean ttr of all runs of `window` words",               \
      "mean (types of a run / window)", "0 to 1", "more = richer",            \
      "n < window: ttr", "Covington & McFall 2010")                           \
    X(MTLD, "mtld", "mean length of runs whose ttr stays above `factor`",     \
      "mean of n / factors forwards and backwards; the last run, of a ttr t," \
      " is (1 - t) / (1 - factor) factors", "0 and up", "more = richer",      \
      "n = 0: 0; no factor: n", "McCarthy & Jarvis 2010")                     \
    X(HDD, "hdd", "expected ttr of `draws` words drawn at random",            \
      "sum (1 - C(n - f, draws) / C(n, draws)) / draws", "0 to 1",            \
      "more = richer", "n < draws: ttr", "McCarthy & Jarvis 2007")
/* clang-format on */

typedef enum zub_diversity_index {
#define X(end, name, about, formula, range, direction, zeros, source)         \
    ZUB_DIVERSITY_##end,
    ZUB_DIVERSITY_MAP(X)
#undef X
        ZUB_DIVERSITIES
} zub_diversity_index;

typedef struct zub_diversity {
    double of[ZUB_DIVERSITIES]; /* by zub_diversity_index */
} zub_diversity;

typedef struct zub_diversity_options {
    size_t window; /* of mattr, in words; 0: 100 */
    double factor; /* of mtld, between 0 and 1; 0: .72 */
    size_t draws;  /* of hdd; 0: 42 */
} zub_diversity_options;

/* Of words [count] as numbers, equal words equal; which numbers is all one.
 * `out` is zeros on failure. O(count), with large gaps between the numbers
 * O(count log count); memory 16 bytes a word at most. ZUB_ELIMIT: more than
 * 2^32 - 1 words. ZUB_ENOMEM. */
ZUB_API zub_status zub_diversity_measure(zub_diversity *out,
                                         const uint32_t *words, size_t count,
                                         const zub_diversity_options *options);
/* In words what of[i] is; NULL after the last. */
ZUB_API const zub_statistic *zub_diversity_at(size_t i);

/* ---- Collocations: words of a state that belong together ---- */

/* Names that measures take here, i from 0; NULL after the last: those of
 * zub_association_at, of an n-gram's words but the last against the last, and
 *     phrase, phrase-npmi    zub_phrase_score and zub_phrase_npmi
 *     lambda, lambda-z       zub_lambda over n-grams of that many words
 * Any thread. */
ZUB_API const char *zub_collocation_measure_name(size_t i);
/* One line that says what it is. Same index. */
ZUB_API const char *zub_collocation_measure_about(size_t i);
/* The index of a name, whose dashes may be left out; SIZE_MAX: none. */
ZUB_API size_t zub_collocation_measure_find(const char *name);

typedef struct zub_collocation_options {
    unsigned words;              /* in an n-gram; 0: 2 */
    const char *const *measures; /* [measure_count], 64 at most */
    size_t measure_count;        /* 0: log-dice alone */
    const char *sort;   /* "count" or a measure; NULL: the first measure */
    uint64_t min_count; /* of the n-gram; 0: 5 */
    uint64_t limit;     /* rows at most; 0: all */
    zub_slice word; /* a term: n-grams without it have no row; empty: any */
} zub_collocation_options;

/* Rows, the strongest first, of equals the first in byte order of the terms.
 * Values are computed as they are read. One thread. */
typedef struct zub_collocations zub_collocations;

typedef struct zub_collocation {
    unsigned words;
    zub_slice terms[8], surfaces[8]; /* [words], the state's */
    uint64_t counts[8];              /* [words], of each alone */
    uint64_t count, df;   /* together, and articles that have them so */
    zub_contingency pair; /* what was measured */
    const double *values; /* [measure_count], good until the next call */
} zub_collocation;

/* Of the n-grams of a state, or of the pairs of its window. A pair within a
 * window of w words can be w pairs a word, so its n11 is the count over w, and
 * n1, n2 and n are words, as with NLTK's BigramCollocationFinder of a
 * window_size of w + 1.
 *
 * The state must live longer. A walk over the n-grams; 32 bytes for each n-gram
 * that may be a row, or 64 for each row of `limit` where that is less.
 * lambda of more than two words takes a walk for each of 2^words and 2^words
 * doubles a row, a row of all n-grams when it is what sorts. ZUB_EINVAL: the
 * state has no n-grams of so many words, no such measure. ZUB_ENOTFOUND: it has
 * no such word. ZUB_ENOMEM. */
ZUB_API zub_status zub_collocations_new(zub_collocations **out,
                                        const zub_state *state,
                                        const zub_collocation_options *options,
                                        zub_error *error);
ZUB_API void zub_collocations_free(zub_collocations *collocations);
ZUB_API size_t zub_collocations_size(const zub_collocations *collocations);
/* Row i, which must be below that size. */
ZUB_API zub_collocation zub_collocations_at(zub_collocations *collocations,
                                            size_t i);

/* ---- Comparisons: what sets articles apart from others ---- */

typedef enum zub_side {
    ZUB_SIDE_BOTH, /* of a word: as frequent here as there */
    ZUB_SIDE_TARGET,
    ZUB_SIDE_REFERENCE
} zub_side;

typedef struct zub_comparison_options {
    const char *const *measures; /* [measure_count] of zub_keyness_at, 64 at
                                    most */
    size_t measure_count;        /* 0: lrc alone */
    const char *sort;   /* one of those names; NULL: the first measure */
    uint64_t min_count; /* in both together; 0: 5 */
    uint64_t min_df;    /* articles of the side that has more; 0: 1 */
    uint64_t limit;     /* rows at most; 0: all */
    zub_side side;      /* words of that side alone */
    zub_keyness_options keyness; /* family 0: the words judged */
} zub_comparison_options;

/* Rows: the highest value first, with ZUB_SIDE_REFERENCE the lowest; of equals
 * the first in byte order. One thread. */
typedef struct zub_comparison zub_comparison;

typedef struct zub_comparison_facts {
    uint64_t judged; /* words with min_count and min_df, on any side */
    size_t rows;
    double tokens[2];    /* words of target and reference; of a background 0 */
    double documents[2]; /* articles, or stretches of text */
    double listed;       /* words of the target that a background has */
    uint64_t overlap;    /* ids that articles of both have; 0: not known */
    bool is_background;
    bool has_dispersion;
    char lang[12]; /* of the background, or "" */
} zub_comparison_facts;

typedef struct zub_compared {
    zub_slice term, surface; /* the states' */
    zub_side side;
    zub_contrast tokens;    /* with a background only a and n1 */
    zub_contrast documents; /* that have the word, of all */
    double per_million[2];
    const double *values;    /* [measure_count] of tokens; NULL: background */
    const double *df_values; /* [measure_count] of documents; both are good
                                until the next call */
    double low, high; /* of log-ratio, at a confidence that holds for all words
                         judged at once */
    double p, q;      /* q: false discoveries among the words judged */
    double dpnorm;    /* in the target */
} zub_compared;

/* Words of two states that were counted alike. What is judged - sorted, p, q,
 * the interval and the side - are tokens. The states must live longer. 16
 * bytes for each word judged, 28 a row; dispersion is computed where the
 * target has the counts of more than one article, in a walk over them for each
 * 2^20 entries. ZUB_EINVAL: no such measure. ZUB_EMISMATCH: they were not
 * counted alike, with what differs. ZUB_ENOMEM. */
ZUB_API zub_status zub_comparison_new(zub_comparison **out,
                                      const zub_state *target,
                                      const zub_state *reference,
                                      const zub_comparison_options *options,
                                      zub_error *error);

/* Words of a state against a language's background: in how many stretches of
 * 200 words each is. An article of n words is taken for n / 200 stretches, at
 * least one, and a word that it has v times for one in k (1 - (1 - 1/k)^v) of
 * k: what it would be if it fell anywhere. A state without the counts of each
 * article is taken for one. `lang` NULL: that of the state, else it is
 * guessed. ZUB_ENOTFOUND: no background of that language, or one of other
 * terms. ZUB_EMISMATCH: the state is of another language. Errors of
 * zub_analyzer_new. */
ZUB_API zub_status zub_comparison_new_background(
    zub_comparison **out, const zub_state *target, const zub_models *models,
    const char *lang, const zub_comparison_options *options, zub_error *error);

ZUB_API void zub_comparison_free(zub_comparison *comparison);
ZUB_API zub_comparison_facts zub_comparison_about(const zub_comparison *c);
/* Row i, which must be below that number. */
ZUB_API zub_compared zub_comparison_at(zub_comparison *comparison, size_t i);

/* ---- Index: passages on disk, and what finds them ---- */

/* An index is a folder (docs/index-format.md). Its articles lie in it as
 * passages of about 100 words on the borders of sentences. One writer at a
 * time, any number of readers: each sees the commit that was the latest when it
 * was opened, whatever is written meanwhile, and a commit is there after the
 * call or is not. Nothing is answered from a byte that was not held against a
 * checksum: what is damaged is ZUB_EFORMAT, never another answer. */

/* Of an index that is there already each must be zero or what it was made
 * with. */
typedef struct zub_index_options {
    const char *lang;       /* as in zub_analyzer_options */
    const char *stemmer;    /* the same */
    size_t passage_words;   /* of a passage, about; 0: 100 */
    bool whole_articles;    /* an article is one passage */
    bool without_titles;    /* words of titles do not count */
    bool without_texts;     /* nothing can be shown of a passage */
    bool without_positions; /* no order of words is kept: without texts an
                               index of Arabic takes .24 of its bytes then, not
                               .41. Quoted words, title: and most_alike are
                               ZUB_EINVAL; words alone order */
    uint64_t memory;        /* bytes, about, beyond which a volume is written;
                             0: 512 MiB; at least 16 MiB */
    /* Hears of each record that becomes an article, on any thread and in any
     * order; NULL: nobody does. */
    void (*added)(void *context, const zub_record *record);
    void *added_context;
} zub_index_options;

/* Adds to an index, or takes from it. One thread at a time. */
typedef struct zub_index_writer zub_index_writer;

/* Makes the folder, if it is not there; holds its lock, which goes with the
 * process. `models` must live longer; the options may go. ZUB_EBUSY: another
 * writer has it. ZUB_EINVAL: a folder that holds something else, or options
 * that do not go together or differ from those of the index. ZUB_EMISMATCH: it
 * was made with another analyzer; the message says what differs. ZUB_EFORMAT,
 * ZUB_EVERSION, ZUB_EIO, ZUB_EWRITE, ZUB_ENOMEM, errors of zub_analyzer_new. */
ZUB_API zub_status zub_index_writer_open(zub_index_writer **out,
                                         const char *folder,
                                         const zub_models *models,
                                         const zub_index_options *options,
                                         zub_error *error);
/* What was not committed is as if it had never been. NULL is fine. */
ZUB_API void zub_index_writer_free(zub_index_writer *writer);

/* Every record of the rest of a corpus, analyzed on `threads` threads (0: the
 * processors available); the index does not depend on their number. An article
 * takes the place of one that has its id. Records without a word are articles
 * without a passage. Failures as in zub_count, those of the writer itself,
 * ZUB_EWRITE and ZUB_ENOMEM among them, are returned; then it can only be
 * freed. */
ZUB_API zub_status zub_index_writer_add(zub_index_writer *writer,
                                        zub_corpus *corpus, unsigned threads,
                                        const zub_failures *failures,
                                        zub_error *error);
/* Takes an article away. ZUB_ENOTFOUND: there is none of this id. */
ZUB_API zub_status zub_index_writer_delete(zub_index_writer *writer,
                                           zub_slice id, zub_error *error);
/* All articles of another index, as if they were added here: what it answers
 * afterwards is what an index of all of them would. ZUB_EMISMATCH: it was made
 * with other rules or another analyzer. */
ZUB_API zub_status zub_index_writer_merge(zub_index_writer *writer,
                                          const char *folder,
                                          zub_error *error);
/* All volumes become one, and what is gone leaves them and the counts of
 * ranking: what the index answers from the next commit on is what one answers
 * that was made at once of the articles it has. A volume is made in
 * `memory`: where all of it takes more, volumes that fill it stay and the
 * others become as few as it allows. Nothing is written where there is nothing
 * to do. After a failure the writer can only be freed. ZUB_EINVAL: it failed
 * before. ZUB_EWRITE, ZUB_EFORMAT, ZUB_ELIMIT, ZUB_ENOMEM. Cost: about half of indexing again. */
ZUB_API zub_status zub_index_writer_compact(zub_index_writer *writer,
                                            zub_error *error);
/* After ZUB_OK all of it is on the disk and readers that open the index from
 * now on see it; more can be added and committed. Volumes of about one size
 * become one when they are eight, as far as memory allows. ZUB_EWRITE: the
 * index is as it was. */
ZUB_API zub_status zub_index_writer_commit(zub_index_writer *writer,
                                           zub_error *error);

/* A commit, open for reading. Constant: any number of threads may share it. */
typedef struct zub_index zub_index;

/* `models` must live longer. `is_stale_ok`: an index of another analyzer is
 * read all the same, and words that this one cuts otherwise are not found.
 * ZUB_ENOTFOUND: no index. ZUB_EMISMATCH: made with another analyzer: index
 * again. ZUB_EFORMAT, ZUB_EVERSION, ZUB_EIO, ZUB_ENOMEM. */
ZUB_API zub_status zub_index_open(zub_index **out, const char *folder,
                                  const zub_models *models, bool is_stale_ok,
                                  zub_error *error);
/* After its searchers. NULL is fine. */
ZUB_API void zub_index_free(zub_index *index);

typedef struct zub_index_facts {
    uint64_t generation; /* commits so far */
    uint64_t articles, passages;
    uint64_t volumes;
    uint64_t gone;          /* articles whose place is not yet given back */
    const char *lang;       /* "auto", or that of all articles */
    const char *stemmer;    /* a name, or "auto" */
    uint64_t passage_words; /* 0: articles are not cut */
    const char *fingerprint;
} zub_index_facts;
ZUB_API zub_index_facts zub_index_about(const zub_index *index);

/* What the words of a passage are worth to a question. */
typedef enum zub_search_measure {
    ZUB_SEARCH_BM25,
    ZUB_SEARCH_LIKELIHOOD /* that the passage, as a source of words, would have
                             said the question: sums of
                             ln(1 + tf / (mu p(t))) + ln(mu / (mu + length))
                             (Zhai and Lafferty 2004). Every passage that has a
                             word is looked at. */
} zub_search_measure;

/* How passages are found and ordered. */
typedef struct zub_search_options {
    size_t count;       /* hits at most; 0: 10 */
    const char *lang;   /* of the query; NULL: that of the index, or found */
    bool is_plain;      /* nothing in a query is syntax */
    bool by_article;    /* an article's best passage stands for it */
    bool without_grams; /* order by words alone */
    bool with_snippets; /* text of each hit, if the index keeps texts */
    bool with_reasons;  /* which words made its score */
    double most_alike;  /* zub_related: leave out what shares more than this
                             share of its character grams with the text, or
                             with a hit before it; 0: nothing */
    zub_search_measure measure;
    double mu;   /* words that smooth a likelihood; 0: 200 */
    bool expand; /* ask again with the ten words that the ten best passages are
                    about most, at half the weight of all (RM3: Abdul-Jaleel et
                    al. 2004); costs a second search */
} zub_search_options;

/* Why a hit is one: a word of the query. */
typedef struct zub_hit_reason {
    zub_slice term; /* as it was written, folded */
    uint32_t count; /* in the passage, and by article in those beside it */
    uint64_t df;    /* passages that have it */
    double score;   /* its part of `words` */
    bool is_added;  /* not asked for: `expand` found it */
} zub_hit_reason;

typedef struct zub_hit {
    zub_slice id; /* of the article */
    zub_slice title;
    uint32_t passage;      /* in the article, from 0 */
    uint64_t start, end;   /* bytes of the article's text */
    double score;          /* of this query: the order of the hits */
    double words, grams;   /* of stemmed words, and BM25 of character grams */
    double length;         /* of a likelihood: the part of `words` that is no
                              word's, but the passage's length's; else 0 */
    double latent;         /* cosine after zub_searcher_reduce; else 0 */
    zub_slice snippet;     /* sentences of the passage, repaired; or empty */
    const zub_span *marks; /* [mark_count] words of the query in the snippet;
                              bytes alone */
    size_t mark_count;
    const zub_hit_reason *reasons; /* [reason_count] */
    size_t reason_count;
} zub_hit;

/* Owns what it points at. */
typedef struct zub_hits {
    const zub_hit *items; /* [count], best first */
    size_t count;
    char lang[12]; /* that the query was read in */
} zub_hits;
ZUB_API void zub_hits_free(zub_hits *hits);

/* Asks an index: an analyzer and scratch. One thread. */
typedef struct zub_searcher zub_searcher;

/* ZUB_ENOMEM, errors of zub_analyzer_new. */
ZUB_API zub_status zub_searcher_new(zub_searcher **out, const zub_index *index,
                                    zub_error *error);
ZUB_API void zub_searcher_free(zub_searcher *searcher);

/* From now on passages are found and ordered by what they are about, too: all
 * are reduced to `k` dimensions by latent semantic analysis (rows of
 * (1 + ln tf) (ln((N + 1) / (df + 1)) + 1), of length 1; zub_svd_new), and the
 * hundred nearest by the cosine stand beside the hundred best by words. The
 * score is half of either, each scaled to 0 to 1 among them. Costs a reading of
 * all passages and the decomposition, memory of 8 bytes a word of each passage
 * and 4 k a passage and a term, and for each question k products a passage.
 * ZUB_EINVAL: k is 0. ZUB_ENOTFOUND: no OpenBLAS. ZUB_EFORMAT, ZUB_ENOMEM; then
 * the searcher is as it was. */
ZUB_API zub_status zub_searcher_reduce(zub_searcher *searcher, size_t k,
                                       unsigned threads, zub_error *error);

/* The passages that answer a query: the best by BM25 (Robertson and Zaragoza
 * 2009; k1 1.2, b 0.75, idf ln(1 + (N - df + 1/2) / (df + 1/2)) as in Lucene)
 * over stemmed words, of which stop words count half; the first hundred are
 * ordered by that and by BM25 over characters in a row (4, across words; 2 where
 * words have no spaces), each scaled to 0 to 1 among them and halved. Equals
 * stand by id in byte order, then by passage. In an index of several languages
 * the query is read in each of them, up to 16, and a passage is scored by the
 * reading in its own; with options->lang it is read in that one alone.
 *
 * In a query "words in quotes" must stand in a row as they are written, +word
 * must be there, -word must not, and title:word must be in the title. Nothing
 * of a query is an error: what holds no word finds nothing. ZUB_EFORMAT: the
 * index is damaged. ZUB_EINVAL: no such language or measure, a mu that is no
 * number above 0, or what takes positions, of an index without them.
 * ZUB_ENOMEM. */
ZUB_API zub_status zub_search(zub_hits **out, zub_searcher *searcher,
                              zub_slice query,
                              const zub_search_options *options,
                              zub_error *error);

/* What a text is like: each of its words counts, and nothing in it is
 * syntax. Words weigh (1 + ln tf) idf^2 on the text's side and saturate as in
 * BM25 on the passage's, which orders as the cosine of TF-IDF does; then grams
 * in the same way. */
ZUB_API zub_status zub_related(zub_hits **out, zub_searcher *searcher,
                               zub_slice text,
                               const zub_search_options *options,
                               zub_error *error);
/* The same of a passage of the index, or with `passage` ZUB_NO_PASSAGE of a
 * whole article: neither itself, nor for an article any of its passages, is a
 * hit. ZUB_ENOTFOUND: no such article or passage. */
#define ZUB_NO_PASSAGE UINT32_MAX
ZUB_API zub_status zub_related_to(zub_hits **out, zub_searcher *searcher,
                                  zub_slice id, uint32_t passage,
                                  const zub_search_options *options,
                                  zub_error *error);

/* The articles of an index, in no order that means anything: number i, from 0.
 * Of one that is gone the id is empty. ZUB_ENOTFOUND: there are not so many.
 * ZUB_EFORMAT. */
ZUB_API zub_status zub_index_article(const zub_index *index, uint64_t i,
                                     zub_slice *id, uint32_t *passages,
                                     zub_error *error);

/* Told of each article that damage takes: by its id, or with an empty id of a
 * volume whose ids cannot be read. */
typedef struct zub_index_losses {
    void *context;
    void (*lost)(void *context, zub_slice id, const zub_error *why);
} zub_index_losses;

/* Holds every byte of an index and every rule against it. With `repair` volumes
 * that are damaged are left out of it from then on, by a commit; `losses` may
 * be NULL. ZUB_EFORMAT: something is damaged, the first of it in `error`; with
 * `repair` ZUB_OK: nothing is any more. ZUB_EBUSY: a writer has it. ZUB_ENOTFOUND:
 * no index. ZUB_EVERSION, ZUB_EIO, ZUB_EWRITE, ZUB_ENOMEM. */
ZUB_API zub_status zub_index_check(zub_file_report *out, const char *folder,
                                   bool repair, const zub_index_losses *losses,
                                   zub_error *error);

/* ---- Alignment: passages that two texts share ---- */

/* Quotations, copied and lightly edited text: a passage of one article and one
 * of another that have most of their words in common, in the same order. Words
 * are compared as they fold, so case, points, vowel signs and the forms of alef
 * decide nothing, and neither do a final yeh or alef maqsura (ي ى), teh
 * marbuta or heh (ة ه). Found in three steps, as sequences of genes are
 * (Altschul et al. 1990; Abouelhoda & Ohlebusch 2005): a few words in a row
 * that both have, the seeds; chains of seeds, the best by sparse dynamic
 * programming; and alignment word by word between them and on from both ends,
 * for as long as the score, 1 for a word that matches and -1 for an edit, falls
 * below its best by no more than 6, nor by more than what has matched (Zhang et
 * al. 2000). */

/* Articles in memory, as rows of words: their text, and 16 bytes a word.
 * Constant: any number of threads may share them. */
typedef struct zub_articles zub_articles;

/* The rest of a corpus, in its order, on `threads` threads (0: the processors
 * available). Words are those of zub_count without stems, by the rules of no
 * language, unless `words` names a stemmer or a language. A word is known by a
 * hash of 64 bits: by chance two are taken for one once in 2^64. ZUB_ELIMIT:
 * 2^31 words or more. ZUB_ENOMEM, and errors of zub_analyzer_new; without
 * failures->fail, which may be NULL, those of the first record that cannot be
 * read. */
ZUB_API zub_status zub_articles_read(zub_articles **out, zub_corpus *corpus,
                                     unsigned threads,
                                     const zub_models *models,
                                     const zub_analyzer_options *words,
                                     const zub_failures *failures,
                                     zub_error *error);
/* NULL is fine. */
ZUB_API void zub_articles_free(zub_articles *articles);

typedef struct zub_articles_facts {
    uint64_t articles;
    uint64_t empty; /* without a word */
    uint64_t words;
    uint64_t repaired; /* bytes: zub_record_repaired of all */
    uint64_t broken;   /* articles that have any */
} zub_articles_facts;
ZUB_API zub_articles_facts zub_articles_about(const zub_articles *articles);

typedef struct zub_align_options {
    size_t min_words;      /* that match, of a passage; 0: 8 */
    double min_similarity; /* of a passage, to 1; 0: .5 */
    size_t most;           /* passages, those of the most words that match,
                              the longest first; 0: all, as they stand */
    unsigned seed;         /* words of a seed, 1 to 16; 0: 3; never more than
                              min_words */
} zub_align_options;

/* Passages shared. It borrows the articles, which must live longer. Constant:
 * any number of threads may share it. */
typedef struct zub_alignment zub_alignment;

/* Every article of `a` against every one of `b`, or with NULL against those of
 * `a` that were read before it; `options` may be NULL. Of passages of two
 * articles that overlap on both sides that of the better chain of seeds is
 * kept. `b` and `a` in each other's place give the same, sides in each other's
 * place, and so does any order of the articles, as long as no seed is left out:
 * in an article a seed is followed from the first 16 places, and to the first
 * 256 places of all of `a`; of an article of n words 16384 + 8 n pairs of
 * places are followed at most, of the rarest seeds; and two articles are given
 * up once as many words as both have were aligned for nothing. So neither
 * repetition nor what everybody writes costs more than n log n;
 * zub_alignment_facts counts the places left out. Any number of threads gives
 * the same answer; each works on an article of `b` at a time. Memory: 16 bytes
 * a word of `a`, 32 while it is made; for each thread some 150 bytes a word of
 * the article at hand, with pairs of places as above 500; what is found.
 * ZUB_EINVAL: options out of range. ZUB_ENOMEM. */
ZUB_API zub_status zub_align(zub_alignment **out, const zub_articles *a,
                             const zub_articles *b, unsigned threads,
                             const zub_align_options *options,
                             zub_error *error);
/* NULL is fine. */
ZUB_API void zub_alignment_free(zub_alignment *alignment);

typedef struct zub_alignment_facts {
    size_t passages;
    uint64_t left_out; /* places of seeds that were not followed */
} zub_alignment_facts;
ZUB_API zub_alignment_facts
zub_alignment_about(const zub_alignment *alignment);

/* Some bytes of a text, half open. */
typedef struct zub_stretch {
    size_t start, end;
} zub_stretch;

/* One side of a shared passage. Its text lies in the article's, without a NUL
 * byte behind it. */
typedef struct zub_shared_side {
    zub_slice id, text;
    size_t start, end; /* in the article, bytes */
    size_t words;
    const zub_stretch *differing; /* words that match none, in the article; no
                                     two touch */
    size_t differing_count;
} zub_shared_side;

typedef struct zub_shared {
    zub_shared_side a, b; /* of one corpus: a was read before b */
    size_t matched;       /* words that both have */
    double similarity;    /* matched / the words of the longer side */
} zub_shared;

/* Passage i from 0, in the order of articles of `a` and of places in them,
 * then of `b`; with `most` those of more words that match come first. Lasts as
 * long as the alignment and its articles. */
ZUB_API zub_shared zub_alignment_at(const zub_alignment *alignment, size_t i);

/* ---- Rendering: a result into bytes ---- */

typedef enum zub_format {
    ZUB_FORMAT_TEXT,
    ZUB_FORMAT_JSON,  /* one array of objects */
    ZUB_FORMAT_JSONL, /* an object a line, with the record's other fields */
    ZUB_FORMAT_TSV,
    ZUB_FORMAT_HTML /* one page, no script, nothing fetched */
} zub_format;

typedef enum zub_unit {
    ZUB_UNIT_SENTENCE,
    ZUB_UNIT_WORD,
    ZUB_UNIT_TERM
} zub_unit;

/* What is rendered; it decides how a page begins and a table is headed. */
typedef enum zub_kind {
    ZUB_KIND_SUMMARY,
    ZUB_KIND_UNITS,
    ZUB_KIND_KEYWORDS,
    ZUB_KIND_GUESS
} zub_kind;

typedef struct zub_render_options {
    zub_format format;
    bool keep_text;  /* JSONL: the text field stays */
    bool explain;    /* text: reasons below each sentence */
    bool isolate;    /* text: U+2068 and U+2069 around right-to-left fields */
    bool color;      /* text: ANSI colours */
    bool with_ids;   /* text: the article's id above it */
    zub_unit unit;   /* of ZUB_KIND_UNITS */
    bool fold;       /* units: print the folded form too */
    size_t keywords; /* of ZUB_KIND_KEYWORDS, at most */
} zub_render_options;

/* What stands before the first result, between two, and after the last. */
typedef enum zub_part {
    ZUB_PART_HEAD,
    ZUB_PART_BETWEEN,
    ZUB_PART_TAIL
} zub_part;

/* ZUB_EINVAL: this kind has no such format. Else what the sink returned. */
ZUB_API zub_status zub_render_part(zub_part part, zub_kind kind,
                                   const zub_render_options *options,
                                   zub_sink sink);
/* One result. The record lends its text and its other fields. */
ZUB_API zub_status zub_render_summary(const zub_summary *summary,
                                      const zub_record *record,
                                      const zub_render_options *options,
                                      zub_sink sink);
ZUB_API zub_status zub_render_keywords(const zub_summary *summary,
                                       const zub_record *record,
                                       const zub_render_options *options,
                                       zub_sink sink);
ZUB_API zub_status zub_render_units(const zub_document *document,
                                    const zub_record *record,
                                    const zub_render_options *options,
                                    zub_sink sink);
ZUB_API zub_status zub_render_guess(const zub_guess *guess,
                                    const zub_record *record,
                                    const zub_render_options *options,
                                    zub_sink sink);

/* Topics. Text, JSON, JSONL (an article a line, without its other fields), TSV
 * (an article a row) or an HTML page; `isolate` as in zub_render_options.
 * ZUB_EINVAL: no such format. Else what the sink returned. */
ZUB_API zub_status zub_render_topics(const zub_topics_report *report,
                                     const zub_render_options *options,
                                     zub_sink sink);

/* The forms of a matrix, i from 0; NULL after the last. Any thread. */
ZUB_API const char *zub_matrix_form_name(size_t i);
/* One line that says what the form is. Same index. */
ZUB_API const char *zub_matrix_form_about(size_t i);

/* A matrix in one of these forms, block by block. `compress`: npz alone.
 * ZUB_EINVAL: no such form. Errors of zub_matrix_read, else what the sink
 * returned. */
ZUB_API zub_status zub_render_matrix(zub_matrix *matrix, const char *form,
                                     bool compress, zub_sink sink,
                                     zub_error *error);
/* What stands beside it, as TSV: a line a column, with id, term, surface, df,
 * cf and idf; a line a row, with row and id. The same errors. */
ZUB_API zub_status zub_render_matrix_terms(zub_matrix *matrix, zub_sink sink,
                                           zub_error *error);
ZUB_API zub_status zub_render_matrix_articles(zub_matrix *matrix,
                                              zub_sink sink, zub_error *error);

/* Why the article of a row has this weight in a column, with the terms of
 * zub_matrix_explain. Format: text or JSON, one object. ZUB_ENOTFOUND: the
 * article has no such term. ZUB_EINVAL: no such format. */
ZUB_API zub_status zub_render_weight(zub_matrix *matrix, uint64_t row,
                                     uint64_t column, zub_format format,
                                     zub_sink sink, zub_error *error);

/* What zub_check_file said of `path`; `failure->status` is ZUB_OK or why it is
 * not what it should be. Text: a line, nothing after a failure. JSON: an
 * element of an array, an object without a line break behind it. ZUB_EINVAL:
 * no such format. Else what the sink returned. */
ZUB_API zub_status zub_render_file_report(const zub_file_report *report,
                                          const char *path,
                                          const zub_error *failure,
                                          zub_format format, zub_sink sink);

/* What a report is printed with. */
typedef struct zub_report_options {
    zub_format format;                /* text, JSON or TSV */
    const zub_scorer_options *scorer; /* NULL: the defaults */
    const zub_trial_options *trial;   /* NULL: summaries were given */
} zub_report_options;

/* Text and JSON say first by which protocol, budget and resamples the figures
 * were made. TSV: a row a system and measure, the protocol in each.
 * ZUB_EINVAL: no such format, protocol or way to take references. Else what
 * the sink returned. */
ZUB_API zub_status zub_render_report(const zub_report *report,
                                     const zub_report_options *options,
                                     zub_sink sink);

/* Clusters of duplicates, or with `pairs` the pairs, from the next one on: text
 * and TSV as rows, JSON and JSONL an object a cluster or pair. `isolate` is as
 * in zub_table_open. ZUB_EINVAL: no such format. ZUB_ENOMEM, else what the sink
 * returned. */
ZUB_API zub_status zub_render_duplicates(zub_duplicates *duplicates,
                                         bool pairs, zub_format format,
                                         bool isolate, zub_sink sink,
                                         zub_error *error);

/* A record as a line of JSONL: its id, its text and its other fields as the
 * bytes they were. What the sink returned. */
ZUB_API zub_status zub_render_record(const zub_record *record, zub_sink sink);

/* A run that was evaluated, and what it is called. */
typedef struct zub_named_ranking {
    const char *name;
    const zub_ranking *ranking;
} zub_named_ranking;

/* `by_query`: the values of each query, too. `intervals`: those of all queries,
 * and of the differences from the first run. Text is that of trec_eval, each
 * run with its runid, and columns for the intervals behind it. TSV: a row a run,
 * measure and query. JSON: one object. ZUB_EINVAL: no such format. ZUB_ENOMEM,
 * else what the sink returned. */
ZUB_API zub_status zub_render_rankings(const zub_named_ranking *rankings,
                                       size_t count, bool by_query,
                                       bool intervals, zub_format format,
                                       zub_sink sink, zub_error *error);

/* A dense matrix as NumPy's .npy (NEP 1): `numpy.load` gives float32, rows by
 * columns. What the sink returns; ZUB_EINVAL: more bytes than 2^63. */
ZUB_API zub_status zub_render_npy(zub_dense dense, zub_sink sink,
                                  zub_error *error);

/* ---- Tables: rows of results ---- */

typedef enum zub_cell_kind {
    ZUB_CELL_TEXT,
    ZUB_CELL_COUNT, /* uint64_t */
    ZUB_CELL_REAL   /* double; one that is not finite is written as nan, in
                       JSON as null */
} zub_cell_kind;

typedef struct zub_column {
    const char *name; /* heads the TSV; the key in JSON */
    zub_cell_kind kind;
    unsigned digits; /* of a REAL, significant ones; 0: 6. In JSON as many as
                        give the number back */
} zub_column;

typedef union zub_cell {
    zub_slice text;
    uint64_t count;
    double real;
} zub_cell;

/* Writes rows as they come; holds one. One thread. */
typedef struct zub_table zub_table;

/* `format`: TSV with a header line, JSON (one array of objects), JSONL, or
 * TEXT: numbers first in columns of even width, text last, for people.
 * `isolate` wraps right-to-left text in U+2068 and U+2069 in TEXT. The columns
 * are copied, their names must stay. ZUB_EINVAL: no such format, no column or
 * more than 64. ZUB_ENOMEM, else what the sink returned. */
ZUB_API zub_status zub_table_open(zub_table **out, const zub_column *columns,
                                  size_t count, zub_format format,
                                  bool isolate, zub_sink sink,
                                  zub_error *error);
/* A row, a cell for each column; with its null bit (1 << column) set a cell is
 * empty in TSV and null in JSON. What the sink returned. */
ZUB_API zub_status zub_table_add(zub_table *table, const zub_cell *cells,
                                 uint64_t nulls);
/* What stands behind the last row. What the sink returned. Then free it. */
ZUB_API zub_status zub_table_close(zub_table *table);
/* NULL is fine. */
ZUB_API void zub_table_free(zub_table *table);

/* ---- Lines: a concordance ---- */

typedef struct zub_kwic_look {
    zub_format format; /* TSV, JSON, JSONL or HTML as tables of the columns id,
                          before, match, after, start, end; TEXT for people:
                          matches below each other, the id last */
    size_t width;      /* TEXT: columns for what stands before a match */
    bool isolate;      /* TEXT: every field within U+2068 and U+2069 */
    bool color;        /* TEXT: the match in bold */
} zub_kwic_look;

/* Writes lines as they come; holds one. Line breaks are written as spaces.
 * One thread. */
typedef struct zub_kwic_writer zub_kwic_writer;

/* ZUB_EINVAL: no such format. ZUB_ENOMEM, else what the sink returned. */
ZUB_API zub_status zub_kwic_writer_open(zub_kwic_writer **out,
                                        const zub_kwic_look *look,
                                        zub_sink sink, zub_error *error);
/* What the sink returned. ZUB_ENOMEM. */
ZUB_API zub_status zub_kwic_writer_add(zub_kwic_writer *writer,
                                       const zub_kwic_line *line);
/* What stands behind the last line. What the sink returned. Then free it. */
ZUB_API zub_status zub_kwic_writer_close(zub_kwic_writer *writer);
/* NULL is fine. */
ZUB_API void zub_kwic_writer_free(zub_kwic_writer *writer);

/* ---- Hits: what an index answered ---- */

typedef struct zub_hits_look {
    zub_format format; /* TEXT for people; TSV, JSONL, JSON: an element of an
                          array, an object without a line break behind it */
    bool is_trec;      /* a run for trec_eval, in place of any format */
    bool by_article;   /* TREC, TSV: an id stands for the article alone */
    bool explain;      /* why a hit is one */
    bool isolate;   /* TEXT: U+2068 and U+2069 around right-to-left fields */
    bool color;     /* TEXT: marked words in bold */
    bool with_head; /* TSV: the line of names comes first; TEXT: no line is
                       left free above */
    bool is_one_of_several; /* TEXT: what was asked stands above */
    size_t indent;          /* JSON: levels of what stands around */
    zub_slice query_id;     /* TREC, JSON: of a query that has one */
    zub_slice query;        /* what was asked; empty: */
    zub_slice id; /* of the article, or passage, that was asked about */
} zub_hits_look;

/* ZUB_EINVAL: no such format. Else what the sink returned. */
ZUB_API zub_status zub_render_hits(const zub_hits *hits,
                                   const zub_hits_look *look, zub_sink sink);

/* ---- Alignments: both sides of each passage ---- */

typedef struct zub_alignment_look {
    zub_format format; /* TEXT for people; TSV, JSON, JSONL: a table */
    bool isolate; /* TEXT: U+2068 and U+2069 around right-to-left fields */
    bool color;   /* TEXT: words that differ in bold, not in brackets */
} zub_alignment_look;

/* ZUB_EINVAL: no such format. ZUB_ENOMEM, else what the sink returned. */
ZUB_API zub_status zub_render_alignment(const zub_alignment *alignment,
                                        const zub_alignment_look *look,
                                        zub_sink sink, zub_error *error);

/* ---- Neighbours: which articles are like one ---- */

typedef struct zub_similar_look {
    zub_format format; /* TSV: a row a neighbour, or with `explain` a row a
                          term; JSON, JSONL: an object a question; TEXT: for
                          people */
    bool explain;      /* terms are written, too; TEXT: the first few */
    bool of_query;     /* questions are texts, not ids */
    bool with_heads;   /* TEXT: what was asked for, above */
    bool isolate;      /* TEXT: U+2068 and U+2069 around right-to-left text */
} zub_similar_look;

/* What made two articles alike. */
typedef struct zub_similar_term {
    zub_slice term; /* as it is shown, never a stem */
    double share;
} zub_similar_term;

typedef struct zub_similar_line {
    zub_slice id, title; /* title empty: not known; TEXT alone shows it */
    double score;
    const zub_similar_term *terms; /* [term_count], with `explain` */
    size_t term_count;
} zub_similar_line;

/* Writes answers as they come. One thread. */
typedef struct zub_similar_writer zub_similar_writer;

/* ZUB_EINVAL: no such format. ZUB_ENOMEM, else what the sink returned. */
ZUB_API zub_status zub_similar_writer_open(zub_similar_writer **out,
                                           const zub_similar_look *look,
                                           zub_sink sink, zub_error *error);
/* A question, by an id or a text, which stays until it is answered; then its
 * neighbours, in order; then the end of the answer. Each returns what the sink
 * did. */
ZUB_API zub_status zub_similar_writer_begin(zub_similar_writer *writer,
                                            zub_slice asked);
ZUB_API zub_status zub_similar_writer_add(zub_similar_writer *writer,
                                          const zub_similar_line *line);
ZUB_API zub_status zub_similar_writer_end(zub_similar_writer *writer);
/* What stands behind the last answer. What the sink returned. Then free it. */
ZUB_API zub_status zub_similar_writer_close(zub_similar_writer *writer);
/* NULL is fine. */
ZUB_API void zub_similar_writer_free(zub_similar_writer *writer);

/* ---- Listings: terms and n-grams of a state, with their statistics ---- */

/* What a row is of. */
typedef enum zub_listing_rows {
    ZUB_LISTING_WHOLE,  /* a term in all articles */
    ZUB_LISTING_PARTS,  /* a term in a part, part by part */
    ZUB_LISTING_SERIES, /* the same, term by term, parts as they stand */
    ZUB_LISTING_KINDS
} zub_listing_rows;

/* Columns of terms: term (its commonest form), [key], count, per_million, df,
 * df_share, idf (zub_idf), range (parts that have it), and each measure under
 * its name. Of n-grams: ngram (the commonest forms of its words), [key], n,
 * count, per_million, df. Of parts: the part's name, the term, count,
 * per_million and df within the part; empty parts have no row, and a part
 * without a name is null. per_million is of words, idf in bits. */
typedef struct zub_listing_options {
    unsigned low, high; /* words in an n-gram; 0: terms */
    bool with_keys;     /* what counts as one: folded and stemmed */
    zub_listing_rows rows;
    const char *part; /* heads the names of parts; NULL: "part" */
    bool is_grouped;  /* articles of one id that stand together are a part;
                         else each is one */
    const char *const *measures; /* [measure_count] of zub_dispersion_find */
    size_t measure_count;        /* at most 32 */
    uint64_t min_count;          /* of a row; PARTS: within the part */
    zub_amount min_df;           /* the same */
    uint64_t limit;     /* terms at most, PARTS: of each part; 0: all */
    const char *sort;   /* a column; NULL: "count". Numbers descend, and equals
                         and text ascend by the bytes of the keys */
    bool is_reversed;   /* numbers ascend, text descends */
    uint64_t memory;    /* about so many bytes at a time; 0: no limit */
    const char *folder; /* of temporary files, if there is a limit */
} zub_listing_options;

/* Rows, made as they are asked for. One thread at a time. Cost: 32 bytes a row
 * to sort; with a limit of memory several walks over the counts instead.
 * Measures and SERIES take a walk over the rows of articles and 16 bytes an
 * entry, or with a limit several walks; 4 bytes a term. PARTS take 16 bytes a
 * term. */
typedef struct zub_listing zub_listing;

/* The state must live longer, and so must the names in the options. ZUB_EINVAL:
 * no such measure or column; parts or measures of a state without counts of
 * each article; n-grams that it does not have. ZUB_EFORMAT as below. ZUB_ELIMIT: more than 2^32 - 1
 * terms and n-grams. ZUB_EWRITE: the folder is full. ZUB_ENOMEM. */
ZUB_API zub_status zub_listing_new(zub_listing **out, const zub_state *state,
                                   const zub_listing_options *options,
                                   zub_error *error);
ZUB_API void zub_listing_free(zub_listing *listing);
/* Whether the names of measures and of the column to sort by are good, before
 * anything is counted. ZUB_EINVAL, ZUB_ENOMEM. */
ZUB_API zub_status zub_listing_check(const zub_listing_options *options,
                                     zub_error *error);

/* The columns of its rows, as zub_table_open takes them; *count is never more
 * than 48. */
ZUB_API const zub_column *zub_listing_columns(size_t *count,
                                              const zub_listing *listing);
/* The next row: a cell for each column, good until the next call, and the
 * nulls of zub_table_add. *cells is NULL after the last. ZUB_EFORMAT:
 * a state whose rows contradict its df. ZUB_ENOMEM. */
ZUB_API zub_status zub_listing_next(const zub_cell **cells, uint64_t *nulls,
                                    zub_listing *listing, zub_error *error);

/* How the articles are divided. 0 of all without counts of each article. */
typedef struct zub_listing_facts {
    uint64_t parts;    /* those with a word */
    uint64_t nameless; /* articles whose part has no name */
} zub_listing_facts;
ZUB_API zub_listing_facts zub_listing_about(const zub_listing *listing);

/* ---- Display ---- */

/* Columns a UTF-8 text takes on a terminal: wide characters 2, marks and
 * format characters 0. Any thread. */
ZUB_API size_t zub_display_width(zub_slice text);

#ifdef __cplusplus
}
#endif
#endif
