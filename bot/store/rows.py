"""Rows to core types and back; the same for every SQL store."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from bot.core.plans import (
    Awaiting,
    DuePlan,
    Kind,
    Plan,
    Question,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.store.seal import Seal

Row = tuple[Any, ...]
PENDING = (State.DUE, State.SENDING)


def seconds(moment: datetime | None) -> int | None:
    """Return a moment as whole seconds since 1970, UTC."""
    return None if moment is None else int(moment.timestamp())


def moment(value: int | None) -> datetime | None:
    """Return the moment of whole seconds since 1970."""
    return None if value is None else datetime.fromtimestamp(value, UTC)


def day(value: str | None) -> date | None:
    """Return the date of an ISO text."""
    return None if value is None else date.fromisoformat(value)


def plan_values(plan: Plan, *, asleep: bool) -> dict[str, object]:
    """Return a plan's columns; ``rang_on`` is not among them, materialising alone writes it."""
    return {
        "kind": plan.kind.value,
        "at": plan.at.hour * 3600 + plan.at.minute * 60 + plan.at.second,
        "weekdays": sum(1 << (weekday - 1) for weekday in plan.weekdays),
        "enabled": plan.on,
        "asleep": asleep,
        "next_due": seconds(plan.next_due),
    }


@lru_cache(maxsize=1440)
def _time_of(second: int) -> time:
    return time(second // 3600, second // 60 % 60, second % 60)


@lru_cache
def _weekdays_of(mask: int) -> frozenset[int]:
    return frozenset(n for n in range(1, 8) if mask >> (n - 1) & 1)


def plan_of(row: Row) -> Plan:
    """Return the plan of (kind, at, weekdays, enabled, next_due, rang_on)."""
    kind, at, weekdays, enabled, next_due, rang_on = row
    return Plan(
        Kind(kind),
        _time_of(at),
        _weekdays_of(weekdays),
        bool(enabled),
        moment(next_due),
        day(rang_on),
    )


def due_plan_of(row: Row) -> DuePlan:
    """Return the due plan of (id, zone) and a plan's columns."""
    return DuePlan(row[0], row[1] or "UTC", plan_of(row[2:]))


def subscriber_values(subscriber: Subscriber) -> dict[str, object]:
    """Return a subscriber's columns but those of the chat id."""
    awaiting = subscriber.awaiting
    return {
        "language": subscriber.language,
        "zone": subscriber.zone,
        "consent": seconds(subscriber.consented),
        "awaiting": awaiting and awaiting.question.value,
        "awaiting_until": seconds(awaiting.until) if awaiting else None,
        "hold": subscriber.hold and subscriber.hold.isoformat(),
        "stopped": subscriber.stopped,
    }


def subscriber_of(chat: int, rows: Sequence[Row]) -> Subscriber:
    """Return the subscriber of (language, zone, consent, awaiting, awaiting_until, hold, stopped).

    A row a plan follows it with that plan's columns; without any plan they are NULL.
    """
    language, zone, consent, question, until, hold, stopped = rows[0][:7]
    plans = [plan_of(row[7:]) for row in rows if row[7] is not None]
    return Subscriber(
        chat,
        language,
        zone,
        datetime.fromtimestamp(consent, UTC),
        Awaiting(Question(question), datetime.fromtimestamp(until, UTC)) if question else None,
        day(hold),
        bool(stopped),
        {plan.kind: plan for plan in plans},
    )


def taken_of(row: Row, seal: Seal) -> Taken:
    """Return the occurrence of the columns that READY and ORPHANS select, in their order."""
    number, kind, sealed, language, local_date, slot, due, attempt, doubts, hold, zone = row
    return Taken(
        number,
        Kind(kind),
        seal.open(sealed),
        language,
        date.fromisoformat(local_date),
        slot,
        datetime.fromtimestamp(due, UTC),
        attempt,
        doubts,
        hold is not None,
        zone or "UTC",
    )


def settled_values(settled: Settled, now: datetime) -> dict[str, object]:
    """Return what becomes of an occurrence, as columns; an end has its moment, a retry its next."""
    pending = settled.state in PENDING
    return {
        "id": settled.id,
        "state": settled.state.value,
        "not_before": seconds(settled.not_before or now) if pending else None,
        "doubts": settled.doubts,
        "needs_proof": settled.needs_proof,
        "message_id": settled.message_id,
        "ended_at": None if pending else seconds(now),
    }


def again_slot(slot: str) -> tuple[str, int]:
    """Return the slot of one more ringing, and which copy it is: "morning+1" follows "morning"."""
    root, _, number = slot.partition("+")
    following = int(number or 0) + 1
    return f"{root}+{following}", following
