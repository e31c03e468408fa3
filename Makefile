# Two commands: `make demo` and `make test`. Both create the environment once and install what is locked.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := var/demo
WAREHOUSE := duckdb:///$(DEMO)/warehouse.duckdb

.PHONY: demo test check lock clean

$(VENV)/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Mingce needs Python 3.11 to 3.13; name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 2; }
	@echo "Installing what requirements.lock names into $(VENV) (a few minutes, once)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The demo makes its own key, once: without it no token can be made, and none can be guessed.
demo: $(VENV)/installed
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@(umask 077; $(BIN)/python -c 'import secrets; print(secrets.token_hex(32))' > $(DEMO)/token.key)
	$(BIN)/mingce sample --pack packs/bank --customers 10000 --seed 1 --out $(DEMO)/source
	MINGCE_TOKEN_KEY=$$(cat $(DEMO)/token.key) $(BIN)/mingce run --pack packs/bank --source $(DEMO)/source \
		--lake $(DEMO)/lake --warehouse $(WAREHOUSE)
	$(BIN)/mingce report --period 2026Q3 -o $(DEMO)/report.html --warehouse $(WAREHOUSE)
	$(BIN)/mingce query --tier analyst --warehouse $(WAREHOUSE) \
		"SELECT customer_id, full_name, mobile, birth_date, home_address FROM customer WHERE customer_type = 'individual' LIMIT 3"
	@echo "The report: $(DEMO)/report.html   The files: $(DEMO)/source   What they were made from: $(DEMO)/source/truth"

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report=term:skip-covered --cov-fail-under=90

lock:
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock

clean:
	rm -rf $(VENV) var build dist *.egg-info
