# zubda: the key sentences of articles. Every target:
#
#   make              the library and the command, into build/
#   make demo         install what is missing, build, summarise seeds/
#   make check        install what the tests need, run every test
#   make asan, tsan   the tests under sanitizers (address and undefined; thread)
#   make lint         formatting, static analysis, shell scripts
#   make fuzz T=jsonl SECONDS=120   look for new crashes behind one target
#   make bench        speed and memory beside peers (FULL=1: all of it)
#   make quality      measure what is in ../shared/data, write docs/quality.md
#   make install      into PREFIX (/usr/local) under DESTDIR; uninstall undoes it
#   make clean        remove build/
#
# B=folder builds elsewhere. CC, CPPFLAGS, CFLAGS and LDFLAGS are yours to set.

VERSION  := $(shell sed -n 's/^.define ZUB_VERSION "\(.*\)"/\1/p' include/zubda.h)
SONAME   := libzubda.so.$(firstword $(subst ., ,$(VERSION)))
PACKAGES := icu-i18n icu-uc zlib libxml-2.0 libcjson
LOADED   := openblas # when it is first needed: src/vectors/blas.c
B        ?= build
JOBS     ?= $(shell nproc 2>/dev/null || echo 1)
AGAIN     = $(MAKE) --no-print-directory \
            $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

CFLAGS   ?= -O2 -g -fstack-protector-strong -D_FORTIFY_SOURCE=2
LDFLAGS  ?= -Wl,-z,relro,-z,now
LDLIBS    = $(shell pkg-config --libs $(PACKAGES)) -lstemmer -lpthread -ldl -lm
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wvla -Wundef \
            -Wformat=2
OURS     := -std=c17 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude $(WARN) -fPIC \
            -fvisibility=hidden $(patsubst -I%,-isystem %,$(shell \
            pkg-config --cflags $(PACKAGES) $(LOADED) 2>/dev/null))

