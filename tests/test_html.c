/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_html.c - the HTML page: its marks, the whole text, and that nothing an
 * article says becomes markup. Read back with libxml2. */
#include "render_samples.h"
#include "test.h"

#include <libxml/HTMLparser.h>
#include <libxml/xpath.h>

static zub_buffer out;
static const zub_render_options html = {.format = ZUB_FORMAT_HTML};

static void part(zub_part which)
{
    CHECK_INT(
        zub_render_part(which, ZUB_KIND_SUMMARY, &html, zub_buffer_sink(&out)),
        ZUB_OK);
}

static const char *page(const zub_summary *summary, const zub_record *record)
{
    zub_buffer_clear(&out);
    part(ZUB_PART_HEAD);
    CHECK_INT(
        zub_render_summary(summary, record, &html, zub_buffer_sink(&out)),
        ZUB_OK);
    part(ZUB_PART_TAIL);
    return zub_buffer_slice(&out).data;
}

static bool has(const char *text, const char *piece)
{
    return strstr(text, piece) != NULL;
}

static void key_sentences_are_marked_in_their_article(void)
{
    const char *got = page(&sample_summary, &sample_record);

    CHECK(has(got, "<h2 dir=\"auto\" lang=\"en\">Bees</h2>"));
    CHECK(has(got, "<p dir=\"auto\" lang=\"en\"><mark class=\"k4\" id=\"s"));
    CHECK(has(got, "-1\" title=\"rank 1, score 0.7500: position 0.5000, "
                   "centroid 0.2500\">Bees see.</mark> <mark class=\"k2\""));
    CHECK(has(got, "0.0333\">A hive"));
    CHECK(has(got, "They &lt;dance&gt;.</p>"));
    CHECK(has(got, "<p class=\"heading\" dir=\"auto\" lang=\"en\">"));
}

static void the_table_has_a_column_for_every_reason(void)
{
    const char *got = page(&sample_summary, &sample_record);

    CHECK(has(got, "<th scope=\"col\">position</th>"
                   "<th scope=\"col\">centroid</th>"
                   "<th scope=\"col\">title</th></tr>"));
    CHECK(has(got, "<td style=\"--share: 67%\">0.5000</td>"
                   "<td style=\"--share: 33%\">0.2500</td><td></td></tr>"));
}

static void keywords_and_phrases_are_listed(void)
{
    const char *got = page(&sample_summary, &sample_record);

    CHECK(has(got, "<li><span>Bees</span> <small>2</small></li>"));
    CHECK(has(got, "<li><span>the hive</span></li>"));
}

static void anchor(char name[20], const char *source, uint64_t line)
{
    zub_record record = sample_record;

    record.source = (zub_slice){source, strlen(source)};
    record.line = line;
    const char *at = strstr(page(&sample_summary, &record), "href=\"#s");
    snprintf(name, 20, "%.17s", at ? at + 7 : "");
}

static void articles_of_one_id_have_anchors_of_their_own(void)
{
    char first[20], again[20], line[20], file[20];

    anchor(first, "a.jsonl", 1);
    anchor(again, "a.jsonl", 1);
    anchor(line, "a.jsonl", 2);
    anchor(file, "b.jsonl", 1);
    CHECK_STR(first, again);
    CHECK(strcmp(first, line) != 0);
    CHECK(strcmp(first, file) != 0);
}

static void a_page_runs_and_fetches_nothing(void)
{
    const char *got = page(&sample_summary, &sample_record);

    CHECK(has(got, "<meta charset=\"utf-8\">"));
    CHECK(has(got, "content=\"default-src 'none'; style-src "
                   "'unsafe-inline'\">"));
    CHECK(!has(got, "<script") && !has(got, "http:") && !has(got, "https:"));
    CHECK(!has(got, "url(") && !has(got, "@import") && !has(got, " src="));
}

static void an_article_without_a_word_says_so(void)
{
    zub_summary nothing = {.id = SLICE("empty.txt"), .lang = "und"};
    const char *got = page(&nothing, NULL);

    CHECK(has(got, ">empty.txt</h2>"));
    CHECK(has(got, "None: the article holds no word."));
    CHECK(!has(got, "<table") && !has(got, "<mark"));
}

static void spans_of_another_text_mark_nothing_outside(void)
{
    static const zub_span spans[] = {
        {0, 99, 0, 99}, {50, 60, 50, 60}, {5, 2, 5, 2}, {4, 4, 4, 4}};
    zub_record record = {.text = SLICE("short\n\ntext")};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("x"));

    for (size_t i = 0; i < COUNT(spans); i++) {
        room.span = spans[i];
        page(&of, &record);
    }
    record.body = 4000;
    page(&of, &record);
}

