# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_algebra.py - the bench of reductions: truncated SVD, NMF and k-means
of the TF-IDF of paragraphs, beside scikit-learn on the same matrix.

One thread of ours and of every BLAS; the matrix is in memory, and only the
fit is timed, three times in one process. Singular values are held against
those of `scipy.sparse.linalg.svds` in double.
"""
import gzip
import json
import os
import statistics
import subprocess

import figures
from bench_corpora import WIKIPEDIA
from bench_run import TMPFS, ZUBDA, Bench, peers

TIMER = os.path.join(figures.BUILD, "tests", "tools", "time_algebra")
WORDS = 20          # that a paragraph has at least
RUNS = 3
SVD_ROWS, SVD_K, SVD_ITERATIONS = 45_000, 100, 5
NMF_ROWS, NMF_K, NMF_ITERATIONS = 20_000, 50, 20
KMEANS_K = 20


def paragraphs(folder, count):
    """The first ones, an article each; the path without its suffix."""
    stem, written = os.path.join(folder, f"p{count}"), 0
    with gzip.open(WIKIPEDIA, "rt", encoding="utf-8") as file, \
            open(stem + ".jsonl", "w", encoding="utf-8") as out:
        for line in file:
            for text in json.loads(line)["text"].split("\n"):
                if len(text.split()) < WORDS or written == count:
                    continue
                record = {"id": f"{written:07d}", "text": text}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                written += 1
    return stem


def matrices(folder, count):
    """STEM.zub for ours and STEM.npz, the same numbers, for peers."""
    stem = paragraphs(folder, count)
    for command in (["count", "--rows", "-o", stem + ".zub"],
                    ["vectorize", "-o", stem + ".npz"]):
        subprocess.run([ZUBDA, *command, "--quiet", "--lang", "ar",
                        stem + ".jsonl"], check=True)
    return stem


def ours(what, stem, k, iterations):
    done = subprocess.run([TIMER, what, stem + ".zub", str(k), str(iterations),
                           str(RUNS)], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def both(what, stem, k, iterations, our_iterations):
    """Medians of seconds of ours and of theirs, and what came out."""
    found = (ours(what, stem, k, our_iterations),
             peers("algebra", what, stem + ".npz", str(k), str(iterations)))
    if not found[1]:
        return None
    return [statistics.median(one["seconds"]) for one in found], *found


def speed_row(what, found, least):
    (our_seconds, their_seconds), _, theirs = found
    times = their_seconds / our_seconds
    figures.row(f"{what}: {theirs['version']} {their_seconds:.2f} s",
                f"{our_seconds:.2f} s: {times:.1f} times",
                f"≥ {least} times" if least else "",
                not least or times >= least)


def svd_rows(stem):
    found = both("svd", stem, SVD_K, SVD_ITERATIONS, 0)
    if not found:
        return
    speed_row(f"SVD, k = {SVD_K} (theirs randomized, {SVD_ITERATIONS} "
              "iterations)", found, 4)
    exact = peers("algebra", "exact", stem + ".npz", str(SVD_K), "0")["values"]
    off, theirs_off = (max(abs(value / true - 1) for value, true in
                           zip(one["values"], exact)) for one in found[1:])
    figures.at_most("its singular values, furthest from exact ones "
                    f"(scikit-learn's: {theirs_off:.1e})", off, 1e-3, "{:.1e}")


def nmf_rows(stem):
    found = both("nmf", stem, NMF_K, NMF_ITERATIONS, NMF_ITERATIONS)
    if not found:
        return
    speed_row(f"NMF, k = {NMF_K}, {NMF_ITERATIONS} iterations (theirs `cd` "
              "from `nndsvd`)", found, 3)
    figures.at_most("its loss, at most scikit-learn's", found[1]["loss"],
                    found[2]["loss"], "{:.1f}")


def kmeans_rows(stem):
    found = both("kmeans", stem, KMEANS_K, 100, 100)
    if not found:
        return
    speed_row(f"k-means, k = {KMEANS_K}, one start", found, None)
    figures.row("its sum of cosines (scikit-learn's: "
                f"{found[2]['score']:.0f})", f"{found[1]['score']:.0f}")


def bench_algebra(folder):
    figures.say_prose(__doc__, 1)
    subprocess.run(["make", "-s", "B=" + figures.BUILD, TIMER], check=True)
    for count, works in ((SVD_ROWS, [svd_rows]),
                         (NMF_ROWS, [nmf_rows, kmeans_rows])):
        stem = matrices(folder, count)
        figures.start_table(f"{count:,} paragraphs of arwiki_text, one thread")
        for work in works:
            work(stem)
        print()


BENCHES = {"algebra": Bench(bench_algebra, [WIKIPEDIA], TMPFS)}
