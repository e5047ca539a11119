"""A plan's next moment, whatever its kind, through pauses and quiet spells. Pure."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.breaks import next_break
from bot.core.check_in import with_check_in
from bot.core.plans import Kind, Plan, Subscriber
from bot.core.schedule import next_due, zone_or_utc

TICK = timedelta(microseconds=1)  # what "not before" lacks to "later than"


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which the local date begins."""
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def next_ring(plan: Plan, after: datetime, zone: ZoneInfo) -> datetime | None:
    """Return the first moment, in UTC, later than ``after`` at which a reminder's plan rings.

    None: it is off, paused until its person says so, or has no window on any day.

    Raises:
        ValueError: ``after`` has no zone.
    """
    if not plan.on or (plan.pause is not None and plan.pause.until is None):
        return None
    floors = [after]
    if plan.pause is not None and plan.pause.until is not None:
        floors.append(start_of(plan.pause.until, zone) - TICK)
    if plan.quiet_until is not None:
        floors.append(plan.quiet_until - TICK)
    if plan.kind is Kind.MORNING:
        return next_due(max(floors), plan.at, zone, plan.weekdays, not_on=plan.rang_on)
    return next_break(max(floors), plan.rhythm, zone, plan.rung) if plan.rhythm else None


def returned(subscriber: Subscriber) -> Subscriber:
    """Return the subscriber back from a block; what was due meanwhile is not made up for."""
    if not subscriber.stopped:
        return subscriber
    plans = {kind: replace(plan, next_due=None) for kind, plan in subscriber.plans.items()}
    return replace(subscriber, stopped=False, plans=plans)


def replanned(subscriber: Subscriber, now: datetime) -> Subscriber:
    """Return the subscriber with each plan's next moment worked out anew, later than ``now``.

    What is due already stays due: it was promised, and becomes an occurrence at the next look. An
    edit that shall forget it sets ``next_due`` to None first. The check-in follows.
    """
    if subscriber.zone is None:
        return subscriber
    zone = zone_or_utc(subscriber.zone)
    plans = {kind: _planned(plan, now, zone) for kind, plan in subscriber.reminders.items()}
    return with_check_in(replace(subscriber, plans={**subscriber.plans, **plans}), now)


def _planned(plan: Plan, now: datetime, zone: ZoneInfo) -> Plan:
    if plan.on and plan.next_due is not None and plan.next_due <= now:
        return plan
    return replace(plan, next_due=next_ring(plan, now, zone))
