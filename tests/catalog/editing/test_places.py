from pathlib import Path

import pytest

from bot.catalog.editing.places import line_of


@pytest.mark.parametrize(
    ("said", "line"),
    [("two", 2), ("bold word — here", 4), ("bold word elsewhere", 4), (" ,", 5), ("zzz", 1)],
)
def test_words_are_found_at_their_line_also_through_marks(
    tmp_path: Path, said: str, line: int
) -> None:
    file = tmp_path / "page.md"
    file.write_text("One\nTwo\n\nA **Bold** word — here\nSo , that\n", "utf-8")

    assert line_of(file, said) == line
