/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* watch.c - the signals are blocked in every thread and waited for here, so
 * that what they set off is ordinary code. SIGRTMIN is our own: it wakes the
 * thread to end. */
#include "cli/watch.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/message.h"

#define FIRST_AFTER 1.0 /* seconds */

static double seconds_since(const struct timespec *start)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) +
           (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* "1234 articles, 45.6 of 120.0 MB, 12.3 MB/s, 0:06 left" */
static void describe(char *line, size_t room, zub_progress progress,
                     double seconds)
{
    double done = (double)progress.bytes / 1e6;
    double total = (double)progress.total_bytes / 1e6;
    double speed = seconds > 0 ? done / seconds : 0;
    char of[40] = "", left[40] = "";

    if (total > 0)
        snprintf(of, sizeof of, " of %.1f", total);
    if (total > done && speed > 0) {
        double rest = (total - done) / speed;

        if (rest < 360000)
            snprintf(left, sizeof left, ", %d:%02d left", (int)rest / 60,
                     (int)rest % 60);
    }
    snprintf(line, room, "%llu articles, %.1f%s MB, %.1f MB/s%s",
             (unsigned long long)progress.records, done, of, speed, left);
}

static void show(const zub_watch *watch)
{
    char line[160];
    double seconds = seconds_since(&watch->start);

    if (!watch->shows_progress || seconds < FIRST_AFTER)
        return;
    describe(line, sizeof line, zub_corpus_progress(watch->corpus), seconds);
    if (isatty(STDERR_FILENO))
        zub_message_status(line);
    else
        zub_message("%s", line);
}

/* As if the signal had not been caught, but tidily. */
static void die(const zub_watch *watch, int signal_number)
{
    sigset_t set;

    zub_message_status(NULL);
    zub_destination_abandon(watch->destination);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    sigemptyset(&set);
    sigaddset(&set, signal_number);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void *watching(void *context)
{
    zub_watch *watch = context;
    bool is_terminal = isatty(STDERR_FILENO);
    struct timespec pause = {.tv_sec = is_terminal ? 0 : 1,
                             .tv_nsec = is_terminal ? 250000000 : 0};

    while (!atomic_load(&watch->is_over)) {
        int signal_number = watch->shows_progress
                                ? sigtimedwait(&watch->signals, NULL, &pause)
                                : sigwaitinfo(&watch->signals, NULL);

        if (atomic_load(&watch->is_over))
            break;
        if (signal_number > 0 && signal_number != SIGRTMIN)
            die(watch, signal_number);
        show(watch);
    }
    return NULL;
}

void zub_watch_start(zub_watch *out, const zub_corpus *corpus,
                     zub_destination *destination, int progress, bool quiet)
{
    bool by_itself =
        !quiet && !destination->is_terminal && isatty(STDERR_FILENO);

    memset(out, 0, sizeof *out);
    out->corpus = corpus;
    out->destination = destination;
    out->shows_progress = progress > 0 || (progress == 0 && by_itself);
    if (!out->shows_progress && destination->path == NULL)
        return;
    clock_gettime(CLOCK_MONOTONIC, &out->start);
    zub_deadly_signals(&out->signals);
    sigaddset(&out->signals, SIGRTMIN);
    pthread_sigmask(SIG_BLOCK, &out->signals, &out->before);
    out->is_running = pthread_create(&out->thread, NULL, watching, out) == 0;
    if (!out->is_running)
        pthread_sigmask(SIG_SETMASK, &out->before, NULL);
}

void zub_watch_stop(zub_watch *watch)
{
    if (!watch->is_running)
        return;
    atomic_store(&watch->is_over, true);
    pthread_kill(watch->thread, SIGRTMIN);
    pthread_join(watch->thread, NULL);
    zub_message_status(NULL);
    pthread_sigmask(SIG_SETMASK, &watch->before, NULL);
    watch->is_running = false;
}
