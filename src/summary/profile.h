/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* profile.h - how much each feature weighs in a genre: a file one can read.
 *
 *     # what it is for
 *     first     0.30
 *     centroid  0.25
 *
 * A feature that is not named weighs nothing. The files stand in
 * models/profiles/, NAME-LANG.txt for one language and NAME.txt for the rest.
 */
#ifndef ZUB_SUMMARY_PROFILE_H
#define ZUB_SUMMARY_PROFILE_H

#include "zubda.h"
#include "base/arena.h"
#include "summary/features.h"

typedef struct zub_profile {
    const char *name; /* as asked for */
    const char *file; /* in the models, or its path; "" when built in */
    double weights[ZUB_FEATURES];
} zub_profile;

/* `name` NULL or "auto": news, or a formula built in when the models have none.
 * With a '/' or a ".txt" at its end it is the path of a file; else a name in
 * the models. Strings are copied into `arena`. ZUB_ENOTFOUND, ZUB_EFORMAT
 * (with the line), ZUB_EIO, ZUB_ENOMEM. */
zub_status zub_profile_open(zub_profile *out, const zub_models *models,
                            const char *name, const char *lang,
                            zub_arena *arena, zub_error *error);

/* The weights of a file's bytes; `path` is for messages. */
zub_status zub_profile_parse(zub_profile *out, zub_slice file,
                             const char *path, zub_error *error);

#endif
