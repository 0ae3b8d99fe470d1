/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_html.c - summaries as one page. */
#include "render/render.h"

const zub_renderer zub_html_renderer = {NULL, NULL, NULL, NULL, NULL};
