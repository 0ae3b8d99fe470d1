#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# Installing, building a program against what was installed, uninstalling.
. tests/tap.sh

CC=${CC:-cc}
PREFIX=$scratch/prefix
article=seeds/000_0538e4b75fc099ea.txt
export PKG_CONFIG_PATH="$PREFIX/lib/pkgconfig"

run_make() {
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s B="$B" "$@"
}

# The libraries that libzubda.a itself was built against.
private_libraries() {
    # shellcheck disable=SC2046 # a list of packages
    pkg-config --libs $(pkg-config --print-requires-private zubda)
    sed -n 's/^Libs.private: //p' "$PKG_CONFIG_PATH/zubda.pc"
}

# shellcheck disable=SC2046,SC2086 # options are words
build_shared() {
    $CC $CFLAGS $LDFLAGS docs/example.c -o "$scratch/shared" \
        $(pkg-config --cflags --libs zubda)
}

# shellcheck disable=SC2046,SC2086
build_static() {
    $CC $CFLAGS $LDFLAGS docs/example.c -o "$scratch/static" \
        $(pkg-config --cflags zubda) "$PREFIX/lib/libzubda.a" \
        $(private_libraries)
}

# Two sentences, each behind its score, each found in the article.
prints_two_sentences() { # program
    LD_LIBRARY_PATH=$PREFIX/lib "$1" "$PREFIX/share/zubda/models" "$article" \
        >"$scratch/out" && cat "$scratch/out" &&
        [ "$(wc -l <"$scratch/out")" -eq 2 ] &&
        while read -r score sentence; do
            [ "${score%%.*}" -ge 0 ] && grep -qF "$sentence" "$article" ||
                exit 1
        done <"$scratch/out"
}

# Nothing to show, and nowhere to show it: both are said.
says_why() { # program
    printf 'id,text\n' >"$scratch/header.csv"
    : >"$scratch/nothing.txt"
    for file in "$scratch/header.csv" "$scratch/nothing.txt" "$scratch/absent"; do
        LD_LIBRARY_PATH=$PREFIX/lib "$1" "$PREFIX/share/zubda/models" "$file" \
            2>"$scratch/err"
        code=$?
        echo "$file: $code"
        [ "$code" -eq 1 ] || return 1
        grep -q '^example: ..' "$scratch/err" || return 1
    done
    ! LD_LIBRARY_PATH=$PREFIX/lib "$1" "$PREFIX/share/zubda/models" "$article" \
        2>"$scratch/err" >/dev/full && grep -q 'cannot write' "$scratch/err"
}

is_documented() {
    awk '/^```c$/ { inside = 1; next } /^```$/ { inside = 0 } inside' \
        docs/library.md | diff docs/example.c -
}

names_its_version() {
    wanted=$(sed -n 's/^#define ZUB_VERSION "\(.*\)"/\1/p' include/zubda.h)
    [ "$(pkg-config --modversion zubda)" = "$wanted" ]
}

stages_under_destdir() {
    run_make DESTDIR="$scratch/stage" PREFIX=/usr install &&
        [ -x "$scratch/stage/usr/bin/zubda" ] &&
        grep -x 'prefix=/usr' "$scratch/stage/usr/lib/pkgconfig/zubda.pc"
}

leaves_nothing() {
    run_make PREFIX="$PREFIX" uninstall
    ! find "$PREFIX" ! -type d | grep . && [ ! -e "$PREFIX/share/zubda" ]
}

try "make install" run_make PREFIX="$PREFIX" install
try "the installed command summarises" \
    "$PREFIX/bin/zubda" summarize --sentences 1 "$article"
try "pkg-config knows the version" names_its_version
try "the example compiles against the shared library" build_shared
try "and runs" prints_two_sentences "$scratch/shared"
try "and says why when there is nothing to print, or nowhere" \
    says_why "$scratch/shared"
try "the example compiles against the static library" build_static
try "and runs without the shared one" prints_two_sentences "$scratch/static"
try "docs/library.md shows the example as it is" is_documented
try "DESTDIR stages without being written into zubda.pc" stages_under_destdir
try "make uninstall leaves no file behind" leaves_nothing
finish
