#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: the zubda authors
#
# Where results go, and how they look there.
# shellcheck disable=SC2016 # what sh -c runs is quoted
. tests/tap.sh
cd "$scratch" || exit 1

printf 'تنام القطط ليلا. تطارد الكلاب القطط نهارا.\n' >ar.txt
printf 'Cats sleep at night. Dogs chase cats by day.\n' >en.txt
cat >in.jsonl <<'END'
{"id":"a","text":"Cats sleep. Dogs run.","big":123456789012345678901,"f":1.10,"s":"\u00e9\/","sentences":[0],"o": {"x" :[1, null]}}
{"id":7,"text":"Birds fly. Fish swim.","lang":"en"}
END

# ---- Headings of several articles ----

try "one article stands without its id" \
    sh -c 'zubda summarize -n1 en.txt >out && ! grep -q "==" out'
try "two files have headings" \
    sh -c 'zubda summarize en.txt ar.txt >out && [ "$(grep -c "^== " out)" -eq 2 ]'
try "two records have headings" \
    sh -c 'zubda summarize in.jsonl >out && [ "$(grep -c "^== " out)" -eq 2 ]'
try "one record has none" \
    sh -c 'head -n 1 in.jsonl | zubda summarize --from jsonl >out && ! grep -q "==" out'
try "one of two inputs that failed leaves a heading" \
    sh -c 'zubda summarize absent.txt en.txt >out 2>err; grep -q "^== en.txt" out'
try "headings do not depend on threads" sh -c '
    for i in 1 2 3 4 5 6 7 8 9; do cat in.jsonl; done >many.jsonl
    zubda keywords -j1 many.jsonl >a && for i in 1 2 3 4 5; do
        zubda keywords -j4 many.jsonl >b && cmp a b || exit 1
    done'

# ---- JSON and JSONL ----

try "json is an array with one object an article" sh -c '
    zubda summarize --json in.jsonl >out && head -n 1 out | grep -qx "\[" &&
    tail -n 1 out | grep -qx "\]" && [ "$(grep -c "\"lang\"" out)" -ge 2 ]'
try "json of one article is an array too" sh -c '
    zubda identify --json ar.txt >out; head -n 1 out | grep -qx "\["'
zubda summarize -f jsonl in.jsonl >out
try "jsonl is a line an article" sh -c '[ "$(wc -l <out)" -eq 2 ]'
try "fields pass through byte for byte" sh -c '
    grep -qF "\"big\": 123456789012345678901" out && grep -qF "\"f\": 1.10" out &&
    grep -qF "\"s\": \"\\u00e9\\/\"" out && grep -qF "{\"x\" :[1, null]}" out'
try "a field whose name we need moves aside" grep -qF '"_sentences": [0]' out
try "the text is dropped" sh -c '! grep -qF "\"text\": \"Cats sleep. Dogs run.\"" out'
try "--keep-text keeps it" sh -c '
    zubda summarize -f jsonl --keep-text in.jsonl >out &&
    grep -qF "\"text\": \"Cats sleep. Dogs run.\"" out'
printf '{"title":"T","lang":"fr-CA","f":"a\tb\377","q":1,"q":2,"text":"Le chat dort. Le chien court."}\n' >own.jsonl
try "a title or language that ours replaced is kept" sh -c '
    zubda summarize -f jsonl --title none own.jsonl >out &&
    grep -qF "\"_title\": \"T\"" out && zubda summarize -f jsonl --lang de own.jsonl >out &&
    ! grep -qF _title out && grep -qF "\"_lang\": \"fr-CA\"" out'
try "control characters and bad bytes in fields are made JSON" sh -c '
    zubda summarize -q -f jsonl own.jsonl >out &&
    grep -qF "\"f\": \"a\\tb$(printf "\357\277\275")\"" out'
try "of a name that stands twice the last is written" sh -c '
    zubda summarize -q -f jsonl own.jsonl >out && grep -qF "\"q\": 2" out && ! grep -qF "\"q\": 1" out'
printf '\177ELF\2\1\1\0\0\0\0\0' >program
try "a binary file is named as one" sh -c '
    zubda summarize program en.txt >out 2>err; [ $? -eq 1 ] && grep -q "^zubda: cannot read .program.: it looks like a binary file" err'
