#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# `zubda align`: what it says, and its manners.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh

root=$PWD
cd "$scratch" || exit 1
cat >poem.txt <<'END'
كتب الشيخ: مَنْ زَرَعَ شَجَرَةً فِي أَرْضٍ عَطْشَى سَقَاهَا بِصَبْرِهِ قَبْلَ أَنْ يَسْقِيَهَا بِالمَاءِ، ثم مضى.
END
cat >essays.jsonl <<'END'
{"id": "x", "text": "وقال إن من زرع شجرة في ارض عطشى سقاها بالصبر الطويل قبل ان يسقيها بالماء فلا تعجل"}
{"id": "y", "text": "لا شيء من هذا هنا"}
{"id": "z", "text": "من زرع شجرة في أرض عطشي سقاها بصبره قبل أن يسقيها بالماء", "page": 3}
END
awk 'BEGIN { srand(1); for (i = 0; i < 300; i++) {
    printf "{\"id\":%d,\"text\":\"", i
    for (w = 0; w < 60; w++) printf "w%d ", int(rand() * 40)
    printf "\"}\n" } }' >many.jsonl
awk 'BEGIN { for (i = 0; i < 4000; i++) printf "w%d ", i }' >long.txt
printf 'a\0x b\377 c d e f g h i j\n' >odd.txt
printf 'A\0X B\376 C D, E F G H I J.\n' >twin.txt
printf '...' >empty.txt
mkdir folder
cp odd.txt twin.txt folder

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

both_sides() {
    writes zubda align poem.txt essays.jsonl <<'END'
0.85  11 words
  19-194  poem.txt
    مَنْ زَرَعَ شَجَرَةً فِي أَرْضٍ عَطْشَى سَقَاهَا [بِصَبْرِهِ] قَبْلَ أَنْ يَسْقِيَهَا بِالمَاءِ
  14-130  x
    من زرع شجرة في ارض عطشى سقاها [بالصبر الطويل] قبل ان يسقيها بالماء

1.00  12 words
  19-194  poem.txt
    مَنْ زَرَعَ شَجَرَةً فِي أَرْضٍ عَطْشَى سَقَاهَا بِصَبْرِهِ قَبْلَ أَنْ يَسْقِيَهَا بِالمَاءِ
  0-101  z
    من زرع شجرة في أرض عطشي سقاها بصبره قبل أن يسقيها بالماء
END
}

rows() {
    printf 'matched\tsimilarity\ta\ta_start\ta_end\ta_words\tb\tb_start\tb_end\tb_words\n' >want
    printf '12\t1\tpoem.txt\t19\t194\t12\tz\t0\t101\t12\n' >>want
    zubda align -k 1 -f tsv poem.txt essays.jsonl | cut -f 1-10 >got &&
        diff want got
}

same_bytes() { # options: whatever the threads are
    zubda align "$@" -j 1 many.jsonl >one || return 1
    for threads in 2 7; do
        zubda align "$@" -j "$threads" many.jsonl >got && cmp one got || return 1
    done
}

swapped() {
    zubda align -w 4 -f tsv many.jsonl long.txt -s .1 --seed 2 |
        awk -F '\t' -v OFS='\t' 'NR > 1 { print $1, $3, $4, $5, $7, $8, $9 }' |
        sort >one
    zubda align -w 4 -f tsv long.txt many.jsonl -s .1 --seed 2 |
        awk -F '\t' -v OFS='\t' 'NR > 1 { print $1, $7, $8, $9, $3, $4, $5 }' |
        sort >other
    [ -s one ] && cmp one other
}

in_any_order() {
    sort -r many.jsonl >turned.jsonl
    zubda align -w 5 -f tsv many.jsonl many.jsonl | sort >one
    zubda align -w 5 -f tsv turned.jsonl many.jsonl | sort >two
    zubda align -w 5 -f tsv many.jsonl turned.jsonl | sort >three
    [ "$(wc -l <one)" -gt 300 ] && cmp one two && cmp one three
}

