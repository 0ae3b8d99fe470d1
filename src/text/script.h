/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* script.h - which writing a letter belongs to, as far as telling languages
 * apart needs it. */
#ifndef ZUB_TEXT_SCRIPT_H
#define ZUB_TEXT_SCRIPT_H

#include <stdint.h>

/* Each script with what a letter of it counts when scripts are mixed, and the
 * language that is meant when nothing else is known. Texts quote English more
 * often than English quotes them, and a Han sign is half a word: so Latin
 * letters count least. */
#define ZUB_SCRIPT_MAP(X)                                                     \
    X(NONE, 0, "und")                                                         \
    X(LATIN, 2, "und")                                                        \
    X(CYRILLIC, 4, "ru")                                                      \
    X(ARABIC, 4, "ar")                                                        \
    X(HAN, 6, "zh")                                                           \
    X(KANA, 6, "ja")                                                          \
    X(HANGUL, 6, "ko")                                                        \
    X(DEVANAGARI, 4, "hi")                                                    \
    X(BENGALI, 4, "bn")                                                       \
    X(GREEK, 4, "el")                                                         \
    X(HEBREW, 4, "he")                                                        \
    X(ARMENIAN, 4, "hy")                                                      \
    X(GEORGIAN, 4, "ka")                                                      \
    X(ETHIOPIC, 4, "am")                                                      \
    X(THAI, 4, "th")                                                          \
    X(LAO, 4, "lo")                                                           \
    X(KHMER, 4, "km")                                                         \
    X(MYANMAR, 4, "my")                                                       \
    X(TIBETAN, 4, "bo")                                                       \
    X(SINHALA, 4, "si")                                                       \
    X(TAMIL, 4, "ta")                                                         \
    X(TELUGU, 4, "te")                                                        \
    X(KANNADA, 4, "kn")                                                       \
    X(MALAYALAM, 4, "ml")                                                     \
    X(GUJARATI, 4, "gu")                                                      \
    X(GURMUKHI, 4, "pa")                                                      \
    X(ORIYA, 4, "or")                                                         \
    X(THAANA, 4, "dv")                                                        \
    X(SYRIAC, 4, "syr")                                                       \
    X(MONGOLIAN, 4, "mn")                                                     \
    X(TIFINAGH, 4, "zgh")                                                     \
    X(CHEROKEE, 4, "chr")                                                     \
    X(INUKTITUT, 4, "iu")                                                     \
    X(NKO, 4, "nqo")                                                          \
    X(YI, 4, "ii")                                                            \
    X(OTHER, 4, "und")

typedef enum zub_script {
#define X(name, weight, lang) ZUB_SCRIPT_##name,
    ZUB_SCRIPT_MAP(X)
#undef X
        ZUB_SCRIPT_COUNT
} zub_script;

/* NONE: not a letter and not a mark upon one. */
zub_script zub_script_of(uint32_t code_point);

/* Han and kana are one writing for our purpose, HAN: Japanese mixes them. */
zub_script zub_script_writing(zub_script script);

/* What a letter counts against those of other scripts. */
unsigned zub_script_weight(zub_script script);

/* Never NULL; "und" for Latin, which says nothing by itself. */
const char *zub_script_language(zub_script script);

#endif
