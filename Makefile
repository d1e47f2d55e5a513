# `make help` lists what there is. Every target sets up .venv by itself and is quick when it stands.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGE := api/page/built/.sources
PAGE_TOOLS := dashboard/node_modules/.with-tools
PAGE_SOURCES := $(shell find dashboard -type f -not -path '*/node_modules/*' -not -name schema.d.ts)

.DEFAULT_GOAL := help
.PHONY: help demo test check fix page contract run worker train evaluate bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("SatyaSell needs Python 3.11 or newer; set PYTHON=python3.11 (or newer)" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what constraints.txt pins into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Installing built the page already; this is for who changes it.
$(PAGE): $(READY) $(PAGE_SOURCES)
	@$(BIN)/python hatch_build.py
	@touch $@

$(PAGE_TOOLS): $(READY) dashboard/package-lock.json
	@echo "Installing what checks the page ..."
	@$(BIN)/python hatch_build.py ci
	@touch $@

demo: $(PAGE) ## play a shop's day of chats through the real service, live in this terminal
	@$(BIN)/satyasell demo $(ARGS)

test: $(PAGE) ## run all tests, three files at a time: many wait more than they work
	@$(BIN)/pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder $(ARGS)

check: $(READY) $(PAGE_TOOLS) ## format, lint, types and import contracts, without changing a file
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python hatch_build.py run --silent check

fix: $(READY) ## format, and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

page: $(PAGE) ## build the agents' page from dashboard/

contract: $(READY) ## write the API's description that the page is typed by, after a change of the API
	@$(BIN)/satyasell openapi > dashboard/openapi.json

run: $(PAGE) ## start the service (API and workers)
	@$(BIN)/satyasell serve $(ARGS)

worker: $(READY) ## start workers alone
	@$(BIN)/satyasell worker $(ARGS)

train: $(READY) ## learn the engine's weights from datasets/
	@$(BIN)/python -m training.train $(ARGS)

evaluate: $(READY) ## score the engine on the benchmark and on datasets/
	@$(BIN)/python -m training.evaluate $(ARGS)

bench: $(READY) ## measure speed: reading, linking to products, webhooks
	@$(BIN)/python -m tests.bench $(ARGS)

lock: $(READY) ## pin the newest versions in constraints.txt
	@$(BIN)/uv pip compile --quiet --upgrade --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--universal --python-version 3.11 --extra dev pyproject.toml -o constraints.txt

clean: ## remove .venv and what the tools left behind
	rm -rf api/page/built dashboard/node_modules $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
