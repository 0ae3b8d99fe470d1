/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* surfaces.h - the surface forms of a counter's terms, while it is sealed. */
#ifndef ZUB_TERMS_SURFACES_H
#define ZUB_TERMS_SURFACES_H

#include "terms/counter.h"

typedef struct zub_surface {
    uint64_t key[2];  /* the first 16 bytes as numbers in their order */
    const char *rest; /* all bytes of a longer one, in its vocabulary */
    uint32_t size, count;
} zub_surface;

typedef struct zub_surfaces {
    zub_surface *items; /* [size], by term, then by bytes */
    size_t size;
    size_t bytes; /* of all of them */
} zub_surfaces;

/* The types of `vocabularies` that count as a term, `most` of them at most,
 * where values are places of terms; starts[terms + 1] becomes where a term's
 * forms begin. Equal forms, which two languages can bring, are one. ZUB_ENOMEM:
 * release it all the same. */
zub_status zub_surfaces_gather(zub_surfaces *forms, uint64_t *starts,
                               const zub_types *vocabularies, size_t count,
                               size_t most, size_t terms);
void zub_surfaces_release(zub_surfaces *forms);

/* Their bytes one after another, into text[bytes], each ending at ends[i]. */
void zub_surfaces_copy(const zub_surfaces *forms, char *text, uint64_t *ends);

#endif
