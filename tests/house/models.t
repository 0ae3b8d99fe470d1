#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# Every table in models/ is the one that models/README.md names.
. tests/tap.sh

is_listed() { # file
    sum=$(sha256sum "models/$1" | cut -d ' ' -f 1)
    grep -F "| \`$1\` |" models/README.md | grep -qF "$sum" ||
        { echo "models/README.md needs a row with $sum"; return 1; }
}

for file in models/*.zub models/*/*.zub models/profiles/*.txt; do
    try "${file#models/} has a row with its checksum" is_listed "${file#models/}"
done
finish
