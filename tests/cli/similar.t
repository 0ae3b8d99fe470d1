#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda similar: one question or all of them, the same answers whatever the
# way, and questions that have none.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
root=$PWD
cd "$scratch" || exit 1

exits_and_says() { # code text command...
    code=$1
    text=$2
    shift 2
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got, not $code: $*"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
}

prints() { # text command...
    text=$1
    shift
    "$@" >out || return 1
    grep -qF -- "$text" out || { cat out; return 1; }
}

awk 'BEGIN { srand(5)
    for (i = 0; i < 700; i++) {
        printf "{\"id\":\"a%03d\",\"text\":\"", i
        for (w = int(rand() * 40); w > 0; w--)
            printf "%s%d ", (i % 3 ? "word" : "كلمة "), int(rand() * rand() * 900)
        print "\"}"
    }
}' >articles.jsonl
cat >cats.jsonl <<'END_OF_CATS'
{"id": "one", "title": "Of cats", "text": "Cats chase mice.", "lang": "en"}
{"id": "two", "text": "Cats chase mice at night.", "lang": "en"}
{"id": "three", "title": "عن القطط", "text": "القطط تطارد الفئران.", "lang": "ar"}
{"id": "none", "text": "... 。"}
END_OF_CATS

# ---- The same answers ----

zubda similar -q --all -k 5 -j1 -f jsonl -e articles.jsonl >whole
for threads in 2 7; do
    try "answers of $threads threads are those of one" sh -c '
        zubda similar -q --all -k 5 -j'$threads' -f jsonl -e articles.jsonl | cmp - whole'
done
try "--memory changes no byte" sh -c '
    zubda similar -q --all -k 5 --memory 16M -f jsonl -e articles.jsonl | cmp - whole'
try "a state of rows answers as its articles" sh -c '
    zubda count -q --rows -o s.zub articles.jsonl &&
    zubda similar -q --all -k 5 -f jsonl -e s.zub | cmp - whole'
try "one article is answered as among all" sh -c '
    for id in a007 a333 a699; do
        zubda similar -q --id $id -k 5 -f jsonl -e articles.jsonl >out || exit 1
        grep -qxF "$(cat out)" whole || exit 1
    done'
try "so it is with other measures" sh -c '
    for m in jaccard dice overlap tanimoto jensen-shannon; do
        zubda similar -q --all -m $m -f jsonl articles.jsonl >all &&
        zubda similar -q --id a100 -m $m -f jsonl articles.jsonl >out &&
        grep -qxF "$(cat out)" all || exit 1
    done'
try "a text is answered as the article it is" sh -c '
    zubda similar -q --query "Cats chase mice." -k 1 -f tsv cats.jsonl >out &&
    [ "$(tail -n 1 out | cut -f 2,3)" = "$(printf "one\t1")" ]'
try "a long text comes from standard input" sh -c '
    for i in $(seq 40000); do echo "Cats chase mice."; done |
    zubda similar -q --query - -k 1 -f tsv cats.jsonl | tail -n 1 | grep -q "one	1$"'
try "standard input can be the articles" sh -c '
    zubda similar -q --id one -f tsv <cats.jsonl --from jsonl | grep -q "^one	two"'

# ---- What is written ----

try "text: score, id, title" sh -c '
    [ "$(zubda similar -q --query "cats at night" -k 2 cats.jsonl | tail -n 1 | cut -d" " -f 3-)" = "one  Of cats" ]'
try "an article in Arabic is found" prints "three  عن القطط" \
    zubda similar -q --query "الفئران" cats.jsonl
try "no stem is shown" sh -c '
    zubda similar -q --id one -e --json cats.jsonl | grep -q "\"term\": \"chase\"" &&
    ! zubda similar -q --id one -e --json cats.jsonl | grep -qE "\"term\": \"(chas|mous)\""'
try "shares sum to 1" python3 -c '
import json
for line in open("whole"):
    for n in json.loads(line)["neighbours"]:
        assert abs(sum(t["share"] for t in n["terms"]) - 1) < 1e-9, n
        assert 0 < n["score"] <= 1'
