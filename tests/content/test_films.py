"""The films that are sent: small, silent, square, as their key frames say, and told in words."""

import re
import struct
from pathlib import Path

import pytest

from bot.core.content import Content
from bot.film.record import outdated, read_records
from tests.content.mp4 import read
from tests.film.measure import CONTENT, NAMES, scene

KILO = 1024


def file(name: str, kind: str) -> Path:
    return CONTENT / "exercises" / name / kind


@pytest.mark.parametrize("name", NAMES)
def test_no_film_is_out_of_date(content: Content, name: str) -> None:
    wrong = outdated(content.exercises.exercises[name], read_records(CONTENT).get(name))
    assert wrong == "", f"{name}: {wrong} Run python -m bot draw {name}"


def test_nothing_is_recorded_that_is_not_there() -> None:
    assert sorted(read_records(CONTENT)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_film_is_small_square_silent_h264_that_plays_while_it_loads(name: str) -> None:
    film = read(file(name, "move.mp4"))
    assert file(name, "move.mp4").stat().st_size <= 60 * KILO
    assert film.size == (480, 480)
    assert film.coding == "avc1"
    assert film.tracks == ("vide",)
    assert film.order.index("moov") < film.order.index("mdat")


@pytest.mark.parametrize("name", NAMES)
def test_a_film_is_as_long_as_its_movements(name: str) -> None:
    film = scene(name)
    assert read(file(name, "move.mp4")).seconds == pytest.approx(film.frames / film.fps, abs=0.04)
    assert film.frames / film.fps == pytest.approx(film.line.seconds, abs=0.05)


@pytest.mark.parametrize("name", NAMES)
def test_a_poster_is_a_small_square_picture_with_a_palette(name: str) -> None:
    head = file(name, "poster.png").read_bytes()[:33]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height, _depth, colours = struct.unpack(">IIBB", head[16:26])
    assert (width, height) == (480, 480)
    assert colours == 3  # indexed
    assert file(name, "poster.png").stat().st_size <= 20 * KILO


def test_all_films_and_posters_together_take_less_than_three_megabytes() -> None:
    sizes = [
        file(name, kind).stat().st_size for name in NAMES for kind in ("move.mp4", "poster.png")
    ]
    assert sum(sizes) <= 3 * KILO * KILO


def test_the_sheet_of_all_films_is_there_and_not_large() -> None:
    assert (CONTENT.parent / "docs/films.png").stat().st_size <= 300 * KILO


def test_a_hold_in_the_film_is_the_hold_of_the_dose(content: Content) -> None:
    for name in NAMES:
        dose = content.exercises.exercises[name].dose
        held = [key.hold for key in scene(name).line.keys if key.hold and not key.other]
        several = {"far-look": sum(held)}  # looks far, then closes the eyes
        assert set(held) <= {dose.hold} or several.get(name) == dose.hold, name
        assert bool(held) == bool(dose.hold), name


def test_what_is_done_on_each_side_shows_both(content: Content) -> None:
    for name in NAMES:
        if content.exercises.exercises[name].dose.both_sides:
            assert {key.other for key in scene(name).line.keys} == {False, True}, name


def test_who_cannot_see_the_film_is_told_from_where_it_is_seen(content: Content) -> None:
    seen = {"side": ("Seen from the side", "Вид сбоку"), "top": ("Seen from above", "Вид сверху")}
    for name in NAMES:
        words = content.exercises.exercises[name].wording
        view = scene(name).script.view
        for language, which in (("en", 0), ("ru", 1)):
            begins = {
                other
                for other, said in seen.items()
                if words[language].picture.startswith(said[which])
            }
            assert begins == {view} & set(seen), (name, language)


def test_who_cannot_see_the_film_is_told_of_the_chair(content: Content) -> None:
    for name in NAMES:
        script = scene(name).script
        english, russian = (
            content.exercises.exercises[name].wording[x].picture for x in ("en", "ru")
        )
        if script.base == "sit":
            assert re.search("seated|chair", english), name
            assert re.search("сидит|стул", russian), name
        if script.base == "all4":
            assert "hands and knees" in english, name
            assert "четвереньках" in russian, name


def test_who_cannot_see_the_film_is_told_of_the_other_side(content: Content) -> None:
    for name in NAMES:
        if any(key.other for key in scene(name).line.keys):
            words = content.exercises.exercises[name].wording
            assert re.search(r"\bother\b|changes", words["en"].picture), name
            assert re.search("друг|меняет", words["ru"].picture), name
