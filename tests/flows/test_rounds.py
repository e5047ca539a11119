"""Rounds of delivery: they survive a database that is away, and end when asked to."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest

from bot.core.plans import Advance, DuePlan, State
from bot.flows.deliver import Deliver
from bot.flows.rounds import Rounds
from tests.fakes import MemoryStore
from tests.flows.test_deliver import courier, deliver, spawn, states, subscribe
from tests.journeys.conftest import until

__all__ = ["deliver"]


class Written(MemoryStore):
    """Counts what reaches for the plans that are due."""

    writes = 0

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        self.writes += 1
        return await super().materialise(now, advance, limit)


async def nothing() -> None:
    """Nothing has to be done before the first round."""


async def delivered(deliver: Deliver, rounds: Rounds) -> None:
    """Make rounds until the one reminder is sent, then stop."""
    stop = asyncio.Event()
    running = spawn(rounds.run(stop), "rounds")
    await until(lambda: states(deliver) == [State.SENT], "the reminder")
    stop.set()
    await running


async def test_what_is_due_is_delivered_once_and_the_stop_ends_a_nap(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    async with asyncio.timeout(5):
        await delivered(deliver, Rounds(deliver, lambda: True, nothing))

    assert [chat for chat, _ in courier(deliver).carried] == [1]


async def test_a_database_that_was_away_is_tried_again_after_a_pause(deliver: Deliver) -> None:
    store = deliver.store
    assert isinstance(store, MemoryStore)
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        store.away = False

    subscribe(deliver, 1)
    store.away = True
    await delivered(deliver, Rounds(deliver, lambda: not store.away, nothing, pause))

    assert pauses == [2.0]


async def test_what_was_sent_before_the_stop_is_recorded_though_the_database_was_away(
    deliver: Deliver,
) -> None:
    store = deliver.store
    assert isinstance(store, MemoryStore)
    held = courier(deliver).turn = asyncio.Event()
    stop = asyncio.Event()

    async def pause(_seconds: float) -> None:
        store.away = False

    subscribe(deliver, 1)
    running = spawn(Rounds(deliver, lambda: True, nothing, pause).run(stop), "rounds")
    await courier(deliver).queued.wait()
    deliver.closing = store.away = True
    stop.set()
    held.set()
    await running

    assert states(deliver) == [State.SENT]


async def test_what_has_to_be_done_before_is_done_before_the_first_round_and_once(
    deliver: Deliver,
) -> None:
    subscribe(deliver, 1)
    carried: list[int] = []

    async def prepared() -> None:
        carried.append(len(courier(deliver).carried))

    await delivered(deliver, Rounds(deliver, lambda: True, prepared))
    assert carried == [0]


@pytest.mark.parametrize("works", [True, False])
async def test_with_nothing_due_a_write_is_tried_only_where_the_last_one_failed(
    deliver: Deliver, works: bool
) -> None:
    deliver.store = store = Written()
    stop = asyncio.Event()

    def looked() -> bool:
        stop.set()
        return works

    await Rounds(deliver, looked, nothing).run(stop)

    assert (store.writes > 0) is not works
