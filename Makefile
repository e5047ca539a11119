# Each target sets up what it needs: its own .venv, every file checked against its hash.
# On a bare Debian 12: apt install python3 python3-venv make git
PYTHON ?= python3
PORT ?= 8080
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: setup demo run test check chaos chaos-inbound fuzz day image snapshots weights reference screenshots tour films bench lock

# for a service: all that it needs, byte code included, and nothing is started
setup: .venv/run.done
	@$(BIN)/python -m compileall -q bot deploy

demo: .venv/run.done
	@PORT=$(PORT) $(BIN)/python -m bot demo

run: .venv/run.done
	@$(BIN)/python -m bot run

test: .venv/dev.done
	@CHROMIUM="$$($(BIN)/python -m tests.chromium)" && export CHROMIUM && \
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --cov --cov-report=term

check: .venv/dev.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m bot check
	$(BIN)/python -m deploy.check_files

# the tests that kill the bot with signal 9, as often as a long night allows; or, with RUN, one series and
# its figures (docs/reliability.md): make chaos RUN=reminders N=1000 SEED=1
KILLS ?= 200
chaos: .venv/dev.done
ifdef RUN
	@$(BIN)/python -m tests.chaos $(RUN) $(if $(N),--number $(N)) $(if $(SEED),--seed $(SEED))
else
	@KILLS=$(KILLS) $(BIN)/python -m pytest tests/chaos tests/store/test_sqlite_crash.py
endif

# the same while a hundred messages wait, by polling and by webhook; prints the figures
chaos-inbound: .venv/dev.done
	@$(BIN)/python -m tests.chaos.inbound --kills $(KILLS) $(if $(SEED),--seed $(SEED))

# updates and button strings that nobody should send, at the whole bot; prints what went wrong
COUNT ?= 100000
fuzz: .venv/dev.done
	@$(BIN)/python -m tests.telegram.fuzz --count $(COUNT) $(if $(SEED),--seed $(SEED))

# a day in virtual time: people in 12 zones, faults, restarts, sleep; the same seed gives the same log
USERS ?= 10000
day: .venv/dev.done
	@$(BIN)/python -m tests.chaos.virtual --users $(USERS) $(if $(SEED),--seed $(SEED))

# as root, without a Docker engine: built, then started, chatted with, stopped, copied and brought back
image:
	@deploy/build_image.sh
	@deploy/try_image.sh

# after a wanted change of words or screens: look at the diff of tests/data/screens
snapshots: .venv/dev.done
	@UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -q tests/screens

# after a change of rules for acute symptoms or of labelled messages: what the screening learns from them
weights: .venv/dev.done
	@$(BIN)/python -m bot teach tests/data/voices

# after a change of settings, commands, buttons or standard texts
reference: .venv/dev.done
	@$(BIN)/python -m tests.docs.reference

screenshots: .venv/dev.done
	@$(BIN)/python -m tests.screenshots

# needs ffmpeg (apt install ffmpeg)
tour: .venv/dev.done
	@$(BIN)/python -m tests.moving_picture

# after a change of key frames, doses or of how they are drawn; ffmpeg must be there
films: .venv/draw.done
	@$(BIN)/python -m bot draw && $(BIN)/python -m bot draw --sheet docs/films.png

# all of it, or one table: make bench ONLY=reminding
bench: .venv/dev.done .venv-peers/ours.done .venv-peers/peers.done .venv-peers/grammy.done
	@$(BIN)/python -m benchmarks $(addprefix --only ,$(ONLY))

# new versions: edit pyproject.toml, then this; hashes stay, addresses of indexes never enter; what runs is what is tested
lock: .venv/dev.done
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate --extra dev --constraint requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-header --no-annotate requirements/peers.in -o requirements/peers.txt
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

# the bots that ours is measured beside want other versions than ours: they live in an environment of their own
.venv-peers/peers.done: requirements/peers.txt .venv/venv.done
	@echo "Setting up .venv-peers, for the bots that ours is measured beside ..."
	@$(PYTHON) -m venv .venv-peers
	@.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# ours as an operator has it: what the development environment holds besides would be imported too
.venv-peers/ours.done: requirements/run.txt .venv-peers/peers.done
	@$(PYTHON) -m venv .venv-peers/ours
	@.venv-peers/ours/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# without Node, or where npm cannot install, the report says that grammY was left out
.venv-peers/grammy.done: benchmarks/peers/grammy/package.json .venv-peers/peers.done
	@mkdir -p .venv-peers/grammy && cp $< .venv-peers/grammy/
	@if command -v npm >/dev/null && npm install --prefix .venv-peers/grammy --silent --ignore-scripts --no-package-lock --no-audit --no-fund; then touch $@; fi
