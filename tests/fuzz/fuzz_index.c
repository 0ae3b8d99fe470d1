/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_index.c - an index whose files lie, with every checksum right: the input
 * is a list of what is written over a sound one, so that it is as good for the
 * next version of the format. What opens is searched, related, checked, and
 * made compact.
 *
 * The first byte says which index, and how it is asked. Then, 8 bytes each: how
 * a number is written, the section, or what stands in front of sections; u16
 * where in it, of 65536 parts; u32 the number.
 */
#undef NDEBUG
#include <assert.h>
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include "zubda.h"
#include "base/buffer.h"
#include "index/parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ARTICLES 150u
#define BASES 2u      /* cut into short passages; articles whole, no texts */
#define EDITS_MOST 32 /* that are looked at */
#define HEAD 64u
#define ROW 48u

typedef struct file {
    char *data;
    size_t size;
} own_file;

typedef struct base {
    own_file manifest, volume;
} base_index;

static char folder[64];
static char paths[2][96]; /* manifest, volume */

/* ---- Sound ones ---- */

static own_file read_whole(const char *path)
{
    own_file out = {0};
    struct stat about;
    FILE *file = fopen(path, "rb");

    assert(file && fstat(fileno(file), &about) == 0);
    out.size = (size_t)about.st_size;
    out.data = malloc(out.size);
    assert(out.data && fread(out.data, 1, out.size, file) == out.size);
    fclose(file);
    return out;
}

static void write_whole(const char *path, own_file file)
{
    FILE *out = fopen(path, "wb");

    assert(out && fwrite(file.data, 1, file.size, out) == file.size);
    fclose(out);
}

static void remove_files(void)
{
    DIR *names = opendir(folder);
    struct dirent *entry;
    char path[400];

    while (names && (entry = readdir(names)) != NULL) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unlink(path);
    }
    if (names)
        closedir(names);
    rmdir(folder);
}

/* Terms in many passages, so that lists have blocks; languages, titles. */
static void write_articles(const char *path)
{
    FILE *out = fopen(path, "w");

    assert(out);
    for (unsigned i = 0; i < ARTICLES; i++)
        fprintf(out,
                "{\"id\": \"article %u\", \"lang\": \"%s\", \"title\": "
                "\"Mice %u\", \"text\": \"Mice run %u by house %u. القطط في "
                "البيت %u.\"}\n",
                i, i % 3 == 0 ? "ar" : "en", i, i % 17, i % 5, i % 3);
    fclose(out);
}

static void add_articles(const zub_index_options *options, const char *path)
{
    zub_index_writer *writer;
    zub_corpus *corpus;

    assert(zub_index_writer_open(&writer, folder, NULL, options, NULL) ==
           ZUB_OK);
    assert(zub_corpus_open(&corpus, &path, 1, NULL, NULL) == ZUB_OK);
    assert(zub_index_writer_add(writer, corpus, 1, NULL, NULL) == ZUB_OK);
    assert(zub_index_writer_delete(writer, (zub_slice){"article 7", 9},
                                   NULL) == ZUB_OK);
    assert(zub_index_writer_commit(writer, NULL) == ZUB_OK);
    zub_corpus_free(corpus);
    zub_index_writer_free(writer);
}

/* A second time only a deletion, so that something of the volume is gone. */
static void delete_one(void)
{
    zub_index_writer *writer;

    assert(zub_index_writer_open(&writer, folder, NULL, NULL, NULL) == ZUB_OK);
    assert(zub_index_writer_delete(writer, (zub_slice){"article 9", 9},
                                   NULL) == ZUB_OK);
    assert(zub_index_writer_commit(writer, NULL) == ZUB_OK);
    zub_index_writer_free(writer);
}

static void make_base(base_index *base, unsigned number)
{
    zub_index_options options = {.lang = NULL,
                                 .passage_words = number == 0 ? 4 : 0,
                                 .whole_articles = number == 1,
                                 .without_texts = number == 1};
    char articles[80];

    snprintf(articles, sizeof articles, "%s.jsonl", folder);
    write_articles(articles);
    add_articles(&options, articles);
    delete_one();
    unlink(articles);
    base->manifest = read_whole(paths[0]);
    base->volume = read_whole(paths[1]);
    remove_files();
}

static const base_index *bases(void)
{
    static base_index made[BASES];

    if (made[0].volume.data)
        return made;
    snprintf(folder, sizeof folder, "%s/zubda-fuzz-%ld",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp",
             (long)getpid());
    snprintf(paths[0], sizeof *paths, "%s/index.zub", folder);
    snprintf(paths[1], sizeof *paths, "%s/volume-000001.zub", folder);
    for (unsigned i = 0; i < BASES; i++)
        make_base(&made[i], i);
    return made;
}

