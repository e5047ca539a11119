"""New zone data are taken up: at the start, and while the bot runs."""

import asyncio
import logging
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.catalog.zones import use_packaged_zones
from bot.core.plans import Kind, Plan, Subscriber
from bot.errors import StoreUnavailableError
from bot.flows.retiming import Retiming
from tests.fakes import MemoryStore, TurnedClock

use_packaged_zones()
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
WRONG = datetime(2026, 12, 1, 16, tzinfo=UTC)  # 08:00 in Vancouver, as the data of 2025b had it
RIGHT = WRONG - timedelta(hours=1)


class EnoughError(Exception):
    """Ends what would run until it is cancelled."""


@dataclass
class Naps:
    """Sleeps no time; after so many long naps it ends who sleeps.

    Attributes:
        disk: The version on the disk after each nap, the last one for ever.
    """

    retiming: Retiming | None = None
    disk: list[str | None] = field(default_factory=lambda: ["2025b"])
    left: int = 3
    taken: list[float] = field(default_factory=list)
    renewed: int = 0

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        if seconds:
            self.taken.append(seconds)
            self.disk = self.disk[1:] or self.disk
            self.left -= 1
            if self.left < 0:
                raise EnoughError

    def on_disk(self) -> str | None:
        return self.disk[0]

    def renew(self) -> None:
        self.renewed += 1


def store_with(*dues: datetime) -> MemoryStore:
    store = MemoryStore()
    for chat, due in enumerate(dues, 1):
        plan = Plan(Kind.MORNING, time(8), next_due=due)
        person = Subscriber(chat, "en", "America/Vancouver", NOW, plans={Kind.MORNING: plan})
        store.subscribers[chat] = person
    return store


def retiming(store: MemoryStore, naps: Naps) -> Retiming:
    return Retiming(store, TurnedClock(NOW), naps.on_disk, naps.renew, "2025b", naps.sleep)


def dues(store: MemoryStore) -> list[datetime | None]:
    return [person.plans[Kind.MORNING].next_due for person in store.subscribers.values()]


async def runs(made: Retiming) -> None:
    await made.begin()
    with pytest.raises(EnoughError):
        await made.run()


async def test_at_the_start_plans_of_unknown_data_are_worked_out_anew() -> None:
    store = store_with(WRONG)
    await retiming(store, Naps()).begin()

    assert dues(store) == [RIGHT]
    assert store.zone_data == ("2025b", None)


async def test_before_the_first_delivery_only_the_plans_of_the_next_hour_are_seen_to() -> None:
    store = store_with(*[WRONG + timedelta(seconds=n) for n in range(1101)])
    made = retiming(store, Naps())
    await made.begin()
    assert dues(store)[-1] == WRONG + timedelta(seconds=1100)

    with pytest.raises(EnoughError):
        await made.run()
    assert set(dues(store)) == {RIGHT}


async def test_what_is_due_within_the_hour_is_seen_to_however_much_it_is() -> None:
    store = store_with(*[NOW + timedelta(seconds=n) for n in range(1001)])
    for person in store.subscribers.values():
        due = person.plans[Kind.MORNING].next_due
        assert due is not None
        plan = Plan(Kind.MORNING, due.time(), next_due=due)
        store.subscribers[person.chat] = replace(person, zone="UTC", plans={Kind.MORNING: plan})
    await retiming(store, Naps()).begin()

    assert store.zone_data == ("2025b", None)


async def test_nothing_runs_before_the_beginning_is_made() -> None:
    store = store_with(WRONG)
    made = retiming(store, Naps())
    running = asyncio.get_running_loop().create_task(made.run())
    await asyncio.sleep(0)
    running.cancel()

    assert dues(store) == [WRONG]


async def test_a_package_that_is_replaced_while_we_run_is_taken_up_without_a_start() -> None:
    store = store_with(RIGHT)
    naps = Naps(disk=["2025b", "2025b", "2026f"], left=4)
    made = retiming(store, naps)
    await runs(made)

    assert (made.version, naps.renewed, store.zone_data) == ("2026f", 1, ("2026f", None))
    assert naps.taken[:3] == [3600.0, 3600.0, 60.0]


@pytest.mark.parametrize(
    "disk", [["2025b", None], ["2025b", "2026f", None], ["2025b", "2026f", "2026g"]]
)
async def test_a_package_that_is_just_being_replaced_waits(disk: list[str | None]) -> None:
    naps = Naps(disk=[*disk, "2025b"], left=3)
    made = retiming(store_with(RIGHT), naps)
    await runs(made)

    assert (made.version, naps.renewed) == ("2025b", 0)


async def test_while_the_database_is_away_it_is_tried_again() -> None:
    store = store_with(WRONG)
    naps = Naps()
    made = retiming(store, naps)
    store.away = True
    with pytest.raises(StoreUnavailableError):
        await made.begin()
    store.away = False
    await made.begin()
    store.away, store.zone_data = True, ("2024a", None)
    with pytest.raises(EnoughError):
        await made.run()

    assert naps.taken == [2.0] * 4


async def test_what_was_changed_is_logged_with_how_many_go_by_utc(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = store_with(WRONG, WRONG)
    store.subscribers[2] = replace(store.subscribers[2], zone="Mars/Olympus")
    with caplog.at_level(logging.INFO):
        await runs(retiming(store, Naps()))

    said = [
        (record.__dict__["event"], record.__dict__["plans"], record.levelname)
        for record in caplog.records
    ]
    assert said == [("zones.changed", 2, "INFO"), ("zones.missing", 1, "WARNING")]
    assert dues(store) == [RIGHT, datetime(2026, 12, 1, 8, tzinfo=UTC)]
