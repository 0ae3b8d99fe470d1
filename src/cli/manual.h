/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* manual.h - help in all its lengths, from the tables of the commands. */
#ifndef ZUB_CLI_MANUAL_H
#define ZUB_CLI_MANUAL_H

#include "cli/command.h"
#include "cli/page.h"
#include "cli/voice.h"

/* What `zubda` alone shows: at most 25 lines. */
void zub_manual_overview(zub_bytes *out, zub_voice voice);
/* What `-h` shows: at most 25 lines, every option named. */
void zub_manual_brief(zub_bytes *out, const zub_command *command,
                      zub_voice voice);
/* Everything, in English. `command` NULL: the page of zubda itself. */
void zub_manual_whole(zub_bytes *out, const zub_page_style *style,
                      const zub_command *command);

#endif
