"""What became of a simulated day: each promise, and the figures."""

import sqlite3
from bisect import bisect_right
from collections import Counter
from contextlib import closing
from dataclasses import dataclass

from bot.core.plans import Kind, State
from tests.chaos.virtual.day import Day
from tests.chaos.virtual.witness import Arrival

MOST = {Kind.MORNING: 2, Kind.BREAK: 1, Kind.CHECK_IN: 2}
PENDING = (State.DUE, State.SENDING)
CATCH_UP_SECONDS = 60.0
SETTLED_SECONDS = 7500.0  # after a step of the clock a morning may be two hours late
BALANCE = """
    SELECT coalesce(sum(iif(name = 'all', n, 0)), 0),
           coalesce(sum(iif(name NOT IN ('all', 'referral'), n, 0)), 0)
      FROM daily_count
"""
STATES = "SELECT state, count(*) FROM occurrence GROUP BY state"
SENT = """
    SELECT o.id, o.message_id FROM occurrence o
     WHERE o.state = 'sent' AND o.answer IS NULL
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a day (nothing, hopefully), and its figures by name."""

    wrong: list[str]
    figures: dict[str, object]


def judge(day: Day) -> Verdict:
    """Look at what Telegram saw and at what the database holds."""
    wrong = list(day.witness.wrong)
    with closing(sqlite3.connect(day.universe.database)) as db:
        made, ended = db.execute(BALANCE).fetchone()
        states = Counter(dict(db.execute(STATES)))
        sent = db.execute(SENT).fetchall()
        ((found,),) = db.execute("PRAGMA integrity_check").fetchall()
    pending = sum(states[state] for state in PENDING)
    drift = made - ended - pending
    wrong += [f"drift: {drift}"] if drift else []
    wrong += [f"integrity: {found}"] if found != "ok" else []
    copies = day.witness.by_occurrence()
    wrong += [f"{n} copies of {one}" for one, n in copies.items() if n > MOST[Kind(one[2])]]
    # who answers a reminder whose reply was lost says that it arrived; nobody knows by which message
    arrived = {one.occurrence for one in day.witness.arrivals}
    lost = [
        number
        for number, message in sent
        if message not in day.witness.delivered and (message or number not in arrived)
    ]
    wrong += [f"sent, but nothing arrived: {lost[:5]}"] if lost else []
    wrong += _caught_up_twice(day)
    wrong += [f"unhandled: {one}" for one in day.universe.unhandled]
    wrong += [f"warned: {one}" for one in day.universe.api.warnings]
    growth = day.sizes[-1] / day.sizes[0] - 1 if day.sizes else 0.0
    wrong += [f"memory grew by {growth:.1%}"] if growth > 0.05 else []
    return Verdict(
        wrong, _figures(day, made=made, drift=drift, states=states, growth=growth, copies=copies)
    )


def _figures(
    day: Day,
    *,
    made: int,
    drift: int,
    states: Counter[str],
    growth: float,
    copies: Counter[tuple[int, int, str, int]],
) -> dict[str, object]:
    log = day.witness
    late, room = lateness(day)
    return {
        "occurrences": made,
        "drift": drift,
        "states": dict(sorted(states.items())),
        "copies": len(log.arrivals),
        "extra": len(log.arrivals) - len(copies),
        "calls": log.by_method.total(),
        "faults": f"{log.by_fault.total() / max(1, log.by_method.total()):.1%}",
        "violations": day.universe.api.windows.violations,
        "lives": day.universe.lives,
        "late p50/p99/max": "/".join(f"{_percentile(late, share):.1f}" for share in (50, 99, 100)),
        "within queue/rate + 2 s": f"{sum(room) / max(1, len(room)):.2%}",
        "errors": dict(day.universe.errors.causes),
        "memory": f"{max(day.sizes, default=0) / 1e6:.1f} MB, {growth:+.2%}",
        "virtual hours": round(day.universe.seconds() / 3600, 1),
        "hash": log.hash,
    }


def lateness(day: Day) -> tuple[list[float], list[bool]]:
    """Return how late first copies were, and of each whether the queue before it explains that.

    Left out is what was due while the bot was away or its clock wrong.
    """
    firsts: dict[tuple[int, int], Arrival] = {}
    for one in day.witness.arrivals:
        firsts.setdefault((one.occurrence, one.chat), one)
    usual = [one for one in firsts.values() if not _troubled(day, one)]
    dues = sorted(one.at - one.late for one in usual)
    ends = sorted(one.at for one in usual)
    late, room = [], []
    for one in usual:
        due = one.at - one.late
        queue = bisect_right(dues, due + 0.5) - bisect_right(ends, due - 0.5)
        late.append(one.late)
        room.append(one.late <= queue / day.universe.rate + 2)
    return sorted(late), room


def _troubled(day: Day, one: Arrival) -> bool:
    due = one.at - one.late
    if any(abs(step - one.at) < SETTLED_SECONDS for step in day.steps):
        return True
    return any(since - 60 <= due <= until + 300 for since, until in day.downs)


def _caught_up_twice(day: Day) -> list[str]:
    """Find who got more than one reminder that was due while the bot was away."""
    found = []
    for since, until in day.downs:
        late = {
            (one.chat, one.occurrence)
            for one in day.witness.arrivals
            if since < one.at - one.late < until and one.late > CATCH_UP_SECONDS
            # late by a clock that was set since, it was made later than it seems
            if not any(until < step <= one.at for step in day.steps)
        }
        counts = Counter(chat for chat, _ in late)
        found += [f"{n} caught up in {chat} at {until:.0f}" for chat, n in counts.items() if n > 1]
    return found


def _percentile(ordered: list[float], share: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0
