"""What was taken goes out only while it is ours to send, and still wanted."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.core import actions as act
from bot.core.breaks import Rhythm
from bot.core.plans import Fate, Kind, Outcome, Plan, State
from bot.flows.browse import Browse
from bot.flows.claim import LASTS, LEASE, Claim
from bot.flows.deliver import Deliver
from bot.flows.privacy import Privacy
from bot.flows.visit import Visit
from bot.telegram.transport import AiohttpRequest
from tests.fakes import MemoryStore
from tests.flows.test_deliver import DUE, clock, courier, deliver, spawn, states, subscribe

__all__ = ["deliver"]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_claim_lasts_on_both_clocks_or_not_at_all() -> None:
    claim = Claim(NOON, 100.0)

    assert claim.lasts(NOON + LASTS - SECOND, 129.0)
    assert not claim.lasts(NOON + LASTS, 100.0)  # the machine slept
    assert not claim.lasts(NOON, 130.0)  # the process was stopped, the clock set back
    assert claim.lasts(NOON - timedelta(days=1), 101.0)


def test_a_send_that_begins_in_time_ends_before_the_lease() -> None:
    request = AiohttpRequest()
    longest = request._connect + request._pool + request._read + request._write

    assert LASTS + timedelta(seconds=longest) < LEASE


class Frozen:
    """Delivery, stopped while one reminder waits for its turn at the pacer."""

    def __init__(self, deliver: Deliver) -> None:
        self.deliver = deliver
        self.seconds = 0.0
        deliver.steady = lambda: self.seconds
        self.turn = courier(deliver).turn = asyncio.Event()
        self.working = spawn(deliver.work(), "work")

    async def waits(self) -> None:
        await courier(self.deliver).queued.wait()

    async def wakes(self) -> None:
        self.turn.set()
        await self.working


@pytest.mark.parametrize("asleep", [True, False])
async def test_who_wakes_after_the_lease_sends_nothing_of_what_it_took_before(
    deliver: Deliver, asleep: bool
) -> None:
    subscribe(deliver, 1)
    frozen = Frozen(deliver)
    await frozen.waits()
    if asleep:
        clock(deliver).turn(seconds=61)
    else:
        frozen.seconds = 61.0
    assert isinstance(deliver.store, MemoryStore)
    row = deliver.store.rows[1]
    deliver.closing = True
    await frozen.wakes()

    assert courier(deliver).carried == []
    assert (row.state, row.taken.attempt, row.taken.doubts) == (State.DUE, 1, 0)

    deliver.closing = False
    await deliver.work()
    assert (row.state, row.taken.attempt, len(courier(deliver).carried)) == (State.SENT, 2, 1)


async def test_after_a_long_sleep_what_had_been_taken_is_judged_anew(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    frozen = Frozen(deliver)
    await frozen.waits()
    clock(deliver).turn(hours=3)
    await frozen.wakes()

    assert states(deliver) == [State.STALE]
    assert courier(deliver).carried == []


@pytest.mark.parametrize("wish", [act.Delete(), act.Stop()])
async def test_nothing_begins_after_the_person_stopped_or_deleted_it_all(
    deliver: Deliver, wish: act.Delete | act.Stop
) -> None:
    subscribe(deliver, 1)
    frozen = Frozen(deliver)
    await frozen.waits()
    privacy = Privacy(
        deliver.voice, deliver.store, Browse(deliver.voice, deliver.store), deliver.hold
    )
    await privacy.routes()[type(wish)](Visit(1, "en", 1, DUE), wish)
    await frozen.wakes()

    assert courier(deliver).carried == []
    assert states(deliver) == [State.CANCELLED]


def breaks(deliver: Deliver, chat: int) -> None:
    subscribe(deliver, chat)
    store = deliver.store
    assert isinstance(store, MemoryStore)
    plan = Plan(Kind.BREAK, time(0), next_due=DUE, rhythm=Rhythm())
    store.subscribers[chat] = replace(store.subscribers[chat], plans={Kind.BREAK: plan})


async def test_a_break_waits_until_the_path_is_proven_because_it_has_no_second_try(
    deliver: Deliver,
) -> None:
    breaks(deliver, 1)
    deliver.health.probed(works=False, now=DUE)
    courier(deliver).works = False
    await deliver.work()
    assert (states(deliver), courier(deliver).carried) == ([State.DUE], [])

    courier(deliver).works = True
    clock(deliver).turn(seconds=5)
    await deliver.work()
    assert states(deliver) == [State.SENT]


async def test_a_morning_reminder_needs_no_proof_for_its_first_try(deliver: Deliver) -> None:
    subscribe(deliver, 1)
    deliver.health.probed(works=False)
    await deliver.work()

    assert (states(deliver), courier(deliver).probes) == ([State.SENT], 0)


async def test_a_break_whose_turn_comes_while_the_path_fails_goes_back_unsent(
    deliver: Deliver,
) -> None:
    breaks(deliver, 1)
    frozen = Frozen(deliver)
    await frozen.waits()
    deliver.health.note(Fate.IN_DOUBT, DUE)
    courier(deliver).works = False
    await frozen.wakes()

    assert (states(deliver), courier(deliver).carried) == ([State.DUE], [])


async def test_a_break_that_went_out_before_the_path_failed_is_in_doubt_and_ends(
    deliver: Deliver,
) -> None:
    breaks(deliver, 1)
    courier(deliver).fates = [Outcome(Fate.IN_DOUBT)]
    await deliver.work()

    assert states(deliver) == [State.UNKNOWN]
    assert len(courier(deliver).carried) == 1
