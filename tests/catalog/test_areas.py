"""Parts of the body that a person can choose: read from routines.toml, mistakes told by line."""

from pathlib import Path

import pytest

from bot.catalog.folder import load
from tests.catalog.moving import add_exercises
from tests.catalog.small import problems

FIRST = """\
[[area]]
id = "legs"
title = { en = "Legs", ru = "Ноги" }
covers = ["legs"]

"""


def with_areas(folder: Path, text: str) -> Path:
    """Write areas before everything else."""
    moving = add_exercises(folder)
    file = moving / "routines.toml"
    file.write_text(text + file.read_text("utf-8"), "utf-8")
    return moving


def told(folder: Path) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in problems(folder)]


def test_areas_are_read_with_titles_and_what_they_cover(folder: Path) -> None:
    (legs,) = load(with_areas(folder, FIRST)).exercises.areas.values()

    assert legs.titles["ru"] == "Ноги"
    assert legs.covers == {"legs"}


def test_a_folder_may_have_no_areas(folder: Path) -> None:
    assert load(add_exercises(folder)).exercises.areas == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ('covers = ["legs"]', 'covers = ["arms"]', 4, "No exercise is for 'arms'."),
        ('covers = ["legs"]', "covers = []", 4, "'covers' is empty."),
        ('en = "Legs", ', "", 3, "The key 'en' is missing."),
        ("Ноги", "Н" * 37, 3, "The title has 37 characters."),
        ("title = {", "name = {", 1, "The key 'title' is missing."),
        ('id = "legs"', 'id = "legs"\nart = 1', 3, "Unknown key 'art'."),
        (FIRST, FIRST * 2, 7, "The area 'legs' stands here twice."),
        (FIRST, FIRST * 8, 1, "There are 8 areas."),
    ],
)
def test_a_mistake_in_an_area_is_told_by_its_line(
    folder: Path, old: str, new: str, line: int, text: str
) -> None:
    assert (line, text) in told(with_areas(folder, FIRST.replace(old, new)))
