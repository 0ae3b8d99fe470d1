/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fold.h - a word as it is counted: without case, marks and presentation
 * forms that a reader would not miss. Never shown. */
#ifndef ZUB_TEXT_FOLD_H
#define ZUB_TEXT_FOLD_H

#include "zubda.h"
#include "base/buffer.h"

/* Holds ICU's normaliser (NFKC_Casefold). One thread. */
typedef struct zub_folder zub_folder;

zub_status zub_folder_new(zub_folder **out, zub_error *error);
void zub_folder_free(zub_folder *folder);

/* Append the folded word to `out`: NFKC with case folding, invalid bytes as
 * U+FFFD, default ignorables (bidi marks, ZWJ, ZWNJ) gone; for Arabic script
 * also tashkeel, tatweel and the forms of hamza on alef, one kaf (ك) and one
 * yeh (ي) for those of Persian (but Pashto tells ی from ي), and ASCII digits.
 * It may come out empty. Folding what is folded changes nothing.
 * ى and ة stay: stemmers need them. `lang` is BCP 47: Turkish and Azeri fold
 * I to ı and İ to i. ZUB_ENOMEM. */
zub_status zub_fold(zub_folder *folder, zub_buffer *out, zub_slice word,
                    const char *lang);

/* How a letter below U+0080 or from U+0600 to U+06FF folds in any word that has
 * no others: *size bytes, 0 if it goes. False: that depends on what it stands
 * with. */
bool zub_fold_letter(const zub_folder *folder, uint32_t code_point,
                     const char *lang, char out[2], size_t *size);

#endif
