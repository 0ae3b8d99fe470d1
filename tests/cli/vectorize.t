#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda vectorize: three files or none, the same bytes whatever the way, and
# weights that are numbers.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

exits() { # code command...
    wanted=$1
    shift
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat err; return 1; }
}

exits_and_says() { # code text command...
    code=$1
    text=$2
    shift 2
    exits "$code" "$@" && { grep -qF -- "$text" err || { cat err; return 1; }; }
}

# All three of two matrices, or of one that is not there.
same() { # X Y form
    cmp "$1.$3" "$2.$3" && cmp "$1.terms.tsv" "$2.terms.tsv" &&
        cmp "$1.articles.tsv" "$2.articles.tsv"
}
absent() {
    [ ! -e "$1.npz" ] && [ ! -e "$1.terms.tsv" ] && [ ! -e "$1.articles.tsv" ]
}

awk 'BEGIN { srand(7)
    for (i = 0; i < 600; i++) {
        printf "{\"id\":\"a%03d\",\"text\":\"", i
        for (w = int(rand() * 40); w > 0; w--)
            printf "%s%d%s ", (i % 3 ? "word" : "كلمة "), int(rand() * rand() * 900), (rand() < .1 ? "." : "")
        print "\"}"
    }
}' >articles.jsonl
cat >cats.jsonl <<'END_OF_CATS'
{"id": "one", "text": "Cats chase cats. Dogs sleep.", "lang": "en"}
{"id": "two", "text": "Dogs sleep.", "lang": "en"}
{"id": "three", "text": "تنام القطط.", "lang": "ar"}
END_OF_CATS
mkdir empty
: >empty/a.txt
printf '... \n' >empty/b.txt

# ---- The same bytes ----

zubda vectorize -q -j1 --ngram 1-2 -o whole.npz articles.jsonl
for threads in 2 7; do
    try "a matrix of $threads threads is that of one" sh -c '
        zubda vectorize -q -j'$threads' --ngram 1-2 -o other.npz articles.jsonl' &&
        try "and so are its tables" same whole other npz
done
for form in npz mtx svmlight jsonl; do
    try "$form: of a state that was merged of shards" sh -c '
        for i in 1 2 3; do zubda count -q --rows --ngram 1-2 --shard $i/3 -o $i.zub articles.jsonl || exit 1; done
        zubda merge -q -o all.zub 2.zub 3.zub 1.zub &&
        zubda vectorize -q -o s.'$form' all.zub && zubda vectorize -q --ngram 1-2 -o w.'$form' articles.jsonl'
    try "$form: it is the matrix of the articles" same s w $form
done
try "--memory changes no byte" sh -c '
    zubda vectorize -q --memory 16M --ngram 1-2 -o other.npz articles.jsonl'
