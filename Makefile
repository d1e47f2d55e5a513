# `make help` lists what there is. Every target sets up .venv by itself and is quick when it stands.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test check fix run worker train evaluate bench lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("SatyaSell needs Python 3.11 or newer; set PYTHON=python3.11 (or newer)" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what constraints.txt pins into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(READY) ## play a shop's day of chats through the real service, live in this terminal
	@$(BIN)/satyasell demo $(ARGS)

test: $(READY) ## run all tests
	@$(BIN)/pytest $(ARGS)

check: $(READY) ## format, lint, types and import contracts, without changing a file
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(READY) ## format, and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

run: $(READY) ## start the service (API and workers)
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
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
