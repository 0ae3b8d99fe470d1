/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* models.h - what the library's own floors ask of a zub_models. */
#ifndef ZUB_BASE_MODELS_H
#define ZUB_BASE_MODELS_H

#include "zubda.h"

/* The bytes of the file `name` ("ar/stop.txt") in the folder, mapped once and
 * borrowed until the models are freed. ZUB_ENOTFOUND, without filling in an
 * error: no such file, no folder, or `models` is NULL. ZUB_EIO. Any number of
 * threads at once. A name never leaves the folder: ".." and an absolute path
 * are not found. */
zub_status zub_models_file(const zub_models *models, const char *name,
                           zub_slice *out, zub_error *error);

/* A number over all files `name` that lie one folder down ("ar/stop.txt",
 * "en/stop.txt", ...): it differs, but for one time in 2^32, when any of them
 * does, or one is there that was not. 0: there are none. ZUB_EIO,
 * ZUB_ENOMEM. */
zub_status zub_models_digest(const zub_models *models, const char *name,
                             uint32_t *out, zub_error *error);

/* The folder, for messages; NULL when there is none. */
const char *zub_models_folder(const zub_models *models);

#endif
