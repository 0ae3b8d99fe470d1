/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_ranker.c - the best passages of volumes of many windows are, scores
 * included, those that adding everything up finds. */
#include "test.h"

#include <stdlib.h>

#include "base/random.h"
#include "index/cursor.h"
#include "index/dictionary.h"
#include "index/ranker.h"

#define SEED 3u
#define PASSAGES 20000u
#define TERMS 40u
#define VOLUMES 2u
#define MOST 50u

/* A volume of articles of one passage, in memory. */
typedef struct sample {
    zub_volume volume;
    uint16_t counts[TERMS][PASSAGES];
    uint32_t lengths[PASSAGES], firsts[PASSAGES + 1], ends[PASSAGES];
    char ids[PASSAGES * 6];
    zub_buffer postings;
    zub_term_writer terms;
    uint32_t sums[ZUB_PARTS][1024];
    atomic_uchar seen[ZUB_PARTS][1024];
} sample;

static char names[TERMS][4];

static void guard(sample *to, zub_part_kind part, const void *bytes,
                  size_t size)
{
    CHECK(zub_guard_blocks(size) <= 1024);
    zub_guard_sum(to->sums[part], bytes, size);
    to->volume.parts[part] =
        (zub_guarded){bytes, size, to->sums[part], to->seen[part]};
}

/* Ids alternate between volumes, so that equal scores are told by them. */
static void fill_passages(sample *to, unsigned number, zub_random *random)
{
    for (uint32_t p = 0; p < PASSAGES; p++) {
        char id[8];
        snprintf(id, sizeof id, "%06u", p * VOLUMES + (p + number) % VOLUMES);
        memcpy(to->ids + (size_t)p * 6, id, 6);
        to->ends[p] = (p + 1) * 6;
        to->firsts[p] = p;
        to->lengths[p] = 40 + (uint32_t)zub_random_below(random, 600);
    }
    to->firsts[PASSAGES] = PASSAGES;
    guard(to, ZUB_PART_IDS, to->ids, sizeof to->ids);
    guard(to, ZUB_PART_ID_ENDS, to->ends, sizeof to->ends);
    guard(to, ZUB_PART_FIRSTS, to->firsts, sizeof to->firsts);
    guard(to, ZUB_PART_LENGTHS, to->lengths, sizeof to->lengths);
}

/* Term t is in one passage of 2 (t + 1)^2, and the last ones in clumps. */
static void add_term(sample *to, unsigned t, zub_random *random)
{
    static zub_posting list[PASSAGES];
    size_t size = 0, start = to->postings.size;

    for (uint32_t p = 0; p < PASSAGES; p++) {
        bool is_clump = t < TERMS - 8 || p / 700 % 5 == t % 5;
        if (!is_clump || zub_random_below(random, 2 * (t + 1) * (t + 1)) > 0)
            continue;
        uint32_t count = 1 + (uint32_t)zub_random_below(random, 3);
        count += zub_random_below(random, 40) == 0 ? 400 : 0;
        to->counts[t][p] = (uint16_t)count;
        list[size++] = (zub_posting){p, count};
    }
    if (size == 0)
        return;
    zub_postings_add(&to->postings, list, size, to->lengths);
    zub_term_writer_add(&to->terms, (zub_slice){names[t], 3}, (uint32_t)size,
                        start, to->postings.size - start);
    to->volume.about.terms++;
}

static sample *make_sample(unsigned number)
{
    sample *to = calloc(1, sizeof *to);
    zub_random random = {SEED, number};

    to->volume.about.articles = to->volume.about.passages = PASSAGES;
    fill_passages(to, number, &random);
    zub_buffer_init(&to->postings, ZUB_BUFFER_UNLIMITED);
    zub_term_writer_init(&to->terms);
    for (unsigned t = 0; t < TERMS; t++)
        add_term(to, t, &random);
    zub_buffer_add(&to->postings, "\0\0\0\0\0\0\0", ZUB_POSTINGS_PAD);
    guard(to, ZUB_PART_POSTINGS, to->postings.data, to->postings.size);
    guard(to, ZUB_PART_TERM_AT, to->terms.blocks.data, to->terms.blocks.size);
    guard(to, ZUB_PART_TERMS, to->terms.terms.data, to->terms.terms.size);
    return to;
}

static void free_sample(sample *at)
{
    zub_buffer_release(&at->postings);
    zub_term_writer_release(&at->terms);
    free(at);
}