are_as_their_schema() {
    for format in json jsonl; do
        zubda align -f "$format" -w 6 essays.jsonl poem.txt >out &&
            python3 "$root/tests/cli/schema.py" \
                "$root/docs/align.schema.json" "$format" out || return 1
    done
}

places_are_bytes() {
    zubda align -f tsv odd.txt twin.txt | tail -n 1 | cut -f 4,5,8,9 >got
    printf '0\t22\t0\t23\n' | diff - got
}

try "both sides are shown, and what differs in them" both_sides
try "--longest keeps the longest, and TSV has a line of names" rows
try "in colour what differs is bold" sh -c '
    zubda align --color always poem.txt essays.jsonl | grep -q "$(printf "\033\\[1mبالصبر الطويل\033\\[0m")"'
try "places are bytes of the file, NUL and invalid ones among them" places_are_bytes
if python3 -c 'import jsonschema' 2>/dev/null; then
    try "JSON is as its schema says" are_as_their_schema
else
    skip "JSON is as its schema says" "python3 has no jsonschema"
fi
try "threads do not change a byte" same_bytes -w 5 -f tsv
try "nor as JSON, nor of shorter passages" same_bytes -f json -w 4
try "nor of the longest" same_bytes -w 5 -k 9
try "sides may be swapped" swapped
try "the order of articles decides nothing but that of passages" in_any_order
try "without B articles of A are held against one another" sh -c '
    zubda align -f tsv essays.jsonl | cut -f 3,7 | tail -n +2 >got
    printf "x\tz\n" | diff - got'
try "folders are read" sh -c '
    zubda align -f tsv folder | cut -f 3,7 | grep -q "folder/odd.txt	folder/twin.txt"'
try "1: nothing shared, and JSON of it is an empty array" sh -c '
    zubda align --json poem.txt long.txt >out; [ $? -eq 1 ] &&
        [ "$(tr -d " \n" <out)" = "[]" ]'
try "1: no word at all" exits 1 zubda align empty.txt poem.txt
try "1: an unreadable file among good ones" sh -c '
    printf "{bad\n" >>essays2.jsonl; cat essays.jsonl >>essays2.jsonl
    zubda align poem.txt essays2.jsonl >out 2>err; [ $? -eq 1 ] && [ -s out ] && [ -s err ]'
try "3: a side that cannot be read" says "absent.txt" 3 zubda align poem.txt absent.txt
try "3: whichever it is" says "absent.txt" 3 zubda align absent.txt poem.txt
try "2: more than two inputs" says "more than two" 2 zubda align a b c
try "2: standard input twice" says "twice" 2 zubda align - -
try "2: a similarity out of range" exits 2 zubda align -s 1.5 poem.txt
try "2: a seed out of range" exits 2 zubda align --seed 17 poem.txt
try "standard input is a side" sh -c '
    zubda align poem.txt essays.jsonl >one
    zubda align poem.txt - <essays.jsonl >other && cmp one other &&
        zubda align - <essays.jsonl >other && grep -q "words" other'
try "--output writes the same" sh -c '
    zubda align poem.txt essays.jsonl >a && zubda align -o b poem.txt essays.jsonl && cmp a b'
try "an article is not written over" sh -c '
    cp poem.txt p.txt; zubda align -o p.txt p.txt essays.jsonl 2>err; [ $? -eq 2 ] && cmp p.txt poem.txt'
try "a closed pipe is silent" sh -c '
    { zubda align -w 2 -f jsonl many.jsonl 2>err; echo $? >code; } | head -n 1 >out
    [ -s out ] && [ ! -s err ] && [ "$(cat code)" -eq 141 ]'
says_what_was_no_text() {
    printf 'caf\377 old mice\n' >broken.txt &&
        says '1 byte in 1 of 1 article was not valid text' 1 zubda align broken.txt broken.txt &&
        [ "$(wc -l <err)" -eq 2 ] &&
        exits 1 zubda align -q broken.txt broken.txt 2>err && [ ! -s err ]
}
try "bytes that were no text are said of each side" says_what_was_no_text
finish
