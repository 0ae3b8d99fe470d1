/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* snippet.h - sentences of a passage that show why it was found. */
#ifndef ZUB_INDEX_SNIPPET_H
#define ZUB_INDEX_SNIPPET_H

#include "index/searcher.h"

/* Fills in hit->snippet and its marks; nothing where the index keeps no
 * texts. The sentences from the one whose words weigh most on, as many as some
 * 300 characters hold, and that one in any case; a longer one is cut between
 * words. ZUB_EFORMAT, ZUB_ENOMEM, without words. */
zub_status zub_snippet_make(zub_hit *hit, zub_arena *arena, zub_asking *asking,
                            const zub_candidate *from);

#endif
