#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda collocations: what it writes, says and returns.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

exits_and_says() { # code text command...
    code=$1
    text=$2
    shift 2
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got, not $code"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
}

gives() { # line option...: the first row, with blanks for tabs
    wanted=$1
    shift
    got=$(zubda collocations -q -l en --stemmer none --min-count 1 --limit 1 \
        "$@" tea.txt | sed 1d | tr '\t' ' ')
    [ "$got" = "$wanted" ] || { echo "'$got', not '$wanted'"; return 1; }
}

same() { # command with sh -c, twice
    sh -c "$1" >a && sh -c "$2" >b && [ -s a ] && cmp a b
}

printf '%s\n' 'Strong tea is good. We drink strong tea every day.' \
    'A strong man drinks weak tea. Weak tea is not good tea.' \
    'The man is not weak. Every day a man drinks tea.' >tea.txt
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"id\":%d,\"text\":\"Cats %d chase %d mice. Dogs %d sleep here.\"}\n",
        i, i % 50, i % 7, i % 90
}' >big.jsonl
: >nothing.txt
zubda count -q --window 5 -o near.zub big.jsonl
zubda count -q --ngram 1-2 -o row.zub big.jsonl
zubda count -q --window 5 --shard 1/2 -o 1.zub big.jsonl
zubda count -q --window 5 --shard 2/2 -o 2.zub big.jsonl

try "adjacent pairs" gives 'Every day 2 1 2 2 14' --adjacent -m logdice
try "pairs of a window" gives 'drink Every 1 1 1 2 0.222222' \
    --window 3 -m dice --word drink --sort count
try "three words in a row" gives 'tea Every day 1 1 1 2 4.04439' \
    -n 3 -m pmi --word every
try "the columns stand in the header" sh -c \
    'zubda collocations -m pmi,t big.jsonl | head -n 1 | tr "\t" " " |
        grep -qx "first second count df first_count second_count pmi t"'
try "JSON is an array of objects" sh -c \
    'zubda collocations --json big.jsonl | python3 -c "
import json, sys
rows = json.load(sys.stdin)
assert rows and all(row[\"count\"] >= 5 for row in rows)
assert list(rows[0])[:3] == [\"first\", \"second\", \"count\"]"'
try "every format has the same rows" sh -c \
    'a=$(zubda collocations big.jsonl | sed 1d | wc -l)
    b=$(zubda collocations -f jsonl big.jsonl | wc -l)
    c=$(zubda collocations -f text big.jsonl | sed 1d | wc -l)
    [ "$a" -gt 0 ] && [ "$a" -eq "$b" ] && [ "$a" -eq "$c" ]'
for format in text tsv json jsonl; do
    for threads in 2 7; do
        try "$format does not depend on $threads threads" same \
            "zubda collocations -f $format -j 1 big.jsonl" \
            "zubda collocations -f $format -j $threads big.jsonl"
    done
done
try "memory changes nothing" same 'zubda collocations big.jsonl' \
    'zubda collocations --memory 16M --tmpdir . big.jsonl'
try "a state gives what its articles give" same \
    'zubda collocations big.jsonl' 'zubda collocations near.zub'
try "states of shards do too" same \
    'zubda collocations big.jsonl' 'zubda collocations 2.zub 1.zub'
try "a state of n-grams has adjacent pairs" same \
    'zubda collocations --adjacent big.jsonl' 'zubda collocations row.zub'
try "a window of one is adjacency" same \
    'zubda collocations --window 1 big.jsonl' \
    'zubda collocations --adjacent big.jsonl'
try "a word is found by any of its forms" same \
    'zubda collocations -l en --word cat big.jsonl' \
    'zubda collocations -l en --word Cats big.jsonl'
try "standard input is read" same 'zubda collocations big.jsonl' \
    'zubda collocations --from jsonl <big.jsonl'
try "a file is written whole" same 'zubda collocations big.jsonl' \
    'zubda collocations -o x.tsv big.jsonl && cat x.tsv'
try "a word that is not there is nothing found" \
    exits_and_says 1 "no article has 'zebra'" \
    zubda collocations --word zebra big.jsonl
try "as it was written, not as its term" \
    exits_and_says 1 "no article has 'zebras'" \
    zubda collocations -l en --word zebras big.jsonl
try "an empty file has nothing" sh -c \
    'zubda collocations nothing.txt >out; [ $? -eq 1 ] &&
        [ "$(wc -l <out)" -eq 1 ]'
try "a missing file is named" exits_and_says 3 absent.txt \
    zubda collocations absent.txt
try "a missing state is named" exits_and_says 3 absent.zub \
    zubda collocations absent.zub
try "an unknown measure is a usage error" \
    exits_and_says 2 'did you mean npmi?' zubda collocations -m npni big.jsonl
try "an unknown order is one too" exits_and_says 2 "no measure 'df'" \
    zubda collocations --sort df big.jsonl
try "a window is not for adjacent pairs" exits_and_says 2 '--window is for' \
    zubda collocations --window 5 --adjacent big.jsonl
try "a state keeps its window" \
    exits_and_says 2 'not counted with a window of 4' \
    zubda collocations --window 4 near.zub
try "a window's pairs are not adjacent" \
    exits_and_says 2 'none in a row' zubda collocations --adjacent near.zub
try "a state without pairs says how to count them" \
    sh -c 'zubda count -q -o one.zub big.jsonl &&
        ! zubda collocations one.zub 2>err >out && grep -q "no n-grams of 2" err'
try "states and articles do not mix" exits_and_says 2 'cannot be read together' \
    zubda collocations near.zub big.jsonl
try "what is counted cannot be said again" exits_and_says 2 'comes too late' \
    zubda collocations --drop-stop-words near.zub
try "a closed pipe is silent" sh -c \
    '{ zubda collocations --min-count 1 big.jsonl 2>err; echo $? >code; } |
        head -n 1 >out; [ ! -s err ] && [ -s out ]'
finish
