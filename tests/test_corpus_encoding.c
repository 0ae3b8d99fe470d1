/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_encoding.c - texts of twelve languages in the encodings they
 * come in: which is found, and that the text comes out whole. */
#include "test.h"

#include <iconv.h>

#include "corpus/declared.h"
#include "corpus/encoding.h"
#include "corpus_reading.h"

static const char arabic[] =
    "أعلنت الوزارة صباح اليوم أن العمل في الميناء الجديد سيبدأ بعد شهرين، وأن "
    "المرحلة الأولى تشمل ثلاثة أرصفة. وقال المدير إن المشروع يوفر فرص عمل "
    "لأبناء المدينة، وطلب من الشركات أن تقدم عروضها قبل نهاية الأسبوع.\n";
static const char persian[] =
    "وزارت راه اعلام كرد كه ساخت پل تازه از ماه آينده آغاز مي شود و مردم شهر "
    "مي توانند از مسير كناري بگذرند. چند كارگر گفتند كه كار در زمستان دشوار "
    "است، اما پروژه ژرف و بزرگي است و گروه چهارم آماده است.\n";
static const char french[] =
    "Le conseil a décidé hier de réparer l'école du village avant la rentrée. "
    "Les élèves seront accueillis à côté, dans la salle des fêtes, et le "
    "maire "
    "a remercié les bénévoles qui ont déjà préparé les lieux.\n";
static const char russian[] =
    "Городской совет решил отремонтировать мост через реку до начала зимы. "
    "Жители просили об этом несколько лет, и теперь работы начнутся в "
    "сентябре. "
    "Движение будет идти по соседней улице.\n";
static const char ukrainian[] =
    "Міська рада вирішила відремонтувати міст через річку до початку зими. "
    "Мешканці просили про це кілька років, і тепер роботи почнуться у "
    "вересні.\n";
static const char greek[] =
    "Το δημοτικό συμβούλιο αποφάσισε να επισκευάσει τη γέφυρα πριν από τον "
    "χειμώνα. Άνοιξε επίσης η συζήτηση για το σχολείο, που χρειάζεται νέα "
    "στέγη και θέρμανση.\n";
static const char hebrew[] =
    "המועצה החליטה אתמול לתקן את הגשר לפני החורף. התושבים ביקשו זאת במשך שנים "
    "רבות, ועכשיו העבודה תתחיל בחודש הבא. הדרך תהיה סגורה בלילה.\n";
static const char turkish[] =
    "Belediye meclisi köprünün kıştan önce onarılmasına karar verdi. "
    "Mahalleli "
    "bunu yıllardır istiyordu; şimdi çalışmalar eylül ayında başlayacak ve "
    "geçiş için başka bir yol açılacak.\n";
static const char polish[] =
    "Rada miasta postanowiła naprawić most przed zimą. Mieszkańcy prosili o "
    "to "
    "od wielu lat, a teraz roboty rozpoczną się we wrześniu. Ruch będzie się "
    "odbywał sąsiednią ulicą.\n";
static const char japanese[] =
    "市議会は昨日、冬が来る前に古い橋を修理することを決めました。住民は何年も"
    "前から"
    "お願いしていて、工事は来月始まります。その間、車は隣の道を通ります。\n";
static const char chinese[] = "市议会昨天决定在冬天到来之前修好这座旧桥。居民"
                              "多年来一直要求修桥，现在工程将在"
                              "下个月开始。施工期间，车辆可以走旁边的路。\n";
static const char traditional[] =
    "市議會昨天決定在冬天到來之前修好這座舊橋。居民多年來一直要求修橋，現在工"
    "程將在"
    "下個月開始。施工期間，車輛可以走旁邊的路。\n";
static const char korean[] =
    "시의회는 어제 겨울이 오기 전에 낡은 다리를 고치기로 결정했다. 주민들은 "
    "여러 해 "
    "동안 이것을 요구했고, 공사는 다음 달에 시작된다.\n";
