/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* option.h - options as rows of a table, and the parser that reads argv by
 * it. Help, manual and completions are made from the same rows. */
#ifndef ZUB_CLI_OPTION_H
#define ZUB_CLI_OPTION_H

#include "zubda.h"

typedef enum zub_option_kind {
    ZUB_OPTION_END,    /* closes a table */
    ZUB_OPTION_FLAG,   /* bool */
    ZUB_OPTION_SWITCH, /* int: 1 --name, -1 --no-name, 0 neither */
    ZUB_OPTION_COUNT,  /* size_t, low to high */
    ZUB_OPTION_BYTES,  /* uint64_t, with K, M, G or T of 1024 */
    ZUB_OPTION_REAL,   /* double, above low, to high */
    ZUB_OPTION_RANGE,  /* size_t[2]: N-M, both from low to high; N is N-N */
    ZUB_OPTION_PART,   /* size_t[2]: I/N, I from 1 to N */
    ZUB_OPTION_AMOUNT, /* zub_amount: 3, or as a share 0.5 or 50% */
    ZUB_OPTION_CHOICE, /* int: the value of one of its choices */
    ZUB_OPTION_STRING, /* const char *, borrowed from argv */
    ZUB_OPTION_PAIR,   /* const char *[2], of two arguments */
    ZUB_OPTION_BORDER, /* size_t: its value is an operand and so is what comes
                          behind it; how many stand before it, and 1 */
    ZUB_OPTION_ALIAS,  /* `fallback` is the option it stands for */
    ZUB_OPTION_BRIEF,  /* -h */
    ZUB_OPTION_MANUAL  /* --help */
} zub_option_kind;

/* What a shell offers as the value of an option. */
typedef enum zub_offer {
    ZUB_OFFER_NOTHING,
    ZUB_OFFER_FILE,
    ZUB_OFFER_FOLDER
} zub_offer;

typedef struct zub_choice {
    const char *name; /* NULL closes the list */
    int value;
} zub_choice;

typedef struct zub_option {
    zub_option_kind kind;
    const char *name;     /* without the dashes; NULL: a letter alone */
    char letter;          /* or 0 */
    bool is_main;         /* has a line of its own in -h */
    size_t offset;        /* of its value in the settings */
    const char *metavar;  /* what help calls its value */
    const char *about;    /* half a line; no full stop */
    const char *more;     /* sentences for the manual, or NULL */
    const char *fallback; /* the value when it is not given, or NULL: zero */
    const char *needs; /* options, as they are typed but for the dashes, with
                             a space between, such as "by trend" or
                             "format=json": without one of them it does nothing,
                             which is wrong usage; NULL: none */
    const char *bare;  /* ZUB_OPTION_STRING: what the name alone means; a
                             value stands behind "=" then, or NULL */
    const zub_choice *choices;         /* of ZUB_OPTION_CHOICE */
    const char *(*name_at)(size_t i);  /* ZUB_OPTION_STRING: what it takes */
    const char *(*about_at)(size_t i); /* and what that means, or NULL */
    bool is_once;     /* ZUB_OPTION_STRING: a second one is wrong usage, for
                         it would take the place of the first */
    bool is_list;     /* ZUB_OPTION_STRING: several, with commas between */
    bool is_open;     /* ZUB_OPTION_STRING: what it takes may go on behind
                         these names; whoever takes it checks */
    double low, high; /* of numbers; high 0: no limit. Of a string, low 1: it
                         may not be empty */
    zub_offer offer;
} zub_option;

struct zub_command;

/* The command's own options from 0, then those of its shared tables; NULL
 * after the last. */
const zub_option *zub_option_at(const struct zub_command *command, size_t i);

/* The i-th value that an option takes, or NULL: any, or no more. */
const char *zub_option_value(const zub_option *option, size_t i);

/* "--by or --format json" of the options that an option needs, into `out`, cut
 * at `room`. */
void zub_option_list_needs(char *out, size_t room, const zub_option *option);

/* Takes a value, so that `--name X` is `--name=X`; not one that may be bare. */
bool zub_option_takes_value(const zub_option *option);

typedef enum zub_parsed {
    ZUB_PARSED_RUN,
    ZUB_PARSED_BRIEF,  /* -h was met first */
    ZUB_PARSED_MANUAL, /* --help was met first */
    ZUB_PARSED_WRONG   /* a usage error, in `error` */
} zub_parsed;

/* Reads `arguments` (behind the command's name) into `settings`, which has
 * command->settings_size zeroed bytes, and into `operands`, which has room
 * for `count`. Of a repeated option the last counts. Never prints. */
zub_parsed zub_options_parse(const struct zub_command *command, void *settings,
                             const char *const *arguments, size_t count,
                             const char **operands, size_t *operand_count,
                             zub_error *error);

#endif
