/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* container.c - see container.h and docs/container-format.md.
 *
 * There is one way to write given sections: they follow the table in its
 * order, each at the next multiple of 8, zeros between. So the reader need
 * not ask whether sections overlap or leave gaps: it knows where each must
 * start and takes nothing else. Every byte of a file is under a CRC-32 or must
 * be a certain one. Invariant of an open container: header and table are
 * sound, and every section lies within the bytes.
 */
#include "base/container.h"

#include <string.h>

#include <zlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/spool.h"

#define FORMAT_VERSION 1u
#define BYTE_ORDER_MARK 0x01020304u
#define OTHER_BYTE_ORDER 0x04030201u

static const char magic[8] = "ZUB\n\r\n\x1A";

/* As it lies in the file; no padding in either struct. */
typedef struct header {
    char magic[8];
    uint32_t byte_order;
    uint32_t format_version;
    char kind[ZUB_CONTAINER_KIND + 1];
    uint32_t kind_version;
    uint32_t section_count;
    uint64_t file_size;
    uint32_t fingerprint_size;
    uint32_t reserved;  /* 0 */
    uint32_t table_crc; /* of the table and the fingerprint */
    uint32_t crc;       /* of the header up to here */
} header;

typedef struct entry {
    char name[ZUB_CONTAINER_NAME + 1];
    uint64_t offset, size;
    uint32_t crc;
    uint32_t reserved; /* 0 */
} entry;

_Static_assert(sizeof(header) == 64, "the header has no padding");
_Static_assert(sizeof(entry) == 48, "an entry has no padding");

static const char zeros[8];

static size_t padding(uint64_t offset)
{
    return (size_t)(-offset & 7);
}

/* Goes on from `crc`, at first 0. zlib takes a NULL for a wish to start. */
static uint32_t crc_more(uint32_t crc, const void *data, size_t size)
{
    return size ? (uint32_t)crc32_z(crc, data, size) : crc;
}

static uint32_t crc_of(const void *data, size_t size)
{
    return crc_more(0, data, size);
}

/* Mapped bytes are let go piece by piece. */
static uint32_t crc_of_section(zub_slice bytes, bool is_mapped)
{
    size_t step = is_mapped ? ZUB_WINDOW : bytes.size;
    uint32_t crc = 0;

    for (size_t at = 0, size; at < bytes.size; at += size) {
        size = bytes.size - at < step ? bytes.size - at : step;
        crc = crc_more(crc, bytes.data + at, size);
        zub_let_go(bytes.data + at, size, is_mapped);
    }
    return crc;
}

static uint32_t crc_of_header(const header *head)
{
    return crc_of(head, offsetof(header, crc));
}

/* ---- Writing ---- */

static bool is_name(const char *name, size_t longest)
{
    size_t size = name ? strlen(name) : 0;

    return size > 0 && size <= longest;
}

static bool is_twice(const zub_section *sections, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(sections[i].name, sections[j].name) == 0)
            return true;
    return false;
}

static zub_status check_names(const zub_container_about *about,
                              const zub_section *sections, size_t count,
                              zub_error *error)
{
    if (!is_name(about->kind, ZUB_CONTAINER_KIND))
        return zub_fail(error, ZUB_EINVAL,
                        "the kind of a .zub file has 1 to %d bytes",
                        ZUB_CONTAINER_KIND);
    if (about->fingerprint.size > UINT32_MAX)
        return zub_fail(error, ZUB_EINVAL,
                        "the fingerprint of a .zub file has %u bytes at most, "
                        "not %zu",
                        UINT32_MAX, about->fingerprint.size);
    if (count > ZUB_CONTAINER_SECTIONS)
        return zub_fail(error, ZUB_EINVAL,
                        "a .zub file has %u sections at most, not %zu",
                        ZUB_CONTAINER_SECTIONS, count);
    for (size_t i = 0; i < count; i++)
        if (!is_name(sections[i].name, ZUB_CONTAINER_NAME) ||
            is_twice(sections, i))
            return zub_fail(error, ZUB_EINVAL,
                            "section %zu of a .zub file needs a name of its "
                            "own, of 1 to %d bytes",
                            i, ZUB_CONTAINER_NAME);
    return ZUB_OK;
}

