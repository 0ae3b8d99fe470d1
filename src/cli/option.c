/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* option.c - see option.h. A value is checked where it is read, so that a
 * command finds nothing but good settings. */
#include "cli/option.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/common.h"
#include "cli/message.h"
#include "cli/nearest.h"

#define MOST_OPTIONS 128u /* of a command */

/* What is being read: for messages, and where values go. */
typedef struct reading {
    const zub_command *command;
    char *settings;
    const char *const *arguments;
    size_t count, at;
    const char **operands;
    size_t *operand_count;
    const zub_option **given; /* [given_count], each once */
    size_t given_count;
    zub_error *error;
} reading;

/* ---- Tables ---- */

static size_t count_options(const zub_option *options)
{
    size_t count = 0;

    while (options[count].kind != ZUB_OPTION_END)
        count++;
    return count;
}

const zub_option *zub_option_at(const zub_command *command, size_t i)
{
    const zub_option *const *shared = command->shared;
    const zub_option *table = command->options;

    if (shared == NULL)
        shared = command->reads_articles ? zub_page_tables : zub_help_tables;
    for (; table != NULL; table = *shared++) {
        size_t count = count_options(table);
        if (i < count)
            return &table[i];
        i -= count;
    }
    return NULL;
}

const char *zub_option_value(const zub_option *option, size_t i)
{
    if (option->kind == ZUB_OPTION_CHOICE)
        return option->choices[i].name;
    return option->name_at != NULL ? option->name_at(i) : NULL;
}

bool zub_option_takes_value(const zub_option *option)
{
    if (option->bare != NULL)
        return false;
    switch (option->kind) {
    case ZUB_OPTION_COUNT:
    case ZUB_OPTION_BYTES:
    case ZUB_OPTION_REAL:
    case ZUB_OPTION_RANGE:
    case ZUB_OPTION_PART:
    case ZUB_OPTION_AMOUNT:
    case ZUB_OPTION_CHOICE:
    case ZUB_OPTION_STRING:
    case ZUB_OPTION_PAIR:
    case ZUB_OPTION_BORDER: return true;
    default: return false;
    }
}

static bool can_be_negated(const zub_option *option)
{
    return option->kind == ZUB_OPTION_FLAG ||
           option->kind == ZUB_OPTION_SWITCH;
}

/* ---- Values ---- */

static zub_status refuse(const reading *parser, const zub_option *option,
                         const char *value, const char *wanted)
{
    char letter[2] = {option->letter, '\0'};

    return zub_message_into(
        parser->error, ZUB_EINVAL, "%s%s takes %s, not '%.100s'",
        option->name ? "--" : "-", option->name ? option->name : letter,
        wanted, value);
}

/* "a whole number from 1 to 9", "a number above 0, to 1". */
static zub_status refuse_number(const reading *parser,
                                const zub_option *option, const char *value)
{
    char wanted[100], limit[40] = "";
    bool is_real = option->kind == ZUB_OPTION_REAL;

    if (option->high > 0)
        snprintf(limit, sizeof limit, "%s to %.15g", is_real ? "," : "",
                 option->high);
    snprintf(wanted, sizeof wanted, "%s %.15g%s",
             is_real ? "a number above" : "a whole number from", option->low,
             limit);
    return refuse(parser, option, value, wanted);
}

/* Digits only, so that no locale, sign, blank or base has a say. Returns
 * what stands behind them; NULL when there is none or they are too many. */
static const char *read_digits(const char *text, uint64_t *out)
{
    const char *at = text;
    uint64_t value = 0;

    for (; *at >= '0' && *at <= '9'; at++)
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, (uint64_t)(*at - '0'), &value))
            return NULL;
    *out = value;
    return at == text ? NULL : at;
}

static zub_status set_count(const reading *parser, const zub_option *option,
                            const char *value)
{
    uint64_t number;
    const char *end = read_digits(value, &number);

    if (end == NULL || *end != '\0' || number > SIZE_MAX ||
        (double)number < option->low ||
        (option->high > 0 && (double)number > option->high))
        return refuse_number(parser, option, value);
    *(size_t *)(void *)(parser->settings + option->offset) = (size_t)number;
    return ZUB_OK;
}

