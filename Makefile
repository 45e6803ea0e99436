# The project's tasks.  `make run` and `make test` do all the set-up themselves.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
CODE   := poltwt_console tests hatch_build.py

# What the gazetteer is built from; pip's build hook looks again whether anything really changed.  Of compiled
# modules nothing stands here: once a source differs Python runs the sources, until `make built`.
BUILT_FROM := pyproject.toml hatch_build.py $(wildcard poltwt_console/geocoding/build/*.py) \
              poltwt_console/geocoding/normalise.py poltwt_console/geocoding/layout.py \
              $(filter-out %.sqlite %.sqlite.new,$(wildcard resources/gazetteer/*))

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types layers built bench screenshots score train score-places clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(READY)  ## set up, then open the console on its demo inbox
	@$(BIN)/poltwt-console --demo

test: $(READY)  ## set up, then run the tests
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

check: $(READY) lint types layers test  ## format, lint, types, layers, tests

format: $(READY)  ## format the code
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

lint: $(READY)  ## formatting and lint, changing nothing
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)

types: $(READY)  ## static types, strict below the window
	@$(BIN)/mypy

layers: $(READY)  ## floors and walls between the packages
	@$(BIN)/lint-imports

built: $(READY)  ## the file of places and the compiled modules, made again if what they come from changed
	@$(BIN)/python hatch_build.py

bench: built  ## speed, as ratios against a named baseline in the same run
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/benchmarks -s -q

screenshots: $(READY)  ## every page, light and dark, into screenshots/
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots screenshots

score: built  ## score the extraction: make score CORPUS=folder (with emails/ and gold.jsonl)
	@$(BIN)/python -m tests.extraction.score $(CORPUS)

# The arithmetic is compiled for the length of the training: left there it would hide a later change.
train: built  ## learn the extraction's weights anew from tests/data/training: the same ones, on any machine
	@$(BIN)/python hatch_build.py --beside tests/extraction/descent.py
	@$(BIN)/python -m tests.extraction.train; said=$$?; rm -f tests/extraction/descent*.so; exit $$said

score-places: built  ## score the geocoder: make score-places FILE=addresses.csv
	@$(BIN)/python -m poltwt_console.geocoding.score $(FILE)

clean:  ## remove the virtual environment and everything built
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf resources/gazetteer/gazetteer.sqlite* resources/compiled

$(READY): $(BUILT_FROM)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "poltwt console needs Python 3.11 or newer; say which with: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Run: sudo apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)
