# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_align.py - the bench of alignment: quotations of 10 to 60 words, a
tenth of their words changed, planted in articles, and who finds them.

Every article of one side is held against every article of the other. Ours is
the whole process on one thread. Peers are timed without reading: difflib's
SequenceMatcher on lowered words, without its junk, its blocks of 3 words or
more joined over gaps of 16 and kept from 8 words on; text-matcher as it comes,
but for its list of stop words, which it would have to download. It reads Latin
letters alone. How found, recall and precision are meant: scripts/measure-align.
"""
import json
import os
import random
import re
import subprocess
import sys
import time

import figures
import quotations
from bench_run import PEERS, ZUBDA, Bench, Failed, run

SETS = [("newsgroups20/dev.jsonl.gz", "English", 80),
        ("arwiki_text/dev.ar.jsonl.gz", "Arabic", 40)]
NEEDS = [os.path.join(figures.DATA, name) for name, _, _ in SETS]
SHARE, SEED, GAP, LEAST, BLOCK = .1, 1, 16, 8, 3


# ---- In a process of its own: the peers ----

def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def byte_at(text):
    """Byte of each character."""
    at, places = 0, []
    for letter in text:
        places.append(at)
        at += len(letter.encode())
    return places + [at]


def difflib_side(text):
    words = [(m.group().lower(), m.start(), m.end())
             for m in re.finditer(r"\w+", text)]
    return [word[0] for word in words], words


def joined(blocks):
    """Blocks of both sides, put together over small gaps."""
    runs = []
    for a, b, size in blocks:
        if size < BLOCK:
            continue
        last = runs[-1] if runs else None
        if last and a - last[1] <= GAP and b - last[3] <= GAP:
            runs[-1] = (last[0], a + size, last[2], b + size, last[4] + size)
        else:
            runs.append((a, a + size, b, b + size, size))
    return [one for one in runs if one[4] >= LEAST]


def by_difflib(sources, hosts):
    import difflib
    sides = [difflib_side(text) for text in sources]
    for target, host in enumerate(hosts):
        words, places = difflib_side(host)
        matcher = difflib.SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(words)
        for source, (tokens, _) in enumerate(sides):
            matcher.set_seq1(tokens)
            for one in joined(matcher.get_matching_blocks()):
                yield source, target, places[one[2]][1], places[one[3] - 1][2]


def by_text_matcher(sources, hosts):
    import contextlib
    from text_matcher.matcher import Matcher, Text
    with contextlib.redirect_stdout(sys.stderr):
        texts = [Text(text, str(i), False) for i, text in enumerate(sources)]
        others = [Text(text, str(i), False) for i, text in enumerate(hosts)]
        for target, other in enumerate(others):
            for source, text in enumerate(texts):
                found = Matcher(text, other, removeStopwords=False)
                for match in found.extended_matches:
                    span = found.getLocations(other, match.b,
                                              match.sizeB + 2)
                    if span:
                        yield source, target, span[0], span[1]


def ask_peer(name, a, b):
    sources, hosts = read(a), read(b)
    find = {"difflib": by_difflib, "text-matcher": by_text_matcher}[name]
    start = time.process_time()
    found = list(find(sources, hosts))
    seconds = time.process_time() - start
    places = [byte_at(text) for text in hosts]
    print(json.dumps({"seconds": seconds, "passages": [
        (source, target, places[target][start], places[target][end])
        for source, target, start, end in found]}))


# ---- Beside them ----

def peer(name, a, b):
    done = subprocess.run(
        [PEERS if os.path.exists(PEERS) else sys.executable, "-W", "ignore",
         os.path.abspath(__file__), name, a, b],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Failed(f"{name}: status {done.returncode}; "
                     f"`scripts/install-peers align`?")
    found = json.loads(done.stdout)
    return found["seconds"], [tuple(row) for row in found["passages"]]


def ours(_, a, b):
    out = b + ".out"
    _, seconds, _ = run(ZUBDA, "align", "-q", "-j1", "-f", "jsonl", "-o", out,
                        a, b)
    with open(out, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return seconds, [(int(row["a"]), int(row["b"]), row["b_start"],
                      row["b_end"]) for row in rows]


def row(name, ask, a, b, quotes, known, best):
    """A row; its seconds."""
    try:
        seconds, passages = ask(name, a, b)
    except Failed as problem:
        figures.missing(name, problem)
        return None
    quoted, right, found, hits = quotations.judge(quotes, passages, known)
    times = f", ours {seconds / best:,.0f} times as fast" if best else ""
    figures.row(name, f"{hits} of {len(quotes)}, recall {right / quoted:.3f}, "
                f"precision {right / max(1, found):.3f}, {seconds:.2f} "
                f"s{times}", command="" if best else "zubda align -j1 A B")
    return seconds


def bench_align(folder):
    figures.say_prose(__doc__, 1)
    for (name, language, size), path in zip(SETS, NEEDS):
        texts = quotations.articles(path, 2 * size)
        made, quotes = quotations.plant(texts[0::2], texts[1::2], size, SHARE,
                                        random.Random(SEED))
        a = os.path.join(folder, "a.jsonl")
        b = os.path.join(folder, "b.jsonl")
        quotations.write(a, texts[0::2])
        quotations.write(b, texts[1::2])
        known = {passage[:2] for passage in ours(None, a, b)[1]}
        quotations.write(b, made)
        figures.start_table(f"{size} articles against {size}, {language} "
                            f"({name.split('/', maxsplit=1)[0]}), "
                            f"{(os.path.getsize(a) + os.path.getsize(b)) / 1e6:.1f} MB")
        best = row("`zubda align`", ours, a, b, quotes, known, None)
        for other in ["difflib", "text-matcher"][:2 if language == "English"
                                                else 1]:
            row(other, peer, a, b, quotes, known, best)
        print()


BENCHES = {"align": Bench(bench_align, NEEDS)}


def main():
    ask_peer(*sys.argv[1:])


if __name__ == "__main__":
    main()
