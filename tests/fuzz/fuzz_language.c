/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_language.c - bytes as a text whose language is asked for, by the tables
 * of models/ when they are there; as a language tag; and as the weights of a
 * table that has its checksums right. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/container.h"
#include "text/language.h"
#include "text/language_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_guess(const zub_guess *got)
{
    char tag[12];

    assert(zub_language_tag(tag, (zub_slice){got->lang, strlen(got->lang)}));
    assert(got->confidence >= 0 && got->confidence <= 1);
    assert(got->next_confidence >= 0 && got->next_confidence <= 1);
}

static void ask(const zub_identifier *identifier, zub_slice text)
{
    zub_guess got;

    zub_identifier_guess(identifier, text, &got);
    check_guess(&got);
    zub_identifier_glance(identifier, text, &got);
    check_guess(&got);
}

static const zub_identifier *shipped(void)
{
    static zub_identifier *identifier;
    static zub_models *models;

    if (!identifier && zub_models_open(&models, "models", NULL) != ZUB_OK)
        zub_models_open(&models, NULL, NULL);
    if (!identifier)
        zub_identifier_open(&identifier, models, NULL);
    return identifier;
}

static void check_tag(zub_slice text)
{
    char once[12], twice[12];

    if (!zub_language_tag(once, text))
        return;
    assert(zub_language_tag(twice, (zub_slice){once, strlen(once)}));
    assert(strcmp(once, twice) == 0);
}

/* A quarter of the bytes each: buckets, entries, weights; the rest is asked
 * about. */
static void check_table(zub_slice bytes)
{
    zub_language_settings settings = {0.1f, 1, 2, 1};
    zub_language_class classes[] = {{"de", ZUB_SCRIPT_LATIN, 0},
                                    {"en", ZUB_SCRIPT_LATIN, 1}};
    size_t part = bytes.size / 4 / 24 * 24;
    zub_language_bucket buckets[3] = {{0, 0}, {0, 0}, {0, 0}};
    zub_section sections[] = {
        {"settings", {(const char *)&settings, sizeof settings}},
        {"classes", {(const char *)classes, sizeof classes}},
        {"buckets", {(const char *)buckets, sizeof buckets}},
        {"entries", {bytes.data + part, part}},
        {"weights", {bytes.data + 2 * part, part}},
    };
    zub_container_about about = {
        ZUB_LANGUAGE_KIND, ZUB_LANGUAGE_VERSION, {NULL, 0}};
    zub_identifier *identifier;
    zub_buffer file;

    if (part < sizeof buckets)
        return;
    memcpy(buckets, bytes.data, sizeof buckets);
    zub_buffer_init(&file, ZUB_BUFFER_UNLIMITED);
    assert(zub_container_write(zub_buffer_sink(&file), &about, sections, 5,
                               NULL) == ZUB_OK);
    assert(zub_identifier_from(&identifier, zub_buffer_slice(&file), "fuzz",
                               NULL) == ZUB_OK);
    ask(identifier, (zub_slice){bytes.data + 3 * part, bytes.size - 3 * part});
    zub_identifier_free(identifier);
    zub_buffer_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zub_slice text = {(const char *)data, size};

    ask(shipped(), text);
    check_tag(text);
    check_table(text);
    return 0;
}
