#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
# An index in bad company: full disks, closed folders, second writers, and files
# of another zubda. Whatever is refused leaves the index as it was.
. tests/tap.sh
ZUBDA_MODELS=${ZUBDA_MODELS:-$PWD/models}
export ZUBDA_MODELS
cd "$scratch" || exit 1

refuses() { # code text command...: exits so, and standard error has the text
    wanted=$1 text=$2
    shift 2
    "$@" >out 2>err
    got=$?
    [ "$got" -eq "$wanted" ] || { echo "exit $got, not $wanted: $*"; cat err; return 1; }
    grep -qF -- "$text" err || { echo "does not say: $text"; cat err; return 1; }
}

prints() { # folder: every byte of its files
    for file in "$1"/*; do
        echo "$file"
        cksum <"$file"
    done
}

# Refused, and all files are as they were.
keeps() { # folder code text command...
    folder=$1
    shift
    prints "$folder" >before
    refuses "$@" && prints "$folder" >after && cmp before after
}

# Bytes changed as another zubda would have written them: sums are right.
cat >patch.py <<'END_OF_PATCH'
import struct, sys, zlib
path, what, value = sys.argv[1:]
file = bytearray(open(path, "rb").read())
rows, = struct.unpack_from("<I", file, 36)
size, = struct.unpack_from("<I", file, 48)
start = 64 + 48 * rows
if what == "fingerprint":
    at = file.index(value.encode() + b"=", start, start + size) + len(value) + 1
    file[at] = ord("8") if file[at] == ord("9") else ord("9")
else:
    struct.pack_into("<I", file, {"format": 12, "kind": 32}[what], int(value))
struct.pack_into("<I", file, 56, zlib.crc32(file[64:start + size]))
struct.pack_into("<I", file, 60, zlib.crc32(file[:60]))
open(path, "wb").write(file)
END_OF_PATCH

patched() { # what value: a copy of the index, as j
    rm -rf j && cp -r i j && python3 patch.py j/index.zub "$@"
}

another() { # part: another analyzer
    patched fingerprint "$1" &&
        keeps j 4 "$1 is '" zubda search j cat && grep -qF '(index again)' err &&
        keeps j 4 "$1 is '" zubda index j a.jsonl &&
        keeps i 4 "$1 is '" zubda index i --merge j &&
        zubda search --stale-ok j cat | grep -q cats && zubda check j
}

later() { # what version text: a file of a later zubda
    patched "$1" "$2" && for command in 'search j cat' \
        'search --stale-ok j cat' 'index j a.jsonl' 'check j' \
        'check --repair j'; do
        # shellcheck disable=SC2086 # words
        keeps j 4 "$3" zubda $command || return 1
    done
}

later_volume() {
    rm -rf j && cp -r i j &&
        python3 patch.py j/volume-000001.zub kind 99 &&
        for command in 'search j cat' 'index j a.jsonl' 'check j' \
            'check --repair j'; do
            # shellcheck disable=SC2086 # words
            keeps j 4 "version 99 of 'volume'" zubda $command || return 1
        done
}

fills_up() { # a limit of a file's size, in blocks of 512 or 1024 bytes
    # shellcheck disable=SC3045 # dash and bash have it
    (trap '' XFSZ && ulimit -f "$1" && keeps i 5 "File too large" zubda index i many.jsonl) &&
        zubda check i
}

killed_by_limit() {
    prints i >before
    # shellcheck disable=SC3045 # dash and bash have it
    (ulimit -c 0 && ulimit -f 8 && zubda index i many.jsonl) 2>err
    [ $? -gt 128 ] && prints i >after && cmp before after && zubda check i
}

as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
    else
        "$@"
    fi
}

read_only() {
    chmod -R a+rX,u-w,go-w i
    as_nobody zubda search i cat >out && grep -q cats out &&
        as_nobody zubda check i &&
        keeps i 5 "Permission denied" as_nobody zubda index i a.jsonl &&
        keeps i 5 "Permission denied" as_nobody zubda check --repair i &&
        refuses 5 "cannot make" as_nobody zubda index closed/new a.jsonl
    code=$?
    chmod -R u+w i
    return "$code"
}

unreadable() { # file: no damage, so nothing is left out
    rm -rf j && cp -r i j && chmod -R a+rwX j && prints j >before &&
        chmod 000 "j/$1" &&
        refuses 3 "Permission denied" as_nobody zubda search j cat &&
        refuses 3 "Permission denied" as_nobody zubda check j &&
        refuses 3 "Permission denied" as_nobody zubda check --repair j &&
        chmod 644 "j/$1" && prints j >after && cmp before after &&
        zubda index -q j b.jsonl && zubda search j cat | grep -q cats
}

busy() { # somebody holds the lock; readers do not mind
    flock i/lock sh -c 'echo >held; until [ -e go ]; do sleep .05; done' &
    until [ -e held ]; do sleep .05; done
    keeps i 5 "another writer has 'i' (wait until it is done)" zubda index i a.jsonl &&
        keeps i 5 "another writer has" zubda check --repair i &&
        zubda search i cat | grep -q cats && zubda check i
    code=$?
    : >go
    wait
    return "$code"
}

chmod 755 .
mkdir empty closed
chmod 555 closed
echo '{"id": "cats", "text": "The cat sat on the mat. Cats chase mice."}' >a.jsonl
echo '{"id": "dogs", "text": "Dogs bark at night in the old house."}' >b.jsonl
awk 'BEGIN { srand(1); for (i = 0; i < 400; i++) {
    printf "{\"id\": \"%d\", \"text\": \"", i
    for (w = 0; w < 40; w++) printf "w%d ", int(rand() * 500000)
    print "\"}" } }' >many.jsonl
zubda index -q i a.jsonl || exit 1

try "5: a file that may not grow; the index is as it was" fills_up 8
try "nor by the signal of that" killed_by_limit
if mkdir small && mount -t tmpfs -o size=64k none small 2>/dev/null; then
    zubda index -q small/i a.jsonl
    try "5: a full disk; the index is as it was" \
        keeps small/i 5 "No space left" zubda index small/i many.jsonl
    try "which is whole" zubda check small/i
    umount small
else
    skip "5: a full disk; the index is as it was" "nothing can be mounted here"
fi
try "a folder that is only to be read is searched, not written" read_only
try "3: a manifest that may not be read is no damage" unreadable index.zub
try "3: a volume that may not be read is no damage" unreadable volume-000001.zub
if command -v flock >/dev/null; then
    try "5: a second writer, and what to do" busy
else
    skip "5: a second writer, and what to do" "there is no flock"
fi
try "4: another ICU, named, which --stale-ok reads" another icu
try "4: another lexicon" another lexicon
try "4: another way to cut" another index
try "4: a later version of the manifest" later kind 99 "version 99 of 'index'"
try "4: a later version of the container" later format 99 "version 99 of the .zub format"
try "4: a later version of a volume, which no repair takes away" later_volume
try "3: an empty folder is no index" refuses 3 "is no index" zubda search empty cat
try "3: nor is it to check" refuses 3 "is no index" zubda check empty
try "3: a file is no index" refuses 3 "is no index" zubda search a.jsonl cat
try "2: nor is one made of it" keeps i 2 "is no folder" zubda index a.jsonl b.jsonl
finish
