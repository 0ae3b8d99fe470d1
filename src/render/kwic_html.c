/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kwic_html.c - see kwic_html.h. The order of a table's columns is that of its
 * own direction, so what stands before a match is on its right where lines run
 * from right to left; a cell is aligned to its match by the same direction, and
 * its text runs as it will, within a bdi. Nothing of an article reaches the
 * page but through `escape`. */
#include "render/kwic_html.h"

#include "render/isolate.h"

static const char page_head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\""
    " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width,"
    " initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta name=\"generator\" content=\"zubda " ZUB_VERSION "\">\n"
    "<title>Concordance</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --paper: #faf9f5; --ink: #1f1e1b;\n"
    "  --quiet: #6c6a64; --line: #e4e1d8; --mark: rgb(255 190 11 / .35) }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --paper: #161513; --ink: #e9e6df; --quiet: #a09d95;\n"
    "    --line: #37352f; --mark: rgb(255 190 11 / .25) } }\n"
    "body { margin: 0; padding: 1rem; background: var(--paper);\n"
    "  color: var(--ink); font: 1rem/1.6 Georgia, \"Noto Serif\",\n"
    "  \"Noto Naskh Arabic\", \"Noto Sans Arabic\", serif }\n"
    "table { border-collapse: collapse; margin-inline: auto }\n"
    "th, td { padding: .1rem .3rem; white-space: pre-wrap;\n"
    "  border-bottom: 1px solid var(--line) }\n"
    "th { color: var(--quiet); font: .8rem system-ui, sans-serif }\n"
    ".before { text-align: end } .match { text-align: center }\n"
    ".after { text-align: start }\n"
    ".match bdi { background: var(--mark); border-radius: .2em }\n"
    ".id, .place { color: var(--quiet); font-size: .8rem }\n"
    ".place { font-variant-numeric: tabular-nums }\n"

    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n";

static const char table_head[] =
    "<thead><tr><th class=\"before\">before</th>"
    "<th class=\"match\">match</th><th class=\"after\">after</th>"
    "<th>id</th><th>start</th><th>end</th></tr></thead>\n<tbody>\n";

static const char table_tail[] = "</tbody>\n</table>\n";

/* A row is a line, and holds no markup. */
static const char *escape(uint32_t code_point, char room[16])
{
    const char *plain = zub_escape_plain(code_point, room);

    return plain ? plain : zub_escape_html(code_point, room);
}

void zub_kwic_html_head(zub_writer *out)
{
    zub_write_string(out, page_head);
}

static void put_text(zub_writer *out, const char *class, zub_slice text)
{
    zub_write_string(out, "<td class=\"");
    zub_write_string(out, class);
    zub_write_string(out, "\"><bdi dir=\"auto\">");
    zub_write_escaped(out, text, escape);
    zub_write_string(out, "</bdi></td>");
}

static void put_place(zub_writer *out, uint64_t place)
{
    zub_write_string(out, "<td class=\"place\">");
    zub_write_count(out, place);
    zub_write_string(out, "</td>");
}

static void turn(zub_writer *out, zub_kwic_way *way, zub_kwic_way wanted)
{
    if (*way == wanted)
        return;
    if (*way != ZUB_KWIC_NO_TABLE)
        zub_write_string(out, table_tail);
    zub_write_string(out, wanted == ZUB_KWIC_RIGHT_TO_LEFT
                              ? "<table dir=\"rtl\">\n"
                              : "<table dir=\"ltr\">\n");
    zub_write_string(out, table_head);
    *way = wanted;
}

void zub_kwic_html_line(zub_writer *out, zub_kwic_way *way,
                        const zub_kwic_line *line)
{
    turn(out, way,
         zub_has_right_to_left(line->match) ? ZUB_KWIC_RIGHT_TO_LEFT
                                            : ZUB_KWIC_LEFT_TO_RIGHT);
    zub_write_string(out, "<tr>");
    put_text(out, "before", line->before);
    put_text(out, "match", line->match);
    put_text(out, "after", line->after);
    put_text(out, "id", line->id);
    put_place(out, line->start);
    put_place(out, line->end);
    zub_write_string(out, "</tr>\n");
}

void zub_kwic_html_tail(zub_writer *out, zub_kwic_way way)
{
    zub_write_string(out, way == ZUB_KWIC_NO_TABLE ? "<p>No match.</p>\n"
                                                   : table_tail);
    zub_write_string(out, "</main>\n</body>\n</html>\n");
}
