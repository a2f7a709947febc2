# make demo    the case's database, the roster at two dates, and what changed between them
# make test    everything that has to hold: lint, documents, published answers, tests
# make torture commands killed 260 times, and the longer searches
# make lint    style, types, import layers       make fix     mend what can be mended
# make docs    write the generated documents     make clean   remove all that make made
# make bench   measure, beside peers, and write BENCHMARKS.md (half an hour); a try: SIZES=10000
# make bench-web     measure the pages in a browser and under readers; writes BENCHMARKS-WEB.md
# make bench-peers   install the servers that are measured too, as root, on Debian
#
# Needs Python 3.11 or newer, with venv; everything else goes into .venv.
# Another Python: make PYTHON=python3.13. A longer search: make test HYPOTHESIS_PROFILE=thorough.

PYTHON ?= python3
CASE   := venezuela-2026-01

VENV   := .venv
BIN    := $(VENV)/bin
HABEAS := $(BIN)/habeas
ENGINE := $(VENV)/.engine
TOOLS  := $(VENV)/.tools
PEERS  := $(VENV)/.peers
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check

export HYPOTHESIS_PROFILE ?= ci

.PHONY: demo test torture lint fix docs docs-check publish-check bench bench-peers bench-web clean

demo: export HABEAS_DB := build/demo.db
demo: $(ENGINE)
	@mkdir -p build && rm -f $(HABEAS_DB) $(HABEAS_DB)-*
	$(call show,load seeds/$(CASE))
	$(call show,status --as-of 2026-01-08 --format table)
	$(call show,status --as-of 2026-01-09 --format table)
	$(call show,changes 2026-01-08 2026-01-09 --format md)

# The tests come last, so that their count is the last word.
test: lint docs-check publish-check
	$(BIN)/pytest -n 2

# Ends with the counts in SECURITY.md; some ten minutes.
torture: export HABEAS_TRIED := $(CURDIR)/build/tried.jsonl
torture: $(TOOLS)
	@mkdir -p build && rm -f $(HABEAS_TRIED)
	HABEAS_KILLS=20 HYPOTHESIS_PROFILE=torture $(BIN)/pytest -n 2 $(TORTURED:%=tests/test_%.py)
	$(BIN)/python tools/tried.py full $(HABEAS_TRIED)
	$(BIN)/python tools/docs.py

TORTURED := torture faults fuzz hostile proofs checkpoints verify withholding leaks redaction \
  sqlite_processes

lint: $(TOOLS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: $(TOOLS)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(TOOLS)
	$(BIN)/python tools/docs.py

docs-check: $(TOOLS)
	$(BIN)/python tools/docs.py --check

publish-check: export HABEAS_DB := build/publish.db
publish-check: $(TOOLS)
	@mkdir -p build && rm -f $(HABEAS_DB) $(HABEAS_DB)-*
	$(HABEAS) import events/$(CASE).jsonl
	$(HABEAS) publish --check

# Of which the report is kept only where it holds the largest size.
bench bench-peers bench-web: export PYTHONPATH := tools
bench: $(PEERS)
	$(BIN)/python -m bench $(SIZES)

bench-web: $(TOOLS)
	$(BIN)/python -m web_bench

bench-peers: $(PEERS)
	$(BIN)/python -m bench.install

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools -name __pycache__ -prune -exec rm -rf {} +

# One command of the demonstration, as a person would type it, and what it prints.
define show
@printf '\n$$ habeas %s\n' '$(1)'
@$(HABEAS) $(1)
endef

$(ENGINE): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'habeas needs Python 3.11 or newer; "$(PYTHON)" is older or missing.'; \
	  echo 'Hint: make PYTHON=/path/to/python3.11'; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '"$(PYTHON)" has no venv module.'; \
	  echo 'Hint: on Debian and Ubuntu, apt-get install python3-venv'; exit 1; } >&2
	@echo 'Setting up $(VENV), which takes a minute the first time.'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(TOOLS): $(ENGINE)
	@echo 'Setting up the tools for tests and lint in $(VENV).'
	@$(PIP) install --editable '.[web]' --group dev
	@touch $@

$(PEERS): $(ENGINE)
	@echo 'Setting up the peers of the benchmarks in $(VENV).'
	@$(PIP) install --group bench
	@touch $@