LIB_SRC  := $(filter-out src/cli/%,$(wildcard src/*/*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$B/%.o)
CLI_OBJ  := $(patsubst %.c,$B/%.o,$(wildcard src/cli/*.c))
TESTS    := $(patsubst %.c,$B/%,$(wildcard tests/test_*.c))
REPLAYS  := $(patsubst %.c,$B/%,$(wildcard tests/fuzz/fuzz_*.c))
SCRIPTED := $(wildcard tests/*/*.t)

.PHONY: all ready demo show check test asan tsan lint floors fuzz bench \
        quality pages install uninstall clean
.SECONDARY:
.DELETE_ON_ERROR:

# V=1 shows whole commands, -s nothing.
SILENT   := $(findstring s,$(firstword -$(MAKEFLAGS)))
say       = $(if $V,,@$(if $(SILENT),,echo "  $1 $@";))

# ---- The library and the command ----

all: $B/libzubda.a $B/libzubda.so $(if $(CLI_OBJ),$B/zubda)

ready:
	@scripts/install-deps --check build
$B/%.o: %.c | ready
	@mkdir -p $(@D)
	$(call say,CC  )$(CC) $(OURS) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@
$B/libzubda.a: $(LIB_OBJ)
	@rm -f $@
	$(call say,AR  )$(AR) rcs $@ $^
$B/$(SONAME): $(LIB_OBJ)
	$(call say,LINK)$(CC) -shared -Wl,-soname,$(SONAME) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
$B/libzubda.so: $B/$(SONAME)
	@ln -sf $(SONAME) $@
$B/libface.a: $(filter-out %/main.o,$(CLI_OBJ))
	@rm -f $@
	$(call say,AR  )$(AR) rcs $@ $^
$B/zubda: $(CLI_OBJ) $B/libzubda.a
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

demo:
	@scripts/install-deps build
	@$(AGAIN) all
	$B/zubda summarize --words 100 seeds/000_*.txt
	$B/zubda summarize --sentences 1 seeds/*.txt

# ---- Tests ----

check:
	@scripts/install-deps build check
	@$(AGAIN) test
test: floors all $(TESTS) $(REPLAYS)
	@B=$(abspath $B) prove --jobs $(JOBS) --exec '' \
	    $(sort $(TESTS) $(REPLAYS) $(SCRIPTED))
floors:
	@scripts/check-floors

$B/tests/fuzz/%: $B/tests/fuzz/%.o $B/tests/fuzz/replay.o $B/libface.a \
                 $B/libzubda.a
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@
$B/tests/%: $B/tests/%.o $B/libface.a $B/libzubda.a
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) $^ $(LDLIBS) -o $@

# Calls that tests/fault.h can make fail.
FAULTS   := malloc calloc realloc free open opendir readdir read write stat \
            fstat fstatat fchmod fsync close linkat rename mmap pthread_create
FAULTY   := $(patsubst %.c,$B/%,$(wildcard tests/test_*faults.c))
$(FAULTY): $B/tests/fault.o
$(FAULTY): LDLIBS += $(FAULTS:%=-Wl,--wrap=%)

ASAN     := -fsanitize=address,undefined -fno-sanitize-recover=all
asan tsan: export ZUBDA_MODELS = $(abspath models)
asan: export ASAN_OPTIONS = allocator_may_return_null=1
asan:
	@$(AGAIN) B=build/asan CFLAGS="-O1 -g $(ASAN)" LDFLAGS= test
tsan: export TSAN_OPTIONS = allocator_may_return_null=1
tsan:
	@$(AGAIN) B=build/tsan CFLAGS="-O1 -g -fsanitize=thread" LDFLAGS= test

lint: floors
	@scripts/lint

T        ?= jsonl
SECONDS  ?= 120
FUZZ     := -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
fuzz:
	@$(AGAIN) B=build/fuzz CC=clang-14 CFLAGS="$(FUZZ) -fsanitize=fuzzer-no-link" \
	    build/fuzz/libface.a build/fuzz/libzubda.a build/fuzz/tests/fuzz/fuzz_$T.o
	clang-14 $(FUZZ) -fsanitize=fuzzer build/fuzz/tests/fuzz/fuzz_$T.o \
	    build/fuzz/libface.a build/fuzz/libzubda.a $(LDLIBS) -o build/fuzz/fuzz_$T
	mkdir -p build/fuzz/found/$T
	build/fuzz/fuzz_$T -max_total_time=$(SECONDS) \
	    -artifact_prefix=build/fuzz/ build/fuzz/found/$T tests/fuzz/corpus/$T

bench: all
	@B=$B FULL=$(FULL) scripts/bench
quality: all
	@B=$B scripts/quality

# ---- Installing ----

PREFIX   ?= /usr/local
LIBDIR   ?= $(PREFIX)/lib
D         = $(DESTDIR)$(PREFIX)
L         = $(DESTDIR)$(LIBDIR)
MAN       = share/man/man1
BASH      = share/bash-completion/completions
ZSH       = share/zsh/site-functions
FISH      = share/fish/vendor_completions.d

# Man pages and completions come from the command's own tables.
pages: $B/zubda
	@mkdir -p $B/$(MAN) $B/$(BASH) $B/$(ZSH) $B/$(FISH)
	$B/zubda help --man >$B/$(MAN)/zubda.1
	for c in $$($B/zubda help --list); do \
	    $B/zubda help --man $$c >$B/$(MAN)/zubda-$$c.1 || exit; done
	$B/zubda help --completions bash >$B/$(BASH)/zubda
	$B/zubda help --completions zsh >$B/$(ZSH)/_zubda
	$B/zubda help --completions fish >$B/$(FISH)/zubda.fish

install: all pages
	install -d $D/bin $D/include $L/pkgconfig $D/share/zubda
	install $B/zubda $D/bin
	install -m 644 include/zubda.h $D/include
	install -m 644 $B/libzubda.a $B/$(SONAME) $L
	ln -sf $(SONAME) $L/libzubda.so
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' \
	    src/zubda.pc.in >$L/pkgconfig/zubda.pc
	cp -R $B/share/. $D/share
	cp -R models $D/share/zubda
uninstall:
	rm -f $D/bin/zubda $D/include/zubda.h $L/libzubda.a $L/$(SONAME) \
	    $L/libzubda.so $L/pkgconfig/zubda.pc $D/$(MAN)/zubda.1 \
	    $D/$(MAN)/zubda-*.1 $D/$(BASH)/zubda $D/$(ZSH)/_zubda \
	    $D/$(FISH)/zubda.fish
	rm -rf $D/share/zubda

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d) $(REPLAYS:=.d) \
    $B/tests/fuzz/replay.d $B/tests/fault.d
