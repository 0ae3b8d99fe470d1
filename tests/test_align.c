/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Alignment: seeds, chains, extensions and rectangles against slow and obvious
 * ways to the same; then passages, golden, by laws and of hostile texts. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

#include "base/buffer.h"
#include "base/random.h"
#include "index/align_pair.h"
#include "index/align_seeds.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";

/* ---- Articles ---- */

/* One article of each text. */
static zub_articles *read_texts(const zub_slice *texts, size_t count,
                                const zub_analyzer_options *words)
{
    zub_articles *articles = NULL;
    zub_corpus *corpus;
    char path[80];
    const char *paths[] = {path};
    zub_corpus_options options = {.form = ZUB_FORM_JSONL};
    zub_error error = {0};

    snprintf(path, sizeof path, "%s/texts.jsonl", folder);
    FILE *file = fopen(path, "w");
    for (size_t i = 0; i < count; i++) {
        fprintf(file, "{\"id\":%zu,\"text\":\"", i);
        fwrite(texts[i].data, 1, texts[i].size, file);
        fputs("\"}\n", file);
    }
    fclose(file);
    CHECK_INT(zub_corpus_open(&corpus, paths, 1, &options, NULL), ZUB_OK);
    CHECK_INT(
        zub_articles_read(&articles, corpus, 1, NULL, words, NULL, &error),
        ZUB_OK);
    CHECK_STR(error.message, "");
    zub_corpus_free(corpus);
    unlink(path);
    return articles;
}

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

static zub_articles *read_text(const char *text)
{
    zub_slice slice = slice_of(text);

    return read_texts(&slice, 1, NULL);
}

/* `count` words of a vocabulary of `types`, with spaces between. */
static void add_words(zub_buffer *out, zub_random *random, size_t count,
                      size_t types)
{
    for (size_t i = 0; i < count; i++)
        zub_buffer_format(out, "w%llu ",
                          (unsigned long long)zub_random_below(random, types));
}

static zub_articles *draw_articles(zub_random *random, size_t count,
                                   size_t words, size_t types)
{
    zub_buffer *texts = calloc(count, sizeof *texts);
    zub_slice *slices = calloc(count, sizeof *slices);

    for (size_t i = 0; i < count; i++) {
        zub_buffer_init(&texts[i], ZUB_BUFFER_UNLIMITED);
        add_words(&texts[i], random, 1 + zub_random_below(random, words),
                  types);
        slices[i] = zub_buffer_slice(&texts[i]);
    }
    zub_articles *articles = read_texts(slices, count, NULL);
    for (size_t i = 0; i < count; i++)
        zub_buffer_release(&texts[i]);
    free(texts);
    free(slices);
    return articles;
}

/* ---- Seeds ---- */

static bool is_seed(const zub_articles *a, size_t x, const uint64_t *y,
                    unsigned width)
{
    for (unsigned i = 0; i < width; i++)
        if (a->words[x + i] != y[i])
            return false;
    return true;
}

/* Every pair of places is in a stretch, and none that is not the same. */
static void check_stretches(const zub_seeder *seeder, const zub_articles *a,
                            const uint64_t *words, size_t size, unsigned width)
{
    size_t in_stretches = 0, pairs = 0;

    for (size_t i = 0; i < seeder->count; i++) {
        const zub_keyed *s = &seeder->pairs[i];
        CHECK(is_seed(a, zub_stretch_x(s), words + zub_stretch_y(s),
                      zub_stretch_size(s)));
        CHECK(i == 0 || s->key > s[-1].key);
        for (unsigned at = 0; at + width <= zub_stretch_size(s); at++)
            in_stretches++;
    }
    for (size_t x = 0; x + width <= a->size; x++)
        for (size_t y = 0; y + width <= size; y++)
            pairs += is_seed(a, x, words + y, width);
    /* Stretches that touch have seeds over the seam: as many as are there. */
    CHECK(in_stretches == pairs);
}

