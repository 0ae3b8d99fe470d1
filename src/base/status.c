/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* status.c - the texts of the status codes, from the same table as the codes,
 * and the version. */
#include "zubda.h"

const char *zub_status_text(zub_status status)
{
    switch (status) {
#define X(name, code, text)                                                   \
    case ZUB_##name: return text;
        ZUB_STATUS_MAP(X)
#undef X
    }
    return "unknown status";
}

const char *zub_version(void)
{
    return ZUB_VERSION;
}