try "every command passes fields through" sh -c '
    for command in summarize keywords segment; do
        zubda $command -f jsonl in.jsonl >out && grep -qF 123456789012345678901 out || exit 1
    done'
if python3 -c '' 2>/dev/null; then
    try "every JSON is JSON" sh -c '
        for command in summarize keywords segment identify; do
            zubda $command --json in.jsonl ar.txt | python3 -m json.tool >/dev/null || exit 1
            zubda $command -f jsonl in.jsonl ar.txt |
                python3 -c "import json, sys; [json.loads(line) for line in sys.stdin]" || exit 1
        done'
else
    skip "every JSON is JSON" "no python3 here"
fi
try "--json after --format html wins" sh -c '
    zubda summarize --format html --json en.txt | head -n 1 | grep -qx "\["'
try "keywords do not depend on the method of summaries" sh -c '
    zubda summarize -m lead -f jsonl in.jsonl | sed "s/.*\"keywords\": \(\[[^]]*\]\).*/\1/" >a
    zubda summarize -m auto -f jsonl in.jsonl | sed "s/.*\"keywords\": \(\[[^]]*\]\).*/\1/" >b
    cmp a b'

# ---- A file all at once ----

echo old >kept
try "-o writes the same bytes" sh -c '
    zubda summarize en.txt >a && zubda summarize -o b en.txt && cmp a b'
try "-o - is standard output" sh -c '
    zubda summarize -o - en.txt >b && cmp a b && [ ! -e - ]'
try "-o makes no file of nothing but failures" sh -c '
    zubda summarize --json -o none absent.txt 2>err; [ $? -eq 3 ] && [ ! -e none ]'
try "a run that fails leaves the old file" sh -c '
    zubda summarize -o kept absent.txt 2>err; [ "$(cat kept)" = old ]'
try "a run that --strict stops leaves the old file" sh -c '
    zubda summarize --strict -o kept en.txt absent.txt 2>err; [ "$(cat kept)" = old ]'
try "some of several failed: the rest is written" sh -c '
    zubda summarize -o part en.txt absent.txt 2>err; [ $? -eq 1 ] && grep -q "^== en" part'
try "a usage error leaves the old file" sh -c '
    zubda summarize -o kept --lang "!!" en.txt 2>err; [ $? -eq 2 ] && [ "$(cat kept)" = old ]'
