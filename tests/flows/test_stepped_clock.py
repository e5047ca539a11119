"""The wall clock jumps, or the machine sleeps: nothing twice, nothing stale, no heap of messages."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.core.breaks import Rhythm
from bot.core.plans import Kind, Plan, State, Subscriber
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.rounds import Rounds
from bot.flows.voice import Voice
from bot.store.sqlite import SqliteStore
from tests.fakes import SeenTries, ToldCourier, TurnedClock
from tests.flows.test_deliver import spawn
from tests.flows.test_rounds import nothing
from tests.journeys.conftest import until

PEOPLE = int(os.environ.get("PEOPLE", "12"))
MIDNIGHT = datetime(2026, 12, 1, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class House:
    """A bot with people who have a morning reminder and hourly breaks, 10:00 to 17:00."""

    deliver: Deliver
    store: SqliteStore
    courier: ToldCourier
    clock: TurnedClock

    async def inhabit(self) -> None:
        for chat in range(1, PEOPLE + 1):
            at = time(8 + chat % 2, chat % 4 * 15)
            due = datetime.combine(MIDNIGHT.date(), at, UTC)
            plans = {
                Kind.MORNING: Plan(Kind.MORNING, at, next_due=due),
                Kind.BREAK: Plan(
                    Kind.BREAK, time(0), next_due=MIDNIGHT + 10 * HOUR, rhythm=Rhythm()
                ),
            }
            async with self.store.change(chat, None, MIDNIGHT) as change:
                await change.save(Subscriber(chat, "en", "UTC", MIDNIGHT, plans=plans))

    async def works_until(self, end: datetime) -> None:
        """Look once a minute."""
        while self.clock.moment < end:
            await self.deliver.work()
            self.clock.turn(minutes=1)
        await self.deliver.work()

    async def heard(self) -> Counter[int]:
        """Return how many messages came to each chat since the last call."""
        came = Counter(chat for chat, _ in self.courier.carried)
        self.courier.carried.clear()
        figures = await self.store.figures(self.clock.now())
        assert figures.difference == 0
        return came


@pytest.fixture
async def house(voice: Voice, tmp_path: Path) -> AsyncIterator[House]:
    store = await SqliteStore.open(tmp_path / "x.db", tmp_path / "key")
    clock, courier = TurnedClock(MIDNIGHT), ToldCourier()
    deliver = Deliver(store, courier, voice, Hold(store), clock, spawn, 4, SeenTries())
    deliver.health.probed(works=True)
    made = House(deliver, store, courier, clock)
    await made.inhabit()
    yield made
    await store.close()


@pytest.mark.parametrize("woken", [9 * 60 + 50, 10 * 60, 10 * 60 + 7, 11 * 60 + 1, 15 * 60 + 40])
async def test_after_eight_hours_of_sleep_each_person_gets_one_message_at_most(
    house: House, woken: int
) -> None:
    house.clock.moment = MIDNIGHT + woken * MINUTE
    await house.deliver.work()

    assert max((await house.heard()).values(), default=0) <= 1
    figures = await house.store.figures(house.clock.now())
    dropped = figures.ended[State.STALE] + figures.ended[State.CANCELLED]
    assert figures.made == figures.ended[State.SENT] + dropped


async def test_after_a_sleep_the_rest_of_the_day_goes_on_as_ever(house: House) -> None:
    house.clock.moment = MIDNIGHT + 15 * HOUR + 40 * MINUTE
    await house.deliver.work()
    await house.heard()
    await house.works_until(MIDNIGHT + 20 * HOUR)

    assert set((await house.heard()).values()) == {2}  # breaks at 16:00 and 17:00


@pytest.mark.parametrize("back", [HOUR, DAY])
async def test_a_clock_that_steps_back_brings_nothing_again(house: House, back: timedelta) -> None:
    await house.works_until(MIDNIGHT + 13 * HOUR + 30 * MINUTE)
    before = await house.heard()
    house.clock.moment -= back
    await house.works_until(MIDNIGHT + 23 * HOUR)

    assert set(before.values()) == {5}  # the morning reminder, and breaks from 10:00 to 13:00
    # at 13:00 the third break in a row without an answer brought a question, and quiet
    assert await house.heard() == Counter()


@pytest.mark.parametrize("at", [9 * 60 + 55, 10 * 60 + 20, 10 * 60 + 59])
async def test_a_clock_that_steps_forward_and_back_brings_one_message_early_at_most(
    house: House, at: int
) -> None:
    await house.works_until(MIDNIGHT + at * MINUTE)
    before = await house.heard()
    house.clock.moment += HOUR
    await house.deliver.work()
    early = await house.heard()
    house.clock.moment -= HOUR
    await house.works_until(MIDNIGHT + 12 * HOUR + 30 * MINUTE)
    after = await house.heard()

    assert max(early.values(), default=0) <= 1
    assert max((before + early + after).values()) <= 4  # the morning, and 10:00, 11:00, 12:00


async def test_a_turned_clock_is_noticed_within_a_second_however_far_the_next_reminder_was(
    house: House,
) -> None:
    stop = asyncio.Event()
    rounds = Rounds(house.deliver, lambda: True, nothing)
    running = spawn(rounds.run(stop), "rounds")
    await asyncio.sleep(0)
    house.clock.moment = MIDNIGHT + 12 * HOUR
    async with asyncio.timeout(5):
        await until(lambda: len(house.courier.carried) == PEOPLE, "the break of noon")
    stop.set()
    await running