static void every_seed_is_found(void)
{
    zub_random random = {.seed = 1};

    for (unsigned turn = 0; turn < 60; turn++) {
        unsigned width = 1 + (unsigned)zub_random_below(&random, 4);
        zub_articles *a = draw_articles(&random, 3, 60, 40);
        zub_articles *b = draw_articles(&random, 1, 60, 40);
        zub_seeder seeder = {0};
        zub_seed_index index;
        const uint64_t *words = b->words;
        CHECK_INT(zub_seed_index_init(&index, a, width), ZUB_OK);
        CHECK_INT(zub_seeder_find(&seeder, &index, words, b->items[0].count,
                                  a->size),
                  ZUB_OK);
        CHECK_INT(index.left_out + seeder.left_out, 0);
        check_stretches(&seeder, a, words, b->items[0].count, width);
        zub_seeder_release(&seeder);
        zub_seed_index_release(&index);
        zub_articles_free(a);
        zub_articles_free(b);
    }
}

static void common_seeds_are_followed_to_some_places(void)
{
    zub_buffer text;
    zub_seed_index index;
    zub_seeder seeder = {0};

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < 1000; i++)
        zub_buffer_add_string(&text, "a ");
    zub_articles *a = read_text(text.data);
    CHECK_INT(zub_seed_index_init(&index, a, 3), ZUB_OK);
    CHECK_INT(index.count, 1);
    CHECK_INT(index.starts[1], ZUB_SEED_REPEATS);
    CHECK_INT(index.left_out, 998 - ZUB_SEED_REPEATS);
    CHECK_INT(zub_seeder_find(&seeder, &index, a->words, 1000, a->size),
              ZUB_OK);
    CHECK_INT(seeder.left_out, 998 - ZUB_SEED_REPEATS);
    CHECK_INT(seeder.count, 2 * ZUB_SEED_REPEATS - 1);
    zub_seeder_release(&seeder);
    zub_seed_index_release(&index);
    zub_articles_free(a);
    zub_buffer_release(&text);
}

/* ---- Chains ---- */

/* The same by looking at all pairs. */
static uint64_t slow_score(const zub_anchor *anchors, uint64_t *scores,
                           size_t k)
{
    uint64_t best = 0;

    for (size_t p = 0; p < k; p++) {
        uint32_t x = anchors[p].x + anchors[p].size;
        uint32_t y = anchors[p].y + anchors[p].size;
        if (x > anchors[k].x || y > anchors[k].y ||
            anchors[k].x - x > ZUB_CHAIN_GAP ||
            anchors[k].y - y > ZUB_CHAIN_GAP)
            continue;
        uint64_t cost = anchors[k].x - x + anchors[k].y - y;
        if (scores[p] > cost && scores[p] - cost > best)
            best = scores[p] - cost;
    }
    return best + 2 * anchors[k].size;
}

static int by_place(const void *a, const void *b)
{
    const zub_anchor *p = a, *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return (p->y > q->y) - (p->y < q->y);
}

static void check_chains(zub_chainer *chainer, const zub_anchor *anchors,
                         size_t count)
{
    size_t size, taken = 0;
    const uint32_t *chain;

    while ((size = zub_chainer_next(chainer, &chain)) > 0) {
        for (size_t i = 1; i < size; i++) {
            const zub_anchor *p = &anchors[chain[i - 1]];
            const zub_anchor *q = &anchors[chain[i]];
            CHECK(p->x + p->size <= q->x && p->y + p->size <= q->y);
            CHECK(q->x - p->x - p->size <= ZUB_CHAIN_GAP);
            CHECK(q->y - p->y - p->size <= ZUB_CHAIN_GAP);
        }
        taken += size;
    }
    CHECK_INT(taken, count);
}

static void chains_are_the_best_of_all(void)
{
    zub_random random = {.seed = 2};
    zub_anchor anchors[200];
    uint64_t scores[200];
    zub_chainer chainer = {0};

    for (unsigned turn = 0; turn < 300; turn++) {
        size_t count = 1 + zub_random_below(&random, 200);
        size_t range = 10 + zub_random_below(&random, 300);
        for (size_t i = 0; i < count; i++)
            anchors[i] =
                (zub_anchor){(uint32_t)zub_random_below(&random, range),
                             (uint32_t)zub_random_below(&random, range),
                             1 + (uint32_t)zub_random_below(&random, 9)};
        qsort(anchors, count, sizeof *anchors, by_place);
        CHECK_INT(zub_chainer_link(&chainer, anchors, count), ZUB_OK);
        for (size_t k = 0; k < count; k++) {
            scores[k] = slow_score(anchors, scores, k);
            CHECK_INT(chainer.scores[k], scores[k]);
        }
        check_chains(&chainer, anchors, count);
    }
    zub_chainer_release(&chainer);
}

/* ---- Rectangles ---- */

