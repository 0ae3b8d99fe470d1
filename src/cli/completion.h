/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* completion.h - what a shell completes after `zubda`, from the tables. */
#ifndef ZUB_CLI_COMPLETION_H
#define ZUB_CLI_COMPLETION_H

#include "cli/bytes.h"

/* A script for its shell. */
void zub_completion_bash(zub_bytes *out);
void zub_completion_zsh(zub_bytes *out);
void zub_completion_fish(zub_bytes *out);

#endif
