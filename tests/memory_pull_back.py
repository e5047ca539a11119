"""What a clock that was ahead has left, undone in the store in memory, as bot.ports.Store has it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.plans import Kind, Plan, State
from bot.core.pulled_back import latest_date
from bot.store.pull_back import CLOSE
from tests.memory_change import Row

if TYPE_CHECKING:
    from tests.memory_store import MemoryStore

DAY = timedelta(days=1)
UNSENT = (State.STALE, State.CANCELLED, State.UNDELIVERABLE)


def pull_back(store: "MemoryStore", chat: int, now: datetime) -> None:
    """Undo it for one person, all but the moments of their plans."""
    for row in store.rows_of(chat):
        row.ended_at = row.ended_at and min(row.ended_at, now)
        if row.state is State.DUE and row.taken.kind is not Kind.CHECK_IN:
            _end(row, now)
        if row.state is State.DUE:
            _retry_sooner(row, now)
        unsent = row.state in UNSENT and row.is_first and not row.taken.doubts and not row.heeded
        if unsent and row.taken.due > now and row.taken.kind is not Kind.CHECK_IN:
            row.forgotten = True
            name = f"{row.taken.local_date} {row.taken.slot}"
            store.edit_plan(chat, row.taken.kind, _without(name))
    for kind in store.subscribers[chat].plans:
        store.edit_plan(chat, kind, lambda plan: _by_now(store, chat, plan, now))
    person, latest = store.subscribers[chat], latest_date(now) + DAY
    if person.hold is not None:
        store.subscribers[chat] = replace(person, hold=min(person.hold, latest))


def _end(row: Row, now: datetime) -> None:
    if row.taken.due > (now if row.is_first else now + DAY):
        row.state = State.UNKNOWN if row.taken.doubts else State.CANCELLED
        row.ended_at = now


def _retry_sooner(row: Row, now: datetime) -> None:
    until, due, tomorrow = row.not_before or row.taken.due, row.taken.due, now + DAY
    if until > now + CLOSE and (due <= now or until > tomorrow):
        row.not_before = max(now, min(due, tomorrow))
        row.taken = replace(row.taken, due=min(due, tomorrow))


def _without(name: str) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, rung=plan.rung - {name})


def _by_now(store: "MemoryStore", chat: int, plan: Plan, now: datetime) -> Plan:
    if plan.rang_on is None or plan.rang_on < (now - 2 * DAY).date():
        return plan
    dates = [
        row.taken.local_date
        for row in store.rows_of(chat)
        if row.taken.kind is plan.kind and row.is_first
    ]
    rang = [day for day in dates if day <= latest_date(now)]
    return replace(plan, rang_on=max(rang, default=None))
