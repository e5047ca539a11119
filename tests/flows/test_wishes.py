"""Wishes in words, when no question is open, get the screen that a command or a button shows."""

from datetime import time

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Kind, Question
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in

WISHES: list[tuple[str, str, Action]] = [
    ("en", "menu", act.Home()),
    ("ru", "меню", act.Home()),
    ("en", "my reminders", act.ShowReminders()),
    ("en", "settings", act.ShowSettings()),
    ("en", "change time", act.ShowTimes()),
    ("en", "pause", act.ShowPause()),
    ("ru", "пауза", act.ShowPause()),
    ("en", "exercises", act.ShowExercises()),
    ("en", "stop", act.AskStop()),
    ("en", "turn off reminders", act.AskStop()),
    ("ru", "выключи напоминания", act.AskStop()),
    ("ru", "напоминай каждый час", act.ShowBreaks()),
    ("ru", "удали мои данные", act.AskDelete()),
]


def labels(talk: Talk) -> tuple[str, list[str]]:
    return talk.said, talk.labels


@pytest.mark.parametrize(("language", "text", "action"), WISHES)
async def test_a_wish_shows_the_screen_of_its_button(
    talk: Talk, language: str, text: str, action: Action
) -> None:
    await joins_in(talk, language)
    await talk.wants(action, language)
    shown = labels(talk)
    await talk.wants(act.ShowReminders())
    await talk.writes(text)

    assert labels(talk) == shown


@pytest.mark.parametrize(("text", "language"), [("help", "en"), ("помощь", "ru")])
async def test_a_cry_for_help_gets_the_help_with_the_emergency_number(
    talk: Talk, text: str, language: str
) -> None:
    await talk.writes(text)
    shown = labels(talk)
    await joins_in(talk, language)
    await talk.commands("help")

    assert labels(talk) == shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", "Good that you are here"),
        ("привет", "Хорошо, что вы здесь"),
        ("thanks", "You are very welcome"),
        ("спасибо", "Рад помочь"),
    ],
)
async def test_kind_words_get_a_kind_sentence_and_the_menu(
    talk: Talk, text: str, said: str
) -> None:
    await talk.writes(text)

    assert said in talk.said
    assert len(talk.labels) == 7


async def test_a_wish_before_consent_leads_to_consent(talk: Talk) -> None:
    await talk.writes("my reminders")

    assert talk.button("I agree")


@pytest.mark.parametrize("text", ["7:20", "remind me at 7:20", "напоминай в 7:20"])
async def test_a_bare_time_is_repeated_and_offered_for_the_morning_reminder(
    talk: Talk, text: str
) -> None:
    await talk.joins()
    await talk.writes(text)
    assert "I understood 07:20. Shall the morning reminder come then?" in talk.said
    assert not talk.store.subscribers[CHAT].plans.get(Kind.MORNING)

    await talk.taps("07:20")
    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].at == time(7, 20)


async def test_another_time_than_the_offered_one_can_be_written(talk: Talk) -> None:
    await talk.joins()
    await talk.writes("7:20")
    await talk.writes("8:10")

    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].at == time(8, 10)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("pause until 5 December", "All quiet until Sat 5 Dec"),
        ("pause until monday", "All quiet until Mon 30 Nov"),
    ],
)
async def test_a_pause_with_a_day_offers_that_day_once(talk: Talk, text: str, label: str) -> None:
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.writes(text)

    await talk.taps(label)
    pause = talk.store.subscribers[CHAT].plans[Kind.MORNING].pause
    assert pause is not None
    assert pause.until is not None
    assert pause.until.day in {5, 30}


async def test_an_open_question_goes_before_a_wish(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowBreaks())
    await talk.wants(act.SetBreaks(on=True))
    await talk.wants(act.ShowHours())
    await talk.writes("7:30")

    awaiting = talk.store.subscribers[CHAT].awaiting
    assert awaiting is not None
    assert awaiting.question is not Question.MORNING_TIME


async def test_a_symptom_goes_before_a_wish(talk: Talk) -> None:
    await talk.joins()
    talk.screen = await talk.desk.text(talk.caller, "stop", referred=True)

    assert talk.screen is None
