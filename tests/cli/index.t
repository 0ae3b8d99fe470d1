#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# zubda index and check, as a user meets them.
. tests/tap.sh

. tests/cli/passages.sh

makes_one() {
    says "3 articles, 3 passages in '$I'" zubda index "$I" "$scratch/a.jsonl"
}

replaces_and_deletes() {
    zubda index -q "$I" "$scratch/z.txt" && finds zebra "$scratch/z.txt " &&
        printf 'The gnu was running through the grass of the plain.\n' >"$scratch/z.txt" &&
        zubda index -q "$I" "$scratch/z.txt" && finds zebra "" &&
        finds gnu "$scratch/z.txt " &&
        zubda index -q "$I" --delete "$scratch/z.txt" && finds gnu ""
}

keeps_the_index() {
    exits 2 zubda search "$I" mice -o "$I/index.zub" &&
        exits 2 zubda check "$I" -o "$I/lock" &&
        exits 2 zubda related "$I" --id cats -o "$I/index.zub" &&
        exits 2 zubda count "$scratch/a.jsonl" -o "$I/volume-000001.zub" &&
        exits 2 zubda terms "$scratch/a.jsonl" -o "$I/spare.zub" &&
        ln -sf "$I/volume-000001.zub" "$scratch/link" &&
        exits 2 zubda count "$scratch/a.jsonl" -o "$scratch/link" &&
        (cd "$I" && exits 2 zubda segment "$scratch/a.jsonl" -o volume-000009.zub) &&
        exits 0 zubda count -q "$scratch/a.jsonl" -o "$scratch/index.zub" &&
        exits 0 zubda check "$I"
}

mkdir "$scratch/none" # a folder of no models
says_it_once() {
    says "analyzer: l" zubda search "$I" mice --models "$scratch/none" &&
        grep -q '(index again)' "$scratch/err" &&
        ! grep -q 'count again' "$scratch/err"
}

merges() {
    zubda index -q "$scratch/other" "$scratch/a.jsonl" &&
        zubda index -q "$scratch/all" --merge "$scratch/other" &&
        zubda search "$scratch/all" mice | grep -q cats
}

checks_and_repairs() {
    zubda check "$scratch/all" | grep -q 'index of version 2, 3 articles, 3 passages in 1 volume ' ||
        return 1
    size=$(wc -c <"$scratch/all/volume-000001.zub")
    printf '\001' | dd of="$scratch/all/volume-000001.zub" bs=1 conv=notrunc \
        seek=$((size - 9)) 2>"$scratch/err" &&
        exits 4 zubda check "$scratch/all" &&
        exits 0 zubda check --repair "$scratch/all" &&
        grep -q "lost: 'cats'" "$scratch/err" &&
        exits 1 zubda search "$scratch/all" mice
}

try "an index is made of articles" makes_one
try "an id again takes the place of the first, and articles go" \
    replaces_and_deletes
try "a whole index is added to another" merges
try "a damaged index is named and repaired" checks_and_repairs
try "a folder of other files is no index" exits 2 zubda index "$scratch" "$scratch/a.jsonl"
try "other rules are refused" exits 2 zubda index "$I" --passage 50 "$scratch/a.jsonl"
try "and named" says "words a passage: 100, not 50" zubda index "$I" --passage 50 "$scratch/a.jsonl"
headless() {
    cp -r "$I" "$scratch/headless" && rm "$scratch/headless/index.zub" &&
        exits 4 zubda index "$scratch/headless" "$scratch/a.jsonl" &&
        ls "$scratch/headless"/volume-*.zub &&
        exits 4 zubda check "$scratch/headless" &&
        exits 0 zubda check --repair "$scratch/headless" &&
        zubda search "$scratch/headless" mice | grep -q cats
}
try "volumes without their manifest are kept, and it comes back" headless
try "no index to merge" exits 3 zubda index "$I" --merge "$scratch/absent"
try "another analyzer is refused, with what differs" exits 4 zubda search "$I" mice --models "$scratch/none"
try "and what to do is said once" says_it_once
try "an answer is not written over its index" keeps_the_index
finish
