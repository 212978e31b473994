# The same in every application in Python. `make run` in one terminal; `make import`, `make token`, `make test` in another.
# Its environment is .venv, its database books.db. A variable that is set already stays as it is.
export HOST ?= 127.0.0.1
export PORT ?= 8000
export BOOKS_DATABASE ?= $(CURDIR)/books.db
export BOOKS_SECRET ?= for development only, at least 32 characters
export BOOKS_EDITOR ?= editor
export BOOKS_PASSWORD ?= change-me
export PATH := $(CURDIR)/.venv/bin:$(PATH)
PYTHON ?= python3
PROCESS = sh -c "exec $$(sed -n 's/^$(1): //p' Procfile) $(2)"

.PHONY: run import token test

run: .venv/installed
	$(call PROCESS,release)
	$(call PROCESS,web)

import: .venv/installed books.csv
	$(call PROCESS,import,books.csv)

token:
	@curl --silent --header 'Content-Type: application/json' http://$(HOST):$(PORT)/api/token \
		--data '{"username": "$(BOOKS_EDITOR)", "password": "$(BOOKS_PASSWORD)"}'

test: .venv/installed
	$(call PROCESS,test)

.venv/installed: requirements.txt
	$(PYTHON) -m venv .venv
	python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

books.csv:
	printf 'title,isbn,published,pages,author\r\n' > $@
	printf 'Flatland,9780000000019,1884-10-01,96,Edwin A. Abbott\r\n' >> $@
	printf 'The Time Machine,9780000000026,1895-05-07,,H. G. Wells\r\n' >> $@
	printf 'Utopia,9780000000033,1516-12-01,144,Thomas More\r\n' >> $@
