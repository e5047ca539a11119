"""What readers of other files raise becomes one finding with its place."""

from pathlib import Path

import pytest

from bot.catalog.problems import Findings, shown
from bot.errors import ContentError


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a/b.toml:7: wrong.", "a/b.toml:7: wrong. Fix: mend it."),
        ("a/b.toml: wrong.", "a/b.toml:1: wrong. Fix: mend it."),
        ("wrong.", "here.toml:1: wrong. Fix: mend it."),
    ],
)
def test_an_error_keeps_the_place_that_it_names(text: str, line: str) -> None:
    findings = Findings()
    findings.error(Path("here.toml"), ContentError(text, "mend it."))
    assert [str(problem) for problem in findings.all] == [line]


def test_a_path_with_a_line_break_is_shown_on_one_line() -> None:
    assert shown(Path("a\nb/тепло.md")) == "a\\nb/тепло.md"
