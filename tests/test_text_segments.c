/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Paragraphs, sentences and words: what they should be, and what holds for
 * any bytes. */
#include "segment_laws.h"
#include "test.h"

#include <stdlib.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <unicode/uchar.h>

#include "base/buffer.h"
#include "text/classes.h"
#include "text/place.h"
#include "text/space.h"

static zub_segmenter *segmenter;

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static zub_segments segment(zub_slice text, size_t body, const char *lang)
{
    zub_segments out;
    const char *law;

    CHECK_INT(zub_segment(segmenter, &out, text, body, lang, NULL), ZUB_OK);
    law = broken_segment_law(&out, text, body);
    if (law)
        printf("# broken (%s): %s\n", lang, law);
    CHECK(law == NULL);
    return out;
}

/* A text with a bar where a sentence should end; headings begin with '#'. */
typedef struct {
    const char *lang, *text;
} example;

static void check_example(const example *e)
{
    zub_buffer plain, got;
    zub_segments out;

    zub_buffer_init(&plain, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
    for (const char *c = e->text; *c; c++)
        if (*c != '|' && *c != '#')
            zub_buffer_add_char(&plain, *c);
    out = segment(zub_buffer_slice(&plain), 0, e->lang);
    for (size_t i = 0; i < out.sentence_count; i++) {
        const zub_sentence *s = &out.sentences[i];
        size_t from = i ? s[-1].span.end : 0;
        zub_buffer_add(&got, plain.data + from, s->span.start - from);
        if (i)
            zub_buffer_add_char(&got, '|');
        if (s->is_heading)
            zub_buffer_add_char(&got, '#');
        zub_buffer_add(&got, plain.data + s->span.start,
                       s->span.end - s->span.start);
    }
    if (out.sentence_count)
        zub_buffer_add(
            &got, plain.data + out.sentences[out.sentence_count - 1].span.end,
            plain.size - out.sentences[out.sentence_count - 1].span.end);
    zub_buffer_add_char(&got, '\0');
    CHECK_STR(got.data, e->text);
    zub_segments_release(&out);
    zub_buffer_release(&plain);
    zub_buffer_release(&got);
}

static void check_examples(const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_example(&examples[i]);
}

static void abbreviations_and_initials_end_no_sentence(void)
{
    static const example examples[] = {
        {"en", "Mr. Hill met Dr. A. B. Wood. |They talked."},
        {"en", "See No. 5 and p. 12. |He said no. |Then he left."},
        {"en",
         "On Jan. 20 the U.S. Senate met. |She left the U.S. |He stayed."},
        {"en", "He came at 6 P.M. |Mrs. Hill came later."},
        {"de", "Wir haben z. B. Brot, u.a. Roggen, usw. |Und Dr. med. Amsel?"},
        {"fr", "M. Petit a vu Mme Roux. |Il habite av. 3."},
        {"ru", "А. С. Иванов живет на ул. Садовой. |Был г. Тверь."},
        {"ru", "Он родился в 1898 г. |Потом уехал."},
        {"ar", "وصل د. سامي. |انظر ص. 5 من الكتاب."},
        {"ta", "என். குமார் வந்தார். |அவர் பேசினார்."},
        {"he", "הוא גר בארה\"ב. |היא גרה כאן."},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void numbers_keep_their_full_stops(void)
{
    static const example examples[] = {
        {"en", "It rose by 3.5 to 1.000 in 1995. |25 people came."},
        {"de", "Am 3. Oktober kam Karl IV. Otto. |Es war 1995. |Er ging."},
        {"en", "On page 3. |Then he left."},
        {"ja", "３．５％です。|次です。"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void what_is_glued_to_a_full_stop_begins_anew(void)
{
    static const example examples[] = {
        {"en", "This is the end.|Next comes more. |Write to Jane.Doe@a.org."},
        {"en", "Read www.example.com or Node.js now."},
        {"ar", "نزل المطر أمس.|بدأت الحياة من جديد."},
        {"ar", "عاش في سنة 300 ق.م تقريبا."},
        {"en", "Really?|Yes. |See a.org/x?y=z for more."},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void quotes_and_brackets_stay_with_their_sentence(void)
{
    static const example examples[] = {
        {"en", "\"He left.\" |She (only she) stayed. |(All saw it.)"},
        {"en", "\"Why?\" he asked. |“No!” |‘Yes.’"},
        {"ar", "قال: «انتهى الأمر.» |ثم خرج."},
        {"nl", ",, Ik ga. '' |Hij bleef."},
        {"zh", "他说：“好。”|她走了。|“来！”|完。"},
        {"en", "So it is.[1][2] |But not here. [3] |Nor [...] there."},
        {"en", "It is a word.12 |Another one."},
        {"en", "Good. :-) |Bad!"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void every_script_has_its_stops(void)
{
    static const example examples[] = {
        {"ar", "هل وصل الوفد؟ |نعم وصل! |انتهى"},
        {"ar", "مساء... خبر عاجل"},
        {"ar", "استمرت الجلسة حتى ساعة متأخرة من الليل أمس؛ |ثم رفعت."},
        {"ur", "یہ ایک جملہ ہے۔ |یہ دوسرا ہے۔"},
        {"hi", "यह पहला है। |यह दूसरा है॥ |क्या?"},
        {"am", "ሰላም።|እንዴት ነህ፧|ደህና"},
        {"hy", "Սա մեկն է։ |Սա երկուսն է: |Բայց. ոչ:"},
        {"el", "Τι είναι; |Δεν ξέρω."},
        {"ja", "はい。|いいえ！|なぜ？|さあ"},
        {"my", "နေကောင်းလား။ |ကောင်းပါတယ်။"},
        {"ko", "정말 좋아요 |다시 갑니다 |중요 인물은 없다."},
        {"th", "เมื่อวานนี้ฉันไปตลาดกับเพื่อน |เขาซื้อผลไม้และปลาหลายอย่างมาก "
               "และกลับบ้าน"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void items_of_a_list_are_sentences(void)
{
    static const example examples[] = {
        {"en", "1. Wash it. |2. Dry it."},
        {"en", "1) wash it |2) dry it |3) fold it"},
        {"en", "a. wash it |b. dry it"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void bullets_stand_before_sentences(void)
{
    static const example examples[] = {
        {"en", "• wash it • |dry it"},
        {"en", "- Wash it well. |Rinse it.\n- |Dry it in the sun.\n"},
        {"en", "·Wash it well.\n* |Dry it in the sun.\n"},
        {"ar", "- وصل الوفد إلى المدينة.\n· |ثم بدأ الاجتماع.\n"
               "|(3) وانتهى بعد ساعة.\n"},
        {"en", "-5 degrees are cold.\n|- \n|*Really* cold.\n"},
        {"fr", "— Il fait froid, dit-elle.\n"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void notes_join_the_sentence_before(void)
{
    static const example examples[] = {
        {"ar", "كتب الرحالة عن المدينة.[4]\n[5]\n|ثم عاد إلى بلده.\n"},
        {"en", "So it was then.\n[12] [13]\n|But not now.\n"},
        {"ar", "انتهى العرض. ] |ثم خرج الجمهور."},
        {"en", "It rained. . |It was cold. (34). |They left."},
        {"en", "#[7]\n|Nothing before it.\n"},
        {"en", "It was late.\n|#[17/2/2011]\n|They met again at noon.\n"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void a_question_mark_within_a_word_ends_nothing(void)
{
    static const example examples[] = {
        {"en", "Nobody knows what?is lost here. |Oh!no matter."},
        {"ar", "كان المسافر?ن في الطريق. |ثم وصلوا!إلى القرية."},
        {"ar", "هل وصل المسافرون؟|نعم وصلوا."},
        {"ja", "本当ですか?|はい!|終わり。"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void arabic_keeps_short_quotations_whole(void)
{
    static const example examples[] = {
        {"ar", "قال المدير: «نفتح الباب غدا. لن نتأخر عن الموعد.» |ثم خرج."},
        {"ar", "قالت الطبيبة \"هو بخير. سيعود غدا\" وابتسمت. |ثم خرجت."},
        {"ar", "سأل المعلم: “من فعل هذا؟ من كسر الباب؟” |لم يجب أحد."},
        {"ar", "«هو بخير. |سيعود غدا» قالت الطبيبة."},
        {"ar",
         "قال: «واحد هنا. |اثنان هنا. |ثلاثة هنا. |أربعة هنا.» |ثم خرج."},
        {"ar", "قال: «لم تنته الجملة. |ثم خرج."},
        {"en", "He said: “Come in. |Sit down.” |She did."},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void arabic_ends_at_units_marks_and_brackets(void)
{
    static const example examples[] = {
        {"ar", "تأسست الشركة سنة 1933 م. |وكانت صغيرة."},
        {"ar", "افتتح المصنع سنة 1954.|من هنا بدأت القصة .|ثم كبر \"المصنع\""
               ".|وكان عدد عماله 12.5 ألفا."},
        {"ar", "صنعته شركة أي.بي.أم في 3.5 سنة."},
        {"ar",
         "نزل المطر أمس.|الدّنيا باردة. |ظهر الهلال (صباحا).|نام الجميع."},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void lines_are_paragraphs_unless_wrapped(void)
{
    static const example examples[] = {
        {"en", "One line\n|Another line\n\n|A third"},
        {"en", "This sentence was\ncut off in the middle."},
        {"en", "The quick brown fox jumps over the lazy dog\n"
               "and then it goes to Berlin to find another\n"
               "Fox to play with. |That one was asleep and\n"
               "did not wake up.\n"
               "|Later both of them went home to Paris to eat\n"
               "and to sleep.\n"},
        {"ar", "أعلنت الوزارة اليوم أن العمل في الطريق الجديد\n"
               "سيبدأ في مطلع العام القادم وأن المشروع يحتاج\n"
               "إلى سنتين على الأقل. |وقال الوزير إن الطريق\n"
               "سيربط المدينتين.\n"},
        {"en", "a\r\n|b\r|c\xE2\x80\xA8|d\xC2\x85|e\v|f\f|g"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void headings_are_marked(void)
{
    static const example examples[] = {
        {"ar", "انتهى اللقاء أمس.\n|#ردود الفعل\n|رحب الجميع بالنتائج.\n"},
        {"en", "#One\n\n|#Two\n\n|The text is here.\n"},
        {"en", "The text is here.\n|The last line is no heading\n"},
        {"en", "The text is here.\n|#More of it\n"},
        {"ar", "#أبرز ما في الخطة:\n|تبدأ الخطة في مطلع العام القادم.\n"},
        {"ar", "#نشأة الزراعة.\n|عرف الإنسان الزراعة منذ آلاف السنين حين "
               "استقر على ضفاف الأنهار وبدأ يزرع القمح والشعير في الأرض.\n"},
        {"ar", "نشأت الزراعة.\n|ثم تطورت.\n"},
        {"en", "— No way\n|— That is what they said to each other.\n"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void short_items_of_a_list_are_like_headings(void)
{
    static const example examples[] = {
        {"en", "#eggs\n|#milk\n|#bread\n|That is the list.\n"},
        {"ar", "مثلت في ثلاثة أعمال معروفة.\n|#فيلم الجبل 1965\n|#فيلم البحر "
               "1970\n|#مسرحية الريح 1981\n"},
        {"en", "We heard three things today.\n- |the bridge over the river "
               "will be closed for repairs\n- |#tolls rise\n- |#no ferries\n"},
        {"en", "eggs\n|milk\n|bread\n"},
        {"en", "Hello there\n"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void notices_of_copyright_are_like_headings(void)
{
    static const example examples[] = {
        {"ar", "انتهى اللقاء أمس.\n|#جميع الحقوق محفوظة © 2025\n"},
        {"en", "They left early.\n|#© 2025 A Paper. |#All Rights Reserved.\n"},
        {"en",
         "The court held that the words all rights reserved had no "
         "force of their own, because the law of the land had long since "
         "given authors every right.\n"},
    };
    check_examples(examples, sizeof examples / sizeof *examples);
}

static void offsets_count_in_the_text_as_given(void)
{
    zub_slice text =
        slice("\xEF\xBB\xBFT\n\n\xE2\x82\xACx \xFF yy. \xF0\x9F\x98\x80Z");
    zub_segments out = segment(text, 6, "en");

    CHECK_INT(out.sentence_count, 2);
    CHECK_INT(out.sentences[0].span.start, 6);
    CHECK_INT(out.sentences[0].span.cp_start, 4);
    CHECK_INT(out.sentences[0].span.end, 16);
    CHECK_INT(out.sentences[0].span.cp_end, 12);
    CHECK_INT(out.sentences[1].span.end, text.size);
    CHECK_INT(out.word_count, 3);
    CHECK_INT(out.words[2].span.cp_start, 14);
    CHECK_INT(out.repaired, 1);
    zub_segments_release(&out);
}

static void nothing_gives_nothing(void)
{
    static const char *const texts[] = {"", " ", "\n\n\t\r", "\xC2\xA0"};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_segments out = segment(slice(texts[i]), 0, "ar");
        CHECK_INT(out.sentence_count, 0);
        CHECK_INT(out.paragraph_count, 0);
        zub_segments_release(&out);
    }
}

static void a_text_of_two_gib_is_too_long(void)
{
    zub_segments out;
    zub_error error;
    zub_slice text = {"", (size_t)1 << 31};

    CHECK_INT(zub_segment(segmenter, &out, text, 0, "en", &error), ZUB_ELIMIT);
    CHECK_INT(out.sentence_count, 0);
    CHECK(strstr(error.message, "2147483648") != NULL);
}

/* ---- Laws on random text ---- */

static uint64_t seed = 20240229;

static uint32_t roll(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

static const char *const langs[] = {"und", "ar", "en", "de", "el", "fa", "he",
                                    "hy",  "ja", "ko", "ru", "ta", "th", "zh"};

static const char *random_lang(void)
{
    return langs[roll(sizeof langs / sizeof *langs)];
}

static void random_bytes_keep_the_laws(void)
{
    char bytes[300];

    for (int round = 0; round < 3000; round++) {
        size_t size = roll(sizeof bytes);
        zub_segments out;
        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)(roll(3) ? roll(256) : roll(64));
        out = segment((zub_slice){bytes, size}, 0, random_lang());
        zub_segments_release(&out);
    }
}

/* Characters that rules look at, and some of every script. */
static uint32_t random_character(void)
{
    static const uint32_t blocks[] = {0x20,   0x600,  0x400,  0x5D0,
                                      0x900,  0xE00,  0x2010, 0x3000,
                                      0x4E00, 0xAC00, 0x1F600};
    static const char often[] = ".... !?\"'()[]  \n\n:;,-1aAbB";

    switch (roll(4)) {
    case 0: return (uint32_t)often[roll(sizeof often - 1)];
    case 1: return roll(0x110000);
    default: return blocks[roll(sizeof blocks / sizeof *blocks)] + roll(80);
    }
}

static void random_text(zub_buffer *out, size_t most)
{
    zub_buffer_clear(out);
    for (size_t left = 1 + roll((uint32_t)most); left > 0; left--)
        zub_utf8_add(out, random_character());
}

/* ICU's words of a sentence, in order. */
static void check_words(const zub_segments *out, size_t i, zub_slice text)
{
    static UChar units[4096];
    UErrorCode code = U_ZERO_ERROR;
    const zub_sentence *s = &out->sentences[i];
    int32_t size, from = 0;
    uint32_t w = s->word_start;
    UBreakIterator *words;

    u_strFromUTF8WithSub(units, 4096, &size, text.data + s->span.start,
                         (int32_t)(s->span.end - s->span.start), 0xFFFD, NULL,
                         &code);
    words = ubrk_open(UBRK_WORD, "ar", units, size, &code);
    CHECK(U_SUCCESS(code));
    for (int32_t to; (to = ubrk_next(words)) != UBRK_DONE; from = to) {
        size_t cp = s->span.cp_start + (size_t)u_countChar32(units, from);
        if (ubrk_getRuleStatus(words) < 100)
            continue;
        CHECK(w < s->word_end && out->words[w].span.cp_start == cp);
        w++;
    }
    CHECK_INT(w, s->word_end);
    ubrk_close(words);
}

static void random_text_keeps_the_laws_and_has_the_words_of_icu(void)
{
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (int round = 0; round < 1500; round++) {
        zub_segments out;
        random_text(&text, 200);
        out = segment(zub_buffer_slice(&text), 0, random_lang());
        zub_segments_release(&out);
        out = segment(zub_buffer_slice(&text), 0, "ar");
        for (size_t i = 0; i < out.sentence_count; i++)
            check_words(&out, i, zub_buffer_slice(&text));
        zub_segments_release(&out);
    }
    zub_buffer_release(&text);
}

static void one_segmenter_serves_many_languages(void)
{
    static const char *const many[] = {"ar", "en", "fr", "de", "es", "it",
                                       "pt", "nl", "ru", "fi", "sv", "ar"};

    for (size_t i = 0; i < 3 * sizeof many / sizeof *many; i++) {
        zub_segments out = segment(slice("a:b cc. D"), 0,
                                   many[i % (sizeof many / sizeof *many)]);
        CHECK_INT(out.sentence_count, 2);
        zub_segments_release(&out);
    }
}

/* ---- Hostile text: linear time, bounded memory ---- */

static void a_pattern_takes_linear_time(const char *pattern,
                                        size_t pattern_size, size_t size,
                                        const char *lang)
{
    char *bytes = malloc(size);
    clock_t before = clock();
    zub_segments out;

    for (size_t i = 0; i < size; i++)
        bytes[i] = pattern[i % pattern_size];
    out = segment((zub_slice){bytes, size}, 0, lang);
    if (clock() - before > 20 * CLOCKS_PER_SEC)
        printf("# slow: '%.*s'\n", (int)pattern_size, pattern);
    CHECK(clock() - before < 20 * CLOCKS_PER_SEC);
    for (size_t i = 0; i < out.sentence_count; i++)
        CHECK(out.sentences[i].span.end - out.sentences[i].span.start <=
              3 * 65536);
    zub_segments_release(&out);
    free(bytes);
}

static void hostile_patterns_take_linear_time(void)
{
    static const char *const patterns[] = {
        "a",
        "ab ",
        "a\n",
        ". ",
        ".",
        "\" . ",
        ") . ",
        "[1] ",
        ". [1]",
        ". ] ",
        "[1]\n",
        "a: \" . ",
        "ب «. ",
        ".1 2 ",
        ".' ",
        "A.",
        "1) ",
        "\xCC\x81",
        "؟",
        "..",
        "(a",
        ":) ",
        "• ",
        "- ",
        ".-",
        "“",
        "ท ",
        "요 ",
        "字",
        "。「",
        "😀",
        "\xE3\x80\x80",
        "\xFF",
        "\t",
        "foo bar baz foo bar baz foo bar baz foo\n"};

    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        a_pattern_takes_linear_time(patterns[i], strlen(patterns[i]), 300000,
                                    langs[i % (sizeof langs / sizeof *langs)]);
    a_pattern_takes_linear_time("", 1, 1000000, "en"); /* NUL */

    /* Initials behind a long run that no letter breaks. */
    char initials[63000];
    memset(initials, '(', 30000);
    for (size_t i = 30000; i < sizeof initials; i += 3)
        memcpy(initials + i, "A. ", 3);
    a_pattern_takes_linear_time(initials, sizeof initials, 2000000, "en");
    a_pattern_takes_linear_time("word ", 5, 8000000, "en");
    a_pattern_takes_linear_time("\xCC\x81", 2, 2000000, "ar");
    a_pattern_takes_linear_time("a line without a full stop\n", 27, 2700000,
                                "en");
}

static void white_space_is_what_unicode_says(void)
{
    for (UChar32 c = 0; c <= 0x10FFFF; c++)
        if (zub_is_space(c) != (bool)u_isUWhiteSpace(c)) {
            CHECK_INT(c, -1);
            break;
        }
}

/* By ICU, but for the Greek question mark and the ellipsis. */
static bool is_stop(unsigned flags, UChar32 c)
{
    if (c == ':')
        return flags & ZUB_COLON_ENDS;
    if (c == ';')
        return flags & ZUB_SEMICOLON_ASKS;
    if (c == 0x61B)
        return flags & ZUB_LONG_PAUSES;
    return c == 0x37E || c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

static void stops_are_those_of_unicode(void)
{
    static const char *const tags[] = {"und", "el", "hy", "ar", "fa"};
    size_t wrong = 0;

    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const zub_sentence_rules *rules = zub_sentence_rules_find(tags[i]);
        for (UChar32 c = 0; c < 0x10000; c++)
            wrong += is_stop(rules->flags, c) != zub_is_stop(rules, (UChar)c);
    }
    CHECK_INT(wrong, 0);
}

/* Units of the longest word of a list. */
static size_t longest(const char *list)
{
    size_t most = 0, size = 0;

    for (size_t at = 0, end = list ? strlen(list) : 0; at < end;) {
        uint32_t c = zub_utf8_next(list, end, &at, NULL);
        size = c == ' ' ? 0 : size + (size_t)U16_LENGTH(c);
        most = size > most ? size : most;
    }
    return most;
}

static size_t longest_listed(const char *lang)
{
    const zub_sentence_rules *rules = zub_sentence_rules_find(lang);
    size_t titles = longest(rules->titles), counts = longest(rules->counts);
    size_t starts = longest(rules->starts);

    titles = titles > counts ? titles : counts;
    return titles > starts ? titles : starts;
}

static void listed_words_are_as_short_as_is_said(void)
{
    char lang[4] = "aa";
    size_t most = 0;

    for (; lang[0] <= 'z'; lang[0]++)
        for (lang[1] = 'a'; lang[1] <= 'z'; lang[1]++)
            most = longest_listed(lang) > most ? longest_listed(lang) : most;
    CHECK_INT(most, ZUB_LISTED_MOST);
    CHECK_INT(longest_listed("und"), ZUB_COMMON_MOST);
}

/* The calls of classes.h beside those of ICU. */
static bool is_classed_alike(UChar32 c)
{
    return zub_is_letter(c) == (bool)u_isalpha(c) &&
           zub_is_digit(c) == (bool)u_isdigit(c) &&
           zub_is_letter_or_digit(c) == (bool)u_isalnum(c) &&
           zub_is_combining(c) ==
               ((U_MASK(u_charType(c)) & U_GC_M_MASK) != 0) &&
           zub_is_small(c) == (bool)u_islower(c) &&
           zub_is_lower(c) == (bool)u_hasBinaryProperty(c, UCHAR_LOWERCASE) &&
           zub_to_lower(c) == u_tolower(c);
}

static void classes_are_those_of_icu(void)
{
    size_t wrong = 0;

    for (UChar32 c = 0; c < 0x110000; c++)
        wrong += !is_classed_alike(c);
    CHECK_INT(wrong, 0);
}

int main(void)
{
    RUN(white_space_is_what_unicode_says);
    RUN(stops_are_those_of_unicode);
    RUN(classes_are_those_of_icu);
    RUN(listed_words_are_as_short_as_is_said);
    if (zub_segmenter_new(&segmenter, NULL))
        return 1;
    RUN(abbreviations_and_initials_end_no_sentence);
    RUN(numbers_keep_their_full_stops);
    RUN(what_is_glued_to_a_full_stop_begins_anew);
    RUN(quotes_and_brackets_stay_with_their_sentence);
    RUN(every_script_has_its_stops);
    RUN(items_of_a_list_are_sentences);
    RUN(bullets_stand_before_sentences);
    RUN(notes_join_the_sentence_before);
    RUN(a_question_mark_within_a_word_ends_nothing);
    RUN(arabic_keeps_short_quotations_whole);
    RUN(arabic_ends_at_units_marks_and_brackets);
    RUN(lines_are_paragraphs_unless_wrapped);
    RUN(headings_are_marked);
    RUN(short_items_of_a_list_are_like_headings);
    RUN(notices_of_copyright_are_like_headings);
    RUN(offsets_count_in_the_text_as_given);
    RUN(nothing_gives_nothing);
    RUN(a_text_of_two_gib_is_too_long);
    RUN(random_bytes_keep_the_laws);
    RUN(random_text_keeps_the_laws_and_has_the_words_of_icu);
    RUN(one_segmenter_serves_many_languages);
    RUN(hostile_patterns_take_linear_time);
    zub_segmenter_free(segmenter);
    return DONE();
}
