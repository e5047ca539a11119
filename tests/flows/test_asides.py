"""Questions of one's own while another is open: with a number in them, too; a slip is none."""

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from tests.flows.conftest import CHAT, Talk

ASKED: list[Action] = [act.ShowZones(), act.ShowTimes(), act.ShowHours(), act.ShowPauseDates()]
OPEN = pytest.mark.parametrize("action", ASKED)


async def asked(talk: Talk, action: Action, text: str) -> None:
    await talk.joins()
    await talk.wants(act.SetBreaks(on=True))
    await talk.wants(action)
    await talk.writes(text)


def is_answered(talk: Talk) -> bool:
    taps = [button.action for row in talk.shown.buttons for button in row]
    return any(isinstance(tap, act.ShowEntry) for tap in taps)


@OPEN
@pytest.mark.parametrize(
    "text",
    [
        "what helps against a stiff neck after 2 days?",
        "что помогает, если шея болит 2 недели?",
        "does a stiff neck that is 3 days old need heat?",
    ],
)
async def test_a_question_with_a_number_is_answered_while_another_is_open(
    talk: Talk, action: Action, text: str
) -> None:
    await asked(talk, action, text)

    assert is_answered(talk)
    assert talk.store.subscribers[CHAT].awaiting is not None


@OPEN
@pytest.mark.parametrize("text", ["25:00", "7 or 8 pm", "32 may", "Xqzwplk 3", "stiff neck 3 days"])
async def test_a_slip_with_a_number_is_asked_again(talk: Talk, action: Action, text: str) -> None:
    await asked(talk, action, text)

    assert not is_answered(talk)


@pytest.mark.parametrize(
    "text",
    [
        "some month",
        "in a couple of months",
        "weekend",
        "через пару месяцев",
        "не раньше следующего месяца",
        "a year",
    ],
)
async def test_words_of_time_are_no_question_while_a_date_is_asked_for(
    talk: Talk, text: str
) -> None:
    await asked(talk, act.ShowPauseDates(), text)

    assert "I could not read a date in that." in talk.said
