# Works with GNU make 3.81 and newer. Anything longer than a line is in scripts/.
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) example_site/manage.py
VENV := .venv/.installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test bench lint docs clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV) ## Serve the demo site on 127.0.0.1:$PORT (8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
# The reloader's second process would go on serving after make was ended.
	@$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: $(VENV) ## Run all tests; more options for pytest in ARGS
	@scripts/test $(ARGS)

bench: $(VENV) ## Run the benchmarks; options in ARGS (--quick)
	@$(PYTHON) -m tests.benchmarks $(ARGS)

lint: $(VENV) ## Check style, templates, imports, migrations, types and docs
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/lint
	@$(PYTHON) -m tox run --quiet -e types
	@$(MAKE) --no-print-directory docs

docs: $(VENV) ## Build the documentation in docs/_build/html
	@$(PYTHON) -m sphinx --quiet --fail-on-warning --keep-going -b html docs docs/_build/html

clean: ## Remove all that the other targets made, the demo's database included
	rm -rf .venv .tox .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf build dist docs/_build example_site/db.sqlite3 example_site/media
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): pyproject.toml
	@scripts/make-venv
	@touch $@
