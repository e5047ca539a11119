"""What is offered for a place, for so many minutes, for a part of the body."""

import pytest

from bot.core import choice
from bot.core.content import Content
from bot.core.exercises import Area, Exercise, Exercises, Routine, Step
from bot.core.preferences import Preferences
from tests.core.test_exercises import LISTED, SMALL, routine


def names(routines: list[Routine]) -> str:
    return " ".join(one.id for one in routines)


@pytest.mark.parametrize(
    ("chosen", "offered"),
    [
        (Preferences(), "stand mat chair long walk neck eyes hidden"),
        (Preferences(no_floor=True), "stand chair walk neck eyes hidden"),
        (Preferences(no_standing=True), "chair neck eyes hidden"),
    ],
)
def test_only_what_suits_a_person_is_offered(chosen: Preferences, offered: str) -> None:
    assert names(choice.suiting(SMALL, chosen)) == offered


def test_a_place_has_its_own_routines_and_anywhere_has_all() -> None:
    assert names(choice.at_place(LISTED, "mat")) == "mat long"
    assert choice.at_place(LISTED, choice.ANYWHERE) == LISTED


def test_a_break_counts_as_short_up_to_two_minutes() -> None:
    two, longer = (
        Routine("r", "break", "chair", 0, seconds, "", (), "", {}) for seconds in (120, 121)
    )

    assert (choice.length_of(two), choice.length_of(longer)) == (choice.SHORT, choice.LONGER)


def test_lengths_part_breaks_from_mornings() -> None:
    assert names(choice.lasting(LISTED, 5)) == "stand mat chair"
    assert names(choice.lasting(LISTED, choice.SHORT)) == "walk neck eyes hidden"


def _exercise(name: str, area: str, like: Exercise) -> Exercise:
    return Exercise(name, area, like.places, like.dose, like.wording)


def test_breaks_all_for_a_part_of_the_body_come_before_those_that_touch_it(
    content: Content,
) -> None:
    like = next(iter(content.exercises.exercises.values()))
    nod, march = _exercise("nod", "neck", like), _exercise("march", "legs", like)
    touching = Routine(
        "walk", "break", "stand", 0, 60, "legs", (Step("march"), Step("nod")), "", {}
    )
    own = Routine("own", "break", "chair", 0, 60, "neck", (Step("nod"),), "", {})
    other = Routine("other", "break", "chair", 0, 60, "legs", (Step("march"),), "", {})
    morning = Routine("m5", "morning", "chair", 5, 300, "", (Step("nod"),), "", {})
    all_of = Exercises({"nod": nod, "march": march}, areas={"neck": Area({}, frozenset({"neck"}))})
    found = choice.short_ones_for([touching, own, other, morning], all_of, "neck")

    assert names(found) == "own walk"
    assert choice.short_ones_for([own], all_of, "tail") == []


def test_every_area_and_every_length_of_the_content_leads_somewhere(content: Content) -> None:
    everything = choice.suiting(content.exercises, Preferences())

    assert list(content.exercises.areas) == ["neck", "shoulders", "back", "wrists", "eyes"]
    for area in content.exercises.areas:
        assert choice.short_ones_for(everything, content.exercises, area)
    for minutes in choice.LENGTHS:
        assert choice.lasting(everything, minutes)
    assert routine("r", "morning", "mat", 5) not in everything
