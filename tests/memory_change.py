"""One chat's data in the store in memory, as bot.ports.Change has it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.newest import newest
from bot.core.plans import (
    MOST_COPIES,
    REMINDERS,
    Answer,
    Kind,
    Plan,
    Rung,
    State,
    Subscriber,
    Taken,
)
from bot.store.rows import PENDING, again_slot

if TYPE_CHECKING:
    from tests.memory_store import MemoryStore


UNSENT = (State.STALE, State.CANCELLED, State.UNDELIVERABLE)
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass
class Row:
    taken: Taken
    state: State = State.DUE
    not_before: datetime | None = None
    needs_proof: bool = False
    answer: Answer | None = None
    parent: int | None = None
    heeded: bool = False
    message_id: int | None = None
    forgotten: bool = False
    ended_at: datetime | None = None

    @property
    def root(self) -> int:
        return self.parent or self.taken.id

    @property
    def is_first(self) -> bool:
        """Whether a plan made it, not "later"."""
        return self.parent is None

    @property
    def name(self) -> tuple[int, Kind, date, str]:
        return self.taken.chat, self.taken.kind, self.taken.local_date, self.taken.slot


@dataclass
class MemoryChange:
    store: "MemoryStore"
    chat: int
    fresh: bool
    subscriber: Subscriber | None
    wrote: bool = False
    update: int | None = None
    now: datetime = NEVER

    async def save(self, subscriber: Subscriber, sets: Collection[str] = ()) -> None:
        if self.fresh:
            subscriber = newest(self.subscriber, subscriber, sets, self.update, self.now)
            self.wrote, self.subscriber = True, subscriber
            before = self.store.subscribers.get(self.chat)
            old = before.plans if before else {}
            plans = {kind: _saved(plan, old.get(kind)) for kind, plan in subscriber.plans.items()}
            self.store.subscribers[self.chat] = replace(subscriber, plans={**old, **plans})

    async def forget(self) -> None:
        if not self.fresh or self.subscriber is None:
            return
        self.wrote, self.subscriber = True, None
        self.store.subscribers.pop(self.chat, None)
        self.store.open_messages.pop(self.chat, None)
        for row in self.store.rows_of(self.chat):
            row.state = State.CANCELLED if row.state in PENDING else row.state
            row.forgotten = True

    async def heed(self, occurrence: int) -> Rung | None:
        row = self._own(occurrence)
        if row is None:
            return None
        if self.fresh:
            self._heed(row)
        root = self.store.rows[row.root]
        taken, copies = root.taken, len(self._copies(row.root))
        line, asks = row.taken.line, row.taken.asks
        return Rung(taken.kind, taken.turn, taken.local_date, root.answer, copies, line, asks)

    async def answer(self, occurrence: int, answer: Answer) -> bool:
        row = self._own(occurrence)
        if row is None:
            return False
        if self.fresh:
            self._heed(row)
            self._record(row, answer)
        return True

    async def again(self, occurrence: int, at: datetime) -> bool:
        row = self._own(occurrence)
        if row is None:
            return False
        slot, copy = again_slot(row.taken.slot)
        if copy > MOST_COPIES:
            return False
        if not self.fresh:
            return True
        rings = self._move_copy(row.root, slot, at) or self._ring_again(row, slot, at)
        self.wrote |= rings
        return rings

    async def move_pending(self, kind: Kind, day: date, at: datetime) -> int:
        due = [
            row
            for row in self.store.rows_of(self.chat)
            if self.fresh
            and (row.taken.kind, row.state, row.parent) == (kind, State.DUE, None)
            and (row.taken.local_date, row.taken.doubts) == (day, 0)
        ]
        for row in due:
            self.wrote, row.taken, row.not_before = True, replace(row.taken, due=at), at
        return len(due)

    async def cancel_pending(self, kind: Kind, before: datetime | None = None) -> int:
        due = [
            row
            for row in self.store.rows_of(self.chat)
            if self.fresh
            and (row.taken.kind, row.state) == (kind, State.DUE)
            and (before is None or row.taken.due < before)
        ]
        for row in due:
            self.wrote, row.state = True, State.CANCELLED
        return len(due)

    def _move_copy(self, root: int, slot: str, at: datetime) -> bool:
        for copy in self._copies(root):
            if (copy.taken.slot, copy.state) == (slot, State.DUE):
                copy.taken, copy.not_before = replace(copy.taken, due=at), at
                return True
        return False

    def _ring_again(self, row: Row, slot: str, at: datetime) -> bool:
        root = self.store.rows[row.root].taken
        copied = replace(root, slot=slot, due=at, attempt=0, doubts=0, asks=False)
        for copy in self._copies(row.root):
            if copy.taken.slot == slot and copy.state in UNSENT:
                del self.store.rows[copy.taken.id]
        return self.store.make(copied, row.root)

    def _own(self, occurrence: int) -> Row | None:
        row = self.store.rows.get(occurrence)
        is_theirs = row in self.store.rows_of(self.chat)
        return row if row and is_theirs and row.taken.kind in REMINDERS else None

    def _copies(self, root: int) -> list[Row]:
        return [row for row in self.store.rows.values() if row.parent == root]

    def _heed(self, row: Row) -> None:
        self.wrote |= not row.heeded
        row.heeded = True
        asks = self.store.rows[row.root].taken.asks
        self.store.edit_plan(self.chat, row.taken.kind, lambda plan: _heeded(plan, asks=asks))
        shown = [self.store.rows[row.root], *self._copies(row.root)]
        if self.store.open_messages.get(self.chat) in [one.message_id for one in shown]:
            self.store.open_messages.pop(self.chat, None)

    def _record(self, row: Row, answer: Answer) -> None:
        root = self.store.rows[row.root]
        if root.answer is None or (root.answer is Answer.LATER and answer is not Answer.LATER):
            self.wrote, root.answer = True, answer
        if row.state is State.DUE:
            self.wrote, row.state = True, State.SENT
        for copy in self._copies(row.root) if answer is not Answer.LATER else ():
            if copy.state is State.DUE:
                self.wrote, copy.state = True, State.CANCELLED


def _heeded(plan: Plan, *, asks: bool) -> Plan:
    asks_from = plan.asks_from
    if asks_from is not None and plan.rang_on is not None and not asks:
        asks_from = min(asks_from, plan.rang_on + timedelta(days=1))
    return replace(plan, unanswered=0, asks_from=asks_from)


def _saved(plan: Plan, old: Plan | None) -> Plan:
    """Return the plan as saving leaves it: what materialising keeps is not for others to write."""
    old = old or Plan(plan.kind, plan.at)
    return replace(
        plan,
        rang_on=old.rang_on,
        turn=old.turn,
        line=old.line,
        asks_from=old.asks_from,
        rung=old.rung,
        unanswered=min(old.unanswered, plan.unanswered),
    )
