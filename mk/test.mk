# Tests, benchmarks and fuzzing. A test is a file: everything here is found by wildcard.

# --- unit: tests/unit/FOLDER_NAME.c links what src/LAYERS allows the folder, and cmocka --------------------------------
UNITS := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/*.c))
unit_folder = $(firstword $(subst _, ,$(1)))
unit_uses = $(sort $(call unit_folder,$(1)) $(call uses,$(call unit_folder,$(1))))
define unit_rule
$(B)/tests/unit/$(1): $(B)/tests/unit/$(1).o $(call libs_of,$(call unit_uses,$(1)))
	@$(if $(V),,echo '  LINK  $$@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $$@ $$(call link,$$^,$(call unit_uses,$(1)),cmocka)
endef
$(foreach u,$(UNITS),$(eval $(call unit_rule,$(u))))

$(B)/tests/%.o: tests/%.c $(B)/flags
	@mkdir -p $(@D)
	@$(if $(V),,echo '  CC    $<')
	$(Q)$(CC) $(CPPFLAGS) $(CURSES_FLAGS) -Itests/tool $(CFLAGS) -MMD -MP -c -o $@ $<

units: $(UNITS:%=$(B)/tests/unit/%)
unit: units ## build and run the unit tests (unit-FOLDER: of one folder)
	@B=$(B) tools/run-tests.sh unit
unit-%: FORCE
	@$(MAKE) --no-print-directory $(patsubst %,$(B)/tests/unit/%,$(filter $*_%,$(UNITS)))
	@B=$(B) tools/run-tests.sh unit $*_

# --- tools of the tests: the terminal, the script interpreter, the echo program the bench compares with ------------------
DRIVE := $(patsubst tests/tool/%.c,$(B)/tests/tool/%.o,$(wildcard tests/tool/*.c))
$(B)/tests/drive: $(DRIVE)
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(call pkg,vterm,--libs) -lutil
$(B)/tests/bench/echo: $(B)/tests/bench/echo.o
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(call pkg,ncursesw,--libs)
$(B)/tests/bench/durable: $(B)/tests/bench/durable.o $(call libs_of,store $(call uses,store))
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(call link,$^,store $(call uses,store))
$(B)/tests/bench/read_times: $(B)/tests/bench/read_times.o $(call libs_of,vision $(call uses,vision))
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(call link,$^,vision $(call uses,vision))
# Draws portraits for the tests of the photo check.
$(B)/tests/portrait/portrait: $(B)/tests/portrait/portrait.o
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lm
$(B)/tests/bench/photo_time $(B)/tests/bench/photo_wall: %: %.o $(call libs_of,vision $(call uses,vision))
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(call link,$^,vision $(call uses,vision))
drive: $(B)/tests/drive $(B)/tests/portrait/portrait

screen e2e: all drive ## run the terminal tests (screen) or the journeys (e2e); BLESS=1 rewrites the golden screens
	@B=$(B) BLESS=$(BLESS) tools/run-tests.sh $@

# --- fuzz: tests/fuzz/NAME.c links the folders whose headers it includes; always clang, in a build folder of its own --------
FUZZERS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
ifdef FUZZ
fuzz_direct = $(shell sed -n 's/^.include "\([a-z]*\)\/.*/\1/p' tests/fuzz/$(1).c)
fuzz_uses = $(sort $(foreach f,$(call fuzz_direct,$(1)),$(f) $(call uses,$(f))))
define fuzz_rule
$(B)/tests/fuzz/$(1): $(B)/tests/fuzz/$(1).o $(call libs_of,$(call fuzz_uses,$(1)))
	@$(if $(V),,echo '  LINK  $$@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $$@ $$(call link,$$^,$(call fuzz_uses,$(1)))
endef
$(foreach f,$(FUZZERS),$(eval $(call fuzz_rule,$(f))))
fuzzers: $(FUZZERS:%=$(B)/tests/fuzz/%)
else
fuzzers:
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang FUZZ=1 fuzzers
fuzz-%: data FORCE
	@$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang FUZZ=1 $(B)/fuzz/tests/fuzz/$*
	@B=$(B) FUZZ_SECONDS=$(or $(SECONDS),10) tools/run-tests.sh fuzz $*
endif
fuzz: data fuzzers ## run every fuzzer for a minute (fuzz-NAME: one of them, SECONDS=N)
	@B=$(B) FUZZ_SECONDS=$(or $(SECONDS),60) tools/run-tests.sh fuzz

# --- faults: tests/fault/NAME.c with a main is a harness; the others are linked into each. The linker sends some calls through
# tests/fault/seams.c, where bugs are seeded; the folders' objects are the product's.
FAULTS := $(patsubst tests/fault/%.c,%,$(shell grep -l '^int main.int argc' tests/fault/*.c 2>/dev/null))
FAULT_HELPERS := $(patsubst tests/%.c,$(B)/tests/%.o,$(filter-out $(FAULTS:%=tests/fault/%.c),$(wildcard tests/fault/*.c)))
FAULT_USES := store seal model base
FAULT_WRAPS := sqlite3_exec sqlite3_open_v2 sqlite3_wal_checkpoint_v2 sqlite3_step envelope_verify db_event_sum store_ballast_give fsync \
	malloc calloc realloc strdup
$(FAULTS:%=$(B)/tests/fault/%): $(B)/tests/fault/%: $(B)/tests/fault/%.o $(FAULT_HELPERS) $(call libs_of,$(FAULT_USES))
	@$(if $(V),,echo '  LINK  $@')
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(FAULT_WRAPS:%=-Wl,--wrap=%) -o $@ $(call link,$^,$(FAULT_USES))
harnesses: $(FAULTS:%=$(B)/tests/fault/%)
fault: all harnesses ## run the fault harnesses in their short forms (faults: in the long ones); both end with one table
	@B=$(B) tools/run-tests.sh fault
faults: all harnesses
	@B=$(B) FAULT_LONG=1 tools/run-tests.sh fault

# --- everything -----------------------------------------------------------------------------------------------------------
check: ## install what is missing, build, run every test; ends with "N passed, N failed, N skipped"
	@tools/depends.sh build run test
	@B=$(B) MAKE='$(MAKE)' tools/check.sh

bench: ## print the measured ratios and their targets
	@tools/depends.sh build run test
	@$(MAKE) --no-print-directory -j$(JOBS) all drive $(B)/tests/bench/echo $(B)/tests/bench/durable
	@B=$(B) tests/bench/run

# ROOMS and the others reach the script through the environment.
bench-address: ## print the address search beside general search engines (ROOMS, NAMES, QUERIES, SECONDS=N)
	@tools/depends.sh build run test
	@tools/depends.sh bench || true
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@B=$(B) PEER_SECONDS=$(or $(SECONDS),60) tests/bench/address

case-model: $(B)/tests/unit/store_case_model ## move cases at random against a model, longer than the unit test (STEPS=N, SEED=N)
	JUZHU_MODEL_STEPS=$(or $(STEPS),100000) JUZHU_MODEL_SEED=$(or $(SEED),$(shell date +%s)) $<

bench-material: ## print what is read right on drawn pages, and how long it takes (PEOPLE=N)
	@tools/depends.sh build run test
	@$(MAKE) --no-print-directory -j$(JOBS) all $(B)/tests/bench/read_times
	@B=$(B) tests/bench/material

# PHOTOS=DIR has a manifest.csv; LANDMARKS=FILE is dlib's model, for the other of the two ways.
bench-photo: ## print how the photo check judges a set of portraits, by reason (PHOTOS=DIR, LANDMARKS=FILE)
	@tools/depends.sh build run test
	@$(MAKE) --no-print-directory -j$(JOBS) all $(B)/tests/bench/photo_time $(B)/tests/bench/photo_wall
	@$(B)/tests/bench/photo_time $(abspath $(B))/juzhu-inspect || true
	@$(B)/tests/bench/photo_wall $(or $(PHOTOS),../shared/photos) || [ $$? -eq 77 ]
	@B=$(B) tests/bench/photo; s=$$?; [ $$s -eq 77 ] || exit $$s

mutate-photo: $(B)/tests/unit/vision_mutate ## send 100,000 damaged files through the inspector (N=HOW MANY)
	@MUTATIONS=$(or $(N),100000) $(B)/tests/unit/vision_mutate

.PHONY: mutate-photo case-model unit units screen e2e drive fuzz fuzzers harnesses fault faults check bench bench-address bench-photo bench-material
