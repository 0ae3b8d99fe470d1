/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* page.c - see page.h.
 *
 * libxml2 makes a tree of any tag soup. One walk over its body cuts the text
 * into paragraphs at block elements, without what is never an article
 * (scripts, navigation, headers and footers, asides, controls, hidden parts).
 * Paragraphs stand in document order, so those of an element are a range.
 *
 * The article is then the range of
 * 1. the <article> with most text outside links, or else <main>, if that is
 *    at least two fifths of the page's;
 * 2. else the container with the highest score: a paragraph gives its bytes
 *    outside links less those inside to its container, half of it to the
 *    next one up; again if it holds two fifths of the page's text;
 * 3. else the whole body.
 * Of the range, paragraphs that are four fifths links are left out. Share
 * bars, comments and the like, known by class or id, are links for all this.
 */
#include "corpus/page.h"

#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"

enum {
    DROPPED = 1 << 0,   /* never part of an article */
    BLOCK = 1 << 1,     /* a paragraph of its own */
    CONTAINER = 1 << 2, /* may hold an article's paragraphs; a block */
    HEADING = 1 << 3,   /* a block */
    LINK = 1 << 4,      /* or what is no more of an article than links are */
    BREAK = 1 << 5,     /* a line end */
    VERBATIM = 1 << 6,  /* line ends are kept; a block */
    FORM = 1 << 7,      /* dropped unless the whole body is in it */
};

static const struct element {
    const char *name;
    unsigned flags;
} elements[] = {
    /* sorted */
    {"a", LINK},
    {"address", BLOCK},
    {"applet", DROPPED},
    {"article", BLOCK | CONTAINER},
    {"aside", DROPPED},
    {"audio", DROPPED},
    {"blockquote", BLOCK},
    {"body", BLOCK | CONTAINER},
    {"br", BREAK},
    {"button", DROPPED},
    {"canvas", DROPPED},
    {"caption", BLOCK},
    {"center", BLOCK | CONTAINER},
    {"dd", BLOCK},
    {"details", BLOCK},
    {"dialog", DROPPED},
    {"div", BLOCK | CONTAINER},
    {"dl", BLOCK},
    {"dt", BLOCK},
    {"embed", DROPPED},
    {"fieldset", BLOCK},
    {"figcaption", BLOCK},
    {"figure", BLOCK},
    {"footer", DROPPED},
    {"form", BLOCK | CONTAINER | FORM},
    {"frameset", DROPPED},
    {"h1", BLOCK | HEADING},
    {"h2", BLOCK | HEADING},
    {"h3", BLOCK | HEADING},
    {"h4", BLOCK | HEADING},
    {"h5", BLOCK | HEADING},
    {"h6", BLOCK | HEADING},
    {"head", DROPPED},
    {"header", DROPPED},
    {"hr", BLOCK},
    {"iframe", DROPPED},
    {"input", DROPPED},
    {"li", BLOCK},
    {"main", BLOCK | CONTAINER},
    {"map", DROPPED},
    {"menu", DROPPED},
    {"nav", DROPPED},
    {"noframes", DROPPED},
    {"noscript", DROPPED},
    {"object", DROPPED},
    {"ol", BLOCK},
    {"option", DROPPED},
    {"p", BLOCK},
    {"pre", BLOCK | VERBATIM},
    {"script", DROPPED},
    {"section", BLOCK | CONTAINER},
    {"select", DROPPED},
    {"style", DROPPED},
    {"summary", BLOCK},
    {"svg", DROPPED},
    {"table", BLOCK},
    {"tbody", BLOCK},
    {"td", BLOCK | CONTAINER},
    {"template", DROPPED},
    {"textarea", DROPPED},
    {"th", BLOCK},
    {"title", DROPPED},
    {"tr", BLOCK},
    {"ul", BLOCK},
    {"video", DROPPED},
};

/* A container: its paragraphs are [first, end). */
typedef struct block {
    struct block *outer;
    const char *name;
    size_t first, end;
    double score;
} block;

