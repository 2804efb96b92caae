# Two commands for a fresh machine: `make demo` and `make test`. Everything else rests on `make setup`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
REPO ?= .
OUT ?= build/demo

.PHONY: help setup dev demo test check format lint types imports lock bench clean

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

lock: dev  ## cut the lock files anew from pyproject.toml
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile $(LOCK) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --custom-compile-command 'make lock'
