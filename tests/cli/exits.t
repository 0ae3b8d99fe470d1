#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# The exit codes of the manual, one by one.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

exits() { # code command...
    wanted=$1
    shift
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted"; cat err; return 1; }
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

silent() { # code command...
    exits "$@" && [ ! -s err ]
}

# A program's address space as a limit; half of it is libraries.
in_little_memory() {
    # shellcheck disable=SC3045 # dash and bash have it
    (ulimit -v 200000 && exits 5 zubda summarize line.txt) && says 'out of memory'
}

as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
    else
        "$@"
    fi
}

chmod 755 .
printf 'Cats chase mice at night. Dogs sleep in the sun.\n' >good.txt
cp good.txt secret.txt
chmod 000 secret.txt
printf '{"id":"a","text":"Cats chase mice."}\n{"id":"b","text":\n' >half.jsonl
printf '{"id":1\nnull\n[]\n{"text":5}\n' >none.jsonl
printf '{"id":"a","text":"Cats chase mice.","n":4}\n{"id":"b","text":"Dogs sleep.","n":"x"}\n{"id":"c","text":"Dogs sleep.","n":null}\n{"id":"d","text":"Dogs sleep.","n":0}\n{"id":"e","text":"Dogs sleep.","n":"7"}\n' >budget.jsonl
printf '{"id":"a","title":"T","lang":"en","text":"Cats chase mice."}\n' >own.jsonl
printf 'ok' | gzip >cut.txt.gz
head -c 10 cut.txt.gz >half.txt.gz
mkdir models folder.txt
: >none.txt

try "0: done" silent 0 zubda summarize good.txt
try "1: no word in the only article" silent 1 zubda summarize none.txt
try "1: no record at all" sh -c 'zubda summarize --json --from jsonl none.txt >out; [ $? -eq 1 ] && [ "$(tr -d " \n" <out)" = "[]" ]'
try "0: a word in one of several articles" silent 0 zubda summarize none.txt good.txt
try "1: one of several failed" exits_and_says 1 "absent.txt" zubda summarize good.txt absent.txt
try "1: one JSONL line of two malformed" exits_and_says 1 "line 2" zubda summarize half.jsonl
try "2: unknown command" exits 2 zubda sumarize
try "2: unknown option" exits 2 zubda summarize --wrods 5 good.txt
try "2: value out of range" exits_and_says 2 "--ratio takes" zubda summarize --ratio 1.5 good.txt
try "2: value missing" exits_and_says 2 "--words needs a value" zubda summarize good.txt --words
try "2: unknown method" exits_and_says 2 "did you mean lead" zubda summarize --method leda good.txt
try "2: unknown profile" exits_and_says 2 "'absent'" zubda summarize --profile absent good.txt
try "2: not a language" exits_and_says 2 "'!!'" zubda summarize --lang '!!' good.txt
try "2: unknown encoding" exits_and_says 2 "'utf-9'" zubda summarize --encoding utf-9 good.txt
try "2: no such folder of models" exits_and_says 2 "'absent'" zubda summarize --models absent good.txt
for file in absent . good.txt/in; do
    try "2: a lexicon that cannot be read: $file" exits_and_says 2 "--lexicon" \
        zubda summarize --lexicon "$file" good.txt
done
try "2: a profile that is a folder" exits 2 zubda summarize --profile models/ good.txt
try "2: standard input twice" exits_and_says 2 "twice" \
    sh -c 'zubda summarize - - <good.txt'
try "2: the name of a file is empty" exits 2 zubda summarize ''
try "2: help for two commands" exits 2 zubda help summarize keywords
try "2: a file for a command that reads none" exits_and_says 2 "takes no files" zubda version good.txt
try "0: the variable's models are missing, which is said" \
    exits_and_says 0 ZUBDA_MODELS env ZUBDA_MODELS=absent zubda summarize good.txt
try "0: --quiet does not say it" silent 0 env ZUBDA_MODELS=absent zubda summarize -q good.txt
try "0: a folder of models without any" silent 0 zubda summarize --models models good.txt
try "3: the only input is not there" exits_and_says 3 "cannot read 'absent.txt'" zubda summarize absent.txt
try "3: all of several are not there" exits 3 zubda summarize absent.txt gone.txt
try "3: every JSONL line malformed" exits_and_says 3 "line 2" zubda summarize none.jsonl
for format in json jsonl html; do
    try "3: nothing but failures is still whole as $format" sh -c '
        zubda summarize -f "$0" absent.txt >out 2>err; [ $? -eq 3 ]
        case $0 in
        json) [ "$(tr -d " \n" <out)" = "[]" ] ;;
        jsonl) [ ! -s out ] ;;
        html) grep -q "<html" out && grep -q "</html>" out ;;
        esac' $format