static bool meet(const zub_rectangle *a, const zub_rectangle *b)
{
    return a->x_start < b->x_end && b->x_start < a->x_end &&
           a->y_start < b->y_end && b->y_start < a->y_end;
}

static void what_is_taken_overlaps(void)
{
    zub_random random = {.seed = 3};
    zub_rectangle kept[300];
    zub_taken taken = {0};

    for (unsigned turn = 0; turn < 20; turn++) {
        size_t count = 0;
        CHECK_INT(zub_taken_begin(&taken, 3000), ZUB_OK);
        for (unsigned i = 0; i < 300; i++) {
            uint32_t x = (uint32_t)zub_random_below(&random, 2400);
            uint32_t y = (uint32_t)zub_random_below(&random, 2400);
            zub_rectangle one = {
                x, x + 1 + (uint32_t)zub_random_below(&random, 600), y,
                y + 1 + (uint32_t)zub_random_below(&random, 600)};
            bool meets = false;
            for (size_t k = 0; k < count; k++)
                meets = meets || meet(&kept[k], &one);
            CHECK(zub_taken_overlaps(&taken, &one) == meets);
            if (meets)
                continue;
            CHECK_INT(zub_taken_add(&taken, &one), ZUB_OK);
            kept[count++] = one;
        }
    }
    zub_taken_release(&taken);
}

/* ---- Passages, golden ---- */

static zub_alignment *align(const zub_articles *a, const zub_articles *b,
                            const zub_align_options *options)
{
    zub_alignment *alignment = NULL;
    zub_error error;

    CHECK_INT(zub_align(&alignment, a, b, 1, options, &error), ZUB_OK);
    return alignment;
}

static bool is_text(zub_slice text, const char *wanted)
{
    bool is_same = text.size == strlen(wanted) &&
                   memcmp(text.data, wanted, text.size) == 0;

    if (!is_same)
        printf("# '%.*s', not '%s'\n", (int)text.size, text.data, wanted);
    return is_same;
}

/* Two texts that share one passage, `a` of one and `b` of the other. */
static void check_one(const char *text_a, const char *text_b, const char *a,
                      const char *b, size_t matched)
{
    zub_articles *left = read_text(text_a), *right = read_text(text_b);
    zub_alignment *alignment = align(left, right, NULL);

    CHECK_INT(zub_alignment_about(alignment).passages, 1);
    if (zub_alignment_about(alignment).passages == 1) {
        zub_shared shared = zub_alignment_at(alignment, 0);
        CHECK(is_text(shared.a.text, a));
        CHECK(is_text(shared.b.text, b));
        CHECK(strncmp(text_a + shared.a.start, a, strlen(a)) == 0);
        CHECK(strncmp(text_b + shared.b.start, b, strlen(b)) == 0);
        CHECK_INT(shared.a.end - shared.a.start, strlen(a));
        CHECK_INT(shared.matched, matched);
    }
    zub_alignment_free(alignment);
    zub_articles_free(left);
    zub_articles_free(right);
}

static void a_vocalised_quotation_is_found(void)
{
    check_one(
        "كتب في دفتره: مَنْ زَرَعَ شَجَرَةً فِي أَرْضٍ عَطْشَى سَقَاهَا قَبْلَ المَاءِ بِصَبْرِهِ، ثم مضى",
        "وقال إن من زرع شجرة في ارض عطشي سقاها قبل الماء بصبره فلا تعجل",
        "مَنْ زَرَعَ شَجَرَةً فِي أَرْضٍ عَطْشَى سَقَاهَا قَبْلَ المَاءِ بِصَبْرِهِ",
        "من زرع شجرة في ارض عطشي سقاها قبل الماء بصبره", 10);
}

static void edits_do_not_break_a_passage(void)
{
    check_one("so a b c d e f g h i j k l m", "no a b c X e f g Y Z h i j l m",
              "a b c d e f g h i j k l m", "a b c X e f g Y Z h i j l m", 11);
}

static void a_gap_wider_than_the_drop_is_bridged_by_a_chain(void)
{
    check_one(
        "a b c d e f g h i j 1 2 3 4 5 6 7 8 k l m n o p q r s t",
        "a b c d e f g h i j z1 z2 z3 z4 z5 z6 z7 z8 k l m n o p q r s t",
        "a b c d e f g h i j 1 2 3 4 5 6 7 8 k l m n o p q r s t",
        "a b c d e f g h i j z1 z2 z3 z4 z5 z6 z7 z8 k l m n o p q r s t", 20);
}