/* 10, 10K, 10KB or 10KiB: all of 1024. */
static zub_status set_bytes(const reading *parser, const zub_option *option,
                            const char *value)
{
    static const char units[] = "KMGT";
    uint64_t number;
    const char *end = read_digits(value, &number), *unit;

    if (end != NULL && *end != '\0' &&
        (unit = strchr(units, toupper((unsigned char)*end))) != NULL) {
        unsigned power = 10 * (unsigned)(unit - units + 1);

        end = number > UINT64_MAX >> power ? NULL : end + 1;
        number <<= power;
        if (end != NULL && *end == 'i')
            end++;
        if (end != NULL && *end == 'B')
            end++;
    }
    if (end == NULL || *end != '\0' || number == 0)
        return refuse(parser, option, value,
                      "a size from 1, such as 500000, 64K, 100M or 2G");
    *(uint64_t *)(void *)(parser->settings + option->offset) = number;
    return ZUB_OK;
}

static zub_status set_real(const reading *parser, const zub_option *option,
                           const char *value)
{
    char *end;
    double number;

    if (value[strspn(value, "0123456789.eE+-")] != '\0' || *value == '\0')
        return refuse_number(parser, option, value);
    number = strtod(value, &end);
    if (*end != '\0' || !(number > option->low) ||
        (option->high > 0 && number > option->high))
        return refuse_number(parser, option, value);
    *(double *)(void *)(parser->settings + option->offset) = number;
    return ZUB_OK;
}

/* "1-3" or "3". */
static zub_status set_range(const reading *parser, const zub_option *option,
                            const char *value)
{
    char wanted[100];
    uint64_t low = 0, high;
    const char *end = read_digits(value, &low);

    high = low;
    if (end != NULL && *end == '-')
        end = read_digits(end + 1, &high);
    if (end == NULL || *end != '\0' || (double)low < option->low ||
        low > high || (double)high > option->high) {
        snprintf(wanted, sizeof wanted,
                 "a number or two, such as 2 or 1-2, from %.15g to %.15g",
                 option->low, option->high);
        return refuse(parser, option, value, wanted);
    }
    size_t *range = (size_t *)(void *)(parser->settings + option->offset);
    range[0] = (size_t)low;
    range[1] = (size_t)high;
    return ZUB_OK;
}

/* "2/3". */
static zub_status set_part(const reading *parser, const zub_option *option,
                           const char *value)
{
    uint64_t which, count = 0;
    const char *end = read_digits(value, &which);

    end = end != NULL && *end == '/' ? read_digits(end + 1, &count) : NULL;
    if (end == NULL || *end != '\0' || which < 1 || which > count ||
        count > UINT32_MAX)
        return refuse(parser, option, value,
                      "a part and their number, such as 1/3, from 1/1");
    size_t *part = (size_t *)(void *)(parser->settings + option->offset);
    part[0] = (size_t)which;
    part[1] = (size_t)count;
    return ZUB_OK;
}

/* A point or a percent sign makes it a share; so 1 is one, 1.0 all. */
static bool read_amount(const char *value, zub_amount *out)
{
    size_t digits = strspn(value, "0123456789");
    size_t size = digits;
    char *end;

    if (value[size] == '.')
        size += 1 + strspn(value + size + 1, "0123456789");
    bool is_percent = value[size] == '%';
    if (size == 0 || (size == 1 && digits == 0) ||
        value[size + is_percent] != '\0')
        return false;
    out->value = strtod(value, &end) / (is_percent ? 100 : 1);
    out->is_share = is_percent || size > digits;
    return out->is_share ? out->value <= 1 : out->value <= 9e15;
}

