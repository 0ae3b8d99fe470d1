/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentence_ends.c - for scripts/measure-sentences: reads "LANG SIZE\n" and
 * SIZE bytes of text, again and again, and answers each with a line of
 * START-END in code points. "icu" as argument: by ICU alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "text/segments.h"

static void by_zubda(zub_segmenter *segmenter, zub_slice text,
                     const char *lang)
{
    zub_segments out;

    if (zub_segment(segmenter, &out, text, 0, lang, NULL))
        exit(5);
    for (size_t i = 0; i < out.sentence_count; i++)
        printf("%zu-%zu ", out.sentences[i].span.cp_start,
               out.sentences[i].span.cp_end);
    zub_segments_release(&out);
}

static void show_trimmed(const UChar *text, int32_t start, int32_t end)
{
    while (start < end && u_isUWhiteSpace(text[start]))
        start++;
    while (start < end && u_isUWhiteSpace(text[end - 1]))
        end--;
    if (start < end)
        printf("%d-%d ", u_countChar32(text, start), u_countChar32(text, end));
}

static void by_icu(zub_slice bytes, const char *lang)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar *text = calloc(bytes.size + 1, sizeof *text);
    int32_t size = 0;
    UBreakIterator *sentences;

    u_strFromUTF8(text, (int32_t)bytes.size + 1, &size, bytes.data,
                  (int32_t)bytes.size, &code);
    sentences = ubrk_open(UBRK_SENTENCE, lang, text, size, &code);
    if (U_FAILURE(code))
        exit(5);
    for (int32_t start = 0, end; (end = ubrk_next(sentences)) != UBRK_DONE;
         start = end)
        show_trimmed(text, start, end);
    ubrk_close(sentences);
    free(text);
}

int main(int argc, char **argv)
{
    bool is_icu = argc > 1 && strcmp(argv[1], "icu") == 0;
    zub_segmenter *segmenter;
    char lang[12];
    size_t size;

    if (zub_segmenter_new(&segmenter, NULL))
        return 5;
    while (scanf("%11s %zu", lang, &size) == 2 && getchar() == '\n') {
        char *data = malloc(size + 1);
        if (!data || fread(data, 1, size, stdin) != size)
            return 3;
        if (is_icu)
            by_icu((zub_slice){data, size}, lang);
        else
            by_zubda(segmenter, (zub_slice){data, size}, lang);
        putchar('\n');
        free(data);
    }
    zub_segmenter_free(segmenter);
    return 0;
}
