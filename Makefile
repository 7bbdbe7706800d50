# Every chore has one name; a machine with Python 3.11 or newer and make needs nothing else installed.
PYTHON ?= python3
PORT ?= 8000
KILLS ?= 1000
SEED ?= 1
BIN := .venv/bin
# Node and npm come from a Python package, so they are found in the environment and not on the machine.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix web

.DEFAULT_GOAL := help
.PHONY: help setup run test test-postgresql check format generate lock bench pace screens torture

help: ## list the chores
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

setup: ## make everything ready to run
	@$(PYTHON) scripts/setup.py run

run: setup ## serve Jieli with a demo company at 127.0.0.1, port 8000 (PORT=…)
	@$(BIN)/jieli run --port $(PORT)

test: ## run all tests
	@$(PYTHON) scripts/setup.py test
	$(NPM) test
	$(BIN)/python -m pytest

test-postgresql: ## run the database part of the tests on Debian's PostgreSQL (MUST=--must where it may not be left out)
	@$(PYTHON) scripts/setup.py check
	$(BIN)/python scripts/postgresql.py $(MUST)

check: ## check format, types, imports, house rules and generated files
	@$(PYTHON) scripts/setup.py check
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python scripts/house_rules.py
	$(BIN)/python scripts/generate.py --check
	$(NPM) run lint
	$(NPM) run types

format: ## bring the Python code into shape
	@$(PYTHON) scripts/setup.py check
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

generate: ## write the HTTP interface and the web's types from the server
	@$(PYTHON) scripts/setup.py check
	$(BIN)/python scripts/generate.py

lock: ## write the lock files from pyproject.toml and web/package.json (UPGRADE=--upgrade for newer versions)
	@$(PYTHON) scripts/setup.py lock
	$(BIN)/python scripts/lock.py $(UPGRADE)

bench: setup ## measure against PostgreSQL's own limit
	$(BIN)/jieli bench

pace: setup ## fail when a ratio to PostgreSQL's limit has fallen by half (bench/ratios.json)
	$(BIN)/jieli bench --against bench/ratios.json

torture: ## kill everything at random and see that nothing is lost (KILLS=1000 SEED=1)
	@$(PYTHON) scripts/setup.py check
	$(BIN)/python -m tests.torture --kills $(KILLS) --seed $(SEED)

screens: ## write pictures of every screen to screens/
	@$(PYTHON) scripts/setup.py test
	$(BIN)/python scripts/screens.py