typedef struct paragraph {
    size_t start, end; /* in text */
    size_t links;      /* bytes of it within links */
    bool is_heading;
} paragraph;

/* Invariant: paragraphs[0 .. count) are closed; the one at hand is
 * text[start ..), of which `links` bytes are in links. */
typedef struct page_walk {
    zub_arena arena;
    zub_buffer text;
    paragraph *paragraphs;
    size_t count, capacity;
    block **blocks; /* [block_count], in the order they open */
    size_t block_count, block_capacity;
    block *current;
    size_t start, links;
    size_t link_depth, verbatim_depth;
    bool is_heading, needs_space, is_out_of_memory;
} page_walk;

/* ---- Nodes ---- */

static const char *chars(const xmlChar *text)
{
    return (const char *)text;
}

static int compare_elements(const void *name, const void *element)
{
    return strcasecmp(name, ((const struct element *)element)->name);
}

static bool is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcasecmp(chars(node->name), name) == 0;
}

/* The value of an attribute, borrowed; NULL: there is none. */
static const char *attribute(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node->properties; a; a = a->next)
        if (strcasecmp(chars(a->name), name) == 0)
            return a->children && a->children->content
                       ? chars(a->children->content)
                       : "";
    return NULL;
}

/* Words of a class or id that speak of what stands around an article. */
static const char *const furniture[] = {
    "breadcrumb", "breadcrumbs", "byline",     "comment", "comments",
    "cookie",     "cookies",     "newsletter", "promo",   "related",
    "share",      "sharing",     "social",
};

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_alpha(char c)
{
    return is_lower((char)(c | 0x20));
}

/* Bytes of the word at the start: letters, up to a capital behind a small
 * one, as in shareBar. */
static size_t word_size(const char *text)
{
    size_t size = 0;

    while (is_alpha(text[size]) &&
           (size == 0 || is_lower(text[size]) || !is_lower(text[size - 1])))
        size++;
    return size;
}

static bool speaks_of_furniture(const char *names)
{
    for (size_t size; names && *names; names += size > 0 ? size : 1) {
        size = word_size(names);
        for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++)
            if (size == strlen(furniture[i]) &&
                strncasecmp(names, furniture[i], size) == 0)
                return true;
    }
    return false;
}

/* Counts as links do: left out, unless there is nothing else. Classes of what
 * holds the article (node->extra: it holds the heading) say what it has, not
 * what it is. */
static bool is_furniture(const xmlNode *node)
{
    return !node->extra && !is_element(node, "body") &&
           !is_element(node, "main") && !is_element(node, "article") &&
           (speaks_of_furniture(attribute(node, "class")) ||
            speaks_of_furniture(attribute(node, "id")));
}

static unsigned flags_of(const xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return 0;
    const struct element *found = bsearch(chars(node->name), elements,
                                          sizeof elements / sizeof *elements,
                                          sizeof *elements, compare_elements);
    return (found ? found->flags : 0) | (is_furniture(node) ? LINK : 0);
}

static bool is_attribute(const xmlNode *node, const char *name,
                         const char *value)
{
    const char *found = attribute(node, name);

    return found && strcasecmp(found, value) == 0;
}

static bool is_hidden(const xmlNode *node)
{
    const char *style = attribute(node, "style");

    return attribute(node, "hidden") ||
           is_attribute(node, "aria-hidden", "true") ||
           (style &&
            (strstr(style, "display:none") || strstr(style, "display: none")));
}

static bool is_dropped(const xmlNode *node, unsigned flags)
{
    if (node->type != XML_ELEMENT_NODE)
        return node->type != XML_TEXT_NODE;
    if (flags & FORM)
        return !node->parent || !is_element(node->parent, "body");
    return (flags & DROPPED) || (!is_element(node, "body") && is_hidden(node));
}

