/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rules.h - what an index takes for words, and whether that is still so. */
#ifndef ZUB_INDEX_RULES_H
#define ZUB_INDEX_RULES_H

#include "index/manifest.h"
#include "terms/analyzer.h"

/* The rules that options ask for. ZUB_EINVAL: they do not go together, or ask
 * for a name that is too long to be one. */
zub_status zub_index_rules_of(zub_index_rules *out,
                              const zub_index_options *options,
                              zub_error *error);
/* ZUB_EINVAL, naming what differs, unless options ask for nothing or for what
 * the rules are. */
zub_status zub_index_rules_match(const zub_index_rules *rules,
                                 const zub_index_options *options,
                                 zub_error *error);
/* ZUB_EMISMATCH unless two indexes have the same rules. */
zub_status zub_index_rules_equal(const zub_index_rules *a,
                                 const zub_index_rules *b, zub_error *error);

/* An analyzer by the rules, for articles of `lang` if that is not NULL. Errors
 * of zub_analyzer_new. */
zub_status zub_index_analyzer(zub_analyzer **out, const zub_index_rules *rules,
                              const zub_models *models, const char *lang,
                              zub_error *error);

/* What decides its words, yours to free; it ends in a NUL. ZUB_ENOMEM, errors
 * of models. */
zub_status zub_index_fingerprint(char **out, const zub_index_rules *rules,
                                 const zub_models *models, zub_error *error);

#endif
