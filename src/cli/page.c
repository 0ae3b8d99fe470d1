/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* page.c - see page.h. */
#include "cli/page.h"

#include <string.h>

#define WIDTH 78
#define INDENT 4
#define DATE "2026-11-22" /* of the release; man pages show it */

void zub_page_wrap_apart(zub_bytes *out, size_t column, size_t indent,
                         const char *text, bool is_apart)
{
    const char *open = is_apart ? ZUB_PAGE_APART : "";
    const char *close = is_apart ? ZUB_PAGE_TOGETHER : "";
    bool is_first = true;

    zub_bytes_add(out, open);
    while (*text != '\0') {
        size_t word = strcspn(text, " ");
        size_t width = zub_display_width((zub_slice){text, word});

        if (!is_first && column + 1 + width > WIDTH) {
            zub_bytes_format(out, "%s\n", close);
            zub_bytes_fill(out, ' ', indent);
            zub_bytes_add(out, open);
            column = indent;
        } else if (!is_first) {
            zub_bytes_add(out, " ");
            column++;
        }
        zub_bytes_write(out, text, word);
        column += width;
        text += word + strspn(text + word, " ");
        is_first = false;
    }
    zub_bytes_format(out, "%s\n", close);
}

void zub_page_wrap(zub_bytes *out, size_t column, size_t indent,
                   const char *text)
{
    zub_page_wrap_apart(out, column, indent, text, false);
}

/* ---- For a terminal ---- */

static void indented(zub_bytes *out, size_t indent, const char *text)
{
    zub_bytes_fill(out, ' ', indent);
    zub_page_wrap(out, indent, indent, text);
}

static void plain_begin(zub_bytes *out, const char *name, const char *about)
{
    zub_bytes_format(out, "NAME\n    %s - %s\n", name, about);
}

static void plain_section(zub_bytes *out, const char *title)
{
    zub_bytes_format(out, "\n%s\n", title);
}

/* The last line is not indented. */
static bool is_behind_title(const zub_bytes *out)
{
    size_t at = out->size;

    while (at > 1 && out->data[at - 2] != '\n')
        at--;
    return at > 0 && out->data[at - 1] != ' ';
}

static void plain_paragraph(zub_bytes *out, const char *text)
{
    if (!is_behind_title(out))
        zub_bytes_add(out, "\n");
    indented(out, INDENT, text);
}

static void plain_entry(zub_bytes *out, const char *tag, const char *text)
{
    indented(out, INDENT, tag);
    indented(out, 2 * INDENT, text);
}

static void plain_example(zub_bytes *out, const char *line, const char *about)
{
    zub_bytes_format(out, "    %s\n        %s\n", line, about);
}

const zub_page_style zub_page_plain = {
    plain_begin, plain_section, plain_paragraph, plain_entry, plain_example,
};

/* ---- For man(1) ---- */

/* A dash that can be copied, no control line by accident. */
static void roff_text(zub_bytes *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        zub_bytes_add(out, "\\&");
    for (; *text != '\0'; text++) {
        if (*text == '-')
            zub_bytes_add(out, "\\-");
        else if (*text == '\\')
            zub_bytes_add(out, "\\e");
        else if (*text == '\'')
            zub_bytes_add(out, "\\(aq");
        else if (*text == '~')
            zub_bytes_add(out, "\\(ti");
        else if (*text == '^')
            zub_bytes_add(out, "\\(ha");
        else if (*text == '`')
            zub_bytes_add(out, "\\(ga");
        else
            zub_bytes_write(out, text, 1);
    }
    zub_bytes_add(out, "\n");
}

static void roff_begin(zub_bytes *out, const char *name, const char *about)
{
    zub_bytes_format(out,
                     ".TH \"%s\" 1 \"" DATE "\" \"zubda " ZUB_VERSION "\"\n"
                     ".nh\n.SH NAME\n%s \\- ",
                     name, name);
    roff_text(out, about);
}

static void roff_section(zub_bytes *out, const char *title)
{
    zub_bytes_format(out, ".SH \"%s\"\n", title);
}

/* A title ends its line with a quote, and wants no .PP behind it. */
static void roff_paragraph(zub_bytes *out, const char *text)
{
    if (out->size >= 2 && memcmp(out->data + out->size - 2, "\"\n", 2) != 0)
        zub_bytes_add(out, ".PP\n");
    roff_text(out, text);
}

static void roff_entry(zub_bytes *out, const char *tag, const char *text)
{
    zub_bytes_add(out, ".TP\n.B ");
    roff_text(out, tag);
    roff_text(out, text);
}

static void roff_example(zub_bytes *out, const char *line, const char *about)
{
    zub_bytes_add(out, ".TP\n.B ");
    roff_text(out, line);
    roff_text(out, about);
}

const zub_page_style zub_page_roff = {
    roff_begin, roff_section, roff_paragraph, roff_entry, roff_example,
};
