# The commands of the project; `make` alone prints this table.
# Choose the Python with PYTHON=python3.12; pass options on with ARGS="...".
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench ingest clean

BIN := .venv/bin
# Three workers suit two cores, since much of a test is waiting; each starts its own database server.
WORKERS ?= 3
PYTHON ?=
ARGS ?=
DOCS ?=
export PYTHON
# Else each of the many processes of the tests compiles the whole project anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## print this table
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s%s\n", $$1, $$2}' Makefile

setup: ## make .venv and install everything that running needs
	@sh bin/setup

demo: setup ## start the local workspace and the bot, and print the address to open
	@$(BIN)/vcio demo $(ARGS)

test: ## set up and run the whole test suite (ARGS="-k desk" for a part)
	@sh bin/setup test
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: ## lint, import order and types
	@sh bin/setup test lint
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: ## the benchmarks, each beside its reference in one run
	@sh bin/setup test
	$(BIN)/python -m benchmarks $(ARGS)

ingest: setup ## index a folder of documents: make ingest DOCS=folder ARGS="--client acme"
	@test -n "$(DOCS)" || { echo 'Say which documents: make ingest DOCS=folder'; exit 2; }
	@$(BIN)/vcio ingest "$(DOCS)" $(ARGS)

clean: ## remove .venv, caches and build leftovers; your data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
