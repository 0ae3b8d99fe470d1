/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* blas.c - see blas.h.
 *
 * Loaded and not linked: OpenBLAS starts its threads and takes their memory
 * before main, and where an address space is limited (ulimit -v) it never
 * comes to an end. So every command would pay, and under a limit hang, for
 * what few need. LAPACK is called by its Fortran names, for not every
 * OpenBLAS has LAPACKE; it is column-major, so a row-major matrix is its own
 * transpose there: lower is upper, rows are columns, QR is LQ. */
#include "vectors/blas.h"

#include <cblas.h>
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"

/* What OpenBLAS maps for each of its threads and for each caller on x86-64,
 * the most of all machines; it takes a page when it touches one. */
#define BUFFER_BYTES ((size_t)129 << 20)
#define MOST_BUFFERS 96u

struct zub_blas {
    char *(*config)(void);
    char *(*corename)(void);
    void (*set_num_threads)(int threads);
    __typeof__(cblas_sgemm) *sgemm;
    __typeof__(cblas_ssyrk) *ssyrk;
    __typeof__(cblas_dsyrk) *dsyrk;
    __typeof__(cblas_strsm) *strsm;
    /* The lengths of character arguments stand behind all others. */
    void (*potrf)(const char *uplo, const int *n, double *a, const int *lda,
                  int *info, size_t uplo_size);
    void (*trtri)(const char *uplo, const char *diag, const int *n, double *a,
                  const int *lda, int *info, size_t uplo_size,
                  size_t diag_size);
    void (*syevd)(const char *jobz, const char *uplo, const int *n, double *a,
                  const int *lda, double *w, double *work, const int *lwork,
                  int *iwork, const int *liwork, int *info, size_t jobz_size,
                  size_t uplo_size);
    void (*gelqf)(const int *m, const int *n, float *a, const int *lda,
                  float *tau, float *work, const int *lwork, int *info);
    void (*orglq)(const int *m, const int *n, const int *k, float *a,
                  const int *lda, const float *tau, float *work,
                  const int *lwork, int *info);
};

/* ---- Loading ---- */

typedef struct symbol {
    const char *name;
    size_t place; /* in zub_blas */
} symbol;

static const symbol symbols[] = {
    {"openblas_get_config", offsetof(zub_blas, config)},
    {"openblas_get_corename", offsetof(zub_blas, corename)},
    {"openblas_set_num_threads", offsetof(zub_blas, set_num_threads)},
    {"cblas_sgemm", offsetof(zub_blas, sgemm)},
    {"cblas_ssyrk", offsetof(zub_blas, ssyrk)},
    {"cblas_dsyrk", offsetof(zub_blas, dsyrk)},
    {"cblas_strsm", offsetof(zub_blas, strsm)},
    {"dpotrf_", offsetof(zub_blas, potrf)},
    {"dtrtri_", offsetof(zub_blas, trtri)},
    {"dsyevd_", offsetof(zub_blas, syevd)},
    {"sgelqf_", offsetof(zub_blas, gelqf)},
    {"sorglq_", offsetof(zub_blas, orglq)},
};

/* All at once, as OpenBLAS will hold them. Freed again: another may take it in
 * between, so this is a good guess and no promise. */
static zub_status try_memory(unsigned buffers, zub_error *error)
{
    void *blocks[MOST_BUFFERS];
    unsigned got = 0;

    if (buffers > MOST_BUFFERS)
        buffers = MOST_BUFFERS;
    while (got < buffers && (blocks[got] = zub_alloc(BUFFER_BYTES, 1)) != NULL)
        got++;
    for (unsigned i = 0; i < got; i++)
        zub_free(blocks[i]);
    return got == buffers
               ? ZUB_OK
               : zub_fail(error, ZUB_ENOMEM,
                          "out of memory: dense algebra takes %zu MiB of "
                          "address space for OpenBLAS (raise the limit, or "
                          "set OPENBLAS_NUM_THREADS=1)",
                          buffers * (BUFFER_BYTES >> 20));
}

/* The library, which stays when its handle is closed. */
static zub_status load(void **library, unsigned callers, zub_error *error)
{
    static const char name[] = "libopenblas.so.0";
    int how = RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE;
    void *loaded = dlopen(name, how | RTLD_NOLOAD);
    /* Its threads are as many as processors, but the caller is one. */
    zub_status status =
        try_memory(loaded ? callers : callers + zub_processors() - 1, error);

    *library = NULL;
    if (status != ZUB_OK) {
        if (loaded)
            dlclose(loaded);
        return status;
    }
    *library = loaded ? loaded : dlopen(name, how);
    return *library ? ZUB_OK
                    : zub_fail(error, ZUB_ENOTFOUND,
                               "cannot load OpenBLAS, which dense algebra "
                               "needs: no %s (install libopenblas0)",
                               name);
}

static zub_status find_symbols(zub_blas *blas, void *library, zub_error *error)
{
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *found = dlsym(library, symbols[i].name);
        if (!found)
            return zub_fail(error, ZUB_ENOTFOUND,
                            "the OpenBLAS that is installed has no %s",
                            symbols[i].name);
        memcpy((char *)blas + symbols[i].place, &found, sizeof found);
    }
    return ZUB_OK;
}

zub_status zub_blas_open(zub_blas **out, unsigned callers, zub_error *error)
{
    void *library;
    zub_blas *blas = zub_alloc_zero(1, sizeof *blas);

    *out = NULL;
    if (!blas)
        return zub_fail_memory(error);
    zub_status status = load(&library, callers, error);
    if (status == ZUB_OK) {
        status = find_symbols(blas, library, error);
        dlclose(library);
    }
    if (status != ZUB_OK) {
        zub_free(blas);
        return status;
    }
    *out = blas;
    return ZUB_OK;
}

