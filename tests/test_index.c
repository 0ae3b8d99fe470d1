/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* An index: what it finds, the laws of its parts, and that damage is never
 * another answer. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "test.h"

#include "base/file.h"
#include "base/random.h"
#include "index/dictionary.h"
#include "index/grams.h"
#include "index/postings.h"
#include "index/ranker.h"
#include "index_samples.h"

#define SEED 5u

static zub_models *models;

static const char cats[] =
    "{\"id\": \"cats\", \"title\": \"About cats\", \"text\": \"The cat sat on "
    "the mat. Cats chase mice through the old house.\"}\n"
    "{\"id\": \"dogs\", \"title\": \"About dogs\", \"text\": \"Dogs bark at "
    "night. The dog sleeps by the fire in the old house.\"}\n"
    "{\"id\": \"ar 1\", \"text\": \"كانت القطط تطارد الفئران في "
    "البيت القديم. ونامت الكلاب.\"}\n"
    "{\"id\": \"none\", \"text\": \"...\"}\n"
    "{\"id\": \"zoo\", \"text\": \"Lions sleep; the keeper feeds a sea lion "
    "at "
    "noon.\"}\n";

static void make_cats(const char *name)
{
    zub_error error;

    sample_remove(name);
    sample_save("cats.jsonl", cats, sizeof cats - 1);
    CHECK_INT(sample_add(sample_path(name), sample_path("cats.jsonl"), models,
                         NULL, &error),
              ZUB_OK);
}

/* ---- Finding ---- */

/* The ids of the hits, each with a space behind it. */
static const char *ids_of(const char *name, const char *query,
                          const zub_search_options *options)
{
    static char ids[400];
    zub_searcher *searcher;
    zub_index *index;
    zub_hits *hits;
    size_t size = 0;

    ids[0] = '\0';
    CHECK_INT(zub_index_open(&index, sample_path(name), models, false, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    CHECK_INT(zub_search(&hits, searcher, (zub_slice){query, strlen(query)},
                         options, NULL),
              ZUB_OK);
    for (size_t i = 0; i < hits->count; i++)
        size += (size_t)snprintf(ids + size, sizeof ids - size, "%.*s ",
                                 (int)hits->items[i].id.size,
                                 hits->items[i].id.data);
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
    return ids;
}

static void words_are_found_by_their_stems(void)
{
    make_cats("a");
    CHECK_STR(ids_of("a", "sleeping lions", NULL), "zoo dogs ");
    CHECK_STR(ids_of("a", "mouse mice", NULL), "cats ");
    CHECK_STR(ids_of("a", "zebra", NULL), "");
    CHECK_STR(ids_of("a", "", NULL), "");
}

static void conditions_hold(void)
{
    make_cats("a");
    CHECK_STR(ids_of("a", "\"old house\" cat", NULL), "cats dogs ");
    CHECK_STR(ids_of("a", "\"house old\"", NULL), "");
    CHECK_STR(ids_of("a", "house -cat", NULL), "dogs ");
    CHECK_STR(ids_of("a", "+cat house", NULL), "cats ");
    CHECK_STR(ids_of("a", "title:dogs", NULL), "dogs ");
    CHECK_STR(ids_of("a", "title:house", NULL), "");
    CHECK_STR(ids_of("a", "sleep -\"sea lion\"", NULL), "dogs ");
    /* What only looks like syntax is text. */
    CHECK_STR(ids_of("a", "-cat", NULL), "cats ");
    CHECK_STR(ids_of("a", "mice - + \" title:", NULL), "cats ");
    CHECK_STR(
        ids_of("a", "house -cat", &(zub_search_options){.is_plain = true}),
        "cats dogs ");
}

static void arabic_is_found_in_its_own_language(void)
{
    make_cats("a");
    zub_search_options options = {.lang = "ar"};
    CHECK_STR(ids_of("a", "الفأر والقط في بيت", &options), "ar 1 ");
}

/* Each article is stemmed in its own language, whatever that of the query. */
static void every_language_is_found_by_its_stems(void)
{
    static const char several[] =
        "{\"id\": \"de\", \"lang\": \"de\", \"text\": \"Die alten Häuser "
        "stehen am Fluss.\"}\n"
        "{\"id\": \"en\", \"lang\": \"en\", \"text\": \"The dogs were "
        "running by the river.\"}\n"
        "{\"id\": \"fr\", \"lang\": \"fr\", \"text\": \"Ils ont vu "
        "l’homme au bord du lac.\"}\n"
        "{\"id\": \"zh\", \"lang\": \"zh\", \"text\": "
        "\"河边有一座老房子。\"}\n";

    sample_remove("s");
    sample_save("several.jsonl", several, sizeof several - 1);
    CHECK_INT(sample_add(sample_path("s"), sample_path("several.jsonl"),
                         models, NULL, NULL),
              ZUB_OK);
    CHECK_STR(ids_of("s", "haus", NULL), "de ");
    CHECK_STR(ids_of("s", "runs", NULL), "en ");
    CHECK_STR(ids_of("s", "hommes", NULL), "fr ");
    CHECK_STR(ids_of("s", "房子", NULL), "zh ");
    CHECK_STR(ids_of("s", "+runs +dog haus", NULL), "en ");
    CHECK_STR(ids_of("s", "haus runs hommes -river", NULL), "de fr ");
    CHECK_STR(ids_of("s", "\"l'homme au\"", NULL), "fr ");
    zub_search_options options = {.lang = "en"};
    CHECK_STR(ids_of("s", "Häuser runs", &options), "en ");
}

static void an_id_again_takes_the_place_of_the_first(void)
{
    static const char again[] =
        "{\"id\": \"dogs\", \"text\": \"Now about zebras.\"}\n";
    zub_index *index;

    make_cats("a");
    sample_save("again.jsonl", again, sizeof again - 1);
    CHECK_INT(sample_add(sample_path("a"), sample_path("again.jsonl"), models,
                         NULL, NULL),
              ZUB_OK);
    CHECK_STR(ids_of("a", "zebra", NULL), "dogs ");
    CHECK_STR(ids_of("a", "bark", NULL), "");
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, false, NULL),
              ZUB_OK);
    zub_index_facts facts = zub_index_about(index);
    CHECK_INT(facts.articles, 5);
    CHECK_INT(facts.gone, 1);
    CHECK_INT(facts.generation, 2);
    zub_index_free(index);
}

