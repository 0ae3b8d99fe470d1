/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* file.c - see file.h. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"

#define PIECE ((size_t)64 << 10)
#define LARGEST_CALL ((size_t)1 << 30) /* Linux takes 2 GiB at most */

/* After a failed read or write: 0 to try again, else why not. A descriptor
 * that somebody made non-blocking is waited for. */
static int try_again(int fd, short event)
{
    if (errno == EINTR)
        return 0;
    if (errno != EAGAIN)
        return errno;
    struct pollfd wait = {.fd = fd, .events = event};
    return poll(&wait, 1, -1) >= 0 || errno == EINTR ? 0 : errno;
}

int zub_file_read_some(int fd, char *out, size_t size, size_t *got)
{
    int failure = 0;
    ssize_t n = -1;

    *got = 0;
    while (n < 0 && failure == 0) {
        n = read(fd, out, size < LARGEST_CALL ? size : LARGEST_CALL);
        if (n < 0)
            failure = try_again(fd, POLLIN);
    }
    if (n > 0)
        *got = (size_t)n;
    return failure;
}

int zub_file_read(int fd, char *out, size_t size, size_t *got)
{
    int failure = 0;
    size_t more = 1;

    for (*got = 0; *got < size && more > 0 && failure == 0; *got += more)
        failure = zub_file_read_some(fd, out + *got, size - *got, &more);
    return failure;
}

int zub_file_write(int fd, const char *data, size_t size)
{
    int failure = 0;

    while (size > 0 && failure == 0) {
        ssize_t n = write(fd, data, size < LARGEST_CALL ? size : LARGEST_CALL);
        if (n < 0) {
            failure = try_again(fd, POLLOUT);
        } else {
            data += n;
            size -= (size_t)n;
        }
    }
    return failure;
}

static zub_status map_bytes(zub_file *out, int fd, size_t size,
                            const char *path, zub_error *error)
{
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

    if (bytes == MAP_FAILED)
        return zub_fail_errno(error, errno == ENOMEM ? ZUB_ENOMEM : ZUB_EIO,
                              "map", path, errno);
    out->bytes = (zub_slice){bytes, size};
    out->is_mapped = true;
    return ZUB_OK;
}

static zub_status read_bytes(zub_file *out, int fd, const char *path,
                             zub_error *error)
{
    zub_buffer buffer;
    size_t got = 1;
    int failure = 0;

    zub_buffer_init(&buffer, ZUB_BUFFER_UNLIMITED);
    while (failure == 0 && got > 0 && zub_buffer_reserve(&buffer, PIECE)) {
        failure = zub_file_read(fd, buffer.data + buffer.size, PIECE, &got);
        buffer.size += got;
    }
    if (failure == 0 && buffer.status == ZUB_OK) {
        out->bytes = (zub_slice){buffer.data, buffer.size};
        return ZUB_OK;
    }
    zub_buffer_release(&buffer);
    return failure ? zub_fail_errno(error, ZUB_EIO, "read", path, failure)
                   : zub_fail_memory(error);
}

/* Files of size 0 are read, for those of /proc say so and are not empty. */
static zub_status take_bytes(zub_file *out, int fd, const char *path,
                             zub_error *error)
{
    struct stat about;

    if (fstat(fd, &about) != 0)
        return zub_fail_errno(error, ZUB_EIO, "read", path, errno);
    if (S_ISREG(about.st_mode) && (uintmax_t)about.st_size > SIZE_MAX / 2)
        return zub_fail_errno(error, ZUB_EIO, "map", path, EFBIG);
    return S_ISREG(about.st_mode) && about.st_size > 0
               ? map_bytes(out, fd, (size_t)about.st_size, path, error)
               : read_bytes(out, fd, path, error);
}

zub_status zub_file_open(zub_file *out, const char *path, zub_error *error)
{
    *out = (zub_file){0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return zub_fail_errno(
            error,
            errno == ENOENT || errno == ENOTDIR ? ZUB_ENOTFOUND : ZUB_EIO,
            "read", path, errno);
    zub_status status = take_bytes(out, fd, path, error);
    close(fd);
    return status;
}

void zub_file_close(zub_file *file)
{
    if (file->is_mapped) {
        void *bytes = (void *)(uintptr_t)file->bytes.data;
        munmap(bytes, file->bytes.size);
    } else {
        zub_free((void *)(uintptr_t)file->bytes.data);
    }
    *file = (zub_file){0};
}
