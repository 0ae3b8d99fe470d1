/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* destination.h - where results go: standard output or a file. */
#ifndef ZUB_CLI_DESTINATION_H
#define ZUB_CLI_DESTINATION_H

#include <pthread.h>
#include <signal.h>

#include "zubda.h"

/* Zeroed is closed. */
typedef struct zub_destination {
    bool is_open;
    zub_output *file;               /* NULL: standard output */
    zub_sink sink;                  /* of `file` */
    pthread_mutex_t lock;           /* of `file`: a signal may give it up */
    const char *path;               /* NULL: standard output */
    struct zub_destination *beside; /* a file that belongs to it, or NULL; set
                                       when both are open */
    int error;       /* errno of the first write that failed, or 0 */
    sigset_t before; /* the signal mask as it was, while it holds signals */
    bool holds_signals;
    bool is_terminal;
    bool is_prompt; /* somebody may be reading along: no file */
    size_t used;
    char buffer[1 << 16];
} zub_destination;

/* Those that end a process, unless we were told to ignore them (nohup). */
void zub_deadly_signals(sigset_t *out);

/* `path` NULL or "-": standard output. For a file, deadly signals wait from
 * here to the close, or until somebody takes them (watch.h): the file aside
 * must not stay behind. */
zub_status zub_destination_open(zub_destination *out, const char *path,
                                zub_error *error);
/* Buffered. ZUB_EWRITE. */
zub_status zub_destination_write(zub_destination *destination,
                                 const char *data, size_t size);
/* A result is complete: it goes out now where somebody may be waiting for
 * it, on a terminal or behind a pipe. ZUB_EWRITE. */
zub_status zub_destination_hand_over(zub_destination *destination);
/* The shape of a sink: `context` is a zub_destination. */
zub_sink zub_destination_sink(zub_destination *destination);
/* All is on its way, or the file stands under its name. Those beside it are
 * committed before it, the nearest first, and none before all of them are on
 * the disk; when the names cannot all be taken the message says which file
 * stands. ZUB_EWRITE. */
zub_status zub_destination_commit(zub_destination *destination,
                                  zub_error *error);
/* Without a commit a file is as it was before; those beside it are closed each
 * for itself, before it. Closed is fine. */
void zub_destination_close(zub_destination *destination);
/* The same from another thread, with those beside it, for a process about to
 * die: what comes after waits for ever. A write under way is waited for, but
 * not one that hangs for a second, as into a pipe that nobody reads. */
void zub_destination_abandon(zub_destination *destination);

/* All of `data` to standard output at once: help and versions. Returns the
 * exit code, having said what was wrong. */
int zub_destination_print(const char *data, size_t size);

#endif
