"""What a due plan becomes: one occurrence, and the plan's next moment. Pure."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.core.breaks import Rhythm, name_of, next_break, slot_at
from bot.core.delivery import ON_TIME
from bot.core.plans import EVERY_DAY, Advance, DuePlan, Kind, Plan
from bot.core.rings import TICK, next_ring, start_of
from bot.core.schedule import DAY, next_due, nominal_date, zone_or_utc

ASKS_AGAIN = 7 * DAY
ASKS_AFTER = 3  # breaks in a row without an answer; then one question, and quiet till the next day
_SETTLES_AT = (7, 14)  # breaks a day at which the rotation would fall on the same hours every day


def advance(due: DuePlan) -> Advance:
    """Return the occurrence that a due plan stands for, and the plan's next moment.

    A zone that the data no longer knows must not hold up everybody else's reminders, so its clock
    goes on as UTC.

    Raises:
        ValueError: the plan has no next moment.
    """
    plan = due.plan
    if plan.next_due is None:
        raise ValueError(f"plan {due.id} is not due: it has no next moment")
    zone = zone_or_utc(due.zone).key
    if plan.kind is Kind.CHECK_IN:
        return _check_in(due.id, plan, plan.next_due, ZoneInfo(zone))
    if plan.kind is Kind.BREAK:
        made = _break(due, plan.next_due, zone)
    else:
        day, following = _morning(plan.next_due, plan.at, zone, plan.weekdays)
        made = Advance(due.id, day, plan.kind.value, plan.next_due, following, plan.turn + 1)
    return _resting(made, plan, zone) if _rests(plan, made) else made


def forget_zones() -> None:
    """Forget what was worked out with zone data that are no longer in use."""
    _morning.cache_clear()
    _ring.cache_clear()


def _rests(plan: Plan, made: Advance) -> bool:
    """Tell whether a pause or a quiet spell may cover the next moment.

    One that began before this moment is behind it; one that began while it was due is not.
    """
    quiet, pause, following = plan.quiet_until, plan.pause, made.next_due
    if quiet is not None and following is not None and quiet > following:
        return True
    return pause is not None and (pause.until is None or pause.until > made.local_date)


def _resting(made: Advance, plan: Plan, zone: str) -> Advance:
    if made.next_due is None:
        return made
    return replace(made, next_due=next_ring(plan, made.next_due - TICK, ZoneInfo(zone)))


def _check_in(number: int, plan: Plan, due: datetime, zone: ZoneInfo) -> Advance:
    """Return the one occurrence of a check-in.

    A database of an older version cannot tell a zone's hours, so its plan is due from the date's
    first moment anywhere on earth; here it gets its own.
    """
    moment = next_due(due - TICK, plan.at, zone, EVERY_DAY, not_on=plan.rang_on)
    day = nominal_date(moment, plan.at, zone)
    return Advance(number, day, plan.kind.value, moment, None, plan.turn)


def _break(seen: DuePlan, due: datetime, zone: str) -> Advance:
    number, plan = seen.id, seen.plan
    rhythm = plan.rhythm or Rhythm()
    day, label, breaks, following, name = _ring(due, rhythm, zone)
    if name in plan.rung:
        following = next_break(due, rhythm, ZoneInfo(zone), plan.rung)
    slot = f"{label:%H:%M}"
    if _asks(plan, day) and _is_heard(seen, due):
        quiet_until = start_of(day + DAY, ZoneInfo(zone))
        after = max(due, quiet_until - TICK)
        following = next_break(after, rhythm, ZoneInfo(zone), plan.rung)
        made = Advance(number, day, slot, due, following, plan.turn, asks=True)
        return replace(made, quiet_until=quiet_until, asks_from=day + ASKS_AGAIN)
    # one step more at a new day, or the same break would come at the same hour for ever
    steps = 2 if plan.rang_on not in (None, day) and breaks in _SETTLES_AT else 1
    return Advance(number, day, slot, due, following, plan.turn + steps)


def _asks(plan: Plan, day: date) -> bool:
    may = plan.asks_from is None or day >= plan.asks_from
    return may and plan.unanswered >= ASKS_AFTER


def _is_heard(seen: DuePlan, due: datetime) -> bool:
    """Tell whether a question would come; the quiet of one that does not would go unexplained.

    In a rest nothing comes, and after a downtime one message of several.
    """
    return not seen.held and (seen.now is None or seen.now - due <= ON_TIME)


# at a full hour thousands ask the same
@lru_cache(maxsize=4096)
def _morning(due: datetime, at: time, zone: str, weekdays: frozenset[int]) -> tuple[date, datetime]:
    day = nominal_date(due, at, ZoneInfo(zone))
    return day, next_due(due, at, ZoneInfo(zone), weekdays, not_on=day)


@lru_cache(maxsize=4096)
def _ring(due: datetime, rhythm: Rhythm, zone: str) -> tuple[date, time, int, datetime | None, str]:
    """Return date and label of a break, how many that day has, and the next: when, and its name."""
    day, label = slot_at(due, rhythm, ZoneInfo(zone))
    breaks = len(rhythm.labels(day.isoweekday()))
    following = next_break(due, rhythm, ZoneInfo(zone))
    name = name_of(*slot_at(following, rhythm, ZoneInfo(zone))) if following else ""
    return day, label, breaks, following, name
