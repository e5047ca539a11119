"""Continue after a referral: the conversation goes on, and reminders go on resting."""

from datetime import time

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Kind, Question
from bot.core.screens import MOST_CHOICES
from bot.flows.go_on import ASKED_BY
from tests.flows.conftest import CHAT, Talk

REST = "Your reminders rest until you say that you are all right."
ALL_RIGHT = "I am all right, go on"


async def referred(talk: Talk) -> None:
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.refer.hold.rest(CHAT, talk.clock.now())


async def test_continue_shows_the_menu_that_reminders_rest_and_how_to_end_that(
    talk: Talk,
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await referred(talk)
    await talk.wants(act.Continue())

    assert talk.said.startswith(REST)
    assert talk.labels[:2] == [ALL_RIGHT, "Questions and answers"]
    assert "My reminders: paused" in talk.labels
    assert talk.store.subscribers[CHAT].hold is not None


async def test_the_steps_of_the_referral_stay_in_the_chat(talk: Talk) -> None:
    await talk.wants(act.Continue())

    assert talk.shown.fresh


async def test_all_right_after_continue_ends_the_rest(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await referred(talk)
    await talk.wants(act.Continue())
    await talk.taps(ALL_RIGHT)

    assert talk.store.subscribers[CHAT].hold is None


async def test_who_has_no_reminder_hears_of_none_and_can_end_the_hold(talk: Talk) -> None:
    await talk.joins()
    await referred(talk)
    await talk.wants(act.Continue())

    assert "rest" not in talk.said
    assert ALL_RIGHT in talk.labels
    assert "My reminders" in talk.labels


async def test_a_stranger_and_who_does_not_rest_get_the_plain_menu(talk: Talk) -> None:
    await referred(talk)
    await talk.wants(act.Continue())
    stranger = talk.shown
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.Continue())

    for screen in (stranger, talk.shown):
        labels = [button.label for row in screen.buttons for button in row]
        assert labels[0] == "Questions and answers"
        assert ALL_RIGHT not in labels


async def test_with_the_database_away_continue_shows_the_menu(talk: Talk) -> None:
    await talk.joins()
    await referred(talk)
    talk.store.away = True
    await talk.wants(act.Continue())

    assert talk.labels[0] == "Questions and answers"


async def test_a_rest_that_is_not_written_yet_is_told_all_the_same(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    talk.refer.hold.hush(CHAT, talk.clock.now())
    await talk.wants(act.Continue())

    assert talk.said.startswith(REST)


ASKS: list[tuple[Action, Question]] = [(action, asked) for asked, action in ASKED_BY.items()]


def test_every_question_can_be_shown_again() -> None:
    assert set(ASKED_BY) == set(Question)


@pytest.mark.parametrize(("shown", "question"), ASKS, ids=str)
async def test_continue_leads_back_to_the_question_that_is_open(
    talk: Talk, shown: Action, question: Question
) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetBreaks(on=True))
    await talk.wants(shown)
    known = talk.store.subscribers[CHAT]
    assert known.awaiting is not None
    assert known.awaiting.question is question
    asked, blocks = talk.labels, talk.said
    await referred(talk)
    await talk.wants(act.Continue())

    assert talk.said == f"{REST}\n\n{blocks}"
    assert talk.labels[0] == ALL_RIGHT
    assert set(talk.labels[1:]) <= set(asked)
    assert len(talk.labels) - 2 <= MOST_CHOICES
    assert talk.labels[-2:] == asked[-2:]
    after = talk.store.subscribers[CHAT].awaiting
    assert after is not None
    assert after.question is question


async def test_a_question_that_has_grown_old_gives_way_to_the_menu(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowTimes())
    talk.clock.turn(minutes=16)
    await talk.wants(act.Continue())

    assert "Questions and answers" in talk.labels


@pytest.mark.parametrize(
    "does",
    [
        act.SetTime(time(7, 30)),
        act.Resume(),
        act.SetBreaks(on=True),
        act.SetMorning(on=True),
        act.SetZone("Asia/Tokyo"),
        act.PauseForever(),
        act.Continue(),
        act.SetDays(frozenset({1})),
    ],
    ids=lambda action: type(action).__name__,
)
async def test_nothing_that_is_set_ends_the_hold(talk: Talk, does: Action) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await referred(talk)
    hold = talk.store.subscribers[CHAT].hold
    await talk.wants(does)
    await talk.commands("start")
    await talk.wants(act.ShowReminders())

    assert hold is not None
    assert talk.store.subscribers[CHAT].hold == hold
    assert talk.store.subscribers[CHAT].plans[Kind.CHECK_IN].on
    assert ALL_RIGHT in talk.labels


async def test_a_check_in_is_no_third_reminder_that_a_pause_leaves_out(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetBreaks(on=True))
    await referred(talk)
    await talk.wants(act.PauseForever())

    assert talk.said.count("Paused until you say so") == 1
    check_in = talk.store.subscribers[CHAT].plans[Kind.CHECK_IN]
    assert check_in.pause is None
    assert check_in.next_due is not None