static void what_is_deleted_is_not_found(void)
{
    zub_index_writer *writer;
    zub_error error;

    make_cats("a");
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    CHECK_INT(zub_index_writer_delete(writer, (zub_slice){"cats", 4}, NULL),
              ZUB_OK);
    CHECK_INT(zub_index_writer_delete(writer, (zub_slice){"cats", 4}, &error),
              ZUB_ENOTFOUND);
    CHECK_STR(ids_of("a", "mice", NULL), "cats "); /* not committed */
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_index_writer_free(writer);
    CHECK_STR(ids_of("a", "mice", NULL), "");
    CHECK_STR(ids_of("a", "house", NULL), "dogs ");
}

static void a_reader_keeps_its_commit(void)
{
    zub_index *index;
    zub_searcher *searcher;
    zub_hits *hits;
    zub_index_writer *writer;

    make_cats("a");
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, false, NULL),
              ZUB_OK);
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    zub_index_writer_delete(writer, (zub_slice){"cats", 4}, NULL);
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_index_writer_free(writer);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    CHECK_INT(zub_search(&hits, searcher, (zub_slice){"mice", 4}, NULL, NULL),
              ZUB_OK);
    CHECK_INT(hits->count, 1);
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
}

static void a_second_writer_is_refused(void)
{
    zub_index_writer *writer, *other;
    zub_error error;

    make_cats("a");
    CHECK_INT(
        zub_index_writer_open(&writer, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    CHECK_INT(
        zub_index_writer_open(&other, sample_path("a"), models, NULL, &error),
        ZUB_EBUSY);
    CHECK(!other && strstr(error.message, "another writer"));
    zub_index_writer_free(writer);
    CHECK_INT(
        zub_index_writer_open(&other, sample_path("a"), models, NULL, NULL),
        ZUB_OK);
    zub_index_writer_free(other);
}

static void what_is_no_index_is_left_alone(void)
{
    zub_index_writer *writer;
    zub_index *index;
    zub_error error;

    CHECK_INT(
        zub_index_open(&index, sample_path("absent"), models, false, &error),
        ZUB_ENOTFOUND);
    CHECK_INT(
        zub_index_writer_open(&writer, sample_scratch, models, NULL, &error),
        ZUB_EINVAL);
    CHECK(strstr(error.message, "other files"));
    make_cats("a");
    CHECK_INT(zub_index_writer_open(&writer, sample_path("a"), models,
                                    &(zub_index_options){.lang = "fr"},
                                    &error),
              ZUB_EINVAL);
    CHECK(strstr(error.message, "language"));
}

/* ---- Hostile questions ---- */

static void no_question_is_wrong(void)
{
    static const char *const questions[] = {
        "\xFF\xFE mice \xC3",
        "+",
        "-",
        "\"",
        "title:",
        "+\"",
        "-title:\"x",
        "the of and",
        "\"\"",
        "«cat",
        "“old house”",
        "+-+- mice",
    };
    static char large[1 << 20];
    zub_searcher *searcher;
    zub_index *index;
    zub_hits *hits;

    make_cats("a");
    CHECK_INT(zub_index_open(&index, sample_path("a"), models, false, NULL),
              ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index, NULL), ZUB_OK);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        zub_slice query = {questions[i], strlen(questions[i])};
        CHECK_INT(zub_search(&hits, searcher, query, NULL, NULL), ZUB_OK);
        zub_hits_free(hits);
        CHECK_INT(zub_related(&hits, searcher, query, NULL, NULL), ZUB_OK);
        zub_hits_free(hits);
    }
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = "ab \"+-\xD9\0c"[(i * 7 + i / 11) % 9];
    CHECK_INT(zub_search(&hits, searcher, (zub_slice){large, sizeof large},
                         NULL, NULL),
              ZUB_OK);
    zub_hits_free(hits);
    memset(large, '"', sizeof large);
    CHECK_INT(zub_search(&hits, searcher, (zub_slice){large, sizeof large},
                         NULL, NULL),
              ZUB_OK);
    zub_hits_free(hits);
    zub_searcher_free(searcher);
    zub_index_free(index);
}

