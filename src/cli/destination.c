/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* destination.c - standard output is written without stdio, so that every
 * failed write is seen where it happens. A reader who has gone away is no
 * error: the process dies of SIGPIPE as any filter does. */
#include "cli/destination.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/message.h"

/* For who started us with SIGPIPE ignored. */
static void die_of_pipe(void)
{
    sigset_t set;

    signal(SIGPIPE, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    raise(SIGPIPE);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

/* Waits when standard output does not block; false when it is no use. */
static bool may_try_again(int error)
{
    struct pollfd wait = {.fd = STDOUT_FILENO, .events = POLLOUT};

    if (error == EPIPE)
        die_of_pipe();
    if (error == EAGAIN || error == EWOULDBLOCK)
        return poll(&wait, 1, -1) >= 0 || errno == EINTR;
    return error == EINTR;
}

/* Returns 0 or errno. */
static int write_stdout(const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(STDOUT_FILENO, data, size);

        if (written < 0 && !may_try_again(errno))
            return errno;
        if (written > 0) {
            data += written;
            size -= (size_t)written;
        }
    }
    return 0;
}

static zub_status write_through(zub_destination *destination, const char *data,
                                size_t size)
{
    zub_status status = ZUB_OK;

    errno = 0;
    if (destination->path == NULL) {
        destination->error = write_stdout(data, size);
        return destination->error == 0 ? ZUB_OK : ZUB_EWRITE;
    }
    pthread_mutex_lock(&destination->lock);
    status = destination->sink.write(destination->sink.context, data, size);
    if (status != ZUB_OK)
        destination->error = errno != 0 ? errno : EIO;
    pthread_mutex_unlock(&destination->lock);
    return status;
}

static zub_status flush(zub_destination *destination)
{
    size_t used = destination->used;

    destination->used = 0;
    if (destination->error != 0)
        return ZUB_EWRITE;
    return used == 0 ? ZUB_OK
                     : write_through(destination, destination->buffer, used);
}

static bool is_regular_file(int fd)
{
    struct stat about;

    return fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

void zub_deadly_signals(sigset_t *out)
{
    static const int deadly[] = {SIGINT, SIGTERM, SIGHUP};

    sigemptyset(out);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        struct sigaction action;

        if (sigaction(deadly[i], NULL, &action) == 0 &&
            action.sa_handler != SIG_IGN)
            sigaddset(out, deadly[i]);
    }
}

static zub_status open_file(zub_destination *out, zub_error *error)
{
    sigset_t deadly;

    zub_deadly_signals(&deadly);
    out->holds_signals =
        pthread_sigmask(SIG_BLOCK, &deadly, &out->before) == 0;
    zub_status status = zub_output_open(&out->file, out->path, error);
    if (status == ZUB_OK)
        out->sink = zub_output_sink(out->file);
    return status;
}

zub_status zub_destination_open(zub_destination *out, const char *path,
                                zub_error *error)
{
    if (path != NULL && strcmp(path, "-") == 0)
        path = NULL;
    memset(out, 0, offsetof(zub_destination, buffer));
    out->path = path;
    out->is_terminal = path == NULL && isatty(STDOUT_FILENO);
    out->is_prompt = path == NULL && !is_regular_file(STDOUT_FILENO);
    out->is_open = pthread_mutex_init(&out->lock, NULL) == 0;
    if (!out->is_open)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    return path == NULL ? ZUB_OK : open_file(out, error);
}

zub_status zub_destination_write(zub_destination *destination,
                                 const char *data, size_t size)
{
    zub_status status = ZUB_OK;

    if (destination->error != 0)
        return ZUB_EWRITE;
    if (size > sizeof destination->buffer - destination->used)
        status = flush(destination);
    if (status == ZUB_OK && size > sizeof destination->buffer)
        return write_through(destination, data, size);
    if (status != ZUB_OK || size == 0)
        return status;
    memcpy(destination->buffer + destination->used, data, size);
    destination->used += size;
    return ZUB_OK;
}

zub_status zub_destination_hand_over(zub_destination *destination)
{
    return destination->is_prompt ? flush(destination) : ZUB_OK;
}

static zub_status sink_write(void *context, const char *data, size_t size)
{
    return zub_destination_write(context, data, size);
}

zub_sink zub_destination_sink(zub_destination *destination)
{
    return (zub_sink){.write = sink_write, .context = destination};
}

/* ---- Committing ---- */

static zub_status say_unwritten(const zub_destination *destination,
                                zub_status status, zub_error *error)
{
    return zub_message_into(
        error, status, "cannot write to %s%s%s: %s",
        destination->path ? "'" : "",
        destination->path ? destination->path : "standard output",
        destination->path ? "'" : "", strerror(destination->error));
}

/* Its bytes are where they must be, all but the name. */
static zub_status settle(zub_destination *destination, bool has_others,
                         zub_error *error)
{
    zub_status status = flush(destination);

    if (status != ZUB_OK)
        return say_unwritten(destination, status, error);
    if (destination->path == NULL || !has_others)
        return ZUB_OK;
    pthread_mutex_lock(&destination->lock);
    status = zub_output_sync(destination->file, error);
    pthread_mutex_unlock(&destination->lock);
    return status;
}

/* What stands of a set when the next of it could not. */
static void say_standing(const zub_destination *first,
                         const zub_destination *failed, zub_error *error)
{
    zub_error why = *error;
    const char *last = NULL;

    for (const zub_destination *at = first->beside; at && at != failed;
         at = at->beside)
        last = at->path;
    if (last != NULL)
        zub_message_into(error, why.status,
                         "%.300s (new files up to '%.100s' stand already)",
                         why.message, last);
}

static zub_status take_name(zub_destination *destination, zub_error *error)
{
    return destination->path == NULL
               ? ZUB_OK
               : zub_output_commit(destination->file, error);
}

/* All are locked, so that a signal finds none of them committed or all. */
static zub_status take_names(zub_destination *first, zub_error *error)
{
    zub_status status = ZUB_OK;
    zub_destination *at;

    for (at = first; at != NULL; at = at->beside)
        pthread_mutex_lock(&at->lock);
    for (at = first->beside; at != NULL && status == ZUB_OK; at = at->beside) {
        status = take_name(at, error);
        if (status != ZUB_OK)
            say_standing(first, at, error);
    }
    if (status == ZUB_OK) {
        status = take_name(first, error);
        if (status != ZUB_OK)
            say_standing(first, NULL, error);
    }
    for (at = first; at != NULL; at = at->beside)
        pthread_mutex_unlock(&at->lock);
    return status;
}

zub_status zub_destination_commit(zub_destination *destination,
                                  zub_error *error)
{
    bool has_others = destination->beside != NULL;
    zub_status status = ZUB_OK;

    for (zub_destination *at = destination; at != NULL && status == ZUB_OK;
         at = at->beside)
        status = settle(at, has_others, error);
    return status == ZUB_OK ? take_names(destination, error) : status;
}

void zub_destination_close(zub_destination *destination)
{
    if (!destination->is_open)
        return;
    pthread_mutex_lock(&destination->lock);
    zub_output_free(destination->file);
    destination->file = NULL;
    pthread_mutex_unlock(&destination->lock);
    pthread_mutex_destroy(&destination->lock);
    destination->is_open = false;
    if (destination->holds_signals)
        pthread_sigmask(SIG_SETMASK, &destination->before, NULL);
    destination->holds_signals = false;
}

void zub_destination_abandon(zub_destination *destination)
{
    struct timespec patience;

    clock_gettime(CLOCK_REALTIME, &patience);
    patience.tv_sec++;
    for (; destination != NULL; destination = destination->beside) {
        if (pthread_mutex_timedlock(&destination->lock, &patience) != 0)
            continue;
        zub_output_free(destination->file);
        destination->file = NULL;
    }
}

int zub_destination_print(const char *data, size_t size)
{
    int error = write_stdout(data, size);

    if (error == 0)
        return ZUB_EXIT_DONE;
    zub_message("cannot write to standard output: %s", strerror(error));
    return ZUB_EXIT_RESOURCE;
}
