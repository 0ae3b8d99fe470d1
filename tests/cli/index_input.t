#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# zubda index on articles of every kind, and what it makes compact.
. tests/tap.sh

says() { # text command...: it succeeds, and standard error holds it
    text=$1
    shift
    "$@" 2>"$scratch/err" >"$scratch/out" || return 1
    grep -qF -- "$text" "$scratch/err" ||
        { echo "does not say: $text"; cat "$scratch/err"; return 1; }
}

has_volumes() { # index, how many
    set -- "$2" "$1"/volume-*.zub
    [ $(($# - 1)) -eq "$1" ]
}

exits() { # code command...
    wanted=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat "$scratch/err"; return 1; }
}

I=$scratch/i
printf '%s\n' '{"id": "with space\nand line", "text": "mice run"}' \
    '{"id": "", "text": "mice of nobody"}' \
    '{"id": "nul\u0000nul", "text": "mice hide"}' \
    '{"id": "twice", "text": "the first mice"}' \
    '{"id": "twice", "text": "the second mice"}' >"$scratch/odd.jsonl"

takes_odd_ids() {
    zubda index -q "$I" "$scratch/odd.jsonl" &&
        zubda search "$I" mice --json --no-snippets >"$scratch/out" &&
        python3 -c '
import json, sys
hits = json.load(open(sys.argv[1]))["hits"]
ids = sorted(hit["id"] for hit in hits)
assert ids[1:] == ["nul\ufffdnul", "twice", "with space\nand line"], ids
assert ids[0].endswith("odd.jsonl:2"), ids
assert [hit["end"] for hit in hits if hit["id"] == "twice"] == [15], hits
' "$scratch/out" && zubda check "$I"
}

deletes_odd_ids() {
    zubda index -q "$I" --delete 'with space
and line' && zubda index -q "$I" --delete twice &&
        exits 1 zubda index "$I" --delete twice
}

takes_a_huge_id() {
    python3 -c '
import json
for i in range(2):
    print(json.dumps({"id": "x" * 1000000 + str(i), "text": "mice %d" % i}))
' >"$scratch/huge.jsonl" && zubda index -q "$I" "$scratch/huge.jsonl" &&
        zubda search "$I" mice -f tsv --no-snippets >"$scratch/out" &&
        [ "$(cut -f 2 "$scratch/out" | awk 'length > 1000000' | wc -l)" -eq 2 ] &&
        zubda check "$I"
}

takes_a_large_article() { # of 8 MB: 100 MB took 7 times its text and 4 s
    python3 -c '
for i in range(800000):
    print("w%d" % (i * 7919 % 65521), end=". " if i % 12 == 11 else " ")
for i in range(40):
    print("x" * 100000)
' >"$scratch/large.txt" &&
        zubda index -q "$scratch/large" "$scratch/large.txt" --memory 16M &&
        zubda search "$scratch/large" 'w7919 w15838' -f tsv --no-snippets |
        grep -q 'large.txt' && zubda check "$scratch/large"
}

makes_several_volumes() { # each replaces an article of the one before
    for i in 1 2 3; do
        printf '{"id": "%s", "text": "mice number %s"}\n' "$i" "$i" $((i + 1)) new |
            zubda index -q "$scratch/c" --from jsonl - || return 1
    done
    has_volumes "$scratch/c" 3
}

makes_one() {
    makes_several_volumes && zubda index -q "$scratch/c" --compact &&
        has_volumes "$scratch/c" 1 && zubda check "$scratch/c"
}

is_as_if_made_at_once() {
    zubda index -q "$scratch/one" --merge "$scratch/c" &&
        cmp "$scratch/c"/volume-*.zub "$scratch/one"/volume-*.zub
}

makes_none() {
    exits 3 zubda index "$scratch/absent" --compact &&
        exits 3 zubda index "$scratch/absent" --delete x &&
        [ ! -e "$scratch/absent" ]
}

printf 'Mice \377\376 run.\n' >"$scratch/bad.txt"
printf 'Mice run.\n' >"$scratch/good.txt"
counts_repairs() { # command...
    says "2 bytes in 1 of 2 articles were not valid text and are taken for U+FFFD ('$scratch/bad.txt')" \
        "$@" "$scratch/bad.txt" "$scratch/good.txt"
}

try "ids may hold anything, and the same again is the same article" takes_odd_ids
try "they are deleted by what they are" deletes_odd_ids
try "an id may be a megabyte" takes_a_huge_id
try "an article may be large, and memory small" takes_a_large_article
try "an index is made compact" makes_one
try "then it is as if made at once" is_as_if_made_at_once
try "what is not there is not made by changing it" makes_none
try "index says how many bytes were no text" counts_repairs zubda index "$scratch/r"
try "so does duplicates" counts_repairs zubda duplicates --unique
try "but not when it is to be quiet" \
    sh -c "[ -z \"\$(zubda index -q '$scratch/r' '$scratch/bad.txt' 2>&1)\" ]"
finish
