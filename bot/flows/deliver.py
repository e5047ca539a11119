"""The clock's way: what is due is materialised, taken, sent and confirmed."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.core.advance import advance
from bot.core.delivery import ended, is_stale, may_go_unproven, put_back, settle, waits_until
from bot.core.path_health import PathHealth
from bot.core.plans import Fate, Kind, Outcome, Settled, State, Taken
from bot.core.screens import Screen
from bot.flows.check_in import CHECK_IN, check_in
from bot.flows.claim import LEASE, Claim
from bot.flows.hold import Hold
from bot.flows.old_buttons import OldButtons
from bot.flows.reminder import reminder
from bot.flows.voice import Voice
from bot.ports import Clock, Courier, NotWantedError, Onlooker, Store

BATCH = 500
Spawn = Callable[[Coroutine[Any, Any, Settled], str], "asyncio.Task[Settled]"]


@dataclass(slots=True)
class Deliver:
    """Moves due reminders to Telegram, a few at a time, each to one recorded end.

    Once ``closing`` is set nothing new is taken; what is under way is finished and recorded.

    Attributes:
        in_flight: How many may be on their way at once.
        steady: Monotonic seconds.
    """

    store: Store
    courier: Courier
    voice: Voice
    hold: Hold
    clock: Clock
    spawn: Spawn
    in_flight: int
    onlooker: Onlooker
    steady: Callable[[], float] = time.monotonic
    health: PathHealth = field(default_factory=PathHealth)
    closing: bool = False
    _old: OldButtons = field(init=False)
    _running: set["asyncio.Task[Settled]"] = field(default_factory=set)
    _settled: list[Settled] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let old buttons go by the same courier."""
        self._old = OldButtons(self.courier)

    async def recover(self) -> None:
        """Settle what a dead process was sending when it died: each of these is in doubt."""
        now = self.clock.now()
        for taken in await self.store.orphans(now):
            self._settled.append(settle(taken, Outcome(Fate.IN_DOUBT), now))
            self.onlooker.tried(taken.kind, Fate.IN_DOUBT, now - taken.due)
        await self._record_and_take(0)

    async def work(self) -> datetime | None:
        """Send all that may go now; return the moment of what comes next, None if nothing does.

        Raises:
            StoreUnavailableError: the database is out of reach; nothing was sent without a claim.
        """
        while True:
            await self.hold.write(self.clock.now())  # also where nothing is to be taken
            following = await self.store.next_moment()
            if self._idle() and not self._is_due(following):
                if not self._may_strip(following):
                    return following
                await self._old.strip()
                continue
            await self.materialise()
            if self._idle():
                self.hold.forget_switches()
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
        if self.closing or self.health.broken:
            return False
        return self._old.may_go(following - self.clock.now() if following else None)

    async def _prove(self) -> bool:
        """Probe the path if something due waits for that; return whether it may go now."""
        if self.closing or (self.health.proven and not self.health.broken):
            return False
        if not self._is_due(await self.store.next_moment()):
            return False
        self.health.probed(works=await self.courier.probe())
        return self.health.proven

    async def _record_and_take(self, limit: int) -> list[Taken]:
        now = self.clock.now()
        if limit:
            await self.hold.write(now)
        taken = await self.store.turn(
            self._settled, now, limit, lease=LEASE, healthy=self.health.proven
        )
        self._settled = []
        return taken

    async def _take(self) -> None:
        resting = self.closing or self.health.broken
        limit = 0 if resting else self.in_flight - len(self._running)
        # before anything is read: what comes later is news to what is taken
        claim = Claim(self.clock.now(), self.steady(), self.hold.switches)
        for taken in await self._record_and_take(limit):
            self._running.add(self.spawn(self._send(taken, claim), f"remind-{taken.id}"))

    async def _collect(self) -> None:
        if self._running:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        finished = {task for task in self._running if task.done()}
        self._running -= finished
        self._settled += [task.result() for task in finished]

    async def _send(self, taken: Taken, claim: Claim) -> Settled:
        now = self.clock.now()
        if is_stale(taken, now):
            return ended(taken, State.STALE)
        if (later := waits_until(taken, now)) is not None:
            return put_back(taken, later)
        screen = self._screen(taken, now)
        if screen is None:
            return ended(taken, State.UNDELIVERABLE)

        def wanted() -> bool:
            return not self._is_stopped(taken, claim) and self._may_begin(taken, claim)

        try:
            outcome = await self.courier.remind(
                taken.chat, screen, silent=taken.silent, wanted=wanted
            )
        except NotWantedError:
            if self._is_stopped(taken, claim):
                return ended(taken, State.CANCELLED)
            proof = not may_go_unproven(taken.kind)
            return put_back(taken, self.clock.now(), needs_proof=proof)
        return self._noted(taken, outcome)

    def _is_stopped(self, taken: Taken, claim: Claim) -> bool:
        return self.hold.stops(taken.kind, taken.chat, claim.switches)

    def _may_begin(self, taken: Taken, claim: Claim) -> bool:
        proven = self.health.proven or may_go_unproven(taken.kind)
        return proven and claim.lasts(self.clock.now(), self.steady())

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
        self._old.note(taken, outcome)
        return settle(taken, outcome, now)
