# `make` lists the commands. Everything is installed into .venv, from requirements.txt with hashes.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready
# Where `serve` writes: in memory if half a gigabyte is free there, since removing and making 800 folders takes ext4 a second.
IN_MEMORY = $(shell [ "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}')" -gt 500000 ] 2>/dev/null && echo /dev/shm)
export NO_MKDOCS_2_WARNING := 1

LAB_READY := $(VENV)/.lab-ready

.PHONY: help serve build check test test-fast format bench validate lighthouse lock schema clean \
	lab-registry lab-popularity lab-smoke lab-footprint lab-type-coverage lab-probes lab-books lab-blocks lab

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this is $$($(PYTHON) --version). Try make PYTHON=python3.11"; exit 1; }
	@echo "Installing into $(VENV) (once, about a minute) …"
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

serve: $(READY) ## build the site and serve it on http://127.0.0.1:8000/, again at every change
	TMPDIR=$(IN_MEMORY) $(RUN) -m mkdocs serve --livereload

build: $(READY) ## build the site into site/
	$(RUN) -m mkdocs build --strict

check: $(READY) ## check data/ in seconds, without building
	@$(RUN) -m macros check

test: $(READY) ## run every test, browser tests included
	@$(RUN) -m tools.browser
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -n 2

test-fast: $(READY) ## run the tests that need neither a built site nor a browser
	$(RUN) -m pytest tests/unit -q

format: $(READY) ## format and sort the Python code
	$(RUN) -m ruff check --fix-only --quiet .
	$(RUN) -m ruff format .

schema: $(READY) ## write data/README.md and the JSON Schema for editors from the schema
	$(RUN) -m tools.schema_docs

bench: $(READY) ## print CPU per page for the real site and for synthetic catalogs
	$(RUN) -m tools.bench

validate: $(READY) ## run the Nu HTML checker over the built site (needs Node.js and Java)
	$(RUN) -m tools.validate

lighthouse: $(READY) ## run Lighthouse, mobile, over the built site (needs Node.js)
	$(RUN) -m tools.lighthouse

$(LAB_READY): $(READY) requirements-lab.txt
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-lab.txt
	@touch $@

lab-registry: $(LAB_READY) ## read what the package registries say of every entry
	$(RUN) -m lab registry

lab-popularity: $(LAB_READY) ## read downloads and stars from the live APIs (dumps: python -m lab popularity --help)
	$(RUN) -m lab popularity --live

lab-smoke: $(LAB_READY) ## use every Python package for what it is for, on the newest Python it supports
	$(RUN) -m lab smoke

lab-footprint: $(LAB_READY) ## measure start, memory and size of the smallest useful servers
	$(RUN) -m lab footprint

lab-type-coverage: $(LAB_READY) ## measure how much of each public interface has known types
	$(RUN) -m lab type-coverage

lab-probes: $(LAB_READY) ## put every question to every stack
	$(RUN) -m lab probes

lab-books: $(LAB_READY) ## run the suite of the Books application against every framework's, several at a time
	$(RUN) -m lab books

lab-blocks: $(LAB_READY) ## run an article's code blocks as printed, and the tests of today's forms
	$(RUN) -m lab blocks

lab: lab-registry lab-smoke lab-footprint lab-type-coverage lab-probes lab-books lab-blocks ## all of the lab but popularity, then what changed
	$(RUN) -m lab changes

lock: $(READY) ## compile requirements.txt from pyproject.toml, hashes without hosts
	$(RUN) -m pip install --quiet uv
	$(RUN) -m uv pip compile --quiet pyproject.toml --extra test --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --universal -o requirements.txt
	$(RUN) -m uv pip compile --quiet pyproject.toml --extra lab --constraint requirements.txt --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --universal -o requirements-lab.txt

clean: ## remove what was built, installed and cached
	rm -rf $(VENV) site .pytest_cache .mypy_cache .ruff_cache .hypothesis build
