#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda keyness: what it writes, says and returns.
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

same() { # command with sh -c, twice
    sh -c "$1" >a 2>err && sh -c "$2" >b 2>err && [ -s a ] && cmp a b
}

articles() { # count word word
    awk -v n="$1" -v a="$2" -v b="$3" 'BEGIN { for (i = 0; i < n; i++)
        printf "{\"id\":\"%s%d\",\"text\":\"%s and %s met number %d here.\"}\n",
            a, i, a, (i % 2 ? a : b), i % 9
    }'
}

articles 400 ant bee >ants.jsonl
articles 300 bee ant >bees.jsonl
articles 20 cat dog >cats.jsonl
: >nothing.txt
for name in ants bees; do
    zubda count -q --rows -o "$name.zub" "$name.jsonl"
done
zubda count -q --rows --shard 1/2 -o 1.zub ants.jsonl
zubda count -q --rows --shard 2/2 -o 2.zub ants.jsonl
zubda count -q -l en -o english.zub ants.jsonl

try "words of the target come first" sh -c \
    'zubda keyness ants.jsonl -r bees.jsonl | sed -n 2p | cut -f 1-3,5 |
        grep -qx "ant	target	600	150"'
try "words of the reference can be asked for" sh -c \
    'zubda keyness --negative ants.jsonl -r bees.jsonl >out &&
        [ "$(cut -f 1,2 out | sed -n 2p)" = "bee	reference" ] &&
        ! cut -f 2 out | grep -qx target'
try "the columns stand in the header" sh -c \
    'zubda keyness -m g2 ants.jsonl -r bees.jsonl | head -n 1 |
        tr "\t" " " >out; printf "%s %s %s\n" "word side count per_million" \
        "reference_count reference_per_million g2-4term log_ratio_low" \
        "log_ratio_high p q df reference_df df_g2-4term dpnorm" | cmp out -'
try "JSON is an array of objects" sh -c \
    'zubda keyness --json ants.jsonl -r bees.jsonl | python3 -c "