/* The node behind this one and all that is in it; NULL: root is over. */
static xmlNode *node_behind(xmlNode *node, const xmlNode *root)
{
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

/* The next one in document order. */
static xmlNode *next_node(xmlNode *node, const xmlNode *root)
{
    return node->children && node->type == XML_ELEMENT_NODE
               ? node->children
               : node_behind(node, root);
}

/* ---- Text ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Append with white space collapsed; a space is owed until the next word. */
static void add_text(page_walk *walk, const char *text)
{
    zub_buffer *out = &walk->text;
    size_t before = out->size;

    for (size_t i = 0; text[i];) {
        size_t word = i;
        if (is_space(text[i])) {
            if (text[i] == '\n' && walk->verbatim_depth > 0)
                zub_buffer_add_char(out, '\n');
            walk->needs_space = true;
            i++;
            continue;
        }
        while (text[i] && !is_space(text[i]))
            i++;
        if (walk->needs_space && out->size > walk->start &&
            out->data[out->size - 1] != '\n')
            zub_buffer_add_char(out, ' ');
        walk->needs_space = false;
        zub_buffer_add(out, text + word, i - word);
    }
    if (walk->link_depth > 0)
        walk->links += out->size - before;
}

static void trim_end(page_walk *walk)
{
    zub_buffer *out = &walk->text;

    while (out->size > walk->start && is_space(out->data[out->size - 1]))
        out->size--;
}

/* What a paragraph outside links speaks for its container. */
static void score(page_walk *walk, const paragraph *p)
{
    size_t plain = p->end - p->start - p->links;

    if (!walk->current || plain <= p->links)
        return;
    double value = (double)(plain - p->links);
    walk->current->score += value;
    if (walk->current->outer)
        walk->current->outer->score += value / 2;
}

static void close_paragraph(page_walk *walk)
{
    trim_end(walk);
    paragraph p = {walk->start, walk->text.size, walk->links,
                   walk->is_heading};
    if (p.links > p.end - p.start)
        p.links = p.end - p.start;
    walk->start = walk->text.size;
    walk->links = 0;
    walk->needs_space = false;
    if (p.start == p.end)
        return;
    if (!zub_grow(&walk->paragraphs, &walk->capacity, walk->count + 1,
                  sizeof *walk->paragraphs)) {
        walk->is_out_of_memory = true;
        return;
    }
    walk->paragraphs[walk->count++] = p;
    score(walk, &p);
}

static void add_break(page_walk *walk)
{
    trim_end(walk);
    if (walk->text.size > walk->start)
        zub_buffer_add_char(&walk->text, '\n');
    walk->needs_space = false;
}

/* ---- The walk ---- */

static void open_container(page_walk *walk, xmlNode *node)
{
    block *b = zub_arena_alloc(&walk->arena, 1, sizeof *b);

    if (!b || !zub_grow(&walk->blocks, &walk->block_capacity,
                        walk->block_count + 1, sizeof *walk->blocks)) {
        walk->is_out_of_memory = true;
        return;
    }
    *b = (block){.outer = walk->current,
                 .name = chars(node->name),
                 .first = walk->count};
    if (is_attribute(node, "role", "main"))
        b->name = "main";
    if (is_attribute(node, "itemprop", "articleBody"))
        b->name = "article";
    walk->blocks[walk->block_count++] = b;
    walk->current = b;
    node->_private = b;
}

static void enter(page_walk *walk, xmlNode *node, unsigned flags)
{
    if (node->type == XML_TEXT_NODE) {
        if (node->content)
            add_text(walk, chars(node->content));
        return;
    }
    if (flags & BLOCK)
        close_paragraph(walk);
    if (flags & CONTAINER)
        open_container(walk, node);
    if (flags & HEADING)
        walk->is_heading = true;
    if (flags & BREAK)
        add_break(walk);
    walk->link_depth += (flags & LINK) != 0;
    walk->verbatim_depth += (flags & VERBATIM) != 0;
}

static void leave(page_walk *walk, xmlNode *node, unsigned flags)
{
    block *b = node->type == XML_ELEMENT_NODE ? node->_private : NULL;

    if (flags & BLOCK)
        close_paragraph(walk);
    if (b) {
        b->end = walk->count;
        walk->current = b->outer;
    }
    if (flags & HEADING)
        walk->is_heading = false;
    walk->link_depth -= (flags & LINK) != 0;
    walk->verbatim_depth -= (flags & VERBATIM) != 0;
}

/* Every node once on the way down and once on the way up, without a stack. */
static void walk_tree(page_walk *walk, xmlNode *root)
{
    xmlNode *node = root;

    while (!walk->is_out_of_memory) {
        unsigned flags = flags_of(node);
        bool is_in = !is_dropped(node, flags);
        if (is_in)
            enter(walk, node, flags);
        if (is_in && node->type == XML_ELEMENT_NODE && node->children) {
            node = node->children;
            continue;
        }
        if (is_in)
            leave(walk, node, flags);
        while (node != root && !node->next) {
            node = node->parent;
            leave(walk, node, flags_of(node));
        }
        if (node == root)
            break;
        node = node->next;
    }
    close_paragraph(walk);
}

/* ---- Choosing the article ---- */

typedef struct range {
    size_t first, end;
} range;

static size_t plain_bytes(const page_walk *walk, range in)
{
    size_t bytes = 0;

    for (size_t i = in.first; i < in.end; i++)
        bytes += walk->paragraphs[i].end - walk->paragraphs[i].start -
                 walk->paragraphs[i].links;
    return bytes;
}

/* Bytes outside links before each paragraph: [count + 1]. */
static size_t *sum_plain(const page_walk *walk)
{
    size_t *sums = zub_alloc_zero(walk->count + 1, sizeof *sums);

    for (size_t i = 0; sums && i < walk->count; i++)
        sums[i + 1] = sums[i] + plain_bytes(walk, (range){i, i + 1});
    return sums;
}

static size_t plain_of(const block *b, const size_t *sums)
{
    return sums[b->end] - sums[b->first];
}

static const block *largest(const page_walk *walk, const char *name,
                            const size_t *sums)
{
    const block *best = NULL;

    for (size_t i = 0; i < walk->block_count; i++) {
        const block *b = walk->blocks[i];
        if (strcasecmp(b->name, name) == 0 &&
            (!best || plain_of(b, sums) > plain_of(best, sums)))
            best = b;
    }
    return best;
}

static const block *densest(const page_walk *walk)
{
    const block *best = NULL;

    for (size_t i = 0; i < walk->block_count; i++)
        if (!best || walk->blocks[i]->score > best->score)
            best = walk->blocks[i];
    return best;
}

static range choose(const page_walk *walk, const size_t *sums)
{
    const block *candidates[] = {largest(walk, "article", sums),
                                 largest(walk, "main", sums), densest(walk)};

    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        const block *b = candidates[i];
        if (b && plain_of(b, sums) > 0 &&
            plain_of(b, sums) * 5 >= sums[walk->count] * 2)
            return (range){b->first, b->end};
    }
    return (range){0, walk->count};
}