static const char thai[] =
    "สภาเมืองตัดสินใจเมื่อวานนี้ว่าจะซ่อมสะพานก่อนฤดูฝน ชาวบ้านขอมานานหลายปีแล้ว "
    "และงานจะเริ่มในเดือนหน้า\n";

static const struct {
    const char *text, *encoding;
} samples[] = {
    {arabic, "WINDOWS-1256"},  {arabic, "ISO-8859-6"},
    {persian, "WINDOWS-1256"}, {french, "WINDOWS-1252"},
    {french, "ISO-8859-1"},    {russian, "WINDOWS-1251"},
    {russian, "KOI8-R"},       {russian, "CP866"},
    {russian, "ISO-8859-5"},   {ukrainian, "WINDOWS-1251"},
    {greek, "WINDOWS-1253"},   {greek, "ISO-8859-7"},
    {hebrew, "WINDOWS-1255"},  {hebrew, "ISO-8859-8"},
    {turkish, "WINDOWS-1254"}, {polish, "WINDOWS-1250"},
    {polish, "ISO-8859-2"},    {japanese, "SHIFT_JIS"},
    {japanese, "EUC-JP"},      {japanese, "ISO-2022-JP"},
    {chinese, "GB18030"},      {chinese, "GBK"},
    {traditional, "BIG5"},     {korean, "EUC-KR"},
    {thai, "TIS-620"},
};
#define SAMPLES (sizeof samples / sizeof *samples)

/* Bytes in the encoding; 0: iconv has no such encoding or character. */
static size_t encode(const char *text, size_t size, const char *encoding,
                     char *out, size_t room)
{
    iconv_t converter = iconv_open(encoding, "UTF-8");
    char copy[4096], *from = copy, *to = out;
    size_t left = room;

    if (converter == (iconv_t)-1)
        return 0;
    memcpy(copy, text, size);
    size_t failed = iconv(converter, &from, &size, &to, &left);
    iconv(converter, NULL, NULL, &to, &left);
    iconv_close(converter);
    return failed == (size_t)-1 ? 0 : room - left;
}

/* The text as the corpus decodes it, without being told how. */
static bool is_found(const char *text, size_t size, const char *encoding)
{
    char bytes[8192];
    size_t count = encode(text, size, encoding, bytes, sizeof bytes);

    CHECK(count > 0);
    write_file("e.txt", bytes, count);
    reading r = read_path("e.txt");
    bool is_same = r.count == 1 && r.records[0]->text.size == size &&
                   memcmp(r.records[0]->text.data, text, size) == 0;
    if (!is_same) {
        zub_encoding found;
        zub_encoding_detect(&found, (zub_slice){bytes, count}, true, false);
        printf("# %s (%zu bytes) was taken for %s\n", encoding, count,
               found.name);
    }
    free_reading(&r);
    return is_same;
}

static void a_paragraph_is_enough_to_know_its_encoding(void)
{
    size_t found = 0;

    for (size_t i = 0; i < SAMPLES; i++)
        found += is_found(samples[i].text, strlen(samples[i].text),
                          samples[i].encoding);
    printf("# %zu of %zu found\n", found, SAMPLES);
    CHECK_INT(found, SAMPLES);
}

/* The start of a text, cut behind a space near `size` bytes. */
static size_t cut(const char *text, size_t size)
{
    while (text[size] && ((unsigned char)text[size] & 0xC0) == 0x80)
        size++;
    return size;
}

static void half_a_sentence_mostly_is(void)
{
    size_t found = 0;

    for (size_t i = 0; i < SAMPLES; i++)
        found += is_found(samples[i].text, cut(samples[i].text, 90),
                          samples[i].encoding);
    printf("# %zu of %zu found\n", found, SAMPLES);
    CHECK(found >= SAMPLES - 3);
}

