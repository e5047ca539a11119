"""Where a pause is to be seen, and that it is not once it is over."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import actions as act
from tests.flows.conftest import Talk
from tests.flows.ringing import joins_in, next_ring, rung_until

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])
SCREENS = pytest.mark.parametrize(
    "screen", [act.ShowReminders(), act.ShowMorning(), act.ShowBreaks(), act.ShowPause()]
)


async def all_on(talk: Talk, language: str = "en") -> None:
    """Have a morning reminder at 08:00 and hourly breaks; it is 07:30 on Tuesday."""
    await joins_in(talk, language)
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.SetBreaks(on=True))


@LANGUAGES
async def test_the_menu_tells_of_a_pause(talk: Talk, language: str) -> None:
    await all_on(talk, language)
    await talk.wants(act.PauseForever())
    await talk.wants(act.Home())

    assert talk.voice.say(language, "menu.reminders-rest") in talk.labels


@SCREENS
async def test_a_pause_that_is_over_is_shown_no_more(talk: Talk, screen: act.Action) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 11, 25)))
    talk.clock.moment = datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    await talk.wants(screen)
    assert "Paused until Wed 25 Nov." in talk.said

    talk.clock.turn(minutes=1)
    await talk.wants(screen)
    assert "Paused" not in talk.said


async def test_after_a_pause_is_over_the_next_one_is_offered_again(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 11, 25)))
    await talk.wants(act.ShowReminders())
    assert "Pause" not in talk.labels
    talk.clock.turn(days=1)
    await talk.wants(act.ShowReminders())
    assert "End the pause" not in talk.labels

    await talk.taps("Pause")
    await talk.taps("All quiet until tomorrow")
    assert "Paused until Thu 26 Nov." in talk.said


async def test_the_menu_tells_of_no_pause_that_is_over(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 11, 25)))
    talk.clock.turn(days=1)
    await talk.wants(act.Home())

    assert "My reminders" in talk.labels


async def test_after_a_pause_a_change_of_settings_keeps_what_later_has_put_off(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseUntil(date(2026, 11, 25)))
    await next_ring(talk)
    await talk.taps("Later: 10 min")
    await talk.wants(act.SetDays(frozenset(range(1, 8))))

    assert await rung_until(talk, talk.clock.now() + timedelta(minutes=11)) == ["morning+1"]


async def test_breaks_turned_on_during_a_pause_ring_and_their_screen_says_so(talk: Talk) -> None:
    await all_on(talk)
    await talk.wants(act.PauseForever())
    await talk.wants(act.SetBreaks(on=True))
    assert "Next: Tue 10:00." in talk.said
    assert "Paused" not in talk.said

    await talk.wants(act.ShowMorning())
    assert "Morning exercise: paused until you say so." in talk.said
