# Two commands for a fresh machine: `make demo` and `make test`. Everything else rests on `make setup`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPO ?= .
# Where it is set, every process of a run would compile the same sources anew.
unexport PYTHONDONTWRITEBYTECODE
OUT ?= build/demo

.PHONY: help setup dev demo test test-browser test-cluster format lint types imports check bench bench-audit \
	bench-precision bench-documents bench-scale bench-windows lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup: $(VENV)/.runtime  ## the environment, with the command at .venv/bin/clientdesk

dev: $(VENV)/.dev

# The stamp is written last: an interrupted install is repeated, a finished one never is.
$(VENV)/.runtime: requirements.txt pyproject.toml
	@PYTHON='$(PYTHON)' sh .ci/native-libraries
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo 'Installing the locked requirements ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.txt
	@echo 'Installing the tools for tests and checks ...'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

demo: setup  ## the main job on a real repository: make demo [REPO=<address or folder>]
	@CLIENTDESK_HOME='$(OUT)/home' $(BIN)/clientdesk onboard '$(REPO)' --company 'Example Ltd' --contact 'Ada Example' \
		--email ada@example.com --interest undecided --notes 'Releases take days and nobody dares to upgrade.' \
		--out '$(OUT)' --yes

test: dev  ## set up and pass the tests
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser)

test-browser: dev  ## log in, fill the forms, decide: a real browser before `clientdesk up` (minutes)
	@test -n '$(CHROMIUM)' || { echo 'Chromium is missing: run .ci/services' >&2; exit 1; }
	@CLIENTDESK_TEST_BROWSER='$(CHROMIUM)' $(BIN)/python -m pytest -q tests/browser

test-cluster: dev  ## servers, workers, databases that fail in the middle of runs (minutes)
	@CLIENTDESK_TEST_CLUSTER=yes $(BIN)/python -m pytest -q tests/cluster

format: dev  ## write the code in its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

check: lint types imports test  ## format, lint, strict types, import contracts, tests

bench: dev  ## seconds, CPU and memory of an audit beside the ordinary commands: make bench [REPO=...]
	$(BIN)/python benchmarks/audit.py '$(REPO)'
	$(BIN)/python benchmarks/onboarding.py '$(REPO)'

bench-audit: dev  ## an audit beside the ordinary commands, cold and cached, and how it scales: make bench-audit REPO=...
	$(BIN)/python benchmarks/bench_audit.py '$(REPO)'

bench-precision: dev  ## recall and false positives of each check on planted faults and their clean twins
	$(BIN)/python benchmarks/precision.py

bench-documents: dev  ## seconds and MB of the documents for 10, 100 and 1,000 findings
	$(BIN)/python benchmarks/documents.py

bench-scale: dev  ## what the engine costs, audits a minute over 1, 2 and 4 workers, memory and database growth
	$(BIN)/python benchmarks/scale.py

bench-windows: dev  ## booking a quarter for 10 to 10,000 clients
	$(BIN)/python benchmarks/windows.py

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --custom-compile-command 'make lock'

lock: dev  ## cut the lock files anew from pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build --extra scaling -c requirements.txt -o requirements-scaling.txt

clean:  ## remove the environment and everything built
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
