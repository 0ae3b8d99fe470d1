/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* profile.c - see profile.h. Numbers are read by hand: strtod listens to the
 * locale of whoever calls us. */
#include "summary/profile.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/models.h"

#define DEFAULT_NAME "news"

/* For when there are no models: what comes first and is near the rest. */
static const zub_profile built_in = {
    .name = "built-in",
    .file = "",
    .weights =
        {
            [ZUB_FEATURE_FIRST] = 0.2,
            [ZUB_FEATURE_EARLY] = 0.2,
            [ZUB_FEATURE_CENTROID] = 0.1,
            [ZUB_FEATURE_LATER] = 0.1,
            [ZUB_FEATURE_LENGTH] = 0.1,
        },
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static zub_slice next_word(zub_slice *line)
{
    size_t start = 0;
    while (start < line->size && is_space(line->data[start]))
        start++;
    size_t end = start;
    while (end < line->size && !is_space(line->data[end]))
        end++;
    zub_slice word = {line->data + start, end - start};
    line->data += end;
    line->size -= end;
    return word;
}

/* [+-]digits[.digits], at most 12 digits. */
static bool parse_decimal(zub_slice word, double *out)
{
    size_t i = word.size && (word.data[0] == '-' || word.data[0] == '+');
    double value = 0, scale = 0;
    size_t digits = 0;

    for (; i < word.size; i++) {
        char c = word.data[i];
        if (c == '.' && scale == 0) {
            scale = 1;
            continue;
        }
        if (c < '0' || c > '9' || ++digits > 12)
            return false;
        value = value * 10 + (c - '0');
        scale *= 10;
    }
    if (digits == 0)
        return false;
    if (scale > 1)
        value /= scale;
    *out = word.data[0] == '-' ? -value : value;
    return true;
}

static bool find_feature(zub_slice word, zub_feature *out)
{
    for (int f = 0; f < ZUB_FEATURES; f++) {
        const char *name = zub_feature_name((zub_feature)f);
        if (strlen(name) == word.size &&
            memcmp(name, word.data, word.size) == 0) {
            *out = (zub_feature)f;
            return true;
        }
    }
    return false;
}

static bool parse_line(zub_profile *out, zub_slice line)
{
    zub_feature feature;
    const char *comment = memchr(line.data, '#', line.size);

    if (comment)
        line.size = (size_t)(comment - line.data);
    zub_slice word = next_word(&line);
    if (word.size == 0)
        return true;
    return find_feature(word, &feature) &&
           parse_decimal(next_word(&line), &out->weights[feature]) &&
           next_word(&line).size == 0;
}

zub_status zub_profile_parse(zub_profile *out, zub_slice file,
                             const char *path, zub_error *error)
{
    size_t at = 0;

    memset(out->weights, 0, sizeof out->weights);
    for (size_t number = 1; at < file.size; number++) {
        const char *start = file.data + at;
        const char *end = memchr(start, '\n', file.size - at);
        size_t size = end ? (size_t)(end - start) : file.size - at;
        if (!parse_line(out, (zub_slice){start, size}))
            return zub_fail_at(error, ZUB_EFORMAT, at,
                               "profile '%s' is damaged: line %zu is not a "
                               "feature and its weight",
                               path, number);
        at += size + 1;
    }
    for (int f = 0; f < ZUB_FEATURES; f++)
        if (out->weights[f] != 0)
            return ZUB_OK;
    return zub_fail(error, ZUB_EFORMAT,
                    "profile '%s' is damaged: no feature has a weight", path);
}

static zub_status open_path(zub_profile *out, const char *path,
                            zub_error *error)
{
    zub_file file;
    zub_status status = zub_file_open(&file, path, error);

    if (status != ZUB_OK)
        return status;
    status = zub_profile_parse(out, file.bytes, path, error);
    zub_file_close(&file);
    return status;
}

/* "profiles/NAME.txt", or "profiles/NAME-LANG.txt" with a language, in
 * out->file and the bytes in *file. */
static zub_status find_model(zub_profile *out, const zub_models *models,
                             const char *name, const char *lang,
                             zub_arena *arena, zub_slice *file,
                             zub_error *error)
{
    char path[256];
    int size = snprintf(path, sizeof path, "profiles/%s%s%.*s.txt", name,
                        lang ? "-" : "", lang ? (int)strcspn(lang, "-") : 0,
                        lang ? lang : "");

    if (size < 0 || (size_t)size >= sizeof path)
        return ZUB_ENOTFOUND;
    zub_status status = zub_models_file(models, path, file, error);
    if (status != ZUB_OK)
        return status;
    out->file = zub_arena_copy(arena, (zub_slice){path, (size_t)size}).data;
    return out->file ? ZUB_OK : zub_fail_memory(error);
}

static zub_status open_model(zub_profile *out, const zub_models *models,
                             const char *name, const char *lang,
                             zub_arena *arena, zub_error *error)
{
    zub_slice file;
    zub_status status =
        find_model(out, models, name, lang, arena, &file, error);

    if (status == ZUB_ENOTFOUND)
        status = find_model(out, models, name, NULL, arena, &file, error);
    if (status == ZUB_OK)
        return zub_profile_parse(out, file, out->file, error);
    if (status != ZUB_ENOTFOUND)
        return status;
    return zub_fail(error, ZUB_ENOTFOUND,
                    "no profile '%s' in the models (try news, or the path of "
                    "a profile file)",
                    name);
}

static bool is_path(const char *name)
{
    size_t size = strlen(name);

    return strchr(name, '/') ||
           (size > 4 && strcmp(name + size - 4, ".txt") == 0);
}

zub_status zub_profile_open(zub_profile *out, const zub_models *models,
                            const char *name, const char *lang,
                            zub_arena *arena, zub_error *error)
{
    bool is_auto = !name || strcmp(name, "auto") == 0;

    *out = (zub_profile){0};
    if (is_auto)
        name = DEFAULT_NAME;
    zub_slice copy = zub_arena_copy(arena, (zub_slice){name, strlen(name)});
    if (!copy.data)
        return zub_fail_memory(error);
    out->name = out->file = copy.data;
    if (is_path(name))
        return open_path(out, name, error);
    zub_status status = open_model(out, models, name, lang, arena, error);
    if (status == ZUB_ENOTFOUND && is_auto) {
        *out = built_in;
        zub_error_clear(error);
        return ZUB_OK;
    }
    return status;
}
