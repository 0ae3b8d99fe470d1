/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranked_room.h - from lines to what measures read of a query. */
#ifndef ZUB_EVAL_RANKED_ROOM_H
#define ZUB_EVAL_RANKED_ROOM_H

#include "eval/ranked.h"

/* Room for the longest query, used again. */
typedef struct zub_ranked_room {
    int *levels, *ideal;
    uint32_t *hits;
    double *dcg, *ideal_dcg;
} zub_ranked_room;

/* ZUB_ENOMEM. */
zub_status zub_ranked_room_init(zub_ranked_room *room,
                                const zub_trec_lines *run,
                                const zub_trec_lines *judged);
void zub_ranked_room_release(zub_ranked_room *room);

/* What was retrieved, [count] best first, by what one judge says in `rows` of
 * `judged`; relevant from `level` on. It lies in the room until the next. */
zub_ranked zub_ranked_read(zub_ranked_room *room, int level,
                           const zub_trec_line *retrieved, size_t count,
                           const zub_trec_lines *judged,
                           const zub_trec_query *rows);

#endif