static uint64_t front_size(size_t section_count, size_t fingerprint_size)
{
    return sizeof(header) + section_count * sizeof(entry) +
           (uint64_t)fingerprint_size;
}

/* Fills in the table; returns the size of the file. */
static uint64_t lay_out(entry *table, const zub_section *sections,
                        size_t count, size_t fingerprint_size,
                        size_t in_memory)
{
    uint64_t end = front_size(count, fingerprint_size);

    for (size_t i = 0; i < count; i++) {
        zub_slice bytes = sections[i].bytes;
        table[i].offset = end + padding(end);
        table[i].size = bytes.size;
        table[i].crc = crc_of_section(bytes, i >= in_memory);
        memcpy(table[i].name, sections[i].name, strlen(sections[i].name));
        end = table[i].offset + bytes.size;
    }
    return end;
}

static header make_header(const zub_container_about *about, size_t count,
                          uint64_t file_size, const entry *table)
{
    header head = {.byte_order = BYTE_ORDER_MARK,
                   .format_version = FORMAT_VERSION,
                   .kind_version = about->version,
                   .section_count = (uint32_t)count,
                   .file_size = file_size,
                   .fingerprint_size = (uint32_t)about->fingerprint.size};

    memcpy(head.magic, magic, sizeof magic);
    memcpy(head.kind, about->kind, strlen(about->kind));
    head.table_crc =
        crc_more(crc_of(table, count * sizeof *table), about->fingerprint.data,
                 about->fingerprint.size);
    head.crc = crc_of_header(&head);
    return head;
}

/* A piece and zeros up to the next multiple of 8. */
static zub_status write_padded(zub_sink sink, const void *data, size_t size,
                               bool is_last)
{
    zub_status status = size ? sink.write(sink.context, data, size) : ZUB_OK;

    if (status == ZUB_OK && !is_last && padding(size) > 0)
        status = sink.write(sink.context, zeros, padding(size));
    return status;
}

/* A section piece by piece, let go as it was read. */
static zub_status write_mapped(zub_sink sink, zub_slice bytes, bool is_last)
{
    zub_status status = ZUB_OK;

    for (size_t at = 0, size; at < bytes.size && status == ZUB_OK;
         at += size) {
        size = bytes.size - at < ZUB_WINDOW ? bytes.size - at : ZUB_WINDOW;
        status = write_padded(sink, bytes.data + at, size,
                              is_last || at + size < bytes.size);
        zub_let_go(bytes.data + at, size, true);
    }
    return status;
}

static zub_status write_all(zub_sink sink, const header *head,
                            const entry *table, zub_slice fingerprint,
                            const zub_section *sections, size_t in_memory)
{
    size_t count = head->section_count;
    zub_status status = write_padded(sink, head, sizeof *head, true);

    if (status == ZUB_OK)
        status = write_padded(sink, table, count * sizeof *table, true);
    if (status == ZUB_OK)
        status =
            write_padded(sink, fingerprint.data, fingerprint.size, count == 0);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        zub_slice bytes = sections[i].bytes;
        status = i >= in_memory ? write_mapped(sink, bytes, i + 1 == count)
                                : write_padded(sink, bytes.data, bytes.size,
                                               i + 1 == count);
    }
    return status;
}

