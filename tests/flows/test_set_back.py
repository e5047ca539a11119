"""A clock that was ahead comes back, now or before the start: everybody is reminded as before."""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.plans import DuePlan, Kind, Plan, Subscriber
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.set_back import SET_WITHIN_SECONDS, SetBack
from bot.flows.voice import Voice
from bot.store.sqlite import SqliteStore
from tests.fakes import MemoryStore, SeenTries, ToldCourier, TurnedClock
from tests.flows.test_deliver import spawn
from tests.flows.test_stepped_clock import DAY, HOUR, MIDNIGHT, MINUTE, PEOPLE, House
from tests.journeys.conftest import until

SEVEN = MIDNIGHT + 7 * HOUR
AHEAD = [50 * MINUTE, DAY, 30 * DAY, 400 * DAY]
SECOND = timedelta(seconds=1)
FIRST_DAY = 5  # a morning, breaks from 10:00 to 13:00: the last asks whether fewer were better
SECOND_DAY = 9  # nobody is asked again; breaks until 17:00
SENT = """
    SELECT s.id, count(*) FROM occurrence o JOIN plan p ON p.id = o.plan
                                            JOIN subscriber s ON s.id = p.subscriber
     WHERE o.state = 'sent' GROUP BY s.id
"""
MORNINGS = """
    SELECT o.local_date, count(*) FROM occurrence o JOIN plan p ON p.id = o.plan
     WHERE o.state = 'sent' AND p.kind = 'morning' GROUP BY o.local_date ORDER BY o.local_date
"""


class EnoughError(Exception):
    """Ends what would run until it is cancelled."""


@dataclass
class Naps:
    """Sleeps no time.

    Attributes:
        unsteady: How many looks still find that the clock jumped lately.
        left: After so many naps it ends who sleeps.
    """

    unsteady: int = 0
    left: int = 50
    taken: list[float] = field(default_factory=list)

    def is_steady(self) -> bool:
        self.unsteady -= 1
        return self.unsteady < 0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.taken.append(seconds)
        self.left -= 1
        if self.left < 0:
            raise EnoughError


@pytest.fixture
async def house(voice: Voice, tmp_path: Path) -> AsyncIterator[House]:
    store = await SqliteStore.open(tmp_path / "x.db", tmp_path / "key")
    clock, courier = TurnedClock(MIDNIGHT), ToldCourier()
    deliver = Deliver(store, courier, voice, Hold(store), clock, spawn, 4, SeenTries())
    deliver.health.probed(works=True)
    made = House(deliver, store, courier, clock)
    await made.inhabit()
    await made.works_until(SEVEN)
    yield made
    await store.close()


async def lives_ahead(house: House, by: timedelta) -> Counter[int]:
    """Let the clock be ahead for as long as all that was missed needs to get there."""
    house.clock.moment += by
    for _ in range(10 * by.days + 50):
        await house.deliver.work()
    early = await house.heard()
    house.clock.moment -= by
    return early


def kept(folder: Path, query: str) -> list[tuple[Any, int]]:
    with closing(sqlite3.connect(folder / "x.db")) as db:
        return db.execute(query).fetchall()


def sent(folder: Path) -> Counter[int]:
    """Return how many occurrences of each person were sent; their numbers here are their chats."""
    return Counter(dict(kept(folder, SENT)))


def set_back(house: House, naps: Naps | None = None) -> SetBack:
    naps = naps or Naps()
    return SetBack(house.store, house.clock, naps.is_steady, naps.sleep)


@pytest.mark.parametrize("ahead", AHEAD)
async def test_after_a_step_back_each_day_has_all_that_it_would_have_had(
    house: House, ahead: timedelta
) -> None:
    made = set_back(house)
    early = await lives_ahead(house, ahead)
    made.stepped(-ahead.total_seconds())
    await made.see()
    await house.works_until(MIDNIGHT + DAY)
    first = await house.heard()
    await house.works_until(MIDNIGHT + 2 * DAY)

    assert early == Counter()
    assert set(first.values()) == {FIRST_DAY}
    assert set((await house.heard()).values()) == {SECOND_DAY}
    assert len(first) == PEOPLE


