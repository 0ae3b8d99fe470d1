/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* diversity.h - how rich the words of each article are: a row an article, in
 * input order. */
#ifndef ZUB_CLI_DIVERSITY_H
#define ZUB_CLI_DIVERSITY_H

#include "cli/counting.h"

typedef struct zub_diversity_settings {
    zub_counting counting;
    zub_diversity_options measure;
} zub_diversity_settings;

/* Returns the exit code, having said on standard error why. */
int zub_diversity_run(const zub_diversity_settings *settings,
                      const char *const *operands, size_t count);

#endif
