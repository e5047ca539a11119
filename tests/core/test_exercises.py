"""Which routine is on today: by turn, by minutes, by what a person does not do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content import Content
from bot.core.exercises import (
    Exercises,
    Place,
    Routine,
    RoutineKind,
    break_routine,
    morning_routine,
    quiet_routine,
    routine_of,
    variants,
)
from bot.core.plans import Kind
from bot.core.preferences import MORNING_MINUTES, Preferences
from bot.core.screens import Picture

turns = st.integers(0, 10_000)


def routine(name: str, kind: RoutineKind, place: Place, minutes: int = 0) -> Routine:
    return Routine(name, kind, place, minutes, 60, "", (), "", {})


LISTED = [
    routine("stand", "morning", "stand", 5),
    routine("mat", "morning", "mat", 5),
    routine("chair", "morning", "chair", 5),
    routine("long", "morning", "mat", 20),
    routine("walk", "break", "stand"),
    routine("neck", "break", "chair"),
    routine("eyes", "break", "chair"),
    routine("hidden", "quiet", "chair"),
]
SMALL = Exercises(
    routines={one.id: one for one in LISTED},
    mornings={5: ("stand", "mat", "chair", "mat"), 20: ("long",)},
    breaks=("walk", "neck", "eyes"),
)


def name_of(found: Routine | None) -> str:
    return found.id if found else "-"


def mornings(minutes: int = 5, *, no_floor: bool = False, no_standing: bool = False) -> str:
    """Return the names of five mornings in a row."""
    found = (
        morning_routine(SMALL, turn, minutes, no_floor=no_floor, no_standing=no_standing)
        for turn in range(5)
    )
    return " ".join(name_of(one) for one in found)


def breaks(*, no_standing: bool) -> str:
    found = (break_routine(SMALL, turn, no_standing=no_standing) for turn in range(5))
    return " ".join(name_of(one) for one in found)


def test_the_mornings_come_round_in_the_order_of_the_rotation() -> None:
    assert mornings() == "stand mat chair mat stand"


def test_without_the_floor_a_chair_takes_the_place_of_the_mat() -> None:
    assert mornings(no_floor=True) == "stand chair chair chair stand"


@pytest.mark.parametrize("no_floor", [False, True])
def test_without_standing_every_morning_is_on_a_chair(no_floor: bool) -> None:
    assert mornings(no_floor=no_floor, no_standing=True) == "chair chair chair chair chair"


def test_where_no_chair_is_so_long_there_is_no_morning() -> None:
    assert mornings(20) == "long long long long long"
    assert mornings(20, no_floor=True) == "- - - - -"


def test_a_length_that_nobody_wrote_has_no_morning() -> None:
    assert mornings(7) == "- - - - -"


def test_the_breaks_come_round_in_order() -> None:
    assert breaks(no_standing=False) == "walk neck eyes walk neck"


def test_without_standing_the_seated_breaks_come_round_by_themselves() -> None:
    assert breaks(no_standing=True) == "neck eyes neck eyes neck"


def test_where_every_break_needs_standing_who_does_not_stand_has_none() -> None:
    walks = replace(SMALL, breaks=("walk",))
    assert break_routine(walks, 3, no_standing=True) is None


def test_the_quiet_routine_is_found_by_its_kind() -> None:
    assert name_of(quiet_routine(SMALL)) == "hidden"


def test_the_variants_are_those_of_that_length_in_the_order_of_the_file() -> None:
    assert [one.id for one in variants(SMALL, 5)] == ["stand", "mat", "chair"]
    assert variants(SMALL, 10) == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_content_about_something_else_has_no_routine_at_all(kind: Kind) -> None:
    assert routine_of(Exercises(), kind, 3, Preferences()) is None
    assert quiet_routine(Exercises()) is None
    assert variants(Exercises(), 5) == ()


def test_a_reminder_is_about_its_own_kind_and_what_the_person_prefers() -> None:
    seated = Preferences(minutes=5, no_standing=True)
    on_the_floor = Preferences(minutes=5)
    assert name_of(routine_of(SMALL, Kind.MORNING, 1, on_the_floor)) == "mat"
    assert name_of(routine_of(SMALL, Kind.MORNING, 1, seated)) == "chair"
    assert name_of(routine_of(SMALL, Kind.MORNING, 1, replace(on_the_floor, no_floor=True))) == (
        "chair"
    )
    assert name_of(routine_of(SMALL, Kind.MORNING, 1, replace(on_the_floor, minutes=20))) == "long"
    assert name_of(routine_of(SMALL, Kind.BREAK, 0, on_the_floor)) == "walk"
    assert name_of(routine_of(SMALL, Kind.BREAK, 0, seated)) == "neck"


@given(turn=turns, minutes=st.sampled_from(MORNING_MINUTES), standing=st.booleans())
def test_our_mornings_keep_the_promise_whoever_asks_on_whatever_turn(
    content: Content, turn: int, minutes: int, standing: bool
) -> None:
    found = morning_routine(
        content.exercises, turn, minutes, no_floor=True, no_standing=not standing
    )
    assert found is not None
    assert found.minutes == minutes
    assert found.place in ({"stand", "chair"} if standing else {"chair"})


@given(turn=turns, no_standing=st.booleans())
def test_two_breaks_of_ours_in_a_row_are_never_for_the_same_part(
    content: Content, turn: int, no_standing: bool
) -> None:
    one = break_routine(content.exercises, turn, no_standing=no_standing)
    other = break_routine(content.exercises, turn + 1, no_standing=no_standing)
    assert one is not None
    assert other is not None
    assert one.area != other.area
    assert not no_standing or one.place == "chair"


@pytest.mark.parametrize("minutes", MORNING_MINUTES)
def test_two_weeks_of_our_mornings_show_every_variant(content: Content, minutes: int) -> None:
    shown = set(content.exercises.mornings[minutes])
    assert shown == {one.id for one in variants(content.exercises, minutes)}


def test_a_picture_stands_for_the_film_or_the_still_of_its_exercise(content: Content) -> None:
    film = content.exercises.file_of(Picture("cat-cow"))
    still = content.exercises.file_of(Picture("cat-cow", moving=False))

    assert film is not None
    assert still is not None
    assert (film.name, still.name) == ("move.mp4", "poster.png")
    assert content.exercises.file_of(Picture("gone")) is None
