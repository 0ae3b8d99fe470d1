/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_page.c - HTML pages: the article, its title and language, and
 * what is not part of it; whole pages against their golden texts. */
#include "test.h"

#include <stdlib.h>
#include <time.h>

#include "zubda.h"
#include "corpus/page.h"

static zub_page read_page(const char *html)
{
    zub_page page;

    CHECK_INT(zub_page_read(&page, (zub_slice){html, strlen(html)}, NULL),
              ZUB_OK);
    return page;
}

static void check_text(const char *html, const char *wanted)
{
    zub_page page = read_page(html);

    CHECK_STR(zub_buffer_slice(&page.text).data, wanted);
    zub_page_release(&page);
}

static void check_title(const char *html, const char *wanted)
{
    zub_page page = read_page(html);

    CHECK_STR(zub_buffer_slice(&page.title).data, wanted);
    zub_page_release(&page);
}

static void block_elements_are_paragraphs(void)
{
    check_text("<p>One  two\n three</p><p>Four <b>five</b>.<div>six</div>",
               "One two three\n\nFour five.\n\nsix");
    check_text("<h2>Head</h2>text<ul><li>a<li>b</ul>",
               "Head\n\ntext\n\na\n\nb");
    check_text("line<br>next<br/> <br>last", "line\nnext\nlast");
    check_text("<pre>a\n  b</pre>", "a\nb");
    check_text("a<span> b</span><i>c </i>d", "a bc d");
}

static void entities_are_characters(void)
{
    check_text("<p>&amp;&lt;&#1605;&#x645;&eacute;&unknown;",
               "&<مم\xC3\xA9&unknown;");
}

static void what_is_not_text_is_left_out(void)
{
    check_text("<p>a</p><script>b()</script><style>c{}</style>"
               "<noscript>d</noscript><template>e</template><nav>f</nav>"
               "<header>g</header><footer>h</footer><aside>i</aside>"
               "<div><form>j<input value=k></form></div><button>l</button>"
               "<!-- m --><p hidden>n</p><p style='display:none'>o</p>"
               "<p aria-hidden=true>p</p><svg><text>q</text></svg><p>r",
               "a\n\nr");
}

static void a_form_around_the_whole_page_is_not_a_form(void)
{
    check_text("<html><body><form><p>The article.</p><select><option>x"
               "</select></form></body></html>",
               "The article.");
}

static void the_article_element_is_chosen_when_it_is_substantial(void)
{
    check_text("<div>Some words of the site about itself.</div><article>"
               "<p>The article has more words than its surroundings.</p>"
               "</article><div>More.</div>",
               "The article has more words than its surroundings.");
    check_text(
        "<article>Teaser.</article><main><p>The main text is long, much "
        "longer than the teaser.</p></main>",
        "The main text is long, much longer than the teaser.");
}

static void else_the_densest_container_is(void)
{
    check_text(
        "<div id=menu><a href=1>News</a> <a href=2>Sport</a> <a href=3>Money "
        "and markets and more links</a></div>"
        "<div id=story><p>First paragraph of the story, quite long.</p>"
        "<p>Second paragraph of the story, <a href=4>linked</a> too.</p></div>"
        "<div id=more><p>Imprint.</p></div>",
        "First paragraph of the story, quite long.\n\n"
        "Second paragraph of the story, linked too.");
}

static void paragraphs_of_links_are_left_out(void)
{
    check_text("<article><p>A text of some words.</p><p><a>Read also this"
               "</a></p><p>And its end.</p></article>",
               "A text of some words.\n\nAnd its end.");
    check_text("<p><a>Only links</a></p>", "Only links");
}

static void share_bars_and_comments_are_left_out(void)
{
    check_text("<body class='single comments-open'><article class="
               "'category-social'><p class=byline>By A. Writer</p>"
               "<div class='socialShare top'>Share this</div>"
               "<p>A text of some words.</p><ul id=share-bar><li>Mail</ul>"
               "<p>And its end.</p><section id=comments><p>First! I have "
               "much more to say than the article itself.</p></section>"
               "<div class=newsletter>Subscribe</div></article>",
               "A text of some words.\n\nAnd its end.");
    check_text("<div class='layout with-comments'><h1>T</h1><p>Shared and "
               "promoted.</p><p class='shareholder'>Stays.</p></div>",
               "Shared and promoted.\n\nStays.");
    check_text("<div class=comment>Nothing but this</div>",
               "Nothing but this");
}

static void titles_come_from_title_og_title_or_h1(void)
{
    check_title("<title> A\n title </title><h1>H</h1>", "A title");
    check_title("<meta property=og:title content='Shared'><h1>H</h1>",
                "Shared");
    check_title("<h1>The <i>heading</i></h1><p>x", "The heading");
    check_title("<title>The news | The Site</title><h1>The news</h1>",
                "The news");
    check_title("<p>x", "");
    check_text("<title>The news</title><h1>The news</h1><p>Body.</p>",
               "Body.");
}