static zub_status set_amount(const reading *parser, const zub_option *option,
                             const char *value)
{
    zub_amount amount;

    if (!read_amount(value, &amount) || !(amount.value >= option->low))
        return refuse(parser, option, value,
                      "a whole number, such as 3, or a share, such as 0.5 or "
                      "50%");
    *(zub_amount *)(void *)(parser->settings + option->offset) = amount;
    return ZUB_OK;
}

/* "text, json or jsonl (did you mean json?)" into `out`. */
static void list_values(char *out, size_t room, const zub_option *option,
                        const char *typed)
{
    zub_nearest nearest = {.typed = typed};
    size_t used = 0;
    const char *name;

    out[0] = '\0';
    for (size_t i = 0; (name = zub_option_value(option, i)) != NULL; i++) {
        const char *border = i == 0                                    ? ""
                             : zub_option_value(option, i + 1) == NULL ? " or "
                                                                       : ", ";

        zub_nearest_try(&nearest, name);
        if (used < room)
            used += (size_t)snprintf(out + used, room - used, "%s%s", border,
                                     name);
    }
    if (nearest.name != NULL && used < room)
        snprintf(out + used, room - used, " (did you mean %s?)", nearest.name);
}

/* Its place among the values, or -1 with the error set. */
static int find_value(const reading *parser, const zub_option *option,
                      const char *value)
{
    char wanted[500];
    const char *name;

    for (int i = 0; (name = zub_option_value(option, (size_t)i)) != NULL; i++)
        if (strcmp(name, value) == 0)
            return i;
    list_values(wanted, sizeof wanted, option, value);
    refuse(parser, option, value, wanted);
    return -1;
}

/* Each of a list is among the values; of no list, `text` is. */
static bool are_values(const reading *parser, const zub_option *option,
                       const char *text)
{
    char one[64];

    if (!option->is_list)
        return find_value(parser, option, text) >= 0;
    for (;;) {
        size_t size = strcspn(text, ",");
        snprintf(one, sizeof one, "%.*s", size < 63 ? (int)size : 63, text);
        if (find_value(parser, option, one) < 0)
            return false;
        if (text[size] == '\0')
            return true;
        text += size + 1;
    }
}

static zub_status set_choice(const reading *parser, const zub_option *option,
                             const char *value)
{
    int i = find_value(parser, option, value);

    if (i < 0)
        return ZUB_EINVAL;
    *(int *)(void *)(parser->settings + option->offset) =
        option->choices[i].value;
    return ZUB_OK;
}

static zub_status set_string(const reading *parser, const zub_option *option,
                             const char *value)
{
    if (option->name_at != NULL && !option->is_open &&
        !are_values(parser, option, value))
        return ZUB_EINVAL;
    if (*value == '\0' && option->low > 0)
        return zub_message_into(parser->error, ZUB_EINVAL,
                                "the value of --%s "
                                "is empty",
                                option->name);
    const char **place = (void *)(parser->settings + option->offset);
    if (option->is_once && *place != NULL)
        return zub_message_into(parser->error, ZUB_EINVAL,
                                "--%s is there twice (one in each call)",
                                option->name);
    *place = value;
    return ZUB_OK;
}

/* The first of several is the border. */
static zub_status set_border(const reading *parser, const zub_option *option,
                             const char *value)
{
    size_t *border = (size_t *)(void *)(parser->settings + option->offset);

    if (*border == 0)
        *border = *parser->operand_count + 1;
    parser->operands[(*parser->operand_count)++] = value;
    return ZUB_OK;
}

static zub_status set_value(const reading *parser, const zub_option *option,
                            const char *value)
{
    switch (option->kind) {
    case ZUB_OPTION_COUNT: return set_count(parser, option, value);
    case ZUB_OPTION_BYTES: return set_bytes(parser, option, value);
    case ZUB_OPTION_REAL: return set_real(parser, option, value);
    case ZUB_OPTION_RANGE: return set_range(parser, option, value);
    case ZUB_OPTION_PART: return set_part(parser, option, value);
    case ZUB_OPTION_AMOUNT: return set_amount(parser, option, value);
    case ZUB_OPTION_CHOICE: return set_choice(parser, option, value);
    case ZUB_OPTION_BORDER: return set_border(parser, option, value);
    default: return set_string(parser, option, value);
    }
}

