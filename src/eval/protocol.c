/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* protocol.c - see protocol.h. */
#include "eval/protocol.h"

#include <string.h>

#include "text/tokens.h"

static const zub_protocol protocols[] = {
    {"zubda-norm",
     "letters, marks and digits; NFKC, case and Arabic letters folded; "
     "scripts without spaces by character",
     zub_token_next, ZUB_FOLD_NORM, ZUB_SEVERAL_MEAN, false},
    {"zubda-light", "words of zubda-norm, stemmed by the analyzer",
     zub_token_next, ZUB_FOLD_STEM, ZUB_SEVERAL_MEAN, false},
    {"zubda-none", "words of zubda-norm as they stand, nothing folded",
     zub_token_next, ZUB_FOLD_NONE, ZUB_SEVERAL_MEAN, false},
    {"rouge-1.5.5",
     "ASCII letters and digits in lower case, all else is space",
     zub_token_next_ascii, ZUB_FOLD_ASCII, ZUB_SEVERAL_POOLED, true},
};

#define PROTOCOLS (sizeof protocols / sizeof *protocols)

const zub_protocol *zub_protocol_find(const char *name)
{
    if (!name)
        return &protocols[0];
    for (size_t i = 0; i < PROTOCOLS; i++)
        if (strcmp(protocols[i].name, name) == 0)
            return &protocols[i];
    return NULL;
}

const char *zub_protocol_name(size_t i)
{
    return i < PROTOCOLS ? protocols[i].name : NULL;
}

const char *zub_protocol_about(size_t i)
{
    return i < PROTOCOLS ? protocols[i].about : NULL;
}

const char *zub_measure_name(zub_measure measure)
{
    static const char *const names[] = {
#define X(name, text) [ZUB_MEASURE_##name] = (text),
        ZUB_MEASURE_MAP(X)
#undef X
    };

    return measure < ZUB_MEASURES ? names[measure] : "";
}