mkdir signals
mkfifo pipe
killed_tidily() { # signal
    zubda summarize -o signals/out <pipe &
    child=$!
    exec 3>pipe
    waited=0
    while [ -z "$(ls -A signals)" ] && [ "$waited" -lt 50 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    [ "$waited" -lt 50 ] || echo "no file aside was seen"
    kill -"$1" "$child"
    wait "$child"
    code=$?
    exec 3>&-
    [ "$code" -gt 128 ] && [ -z "$(ls -A signals)" ]
}
try "a signal takes the half written file away" killed_tidily TERM
try "and so does a hangup" killed_tidily HUP
mkfifo unread
killed_while_writing() {
    seq 1 200000 | sed "s/.*/Line & of many lines./" >many.txt
    # shellcheck disable=SC2217 # it keeps the pipe open, unread
    sleep 30 <unread &
    reader=$!
    zubda summarize --method lead --ratio 1 many.txt -o unread &
    child=$!
    sleep 2
    kill -TERM "$child"
    ( sleep 10; kill -KILL "$child" ) 2>killer &
    wait "$child"
    code=$?
    kill "$reader"
    [ "$code" -eq 143 ]
}
try "a signal ends a run that waits for a pipe nobody reads" killed_while_writing

# ---- Terminals ----

isolate=$(printf '\342\201\250')
escape=$(printf '\033')
if script -qec true /dev/null </dev/null >out 2>&1; then
    try "on a terminal right-to-left fields are isolated" sh -c '
        script -qec "zubda summarize ar.txt" /dev/null </dev/null | grep -q "$0"' "$isolate"
    try "left-to-right fields are not" sh -c '
        script -qec "zubda summarize en.txt" /dev/null </dev/null >out; ! grep -q "$0" out' "$isolate"
    try "on a terminal headings have colours" sh -c '
        TERM=xterm script -qec "env -u NO_COLOR zubda summarize en.txt ar.txt" /dev/null </dev/null | grep -qF "$0["' "$escape"
    try "NO_COLOR takes them away" sh -c '
        TERM=xterm NO_COLOR=1 script -qec "zubda summarize en.txt ar.txt" /dev/null </dev/null >out; ! grep -qF "$0[" out' "$escape"
    try "an empty NO_COLOR does not" sh -c '
        TERM=xterm NO_COLOR= script -qec "zubda summarize en.txt ar.txt" /dev/null </dev/null | grep -qF "$0["' "$escape"
    try "a dumb terminal has none" sh -c '
        TERM=dumb script -qec "env -u NO_COLOR zubda summarize en.txt ar.txt" /dev/null </dev/null >out; ! grep -qF "$0[" out' "$escape"
else
    skip "on a terminal fields are isolated" "no terminal can be had here"
fi
try "in a pipe nothing is isolated" sh -c 'zubda summarize ar.txt >out; ! grep -q "$0" out' "$isolate"
try "in a pipe there are no colours" sh -c 'zubda summarize ar.txt en.txt >out; ! grep -qF "$0[" out' "$escape"
try "--color always colours a pipe" sh -c 'NO_COLOR=1 zubda summarize --color always ar.txt en.txt | grep -qF "$0["' "$escape"

# ---- Progress ----

try "--progress is shown after a second" sh -c '
    { cat in.jsonl; sleep 2.3; cat in.jsonl; } | zubda keywords --progress --from jsonl >out 2>err &&
    grep -q "^zubda: [0-9]* articles, .* MB/s" err'
try "a quick run shows none" sh -c 'zubda keywords --progress in.jsonl >out 2>err && [ ! -s err ]'
try "without a terminal there is none" sh -c '
    { cat in.jsonl; sleep 1.6; cat in.jsonl; } | zubda keywords --from jsonl >out 2>err && [ ! -s err ]'

# ---- Reading along ----

awk 'BEGIN { for (i = 0; i < 3000; i++)
    printf "{\"text\":\"تنام القطط %d هنا. تركض الكلاب %d هناك.\"}\n", i, i
}' >stream.jsonl
try "results come before the input is over" sh -c '
    { cat stream.jsonl; sleep 3; date +%s >over; } |
        zubda keywords -k1 -f jsonl --from jsonl |
        { sed -u -n 2900q; date +%s >came; cat >rest; }
    [ "$(cat came)" -lt "$(cat over)" ]'

try "a known encoding waits for no more than a line" sh -c '
    { head -n 1 in.jsonl; sleep 2; date +%s >over; tail -n 1 in.jsonl; } |
        zubda keywords -k1 -j1 -f jsonl --encoding utf-8 |
        { IFS= read -r line; date +%s >came; cat >rest; }
    [ "$(cat came)" -lt "$(cat over)" ]'

# ---- Repairs ----

printf 'Cats \377 sleep \200\200 here.\n' >broken.txt
try "repaired bytes are counted in one line" sh -c '
    zubda summarize broken.txt en.txt >out 2>err && grep -qxF "zubda: 3 bytes in 1 of 2 articles were not valid text and are shown as U+FFFD ('\''broken.txt'\'')" err'
printf '{"text":"Cats\\u0000sleep. Dogs \\ud800run."}\n' >nul.jsonl
try "NULs and halves of pairs in JSON are counted too" sh -c '
    zubda summarize nul.jsonl >out 2>err && grep -qxF "zubda: 2 bytes in 1 of 1 article were not valid text and are shown as U+FFFD ('\''nul.jsonl'\'')" err'
try "--quiet does not count them aloud" sh -c 'zubda summarize -q broken.txt en.txt >out 2>err && [ ! -s err ]'

# ---- Texts ----

printf '{"id":"../../x","text":"Cats sleep."}\n{"id":"a/b c\\n","text":"Dogs run."}\n{"id":"..","text":"Fish swim."}\n{"id":"%s","text":"Birds fly."}\n' \
    "$(head -c 3000 /dev/zero | tr '\0' 'y')" >ids.jsonl
