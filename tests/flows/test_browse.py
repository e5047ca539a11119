import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.places import FIXED
from bot.core.plans import Subscriber
from bot.core.screens import Screen
from bot.core.search.finder import Finder
from bot.core.text import joined
from bot.flows.desk import open_desk
from tests.fakes import MemoryStore
from tests.flows.conftest import CHAT, Talk

KINDS: list[Action] = [
    act.ShowTopic("relief"),
    act.ShowEntry("heat-or-cold"),
    act.ShowSources("heat-or-cold"),
    act.ShowFound("~imb------"),
]


class SlowStore(MemoryStore):
    """Never answers a look."""

    async def look(self, chat: int) -> Subscriber | None:
        await asyncio.Event().wait()
        return await super().look(chat)


async def settled(talk: Talk) -> None:
    """Let both kinds of reminders ring."""
    await talk.joins()
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetBreaks(on=True))


def looks(screen: Screen) -> tuple[str, list[str]]:
    labels = [button.label for row in screen.buttons for button in row]
    return joined(screen.blocks).plain, labels


async def test_the_main_menu_has_seven_choices_with_danger_signs_among_them(talk: Talk) -> None:
    await talk.commands("menu")

    assert len(talk.labels) == 7
    assert talk.button("Danger signs")


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_every_answer_is_reached_by_buttons_and_leads_back_to_its_topic(
    talk: Talk, language: str
) -> None:
    back = talk.voice.say(language, "nav.back")
    seen = set()
    for topic in talk.voice.content.topics:
        await talk.wants(act.ShowTopics(), language)
        await talk.taps(topic.titles[language])
        shelf = looks(talk.shown)
        for title in talk.labels[:-2]:
            await talk.taps(title)
            assert title in talk.said
            seen.add(title)
            await talk.taps(back)
            assert looks(talk.shown) == shelf
    assert len(seen) == 45


@pytest.mark.parametrize("action", [act.Home(), *FIXED.values(), *KINDS])
async def test_danger_signs_are_on_every_kind_of_screen_and_lead_back_to_it(
    talk: Talk, action: Action
) -> None:
    await settled(talk)
    await talk.wants(action)
    before = looks(talk.shown)
    if isinstance(action, act.ShowReferralMore):
        assert talk.button("Danger signs").action == act.ShowDangerApart()
        return
    await talk.taps("Danger signs")
    assert talk.said.startswith("This may need urgent help.")
    assert not talk.shown.fresh

    await talk.taps("‹ Back")
    assert looks(talk.shown) == before


@pytest.mark.parametrize(
    "action",
    [
        act.ShowRing(1),
        act.Start(1),
        act.ShowCard("b-eyes", 0),
        act.StopRoutine("b-eyes", 0),
        act.ShowPause(1),
        act.Done(1),
        act.Finished(),
    ],
)
async def test_danger_signs_open_apart_where_a_reminder_or_an_exercise_must_stay(
    talk: Talk, action: Action
) -> None:
    await settled(talk)
    talk.reminded(minutes=5)
    await talk.wants(action)
    await talk.taps("Danger signs")

    assert talk.shown.fresh
    assert talk.said.startswith("This may need urgent help.")


async def test_danger_signs_of_an_old_button_lead_back_to_the_menu(talk: Talk) -> None:
    await talk.wants(act.ShowDanger())
    assert "Call now: 112" in talk.said
    assert "groin" in talk.said

    await talk.taps("‹ Back")
    assert "My reminders" in talk.labels


async def test_content_without_an_entry_for_danger_signs_has_the_referral_in_its_place(
    talk: Talk, finder: Finder
) -> None:
    content = talk.voice.content
    others = {name: one for name, one in content.entries.items() if name != "urgent-signs"}
    voice = replace(talk.voice, content=replace(content, entries=others))
    talk.desk = open_desk(voice, talk.store, talk.refer, finder, "en")
    await talk.wants(act.ShowSettings())
    await talk.taps("Danger signs")
    assert "Call now: 112" in talk.said

    await talk.taps("‹ Back")
    assert "Delete my data" in talk.labels


async def test_danger_signs_by_command_have_a_way_on_to_the_menu(talk: Talk) -> None:
    await talk.commands("danger")
    await talk.taps("When to see a doctor")
    await talk.taps("‹ Back")
    assert talk.said.startswith("This may need urgent help.")

    await talk.taps("‹ Back")
    assert "My reminders" in talk.labels


@pytest.mark.parametrize(
    "action", [act.ShowTopic("gone"), act.ShowEntry("gone"), act.ShowSources("gone")]
)
async def test_a_button_of_something_that_is_gone_gets_the_topics(
    talk: Talk, action: Action
) -> None:
    await talk.wants(action)

    assert "out of date" in talk.said
    assert "Where it hurts" in talk.labels


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_every_screen_without_a_database_fits_one_message_and_has_few_choices(
    talk: Talk, language: str
) -> None:
    plain: list[Action] = [act.Home(), act.ShowTopics(), act.ShowDanger(), act.ShowExercises()]
    plain += [act.ShowFinder(), act.ShowAbout(), act.ShowPrivacy()]
    for entry in talk.voice.content.entries:
        plain += [act.ShowEntry(entry), act.ShowSources(entry)]
    for action in plain:
        await talk.wants(action, language)
        assert len(joined(talk.shown.blocks).plain) <= 3500
        choices = [b for row in talk.shown.buttons[:-1] for b in row]
        assert len(choices) <= 7


async def test_browsing_needs_no_database(talk: Talk) -> None:
    talk.store.away = True
    actions: list[Action] = [act.Home(), act.ShowTopics(), act.ShowEntry("stiff-neck")]
    for action in [*actions, act.ShowSources("stiff-neck"), act.ShowDanger()]:
        await talk.wants(action)
        assert "cannot save" not in talk.said


async def test_the_menu_says_that_reminders_are_paused_and_that_they_ring_again(
    talk: Talk,
) -> None:
    await settled(talk)
    await talk.wants(act.PauseForever())
    await talk.commands("menu")
    assert "My reminders: paused" in talk.labels

    await talk.wants(act.Resume())
    await talk.commands("menu")
    assert "My reminders" in talk.labels


async def test_the_menu_says_in_russian_too_that_reminders_rest_after_a_referral(
    talk: Talk,
) -> None:
    await settled(talk)
    person = talk.store.subscribers[CHAT]
    talk.store.subscribers[CHAT] = replace(person, hold=date(2026, 11, 25))
    await talk.wants(act.Home(), "ru")

    assert "Мои напоминания: пауза" in talk.labels


async def test_a_database_that_does_not_answer_holds_up_no_menu(talk: Talk) -> None:
    browse = replace(talk.desk.browse, store=SlowStore())
    talk.desk = replace(talk.desk, routes={**talk.desk.routes, act.Home: browse.home})
    async with asyncio.timeout(5):
        await talk.wants(act.Home())

    assert "My reminders" in talk.labels
