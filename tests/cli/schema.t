#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# schema.t - what the commands write as JSON is what docs/*.schema.json say,
# for good articles and for odd ones.
. tests/tap.sh

# Odd articles: nothing, no word, invalid bytes, controls, no full stop.
mkdir "$scratch/odd"
: >"$scratch/odd/empty.txt"
printf ' \n\n ... \n' >"$scratch/odd/marks.txt"
printf 'a\377b \033[31m c\000d\302\205 end.\n' >"$scratch/odd/bytes.txt"
printf 'word\n' >"$scratch/odd/word.txt"
printf 'Only a title\n\n' >"$scratch/odd/title.txt"
cat >"$scratch/odd/names.jsonl" <<'END'
{"id": 7, "text": "One. Two.", "sentences": [1], "_sentences": 2, "units": 3}
{"id": null, "title": "", "lang": "xx-!", "body": "Three four five."}
END

# check SCHEMA COMMAND [option ...]: both formats, article by article. A
# command may say 1, for articles without a word, and no other failure.
check() {
    schema=docs/$1.schema.json
    shift
    for format in json jsonl; do
        zubda "$@" --format "$format" seeds/*.txt "$scratch/odd" \
            >"$scratch/out" || [ $? -eq 1 ] || return 1
        python3 tests/cli/schema.py "$schema" "$format" "$scratch/out" ||
            return 1
    done
}

# Articles with references: extracts, others, and none.
cat >"$scratch/judged.jsonl" <<'END'
{"id": "a", "text": "Cats chase mice. Dogs sleep. Rain fell all day.", "references": ["Cats chase mice.", "Cats chase mice. Dogs sleep."]}
{"id": "b", "text": "One two three. Four five.", "references": ["Something else."]}
{"id": "c", "text": "Nobody wrote about this.", "references": []}
END
printf '{"id": "a", "summary": "Dogs sleep."}\n' >"$scratch/other.jsonl"

# scores [option ...]: it is 1 that not every article has a reference.
scores() {
    zubda evaluate rouge --json "$@" >"$scratch/out" || [ $? -eq 1 ] ||
        return 1
    python3 tests/cli/schema.py docs/evaluation.schema.json one "$scratch/out"
}

# One weight, of a word as it may be written.
explains() {
    zubda vectorize --json --ngram 1-2 --explain "$@" >"$scratch/out" &&
        python3 tests/cli/schema.py docs/weight.schema.json one "$scratch/out"
}

# Answers of an index: one, several, with reasons.
answers() {
    schema=docs/search.schema.json
    index=$scratch/index
    zubda index -q "$index" seeds "$scratch/odd"
    zubda search "$index" 'three word' --json -e >"$scratch/out" &&
        python3 tests/cli/schema.py "$schema" one "$scratch/out" &&
        zubda related "$index" --all --json -e >"$scratch/out" &&
        python3 tests/cli/schema.py "$schema" json "$scratch/out" &&
        zubda search "$index" --queries "$scratch/judged.jsonl" -f jsonl \
            >"$scratch/out" &&
        python3 tests/cli/schema.py "$schema" jsonl "$scratch/out"
}

# Files that are sound and files that are not.
checks() {
    zubda count -q -o "$scratch/s.zub" seeds &&
        head -c 300 "$scratch/s.zub" >"$scratch/cut.zub"
    zubda check --json "$scratch/s.zub" "$scratch/cut.zub" absent \
        "$scratch/odd/bytes.txt" models/*.zub >"$scratch/out" 2>/dev/null
    [ $? -eq 4 ] && [ "$(grep -c '"error": null' "$scratch/out")" -ge 2 ] &&
        python3 tests/cli/schema.py docs/check.schema.json whole "$scratch/out"
}

pairs=log-dice,pmi,npmi,mi2,mi3,lfmd,t,z,g2,chi2,chi2-yates,fisher
pairs=$pairs,poisson-stirling,dice,jaccard,min-sensitivity,delta-p21,delta-p12
pairs=$pairs,log-rr,log-odds,log-odds-z,phrase,phrase-npmi
keys=lrc,log-ratio,g2-4term,g2-2term,chi2,chi2-yates,bic,percent-diff
keys=$keys,odds-ratio,relative-risk,simple-maths

# rows SCHEMA COMMAND [option ...]: the same of a table, operands among them.
rows() {
    schema=docs/$1.schema.json
    command=$2
    shift 2
    for format in json jsonl; do
        zubda "$command" --format "$format" "$@" >"$scratch/out" || return 1
        python3 tests/cli/schema.py "$schema" "$format" "$scratch/out" ||
            return 1
    done
}

if python3 -c 'import jsonschema' 2>/dev/null; then
    try "summaries are as their schema says" check summary summarize
    try "so are summaries with every cap" check summary summarize \
        --sentences 2 --words 40 --chars 300 --bytes 500 --ratio 0.5
    try "so are summaries that come near a budget" check summary summarize \
        --words 25 --fit nearest
    try "so are summaries cut to fit" check summary summarize --bytes 12
    try "so are leads" check summary summarize --method lead --title none
    try "keywords are as their schema says" check keywords keywords -k 5
    try "sentences are as their schema says" check units segment
    try "so are words" check units segment --unit word
    try "so are terms, folded" check units segment --unit term --fold
    try "guesses are as their schema says" check guess identify
    try "scores are as their schema says" scores \
        --articles "$scratch/judged.jsonl" --method auto,lexrank
    try "so are scores by other rules" scores \
        --articles "$scratch/judged.jsonl" "$scratch/other.jsonl" \
        --protocol rouge-1.5.5 --stem --limit-words 9 --references best \
        --budget 30% --fit under --beta 2 \
        --stop tests/fixtures/rouge155_stop.txt \
        --stem-exceptions tests/fixtures/rouge155_exceptions.txt
    try "weights are as their schema says" explains 7 two \
        "$scratch/odd/names.jsonl"
    try "so are those among odd articles" explains "$scratch/odd/word.txt" WORD \
        "$scratch/odd"
    try "files are as their schema says" checks
    try "so are scores of files alone" scores "$scratch/other.jsonl" \
        --refs "$scratch/judged.jsonl" --references jackknife
    try "terms are as their schema says" check terms terms
    try "so are their dispersions" check terms terms --keys --dispersion=dp,dpnorm,juilland-d,carroll-d2,rosengren-s,da,dkl,dkl-2021,kl,range-share,adaptation
    try "so are those of groups" check terms terms --by lang --each --limit 5
    try "so are those of articles" check terms terms --by article --each --limit 5
    try "so are those of periods" check terms terms --trend date --limit 5
    try "diversity is as its schema says" check diversity terms --diversity
    try "n-grams are as their schema says" check ngrams ngrams -n 1-3 --keys
    try "so are those of characters" check ngrams ngrams --char -n 3 --limit 99
    try "collocations are as their schema says" check collocations \
        collocations --min-count 2 --measure "$pairs"
    try "so are those of three words" check collocations collocations -n 3 \
        --min-count 2 -m lambda,lambda-z
    try "keyness is as its schema says" check keyness keyness \
        --min-count 1 -m "$keys" seeds/en-water.txt --reference README.md
    try "so is keyness against a language" rows keyness keyness \
        seeds/en-water.txt --reference background
    try "lines of kwic are as their schema says" check kwic kwic 'a*'
    try "so are its counts" check kwic kwic --count 'a*'
else
    skip "JSON is as the schemas say" "python3 has no jsonschema"
fi
try "answers of an index" answers
finish