static void words_that_differ_are_marked(void)
{
    const char *text = "a b c NEW WORDS d e f g h i";
    zub_articles *left = read_text("a b c d e OLD f g h i");
    zub_articles *right = read_text(text);
    zub_alignment *alignment = align(left, right, NULL);
    zub_shared shared = zub_alignment_at(alignment, 0);

    CHECK_INT(shared.matched, 9);
    CHECK_NEAR(shared.similarity, 9. / 11, 1e-12);
    CHECK_INT(shared.a.differing_count, 1);
    CHECK_INT(shared.a.differing[0].start, 10);
    CHECK_INT(shared.a.differing[0].end, 13);
    CHECK_INT(shared.b.differing_count, 1);
    CHECK_INT(shared.b.differing[0].start, 6);
    CHECK_INT(shared.b.differing[0].end, 15);
    zub_alignment_free(alignment);
    zub_articles_free(left);
    zub_articles_free(right);
}

static void what_is_asked_of_a_passage_is_kept(void)
{
    zub_articles *a = read_text("a b c d e f g X p q r s Y 1 2 3 4 5 6 7 8 9");
    zub_articles *b = read_text("1 2 3 4 5 6 7 8 9 Z p q r s V a b c d e f g");
    static const struct {
        size_t min_words, most, passages;
        double min_similarity;
    } rows[] = {{8, 0, 1, 0}, {7, 0, 2, 0},  {4, 0, 3, 0}, {1, 1, 1, 0},
                {5, 0, 2, 1}, {10, 0, 0, 0}, {3, 9, 3, 1}};

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        zub_align_options options = {.min_words = rows[i].min_words,
                                     .most = rows[i].most,
                                     .min_similarity = rows[i].min_similarity};
        zub_alignment *alignment = align(a, b, &options);
        CHECK_INT(zub_alignment_about(alignment).passages, rows[i].passages);
        if (rows[i].most > 0)
            CHECK_INT(zub_alignment_at(alignment, 0).matched, 9);
        zub_alignment_free(alignment);
    }
    zub_articles_free(a);
    zub_articles_free(b);
}

static void stems_match_when_a_stemmer_is_asked_for(void)
{
    zub_analyzer_options words = {.lang = "en", .stemmer = "snowball"};
    zub_slice texts[] = {
        slice_of("dogs chased cats while birds watched sleeping foxes"),
        slice_of("dog chases cat while bird watches sleeps fox")};
    zub_articles *plain = read_texts(texts, 2, NULL);
    zub_articles *stemmed = read_texts(texts, 2, &words);
    zub_alignment *none = align(plain, NULL, NULL);
    zub_alignment *one = align(stemmed, NULL, NULL);

    CHECK_INT(zub_alignment_about(none).passages, 0);
    CHECK_INT(zub_alignment_about(one).passages, 1);
    zub_alignment_free(none);
    zub_alignment_free(one);
    zub_articles_free(plain);
    zub_articles_free(stemmed);
}

static void options_out_of_range_are_refused(void)
{
    zub_articles *a = read_text("a b c");
    zub_alignment *alignment;
    zub_error error;

    CHECK_INT(zub_align(&alignment, a, a, 1, &(zub_align_options){.seed = 17},
                        &error),
              ZUB_EINVAL);
    CHECK(alignment == NULL && error.message[0] != '\0');
    CHECK_INT(zub_align(&alignment, a, a, 1,
                        &(zub_align_options){.min_similarity = 1.5}, &error),
              ZUB_EINVAL);
    CHECK_INT(zub_align(&alignment, a, a, 1,
                        &(zub_align_options){.min_similarity = NAN}, &error),
              ZUB_EINVAL);
    zub_articles_free(a);
}

/* ---- Laws ---- */

static bool same_side(const zub_shared_side *a, const zub_shared_side *b)
{
    return a->start == b->start && a->end == b->end && a->words == b->words &&
           a->id.size == b->id.size &&
           memcmp(a->id.data, b->id.data, a->id.size) == 0 &&
           a->differing_count == b->differing_count &&
           (a->differing_count == 0 ||
            memcmp(a->differing, b->differing,
                   a->differing_count * sizeof *a->differing) == 0);
}

