# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_peaks.py - the bench of memory that counting takes: beyond the input,
beside scikit-learn, and with --memory 64M.

Beyond the input is: the highest resident memory, less what is resident before
the first text (scikit-learn: imports; ours: the peak for an article of one
word), less the text that has to be held (scikit-learn: all of it, as Python
holds it; ours, which streams: the longest article).
"""
import os

import bench_corpora
import figures
from bench_counting import (MATRIX, STATE, WHY_NOT, as_row, beside, command,
                            remove, shape, wrong)
from bench_matrices import CHARACTERS, PAIRS
from bench_run import FULL, MIB, TMPFS, Bench, attempt, run

LIMIT = 64
MOST = 100  # MiB, with --memory 64M

# What is counted under --memory 64M: what it is called, the command, its
# options, and of which corpora.
COUNTED = [
    ("words", MATRIX, [], list(bench_corpora.SOURCES)[1:]),
    ("words, a state", STATE, [], ["arwiki_text"]),
    ("words 1-2", MATRIX, PAIRS, ["newsgroups20", "arwiki_text"]),
    ("characters 3-5", MATRIX, CHARACTERS, ["newsgroups20"]),
]
DISTINCT = 10**7


def beyond_input(corpus, folder, stem):
    """Bytes of ours, on one thread, and why what was made is wrong."""
    word = command(MATRIX, stem, bench_corpora.one_word(folder, corpus))
    before = run(*word)[2]
    remove(stem)
    after = run(*command(MATRIX, stem, corpus))[2]
    why = WHY_NOT[MATRIX](stem, corpus)
    remove(stem)
    return after - before - corpus.longest, why


def beyond_row(corpus, folder, stem):
    what = f"{corpus.name}, words, beyond the input"
    words = command(MATRIX, stem, corpus)
    ours, why = beyond_input(corpus, folder, stem)
    theirs = beside("sklearn", corpus, stem, [], {}, 1)
    why = why or theirs.get("wrong")
    if why:
        wrong(what, why, words)
        return
    figure = f"{ours / MIB:.0f} MiB"
    if not theirs:
        figures.row(what, figure, "", True, as_row(words))
        return
    most = theirs["beyond"] / 2
    figures.row(what, f"{figure}, {theirs['version']} "
                f"{theirs['beyond'] / MIB:.0f} MiB", f"≤ {most / MIB:.0f} MiB",
                ours <= most, as_row(words))


def limited_row(what, corpus, stem, form, options, columns=None):
    """The whole peak, on one thread and on two: the higher counts."""
    peaks = []
    for threads in (1, 2):
        words = command(form, stem, corpus,
                        ["--memory", f"{LIMIT}M", *options], threads)
        peaks.append(run(*words)[2] / MIB)
        why = WHY_NOT[form](stem, corpus)
        if not why and columns and shape(stem + ".npz").columns != columns:
            why = f"not {columns:,} columns"
        remove(stem)
        if why:
            wrong(what, why, words)
            return
    figures.row(what, f"{peaks[0]:.0f} MiB, on two threads {peaks[1]:.0f}",
                f"≤ {MOST} MiB", max(peaks) <= MOST, as_row(words))


def limited(folder, stem):
    for counted, form, options, names in COUNTED:
        for name in names:
            corpus = bench_corpora.unpack(name, folder)
            what = f"{name}, {counted}"
            attempt(what, limited_row, what, corpus, stem, form, options)
    if FULL:
        corpus = bench_corpora.write_distinct(folder, DISTINCT)
        attempt(corpus.name, limited_row, f"{corpus.name}, words", corpus,
                stem, MATRIX, [], DISTINCT)


def bench_peaks(folder):
    stem = os.path.join(folder, "OUT")
    figures.say_prose(__doc__, 1)
    figures.start_table("peak of memory, one thread")
    for name in bench_corpora.SOURCES:
        attempt(name, beyond_row, bench_corpora.unpack(name, folder), folder,
                stem)
    print()
    figures.start_table(f"peak of memory, all of it, with `--memory {LIMIT}M`")
    limited(folder, stem)
    print()


BENCHES = {"peaks": Bench(bench_peaks, bench_corpora.DATA, TMPFS)}
