#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda topics: what it writes, that it is the same every time, and what it
# makes of little and of bad input.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
root=$PWD
export root

# Thirty articles of three subjects, in two orders and two files.
awk 'BEGIN {
    srand(1)
    split("space shuttle,orbit,rocket,launch,moon,astronaut", one, ",")
    split("olive oil,bread,garlic,tomato,kitchen,recipe", two, ",")
    split("prime minister,election,parliament,vote,party,budget", three, ",")
    for (i = 0; i < 30; i++) {
        text = ""
        for (s = 0; s < 6; s++) {
            for (w = 0; w < 3; w++) {
                n = int(rand() * 6) + 1
                word[w] = i % 3 == 0 ? one[n] : i % 3 == 1 ? two[n] : three[n]
            }
            text = text "Today the " word[0] " was near the " word[1] \
                " and after it came the " word[2] " of 1999. "
        }
        printf "{\"id\":\"a%02d\",\"date\":\"20%02d-03-05\",", i, i % 4
        printf "\"text\":\"%s\"}\n", text
    }
}' >"$scratch/in.jsonl"
cd "$scratch" || exit 1
sort -r in.jsonl >turned.jsonl
sed -n 1,12p in.jsonl >first.jsonl
sed -n '13,$p' in.jsonl >second.jsonl

same() { # options: whatever threads, order, files and memory
    zubda topics "$@" -j1 in.jsonl >one && [ -s one ] || return 1
    zubda topics "$@" -j2 in.jsonl >two && cmp one two || return 1
    zubda topics "$@" -j7 turned.jsonl >two && cmp one two || return 1
    zubda topics "$@" --memory 16M second.jsonl first.jsonl >two &&
        cmp one two
}

# Through a pipe, and from the middle of a file.
reads_again() {
    zubda topics -k3 in.jsonl >one || return 1
    # shellcheck disable=SC2002 # a pipe is what is tested
    cat in.jsonl | zubda topics -k3 >two && cmp one two || return 1
    zubda topics -k3 - <in.jsonl >two && cmp one two || return 1
    { echo "not this line"; cat in.jsonl; } >longer
    { read -r _; zubda topics -k3 --from jsonl -; } <longer >two
    [ -s two ]
}

fails_saying() { # code text command...
    code=$1
    text=$2
    shift 2
    zubda "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
}

# Every phrase of every label stands in an article.
labels_stand() { # options
    zubda topics -q --json "$@" >out || return 1
    python3 - "$@" <<'END'
import glob, json, os, sys
texts = []
for path in sys.argv[1:]:
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
with open("out", encoding="utf-8") as file:
    topics = json.load(file)["topics"]
assert topics and all(topic["phrases"] for topic in topics)
for topic in topics:
    for phrase in topic["phrases"]:
        assert any(phrase in text for text in texts), phrase
END
}

sums() {
    zubda topics -k3 --json in.jsonl >out && python3 - <<'END'
import json
with open("out", encoding="utf-8") as file:
    found = json.load(file)
assert found["k"] == 3 and len(found["topics"]) == 3
for article in found["articles"]:
    assert abs(sum(article["weights"]) - 1) < 1e-5
    assert article["weights"][article["topic"]] == max(article["weights"])
    assert article["topic"] == found["articles"][int(article["id"][1:]) % 3]["topic"]
assert abs(sum(topic["share"] for topic in found["topics"]) - 1) < 1e-5
assert 5 <= len(found["overview"]) <= 10
texts = {}
with open("in.jsonl", encoding="utf-8") as file:
    for line in file:
        row = json.loads(line)
        texts[row["id"]] = row["text"].encode()
for topic in found["topics"]:
    ids = [sentence["id"] for sentence in topic["sentences"]]
    assert len(set(ids)) == len(ids)
    for s in topic["sentences"] + found["overview"]:
        assert texts[s["id"]][s["start"]:s["end"]].decode() == s["text"]
END
}

for method in $(zubda topics --help | grep -o '^ *\(nmf\|cluster\|lsa\) ' |
    sort -u); do
    try "topics by $method are the same every time" same -k3 -m "$method" --json
done
try "so are they when their number is chosen" same --json
try "so is the page" same -k3 -f html --date-field date
try "so are the articles" same -k3 -f jsonl
try "what comes through a pipe is read twice, too" reads_again
try "articles are of the subject they are of, sentences stand where it says" \
    sums
try "labels stand in the articles" labels_stand -k3 in.jsonl
try "Arabic ones, too" labels_stand -k4 --from lines "$root"/seeds/ar-*.txt
try "the rows of articles" sh -c 'zubda topics -k3 -f tsv in.jsonl >out &&
    head -1 out | grep -q "^id.topic.weight.likeness.label$" &&
    [ "$(wc -l <out)" -eq 31 ] && ! grep -v "^\(id\|a[0-9][0-9]\)	" out'
