# `make` lists the commands. Everything is installed into .venv, with hashes, from locks: requirements.txt (the site),
# requirements-test.txt (its tests), requirements-lab.txt (the measurements), requirements-links.txt (the link checker).
# A command installs what it needs, and again when the lock has changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
SITE := $(VENV)/.site-ready
TEST := $(VENV)/.test-ready
LAB := $(VENV)/.lab-ready
LINKS := $(VENV)/.links-ready
INSTALL = $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
TEMPLATES := macros/rendering/templates overrides
# Where `serve` and the suite of the applications write: in memory if half a gigabyte is free there. To remove and make
# 800 folders takes ext4 a second, and on a disk every commit of a store waits for it.
IN_MEMORY = $(shell [ "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}')" -gt 500000 ] 2>/dev/null && echo /dev/shm)
# Prints what one of several checks says in one piece; the make of macOS can not.
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve build check test test-fast browser lint lint-types lint-javascript lint-others format schema bench \
	changes validate lighthouse links lock clean lab lab-registry lab-popularity lab-smoke lab-footprint lab-type-coverage \
	lab-probes lab-books lab-books-postgresql lab-mutations lab-blocks lab-citations lab-demonstrations lab-bench

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or later is needed; $(PYTHON) is $$($(PYTHON) --version 2>&1 || true). Try make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make a virtual environment. On Debian and Ubuntu, run: sudo apt install $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(SITE): requirements.txt | $(VENV)/.made
	@echo "Installing the site's requirements into $(VENV) (once, under a minute) …"
	@$(INSTALL) requirements.txt
	@touch $@

$(TEST): requirements-test.txt | $(SITE)
	@echo "Installing the tests' requirements into $(VENV) (once, about a minute) …"
	@$(INSTALL) requirements-test.txt
	@touch $@

$(LAB): requirements-lab.txt | $(SITE)
	@echo "Installing the lab's requirements into $(VENV) (once, under a minute) …"
	@$(INSTALL) requirements-lab.txt
	@touch $@

$(LINKS): requirements-links.txt | $(VENV)/.made
	@echo "Installing the link checker into $(VENV) (once, under a minute) …"
	@$(INSTALL) requirements-links.txt
	@touch $@

serve: $(SITE) ## build the site and serve it on http://127.0.0.1:8000/, again at every change
	TMPDIR=$(IN_MEMORY) $(RUN) -m mkdocs serve --livereload

build: $(SITE) ## build the site into site/
	$(RUN) -m mkdocs build --strict

check: $(SITE) ## check data/ in seconds, without building
	@$(RUN) -m macros check

# Three workers on two processors, since some tests wait; one test at a time is handed out, the longest first.
test: browser lint ## run every check and every test, browser tests included
	$(RUN) -m pytest -n 3 --maxschedchunk 1

test-fast: $(TEST) ## run the tests that need neither a built site nor a browser
	$(RUN) -m pytest tests/unit -q

browser: $(TEST) ## find the browser of the tests, or say how to install one
	@$(RUN) -m tools.browser

lint: $(TEST) ## check the code, the templates, the scripts and the workflows without running them
	@$(MAKE) --no-print-directory --keep-going --jobs 2 $(TOGETHER) lint-types lint-javascript lint-others

lint-types:
	$(BIN)/mypy

lint-javascript:
	$(RUN) -m tools.javascript

lint-others:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint $(TEMPLATES)
	$(BIN)/jactionlint --shellcheck=$(BIN)/shellcheck
	$(BIN)/zizmor --offline --quiet .github

format: $(TEST) ## format and sort the Python code, format the templates
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/djlint --reformat --quiet $(TEMPLATES)

changes: $(SITE) ## say in words what the records of the working tree say that main does not
	@$(RUN) -m tools.changes

schema: $(SITE) ## write data/README.md, the JSON Schema for editors and the form of /api/v1/ from the schemas
	$(RUN) -m tools.schema_docs
	$(RUN) -m tools.api_form

bench: browser ## measure builds, edits, checks and tables in a browser, and compare them with the targets (about 15 minutes)
	$(RUN) -m tools.bench

validate: $(TEST) ## run the Nu HTML checker over the built site (needs Java)
	$(RUN) -m tools.validate

lighthouse: $(TEST) ## run Lighthouse, mobile, over the built site (needs a Chromium: make browser)
	$(RUN) -m tools.lighthouse

links: $(LINKS) ## open every link of the records and the pages, and say which do not answer (needs a network)
	@mkdir -p build/links
	@$(RUN) -m tools.links list > build/links/links.txt
	@$(BIN)/lychee --config .github/lychee.toml --output build/links/answer.json build/links/links.txt || [ $$? -eq 2 ]
	@$(RUN) -m tools.links report build/links/answer.json | tee build/links/report.md

lab-registry: $(LAB) ## read what the package registries say of every entry
	$(RUN) -m lab registry

lab-popularity: $(LAB) ## read downloads and stars from the live APIs (dumps: python -m lab popularity --help)
	$(RUN) -m lab popularity --live

lab-smoke: $(LAB) ## use every Python package for what it is for, on the newest Python it supports
	$(RUN) -m lab smoke

lab-footprint: $(LAB) ## measure start, memory and size of the smallest useful servers
	$(RUN) -m lab footprint

lab-type-coverage: $(LAB) ## measure how much of each public interface has known types
	$(RUN) -m lab type-coverage

lab-probes: $(LAB) ## put every question to every setup
	$(RUN) -m lab probes

lab-books: $(LAB) ## run the suite of the Books application against every framework's, several at a time
	TMPDIR=$(IN_MEMORY) $(RUN) -m lab books

lab-books-postgresql: $(LAB) ## the same on PostgreSQL, with every application that can use it
	TMPDIR=$(IN_MEMORY) $(RUN) -m lab books --database postgresql

lab-mutations: $(LAB) ## plant bugs in the Books applications: the suite must catch each by the item that it names
	TMPDIR=$(IN_MEMORY) $(RUN) -m lab books --mutations

lab-blocks: $(LAB) ## run an article's code blocks as printed, and the tests of today's forms
	$(RUN) -m lab blocks

lab-demonstrations: $(LAB) ## run what shows the facts about runs, with the newest releases
	$(RUN) -m lab demonstrations --lock
	$(RUN) -m lab demonstrations

lab-bench: $(LAB) ## measure what a request costs every stack, as much as fits into 90 minutes, on a machine that does nothing else
	$(RUN) -m lab bench

lab-citations: $(LAB) ## look for the words of every fact on its page (documents: python -m lab citations --help)
	$(RUN) -m lab citations --fetch

lab: lab-registry lab-smoke lab-demonstrations lab-footprint lab-type-coverage lab-probes lab-books lab-books-postgresql lab-mutations lab-blocks lab-citations ## all of the lab but popularity, then what changed
	$(RUN) -m lab changes

lock: $(TEST) ## write the locks from pyproject.toml; with UPGRADE=--upgrade from the newest releases
	$(COMPILE) pyproject.toml $(UPGRADE) --extra test -o requirements-test.txt
	$(COMPILE) pyproject.toml --constraint requirements-test.txt --extra lab -o requirements-lab.txt
	$(COMPILE) pyproject.toml --constraint requirements-test.txt -o requirements.txt
	$(COMPILE) --group links -o requirements-links.txt

clean: ## remove what was built, installed and cached
	rm -rf $(VENV) site build node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
