/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Files: read whole, replaced whole or not at all; models stay in their
 * folder. Works in a folder of its own. */
#define _GNU_SOURCE /* mkdtemp, O_TMPFILE */
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/models.h"

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void check_file(const char *path, const char *wanted)
{
    zub_file file;

    CHECK_INT(zub_file_open(&file, path, NULL), ZUB_OK);
    CHECK_INT(file.bytes.size, strlen(wanted));
    CHECK(file.bytes.size == strlen(wanted) &&
          memcmp(file.bytes.data, wanted, file.bytes.size) == 0);
    zub_file_close(&file);
}

static int count_files(void)
{
    DIR *folder = opendir(".");
    int count = -2;

    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void start_anew(void)
{
    CHECK_INT(system("rm -rf ./* ./.zubda*"), 0);
    CHECK_INT(count_files(), 0);
}

static zub_status put(zub_output *output, const char *text)
{
    zub_sink sink = zub_output_sink(output);

    return sink.write(sink.context, text, strlen(text));
}

static void save(const char *path, const char *text)
{
    zub_output *output;
    zub_error error;

    CHECK_INT(zub_output_open(&output, path, &error), ZUB_OK);
    CHECK_INT(put(output, text), ZUB_OK);
    CHECK_INT(zub_output_commit(output, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    zub_output_free(output);
}

static void a_file_appears_when_it_is_committed(void)
{
    zub_output *output;

    start_anew();
    CHECK_INT(zub_output_open(&output, "a.txt", NULL), ZUB_OK);
    CHECK_INT(put(output, "one"), ZUB_OK);
    CHECK(access("a.txt", F_OK) != 0);
    CHECK_INT(put(output, " two"), ZUB_OK);
    CHECK_INT(zub_output_commit(output, NULL), ZUB_OK);
    check_file("a.txt", "one two");
    CHECK_INT(zub_output_commit(output, NULL), ZUB_EINVAL);
    CHECK_INT(put(output, "x"), ZUB_EINVAL);
    zub_output_free(output);
    CHECK_INT(count_files(), 1);
}

/* Of the file system at hand. */
static bool has_nameless_files(void)
{
    int fd = open(".", O_TMPFILE | O_WRONLY, 0600);

    if (fd >= 0)
        close(fd);
    return fd >= 0 && access("/proc/self/fd", F_OK) == 0;
}

static void without_a_commit_nothing_is_left(void)
{
    zub_output *output;

    start_anew();
    write_file("old", "old");
    CHECK_INT(zub_output_open(&output, "old", NULL), ZUB_OK);
    put(output, "new");
    CHECK_INT(count_files(), has_nameless_files() ? 1 : 2);
    zub_output_free(output);
    check_file("old", "old");
    CHECK_INT(count_files(), 1);
    zub_output_free(NULL);
}

static void a_killed_writer_leaves_the_old_file_alone(void)
{
    start_anew();
    write_file("old", "old");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        zub_output *output;
        zub_output_open(&output, "old", NULL);
        zub_sink sink = zub_output_sink(output);
        for (int i = 0; i < 100000; i++)
            sink.write(sink.context, "0123456789abcdef", 16);
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    check_file("old", "old");
    CHECK_INT(count_files(), has_nameless_files() ? 1 : 2);
}

/* The name was free when the file was opened, and is so no more. */
static void a_file_that_came_meanwhile_is_replaced(void)
{
    zub_output *output;

    start_anew();
    CHECK_INT(zub_output_open(&output, "a", NULL), ZUB_OK);
    put(output, "new");
    write_file("a", "meanwhile, and longer");
    CHECK_INT(zub_output_commit(output, NULL), ZUB_OK);
    check_file("a", "new");
    zub_output_free(output);
    CHECK_INT(count_files(), 1);
}

static void two_writers_do_not_meet(void)
{
    zub_output *one, *two;

    start_anew();
    zub_output_open(&one, "a", NULL);
    zub_output_open(&two, "a", NULL);
    put(one, "one");
    put(two, "two");
    CHECK_INT(zub_output_commit(two, NULL), ZUB_OK);
    check_file("a", "two");
    CHECK_INT(zub_output_commit(one, NULL), ZUB_OK);
    check_file("a", "one");
    zub_output_free(one);
    zub_output_free(two);
    CHECK_INT(count_files(), 1);
}

static unsigned mode_of(const char *path)
{
    struct stat about;

    CHECK_INT(stat(path, &about), 0);
    return about.st_mode & 07777;
}

static void a_new_file_has_the_mode_of_the_umask(void)
{
    start_anew();
    umask(027);
    save("a", "x");
    CHECK_INT(mode_of("a"), 0640);
    umask(022);
}

static void an_old_file_keeps_its_mode(void)
{
    start_anew();
    write_file("a", "old");
    chmod("a", 0606);
    umask(077);
    save("a", "x");
    CHECK_INT(mode_of("a"), 0606);
    umask(022);
}

static bool is_link(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
}

static void links_are_written_through(void)
{
    start_anew();
    mkdir("sub", 0777);
    write_file("sub/real", "old");
    CHECK_INT(symlink("sub/second", "first"), 0);
    CHECK_INT(symlink("real", "sub/second"), 0);
    save("first", "new");
    check_file("sub/real", "new");
    CHECK(is_link("first") && is_link("sub/second"));
    CHECK_INT(symlink("sub/nothing yet", "dangling"), 0);
    save("dangling", "made");
    check_file("sub/nothing yet", "made");
    CHECK(is_link("dangling"));
}

static void a_ring_of_links_is_refused(void)
{
    zub_output *output;
    zub_error error;

    start_anew();
    CHECK_INT(symlink("b", "a"), 0);
    CHECK_INT(symlink("a", "b"), 0);
    CHECK_INT(zub_output_open(&output, "a", &error), ZUB_EWRITE);
    CHECK(!output && strstr(error.message, "'a'"));
}

static void devices_are_written_as_they_are(void)
{
    zub_output *output;
    zub_error error;

    save("/dev/null", "x");
    CHECK_INT(zub_output_open(&output, "/dev/full", &error), ZUB_OK);
    put(output, "x");
    CHECK_INT(zub_output_commit(output, &error), ZUB_EWRITE);
    CHECK_STR(error.message,
              "cannot write '/dev/full': No space left on device");
    zub_output_free(output);
    CHECK(access("/dev/full", F_OK) == 0);
}

static void a_full_disk_is_reported_by_the_sink_too(void)
{
    static char large[100000];
    zub_output *output;

    CHECK_INT(zub_output_open(&output, "/dev/full", NULL), ZUB_OK);
    zub_sink sink = zub_output_sink(output);
    CHECK_INT(sink.write(sink.context, large, sizeof large), ZUB_EWRITE);
    CHECK_INT(zub_output_commit(output, NULL), ZUB_EWRITE);
    zub_output_free(output);
}

static void a_pipe_is_written_as_it_is(void)
{
    start_anew();
    CHECK_INT(mkfifo("pipe", 0666), 0);
    int end = open("pipe", O_RDONLY | O_NONBLOCK);
    save("pipe", "hello");
    char got[10] = "";
    CHECK_INT(read(end, got, sizeof got), 5);
    CHECK_STR(got, "hello");
    close(end);
    CHECK_INT(count_files(), 1);
}

/* `command -o /dev/stdout >>file` must add to the file, not replace it. */
static void standard_output_is_the_one_we_have(void)
{
    start_anew();
    write_file("log", "before ");
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        dup2(open("log", O_WRONLY | O_APPEND), 1);
        save("/dev/stdout", "during ");
        save("/dev/fd/1", "after");
        _exit(test_failed);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK_INT(status, 0);
    check_file("log", "before during after");
}

static void what_cannot_be_written_is_named(void)
{
    static const char *const paths[] = {"absent/a", "sub", "sub/", "file/a",
                                        "absent/"};
    zub_output *output;
    zub_error error;

    start_anew();
    mkdir("sub", 0777);
    write_file("file", "x");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        CHECK_INT(zub_output_open(&output, paths[i], &error), ZUB_EWRITE);
        CHECK(!output && strstr(error.message, paths[i]));
    }
    CHECK_INT(zub_output_open(&output, "", &error), ZUB_EINVAL);
    CHECK_INT(zub_output_open(&output, NULL, &error), ZUB_EINVAL);
    CHECK_INT(count_files(), 2);
}

static void large_and_small_writes_keep_their_order(void)
{
    static char wanted[1 << 20];
    zub_output *output;
    size_t at = 0;

    start_anew();
    for (size_t i = 0; i + 1 < sizeof wanted; i++)
        wanted[i] = (char)('a' + i * 31 % 26);
    zub_output_open(&output, "a", NULL);
    zub_sink sink = zub_output_sink(output);
    for (size_t size = 1; at < sizeof wanted - 1; size = size * 7 % 90001) {
        size_t left = sizeof wanted - 1 - at;
        size_t piece = size < left ? size : left;
        CHECK_INT(sink.write(sink.context, wanted + at, piece), ZUB_OK);
        at += piece;
    }
    CHECK_INT(zub_output_commit(output, NULL), ZUB_OK);
    zub_output_free(output);
    check_file("a", wanted);
}

static void empty_files_and_devices_are_read(void)
{
    zub_file file;

    start_anew();
    write_file("empty", "");
    check_file("empty", "");
    check_file("/dev/null", "");
    CHECK_INT(zub_file_open(&file, "/proc/self/status", NULL), ZUB_OK);
    CHECK(file.bytes.size > 100 && !file.is_mapped);
    zub_file_close(&file);
    zub_file_close(&file);
}

static void what_cannot_be_read_is_named(void)
{
    zub_file file;
    zub_error error;

    start_anew();
    mkdir("sub", 0777);
    CHECK_INT(zub_file_open(&file, "absent", &error), ZUB_ENOTFOUND);
    CHECK_STR(error.message,
              "cannot read 'absent': No such file or directory");
    CHECK_INT(zub_file_open(&file, "sub", &error), ZUB_EIO);
    CHECK(!file.bytes.data && strstr(error.message, "'sub'"));
    zub_file_close(&file);
}

static void models_stay_in_their_folder(void)
{
    static const char *const outside[] = {
        "../secret", "..",     "",          "/etc/passwd",  "ar/../../secret",
        "ar/..",     "absent", "ar/absent", "ar/stop.txt/x"};
    zub_models *models;
    zub_slice bytes, again;
    zub_error error = {.message = "untouched"};

    start_anew();
    write_file("secret", "x");
    CHECK_INT(system("mkdir -p m/ar; echo w >m/ar/stop.txt; echo d >m/..d"),
              0);
    CHECK_INT(zub_models_open(&models, "m", NULL), ZUB_OK);
    CHECK_STR(zub_models_folder(models), "m");
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        CHECK_INT(zub_models_file(models, outside[i], &bytes, &error),
                  ZUB_ENOTFOUND);
    CHECK_STR(error.message, "untouched");
    CHECK_INT(zub_models_file(models, "..d", &bytes, &error), ZUB_OK);
    CHECK_INT(zub_models_file(models, "ar/stop.txt", &bytes, &error), ZUB_OK);
    CHECK(bytes.size == 2 && memcmp(bytes.data, "w\n", 2) == 0);
    CHECK_INT(zub_models_file(models, "ar/stop.txt", &again, &error), ZUB_OK);
    CHECK(bytes.data == again.data);
    CHECK_INT(zub_models_file(models, "ar", &bytes, &error), ZUB_EIO);
    CHECK(strstr(error.message, "'m/ar'"));
    zub_models_free(models);
}

static void there_may_be_no_models(void)
{
    zub_models *models;
    zub_slice bytes;
    zub_error error;

    CHECK_INT(zub_models_open(&models, NULL, &error), ZUB_OK);
    CHECK(!zub_models_folder(models) && !zub_models_folder(NULL));
    CHECK_INT(zub_models_file(models, "a", &bytes, &error), ZUB_ENOTFOUND);
    CHECK_INT(zub_models_file(NULL, "a", &bytes, &error), ZUB_ENOTFOUND);
    zub_models_free(models);
    zub_models_free(NULL);
    CHECK_INT(zub_models_open(&models, "absent", &error), ZUB_EIO);
    CHECK(!models && strstr(error.message, "'absent'"));
}

int main(void)
{
    char folder[] = "/tmp/zubda-test.XXXXXX";

    if (!mkdtemp(folder) || chdir(folder) != 0)
        return 1;
    RUN(a_file_appears_when_it_is_committed);
    RUN(without_a_commit_nothing_is_left);
    RUN(a_killed_writer_leaves_the_old_file_alone);
    RUN(a_file_that_came_meanwhile_is_replaced);
    RUN(two_writers_do_not_meet);
    RUN(a_new_file_has_the_mode_of_the_umask);
    RUN(an_old_file_keeps_its_mode);
    RUN(links_are_written_through);
    RUN(a_ring_of_links_is_refused);
    RUN(devices_are_written_as_they_are);
    RUN(a_full_disk_is_reported_by_the_sink_too);
    RUN(a_pipe_is_written_as_it_is);
    RUN(standard_output_is_the_one_we_have);
    RUN(what_cannot_be_written_is_named);
    RUN(large_and_small_writes_keep_their_order);
    RUN(empty_files_and_devices_are_read);
    RUN(what_cannot_be_read_is_named);
    RUN(models_stay_in_their_folder);
    RUN(there_may_be_no_models);
    start_anew();
    if (chdir("/") != 0 || rmdir(folder) != 0)
        return 1;
    return DONE();
}
