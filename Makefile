# Every command of the project. `make` alone lists them. On a fresh machine with Python 3.11 or newer,
# `make run` and `make test` do all the rest by themselves.
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
SHELL := /bin/sh

PORT ?= 8000
WORKERS ?= 2
# The first Python of this machine that is new enough.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$p; break; fi; done)

BIN := .venv/bin
STAMPS := .venv/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DJANGO := DJANGO_SETTINGS_MODULE=nhanlucso.config.settings $(BIN)/python -m django
CATALOGUES := $(wildcard src/nhanlucso/locale/*/LC_MESSAGES/django.po)
STATIC := $(shell find src/nhanlucso -path '*/static/*' -type f 2>/dev/null) $(wildcard docs/guide/pictures/*.jpg)
# npm of this machine, else the one that a wheel brings.
NPM := $(if $(shell command -v npm 2>/dev/null),npm,$(BIN)/python scripts/npm.py)

.PHONY: help setup dev run cluster test test-sqlite test-postgres test-cluster test-stack check audit format bench campaign pictures messages lock clean

help: ## This list
	@echo "Usage: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  %-14s %s\n", $$1, $$2 }'

setup: $(STAMPS)/package $(STAMPS)/messages build/fonts/.built build/static/staticfiles.json ## Environment, fonts, messages, static files; instant when nothing changed

dev: setup $(STAMPS)/dev ## setup, and what tests and checks need

run: setup ## Sets up, loads the two example cases, serves on http://127.0.0.1:8000 (PORT=n for another)
	$(BIN)/nhanlucso init
	$(BIN)/nhanlucso demo
	$(BIN)/nhanlucso serve --port $(PORT)

cluster: setup $(STAMPS)/cluster ## What --engine spark needs; Java 17 comes from the system

test: test-sqlite test-postgres ## All tests on SQLite, then those that touch the database on PostgreSQL
	@echo "Left out: tests/cluster, which need Java 17 and Apache Spark. make test-cluster runs them."
	@echo "Left out: tests/stack, which need nginx. make test-stack runs them."

test-sqlite: dev ## All tests on SQLite
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --db=sqlite -m "not cluster and not stack"

test-postgres: dev ## The tests that touch the database, on a PostgreSQL that they start themselves
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --db=postgres -m "not cluster and not stack"

test-cluster: dev $(STAMPS)/cluster ## The tests on a real Spark cluster: a master and two workers on this machine; needs Java 17
	@command -v java >/dev/null || { echo "Java 17 is needed (Debian: apt-get install openjdk-17-jre-headless)." >&2; exit 1; }
	$(BIN)/python -m pytest tests/cluster --db=sqlite

test-stack: dev ## The tests of nginx, gunicorn, a worker and PostgreSQL as deploy/ puts them, all on this machine; needs nginx
	@command -v nginx >/dev/null || { echo "nginx is needed (Debian: apt-get install nginx-light)." >&2; exit 1; }
	$(BIN)/python -m pytest tests/stack --db=sqlite

check: dev ## Formatting, style, types, layering, security, migrations, deployment settings
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --configfile pyproject.toml --severity-level medium --recursive src
	$(BIN)/djlint --quiet --lint src
	@mkdir -p build/check
	NHANLUCSO_DATA=build/check $(DJANGO) makemigrations --check --dry-run
	NHANLUCSO_DATA=build/check NHANLUCSO_HTTPS=1 $(DJANGO) check --deploy --fail-level WARNING

audit: dev ## Known weaknesses of all that is installed, as the advisory services of PyPI and npm tell; needs both
	$(BIN)/uv tool run pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock
	$(NPM) audit --omit=dev

format: dev ## Formats the code and mends what can be mended by itself
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: dev ## Benchmarks, printed as ratios
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python -m benchmarks.$$(basename $$file .py) || exit 1; done

campaign: dev ## Property tests with their full number of examples, 500 kills; takes long
	NHANLUCSO_CAMPAIGN=1 $(BIN)/python -m pytest -n $(WORKERS) -m "hypothesis or campaign"

pictures: dev ## The pictures of the documents, taken by the browser tests
	NHANLUCSO_PICTURES=1 $(BIN)/python -m pytest -m browser

messages: dev ## Updates the catalogues of translations from the source, then compiles them
	$(BIN)/python scripts/messages.py update
	$(BIN)/python scripts/messages.py compile

lock: dev ## Writes the lock files anew from pyproject.toml and package.json (UPGRADE=--upgrade for newer versions)
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra setup --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra setup --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--extra cluster --constraint requirements-dev.lock --output-file requirements-cluster.lock pyproject.toml
	$(BIN)/uv pip compile $(UPGRADE) --quiet --universal --generate-hashes --no-header --python-version 3.11 \
		--output-file requirements-node.lock requirements-node.in
	$(NPM) install --package-lock-only --ignore-scripts

clean: ## Removes what setup and tests made; never the data in var/
	rm -rf .venv build node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find src/nhanlucso/locale -name '*.mo' -delete 2>/dev/null || true

# -- what setup makes, each step only when its sources changed ---------------------------------------------------

$(STAMPS)/venv:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found; PYTHON=path names one." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python lacks the venv module (Debian: apt-get install python3-venv)." >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements.lock | $(STAMPS)/venv
	$(PIP) install --require-hashes --requirement requirements.lock
	@touch $@

$(STAMPS)/dev: requirements-dev.lock | $(STAMPS)/run
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(STAMPS)/cluster: requirements-cluster.lock | $(STAMPS)/run
	$(PIP) install --require-hashes --requirement requirements-cluster.lock
	@touch $@

# The package is linked, not copied, with the setuptools of the lock.
$(STAMPS)/package: pyproject.toml $(STAMPS)/run
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/npm: $(if $(shell command -v npm 2>/dev/null),,requirements-node.lock) | $(STAMPS)/run
	$(if $(filter npm,$(NPM)),,$(PIP) install --require-hashes --requirement requirements-node.lock)
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(STAMPS)/npm
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

build/fonts/.built: src/nhanlucso/papers/fonts.py node_modules/.package-lock.json | $(STAMPS)/package
	$(BIN)/python -m nhanlucso.papers.fonts
	@touch $@

$(STAMPS)/messages: $(CATALOGUES) scripts/messages.py | $(STAMPS)/package
	$(BIN)/python scripts/messages.py compile
	@touch $@

build/static/staticfiles.json: $(STATIC) src/nhanlucso/config/settings.py node_modules/.package-lock.json | $(STAMPS)/package
	$(DJANGO) collectstatic --noinput --clear --verbosity 0
	@touch $@
