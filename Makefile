# make all        library and command (default)
# make check      every test
# (the other targets are being built)
VERSION  := 0.1.0
SONAME   := libzubda.so.0
CFLAGS   ?= -O2 -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wwrite-strings -Wcast-qual -Wvla -Wundef -Wformat=2
PACKAGES := icu-uc icu-i18n zlib libxml-2.0 libcjson
override CFLAGS += -std=c17 -D_POSIX_C_SOURCE=200809L -Isrc -Iinclude -MMD -MP $(WARN) \
            $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES)))
LDLIBS   := $(shell pkg-config --libs $(PACKAGES)) -lstemmer -lpthread -lm
B        ?= build

LIB_SRC  := $(filter-out src/cli/%,$(wildcard src/*/*.c))
CLI_SRC  := $(wildcard src/cli/*.c)
TEST_SRC := $(wildcard tests/test_*.c)
LIB_OBJ  := $(LIB_SRC:%.c=$B/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$B/%.o)
TESTS    := $(TEST_SRC:%.c=$B/%)

.PHONY: all check floors asan clean
.SECONDARY:
all: $B/libzubda.a $B/$(SONAME) $(if $(CLI_SRC),$B/zubda)

$B/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -fPIC -fvisibility=hidden -c $< -o $@
$B/libzubda.a: $(LIB_OBJ)
	$(AR) rcs $@ $^
$B/$(SONAME): $(LIB_OBJ)
	$(CC) -shared -Wl,-soname,$(SONAME) $(LDFLAGS) $^ $(LDLIBS) -o $@
$B/zubda: $(CLI_OBJ) $B/libzubda.a
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@
$B/tests/%: $B/tests/%.o $B/libzubda.a
	$(CC) $(LDFLAGS) $^ $(LDLIBS) -o $@

check: floors all $(TESTS)
	prove --exec '' $(TESTS)
floors:
	scripts/check-floors
clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d)
