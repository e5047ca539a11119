"""Telegram is away, or takes no message though it answers: nothing is lost, little ends as unknown."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise

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
    """A path that takes nothing from ``since`` on for a while; each try there costs time.

    Attributes:
        fate: What is known of a try that met the outage.
        lasts: How long.
        costs: What each try takes then.
        answers: A probe succeeds all the same.
        tried: When each try was that met it.
        probed: When each probe was.
    """

    clock: TurnedClock
    since: datetime
    fate: Fate
    lasts: timedelta = OUTAGE
    costs: timedelta = TIMEOUT
    answers: bool = False
    arrived: int = 0
    tries: int = 0
    tried: list[datetime] = field(default_factory=list)
    probed: list[datetime] = field(default_factory=list)

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
        if not wanted():
            raise NotWantedError
        self.tries += 1
        if not self._works():
            self.tried.append(self.clock.now())
            return Outcome(self.fate)
        self.arrived += 1
        self.clock.turn(seconds=1)
        return Outcome(Fate.SENT, message_id=self.arrived)

    async def strip(self, chat: int, message_id: int) -> None:
        """Nothing shows old buttons here."""

    async def probe(self) -> bool:
        self.probed.append(self.clock.now())
        return self.answers or self._works()

    def _works(self) -> bool:
        away = timedelta() <= self.clock.now() - self.since < self.lasts
        if away:
            self.clock.moment += self.costs
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


def deaf(voice: Voice, lasts: timedelta, costs: timedelta, people: int) -> Day:
    """Return a morning on which Telegram answers every probe and takes no message for a while."""
    made = day(voice, Fate.IN_DOUBT, after=0)
    made.cut.lasts, made.cut.costs, made.cut.answers = lasts, costs, True
    for chat in PEOPLE[people:]:
        del _store(made.deliver).subscribers[chat]
    return made


def _store(deliver: Deliver) -> MemoryStore:
    assert isinstance(deliver.store, MemoryStore)
    return deliver.store


def breaks_only(deliver: Deliver) -> None:
    store = _store(deliver)
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


AT_ONCE = timedelta()
SHORT, LONG = timedelta(seconds=25), timedelta(minutes=5)


@pytest.mark.parametrize("costs", [AT_ONCE, TIMEOUT])
@pytest.mark.parametrize(
    ("lasts", "people"),
    [(SHORT, 1), (SHORT, 2), (SHORT, 5), (SHORT, 100), (LONG, 2), (LONG, 5), (LONG, 100)],
)
async def test_where_only_messages_fail_and_probes_succeed_no_morning_loses_both_its_tries(
    voice: Voice, lasts: timedelta, people: int, costs: timedelta
) -> None:
    morning = deaf(voice, lasts, costs, people)
    await morning.passes()

    assert states(morning.deliver) == [State.SENT] * people


@pytest.mark.parametrize("costs", [AT_ONCE, TIMEOUT])
@pytest.mark.parametrize(("lasts", "half_open"), [(SHORT, 3), (LONG, 7)])
async def test_where_only_messages_fail_few_first_tries_and_few_breaks_are_risked(
    voice: Voice, lasts: timedelta, half_open: int, costs: timedelta
) -> None:
    morning, work = (deaf(voice, lasts, costs, 100) for _ in range(2))
    breaks_only(work.deliver)
    await morning.passes()
    await work.passes()

    doubted = [row.taken.doubts for row in _store(morning.deliver).rows.values()]
    assert sum(doubted) <= IN_FLIGHT + half_open
    ends = states(work.deliver)
    assert ends.count(State.UNKNOWN) <= IN_FLIGHT + half_open
    assert ends.count(State.UNKNOWN) + ends.count(State.SENT) == len(PEOPLE)


async def test_where_only_messages_fail_tries_come_at_growing_distances_and_few_probes(
    voice: Voice,
) -> None:
    morning = deaf(voice, LONG, AT_ONCE, 100)
    await morning.passes()

    alone = morning.cut.tried[IN_FLIGHT - 1 :]
    pauses = [(after - before).total_seconds() for before, after in pairwise(alone)]
    assert pauses == [2, 4, 8, 16, 32, 64, 128]
    assert len(morning.cut.probed) <= len(pauses) + 1


async def test_where_nothing_is_answered_probes_come_five_seconds_apart(voice: Voice) -> None:
    morning = day(voice, Fate.IN_DOUBT, after=0)
    morning.cut.costs = AT_ONCE
    await morning.passes()

    probed = morning.cut.probed[1:]
    assert {(after - before).total_seconds() for before, after in pairwise(probed)} == {5.0}


async def test_breaks_whose_grace_is_over_when_messages_pass_again_end_stale(
    voice: Voice,
) -> None:
    work = deaf(voice, timedelta(minutes=30), AT_ONCE, 100)
    breaks_only(work.deliver)
    await work.passes()

    ends = states(work.deliver)
    assert ends.count(State.UNKNOWN) <= IN_FLIGHT + 9
    assert ends.count(State.UNKNOWN) + ends.count(State.STALE) == len(PEOPLE)