try "no article is its own neighbour, nor one above another that is better" python3 -c '
import json
for line in open("whole"):
    answer = json.loads(line)
    scores = [n["score"] for n in answer["neighbours"]]
    assert answer["id"] not in [n["id"] for n in answer["neighbours"]]
    assert scores == sorted(scores, reverse=True) and len(scores) <= 5'
try "--min-score takes all from there on" sh -c '
    zubda similar -q --all --min-score .2 -f tsv articles.jsonl >few &&
    zubda similar -q --all -k 100000 -f tsv articles.jsonl >all &&
    awk "NR == 1 || \$3 >= .2" all | cmp - few && [ "$(wc -l <few)" -gt 100 ]'
try "pairs stand on both sides" sh -c '
    tail -n +2 few | awk "{ print \$1, \$2 }" | sort >there &&
    tail -n +2 few | awk "{ print \$2, \$1 }" | sort | cmp - there'
try "-o takes the answers" sh -c '
    zubda similar -q --all -k 5 -f jsonl -e -o file articles.jsonl && cmp file whole'
try "on a full device no answer is a success" sh -c '
    zubda similar -q --all articles.jsonl >/dev/full 2>err; [ $? -eq 5 ]'
if python3 -c 'import jsonschema' 2>/dev/null; then
    for format in json jsonl; do
        try "$format is as its schema says" sh -c '
            zubda similar -q --all -k 3 -e -f '$format' cats.jsonl articles.jsonl >out &&
            python3 "$0"/tests/cli/schema.py "$0"/docs/similar.schema.json '$format' out &&
            zubda similar -q --query cats -f '$format' cats.jsonl >out &&
            python3 "$0"/tests/cli/schema.py "$0"/docs/similar.schema.json '$format' out' "$root"
    done
else
    skip "JSON is as its schema says" "python3 has no jsonschema"
fi

try "a closed pipe is silent" sh -c '
    { zubda similar -q --all -k 100 articles.jsonl; echo $? >code; } 2>err | head -n 1 >out; [ ! -s err ]'
try "1: an unreadable file among good ones is named, the rest done" sh -c '
    zubda similar --id one -f tsv cats.jsonl absent.jsonl >out 2>err; [ $? -eq 1 ] &&
    grep -q absent err && grep -q "^one	two" out'
try "3: the only input unreadable" sh -c 'zubda similar absent.jsonl 2>err; [ $? -eq 3 ]'

# ---- In few dimensions ----

zubda similar -q --lsa 10 -k 5 -j1 -f jsonl articles.jsonl >reduced
for threads in 2 7; do
    try "--lsa: answers of $threads threads are those of one" sh -c '
        zubda similar -q --lsa 10 -k 5 -j'$threads' -f jsonl articles.jsonl | cmp - reduced'
done
try "--lsa: one article is answered as among all" sh -c '
    zubda similar -q --lsa 10 --id a333 -k 5 -f jsonl articles.jsonl >out && grep -qxF "$(cat out)" reduced'
try "--lsa: a text is answered" sh -c '
    zubda similar -q --lsa 2 --query "cats chase mice" -k 1 -f tsv cats.jsonl | grep -q "	one	"'
try "--lsa: fewer dimensions than asked for are named" exits_and_says 0 "dimensions, not 50" \
    zubda similar --lsa 50 cats.jsonl
printf 'ships sail\nships sail\n' >ships
try "--lsa: one dimension is one" exits_and_says 0 "have 1 dimension, not 3" \
    zubda similar --lsa 3 --from lines ships
printf '%s\n' 'cats chase mice' 'cats chase birds' 'ships sail' 'cats eat mice' >alone
try "--lsa: what is outside the dimensions is like nothing" sh -c '
    zubda similar -q --lsa 2 --id alone:3 --from lines alone >out; [ $? -eq 1 ] && [ ! -s out ]'
