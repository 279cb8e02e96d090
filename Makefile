# Juzhu (居住). `make help` lists the targets.
B ?= build
CC ?= cc
PKGS := ncursesw formw sqlite3 libqrencode libcyaml libsodium
CPPFLAGS += -Isrc -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 $(shell pkg-config --cflags $(PKGS))
CFLAGS ?= -O2 -g
CFLAGS += -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wvla -fstack-protector-strong
LDLIBS += $(shell pkg-config --libs $(PKGS))

FOLDERS := $(patsubst src/%/,%,$(wildcard src/*/))
PROGRAMS := $(patsubst src/%.c,$(B)/juzhu-%,$(filter-out src/juzhu.c,$(wildcard src/*.c))) $(if $(wildcard src/juzhu.c),$(B)/juzhu)
LIBS := $(FOLDERS:%=$(B)/lib%.a)

all: $(PROGRAMS)

$(B)/%.o: src/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

define folder_lib
$(B)/lib$(1).a: $(patsubst src/%.c,$(B)/%.o,$(wildcard src/$(1)/*.c))
	@rm -f $$@
	$(AR) rcs $$@ $$^
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_lib,$(f))))

-include $(wildcard $(B)/*.d $(B)/*/*.d)
.PHONY: all
