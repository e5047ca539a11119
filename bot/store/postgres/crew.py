"""The bots that share a database, a row each; every moment is the server's, for theirs may differ."""

import math

from bot.core.shares import DEAD_SECONDS, Member, Need, Report, Standing, granted
from bot.store.dialect import Row, Transaction, Values
from bot.store.postgres.locks import CREWS, OUR_KEY

FRESH_SECONDS = 5
"""A bot that says it polls and was seen within these may still be doing so."""
KEPT_SECONDS = 120
"""A row is older than any use of it: all may have been closed for a minute, and climb for another."""
_CLOCK = "CAST(extract(epoch FROM clock_timestamp()) AS bigint)"

# each beat sees what the one before it wrote
ONE_AT_A_TIME = f"SELECT pg_advisory_xact_lock({CREWS}, CAST({OUR_KEY} AS integer))"
MEMBERS = f"""
    SELECT id, share, pressed, polling, {_CLOCK} - seen_at, closed_until - {_CLOCK}
      FROM worker ORDER BY id
"""
FORGET = f"DELETE FROM worker WHERE seen_at < {_CLOCK} - {KEPT_SECONDS}"
TELL = f"""
    INSERT INTO worker (id, started_at, seen_at, share, pressed, polling, closed_until)
    VALUES (:owner, {_CLOCK}, {_CLOCK}, :share, CAST(:pressed AS smallint),
            CAST(:polling AS smallint), {_CLOCK} + CAST(:closed AS bigint))
    ON CONFLICT (id) DO UPDATE
       SET seen_at = excluded.seen_at, share = excluded.share, pressed = excluded.pressed,
           polling = excluded.polling, closed_until = excluded.closed_until
"""


async def beat(
    transaction: Transaction, owner: str, report: Report, rate: float, *, is_poller: bool
) -> Standing:
    """Write what one bot tells, and return what it may do; see `bot.core.shares`.

    ``is_poller``: it has the lock. It polls once nobody else can still be doing so.
    """
    await transaction.rows(ONE_AT_A_TIME, {})
    await transaction.rows(FORGET, {})
    rows = await transaction.rows(MEMBERS, {})
    others = [row for row in rows if row[0] != owner]
    living = [row for row in others if row[4] < DEAD_SECONDS]
    place = sum(row[0] < owner for row in living)
    members = [Member(row[1], Need(row[2])) for row in living]
    members.insert(place, Member(report.share, report.need))
    share = granted(rate, members, place)
    polls = is_poller and not any(row[3] and row[4] <= FRESH_SECONDS for row in living)
    await transaction.rows(TELL, _told(owner, report, share, polls=polls))
    return Standing(share, len(members), polls, max(report.closed, _closed(others)))


def _told(owner: str, report: Report, share: float, *, polls: bool) -> Values:
    return {
        "owner": owner,
        "share": max(share, report.share),  # what is to be given up is ours until we have done so
        "pressed": int(report.need),
        "polling": int(polls or bool(report.polls)),
        "closed": math.ceil(report.closed) if report.closed > -KEPT_SECONDS else None,
    }


def _closed(others: list[Row]) -> float:
    return max((float(row[5]) for row in others if row[5] is not None), default=-math.inf)
