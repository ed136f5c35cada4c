# Works with GNU make 3.81 and newer. Anything longer than a line is in scripts/.
PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) example_site/manage.py
VENV := .venv/.installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz bench lint docs clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: $(VENV) ## Serve the demo site on 127.0.0.1:$PORT (default: 8000)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
# Without --noreload, a second process would keep serving after make is stopped.
	@$(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

test: $(VENV) ## Run all tests; pass options to pytest in ARGS
	@scripts/test $(ARGS)

fuzz: $(VENV) ## Run the Hypothesis tests with many random examples; options in ARGS
	@HYPOTHESIS_PROFILE=fuzz $(PYTHON) -m pytest -n auto -m hypothesis $(ARGS)

bench: $(VENV) ## Run the benchmarks; pass options in ARGS (for example --quick)
	@$(PYTHON) -m tests.benchmarks $(ARGS)

lint: $(VENV) ## Check code, templates, styles, workflows, types, dependencies and docs
	@PATH="$(CURDIR)/.venv/bin:$$PATH" scripts/lint
	@$(PYTHON) -m tox run --quiet -e types
	@$(PYTHON) -m tox run --quiet -e audit
	@$(MAKE) --no-print-directory docs

docs: $(VENV) ## Build the documentation in docs/_build/html
	@$(PYTHON) -m sphinx --quiet --fail-on-warning --keep-going -b html docs docs/_build/html

clean: ## Remove everything that the other targets create, including the demo database
	rm -rf .venv .tox .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf build dist docs/_build node_modules example_site/db.sqlite3* example_site/media
	rm -f .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV): pyproject.toml
	@scripts/make-venv
	@touch $@
