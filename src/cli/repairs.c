/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* repairs.c - see repairs.h. Nothing of it depends on the order in which
 * articles come. */
#include "cli/repairs.h"

#include <stdio.h>
#include <string.h>

#include "cli/message.h"

zub_status zub_repairs_init(zub_repairs *repairs)
{
    *repairs = (zub_repairs){.bytes = 0};
    return pthread_mutex_init(&repairs->lock, NULL) == 0 ? ZUB_OK : ZUB_ENOMEM;
}

void zub_repairs_release(zub_repairs *repairs)
{
    pthread_mutex_destroy(&repairs->lock);
}

static void name_source(char *out, size_t room, zub_slice source)
{
    snprintf(out, room, "%.*s", source.size < room ? (int)source.size : 0,
             source.size ? source.data : "");
}

void zub_repairs_add(zub_repairs *repairs, const zub_record *record,
                     size_t bytes)
{
    char source[sizeof repairs->source];

    atomic_fetch_add(&repairs->articles, 1);
    if (bytes == 0)
        return;
    name_source(source, sizeof source, record->source);
    pthread_mutex_lock(&repairs->lock);
    repairs->bytes += bytes;
    if (repairs->broken++ == 0)
        memcpy(repairs->source, source, sizeof source);
    else if (strcmp(source, repairs->source) != 0)
        repairs->has_others = true;
    pthread_mutex_unlock(&repairs->lock);
}

void zub_repairs_hear(void *repairs, const zub_record *record)
{
    zub_repairs_add(repairs, record, zub_record_repaired(record));
}

/* " ('x.txt')" where it is one file, and has a name that fits. */
static void describe(char *out, size_t room, const zub_repairs *repairs)
{
    bool is_standard_input = strcmp(repairs->source, "-") == 0;

    out[0] = '\0';
    if (repairs->has_others || repairs->source[0] == '\0')
        return;
    if (is_standard_input)
        snprintf(out, room, " (standard input)");
    else
        snprintf(out, room, " ('%s')", repairs->source);
}

void zub_repairs_say(const zub_repairs *repairs, const char *fate)
{
    char where[sizeof repairs->source + 8];
    unsigned long long articles = repairs->articles, bytes = repairs->bytes;
    bool is_one = bytes == 1;

    if (bytes == 0)
        return;
    describe(where, sizeof where, repairs);
    zub_message("%llu byte%s in %llu of %llu article%s %s not valid text and "
                "%s %s U+FFFD%s",
                bytes, is_one ? "" : "s", (unsigned long long)repairs->broken,
                articles, articles == 1 ? "" : "s", is_one ? "was" : "were",
                is_one ? "is" : "are", fate, where);
}
