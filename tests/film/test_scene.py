"""What a picture shows beside the figure: how often, how long, which side, what is in colour."""

import re
import xml.etree.ElementTree as ET

import pytest

from bot.core.exercises import Dose
from bot.core.film import PARTS, Frame, Script
from bot.film.canvas import Canvas
from bot.film.look import ACCENT, FAR_ACCENT
from bot.film.marks import SIGNS, badge, ring
from bot.film.scene import Scene
from tests.film.measure import NAMES, scene


def drawn_signs(svg: str) -> str:
    """The signs that are written in a picture, in order."""
    paths = {path: sign for sign, path in SIGNS.items()}
    return "".join(paths[path] for path in re.findall(r' d="([^"]+)"', svg) if path in paths)


def nod(*, sides: bool = False, times: int = 5, hold: float = 3.0) -> Scene:
    frames = (Frame({}, 2.0), Frame({"neck": (30.0, 30.0)}, 2.0, hold))
    script = Script("side", "sit", ("head", "far arm"), (), (), "hip", "", frames, poster=1)
    return Scene(script, Dose(times, hold, 2.0, sides, 60))


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_is_well_formed_and_has_no_words(name: str) -> None:
    svg = scene(name).svg(scene(name).poster)
    assert ET.fromstring(svg).get("viewBox") == "0 0 480 480"  # noqa: S314  # our own drawing
    assert "<text" not in svg


def test_the_corner_says_how_often_and_the_ring_how_many_seconds_are_left() -> None:
    film = nod()
    assert drawn_signs(film.svg(film.line.begins(1) + 0.5)) == "5x3"
    assert drawn_signs(film.svg(film.line.begins(1) + 1.5)) == "5x2"
    assert drawn_signs(film.svg(film.line.begins(1) + 2.9)) == "5x1"


def test_two_sides_have_their_mark() -> None:
    assert drawn_signs(nod(sides=True).svg(0)).startswith("5x<>")


def test_a_walk_says_its_seconds_beside_a_clock() -> None:
    assert drawn_signs(scene("short-walk").svg(0)) == "c60"


def test_the_ring_fills_during_the_hold_and_is_empty_on_the_way() -> None:
    film = nod()
    assert "A27.0,27.0" in film.svg(film.line.begins(1) + 1.5)
    assert "A27.0,27.0" not in film.svg(film.line.begins(1) - 0.5)


def test_a_film_without_a_hold_has_no_ring() -> None:
    assert drawn_signs(nod(hold=0.0).svg(1)) == "5x"


def test_the_ring_of_a_long_hold_goes_by_seconds() -> None:
    film = nod(hold=20.0)
    begin = film.line.begins(1)
    assert film.svg(begin + 1.1) == film.svg(begin + 1.9)
    assert film.svg(begin + 1.1) != film.svg(begin + 2.1)


def test_a_full_ring_is_closed() -> None:
    canvas = Canvas(1, (0, 0))
    ring(canvas, 3, 3)
    assert "Z" in canvas.parts[1]


def test_two_figures_are_wider_than_one() -> None:
    one, two = Canvas(1, (0, 0)), Canvas(1, (0, 0))
    badge(one, "5x")
    badge(two, "30x")
    widths = [float(re.findall(r'width="([\d.]+)"', canvas.parts[0])[0]) for canvas in (one, two)]
    assert widths[0] < widths[1]


def test_the_colour_goes_to_the_other_side_with_its_turn() -> None:
    film = nod(sides=True)
    mine, others = film.line.begins(1) + 0.5, film.line.begins(3) + 0.5
    assert FAR_ACCENT in film.svg(mine)
    assert FAR_ACCENT not in film.svg(others)
    assert ACCENT in film.svg(others)


@pytest.mark.parametrize("part", PARTS)
def test_from_the_side_every_part_may_bear_the_colour(part: str) -> None:
    frames = (Frame({}, 2.0), Frame({"neck": (30.0, 30.0)}, 2.0))
    script = Script("side", "sit", (part,), (), (), "hip", "", frames)
    assert ACCENT in Scene(script, Dose(5, 0, 2, both_sides=False, seconds=60)).svg(1)


def test_a_long_film_has_fewer_pictures_a_second() -> None:
    assert [film.fps for film in (nod(), nod(hold=30.0), nod(hold=50.0))] == [20, 15, 12]


def test_eyes_close_and_hands_open_where_the_frames_say_so() -> None:
    look, hands = scene("far-look"), scene("hand-open-close")
    assert look.svg(look.line.begins(1) + 1) != look.svg(look.line.begins(2) + 1)
    fists, spread = (hands.svg(hands.line.begins(n) + 0.1) for n in (0, 1))
    assert spread.count("<path") > fists.count("<path")


def test_a_face_that_is_turned_to_the_left_is_the_mirror_of_the_right() -> None:
    turn = scene("neck-turn")
    one, other = (turn.svg(turn.line.begins(n) + 1) for n in (1, 3))
    assert "scale(-" not in one
    assert "scale(-" in other
