"""Times and hours in people's own words: understood, or asked again with the nearest right ones."""

from datetime import time
from functools import partial

import pytest

from bot.core import actions as act
from bot.core.breaks import INTERVALS, Rhythm, Window
from bot.core.plans import Kind, Plan
from tests.flows.conftest import CHAT, Talk
from tests.flows.ringing import joins_in

LANGUAGES = pytest.mark.parametrize("language", ["en", "ru"])


def plan(talk: Talk, kind: Kind = Kind.BREAK) -> Plan:
    return talk.store.subscribers[CHAT].plans[kind]


def rhythm(talk: Talk) -> Rhythm:
    found = plan(talk).rhythm
    assert found is not None
    return found


async def breaks_on(talk: Talk, language: str = "en") -> None:
    await joins_in(talk, language)
    await talk.wants(act.SetBreaks(on=True))


async def asked_for_a_time(talk: Talk, language: str = "en") -> None:
    await joins_in(talk, language)
    await talk.wants(act.SetMorning(on=True))
    await talk.wants(act.ShowTimes())


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("7.30pm", time(19, 30)),
        ("half past seven", time(7, 30)),
        ("половина восьмого", time(7, 30)),
        ("в семь утра", time(7)),
        ("quarter to 8", time(7, 45)),
    ],
)
@LANGUAGES
async def test_a_clear_time_is_taken_and_the_screen_says_which(
    talk: Talk, said: str, at: time, language: str
) -> None:
    await asked_for_a_time(talk, language)
    await talk.writes(said)

    assert plan(talk, Kind.MORNING).at == at
    assert talk.shown.language == language
    assert any(label.endswith(f": {at:%H:%M}") for label in talk.labels)


@pytest.mark.parametrize(
    ("said", "near"),
    [
        ("25:00", ["01:00"]),
        ("7:75", ["08:15"]),
        ("in the morning", ["07:00", "07:30", "08:00", "08:30"]),
        ("утром", ["07:00", "07:30", "08:00", "08:30"]),
        ("вечером", ["18:00", "19:00", "20:00", "21:00"]),
        ("7 or 8 pm", ["19:00", "20:00"]),
        ("в 7 или 8 вечера", ["19:00", "20:00"]),
    ],
)
@LANGUAGES
async def test_an_unclear_time_changes_nothing_and_the_nearest_ones_come_first(
    talk: Talk, said: str, near: list[str], language: str
) -> None:
    await asked_for_a_time(talk, language)
    await talk.writes(said)
    assert plan(talk, Kind.MORNING).at == time(8)
    assert "Did you mean" in talk.said or "имели в виду" in talk.said

    assert talk.labels[: len(near)] == near
    await talk.taps(near[0])
    assert f"{plan(talk, Kind.MORNING).at:%H:%M}" == near[0]


async def test_a_time_asked_for_again_is_still_taken_when_it_is_written(talk: Talk) -> None:
    await asked_for_a_time(talk)
    for said in ("25:00", "in the morning", "7:45"):
        await talk.writes(said)

    assert plan(talk, Kind.MORNING).at == time(7, 45)


@LANGUAGES
@pytest.mark.parametrize(
    ("said", "minutes", "longer"),
    [
        ("09:00–09:20", 30, "09:00–10:00"),
        ("09:00–09:20", 60, "09:00–11:00"),
        ("09:00–09:30", 120, "09:00–13:00"),
        ("23:30–23:50", 60, "21:59–23:59"),
    ],
)
async def test_hours_too_short_for_any_break_are_repeated_and_longer_ones_are_offered(
    talk: Talk, language: str, said: str, minutes: int, longer: str
) -> None:
    await breaks_on(talk, language)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(12), time(17), minutes))
    before = rhythm(talk)
    await talk.wants(act.ShowHours())
    await talk.writes(said)
    assert rhythm(talk) == before
    assert "Nothing was changed" in talk.said or "Ничего не изменилось" in talk.said
    assert said in talk.said

    await talk.taps(longer)
    assert {f"{w.start:%H:%M}–{w.end:%H:%M}" for _, w in rhythm(talk).windows} == {longer}
    assert len(rhythm(talk).labels(1)) == 1


