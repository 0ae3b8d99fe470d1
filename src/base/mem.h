/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* mem.h - memory whose size was checked; the only door to malloc.
 *
 * Every other file of the library allocates through here, so that a test can
 * make the nth allocation fail and see what happens (tests/fault.h). Blocks of
 * 4 MiB and more lie in large pages where the system has them.
 */
#ifndef ZUB_BASE_MEM_H
#define ZUB_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* count * size bytes, not zeroed; NULL when that overflows or memory is out.
 * Asking for nothing gives a pointer that may be freed. */
void *zub_alloc(size_t count, size_t size);

/* The same, zeroed. */
void *zub_alloc_zero(size_t count, size_t size);

/* head + count * size bytes, zeroed: a struct with an array at its end. */
void *zub_alloc_tail(size_t head, size_t count, size_t size);

/* count * size bytes with the old content; on failure NULL and the old block
 * is untouched. */
void *zub_realloc(void *block, size_t count, size_t size);

/* Make room for `need` elements of `size` bytes in a growing array. `array`
 * is the address of the array's pointer. Doubles, so n appends cost O(n);
 * false when memory is out, with everything as it was. */
bool zub_grow(void *array, size_t *capacity, size_t need, size_t size);

/* NULL is fine. */
void zub_free(void *block);

#endif
