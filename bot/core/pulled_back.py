"""A plan after a clock that was ahead was put right: nothing waits for a date that was false. Pure."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.advance import ASKS_AGAIN
from bot.core.plans import EVERY_DAY, DuePlan, Kind, Plan
from bot.core.rings import next_ring, start_of
from bot.core.schedule import DAY, local_date, next_due, zone_or_utc

EASTMOST = timedelta(hours=14)  # of UTC: no clock on earth is further


def latest_date(now: datetime) -> date:
    """Return the latest date that any clock on earth shows."""
    return (now + EASTMOST).date()


def pulled_back(due: DuePlan, now: datetime) -> Plan:
    """Return the plan as it goes on from ``now``, its ``rang_on`` and ``rung`` being right already.

    Its next moment only ever comes nearer. A quiet spell lasts until tomorrow at most, a check-in
    comes on the day after a referral, and a question about the rhythm a week after the last.
    """
    plan, zone = due.plan, zone_or_utc(due.zone)
    today = local_date(now, zone)
    if plan.kind is Kind.CHECK_IN:
        return _check_in(plan, today, now, zone)
    calm = replace(
        plan, quiet_until=_quiet_until(plan, today, zone), asks_from=_asks_from(plan, today)
    )
    if plan.next_due is None or plan.next_due <= now:
        return calm
    anew = next_ring(calm, now, zone)
    return calm if anew is None else replace(calm, next_due=min(anew, plan.next_due))


def _check_in(plan: Plan, today: date, now: datetime, zone: ZoneInfo) -> Plan:
    if plan.next_due is None:
        return plan
    tomorrow = next_due(now, plan.at, zone, EVERY_DAY, not_on=max(today, plan.rang_on or today))
    return replace(plan, next_due=min(tomorrow, plan.next_due))


def _quiet_until(plan: Plan, today: date, zone: ZoneInfo) -> datetime | None:
    """Return the quiet spell's end; one that began today ends as the next day begins.

    So does one of a question that was sent too early, a day on: its person has just read it.
    """
    if plan.quiet_until is None or plan.quiet_until <= start_of(today + 2 * DAY, zone):
        return plan.quiet_until
    return start_of(today + DAY, zone)


def _asks_from(plan: Plan, today: date) -> date | None:
    return plan.asks_from and min(plan.asks_from, today + DAY + ASKS_AGAIN)
