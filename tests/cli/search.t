#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# zubda search, as a user meets it.
. tests/tap.sh
. tests/cli/passages.sh

zubda index -q "$I" "$scratch/a.jsonl"

finds_words_as_text() {
    zubda search "$I" old house >"$scratch/a" &&
        zubda search "$I" 'old house' >"$scratch/b" &&
        cmp "$scratch/a" "$scratch/b" && grep -q 'mice through' "$scratch/a"
}

is_json() {
    zubda search "$I" mice --json -e >"$scratch/out" &&
        python3 -c '
import json, sys
answer = json.load(open(sys.argv[1]))
hit = answer["hits"][0]
assert answer["query"] == "mice" and hit["id"] == "cats", answer
assert hit["passage"] == 0 and hit["start"] == 0 and hit["end"] == 62, hit
assert 0 <= hit["score"] <= 1 and "mice" in hit["snippet"], hit
start, end = hit["marks"][0]
assert hit["snippet"].encode()[start:end] == b"mice", hit
assert hit["explain"]["terms"][0]["df"] == 1, hit
' "$scratch/out"
}

is_the_best() { # a hit that is alone
    zubda search "$I" mice -f tsv --no-snippets >"$scratch/out" &&
        [ "$(tail -n +2 "$scratch/out" | cut -f 6)" = 1 ]
}

writes_a_run() {
    printf '{"id": "q 1", "text": "old house -cat"}\n{"id": "q2", "text": "الكلاب"}\n' \
        >"$scratch/q.jsonl"
    zubda search "$I" --queries "$scratch/q.jsonl" -f trec >"$scratch/run" &&
        grep -q '^q%201 Q0 cats 1 ' "$scratch/run" &&
        grep -q '^q2 Q0 a%20b 1 ' "$scratch/run" &&
        [ "$(awk 'NF != 6' "$scratch/run" | wc -l)" -eq 0 ]
}

answers_in_json() {
    zubda search "$I" --queries "$scratch/q.jsonl" --json |
        python3 -c 'import json, sys
assert [a["query_id"] for a in json.load(sys.stdin)] == ["q 1", "q2"]'
}

names_the_nameless() {
    zubda search "$I" mice -f trec | grep -q '^- Q0 cats 1 '
}

# A line that is no query among others, and alone.
passes_over() {
    printf '{"id": "q1", "text": "mice"}\nno query\n{"id": "q3", "text": "bark"}\n' \
        >"$scratch/bad.jsonl"
    exits 1 zubda search "$I" --queries "$scratch/bad.jsonl" -f trec &&
        grep -q '^q1 Q0 cats' "$scratch/out" &&
        grep -q '^q3 Q0 dogs' "$scratch/out" &&
        grep -q 'bad.jsonl' "$scratch/err" && grep -q 'line 2' "$scratch/err"
}

is_alone() {
    printf 'no query\n' >"$scratch/bad.jsonl"
    exits 3 zubda search "$I" --queries "$scratch/bad.jsonl" -f json -o "$scratch/never" &&
        [ ! -e "$scratch/never" ] && exits 3 zubda search "$I" --queries "$scratch/absent"
}

# Of odd queries none ends the run: empty, stop words, invalid bytes, a NUL, a
# megabyte.
survives() {
    {
        printf '{"id": "empty", "text": ""}\n{"id": "stop", "text": "the of and"}\n'
        printf '{"id": "bytes", "text": "mice \377\376"}\n{"id": "nul", "text": "mice\\u0000 bark"}\n'
        printf '{"id": "large", "text": "'
        head -c 1000000 /dev/zero | tr '\0' 'a'
        printf ' mice"}\n{"id": "last", "text": "mice"}\n'
    } >"$scratch/odd.jsonl"
    zubda search "$I" --queries "$scratch/odd.jsonl" -f trec "$@" >"$scratch/out" 2>"$scratch/err"
    [ $? -le 1 ] && grep -q '^last Q0 cats' "$scratch/out" &&
        grep -q '^large Q0 cats' "$scratch/out" && grep -q '^nul Q0 cats' "$scratch/out"
}

explains() { # pattern option ...
    pattern=$1
    shift
    zubda search "$I" mice -e "$@" >"$scratch/out"
    grep -q "$pattern" "$scratch/out" || { cat "$scratch/out"; return 1; }
}

adds_up() { # option ...: what the terms score is what the words do
    zubda search "$I" 'old house mice' --json -e "$@" >"$scratch/out" &&
        python3 tests/cli/schema.py docs/search.schema.json one "$scratch/out" &&
        python3 -c '
import json, sys
hits = json.load(open(sys.argv[1]))["hits"]
assert hits
for hit in hits:
    why = hit["explain"]
    parts = sum(t["score"] for t in why["terms"]) + why.get("length", 0)
    assert abs(parts - why["words"]) < 1e-6, hit
' "$scratch/out"
}

has_algebra() {
    zubda version 2>/dev/null | grep -qi openblas && zubda search "$I" mice --lsa 2 >"$scratch/out" 2>&1
}

try "its passages are found by their stems" finds 'bark sleeping' 'dogs '
try "a query may be several words" finds_words_as_text
try "quotes, + and - are what they look like" finds '"old house" -cat' 'dogs '
try "a - in front is text" finds '- mice' 'cats '
try "an answer is an object" is_json
try "a hit that is alone is the best" is_the_best
try "queries of a file are a run for trec_eval" writes_a_run
try "of a query without an id, too" names_the_nameless
try "and an array in JSON" answers_in_json
try "nothing found" exits 1 zubda search "$I" zebra
try "no index there" exits 3 zubda search "$scratch/absent" zebra
try "a query is wanted" exits 2 zubda search "$I"
try "a query that cannot be read is named and passed over" passes_over
try "one that is alone is a failure" is_alone
try "no query is wrong" survives
try "nor with expansion" survives --expand
try "nor by likelihood" survives --measure likelihood --no-grams
try "the score is explained" adds_up
try "by document, too" adds_up --by document
try "a likelihood is explained, length and all" adds_up --measure likelihood
try "and in text" explains ' for its length' --measure likelihood
try "words that were added are marked" explains '(added)' --expand
try "expansion is explained" adds_up --expand
try "a smoothing of nothing is refused" exits 2 zubda search "$I" mice --mu 0
try "no such measure" exits 2 zubda search "$I" mice --measure cosine
try "no dimensions" exits 2 zubda search "$I" mice --lsa 0
try "a language that is none is refused" exits 2 zubda search "$I" mice --lang 'x!'
if has_algebra; then
    try "what is latent is explained" explains 'latent ' --lsa 2
    try "and adds up" adds_up --lsa 2 --expand
else
    skip "what is latent is explained" "no OpenBLAS"
fi
finish
