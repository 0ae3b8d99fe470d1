/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* surfaces.c - see surfaces.h. Forms are grouped by counting, and those of a term
 * sorted where they lie. What the profile taught: a form takes its first bytes
 * along, for going back to the slots of types, which lie in no order, was half
 * of all sealing. */
#include "terms/surfaces.h"

#include <string.h>

#include "base/mem.h"
#include "base/order.h"
#include "base/slice.h"

#define FEW 32u /* forms of a term that are sorted by insertion */

void zub_surfaces_release(zub_surfaces *forms)
{
    zub_free(forms->items);
    *forms = (zub_surfaces){0};
}

/* ---- One form ---- */

static uint64_t in_order(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return __builtin_bswap64(bytes);
#else
    return bytes;
#endif
}

static zub_surface form_of(const zub_types *vocabulary, const zub_type *type)
{
    zub_slice bytes = zub_type_bytes(vocabulary, type);

    return (zub_surface){
        .key = {in_order(type->head[0]), in_order(type->head[1])},
        .rest = bytes.size > ZUB_TYPE_INLINE ? bytes.data : NULL,
        .size = (uint32_t)bytes.size,
        .count = type->count};
}

/* Of equal keys the shorter is a part of the longer, or both are long. */
static int compare(const zub_surface *a, const zub_surface *b)
{
    for (unsigned i = 0; i < 2; i++)
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    if (a->rest && b->rest)
        return zub_slice_compare((zub_slice){a->rest, a->size},
                                 (zub_slice){b->rest, b->size});
    return (a->size > b->size) - (a->size < b->size);
}

static char *copy_form(char *to, const zub_surface *form)
{
    uint64_t head[2] = {in_order(form->key[0]), in_order(form->key[1])};

    memcpy(to, form->rest ? form->rest : (const char *)head, form->size);
    return to + form->size;
}

/* ---- Those of a term ---- */

static void insert_forms(zub_surface *forms, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        zub_surface item = forms[i];
        size_t at = i;
        for (; at > 0 && compare(&forms[at - 1], &item) > 0; at--)
            forms[at] = forms[at - 1];
        forms[at] = item;
    }
}

/* [low, middle) and [middle, high) of `from`, merged into `to`. */
static void merge_halves(zub_surface *to, const zub_surface *from, size_t low,
                         size_t middle, size_t high)
{
    size_t a = low, b = middle;

    for (size_t at = low; at < high; at++)
        if (b == high || (a < middle && compare(&from[a], &from[b]) <= 0))
            to[at] = from[a++];
        else
            to[at] = from[b++];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* For so many that insertion would not end: merging from the bottom up. */
static zub_status merge_forms(zub_surface *forms, size_t size)
{
    zub_surface *other = zub_alloc(size, sizeof *other);
    zub_surface *from = forms, *to = other;

    if (!other)
        return ZUB_ENOMEM;
    for (size_t width = 1; width < size; width *= 2) {
        zub_surface *swap = from;
        for (size_t low = 0; low < size; low += 2 * width)
            merge_halves(to, from, low, least(low + width, size),
                         least(low + 2 * width, size));
        from = to;
        to = swap;
    }
    if (from != forms)
        memcpy(forms, from, size * sizeof *forms);
    zub_free(other);
    return ZUB_OK;
}

static zub_status sort_forms(zub_surface *forms, size_t size)
{
    if (size > FEW)
        return merge_forms(forms, size);
    insert_forms(forms, size);
    return ZUB_OK;
}

static size_t unite_forms(zub_surface *forms, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i++)
        if (kept > 0 && compare(&forms[kept - 1], &forms[i]) == 0)
            forms[kept - 1].count += forms[i].count;
        else
            forms[kept++] = forms[i];
    return kept;
}

/* ---- All ---- */

static bool is_counted(const zub_type *type)
{
    return type->tag != 0 && type->value < ZUB_DROPPED;
}

static void count_forms(uint64_t *starts, const zub_types *vocabulary)
{
    for (size_t i = 0; vocabulary->slots && i <= vocabulary->mask; i++)
        if (is_counted(&vocabulary->slots[i]))
            starts[vocabulary->slots[i].value + 1]++;
}

static void place_forms(zub_surface *forms, uint64_t *starts,
                        const zub_types *vocabulary)
{
    for (size_t i = 0; vocabulary->slots && i <= vocabulary->mask; i++) {
        const zub_type *type = &vocabulary->slots[i];
        if (is_counted(type))
            forms[starts[type->value]++] = form_of(vocabulary, type);
    }
}

/* Each term's forms in order, and no gaps where some were united. */
static zub_status tidy(zub_surfaces *forms, uint64_t *starts, size_t terms)
{
    size_t kept = 0, start = 0;

    for (size_t t = 0; t < terms; t++) {
        size_t size = (size_t)starts[t + 1] - start;
        zub_surface *own = forms->items + start;
        zub_status status = sort_forms(own, size);
        if (status != ZUB_OK)
            return status;
        start += size;
        size = unite_forms(own, size);
        for (size_t i = 0; i < size; i++)
            forms->bytes += own[i].size;
        if (forms->items + kept != own)
            memmove(forms->items + kept, own, size * sizeof *own);
        kept += size;
        starts[t + 1] = kept;
    }
    forms->size = kept;
    return ZUB_OK;
}

zub_status zub_surfaces_gather(zub_surfaces *forms, uint64_t *starts,
                               const zub_types *vocabularies, size_t count,
                               size_t most, size_t terms)
{
    *forms = (zub_surfaces){.items = zub_alloc(most, sizeof *forms->items)};
    if (!forms->items)
        return ZUB_ENOMEM;
    memset(starts, 0, (terms + 1) * sizeof *starts);
    for (size_t v = 0; v < count; v++)
        count_forms(starts, &vocabularies[v]);
    for (size_t t = 1; t <= terms; t++)
        starts[t] += starts[t - 1];
    for (size_t v = 0; v < count; v++)
        place_forms(forms->items, starts, &vocabularies[v]);
    memmove(starts + 1, starts, terms * sizeof *starts);
    starts[0] = 0;
    return tidy(forms, starts, terms);
}

void zub_surfaces_copy(const zub_surfaces *forms, char *text, uint64_t *ends)
{
    char *to = text;

    for (size_t i = 0; i < forms->size; i++) {
        to = copy_form(to, &forms->items[i]);
        ends[i] = (uint64_t)(to - text);
    }
}
