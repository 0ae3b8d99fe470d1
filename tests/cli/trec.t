#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# `zubda evaluate trec`: its forms and its manners.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh

root=$PWD
cd "$scratch" || exit 1
printf '1 0 a 1\n1 0 b 0\n1 0 c 2\n2 0 a 1\n' >qrels
printf '1 Q0 b 1 0.8 one\n1 Q0 a 2 0.9 one\n2 Q0 a 1 1 one\n' >one.run
printf '1 Q0 b 1 0.8 two\n1 Q0 a 2 0.7 two\n2 Q0 x 1 1 two\n3 Q0 x 1 1 two\n' >two.run
printf '1 Q0 b\n' >bad.run
printf '9 Q0 b 1 1 t\n' >other.run

evaluate() { zubda evaluate trec "$@"; }

exits() { # code command...
    wanted=$1
    shift
    "$@"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; return 1; }
}

says() { # text code command...: on standard error
    text=$1
    shift
    { exits "$@" >/dev/null 2>err && grep -qF -- "$text" err; } ||
        { cat err; return 1; }
}

writes() {
    cat >want
    "$@" >got && diff want got
}

text() {
    printf '%-22s\t%s\n' map '1	0.5000' map '2	1.0000' runid 'all	one' \
        num_q 'all	2' map 'all	0.7500' |
        writes evaluate qrels one.run -m map --by-query
}

tsv() {
    evaluate -q qrels one.run two.run -m map --ci -f tsv >out &&
        head -n 1 out | grep -qx 'run	measure	query	value	low	high	difference	difference_low	difference_high	chance' &&
        grep -q '^one.run	map	all	0.75	.*				$' out &&
        grep -q '^two.run	map	all	0.125	.*-0.625	.*$' out
}

json() {
    evaluate -q qrels one.run two.run -m map,P.5 --ci --by-query --json >out &&
        python3 - out <<'END'
import json, sys
one, two = json.load(open(sys.argv[1]))["runs"]
assert one["run"] == "one.run" and one["tag"] == "one" and one["queries"] == 2
assert list(one["measures"]) == ["map", "P_5"]
assert one["measures"]["map"]["all"] == 0.75
assert one["by_query"][1] == {"query": "2", "map": 1, "P_5": 0.2}
assert two["unjudged"] == 1 and two["missing"] == 0
assert two["measures"]["map"]["difference"]["mean"] == -0.625
END
}

is_as_its_schema() {
    evaluate -q qrels one.run two.run -m all_trec --ci --by-query --json >out &&
        python3 "$root/tests/cli/schema.py" "$root/docs/rankings.schema.json" \
            one out
}

official() {
    evaluate qrels one.run | cut -f 1 | tr -d ' ' | tr '\n' ' ' >got
    echo "runid num_q num_ret num_rel num_rel_ret map gm_map Rprec bpref recip_rank iprec_at_recall_0.00 iprec_at_recall_0.10 iprec_at_recall_0.20 iprec_at_recall_0.30 iprec_at_recall_0.40 iprec_at_recall_0.50 iprec_at_recall_0.60 iprec_at_recall_0.70 iprec_at_recall_0.80 iprec_at_recall_0.90 iprec_at_recall_1.00 P_5 P_10 P_15 P_20 P_30 P_100 P_200 P_500 P_1000" |
        tr '\n' ' ' >want
    cmp got want
}

same_with_refs() {
    evaluate qrels one.run >a && evaluate --refs qrels one.run >b && cmp a b
}

levels() {
    printf '%-22s\t%s\n' relstring "1	'10'" relstring "2	'1'" runid 'all	one' \
        num_q 'all	2' | writes evaluate qrels one.run -m relstring --by-query
}

zscores() {
    printf '1 map .25 .5\n2 map 1 0\n' >means
    printf '%-23s\t%s\n' Zmap '1	0.5000' Zmap '2	0.0000' >want
    printf '%-22s\t%s\n' runid 'all	one' >>want
    printf '%-23s\t%s\n' Znum_q 'all	2.0000' Zmap 'all	0.2500' >>want
    evaluate qrels one.run -m map --by-query --zscores means >got &&
        diff want got
}

preferences() {
    printf '1 j g a 2\n1 j g b 1\n2 j g x 1\n2 j g a 0\n' >prefs
    printf '%-22s\t%s\n' prefs_simp '1	1.0000' prefs_simp '2	0.0000' \
        runid 'all	one' num_q 'all	2' prefs_simp 'all	0.5000' |
        writes evaluate --judgements prefs prefs one.run -m prefs_simp --by-query
}

try "text is what trec_eval writes" text
try "relstring is the levels of the first" levels
try "--zscores writes distances" zscores
try "--judgements prefs counts preferences" preferences
try "3: preferences that contradict each other" sh -c '
    printf "1 j g a 2\n1 j g b 1\n1 j h b 2\n1 j h a 1\n" >wrong
    zubda evaluate trec --judgements prefs wrong one.run 2>err
    [ $? -eq 3 ] && grep -q "query .1.: preferences of a judge contradict" err'
try "2: a measure of another kind of judgements" says "no measure of" 2 \
    evaluate --judgements qrels_jg qrels one.run -m map
try "3: there are no such means" says "absent" 3 \
    evaluate qrels one.run --zscores absent
try "without -m it is the official set" official
try "TSV is a row a run, measure and query" tsv
try "JSON has intervals and differences from the first run" json
if python3 -c 'import jsonschema' 2>/dev/null; then
    try "JSON is as its schema says" is_as_its_schema
else
    skip "JSON is as its schema says" "python3 has no jsonschema"
fi
try "judgements are the first file, or --refs" same_with_refs
try "--output writes the same" sh -c 'zubda evaluate trec qrels one.run >a &&
    zubda evaluate trec qrels one.run -o b && cmp a b'
try "queries that were not judged are said" \
    says "1 query of 'two.run' is not judged" 0 evaluate qrels two.run
try "--complete counts what a run lacks" sh -c '
    head -n 2 one.run >half.run
    zubda evaluate trec qrels half.run -m map --complete | grep -q "num_q .*2$"'
try "1: one of several runs cannot be read" \
    says "line 1 of 'bad.run'" 1 evaluate qrels bad.run one.run
try "3: the only run cannot be read" exits 3 evaluate qrels bad.run
try "3: there are no such judgements" says "absent" 3 evaluate absent one.run
try "1: no query was judged" says "no query that was judged" 1 \
    evaluate qrels other.run
try "2: no run" says "name a run" 2 evaluate qrels
try "2: no file at all" says "no judgements" 2 evaluate
try "2: an unknown measure" says "no measure 'mapp'" 2 \
    evaluate qrels one.run -m mapp
try "2: nor may rouge take any method" says "did you mean lead" 2 \
    zubda evaluate rouge -a qrels -m leda
try "5: a full disk" sh -c 'zubda evaluate trec qrels one.run >/dev/full; [ $? -eq 5 ]'
finish
