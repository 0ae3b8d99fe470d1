/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* common.c - see common.h. */
#include "cli/common.h"

#include <string.h>

#include "cli/message.h"

const zub_choice zub_page_formats[] = {
    {"text", ZUB_FORMAT_TEXT},
    {"json", ZUB_FORMAT_JSON},
    {"jsonl", ZUB_FORMAT_JSONL},
    {"html", ZUB_FORMAT_HTML},
    {NULL, 0},
};

const zub_choice zub_table_formats[] = {
    {"text", ZUB_FORMAT_TEXT},
    {"tsv", ZUB_FORMAT_TSV},
    {"json", ZUB_FORMAT_JSON},
    {"jsonl", ZUB_FORMAT_JSONL},
    {NULL, 0},
};

const zub_choice zub_fits[] = {
    {"under", ZUB_FIT_UNDER},
    {"nearest", ZUB_FIT_NEAREST},
    {NULL, 0},
};

static const zub_choice forms[] = {
    {"auto", ZUB_FORM_AUTO},   {"text", ZUB_FORM_TEXT},
    {"lines", ZUB_FORM_LINES}, {"jsonl", ZUB_FORM_JSONL},
    {"tsv", ZUB_FORM_TSV},     {"csv", ZUB_FORM_CSV},
    {"html", ZUB_FORM_HTML},   {NULL, 0},
};

const zub_choice zub_whens[] = {
    {"auto", ZUB_WHEN_AUTO},
    {"always", ZUB_WHEN_ALWAYS},
    {"never", ZUB_WHEN_NEVER},
    {NULL, 0},
};

#define AT(member) .offset = offsetof(zub_common, member)

const zub_option zub_answer_options[] = {
    ZUB_JSON_OPTION,
    {.kind = ZUB_OPTION_STRING,
     .name = "output",
     .letter = 'o',
     AT(output),
     .is_main = true,
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "write to FILE, all at once at the end",
     .more = ZUB_OUTPUT_MORE},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "color",
     AT(color),
     .metavar = "WHEN",
     .choices = zub_whens,
     .fallback = "auto",
     .about = "colours in text",
     .more = "auto: on a terminal, unless NO_COLOR is set or TERM is dumb."},
    {.kind = ZUB_OPTION_END},
};

static const zub_option record_options[] = {
    {.kind = ZUB_OPTION_FLAG,
     .name = "keep-text",
     .needs = "format=jsonl",
     AT(keep_text),
     .about = "records of JSONL keep their text field"},
    {.kind = ZUB_OPTION_END},
};

const zub_option zub_input_options[] = {
    {.kind = ZUB_OPTION_CHOICE,
     .name = "from",
     AT(form),
     .metavar = "FORM",
     .choices = forms,
     .fallback = "auto",
     .about = "form of the input",
     .more = "auto: by suffix, then by a look inside. lines: an article "
             "a line."},
    {.kind = ZUB_OPTION_STRING,
     .name = "field",
     AT(text_field),
     .metavar = "NAME",
     .low = 1,
     .about = "field that holds the text",
     .more = "In JSONL, TSV and CSV. Without it the first of text, content, "
             "body, raw_content and article."},
    {.kind = ZUB_OPTION_STRING,
     .name = "id-field",
     AT(id_field),
     .metavar = "NAME",
     .low = 1,
     .about = "field that holds the id",
     .more =
         "Without it id. A record that has none is FILE:LINE, or -:LINE; a "
         "file is FILE."},
    {.kind = ZUB_OPTION_STRING,
     .name = "encoding",
     AT(encoding),
     .metavar = "NAME",
     .fallback = "auto",
     .low = 1,
     .about = "encoding of the input, such as windows-1256",
     .more = "auto: byte order mark, then declaration, then UTF-8, then "
             "detection, for which 64 KiB are read first. A slow pipe is "
             "read line by line when its encoding is named."},
    {.kind = ZUB_OPTION_STRING,
     .name = "lang",
     .letter = 'l',
     AT(lang),
     .metavar = "CODE",
     .fallback = "auto",
     .low = 1,
     .about = "language of the articles, such as ar or pt-BR",
     .more = "auto: what a record says of itself, else it is detected."},
    {.kind = ZUB_OPTION_STRING,
     .name = "stemmer",
     AT(stemmer),
     .metavar = "NAME",
     .fallback = "auto",
     .name_at = zub_stemmer_name,
     .about_at = zub_stemmer_about,
     .about = "how words become terms"},
    {.kind = ZUB_OPTION_STRING,
     .name = "lexicon",
     .needs = "stemmer=auto stemmer=light",
     AT(lexicon),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "words that Arabic has, for the stemmer light",
     .more = "Without it ar/lexicon.zub in the folder of models."},
    {.kind = ZUB_OPTION_STRING,
     .name = "models",
     AT(models),
     .metavar = "DIR",
     .low = 1,
     .offer = ZUB_OFFER_FOLDER,
     .about = "folder of trained models"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "threads",
     .letter = 'j',
     AT(threads),
     .metavar = "N",
     .low = 1,
     .high = 1024,
     .about = "threads at work (default: the processors available)",
     .more = "Results do not depend on their number."},
    {.kind = ZUB_OPTION_BYTES,
     .name = "limit-bytes",
     AT(limit_bytes),
     .metavar = "SIZE",
     .fallback = "1G",
     .about = "size of an article at most, decompressed"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "strict",
     AT(strict),
     .about = "the first bad input ends the run",
     .more = "Results before it stand on standard output; the FILE of "
             "--output is as it was."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "quiet",
     .letter = 'q',
     AT(quiet),
     .about = "no progress and no warnings; errors stay"},
    {.kind = ZUB_OPTION_SWITCH,
     .name = "progress",
     AT(progress),
     .about = "show progress (default: on a terminal)",
     .more = "On standard error, after a second. --progress shows it even "
             "where standard error is no terminal, --no-progress never."},
    {.kind = ZUB_OPTION_END},
};

zub_status zub_common_blame(const zub_common *common, zub_status status,
                            zub_error *error)
{
    if (common->lexicon == NULL ||
        (status != ZUB_ENOTFOUND && status != ZUB_EIO))
        return status;
    zub_error why = *error;
    return zub_message_into(error, ZUB_EINVAL, "%.400s (see --lexicon)",
                            why.message);
}

zub_status zub_common_analyzer(zub_analyzer **out, const zub_common *common,
                               const zub_models *models, zub_error *error)
{
    zub_analyzer_options options = {.lang = common->lang,
                                    .stemmer = common->stemmer,
                                    .lexicon = common->lexicon};

    return zub_common_blame(
        common, zub_analyzer_new(out, models, &options, error), error);
}

size_t zub_common_stdins(const char *const *paths, size_t count)
{
    size_t stdins = 0;

    for (size_t i = 0; i < count; i++)
        stdins += paths[i] != NULL && strcmp(paths[i], "-") == 0;
    return stdins;
}

const zub_option zub_help_options[] = {
    {.kind = ZUB_OPTION_BRIEF, .letter = 'h', .about = "short help"},
    {.kind = ZUB_OPTION_MANUAL, .name = "help", .about = "the whole manual"},
    {.kind = ZUB_OPTION_END},
};

const zub_option *const zub_page_tables[] = {
    record_options, zub_answer_options, zub_input_options, zub_help_options,
    NULL};

const zub_option *const zub_help_tables[] = {zub_help_options, NULL};
