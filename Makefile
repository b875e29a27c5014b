# `make demo` and `make test` do all their own set-up: Python, make and a package index are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/.runs
STAMP := $(VENV)/.installed
SETUP := pyproject.toml constraints.txt

.PHONY: all demo test fuzz bench example corpus-tables clean

all: test

$(RUNS): $(SETUP)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "zhengwen needs Python 3.11 or newer; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(STAMP): $(RUNS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(RUNS) ## Read the demo article: prints its table, leaves a run in outputs/demo
	@$(BIN)/zhengwen demo -o outputs/demo

test: $(STAMP) ## Lint, types, tests
	$(BIN)/ruff check pipeline tests
	$(BIN)/ruff format --check pipeline tests
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto -q

FUZZ_SECONDS ?= 3600

fuzz: $(STAMP) ## Fuzz text, readers, tables, review and rules; properties on 10,000 examples; every pattern of the code
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=2.3'
	$(BIN)/python tests/fuzz/drive.py --seconds $(FUZZ_SECONDS)
	ZHENGWEN_EXAMPLES=10000 ZHENGWEN_THOROUGH=1 $(BIN)/python -m pytest -n auto -q tests/test_properties.py tests/test_linear.py

bench: $(STAMP) ## Speed, start-up, memory and growth against peers, into docs/benchmarks.md
	$(BIN)/python tests/bench/bench.py --write docs/benchmarks.md

example: $(STAMP) ## Renew outputs/example and the tables in the documents
	ZHENGWEN_ACCEPT=1 $(BIN)/python -m pytest -q tests/test_docs.py

REAL ?= $(or $(ZHENGWEN_SHARED),../shared)/corpus/real

corpus-tables: $(STAMP) ## Renew the tables in corpus/README.md; scores only where the real labelled pages (REAL=DIR) are
	@$(BIN)/zhengwen corpus status --write $(if $(wildcard $(REAL)),--beside $(REAL))

clean:
	rm -rf $(VENV) outputs/demo
