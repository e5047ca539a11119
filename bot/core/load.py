"""How full the minutes are: a queue that is worked off at a steady rate. Pure.

A plan counts in the minute of its next moment. All of a minute come due at its start, and wait for
those of earlier minutes that are not sent yet.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.delivery import ON_TIME
from bot.core.paid import MOST_A_SECOND
from bot.core.schedule import in_quiet_hours, ring_on

MINUTE = timedelta(minutes=1)
SECONDS = 60.0
ROUND_TRIP_SECONDS = 0.1
NEAR = 60
"""Minutes: a free one that is further away is no help."""
BEFORE = timedelta(hours=3)
"""What came due so long before a moment may still wait at it."""
AFTER = timedelta(hours=1, minutes=1)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What can be sent.

    Attributes:
        rate: Free messages a second.
        paid: Messages that may be paid for on one UTC date, where the free ones do not suffice.
    """

    rate: float
    paid: int = 0

    @property
    def a_minute(self) -> float:
        """How many free ones a minute carries."""
        return self.rate * SECONDS

    @property
    def in_flight(self) -> int:
        """How many reminders have to be under way at once to reach the highest rate.

        Source: Little's law, at a round trip to Telegram of 0.1 s.
        """
        fastest = max(self.rate, MOST_A_SECOND) if self.paid else self.rate
        return math.ceil(fastest * ROUND_TRIP_SECONDS)

    @property
    def paid_a_minute(self) -> float:
        """How many paid ones a minute carries beside them."""
        return max(MOST_A_SECOND - self.rate, 0.0) * SECONDS


@dataclass(frozen=True, slots=True)
class Minute:
    """One minute as it will be.

    Attributes:
        at: Its start, UTC.
        plans: How many come due in it.
        queue: How many are still to be sent free until the last of its plans is: those of earlier
            minutes that wait, and its own.
        rate: Free messages a second.
        paid: How many are paid for in it.
    """

    at: datetime
    plans: int
    queue: float
    rate: float
    paid: float = 0.0

    @property
    def delay(self) -> timedelta:
        """How long after its moment the last of its plans is sent."""
        return timedelta(seconds=self.queue / self.rate)

    @property
    def carries_one_more(self) -> bool:
        """Whether one more plan would be sent in time."""
        return self.queue + 1 <= self.rate * ON_TIME.total_seconds()

    def later_than(self, late: timedelta) -> int:
        """Return how many of its plans are sent later than so long after their moment."""
        return min(self.plans, max(0, math.ceil(self.queue - self.rate * late.total_seconds())))


@dataclass(frozen=True, slots=True)
class Crowd:
    """A minute that more people chose than it carries.

    Attributes:
        minutes: How late a reminder in it may come, about; from 1 on.
        free: Local times near it that would be on time: the nearest earlier, the nearest later.
    """

    minutes: int
    free: tuple[time, ...]


def minutes(
    plans: Mapping[datetime, int], since: datetime, until: datetime, capacity: Capacity
) -> Iterator[Minute]:
    """Return the minutes from ``since`` until before ``until``, both at the start of a minute.

    ``plans`` says how many come due in a minute, by its start; those left out have none.
    """
    at, waiting = since, 0.0
    spent: dict[date, float] = {}
    while at < until:
        due = plans.get(at, 0)
        waiting += due
        left = capacity.paid - spent.get(at.date(), 0.0)
        paid = min(max(waiting - capacity.a_minute, 0.0), left, capacity.paid_a_minute)
        spent[at.date()] = spent.get(at.date(), 0.0) + paid
        waiting -= paid
        yield Minute(at, due, waiting, capacity.rate, paid)
        waiting = max(0.0, waiting - capacity.a_minute)
        at += MINUTE


def window(due: datetime) -> tuple[datetime, datetime]:
    """Return from when until when load must be known, to tell how it is around ``due``."""
    minute = minute_of(due)
    return minute - BEFORE, minute + AFTER


def minute_of(moment: datetime) -> datetime:
    """Return the start of the minute of a moment."""
    return moment.replace(second=0, microsecond=0)


def crowd(
    plans: Mapping[datetime, int], due: datetime, zone: ZoneInfo, capacity: Capacity
) -> Crowd | None:
    """Return the crowd around a reminder that is due at ``due``; None: it will be on time.

    ``plans`` holds that reminder, too. A free time is on the same local date, and at night only
    if the chosen one is.
    """
    since, until = window(due)
    known = {one.at: one for one in minutes(plans, since, until, capacity)}
    chosen = known[minute_of(due)]
    if chosen.delay <= ON_TIME:
        return None
    near = [
        _first_free((known[chosen.at + n * step] for n in range(1, NEAR + 1)), due, zone)
        for step in (-MINUTE, MINUTE)
    ]
    return Crowd(round(chosen.delay / MINUTE), tuple(at for at in near if at is not None))


def _first_free(near: Iterable[Minute], due: datetime, zone: ZoneInfo) -> time | None:
    free = (one.at for one in near if one.carries_one_more and _suits(one.at, due, zone))
    return next((at.astimezone(zone).time() for at in free), None)


def _suits(moment: datetime, due: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a moment can stand in for the chosen one, on every day to come."""
    local, chosen = moment.astimezone(zone), due.astimezone(zone)
    if local.date() != chosen.date():
        return False  # its weekdays would be others
    if in_quiet_hours(local.time()) and not in_quiet_hours(chosen.time()):
        return False
    # in the hour that clocks repeat, a time has an earlier moment, too
    return ring_on(local.date(), local.time(), zone) == moment
