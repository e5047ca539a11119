"""Seven words in a row that are another text's are found at their line."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.catalog.editing.runs import known_runs
from bot.errors import ContentError
from tests.catalog.editing.said import said
from tests.catalog.small import edit
from tests.conftest import ROOT

OTHER = "Long ago: a cat sat on the warm mat and then it slept all day. The end."
TAKEN = "First line.\n\nSo a **cat** sat on the warm mat, and then it slept all day."


@pytest.fixture
def other(tmp_path: Path) -> Path:
    file = tmp_path / "other.txt"
    file.write_text(OTHER, "utf-8")
    return file


def test_a_run_of_another_text_is_told_once_where_it_begins(folder: Path, other: Path) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", TAKEN)

    assert said(folder, other) == [
        (
            "faq/heat/en.md:8: From here words are those of other.txt: 'a cat sat on the warm mat'."
            " Fix: say it in your own words."
        )
    ]


def test_six_words_in_a_row_may_be_chance(folder: Path, other: Path) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", "A cat sat on the warm floor.")

    assert said(folder, other) == []


def test_digests_of_a_text_find_the_same_without_the_text(folder: Path, other: Path) -> None:
    edit(folder / "faq/heat/en.md", "Use **warmth**.", TAKEN)
    plain = said(folder, other)
    command = [sys.executable, "-m", "bot.catalog.editing.runs", str(other)]
    digests = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert "cat" not in digests
    other.write_text(digests, "ascii")

    assert said(folder, other) == plain


def test_a_file_to_compare_with_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        known_runs(tmp_path / "gone.txt")
    (tmp_path / "raw").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match="cannot be read"):
        known_runs(tmp_path / "raw")