static void set_flag(const reading *parser, const zub_option *option, bool on)
{
    char *place = parser->settings + option->offset;

    if (option->kind == ZUB_OPTION_FLAG)
        *(bool *)(void *)place = on;
    else
        *(int *)(void *)place = on ? 1 : -1;
}

/* ---- Which were given ---- */

static bool is_given(const reading *parser, const zub_option *option)
{
    for (size_t i = 0; i < parser->given_count; i++)
        if (parser->given[i] == option)
            return true;
    return false;
}

static void give(reading *parser, const zub_option *option)
{
    if (!is_given(parser, option) && parser->given_count < MOST_OPTIONS)
        parser->given[parser->given_count++] = option;
}

/* By its opposite. */
static void take_back(reading *parser, const zub_option *option)
{
    size_t kept = 0;

    for (size_t i = 0; i < parser->given_count; i++)
        if (parser->given[i] != option)
            parser->given[kept++] = parser->given[i];
    parser->given_count = kept;
}

/* ---- Names ---- */

static const zub_option *find_name(const reading *parser, const char *name,
                                   size_t size)
{
    const zub_option *option;

    for (size_t i = 0; (option = zub_option_at(parser->command, i)); i++)
        if (option->name != NULL && strlen(option->name) == size &&
            memcmp(option->name, name, size) == 0)
            return option;
    return NULL;
}

static const zub_option *find_letter(const reading *parser, char letter)
{
    const zub_option *option;

    for (size_t i = 0; (option = zub_option_at(parser->command, i)); i++)
        if (option->letter == letter)
            return option;
    return NULL;
}

/* --no-quiet is off for --quiet, --position is off for --no-position. */
static const zub_option *find_opposite(const reading *parser, const char *name,
                                       size_t size)
{
    char other[72];
    const zub_option *option;

    if (size > 3 && memcmp(name, "no-", 3) == 0) {
        option = find_name(parser, name + 3, size - 3);
    } else if (size < 64) {
        memcpy(other, "no-", 3);
        memcpy(other + 3, name, size);
        option = find_name(parser, other, size + 3);
    } else {
        return NULL;
    }
    return option != NULL && can_be_negated(option) ? option : NULL;
}

static zub_status unknown_option(const reading *parser, const char *name,
                                 size_t size)
{
    char typed[72];
    zub_nearest nearest = {.typed = typed};
    const zub_option *option;

    snprintf(typed, sizeof typed, "%.*s", size < 64 ? (int)size : 64, name);
    for (size_t i = 0; (option = zub_option_at(parser->command, i)); i++)
        if (option->name != NULL)
            zub_nearest_try(&nearest, option->name);
    if (nearest.name != NULL)
        return zub_message_into(parser->error, ZUB_EINVAL,
                                "unknown option "
                                "'--%s' (did you mean '--%s'?)",
                                typed, nearest.name);
    return zub_message_into(parser->error, ZUB_EINVAL,
                            "unknown option '--%s' "
                            "(see zubda %s -h)",
                            typed, parser->command->name);
}

/* ---- Arguments ---- */

/* The value behind an option without "=": the next argument. */
static const char *next_value(reading *parser, const zub_option *option)
{
    char letter[2] = {option->letter, '\0'};

    if (parser->at < parser->count)
        return parser->arguments[parser->at++];
    zub_message_into(parser->error, ZUB_EINVAL, "%s%s needs a value (%s)",
                     option->name ? "--" : "-",
                     option->name ? option->name : letter, option->metavar);
    return NULL;
}

/* "format=json" of an alias. */
static zub_status apply_alias(reading *parser, const char *meaning)
{
    const char *value = strchr(meaning, '=');
    const zub_option *option =
        find_name(parser, meaning, (size_t)(value - meaning));

    give(parser, option);
    return set_value(parser, option, value + 1);
}

