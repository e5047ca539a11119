"""Counts of what happened, written with what they count, so that deletion does not change them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.core.figures import Figures
from bot.core.plans import REMINDERS, State
from bot.store.dialect import Row, Statements, Transaction
from bot.store.rows import PENDING, moment, seconds

MADE = "all"
REFERRAL = "referral"
PAID = "paid"
DAYS_TOLD = timedelta(days=30)


async def count(
    sql: Statements, transaction: Transaction, now: datetime, happened: Counter[str]
) -> None:
    """Add to the counts of the UTC day of ``now``; "all" stands for occurrences made.

    The last thing a transaction does, and by name: sessions that count in the same rows never wait
    for each other crosswise.
    """
    day = now.date().isoformat()
    await transaction.each(
        sql.COUNT, [{"day": day, "name": name, "n": n} for name, n in sorted(happened.items()) if n]
    )


def by_minute(rows: Iterable[tuple[int, int]]) -> Counter[datetime]:
    """Return numbers by the start of their minute, of rows of (second since 1970, number)."""
    found: Counter[datetime] = Counter()
    for second, number in rows:
        found[datetime.fromtimestamp(second - second % 60, UTC)] += number
    return found


def figures_span(now: datetime) -> dict[str, object]:
    """Return the values of FIGURES: ``now``, and the complete days whose totals are told."""
    today = now.date()
    since = today - DAYS_TOLD
    return {"now": seconds(now), "today": today.isoformat(), "since": since.isoformat()}


def figures_of(rows: Sequence[Row]) -> Figures:
    """Return the figures of the rows that FIGURES selects: (what, which of it, number)."""
    found: dict[str, dict[str, int]] = {}
    for what, which, number in rows:
        found.setdefault(what, {})[which] = number
    counted, pending = found.get("counted", {}), found["pending"]
    return Figures(
        made=counted.get(MADE, 0),
        ended={state: counted.get(state, 0) for state in State if state not in PENDING},
        pending={state: pending[state] for state in PENDING},
        oldest_due=moment(found["oldest due"][""]),
        subscribers=found["subscribers"][""],
        plans={kind: found.get("plans", {}).get(kind, 0) for kind in REMINDERS},
        referrals={date.fromisoformat(day): n for day, n in found.get("referrals", {}).items()},
        size=found["size"][""],
        paid=counted.get(PAID, 0),
        paid_today=found["paid today"][""],
    )
