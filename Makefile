# Everything here starts from a bare python3 >= 3.11: the first target that needs .venv builds it.
PYTHON ?= python3
WORKERS ?= 2
PYTEST_ARGS ?=

POLICY := fixtures/policies/wa-dol-2018-place-of-birth.toml
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test check format lock clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(INSTALLED)  ## the whole story on an embedded PostgreSQL
	$(BIN)/minimize demo

test: $(INSTALLED)  ## the tests, against a real server
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

check: $(INSTALLED)  ## ruff, mypy, the layers of imports, and our own linter
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/minimize --policy $(POLICY) lint src migrations fixtures

format: $(INSTALLED)  ## let ruff mend what it can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock:  ## pin the newest versions pyproject.toml allows (needs uv)
	@command -v uv >/dev/null || { echo "error: make lock needs uv" >&2; exit 1; }
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o requirements-dev.new
	{ sed -n '/^#/!q;p' requirements-dev.txt; cat requirements-dev.new; } > requirements-dev.tmp
	mv requirements-dev.tmp requirements-dev.txt
	rm requirements-dev.new

clean:  ## remove what the other targets made
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Built anew whenever the pins change, so that a package which is no longer wanted does not linger.
$(INSTALLED): pyproject.toml requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) is not on PATH" >&2; \
		echo "hint: Install Python 3.11 or later, or name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: minimize needs Python 3.11 or later, and $(PYTHON) is $$($(PYTHON) -V)" >&2; \
		echo "hint: Name a later one: make PYTHON=python3.12" >&2; exit 1; }
	@if command -v uv >/dev/null; then set -ex; \
		uv venv --quiet --clear --python "$$(command -v $(PYTHON))" $(VENV); \
		uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.txt; \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .; \
	else set -ex; \
		$(PYTHON) -m venv --clear $(VENV); \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	fi
	@touch $@
