/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* command.c - see command.h. */
#include "cli/command.h"

#include <string.h>

#include "cli/nearest.h"

extern const zub_command zub_command_summarize, zub_command_keywords,
    zub_command_topics, zub_command_index, zub_command_search,
    zub_command_related, zub_command_align, zub_command_similar,
    zub_command_duplicates, zub_command_terms, zub_command_ngrams,
    zub_command_collocations, zub_command_keyness, zub_command_kwic,
    zub_command_vectorize, zub_command_segment, zub_command_identify,
    zub_command_evaluate, zub_command_count, zub_command_merge,
    zub_command_check, zub_command_help, zub_command_version;

/* clang-format off */
const zub_command *const zub_commands[] = {
    &zub_command_summarize,
    &zub_command_keywords,
    &zub_command_topics,
    &zub_command_index,
    &zub_command_search,
    &zub_command_related,
    &zub_command_align,
    &zub_command_similar,
    &zub_command_duplicates,
    &zub_command_terms,
    &zub_command_ngrams,
    &zub_command_collocations,
    &zub_command_keyness,
    &zub_command_kwic,
    &zub_command_vectorize,
    &zub_command_segment,
    &zub_command_identify,
    &zub_command_evaluate,
    &zub_command_count,
    &zub_command_merge,
    &zub_command_check,
    &zub_command_help,
    &zub_command_version,
    NULL,
};
/* clang-format on */

const zub_command *zub_command_find(const char *name)
{
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        if (strcmp(zub_commands[i]->name, name) == 0)
            return zub_commands[i];
    return NULL;
}

const char *zub_command_nearest(const char *name)
{
    zub_nearest nearest = {.typed = name};

    for (size_t i = 0; zub_commands[i] != NULL; i++)
        zub_nearest_try(&nearest, zub_commands[i]->name);
    return nearest.name;
}

int zub_exit_of(zub_status status)
{
    switch (status) {
    case ZUB_OK: return ZUB_EXIT_DONE;
    case ZUB_EINVAL: return ZUB_EXIT_USAGE;
    case ZUB_ENOTFOUND: return ZUB_EXIT_NOTHING;
    case ZUB_EIO:
    case ZUB_EENCODING:
    case ZUB_EMALFORMED: return ZUB_EXIT_INPUT;
    case ZUB_EFORMAT:
    case ZUB_EVERSION:
    case ZUB_EMISMATCH: return ZUB_EXIT_MODEL;
    case ZUB_ENOMEM:
    case ZUB_EWRITE:
    case ZUB_ELIMIT:
    case ZUB_EBUSY:
    case ZUB_ECANCELED: break;
    }
    return ZUB_EXIT_RESOURCE;
}

int zub_exit_of_settings(zub_status status)
{
    switch (status) {
    case ZUB_EINVAL:
    case ZUB_ENOTFOUND:
    case ZUB_EIO: return ZUB_EXIT_USAGE;
    case ZUB_EFORMAT:
    case ZUB_EVERSION:
    case ZUB_EMISMATCH: return ZUB_EXIT_MODEL;
    default: return 0;
    }
}
