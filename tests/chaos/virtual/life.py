"""One person's days with the bot: what they do is done to the real thing, and told to the model."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.actions import Action
from bot.core.plans import Answer, Fate, Kind, Outcome
from bot.core.screens import Screen
from bot.flows.deliver import Deliver
from bot.flows.desk import open_desk
from bot.flows.reception import Caller, Reception
from bot.flows.refer import Refer
from bot.flows.voice import Voice
from bot.store.late import LateStore
from tests.chaos.virtual.bench import Bench
from tests.chaos.virtual.clocks import whole_minute
from tests.chaos.virtual.loop import VirtualLoop
from tests.chaos.virtual.promised import Came, Promised
from tests.chaos.virtual.told import answer as answered
from tests.chaos.virtual.told import returns, tell
from tests.fakes import ToldCourier

CHAT = 7
HOME = "Europe/Berlin"
NO_FINDER: Any = None  # a tap searches nothing
SET_UP: tuple[Action, ...] = (
    act.Delete(),
    act.Consent(agreed=True),
    act.SetZone(HOME),
    act.SetMorning(on=True),
    act.SetBreaks(on=True),
)
NAMED = """
    SELECT p.kind, o.local_date || ' ' || o.slot, o.asks AND o.parent IS NULL,
           (s.hold IS NULL) = (p.kind = 'check-in')
           OR o.parent IS NULL AND p.paused_from IS NOT NULL
              AND (p.paused_until IS NULL OR o.local_date < p.paused_until)
      FROM occurrence o JOIN plan p ON p.id = o.plan JOIN subscriber s ON s.id = p.subscriber
     WHERE o.id = ?
