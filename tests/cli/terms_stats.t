#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda terms and zubda ngrams: what they list, of articles and of states.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

cat >in.jsonl <<'END'
{"id":"1","by":"x","on":"2024-01-05","text":"Cat cat dog. Cats."}
{"id":"2","by":"y","on":"2024-03","text":"dog ran."}
{"id":"3","by":"x","on":2023,"text":"cat ran"}
{"id":"4","on":"1445/03/05","text":""}
END
head -n 1 in.jsonl >part.jsonl
printf '%s\n' '{"id":"1","text":"الكتاب جديد. قرأ الكتاب."}' \
    '{"id":"2","text":"كتاب جديد"}' >ar.jsonl
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"id\":%d,\"g\":%d,\"text\":\"w%d w%d الكلمة. w%d w%d\"}\n",
        i, i % 7, i % 11, i * i % 501, i % 2, i * 7 % 93
}' >big.jsonl

prints() { # lines with | for tabs and spaces between; command...
    printf '%s\n' "$1" | tr '|' '\t' >wanted
    shift
    zubda "$@" >got 2>err || { cat err; return 1; }
    diff wanted got
}

fails_saying() { # code text command...
    code=$1
    text=$2
    shift 2
    zubda "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
    [ "$(wc -l <err)" -eq 1 ]
}

# The same bytes whatever the threads and the memory.
agrees() { # command options
    zubda "$@" -j1 big.jsonl >one || return 1
    zubda "$@" -j2 big.jsonl >two && zubda "$@" -j7 big.jsonl >seven &&
        zubda "$@" -j2 --memory 16M big.jsonl >little &&
        cmp one two && cmp one seven && cmp one little && [ -s one ]
}

sums() { # options of terms: counts of all rows are the words
    zubda terms "$@" -q big.jsonl >got || return 1
    words=$(zubda segment --unit word -q -f tsv big.jsonl | sed 1d | wc -l)
    sum=$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++)
        if ($i == "count") c = i } NR > 1 { s += $c } END { print s }' got)
    [ "$sum" = "$words" ] || { echo "$sum, not $words"; return 1; }
}

try "terms stand by count" prints "term|count|per_million|df|df_share|idf|range
cat|4|500000|2|0.5|1|2
dog|2|250000|2|0.5|1|2
ran|2|250000|2|0.5|1|2" terms -l en in.jsonl
try "Arabic ones by their commonest form, beside their keys" \
    prints "term|key|count|per_million|df|df_share|idf|range
الكتاب|كتاب|3|500000|2|1|0|2" terms -l ar --keys --limit 1 ar.jsonl
try "word forms, for who asks for them" \
    prints "term|count|per_million|df|df_share|idf|range
الكتاب|2|333333|1|0.5|1|1
جديد|2|333333|2|1|0|2" terms -l ar --stemmer none --limit 2 ar.jsonl
try "dispersion over articles" \
    prints "term|count|per_million|df|df_share|idf|range|dpnorm|burstiness|ridf
cat|4|500000|2|0.5|1|2|0.333333|2|0.14353" terms -l en --dispersion --limit 1 \
    in.jsonl
try "over groups, by the measures named" \
    sh -c 'zubda terms -q -l en --by by --dispersion=dp,kl in.jsonl >got &&
    sed -n 1p got | grep -q "range.dp.kl.burstiness.ridf$"'
try "articles without the field are told of once" \
    sh -c 'zubda terms --by by in.jsonl 2>err >got && [ "$(cat err)" = \
    "zubda: 1 of 4 articles has no field '\''by'\'': they are one part, without a name ('\''4'\'')" ]'
for i in 1 2 3 4 5 6; do echo "{\"id\":\"n$i\",\"text\":\"cat\"}"; done >nameless.jsonl
try "and the first of them are named, whatever the threads" sh -c 'for j in 1 4; do
    zubda terms -j$j --by by nameless.jsonl 2>err >got &&
    grep -q "(the first are '\''n1'\'', '\''n2'\'' and '\''n3'\'')$" err || exit 1; done'
try "each group has its own terms" prints "group|term|count|per_million|df
x|cat|4|666667|2
y|dog|1|500000|1" terms -q -l en --by by --each --limit 1 in.jsonl
try "and each article" prints "id|term|count|per_million|df
1|cat|3|750000|1
2|dog|1|500000|1
3|cat|1|500000|1" terms -l en --each --limit 1 in.jsonl
try "a trend goes year by year" prints "period|term|count|per_million|df
2023|cat|1|500000|1
2024|cat|3|500000|1" terms -q -l en --trend on --limit 1 in.jsonl
try "or month by month, what has no month first" \
    prints "period|term|count|per_million|df
|cat|1|500000|1
2024-01|cat|3|750000|1" terms -q -l en --trend on --period month --limit 1 \
    in.jsonl
try "dates of another calendar are told of" \
    sh -c 'zubda terms --trend on in.jsonl 2>&1 >got | grep -q "^zubda: 1 of 4 articles has no ISO 8601 date"'
try "diversity has a row an article, in input order" \
    sh -c 'zubda terms -l en --diversity in.jsonl | cut -f 1,3,4,6 | tr "\t\n" " ;" >got &&
    [ "$(cat got)" = "id words types ttr;1 4 2 0.5;2 2 2 1;3 2 2 1;4 0 0 0;" ]'
try "JSON has the columns as names" \
    sh -c 'zubda terms -l en --limit 1 --json in.jsonl >got && grep -q "\"df_share\": 0.5, \"idf\": 1, \"range\": 2}$" got'
