"""The rate: how many people it carries, which minutes are too full, what must be under way."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.checkup import served
from bot.commands.checkup.findings import Case, Finding, ok, there, warning
from bot.core.load import Capacity, Minute, minute_of, minutes
from bot.core.paid import STARS_EACH
from bot.core.schedule import DAY
from bot.errors import BotError
from bot.store.examine import examining, newest_version
from bot.store.urls import is_postgres

LATE = timedelta(minutes=5)
MESSAGES_A_DAY = 7
"""A morning reminder and six breaks."""


def rate(case: Case) -> Iterator[Finding]:
    """Judge the fullest minute of the next 24 hours, and how much may be under way at once."""
    capacity = case.settings.capacity
    yield _minutes(case, capacity)
    needed, chosen = capacity.in_flight, case.settings.in_flight
    if chosen < needed:
        yield warning(
            f"rate: BOT_IN_FLIGHT={chosen} is too low for it.",
            f"set BOT_IN_FLIGHT={needed}; after a crash so many reminders may come twice.",
        )


def _minutes(case: Case, capacity: Capacity) -> Finding:
    carried = f"rate: {_carried(capacity)}"
    since = minute_of(case.now)
    plans = _planned(case, since, since + DAY)
    if plans is None:
        return ok(carried)
    if not plans:
        return ok(f"{carried}; no reminder is planned in the next 24 hours")
    day = list(minutes(plans, since, since + DAY, capacity))
    late = sum(minute.later_than(LATE) for minute in day)
    told = f"{carried}; {_fullest(day)}; {late:,} will be over {LATE // timedelta(minutes=1)} minutes late"
    if not late:
        return ok(told)
    messages = _to_be_paid(plans, since, capacity)
    return warning(
        f"{told}.",
        f"BOT_PAID_BROADCAST={messages} sends them in time, for up to {messages * STARS_EACH:,.0f} "
        "Stars a day; see Many people at one minute in docs/operating.md.",
    )


def _carried(capacity: Capacity) -> str:
    minute, day = int(capacity.a_minute), int(capacity.rate * DAY.total_seconds())
    return (
        f"{capacity.rate:g} messages a second carry {minute:,} reminders a minute, and {day // MESSAGES_A_DAY:,} "
        f"subscribers with {MESSAGES_A_DAY} messages a day each, evenly spread"
    )


def _fullest(day: Iterable[Minute]) -> str:
    fullest = max(day, key=lambda minute: minute.plans)
    return (
        f"the fullest minute of the next 24 hours, {fullest.at:%H:%M} UTC, has {fullest.plans:,}, "
        f"the last of them {fullest.delay / timedelta(minutes=1):.1f} minutes late"
    )


def _to_be_paid(plans: Mapping[datetime, int], since: datetime, capacity: Capacity) -> int:
    """Return how many messages would be paid for if there were no end to the budget."""
    endless = replace(capacity, paid=sum(plans.values()))
    return math.ceil(sum(minute.paid for minute in minutes(plans, since, since + DAY, endless)))


def _planned(case: Case, since: datetime, until: datetime) -> Mapping[datetime, int] | None:
    """Return how many plans each minute has; None where nothing can be said."""
    if is_postgres(case.settings.database):
        return served.planned(case, since, until)
    path = case.database()
    if path is None or not there(path):
        return None
    try:
        with examining(path) as found:
            known = 0 < (found.version() or 0) <= newest_version()
            return found.load(since, until) if known else None
    except BotError:  # said by `database`
        return None
