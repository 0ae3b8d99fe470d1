#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# The manners of every command, whose names come from the command itself, so
# that a new one is tested from its first day.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh

commands=$(zubda help --list)
for command in $commands; do
    # These have manners of their own: see NAME.t.
    case $command in
    evaluate | count | vectorize | similar | collocations | keyness | kwic | \
        duplicates | align | index | topics) continue ;;
    esac
    if zubda help --list "$command" | grep -qx -- --from; then
        readers="$readers $command"
    fi
done

exits() { # code command...
    wanted=$1
    shift
    "$@"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; return 1; }
}

says() { # text command...: standard error holds it
    text=$1
    shift
    "$@" 2>"$scratch/err" >/dev/null
    grep -qF -- "$text" "$scratch/err" ||
        { echo "does not say: $text"; cat "$scratch/err"; return 1; }
}

# One or more lines, each "zubda: ...".
speaks_well() {
    "$@" 2>"$scratch/err" >/dev/null
    [ -s "$scratch/err" ] && ! grep -v '^zubda: [^ ]' "$scratch/err"
}

short_help() {
    zubda "$1" -h >"$scratch/out" 2>"$scratch/err" || return 1
    [ ! -s "$scratch/err" ] && [ "$(wc -l <"$scratch/out")" -le 25 ] &&
        ! grep -n '.\{81\}' "$scratch/out" &&
        sed -n 3p "$scratch/out" | grep -q "^  .*zubda" # examples first
}

names_every_option() { # command, how help is asked for
    command=$1
    shift
    "$@" >"$scratch/out" || return 1
    for name in $(zubda help --list "$command"); do
        case $name in --no-progress) continue ;; esac
        grep -qE -- "(^|[ ,])$name([ ,]|\$)" "$scratch/out" ||
            { echo "$name is missing"; return 1; }
    done
}

manual() {
    zubda "$1" --help >"$scratch/a" && zubda help "$1" >"$scratch/b" &&
        cmp "$scratch/a" "$scratch/b" && ! grep -n '.\{81\}' "$scratch/a" &&
        for title in NAME SYNOPSIS DESCRIPTION EXAMPLES OPTIONS \
            'EXIT STATUS' ENVIRONMENT; do
            grep -qx "$title" "$scratch/a" || { echo "no $title"; return 1; }
        done
}

# Runs the command on an article, or alone when it reads none.
run() {
    command=$1
    shift
    case "$command $readers " in
    evaluate*) zubda evaluate rouge -a "$scratch/scored.jsonl" "$@" ;;
    count* | vectorize*) zubda "$command" -o - "$@" "$scratch/article.txt" ;;
    collocations*) zubda collocations --min-count 1 "$@" "$scratch/article.txt" ;;
    duplicates*) zubda duplicates "$@" "$scratch/article.txt" "$scratch/article.txt" ;;
    align*) zubda align "$@" "$scratch/article.txt" "$scratch/article.txt" ;;
    similar*) zubda similar --json "$@" "$scratch/article.txt" ;;
    kwic*) zubda kwic الكلاب "$@" "$scratch/article.txt" ;;
    keyness*) zubda keyness "$@" "$scratch/article.txt" -r "$scratch/article.txt" ;;
    merge*) zubda merge -o - "$@" "$scratch/state.zub" ;;
    check*) zubda check "$@" "$scratch/state.zub" ;;
    search*) zubda search "$@" "$scratch/index" الكلاب ;;
    related*) zubda related "$@" "$scratch/index" --text الكلاب ;;
    *" $command "*) zubda "$command" "$@" "$scratch/article.txt" ;;
    *) zubda "$command" "$@" ;;
    esac
}

full_disk() {
    run "$1" >/dev/full 2>"$scratch/err"
    [ $? -eq 5 ] && grep -q 'cannot write to standard output: No space' \
        "$scratch/err"
}

closed_output() {
    exits 5 run "$1" >&- 2>"$scratch/err"
}

# More than a pipe holds, so that the reader's going is met.
closed_pipe() {
    [ "$1" != ngrams ] || set -- ngrams --min-count 1
    { zubda "$@" -f jsonl "$scratch/big.jsonl" 2>"$scratch/err"; echo $? >"$scratch/code"; } |
        head -n 1 >"$scratch/out"
    [ -s "$scratch/out" ] && [ ! -s "$scratch/err" ] &&
        [ "$(cat "$scratch/code")" -eq 141 ]
}

