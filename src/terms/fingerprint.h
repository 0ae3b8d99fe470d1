/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fingerprint.h - what decides how text becomes terms, as text: `key=value`
 * pairs with spaces between, such as "lang=ar stemmer=light/1 icu=72.1". */
#ifndef ZUB_TERMS_FINGERPRINT_H
#define ZUB_TERMS_FINGERPRINT_H

#include "zubda.h"

/* ZUB_EMISMATCH unless they are equal, naming each key that differs with both
 * values. Costs the product of their sizes, when they differ. */
zub_status zub_fingerprint_match(zub_slice a, zub_slice b, zub_error *error);

/* The same of any two analyzers: the message is what differs, and says neither
 * of what nor what to do. */
zub_status zub_fingerprint_compare(zub_slice a, zub_slice b, zub_error *error);

/* The value of a key; empty: no such key. */
zub_slice zub_fingerprint_value(zub_slice fingerprint, const char *key);

/* The value of a key as a number; 0: no such key, or no number below 10^9. */
uint64_t zub_fingerprint_number(zub_slice fingerprint, const char *key);

#endif
