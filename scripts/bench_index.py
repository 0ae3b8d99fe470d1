# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_index.py - an index of passages: how fast it is made, beside SQLite's
FTS5, how large it is, how long a query takes.

Seconds of the processor, on one thread. FTS5 gets passages, a hundred words a
row, without a stemmer; cutting them and parsing the JSON is not counted for
it, and is for us. A query's time is that of many in one process, less that of one, over their
number: so it is a mean, reading and writing included.
"""
import gzip
import json
import os
import random
import shutil
import sqlite3
import statistics
import time

import figures
from bench_run import TMPFS, ZUBDA, Bench, run

ARWIKI = os.path.join(figures.DATA, "arwiki_text/dev.ar.jsonl.gz")
QUERIES = 1000
RUNS = 3
MB = 1e6


def index(folder, corpus, *options):
    shutil.rmtree(folder, ignore_errors=True)
    return run(ZUBDA, "index", "-q", "-j1", *options, folder, corpus)[1]


def index_by_sqlite(path, passages):
    for suffix in ("", "-journal"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
    start = time.process_time()
    base = sqlite3.connect(path)
    base.execute("create virtual table a using fts5(id unindexed, text)")
    base.executemany("insert into a values (?, ?)", passages)
    base.commit()
    base.close()
    return time.process_time() - start


def passages_of(articles):
    for name, text in articles:
        words = text.split()
        for at in range(0, len(words), 100):
            yield name, " ".join(words[at:at + 100])


def size_of(folder):
    return sum(os.path.getsize(os.path.join(folder, name))
               for name in os.listdir(folder))


def write_queries(path, texts, words, seed):
    """Some words in a row of an article, each."""
    dice = random.Random(seed)
    with open(path, "w", encoding="utf-8") as out:
        for i in range(QUERIES):
            text = dice.choice(texts).split()
            count = dice.randint(*words)
            at = dice.randrange(max(1, len(text) - count))
            out.write(json.dumps({"id": i, "text":
                                  " ".join(text[at:at + count])}) + "\n")


def milliseconds_a_query(folder, path, *options):
    one = path + ".one"
    with open(path, encoding="utf-8") as file, open(one, "w") as out:
        out.write(file.readline())
    command = [ZUBDA, "search", folder, "-q", "-f", "trec", *options,
               "--queries"]
    many, few = (statistics.median(run(*command, name)[1]
                                   for _ in range(RUNS))
                 for name in (path, one))
    return (many - few) / (QUERIES - 1) * 1e3


def bench_index(scratch):
    corpus = os.path.join(scratch, "arwiki.jsonl")
    with gzip.open(ARWIKI, "rb") as file, open(corpus, "wb") as out:
        shutil.copyfileobj(file, out)
    with open(corpus, encoding="utf-8") as file:
        articles = [(a["id"], a["text"]) for a in map(json.loads, file)]
    texts = [text for _, text in articles]
    passages = list(passages_of(articles))
    size = sum(len(text.encode()) for text in texts)
    folder, base = (os.path.join(scratch, name) for name in ("i", "b.sqlite"))
    pairs = [(index(folder, corpus), index_by_sqlite(base, passages))
             for _ in range(RUNS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs))
    bare, bags = (os.path.join(scratch, name) for name in ("bare", "bags"))
    index(bare, corpus, "--no-text")
    index(bags, corpus, "--no-text", "--no-positions")

    figures.say(" ".join(__doc__.split("\n\n")[1].split()) + "\n")
    figures.start_table(f"an index of arwiki_text: {len(texts):,} articles, "
                        f"{size / MB:.1f} MB of text, one thread")
    figures.row("indexing", f"{size / MB / ours:.0f} MB/s", "≥ 20 MB/s",
                size / MB / ours >= 20)
    figures.row(f"SQLite FTS5 {sqlite3.sqlite_version}",
                f"{size / MB / theirs:.0f} MB/s, ours {theirs / ours:.1f} "
                "times as fast", "≥ 1.5 times", theirs / ours >= 1.5)
    figures.row("size with texts, of the text", f"{size_of(folder) / size:.2f}")
    figures.row("without texts", f"{size_of(bare) / size:.2f}")
    figures.row("without texts and positions", f"{size_of(bags) / size:.2f}",
                "≤ 0.25", size_of(bags) / size <= .25)
    for name, words, seed in (("2 to 6 words", (2, 6), 1),
                              ("100 words", (100, 100), 2)):
        path = os.path.join(scratch, f"{seed}.jsonl")
        write_queries(path, texts, words, seed)
        for how, options in (("words alone", ["--no-grams"]),
                             ("with grams", [])):
            each = milliseconds_a_query(folder, path, *options)
            figures.row(f"a query of {name}, {how}, mean of {QUERIES:,}",
                        f"{each:.2f} ms")
    print()


BENCHES = {"index": Bench(bench_index, [ARWIKI], TMPFS)}
