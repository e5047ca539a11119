from datetime import timedelta

import pytest

from bot.errors import StoreBrokenError, StoreUnavailableError
from bot.ports import Store
from bot.store.late import LateStore
from tests.fakes import MORNING, MemoryStore

AWAY = StoreUnavailableError("The database is locked.", "wait.")


async def nap(_seconds: float) -> None:
    """No time passes."""


async def test_until_it_is_open_every_call_says_that_it_is_out_of_reach() -> None:
    store = LateStore(_never)
    calls = [
        store.look(1),
        store.days(1, MORNING.date()),
        store.stop_chat(1),
        store.materialise(MORNING, lambda _: pytest.fail("nothing is due")),
        store.turn([], MORNING, 1, lease=timedelta(seconds=60), healthy=True),
        store.orphans(MORNING),
        store.next_moment(),
        store.count_referral(MORNING),
        store.figures(MORNING),
    ]
    for call in calls:
        with pytest.raises(StoreUnavailableError):
            await call
    with pytest.raises(StoreUnavailableError):
        async with store.change(1, None, MORNING):
            pytest.fail("nothing can be changed")
    await store.close()


async def test_it_tries_again_until_the_database_opens_and_then_passes_calls_on() -> None:
    tries: list[Exception] = [AWAY, AWAY]

    async def open_store() -> Store:
        if tries:
            raise tries.pop()
        return MemoryStore()

    store = LateStore(open_store)
    await store.open(nap)

    assert store.is_open
    assert await store.look(1) is None
    assert await store.days(1, MORNING.date()) == []
    assert await store.next_moment() is None
    await store.count_referral(MORNING)
    tomorrow = await store.figures(MORNING + timedelta(days=1))
    assert tomorrow.referrals == {MORNING.date(): 1}
    async with store.change(1, 5, MORNING) as change:
        assert change.fresh
    await store.close()
    assert not store.is_open


async def test_a_database_that_can_never_be_opened_ends_the_waiting() -> None:
    with pytest.raises(StoreBrokenError):
        await LateStore(_broken).open(nap)


async def _never() -> Store:
    raise AWAY


async def _broken() -> Store:
    raise StoreBrokenError("The database is damaged.", "restore it.")


async def test_a_write_that_is_refused_shows_until_the_next_one_passes() -> None:
    memory = MemoryStore()

    async def open_store() -> Store:
        return memory

    store = LateStore(open_store)
    await store.open(nap)
    assert store.works
    memory.away = True
    with pytest.raises(StoreUnavailableError):
        await store.stop_chat(1)
    assert not store.works

    memory.away = False
    await store.stop_chat(1)
    assert store.works
