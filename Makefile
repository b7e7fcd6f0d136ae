# make run    install into .venv, take one patient through the main job, then serve the example office (ONCE=1: stop before)
# make test   install, lint, type-check and run every test, with the time that each group took
# make bench  speed, each beside its peer or its limit, as ratios of one run
# make nightly the tests with every document in every size and paper, and with longer searches

PYTHON ?= python3
BIN := .venv/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
RECORDS := ../shared/data/fhir-patients
export DENTALPAIN_RECORDS ?= $(if $(wildcard $(RECORDS)),$(abspath $(RECORDS)),)

.PHONY: run test bench nightly clean

.venv/installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/tested: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@

run: .venv/installed
	$(BIN)/dentalpain demo $(if $(ONCE),--once) --out build

test: .venv/tested
	$(BIN)/python tests/groups.py

.venv/benched: .venv/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]" || echo "the peers are not all there"
	touch $@

bench: .venv/benched
	$(BIN)/python -m benchmarks

nightly: .venv/tested
	$(BIN)/python tests/groups.py --nightly

clean:
	rm -rf .venv build dist dentalpain.egg-info
