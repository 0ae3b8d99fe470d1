/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state.h - what was counted: integers that merge (docs/counting.md).
 *
 * A state is made in three ways, and looks the same after each: a counter
 * seals it (counter.h), a file holds it (docs/state-format.md), several are
 * merged (merge.h). Its arrays lie in memory of its own or in a mapped file.
 * Once made it is constant: any number of threads may read it. Opening,
 * writing and freeing one are public (zubda.h).
 *
 * Invariants: terms ascend by their bytes, none is empty or there twice; so
 * do the forms of a term; n-grams ascend by (prefix, last); the columns of a
 * row ascend. Every index is below the count of what it points into. Without
 * any forms form_starts may be NULL; an array of nothing may be NULL. Rows are
 * there for the orders low to high, n-grams for 2 to high.
 */
#ifndef ZUB_TERMS_STATE_H
#define ZUB_TERMS_STATE_H

#include "zubda.h"
#include "base/file.h"
#include "base/spool.h"

#define ZUB_MOST_ORDER 8u /* words in an n-gram */

/* N-grams of one order n >= 2. An n-gram is one of n - 1 words (of two: a
 * term) and a last term. */
typedef struct zub_ngrams {
    size_t count;
    const uint32_t *prefix; /* [count], of order n - 1, ascending */
    const uint32_t *last;   /* [count], a term, ascending below a prefix */
    const uint64_t *counts; /* [count] */
    const uint32_t *df;     /* [count], articles that have it */
} zub_ngrams;

/* Counts of every article, of one order: SciPy's CSR with wide starts. */
typedef struct zub_count_rows {
    const uint64_t *ends;   /* [articles], where a row's entries end */
    const uint32_t *cols;   /* [entries], term or n-gram, ascending in a row */
    const uint32_t *counts; /* [entries] */
} zub_count_rows;

/* The articles, kept on request: in ascending order of ordinal, or without
 * ordinals by id; equals by zub_state_compare_articles. */
typedef struct zub_articles {
    const uint64_t *id_ends; /* [articles], into ids */
    const char *ids;
    const uint64_t *ordinals; /* [articles], or NULL: in no order of input */
    const uint64_t *lengths;  /* [articles], words counted */
    zub_count_rows rows[ZUB_MOST_ORDER]; /* [order - 1] */
} zub_articles;

struct zub_state {
    zub_slice fingerprint;     /* what decides how text becomes terms */
    uint64_t articles, tokens; /* tokens: words counted, with repeats */
    uint64_t characters;       /* of all terms, each as often as it stands */
    unsigned low, high;        /* words in an n-gram, 1 to ZUB_MOST_ORDER */
    bool has_articles;

    size_t term_count;
    const uint64_t *term_ends; /* [term_count], into term_bytes */
    const char *term_bytes;
    const uint64_t *counts; /* [term_count] */
    const uint32_t *df;     /* [term_count] */

    size_t form_count;
    const uint64_t *form_starts; /* [term_count + 1], forms of a term */
    const uint64_t *form_ends;   /* [form_count], into form_bytes */
    const char *form_bytes;
    const uint64_t *form_counts; /* [form_count] */

    zub_ngrams ngrams[ZUB_MOST_ORDER]; /* [order - 1]; that of 1 is empty */
    zub_articles list;                 /* if has_articles */

    bool is_mapped; /* all arrays lie in files: pages may be let go */
    void *memory;   /* what the arrays lie in, for release alone */
    void (*release)(void *memory);
};

/* The bytes of a term, of a surface form, of an article's id. */
zub_slice zub_state_term_bytes(const zub_state *state, size_t term);
zub_slice zub_state_form_bytes(const zub_state *state, size_t form);
zub_slice zub_state_article_id(const zub_state *state, size_t article);

/* Its pairs are of words so near to each other; 0: they stand in a row. */
unsigned zub_state_window(const zub_state *state);

/* Id of a term, or SIZE_MAX: a binary search. */
size_t zub_state_find(const zub_state *state, zub_slice term);

/* The commonest form of a term that has forms, the first of equals. */
size_t zub_state_best_form(const zub_state *state, size_t term);

/* The commonest form of a term, the first in byte order of equals; the term
 * itself where forms are not kept (characters in a row). */
zub_slice zub_state_surface(const zub_state *state, size_t term);

/* Articles by id, then length, then rows; which of two is less does not
 * depend on the state they stand in, for ids of terms keep their order. */
int zub_state_compare_articles(const zub_state *a, size_t i,
                               const zub_state *b, size_t j);

/* ---- Making one ---- */

#define ZUB_MOST_TERMS (UINT32_MAX - 1) /* of n-grams of an order, too */
#define ZUB_MOST_ARRAYS 80u             /* that a state can hold */

/* An empty state that owns its copy of the fingerprint and whatever arrays
 * zub_state_keep gives it; low and high are 1. ZUB_ENOMEM. */
zub_status zub_state_new(zub_state **out, zub_slice fingerprint);

/* Finishes a spool and makes its bytes an array of the state: `field` is the
 * address of the pointer, such as &state->counts. Each once; spools of one
 * state lie all in memory or all in files, for is_mapped is said of all. What
 * failed is in the spooler, and the field is NULL then. */
void zub_state_keep(zub_state *state, zub_spool *spool, void *field);

/* The arrays of a state of zub_state_new will point into the file, which is
 * closed with it. Instead of zub_state_keep. */
void zub_state_hold(zub_state *state, zub_file file);

/* ---- Files (state_file.c, docs/state-format.md) ---- */

/* Bytes of all arrays: what the state costs in memory or in a file. */
uint64_t zub_state_size(const zub_state *state);

/* Nothing of it is needed now: mapped pages may go from memory. */
void zub_state_let_go(const zub_state *state);

#define ZUB_STATE_KIND "state"
#define ZUB_STATE_VERSION 1u

/* zub_state_open of a file in memory, 8-byte aligned, which is closed with the
 * state or on failure. `path` is for messages. */
zub_status zub_state_open_file(zub_state **out, zub_file file,
                               const char *path, zub_error *error);

/* ZUB_EFORMAT unless every invariant above holds; `path` is for messages, and
 * positions count from `base`, or are none where it is NULL. */
zub_status zub_state_check(const zub_state *state, const char *path,
                           const char *base, zub_error *error);

#endif
