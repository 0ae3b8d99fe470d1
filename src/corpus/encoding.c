/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* encoding.c - see encoding.h. ICU's detector is good at the encodings of East
 * Asia and of Europe, weak at those of the Arabic script; so it only proposes,
 * and each proposal is decoded and judged by how much it looks like a text. */
#include "corpus/encoding.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <uchar.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/error.h"
#include "base/mem.h"
#include "corpus/declared.h"

#define PIVOT 4096 /* UTF-16 units between the two converters */

struct zub_decoder {
    UConverter *from, *to;
    UChar pivot[PIVOT];
    UChar *pivot_source, *pivot_target;
    size_t *repaired; /* of the call under way */
};

/* ---- Names ---- */

static bool is_known(const char *name)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &code);

    ucnv_close(converter);
    return U_SUCCESS(code);
}

/* Letters to change, add or leave out to get from one name to the other,
 * case aside. */
static size_t distance(const char *a, const char *b)
{
    size_t row[ZUB_ENCODING_NAME], width = strlen(b);

    for (size_t j = 0; j <= width; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t other = row[j] < row[j + 1] ? row[j] + 1 : row[j + 1] + 1;
            size_t same = diagonal + (strncasecmp(a + i, b + j, 1) != 0);
            diagonal = row[j + 1];
            row[j + 1] = same < other ? same : other;
        }
    }
    return row[width];
}

static void keep_nearer(const char *candidate, const char *name,
                        const char **nearest, size_t *least)
{
    if (strlen(candidate) >= ZUB_ENCODING_NAME)
        return;
    size_t far = distance(name, candidate);
    if (far < *least) {
        *least = far;
        *nearest = candidate;
    }
}

/* A name that can be the one that was meant, or NULL. */
static const char *nearest_name(const char *name)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;

    for (int32_t i = 0; i < ucnv_countAvailable(); i++) {
        const char *converter = ucnv_getAvailableName(i);
        UErrorCode code = U_ZERO_ERROR;
        uint16_t aliases = ucnv_countAliases(converter, &code);
        for (uint16_t j = 0; j < aliases; j++)
            keep_nearer(ucnv_getAlias(converter, j, &code), name, &nearest,
                        &least);
    }
    return least * 4 <= strlen(name) + 2 ? nearest : NULL;
}

zub_status zub_encoding_check(const char *name, zub_error *error)
{
    if (!name || strcmp(name, "auto") == 0 || is_known(name))
        return ZUB_OK;
    if (strlen(name) >= ZUB_ENCODING_NAME)
        return zub_fail(error, ZUB_EINVAL, "unknown encoding '%.40s...'",
                        name);
    const char *nearest = nearest_name(name);
    if (!nearest)
        return zub_fail(error, ZUB_EINVAL,
                        "unknown encoding '%s' (known are utf-8, utf-16, "
                        "windows-1256 and what else ICU knows)",
                        name);
    return zub_fail(error, ZUB_EINVAL,
                    "unknown encoding '%s' (did you mean '%s'?)", name,
                    nearest);
}

/* What a page or a detector calls a standard is, as browsers know, its
 * superset. An empty one is never what a text is in. */
static const struct {
    const char *name, *meant;
} supersets[] = {
    {"US-ASCII", "windows-1252"},
    {"ISO-8859-1", "windows-1252"},
    {"ISO-8859-9", "windows-1254"},
    {"ISO-8859-11", "windows-874"},
    {"ISO-8859-8-I", "windows-1255"},
    {"ISO-8859-8", "windows-1255"},
    {"TIS-620", "windows-874"},
    {"GB2312", "GB18030"},
    {"GBK", "GB18030"},
    {"Shift_JIS", "windows-31j"},
    {"EUC-KR", "windows-949"},
    {"KS_C_5601-1987", "windows-949"},
    {"UTF-7", ""},
    {"IBM420_rtl", ""},
    {"IBM420_ltr", ""},
    {"IBM424_rtl", ""},
    {"IBM424_ltr", ""},
};

static const char *what_is_meant(const char *name)
{
    for (size_t i = 0; i < sizeof supersets / sizeof *supersets; i++)
        if (ucnv_compareNames(name, supersets[i].name) == 0)
            return supersets[i].meant;
    return name;
}

