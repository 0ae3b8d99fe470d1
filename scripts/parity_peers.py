# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""parity_peers.py text|versions|sklearn|gensim ... - what peers make of the
same documents, and how far ours is from it; for scripts/check-parity, which
runs it with the Python of build/peers. Prints one object of JSON.

text TOOL SEED STRINGS FILE...   the tool's words against the peers' own
                                 analyzers: code points, random strings, files
sklearn FILE MATRIX OPTIONS      TfidfVectorizer(**OPTIONS) against MATRIX.npz
gensim FILE MATRIX OPTIONS       tokenize, Dictionary, TfidfModel(**OPTIONS)
                                 against the same

A FILE is JSONL with a "text"; of a matrix there are MATRIX.npz and
MATRIX.terms.tsv. Equal is: the same columns, entries in the same places, and
values that differ by little of the larger one. Peers are imported where they
are used: that takes longer than most of the work.
"""
import importlib.metadata
import itertools
import json
import platform
import random
import re
import subprocess
import sys
import unicodedata

import numpy
import scipy.sparse


def read(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            # U+FFFD to us: what JSON can say and UTF-8 cannot, and NUL.
            yield re.sub("[\0\ud800-\udfff]", "\ufffd",
                         json.loads(line)["text"])


def version(package):
    return importlib.metadata.version(package)


def versions():
    return {"python": f"Python {platform.python_version()} "
                      f"(Unicode {unicodedata.unidata_version})",
            "sklearn": version("scikit-learn"), "gensim": version("gensim")}


# ---- Text ----

def oracles():
    """By the tool's arguments."""
    from gensim.utils import tokenize
    from sklearn.feature_extraction.text import CountVectorizer

    def analyzer(**options):
        return CountVectorizer(**options).build_analyzer()

    return {
        "lower": lambda text: [text.lower()],
        "word": analyzer(),
        "alphabetic": lambda text: list(tokenize(text, lowercase=True)),
        "split": lambda text: [f" {word} " for word in text.lower().split()],
        "split 3 5": analyzer(analyzer="char_wb", ngram_range=(3, 5)),
        "split 1 9": analyzer(analyzer="char_wb", ngram_range=(1, 9)),
        "char 1 2": analyzer(analyzer="char", ngram_range=(1, 2)),
        "char 3 5": analyzer(analyzer="char", ngram_range=(3, 5)),
    }


def class_of(char):
    marks = "".join(str(int(bool(re.match(kind, char))))
                    for kind in (r"\w", r"\d", r"\s"))
    return " ".join([str(ord(char)), marks,
                     *(str(ord(c)) for c in char.lower())])


def compare_classes(tool):
    """Code points, how many of them differ, and how many more that this
    Python does not know yet."""
    done = subprocess.run([tool, "classes"], stdout=subprocess.PIPE,
                          check=True)
    lines = done.stdout.decode().splitlines()
    known = unknown = 0
    for line in lines:
        char = chr(int(line.split()[0]))
        if line != class_of(char):
            known += unicodedata.category(char) != "Cn"
            unknown += unicodedata.category(char) == "Cn"
    return {"compared": len(lines), "differ": known, "unknown": unknown}


LIKELY = ("aAbBzZ019_ \t\n\r\x00\x0b\x1c\x1f\x7f\x85\xa0'’.:·-,\u0301\u0345"
          "\u00ad\u200d\u2003\u2028\u3000İıIiΣΣσςΑαSſßẞKÅⅣⓐ²½٣३Ⅷ〇ªʰ"
          "كتابالعـَُِّۀЖжԱաꙊ𐐀𐐨𝟘𝕬🙂\ufffd\ud7ff\ufeff漢字かなקṩ")
PLANES = [c for c in map(chr, range(0x110000))
          if unicodedata.category(c) not in ("Cn", "Cs")]
BYTES = [b"\x80", b"\xc0\x80", b"\xc3", b"\xe2\x80", b"\xed\xa0\x80",
         b"\xf0\x9f\x98", b"\xf5", b"\xff", b"\xc4", b"\xce", b"\xf4\x90"]


def random_text(rng):
    """Bytes: mostly of LIKELY, in runs, at times not UTF-8."""
    pieces = []
    for _ in range(rng.choice((0, 1, 3, 10, 40, 150))):
        kind = rng.random()
        if kind < 0.7:
            piece = "".join(rng.choices(LIKELY, k=rng.randint(1, 6)))
        elif kind < 0.8:
            piece = rng.choice(LIKELY) * rng.randint(1, 70)
        elif kind < 0.95:
            piece = "".join(rng.choices(PLANES, k=rng.randint(1, 4)))
        else:
            piece = None
        pieces.append(piece.encode() if piece else rng.choice(BYTES))
    return b"".join(pieces)


def dress(text):
    return b"%d\n%s" % (len(text), text)


def answers(tool, rule, texts):
    """The tool's terms for each text."""
    done = subprocess.run([tool, *rule.split()], stdout=subprocess.PIPE,
                          input=b"".join(map(dress, texts)), check=True)
    said, at = done.stdout, 0

    def number():
        nonlocal at
        end = said.index(b"\n", at)
        value, at = int(said[at:end]), end + 1
        return value

    for _ in texts:
        terms = []
        for _ in range(number()):
            size = number()
            terms.append(said[at:at + size].decode())
            at += size
        yield terms
    assert at == len(said)


