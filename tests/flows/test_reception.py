import asyncio
from dataclasses import replace
from datetime import time

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Kind, Question, Subscriber
from bot.flows import onboard, reception
from tests.actions import EVERY_ACTION
from tests.fakes import MemoryStore
from tests.flows.conftest import CHAT, Talk


def test_every_action_of_a_button_has_a_use_case(talk: Talk) -> None:
    assert set(talk.desk.routes) == EVERY_ACTION


@pytest.mark.parametrize("pressed", [None, ("xx", act.Home())])
async def test_a_button_we_never_gave_out_gets_a_fresh_menu(
    talk: Talk, pressed: tuple[str, Action] | None
) -> None:
    talk.screen = await talk.desk.tap(talk.caller, pressed)

    assert "out of date" in talk.said
    assert talk.button("My reminders")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("help", "cannot diagnose"),
        ("settings", "Settings"),
        ("privacy", "kept"),
        ("danger", "urgent help"),
        ("language", "choose a language"),
        ("nonsense", "cannot diagnose"),
    ],
)
async def test_every_command_is_answered_and_an_unknown_one_like_help(
    talk: Talk, name: str, word: str
) -> None:
    await talk.commands(name)

    assert word.lower() in (talk.said + " ".join(talk.labels)).lower() or talk.labels


async def test_reminders_is_a_command_too(talk: Talk) -> None:
    await talk.commands("reminders")

    assert talk.button("I agree")


async def test_words_we_do_not_understand_lead_to_the_topics_and_the_danger_signs(
    talk: Talk,
) -> None:
    await talk.writes("purple elephants")

    assert "Where it hurts" in talk.labels
    assert "Danger signs" in talk.labels


async def test_a_text_is_answered_in_the_language_of_its_script(talk: Talk) -> None:
    await talk.writes("фиолетовые слоны")
    assert talk.shown.language == "ru"


@pytest.mark.parametrize(
    ("kind", "word"),
    [("photo", "pictures"), ("sticker", ""), ("voice", "listen"), ("other", "")],
)
async def test_what_has_no_words_gets_a_kind_line_and_the_menu(
    talk: Talk, kind: str, word: str
) -> None:
    talk.screen = await talk.desk.media(talk.caller, kind)

    assert word in talk.said.lower()
    assert talk.button("Questions and answers")


async def test_a_voice_message_is_told_what_to_do_in_an_emergency(talk: Talk) -> None:
    talk.screen = await talk.desk.media(talk.caller, "voice")

    assert "112" in talk.said


async def test_a_group_is_told_once_to_come_in_private_with_the_emergency_sentence(
    talk: Talk,
) -> None:
    talk.screen = talk.desk.group(talk.caller)

    assert "112" in talk.said
    assert not talk.labels


async def test_a_database_out_of_reach_says_so_and_keeps_all_answers_open(talk: Talk) -> None:
    await talk.joins()
    talk.store.away = True

    await talk.wants(act.SetMorning(on=True))
    assert talk.button("Questions and answers")
    await talk.commands("start")
    assert "English" in talk.labels
    await talk.writes("purple elephants")
    assert "Where it hurts" in talk.labels


async def test_an_open_question_goes_on_after_a_referral(talk: Talk) -> None:
    await talk.joins()
    await talk.wants(act.ShowTimes())
    await talk.writes("at 8:00 my legs went numb and I cannot pee")
    assert talk.screen is None
    known = talk.store.subscribers[CHAT]
    assert known.awaiting is not None
    assert known.awaiting.question is Question.MORNING_TIME
    assert not known.plans

    await talk.wants(act.Continue(), "en")
    assert talk.button("08:00")
    await talk.writes("half past seven")
    assert talk.store.subscribers[CHAT].plans[Kind.MORNING].at == time(7, 30)


async def test_the_referral_is_answer_enough_where_no_question_is_open(talk: Talk) -> None:
    await talk.writes("my legs went numb and I cannot pee")

    assert talk.screen is None


class SilentStore(MemoryStore):
    """Never says what it keeps, nor that it cannot be reached."""

    async def look(self, chat: int) -> Subscriber | None:
        await asyncio.Event().wait()
        return await super().look(chat)


async def test_a_database_that_says_nothing_keeps_no_answer_and_no_welcome(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "ANSWER_SECONDS", 0.01)
    monkeypatch.setattr(onboard, "ANSWER_SECONDS", 0.01)
    silent = SilentStore()
    welcoming = replace(talk.desk.onboard, store=silent)
    talk.desk = replace(talk.desk, store=silent, onboard=welcoming)

    await talk.commands("start")
    assert talk.labels == ["English", "Русский", "Danger signs"]
    await talk.writes("how do I sit well?")
    assert "This may help" in talk.said
    talk.screen = await talk.desk.tap(talk.caller, None)
    assert "out of date" in talk.said