static bool set_name(zub_encoding *out, const char *name)
{
    name = what_is_meant(name);
    if (name[0] == '\0' || strlen(name) >= ZUB_ENCODING_NAME ||
        !is_known(name))
        return false;
    snprintf(out->name, sizeof out->name, "%s", name);
    return true;
}

/* ---- Guessing ---- */

#define GUESS_BYTES 16384 /* a paragraph would do */

/* Letters that make up more than half of a text in their script. */
static const struct {
    UScriptCode script;
    const char16_t *letters;
} common[] = {
    {USCRIPT_ARABIC, u"\u0627\u0644\u064A\u0645\u0646\u0648"
                     u"\u0631\u062A\u0628\u0647\u062F"},
    {USCRIPT_CYRILLIC, u"\u043E\u0435\u0430\u0438\u043D\u0442"
                       u"\u0441\u0440\u0432\u043B\u0456"},
    {USCRIPT_GREEK, u"\u03B1\u03BF\u03B9\u03B5\u03C4\u03C3"
                    u"\u03BD\u03B7\u03C5\u03C1\u03C0"},
    {USCRIPT_HEBREW, u"\u05D9\u05D5\u05D4\u05DC\u05D0\u05E8"
                     u"\u05EA\u05D1\u05E9\u05DE\u05E0"},
    {USCRIPT_THAI, u"\u0E19\u0E23\u0E32\u0E01\u0E2D\u0E40"
                   u"\u0E07\u0E48\u0E21\u0E22\u0E31"},
};

/* Han, kana and Hangul stand side by side. */
static UScriptCode script_of(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript(c, &code);

    if (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
        script == USCRIPT_HANGUL)
        return USCRIPT_HAN;
    return script;
}

static bool is_common(UChar32 c, UScriptCode script)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (common[i].script == script)
            return c != 0 && u_strchr32(common[i].letters, c) != NULL;
    return false;
}

/* The character before, as far as it matters. */
typedef struct neighbour {
    UScriptCode script; /* USCRIPT_COMMON: not a letter */
    bool is_lower;
} neighbour;

/* Does a letter fit behind its neighbour? */
static double judge_letter(UChar32 c, UScriptCode script,
                           const neighbour *before)
{
    double score = is_common(c, script) ? 1.5 : 1;

    if (before->script != USCRIPT_COMMON && before->script != script)
        score -= 4;
    else if (before->is_lower && u_isupper(c))
        score -= 3;
    return score;
}

static double judge_other(UChar32 c, const neighbour *before)
{
    switch (u_charType(c)) {
    case U_UNASSIGNED:
    case U_CONTROL_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE: return -10;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
        return before->script == USCRIPT_COMMON ? -2 : 0.5;
    case U_MATH_SYMBOL:
    case U_CURRENCY_SYMBOL:
    case U_MODIFIER_SYMBOL:
    case U_OTHER_SYMBOL:
    case U_OTHER_NUMBER: return before->script == USCRIPT_COMMON ? -1 : -3;
    default: return c == 0xFFFD ? -10 : 0.5;
    }
}

/* How much a text looks like one, per character beyond ASCII: about 1.2 when
 * it is, below 0 when it was decoded wrongly. */
static double judge(const UChar *text, int32_t size)
{
    neighbour before = {USCRIPT_COMMON, false};
    double score = 0;
    size_t count = 0;

    for (int32_t i = 0; i < size;) {
        UChar32 c;
        c = text[i++];
        if (U16_IS_LEAD(text[i - 1]) && i < size && U16_IS_TRAIL(text[i]))
            c = 0x10000 + ((c & 0x3FF) << 10) + (text[i++] & 0x3FF);
        bool is_letter = u_isalpha(c);
        UScriptCode script = is_letter ? script_of(c) : USCRIPT_COMMON;
        if (c == 0xFFFD)
            score -= 10;
        else if (is_letter && (c >= 0x80 || before.script != USCRIPT_LATIN))
            score += judge_letter(c, script, &before) - (c < 0x80);
        else if (c >= 0x80)
            score += judge_other(c, &before);
        count += c >= 0x80;
        if (u_charType(c) != U_NON_SPACING_MARK)
            before = (neighbour){script, is_letter && u_islower(c)};
    }
    return count > 0 ? score / (double)count : 0;
}

/* The best encoding so far. */
typedef struct contest {
    zub_slice sample;
    UChar *text; /* [GUESS_BYTES] */
    zub_encoding best;
    double score;
} contest;