static void wide_encodings_are_known_with_and_without_a_mark(void)
{
    static const char *const wide[] = {"UTF-16LE", "UTF-16BE", "UTF-16",
                                       "UTF-32"};
    static const char *const texts[] = {arabic, french, russian, hebrew,
                                        korean};

    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < 5; j++)
            CHECK(is_found(texts[j], strlen(texts[j]), wide[i]));
}

static void utf8_with_a_few_bad_bytes_stays_utf8(void)
{
    zub_encoding found;
    char text[2048];

    for (size_t bad = 1; bad < 20; bad++) {
        strcpy(text, arabic);
        for (size_t i = 0; i < bad; i++)
            text[i * 7] = '\xFF';
        zub_encoding_detect(&found, (zub_slice){text, strlen(text)}, true,
                            false);
        CHECK_STR(found.name, "UTF-8");
    }
    static const char *const odd[] = {"\x80",
                                      "a \xFF b",
                                      "\xC3(",
                                      "\xED\xA0\x80",
                                      "lone \xA0 and \xBF bytes",
                                      "\x80\x81"
                                      "abc \xbf def. Another \xff one."};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        zub_encoding_detect(&found, (zub_slice){odd[i], strlen(odd[i])}, true,
                            false);
        CHECK_STR(found.name, "UTF-8");
    }
}

static void a_text_with_nuls_is_not_utf16(void)
{
    static const char *const wide[] = {"UTF-16LE", "UTF-16BE"};
    static const struct {
        const char *text;
        size_t size;
    } texts[] = {
        {"Hello\0world is here. It\0is fine.\n", 33},
        {"a\0b and \0 so on", 15},
        {"one\0two\0six\0ten\0", 16},
        {"\xD9\x85\0 \xD9\x85\0\xD9\x85 \0x", 12},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_slice text = {texts[i].text, texts[i].size};
        zub_encoding found;
        zub_encoding_detect(&found, text, true, false);
        CHECK_STR(found.name, "UTF-8");
        write_file("n.txt", text.data, text.size);
        reading r = read_path("n.txt");
        CHECK_INT(r.count, 1);
        CHECK_INT(r.records[0]->text.size, text.size);
        free_reading(&r);
    }
    for (size_t i = 0; i < 2; i++) {
        CHECK(is_found("a b", 3, wide[i]));
        CHECK(is_found("Hi you\n", 7, wide[i]));
        CHECK(is_found("القطط تنام ليلا.\n", strlen("القطط تنام ليلا.\n"),
                       wide[i]));
        CHECK(is_found("市议会昨天 2024\n", strlen("市议会昨天 2024\n"),
                       wide[i]));
        CHECK(is_found("नदी पर पुल बना है।\n", strlen("नदी पर पुल बना है।\n"),
                       wide[i]));
    }
}

static void dashes_and_bullets_are_windows_1252(void)
{
    const char *text = "\x95 first \x96 one\n\x95 second \x96 two\n\x95 third";
    zub_encoding found;

    zub_encoding_detect(&found, (zub_slice){text, strlen(text)}, true, false);
    CHECK(strcmp(found.name, "UTF-8") != 0);
}

static void english_with_curly_quotes_is_windows_1252(void)
{
    const char *text = "He said \x93yes\x94 and it\x92s done \x96 so they say";
    zub_encoding found;

    zub_encoding_detect(&found, (zub_slice){text, strlen(text)}, true, false);
    CHECK_STR(found.name, "windows-1252");
}

