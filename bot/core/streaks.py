"""Days in a row, kindly counted: what was done counts, what was not is only not counted. Pure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAY_ENDS = timedelta(hours=3)
FREE_DAYS = 2  # of one ISO week that do not break a streak
DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Day:
    """What became of the reminders of one local date; the four never overlap.

    Attributes:
        date: The date that names the occurrences; a later change of zone does not move it.
        later: Put off, and not answered after that.
        unanswered: Sent, and not answered.
    """

    date: date
    done: int = 0
    later: int = 0
    skipped: int = 0
    unanswered: int = 0


def day_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the local date to which ``now`` belongs; a day ends at 03:00."""
    return (now.astimezone(zone).replace(tzinfo=None) - DAY_ENDS).date()


def streak(days: Collection[Day], own: Collection[date], today: date) -> int:
    """Return how many days with something done stand in a row up to now.

    Two days of a week without anything done are free, and a day without a reminder (a pause, a
    free weekday) is no gap. ``today`` is not over, so it can only add.

    Args:
        days: Days that had reminders, in any order.
        own: Dates of routines done without a reminder.
        today: See `day_of`.
    """
    done = {day.date for day in days if day.done} | set(own)
    asked = {day.date for day in days}
    free: Counter[tuple[int, int]] = Counter()
    count = 0
    for day in sorted(asked | done, reverse=True):
        if day in done:
            count += 1
        elif day < today:
            week = day.isocalendar()[:2]
            free[week] += 1
            if free[week] > FREE_DAYS:
                break
    return count


def total(days: Collection[Day], since: date) -> Day:
    """Return the sums of the days from ``since`` on."""
    chosen = [day for day in days if day.date >= since]
    return Day(
        since,
        sum(day.done for day in chosen),
        sum(day.later for day in chosen),
        sum(day.skipped for day in chosen),
        sum(day.unanswered for day in chosen),
    )
