"""An outdated, missing or swapped film is noticed."""

from pathlib import Path

import pytest

from bot.catalog.folder import load
from bot.commands.draw import draw
from bot.core.exercises import Exercise
from bot.film.record import NAME, outdated, read_records
from tests.catalog.small import edit
from tests.film.studio import content_with_a_film, studio

NOD = "exercises/nod/exercise.toml"


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    folder = content_with_a_film(tmp_path / "content")
    draw(folder, {"nod": exercise(folder)}, [], studio(tmp_path / "studio"))
    return folder


def exercise(folder: Path, name: str = "nod") -> Exercise:
    return load(folder).exercises.exercises[name]


def wrong(folder: Path) -> str:
    return outdated(exercise(folder), read_records(folder).get("nod"))


def test_a_film_that_was_just_drawn_is_up_to_date(drawn: Path) -> None:
    assert wrong(drawn) == ""
    assert [path.name for path in (exercise(drawn).film, exercise(drawn).poster) if path] == [
        "move.mp4",
        "poster.png",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("neck = 30", "neck = 31"),
        ("times = 8", "times = 9"),
        ("hold = 0.5", "hold = 0.7"),
        ("each_way = 3", "each_way = 2"),
        ('"head", "neck"', '"head"'),
        ('props = ["chair"]\n', ""),
        ("close = 1", "close = 1.2"),
        ("frames = [", "poster = 1\nframes = ["),
    ],
)
def test_a_change_of_frames_dose_or_look_makes_it_out_of_date(
    drawn: Path, old: str, new: str
) -> None:
    edit(drawn / NOD, old, new)
    assert wrong(drawn) == "The film is out of date."


def test_a_change_of_what_is_not_seen_does_not(drawn: Path) -> None:
    edit(drawn / NOD, "version = 1", "version = 2")
    edit(drawn / NOD, "    {},\n", "    { neck = 0, move = 3.0 },\n")
    assert wrong(drawn) == ""


@pytest.mark.parametrize("file", ["move.mp4", "poster.png"])
def test_a_swapped_file_is_noticed(drawn: Path, file: str) -> None:
    (drawn / "exercises/nod" / file).write_bytes(b"another")
    assert wrong(drawn) == "The film is not the one that was drawn."


@pytest.mark.parametrize("file", ["move.mp4", "poster.png"])
def test_a_missing_file_is_noticed(drawn: Path, file: str) -> None:
    (drawn / "exercises/nod" / file).unlink()
    assert wrong(drawn) == "The film or its poster is missing."


@pytest.mark.parametrize("text", ["", "[nod]\ninputs = 1", "[nod", "nod = 1"])
def test_a_broken_record_is_none(drawn: Path, text: str) -> None:
    (drawn / NAME).write_text(text, "utf-8")
    assert wrong(drawn) == "Nothing is recorded about the film."


def test_an_exercise_without_key_frames_may_have_a_film_of_its_own(drawn: Path) -> None:
    (drawn / "exercises/march/move.mp4").write_bytes(b"their own")
    march = exercise(drawn, "march")
    assert march.film is not None
    assert march.poster is None
    assert outdated(march, None) == ""
