/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* quotes.c - see quotes.h. A quotation belongs to the sentence that says who
 * speaks, so it opens behind a word or a colon; one that opens the sentence is
 * cut like any text. No stop looks further than QUOTE_MOST. */
#include "text/quotes.h"

#include "text/classes.h"

#define QUOTE_MOST 300 /* units */
#define STOPS_MOST 3   /* rows of them, the last one among them */

/* What closes a quotation that the character opens; 0: it opens none. */
static UChar closing_of(UChar c)
{
    switch (c) {
    case '"': return '"';
    case 0xAB: return 0xBB;     /* « » */
    case 0x201C: return 0x201D; /* “ ” */
    default: return 0;
    }
}

static bool opens(const UChar *text, size_t start, size_t at)
{
    size_t before = at;

    if (closing_of(text[at]) == 0)
        return false;
    while (before > start && text[before - 1] == ' ')
        before--;
    return before > start &&
           (text[before - 1] == ':' ||
            (before < at && zub_is_letter(text[before - 1])));
}

size_t zub_quote_open(const UChar *text, size_t start, size_t at, size_t open)
{
    if (open > start && at - open <= QUOTE_MOST)
        return text[at] == closing_of(text[open]) ? start : open;
    return opens(text, start, at) ? at : start;
}

bool zub_quote_holds(const zub_place *place, size_t open)
{
    UChar closing = closing_of(place->text[open]);
    size_t end =
        place->size - open > QUOTE_MOST ? open + QUOTE_MOST : place->size;
    size_t stops = 0;

    if (open == place->start)
        return false;
    for (size_t at = open + 1; at < end; at++) {
        UChar c = place->text[at];
        if (c == closing)
            return at >= place->close;
        stops += zub_is_stop(place->rules, c) &&
                 !zub_is_stop(place->rules, place->text[at - 1]);
        if (stops > STOPS_MOST)
            return false;
    }
    return false;
}