static bool same_passage(const zub_shared *p, const zub_shared *q, bool turns)
{
    return p->matched == q->matched &&
           same_side(&p->a, turns ? &q->b : &q->a) &&
           same_side(&p->b, turns ? &q->a : &q->b);
}

/* Each of one is in the other; which of them stand in one order, or not. */
static void check_same(const zub_alignment *one, const zub_alignment *other,
                       bool turns)
{
    size_t count = zub_alignment_about(one).passages;

    CHECK_INT(zub_alignment_about(other).passages, count);
    for (size_t i = 0; i < count; i++) {
        zub_shared p = zub_alignment_at(one, i);
        bool is_there = false;
        for (size_t k = 0; k < count && !is_there; k++) {
            zub_shared q = zub_alignment_at(other, k);
            is_there = same_passage(&p, &q, turns);
        }
        CHECK(is_there);
    }
}

/* Small vocabularies: many passages, many that are as good as others. */
static void sides_may_be_swapped(void)
{
    zub_align_options options = {.min_words = 4, .seed = 2};
    zub_random random = {.seed = 4};
    size_t passages = 0;

    for (unsigned turn = 0; turn < 150; turn++) {
        size_t types = 5 + zub_random_below(&random, 60);
        zub_articles *a = draw_articles(&random, 3, 40, types);
        zub_articles *b = draw_articles(&random, 2, 80, types);
        zub_alignment *there = align(a, b, &options);
        zub_alignment *back = align(b, a, &options);
        passages += zub_alignment_about(there).passages;
        if (zub_alignment_about(there).left_out +
                zub_alignment_about(back).left_out ==
            0)
            check_same(there, back, true);
        zub_alignment_free(there);
        zub_alignment_free(back);
        zub_articles_free(a);
        zub_articles_free(b);
    }
    CHECK(passages > 100);
}

static size_t count_words(zub_slice text)
{
    size_t words = 0;

    for (size_t i = 0; i < text.size; i++)
        words += text.data[i] == ' ';
    return words + 1;
}

/* What differs is within, in order and apart; what is left are the matches. */
static void check_side(const zub_shared_side *side, size_t matched)
{
    size_t at = side->start, differing = 0;

    CHECK_INT(count_words(side->text), side->words);
    for (size_t i = 0; i < side->differing_count; i++) {
        zub_stretch stretch = side->differing[i];
        CHECK(stretch.start > at && stretch.end > stretch.start);
        CHECK(stretch.end < side->end);
        differing += count_words(
            (zub_slice){side->text.data + (stretch.start - side->start),
                        stretch.end - stretch.start});
        at = stretch.end;
    }
    CHECK_INT(side->words - differing, matched);
}

static bool overlap(const zub_shared_side *a, const zub_shared_side *b)
{
    return a->start < b->end && b->start < a->end;
}

static void passages_are_what_they_say(void)
{
    zub_align_options options = {.min_words = 4, .seed = 2};
    zub_random random = {.seed = 5};

    for (unsigned turn = 0; turn < 100; turn++) {
        zub_articles *a = draw_articles(&random, 1, 120, 30);
        zub_articles *b = draw_articles(&random, 1, 120, 30);
        zub_alignment *alignment = align(a, b, &options);
        size_t count = zub_alignment_about(alignment).passages;
        for (size_t i = 0; i < count; i++) {
            zub_shared p = zub_alignment_at(alignment, i);
            check_side(&p.a, p.matched);
            check_side(&p.b, p.matched);
            CHECK(p.matched >= 4 && p.similarity >= .5);
            for (size_t k = 0; k < i; k++) {
                zub_shared q = zub_alignment_at(alignment, k);
                CHECK(q.a.start <= p.a.start);
                CHECK(!overlap(&p.a, &q.a) || !overlap(&p.b, &q.b));
            }
        }
        zub_alignment_free(alignment);
        zub_articles_free(a);
        zub_articles_free(b);
    }
}

/* A passage of 20 words of one article stands in another, every fifth word of
 * it another. */
