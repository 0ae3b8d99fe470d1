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
from bench_matrices import CHARACTERS, PAIRS, part_of
from bench_run import FULL, TMPFS, ZUBDA, Bench, attempt, run

# Threads and --memory: what may not change a byte. 16M is the least there is.
MATRIX_WAYS = [(1, None), (2, None), (7, None), (1, "64M"), (7, "64M"),
               (2, "16M")]
STATE_WAYS = [(2, None), (7, "64M"), (1, "16M")]
SHARDS = (1, 3, 16)

# What is counted, and of how much of which corpora, unless FULL.
Counted = namedtuple("Counted", "what options names part")
COUNTED = [Counted("words", [], ["newsgroups20", "arwiki_text"], None),
           Counted("words", [], [bench_corpora.LINES], 8e6),
           Counted("words 1-2", PAIRS, ["newsgroups20"], 8e6),
           Counted("characters 3-5", CHARACTERS, ["newsgroups20"], 4e6)]


def take_digest(stem):
    """Of a run's output, which goes."""
    found = digest(stem)
    remove(stem)
    return found


def made(form, stem, corpus, options, threads=1):
    run(*command(form, stem, corpus, options, threads))
    return take_digest(stem)


def by_ways(form, stem, corpus, options, ways):
    """Digests by how they were made."""
    return {f"--threads {threads}{f' --memory {memory}' if memory else ''}":
            made(form, stem, corpus, [
                *options, *(["--memory", memory] if memory else [])], threads)
            for threads, memory in ways}


def merge_orders(paths):
    """One after another, and shuffled in little memory."""
    shuffled = random.Random(len(paths)).sample(paths, len(paths))
    return {"in order": paths, "shuffled": ["--memory", "16M", *shuffled]}


def count_shards(folder, corpus, options, count):
    """The paths of as many states."""
    stems = [os.path.join(folder, f"{shard}of{count}")
             for shard in range(1, count + 1)]
    for shard, stem in enumerate(stems, 1):
        run(*command(STATE, stem, corpus, [*options, "--shard",
                                           f"{shard}/{count}"]))
    return [stem + ".zub" for stem in stems]


def by_shards(folder, stem, corpus, options):
    """Digests of states merged of shards, and of those states' matrices."""
    states, matrices = {}, {}
    merged = os.path.join(folder, "merged.zub")
    for count in SHARDS:
        paths = count_shards(folder, corpus, options, count)
        for order, given in merge_orders(paths).items():
            name = f"{count} shards {order}"
            run(ZUBDA, "merge", "--quiet", "-o", merged, *given)
            run(ZUBDA, MATRIX, "--quiet", "--threads", "1", "-o",
                stem + ".npz", merged)
            matrices[name] = take_digest(stem)
            os.rename(merged, stem + ".zub")
            states[name] = take_digest(stem)
        for path in paths:
            os.unlink(path)
    return states, matrices


def same_row(what, digests, expected, *words):
    """Names those that are not as expected."""
    other = [name for name, found in digests.items() if found != expected]
    figure = f"{len(digests)} of {len(digests)}, {expected}"
    if other:
        figure = f"other bytes: {', '.join(other)}"
    figures.row(what, figure, "the same bytes", not other,
                " ".join(["zubda", *words]))


def identity_rows(what, counted, corpus, folder):
    stem = os.path.join(folder, "OUT")
    options = counted.options
    rows = [*options, "--rows"]
    run(*command(MATRIX, stem, corpus, options))
    why = WHY_NOT[MATRIX](stem, corpus)
    if why:
        figures.row(what, f"wrong: {why}", "", False)
        return
    found = shape(stem + ".npz")
    matrix = take_digest(stem)
    state = made(STATE, stem, corpus, rows)
    same_row(f"{what} ({found.rows:,} × {found.columns:,}, {found.entries:,} "
             "entries): matrices on 1, 2 and 7 threads, spilled or not",
             by_ways(MATRIX, stem, corpus, options, MATRIX_WAYS), matrix,
             MATRIX, *options, "--threads N --memory SIZE")
    same_row("their states, likewise",
             by_ways(STATE, stem, corpus, rows, STATE_WAYS), state,
             STATE, *rows, "--threads N --memory SIZE")
    states, matrices = by_shards(folder, stem, corpus, rows)
    same_row("states of 1, 3 and 16 shards, merged in two orders", states,
             state, STATE, *rows, "--shard I/N; zubda merge")
    same_row("matrices of those states", matrices, matrix, MATRIX,
             "merged.zub")


def bench_identity(folder):
    figures.start_table("identical output")
    for counted in COUNTED:
        for name in counted.names:
            corpus, said = part_of(bench_corpora.unpack(name, folder),
                                   None if FULL else counted.part)
            what = f"{name}, {counted.what}{said}"
            attempt(what, identity_rows, what, counted,
                    bench_corpora.with_ordered_ids(corpus), folder)
    print()


BENCHES = {"identity": Bench(bench_identity, bench_corpora.DATA, TMPFS)}
