#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# --stemmer and --lexicon, and models that are damaged or not there.
. tests/tap.sh
project=$PWD
cd "$scratch" || exit 1

printf 'وصل الوزير ووزيرهم إلى الوزارة\n' >article.txt
mkdir -p damaged/ar bare/ar
cp "$project"/models/ar/* damaged/ar
cp "$project"/models/ar/stop.txt bare/ar

terms() { # option... : the keys, on one line
    zubda segment -q -l ar --unit term -f tsv "$@" article.txt | cut -f 8 |
        sed 1d | tr '\n' ' '
}

gives() { # keys option...
    wanted=$1
    shift
    got=$(terms "$@")
    [ "$got" = "$wanted" ] || { echo "'$got', not '$wanted'"; return 1; }
}

fails_saying() { # code text option...
    code=$1
    text=$2
    shift 2
    zubda segment -l ar --unit term "$@" article.txt >out 2>err
    got=$?
    [ "$got" -eq "$code" ] || { echo "exit $got"; cat err; return 1; }
    grep -qF -- "$text" err || { cat err; return 1; }
}

flip() { # file offset
    printf '\377' | dd of="$1" bs=1 seek="$2" conv=notrunc 2>dd.log
}

damaged_is_named() { # file
    cp "$project/models/ar/$1" "damaged/ar/$1"
    size=$(wc -c <"damaged/ar/$1")
    for at in 0 20 70 300 $((size / 2)) $((size - 1)); do
        cp "$project/models/ar/$1" "damaged/ar/$1"
        flip "damaged/ar/$1" "$at"
        cmp -s "$project/models/ar/$1" "damaged/ar/$1" && continue
        fails_saying 4 "ar/$1" --models damaged || return 1
    done
    cp "$project/models/ar/$1" "damaged/ar/$1"
}

threads_agree() {
    one=$(zubda keywords -j1 "$project"/seeds/ar-*.txt)
    seven=$(zubda keywords -j7 "$project"/seeds/ar-*.txt)
    [ "$one" = "$seven" ]
}

try 'light is the default' gives 'وصل وزير وزير وزاره '
try 'light10 strips by its list' gives 'وصل وزير وزيرهم وزار ' --stemmer light10
try 'none leaves the folded word' \
    gives 'وصل الوزير ووزيرهم الوزاره ' --stemmer none
try 'without a lexicon it is light10' gives "$(terms --stemmer light10)" \
    --models bare
try 'a lexicon can be named' gives "$(terms)" \
    --models bare --lexicon "$project/models/ar/lexicon.zub"
try 'a stemmer that is none is a usage error' \
    fails_saying 2 'did you mean light10' --stemmer light1
try 'a lexicon that is not there is named' \
    fails_saying 2 absent.zub --lexicon absent.zub
try 'a lexicon that is text is refused' \
    fails_saying 4 'is not a .zub file' --lexicon article.txt
try 'a background is no lexicon' \
    fails_saying 4 "'lexicon' is wanted" \
    --lexicon "$project/models/ar/background.zub"
try 'a damaged lexicon is named' damaged_is_named lexicon.zub
try 'a damaged background is named' damaged_is_named background.zub
try 'keywords do not depend on threads' threads_agree
finish