static bool is_mostly_links(const paragraph *p)
{
    return p->links * 5 >= (p->end - p->start) * 4;
}

/* A heading at the top that is the title again is not text. */
static bool is_title(const page_walk *walk, const paragraph *p,
                     const zub_buffer *title)
{
    return p->is_heading && p->end - p->start == title->size &&
           memcmp(walk->text.data + p->start, title->data, title->size) == 0;
}

static void join(const page_walk *walk, range in, zub_page *out,
                 bool keeps_links)
{
    for (size_t i = in.first; i < in.end; i++) {
        const paragraph *p = &walk->paragraphs[i];
        if (is_title(walk, p, &out->title) && out->text.size == 0)
            continue;
        if (!keeps_links && is_mostly_links(p))
            continue;
        if (out->text.size > 0)
            zub_buffer_add_string(&out->text, "\n\n");
        zub_buffer_add(&out->text, walk->text.data + p->start,
                       p->end - p->start);
    }
}

static void take_article(page_walk *walk, zub_page *out)
{
    size_t *sums = sum_plain(walk);

    if (!sums) {
        walk->is_out_of_memory = true;
        return;
    }
    join(walk, choose(walk, sums), out, false);
    if (out->text.size == 0)
        join(walk, (range){0, walk->count}, out, true);
    zub_free(sums);
}

