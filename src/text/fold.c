/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fold.c - see fold.h. Most words are ASCII or plain Arabic and take the way
 * of a table; the rest are normalised by ICU and then pass the same table.
 * Invariant: folding a folded word changes nothing. */
#include "text/fold.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/error.h"
#include "base/mem.h"

/* What languages do otherwise. */
enum {
    DOTLESS_I = 1,      /* I is the capital of ı, İ that of i */
    MAKSURA_IS_YEH = 2, /* ى is another way to write ی */
    YEHS_DIFFER = 4     /* ی and ي are two letters */
};

static const struct habit {
    char lang[4];
    unsigned flags;
} habits[] = {
    {"az", DOTLESS_I},       {"ckb", MAKSURA_IS_YEH}, {"fa", MAKSURA_IS_YEH},
    {"pnb", MAKSURA_IS_YEH}, {"ps", YEHS_DIFFER},     {"tr", DOTLESS_I},
    {"ur", MAKSURA_IS_YEH},
};
#define TABLES 3u /* of Arabic letters: flags >> 1 is 0, 1 or 2 */

/* Arabic characters that are folded: to `to`, or away when it is 0. */
static const struct range {
    uint16_t first, last, to;
} arabic_ranges[] = {
    {0x0610, 0x061A, 0},      /* honorifics and Koranic vowel signs */
    {0x061C, 0x061C, 0},      /* Arabic letter mark */
    {0x0622, 0x0623, 0x0627}, /* آ أ */
    {0x0625, 0x0625, 0x0627}, /* إ */
    {0x0640, 0x0640, 0},      /* tatweel */
    {0x064B, 0x065F, 0},      /* tashkeel, and hamza that found no letter */
    {0x0670, 0x0670, 0},      /* dagger alef */
    {0x0671, 0x0673, 0x0627}, /* ٱ ٲ ٳ */
    {0x06A9, 0x06A9, 0x0643}, /* ک */
    {0x06CC, 0x06CC, 0x064A}, /* ی */
    {0x06D6, 0x06DC, 0},      /* Koranic annotation */
    {0x06DF, 0x06E8, 0},      {0x06EA, 0x06ED, 0}, {0x0898, 0x089F, 0},
    {0x08CA, 0x08E1, 0},      {0x08E3, 0x08FF, 0},
};

/* Not for the table: what decomposes, or makes one letter with the last. */
#define SLOW 0xFFFF

/* What a letter becomes, as UTF-8. */
typedef struct letter {
    char bytes[2];
    uint8_t size; /* 0: it goes */
    bool is_slow;
} letter;

struct zub_folder {
    const UNormalizer2 *fold;    /* ICU's own, never freed: NFKC_Casefold */
    const UNormalizer2 *compose; /* the same: NFKC */
    uint16_t arabic[256];        /* U+0600 .. U+06FF: what it becomes */
    letter letters[TABLES][256]; /* the same */
    UChar *text, *result;        /* scratch */
    size_t text_capacity, result_capacity;
};

static uint16_t fold_arabic(UChar c)
{
    size_t count = sizeof arabic_ranges / sizeof *arabic_ranges;

    for (size_t i = 0; i < count && arabic_ranges[i].first <= c; i++)
        if (c <= arabic_ranges[i].last)
            return arabic_ranges[i].to;
    if ((c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9))
        return (uint16_t)('0' + (c & 0xF));
    return c;
}

static void fill_arabic(uint16_t arabic[256])
{
    for (UChar c = 0; c < 256; c++)
        arabic[c] = fold_arabic((UChar)(0x0600 + c));
    for (UChar c = 0x53; c <= 0x55; c++)
        arabic[c] = SLOW;
    for (UChar c = 0x75; c <= 0x78; c++)
        arabic[c] = SLOW;
}

static uint16_t lookup(const zub_folder *folder, UChar c, unsigned flags)
{
    if (c == 0x06CC && (flags & YEHS_DIFFER))
        return c;
    if (c == 0x0649 && (flags & MAKSURA_IS_YEH))
        return 0x064A;
    return folder->arabic[c & 0xFF];
}

/* A letter of two bytes, as all of the Arabic block are, or ASCII. */
static char *put(char *at, UChar c)
{
    if (c < 0x80) {
        *at++ = (char)c;
        return at;
    }
    *at++ = (char)(0xC0 | c >> 6);
    *at++ = (char)(0x80 | (c & 0x3F));
    return at;
}