async def test_hours_too_short_for_the_interval_offer_the_intervals_that_fit_them(
    talk: Talk,
) -> None:
    await breaks_on(talk)
    await talk.wants(act.ShowHours())
    await talk.writes("9:00-9:50")
    assert "every 60 minutes" in talk.said
    assert "09:00–09:50" in talk.said
    assert talk.labels[:2] == ["Every 30 min", "Every 45 min"]

    await talk.taps("Every 45 min")
    assert rhythm(talk).every == 45
    assert rhythm(talk).labels(2) == (time(9, 45),)


@pytest.mark.parametrize("said", ["9-18", "from 9 to 6 pm", "с 9 до 18", "09:00–18:00", "9-6"])
async def test_hours_are_understood_as_people_write_them(talk: Talk, said: str) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(8), time(12)))
    await talk.wants(act.ShowHours())
    await talk.writes(said)

    assert {window for _, window in rhythm(talk).windows} == {Window(time(9), time(18))}


@pytest.mark.parametrize("said", ["in the morning", "9-25", "ночью", "🙂", "7 or 8 pm"])
@pytest.mark.parametrize("question", [act.ShowHours(), act.ShowDayHours(3), act.ShowLunch()])
async def test_words_that_are_no_hours_change_nothing_and_are_asked_for_again(
    talk: Talk, said: str, question: act.Action
) -> None:
    await breaks_on(talk)
    before = rhythm(talk)
    await talk.wants(question)
    offered = talk.labels
    await talk.writes(said)
    assert rhythm(talk) == before
    assert talk.labels == offered

    await talk.writes("12:30-13:45")
    assert rhythm(talk) != before


@pytest.mark.parametrize("said", ["18-9", "с 18 до 9", "6 pm to 9 am"])
async def test_hours_that_end_before_they_begin_offer_both_ways_round(
    talk: Talk, said: str
) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetInterval(120))
    await talk.wants(act.ShowHours())
    await talk.writes(said)

    assert talk.labels[:2] == ["09:00–18:00", "18:00–23:59"]
    await talk.taps("18:00–23:59")
    assert rhythm(talk).window(1) == Window(time(18), time(23, 59))


@pytest.mark.parametrize(
    ("said", "start", "offered"),
    [
        ("7.30pm", "19:30", ["19:30–23:30", "19:30–23:59"]),
        ("25:00", "01:00", ["01:00–10:00", "01:00–09:00", "01:00–07:00", "01:00–06:00"]),
        ("from 9", "09:00", ["09:00–18:00", "09:00–17:00", "09:00–15:00", "09:00–14:00"]),
        ("с половины восьмого", "07:30", ["07:30–18:00", "07:30–16:30", "07:30–15:30"]),
        ("noon", "12:00", ["12:00–18:00", "12:00–17:00"]),
        ("23:50", "23:50", ["21:59–23:59"]),
    ],
)
@pytest.mark.parametrize("question", [act.ShowHours(), act.ShowDayHours(3)])
async def test_one_time_alone_is_repeated_and_hours_that_begin_then_are_offered(
    talk: Talk, said: str, start: str, offered: list[str], question: act.Action
) -> None:
    await breaks_on(talk)
    before = rhythm(talk)
    await talk.wants(question)
    await talk.writes(said)
    assert start in talk.said
    assert talk.labels[: len(offered)] == offered
    assert rhythm(talk) == before

    await talk.taps(offered[0])
    window = rhythm(talk).window(3)
    assert window is not None
    assert f"{window.start:%H:%M}–{window.end:%H:%M}" == offered[0]


@pytest.mark.parametrize(
    ("said", "end", "offered"),
    [
        ("until 6 pm", "18:00", ["09:00–18:00", "10:00–18:00", "12:00–18:00"]),
        ("до 5", "17:00", ["09:00–17:00", "08:00–17:00"]),
        ("до полуночи", "23:59", ["15:00–23:59", "16:00–23:59"]),
        ("до полудня", "12:00", ["09:00–12:00", "08:00–12:00"]),
    ],
)
@LANGUAGES
async def test_an_end_alone_is_repeated_and_hours_that_end_then_are_offered(
    talk: Talk, said: str, end: str, offered: list[str], language: str
) -> None:
    await breaks_on(talk, language)
    await talk.wants(act.ShowHours())
    await talk.writes(said)

    assert end in talk.said
    assert talk.labels[: len(offered)] == offered


