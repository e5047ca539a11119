"""The clock's way: what is due is materialised, taken, sent and confirmed."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.core.advance import advance
from bot.core.delivery import is_stale, settle, waits_until
from bot.core.path_health import PathHealth
from bot.core.plans import REMINDERS, Fate, Kind, Outcome, Settled, State, Taken
from bot.core.screens import Screen
from bot.flows.check_in import CHECK_IN, check_in
from bot.flows.refer import Refer
from bot.flows.reminder import reminder
from bot.flows.voice import Voice
from bot.ports import Clock, Courier, NotWantedError, Onlooker, Store

BATCH = 500
LEASE = timedelta(seconds=60)  # longer than any send may take
STRIPS_KEPT = 10_000  # old reminders that still show their buttons; beyond a peak, some keep them
STRIP_ROOM = timedelta(seconds=5)  # before the next reminder; a slow one must not hold it up
Spawn = Callable[[Coroutine[Any, Any, Settled], str], "asyncio.Task[Settled]"]


@dataclass(slots=True)
class Deliver:
    """Moves due reminders to Telegram, a few at a time, each to one recorded end.

    Once ``closing`` is set nothing new is taken; what is under way is finished and recorded.
    """

    store: Store
    courier: Courier
    voice: Voice
    refer: Refer
    clock: Clock
    spawn: Spawn
    in_flight: int
    onlooker: Onlooker
    health: PathHealth = field(default_factory=PathHealth)
    closing: bool = False
    _running: set["asyncio.Task[Settled]"] = field(default_factory=set)
    _settled: list[Settled] = field(default_factory=list)
    _old: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=STRIPS_KEPT))

    async def recover(self) -> None:
        """Settle what a dead process was sending when it died: each of these is in doubt."""
        now = self.clock.now()
        for taken in await self.store.orphans(now):
            self._settled.append(settle(taken, Outcome(Fate.IN_DOUBT), now))
            self.onlooker.tried(taken.kind, Fate.IN_DOUBT, now - taken.due)
        await self._turn(limit=0)

    async def work(self) -> datetime | None:
        """Send all that may go now; return the moment of what comes next, None if nothing does.

        Raises:
            StoreUnavailableError: the database is out of reach; nothing was sent without a claim.
        """
        while True:
            await self.refer.hold.write(self.clock.now())  # also where nothing is to be taken
            following = await self.store.next_moment()
            if self._idle() and not self._is_due(following):
                if not self._may_strip(following):
                    return following
                await self.courier.strip(*self._old.popleft())
                continue
            await self.materialise()
            if self._idle():
                self.refer.hold.forget_turns()
            await self._take()
            if self._idle() and not await self._prove():
                following = await self.store.next_moment()
                if self._is_due(following):
                    return following
            await self._collect()

    async def materialise(self) -> None:
        """Turn all due plans into occurrences; writes nothing if none is due."""
        while await self.store.materialise(self.clock.now(), advance, BATCH) == BATCH:
            pass

    def _idle(self) -> bool:
        return not self._running and not self._settled

    def _is_due(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.clock.now()

    def _may_strip(self, following: datetime | None) -> bool:
        if not self._old or self.closing or self.health.broken:
            return False
        return following is None or following - self.clock.now() > STRIP_ROOM

    async def _prove(self) -> bool:
        """Probe the path if something due waits for that; return whether it may go now."""
        if self.closing or (self.health.proven and not self.health.broken):
            return False
        if not self._is_due(await self.store.next_moment()):
            return False
        self.health.probed(works=await self.courier.probe())
        return self.health.proven

    async def _turn(self, limit: int) -> list[Taken]:
        now = self.clock.now()
        if limit:
            await self.refer.hold.write(now)
        taken = await self.store.turn(
            self._settled, now, limit, lease=LEASE, healthy=self.health.proven
        )
        self._settled = []
        return taken

    async def _take(self) -> None:
        resting = self.closing or self.health.broken
        limit = 0 if resting else self.in_flight - len(self._running)
        turns = self.refer.hold.turns  # before anything is read: what turns later is news to it
        for taken in await self._turn(limit):
            self._running.add(self.spawn(self._send(taken, turns), f"remind-{taken.id}"))

    async def _collect(self) -> None:
        if self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        finished = {task for task in self._running if task.done()}
        self._running -= finished
        self._settled += [task.result() for task in finished]

    async def _send(self, taken: Taken, turns: int) -> Settled:
        """Send what was taken when there had been so many ``turns`` of `Hold`."""

        def wanted() -> bool:
            return not self.refer.hold.stops(taken.kind, taken.chat, turns)

        now = self.clock.now()
        if is_stale(taken, now):
            return _ended(taken, State.STALE)
        if (later := waits_until(taken, now)) is not None:
            doubted = taken.doubts > 0
            return Settled(taken.id, State.DUE, later, taken.doubts, needs_proof=doubted)
        screen = self._screen(taken, now)
        if screen is None:
            return _ended(taken, State.UNDELIVERABLE)
        try:
            outcome = await self.courier.remind(
                taken.chat, screen, silent=taken.silent, wanted=wanted
            )
        except NotWantedError:
            return _ended(taken, State.CANCELLED)
        return self._noted(taken, outcome)

    def _screen(self, taken: Taken, now: datetime) -> Screen | None:
        """Return its message; None: the content no longer has the language, others must go on."""
        content = self.voice.content
        if taken.kind is Kind.CHECK_IN:
            known = (CHECK_IN, taken.language) in content.texts
            return check_in(self.voice, taken.language, taken.zone) if known else None
        known = (taken.kind.value, taken.language) in content.reminders
        return reminder(self.voice, taken, now) if known else None

    def _noted(self, taken: Taken, outcome: Outcome) -> Settled:
        now = self.clock.now()
        self.health.note(outcome.fate)
        self.onlooker.tried(taken.kind, outcome.fate, now - taken.due)
        is_newest = outcome.fate is Fate.SENT and taken.kind in REMINDERS
        if is_newest and taken.open_message is not None:
            self._old.append((taken.chat, taken.open_message))
        return settle(taken, outcome, now)


def _ended(taken: Taken, state: State) -> Settled:
    return Settled(taken.id, state, doubts=taken.doubts)