"""
"""What a reminder is, and whether it came in a rest or a pause."""


@dataclass(frozen=True)
class Rests:
    """All quiet until the date so many days ahead."""

    days: int


@dataclass(frozen=True)
class Answers:
    """Say something to the newest message; ``minutes`` is for "later"."""

    answer: Answer
    minutes: int = 10


@dataclass(frozen=True)
class Blocks:
    """Block the bot; whatever is done next lets it in again first."""


@dataclass(frozen=True)
class Returns:
    """Let the bot in again."""


@dataclass(frozen=True)
class BeginsAnew:
    """Delete everything and set it up again."""


@dataclass(frozen=True)
class Away:
    """The bot is down for so many minutes, stopped or killed."""

    minutes: int
    killed: bool = False


Deed = Action | Rests | Answers | Blocks | Returns | BeginsAnew
Step = tuple[int, Deed | Away]
"""Minutes after the step before, and what happens then."""


class BrokenPromiseError(AssertionError):
    """What came is not what must have come."""


@dataclass
class Chat(ToldCourier):
    """Looks up at once what arrives, for it may soon be deleted.

    Attributes:
        newest: Number of the newest message's occurrence; 0 before the first.
        asks: Whether that is the question about fewer breaks.
        names: What came since everything was set up.
        wrong: What must never come, whatever the model says.
    """

    blocked: bool = False
    came: list[Came] = field(default_factory=list)
    newest: int = 0
    asks: bool = False
    names: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    bench: Bench = field(init=False)

    async def remind(
        self, chat: int, screen: Screen, *, occurrence: int = 0, **how: Any
    ) -> Outcome:
        if self.blocked:
            return Outcome(Fate.STOPPED)
        outcome = await super().remind(chat, screen, occurrence=occurrence, **how)
        with closing(sqlite3.connect(self.bench.database)) as db:
            kind, name, self.asks, rests = db.execute(NAMED, (occurrence,)).fetchone()
        self.wrong += [f"twice: {name}"] if name in self.names else []
        self.wrong += [f"in a rest or a pause: {name}"] if rests else []
        self.names.add(name)
        self.came.append(Came(whole_minute(self.bench.now()), Kind(kind), name))
        self.newest = occurrence
        return outcome


@dataclass
class Life:
    """A bench, and the model of what its person was promised.

    Attributes:
        begins: When everything is set up; all deeds keep its second.
    """

    folder: Path
    voice: Voice
    begins: datetime
    bench: Bench = field(init=False)
    chat: Chat = field(default_factory=Chat)
    promised: Promised = field(init=False)
    _updates: Iterator[int] = field(default_factory=count)
    _desk: Reception = field(init=False)
    _deliver: Deliver = field(init=False)

    def __post_init__(self) -> None:
        """Open the chat; nothing is stored yet."""
        self.bench = self.chat.bench = Bench(self.folder, self.voice, self.begins, self.chat)
        self.promised = Promised(self.begins, ZoneInfo(HOME))

    def lives(self, steps: Sequence[Step]) -> None:
        """Do one step after the other.

        Raises:
            BrokenPromiseError: another reminder came than the model says, or at another minute.
        """
        stay: list[tuple[int, Deed]] = [(0, BeginsAnew())]
        for after, deed in [*steps, (0, Away(0))]:
            if not isinstance(deed, Away):
                stay.append((after, deed))
                continue
            self.bench.process(partial(self._stays, stay, after, killed=deed.killed))
            self.bench.away(deed.minutes * 60)
            self.promised.lives(self.bench.now(), away=True)
            stay = []

    async def _stays(
        self, steps: Sequence[tuple[int, Deed]], after: int, store: LateStore, *, killed: bool
    ) -> None:
        """Live while one process does."""
        refer = Refer(self.voice, store)
        self._desk = open_desk(self.voice, store, refer, NO_FINDER, "en")
        self._deliver = self.bench.deliver(store, refer.hold)
        await self._deliver.recover()
        await self._passes(0)
        for minutes, deed in steps:
            await self._passes(minutes)
            await self._does(deed)
            await self._passes(0)
        await self._passes(after)
        loop = asyncio.get_running_loop()
        if killed and isinstance(loop, VirtualLoop):
            loop.kill_now()
            await asyncio.sleep(0)

    async def _passes(self, minutes: int) -> None:
        """Let the delivery work for so long; where its rounds nap it leaps to what is next."""
        until = self.bench.now() + timedelta(minutes=minutes)
        # no event tells when: time is virtual
        while (following := await self._deliver.work()) and following <= until:  # noqa: ASYNC110
            await asyncio.sleep(max((following - self.bench.now()).total_seconds(), 0) or 1)
        await asyncio.sleep((until - self.bench.now()).total_seconds())
        self.promised.lives(self.bench.now())
        self._compare()

    async def _does(self, deed: Deed) -> None:
        promised = self.promised
        if isinstance(deed, Blocks):
            self.chat.blocked = promised.blocked = True
            return
        await self._returns()
        match deed:
            case Rests(days):
                await self._taps(act.PauseUntil(promised.today + timedelta(days=days)))
            case Answers(answer, minutes):
                await self._answers(answer, minutes)
            case BeginsAnew():
                for action in SET_UP:
                    await self._desk.tap(self._caller(), ("en", action))
                self.promised = Promised(promised.now, ZoneInfo(HOME), came=promised.came)
                self.chat.newest = 0
                self.chat.names.clear()
            case Action():
                await self._taps(deed)

    async def _returns(self) -> None:
        if self.chat.blocked:
            self.chat.blocked = False
            await self._desk.returned(self._caller())
            returns(self.promised)

    async def _taps(self, action: Action) -> None:
        await self._desk.tap(self._caller(), ("en", action))
        tell(action, self.promised)

    async def _answers(self, answer: Answer, minutes: int) -> None:
        newest = self.promised.newest
        if newest is None or (answer is Answer.LATER and newest.day < self.promised.today):
            return  # what is put off on a later day stands in no document
        about = self.chat.newest
        said: dict[Answer, Action] = {
            Answer.DONE: act.Done(about),
            Answer.SKIPPED: act.Skip(about),
            Answer.LATER: act.Later(about, minutes),
        }
        tap = act.KeepBreaks(about) if self.chat.asks else said[answer]
        await self._desk.tap(self._caller(), ("en", tap))
        answered(answer, minutes, self.promised)

    def _caller(self) -> Caller:
        return Caller(CHAT, "en", next(self._updates), self.bench.now())

    def _compare(self) -> None:
        came, due = Counter(self.chat.came), Counter(self.promised.came)
        if came != due or self.chat.wrong:
            told = [*self.chat.wrong]
            told += [f"must have come: {one}" for one in sorted((due - came).elements())]
            told += [f"came: {one}" for one in sorted((came - due).elements())]
            raise BrokenPromiseError("\n".join(told))
