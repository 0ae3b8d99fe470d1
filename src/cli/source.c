/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* source.c - see source.h. */
#include "cli/source.h"

#include <stdlib.h>
#include <string.h>

#include "cli/guard.h"
#include "cli/message.h"

static const zub_option rows[] = {
    ZUB_DROP_STOP_WORDS_OPTION,
    ZUB_SPILL_OPTIONS(zub_counting),
    {.kind = ZUB_OPTION_END},
};

const zub_option *const zub_source_tables[] = {rows, zub_input_options,
                                               zub_help_options, NULL};

static size_t count_states(const char *const *operands, size_t count)
{
    size_t states = 0;

    for (size_t i = 0; i < count; i++)
        states += zub_counting_is_state(operands[i]);
    return states;
}

/* A state was counted already: what is counted cannot be said again. */
static zub_status check_settings(const zub_counting *counting,
                                 zub_error *error)
{
    const zub_common *common = &counting->common;
    const char *idle = counting->drop_stop_words ? "--drop-stop-words"
                       : common->lexicon != NULL ? "--lexicon"
                       : strcmp(common->stemmer, "auto") != 0 ? "--stemmer"
                                                              : NULL;

    if (idle == NULL)
        return ZUB_OK;
    return zub_message_into(error, ZUB_EINVAL,
                            "a state was counted already: %s comes too late "
                            "(give it to zubda count)",
                            idle);
}

static zub_status merge_states(zub_source *out, const zub_counting *counting,
                               zub_state **states, size_t count,
                               zub_error *error)
{
    zub_merge_options options = {.memory = counting->spill.memory,
                                 .folder = zub_spill_folder(&counting->spill)};

    if (count > 1)
        return zub_merge(&out->state, states, count, &options, error);
    out->state = states[0];
    states[0] = NULL;
    return ZUB_OK;
}

static zub_status open_states(zub_source *out, const zub_counting *counting,
                              const char *const *paths, size_t count,
                              zub_error *error)
{
    zub_state **states = calloc(count, sizeof(zub_state *));
    zub_status status =
        states != NULL ? check_settings(counting, error) : ZUB_ENOMEM;

    for (size_t i = 0; i < count && status == ZUB_OK; i++)
        status = zub_counting_open(&states[i], paths[i], error);
    if (status == ZUB_OK)
        status = merge_states(out, counting, states, count, error);
    for (size_t i = 0; states != NULL && i < count; i++)
        zub_state_free(states[i]);
    free(states);
    return status;
}

zub_status zub_source_open(zub_source *out, const zub_counting *counting,
                           const char *const *operands, size_t count,
                           zub_error *error)
{
    size_t states = count_states(operands, count);

    *out = (zub_source){.state = NULL};
    zub_status status = zub_spill_check(&counting->spill, error);
    if (status == ZUB_OK)
        status = zub_guard_twice(operands, count, error);
    if (status != ZUB_OK)
        return status;
    if (states == 0)
        return zub_intake_open(&out->intake, &counting->common, operands,
                               count, error);
    if (states < count)
        return zub_message_into(error, ZUB_EINVAL,
                                "states and articles cannot be read together "
                                "(count the articles first: zubda count)");
    return open_states(out, counting, operands, count, error);
}

bool zub_source_is_state(const zub_source *source)
{
    return source->intake.corpus == NULL;
}

zub_status zub_source_count(zub_source *source, const zub_counting *counting,
                            const zub_count_options *options, zub_error *error)
{
    if (zub_source_is_state(source))
        return ZUB_OK;
    return zub_counting_run(&source->state, counting, &source->intake, options,
                            error);
}

void zub_source_close(zub_source *source)
{
    zub_state_free(source->state);
    source->state = NULL;
    zub_intake_close(&source->intake);
}
