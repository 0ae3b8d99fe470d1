/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* measures.c - see measures.h. */
#include "cli/measures.h"

#include <stdio.h>
#include <string.h>

#include "cli/message.h"
#include "cli/nearest.h"

static zub_status refuse(const char *name, const char *(*name_at)(size_t i),
                         zub_error *error)
{
    zub_nearest nearest = {.typed = name};

    for (size_t i = 0; name_at(i) != NULL; i++)
        zub_nearest_try(&nearest, name_at(i));
    if (nearest.name != NULL)
        return zub_message_into(error, ZUB_EINVAL,
                                "no measure '%s' (did you mean %s?)", name,
                                nearest.name);
    return zub_message_into(error, ZUB_EINVAL,
                            "no measure '%s' (--help lists them)", name);
}

static void add(zub_measures *measures, const char *name)
{
    for (size_t i = 0; i < measures->count; i++)
        if (strcmp(measures->names[i], name) == 0)
            return;
    if (measures->count < ZUB_MOST_MEASURES)
        measures->names[measures->count++] = name;
}

zub_status zub_measures_read(zub_measures *out, const char *list,
                             const char *(*find)(const char *name),
                             const char *(*name_at)(size_t i),
                             zub_error *error)
{
    char one[64];

    for (;;) {
        size_t size = strcspn(list, ",");
        snprintf(one, sizeof one, "%.*s", size < 63 ? (int)size : 63, list);
        const char *name = find(one);
        if (name == NULL)
            return refuse(one, name_at, error);
        add(out, name);
        if (list[size] == '\0')
            return ZUB_OK;
        list += size + 1;
    }
}
