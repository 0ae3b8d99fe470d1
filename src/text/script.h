/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* script.h - which writing a letter belongs to, as far as telling languages
 * apart needs it. */
#ifndef ZUB_TEXT_SCRIPT_H
#define ZUB_TEXT_SCRIPT_H

#include <stdint.h>

/* Each script with the language that is meant when nothing else is known.
 * Han and kana are one writing for our purpose: Japanese mixes them. */
#define ZUB_SCRIPT_MAP(X) \
    X(NONE, "und")        \
    X(LATIN, "und")       \
    X(CYRILLIC, "ru")     \
    X(ARABIC, "ar")       \
    X(HAN, "zh")          \
    X(KANA, "ja")         \
    X(HANGUL, "ko")       \
    X(DEVANAGARI, "hi")   \
    X(BENGALI, "bn")      \
    X(GREEK, "el")        \
    X(HEBREW, "he")       \
    X(ARMENIAN, "hy")     \
    X(GEORGIAN, "ka")     \
    X(ETHIOPIC, "am")     \
    X(THAI, "th")         \
    X(LAO, "lo")          \
    X(KHMER, "km")        \
    X(MYANMAR, "my")      \
    X(TIBETAN, "bo")      \
    X(SINHALA, "si")      \
    X(TAMIL, "ta")        \
    X(TELUGU, "te")       \
    X(KANNADA, "kn")      \
    X(MALAYALAM, "ml")    \
    X(GUJARATI, "gu")     \
    X(GURMUKHI, "pa")     \
    X(ORIYA, "or")        \
    X(THAANA, "dv")       \
    X(SYRIAC, "syr")      \
    X(MONGOLIAN, "mn")    \
    X(TIFINAGH, "zgh")    \
    X(CHEROKEE, "chr")    \
    X(INUKTITUT, "iu")    \
    X(NKO, "nqo")         \
    X(YI, "ii")           \
    X(OTHER, "und")

typedef enum zub_script {
#define X(name, lang) ZUB_SCRIPT_##name,
    ZUB_SCRIPT_MAP(X)
#undef X
    ZUB_SCRIPT_COUNT
} zub_script;

/* NONE: not a letter and not a mark upon one. */
zub_script zub_script_of(uint32_t code_point);

/* Never NULL; "und" for Latin, which says nothing by itself. */
const char *zub_script_language(zub_script script);

#endif
