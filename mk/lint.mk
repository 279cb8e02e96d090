# Rules that a script can check; people review meaning.
lint: ## install what is missing, check layers, headers, banned calls, layout, names (RULE=NAME: one of them)
	@tools/depends.sh build lint
	@tools/lint.sh $(RULE)

format: ## lay out the C source with clang-format
	git ls-files 'src/*.[ch]' 'tests/*.[ch]' | xargs clang-format -i

.PHONY: lint format
