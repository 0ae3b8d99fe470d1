# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# tap.sh - TAP for tests written in shell. Source it, then
#
#     try "a sentence that is true" command arg ...
#     skip "a sentence that nobody could test" "why"
#     finish
#
# What a failing command printed is shown below its line. $scratch is a folder
# of the test's own; $B is where make builds, its command first in the PATH.
B=${B:-$PWD/build}
PATH=$B:$PATH
export B PATH
scratch=$(mktemp -d "${TMPDIR:-/tmp}/zubda-test.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
tap_number=0
tap_failures=0

try() {
    tap_name=$1
    shift
    tap_number=$((tap_number + 1))
    if ("$@") >"$scratch/.tap" 2>&1; then
        echo "ok $tap_number - $tap_name"
    else
        tap_failures=$((tap_failures + 1))
        echo "not ok $tap_number - $tap_name"
        sed 's/^/# /' "$scratch/.tap"
    fi
}

skip() {
    tap_number=$((tap_number + 1))
    echo "ok $tap_number - $1 # SKIP $2"
}

finish() {
    echo "1..$tap_number"
    [ $tap_failures -eq 0 ]
    exit
}
