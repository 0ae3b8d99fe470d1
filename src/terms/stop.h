/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stop.h - words that carry no subject: a language's list in the models. */
#ifndef ZUB_TERMS_STOP_H
#define ZUB_TERMS_STOP_H

#include "zubda.h"
#include "base/map.h"
#include "text/fold.h"

/* Folded words of models/<lang>/stop.txt: one a line, UTF-8, '#' begins a
 * comment. */
typedef struct zub_stop_list {
    zub_map words;
    const char *const *prefixes; /* clitics that may stand before one */
    uint32_t identity;           /* differs when any byte of the file does */
    uint64_t marks[64];          /* bits by size, first and last letter */
} zub_stop_list;

/* Without such a file the list is empty. ZUB_EFORMAT: not UTF-8. ZUB_EIO,
 * ZUB_ENOMEM. On failure the list is empty. */
zub_status zub_stop_list_open(zub_stop_list *list, const zub_models *models,
                              const char *lang, zub_folder *folder,
                              zub_error *error);
void zub_stop_list_release(zub_stop_list *list);

/* Whether a folded word is on the list, by itself or behind a clitic. */
bool zub_stop_list_has(const zub_stop_list *list, zub_slice word);

#endif
