"""Counts of what happened, written with what they count, so that deletion does not change them."""

from collections import Counter
from datetime import datetime

from bot.store import statements as sql
from bot.store.database import Transaction

MADE = "all"


async def count(transaction: Transaction, now: datetime, happened: Counter[str]) -> None:
    """Add to the counts of the UTC day of ``now``; "all" stands for occurrences made."""
    day = now.date().isoformat()
    await transaction.each(
        sql.COUNT, [{"day": day, "name": name, "n": n} for name, n in happened.items() if n]
    )
