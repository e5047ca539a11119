"""What a due plan becomes: one occurrence, and the plan's next moment. Pure."""

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.core.breaks import Rhythm, next_break, slot_at
from bot.core.plans import Advance, DuePlan, Kind, Plan
from bot.core.rings import start_of
from bot.core.schedule import DAY, is_zone, next_due, nominal_date

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
    zone = due.zone if is_zone(due.zone) else "UTC"
    if plan.kind is Kind.BREAK:
        return _break(due.id, plan, plan.next_due, zone)
    day, following = _morning(plan.next_due, plan.at, zone, plan.weekdays)
    return Advance(due.id, day, plan.kind.value, plan.next_due, following, plan.turn + 1)


def _break(number: int, plan: Plan, due: datetime, zone: str) -> Advance:
    rhythm = plan.rhythm or Rhythm()
    day, label, breaks = _slot(due, rhythm, zone)
    asks = plan.rang_on == day and plan.unanswered >= ASKS_AFTER
    following = _after_break(due, rhythm, zone, day if asks else None)
    turn = plan.turn
    if not asks:
        # one step more at a new day, or the same break would come at the same hour for ever
        turn += 2 if plan.rang_on not in (None, day) and breaks in _SETTLES_AT else 1
    return Advance(number, day, f"{label:%H:%M}", due, following, turn, asks)


# at a full hour thousands ask the same
@lru_cache(maxsize=4096)
def _morning(due: datetime, at: time, zone: str, weekdays: frozenset[int]) -> tuple[date, datetime]:
    day = nominal_date(due, at, ZoneInfo(zone))
    return day, next_due(due, at, ZoneInfo(zone), weekdays, not_on=day)


@lru_cache(maxsize=4096)
def _slot(due: datetime, rhythm: Rhythm, zone: str) -> tuple[date, time, int]:
    """Return date, label, and how many breaks that day has."""
    day, label = slot_at(due, rhythm, ZoneInfo(zone))
    return day, label, len(rhythm.labels(day.isoweekday()))


@lru_cache(maxsize=4096)
def _after_break(due: datetime, rhythm: Rhythm, zone: str, rests: date | None) -> datetime | None:
    """Return the next break's moment; ``rests`` is a date on which no other comes."""
    info = ZoneInfo(zone)
    after = max(due, start_of(rests + DAY, info)) if rests else due
    return next_break(after, rhythm, info)
