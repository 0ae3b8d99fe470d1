/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* choose.h - how many topics, when nobody says. */
#ifndef ZUB_TOPICS_CHOOSE_H
#define ZUB_TOPICS_CHOOSE_H

#include "topics/model.h"

/* The model of the best number of topics; see choose.c. Errors of
 * zub_topic_model_make. */
zub_status zub_topic_model_choose(zub_topic_model *out,
                                  const zub_topic_rows *rows,
                                  const zub_topic_method *method,
                                  const zub_topics_options *options,
                                  zub_error *error);

#endif
