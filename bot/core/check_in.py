"""The one question after a referral: how are you? It follows from the hold. Pure.

It comes on the date that the hold names, once, at an hour at which nobody is woken; whoever has no
reminder that rests is asked nothing, because nothing would go on.
"""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.core.plans import EVERY_DAY, Kind, Plan, Subscriber
from bot.core.schedule import DAY, in_quiet_hours, local_date, next_due, zone_or_utc

TEN = time(10)


def held(subscriber: Subscriber, since: datetime) -> Subscriber:
    """Return the subscriber whose reminders rest because of a message that came at ``since``.

    The check-in moves to the day after it, also where an earlier one was sent already. A date
    that had its check-in (a move west brings it back) does not get a second one.
    """
    day = local_date(since, zone_or_utc(subscriber.zone)) + DAY
    plans = dict(subscriber.plans)
    if old := plans.get(Kind.CHECK_IN):
        day = max(day, old.rang_on + DAY) if old.rang_on else day
        plans[Kind.CHECK_IN] = replace(old, next_due=None)
    return with_check_in(replace(subscriber, hold=day, plans=plans), since)


def released(subscriber: Subscriber) -> Subscriber:
    """Return the subscriber who is all right: reminders ring again, nothing more is asked."""
    plans = dict(subscriber.plans)
    if old := plans.get(Kind.CHECK_IN):
        plans[Kind.CHECK_IN] = _off(old)
    return replace(subscriber, hold=None, plans=plans)


def with_check_in(subscriber: Subscriber, now: datetime) -> Subscriber:
    """Return the subscriber with the check-in that their hold, zone and reminders ask for now."""
    old = subscriber.plans.get(Kind.CHECK_IN)
    if subscriber.hold is None or subscriber.zone is None or not subscriber.reminded:
        if old is None:
            return subscriber
        return replace(subscriber, plans={**subscriber.plans, Kind.CHECK_IN: _off(old)})
    at = civil_time(subscriber)
    plan = replace(old or Plan(Kind.CHECK_IN, at), at=at, on=True)
    due = _due(plan, subscriber.hold, zone_or_utc(subscriber.zone), now)
    return replace(
        subscriber, plans={**subscriber.plans, Kind.CHECK_IN: replace(plan, next_due=due)}
    )


def civil_time(subscriber: Subscriber) -> time:
    """Return the time of day for the check-in: that of the morning reminder, unless at night."""
    morning = subscriber.plans.get(Kind.MORNING)
    if morning is None or not morning.on or in_quiet_hours(morning.at):
        return TEN
    return morning.at


def _due(plan: Plan, day: date, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the check-in of ``day`` is due; None: it was sent, or is not made up for.

    What is planned or due already stays so; a reminder that is turned on long after the date must
    not bring the question at that moment.
    """
    if plan.rang_on is not None and plan.rang_on >= day:
        return None
    if plan.next_due is not None and plan.next_due <= now:
        return plan.next_due
    moment = _moment_on(day, plan.at, zone)
    return moment if moment > now or plan.next_due is not None else None


def _moment_on(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, of ``at`` on a local date, or the next that the zone has."""
    before = datetime.combine(day - DAY, time(0), zone)
    return next_due(before, at, zone, EVERY_DAY, not_on=day - DAY)


def _off(plan: Plan) -> Plan:
    return replace(plan, on=False, next_due=None)
