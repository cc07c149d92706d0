# Phiên chợ. `make help` lists what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

PORT ?= 8000
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
VAR := $(or $(SHOP_VAR_DIR),.var)
# What was prepared is remembered for each database.
DATABASE := $(shell echo "$(DATABASE_URL)" | cksum | cut -d' ' -f1)
READY := $(VAR)/ready-$(DATABASE)
QUALITY := bench/quality/node_modules/.package-lock.json

MIGRATIONS := $(wildcard */migrations/*.py */*/migrations/*.py)
DEMO := $(shell find cms/demo catalogue/data shop/places/data -type f -not -name '*.pyc' 2>/dev/null)

# The embedded database is gone, so is what was remembered of it.
ifeq ($(DATABASE_URL)$(wildcard $(VAR)/shop.sqlite3),)
$(shell rm -f $(READY).migrated $(READY).demo)
endif

.PHONY: help run test test-postgres lint format lock fuzz audit licences screenshots lighthouse nu axe chromium redis template clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(READY).demo ## Demo shop on http://127.0.0.1:8000 (PORT=… for another port)
	@export BASE_URL="$${BASE_URL:-http://127.0.0.1:$(PORT)}" BIND=127.0.0.1:$(PORT); \
	exec $(BIN)/gunicorn -c python:shop.serving shop.wsgi

test: $(VENV)/installed-dev chromium redis template ## All tests on SQLite, or where DATABASE_URL says
	$(BIN)/pytest -n $(JOBS) -m "not browser" $(ARGS)
	$(BIN)/pytest -n $(JOBS) -m browser $(ARGS)

test-postgres: $(VENV)/installed-dev ## The same tests on PostgreSQL (starts it where it may)
	@url=$$(.ci/postgres) && DATABASE_URL="$$url" $(MAKE) test

lint: $(VENV)/installed-dev ## Style, types, imports, missing migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	SHOP_MODE=test DATABASE_URL=sqlite://:memory: $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# What a production shop is told; the addresses are never asked.
PRODUCTION = SHOP_MODE=production SECRET_KEY=$$(head -c 48 /dev/urandom | base64 -w0) \
	ALLOWED_HOSTS=phiencho.example BASE_URL=https://phiencho.example \
	DATABASE_URL=postgresql://shop@localhost/shop REDIS_URL=redis://localhost:6379/0 TRUSTED_PROXIES=1

format: $(VENV)/installed-dev ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/installed-dev ## Pin what pyproject.toml asks for, with hashes
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --group dev -c requirements.txt -o tests/requirements.txt

LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock"

fuzz: $(VENV)/installed-dev template ## Hostile requests to every page and form: no 500 (REQUESTS=20000 SEED=1)
	$(BIN)/python -m tests.fuzz --requests $(or $(REQUESTS),20000) --seed $(or $(SEED),1)

# A service that cannot be asked must not look like a clean answer: --strict fails on what is skipped.
audit: $(VENV)/installed-dev ## Known vulnerabilities of the pinned packages (AUDIT=osv asks osv.dev, not pypi.org)
	@for list in requirements.txt tests/requirements.txt; do \
		said=$$($(BIN)/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
			--vulnerability-service $(or $(AUDIT),pypi) --requirement $$list 2>&1) \
			&& { echo "$$list: $$said"; continue; }; \
		if grep -qE "could not be audited|ConnectionError|ServiceError|Max retries" <<<"$$said"; then \
			tail -n 1 <<<"$$said"; \
			echo "$$list: KHÔNG KIỂM ĐƯỢC. Không hỏi được dịch vụ về lỗ hổng; kết quả này không nói gì về các gói."; \
			echo "$$list: NOT AUDITED. The vulnerability service could not be asked; this says nothing about the packages."; \
			exit 2; \
		fi; \
		echo "$$said"; echo "$$list: CÓ LỖ HỔNG, xem ở trên. VULNERABLE, see above."; exit 1; \
	done

licences: $(VENV)/installed-dev ## Write docs/licences.md: the licence of every package that the shop runs on
	@{ echo "# Licences"; echo; \
	echo "Every package in \`requirements.txt\`, as its own metadata says. Written by \`make licences\`."; echo; \
	$(BIN)/pip-licenses --from=mixed --format=markdown --order=name --with-urls --no-version \
		--packages $$(grep -oE '^[A-Za-z0-9._-]+==' requirements.txt | tr -d =); } > docs/licences.md
	@echo docs/licences.md

screenshots: $(VENV)/installed-dev chromium template ## Every page at three widths into .var/screenshots
	$(BIN)/pytest -m browser tests/browser/test_every_page.py $(ARGS)
	@echo ".var/screenshots:" && ls .var/screenshots | wc -l

lighthouse: $(READY).demo $(QUALITY) chromium ## Lighthouse on a phone over the demo shop (ARGS=--runs=1)
	$(BIN)/python bench/quality/lighthouse.py $(ARGS)

nu: $(READY).demo $(QUALITY) ## The Nu HTML checker over every kind of page (needs Java)
	$(BIN)/python bench/quality/nu.py $(ARGS)

axe: $(VENV)/installed-dev chromium template ## axe-core over every kind of page at two widths
	$(BIN)/pytest -m browser tests/browser/test_quality.py $(ARGS)

template: $(VENV)/installed-dev # The database that tests copy
	@$(BIN)/python -m tests.database

# Debian's packages, where they may be installed; the tests say so where they may not.
chromium: PACKAGE = chromium
chromium: COMMANDS = chromium chromium-browser
redis: PACKAGE = redis-server
redis: COMMANDS = redis-server
chromium redis: # What the tests drive: a browser, a cache server
	@{ command -v $(firstword $(COMMANDS)) || command -v $(lastword $(COMMANDS)); } >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && { \
		echo "Cài gói $(PACKAGE)… (installing Debian's $(PACKAGE))"; \
		apt-get install -y -q --no-install-recommends $(PACKAGE) >/dev/null \
		|| { apt-get update -q >/dev/null && apt-get install -y -q --no-install-recommends $(PACKAGE) >/dev/null; }; }; } \
	|| echo "Thiếu $(PACKAGE): hãy cài gói ấy (apt-get install $(PACKAGE)). Some tests need it."

clean: ## Remove environment, demo data and caches
	rm -rf $(VENV) $(VAR) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- What the above stand on ----------------------------------------------------------------------

$(VENV)/bin/python:
	@for python in python3.11 python3 python; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then \
			"$$python" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			echo "Không tạo được môi trường ảo. Debian: apt-get install python3.11-venv" >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Cần Python 3.11 (python3.11 trong PATH). Python 3.11 is needed and was not found." >&2; \
	exit 1

# The lists have hashes and name every package, so pip need not ask what else is needed.
$(VENV)/installed: requirements.txt | $(VENV)/bin/python
	@echo "Cài các gói Python… (installing Python packages)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: tests/requirements.txt $(VENV)/installed
	@echo "Cài các gói để kiểm thử… (installing packages for the tests)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --no-deps --require-hashes -r tests/requirements.txt
	@touch $@

$(QUALITY): bench/quality/package-lock.json
	@command -v npm >/dev/null || { echo "Cần Node.js 20 (npm). Node.js is needed to measure pages." >&2; exit 1; }
	@echo "Cài các công cụ đo… (installing the measuring tools)"
	@cd bench/quality && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(READY).migrated: $(VENV)/installed $(MIGRATIONS)
	@mkdir -p $(VAR)/static
	@echo "Chuẩn bị cơ sở dữ liệu… (migrating the database)"
	@$(BIN)/python manage.py migrate --no-input --verbosity 0
	@touch $@

$(READY).demo: $(READY).migrated $(DEMO)
	@$(BIN)/python manage.py load_demo --if-needed
	@touch $@
