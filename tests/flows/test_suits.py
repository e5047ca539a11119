"""What suits me: chosen once, shown with a tick, kept with consent, and followed."""

from dataclasses import replace

import pytest

from bot.core import actions as act
from bot.core.plans import REMINDERS, Kind, Taken
from bot.core.preferences import Aspect, Preferences
from bot.flows.reminder import reminder
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in, next_ring

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
ASPECTS = pytest.mark.parametrize("aspect", list(Aspect))


def preferences(talk: Talk) -> Preferences:
    return talk.store.subscribers[CHAT].preferences


def label(talk: Talk, aspect: Aspect) -> str:
    return talk.voice.say(talk.shown.language, f"suits.no-{aspect.value}")


async def suits(talk: Talk, language: str = "en") -> None:
    await joins_in(talk, language)
    await talk.wants(act.ShowReminders())
    await talk.taps(talk.voice.say(language, "menu.suits"))


@LANGUAGES
async def test_nothing_is_left_out_until_it_is_chosen(talk: Talk, language: str) -> None:
    await suits(talk, language)

    assert talk.labels[:3] == [label(talk, aspect) for aspect in Aspect]
    assert preferences(talk) == Preferences()


@LANGUAGES
@ASPECTS
async def test_a_tap_leaves_one_thing_out_and_another_takes_it_back(
    talk: Talk, aspect: Aspect, language: str
) -> None:
    await suits(talk, language)
    await talk.taps(label(talk, aspect))
    assert preferences(talk) == Preferences().leaving(aspect, out=True)
    assert [text for text in talk.labels if text.startswith("✓")] == [f"✓ {label(talk, aspect)}"]

    await talk.taps("✓")
    assert preferences(talk) == Preferences()


async def test_all_of_it_can_be_left_out_together(talk: Talk) -> None:
    await suits(talk)
    for aspect in Aspect:
        await talk.taps(label(talk, aspect))

    assert all(preferences(talk).without(aspect) for aspect in Aspect)


@ASPECTS
async def test_the_same_tap_twice_leaves_it_out_all_the_same(talk: Talk, aspect: Aspect) -> None:
    await suits(talk)
    before = talk.shown
    for _ in range(2):
        talk.screen = before
        await talk.taps(label(talk, aspect))

    assert preferences(talk).without(aspect)


async def test_a_choice_changes_nothing_else_about_the_person(talk: Talk) -> None:
    await suits(talk)
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetLength(5))
    await talk.wants(act.ConfirmCheck("b-neck"))
    plans = talk.store.subscribers[CHAT].plans
    await talk.wants(act.SetSuits(Aspect.FLOOR, on=True))

    assert preferences(talk) == Preferences(minutes=5, no_floor=True, checked=True)
    assert talk.store.subscribers[CHAT].plans == plans


async def test_the_reminder_that_is_already_in_the_chat_follows_a_new_choice(talk: Talk) -> None:
    await joins_in(talk, "en")
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ConfirmCheck("b-neck"))
    taken = await next_ring(talk)
    assert "on a chair" not in talk.said

    await talk.wants(act.SetSuits(Aspect.STANDING, on=True))
    await talk.wants(act.ShowRing(taken.id))
    assert "This time: 10 min, on a chair." in talk.said


async def test_the_screen_leads_to_the_exercises_and_back_to_the_reminders(talk: Talk) -> None:
    await suits(talk)
    there = talk.shown
    await talk.taps("Exercises now")
    assert "By part of the body" in talk.labels

    talk.screen = there
    await talk.taps("‹ Back")
    assert talk.said.startswith("My reminders")


@pytest.mark.parametrize("action", [act.ShowSuits(), act.SetSuits(Aspect.FLOOR, on=True)])
async def test_without_consent_nothing_is_kept(talk: Talk, action: act.Action) -> None:
    await talk.wants(action)

    assert "To send reminders, I need to keep a few things." in talk.said
    assert CHAT not in talk.store.subscribers


async def test_after_deletion_an_old_button_keeps_nothing(talk: Talk) -> None:
    await suits(talk)
    old = talk.shown
    await talk.wants(act.Delete())
    talk.screen = old
    await talk.taps("Nothing on the floor")

    assert CHAT not in talk.store.subscribers


@LANGUAGES
async def test_who_does_not_stand_is_never_asked_to_and_the_lines_still_vary(
    talk: Talk, language: str
) -> None:
    content = talk.voice.content
    for kind in REMINDERS:
        told = [
            reminder(talk.voice, ring(talk, kind, language, line), talk.clock.now()).blocks[0].plain
            for line in range(len(content.reminders[kind.value, language]))
        ]
        assert content.standing.isdisjoint(told)
        assert len(set(told[:11])) == 11


def ring(talk: Talk, kind: Kind, language: str, line: int) -> Taken:
    seated = Preferences(no_standing=True)
    due = talk.clock.now()
    taken = Taken(1, kind, CHAT, language, due.date(), "morning", due, 1, 0)
    return replace(taken, line=line, preferences=seated)
