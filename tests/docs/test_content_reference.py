"""The reference of the content names each file and each key that the checker knows, and no other."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from bot.catalog import exercises, faq, files, menu, routines, texts
from bot.catalog.folder import examine
from bot.settings import BUILT_IN_CONTENT
from tests.docs.content_keys import TABLES, known, needed, whole
from tests.docs.markdown import REFERENCE, quoted, rows, sections

WRITTEN = sections((REFERENCE / "content.md").read_text("utf-8"))
FILES = [quoted(row[0]) for row in rows(WRITTEN["Files"])]
HEADINGS = list(dict.fromkeys(table.heading for table in TABLES))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has one of everything."""
    return whole(tmp_path_factory.mktemp("reference") / "content")


def described(heading: str) -> dict[str, str]:
    """Return what the reference says of each key: whether it must be there."""
    before_lists = WRITTEN[heading].partition("<!--")[0]
    return {quoted(key): must for key, must, _what in rows(before_lists)}


def shipped() -> Iterator[str]:
    for path in BUILT_IN_CONTENT.rglob("*"):
        if path.is_file():
            yield path.relative_to(BUILT_IN_CONTENT).as_posix()


def test_the_folder_that_is_broken_key_by_key_is_whole(folder: Path) -> None:
    assert [str(one) for one in examine(folder) if one.severity == "problem"] == []


def test_every_file_of_the_content_is_described_and_every_described_one_exists() -> None:
    found = {file: [one for one in FILES if fnmatch(file, one)] for file in shipped()}

    assert [file for file, patterns in found.items() if len(patterns) != 1] == []
    assert {pattern for patterns in found.values() for pattern in patterns} == set(FILES)


def test_every_table_of_keys_in_the_reference_is_compared() -> None:
    keyed = [heading for heading, text in WRITTEN.items() if "| key | must |" in text]

    assert sorted(keyed) == sorted(HEADINGS)


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_keys_of_a_file_are_those_that_its_reader_asks_for(folder: Path, heading: str) -> None:
    tables = [table for table in TABLES if table.heading == heading]
    keys = set().union(*(known(folder, table) for table in tables))

    assert set(described(heading)) == keys


@pytest.mark.parametrize("heading", HEADINGS)
def test_what_must_be_there_is_what_the_checker_cannot_do_without(
    folder: Path, heading: str
) -> None:
    tables = [table for table in TABLES if table.heading == heading]
    for key, must in described(heading).items():
        wanted = {needed(folder, table, key) for table in tables}
        said = {"yes": {True}, "no": {False}}.get(must, {True, False})
        assert wanted == said, key


def test_limits_in_the_reference_are_those_of_the_code() -> None:
    text = (REFERENCE / "content.md").read_text("utf-8")
    for number, sentence in (
        (files.LONGEST_NAME, "at most {}; it is the folder's name"),
        (faq.LONGEST_TITLE["en"], "at most {} characters in English"),
        (faq.LONGEST_TITLE_ELSE, "in English, {} in other languages"),
        (exercises.LONGEST_CARD, "at most {} characters: with a film"),
        (routines.LONGEST_ID, "at most {} characters |"),
        (routines.DAYS, "Each list has {} turns"),
        (routines.CHANGE_SECONDS, "the steps and {} s between them"),
        (texts.FEWEST_LINES, "lines; at least {} that do not"),
    ):
        assert sentence.format(number) in re.sub(r"\s+", " ", text)
    assert (faq.MOST_RELATED, menu.MOST_CHOICES, exercises.MOST_STEPS) == (3, 7, 4)
