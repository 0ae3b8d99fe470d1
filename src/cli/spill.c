/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spill.c - see spill.h. */
#include "cli/spill.h"

#include <stdlib.h>

const char *zub_spill_folder(const zub_spill *spill)
{
    const char *variable = getenv("TMPDIR");

    if (spill->folder != NULL)
        return spill->folder;
    return variable != NULL && *variable != '\0' ? variable : "/tmp";
}
