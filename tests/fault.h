/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fault.h - the nth allocation or the nth call to the system fails.
 *
 * A program that is linked with fault.o and the --wrap options of the Makefile
 * (FAULTS) has every such call of libzubda.a go through here; under a
 * sanitizer it goes on to the sanitizer's. Allocations of cJSON and ICU come
 * here after fault_hook_libraries; those of libxml2 do not, for 2.9 follows
 * pointers that it could not allocate. A scenario prepares in peace,
 * then does
 *
 *     fault_on();
 *     zub_status status = zub_models_open(&models, "models", &error);
 *     fault_off();
 *     fault_expect(status, models, &error);
 *
 * and cleans up; it may do so several times, n counts anew from each fault_on.
 * fault_each repeats it with n = 1, 2, 3, ... until nothing was
 * there to fail any more, and again with all calls from the nth on failing.
 */
#ifndef ZUB_FAULT_H
#define ZUB_FAULT_H

#include "zubda.h"

/* What fails; they add up. */
enum {
    FAULT_ALLOC = 1,    /* the library's allocations and cJSON's */
    FAULT_ICU = 2,      /* ICU's: it may call that something else */
    FAULT_OPEN = 4,     /* open, opendir: too many files */
    FAULT_READ = 8,     /* read, readdir, stat and its kin */
    FAULT_WRITE = 16,   /* write, fchmod: no space left */
    FAULT_SYNC = 32,    /* fsync, close, linkat, rename */
    FAULT_MAP = 64,     /* mmap */
    FAULT_THREAD = 128, /* pthread_create */
    FAULT_SYSTEM = 252, /* any of them but memory */
    FAULT_MEMORY = 3    /* both */
};

/* Once, first thing in main: nothing of ICU may have run. */
void fault_hook_libraries(void);

/* Calls fail between these two; setting up and cleaning up stay outside. */
void fault_on(void);
/* True when one was made to fail. */
bool fault_off(void);
/* What the last fault_off said. */
bool fault_struck(void);

/* Runs so far in which something was made to fail. */
size_t fault_total(void);

/* Reads and writes are cut to a byte, and interrupted every other time. */
void fault_make_short(bool is_short);

/* After fault_off: the call succeeded, or it failed for our reason and left
 * *out NULL and words behind. `error` may be NULL. True when it succeeded:
 * then the result must be right. */
bool fault_expect(zub_status status, const void *out, const zub_error *error);

/* Runs the scenario in peace, then for each kind in `kinds` on its own. Each
 * run must free all it took and close all it opened. False, with words on
 * stdout, when it did not or when an expectation failed. */
bool fault_each(const char *name, unsigned kinds, void (*scenario)(void));

#endif
