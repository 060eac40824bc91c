# broadsheet: `make` alone prints this help.
.DEFAULT_GOAL := help
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
PYTHON ?= python3
OUTPUT ?= output

.PHONY: help compiled site serve test check bench docs snapshots format clean

help: ## print this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 18

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)
	@command -v uv >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv

# What building a site needs, exactly as locked.
$(VENV)/.site: pyproject.toml uv.lock | $(VENV)/bin/python
	@echo "Setting up the environment from uv.lock ..."
	@$(UV) sync --quiet --frozen --inexact --no-dev --compile-bytecode
	@touch $@

# And what the tests and the optional formats need.
$(VENV)/.ready: pyproject.toml uv.lock | $(VENV)/bin/python
	@echo "Setting up the environment for tests from uv.lock ..."
	@$(UV) sync --quiet --frozen --inexact --all-extras --compile-bytecode
	@touch $@ $(VENV)/.site

# A tenth of a second; without it, where Python may write no bytecode, every start compiles us anew.
compiled: $(VENV)/.site
	@$(BIN)/python -m compileall -q broadsheet exporters
	@$(BIN)/python -m broadsheet.press.compiled

site: compiled ## set up, build the demo paper and say where it is
	@$(BIN)/broadsheet build --output $(OUTPUT)

serve: compiled ## build the demo paper, serve it, rebuild on change
	@$(BIN)/broadsheet serve --output $(OUTPUT)

check: $(VENV)/.ready compiled ## format, lint, types, import layers, fast tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -q -m "not slow" -n auto

test: $(VENV)/.ready compiled ## what CI runs: everything in `check`, and the slow tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pytest -q -n auto $(PYTEST_ARGS)

bench: $(VENV)/.ready compiled ## measure: builds, gate, imports, exports
	@for one in benchmarks/[a-z]*.py; do echo "== $$one"; $(BIN)/python $$one || exit 1; done

docs: $(VENV)/.ready ## write the generated documentation: rules, command line, field dictionary
	@$(BIN)/python scripts/docs.py

snapshots: $(VENV)/.ready ## write the snapshots anew; read the diff before you commit it
	@BROADSHEET_SNAPSHOTS=write $(BIN)/pytest -q tests/test_snapshots.py

format: $(VENV)/.ready ## format the code and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## remove what builds and tools leave behind
	rm -rf theme/templates/__pycache__ $(OUTPUT) .broadsheet .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
