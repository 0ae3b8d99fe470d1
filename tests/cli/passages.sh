# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# passages.sh - what the tests of zubda index, search and related share: three
# articles, and where an index of them is to be. Source it behind tap.sh, whose
# $scratch it uses.
# shellcheck disable=SC2154

exits() { # code command...
    wanted=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err"
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat "$scratch/err"; return 1; }
}

says() { # text command...: standard error holds it
    text=$1
    shift
    "$@" 2>"$scratch/err" >/dev/null
    grep -qF -- "$text" "$scratch/err" ||
        { echo "does not say: $text"; cat "$scratch/err"; return 1; }
}

I=$scratch/i
cat >"$scratch/a.jsonl" <<'END'
{"id": "cats", "title": "About cats", "text": "The cat sat on the mat. Cats chase mice through the old house."}
{"id": "dogs", "title": "About dogs", "text": "Dogs bark at night. The dog sleeps by the fire in the old house."}
{"id": "a b", "text": "كانت القطط تطارد الفئران في البيت القديم. ونامت الكلاب في الحديقة طوال الليل."}
END
printf 'The zebras were running through the grass of the plain.\n' >"$scratch/z.txt"

finds() { # query, the ids in order
    zubda search "$I" "$1" -f tsv --no-snippets | tail -n +2 | cut -f 2 |
        tr '\n' ' ' >"$scratch/ids"
    [ "$(cat "$scratch/ids")" = "$2" ] || { cat "$scratch/ids"; return 1; }
}

