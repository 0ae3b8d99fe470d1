/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state_about.c - what a face may ask of a state. */
#include "terms/fingerprint.h"
#include "terms/state.h"

unsigned zub_state_window(const zub_state *state)
{
    uint64_t window = zub_fingerprint_number(state->fingerprint, "window");

    return window <= UINT32_MAX ? (unsigned)window : 0;
}

zub_state_facts zub_state_about(const zub_state *state)
{
    zub_state_facts facts = {
        .articles = state->articles,
        .tokens = state->tokens,
        .terms = state->term_count,
        .forms = state->form_count,
        .low = state->low,
        .high = state->high,
        .window = zub_state_window(state),
        .has_articles = state->has_articles,
        .fingerprint = state->fingerprint,
    };

    for (unsigned order = 2; order <= state->high; order++)
        facts.ngrams[order] = state->ngrams[order - 1].count;
    return facts;
}

zub_state_term zub_state_term_at(const zub_state *state, uint64_t i)
{
    size_t term = (size_t)i;

    return (zub_state_term){zub_state_term_bytes(state, term),
                            zub_state_surface(state, term),
                            state->counts[term], state->df[term]};
}
