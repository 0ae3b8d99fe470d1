# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_reductions.py - peers that reduce a matrix, for bench_peers.py: the
seconds of the processor that a fit takes, and what is to be compared."""
import importlib.metadata
import time

RUNS = 3


def svd(matrix, k, iterations):
    from sklearn.decomposition import TruncatedSVD
    model = TruncatedSVD(k, algorithm="randomized", n_iter=iterations,
                         random_state=0)
    model.fit_transform(matrix)
    return lambda: {"values": model.singular_values_.tolist()}


def nmf(matrix, k, iterations):
    from sklearn.decomposition import NMF
    model = NMF(k, init="nndsvd", solver="cd", max_iter=iterations, tol=0,
                random_state=0)
    model.fit_transform(matrix)
    return lambda: {"loss": float(model.reconstruction_err_) ** 2}


def kmeans(matrix, k, iterations):
    import numpy
    from sklearn.cluster import KMeans
    model = KMeans(k, n_init=1, max_iter=iterations, random_state=0)
    model.fit(matrix)
    return lambda: {"score": float(sum(
        numpy.linalg.norm(matrix[model.labels_ == topic].sum(0))
        for topic in range(k)))}


def exact(matrix, k, _):
    from scipy.sparse.linalg import svds
    values = svds(matrix.astype("f8"), k, return_singular_vectors=False)
    return lambda: {"values": sorted(values.tolist(), reverse=True)}


def measure(what, path, k, iterations):
    """The classes are imported by what is timed, so that they are here."""
    import scipy.sparse
    import sklearn.cluster  # noqa: F401
    import sklearn.decomposition  # noqa: F401
    matrix = scipy.sparse.load_npz(path)
    seconds = []
    for _ in range(1 if what == "exact" else RUNS):
        start = time.process_time()
        tell = globals()[what](matrix, k, iterations)
        seconds.append(time.process_time() - start)
    return {"seconds": seconds, **tell(), "version":
            f"scikit-learn {importlib.metadata.version('scikit-learn')}"}
