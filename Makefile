# The two commands of every day: `make run` and `make test`. Each sets up first what is missing.

# The first Python from 3.11 to 3.13 (what constraints.txt was made for), else any newer one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 "$$HOME"/.pyenv/shims/python3.1[123] \
	"$$HOME"/.pyenv/versions/3.1[123]*/bin/python3; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo "$$p" && exit; done; \
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo python3)
ARGS ?=
VENV := .venv/bin
TEST := QT_QPA_PLATFORM=offscreen $(VENV)/python -m pytest -n 2 --dist loadgroup $(ARGS)

.DEFAULT_GOAL := run
.PHONY: setup run test bench lint frozen python

python:
	@test -n "$(PYTHON)" || { echo "Front Desk needs Python 3.11 or newer (on Debian: sudo apt-get install python3 python3-venv)." >&2; exit 3; }

setup: python
	@"$(PYTHON)" packaging/setup_env.py

run: python
	@"$(PYTHON)" packaging/setup_env.py $(if $(ARGS),,--display)
	@$(VENV)/python main.py $(ARGS)

lint: setup
	@$(VENV)/ruff check
	@$(VENV)/ruff format --check
	@$(VENV)/mypy
	@$(VENV)/lint-imports

test: python
	@"$(PYTHON)" packaging/setup_env.py --tests
	@$(MAKE) --no-print-directory lint PYTHON="$(PYTHON)"
	@$(TEST)

bench: setup
	@$(VENV)/python tests/benchmarks/run.py $(ARGS)

frozen: setup
	@$(VENV)/python packaging/freeze.py $(ARGS)
