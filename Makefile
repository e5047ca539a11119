# Each target sets up what it needs: its own .venv, every file checked against its hash.
# On a bare Debian 12: apt install python3 python3-venv make git
PYTHON ?= python3
PORT ?= 8080
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: demo run test check snapshots screenshots films bench lock

demo: .venv/run.done
	@PORT=$(PORT) $(BIN)/python -m bot demo

run: .venv/run.done
	@$(BIN)/python -m bot run

test: .venv/dev.done
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" && export CHROMIUM && \
	$(BIN)/python -m pytest --cov --cov-report=term

check: .venv/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check

# after a wanted change of words or screens: look at the diff of tests/data/screens
snapshots: .venv/dev.done
	@UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/screens

screenshots: .venv/dev.done
	@$(BIN)/python -m tests.screenshots

# after a change of key frames, doses or of how they are drawn; ffmpeg must be there
films: .venv/draw.done
	@$(BIN)/python -m bot draw && $(BIN)/python -m bot draw --sheet docs/films.png

bench: .venv/dev.done
	@$(BIN)/python -m benchmarks

# new versions: edit pyproject.toml, then this; hashes stay, addresses of indexes never enter; what runs is what is tested
lock: .venv/dev.done
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --extra dev --constraint requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --extra draw --constraint requirements/run.txt pyproject.toml -o requirements/draw.txt

.venv/venv.done:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed: make PYTHON=python3.12 ..." >&2; exit 78; }
	@echo "Setting up .venv (once) ..."
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv does not work here. On Debian: apt install python3-venv" >&2; exit 78; }
	@touch $@

.venv/%.done: requirements/%.txt .venv/venv.done
	@echo "Installing what '$*' needs, each file checked against its hash ..."
	@$(PIP) -r $<
	@touch $@