static void the_language_is_that_of_the_root(void)
{
    zub_page page = read_page("<html lang='ar-EG'><p>x");

    CHECK_STR(zub_buffer_slice(&page.lang).data, "ar-EG");
    zub_page_release(&page);
}

static void any_text_is_a_page(void)
{
    static const char *const texts[] = {
        "",
        " ",
        "<",
        "<>",
        "</p>",
        "<!--",
        "<![CDATA[",
        "<html",
        "<p",
        "&#0;",
        "<title>",
        "<a><a><a>",
        "<table><tr><p>",
        "&#xD800;",
        "<?",
        "<x:y z=\"",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_page page = read_page(texts[i]);
        zub_page_release(&page);
    }
}

static void deep_and_long_pages_take_linear_time(void)
{
    static const char *const units[] = {
        "<div>", "<b>", "<p>x", "<a>y</a> ", "&amp;", "<table><tr><td>"};
    clock_t start = clock();

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = strlen(units[i]), times = 30000;
        char *html = malloc(size * times + 6);
        for (size_t j = 0; j < times; j++)
            memcpy(html + j * size, units[i], size);
        strcpy(html + size * times, "<p>z");
        zub_page page = read_page(html);
        CHECK(strchr(zub_buffer_slice(&page.text).data, 'z'));
        zub_page_release(&page);
        free(html);
    }
    CHECK((clock() - start) / CLOCKS_PER_SEC < 20);
}

static void a_tag_of_many_attributes_takes_linear_time(void)
{
    size_t count = 100000, size = 0;
    char *html = malloc(count * 8 + 16);
    clock_t start = clock();

    size += (size_t)sprintf(html, "<p");
    for (size_t i = 0; i < count; i++)
        size += (size_t)sprintf(html + size, " a%zu", i);
    sprintf(html + size, ">words");
    zub_page page = read_page(html);
    CHECK_STR(zub_buffer_slice(&page.text).data, "words");
    zub_page_release(&page);
    free(html);
    CHECK((clock() - start) / CLOCKS_PER_SEC < 20);
}

static void tags_that_cross_without_end_are_a_limit(void)
{
    size_t count = 100000;
    char *html = malloc(count * 9);
    clock_t start = clock();
    zub_error error;
    zub_page page;

    for (size_t i = 0; i < count; i++) {
        memcpy(html + 5 * i, "<div>", 5);
        memcpy(html + 5 * count + 4 * i, "</b>", 4);
    }
    CHECK_INT(zub_page_read(&page, (zub_slice){html, count * 9}, &error),
              ZUB_ELIMIT);
    CHECK(page.text.size == 0);
    free(html);
    CHECK((clock() - start) / CLOCKS_PER_SEC < 20);
}

static char *read_fixture(const char *name)
{
    char path[256], *text = calloc(1, 1 << 16);

    snprintf(path, sizeof path, "tests/fixtures/corpus/%s", name);
    FILE *file = fopen(path, "rb");
    if (!file || fread(text, 1, (1 << 16) - 1, file) == 0)
        printf("# cannot read %s\n", path);
    if (file)
        fclose(file);
    return text;
}

/* The whole way, encoding included. */
static void pages_give_their_golden_texts(void)
{
    static const struct {
        const char *page, *golden, *title, *lang;
    } cases[] = {
        {"news-1256.html", "news-1256.txt", "افتتاح مكتبة عامة في الحي القديم",
         "ar"},
        {"layout-tables.html", "layout-tables.txt", "The old mill turns again",
         "en"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[256];
        const char *paths[] = {path};
        zub_corpus *corpus;
        zub_record *record;
        char *golden = read_fixture(cases[i].golden);

        snprintf(path, sizeof path, "tests/fixtures/corpus/%s", cases[i].page);
        CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
        CHECK_INT(zub_corpus_next(&record, corpus, NULL), ZUB_OK);
        if (record) {
            CHECK_STR(record->text.data, golden);
            CHECK_STR(record->title.data, cases[i].title);
            CHECK_STR(record->lang.data, cases[i].lang);
            CHECK_INT(record->repaired, 0);
        }
        zub_record_free(record);
        zub_corpus_free(corpus);
        free(golden);
    }
}

int main(void)
{
    RUN(block_elements_are_paragraphs);
    RUN(entities_are_characters);
    RUN(what_is_not_text_is_left_out);
    RUN(a_form_around_the_whole_page_is_not_a_form);
    RUN(the_article_element_is_chosen_when_it_is_substantial);
    RUN(else_the_densest_container_is);
    RUN(paragraphs_of_links_are_left_out);
    RUN(share_bars_and_comments_are_left_out);
    RUN(titles_come_from_title_og_title_or_h1);
    RUN(the_language_is_that_of_the_root);
    RUN(any_text_is_a_page);
    RUN(deep_and_long_pages_take_linear_time);
    RUN(a_tag_of_many_attributes_takes_linear_time);
    RUN(tags_that_cross_without_end_are_a_limit);
    RUN(pages_give_their_golden_texts);
    return DONE();
}
