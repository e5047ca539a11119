"""Rows to core types and back; the same for every SQL store."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache

from bot.core.plans import (
    Advance,
    Answer,
    Awaiting,
    DuePlan,
    Kind,
    Pause,
    Plan,
    Question,
    Rung,
    Settled,
    State,
    Subscriber,
    Taken,
)
from bot.core.streaks import Day
from bot.store.dialect import Row
from bot.store.documents import (
    preferences_of,
    preferences_text,
    rhythm_of,
    rhythm_text,
    stamps_of,
    stamps_text,
)
from bot.store.seal import Seal

PENDING = (State.DUE, State.SENDING)
NOTHING_RANG: frozenset[str] = frozenset()
KINDS = {kind.value: kind for kind in Kind}  # three times as fast as Kind(value)


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
    """Return a plan's columns, but for those that materialising alone writes."""
    pause = plan.pause
    return {
        "kind": plan.kind.value,
        "at": plan.at.hour * 3600 + plan.at.minute * 60 + plan.at.second,
        "weekdays": sum(1 << (weekday - 1) for weekday in plan.weekdays),
        "enabled": plan.on,
        "asleep": asleep,
        "next_due": seconds(plan.next_due),
        "windows": rhythm_text(plan.rhythm),
        "paused_from": pause and pause.since.isoformat(),
        "paused_until": pause and pause.until and pause.until.isoformat(),
        "quiet_until": seconds(plan.quiet_until),
        "silent": plan.silent,
        "unanswered": plan.unanswered,
    }


@lru_cache(maxsize=1440)
def _time_of(second: int) -> time:
    return time(second // 3600, second // 60 % 60, second % 60)


@lru_cache
def _weekdays_of(mask: int) -> frozenset[int]:
    return frozenset(n for n in range(1, 8) if mask >> (n - 1) & 1)


def plan_of(row: Row) -> Plan:
    """Return the plan of the columns that LOOK selects for it, in their order."""
    kind, at, weekdays, enabled, due, rang_on, windows, since, until, quiet, silent, *rest = row
    turn, line, unanswered, asks_from, rung = rest
    # most of it is NULL, and this runs for each reminder: what is NULL calls nothing
    return Plan(
        KINDS[kind],
        _time_of(at),
        _weekdays_of(weekdays),
        enabled == 1,
        due and moment(due),
        rang_on and date.fromisoformat(rang_on),
        rhythm_of(windows),
        since and Pause(date.fromisoformat(since), day(until)),
        quiet and moment(quiet),
        silent == 1,
        turn,
        line,
        unanswered,
        asks_from and date.fromisoformat(asks_from),
        frozenset(rung.split(",")) if rung else NOTHING_RANG,
    )


def due_plan_of(row: Row) -> DuePlan:
    """Return the due plan of (id, zone, hold) and a plan's columns."""
    return DuePlan(row[0], row[1] or "UTC", plan_of(row[3:]), held=row[2] is not None)


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
        "preferences": preferences_text(subscriber.preferences),
        "set_by": stamps_text(subscriber.set_by),
    }


def subscriber_of(chat: int, rows: Sequence[Row]) -> Subscriber:
    """Return the subscriber of the columns that LOOK selects, in their order.

    There is a row for each plan; without any, the plan's columns are NULL.
    """
    language, zone, consent, question, until, hold, stopped, preferences, set_by = rows[0][:9]
    plans = [plan_of(row[9:]) for row in rows if row[9] is not None]
    return Subscriber(
        chat,
        language,
        zone,
        datetime.fromtimestamp(consent, UTC),
        Awaiting(Question(question), datetime.fromtimestamp(until, UTC)) if question else None,
        day(hold),
        bool(stopped),
        {plan.kind: plan for plan in plans},
        preferences_of(preferences),
        stamps_of(set_by),
    )


def taken_of(row: Row, seal: Seal) -> Taken:
    """Return the occurrence of the columns that READY and ORPHANS select, in their order."""
    number, kind, sealed, language, local_date, slot, due, attempt, doubts, hold, zone = row[:11]
    turn, line, asks, silent, preferences, open_message = row[11:]
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
        turn,
        line,
        bool(asks),
        bool(silent),
        preferences_of(preferences),
        open_message,
    )


def advance_values(due: DuePlan, made: Advance) -> dict[str, object]:
    """Return the columns of the occurrence that a due plan becomes, and of the plan after it."""
    return {
        "plan": made.plan,
        "slot": made.slot,
        "local_date": made.local_date.isoformat(),
        "due": seconds(made.due),
        "next_due": seconds(made.next_due),
        "turn": made.turn,
        "line": due.plan.line,
        "asks": made.asks,
        "quiet_until": seconds(made.quiet_until),
        "asks_from": made.asks_from and made.asks_from.isoformat(),
    }


def retimed_values(
    rows: Sequence[Row], moment_of: Callable[[DuePlan], datetime | None]
) -> list[dict[str, object]]:
    """Return the plans, by their columns, whose next moment is another now."""
    plans = [due_plan_of(row) for row in rows]
    moments = [(due, moment_of(due)) for due in plans]
    return [
        {"id": due.id, "next_due": seconds(anew)}
        for due, anew in moments
        if anew != due.plan.next_due
    ]


def rung_of(row: Row, copies: int) -> Rung:
    """Return what (kind, turn, local_date, answer, line, asks) of a reminder say."""
    kind, turn, local_date, answer, line, asks = row
    given = None if answer is None else Answer(answer)
    return Rung(Kind(kind), turn, date.fromisoformat(local_date), given, copies, line, bool(asks))


def day_of(row: Row) -> Day:
    """Return the counts of (local_date, done, later, skipped, unanswered)."""
    return Day(date.fromisoformat(row[0]), *row[1:])


def settled_values(settled: Settled, now: datetime) -> dict[str, object]:
    """Return what becomes of an occurrence, as columns; an end has its moment, a retry its next."""
    pending = settled.state in PENDING
    return {
        "id": settled.id,
        "attempt": settled.attempt,
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


def chat_lock(lookup: bytes) -> int:
    """Return the number under which a database locks a chat, from its lookup value."""
    return int.from_bytes(lookup[:8], "big", signed=True)
