# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_summaries.py - benches of `zubda summarize`: many articles, a long one,
a stream of them."""
import gzip
import itertools
import json
import os
import subprocess

import figures
from bench_run import (Bench, FULL, MIB, RUNS, ZUBDA, apart, count_lines,
                       peer_rows, peers, run, runs, shown)

EASC = figures.DATA + "/easc/dev.jsonl"
WIKIPEDIA = figures.DATA + "/arwiki_text/dev.ar.jsonl.gz"


def check_summaries(path, articles_path, count):
    """Every summary is sentences of its article, and not none."""
    with open(path, encoding="utf-8") as out, \
            open(articles_path, encoding="utf-8") as articles:
        pairs = list(zip(map(json.loads, out), map(json.loads, articles)))
    assert len(pairs) == count, f"{len(pairs)} of {count} summaries"
    for summary, article in pairs:
        assert summary["id"] == article["id"] and summary["sentences"]
        for sentence in summary["sentences"]:
            assert sentence["text"] in article["text"], article["id"]


def add_sentences(articles_path, path):
    """The articles, and in a field the sentences that zubda finds."""
    done = subprocess.run([ZUBDA, "segment", "--keep-text", "--format",
                           "jsonl", articles_path], stdout=subprocess.PIPE,
                          check=True)
    with open(path, "w", encoding="utf-8") as file:
        for line in done.stdout.splitlines():
            record = json.loads(line)
            record["sentences"] = [unit["text"] for unit in record["units"]]
            file.write(json.dumps({key: record[key] for key in
                                   ("id", "text", "sentences")}) + "\n")


def write_long(path, sentences_path, count):
    """Wikipedia's articles as one of so many sentences."""
    segment = subprocess.Popen([ZUBDA, "segment", "--lang", "ar",
                                "--keep-text", "--format", "jsonl",
                                WIKIPEDIA], stdout=subprocess.PIPE)
    texts, sentences = [], []
    for line in segment.stdout:
        record = json.loads(line)
        units = record["units"][:count - len(sentences)]
        if units:
            texts.append(record["text"][:units[-1]["cp_end"]])
            sentences += [unit["text"] for unit in units]
        if len(sentences) == count:
            break
    segment.kill()
    segment.wait()
    article = {"id": "long", "lang": "ar", "text": "\n\n".join(texts)}
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(article, ensure_ascii=False) + "\n")
    with open(sentences_path, "w", encoding="utf-8") as file:
        file.write(json.dumps({**article, "sentences": sentences}) + "\n")


def check_long(path, article_path, count):
    check_summaries(path, article_path, 1)
    with open(path, encoding="utf-8") as file:
        seen = json.load(file)["stats"]["sentences"]
    assert abs(seen - count) <= count / 100, f"{seen} sentences, not {count}"


def repeated_lines(path):
    while True:
        with gzip.open(path) as file:
            yield from file


def write_stream(path, count):
    with open(path, "wb") as file:
        file.writelines(itertools.islice(repeated_lines(WIKIPEDIA), count))


def bench_summaries(scratch):
    many, out = scratch + "/easc.jsonl", scratch + "/out.jsonl"
    with open(EASC, "rb") as file:
        articles = file.read()
    with open(many, "wb") as file:
        file.write(articles * 20)
    count = articles.count(b"\n")
    command = [ZUBDA, "summarize", "--threads", "1", "--format", "jsonl"]
    run(*command, EASC, output=out)
    apart(check_summaries, out, EASC, count)
    ours, again = (times * count / runs(*command, path)[0]
                   for times, path in ((1, EASC), (20, many)))
    figures.start_table(f"summaries of {count} articles of EASC, 3 sentences "
                        "each, one thread")
    figures.at_least(f"`auto` ({count} of {count} right)", ours, 1000,
                     "{:,.0f} articles/s", shown(*command, EASC))
    figures.row("the same, the set 20 times in one file",
                f"{again:,.0f} articles/s")
    apart(add_sentences, EASC, scratch + "/sentences.jsonl")
    peer_rows(peers("summaries", scratch + "/sentences.jsonl"), count,
              "articles/s", ours)
    print()


def bench_long(scratch):
    figures.start_table("one long article, one thread")
    article, out = scratch + "/long.jsonl", scratch + "/out.jsonl"
    sentences = scratch + "/sentences.jsonl"
    for count, methods, times in ((2000, ["lexrank", "textrank", "auto"],
                                   RUNS),
                                  (100000, ["lexrank", "auto"], 1)):
        apart(write_long, article, sentences, count)
        for method in methods:
            command = [ZUBDA, "summarize", "--threads", "1", "--format",
                       "jsonl", "--method", method, article]
            run(*command, output=out)
            apart(check_long, out, article, count)
            seconds, peak = runs(*command, times=times)
            asked = count == 2000 and method == "lexrank"
            figures.row(f"`{method}`, {count:,} sentences",
                        f"{seconds:.2f} s, {peak / MIB:.0f} MiB",
                        "≤ 0.30 s, ≤ 60 MiB" if asked else "it ends",
                        not asked or (seconds <= .3 and peak <= 60 * MIB),
                        shown(*command[:-1], "long.jsonl"))
            for name, one in (peers("long", sentences, "LexRank").items()
                              if asked else ()):
                taken = one["seconds"][0]
                figures.row(f"{name} ({one['right']} of 1 right)",
                            f"{taken:.1f} s, {one['peak'] / MIB:.0f} MiB,"
                            f" ours {taken / seconds:,.0f} times as fast")
    print()


def bench_memory(scratch):
    count = 100000 if FULL else 10000
    many = scratch + "/stream.jsonl"
    apart(write_stream, many, count)
    size = os.path.getsize(many)
    command = [ZUBDA, "summarize", "--threads", "2", "--format", "jsonl"]
    seconds, _, peak = run(*command, many, output=scratch + "/out.jsonl")
    summaries = count_lines(scratch + "/out.jsonl")
    assert summaries == count, f"{summaries} of {count} summaries"
    figures.start_table(f"a stream of {count:,} articles, {size / 1e9:.2f} GB"
                        ", two threads")
    figures.at_most("peak of memory", peak / MIB, 100, "{:.0f} MiB",
                    shown(*command, "stream.jsonl"))
    figures.row("speed", f"{count / seconds:,.0f} articles/s, "
                f"{size / seconds / 1e6:.1f} MB/s")
    print()


BENCHES = {"summaries": Bench(bench_summaries, [EASC]),
           "long": Bench(bench_long, [WIKIPEDIA]),
           "memory": Bench(bench_memory, [WIKIPEDIA])}