static zub_status write_file(zub_sink sink, const zub_container_about *about,
                             const zub_section *sections, size_t count,
                             size_t in_memory, zub_error *error)
{
    zub_status status = check_names(about, sections, count, error);

    if (status != ZUB_OK)
        return status;
    entry *table = zub_alloc_zero(count, sizeof *table);
    if (!table)
        return zub_fail_memory(error);
    uint64_t size =
        lay_out(table, sections, count, about->fingerprint.size, in_memory);
    header head = make_header(about, count, size, table);
    status =
        write_all(sink, &head, table, about->fingerprint, sections, in_memory);
    zub_free(table);
    if (status != ZUB_OK)
        zub_fail(error, status, "cannot write a .zub file of kind '%s': %s",
                 about->kind, zub_status_text(status));
    return status;
}

zub_status zub_container_write(zub_sink sink, const zub_container_about *about,
                               const zub_section *sections, size_t count,
                               zub_error *error)
{
    return write_file(sink, about, sections, count, count, error);
}

zub_status zub_container_write_mapped(zub_sink sink,
                                      const zub_container_about *about,
                                      const zub_section *sections,
                                      size_t count, size_t in_memory,
                                      zub_error *error)
{
    return write_file(sink, about, sections, count, in_memory, error);
}

/* ---- Reading ---- */

static header read_header(const zub_container *file)
{
    header head;

    memcpy(&head, file->bytes.data, sizeof head);
    return head;
}

static entry read_entry(const zub_container *file, size_t i)
{
    entry row;

    memcpy(&row, file->bytes.data + sizeof(header) + i * sizeof row,
           sizeof row);
    return row;
}

static zub_status damaged(const zub_container *file, uint64_t position,
                          const char *what, zub_error *error)
{
    return zub_fail_at(error, ZUB_EFORMAT, position,
                       "'%s' is damaged: %s (get or build it again)",
                       file->path, what);
}

/* A NUL-padded name: not empty, and nothing behind its end. */
static bool is_padded_name(const char *name, size_t room)
{
    size_t size = strnlen(name, room);

    if (size == 0 || size == room)
        return false;
    for (size_t i = size; i < room; i++)
        if (name[i] != '\0')
            return false;
    return true;
}

/* Is it ours, and can this machine and this version read it? */
static zub_status check_format(const zub_container *file, const header *head,
                               zub_error *error)
{
    if (memcmp(head->magic, magic, sizeof magic) != 0)
        return zub_fail_at(error, ZUB_EFORMAT, 0, "'%s' is not a .zub file",
                           file->path);
    if (head->byte_order == OTHER_BYTE_ORDER)
        return zub_fail_at(error, ZUB_EVERSION, offsetof(header, byte_order),
                           "'%s' has the byte order of another machine: "
                           "build it on this one",
                           file->path);
    if (head->crc != crc_of_header(head))
        return damaged(file, 0, "its header does not match its checksum",
                       error);
    if (head->byte_order != BYTE_ORDER_MARK || head->reserved != 0)
        return damaged(file, 0, "its header makes no sense", error);
    if (head->format_version != FORMAT_VERSION)
        return zub_fail(error, ZUB_EVERSION,
                        "'%s' has version %u of the .zub format, and this "
                        "zubda reads version %u",
                        file->path, head->format_version, FORMAT_VERSION);
    return ZUB_OK;
}

static zub_status check_kind(const zub_container *file, const header *head,
                             const char *kind, uint32_t version,
                             zub_error *error)
{
    if (!is_padded_name(head->kind, sizeof head->kind))
        return damaged(file, offsetof(header, kind), "its kind has no name",
                       error);
    if (strcmp(head->kind, kind) != 0)
        return zub_fail_at(error, ZUB_EFORMAT, offsetof(header, kind),
                           "'%s' holds '%s', and '%s' is wanted", file->path,
                           head->kind, kind);
    if (head->kind_version != version)
        return zub_fail(error, ZUB_EVERSION,
                        "'%s' has version %u of '%s', and this zubda reads "
                        "version %u",
                        file->path, head->kind_version, kind, version);
    return ZUB_OK;
}