try "--emit-text writes each text into the folder" sh -c '
    zubda summarize --emit-text texts ids.jsonl >out && [ "$(ls texts | wc -l)" -eq 4 ] &&
    [ "$(cat texts/%2E.%2F..%2Fx.txt)" = "Cats sleep." ] &&
    [ "$(cat texts/a%2Fb%20c%0A.txt)" = "Dogs run." ] &&
    [ "$(cat texts/%2E..txt)" = "Fish swim." ]'
try "and nowhere else" sh -c '[ ! -e x ] && [ ! -e ../x ] && [ ! -e ../x.txt ]'
try "the folder of texts is made with those above it" sh -c '
    zubda summarize --emit-text deep/er//texts/ en.txt >out && [ -s deep/er/texts/en.txt ] &&
    zubda summarize --emit-text "$PWD/deep/er/still" en.txt >out && [ -s deep/er/still/en.txt ]'
try "a link in its place is replaced, not followed" sh -c '
    echo safe >victim && ln -sf "$PWD/victim" texts/%2E..txt &&
    zubda summarize --emit-text texts ids.jsonl >out && [ "$(cat victim)" = safe ] &&
    [ "$(cat texts/%2E..txt)" = "Fish swim." ]'
try "a second article of the same id is a failure that is named" sh -c '
    cat ids.jsonl ids.jsonl >twice.jsonl
    zubda summarize --emit-text texts twice.jsonl >out 2>err; [ $? -eq 1 ] && [ "$(grep -c "second article" err)" -eq 4 ]'
try "spans of the JSON are the bytes of the text" sh -c '
    printf "<html><body><p>Cats sleep at night &amp; day. Dogs run far.</p></body></html>" >page.html
    zubda segment -f tsv page.html >units && zubda summarize --emit-text texts page.html >out &&
    tail -n +2 units | while IFS="	" read -r id start end rest; do
        cut=$(tail -c +$((start + 1)) texts/page.html.txt | head -c $((end - start)))
        case $rest in *"$cut") ;; *) echo "$start $end: $cut"; exit 1 ;; esac
    done'

# ---- Locale ----

try "a locale changes nothing" sh -c '
    LC_ALL=C zubda summarize --ratio 0.5 --json in.jsonl >a &&
    LC_ALL=de_DE.UTF-8 zubda summarize --ratio 0.5 --json in.jsonl >b && cmp a b'

# ---- Bytes that are no text ----

printf 'ab \200\277 cat. \377cat\n' >broken.txt
printf '{"text":"cat a\\u0000b"}\n{"text":"cat"}\n' >nul.jsonl
says_repairs() { # wanted, command...: once, and not with --quiet
    wanted="zubda: $1"
    shift
    zubda "$@" -j2 >out 2>err
    grep -v " words in 'x.zub'$" err >said
    [ "$(cat said)" = "$wanted" ] || { cat err; return 1; }
    zubda "$@" -q >out 2>err
    [ ! -s err ]
}
for command in "terms" "terms --by source" "ngrams --min-count 1" "count -o x.zub" \
    "collocations --min-count 1" "vectorize -o x.npz"; do
    # shellcheck disable=SC2086 # words
    try "$command says what is no text, and where" \
        says_repairs "3 bytes in 1 of 1 article were not valid text and are taken for U+FFFD ('broken.txt')" $command broken.txt
done
try "of kwic it is shown" \
    says_repairs "3 bytes in 1 of 2 articles were not valid text and are shown as U+FFFD ('broken.txt')" kwic cat broken.txt en.txt
try "so it is without a match" sh -c '
    zubda kwic absent broken.txt 2>&1 | grep -q "3 bytes in 1 of 1 article"'
try "of several files none is named" \
    says_repairs "4 bytes in 2 of 3 articles were not valid text and are taken for U+FFFD" terms broken.txt nul.jsonl
try "one byte is no plural" \
    says_repairs "1 byte in 1 of 2 articles was not valid text and is taken for U+FFFD ('nul.jsonl')" terms nul.jsonl
try "standard input is called that" sh -c '
    zubda terms <broken.txt 2>&1 >out | grep -qF "taken for U+FFFD (standard input)"'
try "diversity counts them too" \
    says_repairs "3 bytes in 1 of 1 article were not valid text and are taken for U+FFFD ('broken.txt')" terms --diversity broken.txt
finish
