# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_counting.py - the commands that count, as the benches run them, and
what they wrote: its shape, and a digest that tells whether it is the same."""
import ast
import glob
import hashlib
import json
import os
import re
import statistics
import struct
import subprocess
import zipfile
from collections import namedtuple

import figures
from bench_run import ZUBDA, count_lines, peers, run, shown

Shape = namedtuple("Shape", "rows columns entries")
# Median seconds of the processor, the highest peak, a digest of what was
# written, and why it cannot be right, or None.
Timed = namedtuple("Timed", "seconds peak digest why")

STATE = "count"
MATRIX = "vectorize"
SUFFIXES = {STATE: ".zub", MATRIX: ".npz"}
TOLERANCE = 1e-6


def command(form, stem, corpus, options=(), threads=1):
    """Of a corpus, into STEM.zub or STEM.npz and the tables beside it."""
    lang = [] if {"--lang", "--compat"} & {*options} else ["--lang",
                                                           corpus.lang]
    return [ZUBDA, form, "--quiet", "--threads", str(threads), *lang,
            *corpus.options, *options, "-o", stem + SUFFIXES[form],
            corpus.path]


def as_row(words):
    """A command as a reader would type it."""
    return re.sub(r"\S*/zubda-bench\.\w+/", "",
                  shown(*(word for word in words if word != "--quiet")))


# ---- What was written ----

def written(stem):
    """Its files, in the order of their names."""
    return sorted(glob.glob(glob.escape(stem) + ".*"))


def remove(stem):
    for path in written(stem):
        os.unlink(path)


def digest(stem):
    found = hashlib.blake2b(digest_size=8)
    for path in written(stem):
        found.update(f"{path[len(stem):]} {os.path.getsize(path)}\n".encode())
        with open(path, "rb") as file:
            while piece := file.read(1 << 18):
                found.update(piece)
    return found.hexdigest()


def array_head(archive, name):
    """The shape of an array, and the file where its numbers begin."""
    file = archive.open(name + ".npy")
    magic = file.read(8)
    wide = magic[6] > 1
    size, = struct.unpack("<I" if wide else "<H", file.read(4 if wide else 2))
    return ast.literal_eval(file.read(size).decode())["shape"], file


def shape(path):
    """Of a matrix as scipy.sparse.save_npz writes it."""
    with zipfile.ZipFile(path) as archive:
        _, file = array_head(archive, "shape")
        rows, columns = struct.unpack("<qq", file.read(16))
        (entries,), _ = array_head(archive, "data")
    return Shape(rows, columns, entries)


def why_not_matrix(stem, corpus):
    found = shape(stem + ".npz")
    terms, articles = (count_lines(f"{stem}.{table}.tsv") - 1
                       for table in ("terms", "articles"))
    if found.rows != corpus.articles or articles != corpus.articles:
        return (f"{found.rows:,} rows and {articles:,} articles of "
                f"{corpus.articles:,}")
    if terms != found.columns:
        return f"{terms:,} terms of {found.columns:,} columns"
    return None if found.entries else "no entries"


def why_not_state(stem, corpus):
    done = subprocess.run([ZUBDA, "check", stem + ".zub"], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said = done.stdout.decode(errors="replace").strip()
    if done.returncode:
        return said
    found = re.search(r"([\d,]+) articles", said)
    if not found or int(found[1].replace(",", "")) != corpus.articles:
        return f"not {corpus.articles:,} articles: {said}"
    return None


WHY_NOT = {STATE: why_not_state, MATRIX: why_not_matrix}


# ---- Timing ----

def timed(words, stem, form, corpus, times):
    """What every run wrote has to be the same, and of the right shape."""
    seconds, peaks, digests = [], [], set()
    for _ in range(times):
        remove(stem)
        _, taken, peak = run(*words)
        seconds.append(taken)
        peaks.append(peak)
        digests.add(digest(stem))
    why = WHY_NOT[form](stem, corpus)
    if len(digests) > 1:
        why = f"{len(digests)} different outputs in {times} runs"
    return Timed(statistics.median(seconds), max(peaks), min(digests), why)


def walls(first, second, times):
    """Median seconds by the clock of two commands, run in turns."""
    pairs = [(run(*first)[0], run(*second)[0]) for _ in range(times)]
    return [statistics.median(column) for column in zip(*pairs)]


def rate(corpus, seconds):
    """MB of text a second."""
    return corpus.size / 1e6 / seconds


def beside(package, corpus, stem, options, theirs, runs):
    """What a peer takes for a corpus, and in "wrong" why what --compat makes of
    it is not the peer's matrix; nothing without peers."""
    run(*command(MATRIX, stem, corpus, ["--compat", package, *options]))
    found = peers("matrix", package, corpus.path, corpus.form,
                  json.dumps(theirs), str(runs), stem)
    remove(stem)
    if found and found["why"] is None and found["difference"] > TOLERANCE:
        found["why"] = f"{found['difference']:.1e} apart"
    return {**found, "wrong": found["why"] and
            f"--compat {package}: {found['why']}"} if found else {}


def wrong(what, why, words):
    figures.row(what, f"wrong: {why}", "", False, as_row(words))
