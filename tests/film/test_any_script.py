"""Whatever an editor may write within the limits can be drawn: no crash, no endless loop, no broken picture."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.exercises import Dose
from bot.core.film import (
    BASES,
    GRIPS,
    PAIRED,
    PARTS,
    PLANTED,
    PROPS,
    RANGES,
    SIDES,
    Frame,
    Script,
    View,
)
from bot.film.scene import Scene

Draw = st.DrawFn


def words(view: View, parts: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    sides = ("", *(f"{side} " for side in SIDES[view]))
    choice = st.sampled_from([side + part for side in sides for part in parts])
    return st.lists(choice, max_size=4, unique=True).map(tuple)


@st.composite
def frames(draw: Draw, view: View) -> Frame:
    angles = {}
    for name in draw(st.lists(st.sampled_from(list(RANGES[view])), max_size=6, unique=True)):
        least, most = RANGES[view][name]
        one = draw(st.floats(least, most))
        angles[name] = (one, draw(st.floats(least, most)) if name in PAIRED else one)
    hold = draw(st.sampled_from([0.0, 1.0, 30.0]))
    return Frame(angles, draw(st.floats(0.1, 5)), hold, draw(st.sampled_from(["", *SIDES[view]])))


@st.composite
def scripts(draw: Draw) -> Script:
    view: View = draw(st.sampled_from(list(RANGES)))
    base = draw(st.sampled_from(list(BASES[view])))
    shown = tuple(draw(st.lists(frames(view), min_size=2, max_size=4)))
    return Script(
        view=view,
        base=base,
        accent=draw(words(view, PARTS)),
        props=tuple(draw(st.lists(st.sampled_from(PROPS[view]), max_size=3, unique=True))),
        planted=draw(words(view, PLANTED)) if view == "side" else (),
        anchor=draw(st.sampled_from(BASES[view][base])),
        grip=draw(st.sampled_from(GRIPS)),
        frames=shown,
        flowing=draw(st.booleans()),
        travels=draw(st.booleans()),
        close=draw(st.sampled_from([0.0, 1.0, 1.4])),
        both=draw(st.booleans()),
        poster=len(shown) - 1,
    )


@settings(max_examples=120, deadline=None)
@given(scripts(), st.floats(0, 1))
def test_any_script_can_be_drawn_at_any_second(script: Script, share: float) -> None:
    film = Scene(script, Dose(3, 2, 2, both_sides=False, seconds=30))
    for second in (film.poster, share * film.line.seconds, film.line.seconds):
        picture = film.svg(second)
        ET.fromstring(picture)  # noqa: S314  # our own drawing
        assert "nan" not in picture
        assert len(picture) < 60_000


@pytest.mark.parametrize("props", [(), ("mat",)])
def test_a_body_that_is_all_above_the_floor_can_be_drawn(props: tuple[str, ...]) -> None:
    # once, nothing to throw a shadow or to lie on the mat was an error
    frames = (Frame({}, 1), Frame({"hip": (0, 41)}, 1, 0, "far"))
    script = Script("side", "stand", (), props, ("foot",), "foot", "", frames, both=True, poster=1)
    film = Scene(script, Dose(3, 2, 2, both_sides=False, seconds=30))
    ET.fromstring(film.svg(film.poster))  # noqa: S314  # our own drawing


def test_a_walk_that_hardly_gets_on_passes_no_marks() -> None:
    # once, it passed millions of them
    frames = (Frame({"hip": (0.001, 0.0)}, 1, 0, "near"), Frame({}, 1, 0, "far"))
    script = Script("side", "stand", (), (), (), "foot", "", frames, travels=True)
    film = Scene(script, Dose(1, 0, 1, both_sides=False, seconds=30))
    assert 0 < abs(film.ground.travelled) < 1
    assert len(film.svg(0.5)) < 60_000
