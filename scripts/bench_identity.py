# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_identity.py - whether the same articles give the same bytes: on any
number of threads, in shards merged in any order, spilled or not.

Ids ascend with the articles: the rows of a state stand by id, those of a matrix
as the articles came, and here the two have to be one.
"""
import os
import random
from collections import namedtuple

import bench_corpora
import figures
from bench_counting import (MATRIX, STATE, WHY_NOT, command, digest, remove,
                            shape)
from bench_matrices import CHARACTERS, PAIRS
from bench_run import TMPFS, ZUBDA, Bench, run

SHARDS = (1, 3, 16)
THREADS = (1, 2, 7)
SPILL = ["--memory", "64M"]

Counted = namedtuple("Counted", "what options names")
COUNTED = [Counted("words", [], list(bench_corpora.SOURCES)[1:]),
           Counted("words 1-2", PAIRS, ["newsgroups20"]),
           Counted("characters 3-5", CHARACTERS, ["newsgroups20"])]


def take_digest(stem):
    """Of a run's output, which goes."""
    found = digest(stem)
    remove(stem)
    return found


def made(form, stem, corpus, options, threads=1):
    run(*command(form, stem, corpus, options, threads))
    return take_digest(stem)


def with_threads(form, stem, corpus, options):
    """Digests by how they were made."""
    return {f"{count} threads{' spilled' if spill else ''}":
            made(form, stem, corpus, [*options, *spill], count)
            for count in THREADS for spill in ([], SPILL)}


def merge_orders(paths, spill):
    """One after another, and shuffled; the latter spilled."""
    shuffled = random.Random(len(paths)).sample(paths, len(paths))
    return [(paths, []), (shuffled, spill)]


def with_shards(folder, stem, corpus, options):
    """Of states merged of shards, and of matrices of those states."""
    states, matrices = {}, {}
    for count in SHARDS:
        paths = []
        for shard in range(1, count + 1):
            part = os.path.join(folder, f"shard{shard}")
            run(*command(STATE, part, corpus, [
                *options, "--rows", "--shard", f"{shard}/{count}"]))
            paths.append(part + ".zub")
        for at, (order, spill) in enumerate(merge_orders(paths, SPILL)):
            name = f"{count} shards, order {at + 1}"
            merged = os.path.join(folder, "merged.zub")
            run(ZUBDA, "merge", "--quiet", *spill, "-o", merged, *order)
            run(ZUBDA, "vectorize", "--quiet", "--threads", "1", "-o",
                stem + ".npz", merged)
            matrices[name] = take_digest(stem)
            os.rename(merged, stem + ".zub")
            states[name] = take_digest(stem)
        for path in paths:
            os.unlink(path)
    return states, matrices


def same_row(what, digests, expected, command_words):
    """Names those that are not as expected."""
    other = [name for name, found in digests.items() if found != expected]
    figure = f"{len(digests)} of {len(digests)} the same bytes ({expected})"
    if other:
        figure = f"other bytes: {', '.join(other)}"
    figures.row(what, figure, "the same bytes", not other, command_words)


def identity_rows(counted, corpus, folder):
    stem = os.path.join(folder, "OUT")
    what = f"{corpus.name}, {counted.what}"
    words = command(MATRIX, stem, corpus, counted.options)
    run(*words)
    why = WHY_NOT[MATRIX](stem, corpus)
    if why:
        figures.row(what, f"wrong: {why}", "", False)
        return
    found = shape(stem + ".npz")
    what += (f" ({found.rows:,} × {found.columns:,}, {found.entries:,} "
             "entries)")
    matrix = take_digest(stem)
    state = made(STATE, stem, corpus, [*counted.options, "--rows"])
    asked = " ".join(counted.options)
    same_row(f"{what}: matrices on 1, 2 and 7 threads, spilled and not",
             with_threads(MATRIX, stem, corpus, counted.options), matrix,
             f"zubda vectorize {asked} --threads N --memory 64M")
    same_row("the same: states", with_threads(STATE, stem, corpus, [
        *counted.options, "--rows"]), state,
        f"zubda count {asked} --rows --threads N --memory 64M")
    states, matrices = with_shards(folder, stem, corpus, counted.options)
    same_row("the same: states merged of 1, 3 and 16 shards in two orders",
             states, state, f"zubda count {asked} --rows --shard I/N; "
             "zubda merge")
    same_row("the same: matrices of those states", matrices, matrix,
             "zubda vectorize merged.zub")


def bench_identity(folder):
    figures.start_table("identical output")
    for counted in COUNTED:
        for name in counted.names:
            corpus = bench_corpora.with_ordered_ids(
                bench_corpora.unpack(name, folder))
            identity_rows(counted, corpus, folder)
    print()


BENCHES = {"identity": Bench(bench_identity, bench_corpora.DATA, TMPFS)}
