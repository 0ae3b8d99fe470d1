/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* items.h - the marks of items in a list within a line: "1) ... 2) ...". */
#ifndef ZUB_TEXT_ITEMS_H
#define ZUB_TEXT_ITEMS_H

#include <unicode/utypes.h>

#include "zubda.h"

typedef enum zub_item_form {
    ZUB_ITEM_NONE,
    ZUB_ITEM_STOP,         /* 1. */
    ZUB_ITEM_BRACKET,      /* 1) */
    ZUB_ITEM_STOP_BRACKET, /* 1.) */
    ZUB_ITEM_BRACKETS      /* (1) */
} zub_item_form;

typedef struct zub_item {
    unsigned value; /* the number, or the letter's code */
    zub_item_form form;
    bool is_letter;
} zub_item;

/* The mark at text[at]. */
zub_item zub_item_read(const UChar *text, size_t size, size_t at);

/* Does the next item of the same list, or a bullet, follow the space at
 * text[at]? */
bool zub_item_follows(const UChar *text, size_t size, size_t at,
                      zub_item last);

bool zub_is_bullet(UChar c);

#endif