/* An option that takes no value. */
static zub_parsed apply_plain(reading *parser, const zub_option *option)
{
    switch (option->kind) {
    case ZUB_OPTION_BRIEF: return ZUB_PARSED_BRIEF;
    case ZUB_OPTION_MANUAL: return ZUB_PARSED_MANUAL;
    case ZUB_OPTION_ALIAS:
        return apply_alias(parser, option->fallback) == ZUB_OK
                   ? ZUB_PARSED_RUN
                   : ZUB_PARSED_WRONG;
    default:
        set_flag(parser, option, true);
        give(parser, option);
        return ZUB_PARSED_RUN;
    }
}

static zub_parsed apply_value(reading *parser, const zub_option *option,
                              const char *value)
{
    if (value == NULL)
        value = next_value(parser, option);
    if (value == NULL || set_value(parser, option, value) != ZUB_OK)
        return ZUB_PARSED_WRONG;
    give(parser, option);
    if (option->kind != ZUB_OPTION_PAIR)
        return ZUB_PARSED_RUN;
    const char *second = next_value(parser, option);
    ((const char **)(void *)(parser->settings + option->offset))[1] = second;
    return second != NULL ? ZUB_PARSED_RUN : ZUB_PARSED_WRONG;
}

/* `text` stands behind "--". */
static zub_parsed parse_long(reading *parser, const char *text)
{
    size_t size = strcspn(text, "=");
    const char *value = text[size] == '=' ? text + size + 1 : NULL;
    const zub_option *option = find_name(parser, text, size), *opposite = NULL;

    if (option == NULL)
        opposite = find_opposite(parser, text, size);
    if (option == NULL && opposite == NULL) {
        unknown_option(parser, text, size);
        return ZUB_PARSED_WRONG;
    }
    if (option != NULL && option->bare != NULL)
        return apply_value(parser, option, value ? value : option->bare);
    if (option != NULL && zub_option_takes_value(option))
        return apply_value(parser, option, value);
    if (value != NULL) {
        zub_message_into(parser->error, ZUB_EINVAL, "--%.*s takes no value",
                         (int)size, text);
        return ZUB_PARSED_WRONG;
    }
    if (option != NULL)
        return apply_plain(parser, option);
    set_flag(parser, opposite, false);
    take_back(parser, opposite);
    return ZUB_PARSED_RUN;
}

/* `text` stands behind "-": letters, the last of them perhaps with its value
 * in the same argument. */
static zub_parsed parse_letters(reading *parser, const char *text)
{
    for (; *text != '\0'; text++) {
        const zub_option *option = find_letter(parser, *text);
        zub_parsed parsed;

        if (option == NULL) {
            zub_message_into(parser->error, ZUB_EINVAL,
                             "unknown option "
                             "'-%.4s' (see zubda %s -h)",
                             text, parser->command->name);
            return ZUB_PARSED_WRONG;
        }
        if (zub_option_takes_value(option))
            return apply_value(parser, option, text[1] ? text + 1 : NULL);
        parsed = apply_plain(parser, option);
        if (parsed != ZUB_PARSED_RUN)
            return parsed;
    }
    return ZUB_PARSED_RUN;
}

/* ---- What does nothing alone ---- */

static bool is_text(const char *text, const char *other, size_t size)
{
    return strlen(text) == size && memcmp(text, other, size) == 0;
}

/* Whether that is the value of an option, or one of those that it lists. */
static bool has_value(const reading *parser, const zub_option *option,
                      const char *value, size_t size)
{
    const void *place = parser->settings + option->offset;

    if (option->kind == ZUB_OPTION_CHOICE) {
        const zub_choice *choice = option->choices;
        while (choice->name != NULL && choice->value != *(const int *)place)
            choice++;
        return choice->name != NULL && is_text(choice->name, value, size);
    }
    const char *at = *(const char *const *)place;
    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, ",");
        if (length == size && memcmp(at, value, size) == 0)
            return true;
        at += length + (at[length] == ',');
    }
    return false;
}

