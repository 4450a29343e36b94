# Everything a person runs. `make demo` and `make test` work from a clean clone with no other step.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Compiled modules are kept, whatever the machine prefers: every worker of the tests imports the same thousand.
export PYTHONDONTWRITEBYTECODE :=

BIN := .venv/bin
FRONT_END := src/fourfold/platform/ui/static/ui/page.js
FRONT_END_SOURCES := $(shell find islands src/fourfold/platform/ui/styles -type f 2>/dev/null)
# Where the demo listens: make demo PORT=8001
PORT ?= 8000
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

# Quick when nothing changed: each stamp is older than its lock file only when there is work to do.
PYTHON_STAMP := .venv/.locked
PROJECT_STAMP := .venv/.project
NODE_STAMP := node_modules/.locked

.PHONY: help install free-port demo test lint bench lock chromium pango

help:
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 12

install: $(PROJECT_STAMP) $(FRONT_END)  ## Make .venv, install what is locked, build the front end

# Before the minutes of a first install; served on, `fourfold demo` asks once more.
free-port:
	@scripts/require_port.sh "$(PORT)"

demo: free-port install  ## Serve the demo organisation (PORT=8001); prints the address and how to sign in
	@scripts/find_pango.sh || true
	@$(BIN)/fourfold demo --port "$(PORT)"

test: lint chromium pango  ## Check everything that must hold, browser included
	node scripts/test_front_end.mjs
	$(BIN)/pytest --quiet --doctest-modules src/fourfold/engine src/fourfold/folder
	$(BIN)/pytest --quiet -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder -m "not browser"
	$(BIN)/pytest --quiet -n 2 --dist loadfile --no-loadscope-reorder -m browser

lint: install  ## Check form, types and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	FOURFOLD_HOME=var/lint $(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	node_modules/.bin/tsc --noEmit

bench: install  ## Measure against reading the bytes once and against Polars; prints the ratios
	$(BIN)/python -m benchmarks

lock: $(PYTHON_STAMP)  ## Resolve the locks again (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) $(UPGRADE) pyproject.toml --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	npm install --package-lock-only --silent

# Finds Chromium, or installs it where the machine is Debian and the user root.
chromium:
	@scripts/find_chromium.sh

# Likewise Pango; without it everything works but PDFs, so the demo goes on and the tests do not.
pango: install
	@scripts/find_pango.sh

$(PYTHON_STAMP): requirements/dev.txt
	scripts/make_environment.sh
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	touch $@

$(PROJECT_STAMP): $(PYTHON_STAMP) pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

$(NODE_STAMP): package-lock.json package.json
	@scripts/require_node.sh
	npm ci --silent
	touch $@

$(FRONT_END): $(NODE_STAMP) $(FRONT_END_SOURCES) scripts/build_front_end.mjs
	node scripts/build_front_end.mjs
	touch $@