/* File size, table and fingerprint: within the bytes and under their CRC. */
static zub_status check_front(zub_container *file, const header *head,
                              zub_error *error)
{
    size_t table = head->section_count * sizeof(entry);

    if (head->file_size != file->bytes.size)
        return zub_fail_at(error, ZUB_EFORMAT, file->bytes.size,
                           "'%s' has %zu bytes where it should have %llu "
                           "(get or build it again)",
                           file->path, file->bytes.size,
                           (unsigned long long)head->file_size);
    if (head->section_count > ZUB_CONTAINER_SECTIONS ||
        front_size(head->section_count, head->fingerprint_size) >
            file->bytes.size)
        return damaged(file, 0, "its header makes no sense", error);
    if (head->table_crc != crc_of(file->bytes.data + sizeof *head,
                                  table + head->fingerprint_size))
        return damaged(file, sizeof *head,
                       "its table does not match its checksum", error);
    file->section_count = head->section_count;
    file->fingerprint = (zub_slice){file->bytes.data + sizeof *head + table,
                                    head->fingerprint_size};
    return ZUB_OK;
}

/* Zeros from the end of one part to the start of the next. */
static bool is_padded(const zub_container *file, uint64_t end, uint64_t next)
{
    return memcmp(file->bytes.data + end, zeros, (size_t)(next - end)) == 0;
}

static bool is_known(const zub_container *file, const entry *row, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(read_entry(file, j).name, row->name) == 0)
            return true;
    return false;
}

/* Section i must start where the one before it lets it, at `start`. */
static bool is_sound(const zub_container *file, const entry *row, size_t i,
                     uint64_t end, uint64_t start)
{
    return row->offset == start && start <= file->bytes.size &&
           row->size <= file->bytes.size - start && row->reserved == 0 &&
           is_padded_name(row->name, sizeof row->name) &&
           !is_known(file, row, i) && is_padded(file, end, start);
}

static zub_status check_table(const zub_container *file, zub_error *error)
{
    uint64_t end = front_size(file->section_count, file->fingerprint.size);

    for (size_t i = 0; i < file->section_count; i++) {
        entry row = read_entry(file, i);
        if (!is_sound(file, &row, i, end, end + padding(end)))
            return damaged(file, sizeof(header) + i * sizeof row,
                           "its table makes no sense", error);
        end = row.offset + row.size;
    }
    if (end != file->bytes.size)
        return damaged(file, end, "something follows its last section", error);
    return ZUB_OK;
}

void zub_container_kind(char out[ZUB_CONTAINER_KIND + 1], zub_slice bytes)
{
    header head;

    *out = '\0';
    if (bytes.size < sizeof head)
        return;
    memcpy(&head, bytes.data, sizeof head);
    if (memcmp(head.magic, magic, sizeof magic) == 0 &&
        is_padded_name(head.kind, sizeof head.kind))
        memcpy(out, head.kind, sizeof head.kind);
}

void zub_container_front(zub_slice bytes, uint32_t *version,
                         zub_slice *fingerprint)
{
    header head;

    *version = 0;
    *fingerprint = (zub_slice){0};
    if (bytes.size < sizeof head)
        return;
    memcpy(&head, bytes.data, sizeof head);
    *version = head.kind_version;
    uint64_t end = front_size(head.section_count, head.fingerprint_size);
    if (end <= bytes.size && head.fingerprint_size > 0)
        *fingerprint = (zub_slice){bytes.data + end - head.fingerprint_size,
                                   head.fingerprint_size};
}

bool zub_container_has_magic(zub_slice bytes)
{
    return bytes.size >= sizeof magic &&
           memcmp(bytes.data, magic, sizeof magic) == 0;
}

