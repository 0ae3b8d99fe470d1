/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* voice.c - see voice.h. The locale is read, never set: numbers are the same
 * everywhere. */
#include "cli/voice.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli/arabic.h"

static const char *environment_language(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && *value != '\0')
            return value;
    }
    return "";
}

/* "ar_EG.UTF-8", "ar.utf8", but not "ar_EG" alone, which is ISO-8859-6. */
static bool is_arabic(const char *locale)
{
    const char *encoding = strchr(locale, '.');

    return strncmp(locale, "ar", 2) == 0 &&
           !isalpha((unsigned char)locale[2]) && encoding != NULL &&
           (strncasecmp(encoding, ".utf-8", 6) == 0 ||
            strncasecmp(encoding, ".utf8", 5) == 0);
}

zub_voice zub_voice_of(bool speaks_arabic)
{
    return (zub_voice){.is_arabic = speaks_arabic,
                       .is_apart = speaks_arabic && isatty(STDOUT_FILENO)};
}

zub_voice zub_voice_of_environment(void)
{
    return zub_voice_of(is_arabic(environment_language()));
}

const char *zub_voice_say(zub_voice voice, const char *english)
{
    const char *arabic = voice.is_arabic ? zub_arabic(english) : NULL;

    return arabic != NULL ? arabic : english;
}
