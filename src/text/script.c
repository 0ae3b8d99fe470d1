/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* script.c - scripts by ICU's tables, ASCII by two comparisons.
 *
 * A mark that belongs to no script (Inherited) counts as NONE here; whoever
 * reads text decides what it stands on.
 */
#include <stddef.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/script.h"

static const uint8_t scripts[] = {
    [USCRIPT_LATIN] = ZUB_SCRIPT_LATIN,
    [USCRIPT_CYRILLIC] = ZUB_SCRIPT_CYRILLIC,
    [USCRIPT_ARABIC] = ZUB_SCRIPT_ARABIC,
    [USCRIPT_HAN] = ZUB_SCRIPT_HAN,
    [USCRIPT_BOPOMOFO] = ZUB_SCRIPT_HAN,
    [USCRIPT_HIRAGANA] = ZUB_SCRIPT_KANA,
    [USCRIPT_KATAKANA] = ZUB_SCRIPT_KANA,
    [USCRIPT_HANGUL] = ZUB_SCRIPT_HANGUL,
    [USCRIPT_DEVANAGARI] = ZUB_SCRIPT_DEVANAGARI,
    [USCRIPT_BENGALI] = ZUB_SCRIPT_BENGALI,
    [USCRIPT_GREEK] = ZUB_SCRIPT_GREEK,
    [USCRIPT_HEBREW] = ZUB_SCRIPT_HEBREW,
    [USCRIPT_ARMENIAN] = ZUB_SCRIPT_ARMENIAN,
    [USCRIPT_GEORGIAN] = ZUB_SCRIPT_GEORGIAN,
    [USCRIPT_ETHIOPIC] = ZUB_SCRIPT_ETHIOPIC,
    [USCRIPT_THAI] = ZUB_SCRIPT_THAI,
    [USCRIPT_LAO] = ZUB_SCRIPT_LAO,
    [USCRIPT_KHMER] = ZUB_SCRIPT_KHMER,
    [USCRIPT_MYANMAR] = ZUB_SCRIPT_MYANMAR,
    [USCRIPT_TIBETAN] = ZUB_SCRIPT_TIBETAN,
    [USCRIPT_SINHALA] = ZUB_SCRIPT_SINHALA,
    [USCRIPT_TAMIL] = ZUB_SCRIPT_TAMIL,
    [USCRIPT_TELUGU] = ZUB_SCRIPT_TELUGU,
    [USCRIPT_KANNADA] = ZUB_SCRIPT_KANNADA,
    [USCRIPT_MALAYALAM] = ZUB_SCRIPT_MALAYALAM,
    [USCRIPT_GUJARATI] = ZUB_SCRIPT_GUJARATI,
    [USCRIPT_GURMUKHI] = ZUB_SCRIPT_GURMUKHI,
    [USCRIPT_ORIYA] = ZUB_SCRIPT_ORIYA,
    [USCRIPT_THAANA] = ZUB_SCRIPT_THAANA,
    [USCRIPT_SYRIAC] = ZUB_SCRIPT_SYRIAC,
    [USCRIPT_MONGOLIAN] = ZUB_SCRIPT_MONGOLIAN,
    [USCRIPT_TIFINAGH] = ZUB_SCRIPT_TIFINAGH,
    [USCRIPT_CHEROKEE] = ZUB_SCRIPT_CHEROKEE,
    [USCRIPT_CANADIAN_ABORIGINAL] = ZUB_SCRIPT_INUKTITUT,
    [USCRIPT_NKO] = ZUB_SCRIPT_NKO,
    [USCRIPT_YI] = ZUB_SCRIPT_YI,
};

#define LETTERS (U_GC_L_MASK | U_GC_M_MASK)

static zub_script script_of_code(UScriptCode code)
{
    if (code == USCRIPT_COMMON || code == USCRIPT_INHERITED)
        return ZUB_SCRIPT_NONE;
    if ((size_t)code >= sizeof scripts || !scripts[code])
        return ZUB_SCRIPT_OTHER;
    return (zub_script)scripts[code];
}

zub_script zub_script_of(uint32_t code_point)
{
    UErrorCode failure = U_ZERO_ERROR;

    if (code_point < 0x80)
        return (code_point | 0x20) - 'a' < 26 ? ZUB_SCRIPT_LATIN
                                              : ZUB_SCRIPT_NONE;
    if (!(U_GET_GC_MASK((UChar32)code_point) & LETTERS))
        return ZUB_SCRIPT_NONE;
    return script_of_code(uscript_getScript((UChar32)code_point, &failure));
}

zub_script zub_script_writing(zub_script script)
{
    return script == ZUB_SCRIPT_KANA ? ZUB_SCRIPT_HAN : script;
}

unsigned zub_script_weight(zub_script script)
{
    static const uint8_t weights[] = {
#define X(name, weight, lang) weight,
        ZUB_SCRIPT_MAP(X)
#undef X
    };

    return script < ZUB_SCRIPT_COUNT ? weights[script] : 0;
}

const char *zub_script_language(zub_script script)
{
    static const char *const languages[] = {
#define X(name, weight, lang) lang,
        ZUB_SCRIPT_MAP(X)
#undef X
    };

    return script < ZUB_SCRIPT_COUNT ? languages[script] : "und";
}