/* ---- Title and language ---- */

/* The text within an element, on one line. */
static void inner_text(zub_buffer *out, xmlNode *root)
{
    page_walk walk = {.current = NULL};

    zub_buffer_init(&walk.text, ZUB_BUFFER_UNLIMITED);
    for (xmlNode *node = root; node; node = next_node(node, root)) {
        walk.needs_space |= (flags_of(node) & (BREAK | BLOCK)) != 0;
        if (node->type == XML_TEXT_NODE && node->content)
            add_text(&walk, chars(node->content));
    }
    zub_buffer_clear(out);
    zub_buffer_add_slice(out, zub_buffer_slice(&walk.text));
    if (walk.text.status != ZUB_OK)
        out->status = walk.text.status;
    zub_buffer_release(&walk.text);
}

/* What may be the title; the first of each kind. */
typedef struct title_nodes {
    xmlNode *title, *heading;
    const char *shared; /* og:title */
} title_nodes;

static title_nodes find_titles(xmlNode *root)
{
    title_nodes found = {NULL, NULL, NULL};

    for (xmlNode *node = root; node; node = next_node(node, root)) {
        if (!found.title && is_element(node, "title"))
            found.title = node;
        else if (!found.heading && is_element(node, "h1"))
            found.heading = node;
        else if (!found.shared && is_element(node, "meta") &&
                 is_attribute(node, "property", "og:title"))
            found.shared = attribute(node, "content");
    }
    return found;
}

static bool starts_with(const zub_buffer *text, const zub_buffer *start)
{
    return start->size > 0 && text->size >= start->size &&
           memcmp(text->data, start->data, start->size) == 0;
}

/* <title>, or og:title, or the first <h1>; and the <h1> if <title> is that
 * and more, the name of the site most often. */
static void find_title(zub_page *out, xmlNode *root)
{
    title_nodes found = find_titles(root);
    zub_buffer heading;

    zub_buffer_init(&heading, ZUB_BUFFER_UNLIMITED);
    if (found.heading)
        inner_text(&heading, found.heading);
    if (found.title)
        inner_text(&out->title, found.title);
    if (out->title.size == 0 && found.shared)
        zub_buffer_add_string(&out->title, found.shared);
    if (out->title.size == 0 || starts_with(&out->title, &heading)) {
        zub_buffer_clear(&out->title);
        zub_buffer_add_slice(&out->title, zub_buffer_slice(&heading));
    }
    zub_buffer_release(&heading);
}

/* Mark what holds the first <h1>: see is_furniture. */
static void mark_holders(xmlNode *root)
{
    xmlNode *node = find_titles(root).heading;

    for (; node && node->type == XML_ELEMENT_NODE; node = node->parent)
        node->extra = 1;
}

static void find_lang(zub_page *out, const xmlNode *root)
{
    const char *lang = attribute(root, "lang");

    if (!lang || !*lang)
        lang = attribute(root, "xml:lang");
    if (lang)
        zub_buffer_add(&out->lang, lang, strcspn(lang, " \t\r\n,;"));
}

/* ---- The page ---- */

static xmlNode *find_body(xmlNode *root)
{
    for (xmlNode *node = root->children; node; node = node->next)
        if (is_element(node, "body"))
            return node;
    return root;
}

