# make run       the demo on loopback: environment, dependencies, database, data, web server and worker
# make test      all tests, in parallel
# make check     lint, format, types, import rules, generated files, migrations against models; `make -k check` goes on
# make check-all the tests in the browser with every combination of size, colour scheme and direction
# make bench     speed and size with many cases beside a bare floor: `CASES=10000 BACKEND=sqlite make bench`
# make screenshots   pictures of the demo, into docs/screenshots
# make requirements  compile requirements*.in anew

SHELL := /bin/bash
.DEFAULT_GOAL := help
# make messages  bring the catalogues up to date after a change of words
.PHONY: help messages run test check check-lint check-types check-imports check-generated check-schema check-all bench format env env-dev catalogues requirements

# bytecode is kept: without it every start compiles every library again
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# how many tests at a time: `make test JOBS=1`
JOBS ?= auto

help:
	@sed -n 's/^# //p' Makefile

# --- the demo ---------------------------------------------------------------------------------------------------------

PORT ?= 8000
run: export ACCEDE_ENVIRONMENT ?= demo
run: export ACCEDE_PORT := $(PORT)
run: env catalogues
	@exec $(BIN)/python -m app.devserver

# --- tests and checks -------------------------------------------------------------------------------------------------

test: env-dev catalogues
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: check-lint check-types check-imports check-generated check-schema

check-lint: env-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: env-dev
	$(BIN)/mypy

check-imports: env-dev
	$(BIN)/lint-imports --no-cache

check-generated: env-dev
	$(BIN)/python -m app.workflow.describe --check

check-schema: env-dev
	$(BIN)/python -m tests.support.schema

check-all: export ACCEDE_TEST_ALL := 1
check-all: env-dev catalogues
	@$(BIN)/python -m pytest tests/browser -n $(JOBS) --dist worksteal $(ARGS)

CASES ?= 100000
BACKEND ?= postgresql
bench: env-dev catalogues
	@$(BIN)/python -m tests.bench --cases $(CASES) --backend $(BACKEND)

screenshots: env-dev catalogues
	@$(BIN)/python -m tests.browser.screenshots

format: env-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# --- environment ------------------------------------------------------------------------------------------------------

env:
	@$(PYTHON) -m config.bootstrap requirements.txt

env-dev:
	@$(PYTHON) -m config.bootstrap requirements.txt requirements-dev.txt

# translations: the .po files are kept, the compiled ones are made here
catalogues: $(patsubst %.po,%.mo,$(wildcard app/translations/*/LC_MESSAGES/*.po))

# after a change of words: extract them, add them to every catalogue, guess nothing
messages: env-dev
	@mkdir -p .cache
	@$(BIN)/pybabel -q extract -F config/babel.cfg -k _l -k lazy_gettext -k ngettext:1,2 --no-location -o .cache/messages.pot .
	@$(BIN)/pybabel -q update -i .cache/messages.pot -d app/translations --no-fuzzy-matching --ignore-obsolete -w 120

%.mo: %.po | env
	@$(BIN)/pybabel -q compile -i $< -o $@

UV = $(shell command -v uv || echo $(BIN)/uv)
requirements: env-dev
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes -q requirements.in -o requirements.txt
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes -q requirements-dev.in -o requirements-dev.txt
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes -q requirements-redis.in -o requirements-redis.txt
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes -q requirements-uv.in -o requirements-uv.txt
