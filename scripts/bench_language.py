# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_language.py - the bench of language identification."""
import gzip
import itertools
import os
import statistics
import subprocess

import figures
from bench_run import Bench, RUNS, apart, count_lines, peer_rows, peers

IDENTIFY = os.path.join(figures.BUILD, "tests", "tools", "identify_lines")
SENTENCES = figures.DATA + "/langid/dev.sentences.tsv.gz"


def sample_lines(path):
    """Every twelfth line: language, TAB, text."""
    with gzip.open(SENTENCES) as file, open(path, "wb") as out:
        out.writelines(itertools.islice(file, 0, None, 12))


def identified(path, lines_path):
    """How many guesses are right, on the last line of the file itself."""
    with open(path, encoding="utf-8") as out, \
            open(lines_path, encoding="utf-8") as lines:
        right = sum(guess.split("\t")[0] == line.split("\t")[0]
                    for guess, line in zip(out, lines))
    with open(path + ".right", "w", encoding="utf-8") as file:
        file.write(str(right))


def bench_language(scratch):
    rows, texts = scratch + "/lines.tsv", scratch + "/lines.txt"
    apart(sample_lines, rows)
    count = count_lines(rows)
    with open(texts, "wb") as file:
        subprocess.run(["cut", "-f2-", rows], stdout=file, check=True)
    subprocess.run(["make", "-s", "B=" + figures.BUILD, IDENTIFY], check=True)
    rates = []
    for _ in range(RUNS):
        with open(texts, "rb") as file, open(texts + ".out", "wb") as out:
            done = subprocess.run([IDENTIFY, "models"], stdin=file, stdout=out,
                                  stderr=subprocess.PIPE, check=True)
        rates.append(float(done.stderr.split()[2]))
    identified(texts + ".out", rows)
    with open(texts + ".out.right", encoding="utf-8") as file:
        right = file.read()
    ours = statistics.median(rates)
    figures.start_table(f"languages of {count:,} sentences, one thread")
    figures.at_least(f"`identify` ({right} of {count} right)", ours, 50000,
                     "{:,.0f} sentences/s", f"{IDENTIFY} models < lines.txt")
    peer_rows(peers("language", rows), count, "sentences/s", ours)
    print("\nOurs has seen these sentences in its training: "
          "[quality.md](quality.md) has a fair comparison.\n")


BENCHES = {"language": Bench(bench_language, [SENTENCES])}
