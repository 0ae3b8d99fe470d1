#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# zubda evaluate rouge: pairing by id, what it says about the rest, its forms.
. tests/tap.sh

cat >"$scratch/refs.jsonl" <<'END'
{"id": "a", "references": ["police killed the gunman", "the gunman was shot"]}
{"id": "b", "references": ["", "rain fell on the town"]}
{"id": "c", "references": [["one two", "three"], ["four"]]}
END
cat >"$scratch/one.jsonl" <<'END'
{"id": "b", "summary": "rain fell on the town"}
{"id": "a", "sentences": [{"text": "police kill the gunman"}]}
{"id": "c", "text": "one two three"}
END
cat >"$scratch/two.jsonl" <<'END'
{"id": "a", "summary": "police"}
{"id": "a", "summary": "police again"}
{"id": "x", "summary": "nobody"}
{"id": "b", "summary": ""}
{"broken
END
printf '{"id": "c", "references": [" ... "]}\n' >"$scratch/empty.jsonl"
for i in 1 2 3 4 5 6; do
    printf '{"id": %s, "text": "%s", "references": ["%s", "%s"]}\n' "$i" \
        "Cats chase $i mice at night. Dogs sleep in the sun. Rain fell." \
        "Cats chase $i mice at night." "Dogs sleep in the sun."
done >"$scratch/articles.jsonl"

evaluate() { zubda evaluate rouge "$@" >"$scratch/out" 2>"$scratch/err"; }
one() { evaluate "$scratch/one.jsonl" --refs "$scratch/refs.jsonl" "$@"; }
holds() { grep -qF -- "$2" "$scratch/$1" || { cat "$scratch/$1"; return 1; }; }

json_is_the_contract() {
    one --json && python3 - "$scratch/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
assert list(report) == ["protocol", "articles", "systems", "differences"]
assert report["protocol"]["name"] == "zubda-norm"
assert report["protocol"]["references"] == "mean"
assert report["articles"] == 3
system, = report["systems"]
assert system["name"] == "one"
assert list(system["rouge-1"]) == ["p", "r", "f", "low", "high"]
# a: 3/4 and 2/4, b: 1 (an empty reference does not count), c: 1 and 0
assert abs(system["rouge-1"]["f"] - (5 / 8 + 1 + 1 / 2) / 3) < 1e-5, system
assert "sentences" not in system
END
}

every_failure_is_named() {
    evaluate "$scratch/one.jsonl" "$scratch/two.jsonl" \
        --refs "$scratch/refs.jsonl" --json
    [ $? -eq 1 ] && holds err "'x' of two: there are no references" &&
        holds err "two summaries of 'a'" && holds err "line 5" &&
        holds err "there is no summary of 'c' in two" &&
        holds err "1 of 2 references of 'b' hold no word" &&
        holds out '"other": "one"'
}

only_empty_references() {
    evaluate "$scratch/one.jsonl" --refs "$scratch/empty.jsonl"
    [ $? -eq 1 ] && holds err "'c' of one: no reference to score against"
}

a_protocol_names_itself() {
    one --protocol rouge-1.5.5 --stem --json &&
        holds out '"name": "rouge-1.5.5"' && holds out '"stem": "porter"' &&
        holds out '"references": "pooled"' && one --fold none &&
        holds out 'protocol: zubda-none, references: mean' && one --fold light -f tsv &&
        holds out 'zubda-light	one	rouge-2	'
}

articles_need_no_summaries() {
    evaluate -a "$scratch/articles.jsonl" --method lead,centroid --json &&
        python3 - "$scratch/out" <<'END'
import json, sys
report = json.load(open(sys.argv[1]))
names = [system["name"] for system in report["systems"]]
assert names == ["lead", "centroid", "random", "oracle", "human"], names
assert report["protocol"]["budget"] == {"words": "mean of the references",
                                        "fit": "nearest"}
systems = dict(zip(names, report["systems"]))
assert systems["oracle"]["rouge-2"]["f"] >= systems["lead"]["rouge-2"]["f"]
assert 0 <= systems["lead"]["ndcg@5"]["mean"] <= 1
assert "f" in systems["lead"]["sentences"]
assert "ndcg@5" not in systems["human"]
assert len(report["differences"]) == 10
END
}

threads_change_nothing() {
    evaluate -a "$scratch/articles.jsonl" --json -j 1 || return 1
    cp "$scratch/out" "$scratch/a"
    evaluate -a "$scratch/articles.jsonl" --json -j 3 &&
        cmp "$scratch/a" "$scratch/out"
}

files_meet_articles() {
    zubda summarize -f jsonl -n 1 "$scratch/articles.jsonl" \
        >"$scratch/mine.jsonl" &&
        evaluate "$scratch/mine.jsonl" -a "$scratch/articles.jsonl" \
            --no-rows -f tsv && holds out '	auto	rouge-1' &&
        holds out '	mine	rouge-1'
}

wrong() { # message, arguments...
    message=$1
    shift
    evaluate "$@"
    [ $? -eq 2 ] && holds err "$message"
}

budgets() {
    for budget in 30% 100 ref; do
        evaluate -a "$scratch/articles.jsonl" -b "$budget" || return 1
    done
    wrong "--budget 'much'" -a "$scratch/articles.jsonl" -b much &&
        wrong "--budget '0'" -a "$scratch/articles.jsonl" -b 0 &&
        wrong "--budget '101%'" -a "$scratch/articles.jsonl" -b 101%
}

usage() {
    wrong "nothing to evaluate" -r "$scratch/refs.jsonl" &&
        wrong "no references" "$scratch/one.jsonl" &&
        wrong "not 'nosuch'" -a "$scratch/articles.jsonl" -m lead,nosuch &&
        wrong "not ''" -a "$scratch/articles.jsonl" -m lead, &&
        wrong "give one" "$scratch/one.jsonl" -r "$scratch/refs.jsonl" \
            --fold none --protocol zubda-norm &&
        wrong "has no Porter stems" "$scratch/one.jsonl" \
            -r "$scratch/refs.jsonl" --stem || return 1
    zubda evaluate trec 2>/dev/null
    [ $? -eq 2 ]
}

usage_of_files() { # each is refused before anything is scored
    for option in --stop --lexicon; do
        wrong "$option" -a "$scratch/articles.jsonl" "$option" \
            "$scratch/nowhere" || return 1
    done
    wrong "no profile 'nosuch'" -a "$scratch/articles.jsonl" --profile nosuch &&
        [ "$(wc -l <"$scratch/err")" -eq 1 ] &&
        wrong "twice" - - -r "$scratch/refs.jsonl" &&
        wrong "twice" - -r - && wrong "twice" -a -
}

damaged_profile() {
    echo junk >"$scratch/profile.txt"
    evaluate -a "$scratch/articles.jsonl" --profile "$scratch/profile.txt"
    [ $? -eq 4 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ]
}

only_unreadable() { # one message, no table
    evaluate "$scratch/nowhere.jsonl" --refs "$scratch/refs.jsonl" "$@"
    [ $? -eq 3 ] && [ "$(wc -l <"$scratch/err")" -eq 1 ] && [ ! -s "$scratch/out" ]
}

one_of_two_unreadable() { # its articles are not named, the rest is scored
    one "$scratch/nowhere.jsonl"
    [ $? -eq 1 ] && holds out "one" && holds err "nowhere.jsonl" &&
        ! grep -q "there is no summary" "$scratch/err"
}

unreadable() {
    one --refs "$scratch/nowhere.jsonl"
    [ $? -eq 3 ] || { cat "$scratch/err"; return 1; }
    printf '{"id": 1}\n' >"$scratch/bare.jsonl"
    one --refs "$scratch/bare.jsonl"
    [ $? -eq 3 ] && holds err "holds no references"
}

output_is_all_or_nothing() {
    echo old >"$scratch/report" && one -o "$scratch/report" --json &&
        grep -q rouge-1 "$scratch/report" && echo old >"$scratch/report" &&
        ! one --refs "$scratch/nowhere.jsonl" -o "$scratch/report" &&
        [ "$(cat "$scratch/report")" = old ]
}

if command -v python3 >/dev/null; then
    try "JSON has the shape of the contract" json_is_the_contract
    try "articles are summarized, scored and given rows to judge by" \
        articles_need_no_summaries
else
    skip "JSON has the shape of the contract" "no python3"
    skip "articles are summarized, scored and given rows to judge by" \
        "no python3"
fi
try "every summary that cannot be scored is named" every_failure_is_named
try "references without a word are named" only_empty_references
try "every form names its protocol" a_protocol_names_itself
try "any number of threads writes the same bytes" threads_change_nothing
try "files of summaries stand beside methods" files_meet_articles
try "budgets are ref, a share or words" budgets
try "what is wrongly asked is named" usage
try "so is a file that an option names and nobody can read" usage_of_files
try "a damaged profile ends the run" damaged_profile
try "files that cannot be read are" unreadable
try "the only file of summaries unreadable is one message" only_unreadable
try "and so with --strict" only_unreadable --strict
try "one of two unreadable leaves the other" one_of_two_unreadable
try "the report is written all at once" output_is_all_or_nothing
finish
