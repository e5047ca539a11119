"""Exercises now: a routine in two or three taps, by place, by time, by part of the body."""

import pytest

from bot.core import actions as act
from bot.core.preferences import Aspect
from tests.flows.conftest import Talk
from tests.flows.ringing import joins_in
from tests.flows.test_train import content


def offered(talk: Talk) -> list[str]:
    """Return the routines that the screen offers, by id."""
    actions = [button.action for row in talk.shown.buttons for button in row]
    return [action.routine for action in actions if isinstance(action, act.OpenRoutine)]


async def test_a_place_and_a_length_lead_to_routines_of_that_place(talk: Talk) -> None:
    await talk.wants(act.ShowExercises())
    await talk.taps("On a mat")
    assert talk.labels[:-2] == ["5 min", "10 min", "20 min"]
    await talk.taps("5 min")
    assert offered(talk) == ["m5-mat"]
    await talk.taps("‹ Back")
    assert talk.labels[:-2] == ["5 min", "10 min", "20 min"]
    await talk.taps("‹ Back")
    assert "By time" in talk.labels


async def test_all_lengths_can_be_chosen_without_a_place(talk: Talk) -> None:
    await talk.wants(act.ShowExercises())
    await talk.taps("By time")
    assert talk.labels[:-2] == ["1–2 min", "2–3 min", "5 min", "10 min", "20 min"]
    await talk.taps("20 min")
    assert offered(talk) == ["m20-full", "m20-walk", "m20-chair"]
    await talk.taps("‹ Back")
    assert "2–3 min" in talk.labels


@pytest.mark.parametrize(
    ("area", "first"),
    [
        ("Neck", "b-neck"),
        ("Shoulders", "b-shoulders"),
        ("Back", "b-low-stand"),
        ("Wrists and hands", "b-wrists"),
        ("Eyes", "b-eyes"),
    ],
)
async def test_a_part_of_the_body_leads_to_its_short_routines(
    talk: Talk, area: str, first: str
) -> None:
    await talk.wants(act.ShowExercises())
    await talk.taps("By part of the body")
    await talk.wants(talk.button(area).action)
    assert offered(talk)[0] == first
    assert len(offered(talk)) <= 6


async def test_a_long_list_goes_round_page_by_page_and_shows_each_once(talk: Talk) -> None:
    await talk.wants(act.ShowBreakRoutines())
    seen = offered(talk)
    while "More ›" in talk.labels:
        await talk.taps("More ›")
        if offered(talk)[0] in seen:
            break
        seen += offered(talk)

    breaks = [r.id for r in content(talk).routines.values() if r.kind == "break"]
    assert sorted(seen) == sorted(breaks)


async def test_a_page_that_is_no_more_is_the_first(talk: Talk) -> None:
    await talk.wants(act.ShowChoice("any", 1, 9))
    again = offered(talk)
    await talk.wants(act.ShowChoice("any", 1))
    assert offered(talk) == again != []


@pytest.mark.parametrize(
    "action", [act.ShowChoice("sofa", 5), act.ShowArea("tail"), act.ShowPlace("sofa")]
)
async def test_a_made_up_choice_offers_nothing_and_leads_back(
    talk: Talk, action: act.Action
) -> None:
    await talk.wants(action)
    assert offered(talk) == []
    assert "‹ Back" in talk.labels


async def test_who_does_nothing_on_the_floor_is_not_offered_the_mat(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetSuits(Aspect.FLOOR, on=True))
    await talk.wants(act.ShowExercises())
    assert "On a mat" not in talk.labels
    assert "Standing" in talk.labels


async def test_who_does_not_stand_is_offered_the_chair_alone(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetSuits(Aspect.STANDING, on=True))
    for action in (act.ShowArea("back"), act.ShowChoice("any", 20), act.ShowChoice("any", 1)):
        await talk.wants(action)
        assert {content(talk).routines[name].place for name in offered(talk)} == {"chair"}


async def test_films_stand_still_for_who_wants_them_so(talk: Talk) -> None:
    await joins_in(talk, "en")
    for still in (True, False):
        await talk.wants(act.SetSuits(Aspect.FILMS, on=still))
        await talk.wants(act.ShowCard("b-neck", 0))
        assert talk.shown.picture is not None
        assert talk.shown.picture.moving is not still
        words = content(talk).exercises[talk.shown.picture.name].wording["en"]
        assert (words.picture in talk.said) is still


async def test_films_move_while_the_database_is_away(talk: Talk) -> None:
    talk.store.away = True
    await talk.wants(act.ShowCard("b-neck", 0))
    assert talk.shown.picture is not None
    assert talk.shown.picture.moving
