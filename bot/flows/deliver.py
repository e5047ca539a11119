"""The clock's way: what is due is materialised, taken, sent and confirmed."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.core.advance import advance
from bot.core.delivery import GRACE, ended, is_stale, may_go_unproven, put_back, settle, waits_until
from bot.core.path_health import PathHealth
from bot.core.plans import Advance, DuePlan, Fate, Kind, Outcome, Settled, State, Taken
from bot.core.screens import Screen
from bot.flows.check_in import CHECK_IN, check_in
from bot.flows.claim import LEASE, Claim
from bot.flows.hold import Hold
from bot.flows.old_buttons import OldButtons
from bot.flows.reminder import reminder
from bot.flows.second_look import SecondLook
from bot.flows.voice import Voice
from bot.ports import Clock, Courier, NotWantedError, Onlooker, Payer, Store

log = logging.getLogger(__name__)

BATCH = 500
LONGEST_GRACE = max(GRACE.values())
LOOK_AROUND = timedelta(seconds=15)  # between two looks at what other processes left behind
LOOK_AGAIN = timedelta(seconds=1)
LOOK_SECONDS = LOOK_AGAIN.total_seconds()
LOOK_AT_REPEATS = timedelta(seconds=30)  # a message that arrives meanwhile lets them go
# what one reminder's odd value leads to; anything else ends the process, which is a doubt as well
FAULTS_OF_ONE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
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
    payer: Payer | None = None
    steady: Callable[[], float] = time.monotonic
    health: PathHealth = field(default_factory=PathHealth)
    closing: bool = False
    _old: OldButtons = field(init=False)
    _looked: datetime | None = None
    _running: set["asyncio.Task[Settled]"] = field(default_factory=set)
    _alone: int = 0  # how many still go one at a time
    _settled: list[Settled] = field(default_factory=list)
    _looked_around: datetime | None = None

    def __post_init__(self) -> None:
        """Let old buttons go by the same courier."""
        self._old = OldButtons(self.courier)

    @property
    def owes(self) -> bool:
        """Whether anything that was taken has no record yet of what became of it."""
        return not self._idle()

    async def recover(self) -> None:
        """Settle what a dead process was sending when it died: each of these is in doubt.

        One of them may have killed it. So the next as many go one at a time, these before others:
        if it kills again, it takes no second try but its own with it.
        """
        self._looked_around = now = self.clock.now()
        for taken in await self.store.orphans(now):
            self._alone = self.in_flight
            settled = settle(taken, Outcome(Fate.IN_DOUBT), now)
            again = now if settled.state is State.DUE else None
            self._settled.append(replace(settled, not_before=again))
            self.onlooker.tried(taken.kind, Fate.IN_DOUBT, now - taken.due)
        await self._record_and_take(0)

    async def work(self) -> datetime | None:
        """Send all that may go now; return the moment of what comes next, None if nothing does.

        Raises:
            StoreUnavailableError: the database is out of reach; nothing was sent without a claim.
        """
        while True:
            await self.hold.write(self.clock.now())  # also where nothing is to be taken
            await self._look_around()
            if self._idle():
                self.hold.forget_switches()
                following = await self.store.next_moment()
                if not self._is_due(following):
                    if not self._may_strip(following):
                        return following
                    await self._old.strip()
                    continue
            moved = await self._look_for_due()
            await self._take()
            # what was moved on may have ended unsent, and its plan be due again: days were missed
            if self._idle() and not moved and not await self._prove():
                following = await self.store.next_moment()
                if self._is_due(following):
                    return following
            await self._collect()

    async def _look_around(self) -> None:
        """Recover again after a while: where many processes share a database, any may die."""
        looked = self._looked_around
        if looked is not None and abs(self.clock.now() - looked) >= LOOK_AROUND:
            await self.recover()

    async def materialise(self) -> bool:
        """Turn due plans into occurrences, each into its first; return whether any was due.

        After days away first what nobody can use any more: then all that may still go is seen
        together, and one message of it goes to a person.
        """
        now = self.clock.now()
        return await self._make(now - LONGEST_GRACE) or await self._make(now)

    async def _make(self, until: datetime) -> bool:
        moved = made = await self.store.materialise(until, self._advance, BATCH)
        while made == BATCH:
            made = await self.store.materialise(until, self._advance, BATCH)
        return moved > 0

    def _advance(self, due: DuePlan) -> Advance:
        return advance(replace(due, now=self.clock.now()))

    async def _look_for_due(self) -> bool:
        """Materialise, while sends are under way once a second: each look keeps a slot waiting."""
        now, looked = self.clock.now(), self._looked
        if not self._idle() and looked is not None and timedelta() <= now - looked < LOOK_AGAIN:
            return False
        moved = await self.materialise()
        self._looked = now
        return moved

    def _idle(self) -> bool:
        return not self._running and not self._settled

    def _is_due(self, moment: datetime | None) -> bool:
        return moment is not None and moment <= self.clock.now()

    def _may_strip(self, following: datetime | None) -> bool:
        if self.closing or self.health.broken:
            return False
        return self._old.may_go(following - self.clock.now() if following else None)

    async def _prove(self) -> bool:
        """Probe the path if something due waits for that; return whether one may try now."""
        unused = self.health.proven
        self.health.lapse()
        if self.closing or unused or not self.health.may_probe(self.clock.now()):
            return False
        if not self._is_due(await self.store.next_moment()):
            return False
        works = await self.courier.probe()
        self.health.probed(works=works, now=self.clock.now())
        return works

    async def _record_and_take(self, limit: int, *, healthy: bool = False) -> list[Taken]:
        now = self.clock.now()
        if limit:
            await self.hold.write(now)
        taken = await self.store.turn(
            self._settled, now, limit, lease=LEASE, healthy=healthy, payer=self.payer
        )
        self._settled = []
        return taken

    async def _take(self) -> None:
        most = 1 if self._alone else self.in_flight
        limit = 0 if self.closing else self.health.room(most, len(self._running))
        # before anything is read: what comes later is news to what is taken
        claim = Claim(self.clock.now(), self.steady(), self.hold.switches)
        for taken in await self._next(limit):
            self._running.add(self.spawn(self._send(taken, claim), "remind"))

    async def _next(self, limit: int) -> list[Taken]:
        """Take what is next. While the path is in doubt, what has a try to spare goes first."""
        health = self.health
        taken = await self._record_and_take(limit, healthy=health.wide or self._goes_alone())
        if not limit or taken or self._running or health.wide or not health.proven:
            return taken
        return await self._record_and_take(1, healthy=True)

    def _goes_alone(self) -> bool:
        return self._alone > 0 and self.health.proven

    async def _collect(self) -> None:
        if self._running:
            # what falls due meanwhile does not wait for one that hangs
            await asyncio.wait(
                self._running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            await asyncio.sleep(0)  # who ends in the same moment shares the commit
        finished = {task for task in self._running if task.done()}
        self._running -= finished
        self._alone = max(self._alone - len(finished), 0)
        errors = [error for task in finished if (error := task.exception())]
        self._settled += [task.result() for task in finished if not task.exception()]
        if errors:
            await self._give_up(errors[0])

    async def _give_up(self, error: BaseException) -> None:
        """End the process for this error, whatever else fails; what arrived is recorded before.

        Raises:
            BaseException: the error.
        """
        try:
            await self._record_and_take(0)
        finally:
            raise error

    async def _send(self, taken: Taken, claim: Claim) -> Settled:
        """Send one; an odd value of its own must not end the process, and with it all others."""
        try:
            return await self._sent(taken, claim)
        except FAULTS_OF_ONE as error:  # the path is not told of this doubt
            fields = {"event": "reminder.failed", "cause": type(error).__name__}
            log.error("a reminder failed", extra=fields)  # noqa: TRY400 - a trace may hold its words
            now = self.clock.now()
            self.onlooker.tried(taken.kind, Fate.IN_DOUBT, now - taken.due)
            return settle(taken, Outcome(Fate.IN_DOUBT), now)
        finally:
            self.health.untried(taken.id)

    async def _sent(self, taken: Taken, claim: Claim) -> Settled:
        now = self.clock.now()
        if is_stale(taken, now):
            return ended(taken, State.STALE)
        if (later := waits_until(taken, now) or self._repeats_at(taken, now)) is not None:
            return put_back(taken, later)
        screen = self._screen(taken, now)
        if screen is None:
            return ended(taken, State.UNDELIVERABLE)

        def wanted() -> bool:
            return not self._is_stopped(taken, claim) and self._may_begin(taken, claim)

        second = SecondLook(self.store, taken.id)
        try:
            outcome = await self.courier.remind(
                taken.chat,
                screen,
                occurrence=taken.id,
                silent=taken.silent,
                paid=taken.paid,
                wanted=wanted,
                stands=second.stands,
            )
        except NotWantedError:
            if second.fell or self._is_stopped(taken, claim):
                return ended(taken, State.CANCELLED)
            proof = not may_go_unproven(taken)
            return put_back(taken, self.clock.now(), needs_proof=proof)
        return self._noted(taken, outcome)

    def _is_stopped(self, taken: Taken, claim: Claim) -> bool:
        return self.hold.stops(taken.kind, taken.chat, claim.switches)

    def _may_begin(self, taken: Taken, claim: Claim) -> bool:
        lasts = claim.lasts(self.clock.now(), self.steady())
        return lasts and (may_go_unproven(taken) or self.health.may_risk(taken.id))

    def _repeats_at(self, taken: Taken, now: datetime) -> datetime | None:
        """Return when to look at a second try again whose time has not come; None: it has.

        In whole seconds, as it is kept: a part of one cut off would let it be due at once.
        """
        wait = self.health.repeats_in(now) if taken.doubts else timedelta()
        until = now + min(wait, LOOK_AT_REPEATS)
        return until + timedelta(microseconds=-until.microsecond % 1_000_000) if wait else None

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
        self.health.note(outcome.fate, now)
        self.onlooker.tried(taken.kind, outcome.fate, now - taken.due)
        self._old.note(taken, outcome)
        if outcome.unpaid and self.payer is not None:
            self.payer.refused(now)
        return settle(taken, outcome, now)
