/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* words.c - see words.h. ICU knows no word of most languages beyond the common
 * rules, but opening an iterator costs more than segmenting an article, so
 * they are kept by language. */
#include "text/words.h"

#include <string.h>

#include "base/error.h"

void zub_words_init(zub_words *words)
{
    memset(words, 0, sizeof *words);
}

void zub_words_release(zub_words *words)
{
    for (size_t i = 0; i < ZUB_WORD_ITERATORS; i++)
        ubrk_close(words->slots[i].iterator);
    zub_words_init(words);
}

static UBreakIterator *find(const zub_words *words, const char *lang)
{
    for (size_t i = 0; i < ZUB_WORD_ITERATORS; i++)
        if (words->slots[i].iterator &&
            strcmp(words->slots[i].lang, lang) == 0)
            return words->slots[i].iterator;
    return NULL;
}

zub_status zub_words_choose(zub_words *words, const char *lang,
                            zub_error *error)
{
    char tag[sizeof words->slots[0].lang] = "";
    UErrorCode code = U_ZERO_ERROR;
    UBreakIterator *iterator;

    memcpy(tag, lang, strnlen(lang, sizeof tag - 1));
    iterator = find(words, tag);
    if (!iterator) {
        iterator = ubrk_open(UBRK_WORD, tag, NULL, 0, &code);
        if (U_FAILURE(code))
            return zub_fail(error, ZUB_ENOMEM,
                            "cannot open the word rules of '%s': %s", tag,
                            u_errorName(code));
        ubrk_close(words->slots[words->next].iterator);
        words->slots[words->next].iterator = iterator;
        memcpy(words->slots[words->next].lang, tag, sizeof tag);
        words->next = (words->next + 1) % ZUB_WORD_ITERATORS;
    }
    words->current = iterator;
    return ZUB_OK;
}

zub_status zub_words_begin(zub_words *words, const UChar *text, size_t size)
{
    UErrorCode code = U_ZERO_ERROR;

    words->text = text;
    words->size = size;
    words->at = 0;
    ubrk_setText(words->current, text, (int32_t)size, &code);
    return U_FAILURE(code) ? ZUB_ENOMEM : ZUB_OK;
}

bool zub_words_next(zub_words *words, size_t *start, size_t *end)
{
    int32_t to;

    while ((to = ubrk_next(words->current)) != UBRK_DONE) {
        size_t from = words->at;
        words->at = (size_t)to;
        if (words->text[from] == ' ' ||
            ubrk_getRuleStatus(words->current) < UBRK_WORD_NONE_LIMIT)
            continue;
        *start = from;
        *end = words->at;
        return true;
    }
    return false;
}

bool zub_words_failed(const zub_words *words)
{
    return words->at != words->size;
}
