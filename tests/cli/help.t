#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# What is made from the option tables: man pages and completions.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh

commands=$(zubda help --list)

lints() {
    mandoc -T lint -W warning "$1"
}

# The page of a command, or of zubda without one.
page() {
    zubda help --man "$@" >"$scratch/page.1" && lints "$scratch/page.1"
}

formats() {
    zubda help --man "$@" >"$scratch/page.1" &&
        man --warnings -l "$scratch/page.1" >/dev/null 2>"$scratch/err"
    cat "$scratch/err"
    [ ! -s "$scratch/err" ]
}

knows_every_option() { # shell
    zubda help --completions "$1" >"$scratch/completions" || return 1
    for command in $commands; do
        for name in $(zubda help --list "$command"); do
            case $1,$name in
            fish,--*) name="-l ${name#--}" ;;
            fish,*) name="-s ${name#-}" ;;
            esac
            grep -qF -- "$name" "$scratch/completions" ||
                { echo "$command $name is missing"; return 1; }
        done
    done
}

parses() { # shell
    zubda help --completions "$1" >"$scratch/completions" &&
        "$1" -n "$scratch/completions"
}

# What bash would offer after these words, the last of them unfinished.
offers() { # wanted word...
    wanted=$1
    shift
    bash -c 'eval "$(zubda help --completions bash)"
        compopt() { :; }
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _zubda
        echo "${COMPREPLY[*]}"' bash "$@" >"$scratch/out"
    [ "$(cat "$scratch/out")" = "$wanted" ] ||
        { cat "$scratch/out"; return 1; }
}

if command -v mandoc >/dev/null; then
    try "the man page of zubda is well formed" page
    for command in $commands; do
        try "the man page of $command is well formed" page "$command"
    done
else
    skip "man pages are well formed" "no mandoc here"
fi
if man --version 2>/dev/null | grep -q '^man '; then
    try "man shows the page of zubda without a warning" formats
    for command in $commands; do
        try "man shows the page of $command without a warning" formats "$command"
    done
else
    skip "man shows the pages without a warning" "no man here"
fi
for shell in bash zsh fish; do
    try "$shell completes every option" knows_every_option $shell
    if command -v $shell >/dev/null; then
        try "$shell can read its completions" parses $shell
    else
        skip "$shell can read its completions" "no $shell here"
    fi
done
fish_offers() { # wanted words
    zubda help --completions fish >"$scratch/completions" &&
        HOME=$scratch fish -c "source $scratch/completions; complete -C \"$2\"" |
        cut -f 1 | grep -qx -- "$1"
}

if command -v fish >/dev/null; then
    try "fish completes a command" fish_offers summarize "zubda summ"
    try "fish completes an option" fish_offers --fit "zubda summarize --f"
    try "fish completes what to evaluate" fish_offers rouge "zubda evaluate r"
    try "fish completes one of several values" fish_offers lead "zubda evaluate rouge --method le"
    try "fish completes a value" fish_offers nearest "zubda summarize --fit n"
else
    skip "fish completes" "no fish here"
fi
if command -v bash >/dev/null; then
    try "bash completes a command" offers summarize zubda sum
    try "bash completes an option" offers "--budget-field" zubda summarize --bu
    try "bash completes a value" offers "json jsonl" zubda summarize --format js
    try "bash completes what to evaluate" offers "rouge" zubda evaluate ""
    try "bash completes nothing else for it" offers "" zubda summarize rou
    try "bash completes a value behind =" offers "nearest" \
        zubda summarize --fit = ne
    try "bash completes the command to be helped with" offers "keywords" \
        zubda help keyw
fi
try "an unknown command suggests the nearest" \
    sh -c 'zubda sumarize 2>"$0"; [ $? -eq 2 ] && grep -q "did you mean .summarize" "$0"' \
    "$scratch/err"
try "a file in the place of a command gets the command" \
    sh -c 'zubda Makefile 2>"$0"; [ $? -eq 2 ] && grep -q "try zubda summarize" "$0"' \
    "$scratch/err"
try "an option before the command is put in its place" \
    sh -c 'zubda --quiet 2>"$0"; [ $? -eq 2 ] && grep -q "behind it" "$0"' \
    "$scratch/err"
try "help of an unknown command suggests the nearest" \
    sh -c 'zubda help keyword 2>"$0"; [ $? -eq 2 ] && grep -q "did you mean .keywords" "$0"' \
    "$scratch/err"
