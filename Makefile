# The house's own commands. Needs python3 3.11 or later with venv; everything else is installed into $(VENV).

VENV ?= .venv
# The first Python of 3.11 or later: the machine's own if it will do.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
# The newest Python of the machine beside it, if that is a later one; pyenv keeps its own out of the path.
NEWEST ?= $(shell for p in python3.12 python3.13 python3.14 "$$(pyenv root 2>/dev/null)"/versions/3.1[2-9]*/bin/python; do \
	"$$p" -c 'import sys; print(sys.version_info[1], sys.executable)' 2>/dev/null; done | sort -rn | cut -d " " -f 2 | head -n 1)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# compat: a plain path, where the default puts a finder in front of every import.
INSTALL := $(PIP) install --config-settings editable_mode=compat
# Python keeps what it compiled, unless told not to; then every start would compile every source anew.
COMPILE := $(BIN)/python -m compileall -q policy dsl interpreter cli zhunsheng
BENCH ?=

.DEFAULT_GOAL := help
.PHONY: help demo install dev test test-newest check format format-check findings golden bench clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: install ## install if needed, then decide, explain and simulate the shipped selection policy
	@$(BIN)/zhunsheng demo

install: $(VENV)/.installed ## the command zhunsheng, in its own environment
	@$(COMPILE)

dev: $(VENV)/.installed-dev ## the same with what tests and checks need
	@$(COMPILE)

test: dev ## every test, on all cores
	@$(BIN)/python -m pytest -n auto

test-newest: dev ## every test again on the newest Python of the machine, if that is later than that of $(VENV)
	@p="$(NEWEST)"; v='import sys; print(*sys.version_info[:2])'; \
	if test -z "$$p" || test "$$("$$p" -c "$$v")" = "$$($(BIN)/python -c "$$v")"; then echo "no later Python here: tested on one only"; \
	else $(MAKE) --no-print-directory test VENV=.venv-newest PYTHON="$$p"; fi

check: dev ## lint, format, strict types, import directions, docs paths, the catalogue
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/house

format: dev ## write every file in the house format
	@$(BIN)/ruff format .

format-check: dev ## whether every file is in the house format
	@$(BIN)/ruff format --check .

findings: dev ## write the pages that are made from the catalogue and the keywords anew
	@$(BIN)/python docs/build_findings.py
	@$(BIN)/python docs/build_howto.py
	@PYTHONPATH=. $(BIN)/python docs/build_language.py
	@PYTHONPATH=. $(BIN)/python docs/build_committee.py
	@$(BIN)/python docs/build_schemas.py

golden: dev ## write every expected output, table and page anew; the diff is to be read
	@$(BIN)/python -m dsl.syntax.build
	@$(BIN)/python -m pytest --rewrite-golden -n auto
	@$(MAKE) --no-print-directory findings

bench: dev ## the benchmarks; BENCH="..." passes arguments
	@$(BIN)/python -m benchmarks $(BENCH)

clean: ## remove the environment and everything built
	@test ! -f $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	@rm -rf .venv-newest
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; none was found. Try: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -f $@; echo "python's venv module is needed (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing into $(VENV), once ..."
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing into $(VENV) with what tests need, once ..."
	@$(INSTALL) -e '.[dev]'
	@touch $(VENV)/.installed $@
