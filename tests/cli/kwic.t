#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda kwic: what it prints, its options, its exits and its manners.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
project=$PWD
cd "$scratch" || exit 1

tab=$(printf '\t')
printf 'T\n\nOne cat sat. Two CATS ran; a cat slept.\n' >a.txt
printf 'جلس القط. جلسَ قِطٌّ آخر، ثم جلس القط.\n' >b.txt
printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab c' >runaway.txt
printf 'no such word\n' >none.txt
awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"id\":%d,\"text\":\"w%d the %d cat x%d. cat\"}\n",
        i, i % 97, i, i % 89
}' >big.jsonl

prints() { # wanted, arguments of kwic...
    wanted=$1
    shift
    got=$(zubda kwic "$@" 2>&1)
    [ "$got" = "$wanted" ] || { echo "$got"; return 1; }
}

fails_saying() { # code, text, arguments...
    code=$1
    text=$2
    shift 2
    zubda kwic "$@" >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
    ! grep -v '^zubda: [^ ]' err
}

lines() { # wanted number, arguments...
    wanted=$1
    shift
    got=$(zubda kwic "$@" | sed 1d | wc -l)
    [ "$got" -eq "$wanted" ] || { echo "$got"; return 1; }
}

# Offsets are those of the match in the file itself.
offsets_hold() {
    zubda kwic القط b.txt | sed 1d |
        while IFS="$tab" read -r _ _ match _ start end; do
            piece=$(tail -c +$((start + 1)) b.txt | head -c $((end - start)))
            [ "$piece" = "$match" ] || exit 1
        done
}

threads_agree() {
    for j in 1 2 7; do
        zubda kwic cat big.jsonl -j "$j" "$@" >"out.$j" || return 1
    done
    cmp out.1 out.2 && cmp out.1 out.7 && [ -s out.1 ]
}

memory_changes_nothing() {
    awk 'BEGIN { for (i = 0; i < 150000; i++)
        printf "{\"id\":%d,\"text\":\"cat x%d y z\"}\n", i, i * 7919 % 4093
    }' >many.jsonl
    zubda kwic cat many.jsonl -s after >a && mkdir -p tmp &&
        zubda kwic cat many.jsonl -s after --memory 16M --tmpdir tmp >b &&
        cmp a b && [ -z "$(ls -A tmp)" ] && [ "$(wc -l <a)" -eq 150001 ]
}

html_is_well_formed() {
    printf '<b>bold</b> & cat "q" </td>\n' >markup.txt
    zubda kwic cat -f html markup.txt a.txt b.txt >page.html &&
        ! grep -qE '<script|<link|src=|<b>' page.html &&
        grep -q '&lt;b&gt;' page.html &&
        python3 - page.html <<'END'
import sys
from html.parser import HTMLParser
class Checker(HTMLParser):
    open = []
    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
checker = Checker()
checker.feed(open(sys.argv[1], encoding="utf-8").read())
assert checker.open == []
END
}

json_is_valid() {
    zubda kwic cat --json a.txt b.txt | python3 -c '
import json, sys
lines = json.load(sys.stdin)
assert len(lines) == 2 and lines[0]["match"] == "cat"
assert list(lines[0]) == ["id", "before", "match", "after", "start", "end"]'
}

full_disk() {
    zubda kwic cat big.jsonl "$@" >/dev/full 2>err
    [ $? -eq 5 ] && grep -q 'cannot write to standard output: No space' err
}

closed_pipe() {
    { zubda kwic cat big.jsonl 2>err; echo $? >code; } | head -n 1 >out
    [ -s out ] && [ ! -s err ] && [ "$(cat code)" -eq 141 ]
}

reads_stdin() {
    zubda kwic cat <a.txt >x && zubda kwic cat - <a.txt >y && cmp x y &&
        grep -q "^-$tab" x
}

keeps_the_file() {
    echo old >kept
    zubda kwic cat absent.txt -o kept 2>err
    [ $? -eq 3 ] && [ "$(cat kept)" = old ] &&
        zubda kwic cat a.txt -o kept && grep -q cat kept
}

goes_on_after_a_runaway() {
    zubda kwic -r '(a+)+$' --steps 100000 runaway.txt a.txt >out 2>err
    [ $? -eq 1 ] && [ "$(wc -l <err)" -eq 1 ] &&
        grep -q "'runaway.txt'.*steps" err && [ "$(sed 1d out)" = "" ]
}

survives() { # file
    timeout 100 zubda kwic cat "$1" -s before >out 2>err
    [ $? -le 3 ]
}

header="id${tab}before${tab}match${tab}after${tab}start${tab}end"

