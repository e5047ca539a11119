"""Who has the whole referral before them gets a short one; memory only, and bounded."""

from datetime import timedelta

import pytest

from bot.core.referral import Occasion
from bot.flows.recent import Given, Recent
from tests.fakes import MORNING

E, P, D, N = Occasion.EMERGENCY, Occasion.PROMPT, Occasion.DISTRESS, Occasion.DENIED


def after(occasion: Occasion, chat: int = 7) -> Recent:
    recent = Recent()
    recent.note(chat, Given(occasion, "en", MORNING))
    return recent


@pytest.mark.parametrize(("seconds", "short"), [(0, True), (599, True), (600, False), (-1, False)])
def test_the_steps_count_as_before_ones_eyes_for_ten_minutes(seconds: int, short: bool) -> None:
    assert after(E).covers(7, E, "en", MORNING + timedelta(seconds=seconds)) is short


@pytest.mark.parametrize(
    ("before", "now", "short"),
    [(E, P, True), (E, N, True), (P, E, False), (N, P, False), (E, D, False), (D, E, False)],
)
def test_a_graver_message_or_one_of_distress_gets_all_steps(
    before: Occasion, now: Occasion, short: bool
) -> None:
    assert after(before).covers(7, now, "en", MORNING) is short


def test_another_chat_or_language_has_not_seen_them() -> None:
    assert not after(E).covers(8, E, "en", MORNING)
    assert not after(E).covers(7, E, "ru", MORNING)


def test_a_short_one_does_not_make_the_whole_one_newer() -> None:
    recent = after(E)
    later = MORNING + timedelta(minutes=9)
    assert recent.covers(7, E, "en", later)

    assert not recent.covers(7, E, "en", later + timedelta(minutes=2))


def test_steps_for_distress_and_for_the_body_are_remembered_side_by_side() -> None:
    recent = after(E)
    recent.note(7, Given(D, "en", MORNING))

    assert recent.covers(7, E, "en", MORNING)
    assert recent.covers(7, D, "en", MORNING)


def test_of_too_many_chats_the_oldest_are_forgotten() -> None:
    recent = Recent(most=2)
    for chat in (1, 2, 1, 3):
        recent.note(chat, Given(E, "en", MORNING))

    assert [recent.covers(chat, E, "en", MORNING) for chat in (1, 2, 3)] == [True, False, True]


def test_what_a_chat_was_given_can_be_forgotten_and_that_of_others_stays() -> None:
    recent = Recent()
    for chat in (1, 2):
        recent.note(chat, Given(E, "en", MORNING))
    recent.forget(1)

    assert not recent.covers(1, E, "en", MORNING)
    assert recent.covers(2, E, "en", MORNING)
