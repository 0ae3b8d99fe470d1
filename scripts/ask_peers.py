#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""ask_peers.py PEER PASSAGES QUERIES FOLDER - an index of passages by another
engine, and queries asked of it, timed, for scripts/bench_index.py.

PASSAGES has one a line; QUERIES is an object of lists. Standard output gets JSON:
version, seconds for the index, and for each list those of each query. Seconds are
of the processor. Xapian has BM25, the Arabic stemmer and no positions, FTS5 its
BM25, positions and no stemmer, for it has none of Arabic; a query asks for the
ten best of those that have any word.
"""
import json
import os
import sqlite3
import sys
import time


def fts5(passages, folder):
    base = sqlite3.connect(os.path.join(folder, "fts5.sqlite"))
    start = time.process_time()
    base.execute("create virtual table a using fts5(text)")
    base.executemany("insert into a values (?)", ((p,) for p in passages))
    base.commit()
    taken = time.process_time() - start

    def ask(text):
        words = " OR ".join('"%s"' % word for word in
                            text.replace('"', " ").split())
        return base.execute("select rowid, rank from a where a match ?"
                            " order by rank limit 10", (words,)).fetchall()
    return sqlite3.sqlite_version, taken, ask


def xapian(passages, folder):
    import xapian as x
    path = os.path.join(folder, "xapian")
    start = time.process_time()
    base = x.WritableDatabase(path, x.DB_CREATE)
    maker = x.TermGenerator()
    maker.set_stemmer(x.Stem("arabic"))
    maker.set_stemming_strategy(x.TermGenerator.STEM_ALL)
    for passage in passages:
        document = x.Document()
        maker.set_document(document)
        maker.index_text_without_positions(passage)
        base.add_document(document)
    base.commit()
    base.close()
    taken = time.process_time() - start
    opened = x.Database(path)
    enquire = x.Enquire(opened)
    parser = x.QueryParser()
    parser.set_stemmer(x.Stem("arabic"))
    parser.set_stemming_strategy(x.QueryParser.STEM_ALL)
    parser.set_database(opened)

    def ask(text):
        enquire.set_query(parser.parse_query(text, 0))
        return [(hit.docid, hit.weight) for hit in enquire.get_mset(0, 10)]
    return x.version_string(), taken, ask


PEERS = {"fts5": fts5, "xapian": xapian}


def timed(ask, queries):
    for text in queries:
        start = time.process_time()
        ask(text)
        yield time.process_time() - start


def main():
    peer, passages, queries, folder = sys.argv[1:]
    with open(passages, encoding="utf-8") as lines:
        texts = [line.rstrip("\n") for line in lines]
    with open(queries, encoding="utf-8") as file:
        lists = json.load(file)
    version, taken, ask = PEERS[peer](texts, folder)
    for some in lists.values():
        for text in some[:20]:
            ask(text)
    print(json.dumps({"version": version, "seconds": taken, "queries": {
        name: list(timed(ask, some)) for name, some in lists.items()}}))


if __name__ == "__main__":
    main()
