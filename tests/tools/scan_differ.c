/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scan_differ.c - the scanner beside ICU, for scripts/fuzz-scan:
 *
 * scan_differ random SEED SECONDS COUNT [FILE ...]
 *     random texts, until both the time and the count are reached; lines of
 *     the files are sentences to go wrong
 * scan_differ files
 *     the files of standard input, lines of LANGUAGE TAB PATH
 * scan_differ speed LANGUAGE FILE
 *     megabytes of the file a second of processor time
 *
 * Stops at the first text whose words differ and prints it.
 */
#include "../scan_laws.h"
#include "../scan_texts.h"

#include <time.h>

#define SENTENCES_MOST 131072

static zub_scanner *scanners[ZUB_SCAN_WAYS];
static scan_oracle oracle;

static double seconds(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "scan_differ: %s: %s\n", name, what);
    exit(1);
}

static zub_slice read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    zub_buffer data;
    char block[65536];

    zub_buffer_init(&data, ZUB_BUFFER_UNLIMITED);
    if (!file)
        stop("cannot open", path);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        zub_buffer_add(&data, block, got);
    fclose(file);
    return zub_buffer_slice(&data);
}

static void print_difference(zub_scanner *wrong, zub_slice text,
                             const char *lang, const char *law)
{
    zub_scanned word;
    size_t i = 0;

    printf("not so (%s): %s\n", lang, law);
    scan_oracle_read(&oracle, text, lang);
    zub_scanner_begin(wrong, text);
    while (zub_scanner_next(wrong, &word, 1) == 1 && i < oracle.word_count &&
           word.start == oracle.words[i].start &&
           word.size == oracle.words[i].size)
        i++;
    printf("word %zu at byte %u of %zu\n", i, word.start, text.size);
    for (size_t at = 0; at < text.size && at < 4096; at++)
        printf("\\x%02X", (unsigned char)text.data[at]);
    printf("\n");
    exit(1);
}

static void check(zub_slice text, const char *lang, size_t room)
{
    if (!scan_oracle_read(&oracle, text, lang))
        print_difference(scanners[0], text, lang, "ICU decodes alike");
    for (int way = 0; way < ZUB_SCAN_WAYS; way++) {
        const char *law =
            broken_scan_law(scanners[way], &oracle, text, lang, room);
        if (law)
            print_difference(scanners[way], text, lang, law);
    }
}

/* ---- random ---- */

static size_t add_sentences(zub_slice file, zub_slice *out, size_t count)
{
    const char *line = file.data, *end = file.data + file.size;

    while (line < end && count < SENTENCES_MOST) {
        const char *stop_at = memchr(line, '\n', (size_t)(end - line));
        size_t size =
            stop_at ? (size_t)(stop_at - line) : (size_t)(end - line);
        out[count++] = (zub_slice){line, size};
        line += size + 1;
    }
    return count;
}

static int run_random(int argc, char **argv)
{
    static zub_slice sentences[SENTENCES_MOST];
    static scan_texts texts;
    uint64_t seed = strtoull(argv[2], NULL, 0);
    double least = strtod(argv[3], NULL);
    uint64_t count = strtoull(argv[4], NULL, 0), done = 0;
    double start = seconds(CLOCK_MONOTONIC);
    size_t sentence_count = 0, bytes = 0;

    for (int i = 5; i < argc; i++)
        sentence_count =
            add_sentences(read_file(argv[i]), sentences, sentence_count);
    scan_texts_init(&texts, seed, sentences, sentence_count);
    while (done < count ||
           (done % 1024 == 0 && seconds(CLOCK_MONOTONIC) - start < least) ||
           done % 1024 != 0) {
        const char *lang;
        zub_slice text = scan_texts_next(&texts, &lang);
        check(text, lang, 1 + done % 256);
        bytes += text.size;
        done++;
    }
    printf("seed %llu: %llu executions, %zu MB, %.0f seconds, no difference\n",
           (unsigned long long)seed, (unsigned long long)done, bytes / 1000000,
           seconds(CLOCK_MONOTONIC) - start);
    scan_texts_release(&texts);
    return 0;
}

/* ---- files ---- */

static int run_files(void)
{
    char line[4096];
    size_t files = 0, bytes = 0, words = 0;

    while (fgets(line, sizeof line, stdin)) {
        char *path = strchr(line, '\t');
        if (!path)
            stop("a line without a tab", line);
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        zub_slice text = read_file(path);
        printf("# %s %s\n", line, path);
        check(text, line, 256);
        files++;
        bytes += text.size;
        words += oracle.word_count;
    }
    printf("%zu files, %zu bytes, %zu words, no difference\n", files, bytes,
           words);
    return 0;
}

/* ---- speed ---- */

static void measure(zub_scanner *one, const char *name, const char *lang,
                    zub_slice text)
{
    double best = 1e9;
    size_t words = 0;

    zub_scanner_choose(one, lang, NULL);
    for (int round = 0; round < 5; round++) {
        zub_scanned batch[256];
        double start = seconds(CLOCK_PROCESS_CPUTIME_ID), spent;
        words = 0;
        zub_scanner_begin(one, text);
        for (size_t got; (got = zub_scanner_next(one, batch, 256)) > 0;)
            words += got;
        spent = seconds(CLOCK_PROCESS_CPUTIME_ID) - start;
        best = spent < best ? spent : best;
    }
    printf("%s %.0f MB/s (%zu words, %zu bytes)\n", name,
           (double)text.size / best / 1e6, words, text.size);
}

static int run_speed(const char *lang, const char *path)
{
    static const char *const names[] = {"vectors", "blocks", "states"};
    zub_slice text = read_file(path);

    for (int way = 0; way < ZUB_SCAN_WAYS; way++)
        measure(scanners[way], names[way], lang, text);
    return 0;
}

int main(int argc, char **argv)
{
    int status = 2;

    for (int way = 0; way < ZUB_SCAN_WAYS; way++) {
        if (zub_scanner_new(&scanners[way], NULL) != ZUB_OK)
            stop("out of memory", "new");
        zub_scanner_go(scanners[way], (zub_scan_way)way);
    }
    if (argc >= 5 && strcmp(argv[1], "random") == 0)
        status = run_random(argc, argv);
    else if (argc == 2 && strcmp(argv[1], "files") == 0)
        status = run_files();
    else if (argc == 4 && strcmp(argv[1], "speed") == 0)
        status = run_speed(argv[2], argv[3]);
    scan_oracle_release(&oracle);
    for (int way = 0; way < ZUB_SCAN_WAYS; way++)
        zub_scanner_free(scanners[way]);
    return status;
}
