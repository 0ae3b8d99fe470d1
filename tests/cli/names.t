#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# Files with hostile names, and other ways to be given something to read.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

text='Cats sleep at night. Dogs run by day.'
newline='
'

reads() { # name
    printf '%s\n' "$text" >"./$1" &&
        zubda summarize -n1 -- "$1" >out && [ "$(cat out)" = "Cats sleep at night." ] &&
        zubda summarize --json -- "$1" >out
}

# Whatever the name, a message is one line without control characters.
refuses() { # name
    zubda summarize -- "$1" >out 2>err
    [ $? -eq 3 ] && [ "$(wc -l <err)" -eq 1 ] && ! LC_ALL=C grep -q '[[:cntrl:]]' err
}

try "a name with a leading dash, behind --" reads "-n.txt"
try "a name with a leading dash, with ./" sh -c 'zubda summarize ./-n.txt >out'
try "a name with two leading dashes" reads "--words.txt"
try "a name with spaces" reads "a b  c .txt"
try "a name with a newline" reads "a${newline}b.txt"
try "a name with quotes" reads "it's \"q\".txt"
try "a name with a backslash" reads 'a\nb.txt'
try "a name with signs of a format" reads '%s%n%d.txt'
try "a name that is not UTF-8" reads "$(printf 'caf\351.txt')"
try "a name in Arabic" reads "مقال.txt"
try "a name with no letter" reads "*"
try "a missing name with a newline is one line" refuses "x${newline}zubda: all is well.txt"
try "a missing name with escapes shows none" refuses "$(printf 'x\033[31mred\033[0m\302\233m.txt')"
try "a missing name that is long" refuses "$(head -c 250 /dev/zero | tr '\0' 'x').txt"
try "an unknown command with escapes shows none" sh -c '
    zubda "$(printf "a\033[2Jb\n")" 2>err; [ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] && ! LC_ALL=C grep -q "[[:cntrl:]]" err'
try "an unknown option with a newline is one line" sh -c '
    zubda summarize "--x
y" 2>err; [ $? -eq 2 ] && [ "$(wc -l <err)" -eq 1 ]'
try "a folder given twice is read twice" sh -c '
    mkdir d && cp ./-n.txt d/a.txt && zubda summarize d d >out && [ "$(grep -c "^== " out)" -eq 2 ]'
try "- among files is standard input" sh -c '
    zubda summarize d/a.txt - <d/a.txt >out && grep -q "^== - " out || grep -q "^== -" out'
try "closed standard input is an unreadable input" sh -c '
    zubda summarize - <&- 2>err; [ $? -eq 3 ]'
try "empty standard input holds no word" sh -c '
    zubda summarize </dev/null >out; [ $? -eq 1 ]'
try "options behind files count" sh -c '
    zubda summarize d/a.txt -n 1 >out && [ "$(wc -l <out)" -eq 1 ]'
finish
