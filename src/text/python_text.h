/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* python_text.h - a text as Python's str and re see it: lower case, \w, \d,
 * white space, and scikit-learn's n-grams of characters. For --compat only:
 * it splits vowelled words and joins tatweel, as the peers do.
 *
 * Classes and cases are those of the ICU at hand, the peers' are those of
 * their Python, and each new Unicode brings letters: ICU 72 and Python 3.12
 * have Unicode 15.0, Python 3.11 has 14.0, where 4,388 characters that 15.0
 * added are still in no class and without case. Those aside, all code points
 * are the same: scripts/check-parity compares them with the Python at hand.
 * docs/parity.md says the rest.
 *
 * Invalid UTF-8 is U+FFFD, as with errors="replace".
 */
#ifndef ZUB_TEXT_PYTHON_TEXT_H
#define ZUB_TEXT_PYTHON_TEXT_H

#include "zubda.h"
#include "base/buffer.h"

/* re's \w: str.isalnum(), which is a letter or what has a numeric value, or
 * "_". No mark is one. */
bool zub_python_is_word(uint32_t code_point);

/* re's \d, str.isdecimal(). */
bool zub_python_is_decimal(uint32_t code_point);

/* re's \s, str.isspace(), where str.split() cuts: 29 characters, of which
 * U+001C to U+001F are white space to no one else. */
bool zub_python_is_space(uint32_t code_point);

/* Append str.lower() of a whole text: a capital sigma looks at what stands
 * around it. Valid UTF-8 comes out, of up to three times the bytes.
 * ZUB_ENOMEM, ZUB_ELIMIT: the buffer's; then nothing was appended. */
zub_status zub_python_lower(zub_buffer *out, zub_slice text);

/* Whether the parts of a text may come out other than the whole when they are
 * lowered: U+0130 in it becomes two characters, the second not \w, and U+03A3
 * has two small letters. There are no others. May say true where bytes are
 * invalid. Cost: as memchr. */
bool zub_python_lowers_as_a_whole(zub_slice text);

/* Append the text with each run of two or more white-space characters as one
 * space; one alone stays what it is: scikit-learn's first step with "char".
 * Valid UTF-8 comes out. ZUB_ENOMEM, ZUB_ELIMIT as above. */
zub_status zub_python_squeeze(zub_buffer *out, zub_slice text);

/* A piece of a text, in bytes. */
typedef struct zub_python_span {
    uint32_t start, size;
} zub_python_span;

/* The n-grams of code points of a text, n from low to high, in scikit-learn's
 * order: by n, then by place. A walk without memory of its own. */
typedef struct zub_python_grams {
    zub_slice text;
    size_t high, order; /* the n at hand */
    size_t start, end;  /* of the next n-gram */
    bool is_whole;      /* the next one is the whole text, and the last */
    bool is_done;       /* there is no next one */
} zub_python_grams;

/* `text` is valid UTF-8 (what the functions above give) of at most UINT32_MAX
 * bytes and outlives the walk; 1 <= low. With `is_word` a text of fewer code
 * points than low is one n-gram, itself: that is "char_wb", whose words have a
 * space at both ends (zub_python_words_term adds them). Without, it has none:
 * "char". */
void zub_python_grams_init(zub_python_grams *grams, zub_slice text, size_t low,
                           size_t high, bool is_word);

/* Up to `room` more into out; returns how many, 0 at the end. */
size_t zub_python_grams_next(zub_python_grams *grams, zub_python_span *out,
                             size_t room);

#endif