try 'the default is a table' prints "$header
a.txt${tab}One ${tab}cat${tab} sat. Two CATS ran; a cat slept.${tab}7${tab}10
a.txt${tab}One cat sat. Two CATS ran; a ${tab}cat${tab} slept.${tab}32${tab}35" \
    cat a.txt
try 'width and limit' prints "$header
a.txt${tab}${tab}cat${tab}${tab}7${tab}10" cat a.txt -w 0 -n 1
try 'words, not characters' prints "$header
a.txt${tab}One ${tab}cat${tab} sat${tab}7${tab}10" cat a.txt --words 1 -n 1
try 'stems' lines 3 cats --stem a.txt
try 'exactly' lines 1 CATS --exact a.txt
try 'a beginning' lines 3 'cat*' a.txt
try 'a regular expression' lines 2 -r '\b[Tt]wo|One\b' a.txt
try 'vowel signs do not count' lines 3 'جلس' b.txt
try 'a phrase' lines 2 'جلس القط' b.txt
try 'a title is not searched' lines 0 T a.txt
try 'counts' prints "id${tab}count
a.txt${tab}2" -c cat none.txt a.txt
try 'offsets are bytes of the file' offsets_hold
try 'threads do not matter' threads_agree
try 'threads do not matter to what is sorted' threads_agree -s before
try 'threads do not matter to counts' threads_agree -c --json
try 'nor does memory' memory_changes_nothing
try 'HTML is balanced and escaped' html_is_well_formed
try 'JSON has the six names' json_is_valid
try 'text is aligned' prints "  One cat sat.  a.txt
    a cat slept  a.txt" cat a.txt -f text -w 6
try 'sorted by what comes before' prints "$header
a.txt${tab}a ${tab}cat${tab} slept${tab}32${tab}35
a.txt${tab}One ${tab}cat${tab} sat.${tab}7${tab}10" cat a.txt -w 6 -s before
try 'nothing found' sh -c 'zubda kwic absent none.txt; [ $? -eq 1 ]'
try 'no pattern' fails_saying 2 'no pattern'
try 'an empty pattern' fails_saying 2 'holds no word' '' a.txt
try 'an empty expression' fails_saying 2 'empty' -r '' a.txt
try 'an expression for nothing' fails_saying 2 'everywhere' -r 'x*' a.txt
try 'a wrong expression' fails_saying 2 'parenthesis' -r '(' a.txt
deep=$(printf '%0300d' 0 | tr 0 '(')
try 'one too deep' fails_saying 2 'too deep' \
    -r "${deep}a$(echo "$deep" | tr '(' ')')" a.txt
try 'a wrong pattern is said before the files are read' \
    fails_saying 2 'holds no word' '-' absent.txt
try 'a wrong width' fails_saying 2 '--width takes' cat a.txt --width x
try 'two widths' fails_saying 2 'give one' cat a.txt -w 3 --words 3
try 'stems and letters' fails_saying 2 'not both' cat a.txt --stem --exact
try 'counts have no page' fails_saying 2 '--format html is not for it' -c cat a.txt -f html
try 'nor an order of lines' fails_saying 2 '--sort is not for it' -c cat a.txt -s after
try 'nor a width' fails_saying 2 '--width is not for it' -c cat a.txt -w 3
try 'a sort has 16 MiB' fails_saying 2 'at least 16 MiB' cat a.txt -s after --memory 1M
try 'and a folder' fails_saying 5 'see --tmpdir' cat a.txt -s after --memory 16M --tmpdir absent
try 'nor words' fails_saying 2 '--words is not for it' -c cat a.txt --words 3
try 'steps are of regular expressions' fails_saying 2 '--steps does nothing without --regex' cat a.txt --steps 9
try 'a file that is not there' fails_saying 3 absent.txt cat absent.txt
try 'one bad among good' fails_saying 1 absent.txt cat absent.txt a.txt
try 'a runaway is named, the rest done' goes_on_after_a_runaway
try 'a full disk is never a success' full_disk
try 'nor when sorted' full_disk -s after
try 'nor as a page' full_disk -f html
try 'a closed pipe is silent' closed_pipe
try 'standard input is read' reads_stdin
try 'a file is all there or as it was' keeps_the_file
printf 'One\0cat\0\0three. Cat\0.\n' >nul.txt
printf 'ab \200\277 cat \355\240\200. \377\376cat.\n' >broken.txt
head -c 5000000 /dev/zero | tr '\0' a >long.txt
for name in nul broken long; do
    try "survives $name.txt" survives $name.txt
done
try 'seeds are searched in a second' \
    timeout 10 zubda kwic الماء "$project/seeds"
finish
