#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# Who may include whom: scripts/check-floors over small trees made here.
. tests/tap.sh

# A tree of three files; $1 is put into src/$2/noun.c.
tree() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/src/base" "$scratch/tree/src/text" \
        "$scratch/tree/src/cli" "$scratch/tree/src/attic"
    printf 'base\ntext\n' >"$scratch/tree/src/FLOORS"
    printf '%s\n' "$1" >"$scratch/tree/src/$2/noun.c"
}

accepts() {
    tree "$1" "$2" && scripts/check-floors "$scratch/tree"
}

# Says no, naming the file, the line and the reason $3.
rejects() {
    tree "$1" "$2"
    if said=$(scripts/check-floors "$scratch/tree"); then
        echo "accepted: $1"
        return 1
    fi
    echo "$said"
    case $said in
    "src/$2/noun.c:1: $3"*) ;;
    *) return 1 ;;
    esac
}

try "this project keeps to its floors" scripts/check-floors
try "a floor includes itself" accepts '#include "text/noun.h"' text
try "a floor includes a lower one" accepts '#include "base/mem.h"' text
try "a floor includes the public header" accepts '#include "zubda.h"' base
try "a floor includes the system" accepts '#include <sys/stat.h>' base
try "a face includes its own folder" accepts '#include "cli/noun.h"' cli
try "a face includes the public header" accepts '#include "zubda.h"' cli

try "a floor may not look up" rejects \
    '#include "text/noun.h"' base 'base may not look up to text'
try "a floor may not look at a face" rejects \
    '#include "cli/noun.h"' text 'no such floor'
try "a face may not look into the library" rejects \
    '#include "base/mem.h"' cli 'a face sees only zubda.h'
try "an include names its floor" rejects \
    '#include "mem.h"' base 'name the floor'
try "an include is never relative" rejects \
    '#include "../base/mem.h"' text 'no relative includes'
try "our own headers go in quotes" rejects \
    '#include <base/mem.h>' text 'our own headers go in quotes'
try "every folder is a floor or a face" rejects \
    'int x;' attic 'not in src/FLOORS'
try "spaces hide nothing" rejects \
    '  #  include "text/noun.h"' base 'base may not look up to text'
try "missing spaces hide nothing" rejects \
    '#include"text/noun.h"' base 'base may not look up to text'
finish