try "-h, --help, -V and --version need no command" \
    sh -c 'zubda -h && zubda --help && zubda -V && zubda --version'
try "the version names every library" \
    sh -c 'for name in ICU zlib libxml2 cJSON libstemmer; do zubda version | grep -q $name || exit 1; done'
for command in summarize evaluate; do
    try "the methods of $command stand in its -h" \
        sh -c 'zubda "$0" -h | grep -q "lexrank"' $command
    try "and what they do in its manual" \
        sh -c 'zubda "$0" --help | tr -s " \n" " " | grep -q "lead: the first"' $command
done
try "evaluate -h says which protocol is the default" \
    sh -c 'zubda evaluate -h | tr -s " \n" " " | grep -q "default zubda-norm\|default: zubda-norm"'
try "the version is that of the header" \
    sh -c 'zubda version | head -n 1 | grep -qx "zubda $(sed -n \
        "s/^.define ZUB_VERSION \"\(.*\)\"/\1/p" include/zubda.h)"'

try "help is of one kind" sh -c 'zubda help --man --list 2>"$0"; [ $? -eq 2 ] && grep -q exclude "$0"' "$scratch/err"
try "completions are of all commands" \
    sh -c 'zubda help --completions bash terms 2>"$0"; [ $? -eq 2 ] && grep -q "all commands at once" "$0"' "$scratch/err"

# ---- In Arabic ----

in_arabic() { # what the environment says, command...
    language=$1
    shift
    # shellcheck disable=SC2086 # words
    env -u LC_ALL -u LC_MESSAGES -u LANG $language "$@" | grep -q "بأي لغة كانت\|الاستعمال"
}
for language in LANG=ar_EG.UTF-8 LC_ALL=ar.utf8 LC_MESSAGES=ar_SA.UTF-8@x "LANG=en_US.UTF-8 LC_ALL=ar_EG.UTF-8"; do
    try "with $language the overview is in Arabic" in_arabic "$language" zubda
    try "and so is -h" in_arabic "$language" zubda kwic -h
done
not_in_arabic() { ! in_arabic "$@"; }
for language in LANG=C LANG=ar_EG LANG=arn_CL.UTF-8 LANG=en_US.UTF-8 "LANG=ar_EG.UTF-8 LC_ALL=C" A=ar; do
    try "with $language it is not" not_in_arabic "$language" zubda
done
try "help --lang says which, whatever the environment" \
    sh -c 'LC_ALL=C zubda help --lang ar kwic | grep -q "الاستعمال" &&
        LC_ALL=ar_EG.UTF-8 zubda help --lang en | grep -q "Commands:"'
try "help --lang ar COMMAND is COMMAND -h" \
    sh -c 'for command in $(zubda help --list); do
        LC_ALL=ar.UTF-8 zubda $command -h >"$0.a" && zubda help --lang ar $command >"$0.b" &&
            cmp "$0.a" "$0.b" || exit 1; done' "$scratch/arabic"
try "the manual is in English" \
    sh -c 'LC_ALL=ar.UTF-8 zubda kwic --help >"$0.a" && LC_ALL=C zubda kwic --help | cmp - "$0.a" &&
        LC_ALL=ar.UTF-8 zubda help kwic | cmp - "$0.a"' "$scratch/arabic"
try "results are the same" \
    sh -c 'LC_ALL=ar.UTF-8 zubda terms -f text seeds >"$0.a" && LC_ALL=C zubda terms -f text seeds | cmp - "$0.a"' \
    "$scratch/arabic"
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    # Each line closes what it opens, and begins with what is typed.
    try "on a terminal Arabic is kept apart in each line" \
        sh -c 'LC_ALL=ar.UTF-8 script -qec "zubda vectorize -h" /dev/null </dev/null >"$0" &&
            python3 -c "
import sys
lines = open(sys.argv[1], encoding=\"utf-8\").read().splitlines()
assert any(\"\\u2068\" in line for line in lines)
for line in lines:
    assert line.count(\"\\u2068\") == line.count(\"\\u2069\") <= 1, line
    assert line == \"\" or ord(line.lstrip()[0]) < 128 or line.lstrip()[0] == \"\\u2068\", line
" "$0"' "$scratch/terminal"
    try "in a pipe there are no marks" \
        sh -c '! LC_ALL=ar.UTF-8 zubda vectorize -h | grep -q "$0"' "$(printf '\342\201\250')"
fi
finish
