# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_index.py - an index of passages beside SQLite's FTS5 and Xapian: how
fast it is made, how large it is, how long a query takes.

Seconds of the processor, on one thread. Peers get passages of a hundred words
that were cut beforehand, and their clock runs while they index; ours is the
whole process, which reads JSON, cuts and stems, and is told the language. FTS5
has no stemmer for Arabic; Xapian has, and here no positions. Queries are words
in a row of the corpus, asked in one process that has asked twenty before; median
and 90th percentile. A peer asks for the ten best that have any word, as zubda
does.
"""
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys

import figures
from bench_run import TMPFS, ZUBDA, Bench, Failed, build_tool, run

DATA = [os.path.join(figures.DATA, name) for name in
        ("arwiki_text/dev.ar.jsonl.gz", "arwiki_text/dev.arz.jsonl.gz",
         "arzwiki_text/train.jsonl.gz")]
# Where Debian's python3-xapian is; an environment of its own has none.
PYTHONS = ["/usr/bin/python3", sys.executable]
RUNS = 3
MB = 1e6

# name: words, queries asked of us, of each peer
QUERIES = {"short": ((2, 6), 1000, {"xapian": 1000, "fts5": 50}),
           "long": ((100, 100), 1000, {"xapian": 100, "fts5": 10})}
# what, how it is asked, most milliseconds
WAYS = [("2 to 6 words, words alone", "short", ["search", "words"], .25),
        ("2 to 6 words, with grams", "short", ["search"], 1.5),
        ("a whole passage, words alone", "long", ["related", "words"], None),
        ("a whole passage, with grams", "long", ["related"], 6)]


# ---- What is indexed and asked ----

def read_texts(path):
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def write_corpus(path, texts):
    with open(path, "w", encoding="utf-8") as out:
        for i, text in enumerate(texts):
            out.write(json.dumps({"id": str(i), "text": text}) + "\n")


def write_passages(path, texts):
    """A hundred words a line."""
    with open(path, "w", encoding="utf-8") as out:
        for words in map(str.split, texts):
            for at in range(0, len(words), 100):
                out.write(" ".join(words[at:at + 100]) + "\n")


def draw_queries(texts):
    """Of each kind: words in a row of an article that has so many."""
    drawn = {}
    for seed, (name, (words, count, _)) in enumerate(QUERIES.items()):
        dice = random.Random(seed)
        drawn[name] = []
        while len(drawn[name]) < count:
            text = dice.choice(texts).split()
            size = dice.randint(*words)
            if len(text) >= size:
                at = dice.randrange(len(text) - size + 1)
                drawn[name].append(" ".join(text[at:at + size]))
    return drawn


# ---- Peers ----

def has_xapian(python):
    return os.access(python, os.X_OK) and subprocess.run(
        [python, "-c", "import xapian"], stderr=subprocess.DEVNULL,
        check=False).returncode == 0


def peer_python(peer):
    if peer != "xapian":
        return sys.executable
    return next(filter(has_xapian, PYTHONS), None)


def ask_peer(peer, scratch, passages, drawn):
    """What ask_peers.py says; without queries the index alone."""
    folder = os.path.join(scratch, "peer")
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    asked = os.path.join(scratch, "asked.json")
    with open(asked, "w", encoding="utf-8") as out:
        json.dump({name: texts[:QUERIES[name][2][peer]]
                   for name, texts in drawn.items()}, out)
    done = subprocess.run([peer_python(peer), "scripts/ask_peers.py", peer,
                           passages, asked, folder], stdout=subprocess.PIPE,
                          check=False)
    if done.returncode:
        raise Failed(f"{peer}: status {done.returncode}")
    return json.loads(done.stdout)


# ---- Ours ----

def index(folder, corpus, *options):
    shutil.rmtree(folder, ignore_errors=True)
    return run(ZUBDA, "index", "-q", "-j1", *options, folder, corpus)[1]


def size_of(folder):
    return sum(os.path.getsize(os.path.join(folder, name))
               for name in os.listdir(folder))


def ask_ours(tool, folder, path, way):
    done = subprocess.run([tool, folder, path, *way], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode:
        raise Failed(f"ask_index: {done.stderr.decode().strip()}")
    return int(done.stderr), [float(t) for t in done.stdout.split()]


# ---- The rows ----

def shown(times):
    return (f"{statistics.median(times) * 1e3:.2f} ms, "
            f"{statistics.quantiles(times, n=10)[-1] * 1e3:.2f} ms")


def bench_making(scratch, texts):
    corpus, passages, folder = (os.path.join(scratch, name)
                                for name in ("a.jsonl", "passages", "index"))
    write_corpus(corpus, texts)
    write_passages(passages, texts)
    size = sum(len(text.encode()) for text in texts)
    rounds = [(index(folder, corpus, "--lang", "ar"),
               ask_peer("fts5", scratch, passages, {})) for _ in range(RUNS)]
    ours = statistics.median(taken for taken, _ in rounds)
    theirs = statistics.median(said["seconds"] for _, said in rounds)
    figures.start_table(f"an index of arwiki_text: {len(texts):,} articles, "
                        f"{size / MB:.1f} MB of text, one thread")
    figures.row("indexing", f"{size / MB / ours:.1f} MB/s", "≥ 20 MB/s",
                size / MB / ours >= 20)
    figures.row(f"SQLite FTS5 {rounds[0][1]['version']}",
                f"{size / MB / theirs:.1f} MB/s, ours {theirs / ours:.2f} "
                "times as fast", "≥ 1.5 times", theirs / ours >= 1.5)
    figures.row("size of the index, of the text",
                f"{size_of(folder) / size:.2f}")
    index(folder, corpus, "--lang", "ar", "--no-text")
    figures.row("without texts", f"{size_of(folder) / size:.2f}")
    index(folder, corpus, "--lang", "ar", "--no-text", "--no-positions")
    bare = size_of(folder) / size
    figures.row("without texts and positions", f"{bare:.3f}", "≤ 0.25",
                bare <= .25)
    print()


def bench_asking(scratch, texts):
    corpus, passages, folder = (os.path.join(scratch, name)
                                for name in ("a.jsonl", "passages", "index"))
    write_corpus(corpus, texts)
    write_passages(passages, texts)
    drawn = draw_queries(texts)
    index(folder, corpus, "--lang", "ar")
    tool = build_tool("ask_index", scratch)
    found = {}
    for what, kind, way, _ in WAYS:
        path = os.path.join(scratch, kind)
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(drawn[kind]) + "\n")
        count, found[what] = ask_ours(tool, folder, path, way)
    figures.start_table(f"ten best of {count:,} Arabic passages: median, 90th "
                        "percentile")
    for what, kind, _, most in WAYS:
        middle = statistics.median(found[what]) * 1e3
        figures.row(f"{what}, {len(found[what]):,} queries",
                    shown(found[what]), f"≤ {most} ms" if most else "",
                    not most or middle <= most)
    whole = statistics.median(found[WAYS[-1][0]])
    for peer in ("fts5", "xapian"):
        report_peer(peer, scratch, passages, drawn, whole)
    print()


def report_peer(peer, scratch, passages, drawn, whole):
    if not peer_python(peer):
        figures.missing(peer, "apt install python3-xapian")
        return
    said = ask_peer(peer, scratch, passages, drawn)
    name = f"{peer} {said['version']}"
    short, long = said["queries"]["short"], said["queries"]["long"]
    times = statistics.median(long) / whole
    least = 5 if peer == "xapian" else 0
    figures.row(f"{name}, 2 to 6 words, {len(short):,} queries", shown(short))
    figures.row(f"{name}, a whole passage, {len(long):,} queries",
                f"{shown(long)}; ours with grams {times:.1f} times as fast",
                f"≥ {least} times" if least else "", times >= least)


def bench_index(scratch):
    figures.say_prose(__doc__, 1)
    texts = read_texts(DATA[0])
    bench_making(scratch, texts)
    for path in DATA[1:]:
        texts += read_texts(path)
    bench_asking(scratch, texts)


BENCHES = {"index": Bench(bench_index, DATA, TMPFS)}
