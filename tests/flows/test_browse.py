import pytest

from bot.core import actions as act
from bot.core.actions import Action, ShowDanger
from bot.core.text import joined
from tests.flows.conftest import Talk

COMPLETE = ("heat-or-cold", "stiff-neck", "urgent-signs", "morning-exercise")


async def test_the_main_menu_has_seven_choices_with_danger_signs_among_them(talk: Talk) -> None:
    await talk.commands("menu")

    assert len(talk.labels) == 7
    assert talk.button("Danger signs").action == ShowDanger()


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_every_answer_is_reached_by_buttons_and_leads_back_to_its_topic(
    talk: Talk, language: str
) -> None:
    for topic in talk.voice.content.topics:
        await talk.wants(act.ShowTopic(topic.id), language)
        for title in talk.labels[:-2]:
            await talk.wants(act.ShowTopic(topic.id), language)
            await talk.taps(title)
            assert title in talk.said
            assert talk.button(talk.voice.say(language, "nav.back")).action == act.ShowTopic(
                topic.id
            )


@pytest.mark.parametrize("language", ["en", "ru"])
async def test_danger_signs_are_one_tap_away_from_every_answer(talk: Talk, language: str) -> None:
    for entry in talk.voice.content.entries:
        await talk.wants(act.ShowEntry(entry), language)
        kinds = [type(b.action) for row in talk.shown.buttons for b in row]
        assert ShowDanger in kinds


@pytest.mark.parametrize("entry", COMPLETE)
async def test_a_complete_answer_shows_its_sources_and_that_nobody_reviewed_it(
    talk: Talk, entry: str
) -> None:
    await talk.wants(act.ShowEntry(entry))

    for source in talk.voice.content.entries[entry].sources:
        assert source.title in talk.said
    assert "no clinician has reviewed" in talk.said


async def test_an_answer_that_is_not_written_yet_says_so_and_keeps_its_help_ending(
    talk: Talk,
) -> None:
    await talk.wants(act.ShowEntry("types-of-spasm"))

    assert "being written" in talk.said
    assert "When to get help" in talk.said


async def test_the_danger_signs_begin_with_the_referral_message(talk: Talk) -> None:
    await talk.wants(act.ShowDanger())

    assert talk.said.startswith("This may need urgent help.")
    assert "Call now: 112" in talk.said
    assert "groin" in talk.said


@pytest.mark.parametrize("action", [act.ShowTopic("gone"), act.ShowEntry("gone")])
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
    plain += [act.ShowEntry(entry) for entry in talk.voice.content.entries]
    for action in plain:
        await talk.wants(action, language)
        assert len(joined(talk.shown.blocks).plain) <= 3500
        choices = [b for row in talk.shown.buttons[:-1] for b in row]
        assert len(choices) <= 7


async def test_browsing_touches_no_database(talk: Talk) -> None:
    talk.store.away = True
    actions: list[Action] = [act.Home(), act.ShowTopics(), act.ShowEntry("stiff-neck")]
    for action in [*actions, act.ShowDanger()]:
        await talk.wants(action)
        assert "cannot save" not in talk.said