/* `confidence`: ICU's, 0 to 100; 0 when it did not name it. */
static void try_encoding(contest *guess, const char *name, int32_t confidence)
{
    zub_encoding candidate = {.bom = 0};
    UErrorCode code = U_ZERO_ERROR;

    if (!set_name(&candidate, name))
        return;
    UConverter *converter = ucnv_open(candidate.name, &code);
    int32_t size =
        ucnv_toUChars(converter, guess->text, GUESS_BYTES, guess->sample.data,
                      (int32_t)guess->sample.size, &code);
    /* Any bytes may pass for a multi-byte text: only ICU's statistics of
     * common characters tell. */
    bool is_doubtful = U_SUCCESS(code) && ucnv_getMaxCharSize(converter) > 1 &&
                       confidence < 50;
    ucnv_close(converter);
    if (U_FAILURE(code) || is_doubtful)
        return;
    double score = judge(guess->text, size) + confidence / 100.0;
    if (score > guess->score) {
        guess->score = score;
        guess->best = candidate;
    }
}

/* Pairs that ICU does not tell apart by their letters. */
static const char *const siblings[][2] = {
    {"ISO-8859-7", "windows-1253"},
    {"ISO-8859-2", "windows-1250"},
    {"windows-1250", "ISO-8859-2"},
};

static void try_with_sibling(contest *guess, const char *name,
                             int32_t confidence)
{
    for (size_t i = 0; i < sizeof siblings / sizeof *siblings; i++)
        if (strcmp(name, siblings[i][0]) == 0)
            try_encoding(guess, siblings[i][1], confidence);
    try_encoding(guess, name, confidence);
}

/* What ICU makes of it. */
static void try_detected(contest *guess, bool is_html)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t count = 0;
    UCharsetDetector *detector = ucsdet_open(&code);

    if (U_FAILURE(code)) /* no memory: the others are tried without it */
        return;
    ucsdet_setText(detector, guess->sample.data, (int32_t)guess->sample.size,
                   &code);
    ucsdet_enableInputFilter(detector, is_html);
    const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &code);
    for (int32_t i = 0; U_SUCCESS(code) && i < count; i++) {
        const char *name = ucsdet_getName(matches[i], &code);
        if (strncmp(name, "UTF-", 4) != 0)
            try_with_sibling(guess, name,
                             ucsdet_getConfidence(matches[i], &code));
    }
    ucsdet_close(detector);
}

/* Encodings that ICU does not know or takes for others: Persian and Urdu
 * pages, DOS Russian, Thai, Greek and Hungarian of Windows. */
static const char *const overlooked[] = {
    "windows-1256", "ISO-8859-6",   "windows-1251", "IBM866",
    "windows-1253", "ISO-8859-7",   "windows-874",  "windows-1250",
    "windows-1255", "windows-1257",
};

/* Some bytes around the first ones that are not ASCII. */
static zub_slice interesting(zub_slice sample)
{
    size_t start = 0;

    while (start < sample.size && (unsigned char)sample.data[start] < 0x80 &&
           sample.data[start] != '\x1B')
        start++;
    while (start > 0 && sample.data[start - 1] != '\n' &&
           (unsigned char)sample.data[start - 1] < 0x80)
        start--;
    sample.data += start;
    sample.size -= start;
    if (sample.size > GUESS_BYTES)
        sample.size = GUESS_BYTES;
    return sample;
}

static void guess_encoding(zub_encoding *out, zub_slice sample, bool is_html)
{
    contest guess = {.sample = interesting(sample), .score = -1e9};

    guess.text = zub_alloc(GUESS_BYTES, sizeof *guess.text);
    if (!guess.text)
        return;
    try_detected(&guess, is_html);
    for (size_t i = 0; i < sizeof overlooked / sizeof *overlooked; i++)
        try_encoding(&guess, overlooked[i], 0);
    zub_free(guess.text);
    if (guess.best.name[0] != '\0')
        *out = guess.best;
}

static bool use_declared(zub_encoding *out, zub_slice sample)
{
    char name[ZUB_ENCODING_NAME];
    zub_slice declared = zub_declared_encoding(sample);

    if (declared.size == 0 || declared.size >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)declared.size, declared.data);
    /* Who can read that it is UTF-16 reads something else. */
    return set_name(out, strncasecmp(name, "utf-16", 6) == 0 ? "UTF-8" : name);
}