static zub_status read_tree(zub_page *out, xmlNode *root, zub_error *error)
{
    page_walk walk = {.current = NULL};

    zub_buffer_init(&walk.text, ZUB_BUFFER_UNLIMITED);
    find_title(out, root);
    find_lang(out, root);
    mark_holders(root);
    walk_tree(&walk, find_body(root));
    if (!walk.is_out_of_memory)
        take_article(&walk, out);
    bool has_failed = walk.is_out_of_memory || walk.text.status != ZUB_OK ||
                      out->text.status != ZUB_OK ||
                      out->title.status != ZUB_OK ||
                      out->lang.status != ZUB_OK;
    zub_buffer_release(&walk.text);
    zub_arena_release(&walk.arena);
    zub_free(walk.paragraphs);
    zub_free(walk.blocks);
    return has_failed ? zub_fail_memory(error) : ZUB_OK;
}

/* HUGE: by default the parser gives up beyond 256 levels and 10 MB of text. */
#define PARSE_OPTIONS                                                         \
    (HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |         \
     HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD |            \
     HTML_PARSE_IGNORE_ENC | (int)XML_PARSE_HUGE)

/* libxml2 looks for the element of an end tag among all that are open, and
 * holds each attribute of a tag against those before it: both are quadratic.
 * An end tag without its element is an error, so the looking is counted there;
 * attributes need names, whose memory has a limit. Pages as people make them
 * stay far below either. */
#define MOST_STEPS ((size_t)1 << 28) /* about a second */
#define NAME_BYTES 16384             /* of distinct elements and attributes */

static void note_error(void *context, xmlError *error)
{
    size_t *steps = context;
    htmlParserCtxt *parser = error->ctxt;

    if (error->domain != XML_FROM_HTML ||
        error->code != XML_ERR_TAG_NAME_MISMATCH || !parser)
        return;
    *steps += (size_t)parser->nameNr;
    if (*steps > MOST_STEPS)
        xmlStopParser(parser);
}

static htmlParserCtxt *parse_quietly(xmlDoc **out, zub_slice html)
{
    htmlParserCtxt *parser = htmlNewParserCtxt();

    *out = NULL;
    if (!parser)
        return NULL;
    xmlDictSetLimit(parser->dict, NAME_BYTES);
    *out = htmlCtxtReadMemory(parser, html.data, (int)html.size, NULL, "UTF-8",
                              PARSE_OPTIONS);
    return parser;
}

/* Without a handler libxml2 prints what befalls it outside of a parser. The
 * handlers are this thread's; the caller's own come back. */
static zub_status parse(xmlDoc **out, zub_slice html, zub_error *error)
{
    size_t steps = 0;

    xmlInitParser();
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(&steps, note_error);
    htmlParserCtxt *parser = parse_quietly(out, html);
    xmlSetStructuredErrorFunc(context, handler);

    if (!parser)
        return zub_fail_memory(error);
    bool gave_up = parser->disableSAX != 0;
    bool is_out_of_memory = parser->errNo == XML_ERR_NO_MEMORY || !*out;
    htmlFreeParserCtxt(parser);
    if (!gave_up && !is_out_of_memory)
        return ZUB_OK;
    xmlFreeDoc(*out);
    *out = NULL;
    return is_out_of_memory
               ? zub_fail_memory(error)
               : zub_fail(error, ZUB_ELIMIT,
                          "its tags are nested and crossed beyond all limits");
}

zub_status zub_page_read(zub_page *out, zub_slice html, zub_error *error)
{
    xmlDoc *tree;

    zub_buffer_init(&out->text, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&out->title, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&out->lang, ZUB_BUFFER_UNLIMITED);
    if (html.size == 0)
        return ZUB_OK;
    zub_status status = parse(&tree, html, error);
    if (status != ZUB_OK)
        return status;
    xmlNode *root = xmlDocGetRootElement(tree);
    if (root)
        status = read_tree(out, root, error);
    xmlFreeDoc(tree);
    if (status != ZUB_OK)
        zub_page_release(out);
    return status;
}

void zub_page_release(zub_page *page)
{
    zub_buffer_release(&page->text);
    zub_buffer_release(&page->title);
    zub_buffer_release(&page->lang);
}
