#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# `zubda duplicates`: what it says, and its manners.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh

root=$PWD
cd "$scratch" || exit 1
cat >some.jsonl <<'END'
{"id": 10, "text": "The quick brown fox jumps over the lazy dog near the river today", "x": [1,  2]}
{"id": 9, "text": "the QUICK brown fox jumps over the lazy dog, near the river today"}
{"id": "b", "text": "The quick brown fox jumps over the lazy dog near the river tonight"}
{"id": "c", "text": "Something else, of which there is one alone"}
{"id": "d", "text": "القطط تطارد الفئران ليلا في شوارع المدينة"}
{"id": "e", "text": "القِطَط تُطارِد الفِئران ليلاً في شوارع المدينة"}
END
printf '{"id":1,"text":"one two three"}\n{"id":2,"text":"four"}\n' >none.jsonl
awk 'BEGIN { srand(1); for (i = 0; i < 3000; i++) {
    printf "{\"id\":%d,\"text\":\"", i
    for (w = 0; w < 30; w++) printf "w%d ", (i - i % 3) * 30 + w
    printf "%d\"}\n", i } }' >many.jsonl
printf 'one two three\n' >a.txt
printf 'One, two, three.\n' >b.txt
printf 'w\0x \377 y z\n' >odd.txt
printf 'W\0X \376 Y Z\n' >twin.txt
printf '...' >empty.txt

exits() { # code command...
    wanted=$1
    shift
    "$@"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; return 1; }
}

# says TEXT CODE COMMAND...: on standard error
says() {
    text=$1
    shift
    { exits "$@" >/dev/null 2>err && grep -qF -- "$text" err; } ||
        { cat err; return 1; }
}

writes() { # what command writes is standard input
    cat >want
    "$@" >got && diff want got
}

clusters() {
    writes zubda duplicates -t 0.7 some.jsonl <<'END'
1       first  9
1       exact  10
0.8333  near   b

1       first  d
1       exact  e
END
}

pairs() {
    printf 'jaccard\tkind\ta\tb\n1\texact\t9\t10\n0.833333\tnear\t9\tb\n1\texact\td\te\n' |
        writes zubda duplicates --pairs -f tsv some.jsonl
}

unique() {
    writes zubda duplicates -q "$1" some.jsonl <<'END'
{"id": "9", "text": "the QUICK brown fox jumps over the lazy dog, near the river today"}
{"id": "c", "text": "Something else, of which there is one alone"}
{"id": "d", "text": "القطط تطارد الفئران ليلا في شوارع المدينة"}
END
}

stays_unique() {
    zubda duplicates -q -u many.jsonl >once && [ "$(wc -l <once)" -eq 1000 ] &&
        zubda duplicates -q -u once >twice && cmp once twice &&
        exits 1 zubda duplicates -q once
}

same_bytes() { # options: whatever the threads and the memory are
    zubda duplicates -q "$@" -j 1 many.jsonl >one || return 1
    for how in "-j 2" "-j 7" "-j 2 --memory 32M" "-j 1 --memory 16M --tmpdir ."; do
        # shellcheck disable=SC2086 # words
        zubda duplicates -q "$@" $how many.jsonl >got &&
            cmp one got || return 1
    done
}

same_in_any_order() {
    sort -r many.jsonl >turned.jsonl
    zubda duplicates --json many.jsonl >one &&
        zubda duplicates --json turned.jsonl >other && cmp one other
}

are_as_their_schema() { # schema option ...
    schema=$1
    shift
    for format in json jsonl; do
        zubda duplicates -f "$format" "$@" some.jsonl many.jsonl >out &&
            python3 "$root/tests/cli/schema.py" \
                "$root/docs/$schema.schema.json" "$format" out || return 1
    done
}

try "clusters are listed, the first of each on top" clusters
try "pairs are a table" pairs
try "--unique writes what is left, in the order of the input" unique --unique
try "so does --keep-first" unique --keep-first
try "what is left has no duplicates" stays_unique
try "plain files are compared, NUL and invalid bytes in them" \
    sh -c 'zubda duplicates --from text --encoding utf-8 -f tsv odd.txt twin.txt |
        grep -q "1	2	twin.txt	1	exact"'
if python3 -c 'import jsonschema' 2>/dev/null; then
    try "clusters are as their schema says" are_as_their_schema duplicates
    try "so are pairs" are_as_their_schema duplicate-pairs --pairs
else
    skip "JSON is as its schema says" "python3 has no jsonschema"
fi
try "threads and memory do not change a byte" same_bytes -f tsv
try "nor of pairs" same_bytes --pairs -f jsonl
try "nor of what is left" same_bytes --unique
try "nor does the order of the input" same_in_any_order
try "1: no duplicates" exits 1 zubda duplicates none.jsonl
try "and JSON of none is an empty array" \
    sh -c '[ "$(zubda duplicates --json none.jsonl | tr -d " \n")" = "[]" ]'
try "0: what is left, without any" exits 0 zubda duplicates -q -u none.jsonl
try "1: no word at all, without a word" \
    sh -c 'zubda duplicates --json empty.txt >out 2>err; [ $? -eq 1 ] && [ ! -s err ]'
try "articles without a word are named apart" \
    says "'empty.txt' holds no word" 0 zubda duplicates a.txt empty.txt b.txt
try "--unique says how many are left" \
    says "3 of 6 articles are left" 0 zubda duplicates -u some.jsonl
try "1: an unreadable file among good ones is named" \
    says "absent.txt" 1 zubda duplicates a.txt absent.txt b.txt
try "3: the only input unreadable" exits 3 zubda duplicates absent.txt
try "2: a threshold out of range" \
    says "from 0.1 to 1" 2 zubda duplicates -t 0.01 some.jsonl
try "2: pairs of what is left" says "give one" 2 zubda duplicates -u --pairs some.jsonl
try "2: what is left as a table" says "JSONL" 2 zubda duplicates -u -f tsv some.jsonl
try "2: too little memory" says "16 MiB" 2 zubda duplicates --memory 1M some.jsonl
try "5: no such folder for temporary files" \
    says "--tmpdir" 5 zubda duplicates -u --tmpdir absent some.jsonl
try "standard input is read without a file and for -" sh -c '
    zubda duplicates --json some.jsonl >a &&
        zubda duplicates --json --from jsonl <some.jsonl >b &&
        zubda duplicates --json --from jsonl - <some.jsonl >c && cmp a b && cmp b c'
try "--output writes the same" sh -c '
    zubda duplicates some.jsonl >a && zubda duplicates -o b some.jsonl && cmp a b'
try "a closed pipe is silent" sh -c '
    { zubda duplicates -f jsonl many.jsonl 2>err; echo $? >code; } | head -n 1 >out
    [ -s out ] && [ ! -s err ] && [ "$(cat code)" -eq 141 ]'
if mkdir small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    try "5: a full disk, told by its folder" \
        says "'small': No space left" 5 zubda duplicates -u --tmpdir small many.jsonl
    umount small
else
    skip "5: a full disk, told by its folder" "nothing can be mounted here"
fi
finish
