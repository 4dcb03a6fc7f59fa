# Everything a person does here is one word. Each target prepares `.venv` by itself, from a bare Python with pip.

.DEFAULT_GOAL := help
.PHONY: help run test lint fix bench soak docs build clean

PYTHON  ?=
WORKERS ?= 3
ARGS    ?=
UV      := 0.13.9
BIN     := .venv/bin
READY   := .venv/.ready

export UV_PROJECT_ENVIRONMENT := .venv
export UV_PYTHON_DOWNLOADS := never
unexport VIRTUAL_ENV

help: ## Show what can be asked
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-6s %s\n", $$1, $$2}' Makefile

run: $(READY) ## Start the market here: the database, the sample shops, the pages
	@$(BIN)/jishi up $(ARGS)

test: $(READY) ## Run the tests (one trade: make test ARGS=tests/trade)
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(READY) ## Format, lint, types, floors: all that a machine can read
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(READY) ## Format, and repair what a machine can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY) ## Measure, side by side with the floor of this machine
	@$(BIN)/python -m bench $(ARGS)
	@$(BIN)/python -m bench.checkout
	@$(BIN)/python -m bench.town
	@$(BIN)/python -m bench.gauges --events 2000000

soak: $(READY) ## Run the long tests too
	@JISHI_SOAK=1 $(BIN)/pytest -o faulthandler_timeout=0 -n $(WORKERS) --dist worksteal $(ARGS)

docs: $(READY) ## Prove that the links, paths and words of the documents are true
	@$(BIN)/pytest -q tests/house/test_docs.py tests/house/test_glossary.py $(ARGS)

build: $(READY) ## Make the wheel, then prove it: a fresh environment, an empty folder, a market that opens
	@rm -rf dist
	@$(BIN)/uv build --quiet --wheel --out-dir dist
	@$(BIN)/python tests/house/prove_wheel.py

clean: ## Remove what can be made again (never jishi-data)
	@rm -rf .venv dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The newest Python that runs, is 3.11 or later and has pip. A shim that only says "not installed" does not run.
define FIND_PYTHON
find_python() { \
	for python in "$$@"; do \
		if "$$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then echo "$$python"; return; fi; \
	done; \
	echo 'Jishi needs Python 3.11 or newer with pip. Install one, or name it: make PYTHON=/path/to/python3' >&2; \
	return 1; \
}
endef
PYTHONS = $(if $(PYTHON),"$(PYTHON)",python3.14 python3.13 python3.12 python3.11 python3 python)

# No ensurepip: Debian's Python comes without it. The stamp makes the second call free.
$(READY): uv.lock pyproject.toml
	@$(FIND_PYTHON); set -e; \
	if ! $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		[ "$$($(BIN)/uv --version 2>/dev/null | cut -d ' ' -f 2)" != "$(UV)" ]; then \
		python=$$(find_python $(PYTHONS)); \
		"$$python" -m venv --clear --without-pip .venv; \
		"$$python" -m pip --quiet --disable-pip-version-check --python $(BIN)/python install "uv==$(UV)"; \
	fi; \
	$(BIN)/uv sync --frozen --quiet; \
	touch $@