@pytest.mark.parametrize("ahead", AHEAD)
async def test_what_went_too_early_does_not_come_again_and_all_else_does(
    house: House, tmp_path: Path, ahead: timedelta
) -> None:
    await house.works_until(MIDNIGHT + 8 * HOUR + 50 * MINUTE)
    before = await house.heard()
    made = set_back(house)
    early = await lives_ahead(house, ahead)
    made.stepped(-ahead.total_seconds())
    await made.see()
    await house.works_until(MIDNIGHT + 2 * DAY)
    after = await house.heard()

    assert early
    assert max(early.values()) == 1
    assert sent(tmp_path) == before + early + after  # a row each: no date and slot came twice
    assert kept(tmp_path, MORNINGS)[:2] == [("2026-12-01", PEOPLE), ("2026-12-02", PEOPLE)]
    assert min(after.values()) >= FIRST_DAY - 1 + SECOND_DAY - 1


@pytest.mark.parametrize("ahead", [DAY, 30 * DAY])
async def test_a_clock_put_right_while_the_bot_is_down_shows_at_the_next_start(
    house: House, ahead: timedelta
) -> None:
    await lives_ahead(house, ahead)
    assert await house.store.was_ahead(house.clock.now())
    await set_back(house).see()
    await house.works_until(MIDNIGHT + DAY)

    assert set((await house.heard()).values()) == {FIRST_DAY}
    assert not await house.store.was_ahead(house.clock.now())


async def test_a_start_while_the_clock_is_ahead_finds_nothing_and_the_step_then_does(
    house: House,
) -> None:
    await lives_ahead(house, 30 * DAY)
    house.clock.moment += 30 * DAY
    made = set_back(house)
    await made.see()
    house.clock.moment -= 30 * DAY
    made.stepped(-30 * DAY.total_seconds())
    await made.see()
    await house.works_until(MIDNIGHT + DAY)

    assert set((await house.heard()).values()) == {FIRST_DAY}


async def test_a_right_clock_set_back_an_hour_brings_nothing_again(house: House) -> None:
    await house.works_until(MIDNIGHT + 12 * HOUR + 30 * MINUTE)
    await house.heard()
    made = set_back(house)
    house.clock.moment -= HOUR
    made.stepped(-HOUR.total_seconds())
    await made.see()
    await house.works_until(MIDNIGHT + 12 * HOUR + 45 * MINUTE)

    assert await house.heard() == Counter()


async def test_a_right_clock_set_back_a_day_brings_nothing_again(
    house: House, tmp_path: Path
) -> None:
    await house.works_until(MIDNIGHT + DAY + 12 * HOUR + 30 * MINUTE)
    known = sent(tmp_path)
    await house.heard()
    made = set_back(house)
    house.clock.moment -= DAY
    made.stepped(-DAY.total_seconds())
    await made.see()
    await house.works_until(MIDNIGHT + DAY + 12 * HOUR + 45 * MINUTE)

    assert sent(tmp_path) == known + await house.heard()


async def test_work_waits_until_the_clock_is_steady_and_reckons_from_the_step(
    house: House,
) -> None:
    naps = Naps(unsteady=3)
    made = set_back(house, naps)
    await lives_ahead(house, 30 * DAY)
    house.clock.moment = MIDNIGHT + 10 * HOUR - 10 * SECOND
    made.stepped(-30 * DAY.total_seconds())
    house.clock.moment = MIDNIGHT + 10 * HOUR + 50 * SECOND
    await made.see()
    await house.deliver.work()

    assert [nap for nap in naps.taken if nap] == [2.0] * 3
    assert set((await house.heard()).values()) == {1}, "the break of 10:00 was left out"


def people_with(due: datetime, count: int) -> MemoryStore:
    store = MemoryStore()
    for chat in range(1, count + 1):
        plan = Plan(Kind.MORNING, time(8), next_due=due)
        person = Subscriber(chat, "en", "UTC", MIDNIGHT, plans={Kind.MORNING: plan})
        store.subscribers[chat] = person
    return store


@dataclass
class Jolted(MemoryStore):
    """Has things happen while it is at work."""

    jolts: list[Callable[[], None]] = field(default_factory=list)

    async def pull_back(
        self, now: datetime, anew: Callable[[DuePlan], Plan], after: int = 0, limit: int = 500
    ) -> int | None:
        done = await MemoryStore.pull_back(self, now, anew, after, limit)
        if self.jolts:
            self.jolts.pop()()
        return done


