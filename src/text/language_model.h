/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language_model.h - what models/language.zub says about n-grams, read where
 * it lies. scripts/train-language writes it. */
#ifndef ZUB_TEXT_LANGUAGE_MODEL_H
#define ZUB_TEXT_LANGUAGE_MODEL_H

#include "zubda.h"
#include "text/script.h"

#define ZUB_LANGUAGE_KIND "language"
#define ZUB_LANGUAGE_VERSION 2u
#define ZUB_LANGUAGE_FILE "language.zub"
#define ZUB_CLASS_MOST 256u

/* Sections of the file, each an array of the struct below it, but "entries",
 * which holds uint32_t: fingerprint * 256 + size, where size is the number of
 * its weights, or for a full row ZUB_LANGUAGE_FULL + half its bytes. */
#define ZUB_LANGUAGE_FULL 0x80u
#define ZUB_LANGUAGE_SIZE 0x7Fu

/* "settings", one row. */
typedef struct zub_language_settings {
    float step;       /* what a weight of 1 stands for */
    float sharpness;  /* of the posterior */
    uint32_t buckets; /* 2^bucket_bits of them */
    uint32_t bucket_bits;
} zub_language_settings;

/* "classes": a language in one script; a language may have several. */
typedef struct zub_language_class {
    char lang[12];
    uint32_t script; /* zub_script */
    float bias;
} zub_language_class;

/* "buckets", and one more that ends the last: where the entries and the
 * weights begin of all n-grams whose hash starts with the bucket's number. */
typedef struct zub_language_bucket {
    uint32_t entry, weight;
} zub_language_bucket;

/* "weights": what an n-gram says for a class, in steps. An n-gram of many
 * classes has a full row in their place: steps alone, one byte for each class
 * of its script in their order, with zeros up to a multiple of
 * ZUB_LANGUAGE_LANE bytes, so that rows are added many bytes at a time. */
#define ZUB_LANGUAGE_LANE 16u

typedef struct zub_language_weight {
    uint8_t class;
    int8_t steps;
} zub_language_weight;

/* A view, nothing to release. Constant: any number of threads. */
typedef struct zub_language_model {
    const zub_language_settings *settings;
    const zub_language_class *classes; /* [class_count], a script's together */
    const zub_language_bucket *buckets;
    const uint32_t *entries;
    const zub_language_weight *weights;
    size_t class_count, entry_count, weight_count;
} zub_language_model;

/* `bytes` are borrowed. ZUB_EFORMAT, ZUB_EVERSION. */
zub_status zub_language_model_open(zub_language_model *out, zub_slice bytes,
                                   const char *path, zub_error *error);

/* What an n-gram says; size 0: the model does not know it. */
typedef struct zub_language_find {
    const zub_language_weight *weights; /* of a full row: its steps */
    uint32_t size;
    bool is_full;
} zub_language_find;

/* finds[i] for the n-gram hashes[i] (text/letters.h). Many at once, because
 * each costs three cache misses that can wait for each other. One unknown in
 * two million is taken for another. */
void zub_language_model_find(const zub_language_model *model,
                             const uint64_t *hashes, size_t count,
                             zub_language_find *finds);

/* The parts of a hash: its bucket, and its fingerprint of 24 bits. */
uint32_t zub_language_bucket_of(uint64_t hash, uint32_t bucket_bits);
uint32_t zub_language_fingerprint(uint64_t hash);

#endif
