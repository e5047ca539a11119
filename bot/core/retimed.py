"""A plan's next moment under other zone data: the same wall-clock time, another moment. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.plans import EVERY_DAY, DuePlan, Kind, Plan
from bot.core.rings import TICK, next_ring
from bot.core.schedule import next_due, nominal_date, ring_on

THIS_MINUTE = timedelta(minutes=1)

ZoneOf = Callable[[str], ZoneInfo]


def retimed(due: DuePlan, now: datetime, zone_of: ZoneOf) -> datetime | None:
    """Return when the plan rings next by the zone that ``zone_of`` finds; None: it does not.

    A morning reminder or a check-in stays that of its date, also where its moment is past under
    the new data: then it is due at once, and late. A moment tells which date it meant, but not
    which of the day's breaks; so the next break is the first from now on that did not ring. One
    that is due already stays due.
    """
    plan, zone = due.plan, zone_of(due.zone)
    if plan.next_due is None:
        return None
    if plan.kind is Kind.BREAK:
        return next_ring(plan, min(plan.next_due, now - THIS_MINUTE) - TICK, zone)
    before = _moment_of_its_date(plan, plan.next_due, zone) - TICK
    if plan.kind is Kind.CHECK_IN:
        return next_due(before, plan.at, zone, EVERY_DAY, not_on=plan.rang_on)
    return next_ring(plan, before, zone)


def _moment_of_its_date(plan: Plan, due: datetime, zone: ZoneInfo) -> datetime:
    return ring_on(nominal_date(due, plan.at, zone), plan.at, zone) or due