closed_pipe_ignored() {
    (trap '' PIPE; closed_pipe "$1")
}

reads_stdin() {
    run "$1" --lang ar >"$scratch/a" &&
        zubda "$1" --lang ar <"$scratch/article.txt" >"$scratch/b" &&
        zubda "$1" --lang ar - <"$scratch/article.txt" >"$scratch/c" &&
        cmp "$scratch/a" "$scratch/b" && cmp "$scratch/b" "$scratch/c"
}

if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    has_terminal=yes
else
    has_terminal=no
fi

asks_for_input() {
    timeout 10 script -qec "zubda $1" /dev/null </dev/null >"$scratch/out"
    [ $? -eq 2 ] && grep -q 'nothing to read' "$scratch/out"
}

folder() {
    zubda "$1" "$scratch/folder" >"$scratch/a" &&
        zubda "$1" "$scratch/folder/a.txt" "$scratch/folder/b.txt" \
            >"$scratch/b" && cmp "$scratch/a" "$scratch/b"
}

same_with_threads() {
    zubda "$1" -f jsonl -j 1 "$scratch/big.jsonl" >"$scratch/a" &&
        zubda "$1" -f jsonl -j 3 "$scratch/big.jsonl" >"$scratch/b" &&
        cmp "$scratch/a" "$scratch/b"
}

one_bad_among_good() {
    cp "$scratch/article.txt" "$scratch/article.txt.2"
    zubda "$1" "$scratch/article.txt" "$scratch/dangling" \
        "$scratch/article.txt.2" >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 1 ] && [ "$(grep -c "$scratch/dangling" "$scratch/err")" -eq 1 ] ||
        return 1
    case $1 in
    terms | ngrams) [ "$(wc -l <"$scratch/out")" -gt 1 ] ;; # of all articles
    *) [ "$(grep -c "$scratch/article.txt" "$scratch/out")" -eq 2 ] ;;
    esac
}

nothing_in_it() { # command file
    zubda "$1" --json "$2" >"$scratch/out" 2>"$scratch/err"
    [ $? -eq 1 ] && [ ! -s "$scratch/err" ] && head -c 1 "$scratch/out" | grep -q '\['
}

survives() { # command file: with an exit code of ours, no signal
    timeout 100 zubda "$1" "$2" >"$scratch/out" 2>"$scratch/err"
    code=$?
    [ "$code" -le 5 ] || { echo "exit $code"; return 1; }
}

printf 'عنوان\n\nتطارد القطط الفئران ليلا. تنام الكلاب في الشمس. %s\n' \
    'لا أحد يعرف لماذا لا تنام قطط هذه المدينة.' >"$scratch/article.txt"
printf '{"id":1,"text":"%s","references":["%s"]}\n' \
    'Cats chase mice. Dogs sleep.' 'Cats chase mice.' >"$scratch/scored.jsonl"
zubda count -q -o "$scratch/state.zub" "$scratch/article.txt"
zubda index -q "$scratch/index" "$scratch/article.txt"
mkdir "$scratch/folder" "$scratch/empty"
cp "$scratch/article.txt" "$scratch/folder/b.txt"
cp "$scratch/article.txt" "$scratch/folder/a.txt"
ln -s nowhere "$scratch/dangling"
: >"$scratch/nothing.txt"
printf ' \t\n\n ' >"$scratch/blank.txt"
printf '%s\n' '... !? --' >"$scratch/points.txt"
printf 'One\0two\0\0three. Four\0.\n' >"$scratch/nul.txt"
printf 'ab \200\277 cd \355\240\200. \377\376x.\n' >"$scratch/broken.txt"
awk 'BEGIN { for (i = 0; i < 1500; i++)
    printf "{\"id\":%d,\"text\":\"تطارد القطط %d فأرا. تنام الكلاب %d هنا.\"}\n", i, i, i
}' >"$scratch/big.jsonl"
case $B in
*san) line_bytes=5000000 ;; # sanitizers are slow, and the code is the same
*) line_bytes=100000000 ;;
esac
head -c $line_bytes /dev/zero | tr '\0' a >"$scratch/line.txt"
head -c 5000000 "$scratch/line.txt" >"$scratch/shorter.txt"

