"""The page of figures leads to commands and files that are there."""

import re
from pathlib import Path

import pytest

from benchmarks.__main__ import MEASURES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MEASURES)
def test_the_page_names_every_table_that_can_be_run_alone(name: str) -> None:
    assert f"| `{name}` |" in PAGE


def test_every_file_that_the_page_names_is_there() -> None:
    named = re.findall(r"`((?:benchmarks|requirements|docs|tests)/[\w./-]+)`", PAGE)

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
