"""Every log record of ours has a stable event, and the reference says what each means."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

REFERENCE = ROOT / "docs" / "reference" / "events.md"
ROW = re.compile(r"\| `([a-z_.]+)` \| ([a-z]+) \| .+ \| .+ \|")
NAME = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")
LOGGERS = {"log", "_log", "LOG"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}


def log_calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=logger), attr=level)) if (
                logger in LOGGERS and level in LEVELS
            ):
                yield node


def named(node: ast.AST) -> Iterator[str]:
    """Yield the events that dictionaries within ``node`` name, each written out."""
    for found in ast.walk(node):
        if isinstance(found, ast.Dict):
            for pair in zip(found.keys, found.values, strict=True):
                match pair:
                    case (ast.Constant("event"), ast.Constant(str(event))):
                        yield event


def extra_of(call: ast.Call) -> ast.expr:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "extra"]
    assert given, f"{ast.unparse(call)} names no event"
    return given[0]


def level_of(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return "error" if call.func.attr == "exception" else call.func.attr


def sources() -> list[Path]:
    return sorted((ROOT / "bot").rglob("*.py"))


def described() -> dict[str, str]:
    rows = [line for line in REFERENCE.read_text("utf-8").splitlines() if line.startswith("| `")]
    return {found[1]: found[2] for row in rows if (found := ROW.fullmatch(row))}


def made() -> set[str]:
    trees = (ast.parse(file.read_text("utf-8")) for file in sources())
    return {event for tree in trees for event in named(tree)}


def test_every_log_call_hands_its_event_over_by_name() -> None:
    calls = [call for file in sources() for call in log_calls(file.read_text("utf-8"))]

    assert len(calls) > 20
    for call in calls:
        extra = extra_of(call)
        assert list(named(extra)) or isinstance(extra, ast.Name), ast.unparse(call)


def test_the_reference_and_the_code_know_the_same_events() -> None:
    assert sorted(made()) == list(described())


def test_an_event_is_named_after_its_part_and_what_happened() -> None:
    assert [name for name in made() if not NAME.fullmatch(name)] == []


def test_the_reference_gives_each_event_the_level_it_is_logged_with() -> None:
    levels = {
        (event, level_of(call))
        for file in sources()
        for call in log_calls(file.read_text("utf-8"))
        for event in named(extra_of(call))
    }

    assert levels <= set(described().items())


@pytest.mark.parametrize("text", ['log.info("x")', 'log.error("x", extra={"a": 1})'])
def test_a_log_call_without_an_event_would_be_found(text: str) -> None:
    (call,) = log_calls(text)
    with pytest.raises(AssertionError):
        assert list(named(extra_of(call))), text