/* ---- Lies ---- */

static uint32_t number_at(own_file file, size_t at)
{
    uint32_t number;

    memcpy(&number, file.data + at, sizeof number);
    return number;
}

static uint64_t long_at(own_file file, size_t at)
{
    uint64_t number;

    memcpy(&number, file.data + at, sizeof number);
    return number;
}

static void put_at(own_file file, size_t at, uint32_t number)
{
    memcpy(file.data + at, &number, sizeof number);
}

static uint32_t crc_of(const char *data, size_t size)
{
    return (uint32_t)crc32_z(0, (const unsigned char *)data, size);
}

/* Where a section lies, of those that are within the file; false: it is not. */
static bool find_section(own_file file, size_t i, size_t *at, size_t *size)
{
    uint64_t offset, length;

    if (i >= number_at(file, 36) || HEAD + ROW * (i + 1) > file.size)
        return false;
    offset = long_at(file, HEAD + ROW * i + 24);
    length = long_at(file, HEAD + ROW * i + 32);
    if (offset > file.size || length > file.size - offset)
        return false;
    *at = (size_t)offset;
    *size = (size_t)length;
    return true;
}

static size_t find_named(own_file file, const char *name)
{
    size_t count = number_at(file, 36);

    for (size_t i = 0; i < count && HEAD + ROW * (i + 1) <= file.size; i++)
        if (strncmp(file.data + HEAD + ROW * i, name, 24) == 0)
            return i;
    return count;
}

static void write_number(char *at, size_t room, unsigned how, uint32_t number)
{
    uint32_t old = 0;
    size_t size = how % 2 == 0 ? 1 : 4;

    if (size > room)
        size = room;
    memcpy(&old, at, size);
    number = how / 2 % 2 == 0 ? number : old + number;
    memcpy(at, &number, size);
}

/* One of 8 bytes. Numbers of four bytes stand where four bytes would. */
static void edit(own_file manifest, own_file volume, const uint8_t *item)
{
    own_file file = item[0] & 128 ? manifest : volume;
    size_t sections = number_at(file, 36), at = 0, size = HEAD, place;
    uint32_t number;

    memcpy(&number, item + 4, sizeof number);
    if (sections == 0 || sections > 64)
        return;
    if (item[1] % (sections + 1) == sections)
        size = HEAD + ROW * sections < file.size ? HEAD + ROW * sections
                                                 : file.size;
    else if (!find_section(file, item[1] % (sections + 1), &at, &size))
        return;
    if (size == 0)
        return;
    place = ((size_t)item[2] | (size_t)item[3] << 8) * size >> 16;
    if (item[0] % 2 == 1)
        place -= place % 4;
    write_number(file.data + at + place, size - place, item[0] & 3, number);
}

/* ---- Checksums ---- */

static void sum_blocks(own_file volume)
{
    static const char *const names[] = {
#define X(name, text, size) text,
        ZUB_PART_MAP(X)
#undef X
    };
    size_t sums, room, at, size, next = 0;

    if (!find_section(volume, find_named(volume, "sums"), &sums, &room))
        return;
    for (size_t i = 0; i < ZUB_PARTS; i++) {
        if (!find_section(volume, find_named(volume, names[i]), &at, &size))
            continue;
        for (size_t b = 0; b < size && next + 4 <= room; b += 4096, next += 4)
            put_at(volume, sums + next,
                   crc_of(volume.data + at + b,
                          size - b < 4096 ? size - b : 4096));
    }
}

/* Sections, the table of them, the header: each is over the one before. */
static void mend(own_file file)
{
    size_t count = number_at(file, 36), at, size;
    uint64_t front = ROW * (uint64_t)count + number_at(file, 48);

    for (size_t i = 0; i < count && i < 64; i++)
        if (find_section(file, i, &at, &size))
            put_at(file, HEAD + ROW * i + 40, crc_of(file.data + at, size));
    if (front <= file.size - HEAD)
        put_at(file, 56, crc_of(file.data + HEAD, (size_t)front));
    put_at(file, 60, crc_of(file.data, 60));
}

/* The manifest names the volume by the checksum of its header. */
static void name_volume(own_file manifest, own_file volume)
{
    size_t at, size;

    if (find_section(manifest, find_named(manifest, "volumes"), &at, &size) &&
        size >= 32)
        put_at(manifest, at + 24, number_at(volume, 60));
}

