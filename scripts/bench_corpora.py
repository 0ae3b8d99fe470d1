# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_corpora.py - the corpora that counting is measured on, unpacked.

Records keep their id and text alone: a title or a label would be text to one
program and not to another. Everything streams: what this process holds would
count as the peak of those it starts.
"""
import gzip
import itertools
import json
import os
import shutil
from collections import namedtuple

import figures

# A file: its name in rows, language, form ("text", "lines", "jsonl"), what the
# command needs to read it so, articles, bytes of text, and those of its
# longest article.
Corpus = namedtuple("Corpus", "name lang form path options articles size "
                    "longest")

BOOKS = figures.DATA + "/english_books/dev.txt.gz"
NEWS = figures.DATA + "/newsgroups20/dev.jsonl.gz"
WIKIPEDIA = figures.DATA + "/arwiki_text/dev.ar.jsonl.gz"

DATA = [BOOKS, NEWS, WIKIPEDIA]

LINES = "english_books, a line an article"

# Name: language, form, data.
SOURCES = {"english_books": ("en", "text", BOOKS),
           LINES: ("en", "lines", BOOKS),
           "newsgroups20": ("en", "jsonl", NEWS),
           "arwiki_text": ("ar", "jsonl", WIKIPEDIA)}


def texts(path, form):
    """The texts of an unpacked file, as bytes, in order."""
    with open(path, "rb") as file:
        if form == "text":
            yield file.read()
        elif form == "lines":
            yield from (line.rstrip(b"\n") for line in file if line.strip())
        else:
            yield from (json.loads(line)["text"].encode() for line in file)


def measured(name, lang, form, path):
    """A text file is not read here: its bytes are its text."""
    if form == "text":
        sizes = [os.path.getsize(path)]
    else:
        sizes = [len(text) for text in texts(path, form)]
    options = ["--from", "lines"] if form == "lines" else []
    return Corpus(name, lang, form, path, options, len(sizes), sum(sizes),
                  max(sizes))


def write_records(file, out):
    for line in file:
        record = {key: json.loads(line)[key] for key in ("id", "text")}
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def unpack(name, folder):
    lang, form, data = SOURCES[name]
    suffix = ".jsonl" if form == "jsonl" else ".txt"
    path = os.path.join(folder, name.split(",")[0] + suffix)
    with gzip.open(data) as file, open(path, "wb") as out:
        if form == "jsonl":
            write_records(file, out)
        else:
            shutil.copyfileobj(file, out)
    return measured(name, lang, form, path)


def beginning(corpus, most):
    """The first lines of a corpus, of so many bytes or a line more."""
    if corpus.size <= most:
        return corpus
    stem, suffix = os.path.splitext(corpus.path)
    path = f"{stem}.{most / 1e6:.0f}MB{suffix}"
    with open(corpus.path, "rb") as file, open(path, "wb") as out:
        out.writelines(itertools.takewhile(
            lambda _: out.tell() < most, file))
    return measured(corpus.name, corpus.lang, corpus.form, path)


def zipped(corpus):
    path = corpus.path + ".gz"
    with open(corpus.path, "rb") as file, gzip.open(path, "wb", 6) as out:
        shutil.copyfileobj(file, out)
    return corpus._replace(path=path)


def with_ordered_ids(corpus):
    """As records whose ids ascend with the articles."""
    path = os.path.splitext(corpus.path)[0] + ".ordered.jsonl"
    with open(path, "wb") as out:
        for at, text in enumerate(texts(corpus.path, corpus.form)):
            record = {"id": f"{at:09d}", "text": text.decode()}
            out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return corpus._replace(path=path, form="jsonl", options=[])


def one_word(folder, corpus):
    """An article of one word, read as those of a corpus are."""
    suffix = ".jsonl" if corpus.form == "jsonl" else ".txt"
    path = os.path.join(folder, "word" + suffix)
    with open(path, "wb") as file:
        file.write(b'{"id": "1", "text": "word"}\n'
                   if corpus.form == "jsonl" else b"word\n")
    return measured("one word", corpus.lang, corpus.form, path)


def write_distinct(folder, count, words=100):
    """So many terms that stand once each, in articles of so many words."""
    path = os.path.join(folder, "distinct.txt")
    with open(path, "w", encoding="ascii") as out:
        for first in range(0, count, words):
            out.write(" ".join(f"q{at * 7919 % count:08d}" for at in
                               range(first, first + words)) + "\n")
    return measured(f"{count:,} distinct terms", "en", "lines", path)