try "n-grams stay within a sentence" prints "ngram|n|count|per_million|df
cat cat|2|1|125000|1
cat dog|2|1|125000|1
cat ran|2|1|125000|1
dog ran|2|1|125000|1" ngrams -l en --min-count 1 in.jsonl
try "rare ones are left out unless asked for" prints "ngram|n|count|per_million|df" \
    ngrams -l en in.jsonl
try "any orders together" sh -c 'zubda ngrams -l en -n 1-3 --min-count 1 in.jsonl |
    cut -f 2 | sort | uniq -c | tr -s " \n" " " >got && [ "$(cat got)" = " 3 1 4 2 1 3 1 n " ]'
# 4 of the 33 that cat, dog, cats and ran have between spaces.
try "characters in a row" prints "ngram|n|count|per_million|df
 c|2|4|121212|2" ngrams -l en --char -n 2 --limit 1 in.jsonl

# The whole table backwards, but for rows alike in that column: whatever it is.
reverses() { # column command options...
    column=$1
    shift
    zubda "$@" -q --sort "$column" >up && zubda "$@" -q --sort "$column" --reverse >down || return 1
    at=$(head -n 1 up | tr '\t' '\n' | grep -nx "$column" | cut -d : -f 1)
    sed 1d up | cut -f "$at" | sed '1!G;h;$!d' >wanted
    sed 1d down | cut -f "$at" | diff wanted - && ! cmp -s up down
}
for column in term key count per_million df df_share idf range dpnorm burstiness ridf; do
    try "terms by $column are turned by --reverse" reverses $column \
        terms --dispersion --keys big.jsonl
done
for column in ngram key n count per_million df; do
    try "ngrams by $column are turned by --reverse" reverses $column \
        ngrams -n 1-2 --keys big.jsonl
done
for column in term key count per_million; do
    try "terms of parts by $column too" reverses $column \
        terms --by g --each --keys --limit 100000 part.jsonl
done
try "a reversed limit takes the other end" prints "term|count|per_million|df|df_share|idf|range
ran|2|250000|2|0.5|1|2" terms -l en --sort term --reverse --limit 1 in.jsonl
try "rounds of --memory are turned too" agrees ngrams -n 1-2 --sort ngram --reverse

for options in "" "--dispersion=dpnorm,da --sort da" "--by g --each" \
    "--trend id" "--by article --each" "--diversity" "--sort term"; do
    # shellcheck disable=SC2086 # words
    try "terms $options: one answer" agrees terms -q $options
done
for options in "--min-count 1" "-n 1-3 --keys" "--char -n 2-3 --reverse"; do
    # shellcheck disable=SC2086 # words
    try "ngrams $options: one answer" agrees ngrams -q $options
done
for options in "" "--by g --each" "--each" "--trend g"; do
    # shellcheck disable=SC2086 # words
    try "terms $options: counts of all rows are the words" sums $options
done

zubda count -q -l en -o plain.zub in.jsonl
zubda count -q -l en --rows --ngram 1-2 -o rows.zub in.jsonl
try "a state gives what its articles do" sh -c '
    zubda terms -l en in.jsonl >a && zubda terms plain.zub >b && cmp a b'
try "with rows dispersion too" sh -c '
    zubda terms -l en --dispersion in.jsonl >a &&
    zubda terms --dispersion rows.zub >b && cmp a b'
try "n-grams of a state are those it has" sh -c '
    zubda ngrams -l en -n 1-2 in.jsonl >a && zubda ngrams rows.zub >b && cmp a b'
try "without rows there is no dispersion" \
    fails_saying 2 'count again with --rows' terms --dispersion plain.zub
try "a state has no fields" fails_saying 2 'need the articles' \
    terms --by by plain.zub
try "and its words are chosen" fails_saying 2 '--stemmer comes too late' \
    terms --stemmer none plain.zub
try "n-grams that it does not have are named" \
    fails_saying 2 'no n-grams of 3 words' ngrams -n 3 rows.zub
try "a state of words has no characters" \
    fails_saying 2 '--char comes too late' ngrams --char rows.zub
try "an unknown column is a usage error" \
    fails_saying 2 "no column 'x'" terms --sort x in.jsonl
try "an unknown measure too" fails_saying 2 "dpp" \
    terms --dispersion=dpp in.jsonl
try "what does not go together is said" \
    fails_saying 2 'exclude each other' terms --trend on --by by in.jsonl
try "a period is of a trend" fails_saying 2 \
    '--period does nothing without --trend' terms --period month in.jsonl
for option in "mattr-window 3" "mtld-factor 0.5" "hdd-draws 3"; do
    # shellcheck disable=SC2086 # words
    try "$option is of diversity" fails_saying 2 \
        "--${option% *} does nothing without --diversity" terms --$option in.jsonl
done
try "nine words are too many" fails_saying 2 'at most 8 words' \
    ngrams -n 9 in.jsonl
try "a state that is none is refused" sh -c '
    echo x >bad.zub; zubda terms bad.zub 2>err; [ $? -eq 4 ]'
try "states are merged before they are listed" \
    fails_saying 2 'zubda merge' terms plain.zub rows.zub
try "nor do articles stand beside one" \
    fails_saying 2 'zubda count' ngrams in.jsonl rows.zub
try "diversity has no use for what chooses terms" \
    fails_saying 2 '--sort' terms --diversity --sort df in.jsonl
try "nor for how many" \
    fails_saying 2 '--limit' terms --diversity --limit 1 in.jsonl
try "diversity of nothing that could be read leaves its file" sh -c '
    echo old >keep; zubda terms --diversity -o keep absent 2>err
    [ $? -eq 3 ] && [ "$(cat keep)" = old ]'
try "a file takes a whole table or none" sh -c '
    echo old >keep; zubda terms --strict -o keep in.jsonl absent 2>err
    [ "$(cat keep)" = old ] && zubda terms -o keep in.jsonl && grep -q cat keep'
finish
