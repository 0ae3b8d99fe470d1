/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spill.c - see spill.h. */
#include "cli/spill.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The allocator of glibc keeps back what was large once, up to 32 MiB, and as
 * much again for each thread: half of a peak was such holes. */
void zub_spill_prepare(const zub_spill *spill)
{
#ifdef __GLIBC__
    if (spill->memory == 0)
        return;
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
    mallopt(M_TRIM_THRESHOLD, 256 << 10);
    mallopt(M_ARENA_MAX, 2);
#else
    (void)spill;
#endif
}

const char *zub_spill_folder(const zub_spill *spill)
{
    const char *variable = getenv("TMPDIR");

    if (spill->folder != NULL)
        return spill->folder;
    return variable != NULL && *variable != '\0' ? variable : "/tmp";
}
