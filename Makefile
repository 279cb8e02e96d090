# Juzhu (居住). `make help` lists the targets; mk/ holds the rules for tests and source checks.
B ?= build
CC ?= cc
CXX := $(if $(findstring clang,$(CC)),clang++,g++)
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
Q := $(if $(V),,@)
.DEFAULT_GOAL := all

# --- flags ----------------------------------------------------------------------------------------------------------
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wstrict-prototypes -Wvla
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS ?= -g $(if $(SAN)$(FUZZ),-O1,-O2)
override CPPFLAGS += -Isrc -D_GNU_SOURCE $(if $(SAN)$(FUZZ),,-D_FORTIFY_SOURCE=2)
override CFLAGS += -std=c17 $(WARNINGS) $(if $(WERROR),-Werror) -fstack-protector-strong \
	$(if $(SAN),$(SANITIZE)) $(if $(FUZZ),$(SANITIZE) -fsanitize=fuzzer-no-link)
override LDFLAGS += -Wl,--as-needed -Wl,-z,relro $(if $(SAN)$(FUZZ),$(SANITIZE))

# --- folders, what they may use (src/LAYERS), and the libraries each one brings -----------------------------------------
comma := ,
FOLDERS := $(patsubst src/%/,%,$(wildcard src/*/))
LAYERS := $(shell sed -n 's/\#.*//; s/ *|.*//; /:/{s/: */=/; s/  */,/g; s/,$$//; p}' src/LAYERS)
uses = $(filter $(FOLDERS),$(subst $(comma), ,$(patsubst $(1)=%,%,$(filter $(1)=%,$(LAYERS)))))

PKG_address := sqlite3 libsodium
PKG_vision := libjpeg spng libexif libheif libseccomp tesseract lept
LIBS_vision := -l:libdlib.a -lstdc++ -lm
PKG_load := libcyaml
PKG_seal := libsodium
PKG_store := sqlite3 libsodium
PKG_receipt := libqrencode
PKG_ui := formw ncursesw chafa

# Programs: src/NAME.c becomes juzhu-NAME (juzhu.c: juzhu) and links these folders; one without a row links them all.
USES_kiosk := app ui device receipt store seal load address vision model base
USES_inspect := vision model base
USES_juzhu := cli device receipt store seal load address vision model base

program = $(B)/juzhu$(if $(filter-out juzhu,$(1)),-$(1))
MAINS := $(patsubst src/%.c,%,$(wildcard src/*.c))
PROGRAMS := $(foreach m,$(MAINS),$(call program,$(m)))

# Evaluated when used: a bare machine has no pkg-config before tools/depends.sh has run.
ALL_PKGS := $(sort $(foreach f,$(FOLDERS),$(PKG_$(f))))
pkg = $(if $(strip $(1)),$(shell pkg-config $(2) $(sort $(1)) 2>/dev/null))
libs_of = $(foreach f,$(1),$(B)/lib$(f).a)
link = $(foreach l,$(filter %.o %.a,$(1)),$(if $(filter %.o,$(l)),$(l))) \
	-Wl,--start-group $(filter %.a,$(1)) -Wl,--end-group $(call pkg,$(foreach f,$(2),$(PKG_$(f))) $(3),--libs) \
	$(foreach f,$(2),$(LIBS_$(f)))

all: $(PROGRAMS) data $(B)/audit-types ## build the programs and their data into build/ (B=DIR, CC=clang, SAN=1, V=1)

# A change of the flags rebuilds everything.
FLAGS = $(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@

# Headers that do not keep to the standard are the system's, so that their warnings are not ours.
CURSES_FLAGS := $(call pkg,ncursesw,--cflags) $(patsubst -I%,-isystem%,$(call pkg,chafa,--cflags))
$(B)/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	@$(if $(V),,echo '  CC    $<')
	$(Q)$(CC) $(CPPFLAGS) $(CURSES_FLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# dlib is templates: without -O2 a photo takes seconds, and its headers are not ours to warn about.
CXX_FLAGS = -std=c++17 -Wall -Wextra $(if $(WERROR),-Werror) -O2 -g -DNDEBUG -fstack-protector-strong \
	$(if $(SAN)$(FUZZ),$(SANITIZE)) $(if $(FUZZ),-fsanitize=fuzzer-no-link)
$(B)/%.o: src/%.cpp $(B)/flags
	@mkdir -p $(@D)
	@$(if $(V),,echo '  CXX   $<')
	$(Q)$(CXX) $(CPPFLAGS) $(CXX_FLAGS) -MMD -MP -c -o $@ $<

objects = $(patsubst src/%.c,$(B)/%.o,$(wildcard src/$(1)/*.c)) $(patsubst src/%.cpp,$(B)/%.o,$(wildcard src/$(1)/*.cpp))
define folder_lib
$(B)/lib$(1).a: $(call objects,$(1)) $(B)/sources-$(1)
	@rm -f $$@
	@$(AR) rcs $$@ $$(filter %.o,$$^)
# A file that was added or taken away makes the archive anew.
$(B)/sources-$(1): FORCE
	@mkdir -p $$(@D)
	@echo '$(wildcard src/$(1)/*.c src/$(1)/*.cpp)' | cmp -s - $$@ || echo '$(wildcard src/$(1)/*.c src/$(1)/*.cpp)' >$$@
endef
$(foreach f,$(FOLDERS),$(eval $(call folder_lib,$(f))))

define program_rule
$(call program,$(1)): $(B)/$(1).o $(call libs_of,$(filter $(FOLDERS),$(or $(USES_$(1)),$(FOLDERS))))
	@$(if $(V),,echo '  LINK  $$@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $$@ $$(call link,$$^,$(filter $(FOLDERS),$(or $(USES_$(1)),$(FOLDERS))))
endef
$(foreach m,$(MAINS),$(eval $(call program_rule,$(m))))

# --- data: one folder that a program gets with --data ---------------------------------------------------------------------
DATA_LINKS := $(patsubst data/%/,$(B)/data/%,$(filter-out data/po/ data/addresses/ data/pinyin/,$(wildcard data/*/)))
CATALOGUES := $(patsubst data/po/%.po,$(B)/data/locale/%/LC_MESSAGES/juzhu.mo,$(wildcard data/po/*.po))
PINYIN := $(B)/data/pinyin/readings.tsv
ADDRESS_NAMES := $(patsubst data/%,$(B)/data/%,$(wildcard data/addresses/*.tsv))
data: $(DATA_LINKS) $(CATALOGUES) $(PINYIN) $(ADDRESS_NAMES) $(B)/data/addresses/library.db

$(DATA_LINKS) $(ADDRESS_NAMES): $(B)/data/%:
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR)/data/$* $@

$(B)/data/locale/%/LC_MESSAGES/juzhu.mo: data/po/%.po
	@mkdir -p $(@D)
	@echo '  MO    $@'
	$(Q)msgfmt --check-format -o $@ $<

$(PINYIN): tools/pinyin.py $(wildcard data/pinyin/*.tsv)
	@mkdir -p $(@D)
	@echo '  PINYIN $@'
	$(Q)python3 tools/pinyin.py data/pinyin >$@.new
	@mv -f $@.new $@

# The generator writes beside and moves into place, so that a stopped build leaves no half library.
$(B)/data/addresses/library.db: $(B)/juzhu $(PINYIN) $(ADDRESS_NAMES) $(wildcard data/addresses/* data/regions/*) | $(DATA_LINKS)
	@mkdir -p $(@D)
	@echo '  ADDR  $@'
	@rm -f $@.new
	$(Q)$(B)/juzhu address generate --data $(B)/data --out $@.new
	@mv -f $@.new $@

# An event of the audit log that the documentation does not know fails the build.
AUDIT_TABLE := data/audit/README.md
$(B)/audit-types: $(B)/juzhu $(AUDIT_TABLE)
	@$(B)/juzhu --data data audit types >$@.new
	@sed -n '/^<!-- types -->$$/,/^<!-- end of types -->$$/p' $(AUDIT_TABLE) | sed '1d;$$d' | cmp -s - $@.new || \
		{ echo '$(AUDIT_TABLE): its table is not that of src/store/audit_types.h; "make audit-types" writes it' >&2; exit 1; }
	@mv -f $@.new $@
audit-types: $(B)/juzhu ## write the table of data/audit/README.md anew
	$(B)/juzhu --data data audit types >$(B)/audit-types.new
	sed -i -e '/^<!-- types -->$$/,/^<!-- end of types -->$$/{//!d}' -e '/^<!-- types -->$$/r $(B)/audit-types.new' $(AUDIT_TABLE)

pot: $(B)/juzhu ## write data/po/juzhu.pot: every text that a translator needs
	xgettext --from-code=UTF-8 --language=C --keyword=tr --keyword=N_ --add-comments --sort-by-file \
		-o $(B)/code.pot $$(find src -name '*.[ch]' | LC_ALL=C sort)
	{ printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'; \
		$(B)/juzhu --screens screens screens pot; } >$(B)/screens.pot
	msgcat --use-first --sort-by-file -o data/po/juzhu.pot $(B)/code.pot $(B)/screens.pot

# --- use ------------------------------------------------------------------------------------------------------------------
run: ## install what is missing, build, open the kiosk in demonstration mode (STICK=DIR: photo and papers to choose from)
	@tools/depends.sh build run
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(if $(STICK),printf 'media: ["%s"]\n' '$(abspath $(STICK))' >$(B)/stick.yaml)
	@$(B)/juzhu-kiosk --demo $(if $(STICK),--config $(B)/stick.yaml) --data $(B)/data --screens screens

install: all ## install into DESTDIR and PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/juzhu/data $(DESTDIR)$(PREFIX)/lib/systemd/system
	install $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	cp -RL $(B)/data/. $(DESTDIR)$(PREFIX)/share/juzhu/data
	cp -R screens $(DESTDIR)$(PREFIX)/share/juzhu
	install -m 644 $(wildcard packaging/*.service) $(DESTDIR)$(PREFIX)/lib/systemd/system
	$(if $(wildcard packaging/juzhu.yaml),install -m 644 packaging/juzhu.yaml $(DESTDIR)$(PREFIX)/share/juzhu)

VERSION := $(shell sed -n 's/^\#\# \[\([0-9][^]]*\)\].*/\1/p' CHANGELOG.md 2>/dev/null | head -n 1)
dist: ## make a source archive of the last commit
	git archive --format=tar.gz --prefix=juzhu-$(VERSION)/ -o juzhu-$(VERSION).tar.gz HEAD

clean: ## remove what was built
	rm -rf $(B)

help: ## list the targets
	@sed -n 's/^\([a-z][a-z0-9 -]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

include $(wildcard mk/*.mk)
-include $(wildcard $(B)/*.d $(B)/*/*.d $(B)/*/*/*.d)
FORCE:
.PHONY: all data audit-types pot run install dist clean help FORCE