/* ---- Asking ---- */

static size_t touched; /* so that every byte is read */

static void touch(zub_slice bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        touched += (unsigned char)bytes.data[i];
}

static void take_hits(zub_status status, zub_hits *hits,
                      const zub_error *error)
{
    assert(status == ZUB_OK || (!hits && error->message[0] != '\0'));
    for (size_t i = 0; hits && i < hits->count; i++) {
        const zub_hit *hit = &hits->items[i];
        touch(hit->id);
        touch(hit->title);
        touch(hit->snippet);
        assert(hit->start <= hit->end);
        for (size_t m = 0; m < hit->mark_count; m++)
            assert(hit->marks[m].start <= hit->marks[m].end &&
                   hit->marks[m].end <= hit->snippet.size);
        for (size_t r = 0; r < hit->reason_count; r++)
            touch(hit->reasons[r].term);
    }
    zub_hits_free(hits);
}

static void ask(const zub_index *index, unsigned how)
{
    static const char *const queries[] = {"mice \"run 3\" house",
                                          "title:mice +house -\"by house 2\"",
                                          "البيت القطط 1", "mice run by"};
    zub_search_options options = {.count = 5,
                                  .by_article = how & 1,
                                  .without_grams = how & 2,
                                  .with_snippets = true,
                                  .with_reasons = true,
                                  .most_alike = how & 1 ? 0.9 : 0};
    zub_slice query = {queries[how % 4], strlen(queries[how % 4])};
    zub_searcher *searcher;
    zub_error error;
    zub_hits *hits;

    zub_status status = zub_searcher_new(&searcher, index, &error);
    if (status != ZUB_OK) { /* a language that is none */
        assert(!searcher && error.message[0] != '\0');
        return;
    }
    status = zub_search(&hits, searcher, query, &options, &error);
    take_hits(status, hits, &error);
    status = zub_related(&hits, searcher, query, &options, &error);
    take_hits(status, hits, &error);
    status = zub_related_to(&hits, searcher, (zub_slice){"article 3", 9},
                            how & 4 ? 0 : ZUB_NO_PASSAGE, &options, &error);
    take_hits(status, hits, &error);
    zub_searcher_free(searcher);
}

static void list_articles(const zub_index *index)
{
    uint32_t passages;
    zub_slice id;
    zub_status status = ZUB_OK;

    for (uint64_t i = 0; status == ZUB_OK; i++) {
        status = zub_index_article(index, i, &id, &passages, NULL);
        touch(id);
    }
}

/* What is moved out of a lie is an index all the same, or is refused. */
static void make_compact(void)
{
    zub_index_writer *writer;
    zub_file_report report;
    zub_error error;

    zub_status status =
        zub_index_writer_open(&writer, folder, NULL, NULL, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_compact(writer, &error);
    if (status == ZUB_OK)
        status = zub_index_writer_commit(writer, &error);
    zub_index_writer_free(writer);
    assert(status == ZUB_OK || error.message[0] != '\0');
    if (status == ZUB_OK)
        assert(zub_index_check(&report, folder, false, NULL, &error) ==
               ZUB_OK);
}

static void use(unsigned how)
{
    zub_file_report report;
    zub_error error;
    zub_index *index;

    bool is_sound =
        zub_index_check(&report, folder, false, NULL, &error) == ZUB_OK;
    zub_status status = zub_index_open(&index, folder, NULL, true, &error);
    assert(status == ZUB_OK || (!index && error.message[0] != '\0'));
    assert(status == ZUB_OK || !is_sound);
    if (status == ZUB_OK) {
        ask(index, how);
        list_articles(index);
    }
    zub_index_free(index);
    if (how & 8)
        make_compact();
}

static own_file copy(own_file from)
{
    own_file to = {malloc(from.size), from.size};

    assert(to.data);
    memcpy(to.data, from.data, from.size);
    return to;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const base_index *base = &bases()[size > 0 && data[0] & 16 ? 1 : 0];
    own_file manifest = copy(base->manifest), volume = copy(base->volume);

    for (size_t i = 0; i < EDITS_MOST && i * 8 + 9 <= size; i++)
        edit(manifest, volume, data + 1 + i * 8);
    sum_blocks(volume);
    mend(volume);
    name_volume(manifest, volume);
    mend(manifest);
    assert(mkdir(folder, 0777) == 0);
    write_whole(paths[0], manifest);
    write_whole(paths[1], volume);
    use(size > 0 ? data[0] : 0);
    remove_files();
    free(manifest.data);
    free(volume.data);
    return 0;
}
