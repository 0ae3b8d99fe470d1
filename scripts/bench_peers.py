# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""bench_peers.py summaries|long|language|matrix|algebra ... - what peers take,
for scripts/bench, which runs it with the Python of build/peers.

sumy gets sentences cut by zubda and words by \\w+, neither of them timed, its
own stemmer and stop list; summa gets text. Imports are not timed either. Each
prints one object of JSON: by name the seconds of each run and what came out.
"""
import importlib
import importlib.metadata
import json
import re
import resource
import sys
import time

sys.dont_write_bytecode = True
RUNS = 3
SENTENCES = 3
METHODS = {"LexRank": "lex_rank", "TextRank": "text_rank", "Luhn": "luhn",
           "LSA": "lsa", "Reduction": "reduction", "SumBasic": "sum_basic",
           "KL": "kl"}


class Words:
    """The tokenizer that sumy asks for, without the download of NLTK's."""

    def to_words(self, sentence):
        return tuple(re.findall(r"\w+", sentence))


def version(package):
    return f"{package} {importlib.metadata.version(package)}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def sumy_document(sentences):
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
    words = Words()
    return ObjectDocumentModel([Paragraph(
        [Sentence(sentence, words) for sentence in sentences])])


def sumy_summarizer(method):
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words
    module = importlib.import_module("sumy.summarizers." + METHODS[method])
    summarizer = getattr(module, {"LSA": "Lsa", "KL": "KL"}.get(method, method)
                         + "Summarizer")(Stemmer("arabic"))
    summarizer.stop_words = get_stop_words("arabic")
    return summarizer


def timed(work, items, runs=RUNS):
    """Seconds of the processor of each run over all items, failures, and the
    last results."""
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        results, failures = [], 0
        for item in items:
            try:
                results.append(work(item))
            except Exception:  # what a peer cannot do is counted
                results.append(None)
                failures += 1
        seconds.append(time.process_time() - start)
    return seconds, failures, results


def sumy_works(summarizer):
    return lambda sentences: [
        str(sentence) for sentence
        in summarizer(sumy_document(sentences), SENTENCES)]


def check(results, articles):
    """How many summaries are sentences of their article, and not none."""
    return sum(bool(result) and all(sentence in article["text"]
                                    for sentence in result)
               for result, article in zip(results, articles))


def summaries(path):
    from summa.summarizer import summarize
    articles = read(path)
    jobs = {f"{version('sumy')} {method}": (
        sumy_works(sumy_summarizer(method)),
        [article["sentences"] for article in articles]) for method in METHODS}
    jobs[version("summa") + " TextRank"] = (
        lambda text: summarize(text, language="arabic", split=True),
        [article["text"] for article in articles])
    found = {}
    for name, (work, items) in jobs.items():
        seconds, failures, results = timed(work, items)
        found[name] = {"seconds": seconds, "failures": failures,
                       "right": check(results, articles)}
    return found


def long(path, method):
    """One article; a process of its own, so that the peak is its own."""
    article, = read(path)
    work = sumy_works(sumy_summarizer(method))
    seconds, failures, results = timed(work, [article["sentences"]], 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {f"{version('sumy')} {method}": {
        "seconds": seconds, "failures": failures, "peak": peak,
        "right": check(results, [article])}}


def language(path):
    from lingua import LanguageDetectorBuilder
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t", 1) for line in file]
    detector = (LanguageDetectorBuilder.from_all_languages()
                .with_preloaded_language_models().build())
    seconds, failures, results = timed(detector.detect_language_of,
                                       [text for _, text in rows])
    return {version("lingua-language-detector"): {
        "seconds": seconds, "failures": failures, "right": sum(
            found is not None and found.iso_code_639_1.name.lower() == lang
            for found, (lang, _) in zip(results, rows))}}


def matrix(name, path, form, options, runs, ours):
    import bench_vectorizers
    return bench_vectorizers.measure(name, path, form, json.loads(options),
                                     int(runs), ours)


def algebra(what, path, k, iterations):
    import bench_reductions
    return bench_reductions.measure(what, path, int(k), int(iterations))


def main():
    benches = {"summaries": summaries, "long": long, "language": language,
               "matrix": matrix, "algebra": algebra}
    print(json.dumps(benches[sys.argv[1]](*sys.argv[2:])))


main()