static void a_sentence_over_two_paragraphs_has_a_mark_in_each(void)
{
    zub_record record = {.text = SLICE("one two\n\nthree four\n")};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, SLICE("two three"));

    room.span = (zub_span){4, 14, 4, 14};
    const char *got = page(&of, &record);
    CHECK(has(got, ">two</mark></p>\n"));
    CHECK(has(got, "<mark class=\"k4\" title=\"rank 1, score 1.0000\">three"
                   "</mark> four</p>"));
}

/* ---- Hostile text ---- */

static const char *const tags[] = {
    "a",       "article", "bdi",  "body",  "div",   "h2",    "h3",
    "head",    "html",    "li",   "main",  "mark",  "meta",  "p",
    "section", "small",   "span", "style", "table", "tbody", "td",
    "th",      "title",   "tr",   "ul",
};
static const char *const attributes[] = {
    "charset", "class", "content", "dir",   "href",  "http-equiv",
    "id",      "lang",  "name",    "scope", "style", "title",
};

static bool is_in(const xmlChar *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp((const char *)name, names[i]) == 0)
            return true;
    return false;
}

static xmlNode *next_node(xmlNode *node)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static int foreign_parts(xmlNode *root)
{
    int foreign = 0;

    for (xmlNode *node = root; node && node->type != XML_HTML_DOCUMENT_NODE;
         node = next_node(node)) {
        foreign += node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        foreign += !is_in(node->name, tags, COUNT(tags));
        for (xmlAttr *at = node->properties; at; at = at->next)
            foreign += !is_in(at->name, attributes, COUNT(attributes));
    }
    return foreign;
}

/* `got` was parsed: it holds our tags and attributes only, `sections` of our
 * sections, and links that stay on the page. */