done
try "3: and as a table has its header" sh -c '
    zubda keywords -f tsv good.txt | head -n 1 >head
    zubda keywords -f tsv absent.txt >out 2>err; [ $? -eq 3 ] && cmp head out'
try "3: --strict leaves whole JSON too" sh -c '
    zubda keywords --json --strict absent.txt good.txt >out 2>err
    [ $? -eq 3 ] && [ "$(tr -d " \n" <out)" = "[]" ]'
try "2: a usage error writes nothing" sh -c '
    zubda summarize --json --lang "!!" good.txt >out 2>err; [ $? -eq 2 ] && [ ! -s out ]'
try "3: a truncated .gz" exits_and_says 3 "half.txt.gz" zubda summarize half.txt.gz
try "3: nothing is printed of it" test ! -s out
if [ "$(id -u)" -ne 0 ] || command -v setpriv >/dev/null; then
    try "3: a file that may not be read" \
        exits_and_says 3 "Permission denied" as_nobody zubda summarize secret.txt
    try "1: a file that may not be read among good ones" \
        exits_and_says 1 "secret.txt" as_nobody zubda summarize good.txt secret.txt
else
    skip "3: a file that may not be read" "root reads all, and no setpriv"
fi
try "1: a folder named as a file is one, and empty" \
    exits_and_says 1 "folder.txt" zubda summarize folder.txt
printf 'not a model' >models/stop.ar
printf 'not a profile\n' >bad.txt
try "4: a profile that is damaged" \
    exits_and_says 4 "'./bad.txt' is damaged" zubda summarize --profile ./bad.txt good.txt
try "4: a lexicon that is damaged" \
    exits_and_says 4 "bad.txt" zubda summarize --lexicon bad.txt good.txt
try "5: an article beyond the limit" \
    exits_and_says 5 "cannot" zubda summarize --limit-bytes 10 good.txt
try "5: a full disk" exits_and_says 5 "No space left" sh -c 'zubda summarize good.txt >/dev/full'
try "5: a full disk met in the middle" sh -c '
    for i in 1 2 3 4 5 6 7 8; do cat "$0"/half.jsonl; done >many.jsonl
    zubda segment -f jsonl many.jsonl 2>err >/dev/full; [ $? -eq 5 ]' .
try "5: a file that cannot be made" \
    exits_and_says 5 "absent/out" zubda summarize -o absent/out good.txt
try "5: a folder for texts that cannot be made" \
    exits_and_says 5 "good.txt/texts" zubda summarize --emit-text good.txt/texts good.txt

try "1: budgets of records, two of them bad" exits 1 \
    zubda summarize --budget-field n -f jsonl budget.jsonl
try "a bad budget names the article and the field" says "'b': field 'n' is not a number"
try "records with good budgets are done" sh -c '[ "$(wc -l <out)" -eq 2 ]'
try "a missing budget is named" exits_and_says 3 "no field 'absent'" \
    zubda summarize --budget-field absent budget.jsonl
for field in text id title lang; do
    try "the article's own $field is no budget, and not said to be missing" sh -c '
        zubda summarize --budget-field "$0" own.jsonl 2>err >out
        [ $? -eq 3 ] && grep "field .$0. " err | grep -q "not a number"' $field
done

try "--strict: the first bad input ends the run" exits 3 \
    zubda summarize --strict absent.txt good.txt gone.txt
try "--strict: the second is not met" sh -c '! grep -q gone.txt err && [ ! -s out ]'
try "--strict: what was done before stands" exits 1 \
    zubda summarize --strict --json good.txt absent.txt good.txt
try "--strict: and is whole" sh -c 'grep -c "\"id\"" out | grep -qx 1 && tail -n 1 out | grep -qx "\]"'

case $B in
*san) skip "5: memory" "sanitizers need more than any limit" ;;
*) head -c 200000000 /dev/zero | tr '\0' 'a' >line.txt
    try "5: memory" in_little_memory ;;
esac
finish
