/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nameless.c - see nameless.h. */
#include "cli/nameless.h"

#include <stdio.h>
#include <string.h>

zub_status zub_nameless_init(zub_nameless *nameless)
{
    nameless->count = 0;
    return pthread_mutex_init(&nameless->lock, NULL) == 0 ? ZUB_OK
                                                          : ZUB_ENOMEM;
}

void zub_nameless_release(zub_nameless *nameless)
{
    pthread_mutex_destroy(&nameless->lock);
}

/* Bytes of an id that fit, cut before a character, not within. */
static size_t fitting(zub_slice id, size_t most)
{
    size_t size = id.size < most ? id.size : most;

    if (size < id.size)
        while (size > 0 && ((unsigned char)id.data[size] & 0xC0) == 0x80)
            size--;
    return size;
}

static void insert(zub_nameless *nameless, const zub_record *record)
{
    size_t at = nameless->count;
    size_t size = fitting(record->id, sizeof nameless->first->id - 1);

    while (at > 0 && nameless->first[at - 1].ordinal > record->ordinal)
        at--;
    if (at == ZUB_NAMELESS_MOST)
        return;
    if (nameless->count < ZUB_NAMELESS_MOST)
        nameless->count++;
    memmove(&nameless->first[at + 1], &nameless->first[at],
            (nameless->count - at - 1) * sizeof *nameless->first);
    nameless->first[at].ordinal = record->ordinal;
    snprintf(nameless->first[at].id, sizeof nameless->first->id, "%.*s",
             (int)size, record->id.data);
}

void zub_nameless_add(void *context, const zub_record *record)
{
    zub_nameless *nameless = context;

    pthread_mutex_lock(&nameless->lock);
    insert(nameless, record);
    pthread_mutex_unlock(&nameless->lock);
}

void zub_nameless_list(char *out, size_t room, const zub_nameless *nameless)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < nameless->count && used < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%s'%s'",
                                 i == 0                     ? ""
                                 : i + 1 == nameless->count ? " and "
                                                            : ", ",
                                 nameless->first[i].id);
}
