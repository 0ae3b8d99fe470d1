/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* background.c - see background.h. */
#include "terms/background.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/models.h"

zub_status zub_background_open(zub_background *out, const zub_models *models,
                               const char *lang, const char *fingerprint,
                               zub_error *error)
{
    zub_frequencies counts;
    zub_slice file;
    char name[64];

    *out = (zub_background){0};
    snprintf(name, sizeof name, "%s/background.zub", lang);
    zub_status status = zub_models_file(models, name, &file, error);
    if (status == ZUB_ENOTFOUND)
        return ZUB_OK;
    if (status == ZUB_OK)
        status =
            zub_frequencies_open(&counts, file, name, "background", error);
    if (status != ZUB_OK)
        return status;
    if (counts.fingerprint.size == strlen(fingerprint) &&
        memcmp(counts.fingerprint.data, fingerprint,
               counts.fingerprint.size) == 0)
        out->frequencies = counts;
    return ZUB_OK;
}

uint64_t zub_background_documents(const zub_background *background)
{
    return background->frequencies.total;
}

uint32_t zub_background_frequency(const zub_background *background,
                                  zub_slice key)
{
    return zub_frequency_of(&background->frequencies, key);
}

static double inverse(const zub_background *background, uint32_t frequency)
{
    double documents = (double)background->frequencies.total;

    return log((documents + 1) / (frequency + 0.5));
}

double zub_background_idf(const zub_background *background, zub_slice key)
{
    return inverse(background, zub_background_frequency(background, key));
}

double zub_background_most_idf(const zub_background *background)
{
    return inverse(background, 0);
}
