/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* decimal.h - numbers as decimal digits, the same bytes in every locale. */
#ifndef ZUB_RENDER_DECIMAL_H
#define ZUB_RENDER_DECIMAL_H

#include "zubda.h"

#define ZUB_DECIMAL_ROOM 40 /* enough for any of these, with its NUL */

/* Each writes digits and a NUL and returns their number. Doubles are never
 * written in more than 26 characters; one that is not finite as "nan". */

size_t zub_decimal_count(char out[ZUB_DECIMAL_ROOM], uint64_t count);

/* 15 digits, without zeros at the end, or 16 or 17 if it takes as many to
 * read back as the same double. */
size_t zub_decimal_shortest(char out[ZUB_DECIMAL_ROOM], double value);

/* The same as a number, units / 10^places, zeros at the end and all. False
 * unless the value is from 1e-10 to 1e15. */
bool zub_decimal_units(uint64_t *units, int *places, double value);

/* At most 9 digits: the fewest that read back as the same float, of those the
 * nearest to it. */
size_t zub_decimal_float(char out[ZUB_DECIMAL_ROOM], float value);

/* Rounded to `digits` significant ones, 1 to 17, without zeros at the end. */
size_t zub_decimal_significant(char out[ZUB_DECIMAL_ROOM], double value,
                               int digits);

/* Rounded to `places` behind the point, 0 to 9, without zeros at the end;
 * from 2^53 units of the last place on, the shortest. */
size_t zub_decimal_places(char out[ZUB_DECIMAL_ROOM], double value,
                          unsigned places);

/* The same with all its places: for columns. */
size_t zub_decimal_padded(char out[ZUB_DECIMAL_ROOM], double value,
                          unsigned places);

#endif
