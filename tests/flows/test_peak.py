"""A time that too many chose: said in one line with free ones near it, and never moved by the bot."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core import actions as act
from bot.core.load import Capacity
from bot.core.plans import Kind, Pause, Plan, Subscriber
from bot.core.search.finder import Finder
from bot.core.triage.screener import Screener
from bot.flows.desk import open_desk
from bot.flows.peak import LOOK_SECONDS
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from tests.fakes import MORNING, MemoryStore, TurnedClock
from tests.flows.conftest import CHAT, Talk

EIGHT = datetime(2026, 11, 24, 7, tzinfo=UTC)
"""08:00 in Berlin, half an hour after the talks begin."""
DAY = timedelta(days=1)
ONE_A_MINUTE = Capacity(1 / 60)


@dataclass
class StuckStore(MemoryStore):
    """Never says how full minutes are."""

    asked: list[datetime] = field(default_factory=list)

    async def load(self, since: datetime, until: datetime) -> Mapping[datetime, int]:
        self.asked.append(since)
        await asyncio.get_running_loop().create_future()
        return await super().load(since, until)


def neighbours(store: MemoryStore, *moments: datetime) -> None:
    for moment in moments:
        plan = Plan(Kind.MORNING, moment.time(), next_due=moment)
        chat = 1000 + len(store.subscribers)
        store.subscribers[chat] = Subscriber(chat, "en", "UTC", MORNING, plans={Kind.MORNING: plan})


def at(talk: Talk) -> time:
    return talk.store.subscribers[CHAT].plans[Kind.MORNING].at


def talking(
    voice: Voice, screener: Screener, finder: Finder, store: MemoryStore, capacity: Capacity
) -> Talk:
    refer = Refer(voice, store)
    desk = open_desk(voice, store, refer, finder, "en", capacity=capacity)
    return Talk(voice, store, TurnedClock(), refer, desk, screener)


@pytest.fixture
def busy(voice: Voice, screener: Screener, finder: Finder) -> Talk:
    """Five others chose 08:00, and one each of the five minutes before it."""
    talk = talking(voice, screener, finder, MemoryStore(), ONE_A_MINUTE)
    neighbours(talk.store, *[EIGHT] * 5, *(EIGHT - timedelta(minutes=n) for n in range(1, 6)))
    return talk


SAID = "Many people chose 08:00; yours may come about 6 min later. 07:54 and 08:06 are free."


async def test_the_first_time_that_many_chose_is_kept_and_two_free_ones_are_offered(
    busy: Talk,
) -> None:
    await busy.joins()
    await busy.taps("Turn the morning reminder on")

    assert at(busy) == time(8)
    assert "Next: Tue 08:00." in busy.said
    assert SAID in busy.said
    assert busy.labels[:2] == ["07:54", "08:06"]


async def test_one_tap_takes_the_free_time_and_the_offer_is_gone(busy: Talk) -> None:
    await busy.joins()
    await busy.taps("Turn the morning reminder on")
    await busy.taps("07:54")

    assert at(busy) == time(7, 54)
    assert "Many people" not in busy.said
    assert "✓ 10 min" in busy.labels


async def test_who_does_nothing_keeps_the_chosen_time(busy: Talk) -> None:
    await busy.joins()
    await busy.taps("Turn the morning reminder on")
    await busy.taps("‹ Back")
    await busy.taps("Morning: 08:00")

    assert at(busy) == time(8)
    assert "Many people" not in busy.said


@pytest.mark.parametrize("how", ["tap", "words"])
async def test_a_later_change_to_a_full_minute_gets_the_offer_too(busy: Talk, how: str) -> None:
    await busy.joins()
    await busy.wants(act.SetTime(time(9)))
    assert "Many people" not in busy.said
    await busy.taps("Time: 09:00")
    if how == "tap":
        await busy.taps("08:00")
    else:
        await busy.writes("at eight")

    assert at(busy) == time(8)
    assert SAID in busy.said


async def test_in_russian_the_offer_is_russian(busy: Talk) -> None:
    await busy.joins()
    await busy.wants(act.SetTime(time(8)), "ru")

    assert "Время 08:00 выбрали многие" in busy.said
    assert "Свободны 07:54 и 08:06." in busy.said


async def test_where_one_free_time_is_near_one_button_says_so(busy: Talk) -> None:
    await busy.joins()
    neighbours(busy.store, *(EIGHT - timedelta(minutes=n) for n in range(6, 61)))
    await busy.wants(act.SetTime(time(8)))

    assert "08:06 is free." in busy.said
    assert busy.labels[0] == "08:06"


async def test_where_no_free_time_is_near_the_line_stands_alone(busy: Talk) -> None:
    await busy.joins()
    neighbours(busy.store, *(EIGHT + timedelta(minutes=n) for n in range(-60, 61)))
    await busy.wants(act.SetTime(time(8)))

    assert "Many people chose 08:00; yours may come about" in busy.said
    assert "free" not in busy.said
    assert "✓ 10 min" in busy.labels


async def test_a_reminder_that_is_turned_off_says_nothing_of_others(busy: Talk) -> None:
    await busy.joins()
    await busy.wants(act.SetTime(time(8)))
    await busy.taps("Turn the morning reminder off")

    assert "Many people" not in busy.said


async def test_a_reminder_that_rests_for_good_says_nothing_of_others(busy: Talk) -> None:
    await busy.joins()
    await busy.wants(act.SetTime(time(9)))
    person = busy.store.subscribers[CHAT]
    resting = Plan(Kind.MORNING, time(9), pause=Pause(MORNING.date()))
    busy.store.subscribers[CHAT] = Subscriber(
        CHAT, "en", person.zone, MORNING, plans={Kind.MORNING: resting}
    )
    await busy.wants(act.SetTime(time(8)))

    assert "Many people" not in busy.said


async def test_everyday_plans_count_for_a_day_that_they_reach_later(
    voice: Voice, screener: Screener, finder: Finder
) -> None:
    talk = talking(voice, screener, finder, MemoryStore(), ONE_A_MINUTE)
    neighbours(talk.store, *[EIGHT] * 5)  # tomorrow they ring on Wednesday, too
    await talk.joins()
    await talk.taps("Turn the morning reminder on")
    await talk.wants(act.SetDays(frozenset({3})))
    await talk.wants(act.SetTime(time(8)))

    assert "Next: Wed 08:00." in talk.said
    assert "Many people chose 08:00" in talk.said


async def test_at_the_default_rate_ten_people_are_no_crowd(
    voice: Voice, screener: Screener, finder: Finder
) -> None:
    talk = talking(voice, screener, finder, MemoryStore(), Capacity(29.0))
    neighbours(talk.store, *[EIGHT] * 9)
    await talk.joins()
    await talk.taps("Turn the morning reminder on")

    assert "Many people" not in talk.said


async def test_an_answer_does_not_wait_for_a_count_that_does_not_come(
    voice: Voice, screener: Screener, finder: Finder
) -> None:
    store = StuckStore()
    talk = talking(voice, screener, finder, store, ONE_A_MINUTE)
    await talk.joins()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await talk.taps("Turn the morning reminder on")

    assert store.asked
    assert at(talk) == time(8)
    assert loop.time() - began < LOOK_SECONDS + 2.0
    assert "Many people" not in talk.said