/* ISO-2022 is ASCII with escape sequences. */
static bool has_shifts(zub_slice sample)
{
    const char *escape = memchr(sample.data, '\x1B', sample.size);

    return escape && escape + 1 < sample.data + sample.size &&
           (escape[1] == '$' || escape[1] == '(');
}

/* A page that came without a name. */
static bool begins_with_tag(zub_slice sample)
{
    size_t at = 0;

    while (at < sample.size && strchr(" \t\r\n", sample.data[at]))
        at++;
    return at < sample.size && sample.data[at] == '<';
}

void zub_encoding_detect(zub_encoding *out, zub_slice sample, bool is_all,
                         bool is_html)
{
    const char *name = zub_bom_encoding(sample, &out->bom);

    is_html = is_html || begins_with_tag(sample);
    snprintf(out->name, sizeof out->name, "UTF-8");
    if (sample.size == 0)
        return;
    if (!name)
        name = zub_wide_encoding(sample);
    if (name)
        snprintf(out->name, sizeof out->name, "%s", name);
    else if ((!is_html || !use_declared(out, sample)) &&
             (!zub_is_mostly_utf8(sample, is_all) || has_shifts(sample)))
        guess_encoding(out, sample, is_html);
}

/* ---- Decoding ---- */

/* U+FFFD for what is not valid, counting its bytes. */
static void replace_invalid(const void *context, UConverterToUnicodeArgs *args,
                            const char *units, int32_t length,
                            UConverterCallbackReason reason, UErrorCode *code)
{
    static const UChar replacement = 0xFFFD;
    zub_decoder *decoder;

    (void)units;
    memcpy(&decoder, &context, sizeof decoder);
    if (reason > UCNV_IRREGULAR)
        return;
    *code = U_ZERO_ERROR;
    *decoder->repaired += (size_t)length;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, code);
}

static zub_status open_converters(zub_decoder *decoder, const char *name)
{
    UErrorCode code = U_ZERO_ERROR;

    decoder->from = ucnv_open(name, &code);
    decoder->to = ucnv_open("UTF-8", &code);
    if (U_FAILURE(code))
        return code == U_MEMORY_ALLOCATION_ERROR ? ZUB_ENOMEM : ZUB_EINVAL;
    ucnv_setToUCallBack(decoder->from, replace_invalid, decoder, NULL, NULL,
                        &code);
    decoder->pivot_source = decoder->pivot_target = decoder->pivot;
    return U_FAILURE(code) ? ZUB_EINVAL : ZUB_OK;
}

zub_status zub_decoder_new(zub_decoder **out, const char *name,
                           zub_error *error)
{
    *out = NULL;
    if (ucnv_compareNames(name, "UTF-8") == 0)
        return ZUB_OK;

    zub_decoder *decoder = zub_alloc_zero(1, sizeof *decoder);
    zub_status status = decoder ? open_converters(decoder, name) : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        *out = decoder;
        return ZUB_OK;
    }
    zub_decoder_free(decoder);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    return zub_fail(error, status, "unknown encoding '%s'", name);
}

void zub_decoder_free(zub_decoder *decoder)
{
    if (!decoder)
        return;
    ucnv_close(decoder->from);
    ucnv_close(decoder->to);
    zub_free(decoder);
}

zub_status zub_decode(zub_decoder *decoder, zub_buffer *out, zub_slice bytes,
                      bool is_last, size_t *repaired)
{
    const char *source = bytes.data, *end = bytes.data + bytes.size;
    UErrorCode code;

    decoder->repaired = repaired;
    do {
        if (!zub_buffer_reserve(out, PIVOT))
            return out->status;
        char *start = out->data + out->size, *target = start;
        code = U_ZERO_ERROR;
        ucnv_convertEx(decoder->to, decoder->from, &target,
                       out->data + out->capacity - 1, &source, end,
                       decoder->pivot, &decoder->pivot_source,
                       &decoder->pivot_target, decoder->pivot + PIVOT, false,
                       is_last, &code);
        out->size += (size_t)(target - start);
        out->data[out->size] = '\0';
    } while (code == U_BUFFER_OVERFLOW_ERROR);
    return U_FAILURE(code) && code != U_TRUNCATED_CHAR_FOUND ? ZUB_ENOMEM
                                                             : ZUB_OK;
}
