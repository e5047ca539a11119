import asyncio
from datetime import timedelta

import pytest

from bot.core.plans import Subscriber
from bot.core.shares import Need, Report, Standing
from bot.errors import StoreBrokenError, StoreUnavailableError
from bot.ports import Store
from bot.store import late
from bot.store.late import LateStore
from tests.fakes import MORNING, MemoryStore

AWAY = StoreUnavailableError("The database is locked.", "wait.")


async def nap(_seconds: float) -> None:
    """No time passes."""


async def test_until_it_is_open_every_call_says_that_it_is_out_of_reach() -> None:
    store = LateStore(_never)
    calls = [
        store.examine(),
        store.look(1),
        store.days(1, MORNING.date()),
        store.stop_chat(1),
        store.materialise(MORNING, lambda _: pytest.fail("nothing is due")),
        store.turn([], MORNING, 1, lease=timedelta(seconds=60), healthy=True),
        store.orphans(MORNING),
        store.next_moment(),
        store.load(MORNING, MORNING),
        store.count_referral(MORNING),
        store.figures(MORNING),
        store.beat(Report(0.0, need=Need.NOTHING, polls=False), 29.0),
    ]
    for call in calls:
        with pytest.raises(StoreUnavailableError):
            await call
    with pytest.raises(StoreUnavailableError):
        async with store.change(1, None, MORNING):
            pytest.fail("nothing can be changed")
    store.hurry(5)
    await store.close()


async def test_whoever_meets_a_broken_database_ends_the_watch_over_it() -> None:
    broken = StoreBrokenError("The database is damaged.", "bring a copy back.")

    class Damaged(MemoryStore):
        async def look(self, chat: int) -> Subscriber | None:
            raise broken

    async def open_store() -> Store:
        return Damaged()

    store = LateStore(open_store)
    await store.open(nap)
    with pytest.raises(StoreUnavailableError, match="damaged"):
        await store.look(1)

    assert not store.works
    with pytest.raises(StoreBrokenError, match="damaged"):
        await store.watch()


async def test_a_read_that_fails_is_seen_and_one_that_works_proves_no_write() -> None:
    memory = MemoryStore()

    async def open_store() -> Store:
        return memory

    store = LateStore(open_store)
    await store.open(nap)
    memory.away = True
    with pytest.raises(StoreUnavailableError):
        await store.look(1)
    memory.away = False
    await store.next_moment()

    assert not store.works
    await store.stop_chat(1)
    assert store.works


async def test_it_tries_again_until_the_database_opens_and_then_passes_calls_on() -> None:
    tries: list[Exception] = [AWAY, AWAY]

    async def open_store() -> Store:
        if tries:
            raise tries.pop()
        return MemoryStore()

    store = LateStore(open_store)
    await store.open(nap)

    assert store.is_open
    await store.examine()
    assert await store.look(1) is None
    assert await store.days(1, MORNING.date()) == []
    assert await store.next_moment() is None
    assert await store.load(MORNING, MORNING) == {}
    assert await store.turn([], MORNING, 1, lease=timedelta(1), healthy=True) == []
    await store.count_referral(MORNING)
    tomorrow = await store.figures(MORNING + timedelta(days=1))
    assert tomorrow.referrals == {MORNING.date(): 1}
    async with store.change(1, 5, MORNING) as change:
        assert change.fresh
    store.hurry(5)
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


async def test_a_beat_that_is_heard_says_that_the_database_works_again() -> None:
    kept = MemoryStore(away=True)

    async def opened() -> Store:
        return kept

    store = LateStore(opened)
    await store.open(nap)
    report = Report(0.0, need=Need.NOTHING, polls=False)
    with pytest.raises(StoreUnavailableError):
        await store.beat(report, 29.0)
    assert not store.works
    kept.away = False

    assert (await store.beat(report, 29.0)).share == 29.0
    assert store.works


async def opened(memory: Store) -> LateStore:
    async def open_store() -> Store:
        return memory

    store = LateStore(open_store)
    await store.open(nap)
    return store


async def test_after_a_read_has_failed_people_wait_for_nothing_until_the_bot_finds_it_back() -> (
    None
):
    memory = MemoryStore(away=True)
    store = await opened(memory)
    with pytest.raises(StoreUnavailableError, match="locked"):
        await store.look(1)
    memory.away = False
    for call in (
        store.look(1),
        store.days(1, MORNING.date()),
        store.load(MORNING, MORNING),
        store.file_id("digest"),
    ):
        with pytest.raises(StoreUnavailableError, match="a moment ago"):
            await call
    with pytest.raises(StoreUnavailableError, match="a moment ago"):
        async with store.change(1, None, MORNING):
            pytest.fail("nobody knows whether it is back")

    await store.next_moment()
    assert await store.look(1) is None
    async with store.change(1, None, MORNING) as change:
        assert change.fresh


async def test_a_write_that_is_refused_keeps_nobody_from_reading() -> None:
    memory = MemoryStore(away=True)
    store = await opened(memory)
    with pytest.raises(StoreUnavailableError):
        await store.stop_chat(1)
    memory.away = False

    assert await store.look(1) is None


async def test_while_the_beat_hears_nothing_for_seconds_people_wait_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late, "SILENT_SECONDS", 0.05)
    heard = asyncio.Event()

    class Silent(MemoryStore):
        async def beat(self, report: Report, rate: float) -> Standing:
            await heard.wait()
            return await super().beat(report, rate)

    store = await opened(Silent())
    beating = asyncio.get_running_loop().create_task(
        store.beat(Report(0.0, Need.NOTHING, polls=False), 29.0)
    )
    await asyncio.sleep(0)
    assert await store.look(1) is None
    await asyncio.wait({beating}, timeout=0.06)
    with pytest.raises(StoreUnavailableError, match="a moment ago"):
        await store.look(1)

    heard.set()
    await beating
    assert await store.look(1) is None
