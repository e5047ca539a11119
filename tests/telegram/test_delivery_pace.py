"""The clock's way through the real loop and the real pacer, to a server that holds it to limits."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from telegram.error import RetryAfter, TelegramError

from benchmarks.broadcast import Broadcast
from bot.core.load import Capacity
from bot.core.plans import Fate, Kind, Outcome, Plan, Settled, State, Subscriber, Taken
from bot.core.screens import Screen
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.paid import payer_of
from bot.flows.voice import Voice
from bot.ports import Payer
from bot.telegram.bucket import BURST
from bot.telegram.limiter import Errand, Pacer
from bot.telegram.outcome import outcome_of
from bot.telegram.pacing import DEFAULT_RATE, Lane
from tests.fakes import MORNING, MemoryStore, SeenTries
from tests.telegram.turned_time import Time

DUE = MORNING
PEOPLE = 400
IN_FLIGHT = 4
ROUND_TRIP, COMMIT = 0.1, 0.01
HOPS = 40


@dataclass
class Hurried:
    """The wall clock that goes with turned time."""

    time: Time

    def now(self) -> datetime:
        return DUE + timedelta(seconds=self.time.now)


@dataclass
class SlowStore(MemoryStore):
    """Each commit takes its time."""

    time: Time = field(default_factory=Time)
    commit: float = COMMIT

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
        payer: Payer | None = None,
    ) -> list[Taken]:
        await self.time.sleep(self.commit)
        return await super().turn(settled, now, limit, lease=lease, healthy=healthy, payer=payer)


@dataclass
class Telegram:
    """Keeps bot.ports.Courier over the pacer; refuses what is over Telegram's limits.

    Attributes:
        closed: Seconds for which each chat is refused when it is first called.
    """

    time: Time
    pacer: Pacer
    limits: Broadcast
    closed: dict[int, float] = field(default_factory=dict)
    taken: list[tuple[float, int, bool]] = field(default_factory=list)

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        occurrence: int = 0,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        del screen, occurrence, silent
        lane = Errand(Lane.PAID if paid else Lane.REMINDER, wanted, stands)
        data = {"chat_id": chat}
        try:
            await self.pacer.process_request(
                self._post, (chat,), {"paid": paid}, "sendMessage", data, lane
            )
        except TelegramError as error:
            return outcome_of(error)
        return Outcome(Fate.SENT, message_id=len(self.taken))

    async def _post(self, chat: int, *, paid: bool) -> bool:
        wait = self.closed.pop(chat, 0.0) or self.limits.wait(chat, paid=paid)
        if not wait:
            self.taken.append((self.time.now, chat, paid))
        await self.time.sleep(ROUND_TRIP)
        if wait:
            raise RetryAfter(timedelta(seconds=wait))
        return True

    async def strip(self, chat: int, message_id: int) -> None:
        """Nothing to do."""

    async def probe(self) -> bool:
        return True

    def rate(self) -> float:
        """Return messages a second, from the first to the last, less what may go at once."""
        moments = [at for at, _, _ in self.taken]
        return (len(moments) - 1 - BURST) / (max(moments) - min(moments))


@dataclass
class House:
    time: Time
    store: SlowStore
    telegram: Telegram
    deliver: Deliver

    async def sends_all(self) -> None:
        await self.time.until(asyncio.get_running_loop().create_task(self.deliver.work()))

    def states(self) -> set[State]:
        return {row.state for row in self.store.rows.values()}


def spawn(work: Coroutine[Any, Any, Settled], name: str) -> "asyncio.Task[Settled]":
    return asyncio.get_running_loop().create_task(work, name=name)


def house(
    voice: Voice, people: int = PEOPLE, in_flight: int = IN_FLIGHT, capacity: Capacity | None = None
) -> House:
    turned = Time(hops=HOPS)
    capacity = capacity or Capacity(DEFAULT_RATE)
    store = SlowStore(time=turned)
    for chat in range(1, people + 1):
        plan = Plan(Kind.MORNING, time(6, 30), next_due=DUE)
        store.subscribers[chat] = Subscriber(chat, "en", "UTC", DUE, plans={Kind.MORNING: plan})
    pacer = Pacer(capacity.rate, clock=turned.clock, alarm=turned.alarm)
    telegram = Telegram(turned, pacer, Broadcast(turned.clock))
    deliver = Deliver(
        store,
        telegram,
        voice,
        Hold(store),
        Hurried(turned),
        spawn,
        in_flight,
        SeenTries(),
        payer_of(capacity, pacer.room),
    )
    deliver.health.probed(works=True)
    return House(turned, store, telegram, deliver)


@pytest.mark.parametrize("commit", [0.0, 0.01, 0.03])
async def test_four_under_way_use_97_percent_of_the_rate_and_never_offend(
    voice: Voice, commit: float
) -> None:
    made = house(voice)
    made.store.commit = commit
    await made.sends_all()

    assert len(made.telegram.taken) == PEOPLE
    assert made.telegram.rate() >= 0.97 * DEFAULT_RATE
    assert made.telegram.limits.refused == 0
    assert made.states() == {State.SENT}


async def test_an_hours_wait_in_one_chat_holds_up_nobody_else(voice: Voice) -> None:
    made = house(voice, 300)
    made.telegram.closed = {3: 3600.0}
    await made.sends_all()

    assert len(made.telegram.taken) == 299
    assert made.telegram.rate() >= 0.97 * DEFAULT_RATE
    (waiting,) = [row for row in made.store.rows.values() if row.state is State.DUE]
    assert waiting.taken.chat == 3
    assert waiting.not_before == DUE + timedelta(seconds=3600) + timedelta(
        seconds=COMMIT + ROUND_TRIP
    )


async def test_a_thousand_a_second_while_it_is_paid_for_and_the_rest_free(voice: Voice) -> None:
    capacity = Capacity(4.0, paid=250)  # a minute carries 240
    made = house(voice, 480, in_flight=100, capacity=capacity)
    made.store.commit = 0.005
    await made.sends_all()

    paid = [at for at, _, paid in made.telegram.taken if paid]
    assert 240 - 2 * BURST <= len(paid) <= 240
    assert max(paid) < 1.0
    assert made.telegram.limits.refused == 0
    assert made.time.now <= 65.0
    assert (await made.store.figures(DUE)).paid_today == len(paid)


async def test_at_the_end_of_the_budget_the_rest_goes_free_and_one_line_says_so(
    voice: Voice, caplog: pytest.LogCaptureFixture
) -> None:
    made = house(voice, 120, in_flight=100, capacity=Capacity(1.0, paid=20))
    await made.sends_all()

    assert sum(paid for _, _, paid in made.telegram.taken) == 20
    assert len(made.telegram.taken) == 120
    assert [record.event for record in caplog.records] == ["paid.used_up"]  # type: ignore[attr-defined]  # ours has one


async def test_what_passes_free_in_time_is_never_paid_for(voice: Voice) -> None:
    made = house(voice, 60, in_flight=100, capacity=Capacity(1.0, paid=1000))
    await made.sends_all()

    assert not any(paid for _, _, paid in made.telegram.taken)
    assert made.time.now <= 65.0
