# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
"""quotations.py - articles with quotations of others in them, and how much of
these was found: for measure-align and bench_align.py."""
import collections
import gzip
import json
import re

WORD = re.compile(r"\S+")

Quote = collections.namedtuple("Quote", "source target start end")


def articles(path, most):
    """Texts of 150 words or more, each once."""
    opened = gzip.open if path.endswith(".gz") else open
    found, seen = [], set()
    with opened(path, "rt", encoding="utf-8") as file:
        for line in file:
            text = json.loads(line).get("text", "")
            if text[:200] in seen or len(text.split()) < 150:
                continue
            seen.add(text[:200])
            found.append(text)
            if len(found) == most:
                break
    return found


def edit(words, share, pool, draw):
    out = []
    for word in words:
        kind = draw.randrange(3) if draw.random() < share else None
        if kind == 0:
            continue
        if kind == 1:
            out.append(draw.choice(pool))
        elif kind == 2:
            out += [draw.choice(pool), word]
        else:
            out.append(word)
    return out


def plant(sources, hosts, quotes, share, draw):
    """Hosts with quotations in them, and where these stand, in bytes."""
    pool = [word for text in sources[:200] for word in text.split()]
    made, where = [], []
    for target, host in enumerate(hosts):
        if target >= quotes:
            made.append(host)
            continue
        source = draw.randrange(len(sources))
        words = sources[source].split()
        size = draw.randint(10, 60)
        at = draw.randrange(len(words) - size)
        quoted = " ".join(edit(words[at:at + size], share, pool, draw))
        cut = draw.choice([m.end() for m in WORD.finditer(host)])
        before = len((host[:cut] + " ").encode())
        made.append(host[:cut] + " " + quoted + host[cut:])
        where.append(Quote(source, target, before,
                           before + len(quoted.encode())))
    return made, where


def write(path, texts):
    with open(path, "w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            json.dump({"id": str(number), "text": text}, file,
                      ensure_ascii=False)
            file.write("\n")


def covered(spans):
    """Bytes that some of the spans hold."""
    total = end = 0
    for start, stop in sorted(spans):
        total += max(0, stop - max(start, end))
        end = max(end, stop)
    return total


def judge(quotes, passages, known):
    """(bytes quoted, of them covered, bytes found, quotations found)."""
    quoted, right, found, hits = 0, 0, 0, 0
    by_pair = collections.defaultdict(list)
    for source, target, start, end in passages:
        by_pair[source, target].append((start, end))
    for quote in quotes:
        size = quote.end - quote.start
        spans = by_pair.get((quote.source, quote.target), [])
        cut = covered([(max(s, quote.start), min(e, quote.end))
                       for s, e in spans
                       if s < quote.end and quote.start < e])
        quoted += size
        right += cut
        hits += 2 * cut >= size
    at = {q.target: q for q in quotes}
    for (source, target), spans in by_pair.items():
        quote = at.get(target)
        if (source, target) in known or (quote and quote.source != source):
            is_quote = quote is not None and quote.source == source
            spans = [s for s in spans
                     if (quote and s[0] < quote.end and quote.start < s[1]) ==
                     is_quote and (is_quote or (source, target) not in known)]
        found += covered(spans)
    return quoted, right, found, hits
