#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# zubda index, search, related and check, as a user meets them.
. tests/tap.sh

exits() { # code command...
    wanted=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat "$scratch/err"; return 1; }
}

says() { # text command...: standard error holds it
    text=$1
    shift
    "$@" 2>"$scratch/err" >/dev/null
    grep -qF -- "$text" "$scratch/err" ||
        { echo "does not say: $text"; cat "$scratch/err"; return 1; }
}

I=$scratch/i
cat >"$scratch/a.jsonl" <<'END'
{"id": "cats", "title": "About cats", "text": "The cat sat on the mat. Cats chase mice through the old house."}
{"id": "dogs", "title": "About dogs", "text": "Dogs bark at night. The dog sleeps by the fire in the old house."}
{"id": "a b", "text": "كانت القطط تطارد الفئران في البيت القديم. ونامت الكلاب في الحديقة طوال الليل."}
END
printf 'The zebras were running through the grass of the plain.\n' >"$scratch/z.txt"

makes_one() {
    says "3 articles, 3 passages in '$I'" zubda index "$I" "$scratch/a.jsonl"
}

finds() { # query, the ids in order
    zubda search "$I" "$1" -f tsv --no-snippets | tail -n +2 | cut -f 2 |
        tr '\n' ' ' >"$scratch/ids"
    [ "$(cat "$scratch/ids")" = "$2" ] || { cat "$scratch/ids"; return 1; }
}

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

names_the_nameless() {
    zubda search "$I" mice -f trec | grep -q '^- Q0 cats 1 ' &&
        zubda related "$I" --text 'old house' -f trec | grep -q '^- Q0 cats '
}

answers_in_json() {
    zubda search "$I" --queries "$scratch/q.jsonl" --json |
        python3 -c 'import json, sys
assert [a["query_id"] for a in json.load(sys.stdin)] == ["q 1", "q2"]'
}

relates() {
    zubda related "$I" --id cats -f tsv | tail -n +2 | cut -f 2 >"$scratch/ids"
    [ "$(head -n 1 "$scratch/ids")" = dogs ] && ! grep -q cats "$scratch/ids" &&
        zubda related "$I" --id 'cats#0' >/dev/null &&
        echo 'an old house' | zubda related "$I" --text - | grep -q cats &&
        zubda related "$I" --all -f trec >"$scratch/run" &&
        grep -q '^dogs Q0 cats 1 ' "$scratch/run"
}

replaces_and_deletes() {
    zubda index -q "$I" "$scratch/z.txt" && finds zebra "$scratch/z.txt " &&
        printf 'The gnu was running through the grass of the plain.\n' >"$scratch/z.txt" &&
        zubda index -q "$I" "$scratch/z.txt" && finds zebra "" &&
        finds gnu "$scratch/z.txt " &&
        zubda index -q "$I" --delete "$scratch/z.txt" && finds gnu ""
}

keeps_the_index() {
    exits 2 zubda search "$I" mice -o "$I/index.zub" &&
        exits 2 zubda check "$I" -o "$I/lock" &&
        exits 2 zubda related "$I" --id cats -o "$I/index.zub" &&
        exits 0 zubda check "$I"
}

mkdir "$scratch/none" # a folder of no models
says_it_once() {
    says "analyzer: l" zubda search "$I" mice --models "$scratch/none" &&
        grep -q '(index again)' "$scratch/err" &&
        ! grep -q 'count again' "$scratch/err"
}

merges() {
    zubda index -q "$scratch/other" "$scratch/a.jsonl" &&
        zubda index -q "$scratch/all" --merge "$scratch/other" &&
        zubda search "$scratch/all" mice | grep -q cats
}

checks_and_repairs() {
    zubda check "$scratch/all" | grep -q 'index of version 2, 3 articles, 3 passages in 1 volume ' ||
        return 1
    size=$(wc -c <"$scratch/all/volume-000001.zub")
    printf '\001' | dd of="$scratch/all/volume-000001.zub" bs=1 conv=notrunc \
        seek=$((size - 9)) 2>"$scratch/err" &&
        exits 4 zubda check "$scratch/all" &&
        exits 0 zubda check --repair "$scratch/all" &&
        grep -q "lost: 'cats'" "$scratch/err" &&
        exits 1 zubda search "$scratch/all" mice
}

try "an index is made of articles" makes_one
try "its passages are found by their stems" finds 'bark sleeping' 'dogs '
try "a query may be several words" finds_words_as_text
try "quotes, + and - are what they look like" finds '"old house" -cat' 'dogs '
try "a - in front is text" finds '- mice' 'cats '
try "an answer is an object" is_json
try "a hit that is alone is the best" is_the_best
try "queries of a file are a run for trec_eval" writes_a_run
try "of a query without an id, too" names_the_nameless
try "and an array in JSON" answers_in_json
try "passages are related to an article, a passage, a text and all" relates
try "an id again takes the place of the first, and articles go" \
    replaces_and_deletes
try "a whole index is added to another" merges
try "a damaged index is named and repaired" checks_and_repairs
try "nothing found" exits 1 zubda search "$I" zebra
try "no index there" exits 3 zubda search "$scratch/absent" zebra
try "no such article" exits 1 zubda related "$I" --id zebra
try "a folder of other files is no index" exits 2 zubda index "$scratch" "$scratch/a.jsonl"
try "other rules are refused" exits 2 zubda index "$I" --passage 50 "$scratch/a.jsonl"
try "and named" says "words a passage: 100, not 50" zubda index "$I" --passage 50 "$scratch/a.jsonl"
headless() {
    cp -r "$I" "$scratch/headless" && rm "$scratch/headless/index.zub" &&
        exits 4 zubda index "$scratch/headless" "$scratch/a.jsonl" &&
        ls "$scratch/headless"/volume-*.zub
}
try "volumes without their manifest are kept" headless
try "no index to merge" exits 3 zubda index "$I" --merge "$scratch/absent"
try "another analyzer is refused, with what differs" exits 4 zubda search "$I" mice --models "$scratch/none"
try "and what to do is said once" says_it_once
try "an answer is not written over its index" keeps_the_index
try "a query is wanted" exits 2 zubda search "$I"
try "one way to ask is wanted" exits 2 zubda related "$I"
finish
