# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_matrices.py - the bench of counting: speed of `zubda vectorize` and
`zubda count` on one thread and on two, beside scikit-learn and gensim.

MB/s are of the text, in UTF-8, without the JSON around it. Ours reads files and
writes the matrix and its tables; of scikit-learn `fit_transform` alone is
timed, of gensim `tokenize`, `Dictionary`, `doc2bow` and `TfidfModel`, with the
texts in memory and nothing written, which is kinder to them. "Times" compares
ours with our own words; --compat of the same articles has to be the peer's
matrix to 1e-6. A peer's first megabytes are beside ours of the same. Every run
has to write the same bytes, of as many rows as there are articles.
"""
import os
import statistics
from collections import namedtuple

import bench_corpora
import figures
from bench_counting import (MATRIX, STATE, as_row, beside, command, digest,
                            rate, remove, shape, timed, walls, wrong)
from bench_run import FULL, RUNS, TMPFS, Bench, attempt

PAIRS = ["--ngram", "1-2"]
CHARACTERS = ["--char-ngram", "3-5"]
# What takes minutes is measured on the first megabytes, and unless FULL, peers
# are run but once there.
PAIRS_PART, CHARACTERS_PART = 4e6, 2e6

# Ours: what is asked for, MB/s that are needed, and of how much of a corpus.
Ours = namedtuple("Ours", "what form options least part is_zipped",
                  defaults=[None, None, False])
OURS = [
    Ours("words, TF-IDF", MATRIX, [], 120),
    Ours("words, language found", MATRIX, ["--lang", "auto"]),
    Ours("words, from `.gz`", MATRIX, [], is_zipped=True),
    Ours("words, a state", STATE, []),
    Ours("words as scikit-learn", MATRIX, ["--compat", "sklearn"]),
    Ours("words 1-2", MATRIX, PAIRS, 50),
    Ours("characters 3-5", MATRIX, CHARACTERS, 12, CHARACTERS_PART),
    Ours("characters 3-5 as scikit-learn", MATRIX,
         ["--compat", "sklearn", *CHARACTERS], 12, CHARACTERS_PART),
]

# A peer: its options, what of ours stands beside it, how many times as fast
# that has to be, and of how much of a corpus.
Peer = namedtuple("Peer", "name what package options ours least part",
                  defaults=[None, None])
PEERS = [
    Peer("scikit-learn", "words", "sklearn", {}, [], 8),
    Peer("scikit-learn", "words 1-2", "sklearn", {"ngram_range": [1, 2]},
         PAIRS, part=PAIRS_PART),
    Peer("scikit-learn", "char_wb 3-5", "sklearn",
         {"analyzer": "char_wb", "ngram_range": [3, 5]}, CHARACTERS,
         part=CHARACTERS_PART),
    Peer("gensim", "words", "gensim", {}, [], part=PAIRS_PART),
]


def part_of(corpus, most):
    """The corpus, and how a row says that it is not all of it."""
    if most is None:
        return corpus, ""
    part = bench_corpora.beginning(corpus, most)
    return part, "" if part is corpus else f", first {part.size / 1e6:.0f} MB"


def runs_said(times):
    return f"{times} runs" if times > 1 else "1 run"


def ours_row(corpus, stem, ours, times):
    part, said = part_of(corpus, None if FULL else ours.part)
    if ours.is_zipped:
        part = bench_corpora.zipped(part)
    what = ours.what + said
    words = command(ours.form, stem, part, ours.options)
    found = timed(words, stem, ours.form, part, times)
    if found.why:
        wrong(what, found.why, words)
        return None
    if ours.form == MATRIX:
        size = shape(stem + ".npz")
        what += f" ({size.columns:,} terms, {size.entries:,} entries)"
    speed = rate(part, found.seconds)
    figure = f"{speed:,.0f} MB/s"
    figures.row(what, figure, f"≥ {ours.least} MB/s" if ours.least else "",
                not ours.least or speed >= ours.least, as_row(words))
    return found.digest


def peer_row(corpus, stem, peer, times):
    """A peer beside ours on the same articles; what --compat makes of them has
    to be its matrix."""
    part, said = part_of(corpus, peer.part)
    what = f"{peer.name}, {peer.what}{said}"
    words = command(MATRIX, stem, part, peer.ours)
    found = timed(words, stem, MATRIX, part, RUNS)
    remove(stem)
    made = beside(peer.package, part, stem, peer.ours, peer.options, times)
    if not made:
        return
    if found.why or made["wrong"]:
        wrong(what, found.why or made["wrong"], words)
        return
    theirs, ours = (rate(part, seconds) for seconds in
                    (statistics.median(made["seconds"]), found.seconds))
    figures.row(f"{made['version']}, {peer.what}{said}, {runs_said(times)}",
                f"{theirs:.1f} MB/s, ours {ours:,.0f}: "
                f"{ours / theirs:.1f} times",
                f"≥ {peer.least} times" if peer.least else "",
                not peer.least or ours >= peer.least * theirs)


def threads_row(corpus, stem, expected, times):
    both = [command(MATRIX, stem, corpus, threads=count) for count in (1, 2)]
    one, two = walls(*both, times)
    if digest(stem) != expected:
        wrong("words, two threads", "not the output of one thread", both[1])
        return
    figures.row("words, two threads, by the clock",
                f"{one / two:.2f} times one ({one:.3f} s, {two:.3f} s; "
                f"{rate(corpus, two):,.0f} MB/s)", "≥ 1.80 times",
                one / two >= 1.8, as_row(both[1]))


def bench_corpus(name, folder):
    corpus = bench_corpora.unpack(name, folder)
    stem = os.path.join(folder, "OUT")
    figures.start_table(f"{name}: {corpus.articles:,} "
                        f"article{'s' if corpus.articles > 1 else ''}, "
                        f"{corpus.size / 1e6:.1f} MB of text, one thread")
    first = None
    for ours in OURS[:1] if name == bench_corpora.LINES else OURS:
        found = attempt(ours.what, ours_row, corpus, stem, ours,
                        RUNS if ours.part is None else 3)
        first = first or found
        remove(stem)
    for peer in PEERS[:1] if name == bench_corpora.LINES else PEERS:
        attempt(f"{peer.name}, {peer.what}", peer_row, corpus, stem, peer,
                3 if FULL or peer.part is None else 1)
    attempt("words, two threads", threads_row, corpus, stem, first, RUNS + 2)
    remove(stem)
    print()


def bench_matrices(folder):
    figures.say_prose(__doc__, 1)
    figures.say("Unpacked in " + (TMPFS or "the folder of temporary files")
                + ", output there too.\n")
    for name in bench_corpora.SOURCES:
        bench_corpus(name, folder)


BENCHES = {"matrices": Bench(bench_matrices, bench_corpora.DATA, TMPFS)}