static void what_was_planted_is_found(void)
{
    zub_random random = {.seed = 6};

    for (unsigned turn = 0; turn < 100; turn++) {
        zub_buffer a, b;
        zub_buffer_init(&a, ZUB_BUFFER_UNLIMITED);
        zub_buffer_init(&b, ZUB_BUFFER_UNLIMITED);
        add_words(&a, &random, zub_random_below(&random, 50), 100000);
        add_words(&b, &random, zub_random_below(&random, 50), 100000);
        size_t a_start = a.size, b_start = b.size;
        for (unsigned i = 0; i < 20; i++) {
            zub_buffer_format(&a, "p%u ", i);
            zub_buffer_format(&b, i % 5 == 2 ? "other%u " : "p%u ", i);
        }
        size_t a_end = a.size - 1, b_end = b.size - 1;
        add_words(&a, &random, zub_random_below(&random, 50), 100000);
        add_words(&b, &random, zub_random_below(&random, 50), 100000);
        zub_articles *left = read_text(a.data), *right = read_text(b.data);
        zub_alignment *alignment = align(left, right, NULL);
        CHECK_INT(zub_alignment_about(alignment).passages, 1);
        if (zub_alignment_about(alignment).passages == 1) {
            zub_shared shared = zub_alignment_at(alignment, 0);
            CHECK_INT(shared.matched, 16);
            CHECK(shared.a.start == a_start && shared.a.end == a_end);
            CHECK(shared.b.start == b_start && shared.b.end == b_end);
        }
        zub_alignment_free(alignment);
        zub_articles_free(left);
        zub_articles_free(right);
        zub_buffer_release(&a);
        zub_buffer_release(&b);
    }
}

static void check_identical(const zub_alignment *one,
                            const zub_alignment *other)
{
    size_t count = zub_alignment_about(one).passages;

    CHECK_INT(zub_alignment_about(other).passages, count);
    for (size_t i = 0; i < count; i++) {
        zub_shared p = zub_alignment_at(one, i);
        zub_shared q = zub_alignment_at(other, i);
        CHECK(same_passage(&p, &q, false));
    }
}

static void threads_change_nothing(void)
{
    static const unsigned threads[] = {2, 7};
    zub_align_options options = {.min_words = 3, .seed = 2, .most = 50};
    zub_random random = {.seed = 7};
    zub_articles *a = draw_articles(&random, 40, 60, 50);

    for (unsigned i = 0; i < 4; i++) {
        options.most = i % 2 == 0 ? 0 : 50;
        zub_alignment *one = align(a, i < 2 ? a : NULL, &options);
        for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
            zub_alignment *other;
            CHECK_INT(zub_align(&other, a, i < 2 ? a : NULL, threads[t],
                                &options, NULL),
                      ZUB_OK);
            check_identical(one, other);
            zub_alignment_free(other);
        }
        zub_alignment_free(one);
    }
    zub_articles_free(a);
}

/* Of one corpus each pair of articles is told once. */
static void one_corpus_is_held_against_itself(void)
{
    zub_align_options options = {.min_words = 4, .seed = 2};
    zub_random random = {.seed = 8};
    zub_articles *a = draw_articles(&random, 10, 60, 40);
    zub_alignment *within = align(a, NULL, &options);
    zub_alignment *whole = align(a, a, &options);
    size_t own = 0;

    for (size_t i = 0; i < zub_alignment_about(whole).passages; i++) {
        zub_shared shared = zub_alignment_at(whole, i);
        own += shared.a.id.data == shared.b.id.data;
    }
    CHECK_INT(2 * zub_alignment_about(within).passages + own,
              zub_alignment_about(whole).passages);
    for (size_t i = 0; i < zub_alignment_about(within).passages; i++) {
        zub_shared shared = zub_alignment_at(within, i);
        CHECK(atoi(shared.a.id.data) < atoi(shared.b.id.data));
    }
    zub_alignment_free(within);
    zub_alignment_free(whole);
    zub_articles_free(a);
}

/* ---- Hostile ---- */

static zub_articles *repeat(const char *what, size_t times)
{
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < times; i++)
        zub_buffer_add_string(&text, what);
    zub_articles *articles = read_text(text.data);
    zub_buffer_release(&text);
    return articles;
}

static double seconds_of(const zub_articles *a, const zub_articles *b)
{
    clock_t start = clock();
    zub_alignment *alignment = align(a, b, NULL);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;

    zub_alignment_free(alignment);
    return seconds;
}

/* Ten times the text takes ten times the time, not a hundred. */
static void repetition_costs_no_more_than_text(void)
{
    static const char *const texts[] = {"a ", "a b ", "x a a a a a a a y z ",
                                        "one two three four five six seven "};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_articles *small = repeat(texts[i], 30000);
        zub_articles *large = repeat(texts[i], 300000);
        double brief = seconds_of(small, small);
        double lasting = seconds_of(large, large);
        if (lasting > 40 * (brief + .01))
            printf("# '%s': %g and %g seconds\n", texts[i], brief, lasting);
        CHECK(lasting <= 40 * (brief + .01));
        zub_articles_free(small);
        zub_articles_free(large);
    }
}

