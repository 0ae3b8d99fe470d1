/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Reductions under failure: whole, or nothing and a reason. */
#include "fault.h"
#include "state_samples.h"

#include "base/csr.h"
#include "vectors/kmeans.h"
#include "vectors/nmf.h"
#include "vectors/svd.h"

#define ARTICLES 20

static sample_article articles[ARTICLES];

static zub_state *make_state(void)
{
    sample_counting asked = {1, 1, true, true, false};

    sample_articles(articles, ARTICLES, 3);
    return sample_state(articles, ARTICLES, &asked);
}

static zub_matrix *make_matrix(const zub_state *state)
{
    zub_matrix *matrix;

    CHECK_INT(zub_matrix_new(&matrix, state, NULL, NULL), ZUB_OK);
    return matrix;
}

static void sets_threads(void)
{
    zub_error error;

    fault_on();
    zub_status status = zub_blas_threads(1, &error);
    fault_off();
    fault_expect(status, NULL, &error);
}

static void decomposes_a_matrix(void)
{
    zub_state *state = make_state();
    zub_matrix *matrix = make_matrix(state);
    zub_svd_options options = {.k = 4, .threads = 2};
    zub_error error;
    zub_svd *svd;

    fault_on();
    zub_status status = zub_svd_new(&svd, matrix, &options, &error);
    fault_off();
    if (fault_expect(status, svd, &error))
        CHECK_INT(zub_svd_about(svd).k, 4);
    zub_svd_free(svd);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

static void projects_a_matrix(void)
{
    zub_state *state = make_state();
    zub_matrix *matrix = make_matrix(state);
    float out[ARTICLES * 4];
    zub_error error;
    zub_svd *svd;

    CHECK_INT(zub_svd_new(&svd, matrix, &(zub_svd_options){.k = 4}, NULL),
              ZUB_OK);
    fault_on();
    zub_status status = zub_svd_project(out, svd, matrix, &error);
    fault_off();
    fault_expect(status, NULL, &error);
    zub_svd_free(svd);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

/* Too large to be taken whole: through a random space. */
static void looks_through_a_random_space(void)
{
    static int32_t starts[601], cols[1800];
    static float values[1800];
    zub_csr a = {600, 500, starts, cols, values};
    zub_error error;
    zub_svd svd;

    for (int32_t r = 0; r < 600; r++) {
        starts[r + 1] = 3 * (r + 1);
        for (int32_t i = 0; i < 3; i++) {
            cols[3 * r + i] = 150 * i + r * r % 150;
            values[3 * r + i] = (float)(r % 7 + 1);
        }
    }
    fault_on();
    zub_status status =
        zub_svd_make(&svd, &a, &(zub_svd_options){.k = 5}, &error);
    fault_off();
    if (fault_expect(status, svd.u, &error))
        CHECK_INT(svd.k, 5);
    zub_svd_release(&svd);
}

/* Rows of two kinds. */
static zub_csr two_kinds(void)
{
    static int32_t starts[] = {0, 2, 4, 6, 8},
                   cols[] = {0, 1, 2, 3, 0, 1, 2, 3};
    static float values[] = {1, 2, 1, 1, 2, 1, 1, 2};

    return (zub_csr){4, 4, starts, cols, values};
}

static void factorises(void)
{
    zub_csr rows = two_kinds();
    zub_error error;
    zub_nmf nmf;

    fault_on();
    zub_status status = zub_nmf_make(
        &nmf, &rows, &(zub_nmf_options){.k = 2, .iterations = 3}, &error);
    fault_off();
    if (fault_expect(status, nmf.w, &error))
        CHECK_INT(nmf.k, 2);
    zub_nmf_release(&nmf);
}

static void clusters(void)
{
    zub_csr rows = two_kinds();
    zub_error error;
    zub_kmeans found;

    fault_on();
    zub_status status =
        zub_kmeans_make(&found, &rows, &(zub_kmeans_options){.k = 2}, &error);
    fault_off();
    if (fault_expect(status, found.topics, &error))
        CHECK(found.k == 2 && found.topics[0] == found.topics[2]);
    zub_kmeans_release(&found);
}

static zub_status take(void *context, const char *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return ZUB_OK;
}

static void writes_an_npy(void)
{
    static const float values[] = {1, 2};
    zub_error error;

    fault_on();
    zub_status status = zub_render_npy((zub_dense){1, 2, values},
                                       (zub_sink){take, NULL}, &error);
    fault_off();
    fault_expect(status, NULL, &error);
}

static void check(const char *name, unsigned kinds, void (*scenario)(void))
{
    CHECK(fault_each(name, kinds, scenario));
}

static void nothing_is_half_done(void)
{
    check("zub_blas_threads", FAULT_MEMORY | FAULT_SYSTEM, sets_threads);
    check("zub_svd_new", FAULT_MEMORY | FAULT_SYSTEM, decomposes_a_matrix);
    check("zub_svd_project", FAULT_MEMORY | FAULT_SYSTEM, projects_a_matrix);
    check("zub_svd_make", FAULT_MEMORY | FAULT_SYSTEM,
          looks_through_a_random_space);
    check("zub_nmf_make", FAULT_MEMORY | FAULT_SYSTEM, factorises);
    check("zub_kmeans_make", FAULT_MEMORY | FAULT_SYSTEM, clusters);
    check("zub_render_npy", FAULT_MEMORY, writes_an_npy);
}

int main(void)
{
    fault_hook_libraries();
    if (zub_blas_threads(1, NULL) != ZUB_OK)
        return 1;
    RUN(nothing_is_half_done);
    return DONE();
}