/* `need` is "name" or "name=value", `size` bytes. */
static bool is_met(const reading *parser, const char *need, size_t size)
{
    size_t name = strcspn(need, "= ");
    const zub_option *option = find_name(parser, need, name);

    return name == size
               ? is_given(parser, option)
               : has_value(parser, option, need + name + 1, size - name - 1);
}

static bool has_needs(const reading *parser, const zub_option *option)
{
    for (const char *at = option->needs; at != NULL && *at != '\0';) {
        size_t size = strcspn(at, " ");
        if (is_met(parser, at, size))
            return true;
        at += size + strspn(at + size, " ");
    }
    return option->needs == NULL;
}

void zub_option_list_needs(char *out, size_t room, const zub_option *option)
{
    size_t used = 0;

    out[0] = '\0';
    for (const char *at = option->needs; *at != '\0' && used < room;) {
        size_t size = strcspn(at, " "), name = strcspn(at, "= ");
        bool has_more = at[size] != '\0';
        const char *border = at == option->needs ? ""
                             : has_more          ? ", "
                                                 : " or ";
        used += (size_t)snprintf(out + used, room - used, "%s--%.*s%s%.*s",
                                 border, (int)name, at, name < size ? " " : "",
                                 name < size ? (int)(size - name - 1) : 0,
                                 at + name + (name < size));
        at += size + has_more;
    }
}

static zub_parsed check_needs(const reading *parser)
{
    char needs[200];

    for (size_t i = 0; i < parser->given_count; i++) {
        const zub_option *option = parser->given[i];
        if (has_needs(parser, option))
            continue;
        zub_option_list_needs(needs, sizeof needs, option);
        zub_message_into(parser->error, ZUB_EINVAL,
                         "--%s does nothing without %s", option->name, needs);
        return ZUB_PARSED_WRONG;
    }
    return ZUB_PARSED_RUN;
}

static void set_fallbacks(const reading *parser)
{
    const zub_option *option;

    for (size_t i = 0; (option = zub_option_at(parser->command, i)); i++)
        if (option->fallback != NULL && option->kind != ZUB_OPTION_ALIAS)
            set_value(parser, option, option->fallback);
}

/* A - alone is standard input, and one before a space or a letter beyond ASCII
 * is that of a text, for no option is called so. */
static bool looks_like_option(const char *argument)
{
    unsigned char next =
        (unsigned char)argument[0] == '-' ? (unsigned char)argument[1] : '\0';

    return next > ' ' && next < 0x80;
}

/* Behind the first operand of a command that asks in words: one argument with
 * white space in it, or with a letter first that is no option's. */
static bool is_question(const reading *parser, const char *argument)
{
    return parser->command->asks_in_words && *parser->operand_count > 0 &&
           argument[1] != '-' &&
           (strpbrk(argument, " \t\n") != NULL ||
            find_letter(parser, argument[1]) == NULL);
}

zub_parsed zub_options_parse(const zub_command *command, void *settings,
                             const char *const *arguments, size_t count,
                             const char **operands, size_t *operand_count,
                             zub_error *error)
{
    const zub_option *given[MOST_OPTIONS];
    reading parser = {.command = command,
                      .given = given,
                      .settings = settings,
                      .count = count,
                      .arguments = arguments,
                      .operands = operands,
                      .operand_count = operand_count,
                      .error = error};
    zub_parsed parsed = ZUB_PARSED_RUN;
    bool options_are_over = false;

    *operand_count = 0;
    set_fallbacks(&parser);
    while (parser.at < count && parsed == ZUB_PARSED_RUN) {
        const char *argument = arguments[parser.at++];

        if (options_are_over || !looks_like_option(argument) ||
            is_question(&parser, argument))
            operands[(*operand_count)++] = argument;
        else if (strcmp(argument, "--") == 0)
            options_are_over = true;
        else if (argument[1] == '-')
            parsed = parse_long(&parser, argument + 2);
        else
            parsed = parse_letters(&parser, argument + 1);
    }
    return parsed == ZUB_PARSED_RUN ? check_needs(&parser) : parsed;
}