/* ---- Laws of the parts ---- */

static void postings_come_back(void)
{
    static zub_posting list[2000];
    static uint32_t lengths[200000];
    uint32_t passages[ZUB_POSTINGS_BLOCK], counts[ZUB_POSTINGS_BLOCK];
    zub_random random = {SEED, 0};

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        lengths[i] = 1 + (uint32_t)zub_random_below(&random, 70000);
    for (unsigned round = 0; round < 200; round++) {
        size_t size = 1 + zub_random_below(&random, 1999);
        uint32_t next = 0, most = 1 + round % 80;
        zub_buffer out;
        for (size_t i = 0; i < size; i++) {
            next += 1 + (uint32_t)zub_random_below(&random, most);
            list[i] = (zub_posting){next - 1, 1 + (uint32_t)zub_random_below(
                                                      &random, 1 + round * 7)};
        }
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        zub_postings_add(&out, list, size, lengths);
        size_t end = out.size;
        zub_buffer_add(&out, "\0\0\0\0\0\0\0", ZUB_POSTINGS_PAD);
        size_t heads = zub_postings_heads((uint32_t)size);
        int64_t before = -1;
        for (size_t at = 0; at < size; at += ZUB_POSTINGS_BLOCK) {
            size_t left = size - at, offset = 0;
            size_t block =
                left < ZUB_POSTINGS_BLOCK ? left : ZUB_POSTINGS_BLOCK;
            if (heads > 0) {
                zub_postings_head head =
                    zub_postings_head_at(out.data, at / ZUB_POSTINGS_BLOCK);
                offset = head.offset;
                CHECK_INT(head.last, list[at + block - 1].passage);
            }
            CHECK(zub_postings_read(passages, counts, block, out.data + offset,
                                    end - offset, before, next));
            for (size_t i = 0; i < block; i++)
                CHECK(passages[i] == list[at + i].passage &&
                      counts[i] == list[at + i].count);
            before = list[at + block - 1].passage;
            CHECK(!zub_postings_read(passages, counts, block,
                                     out.data + offset, end - offset, before,
                                     list[at].passage));
        }
        zub_buffer_release(&out);
    }
}

/* A view on bytes that nothing is wrong with. */
static zub_guarded guard(zub_slice bytes, uint32_t *sums, atomic_uchar *seen)
{
    zub_guard_sum(sums, bytes.data, bytes.size);
    return (zub_guarded){bytes.data, bytes.size, sums, seen};
}

