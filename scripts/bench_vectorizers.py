# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_vectorizers.py - peers that make matrices, timed and weighed; for
scripts/bench_peers.py, and beside what --compat made of the same articles.

Texts are in memory, and neither reading them nor imports are timed. Memory is
what is resident at most while the first matrix is made, beyond what was when
the texts were there: as Python holds them, imports too.
"""
import resource
import time

import bench_corpora
import parity_peers


def by_sklearn(texts, options):
    from sklearn.feature_extraction.text import TfidfVectorizer
    if "ngram_range" in options:
        options = {**options, "ngram_range": tuple(options["ngram_range"])}
    vectorizer = TfidfVectorizer(**options)
    return vectorizer, vectorizer.fit_transform(texts)


def terms_of_sklearn(made):
    vectorizer, matrix = made
    return matrix, list(vectorizer.get_feature_names_out())


def by_gensim(texts, options):
    from gensim.corpora import Dictionary
    from gensim.models import TfidfModel
    from gensim.utils import tokenize
    documents = [list(tokenize(text, lowercase=True)) for text in texts]
    dictionary = Dictionary(documents, prune_at=None)
    counts = [dictionary.doc2bow(document) for document in documents]
    model = TfidfModel(counts, dictionary=dictionary, **options)
    return dictionary, [model[count] for count in counts]


def terms_of_gensim(made):
    dictionary, rows = made
    return parity_peers.gensim_matrix(dictionary, rows)


# The package, what is timed, and how its matrix and terms are had from it.
VECTORIZERS = {"sklearn": ("scikit-learn", by_sklearn, terms_of_sklearn),
               "gensim": ("gensim", by_gensim, terms_of_gensim)}


def resident():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def timed(work, texts, options, runs):
    """Seconds of each run, the peak after the first, and what came out."""
    seconds, most, made = [], None, None
    for _ in range(runs):
        made = None
        start = time.process_time()
        made = work(texts, options)
        seconds.append(time.process_time() - start)
        most = most or peak()
    return seconds, most, made


def measure(name, path, form, options, runs, ours):
    """`ours` is a matrix of --compat, as OURS.npz and OURS.terms.tsv."""
    package, work, terms_of = VECTORIZERS[name]
    work(["warm up", "warm"], options)
    texts = [text.decode(errors="replace")
             for text in bench_corpora.texts(path, form)]
    before = resident()
    seconds, most, made = timed(work, texts, options, runs)
    found = parity_peers.compare(*parity_peers.load(ours), *terms_of(made))
    return {**found, "version": f"{package} {parity_peers.version(package)}",
            "seconds": seconds, "beyond": most - before}
