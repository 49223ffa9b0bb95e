# Two commands matter: `make run` and `make test`. Both set up everything they need; only Python 3.11+ is assumed.
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen --no-sync
# Networks with a certificate authority of their own install it in the system's store.
export UV_SYSTEM_CERTS ?= true

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint types contracts format bench bench-rules catalogue studio simulator clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.uv/bin/uv:
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check uv

setup: $(if $(filter .uv/bin/uv,$(UV)),.uv/bin/uv) .venv/.ready ## Create the environment

.venv/.ready: pyproject.toml uv.lock
	$(UV) sync --frozen --quiet --compile-bytecode
	@touch $@

run: setup ## Start the service on port 8100 (or PORT) with embedded defaults
	@$(RUN) llm-service serve

test: setup ## Run the tests
	$(RUN) pytest -n auto --dist loadgroup

check: lint types contracts test ## Everything that CI runs

lint: setup ## ruff: rules and format
	$(RUN) ruff check .
	$(RUN) ruff format --check .

types: setup ## pyright, strict
	$(RUN) pyright

contracts: setup ## Who may import whom
	$(RUN) lint-imports

format: setup ## Rewrite in house format
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

bench: setup ## Measure latency, throughput, start-up and memory against a bare LangServe route
	$(RUN) python -m scripts.bench

bench-rules: setup ## Measure the rules: precision and recall on labelled prose, and speed
	$(RUN) python -m scripts.bench_rules

catalogue: setup ## Rebuild the SRD's name catalogues from their sources
	$(RUN) python -m scripts.catalogue

studio: setup ## LangGraph Studio's server on the graphs of langgraph.json
	$(RUN) langgraph dev --no-browser

simulator: setup ## The model simulator alone, on port 8101
	$(RUN) llm-service simulator --port 8101

clean: ## Remove the environment and everything generated
	rm -rf .venv .uv data .pytest_cache .ruff_cache .import_linter_cache .hypothesis .langgraph_api