static zub_status leave_out(void *context, uint32_t volume, uint32_t passage,
                            bool *is_fine)
{
    *is_fine = (passage + volume) % *(const unsigned *)context > 0;
    return ZUB_OK;
}

/* All sums, added up plainly: scores[volume][passage]. */
static void add_up(uint32_t scores[VOLUMES][PASSAGES], sample *const *samples,
                   const zub_wanted *terms, const unsigned *numbers,
                   size_t count, unsigned left_out)
{
    double sum = 0;
    zub_norms norms;

    zub_norms_init(&norms, 100);
    for (size_t i = 0; i < count; i++)
        sum += terms[i].weight;
    for (unsigned v = 0; v < VOLUMES; v++)
        for (uint32_t p = 0; p < PASSAGES; p++) {
            scores[v][p] = 0;
            for (size_t i = 0; i < count && (p + v) % left_out > 0; i++) {
                uint32_t c = samples[v]->counts[numbers[i]][p];
                double weight = terms[i].weight * (1e9 / sum);
                double norm = zub_norm_of(&norms, samples[v]->lengths[p]);
                if (c > 0)
                    scores[v][p] += (uint32_t)(weight * c / (c + norm));
            }
        }
}

/* Takes the best away: the highest score, of equals the first id. */
static zub_ranked take_best(uint32_t scores[VOLUMES][PASSAGES],
                            sample *const *samples)
{
    zub_ranked best = {0};
    const char *id = NULL;

    for (unsigned v = 0; v < VOLUMES; v++)
        for (uint32_t p = 0; p < PASSAGES; p++) {
            const char *own = samples[v]->ids + (size_t)p * 6;
            if (scores[v][p] < best.score || scores[v][p] == 0 ||
                (scores[v][p] == best.score && memcmp(own, id, 6) > 0))
                continue;
            best = (zub_ranked){scores[v][p], v, p};
            id = own;
        }
    scores[best.volume][best.passage] = 0;
    return best;
}

static void check_query(const zub_index *index, sample *const *samples,
                        zub_random *random)
{
    static uint32_t scores[VOLUMES][PASSAGES];
    zub_wanted terms[TERMS];
    unsigned numbers[TERMS],
        left_out = 2 + (unsigned)zub_random_below(random, 9);
    size_t count = 0, most = 1 + zub_random_below(random, MOST);
    uint64_t one_in = 1 + zub_random_below(random, 12);
    zub_ranking ranking;

    for (unsigned t = 0; t < TERMS; t++)
        if (zub_random_below(random, one_in) == 0) {
            numbers[count] = t;
            terms[count++] = (zub_wanted){
                {names[t], 3},
                0.1 + (double)zub_random_below(random, 10 + t * t) / 10};
        }
    CHECK_INT(zub_rank(&ranking, index, terms, count, most, leave_out,
                       &left_out, NULL),
              ZUB_OK);
    add_up(scores, samples, terms, numbers, count, left_out);
    for (size_t i = 0; i < most; i++) {
        zub_ranked want = take_best(scores, samples);
        CHECK(i < ranking.size ? ranking.items[i].score == want.score &&
                                     ranking.items[i].volume == want.volume &&
                                     ranking.items[i].passage == want.passage
                               : want.score == 0);
    }
    zub_ranking_release(&ranking);
}

static void the_best_are_those_of_adding_everything_up(void)
{
    sample *samples[VOLUMES];
    zub_shelved shelved[VOLUMES] = {{0}};
    zub_random random = {SEED, 9};
    zub_index index = {.shelf = {shelved, VOLUMES, VOLUMES},
                       .passages = (uint64_t)PASSAGES * VOLUMES,
                       .length = (uint64_t)PASSAGES * VOLUMES * 100};

    for (unsigned t = 0; t < TERMS; t++)
        snprintf(names[t], sizeof names[t], "t%02u", t);
    for (unsigned v = 0; v < VOLUMES; v++) {
        samples[v] = make_sample(v);
        shelved[v].volume = &samples[v]->volume;
    }
    for (unsigned round = 0; round < 60; round++)
        check_query(&index, samples, &random);
    for (unsigned v = 0; v < VOLUMES; v++)
        free_sample(samples[v]);
}

int main(void)
{
    RUN(the_best_are_those_of_adding_everything_up);
    return DONE();
}