zub_status zub_container_open(zub_container *out, zub_slice bytes,
                              const char *path, const char *kind,
                              uint32_t version, zub_error *error)
{
    zub_container file = {.bytes = bytes, .path = path};

    *out = (zub_container){0};
    if ((uintptr_t)bytes.data % 8 != 0)
        return zub_fail(error, ZUB_EINVAL,
                        "'%s' does not lie at a multiple of 8 in memory",
                        path);
    if (bytes.size < sizeof(header))
        return zub_fail_at(error, ZUB_EFORMAT, bytes.size,
                           "'%s' is not a .zub file, or cut off", path);
    header head = read_header(&file);
    zub_status status = check_format(&file, &head, error);
    if (status == ZUB_OK)
        status = check_kind(&file, &head, kind, version, error);
    if (status == ZUB_OK)
        status = check_front(&file, &head, error);
    if (status == ZUB_OK)
        status = check_table(&file, error);
    if (status == ZUB_OK)
        *out = file;
    return status;
}

static bool find_entry(const zub_container *file, const char *name, entry *out)
{
    for (size_t i = 0; i < file->section_count; i++) {
        *out = read_entry(file, i);
        if (strcmp(out->name, name) == 0)
            return true;
    }
    return false;
}

bool zub_container_has(const zub_container *container, const char *name)
{
    entry row;

    return find_entry(container, name, &row);
}

static zub_status take_section(const zub_container *file, const entry *row,
                               zub_slice *out, zub_error *error)
{
    zub_slice bytes = {file->bytes.data + row->offset, (size_t)row->size};

    if (crc_of_section(bytes, file->is_mapped) != row->crc)
        return zub_fail_at(error, ZUB_EFORMAT, row->offset,
                           "'%s' is damaged: section '%s' does not match its "
                           "checksum (get or build it again)",
                           file->path, row->name);
    *out = bytes;
    return ZUB_OK;
}

zub_status zub_container_section(const zub_container *container,
                                 const char *name, zub_slice *out,
                                 zub_error *error)
{
    entry row;

    *out = (zub_slice){NULL, 0};
    if (!find_entry(container, name, &row))
        return zub_fail(error, ZUB_EFORMAT, "'%s' has no section '%s'",
                        container->path, name);
    return take_section(container, &row, out, error);
}

bool zub_container_peek(const zub_container *container, const char *name,
                        zub_slice *out)
{
    entry row;

    *out = (zub_slice){NULL, 0};
    if (!find_entry(container, name, &row))
        return false;
    *out = (zub_slice){container->bytes.data + row.offset, (size_t)row.size};
    return true;
}

zub_status zub_container_array(const zub_container *container,
                               const char *name, size_t size, const void **out,
                               size_t *count, zub_error *error)
{
    zub_slice bytes;
    zub_status status = zub_container_section(container, name, &bytes, error);

    *out = NULL;
    *count = 0;
    if (status != ZUB_OK)
        return status;
    if (bytes.size % size != 0)
        return zub_fail(error, ZUB_EFORMAT,
                        "'%s' is damaged: section '%s' is no array of %zu "
                        "byte elements",
                        container->path, name, size);
    *out = bytes.data;
    *count = bytes.size / size;
    return ZUB_OK;
}

zub_status zub_container_check(const zub_container *container,
                               zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < container->section_count && status == ZUB_OK; i++) {
        entry row = read_entry(container, i);
        zub_slice bytes;
        status = take_section(container, &row, &bytes, error);
    }
    return status;
}

zub_status zub_container_match(const zub_container *container,
                               zub_slice fingerprint, zub_error *error)
{
    zub_slice own = container->fingerprint;

    if (own.size == fingerprint.size &&
        (own.size == 0 || memcmp(own.data, fingerprint.data, own.size) == 0))
        return ZUB_OK;
    return zub_fail(error, ZUB_EMISMATCH,
                    "'%s' was made with the analyzer '%.*s', not with '%.*s'",
                    container->path, (int)(own.size < 150 ? own.size : 150),
                    own.data ? own.data : "",
                    (int)(fingerprint.size < 150 ? fingerprint.size : 150),
                    fingerprint.data ? fingerprint.data : "");
}

uint32_t zub_container_identity(const zub_container *container)
{
    header head = read_header(container);

    return head.crc;
}
