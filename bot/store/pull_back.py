"""What a clock that was ahead has left in the tables, and how it is undone."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.core.plans import DuePlan, Plan
from bot.core.pulled_back import latest_date
from bot.core.schedule import DAY
from bot.store.dialect import Row, Statements, Transaction, Values
from bot.store.rows import due_plan_of, seconds

CLOSE = timedelta(minutes=5)  # clocks of several machines may differ, and a retry may be so far off


def span(now: datetime) -> dict[str, object]:
    """Return the values that the statements share: moments and dates around ``now``.

    No date has begun that is later than ``latest``; what is due later than ``now`` belongs to
    ``day`` or a later date; ``tomorrow`` is further than anybody puts a reminder off.
    """
    return {
        "now": seconds(now),
        "soon": seconds(now + CLOSE),
        "today": (now + CLOSE).date().isoformat(),
        "tomorrow": seconds(now + DAY),
        "day": (now - 2 * DAY).date().isoformat(),
        "latest": latest_date(now).isoformat(),
        "hold": (latest_date(now) + DAY).isoformat(),
    }


async def drop_unsent(sql: Statements, transaction: Transaction, values: Values) -> Counter[str]:
    """Take away what was not sent and is not due yet; return how many ends that brought.

    What may have arrived stays, so that it does not come again. So does what "later" put off.
    """
    ends = Counter(str(row[0]) for row in await transaction.rows(sql.END_AHEAD, values))
    await transaction.each(sql.DROP_AHEAD, [values])
    await transaction.each(sql.RETRY_SOONER, [values])
    await transaction.each(sql.ENDED_BY_NOW, [values])
    await transaction.each(sql.RANG_BY_NOW, [values])
    await transaction.each(sql.HOLD_SOONER, [values])
    return ends


async def replan(
    sql: Statements,
    transaction: Transaction,
    rows: Sequence[Row],
    anew: Callable[[DuePlan], Plan],
) -> None:
    """Let each plan go on as ``anew`` says; the thread keeps everybody else going meanwhile."""
    await transaction.each(sql.REPLAN, await asyncio.to_thread(_changed, rows, anew))


def _changed(rows: Sequence[Row], anew: Callable[[DuePlan], Plan]) -> list[dict[str, object]]:
    dues = [due_plan_of(row) for row in rows]
    plans = [(due, anew(due)) for due in dues]
    return [
        {
            "id": due.id,
            "next_due": seconds(plan.next_due),
            "quiet_until": seconds(plan.quiet_until),
            "asks_from": plan.asks_from and plan.asks_from.isoformat(),
        }
        for due, plan in plans
        if plan != due.plan
    ]


async def forget_days_ahead(
    sql: Statements, transaction: Transaction, values: Values
) -> Counter[str]:
    """Forget that there were later days; return what was counted on them, for today."""
    await transaction.each(sql.SEEN_BY_NOW, [values])
    return Counter(dict(await transaction.rows(sql.DAYS_AHEAD, values)))