import json, sys
rows = json.load(sys.stdin)
assert rows and all(0 <= row[\"p\"] <= row[\"q\"] <= 1 for row in rows)
assert all(0 <= row[\"dpnorm\"] <= 1 for row in rows)"'
try "a corpus is like itself, and the overlap is said" sh -c \
    'zubda keyness -f jsonl ants.jsonl -r ants.jsonl >out 2>err &&
        grep -q "400 articles stand on both sides" err &&
        ! grep -v "\"side\": \"both\".*\"lrc\": 0,.*\"p\": 1," out'
for format in text tsv json jsonl; do
    try "$format does not depend on threads" same \
        "zubda keyness -f $format -j 1 ants.jsonl -r bees.jsonl" \
        "zubda keyness -f $format -j 7 ants.jsonl -r bees.jsonl"
done
try "memory changes nothing" same 'zubda keyness ants.jsonl -r bees.jsonl' \
    'zubda keyness --memory 64M --tmpdir . ants.jsonl -r bees.jsonl'
try "states give what their articles give" same \
    'zubda keyness ants.jsonl -r bees.jsonl' 'zubda keyness ants.zub -r bees.zub'
try "so do states beside articles" same \
    'zubda keyness ants.jsonl -r bees.jsonl' \
    'zubda keyness ants.zub --reference=bees.jsonl'
try "so do states of shards" same \
    'zubda keyness ants.zub -r bees.zub' 'zubda keyness 2.zub 1.zub -r bees.zub'
try "several targets and references are taken" same \
    'cat cats.jsonl bees.jsonl >both.jsonl; zubda keyness ants.jsonl -r both.jsonl' \
    'zubda keyness ants.jsonl -r cats.jsonl bees.jsonl'
try "a reference can come from standard input" same \
    'zubda keyness ants.jsonl -r bees.jsonl' \
    'zubda keyness ants.jsonl -r - --from jsonl <bees.jsonl'
try "a small reference does" sh -c 'zubda keyness ants.jsonl -r cats.jsonl >out'
try "the background says what was compared" \
    exits_and_says 0 "of the background 'en'" \
    zubda keyness -l en ants.jsonl -r background
try "the background of a state" exits_and_says 0 "of the background 'en'" \
    zubda keyness english.zub -r background
printf 'The water of the city comes from the river in the north.\n' >en.txt
printf 'يأتي ماء المدينة من النهر في الشمال كل يوم.\n' >ar.txt
for order in "en.txt ar.txt" "ar.txt en.txt"; do
    # shellcheck disable=SC2086 # words
    try "of $order each language is named, and none judged by the other" \
        exits_and_says 2 "target's words are 57.1% 'en' and 42.9% 'ar'" \
        zubda keyness $order -r background
done
try "a language that is asked for is taken for that of all" \
    exits_and_says 0 "of the background 'en'" \
    zubda keyness --min-count 1 -l en en.txt ar.txt -r background
awk 'BEGIN { for (i = 0; i < 40; i++) print "{\"text\":\"The water of the city comes from the river in the north.\"}" }' >most.jsonl
try "a few articles of another language are said" \
    exits_and_says 0 "the target's words are 98.2% 'en' and 1.84% 'ar': all are compared with the background 'en'" \
    zubda keyness most.jsonl ar.txt -r background
try "but not with --quiet" sh -c \
    'zubda keyness -q most.jsonl ar.txt -r background 2>&1 >out | grep -c . | grep -qx 0'
try "a background of another language is refused" \
    exits_and_says 4 "the state was counted as 'en', not 'ar'" \
    zubda keyness -l ar english.zub -r background
try "a language without a background is said" \
    exits_and_says 1 "no background of 'ja'" \
    zubda keyness -l ja ants.jsonl -r background
try "states counted otherwise are refused" \
    exits_and_says 4 "lang is 'en' in one" zubda keyness english.zub -r bees.zub
try "a file called background is not taken for it" exits_and_says 0 'name would be ./background' \
    sh -c 'cp bees.jsonl background && zubda keyness -l en ants.jsonl -r background'
try "unless it is named with its folder" same \
    'zubda keyness ants.jsonl -r ./background --from jsonl' 'zubda keyness ants.jsonl -r bees.jsonl'
rm -f background
try "a background goes with no other reference" exits_and_says 2 'goes with no other' \
    zubda keyness ants.jsonl -r background bees.jsonl
try "nothing to compare with a background is said" exits_and_says 1 'the target holds no word' \
    zubda keyness nothing.txt -r background
try "states have their language" exits_and_says 2 '--lang comes too late' \
    zubda keyness -l en ants.zub -r bees.zub
printf 'one word\n' >one.txt
try "one article is no plural" exits_and_says 1 'zubda: 1 article stands on both' \
    zubda keyness one.txt -r one.txt
try "nor one stretch" exits_and_says 1 ' 1 stretch of 200' zubda keyness -l en one.txt -r background
try "no reference is a usage error" \
    exits_and_says 2 'nothing to compare with' zubda keyness ants.jsonl
try "no target is one too" exits_and_says 2 'no target' \
    zubda keyness -r ants.jsonl
try "a reference without a name is one" exits_and_says 2 'needs a value' \
    zubda keyness ants.jsonl -r
try "standard input is read once" exits_and_says 2 'cannot be read twice' \
    zubda keyness - -r -
try "an unknown measure is a usage error" \
    exits_and_says 2 'did you mean lrc?' zubda keyness -m lcr ants.jsonl -r ants.jsonl
try "smoothing is of simple maths" exits_and_says 2 \
    '--smoothing does nothing without --measure simple-maths' \
    zubda keyness --smoothing 10 ants.jsonl -r bees.jsonl
try "by any of its names" sh -c \
    'zubda keyness -q --smoothing 10 -m simplemaths ants.jsonl -r bees.jsonl >out'
try "a missing reference is named" exits_and_says 3 absent.zub \
    zubda keyness ants.jsonl -r absent.zub
try "a reference that cannot be read is named" \
    exits_and_says 3 absent.jsonl zubda keyness ants.jsonl -r absent.jsonl
try "an empty reference is no harm" sh -c \
    'zubda keyness ants.jsonl -r nothing.txt >out 2>err; [ $? -le 1 ]'
try "and it is said" sh -c \
    'zubda keyness ants.jsonl -r nothing.txt 2>&1 >out |
        grep -q "the reference holds no word"'
try "as is a target without words" sh -c \
    'zubda keyness nothing.txt -r ants.jsonl 2>&1 >out |
        grep -q "the target holds no word"'
try "a limit keeps the first rows" sh -c \
    'zubda keyness ants.jsonl -r bees.jsonl >a
    zubda keyness --limit 2 ants.jsonl -r bees.jsonl >b
    head -n 3 a | cmp - b'
finish
