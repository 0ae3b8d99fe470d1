/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* methods.c - how articles are put together, a row each. */
#include <string.h>

#include "base/error.h"
#include "topics/cluster.h"
#include "topics/model.h"

#define RESTARTS 10u
#define TRIAL_RESTARTS 2u
#define ITERATIONS 50u

/* ---- Clusters ---- */

/* How much of an article is of a topic falls with the square of the cosine,
 * so that what is near outweighs what is merely not far. */
static zub_status make_clusters(float **affinity, size_t *k,
                                const zub_csr *matrix,
                                const zub_topics_options *asked, bool is_trial,
                                zub_error *error)
{
    zub_cluster_options options = {.k = *k,
                                   .restarts =
                                       is_trial ? TRIAL_RESTARTS : RESTARTS,
                                   .iterations = ITERATIONS,
                                   .seed = asked->seed,
                                   .threads = asked->threads};
    size_t count = (size_t)matrix->rows * *k;

    if (zub_clusters_make(affinity, matrix, &options) != ZUB_OK)
        return zub_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        (*affinity)[i] *= (*affinity)[i];
    return ZUB_OK;
}

/* ---- The table ---- */

static const zub_topic_method methods[] = {
    {"cluster", "spherical k-means: each article with those that are alike",
     make_clusters},
};

#define METHODS (sizeof methods / sizeof *methods)

const char zub_topic_method_names[] = "cluster";

const zub_topic_method *zub_topic_method_find(const char *name)
{
    if (!name)
        return &methods[0];
    for (size_t i = 0; i < METHODS; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

const char *zub_topics_method_name(size_t i)
{
    return i < METHODS ? methods[i].name : NULL;
}

const char *zub_topics_method_about(size_t i)
{
    return i < METHODS ? methods[i].about : NULL;
}
