# The commands of this project; `make help` lists them. The work is done by CMake and scripts/.
.POSIX:
.SUFFIXES:

PREFIX = /usr/local
DESTDIR =
BUILD = build/release
DEMO = build/demo/shop.sqlite
# Data sets for train, eval and the tests that need them.
IDI_DATA = ../shared/data
# Options of the commands below, e.g. make eval ARGS="--limit 100"
ARGS =
NPROC = $$(nproc 2>/dev/null || echo 2)

.PHONY: help
help: ## Print this list
	@echo 'usage: make [target]'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: setup build demo ## Install what is missing, build, and serve a demo database
	@scripts/demo $(BUILD)/idi $(DEMO) $(ARGS)

.PHONY: setup
setup: ## Install the packages that building and running need
	@scripts/setup

.PHONY: build
build: setup ## Build the program: build/release/idi
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release

.PHONY: demo
demo: build ## Write the demo database
	@test -s $(DEMO) || { mkdir -p build/demo && $(BUILD)/idi demo create $(DEMO); }

.PHONY: test
test: ## Build and run every test and check
	@scripts/setup --test
	@cmake --preset test --log-level=WARNING
	@cmake --build --preset test
	@IDI_DATA="$(IDI_DATA)" ctest --test-dir $(BUILD) --output-on-failure -j $(NPROC)

.PHONY: check
check: layers words format-check ## Layers, forbidden words and formatting, with nothing built

.PHONY: layers
layers: ## Check which room includes which, and print the graph
	@scripts/check_layers

.PHONY: words
words: ## Look for what must not be committed
	@scripts/check_words

.PHONY: format-check
format-check: ## Say which files are not formatted
	@scripts/check_format

.PHONY: format
format: ## Format every C++ file
	@scripts/check_format --fix

.PHONY: tidy
tidy: ## Build with clang-tidy (needs clang-tidy)
	@cmake --preset tidy
	@cmake --build build/tidy

.PHONY: fuzz
fuzz: ## Run every fuzz target for a minute each (needs clang)
	@scripts/fuzz $(ARGS)

.PHONY: train
train: ## Train the parser (needs IDI_DATA; installs libtorch)
	@scripts/setup --train
	@scripts/train "$(IDI_DATA)" $(ARGS)

.PHONY: eval
eval: build ## Measure execution accuracy on Spider's dev set (needs IDI_DATA)
	@$(BUILD)/idi eval --questions "$(IDI_DATA)/spider/dev.json" \
	  --databases "$(IDI_DATA)/spider/database" $(ARGS)

.PHONY: bench
bench: build ## Time and memory per phase
	@cmake --build --preset release --target idi-bench
	@bench/run $(BUILD) $(ARGS)

.PHONY: bench-serve
bench-serve: demo ## People asking at once, idle sockets, first paint (needs Chromium)
	@scripts/setup --test
	@cd web && node bench/server.mjs ../$(BUILD)/idi ../$(DEMO) $(ARGS)
	@cd web && node bench/page.mjs ../$(BUILD)/idi ../$(DEMO) ../$(BUILD)/page/dist

.PHONY: bench-llm
bench-llm: build ## Time and memory of a language model's shape in llama-server
	@$(BUILD)/idi runtime install
	@cmake --build --preset release --target shape-gguf llm-bench
	@bench/llm/run $(BUILD) $(ARGS)

.PHONY: install
install: build ## Install under PREFIX (/usr/local)
	@DESTDIR="$(DESTDIR)" cmake --install $(BUILD) --prefix "$(PREFIX)"

.PHONY: uninstall
uninstall: ## Remove what install put under PREFIX
	@scripts/uninstall "$(DESTDIR)$(PREFIX)"

.PHONY: clean
clean: ## Remove everything that was built
	@rm -rf build
