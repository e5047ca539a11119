"""Telegram is away for ten minutes: nothing is lost, nothing ends as unknown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import pytest

from bot.core.breaks import Rhythm
from bot.core.plans import Fate, Kind, Outcome, Plan, State
from bot.core.screens import Screen
from bot.flows.deliver import Deliver
from bot.flows.hold import Hold
from bot.flows.voice import Voice
from bot.ports import NotWantedError
from tests.fakes import MemoryStore, SeenTries, TurnedClock
from tests.flows.test_deliver import DUE, spawn, states, subscribe

PEOPLE = range(1, 101)
IN_FLIGHT = 4
OUTAGE = timedelta(minutes=10)
TIMEOUT = timedelta(seconds=10)


@dataclass
class Cut:
    """A path that takes nothing from ``since`` on for ten minutes; each try there costs time.

    Attributes:
        fate: What is known of a try that met the outage.
    """

    clock: TurnedClock
    since: datetime
    fate: Fate
    arrived: int = 0
    tries: int = 0

    async def remind(
        self,
        chat: int,
        screen: Screen,
        *,
        silent: bool = False,
        paid: bool = False,
        wanted: Callable[[], bool] = lambda: True,
        stands: Callable[[], Awaitable[bool]] | None = None,
    ) -> Outcome:
        if not wanted():
            raise NotWantedError
        self.tries += 1
        if not self._works():
            return Outcome(self.fate)
        self.arrived += 1
        self.clock.turn(seconds=1)
        return Outcome(Fate.SENT, message_id=self.arrived)

    async def strip(self, chat: int, message_id: int) -> None:
        """Nothing shows old buttons here."""

    async def probe(self) -> bool:
        return self._works()

    def _works(self) -> bool:
        away = timedelta() <= self.clock.now() - self.since < OUTAGE
        if away:
            self.clock.moment += TIMEOUT
        return not away


@dataclass
class Day:
    deliver: Deliver
    cut: Cut

    async def passes(self) -> None:
        """Look once a second, as the rounds do, for an hour."""
        while self.cut.clock.now() < DUE + timedelta(hours=1):
            await self.deliver.work()
            self.cut.clock.turn(seconds=1)


def day(voice: Voice, fate: Fate, *, after: int) -> Day:
    """Return a morning whose path fails ``after`` so many seconds."""
    clock, store = TurnedClock(DUE), MemoryStore()
    cut = Cut(clock, DUE + timedelta(seconds=after), fate)
    deliver = Deliver(store, cut, voice, Hold(store), clock, spawn, IN_FLIGHT, SeenTries())
    deliver.health.probed(works=True)
    subscribe(deliver, *PEOPLE)
    return Day(deliver, cut)


def breaks_only(deliver: Deliver) -> None:
    store = deliver.store
    assert isinstance(store, MemoryStore)
    plan = Plan(Kind.BREAK, time(0), next_due=DUE, rhythm=Rhythm())
    for chat, person in store.subscribers.items():
        store.subscribers[chat] = replace(person, plans={Kind.BREAK: plan})


@pytest.mark.parametrize("after", [0, 1, 30])
@pytest.mark.parametrize("fate", [Fate.IN_DOUBT, Fate.NOT_SENT])
async def test_ten_minutes_without_telegram_leave_no_morning_reminder_unknown(
    voice: Voice, fate: Fate, after: int
) -> None:
    morning = day(voice, fate, after=after)
    await morning.passes()

    assert states(morning.deliver) == [State.SENT] * len(PEOPLE)
    assert morning.cut.arrived == len(PEOPLE)


@pytest.mark.parametrize("after", [0, 1, 30])
async def test_ten_minutes_in_which_nothing_connects_cost_no_break_its_only_try(
    voice: Voice, after: int
) -> None:
    work = day(voice, Fate.NOT_SENT, after=after)
    breaks_only(work.deliver)
    await work.passes()

    assert states(work.deliver) == [State.SENT] * len(PEOPLE)


@pytest.mark.parametrize("after", [0, 1, 30])
async def test_of_breaks_only_those_on_their_way_when_replies_stop_end_as_unknown(
    voice: Voice, after: int
) -> None:
    work = day(voice, Fate.IN_DOUBT, after=after)
    breaks_only(work.deliver)
    await work.passes()

    ends = states(work.deliver)
    assert ends.count(State.UNKNOWN) <= IN_FLIGHT
    assert ends.count(State.UNKNOWN) + ends.count(State.SENT) == len(PEOPLE)


async def test_while_replies_stay_out_the_breaker_keeps_almost_everything_untried(
    voice: Voice,
) -> None:
    morning = day(voice, Fate.IN_DOUBT, after=0)
    await morning.passes()

    tried_in_vain = morning.cut.tries - morning.cut.arrived
    assert tried_in_vain < 3 * IN_FLIGHT
