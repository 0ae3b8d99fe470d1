#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# scripts/install-deps on machines that lack things: all it can find is a
# folder with a few tools, and an apt-get that only writes down its orders.
. tests/tap.sh

bin=$scratch/bin
log=$scratch/log
mkdir "$bin"
ln -s "$(command -v tr)" "$(command -v env)" "$bin"

tool() { # name line
    printf '#!/bin/sh\n%s\n' "$2" >"$bin/$1"
    chmod +x "$bin/$1"
}

on_a_bare_machine() {
    PATH=$bin /bin/sh scripts/install-deps "$@" >"$scratch/said" 2>&1
}

is_silent() {
    said=$(scripts/install-deps "$@" 2>&1) && [ -z "$said" ]
}

names_packages() { # wanted status, arguments
    wanted=$1
    shift
    on_a_bare_machine "$@"
    [ $? -eq "$wanted" ] &&
        grep 'gcc.* libicu-dev.* libstemmer-dev' "$scratch/said"
}

fails_on_a_bare_machine() { # words it says
    ! on_a_bare_machine build && cat "$scratch/said" &&
        grep "$1" "$scratch/said"
}

calls_apt_get() {
    on_a_bare_machine check && cat "$log" "$scratch/said" &&
        grep 'prefix *apt-get -qq update' "$log" &&
        grep 'prefix .*noninteractive .*install perl python3' "$log" &&
        grep 'perl' "$scratch/said"
}

try "what is there is not installed" is_silent build
try "--check names what is missing and installs nothing" \
    names_packages 1 --check build
try "without apt-get the packages are named" names_packages 1 build
tool apt-get "exit 0"
tool id "echo 1000"
try "without root and sudo it says so" \
    fails_on_a_bare_machine 'run this as root: apt-get -qq update'
tool sudo "echo \"prefix \$*\" >>'$log'"
try "apt-get is called through sudo, asking nothing" calls_apt_get
tool sudo "exit 100"
try "a failing apt-get is a failure" fails_on_a_bare_machine gcc
try "an unknown part is a usage error" \
    sh -c 'scripts/install-deps nonsense; [ $? -eq 2 ]'
finish
