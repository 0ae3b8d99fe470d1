#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_duplicates.py [found] [short] [peer] [widths] [boilerplate] - what `zubda duplicates` finds
and what it takes, as Markdown; all of it without names.

found  articles of newsgroups20 and arwiki_text with doubles of which 0, 5, 10,
       20 and 40 % of the words were changed, against the exact Jaccard index
       of all pairs
short  a million short records: time and memory, and the same bytes on 1, 2 and
       7 threads, with and without --memory
peer   the same articles beside datasketch, on one thread
widths the index of unrelated articles, and of doubles with some words changed,
       for shingles of some widths
boilerplate  near duplicates among articles that share most of their words

The seeds are fixed. Time is that of the processor. The peer is given shingles
that are made already, as sets of bytes, and is timed without making them.
"""
import collections
import gzip
import hashlib
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
import figures  # noqa: E402
from bench_run import PEERS, ZUBDA, Bench, run  # noqa: E402

NEWS = figures.DATA + "/newsgroups20/dev.jsonl.gz"
ARWIKI = figures.DATA + "/arwiki_text/dev.ar.jsonl.gz"
RATES = [0, .05, .05, .10, .20, .40, .02, .03, .04]
ARTICLES = 600  # of each set, at most
WORDS = 400     # of each, at most
SHORT = 1_000_000
WIDTH = 3


def texts(path):
    """Words of each article, marks apart from them: a word that goes on over
    a full stop is one for `duplicates` and two for `segment`, which cuts
    sentences first."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield re.sub(r"([^\w\s]+)", r" \1 ",
                         json.loads(line)["text"]).split()


def plant(path):
    """Each article and a double of it for each rate."""
    dice = random.Random(6)
    with open(path, "w", encoding="utf-8") as out:
        for name, source in (("news", NEWS), ("arwiki", ARWIKI)):
            articles = list(itertools.islice(
                (words[:WORDS] for words in texts(source)
                 if len(words) >= 20), ARTICLES))
            stock = [word for words in articles for word in words]
            for i, words in enumerate(articles):
                for j, rate in enumerate([None, *RATES]):
                    changed = [dice.choice(stock)
                               if dice.random() < (rate or 0) else word
                               for word in words]
                    out.write(json.dumps(
                        {"id": f"{name}-{i}-{j}", "text": " ".join(changed)},
                        ensure_ascii=False) + "\n")


def shingles(path):
    """The sets that zubda compares, of words as it cuts and folds them."""
    done = subprocess.run(
        [ZUBDA, "segment", "--unit", "word", "--fold", "--lang", "und", "-f",
         "jsonl", path], stdout=subprocess.PIPE, check=True)
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        words = [unit["folded"] for unit in answer["units"]
                 if unit["folded"]]
        width = min(WIDTH, len(words))
        yield answer["id"], frozenset(
            zip(*(words[i:] for i in range(width)))) if words else frozenset()


