/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* select.h - which sentences fill a budget best, in order of their rank. */
#ifndef ZUB_SUMMARY_SELECT_H
#define ZUB_SUMMARY_SELECT_H

#include "summary/article.h"

typedef struct zub_choice {
    uint32_t sentence;
    uint32_t rank;       /* from 1 */
    zub_span span;       /* all of the sentence, or where it is cut */
    size_t words, bytes; /* of what is shown */
    bool is_truncated;
} zub_choice;

typedef struct zub_selection {
    zub_choice *choices; /* in text order */
    size_t count;
    zub_length got;
} zub_selection;

/* The budget, or 3 sentences when it caps nothing. */
zub_budget zub_budget_asked(const zub_budget *budget);

/* Choose by `scores` [sentences]. A cap of 0 is none. Under: no cap is
 * exceeded; a sentence that does not fit is passed over. Nearest: one that
 * brings the total no nearer is. Without a sentence that fits the best is cut
 * at a word boundary, and within a word only where a cap is shorter than the
 * first. `drops_repeats`: none that is nearly equal to one chosen before.
 * ZUB_ENOMEM. */
zub_status zub_select(zub_selection *out, const zub_article *article,
                      const double *scores, const zub_budget *budget,
                      bool drops_repeats);
void zub_selection_release(zub_selection *selection);

#endif
