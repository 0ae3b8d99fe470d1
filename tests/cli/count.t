#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda count, merge and check: the same bytes whatever way they were counted,
# and what is said of files that are not what they should be.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

exits() { # code command...
    wanted=$1
    shift
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat err; return 1; }
}

says() { # text: what the last command said
    grep -qF -- "$1" err || { cat err; return 1; }
}

exits_and_says() { # code text command...
    code=$1
    text=$2
    shift 2
    exits "$code" "$@" && says "$text"
}

# Articles in two languages, some without a word, some twice.
awk 'BEGIN { srand(7)
    for (i = 0; i < 600; i++) {
        printf "{\"id\":\"a%d\",\"text\":\"", i % 590
        for (w = int(rand() * 40); w > 0; w--)
            printf "%s%d%s ", (i % 3 ? "word" : "كلمة "), int(rand() * rand() * 900), (rand() < .1 ? "." : "")
        print "\"}"
    }
}' >articles.jsonl
: >empty.txt
printf '... \n' >marks.txt

# ---- The same bytes ----

zubda count -q -j1 --rows --ngram 1-2 -o whole.zub articles.jsonl
for threads in 2 7; do
    try "a state of $threads threads is that of one" sh -c '
        zubda count -q -j'$threads' --rows --ngram 1-2 -o other.zub articles.jsonl &&
            cmp whole.zub other.zub'
done
for shards in 1 3 16; do
    try "$shards shards, merged from the last to the first, are the whole" sh -c '
        rm -f part*.zub
        for i in $(seq '$shards'); do
            zubda count -q --rows --ngram 1-2 --shard $i/'$shards' -o part$i.zub articles.jsonl || exit 1
        done
        zubda merge -q -o merged.zub $(for i in $(seq '$shards' -1 1); do echo part$i.zub; done) &&
            cmp merged.zub whole.zub'
done
try "and merged by way of others" sh -c '
    zubda merge -q -o left.zub part9.zub part3.zub part16.zub part1.zub &&
    zubda merge -q -o right.zub part2.zub part4.zub part5.zub part6.zub part7.zub part8.zub &&
    zubda merge -q --memory 16M -o merged.zub part1[0-5].zub right.zub left.zub &&
    cmp merged.zub whole.zub'
try "sums alone merge to the sums" sh -c '
    zubda count -q --ngram 1-2 -o sums.zub articles.jsonl &&
    zubda merge -q --without-rows -o merged.zub part*.zub && cmp merged.zub sums.zub'
try "files, a folder and a pipe give one state" sh -c '
    mkdir folder && split -l 100 articles.jsonl folder/ --additional-suffix=.jsonl &&
    zubda count -q -o a.zub folder && zubda count -q -o b.zub <articles.jsonl &&
    gzip -k articles.jsonl && zubda count -q -o c.zub articles.jsonl.gz &&
    cmp a.zub b.zub && cmp b.zub c.zub'
try "a state goes to standard output" sh -c '
    zubda count -q -o - articles.jsonl >b.zub && cmp a.zub b.zub'
case $B in
*san) skip "spilling changes no byte" "slow under sanitizers" ;;
*)
    awk 'BEGIN { srand(3)
        for (i = 0; i < 4000; i++) {
            for (w = 0; w < 250; w++) printf "w%d ", int(rand() * 2000000)
            print ""
        }
    }' >large.txt
    try "spilling changes no byte" sh -c '
        zubda count -q --from lines --rows -o a.zub large.txt &&
        zubda count -q -j2 --from lines --rows --memory 16M --tmpdir . -o b.zub large.txt && cmp a.zub b.zub'
    if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
        try "5: a full disk while spilling; nothing is left behind" unshare -m sh -c '
            mkdir -p small && mount -t tmpfs -o size=4m none small || exit 1
            zubda count -q --from lines --rows --memory 16M --tmpdir small -o full.zub large.txt 2>err
            [ $? -eq 5 ] && grep -q "No space" err && [ ! -e full.zub ] && [ -z "$(ls -A small)" ]'
    else
        skip "5: a full disk while spilling; nothing is left behind" "nothing can be mounted here"
    fi
    try "5: no folder to spill into" exits_and_says 5 absent \
        zubda count -q --from lines --memory 16M --tmpdir absent -o full.zub large.txt
    try "a signal leaves no file" sh -c '
        mkdir -p killed; cp large.txt 2.txt; cp large.txt 3.txt; zubda count -q --from lines --ngram 1-4 --rows -o killed/a.zub large.txt 2.txt 3.txt & pid=$!
        sleep .3; kill -TERM $pid; wait $pid; [ $? -eq 143 ] && [ -z "$(ls -A killed)" ]'
    ;;