try "nor in the tables" same whole other npz
case $B in
*san) skip "nor does spilling" "slow under sanitizers" ;;
*)
    awk 'BEGIN { srand(3)
        for (i = 0; i < 4000; i++) {
            for (w = 0; w < 250; w++) printf "w%d ", int(rand() * 2000000)
            print ""
        }
    }' >large.txt
    zubda vectorize -q --from lines -o whole.npz large.txt
    zubda vectorize -q --from lines -j2 --memory 16M --tmpdir . -o other.npz large.txt
    try "nor does spilling" same whole other npz
    if [ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null; then
        try "5: a full disk: none of the three, the old ones stand" unshare -m sh -c '
            mkdir -p small && mount -t tmpfs -o size=3m none small && cd small &&
            zubda vectorize -q -o a.npz ../cats.jsonl && cp a.npz a.terms.tsv a.articles.tsv .. &&
            for form in npz jsonl; do
                zubda vectorize -q --from lines --to $form -o a.npz ../large.txt 2>../err
                [ $? -eq 5 ] && grep -q "No space" ../err && [ "$(ls -A | wc -l)" -eq 3 ] || exit 1
            done
            for f in *; do cmp $f ../$f || exit 1; done; rm *
            zubda vectorize -q --from lines -o b.npz ../large.txt 2>../err
            [ $? -eq 5 ] && [ -z "$(ls -A)" ]'
    else
        skip "5: a full disk: none of the three, the old ones stand" "nothing can be mounted here"
    fi
    try "a signal leaves none of the three" sh -c '
        mkdir -p killed; zubda vectorize -q --from lines --ngram 1-4 -o killed/a.npz large.txt large.txt & pid=$!
        sleep .3; kill -TERM $pid; wait $pid; [ $? -eq 143 ] && [ -z "$(ls -A killed)" ]'
    ;;
esac

# ---- What is written ----

zubda vectorize -q --to jsonl --weight count -o cats cats.jsonl
try "a matrix of counts" sh -c '
    head -n 1 cats | grep -qxF "{\"id\": \"one\", \"terms\": [[\"cat\", 2], [\"chase\", 1], [\"dog\", 1], [\"sleep\", 1]]}"'
try "a name without a suffix of ours keeps it" test -e cats.terms.tsv
try "terms have surface, df, cf and idf" sh -c '
    [ "$(head -n 1 cats.terms.tsv)" = "$(printf "id\tterm\tsurface\tdf\tcf\tidf")" ] &&
    grep -q "^0	cat	Cats	1	2	1$" cats.terms.tsv || grep -q "^0	cat	cats	1	2	1$" cats.terms.tsv'
try "articles have their ids" sh -c '[ "$(sed -n 3p cats.articles.tsv)" = "$(printf "1\ttwo")" ]'
try "the suffix says the form" sh -c '
    zubda vectorize -q -o a.mtx cats.jsonl && head -n 1 a.mtx | grep -q "^%%MatrixMarket" && [ -e a.terms.tsv ]'
try "--to says it louder" sh -c '
    zubda vectorize -q --to mtx -o a.npz cats.jsonl && head -n 1 a.npz | grep -q "^%%MatrixMarket"'
try "--compress is smaller" sh -c '
    zubda vectorize -q -o a.npz articles.jsonl && zubda vectorize -q --compress -o b.npz articles.jsonl &&
    [ "$(wc -c <b.npz)" -lt "$(wc -c <a.npz)" ]'
try "standard output takes the matrix alone" sh -c '
    rm -f ./-.*; zubda vectorize -q --to jsonl --weight count -o - cats.jsonl >out && cmp out cats && ! ls ./-* 2>/dev/null'
try "so does a pipe" sh -c '
    mkfifo pipe.jsonl; zubda vectorize -q --weight count -o pipe.jsonl cats.jsonl & timeout 60 cat pipe.jsonl >out; wait $!
    cmp out cats && [ ! -e pipe.terms.tsv ]'
try "rows keep the order of the input" sh -c '
    zubda vectorize -q -j7 -o a.npz articles.jsonl &&
    cut -f2 a.articles.tsv | tail -n +2 | sort -c'
try "--min-df and --max-df choose columns" sh -c '
    zubda vectorize -q --min-df 2 -o a.npz cats.jsonl && [ "$(wc -l <a.terms.tsv)" -eq 3 ] &&
    zubda vectorize -q --max-df 1 -o a.npz cats.jsonl && [ "$(wc -l <a.terms.tsv)" -eq 5 ] &&
    zubda vectorize -q --min-df 50% -o a.npz cats.jsonl && [ "$(wc -l <a.terms.tsv)" -eq 3 ] &&
    zubda vectorize -q --max-df 1.0 -o a.npz cats.jsonl && [ "$(wc -l <a.terms.tsv)" -eq 7 ]'
try "--max-features takes the commonest" sh -c '
    zubda vectorize -q --max-features 2 -o a.npz cats.jsonl && cut -f2 a.terms.tsv | tail -n +2 | tr "\n" " " | grep -qx "cat dog "'
try "--vocabulary has the columns and frequencies of a state" sh -c '
    zubda count -q -o v.zub cats.jsonl && sed -n 2p cats.jsonl >two.jsonl &&
    zubda vectorize -q --vocabulary v.zub -o a.npz two.jsonl && zubda vectorize -q -o b.npz cats.jsonl &&
    cmp a.terms.tsv b.terms.tsv && [ "$(wc -l <a.articles.tsv)" -eq 2 ]'
try "4: a vocabulary that was counted otherwise" exits_and_says 4 "ngram is" \
    zubda vectorize --ngram 2 --vocabulary v.zub -o a.npz two.jsonl
try "--compat has words and weights of that package" sh -c '
    printf "{\"id\":1,\"text\":\"Cats, a cat\"}\n" >c.jsonl && zubda vectorize -q --compat sklearn --to jsonl -o - c.jsonl |
        grep -q "\[\"cat\", 0.70710677\], \[\"cats\", 0.70710677\]" &&
    zubda vectorize -q --compat gensim --weight count --to jsonl -o - c.jsonl | grep -q "\[\"Cats\", 1\]\|\[\"cats\", 1\]"'
try "characters in a row" sh -c '
    zubda vectorize -q --char-ngram 3 --weight count --to jsonl -o - two.jsonl | grep -q "\[\"dog\", 1\]"'
try "an id that stands twice is said once" sh -c '
    cat cats.jsonl cats.jsonl | zubda vectorize --from jsonl -o a.npz 2>err &&
    [ "$(grep -c . err)" -eq 1 ] && grep -q "3 articles have the id of another one, the first .one." err'
try "and not with --quiet" sh -c '
    cat cats.jsonl cats.jsonl | zubda vectorize -q --from jsonl -o a.npz 2>err && [ ! -s err ]'

# ---- One weight ----

try "--explain takes a term as a reader writes it" sh -c '
    for term in cat cats CATS Cats; do
        zubda vectorize --weight count --explain one $term cats.jsonl >out || exit 1
        grep -qx "count	2" out && grep -qx "weight	2" out && grep -qx "term	cat" out || { cat out; exit 1; }
    done'
try "in its article'\''s language" sh -c '
    zubda vectorize -e three القطط cats.jsonl | grep -qx "df	1"'
try "and several words" sh -c '
    zubda vectorize --ngram 1-2 --explain one "chase cats" cats.jsonl | grep -qx "term	chase cat"'
try "and of a state" sh -c '
    zubda count -q --rows -o r.zub cats.jsonl && zubda vectorize --explain one cats r.zub | grep -qx "term	cat"'
try "weight is tf times idf by norm" sh -c '
    zubda vectorize --explain one cats cats.jsonl | awk "{ v[\$1] = \$2 } END {
        w = v[\"tf\"] * v[\"idf\"] / v[\"norm\"] - v[\"weight\"]; exit !(w < 1e-6 && w > -1e-6) }"'
try "it is the weight of the matrix" sh -c '
    w=$(zubda vectorize --explain one cats cats.jsonl | sed -n "s/^weight	//p" | cut -c1-8)
    zubda vectorize -q --to jsonl -o - cats.jsonl | head -n 1 | grep -qF "[\"cat\", $w"'
try "1: no such article" exits_and_says 1 "'four'" zubda vectorize --explain four cats cats.jsonl
try "1: no such term in it" exits_and_says 1 "does not have" zubda vectorize --explain two cats cats.jsonl
try "1: no such term at all" exits_and_says 1 "no column" zubda vectorize --explain two zebra cats.jsonl
try "2: a term is missing" exits_and_says 2 "--explain needs" zubda vectorize cats.jsonl --explain one

# ---- Weights are numbers ----

weights="count binary tfidf sklearn sklearn:smooth=no gensim smart:ltc smart:Lpu smart:afb quanteda text2vec tidytext spark bertopic bm25 bm25:okapi bm25:atire bm25:gensim-lucene bm25l bm25+"
numbers() { # weight: in every table and matrix, of hardly any articles too
    zubda count -q -o seen.zub cats.jsonl
    for input in empty cats.jsonl two.jsonl; do
        for vocabulary in '' '--vocabulary seen.zub'; do
            # shellcheck disable=SC2086 # two words or none
            zubda vectorize -q -w "$1" $vocabulary -o n.jsonl $input || [ $? -eq 1 ] || return 1
            cat n.jsonl n.terms.tsv | grep -iE 'nan|inf|null' && return 1
            # shellcheck disable=SC2086
            zubda vectorize -q -w "$1" $vocabulary -o n.mtx $input || [ $? -eq 1 ] || return 1
            grep -iE 'nan|inf' n.mtx && return 1
        done
    done
    return 0
}
for weight in $weights; do
    try "no NaN with $weight" numbers "$weight"
done
try "1: articles without a word have rows and no columns" sh -c '
    zubda vectorize -q -o e.jsonl empty; [ $? -eq 1 ] && [ "$(wc -l <e.jsonl)" -eq 2 ] && [ "$(wc -l <e.terms.tsv)" -eq 1 ]'
try "no column is left of words that were there: it is said" \
    exits_and_says 0 "no columns" zubda vectorize --ngram 8 -o e.npz cats.jsonl
try "of articles without a word it is not" sh -c '
    zubda vectorize -o e.npz empty 2>err; [ $? -eq 1 ] && [ ! -s err ]'

# ---- Wrong ----

try "2: no -o" exits_and_says 2 "with -o" zubda vectorize cats.jsonl
try "2: no such weight" exits_and_says 2 "tfidf" zubda vectorize -w tfdif -o x.npz cats.jsonl
try "2: no such option of one" exits_and_says 2 "k1" zubda vectorize -w bm25:k3=1 -o x.npz cats.jsonl
try "2: no such form" exits_and_says 2 "did you mean npz" zubda vectorize --to npx -o x.npz cats.jsonl
for amount in -1 x 1.5 101% 0.5.5 5x . %; do
    try "2: --min-df $amount" exits_and_says 2 "--min-df takes" zubda vectorize "--min-df=$amount" -o x.npz cats.jsonl
done
for option in '--ngram 2' '--char-ngram 2' '--compat sklearn' '--lang ar' '--drop-stop-words' '--stemmer none'; do
    # shellcheck disable=SC2086
    try "2: a state and $option" exits_and_says 2 "too late" zubda vectorize $option -o x.npz r.zub
done
try "2: a state without rows" exits_and_says 2 "--rows" zubda vectorize -o x.npz v.zub
try "3: a state that is not there" exits 3 zubda vectorize -o x.npz absent.zub
head -c 500 r.zub >bad.zub
try "4: a state that is damaged" exits_and_says 4 bad.zub zubda vectorize -o x.npz bad.zub
try "3: the only input is not there" exits 3 zubda vectorize -o x.npz absent.txt
try "1: no article" sh -c ': >none.txt; zubda vectorize --from jsonl -o x.npz none.txt; [ $? -eq 1 ]'
try "3: --strict writes nothing" sh -c '
    (echo "{"; cat cats.jsonl) >bad.jsonl; zubda vectorize -q --strict -o x.npz bad.jsonl 2>err; [ $? -eq 3 ]'
try "none of these wrote a file" absent x
try "1: a bad record is named, the others are rows" sh -c '
    zubda vectorize -q -o x.npz bad.jsonl 2>err; [ $? -eq 1 ] && grep -q "line 1" err && [ "$(wc -l <x.articles.tsv)" -eq 4 ]'
try "5: a table that cannot be made: no matrix either" sh -c '
    rm -f x.*; mkdir x.terms.tsv; zubda vectorize -o x.npz cats.jsonl 2>err
    [ $? -eq 5 ] && grep -q x.terms.tsv err && [ ! -e x.npz ] && [ ! -e x.articles.tsv ] && rmdir x.terms.tsv'
try "5: a full disk" exits_and_says 5 "No space left" zubda vectorize -o /dev/full cats.jsonl
try "a closed pipe is silent" sh -c '
    { zubda vectorize -q -o - --to jsonl articles.jsonl 2>err; echo $? >code; } | head -n 1 >/dev/null
    [ ! -s err ] && [ "$(cat code)" -eq 141 ]'
finish