void zub_blas_close(zub_blas *blas)
{
    zub_free(blas);
}

const char *zub_blas_version(const zub_blas *blas, size_t *size)
{
    static const char name[] = "OpenBLAS ";
    const char *config = blas->config();

    if (strncmp(config, name, sizeof name - 1) == 0)
        config += sizeof name - 1;
    *size = strcspn(config, " ");
    return config;
}

const char *zub_blas_core(const zub_blas *blas)
{
    return blas->corename();
}

zub_status zub_blas_threads(unsigned threads, zub_error *error)
{
    zub_blas *blas;

    zub_error_clear(error);
    if (threads == 0 || threads > ZUB_BLAS_CALLERS)
        return zub_fail(error, ZUB_EINVAL,
                        "OpenBLAS cannot run %u threads (1 to %u)", threads,
                        ZUB_BLAS_CALLERS);
    zub_status status = zub_blas_open(&blas, 1, error);
    if (blas)
        blas->set_num_threads((int)threads);
    zub_blas_close(blas);
    return status;
}

/* ---- Products ---- */

static CBLAS_TRANSPOSE transposed(bool is_transposed)
{
    return is_transposed ? CblasTrans : CblasNoTrans;
}

void zub_blas_multiply(const zub_blas *blas, const zub_product *p)
{
    blas->sgemm(CblasRowMajor, transposed(p->a_is_transposed),
                transposed(p->b_is_transposed), (int)p->rows, (int)p->columns,
                (int)p->inner, p->alpha, p->a, (int)p->a_stride, p->b,
                (int)p->b_stride, p->beta, p->c, (int)p->c_stride);
}

void zub_blas_gram(const zub_blas *blas, double *gram, const double *a,
                   size_t rows, size_t n)
{
    blas->dsyrk(CblasRowMajor, CblasLower, CblasTrans, (int)n, (int)rows, 1, a,
                (int)n, 1, gram, (int)n);
}

void zub_blas_gram_float(const zub_blas *blas, float *gram, const float *a,
                         size_t rows, size_t n, size_t stride)
{
    blas->ssyrk(CblasRowMajor, CblasLower, CblasTrans, (int)n, (int)rows, 1, a,
                (int)stride, 1, gram, (int)n);
}

void zub_blas_solve_lower(const zub_blas *blas, float *b, size_t rows,
                          size_t n, size_t stride, const float *l,
                          size_t l_stride)
{
    blas->strsm(CblasRowMajor, CblasRight, CblasLower, CblasTrans,
                CblasNonUnit, (int)rows, (int)n, 1, l, (int)l_stride, b,
                (int)stride);
}

/* ---- Factors ---- */

bool zub_blas_cholesky(const zub_blas *blas, double *a, size_t n)
{
    int order = (int)n, info = 0;

    blas->potrf("U", &order, a, &order, &info, 1);
    return info == 0;
}

bool zub_blas_invert_lower(const zub_blas *blas, double *a, size_t n)
{
    int order = (int)n, info = 0;

    blas->trtri("U", "N", &order, a, &order, &info, 1, 1);
    return info == 0;
}

/* LAPACK is asked how much room it wants before it gets it. */
static zub_status find_eigen(const zub_blas *blas, const char *jobz,
                             double *values, double *a, size_t n)
{
    int order = (int)n, info = 0, lwork = -1, liwork = -1, wanted_int = 0;
    double wanted = 0;

    if (n == 0)
        return ZUB_OK;
    blas->syevd(jobz, "U", &order, a, &order, values, &wanted, &lwork,
                &wanted_int, &liwork, &info, 1, 1);
    lwork = (int)wanted;
    liwork = wanted_int;
    double *work = zub_alloc((size_t)lwork, sizeof *work);
    int *iwork = zub_alloc((size_t)liwork, sizeof *iwork);
    if (work && iwork)
        blas->syevd(jobz, "U", &order, a, &order, values, work, &lwork, iwork,
                    &liwork, &info, 1, 1);
    zub_status status = !work || !iwork ? ZUB_ENOMEM
                        : info == 0     ? ZUB_OK
                                        : ZUB_EINVAL;
    zub_free(work);
    zub_free(iwork);
    return status;
}

zub_status zub_blas_eigen(const zub_blas *blas, double *values, double *a,
                          size_t n)
{
    return find_eigen(blas, "V", values, a, n);
}

zub_status zub_blas_eigenvalues(const zub_blas *blas, double *values,
                                double *a, size_t n)
{
    return find_eigen(blas, "N", values, a, n);
}

zub_status zub_blas_orthonormalise(const zub_blas *blas, float *a, size_t rows,
                                   size_t n, size_t stride)
{
    int m = (int)n, columns = (int)rows, lda = (int)stride;
    int info = 0, asking = -1;
    float wanted[2] = {0};

    if (n == 0)
        return ZUB_OK;
    blas->gelqf(&m, &columns, a, &lda, NULL, &wanted[0], &asking, &info);
    blas->orglq(&m, &columns, &m, a, &lda, NULL, &wanted[1], &asking, &info);
    int lwork = (int)(wanted[0] > wanted[1] ? wanted[0] : wanted[1]);
    float *tau = zub_alloc(n, sizeof *tau);
    float *work = zub_alloc((size_t)lwork, sizeof *work);
    zub_status status = tau && work ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        blas->gelqf(&m, &columns, a, &lda, tau, work, &lwork, &info);
        blas->orglq(&m, &columns, &m, a, &lda, tau, work, &lwork, &info);
    }
    zub_free(tau);
    zub_free(work);
    return status;
}