esac

# ---- What is said ----

try "what was counted is said" sh -c '
    zubda count -o s.zub articles.jsonl 2>err && grep -q "^zubda: 600 articles, .* terms, .* words in .s.zub.$" err'
try "--quiet says nothing" sh -c 'zubda count -q -o s.zub articles.jsonl 2>err && [ ! -s err ]'
try "2: no -o" exits_and_says 2 "with -o" zubda count articles.jsonl
try "2: merge without -o" exits_and_says 2 "with -o" zubda merge s.zub
try "2: nothing to merge" exits_and_says 2 "no state to merge" zubda merge -o m.zub
try "2: nothing to check" exits_and_says 2 "nothing to check" zubda check
for shard in 0/3 4/3 1 1/ /3 1/0 x/3; do
    try "2: no shard $shard" exits_and_says 2 "--shard takes" zubda count --shard $shard -o m.zub articles.jsonl
done
for range in 0 9 2-1 1-9 x 1- -2; do
    try "2: no n-grams $range" exits_and_says 2 "--ngram takes" zubda count --ngram=$range -o m.zub articles.jsonl
done
try "2: words and characters in a row at once" exits 2 \
    zubda count --ngram 2 --char-ngram 3 -o m.zub articles.jsonl
try "2: an unknown package" exits_and_says 2 "sklearn" zubda count --compat skleran -o m.zub articles.jsonl
try "2: too little memory" exits_and_says 2 "16 MiB" zubda count --memory 1M -o m.zub articles.jsonl
try "no state is written of wrong usage" test ! -e m.zub
try "1: no article: nothing is written" sh -c '
    zubda count --from jsonl -o m.zub empty.txt; [ $? -eq 1 ] && [ ! -e m.zub ]'
try "1: no word: a state of none" sh -c '
    zubda count -q -o m.zub empty.txt marks.txt; [ $? -eq 1 ] && zubda check m.zub | grep -q "2 articles, 0 terms"'
try "0: a shard without articles merges too" sh -c '
    zubda count -q -o one.zub en.txt 2>/dev/null; printf "Cats sleep.\n" >en.txt
    zubda count -q --shard 2/2 -o none.zub en.txt && zubda count -q -o one.zub en.txt &&
    zubda merge -q -o m.zub none.zub one.zub && cmp m.zub one.zub'
try "1: a bad record is named, the others counted" sh -c '
    (cat articles.jsonl; echo "{") >bad.jsonl; zubda count -q -o m.zub bad.jsonl 2>err
    [ $? -eq 1 ] && grep -q "line 601" err && zubda check m.zub | grep -q "600 articles"'
try "3: --strict writes nothing" sh -c '
    rm -f m.zub; (echo "{"; cat articles.jsonl) >bad.jsonl; zubda count -q --strict -j1 -o m.zub bad.jsonl 2>err
    [ $? -eq 3 ] && [ ! -e m.zub ]'
try "3: the only input is not there" exits 3 zubda count -o m.zub absent.txt
try "3: a state that is not there" exits_and_says 3 absent zubda merge -o m.zub absent.zub
try "5: a file that cannot be made" exits_and_says 5 "absent/m.zub" zubda count -o absent/m.zub articles.jsonl
try "5: a full disk" exits_and_says 5 "No space left" zubda count -o /dev/full articles.jsonl
try "5: a full disk for a merge" exits_and_says 5 "No space left" zubda merge -o /dev/full s.zub

# ---- Files that are not what they should be ----