def similar(sets, least):
    """All pairs of an index of `least` or more: an exact join by prefixes.
    Sets of that index share one of the rarest few of either."""
    names = list(sets)
    df = collections.Counter(s for one in sets.values() for s in one)
    index = collections.defaultdict(list)
    found = {}
    for place, name in enumerate(names):
        one = sets[name]
        prefix = sorted(one, key=lambda s: (df[s], s))
        prefix = prefix[:len(one) - int(-(-least * len(one) // 1)) + 1]
        for other in {o for s in prefix for o in index[s]}:
            common = len(one & sets[names[other]])
            jaccard = common / (len(one) + len(sets[names[other]]) - common)
            if jaccard >= least:
                found[frozenset((name, names[other]))] = jaccard
        for s in prefix:
            index[s].append(place)
    return found


def pairs_of(path, *options):
    done = subprocess.run([ZUBDA, "duplicates", "-q", "--pairs", "-f", "jsonl",
                           *options, path], stdout=subprocess.PIPE, check=True)
    return {frozenset((p["a"], p["b"])): p["jaccard"]
            for p in map(json.loads, done.stdout.splitlines())}


def with_twins(pairs, sets):
    """Of articles of one text only pairs with the first are listed: those
    that follow from them are pairs, too."""
    groups = collections.defaultdict(list)
    for name, one in sets.items():
        groups[one].append(name)
    out = dict(pairs)
    for pair, jaccard in pairs.items():
        a, b = tuple(pair)
        for x, y in itertools.product(groups[sets[a]], groups[sets[b]]):
            if x != y:
                out[frozenset((x, y))] = jaccard
    return out


def bench_found(scratch):
    path = scratch + "/planted.jsonl"
    plant(path)
    sets = dict(shingles(path))
    truth = similar(sets, .5)
    command = "scripts/bench_duplicates.py found"
    figures.start_table(f"{len(sets):,} articles, "
                        f"{len(truth):,} pairs of J ≥ .5")
    for threshold in (.8, .9, .7, .6):
        got = with_twins(pairs_of(path, "--threshold", str(threshold)), sets)
        true = {p for p, j in truth.items() if j >= threshold}
        at = {p for p in true if truth[p] < threshold + .05}
        recall = len(true & got.keys()) / len(true)
        figures.at_least(f"recall of {len(true):,} pairs, J ≥ {threshold}",
                         recall, .99, "{:.4f}", command)
        figures.row(f"— of {len(at):,} below {threshold + .05:.2f}",
                    f"{len(at & got.keys()) / len(at):.4f}")
        figures.at_most("pairs below the threshold",
                        sum(truth.get(p, 0) < threshold for p in got), 0, "{}")
        figures.at_most("indices that are not the exact ones",
                        sum(abs(truth.get(p, 0) - j) > 1e-12
                            for p, j in got.items()), 0, "{}")
    print()


def write_short(path):
    """Windows of 10 to 30 words of newsgroups; each tenth is the one before it
    with up to two words changed."""
    dice = random.Random(1)
    stock = [word for words in texts(NEWS) for word in words]
    with open(path, "w", encoding="utf-8") as out:
        words = []
        for i in range(SHORT):
            if i % 10 != 9:
                start = dice.randrange(len(stock) - 30)
                words = stock[start:start + dice.randint(10, 30)]
            else:
                for _ in range(dice.randint(0, 2)):
                    words[dice.randrange(len(words))] = dice.choice(stock)
            out.write(json.dumps({"id": i, "text": " ".join(words)}) + "\n")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bench_short(scratch):
    path, out = scratch + "/short.jsonl", scratch + "/out"
    subprocess.run([sys.executable, __file__, "write-short", path], check=True)
    figures.start_table(f"{SHORT:,} short records, "
                        f"{os.path.getsize(path) / 1e6:.0f} MB")
    digests = set()
    for options in (["-j1"], ["-j1", "--memory", "512M"],
                    ["-j1", "--memory", "64M"], ["-j2"],
                    ["-j7", "--memory", "256M"]):
        _, seconds, peak = run(ZUBDA, "duplicates", "-q", "-f", "tsv",
                               *options, path, output=out)
        digests.add(digest(out))
        figures.row("`" + " ".join(options) + "`",
                    f"{seconds:.1f} s, {peak / 2**20:.0f} MiB", "≤ 1024 MiB",
                    peak <= 2**30, "scripts/bench_duplicates.py short")
    figures.at_most("answers that differ", len(digests) - 1, 0, "{}")
    print()


def peer(path, threshold):
    """datasketch over lines of shingles; prints seconds and pairs."""
    from datasketch import MinHash, MinHashLSH
    with open(path, encoding="utf-8") as file:
        sets = {one["id"]: [s.encode() for s in one["set"]]
                for one in map(json.loads, file)}
    start = time.process_time()
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    found = 0
    for name, one in sets.items():
        sketch = MinHash(num_perm=128)
        sketch.update_batch(one)
        found += len(lsh.query(sketch))
        lsh.insert(name, sketch)
    print(json.dumps([time.process_time() - start, found]))


def bench_peer(scratch):
    path = scratch + "/planted.jsonl"
    lines = scratch + "/sets.jsonl"
    plant(path)
    sets = {name: one for name, one in shingles(path) if one}
    with open(lines, "w", encoding="utf-8") as out:
        for name, one in sets.items():
            out.write(json.dumps({"id": name, "set": sorted(
                " ".join(s) for s in one)}) + "\n")
    _, ours, _ = run(ZUBDA, "duplicates", "-q", "-j1", "--pairs", "-f", "tsv",
                     path)
    figures.start_table(f"{len(sets):,} articles, one thread")
    figures.row("`zubda duplicates`, all of it",
                f"{len(sets) / ours:,.0f} articles/s", "", True,
                "scripts/bench_duplicates.py peer")
    done = subprocess.run([PEERS, __file__, "datasketch", lines, ".8"],
                          stdout=subprocess.PIPE, check=False)
    if done.returncode:
        figures.missing("datasketch", "it is not in build/peers")
        return
    seconds, found = json.loads(done.stdout)
    figures.row(f"datasketch, 128 numbers, {found:,} candidates, not verified",
                f"{len(sets) / seconds:,.0f} articles/s, "
                f"ours {seconds / ours:.1f} times")
    print()


def index(a, b):
    common = len(a & b)
    return common / (len(a) + len(b) - common)


def shingled(words, width):
    return set(zip(*(words[i:] for i in range(width))))


def widths_of(source, width):
    dice = random.Random(3)
    with gzip.open(source, "rt", encoding="utf-8") as file:
        articles = (json.loads(line)["text"].split() for line in file)
        articles = list(itertools.islice(
            (words[:300] for words in articles if len(words) >= 30), 1500))
    stock = [word for words in articles for word in words]
    sets = [shingled(words, width) for words in articles]
    unrelated = sorted(index(*dice.sample(sets, 2)) for _ in range(50000))
    figures_of = [f"{unrelated[len(unrelated) * 99 // 100]:.3f}"]
    for rate in (.02, .05, .10, .20):
        values = sorted(index(one, shingled(
            [dice.choice(stock) if dice.random() < rate else word
             for word in words], width))
            for words, one in zip(articles[:400], sets))
        figures_of.append(f"{values[len(values) // 2]:.2f}")
    return ", ".join(figures_of)


def bench_widths(_):
    figures.start_table("99 of 100 unrelated pairs are below; medians of "
                        "doubles with 2, 5, 10, 20 % changed")
    for width in (1, 2, 3, 5, 8):
        for name, source in (("news", NEWS), ("arwiki", ARWIKI)):
            figures.row(f"{width} words, {name}", widths_of(source, width),
                        command="scripts/bench_duplicates.py widths")
    print()


def bench_boilerplate(scratch):
    path = scratch + "/boilerplate.jsonl"
    figures.start_table("2,000 near duplicates among 50,000 articles")
    dice = random.Random(5)
    for share in (.5, .7, .8):
        common = int(60 * share)
        shared = [f"w{dice.randrange(50000)}" for _ in range(common)]
        articles = [shared + [f"w{dice.randrange(50000)}"
                              for _ in range(60 - common)]
                    for _ in range(50000)]
        wanted = set()
        for i in range(2000):
            words = list(articles[i])
            words[dice.randrange(common)] = f"w{dice.randrange(50000)}"
            words[dice.randrange(common, 60)] = f"w{dice.randrange(50000)}"
            if index(shingled(words, 3), shingled(articles[i], 3)) >= .8:
                wanted.add(frozenset((str(i), str(len(articles)))))
            articles.append(words)
        with open(path, "w", encoding="utf-8") as out:
            for i, words in enumerate(articles):
                out.write(json.dumps({"id": i, "text": " ".join(words)})
                          + "\n")
        found = len(wanted & pairs_of(path).keys()) / len(wanted)
        figures.row(f"{share:.0%} of the words are the same in all",
                    f"{found:.4f} of {len(wanted):,} found",
                    command="scripts/bench_duplicates.py boilerplate")
    print()


BENCHES = {"found": Bench(bench_found, [NEWS, ARWIKI]),
           "short": Bench(bench_short, [NEWS]),
           "peer": Bench(bench_peer, [NEWS, ARWIKI]),
           "widths": Bench(bench_widths, [NEWS, ARWIKI]),
           "boilerplate": Bench(bench_boilerplate, [])}


def main():
    os.chdir(figures.ROOT)
    if sys.argv[1:2] == ["write-short"]:
        return write_short(sys.argv[2])
    if sys.argv[1:2] == ["datasketch"]:
        return peer(sys.argv[2], float(sys.argv[3]))
    for name in sys.argv[1:] or BENCHES:
        with tempfile.TemporaryDirectory(prefix="zubda-bench.") as scratch:
            BENCHES[name].work(scratch)


if __name__ == "__main__":
    main()
