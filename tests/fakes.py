"""Stand-ins at the ports: a store in memory, a clock that is turned, a courier that tells."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.core.plans import (
    Advance,
    Answer,
    DuePlan,
    Fate,
    Kind,
    Outcome,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.core.screens import Screen
from bot.errors import StoreUnavailableError

MORNING = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)


@dataclass
class TurnedClock:
    """Stands still until it is turned."""

    moment: datetime = MORNING

    def now(self) -> datetime:
        return self.moment

    def turn(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class ToldCourier:
    """Remembers what it was given; answers with the fates it was told, then with "sent"."""

    fates: list[Outcome] = field(default_factory=list)
    carried: list[tuple[int, Screen]] = field(default_factory=list)
    works: bool = True
    probes: int = 0

    async def remind(self, chat: int, screen: Screen) -> Outcome:
        self.carried.append((chat, screen))
        if self.fates:
            return self.fates.pop(0)
        return Outcome(Fate.SENT, message_id=len(self.carried))

    async def probe(self) -> bool:
        self.probes += 1
        return self.works


@dataclass
class Row:
    taken: Taken
    state: State = State.DUE
    not_before: datetime | None = None
    needs_proof: bool = False
    answer: Answer | None = None


@dataclass
class MemoryChange:
    store: "MemoryStore"
    chat: int
    fresh: bool
    subscriber: Subscriber | None
    wrote: bool = False

    async def save(self, subscriber: Subscriber) -> None:
        if self.fresh:
            self.wrote = True
            self.subscriber = subscriber
            self.store.subscribers[self.chat] = subscriber

    async def forget(self) -> None:
        if self.fresh:
            self.wrote = True
            self.subscriber = None
            self.store.subscribers.pop(self.chat, None)

    async def answer(self, occurrence: int, answer: Answer) -> bool:
        row = self._own(occurrence)
        if row is None:
            return False
        if self.fresh and row.answer is None:
            self.wrote = True
            row.answer = answer
        return True

    async def again(self, occurrence: int, at: datetime) -> bool:
        row = self._own(occurrence)
        if row is None:
            return False
        slot = f"{row.taken.slot}+1"
        if self.fresh and not any(r.taken.slot == slot for r in self.store.rows.values()):
            self.wrote = True
            self.store.add(replace(row.taken, slot=slot, due=at, attempt=0, doubts=0))
        return True

    async def cancel_pending(self, kind: Kind) -> int:
        due = [
            row
            for row in self.store.rows.values()
            if (row.taken.chat, row.taken.kind, row.state) == (self.chat, kind, State.DUE)
        ]
        for row in due if self.fresh else []:
            self.wrote = True
            row.state = State.CANCELLED
        return len(due)

    def _own(self, occurrence: int) -> Row | None:
        row = self.store.rows.get(occurrence)
        return row if row is not None and row.taken.chat == self.chat else None


@dataclass
class MemoryStore:
    """Keeps bot.ports.Store in dictionaries; ``away`` makes it unreachable."""

    subscribers: dict[int, Subscriber] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    away: bool = False

    def add(self, taken: Taken) -> int:
        number = len(self.rows) + 1
        self.rows[number] = Row(replace(taken, id=number))
        return number

    def _reach(self) -> None:
        if self.away:
            raise StoreUnavailableError("The database is locked.", "wait.")

    async def look(self, chat: int) -> Subscriber | None:
        self._reach()
        return self.subscribers.get(chat)

    @asynccontextmanager
    async def change(
        self, chat: int, update_id: int | None, now: datetime
    ) -> AsyncIterator[MemoryChange]:
        self._reach()
        fresh = update_id not in self.seen
        change = MemoryChange(self, chat, fresh, self.subscribers.get(chat))
        yield change
        if update_id is not None and change.wrote:
            self.seen.add(update_id)

    async def stop_chat(self, chat: int) -> None:
        self._reach()
        if chat in self.subscribers:
            self.subscribers[chat] = replace(self.subscribers[chat], stopped=True)

    async def materialise(
        self, now: datetime, advance: Callable[[DuePlan], Advance], limit: int = 500
    ) -> int:
        self._reach()
        count = 0
        for chat, person in self.subscribers.items():
            for kind, plan in person.plans.items():
                if plan.next_due is None or plan.next_due > now or not plan.on:
                    continue
                made = advance(DuePlan(chat, person.zone or "UTC", plan))
                self._occur(person, kind, made)
                moved = replace(plan, next_due=made.next_due, rang_on=made.local_date)
                person.plans[kind] = moved
                count += 1
        return count

    def _occur(self, person: Subscriber, kind: Kind, made: Advance) -> None:
        self.add(
            Taken(
                0,
                kind,
                person.chat,
                person.language,
                made.local_date,
                made.slot,
                made.due,
                0,
                0,
                zone=person.zone or "UTC",
            )
        )

    async def turn(
        self,
        settled: Sequence[Settled],
        now: datetime,
        limit: int,
        *,
        lease: timedelta,
        healthy: bool,
    ) -> list[Taken]:
        self._reach()
        for end in settled:
            row = self.rows[end.id]
            row.state, row.not_before, row.needs_proof = end.state, end.not_before, end.needs_proof
            row.taken = replace(row.taken, doubts=end.doubts)
        ready = [
            row
            for row in self.rows.values()
            if row.state is State.DUE
            and row.taken.due <= now
            and (row.not_before is None or row.not_before <= now)
            and (healthy or not row.needs_proof)
        ]
        return [self._take(row) for row in ready[:limit]]

    def _take(self, row: Row) -> Taken:
        row.state = State.SENDING
        row.taken = replace(row.taken, attempt=row.taken.attempt + 1)
        return row.taken

    async def orphans(self, now: datetime) -> list[Taken]:
        self._reach()
        return [row.taken for row in self.rows.values() if row.state is State.SENDING]

    async def next_moment(self) -> datetime | None:
        self._reach()
        moments = [
            max(row.taken.due, row.not_before or row.taken.due)
            for row in self.rows.values()
            if row.state is State.DUE
        ]
        moments += [
            plan.next_due
            for person in self.subscribers.values()
            for plan in person.plans.values()
            if plan.next_due is not None and plan.on
        ]
        return min(moments, default=None)

    async def conservation(self) -> dict[str, int]:
        states = [row.state for row in self.rows.values()]
        return {state: states.count(state) for state in State} | {"all": len(states)}

    async def close(self) -> None:
        self._reach()
