/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* expression.c - see expression.h. ICU matches UTF-16 several times faster
 * than it reads UTF-8 through a UText, so a text is converted, and places are
 * found again by walking on from the last match.
 * Invariant: `unit` and `byte` are the same place. */
#include "text/expression.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

#define TEXT_MOST ((size_t)1 << 30)
#define STEPS_A_TICK 10000u /* of ICU's time limit */

struct zub_expression {
    URegularExpression *regex;
    UChar *units; /* of the text */
    size_t capacity;
    zub_slice text;
    size_t unit, byte;
    uint64_t steps;
};

/* What ICU says, in words. */
static const struct reason {
    UErrorCode code;
    const char *words;
} reasons[] = {
    {U_REGEX_RULE_SYNTAX, "it does not go on like this"},
    {U_REGEX_BAD_ESCAPE_SEQUENCE, "there is no such escape"},
    {U_REGEX_PROPERTY_SYNTAX, "there is no such property"},
    {U_REGEX_UNIMPLEMENTED, "ICU does not know this"},
    {U_REGEX_MISMATCHED_PAREN, "a parenthesis has no partner"},
    {U_REGEX_NUMBER_TOO_BIG, "the number is too large"},
    {U_REGEX_BAD_INTERVAL, "the {} is wrong"},
    {U_REGEX_MAX_LT_MIN, "in {} the second number is the smaller"},
    {U_REGEX_INVALID_BACK_REF, "there is no such group"},
    {U_REGEX_INVALID_FLAG, "there is no such flag"},
    {U_REGEX_LOOK_BEHIND_LIMIT, "what is looked behind at has no limit"},
    {U_REGEX_MISSING_CLOSE_BRACKET, "a [ is not closed"},
    {U_REGEX_INVALID_RANGE, "a range in [] goes backwards"},
    {U_REGEX_PATTERN_TOO_BIG, "it is too long"},
    {U_REGEX_INVALID_CAPTURE_GROUP_NAME, "a group's name is none"},
    {U_REGEX_INTERNAL_ERROR, "brackets stand too deep within each other"},
};

static const char *reason_of(UErrorCode code)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].words;
    return u_errorName(code);
}

static zub_status too_long(zub_error *error)
{
    return zub_fail(error, ZUB_ELIMIT,
                    "regular expressions take texts of less than 1 GiB");
}

/* The text in UTF-16; invalid bytes are U+FFFD, as zub_utf8_next has them. */
static zub_status convert(zub_expression *expression, zub_slice text,
                          int32_t *size, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;

    if (text.size >= TEXT_MOST)
        return too_long(error);
    if (!zub_grow(&expression->units, &expression->capacity, text.size + 1,
                  sizeof *expression->units))
        return zub_fail_memory(error);
    u_strFromUTF8WithSub(expression->units, (int32_t)text.size + 1, size,
                         text.size ? text.data : "", (int32_t)text.size,
                         0xFFFD, NULL, &code);
    return U_FAILURE(code) ? zub_fail_memory(error) : ZUB_OK;
}

static zub_status refuse(UErrorCode code, const UParseError *where,
                         zub_error *error)
{
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return zub_fail_memory(error);
    return zub_fail(error, ZUB_EINVAL,
                    "not a regular expression: at character %d of line %d %s "
                    "(a \\ makes a sign a letter)",
                    where->offset, where->line, reason_of(code));
}

/* Whether it is found where there is nothing. */
static zub_status refuse_empty(zub_expression *expression, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    zub_status status = zub_expression_begin(expression, (zub_slice){"", 0},
                                             (uint64_t)1 << 20, error);

    if (status != ZUB_OK)
        return status;
    if (uregex_find(expression->regex, 0, &code))
        return zub_fail(error, ZUB_EINVAL,
                        "the regular expression matches the empty text, so "
                        "it is everywhere (try + for *)");
    return code == U_MEMORY_ALLOCATION_ERROR ? zub_fail_memory(error) : ZUB_OK;
}

static zub_status compile(zub_expression *expression, zub_slice pattern,
                          zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    UParseError where = {0};
    int32_t size = 0;
    zub_status status = convert(expression, pattern, &size, error);

    if (status != ZUB_OK)
        return status;
    if (size == 0)
        return zub_fail(error, ZUB_EINVAL,
                        "the pattern is empty (name a word)");
    expression->regex = uregex_open(expression->units, size, 0, &where, &code);
    if (U_FAILURE(code))
        return refuse(code, &where, error);
    return refuse_empty(expression, error);
}

zub_status zub_expression_new(zub_expression **out, zub_slice pattern,
                              zub_error *error)
{
    zub_expression *expression = zub_alloc_zero(1, sizeof *expression);

    *out = NULL;
    if (!expression)
        return zub_fail_memory(error);
    zub_status status = compile(expression, pattern, error);
    if (status != ZUB_OK) {
        zub_expression_free(expression);
        return status;
    }
    *out = expression;
    return ZUB_OK;
}

void zub_expression_free(zub_expression *expression)
{
    if (!expression)
        return;
    if (expression->regex)
        uregex_close(expression->regex);
    zub_free(expression->units);
    zub_free(expression);
}

/* ---- Matching ---- */

zub_status zub_expression_begin(zub_expression *expression, zub_slice text,
                                uint64_t steps, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;
    uint64_t ticks = steps / STEPS_A_TICK + 1;
    int32_t size = 0;
    zub_status status = convert(expression, text, &size, error);

    if (status != ZUB_OK)
        return status;
    expression->text = text;
    expression->unit = expression->byte = 0;
    expression->steps = steps;
    uregex_setText(expression->regex, expression->units, size, &code);
    uregex_setTimeLimit(expression->regex,
                        ticks < INT32_MAX ? (int32_t)ticks : INT32_MAX, &code);
    return U_FAILURE(code) ? zub_fail_memory(error) : ZUB_OK;
}

/* The byte of a unit at or behind the last one asked for. */
static size_t find_byte(zub_expression *expression, int32_t unit)
{
    zub_slice text = expression->text;

    while (expression->unit < (size_t)unit && expression->byte < text.size) {
        uint32_t c =
            zub_utf8_next(text.data, text.size, &expression->byte, NULL);
        expression->unit += U16_LENGTH(c);
    }
    return expression->byte;
}

static zub_status give_up(const zub_expression *expression, UErrorCode code,
                          zub_error *error)
{
    if (code == U_REGEX_TIME_OUT)
        return zub_fail(error, ZUB_ELIMIT,
                        "the regular expression takes more than %llu steps "
                        "(repeat less within what is repeated, or allow "
                        "more steps)",
                        (unsigned long long)expression->steps);
    if (code == U_REGEX_STACK_OVERFLOW)
        return zub_fail(error, ZUB_ELIMIT,
                        "the regular expression takes more than 8 MB to "
                        "remember where it was (repeat less)");
    return zub_fail_memory(error);
}

zub_status zub_expression_next(zub_expression *expression, size_t *start,
                               size_t *end, zub_error *error)
{
    UErrorCode code = U_ZERO_ERROR;

    *start = *end = 0;
    while (uregex_findNext(expression->regex, &code)) {
        int32_t from = uregex_start(expression->regex, 0, &code);
        int32_t to = uregex_end(expression->regex, 0, &code);
        if (U_FAILURE(code) || from == to)
            continue;
        *start = find_byte(expression, from);
        *end = find_byte(expression, to);
        return ZUB_OK;
    }
    return U_FAILURE(code) ? give_up(expression, code, error) : ZUB_OK;
}
