#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# What a command refuses to write over, and what it does not read.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

mkdir news
printf 'Cats sleep at night.\n' >news/a.txt
printf 'Dogs run by day.\n' >news/b.txt
printf 'Birds fly. Fish swim.\n' >news/c.txt
cp -r news before
zubda count -q --rows -o s.zub news || exit 1
zubda count -q -o one.zub news/a.txt || exit 1
cp s.zub s.before

refuses() { # text command...: exit 2, and every file is as it was
    text=$1
    shift
    "$@" >out 2>err
    [ $? -eq 2 ] || { cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
    diff -r news before && cmp s.zub s.before
}

# ---- Files to be read ----

for command in summarize keywords terms ngrams segment identify count collocations; do
    try "$command does not write over an article" \
        refuses "'news/a.txt' is read and would" zubda $command -o news/a.txt news/b.txt news/a.txt
done
try "kwic does not either" refuses "is read and would" zubda kwic -o news/a.txt cats news/a.txt
try "keyness does not write over its reference" refuses "is read and would" \
    zubda keyness news/a.txt -o news/b.txt -r news/b.txt
ln -s a.txt news/link && ln -s a.txt before/link
ln news/a.txt hard.txt
try "a link to it is no other file" refuses "is read and would" zubda terms -o news/link news/a.txt
try "another name of it is no other file" refuses "is read and would" zubda terms -o hard.txt news/a.txt
rm -f news/link before/link hard.txt
try "nor is standard input" sh -c '
    zubda terms -o news/a.txt <news/a.txt 2>err; [ $? -eq 2 ] && cmp news/a.txt before/a.txt'
try "merge does not write over a state" refuses "is read and would" zubda merge -o s.zub s.zub one.zub
try "vectorize does not write over its vocabulary" refuses "is read and would" \
    zubda vectorize --vocabulary s.zub -o s.zub news
cp news/a.txt m.terms.tsv
try "nor its tables over an article" refuses "'m.terms.tsv' is read and would" \
    zubda vectorize -o m.npz m.terms.tsv

try "a text is not written over the article it is of" sh -c '
    cd news && zubda summarize --emit-text . a.txt >/dev/null 2>err; code=$?
    grep -q "would be written over it" err && rm err && [ $code -ne 0 ] && cmp a.txt ../before/a.txt'

# ---- The same file twice ----

zubda count -q -o t.zub news/b.txt || exit 1
ln -s s.zub other.zub && ln s.zub hard.zub
try "merge takes no state twice" refuses "'s.zub' is named twice" zubda merge -o x.zub s.zub t.zub s.zub
try "nor by another name" refuses "'other.zub' is the same file as 's.zub'" zubda merge -o x.zub s.zub t.zub other.zub
try "nor by another path" refuses "'./s.zub' is the same file as 's.zub'" zubda merge -o x.zub s.zub ./s.zub
try "nor by a hard link" refuses "'hard.zub' is the same file" zubda merge -o x.zub s.zub hard.zub
try "keyness takes no state twice on a side" refuses "would count twice" zubda keyness s.zub s.zub -r t.zub
try "nor on the other" refuses "would count twice" zubda keyness t.zub -r s.zub other.zub
try "but one on each" sh -c 'zubda keyness --min-count 1 -q s.zub -r s.zub >out'
try "collocations takes none twice" refuses "would count twice" zubda collocations s.zub s.zub
for command in terms ngrams "terms --diversity" "count -o x.zub" collocations; do
    # shellcheck disable=SC2086 # words
    try "$command counts no article twice" refuses "would count twice" \
        zubda $command news/a.txt news/b.txt news/a.txt
done
try "nor a folder" refuses "would count twice" zubda terms news news/
try "a device is no file" sh -c 'zubda terms news/a.txt /dev/null /dev/null >out 2>err; ! grep -q twice err'
rm -f hard.zub other.zub

# ---- Files of another kind: the shell made -o of the first article ----

for command in summarize keywords segment identify terms ngrams collocations "count" "vectorize"; do
    try "$command takes a pattern behind -o for what it is" \
        refuses "'news/*.txt' means" zubda $command -o news/*.txt
done
try "kwic of a pattern behind -o" refuses "'news/*.txt' means" zubda kwic cats -o news/*.txt
(cd news && mkdir ../two && cp a.txt b.txt ../two)
try "of two files too" sh -c 'cp -r two 2; zubda summarize -o two/*.txt 2>err; [ $? -eq 2 ] && diff -r two 2'
try "an earlier output is written over, whatever it looks like" sh -c '
    for command in summarize keywords segment identify terms "terms -f text" "kwic -f text -r ." \
        "summarize --json" "summarize -f jsonl" "summarize -f html" "summarize -e" "terms --diversity"; do
        rm -rf 3; cp -r two 3; for i in 1 2; do zubda $command -o 3/0.txt 3/a.txt 3/b.txt || exit 1; done
        rm -rf 4; mkdir 4; cp two/a.txt 4/b.txt
        for i in 1 2; do zubda $command -o 4/a.txt 4/b.txt || exit 1; done
    done'
try "so is what is no part of the pattern" sh -c 'cp two/a.txt 4/z.txt; zubda summarize -o 4/z.txt 4/b.txt &&
    cp two/b.txt 4/a.txt && cp two/b.txt 4/c.txt && zubda summarize -o 4/a.txt 4/b.txt'
rm -rf two 2 3 4
try "count writes over no article" refuses "not a state" zubda count -o news/a.txt news/c.txt
try "merge writes over no article" refuses "not a state" zubda merge -o news/a.txt s.zub one.zub
try "vectorize writes over no article" refuses "not a matrix" zubda vectorize -o news/a.txt news/c.txt
try "a state is written over" sh -c 'zubda count -q -o one.zub news && zubda check one.zub >/dev/null'
try "an empty file is written over" sh -c ': >new && zubda count -q -o new news && zubda check new >/dev/null'
try "a matrix is written over" sh -c '
    zubda vectorize -q -o x.npz news && zubda vectorize -q -o x.npz s.zub'

# ---- Files of the run itself, in a folder ----

try "tables of a matrix are no articles of the next run" sh -c '
    zubda vectorize -q -o news/m.npz news && cp news/m.articles.tsv rows &&
    zubda vectorize -o news/m.npz news 2>err && [ ! -s err ] && cmp rows news/m.articles.tsv &&
    rm news/m.*'
try "nor is a listing" sh -c '
    zubda terms -f tsv -o news/t.tsv news && cp news/t.tsv t &&
    zubda terms -f tsv -o news/t.tsv news 2>err && [ ! -s err ] && cmp t news/t.tsv; code=$?
    rm news/t.tsv; exit $code'

# ---- States, folders, options that would do nothing ----

try "a state in a pipe is told from a binary file" sh -c '
    zubda terms - <s.zub 2>err; [ $? -eq 3 ] && grep -q "a file called NAME.zub" err'
for command in summarize keywords segment identify "kwic cats"; do
    try "$command of a state says that it holds no text" sh -c "
        zubda $command s.zub 2>err; [ \$? -eq 3 ] &&
        grep -q \"cannot read 's.zub': a state or a model holds no text (name its articles\" err"
done
try "several states are to be merged" refuses "merge them first" zubda vectorize -o x.npz s.zub one.zub
try "of terms too" refuses "merge them first" zubda terms s.zub one.zub
try "states and articles do not mix" refuses "cannot be read together" zubda vectorize -o x.npz s.zub news
try "a folder to spill into is looked for at once" sh -c '
    for command in "count -o y.zub" "vectorize -o y.npz" terms ngrams collocations; do
        zubda $command --memory 16M --tmpdir absent news 2>err
        [ $? -eq 5 ] && grep -q "in .absent.: No such file.*--tmpdir" err || exit 1
    done; zubda merge -o y.zub --memory 16M --tmpdir absent s.zub 2>err; [ $? -eq 5 ]'
try "but not without --memory" zubda count -q -o y.zub --tmpdir absent news
try "--json is of --explain alone" refuses "--explain" zubda vectorize --json -o x.npz news
try "a state that goes on is not in a file" sh -c 'zubda count -o - news/a.txt 2>&1 >out | grep -q "4 words on standard output$"'
try "one is no plural" sh -c '
    zubda count -o one.zub news/a.txt 2>&1 | grep -q "^zubda: 1 article, 4 terms, 4 words in"'
try "no help has two colons in a row" sh -c '! zubda vectorize --help | grep "::"'
finish