static void fill_letters(zub_folder *folder)
{
    for (unsigned table = 0; table < TABLES; table++)
        for (UChar i = 0; i < 256; i++) {
            letter *to = &folder->letters[table][i];
            uint16_t c = lookup(folder, (UChar)(0x0600 + i), table << 1);
            to->is_slow = c == SLOW;
            to->size =
                c && c != SLOW ? (uint8_t)(put(to->bytes, c) - to->bytes) : 0;
        }
}

zub_status zub_folder_new(zub_folder **out, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    zub_folder *folder = zub_alloc_zero(1, sizeof *folder);

    *out = NULL;
    if (!folder)
        return zub_fail_memory(error);
    folder->fold = unorm2_getNFKCCasefoldInstance(&code);
    folder->compose = unorm2_getNFKCInstance(&code);
    if (U_FAILURE(code)) {
        zub_free(folder);
        return zub_fail(error, ZUB_ENOMEM, "cannot open NFKC_Casefold: %s",
                        u_errorName(code));
    }
    fill_arabic(folder->arabic);
    fill_letters(folder);
    *out = folder;
    return ZUB_OK;
}

void zub_folder_free(zub_folder *folder)
{
    if (!folder)
        return;
    zub_free(folder->text);
    zub_free(folder->result);
    zub_free(folder);
}

/* Once a word: most languages end at the first letter. */
static bool is_habit_of(const struct habit *habit, const char *lang)
{
    const char *name = habit->lang;

    while (*name && *name == *lang)
        name++, lang++;
    return *name == '\0' && (*lang == '\0' || *lang == '-' || *lang == '_');
}

static unsigned habits_of(const char *lang)
{
    for (size_t i = 0; lang && i < sizeof habits / sizeof *habits; i++)
        if (is_habit_of(&habits[i], lang))
            return habits[i].flags;
    return 0;
}

static char *put_ascii(char *at, uint8_t byte, unsigned flags)
{
    if (byte == 'I' && (flags & DOTLESS_I))
        return put(at, 0x131);
    *at++ = (char)(byte | ((uint8_t)(byte - 'A') < 26) << 5);
    return at;
}

/* Fold a word of ASCII and the Arabic block into `at`, which has room for the
 * word, or twice that if I becomes ı; NULL when something else is in it. */
static char *fold_by_table(const zub_folder *folder, char *at, zub_slice word,
                           unsigned flags)
{
    const letter *arabic = folder->letters[flags >> 1];
    const uint8_t *data = (const uint8_t *)word.data;
    const uint8_t *end = data + word.size;

    while (data < end) {
        uint8_t byte = *data++;
        if (byte < 0x80) {
            at = put_ascii(at, byte, flags);
            continue;
        }
        if (byte >> 2 != 0xD8 >> 2 || data == end || *data >> 6 != 2)
            return NULL;
        const letter *to = &arabic[(byte & 3) << 6 | (*data++ & 0x3F)];
        if (to->is_slow)
            return NULL;
        memcpy(at, to->bytes, 2); /* no more than was read */
        at += to->size;
    }
    return at;
}

/* İ, I with a dot, and I as Turkish has them; in place. */
static int32_t lower_turkish(UChar *text, int32_t size)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < size; i++) {
        UChar c = text[i];
        if (c == 'I' && i + 1 < size && text[i + 1] == 0x307) {
            c = 'i';
            i++;
        } else if (c == 'I' || c == 0x130) {
            c = c == 'I' ? 0x131 : 'i';
        }
        text[kept++] = c;
    }
    return kept;
}

/* Fold what is Arabic, in place. Nothing of it is beyond U+FFFF. */
static int32_t map_arabic(const zub_folder *folder, UChar *text, int32_t size,
                          unsigned flags)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < size; i++) {
        UChar c = text[i];
        if (c >> 8 == 0x06 && lookup(folder, c, flags) != SLOW)
            c = lookup(folder, c, flags);
        else if (c >> 8 == 0x06 || c >> 8 == 0x08)
            c = fold_arabic(c);
        if (c)
            text[kept++] = c;
        else if (text[i] == 0)
            text[kept++] = 0;
    }
    return kept;
}

