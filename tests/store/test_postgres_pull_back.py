"""Two bots on one database put it right after a clock that was ahead, while they go on working."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.plans import Kind, Settled, State
from bot.ports import Store
from bot.store.postgres.store import PostgresStore
from tests.store.contract import DAY, EIGHT, balanced, daily, keep, person, take
from tests.store.contract_pull_back import AHEAD, NOW, at_eight, morning_of
from tests.store.postgres_databases import opened

PEOPLE = 30


@pytest.fixture
async def bots(url: str, key_file: Path) -> AsyncIterator[list[PostgresStore]]:
    made = [await opened(url, key_file) for _ in range(2)]
    for chat in range(1, PEOPLE + 1):
        await keep(made[0], person(chat))
    yield made
    for store in made:
        await store.close()


async def pull_all_back(store: Store) -> None:
    place: int | None = 0
    while place is not None:
        place = await store.pull_back(NOW, at_eight, place, 7)


async def live(store: Store) -> None:
    """Take, record and make what is due, and let people change what they like."""
    for chat in range(1, PEOPLE + 1):
        taken = await take(store, now=EIGHT + 40 * DAY, limit=1)
        ends = [Settled(one.id, one.attempt, State.SENT) for one in taken]
        await take(store, *ends, now=EIGHT + 40 * DAY, limit=0)
        async with store.change(chat, None, NOW) as change:
            assert change.subscriber is not None
            await change.save(replace(change.subscriber, hold=date(2027, 1, 1)))


async def test_both_at_once_bring_each_reminder_back_once(bots: list[PostgresStore]) -> None:
    await bots[0].materialise(AHEAD, daily)
    taken = await take(bots[1], now=AHEAD, limit=PEOPLE)
    stale = [Settled(one.id, one.attempt, State.STALE) for one in taken]
    await take(bots[1], *stale, now=AHEAD, limit=0)
    await asyncio.gather(*(pull_all_back(store) for store in bots * 2))

    for store in bots:
        assert not await store.was_ahead(NOW)
    made = await asyncio.gather(*(store.materialise(EIGHT, daily) for store in bots))
    assert sum(made) == PEOPLE
    assert len(await take(bots[0], limit=2 * PEOPLE)) == PEOPLE
    assert await balanced(bots[0]) == {"all": 2 * PEOPLE, "stale": PEOPLE, "sending": PEOPLE}


async def test_it_stands_in_nobodys_way_and_nothing_is_lost(bots: list[PostgresStore]) -> None:
    for _ in range(3):
        await bots[0].materialise(AHEAD, daily)
    async with asyncio.timeout(60):
        await asyncio.gather(live(bots[1]), *(pull_all_back(store) for store in bots))

    assert (await balanced(bots[0]))["all"] == 3 * PEOPLE
    plans = [await morning_of(bots[0], chat) for chat in range(1, PEOPLE + 1)]
    assert {plan.next_due for plan in plans} == {EIGHT}
    assert {plan.kind for plan in plans} == {Kind.MORNING}
