/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* version.c - what the library runs on. libstemmer does not tell its version,
 * not even to the compiler. */
#include <cjson/cJSON.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uversion.h>
#include <zlib.h>

#include "zubda.h"
#include "vectors/blas.h"

/* OpenBLAS picks its code by the processor, so results depend on both. */
static void describe_blas(char *out, size_t size)
{
    zub_blas *blas;
    size_t length;

    if (zub_blas_open(&blas, 1, NULL) != ZUB_OK) {
        snprintf(out, size, "no OpenBLAS");
        return;
    }
    const char *version = zub_blas_version(blas, &length);
    snprintf(out, size, "OpenBLAS %.*s (%s)", (int)length, version,
             zub_blas_core(blas));
    zub_blas_close(blas);
}

size_t zub_version_details(char *out, size_t size)
{
    char icu[U_MAX_VERSION_STRING_LENGTH], blas[80];
    UVersionInfo numbers;
    long xml = strtol(xmlParserVersion, NULL, 10); /* 20914 is 2.9.14 */

    u_getVersion(numbers);
    u_versionToString(numbers, icu);
    describe_blas(blas, sizeof blas);
    int wanted = snprintf(out, size,
                          "ICU %s, zlib %s, libxml2 %ld.%ld.%ld, cJSON %s, "
                          "%s, libstemmer",
                          icu, zlibVersion(), xml / 10000, xml / 100 % 100,
                          xml % 100, cJSON_Version(), blas);
    return wanted < 0 ? 0 : (size_t)wanted;
}