def compare_terms(tool, rule, oracle, texts):
    """Texts, how many of them differ, and the first that does."""
    compared = differ = 0
    example = None
    texts = iter(texts)
    while batch := list(itertools.islice(texts, 500)):
        for text, ours in zip(batch, answers(tool, rule, batch)):
            compared += 1
            theirs = oracle(text.decode(errors="replace"))
            if ours != theirs:
                differ += 1
                example = example or [repr(text), ours[:20], theirs[:20]]
    return {"compared": compared, "differ": differ, "example": example}


def text(tool, seed, strings, *files):
    rng = random.Random(int(seed))
    made = [random_text(rng) for _ in range(int(strings))]
    found = {"code points": compare_classes(tool)}
    for rule, oracle in oracles().items():
        found[f"random strings: {rule}"] = compare_terms(tool, rule, oracle,
                                                         made)
        for file in files:
            found[f"{file}: {rule}"] = compare_terms(
                tool, rule, oracle, (text.encode() for text in read(file)))
    return found


# ---- Matrices ----

ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def unescape(cell):
    return re.sub(r"\\(u([0-9a-f]{4})|.)",
                  lambda m: chr(int(m[2], 16)) if m[2] else ESCAPES[m[1]],
                  cell)


def load(matrix):
    with open(matrix + ".terms.tsv", encoding="utf-8", newline="\n") as file:
        head = file.readline().rstrip("\n").split("\t")
        column = head.index("term")
        terms = [unescape(line.rstrip("\n").split("\t")[column])
                 for line in file]
    return scipy.sparse.load_npz(matrix + ".npz").tocsr(), terms


def by_sklearn(path, options):
    from sklearn.feature_extraction.text import TfidfVectorizer
    if "ngram_range" in options:
        options["ngram_range"] = tuple(options["ngram_range"])
    vectorizer = TfidfVectorizer(**options)
    matrix = vectorizer.fit_transform(read(path))
    return matrix, list(vectorizer.get_feature_names_out())


def gensim_matrix(dictionary, rows):
    """Its columns are numbered by document, within one by code points; they
    come back in that order."""
    order = sorted(dictionary.token2id.items())
    place = {number: at for at, (_, number) in enumerate(order)}
    indices, values, ends = [], [], [0]
    for weights in rows:
        row = sorted((place[number], weight) for number, weight in weights)
        indices += [column for column, _ in row]
        values += [weight for _, weight in row]
        ends.append(len(indices))
    matrix = scipy.sparse.csr_matrix((values, indices, ends),
                                     (len(ends) - 1, len(order)))
    return matrix, [term for term, _ in order]


def by_gensim(path, options):
    """It may not forget any word (prune_at); what it makes of an empty
    document is nothing, but for smartirs="a..", which raises on one."""
    from gensim.corpora import Dictionary
    from gensim.models import TfidfModel
    from gensim.utils import tokenize
    dictionary = Dictionary((tokenize(text, lowercase=True)
                             for text in read(path)), prune_at=None)
    model = TfidfModel(dictionary=dictionary, **options)
    counts = (dictionary.doc2bow(tokenize(document, lowercase=True))
              for document in read(path))
    return gensim_matrix(dictionary, (model[count] if count else []
                                      for count in counts))


def largest_difference(ours, theirs):
    """Of two matrices with entries in the same places."""
    ours = ours.data.astype(numpy.float64)
    scale = numpy.maximum(abs(ours), abs(theirs.data))
    scale[scale == 0] = 1
    return float((abs(ours - theirs.data) / scale).max(initial=0))


def same_places(ours, theirs):
    return (ours.shape == theirs.shape
            and numpy.array_equal(ours.indptr, theirs.indptr)
            and numpy.array_equal(ours.indices, theirs.indices))


def compare(ours, our_terms, theirs, their_terms):
    found = {"rows": theirs.shape[0], "columns": len(their_terms),
             "entries": int(theirs.nnz), "why": None, "difference": None}
    extra = set(our_terms) - set(their_terms)
    lacking = set(their_terms) - set(our_terms)
    if ours.shape[0] != theirs.shape[0]:
        found["why"] = f"{ours.shape[0]} rows"
    elif extra or lacking:
        found["why"] = (f"{len(lacking)} columns lacking: "
                        f"{sorted(lacking)[:5]}, {len(extra)} too many: "
                        f"{sorted(extra)[:5]}")
    elif our_terms != their_terms or ours.shape[1] != len(our_terms):
        found["why"] = "columns in another order"
    else:
        ours.sort_indices()
        theirs.sort_indices()
        if same_places(ours, theirs):
            found["difference"] = largest_difference(ours, theirs)
        else:
            found["why"] = (f"entries in other places: {ours.nnz} of them, "
                            f"{int(((ours != 0) != (theirs != 0)).nnz)} "
                            "differ")
    return found


def matrix(by_peer, path, prefix, options):
    theirs = by_peer(path, json.loads(options))
    return compare(*load(prefix), *theirs)


WORK = {
    "versions": versions,
    "text": text,
    "sklearn": lambda *arguments: matrix(by_sklearn, *arguments),
    "gensim": lambda *arguments: matrix(by_gensim, *arguments),
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
