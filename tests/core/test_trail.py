"""The way that a button remembers: it fits, it leads back step by step, it forgets the oldest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import trail
from bot.core.places import FIXED

NAMES = st.text("abcxyz019-", min_size=1, max_size=20)
FOUND = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
PLACES = st.one_of(
    NAMES.map(trail.code),
    NAMES.map(trail.topic_place),
    NAMES.map(trail.sources_place),
    st.sampled_from(sorted(FIXED)),
    FOUND.map(trail.found_place),
)
WAYS = st.lists(PLACES, max_size=20)


def walked(places: list[str]) -> str:
    way = ""
    for place in places:
        way = trail.pushed(way, place)
    return way


def test_a_code_is_the_same_for_ever() -> None:
    assert trail.code("heat-or-cold") == "imb"
    assert trail.topic_place("help") != trail.code("help")


@given(WAYS)
def test_a_way_of_any_length_fits_a_button(places: list[str]) -> None:
    way = walked(places)

    assert len(way) <= trail.LONGEST
    assert not way or trail.PATTERN.fullmatch(way)


@given(WAYS, PLACES)
def test_back_leads_to_the_place_one_came_from_last(places: list[str], last: str) -> None:
    place, before = trail.popped(trail.pushed(walked(places), last))

    assert place == last
    assert walked(places).endswith(before)


@given(WAYS)
def test_back_again_and_again_meets_the_newest_places_in_turn(places: list[str]) -> None:
    way, met = walked(places), []
    while way:
        place, way = trail.popped(way)
        met.append(place)

    assert met == places[::-1][: len(met)]


@given(WAYS)
def test_no_place_is_forgotten_while_there_is_room(places: list[str]) -> None:
    way = walked(places)
    kept = next((n for n in range(len(places)) if "".join(places[n:]) == way), len(places))

    assert not kept or len(places[kept - 1] + way) > trail.LONGEST


@given(WAYS, st.integers(1, 40))
def test_a_long_name_leaves_less_room_and_the_newest_places_stay(
    places: list[str], length: int
) -> None:
    way = walked(places)
    fitted = trail.fitted(way, "n" * length)

    assert way.endswith(fitted)
    assert len("1:xxx:sources:") + length + len(":") + len(fitted) <= 64


@given(st.lists(PLACES | st.sampled_from("az09AZ_.~-"), max_size=12).map("".join))
def test_a_button_carries_whole_places_or_it_is_not_ours(text: str) -> None:
    met, rest = "", text
    while rest:
        place, rest = trail.popped(rest)
        met = place + met

    ours = bool(text) and len(text) <= trail.LONGEST and met == text
    assert bool(trail.PATTERN.fullmatch(text)) is ours


@given(FOUND)
def test_a_list_of_found_entries_keeps_them_in_order(names: tuple[str, ...]) -> None:
    place = trail.found_place(names)

    assert trail.FOUND_PATTERN.fullmatch(place)
    assert trail.found_codes(place) == tuple(trail.code(name) for name in names)


@pytest.mark.parametrize(
    "way", ["", "a", "ab", "~abc", "~---------", "~---abcdef", "A" * 25, "..."]
)
def test_what_no_button_of_ours_carries_is_no_way(way: str) -> None:
    assert trail.PATTERN.fullmatch(way) is None
