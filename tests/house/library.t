#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# What the library shows and what it keeps to itself, seen from its symbols.
. tests/tap.sh

CC=${CC:-cc}
SO=$(echo "$B"/libzubda.so.?)
A=$B/libzubda.a

exports_the_public_header() {
    scripts/list-api | sort >"$scratch/want"
    nm -D --defined-only "$SO" | awk '{ print $3 }' | sort >"$scratch/got"
    [ -s "$scratch/want" ] && diff "$scratch/want" "$scratch/got"
}

carries_its_soname() {
    readelf -d "$SO" | grep -F "soname: [${SO##*/}]"
}

compiles_alone() { # suffix compiler option
    echo '#include <zubda.h>' >"$scratch/alone.$1"
    "$2" "$3" -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only \
        "$scratch/alone.$1"
}

# Tables of pointers are constant once they are relocated: .data.rel.ro.
has_no_writable_section() {
    size -A "$A" | awk '
        / :$|\(ex / { member = $1 }
        $1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
            print member, $1, $2
            found = 1
        }
        END { exit found }'
}

prefixes_every_name() {
    ! nm -g --defined-only "$A" |
        awk 'NF == 3 && $3 !~ /^(zub_|_?_?(asan|tsan|ubsan|odr_asan))/' |
        grep .
}

# What a library has no business with: a terminal, the environment, the life
# of the process.
leaves_the_process_alone() {
    ! nm -u "$A" | awk '{ print $2 }' | sort -u | grep -xE \
        '(stdin|stdout|stderr|v?printf|__v?printf_chk|puts|putchar|perror)|(_?exit|_Exit|abort|__assert_fail|atexit|fork|system|signal|sigaction)|((secure_)?getenv|setenv|putenv|setlocale|chdir)'
}

# A test can make the nth allocation fail because there is one door to it.
allocates_in_one_file() {
    nm -A -u "$A" | awk '{
        file = $1; name = $NF
        sub(/:$/, "", file)
        sub(/.*:/, "", file)
        print file, name }' | grep -E ' (malloc|calloc|realloc|reallocarray|aligned_alloc|posix_memalign|free|strn?dup|v?asprintf|getline|getdelim|open_memstream|realpath)$' \
        >"$scratch/doors"
    grep -qx 'mem.o malloc' "$scratch/doors" &&
        ! grep -v '^mem\.o ' "$scratch/doors"
}

# What its files ask for and none of them has.
knows_only_the_public_header() {
    nm "$B"/src/cli/*.o | awk '
        $1 == "U" { asked[$2] }
        NF == 3 { has[$3] }
        END { for (name in asked) if (name ~ /^zub_/ && !(name in has))
                  print name }' >"$scratch/used"
    [ -s "$scratch/used" ] &&
        ! grep -vxF -e "$(scripts/list-api)" "$scratch/used"
}

try "the shared library exports exactly the public header" \
    exports_the_public_header
try "its soname is that of its file" carries_its_soname
try "the public header compiles alone as C17" compiles_alone c "$CC" -std=c17
if command -v g++ >/dev/null; then
    try "the public header compiles alone as C++" \
        compiles_alone cc g++ -std=c++11
else
    skip "the public header compiles alone as C++" "no g++ here"
fi
if nm -u "$A" | grep -qE '__(asan|tsan|ubsan)_'; then
    skip "no variable of the library can be written" "sanitizers add theirs"
else
    try "no variable of the library can be written" has_no_writable_section
fi
try "every global name of the library begins with zub_" prefixes_every_name
try "the library never prints, exits or reads the environment" \
    leaves_the_process_alone
try "mem.c is the only door to memory" allocates_in_one_file
try "the command knows the public header alone" knows_only_the_public_header
finish