static void every_term_is_found_and_no_other(void)
{
    static uint32_t sums[2][64];
    static atomic_uchar seen[2][64];
    static char names[1000][12];
    zub_term_writer writer;
    zub_term_place place;
    uint64_t offset = 0;

    zub_term_writer_init(&writer);
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(names[i], sizeof names[i], "%04u%.*s", i * 7, (int)(i % 5),
                 "xxxx");
        zub_term_writer_add(&writer, (zub_slice){names[i], strlen(names[i])},
                            i + 1, offset, i);
        offset += i;
    }
    zub_guarded blocks =
        guard(zub_buffer_slice(&writer.blocks), sums[0], seen[0]);
    zub_guarded terms =
        guard(zub_buffer_slice(&writer.terms), sums[1], seen[1]);
    offset = 0;
    for (unsigned i = 0; i < 1000; i++) {
        zub_slice name = {names[i], strlen(names[i])};
        CHECK_INT(zub_term_find(&blocks, &terms, 1000, name, &place), ZUB_OK);
        CHECK_INT(place.number, i);
        CHECK_INT(place.df, i + 1);
        CHECK_INT(place.offset, offset);
        offset += i;
        names[i][0]++;
        CHECK_INT(zub_term_find(&blocks, &terms, 1000, name, &place),
                  ZUB_ENOTFOUND);
        name.size--;
        names[i][0]--;
        CHECK(zub_term_find(&blocks, &terms, 1000, name, &place) ==
                  ZUB_ENOTFOUND ||
              i % 5 == 1);
    }
    zub_term_writer_release(&writer);
}

static void grams_span_words_but_where_there_are_no_spaces(void)
{
    zub_gram_maker maker = {0};

    zub_gram_maker_begin(&maker, "en");
    zub_gram_maker_add(&maker, (zub_slice){"ab", 2});
    zub_gram_maker_add(&maker, (zub_slice){"cde", 3});
    zub_gram_maker_end(&maker);
    CHECK_INT(maker.count, 3); /* ab_c b_cd _cde */
    zub_gram_maker_begin(&maker, "zh");
    zub_gram_maker_add(&maker, (zub_slice){"\xE4\xB8\xAD\xE5\x9B\xBD", 6});
    zub_gram_maker_add(&maker, (zub_slice){"\xE4\xBA\xBA", 3});
    zub_gram_maker_end(&maker);
    CHECK_INT(maker.count, 2);
    zub_gram_maker_begin(&maker, "en");
    zub_gram_maker_add(&maker, (zub_slice){"a", 1});
    zub_gram_maker_end(&maker);
    CHECK_INT(maker.count, 1);
    zub_gram_maker_begin(&maker, "en");
    zub_gram_maker_end(&maker);
    CHECK_INT(maker.count, 0);
    zub_gram_maker_release(&maker);
}

/* ---- Laws of the whole ---- */

#define ARTICLES 400

/* Articles of words w0 .. w199, low numbers common; those of `part` of
 * `parts`, or all of them. */
static void save_random(const char *name, unsigned part, unsigned parts)
{
    zub_random random = {SEED, 0};
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < ARTICLES; i++) {
        size_t words = 1 + zub_random_below(&random, 400);
        zub_buffer line;
        zub_buffer_init(&line, ZUB_BUFFER_UNLIMITED);
        zub_buffer_format(&line,
                          "{\"id\": \"%u\", \"lang\": \"en\", "
                          "\"text\": \"",
                          i * 7919 % 1000);
        for (size_t w = 0; w < words; w++) {
            uint64_t word = zub_random_below(&random, 200);
            word = word * zub_random_below(&random, 200) / 200;
            zub_buffer_format(&line, "w%llux%s", (unsigned long long)word,
                              w % 9 == 8 ? ". W" : " ");
        }
        zub_buffer_add_string(&line, "\"}\n");
        if (parts == 0 || i % parts == part)
            zub_buffer_add_slice(&out, zub_buffer_slice(&line));
        zub_buffer_release(&line);
    }
    sample_save(name, out.data, out.size);
    zub_buffer_release(&out);
}

static const zub_index_options small = {.passage_words = 30};

static void make_random(const char *index, unsigned part, unsigned parts)
{
    sample_remove(index);
    save_random("random.jsonl", part, parts);
    CHECK_INT(sample_add(sample_path(index), sample_path("random.jsonl"),
                         models, &small, NULL),
              ZUB_OK);
}

