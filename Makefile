# Everything here starts from a bare python3 >= 3.11: the first target that needs .venv builds it.
PYTHON ?= python3
WORKERS ?= 2
PYTEST_ARGS ?=

POLICY := fixtures/policies/wa-dol-2018-place-of-birth.toml
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
LOWEST := .venv-lowest

.DEFAULT_GOAL := help
.PHONY: help demo test test-lowest coverage check words docs format lock dist release clean

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

demo: $(INSTALLED)  ## run the whole workflow on an embedded PostgreSQL
	$(BIN)/minimize demo

test: $(INSTALLED)  ## run the tests against a real server
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

test-lowest: $(LOWEST)/.installed  ## run the tests with the lowest versions that pyproject.toml allows
	$(LOWEST)/bin/pytest -n $(WORKERS) $(PYTEST_ARGS)

coverage: $(INSTALLED)  ## run the tests and measure branch coverage
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n $(WORKERS) $(PYTEST_ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(INSTALLED) words  ## run ruff, mypy, import-linter, minimize lint and the word check
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/minimize --policy $(POLICY) lint src migrations fixtures

docs: $(INSTALLED)  ## build the docs site in site/
	$(BIN)/mkdocs build --strict

words: $(INSTALLED)  ## find words to avoid, in all files and in commit subjects
	$(BIN)/codespell
	$(BIN)/python tools/commit_subjects.py

format: $(INSTALLED)  ## fix what ruff can fix
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock:  ## pin the newest versions that pyproject.toml allows, and the lowest (needs uv)
	@command -v uv >/dev/null || { echo "error: make lock needs uv" >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o requirements-dev.new
	{ sed -n '/^#/!q;p' requirements-dev.txt; cat requirements-dev.new; } > requirements-dev.tmp
	mv requirements-dev.tmp requirements-dev.txt
	rm requirements-dev.new
	uv pip compile pyproject.toml --extra demo --extra lint --resolution lowest-direct --no-deps --python-version 3.11 \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements-lowest.new
	uv pip compile pyproject.toml --extra dev --constraint requirements-lowest.new --python-version 3.11 \
		--no-emit-index-url --no-annotate --no-header --quiet -o requirements-lowest.all
	{ sed -n '/^#/!q;p' requirements-lowest.txt; cat requirements-lowest.all; } > requirements-lowest.tmp
	mv requirements-lowest.tmp requirements-lowest.txt
	rm requirements-lowest.new requirements-lowest.all

dist: $(INSTALLED)  ## build the wheel and the source archive
	rm -rf dist
	$(BIN)/hatchling build

release: $(INSTALLED)  ## cut CHANGELOG.md, commit and tag: make release VERSION=1.2.3
	$(BIN)/python tools/release.py $(VERSION)

clean:  ## remove what the other targets made
	rm -rf $(VENV) $(LOWEST) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build site
	rm -f .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Rebuild a virtual environment, $(1), from a requirements file, $(2), with the options $(3).
# A package that is no longer pinned does not remain.
define install
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) is not on PATH" >&2; \
		echo "hint: Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: minimize needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) -V)" >&2; \
		echo "hint: Name a later one: make PYTHON=python3.12" >&2; exit 1; }
	@if command -v uv >/dev/null; then set -ex; \
		uv venv --quiet --clear --python "$$(command -v $(PYTHON))" $(1); \
		uv pip sync --quiet --python $(1)/bin/python $(3) $(2); \
		uv pip install --quiet --python $(1)/bin/python --no-deps --no-build-isolation --editable .; \
	else set -ex; \
		$(PYTHON) -m venv --clear $(1); \
		$(1)/bin/python -m pip install --quiet --disable-pip-version-check $(3) -r $(2); \
		$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	fi
	@touch $@
endef

$(INSTALLED): pyproject.toml requirements-dev.txt
	$(call install,$(VENV),requirements-dev.txt,--require-hashes)

$(LOWEST)/.installed: pyproject.toml requirements-lowest.txt
	$(call install,$(LOWEST),requirements-lowest.txt)
