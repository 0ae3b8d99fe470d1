/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* method.h - ways to score the sentences of one article. */
#ifndef ZUB_SUMMARY_METHOD_H
#define ZUB_SUMMARY_METHOD_H

#include "summary/article.h"
#include "summary/features.h"
#include "summary/profile.h"

/* parts[sentences][ZUB_REASONS] sum to the score of a sentence. */
typedef struct zub_method {
    const char *name, *about;
    /* The reasons it gives, as bits 1 << ZUB_REASON_... */
    unsigned reasons;
    bool uses_profile;
    bool drops_repeats; /* a sentence like one chosen before is passed over */
    zub_status (*score)(double *parts, const zub_article *article,
                        const zub_profile *profile, bool no_position);
} zub_method;

/* NULL or "auto": the default. NULL when there is no such method. */
const zub_method *zub_method_find(const char *name);

#endif