/* The best ten of a pruned walk are the first ten of a whole one. */
static void pruning_changes_nothing(void)
{
    zub_index *index;
    zub_random random = {SEED, 0};

    make_random("r", 0, 0);
    CHECK_INT(zub_index_open(&index, sample_path("r"), models, false, NULL),
              ZUB_OK);
    for (unsigned round = 0; round < 300; round++) {
        zub_wanted terms[12];
        char names[12][8];
        size_t count = 1 + zub_random_below(&random, 12);
        zub_ranking all, best;
        for (size_t i = 0; i < count; i++) {
            snprintf(names[i], sizeof *names, "w%llux",
                     (unsigned long long)zub_random_below(&random, 200));
            terms[i] =
                (zub_wanted){{names[i], strlen(names[i])},
                             0.1 + (double)zub_random_below(&random, 50) / 10};
        }
        CHECK_INT(
            zub_rank(&all, index, terms, count, 100000, NULL, NULL, NULL),
            ZUB_OK);
        CHECK_INT(zub_rank(&best, index, terms, count, 10, NULL, NULL, NULL),
                  ZUB_OK);
        CHECK_INT(best.size, all.size < 10 ? all.size : 10);
        for (size_t i = 0; i < best.size; i++)
            CHECK(best.items[i].score == all.items[i].score &&
                  best.items[i].passage == all.items[i].passage);
        for (size_t i = 1; i < all.size; i++)
            CHECK(all.items[i - 1].score >= all.items[i].score);
        zub_ranking_release(&all);
        zub_ranking_release(&best);
    }
    zub_index_free(index);
}

static zub_buffer bytes_of(const char *path)
{
    zub_buffer out;
    zub_file file;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    if (zub_file_open(&file, path, NULL) == ZUB_OK)
        zub_buffer_add_slice(&out, file.bytes);
    zub_file_close(&file);
    return out;
}

static zub_buffer answers_of(const char *index, const char *query,
                             const char *id)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(sample_ask(&out, sample_path(index), models, query, id, NULL),
              ZUB_OK);
    return out;
}

static bool is_equal(const zub_buffer *a, const zub_buffer *b)
{
    return a->size == b->size && memcmp(a->data, b->data, a->size) == 0;
}

static void check_same_answers(const char *one, const char *other)
{
    static const char *const queries[] = {"w3x w17x w150x", "w0x", "w9x w9x",
                                          "\"w1x w2x\"", "w0x w1x w2x -w3x"};

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        zub_buffer a = answers_of(one, queries[i], "0");
        zub_buffer b = answers_of(other, queries[i], "0");
        CHECK(a.size > 0 && is_equal(&a, &b));
        zub_buffer_release(&a);
        zub_buffer_release(&b);
    }
}

/* By volumes beside each other, and by merging them into one. */
static void shards_answer_as_one_index_does(void)
{
    zub_index_writer *writer;

    make_random("r", 0, 0);
    sample_remove("volumes");
    for (unsigned i = 0; i < 4; i++) {
        char name[8];
        save_random("random.jsonl", i, 4);
        CHECK_INT(sample_add(sample_path("volumes"),
                             sample_path("random.jsonl"), models, &small,
                             NULL),
                  ZUB_OK);
        snprintf(name, sizeof name, "s%u", i);
        make_random(name, i, 4);
    }
    check_same_answers("r", "volumes");
    sample_remove("merged");
    CHECK_INT(zub_index_writer_open(&writer, sample_path("merged"), models,
                                    &small, NULL),
              ZUB_OK);
    for (unsigned i = 4; i-- > 0;) {
        char name[8];
        snprintf(name, sizeof name, "s%u", i);
        CHECK_INT(zub_index_writer_merge(writer, sample_path(name), NULL),
                  ZUB_OK);
    }
    CHECK_INT(zub_index_writer_commit(writer, NULL), ZUB_OK);
    zub_index_writer_free(writer);
    check_same_answers("r", "merged");
    zub_buffer a = bytes_of(sample_path("r/volume-000001.zub"));
    zub_buffer b = bytes_of(sample_path("merged/volume-000001.zub"));
    CHECK(a.size > 0 && is_equal(&a, &b));
    zub_buffer_release(&a);
    zub_buffer_release(&b);
}

