#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# zubda related, as a user meets it.
. tests/tap.sh
. tests/cli/passages.sh

zubda index -q "$I" "$scratch/a.jsonl"

relates() {
    zubda related "$I" --id cats -f tsv | tail -n +2 | cut -f 2 >"$scratch/ids"
    [ "$(head -n 1 "$scratch/ids")" = dogs ] && ! grep -q cats "$scratch/ids" &&
        zubda related "$I" --id 'cats#0' >/dev/null &&
        echo 'an old house' | zubda related "$I" --text - | grep -q cats &&
        zubda related "$I" --all -f trec >"$scratch/run" &&
        grep -q '^dogs Q0 cats 1 ' "$scratch/run"
}

names_the_nameless() {
    zubda related "$I" --text 'old house' -f trec | grep -q '^- Q0 cats '
}

takes_all_options() {
    for way in '--measure likelihood' --expand '--by document --expand' --no-grams; do
        # shellcheck disable=SC2086
        zubda related "$I" --all $way --json -e >"$scratch/out" &&
            python3 tests/cli/schema.py docs/search.schema.json json "$scratch/out" ||
            return 1
    done
}

reads_any_text() {
    printf 'mice \377\0 the' | exits 0 zubda related "$I" --text - &&
        exits 1 zubda related "$I" --text '' &&
        { head -c 1000000 /dev/zero | tr '\0' 'a'; echo ' mice'; } |
        exits 0 zubda related "$I" --text -
}

try "passages are related to an article, a passage, a text and all" relates
try "no such article" exits 1 zubda related "$I" --id zebra
try "one way to ask is wanted" exits 2 zubda related "$I"
try "a text that has no id is called -" names_the_nameless
try "ways to search are ways to relate" takes_all_options
try "no text is wrong" reads_any_text
finish
