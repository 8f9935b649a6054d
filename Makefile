# What a person or CI types; `make help` lists it. A fresh machine needs make and Python 3.11 or newer with venv, nothing else.
#   make run SCENARIO=scenarios/jinjiang      another comparison
#   make audit SHARE=1                        the whole of each place
#   make audit ENGINE=both                    every run by both engines, compared to the last bit
#   make test WORKERS=0                       pytest in one process; WORKERS=4 in four
#   make bench BLOCKS=core                    some blocks of the benchmarks
#   make practices REPLICATIONS=4             fewer replications of each practice
#   make run PYTHON=python3.12                another Python for the environment
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?=
SCENARIO ?= scenarios/xichou
WORKERS ?= auto
SHARE ?= 0.05
ENGINE ?= compiled
REPLICATIONS ?= 10
BLOCKS ?=

BIN := .venv/bin
RUN_SIM := $(BIN)/python run_sim.py
CODE := sim calibration tests run_sim.py
# A file opened without naming its encoding becomes an error in the tests.
PYTEST := PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest

# Once, rather than in each worker of pytest.
COMPILE := $(BIN)/python -c 'from sim.engine.compiled_engine import compile_ahead; compile_ahead()'

.PHONY: help setup run test bench theory recovery audit docs practices fmt clean

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)$$/make \1 \2/p' $(firstword $(MAKEFILE_LIST)) | \
		while read -r make target what; do printf '  make %-9s %s\n' "$$target" "$$what"; done

setup: ## only the environment (.venv); every other command does this first when needed
	@sh .ci/environment '$(PYTHON)'

run: setup ## compares the policies of SCENARIO (scenarios/xichou) and writes both reports
	$(RUN_SIM) compare $(SCENARIO)

test: setup ## format, lint, types and tests: what CI runs
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(COMPILE)
	$(PYTEST) -m 'not slow' -n $(WORKERS)

bench: setup ## our engines beside other libraries, a place's year, memory: one table (BLOCKS='core memory': some of it)
	$(BIN)/python -m tests.benchmarks $(if $(BLOCKS),--only $(BLOCKS))

theory: setup ## the engine against queueing theory, the slow cases included
	$(PYTEST) tests/theory -n $(WORKERS)

recovery: setup ## the fit on synthetic data of known parameters, a table of 1,200 simulations included
	$(PYTEST) tests/unit/calibration/fit/test_recovery.py -n 0

audit: setup ## every policy and practice on every place, with all audits, on a SHARE of each (a twentieth)
	$(BIN)/python -m sim.experiment.library_audit scenarios --share $(SHARE) --engine $(ENGINE)

docs: setup ## regenerates the key dictionaries (scenarios, studies, targets) and the JSON Schemas from the schema
	$(RUN_SIM) schema --dictionary >scenarios/README.md.new && mv scenarios/README.md.new scenarios/README.md
	$(RUN_SIM) schema >scenarios/schema.json.new && mv scenarios/schema.json.new scenarios/schema.json
	$(RUN_SIM) schema --study --dictionary >scenarios/studies/README.md.new
	mv scenarios/studies/README.md.new scenarios/studies/README.md
	$(RUN_SIM) schema --study >scenarios/studies/schema.json.new
	mv scenarios/studies/schema.json.new scenarios/studies/schema.json
	$(RUN_SIM) schema --targets --dictionary >calibration/targets/README.md.new
	mv calibration/targets/README.md.new calibration/targets/README.md
	$(RUN_SIM) schema --targets >calibration/targets/schema.json.new
	mv calibration/targets/schema.json.new calibration/targets/schema.json
	$(BIN)/python -m calibration.uses

practices: setup ## measures the practices whose stored effects are out of date (REPLICATIONS=10) and writes docs/practices.md
	$(RUN_SIM) practices --replications $(REPLICATIONS)

fmt: setup ## formats the code and mends what ruff can mend
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

clean: ## removes .venv and caches; keeps outputs/
	rm -rf .venv .venv-bench build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache ./*.egg-info
	find sim calibration tests -type d -name __pycache__ -prune -exec rm -rf {} +