static void volumes_become_one(void)
{
    zub_index *index;

    make_random("r", 0, 0);
    sample_remove("many");
    for (unsigned i = 0; i < 20; i++) {
        save_random("random.jsonl", i, 20);
        CHECK_INT(sample_add(sample_path("many"), sample_path("random.jsonl"),
                             models, &small, NULL),
                  ZUB_OK);
    }
    CHECK_INT(zub_index_open(&index, sample_path("many"), models, false, NULL),
              ZUB_OK);
    CHECK(zub_index_about(index).volumes < 10);
    CHECK_INT(zub_index_about(index).articles, ARTICLES);
    zub_index_free(index);
    check_same_answers("r", "many");
}

/* ---- Damage ---- */

static bool is_damage(zub_status status)
{
    return status == ZUB_EFORMAT || status == ZUB_EVERSION ||
           status == ZUB_EMISMATCH || status == ZUB_ENOTFOUND;
}

/* Every byte of a file, one at a time: the same answers or an error. */
static void flip_all(const char *name, size_t *noticed)
{
    zub_buffer want = answers_of("a", "old house mice", "cats");
    zub_buffer bytes = bytes_of(sample_path(name));
    zub_file_report report;

    CHECK(bytes.size > 0);
    for (size_t i = 0; i < bytes.size; i++) {
        zub_buffer got;
        char kept = bytes.data[i];
        bytes.data[i] = (char)(kept ^ (1 << i % 8));
        sample_save(name, bytes.data, bytes.size);
        zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
        zub_status status = sample_ask(&got, sample_path("a"), models,
                                       "old house mice", "cats", NULL);
        bool is_same = status == ZUB_OK && is_equal(&want, &got);
        CHECK(is_same || is_damage(status));
        *noticed += !is_same;
        CHECK(is_damage(
            zub_index_check(&report, sample_path("a"), false, NULL, NULL)));
        zub_buffer_release(&got);
        bytes.data[i] = kept;
    }
    sample_save(name, bytes.data, bytes.size);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    zub_buffer_release(&bytes);
    zub_buffer_release(&want);
}

static void no_flipped_byte_is_another_answer(void)
{
    size_t noticed = 0;

    make_cats("a");
    flip_all("a/volume-000001.zub", &noticed);
    flip_all("a/index.zub", &noticed);
    flip_all("a/spare.zub", &noticed);
    CHECK(noticed > 1000);
}

static void no_cut_is_another_answer(void)
{
    make_cats("a");
    zub_buffer bytes = bytes_of(sample_path("a/volume-000001.zub"));
    for (size_t size = 0; size < bytes.size; size += 97) {
        zub_buffer got;
        sample_save("a/volume-000001.zub", bytes.data, size);
        zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
        CHECK(is_damage(sample_ask(&got, sample_path("a"), models, "house",
                                   "cats", NULL)));
        zub_buffer_release(&got);
    }
    zub_buffer_release(&bytes);
}

static void count_loss(void *context, zub_slice id, const zub_error *why)
{
    CHECK(why->status != ZUB_OK);
    *(size_t *)context += id.size > 0;
}

static void repair_leaves_out_what_is_damaged(void)
{
    static const char more[] = "{\"id\": \"z\", \"text\": \"A zebra.\"}\n";
    size_t lost = 0;
    zub_index_losses losses = {&lost, count_loss};
    zub_file_report report;

    make_cats("a");
    sample_save("more.jsonl", more, sizeof more - 1);
    CHECK_INT(sample_add(sample_path("a"), sample_path("more.jsonl"), models,
                         NULL, NULL),
              ZUB_OK);
    zub_buffer bytes = bytes_of(sample_path("a/volume-000001.zub"));
    bytes.data[bytes.size - 3] ^= 4; /* in the texts, which come last */
    sample_save("a/volume-000001.zub", bytes.data, bytes.size);
    zub_buffer_release(&bytes);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_EFORMAT);
    CHECK_INT(zub_index_check(&report, sample_path("a"), true, &losses, NULL),
              ZUB_OK);
    CHECK_INT(lost, 5);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    CHECK_STR(ids_of("a", "zebra mice", NULL), "z ");
}

/* ---- The manifest comes back ---- */