try "zubda alone helps in at most 25 lines" \
    sh -c 'zubda >"$0" && [ "$(wc -l <"$0")" -le 25 ] && grep -q summarize "$0"' \
    "$scratch/out"
for command in $commands; do
    try "$command -h is short, examples first" short_help "$command"
    try "$command -h names every option" \
        names_every_option "$command" zubda "$command" -h
    try "$command --help is the whole manual" manual "$command"
    try "$command --help names every option" \
        names_every_option "$command" zubda "$command" --help
    try "$command: an unknown option is a usage error" \
        exits 2 zubda "$command" --hepl
    try "$command: the option that was meant is suggested" \
        says "did you mean '--help'?" zubda "$command" --hepl
    try "$command: a usage error is one line of ours" \
        speaks_well zubda "$command" --hepl
    [ "$command" != index ] || continue # prints nothing
    try "$command: a full disk is never a success" full_disk "$command"
    try "$command: a closed standard output is an error" closed_output "$command"
done
for command in $readers; do
    try "$command: a closed pipe is silent" closed_pipe "$command"
    try "$command: a closed pipe is silent where SIGPIPE was ignored" \
        closed_pipe_ignored "$command"
    try "$command: standard input is read without a file and for -" \
        reads_stdin "$command"
    if [ $has_terminal = yes ]; then
        try "$command: says what to do when a terminal is all there is" \
            asks_for_input "$command"
    else
        skip "$command: says what to do when a terminal is all there is" \
            "no terminal can be had here"
    fi
    try "$command: a folder is its files in byte order" folder "$command"
    try "$command: any number of threads writes the same bytes" \
        same_with_threads "$command"
    try "$command: an unreadable file among good ones is named, the rest done" \
        one_bad_among_good "$command"
    try "$command: the only input unreadable" exits 3 zubda "$command" "$scratch/dangling"
    try "$command: a folder without articles" exits 1 zubda "$command" "$scratch/empty"
    for name in nothing blank points; do
        try "$command: nothing to find in $name.txt" \
            nothing_in_it "$command" "$scratch/$name.txt"
    done
    for name in nul broken shorter; do
        try "$command: survives $name.txt" survives "$command" "$scratch/$name.txt"
    done
done
try "summarize: survives a line of $line_bytes bytes" \
    survives summarize "$scratch/line.txt"

# ---- Options that would do nothing ----

idle() { # message, arguments
    wanted="zubda: $1"
    shift
    (cd "$scratch" && zubda "$@" >out 2>err)
    got=$?
    cat "$scratch/err"
    [ "$got" -eq 2 ] && [ "$(cat "$scratch/err")" = "$wanted" ]
}
printf 'Cats sleep.\n' >"$scratch/idle.txt"
try "keywords are of JSON and HTML" \
    idle "--keywords does nothing without --format json, --format jsonl or --format html" summarize -k 3 idle.txt
try "and welcome there" \
    sh -c 'cd "$0" && zubda summarize -k 3 --json idle.txt >out' "$scratch"
try "a profile is of one method" idle "--profile does nothing without --method auto" \
    summarize -m lead --profile news idle.txt
try "a fit needs a budget" \
    idle "--fit does nothing without --words, --chars, --bytes, --ratio, --sentences or --budget-field" summarize --fit nearest idle.txt
try "fields are kept in lines alone" \
    idle "--keep-text does nothing without --format jsonl" keywords --keep-text --json idle.txt
try "a lexicon is of its stemmer" \
    idle "--lexicon does nothing without --stemmer auto or --stemmer light" terms --stemmer none --lexicon x idle.txt
try "a budget of summaries needs articles" idle "--budget does nothing without --articles" \
    evaluate rouge --budget 9 idle.txt --refs idle.txt
try "an option that was taken back is none" \
    sh -c 'cd "$0" && zubda terms --stemmer none --keys --no-keys idle.txt >out' "$scratch"
try "the manual says what an option needs" sh -c \
    'zubda terms --help | tr -s " \n" "  " | grep -q "Only with --trend\."'
finish