# At some bytes of the file, spread over all of it.
flipped() {
    size=$(wc -c <whole.zub)
    for i in $(seq 0 60); do
        at=$((i * (size - 1) / 60))
        cp whole.zub bad.zub
        byte=$(od -An -tu1 -j "$at" -N 1 whole.zub | tr -d ' ')
        printf '%b' "$(printf '\\0%03o' $((byte ^ 64)))" |
            dd of=bad.zub bs=1 seek="$at" conv=notrunc 2>/dev/null
        exits 4 zubda check bad.zub && says "bad.zub" || return 1
        exits 4 zubda merge -q -o m2.zub whole.zub bad.zub || return 1
    done
}
cut_off() {
    size=$(wc -c <whole.zub)
    for i in $(seq 0 30); do
        head -c $((i * (size - 1) / 30)) whole.zub >bad.zub
        exits 4 zubda check bad.zub && says "bad.zub" || return 1
    done
}
try "4: a byte was changed" flipped
try "4: a file is cut off" cut_off
try "neither wrote a state" test ! -e m2.zub
# Version 9, with the checksum of the header made good by gzip's own.
(head -c 32 whole.zub; printf '\011'; tail -c +34 whole.zub | head -c 27) >start
(cat start; gzip -c start | tail -c 8 | head -c 4; tail -c +65 whole.zub) >bad.zub
try "4: a state of another version" exits_and_says 4 "version" zubda check bad.zub
try "3: a file that cannot be read" exits_and_says 3 absent zubda check absent.zub
try "4: damaged is worse than unreadable" exits 4 zubda check absent.zub bad.zub whole.zub
try "what is sound is told beside them" grep -q '^whole.zub: state of version 1, 600 articles' out
try "4: what differs is named: n-grams" exits_and_says 4 "ngram is '1-2' in one and '1-1' in another" \
    zubda merge -q -o m2.zub whole.zub s.zub
for option in --drop-stop-words '--stemmer none' '--lexicon en.txt'; do
    # shellcheck disable=SC2086 # words
    try "2: --compat has no ${option%% *}" exits_and_says 2 "${option%% *} does nothing" \
        zubda count --compat sklearn $option -o o.zub en.txt
done
cp whole.zub again.zub
try "4: which files differ is named" exits_and_says 4 "cannot merge 'whole.zub' and 's.zub': " \
    zubda merge -q -o m2.zub whole.zub again.zub s.zub
zubda count -q -o sums.zub en.txt
zubda count -q --rows -o rows.zub en.txt
try "4: and which of them has no rows" exits_and_says 4 "cannot merge 'rows.zub' and 'sums.zub': " \
    zubda merge -q -o m2.zub rows.zub sums.zub
try "rows that are dropped are not missed" \
    zubda merge -q --without-rows -o sums2.zub rows.zub sums.zub
for option in '--lang ar,lang' '--drop-stop-words,stop' '--stemmer none,stemmer' '--compat sklearn,words' '--char-ngram 3,char'; do
    # shellcheck disable=SC2086 # a name and its value are two words
    zubda count -q ${option%,*} -o o.zub en.txt
    zubda count -q -o p.zub en.txt
    try "4: and with ${option%,*}: ${option#*,}" exits_and_says 4 "${option#*,} is" \
        zubda merge -q -o m2.zub o.zub p.zub
done

case $B in
*san) size=300000 ;;
*) size=1000000 ;;
esac
head -c $size /dev/zero | tr '\0' x >term.txt
try "a term of $size bytes" sh -c '
    zubda count -q --rows -o t.zub term.txt && zubda check t.zub | grep -q "1 articles, 1 terms, 1 words" &&
    cp t.zub u.zub && zubda merge -q -o m.zub t.zub u.zub && zubda check m.zub | grep -q "2 articles, 1 terms, 2 words"'

# Few articles, each of more than a share of the memory, by more threads than it
# lets count: each waits for the memory to be its own.
awk 'BEGIN {
    srand(7)
    for (a = 0; a < 4; a++) {
        printf "{\"id\":\"%d\",\"text\":\"", a
        for (i = 0; i < 30000; i++)
            printf "w%d ", int(rand() * 1000000)
        print "\"}"
    }
}' >large.jsonl
for option in '' '--rows --ngram 1-2' '--char-ngram 3-4'; do
    # shellcheck disable=SC2086 # several words
    zubda count -q -j 1 $option -o l1.zub large.jsonl
    # shellcheck disable=SC2086
    zubda count -q -j 7 $option --memory 16M -o l7.zub large.jsonl
    try "large articles with little memory: the same bytes ${option:-of words}" \
        cmp l1.zub l7.zub
done
finish
