/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* intake.c - see intake.h. */
#include "cli/intake.h"

#include <unistd.h>

#include "cli/command.h"
#include "cli/folder.h"
#include "cli/message.h"

static zub_status open_corpus(zub_intake *intake, const char *const *written,
                              const char *const *operands, size_t count,
                              zub_error *error)
{
    static const char *const standard_input[] = {"-"};
    const zub_common *common = intake->common;
    zub_corpus_options options = {
        .form = (zub_form)common->form,
        .encoding = common->encoding,
        .text_field = common->text_field,
        .id_field = common->id_field,
        .limit_bytes = common->limit_bytes,
        .left_out = written,
    };

    if (zub_common_stdins(operands, count) > 1)
        return zub_message_into(error, ZUB_EINVAL,
                                "standard input cannot be read twice "
                                "(name - once)");
    if (count > 0)
        return zub_corpus_open(&intake->corpus, operands, count, &options,
                               error);
    if (isatty(STDIN_FILENO))
        return zub_message_into(error, ZUB_EINVAL,
                                "nothing to read "
                                "(name a file or a folder, or pipe text in)");
    return zub_corpus_open(&intake->corpus, standard_input, 1, &options,
                           error);
}

zub_status zub_intake_open(zub_intake *out, const zub_common *common,
                           const char *const *operands, size_t count,
                           zub_error *error)
{
    const char *const written[] = {common->output, NULL};

    return zub_intake_open_beside(out, common, written, operands, count,
                                  error);
}

zub_status zub_intake_open_beside(zub_intake *out, const zub_common *common,
                                  const char *const *written,
                                  const char *const *operands, size_t count,
                                  zub_error *error)
{
    *out = (zub_intake){.common = common};
    zub_status status = open_corpus(out, written, operands, count, error);

    if (status == ZUB_OK)
        status = zub_folder_open_models(&out->models, common->models,
                                        common->quiet, error);
    return status;
}

void zub_intake_close(zub_intake *intake)
{
    zub_corpus_free(intake->corpus);
    zub_models_free(intake->models);
    intake->corpus = NULL;
    intake->models = NULL;
}

zub_status zub_intake_stop(zub_intake *intake, int fatal)
{
    intake->is_stopped = true;
    intake->fatal = fatal;
    return ZUB_ECANCELED;
}

/* The corpus names file and line itself; what came after it knows neither. */
static void say_failure(const zub_record *record, const zub_error *failure)
{
    if (record != NULL)
        zub_message("cannot work on '%.*s': %s",
                    record->id.size < 300 ? (int)record->id.size : 300,
                    record->id.data, failure->message);
    else
        zub_message("%s", failure->message);
}

zub_status zub_intake_fail(zub_intake *intake, const zub_record *record,
                           const zub_error *failure)
{
    int code = zub_exit_of(failure->status);
    int fatal = record != NULL ? zub_exit_of_settings(failure->status) : 0;

    if (fatal != 0) {
        zub_message("%s", failure->message);
        return zub_intake_stop(intake, fatal);
    }
    say_failure(record, failure);
    intake->failures++;
    if (intake->worst == 0 || intake->worst == ZUB_EXIT_NOTHING ||
        code == ZUB_EXIT_RESOURCE)
        intake->worst = code;
    return intake->common->strict ? zub_intake_stop(intake, 0) : ZUB_OK;
}

int zub_intake_exit(const zub_intake *intake, uint64_t articles,
                    uint64_t with_words)
{
    if (intake->fatal != 0)
        return intake->fatal;
    if (intake->failures > 0)
        return articles > 0 ? ZUB_EXIT_NOTHING : intake->worst;
    return with_words > 0 ? ZUB_EXIT_DONE : ZUB_EXIT_NOTHING;
}