/* Two letters in any order: every alignment is nearly as good as another. */
static double seconds_of_letters(size_t words)
{
    zub_random random = {.seed = 9};
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < words; i++)
        zub_buffer_add_string(&text,
                              zub_random_below(&random, 2) ? "a " : "b ");
    zub_articles *a = read_text(text.data), *b = repeat("a b ", words / 2);
    double seconds = seconds_of(a, b);
    zub_articles_free(a);
    zub_articles_free(b);
    zub_buffer_release(&text);
    return seconds;
}

static void nor_do_two_letters_in_any_order(void)
{
    double brief = seconds_of_letters(10000);
    double lasting = seconds_of_letters(100000);

    if (lasting > 40 * (brief + .01))
        printf("# %g and %g seconds\n", brief, lasting);
    CHECK(lasting <= 40 * (brief + .01));
}

static void a_text_is_its_own_passage_whatever_it_repeats(void)
{
    zub_articles *a = repeat("a ", 5000), *b = repeat("a ", 4000);
    zub_alignment *alignment = align(a, b, NULL);
    zub_shared shared = zub_alignment_at(alignment, 0);

    CHECK_INT(zub_alignment_about(alignment).passages, 1);
    CHECK_INT(shared.matched, 4000);
    CHECK(zub_alignment_about(alignment).left_out > 0);
    zub_alignment_free(alignment);
    zub_articles_free(a);
    zub_articles_free(b);
}

static void odd_texts_are_texts(void)
{
    static const char bytes[] =
        "a\377b c\200 d e f g h\360\237 i j k l m n o p \302";
    zub_slice texts[] = {{bytes, sizeof bytes - 1},
                         {"", 0},
                         {"...", 3},
                         {"\xD9\x8E\xD9\x8F", 4},
                         {bytes, sizeof bytes - 1}};
    zub_articles *a = read_texts(texts, 5, NULL);
    zub_alignment *alignment = align(a, NULL, NULL);

    CHECK_INT(zub_articles_about(a).articles, 5);
    CHECK(zub_articles_about(a).empty >= 2);
    CHECK_INT(zub_alignment_about(alignment).passages, 1);
    zub_alignment_free(alignment);
    zub_articles_free(a);

    a = read_texts(texts, 0, NULL);
    alignment = align(a, a, NULL);
    CHECK_INT(zub_alignment_about(alignment).passages, 0);
    zub_alignment_free(alignment);
    zub_articles_free(a);
}

static void one_word_of_a_megabyte_is_a_word(void)
{
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < 1 << 20; i++)
        zub_buffer_add_char(&text, 'x');
    zub_articles *a = read_text(text.data);
    zub_alignment *alignment =
        align(a, a, &(zub_align_options){.min_words = 1});
    CHECK_INT(zub_alignment_about(alignment).passages, 1);
    CHECK_INT(zub_alignment_at(alignment, 0).a.end, 1 << 20);
    zub_alignment_free(alignment);
    zub_articles_free(a);
    zub_buffer_release(&text);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(every_seed_is_found);
    RUN(common_seeds_are_followed_to_some_places);
    RUN(chains_are_the_best_of_all);
    RUN(what_is_taken_overlaps);
    RUN(a_vocalised_quotation_is_found);
    RUN(edits_do_not_break_a_passage);
    RUN(a_gap_wider_than_the_drop_is_bridged_by_a_chain);
    RUN(words_that_differ_are_marked);
    RUN(what_is_asked_of_a_passage_is_kept);
    RUN(stems_match_when_a_stemmer_is_asked_for);
    RUN(options_out_of_range_are_refused);
    RUN(sides_may_be_swapped);
    RUN(passages_are_what_they_say);
    RUN(what_was_planted_is_found);
    RUN(threads_change_nothing);
    RUN(one_corpus_is_held_against_itself);
    RUN(repetition_costs_no_more_than_text);
    RUN(nor_do_two_letters_in_any_order);
    RUN(a_text_is_its_own_passage_whatever_it_repeats);
    RUN(odd_texts_are_texts);
    RUN(one_word_of_a_megabyte_is_a_word);
    rmdir(folder);
    return DONE();
}