static void a_page_declares_its_encoding(void)
{
    static const struct {
        const char *html, *name;
    } cases[] = {
        {"<meta charset=windows-1256>", "windows-1256"},
        {"<META http-equiv=\"Content-Type\" content=\"text/html; "
         "charset=windows-1251\">",
         "windows-1251"},
        {"<?xml version=\"1.0\" encoding='ISO-8859-7'?>", "ISO-8859-7"},
        {"<meta name=x><!-- <meta charset=big5> --><meta charset = 'utf-8' >",
         "utf-8"},
        {"<p>charset=no", ""},
        {"<meta charset=", ""},
        {"<meta charset", ""},
        {"<!-- ", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK(is_slice(zub_declared_encoding(
                           (zub_slice){cases[i].html, strlen(cases[i].html)}),
                       cases[i].name));
}

static void a_declaration_beats_a_look(void)
{
    write_text("p.html", "<meta charset=iso-8859-1><p>\xE9t\xE9 \x93");
    reading r = read_path("p.html");
    CHECK(is_slice(r.records[0]->text, "été “"));
    free_reading(&r);

    write_text("p.html", "<meta charset=utf-16><p>été");
    r = read_path("p.html");
    CHECK(is_slice(r.records[0]->text, "été"));
    free_reading(&r);
}

static void the_encoding_asked_for_wins(void)
{
    zub_corpus_options options = {.encoding = "windows-1251"};
    const char *path = "e.txt";
    char bytes[8192];
    size_t size =
        encode(arabic, strlen(arabic), "WINDOWS-1256", bytes, sizeof bytes);

    write_file(path, bytes, size);
    reading r = read_paths(&path, 1, &options, 0);
    CHECK(r.records[0]->is_decoded);
    CHECK(strcmp(r.records[0]->text.data, arabic) != 0);
    free_reading(&r);

    options.encoding = "UTF-8";
    r = read_paths(&path, 1, &options, 0);
    CHECK(!r.records[0]->is_decoded);
    CHECK_INT(r.records[0]->text.size, size);
    free_reading(&r);
}

static void every_form_is_decoded(void)
{
    const char *line = "{\"text\": \"\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 "
                       "\xD8\xA8\xD9\x83\"}\n";
    char bytes[256];
    size_t size = encode(line, strlen(line), "UTF-16", bytes, sizeof bytes);

    write_file("w.jsonl", bytes, size);
    reading r = read_path("w.jsonl");
    CHECK_INT(r.count, 1);
    CHECK_INT(r.records[0]->text.size, 15);
    free_reading(&r);
    write_file("wide", bytes, size);
    r = read_path("wide");
    CHECK_INT(r.count, 1);
    free_reading(&r);
    size = encode("text\n\xD9\x85\n", 8, "UTF-16", bytes, sizeof bytes);
    write_file("w.csv", bytes, size);
    r = read_path("w.csv");
    CHECK(is_slice(r.records[0]->text, "\xD9\x85"));
    free_reading(&r);
}

static void what_cannot_be_decoded_is_replaced_and_counted(void)
{
    zub_corpus_options options = {.encoding = "Shift_JIS"};
    const char *path = "e.txt";

    write_text(path, "abc \x81\xFF def \xFD");
    reading r = read_paths(&path, 1, &options, 0);
    CHECK(strstr(r.records[0]->text.data, "\xEF\xBF\xBD"));
    CHECK(r.records[0]->repaired >= 2);
    free_reading(&r);

    write_file(path, "\xFF\xFEh\0\x3D\xD8i\0x", 9);
    r = read_path(path);
    CHECK(is_slice(r.records[0]->text, "h\xEF\xBF\xBDi\xEF\xBF\xBD"));
    CHECK_INT(r.records[0]->repaired, 3);
    free_reading(&r);
}

int main(void)
{
    make_test_folder();
    RUN(a_paragraph_is_enough_to_know_its_encoding);
    RUN(half_a_sentence_mostly_is);
    RUN(wide_encodings_are_known_with_and_without_a_mark);
    RUN(utf8_with_a_few_bad_bytes_stays_utf8);
    RUN(a_text_with_nuls_is_not_utf16);
    RUN(dashes_and_bullets_are_windows_1252);
    RUN(english_with_curly_quotes_is_windows_1252);
    RUN(a_page_declares_its_encoding);
    RUN(a_declaration_beats_a_look);
    RUN(the_encoding_asked_for_wins);
    RUN(every_form_is_decoded);
    RUN(what_cannot_be_decoded_is_replaced_and_counted);
    remove_test_folder();
    return DONE();
}
