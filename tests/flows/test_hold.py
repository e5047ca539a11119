"""The rest after a referral, in memory and in the database, whatever happens at the same time."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pytest

from bot.core.advance import advance
from bot.core.plans import Kind, Plan, State, Subscriber
from bot.flows.hold import Hold
from bot.flows.visit import Visit
from tests.fakes import MORNING, MemoryChange, MemoryStore

CHAT = 7
TOMORROW = datetime(2026, 11, 25, 7, tzinfo=UTC)


def nothing() -> None:
    """Let nothing else happen."""


@dataclass
class BusyStore(MemoryStore):
    """A database during whose commit something else happens, once."""

    meanwhile: Callable[[], object] = nothing

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        async with super().change(chat, update_id, now) as change:
            yield change
        happens, self.meanwhile = self.meanwhile, nothing
        happens()


@dataclass
class StoreWithOneBadChat(MemoryStore):
    """A database in which one chat's row cannot be written, for a reason nobody foresaw."""

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        if chat == CHAT:
            raise OverflowError
        async with super().change(chat, update_id, now) as change:
            yield change


@pytest.fixture
def store() -> BusyStore:
    plans = {Kind.MORNING: Plan(Kind.MORNING, time(7))}
    return BusyStore({CHAT: Subscriber(CHAT, "en", "UTC", MORNING, plans=plans)})


@pytest.fixture
def hold(store: BusyStore) -> Hold:
    return Hold(store)


def visit(now: datetime = MORNING, number: int = 1) -> Visit:
    return Visit(CHAT, "en", number, now)


async def test_who_writes_again_while_the_rest_is_written_keeps_the_newer_one(
    hold: Hold, store: BusyStore
) -> None:
    hold.hush(CHAT, MORNING)
    store.meanwhile = lambda: hold.hush(CHAT, TOMORROW)
    await hold.rest(CHAT, MORNING)
    assert store.subscribers[CHAT].hold == date(2026, 11, 25)

    await hold.rest(CHAT, TOMORROW)
    assert store.subscribers[CHAT].hold == date(2026, 11, 26)
    assert not hold.resting


async def test_an_acute_message_while_all_right_is_written_begins_a_rest_of_its_own(
    hold: Hold, store: BusyStore
) -> None:
    store.meanwhile = lambda: hold.hush(CHAT, MORNING)
    await hold.end(visit())

    assert hold.stops(Kind.MORNING, CHAT, 0)
    await hold.rest(CHAT, MORNING)
    assert store.subscribers[CHAT].hold is not None


async def test_all_right_takes_back_a_check_in_that_was_due_at_once(
    hold: Hold, store: BusyStore
) -> None:
    hold.hush(CHAT, MORNING)
    await hold.rest(CHAT, MORNING)
    await store.materialise(TOMORROW, advance)
    assert [row.state for row in store.rows.values()] == [State.DUE]

    await hold.end(visit(TOMORROW))
    assert [row.state for row in store.rows.values()] == [State.CANCELLED]


async def test_a_rest_stops_what_was_taken_before_it_and_nothing_that_is_taken_after(
    hold: Hold,
) -> None:
    hold.hush(CHAT, MORNING)
    assert hold.stops(Kind.MORNING, CHAT, 1)  # nothing is, before it is written
    await hold.rest(CHAT, MORNING)

    assert hold.stops(Kind.MORNING, CHAT, 0)
    assert not hold.stops(Kind.MORNING, CHAT, 1)
    assert not hold.stops(Kind.MORNING, 8, 0)


async def test_the_end_of_a_rest_stops_its_check_in_alone(hold: Hold) -> None:
    await hold.end(visit())

    assert hold.stops(Kind.CHECK_IN, CHAT, 0)
    assert not hold.stops(Kind.BREAK, CHAT, 0)


async def test_the_same_rest_is_not_written_twice(hold: Hold, store: BusyStore) -> None:
    hold.hush(CHAT, MORNING)
    await hold.rest(CHAT, MORNING)
    before = store.subscribers[CHAT]
    hold.hush(CHAT, MORNING)
    await hold.rest(CHAT, MORNING)

    assert store.subscribers[CHAT] is before


async def test_one_chat_whose_rest_cannot_be_written_holds_up_no_other_and_gets_no_reminder(
    caplog: pytest.LogCaptureFixture,
) -> None:
    other = Subscriber(8, "en", "UTC", MORNING)
    hold = Hold(StoreWithOneBadChat({8: other}))
    for chat in (CHAT, 8):
        hold.hush(chat, MORNING)
    await hold.write(MORNING)
    taken_at = hold.switches

    assert list(hold.resting) == [CHAT]
    assert [hold.stops(Kind.MORNING, chat, taken_at) for chat in (CHAT, 8)] == [True, False]
    assert "rest not written" in caplog.text
