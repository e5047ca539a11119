"""Whatever a document names exists: links, make targets, commands, settings, paths."""

import re
from pathlib import Path

import pytest

from bot.__main__ import COMMANDS
from bot.settings import PREFIX, Settings
from tests.docs.markdown import ROOT, documents

FILES = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in documents()}
DECISIONS = ROOT / "docs" / "decisions"
LINK = re.compile(r"\]\((?P<to>[^)\s]+)\)|src=\"(?P<picture>[^\"]+)\"")
CODE = re.compile(r"`([^`\n]+)`|^(?: {4}|\t)(.+)$", re.MULTILINE)
PATH = re.compile(r"(?:bot|tests|docs|content|deploy|benchmarks|requirements)/[\w./*<>-]+[\w*>]")
WRITTEN_BY_HAND = (ROOT / "deploy" / "token.txt", ROOT / "deploy" / ".env")

each = pytest.mark.parametrize("name", FILES)


def called(text: str) -> str:
    """Return all code of a document, a piece a line."""
    return "\n".join("".join(found) for found in CODE.findall(text))


@each
def test_each_link_inside_the_repository_leads_to_a_file(name: str) -> None:
    targets = [found["to"] or found["picture"] for found in LINK.finditer(FILES[name])]
    inner = [to.partition("#")[0] for to in targets if not re.match(r"https?:|#", to)]

    assert [to for to in inner if not (ROOT / name).parent.joinpath(to).exists()] == []


@each
def test_each_make_target_that_a_document_names_exists(name: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    lines = [line for line in called(FILES[name]).split("\n") if "apt install" not in line]
    named = re.findall(r"\bmake ([a-z]+)", "\n".join(lines))

    assert set(named) <= set(targets)


@each
def test_each_command_that_a_document_names_exists(name: str) -> None:
    code = called(FILES[name])
    bare = set(re.findall(r"python -m bot ([a-z-]+)", code))
    modules = re.findall(r"python -m ((?:tests|benchmarks)[\w.]*)", code)
    files = [ROOT.joinpath(*module.split(".")) for module in modules]

    assert bare <= set(COMMANDS)
    assert [
        f for f in files if not (f.with_suffix(".py").exists() or (f / "__main__.py").exists())
    ] == []


@each
def test_each_setting_that_a_document_names_is_one(name: str) -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields} | {"BOT_TOKNE"}

    assert set(re.findall(r"\bBOT_[A-Z_]*[A-Z]", FILES[name])) <= known


@each
def test_each_path_that_a_document_names_is_there(name: str) -> None:
    paths = PATH.findall(called(FILES[name]))

    assert [path for path in paths if not exists(re.sub(r"<[a-z]+>", "*", path))] == []


def exists(path: str) -> bool:
    """Return whether a file, a folder or a module (named without its ending) is there."""
    found = [*ROOT.glob(path), *ROOT.glob(f"{path}.py")]
    return bool(found) or ROOT / path in WRITTEN_BY_HAND


def test_the_index_of_decisions_names_each_record_in_order() -> None:
    named = re.findall(r"\((\d{4}-[a-z-]+\.md)\)", FILES["docs/decisions/README.md"])

    assert named == sorted(file.name for file in DECISIONS.glob("[0-9]*.md"))


@pytest.mark.parametrize("file", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda file: file.stem)
def test_a_decision_says_when_why_what_and_what_follows(file: Path) -> None:
    text = file.read_text("utf-8")
    number = int(file.name[:4])

    assert text.startswith(f"# {number}. ")
    assert re.search(r"^20\d\d-\d\d, (in force|replaced by \d+)$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert text.count("\n") <= 30


def test_the_moving_picture_is_small_and_moves() -> None:
    picture = (ROOT / "docs" / "tour.gif").read_bytes()

    assert len(picture) <= 600_000
    assert picture.count(b"\x21\xf9\x04") > 10  # each frame has such a block
