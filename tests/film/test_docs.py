"""docs/films.md names every word that a film may use."""

from pathlib import Path

import pytest

from bot.core.film import BASES, GRIPS, PARTS, PLANTED, PROPS, RANGES
from bot.film.pose import POSES
from bot.film.props import STANDS
from tests.film.measure import CONTENT

PAGE = (CONTENT.parent / "docs/films.md").read_text("utf-8")
WORDS = sorted(
    {angle for view in RANGES.values() for angle in view}
    | {base for bases in BASES.values() for base in bases}
    | {anchor for bases in BASES.values() for anchors in bases.values() for anchor in anchors}
    | {prop for props in PROPS.values() for prop in props}
    | {*RANGES, *PARTS, *PLANTED, *GRIPS}
)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_a_film_is_described(word: str) -> None:
    assert f"`{word}`" in PAGE


def test_the_example_is_the_film_that_it_shows() -> None:
    block = PAGE.split("    [film]\n")[1].split("\n\n")[0].replace("\n    ", "\n").strip()
    assert block in Path(CONTENT / "exercises/cat-cow/exercise.toml").read_text("utf-8")


def test_every_base_pose_and_every_thing_around_can_be_drawn() -> None:
    assert {(view, base) for view, bases in BASES.items() for base in bases} == set(POSES)
    assert {(view, prop) for view, props in PROPS.items() for prop in props} == STANDS