def dues(store: MemoryStore) -> set[datetime | None]:
    return {person.plans[Kind.MORNING].next_due for person in store.subscribers.values()}


async def test_a_step_forward_alone_changes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    store, naps = people_with(MIDNIGHT + 30 * DAY, 1), Naps()
    made = SetBack(store, TurnedClock(SEVEN), naps.is_steady, naps.sleep)
    made.stepped(30 * DAY.total_seconds())
    await made.see()

    assert dues(store) == {MIDNIGHT + 30 * DAY}
    assert caplog.records == []


async def test_how_many_plans_were_pulled_back_is_told_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store, naps = people_with(MIDNIGHT + 30 * DAY, 501), Naps()
    made = SetBack(store, TurnedClock(SEVEN), naps.is_steady, naps.sleep)
    made.stepped(-60 * DAY.total_seconds())
    await made.see()

    (record,) = caplog.records
    assert (record.__dict__["event"], record.__dict__["plans"]) == ("clock.was_ahead", 501)
    assert record.levelno == logging.WARNING
    assert dues(store) == {MIDNIGHT + 8 * HOUR}


async def test_a_second_step_meanwhile_begins_anew_from_there() -> None:
    store, clock = people_with(MIDNIGHT + 30 * DAY, 501), TurnedClock(SEVEN + DAY)
    naps = Naps(left=500)
    made = SetBack(store, clock, naps.is_steady, naps.sleep)
    made.stepped(-30 * DAY.total_seconds())
    seeing = spawn(made.see(), "see")
    await until(lambda: MIDNIGHT + DAY + 8 * HOUR in dues(store), "the first people", pause=0)
    clock.moment = SEVEN
    made.stepped(-DAY.total_seconds())
    await seeing

    assert dues(store) == {MIDNIGHT + 8 * HOUR}


async def test_a_step_while_people_are_worked_on_does_not_count_them_as_done() -> None:
    clock, naps = TurnedClock(SEVEN + DAY), Naps()
    store = Jolted()
    store.subscribers = people_with(MIDNIGHT + 30 * DAY, 1).subscribers
    made = SetBack(store, clock, naps.is_steady, naps.sleep)

    def jolt() -> None:
        clock.moment = SEVEN
        made.stepped(-DAY.total_seconds())

    store.jolts = [jolt]
    made.stepped(-30 * DAY.total_seconds())
    await made.see()

    assert dues(store) == {MIDNIGHT + 8 * HOUR}


async def test_an_unreachable_database_is_asked_again_from_where_it_was() -> None:
    store, naps = people_with(MIDNIGHT + 30 * DAY, 3), Naps(left=6)
    store.away = True
    made = SetBack(store, TurnedClock(SEVEN), naps.is_steady, naps.sleep)
    made.stepped(-30 * DAY.total_seconds())
    with pytest.raises(EnoughError):
        await made.run()
    assert 2.0 in naps.taken
    store.away, naps.left = False, 50
    await made.see()

    assert dues(store) == {MIDNIGHT + 8 * HOUR}


async def test_a_clock_that_is_behind_as_the_machine_starts_pulls_nobody_back() -> None:
    store, clock = people_with(SEVEN + 10 * DAY, 1), TurnedClock(SEVEN)
    store.counted = SEVEN + 9 * DAY
    naps = Naps()

    async def sleep(seconds: float) -> None:
        await naps.sleep(seconds)
        if seconds == SET_WITHIN_SECONDS:
            clock.moment = SEVEN + 9 * DAY  # it is set right

    await SetBack(store, clock, naps.is_steady, sleep).see()

    assert SET_WITHIN_SECONDS in naps.taken
    assert dues(store) == {SEVEN + 10 * DAY}


async def test_it_goes_on_to_wait_for_the_next_step() -> None:
    store, naps = people_with(MIDNIGHT + 8 * HOUR, 1), Naps()
    made = SetBack(store, TurnedClock(SEVEN), naps.is_steady, naps.sleep)
    running = spawn(made.run(), "set-back")
    await until(lambda: bool(naps.taken), "its start")
    store.edit_plan(1, Kind.MORNING, lambda plan: replace(plan, next_due=MIDNIGHT + 9 * DAY))
    made.stepped(-9 * DAY.total_seconds())
    await until(lambda: dues(store) == {MIDNIGHT + 8 * HOUR}, "the right moment")
    running.cancel()
