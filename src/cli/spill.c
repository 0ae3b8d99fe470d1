/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spill.c - see spill.h. */
#include "cli/spill.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cli/message.h"

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

static int look_at(const char *folder)
{
    struct stat about;

    if (stat(folder, &about) != 0)
        return errno;
    if (!S_ISDIR(about.st_mode))
        return ENOTDIR;
    return access(folder, W_OK | X_OK) == 0 ? 0 : errno;
}

zub_status zub_spill_check(const zub_spill *spill, zub_error *error)
{
    const char *folder = zub_spill_folder(spill);
    int failure = spill->memory > 0 ? look_at(folder) : 0;

    if (failure == 0)
        return ZUB_OK;
    return zub_message_into(error, ZUB_EWRITE,
                            "no temporary file can be made in '%.300s': %s "
                            "(see --tmpdir)",
                            folder, strerror(failure));
}