@pytest.mark.parametrize(
    ("said", "at", "offered"),
    [
        ("12:15", "12:15", ["12:15–13:15", "12:15–13:00", "12:15–12:45"]),
        ("7.30pm", "19:30", ["19:30–20:30", "19:30–20:15", "19:30–20:00"]),
        ("до двух", "14:00", ["13:00–14:00", "13:15–14:00", "13:30–14:00"]),
    ],
)
@LANGUAGES
async def test_one_time_of_lunch_is_repeated_and_lunches_from_or_until_then_are_offered(
    talk: Talk, said: str, at: str, offered: list[str], language: str
) -> None:
    await breaks_on(talk, language)
    await talk.wants(act.ShowLunch())
    await talk.writes(said)
    assert at in talk.said
    assert talk.labels[:3] == offered
    assert rhythm(talk).lunch is None

    await talk.taps(offered[2])
    lunch = rhythm(talk).lunch
    assert lunch is not None
    assert f"{lunch.start:%H:%M}–{lunch.end:%H:%M}" == offered[2]


@pytest.mark.parametrize("every", INTERVALS)
@pytest.mark.parametrize("said", ["9", "15:20", "22:10", "до 6 утра", "0:20"])
async def test_every_hour_offered_for_one_time_can_be_taken_at_once(
    talk: Talk, every: int, said: str
) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(12), time(17), every))
    await talk.wants(act.ShowHours())
    await talk.writes(said)
    screen, windows = talk.shown, [one for one in talk.labels if "–" in one]
    assert windows

    for window in windows:
        talk.screen = screen
        await talk.taps(window)
        assert f"Hours: {window}" in talk.labels


@LANGUAGES
async def test_a_lunch_that_swallows_every_break_says_so_and_offers_what_would_do(
    talk: Talk, language: str
) -> None:
    await breaks_on(talk, language)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(11), time(13)))
    await talk.wants(act.ShowLunch())
    await talk.writes("11:45-12:45")
    assert rhythm(talk).lunch is None
    assert "11:45–12:45" in talk.said
    assert "11:00–13:00" in talk.said
    say = partial(talk.voice.say, language)
    assert talk.labels[:-2] == [
        "12:30–13:30",
        say("breaks.every", minutes="30"),
        say("breaks.without-lunch"),
        say("breaks.hours", hours="11:00–13:00"),
    ]


@pytest.mark.parametrize("label", ["11:30–12:00", "Every 30 min", "No lunch break"])
async def test_each_offer_beside_a_lunch_that_swallows_every_break_is_taken(
    talk: Talk, label: str
) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(11), time(13)))
    await talk.wants(act.SetLunch(time(11, 30), time(12, 30)))
    await talk.taps(label)

    assert rhythm(talk).labels(1) == ((time(12, 30),) if "30 min" in label else (time(12),))
    assert "Hours: 11:00–13:00" in talk.labels


@pytest.mark.parametrize(
    "change",
    [
        act.SetHours(frozenset({1, 2, 3, 4, 5}), time(11, 30), time(13)),
        act.SetInterval(120),
    ],
)
async def test_a_change_that_leaves_breaks_only_at_lunch_says_so_and_leads_to_lunch(
    talk: Talk, change: act.Action
) -> None:
    await breaks_on(talk)
    await talk.wants(act.SetHours(frozenset(range(1, 6)), time(10), time(13)))
    await talk.wants(act.SetLunch(time(12), time(13)))
    before = rhythm(talk)
    await talk.wants(change)
    assert "12:00–13:00" in talk.said
    assert rhythm(talk) == before

    await talk.taps("Lunch: 12:00–13:00")
    assert "When is your lunch?" in talk.said
