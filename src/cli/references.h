/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* references.h - the references of every article, by its id. */
#ifndef ZUB_CLI_REFERENCES_H
#define ZUB_CLI_REFERENCES_H

#include "zubda.h"

/* Those of one article. */
typedef struct zub_reference {
    zub_record *record; /* owned: its id */
    zub_texts *texts;   /* owned */
    size_t place;       /* in input order */
    bool is_used;       /* a summary asked for it; set in input order */
} zub_reference;

typedef struct zub_references {
    zub_reference *items; /* [count], by id once they are loaded */
    size_t count, capacity;
    size_t failures; /* records that could not be used, each named */
} zub_references;

/* Reads a file. `field` NULL: the first of references, reference, summary.
 * A record that cannot be used is named and counted. ZUB_EMALFORMED: none
 * can. */
zub_status zub_references_load(zub_references *out, const char *path,
                               const zub_corpus_options *options,
                               const char *field, zub_error *error);
void zub_references_release(zub_references *references);

/* NULL: none. Any thread. */
zub_reference *zub_references_find(const zub_references *references,
                                   zub_slice id);

#endif