static void check_page(const char *got, int sections)
{
    xmlDoc *document = htmlReadMemory(
        got, (int)out.size, NULL, "utf-8",
        HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *counted = xmlXPathEval(
        (const xmlChar *)"count(//section) - 100 * count(//a[not("
                         "starts-with(@href, '#'))]) - 100 * count(//style) "
                         "+ 100",
        context);

    CHECK_INT(foreign_parts(xmlDocGetRootElement(document)), 0);
    CHECK_INT((int)counted->floatval, sections);
    xmlXPathFreeObject(counted);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
}

static zub_summary hostile_summary(zub_key_sentence *room, zub_keyword *word,
                                   zub_reason *reason, zub_slice text)
{
    zub_summary of = summary_of(room, text);

    *word = (zub_keyword){.term = text, .score = 1, .count = 1};
    *reason = (zub_reason){text.data, 1};
    room->reasons = reason;
    room->reason_count = 1;
    of.id = text;
    of.title = text;
    of.keywords = word;
    of.keyword_count = 1;
    of.phrases = &word->term;
    of.phrase_count = 1;
    memcpy(of.lang, text.data, text.size < 11 ? text.size : 11);
    return of;
}

static void no_text_becomes_markup(void)
{
    static const char *const texts[] = {
        "<script>alert(1)</script>",
        "</mark></p></section></article></main></body></html><script>x",
        "<img src=x onerror=alert(1)>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "\"><svg/onload=alert(1)>",
        "</style><script>x</script>",
        "</title><b>",
        "<!-- <b> --> ]]> <![CDATA[ <b> ]]>",
        "<?php x ?>",
        "&lt;b&gt; &amp; &#60;b&#62; &notanentity;",
        "<\xFF"
        "b> \xC0\xBCscript\xC0\xBE <\xE2\x80\xA8"
        "b>",
        "<a href=javascript:alert(1)>x</a>",
        "{{constructor}} ${x} `x`",
        "+ADw-script+AD4-",
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        zub_slice text = {texts[i], strlen(texts[i])};
        zub_record record = {.id = text, .text = text};
        zub_key_sentence room;
        zub_keyword word;
        zub_reason reason;
        zub_summary of = hostile_summary(&room, &word, &reason, text);
        check_page(page(&of, &record), 5);
    }
}

static void a_nul_byte_is_shown_and_ends_nothing(void)
{
    zub_slice text = SLICE("a\0<b>\x1b[2J");
    zub_record record = {.text = text};
    zub_key_sentence room;
    zub_summary of = summary_of(&room, text);
    const char *got = page(&of, &record);

    CHECK_INT(strlen(got), out.size);
    CHECK(has(got, ">a\xEF\xBF\xBD&lt;b&gt;\xEF\xBF\xBD[2J</mark>"));
}

static void any_bytes_make_a_page_that_parses(void)
{
    char bytes[80];
    uint64_t state = 13;

    for (int i = 0; i < 1000; i++) {
        size_t size = random_bytes(bytes, sizeof bytes - 1, &state);
        bytes[size] = '\0';
        zub_slice text = {bytes, size};
        zub_record record = {.id = text, .text = text};
        zub_key_sentence room;
        zub_keyword word;
        zub_reason reason;
        zub_summary of = hostile_summary(&room, &word, &reason, text);
        check_page(page(&of, &record), size > 0 ? 5 : 4);
    }
}

/* ---- The whole text ---- */

/* What the paragraphs of the article say, without white space. */
static void text_of_page(zub_buffer *into, const char *got)
{
    xmlDoc *document =
        htmlReadMemory(got, (int)out.size, NULL, "utf-8",
                       HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
    xmlXPathContext *context = xmlXPathNewContext(document);
    xmlXPathObject *found =
        xmlXPathEval((const xmlChar *)"//section[@class='text']/p", context);
    int count = found->nodesetval ? found->nodesetval->nodeNr : 0;

    for (int i = 0; i < count; i++) {
        xmlChar *text = xmlNodeGetContent(found->nodesetval->nodeTab[i]);
        zub_buffer_add_string(into, (const char *)text);
        xmlFree(text);
    }
    xmlXPathFreeObject(found);
    xmlXPathFreeContext(context);
    xmlFreeDoc(document);
}

static void squeeze(zub_buffer *text)
{
    size_t kept = 0;

    for (size_t i = 0; i < text->size; i++)
        if (!strchr(" \t\r\n", text->data[i]))
            text->data[kept++] = text->data[i];
    text->size = kept;
    text->data[kept] = '\0';
}

static void whatever_is_marked_the_whole_text_is_shown(void)
{
    static const char text[] =
        "One & two.\nThree <b> four.\r\n\r\nخمسة. ستة \"سبعة\".\n\n\nEight";
    size_t size = sizeof text - 1;
    zub_record record = {.text = SLICE(text)};
    zub_buffer want, got;

    zub_buffer_init(&want, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
    for (size_t start = 0; start < size; start++)
        for (size_t end = start + 1; end <= size; end += 3) {
            zub_key_sentence room;
            if (((unsigned char)text[start] & 0xC0) == 0x80 ||
                ((unsigned char)text[end] & 0xC0) == 0x80)
                continue;
            zub_summary of = summary_of(&room, SLICE("x"));
            room.span = (zub_span){start, end, start, end};
            zub_buffer_clear(&want);
            zub_buffer_clear(&got);
            zub_buffer_add(&want, text, size);
            text_of_page(&got, page(&of, &record));
            squeeze(&want);
            squeeze(&got);
            CHECK_STR(got.data, want.data);
        }
    zub_buffer_release(&want);
    zub_buffer_release(&got);
}

static void the_nth_write_may_fail(void)
{
    for (int n = 1; n <= 2; n++) {
        refusal at = {n, 0};
        zub_sink sink = {refuse_nth, &at};
        zub_status status =
            zub_render_part(ZUB_PART_HEAD, ZUB_KIND_SUMMARY, &html, sink);
        if (n > 1)
            status = zub_render_summary(&sample_summary, &sample_record, &html,
                                        sink);
        CHECK_INT(status, ZUB_EWRITE);
        CHECK_INT(at.after, 0);
    }
}

int main(void)
{
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(key_sentences_are_marked_in_their_article);
    RUN(the_table_has_a_column_for_every_reason);
    RUN(keywords_and_phrases_are_listed);
    RUN(articles_of_one_id_have_anchors_of_their_own);
    RUN(a_page_runs_and_fetches_nothing);
    RUN(an_article_without_a_word_says_so);
    RUN(spans_of_another_text_mark_nothing_outside);
    RUN(a_sentence_over_two_paragraphs_has_a_mark_in_each);
    RUN(no_text_becomes_markup);
    RUN(a_nul_byte_is_shown_and_ends_nothing);
    RUN(any_bytes_make_a_page_that_parses);
    RUN(whatever_is_marked_the_whole_text_is_shown);
    RUN(the_nth_write_may_fail);
    zub_buffer_release(&out);
    xmlCleanupParser();
    return DONE();
}