try "a trend has each period" sh -c 'zubda topics -k3 --date-field date \
    --json in.jsonl | grep -q "\"periods\": \[\"2000\", \"2001\", \"2002\", \"2003\"\]"'
try "articles without a date are told of" sh -c 'zubda topics -k3 \
    --date-field date --period day in.jsonl first.jsonl 2>err >out
    [ ! -s err ] && zubda topics -k3 --date-field on in.jsonl 2>err >out &&
    grep -q "of 30 of 30 articles: they are in no period" err'
try "a page runs nothing and fetches nothing" sh -c 'zubda topics -k3 -f html \
    in.jsonl >out && ! grep -E "<script|https?://|<text|<img" out &&
    grep -q "<circle" out && grep -q "<table" out && grep -q "<blockquote" out'
try "another seed is another draw" sh -c 'zubda topics -k3 --seed 7 --json \
    in.jsonl | grep -q "\"seed\": 7"'

printf '{"text":"Bees dance on a flower."}\n' >bee.jsonl
printf '{"text":"Bees dance."}\n{"text":"Bees dance."}\n' >bees.jsonl
printf '{"text":"1 2 3"}\n{"text":"the of"}\n' >none.jsonl
try "one article is one topic, and it says so" sh -c 'zubda topics -k20 \
    bee.jsonl >out 2>err && grep -q "^1 topic of 1 article" out &&
    grep -q "20 topics were asked for: 1 article with" err'
try "so is it without being asked" sh -c 'zubda topics bee.jsonl >out 2>err &&
    [ ! -s err ]'
try "identical articles" sh -c 'zubda topics -k5 bees.jsonl >out 2>/dev/null &&
    grep -q "of 2 articles" out'
try "no word is no topic" fails_saying 1 "no topics" topics none.jsonl
try "no article is nothing found" sh -c ': >empty.jsonl
    zubda topics empty.jsonl; [ $? -eq 1 ]'
try "no topics cannot be asked for" fails_saying 2 "not '0'" \
    topics -k 0 in.jsonl
try "nor can a number of words" fails_saying 2 "not 'many'" \
    topics -k many in.jsonl
try "a method must be one" fails_saying 2 "magic" \
    topics -m magic in.jsonl
try "a missing file is an error" fails_saying 3 "absent" topics absent.jsonl
try "an empty file is nothing found, and an object still" sh -c ': >nothing.txt
    zubda topics --json nothing.txt >out 2>err; [ $? -eq 1 ] &&
    head -c 1 out | grep -q "{" && grep -q "no topics" err'
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"id\":\"a long name of an article %d\",\"text\":\"Cats chase %d mice.\"}\n", i, i
}' >big.jsonl
try "a closed pipe is silent" sh -c '{ zubda topics -k2 -f jsonl big.jsonl 2>err
    echo $? >code; } | head -n 1 >out; [ -s out ] && [ ! -s err ] &&
    [ "$(cat code)" -eq 141 ]'
mkdir folder && cp first.jsonl folder/b.jsonl && cp second.jsonl folder/a.jsonl
try "a folder is its files" sh -c 'zubda topics -k3 folder >one &&
    zubda topics -k3 folder/a.jsonl folder/b.jsonl >two && cmp one two'
printf 'ab \200\277 cd \355\240\200. \377\376x.\n' >broken.txt
printf 'One\0two\0\0three. Four\0.\n' >nul.txt
try "bytes that are no text are survived" sh -c 'zubda topics -k2 broken.txt \
    nul.txt >out; [ $? -le 1 ]'
mkfifo pipe
try "a named pipe cannot be read twice" fails_saying 2 "standard input" \
    topics pipe
try "one of several bad inputs" sh -c 'zubda topics -k3 in.jsonl absent.jsonl \
    >out 2>err; [ $? -eq 1 ] && [ -s out ] && grep -q absent err'
if [ -e /dev/full ]; then
    try "a full disk is no success" sh -c 'zubda topics -k3 in.jsonl \
        >/dev/full 2>err; [ $? -eq 5 ]'
fi
if python3 -c 'import jsonschema' 2>/dev/null; then
    try "JSON is as its schema says" sh -c 'zubda topics -k3 --date-field date \
        --json in.jsonl >out && python3 "$root/tests/cli/schema.py" \
        "$root/docs/topics.schema.json" one out'
    try "so is that of odd articles" sh -c 'printf "a\377 b\000c bees. \n" >odd
        zubda topics -q --json odd bees.jsonl none.jsonl >out &&
        python3 "$root/tests/cli/schema.py" "$root/docs/topics.schema.json" \
        one out'
else
    skip "JSON is as its schema says" "python3 has no jsonschema"
fi
finish
