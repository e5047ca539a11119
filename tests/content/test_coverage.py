"""Every part of the source articles has a home, and every answer is named."""

import re

from bot.catalog.editing.runs import digests
from bot.core.content import Content
from tests.content.test_content import FOLDER
from tests.content.test_wording import RUNS
from tests.docs.markdown import rows

TEXT = (FOLDER / "COVERAGE.md").read_text("utf-8")
ROWS = rows(TEXT)
PARTS = 52


def named(cell: str) -> list[str]:
    return re.findall(r"`([a-z-]+)`", cell)


def test_every_part_of_the_five_articles_is_a_row_of_its_own() -> None:
    parts = [part for part, _ in ROWS]

    assert len(parts) == len(set(parts)) == PARTS
    assert {part[:9] for part in parts} == {f"Article {n}" for n in range(1, 6)}


def test_every_answer_that_a_row_names_is_there_and_each_is_named(content: Content) -> None:
    answers = {name for _, cell in ROWS if not cell.startswith("text") for name in named(cell)}
    texts = {name for _, cell in ROWS if cell.startswith("text") for name in named(cell)}

    assert answers == set(content.entries)
    assert texts == {"disclaimer"} <= {name for name, _ in content.texts}
    assert all(named(cell) for _, cell in ROWS)


def test_the_parts_are_told_in_words_of_our_own() -> None:
    known = frozenset(RUNS.read_text("ascii").split())

    assert [run for run, digest in digests(TEXT) if digest in known] == []
