# `make help` prints what each command does.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install serve index test test-fast check bench format clean

# Relative paths only, so that a checkout in a folder with blanks works.
PYTHON ?= python3
BIN := .venv/bin
# The versions that were tested; `make serve CONSTRAINTS=` takes the newest.
CONSTRAINTS ?= -c constraints.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

help: ## Print this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 12

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) $(CONSTRAINTS) -e '.[local]'
	@touch .venv/installed

.venv/installed-dev: .venv/installed
	$(PIP) $(CONSTRAINTS) -e '.[local,dev]'
	@touch .venv/installed-dev

# PyTorch's default build for Linux brings gigabytes of GPU libraries that no baseline here uses.
.venv/installed-bench: .venv/installed-dev
	$(PIP) $(CONSTRAINTS) -e '.[local,dev,bench]'
	@touch .venv/installed-bench

install: .venv/installed ## Make the virtual environment and install policybot with its chat model

serve: .venv/installed ## Set everything up, index documents/ and open the chat page on http://127.0.0.1:7860
	$(BIN)/python -m policybot serve

index: .venv/installed ## Bring the index up to date with documents/
	$(BIN)/python -m policybot index

# A file's tests stay together, so that what a file prepares is prepared once. The page is tried by itself: a browser that
# shares two processors with models answers its clicks late.
test: .venv/installed-dev ## Set everything up and run all tests; T=tests/text/test_plain.py::test_name runs some
	$(BIN)/python -m pytest $(if $(T),'$(T)',-n 2 --dist loadfile -m 'not browser')
	$(if $(T),,$(BIN)/python -m pytest -m browser)

test-fast: .venv/installed-dev ## Run the tests that need no model, no process and no browser
	$(BIN)/python -m pytest -m unit

check: .venv/installed-dev ## Format, lint, types and import contracts
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

SETS ?= ../shared/eval
bench: .venv/installed-bench ## Measure search and answers beside baselines over the sets in SETS; writes docs/benchmarks.md
	rm -rf build/benchmarks && mkdir -p build/benchmarks
	$(BIN)/python benchmarks/search_speed.py --json > build/benchmarks/search_speed.json
	$(BIN)/python benchmarks/search_quality.py '$(SETS)'
	$(BIN)/python benchmarks/answers_quality.py '$(SETS)'

format: .venv/installed-dev ## Bring the code into its format
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

clean: ## Remove the virtual environment and every cache of the checkout
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
