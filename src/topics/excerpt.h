/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* excerpt.h - what one article says of its topic. */
#ifndef ZUB_TOPICS_EXCERPT_H
#define ZUB_TOPICS_EXCERPT_H

#include "topics/survey.h"

/* A run as it stands in the article. */
typedef struct zub_excerpt_form {
    uint32_t run;
    zub_slice text;
} zub_excerpt_form;

/* Owns what it points at, but for the record's title. */
typedef struct zub_excerpt {
    zub_arena arena;
    size_t row;
    char lang[12];
    bool is_near; /* it was read for its topic, not for its date alone */
    zub_slice title, period;
    zub_excerpt_form *forms; /* [form_count] */
    size_t form_count, form_capacity;
    zub_read_sentence *sentences; /* [sentence_count], best first */
    size_t sentence_count;
} zub_excerpt;

/* Takes an article of topic `topic` apart: at most `most` sentences. Linear in
 * its text. ZUB_ENOMEM, errors of zub_document_new; what `excerpt` has is then
 * still to be released. */
zub_status zub_excerpt_read(zub_excerpt *excerpt, const zub_survey_task *task,
                            zub_analyzer *analyzer, const zub_record *record,
                            size_t topic, size_t most, zub_error *error);
void zub_excerpt_release(zub_excerpt *excerpt);

#endif
