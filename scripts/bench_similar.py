#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_similar.py - the bench of similarity: the ten articles nearest to
each of 1,000, beside scikit-learn on the same matrix.

Seconds of the processor for the queries alone, on one thread: rows are
weighed, and ours are in lists, scikit-learn's transposed, before the clock is
started. The peer multiplies 100 rows at a time, which is its best, and takes
the largest by argpartition: of the sparse product, and of the dense one that
scikit-learn 1.9 makes of sparse rows. Runs of both take turns; medians. Neighbours
are the same when no score of scikit-learn's, which are floats, is more than
1e-5 above the last one of ours that it is not among.
"""
import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import figures
from bench_run import (PEERS, RUNS, TMPFS, ZUBDA, Bench, Failed, build_tool,
                       have_peers, run)

DATA = [os.path.join(figures.DATA, name) for name in
        ("newsgroups20/dev.jsonl.gz", "cranfield/corpus.jsonl",
         "cacm/corpus.jsonl", "npl_vaswani/corpus.jsonl")]
QUERIES, CHUNK, K = 1000, 100, 10
LEAST = 8
MEASURES = ["cosine", "jaccard", "dice", "overlap", "tanimoto",
            "jensen-shannon"]


# ---- In a process of its own, with scikit-learn ----

def ask_sklearn(matrix, found):
    """Seconds of the queries; how many have other neighbours than ours."""
    import time

    import numpy
    import scipy.sparse
    import sklearn
    from sklearn.utils.extmath import safe_sparse_dot

    rows = scipy.sparse.load_npz(matrix)
    columns = rows.T.tocsr()
    asked = numpy.arange(QUERIES) * (rows.shape[0] // QUERIES)
    ours = {}
    with open(found, encoding="ascii") as file:
        for line in file:
            query, row, _ = line.split("\t")
            ours.setdefault(int(query), []).append(int(row))
    sparse, dense, differ = 0, 0, 0
    for at in range(0, QUERIES, CHUNK):
        chunk = rows[asked[at:at + CHUNK]]
        start = time.process_time()
        scores = safe_sparse_dot(chunk, columns).toarray()
        best = numpy.argpartition(-scores, K, axis=1)[:, :K + 1]
        sparse += time.process_time() - start
        start = time.process_time()
        scores = safe_sparse_dot(chunk, columns, dense_output=True)
        best = numpy.argpartition(-scores, K, axis=1)[:, :K + 1]
        dense += time.process_time() - start
        for i, query in enumerate(asked[at:at + CHUNK]):
            theirs = [row for row in best[i] if row != query]
            mine = ours.get(int(query), [])
            last = min((scores[i, row] for row in mine), default=0)
            wanted = min(K, sum(scores[i, row] > 0 for row in theirs))
            differ += len(mine) < wanted or query in mine or any(
                scores[i, row] > last + 1e-5 and row not in mine
                for row in theirs)
    print(json.dumps({"sparse": sparse, "dense": dense, "differ": int(differ),
                      "version": f"scikit-learn {sklearn.__version__}"}))


def beside(matrix, found):
    done = subprocess.run(
        [PEERS, "-W", "ignore", os.path.abspath(__file__), matrix, found],
        stdout=subprocess.PIPE, check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    if done.returncode:
        raise Failed(f"scikit-learn: status {done.returncode}")
    return json.loads(done.stdout)


# ---- Ours ----

def ask(tool, state, measure, found):
    done = subprocess.run([tool, state, measure, str(QUERIES), found],
                          stdout=subprocess.PIPE, check=True, text=True)
    return [float(number) for number in done.stdout.split()]


def count(folder):
    """A state and a matrix of the articles."""
    plain = os.path.join(folder, "newsgroups.jsonl")
    with gzip.open(DATA[0]) as file, open(plain, "wb") as out:
        shutil.copyfileobj(file, out)
    state = os.path.join(folder, "all.zub")
    matrix = os.path.join(folder, "all.npz")
    run(ZUBDA, "count", "-q", "--rows", "-o", state, plain, *DATA[1:])
    run(ZUBDA, "vectorize", "-q", "-o", matrix, state)
    return state, matrix


def each(seconds):
    return f"{1e3 * seconds / QUERIES:.3f} ms a query"


def beside_row(tool, state, matrix, found):
    lists, ours, sparse, dense, differ = [], [], [], [], 0
    for _ in range(RUNS):
        made = ask(tool, state, "cosine", found)
        peer = beside(matrix, found)
        lists.append(made[0])
        ours.append(made[1])
        sparse.append(peer["sparse"])
        dense.append(peer["dense"])
        differ += peer["differ"]
    mine = statistics.median(ours)
    other, best = statistics.median(sparse), statistics.median(dense)
    figures.row("cosine, ten nearest", each(mine))
    figures.row("making the lists", f"{statistics.median(lists):.3f} s")
    figures.row(f"{peer['version']}, sparse product",
                f"{each(other)}, ours {other / mine:.1f} times as fast",
                f"≥ {LEAST} times", other >= LEAST * mine)
    figures.row(f"{peer['version']}, dense product",
                f"{each(best)}, ours {best / mine:.1f} times as fast")
    figures.row("queries with other neighbours than its", str(differ), "0",
                differ == 0)


def threads_row(state, folder):
    seen = set()
    for threads in ("1", "2", "7"):
        out = os.path.join(folder, "out.jsonl")
        seconds = run(ZUBDA, "similar", "-q", "--all", "-j", threads, "-f",
                      "jsonl", "-o", out, state)
        with open(out, "rb") as file:
            seen.add(hash(file.read()))
        if threads != "7":
            figures.row(f"all articles, {threads} thread"
                        f"{'s' if threads > '1' else ''}, by the clock",
                        f"{seconds[0]:.2f} s", command=f"zubda similar --all "
                        f"-j {threads} -f jsonl STATE")
    figures.row("different outputs of 1, 2 and 7 threads", str(len(seen)),
                "1", len(seen) == 1)


def bench_similar(folder):
    figures.say_prose(__doc__, 1)
    state, matrix = count(folder)
    found = os.path.join(folder, "found.tsv")
    tool = build_tool("ask_similar", folder)
    figures.start_table("1,000 of 27,329 articles (newsgroups20, cranfield, "
                        "cacm, npl_vaswani), one thread")
    if have_peers():
        beside_row(tool, state, matrix, found)
    else:
        figures.missing("scikit-learn", "could not be installed")
    for measure in MEASURES[1:]:
        seconds = [ask(tool, state, measure, found)[1] for _ in range(3)]
        figures.row(measure, each(statistics.median(seconds)))
    threads_row(state, folder)
    print()


BENCHES = {"similar": Bench(bench_similar, DATA, TMPFS)}


def main():
    if len(sys.argv) == 3:
        ask_sklearn(*sys.argv[1:])
        return
    os.chdir(figures.ROOT)
    with tempfile.TemporaryDirectory(dir=TMPFS) as folder:
        bench_similar(folder)


if __name__ == "__main__":
    main()
