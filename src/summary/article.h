/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* article.h - one article as the scorers see it: its sentences as vectors. */
#ifndef ZUB_SUMMARY_ARTICLE_H
#define ZUB_SUMMARY_ARTICLE_H

#include "zubda.h"
#include "base/csr.h"
#include "terms/background.h"

typedef struct zub_article {
    const zub_document *document; /* borrowed */
    zub_background background;    /* of its language; may be empty */
    zub_csr matrix;     /* sentences by terms, TF-IDF, rows of length 1 */
    float *idf;         /* [terms] */
    float *centroid;    /* [terms], length 1 */
    float *title;       /* [terms], length 1; NULL: no title shares a term */
    bool *is_candidate; /* [sentences]: may be chosen */
    size_t candidates;
} zub_article;

/* `title` may be empty. ZUB_ELIMIT, ZUB_ENOMEM; on failure the article is
 * empty. */
zub_status zub_article_init(zub_article *article, const zub_document *document,
                            zub_analyzer *analyzer, zub_slice title,
                            zub_error *error);
void zub_article_release(zub_article *article);

#endif
