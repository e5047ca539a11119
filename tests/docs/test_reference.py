"""The reference says what the code says: each part that the code tells, and nothing beside it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.app import App
from bot.clock import SystemClock
from bot.errors import BotError
from bot.settings import Settings, read_settings
from bot.store.urls import is_postgres, postgres_address, sqlite_path
from tests.docs.markdown import PART, REFERENCE, ROOT, quoted, rows, sections
from tests.docs.reference import PARTS, renewed

FILES = sorted(REFERENCE.glob("*.md"))
TEXTS = {file.name: file.read_text("utf-8") for file in FILES}
REFUSED = rows(sections(TEXTS["settings.md"])["What is refused"])
TARGETS = rows(sections(TEXTS["commands.md"])["make"])
SHELL = re.compile(r"^    \$ (?P<line>.+)\n(?P<said>(?:    .+\n)+)", re.MULTILINE)
EXAMPLES = list(SHELL.finditer(TEXTS["commands.md"]))


@pytest.mark.parametrize("name", TEXTS)
def test_the_reference_is_as_the_code_tells_it_now_else_call_make_reference(name: str) -> None:
    assert TEXTS[name] == renewed(TEXTS[name])


def test_the_reference_has_each_part_that_the_code_tells_once() -> None:
    written = [found["name"] for text in TEXTS.values() for found in PART.finditer(text)]

    assert sorted(written) == sorted(PARTS)


def test_each_command_has_a_section_and_each_section_is_a_command() -> None:
    assert [name for name in sections(TEXTS["commands.md"]) if name != "make"] == list(COMMANDS)


def test_each_make_target_is_described_and_each_described_one_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)

    assert sorted(quoted(row[0]) for row in TARGETS) == sorted(f"make {one}" for one in targets)


def refusal(tmp_path: Path) -> str:
    """Return what a start says about the settings of the environment; no connection is opened."""
    try:
        settings = read_settings()
        settings.read_token()
        read = postgres_address if is_postgres(settings.database) else sqlite_path
        read(settings.database)
        App(settings.model_copy(update={"data_dir": tmp_path}), "1:abc", SystemClock()).build()
    except BotError as error:
        return str(error)
    return "nothing"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: quoted(row[0]))
def test_each_value_that_the_reference_calls_refused_is_refused_in_those_words(
    row: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, _, value = quoted(row[0]).partition("=")
    monkeypatch.chdir(tmp_path)
    if not name.startswith("BOT_TOKEN"):
        monkeypatch.setenv("BOT_TOKEN", "1:abc")
    monkeypatch.setenv(name, value)

    said = refusal(tmp_path)
    assert row[1] in said
    assert value not in said.replace(row[1], "")


def test_each_setting_with_limits_of_its_own_shows_a_value_that_is_refused() -> None:
    limited = {name for name, field in Settings.model_fields.items() if field.metadata}
    checked = Settings.__pydantic_decorators__.field_validators.values()
    limited |= {name for one in checked for name in one.info.fields}

    assert {f"BOT_{one.upper()}" for one in limited} <= {
        quoted(row[0]).partition("=")[0] for row in REFUSED
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["line"])
def test_each_example_of_a_command_prints_what_the_reference_says(example: re.Match[str]) -> None:
    asked, piped, called = example["line"].rpartition(" | ")
    words = shlex.split(asked)[1:] if piped else []
    assert called.startswith("python -m bot ")

    said = subprocess.run(
        [sys.executable, *shlex.split(called)[1:]],
        input=" ".join(words),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert said.stdout == re.sub(r"^    ", "", example["said"], flags=re.MULTILINE)