static void add_zebra(void)
{
    static const char more[] = "{\"id\": \"z\", \"text\": \"A zebra.\"}\n";

    sample_save("more.jsonl", more, sizeof more - 1);
    CHECK_INT(sample_add(sample_path("a"), sample_path("more.jsonl"), models,
                         NULL, NULL),
              ZUB_OK);
}

static void repair_with_losses(size_t wanted)
{
    size_t lost = 0;
    zub_index_losses losses = {&lost, count_loss};
    zub_file_report report;
    zub_error error;

    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, &error),
              ZUB_EFORMAT);
    CHECK(strstr(error.message, "--repair"));
    CHECK_INT(zub_index_check(&report, sample_path("a"), true, &losses, NULL),
              ZUB_OK);
    CHECK_INT(lost, wanted);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
}

static void a_manifest_comes_back_from_its_spare(void)
{
    for (size_t cut = 0; cut < 400; cut += 37) {
        make_cats("a");
        add_zebra();
        zub_buffer bytes = bytes_of(sample_path("a/index.zub"));
        sample_save("a/index.zub", bytes.data, cut);
        repair_with_losses(0);
        CHECK_STR(ids_of("a", "zebra mice", NULL), "z cats ");
        zub_buffer_release(&bytes);
    }
    CHECK(remove(sample_path("a/index.zub")) == 0);
    repair_with_losses(0);
    CHECK_STR(ids_of("a", "zebra mice", NULL), "z cats ");
}

/* A writer died between the two, and then the newer one was damaged. */
static void a_spare_of_the_commit_before_says_what_is_lost(void)
{
    make_cats("a");
    zub_buffer before = bytes_of(sample_path("a/spare.zub"));
    add_zebra();
    sample_save("a/spare.zub", before.data, before.size);
    sample_save("a/index.zub", before.data, 70);
    repair_with_losses(1);
    CHECK_STR(ids_of("a", "zebra mice", NULL), "cats ");
    add_zebra();
    CHECK_STR(ids_of("a", "zebra mice", NULL), "z cats ");
    zub_buffer_release(&before);
}

static void the_next_writer_mends_the_spare(void)
{
    zub_file_report report;

    make_cats("a");
    sample_save("a/spare.zub", "no", 2);
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_EFORMAT);
    add_zebra();
    CHECK_INT(zub_index_check(&report, sample_path("a"), false, NULL, NULL),
              ZUB_OK);
    zub_buffer first = bytes_of(sample_path("a/index.zub"));
    zub_buffer second = bytes_of(sample_path("a/spare.zub"));
    CHECK(is_equal(&first, &second));
    zub_buffer_release(&first);
    zub_buffer_release(&second);
}

static void without_both_nothing_is_touched(void)
{
    zub_file_report report;

    make_cats("a");
    zub_buffer volume = bytes_of(sample_path("a/volume-000001.zub"));
    sample_save("a/index.zub", "no", 2);
    sample_save("a/spare.zub", "no", 2);
    CHECK_INT(zub_index_check(&report, sample_path("a"), true, NULL, NULL),
              ZUB_EFORMAT);
    zub_buffer after = bytes_of(sample_path("a/volume-000001.zub"));
    CHECK(is_equal(&volume, &after));
    zub_buffer_release(&volume);
    zub_buffer_release(&after);
}

int main(void)
{
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    RUN(words_are_found_by_their_stems);
    RUN(conditions_hold);
    RUN(arabic_is_found_in_its_own_language);
    RUN(every_language_is_found_by_its_stems);
    RUN(an_id_again_takes_the_place_of_the_first);
    RUN(what_is_deleted_is_not_found);
    RUN(a_reader_keeps_its_commit);
    RUN(a_second_writer_is_refused);
    RUN(what_is_no_index_is_left_alone);
    RUN(no_question_is_wrong);
    RUN(postings_come_back);
    RUN(every_term_is_found_and_no_other);
    RUN(grams_span_words_but_where_there_are_no_spaces);
    RUN(pruning_changes_nothing);
    RUN(shards_answer_as_one_index_does);
    RUN(volumes_become_one);
    RUN(no_flipped_byte_is_another_answer);
    RUN(no_cut_is_another_answer);
    RUN(repair_leaves_out_what_is_damaged);
    RUN(a_manifest_comes_back_from_its_spare);
    RUN(a_spare_of_the_commit_before_says_what_is_lost);
    RUN(the_next_writer_mends_the_spare);
    RUN(without_both_nothing_is_touched);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