/* folder->text, normalised, into folder->result, which then takes its place;
 * returns the size, or -1 without memory. */
static int32_t normalize(zub_folder *folder, const UNormalizer2 *form,
                         int32_t size)
{
    for (;;) {
        UErrorCode code = U_ZERO_ERROR;
        UChar *text = folder->text;
        size_t capacity = folder->text_capacity;
        int32_t wanted =
            unorm2_normalize(form, text, size, folder->result,
                             (int32_t)folder->result_capacity, &code);
        if (U_SUCCESS(code)) {
            folder->text = folder->result;
            folder->text_capacity = folder->result_capacity;
            folder->result = text;
            folder->result_capacity = capacity;
            return wanted;
        }
        if (code != U_BUFFER_OVERFLOW_ERROR ||
            !zub_grow(&folder->result, &folder->result_capacity,
                      (size_t)wanted + 1, sizeof *folder->result))
            return -1;
    }
}

/* The word into folder->text; returns its size, or -1. */
static int32_t decode(zub_folder *folder, zub_slice word)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t size = 0;

    if (word.size > INT32_MAX / 4 ||
        !zub_grow(&folder->text, &folder->text_capacity, word.size + 1,
                  sizeof *folder->text) ||
        !zub_grow(&folder->result, &folder->result_capacity, word.size + 1,
                  sizeof *folder->result))
        return -1;
    u_strFromUTF8WithSub(folder->text, (int32_t)folder->text_capacity, &size,
                         word.data, (int32_t)word.size, 0xFFFD, NULL, &code);
    return U_SUCCESS(code) ? size : -1;
}

static int32_t fold_by_icu(zub_folder *folder, zub_slice word, unsigned flags)
{
    int32_t size = decode(folder, word);

    if (size >= 0 && (flags & DOTLESS_I)) {
        size = normalize(folder, folder->compose, size);
        size = size < 0 ? size : lower_turkish(folder->text, size);
    }
    if (size >= 0)
        size = normalize(folder, folder->fold, size);
    if (size >= 0) {
        int32_t kept = map_arabic(folder, folder->text, size, flags);
        /* What stood on both sides of a mark may be one letter now. */
        size = kept == size ? size : normalize(folder, folder->fold, kept);
    }
    return size;
}

static void add_utf8(zub_buffer *out, const UChar *text, int32_t size)
{
    char *room = zub_buffer_reserve(out, (size_t)size * 3);
    uint8_t *to = (uint8_t *)room;
    size_t at = 0;

    if (!to)
        return;
    for (int32_t i = 0; i < size;) {
        UChar c = text[i++];
        uint32_t code_point = c;
        if (U16_IS_LEAD(c) && i < size && U16_IS_TRAIL(text[i]))
            code_point = (uint32_t)U16_GET_SUPPLEMENTARY(c, text[i++]);
        U8_APPEND_UNSAFE(to, at, code_point);
    }
    out->size += at;
    to[at] = 0;
}

zub_status zub_fold(zub_folder *folder, zub_buffer *out, zub_slice word,
                    const char *lang)
{
    unsigned flags = habits_of(lang);
    size_t most = flags & DOTLESS_I ? 2 * word.size : word.size;
    char *room = zub_buffer_reserve(out, most);
    char *end;
    int32_t size;

    if (!room)
        return out->status;
    end = fold_by_table(folder, room, word, flags);
    if (end) {
        out->size += (size_t)(end - room);
        *end = '\0';
        return ZUB_OK;
    }
    size = fold_by_icu(folder, word, flags);
    if (size < 0)
        return ZUB_ENOMEM;
    add_utf8(out, folder->text, size);
    return out->status;
}

bool zub_fold_letter(const zub_folder *folder, uint32_t code_point,
                     const char *lang, char out[2], size_t *size)
{
    unsigned flags = habits_of(lang);

    *size = 0;
    if (code_point < 0x80) {
        *size = (size_t)(put_ascii(out, (uint8_t)code_point, flags) - out);
        return true;
    }
    if (code_point >> 8 != 0x06)
        return false;
    const letter *to = &folder->letters[flags >> 1][code_point & 0xFF];
    memcpy(out, to->bytes, 2);
    *size = to->size;
    return !to->is_slow;
}