try "-o X.npy takes vectors" sh -c '
    zubda similar -q --lsa 10 -o v.npy articles.jsonl && head -c 6 v.npy | grep -qa NUMPY && grep -qa "(700, 10)" v.npy'
try "2: a .npy of no vectors" exits_and_says 2 "ask for them with --lsa" zubda similar -o v.npy cats.jsonl
try "2: dimensions have no terms" exits_and_says 2 "dimensions are no terms" zubda similar --lsa 2 -e cats.jsonl
try "2: nor other measures" exits_and_says 2 "there is the cosine" zubda similar --lsa 2 -m dice cats.jsonl

# ---- Questions without an answer ----

printf 'ships sail\n' >ship
try "a lone article is told of" exits_and_says 0 "no other that it could be like" zubda similar ship
try "without a question all are asked" sh -c '
    zubda similar cats.jsonl >out && zubda similar --all cats.jsonl | cmp - out'
try "2: two questions" exits_and_says 2 "three questions (ask one)" zubda similar --all --id one cats.jsonl
try "2: the query and the articles on standard input" exits_and_says 2 \
    "standard input is the query" zubda similar --query - -
try "2: no such measure" exits_and_says 2 "euclid" zubda similar --all -m euclid cats.jsonl
try "2: no such weighting" exits_and_says 2 "tfdif" zubda similar --all -w tfdif cats.jsonl
try "2: a state was counted already" exits_and_says 2 "comes too late" \
    zubda similar --all --ngram 1-2 s.zub
try "2: a state without rows" sh -c '
    zubda count -q -o sums.zub cats.jsonl; zubda similar --all sums.zub 2>err; [ $? -eq 2 ] && grep -q -- --rows err'
try "1: no such id, with the nearest" exits_and_says 1 \
    "no article has the id 'thre' (did you mean 'three'?)" zubda similar --id thre cats.jsonl
try "1: no such id, and none near" exits_and_says 1 \
    "no article has the id 'xyz'" zubda similar --id xyz cats.jsonl
try "1: an article without words" exits_and_says 1 "article 'none' has no words" \
    zubda similar --id none --json cats.jsonl
try "which is answered by none" grep -q '"neighbours": \[\]' out
try "1: a query of unknown words" exits_and_says 1 "no article has a word of the query" \
    zubda similar --query 'zebras zzz' cats.jsonl
try "1: a query of no words" exits_and_says 1 "no article has a word of the query" \
    zubda similar --query '...' cats.jsonl
try "1: a query of stop words that are not counted" exits_and_says 1 \
    "no article has a word of the query" zubda similar --drop-stop-words --query 'at the of' cats.jsonl
try "a query that is not UTF-8 is one" sh -c '
    zubda similar -q --query "$(printf "\377cats\376 chase")" --json cats.jsonl >out && grep -q "\"one\"" out'
try "one article has no neighbour" sh -c '
    head -n 1 cats.jsonl | zubda similar --all --json - >out && grep -q "\"neighbours\": \[\]" out'
try "1: no article" sh -c ': >e.jsonl; zubda similar --json e.jsonl >out; [ $? -eq 1 ] && [ "$(tr -d " \n" <out)" = "[]" ]'
try "two articles with one id are named" exits_and_says 0 \
    "4 articles have the id of one before, the first 'one'" zubda similar --all cats.jsonl cats.jsonl
try "weights that are all 0 are alike to nothing" sh -c '
    printf "a\na\n" >same; zubda similar --id same:1 --from lines -w gensim same >out; [ $? -eq 1 ]'
try "5: lists beyond --memory, with how much they take" sh -c '
    awk "BEGIN { for (i = 0; i < 6000; i++) { for (w = 0; w < 150; w++) printf \"w%d \", (i * 7919 + w * 104729) % 200000; print \"\" } }" >large
    zubda similar -q --all --memory 16M --from lines large 2>err; [ $? -eq 5 ] && grep -q "MiB, more than --memory" err'
try "but not of one question" sh -c '
    zubda similar -q --id large:7 --memory 16M --from lines large | grep -q "  large:"'
finish
