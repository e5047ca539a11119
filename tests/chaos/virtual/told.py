"""What a person's deeds change in what they were promised."""

from datetime import date, datetime, time
from functools import singledispatch
from zoneinfo import ZoneInfo

from bot.core import actions as act
from bot.core.plans import Answer, Kind
from tests.chaos.virtual.clocks import DAY, MINUTE, full_hour, labels, moment
from tests.chaos.virtual.promised import LONG_AGO, CheckIn, Promised

COPIES = 3  # so often one reminder can be put off
FOR_GOOD = date.max


def tell(action: act.Action, to: Promised) -> None:
    """Take what a button says."""
    _said(action, to)
    to.settle()


def returns(to: Promised) -> None:
    """Let the bot back in; what was missed is not made up for."""
    if to.check_in and to.gone:
        to.check_in.planned = False
    to.blocked = to.gone = False
    to.settle()


def answer(said: Answer, minutes: int, to: Promised) -> None:
    """Answer the newest message: done, skipped, or in so many minutes."""
    one = to.newest
    if one is None or one.kind is Kind.CHECK_IN or (said is Answer.LATER and to.check_in):
        return  # in a rest nothing could ring
    if one.kind is Kind.BREAK:
        to.unanswered = 0
        if not one.asks:  # who turns to a break may be asked again, on another date
            to.asks_from = min(to.asks_from, to.plans[Kind.BREAK].latest + DAY)
    if one.answered or one.asks:
        return
    if said is not Answer.LATER:
        one.answered, one.again = True, None
    elif one.copies < COPIES:
        one.again = to.now + minutes * MINUTE
        to.put_off = [*(other for other in to.put_off if other is not one), one]


@singledispatch
def _said(action: act.Action, _to: Promised) -> None:
    raise ValueError(f"the model knows no {action}")


@_said.register
def _(action: act.SetZone, to: Promised) -> None:
    to.zone = ZoneInfo(action.zone)


@_said.register
def _(action: act.SetTime, to: Promised) -> None:
    to.at, to.plans[Kind.MORNING].on = action.at, True
    _edited(Kind.MORNING, to)


@_said.register
def _(action: act.SetDays, to: Promised) -> None:
    to.days = action.weekdays
    _edited(Kind.MORNING, to)


@_said.register
def _(action: act.SetMorning, to: Promised) -> None:
    _turn(Kind.MORNING, to, on=action.on)


@_said.register
def _(action: act.SetBreaks, to: Promised) -> None:
    _turn(Kind.BREAK, to, on=action.on)
    if action.on:
        to.quiet_until = LONG_AGO


@_said.register
def _(action: act.SetInterval, to: Promised) -> None:
    _take(to.hours, action.minutes, to)


@_said.register
def _(action: act.SetHours, to: Promised) -> None:
    window = (action.start, action.end)
    _take(to.hours | dict.fromkeys(action.weekdays, window), to.every, to)


@_said.register
def _(action: act.SetFree, to: Promised) -> None:
    left = {day: window for day, window in to.hours.items() if day != action.weekday}
    if left:
        _take(left, to.every, to)


@_said.register
def _(_action: act.Moved, to: Promised) -> None:
    _be_quiet(to.now + to.every * MINUTE, to)


@_said.register
def _(_action: act.InMeeting, to: Promised) -> None:
    _be_quiet(full_hour(to.now, to.zone), to)


@_said.register
def _(_action: act.TodayOff, to: Promised) -> None:
    _be_quiet(moment(to.today + DAY, time(), to.zone), to)


@_said.register
def _(action: act.PauseUntil, to: Promised) -> None:
    _rest(action.day, to)


@_said.register
def _(_action: act.PauseForever, to: Promised) -> None:
    _rest(FOR_GOOD, to)


@_said.register
def _(_action: act.Resume, to: Promised) -> None:
    _rest(date.min, to)
    to.quiet_until = LONG_AGO


@_said.register
def _(_action: act.Unwell, to: Promised) -> None:
    """Let everything rest until all is right; ask on the next date that was not asked on."""
    day = to.today + DAY
    while day in to.checked_on:
        day += DAY
    if to.check_in is None or to.check_in.day != day:
        to.check_in = CheckIn(day)


@_said.register
def _(_action: act.AllRight, to: Promised) -> None:
    to.check_in = None


def _turn(kind: Kind, to: Promised, *, on: bool) -> None:
    plan = to.plans[kind]
    plan.on = on
    plan.rests_until = date.min if on else plan.rests_until
    _edited(kind, to)


def _take(hours: dict[int, tuple[time, time]], every: int, to: Promised) -> None:
    """Take another rhythm, if each of its days has 1 to 10 breaks."""
    if all(1 <= len(labels(*window, every)) <= 10 for window in hours.values()):
        to.hours, to.every, to.unanswered = hours, every, 0
        _edited(Kind.BREAK, to)


def _be_quiet(until: datetime, to: Promised) -> None:
    """Let breaks be quiet; what was put off into a spell that begins now does not ring."""
    if not to.plans[Kind.BREAK].on:
        return
    is_longer, to.unanswered = until > to.quiet_until, 0
    to.quiet_until = max(to.quiet_until, until)
    _edited(Kind.BREAK, to)
    if is_longer:
        _let_go(Kind.BREAK, to, before=until)


def _rest(until: date, to: Promised) -> None:
    for kind, plan in to.plans.items():
        plan.rests_until = until
        _edited(kind, to)


def _edited(kind: Kind, to: Promised) -> None:
    """Let go what was put off, where the reminder is off or rests.

    Silent: also where that was so before, and it was put off since.
    """
    plan = to.plans[kind]
    if not plan.on or to.today < plan.rests_until:
        _let_go(kind, to)


def _let_go(kind: Kind, to: Promised, before: datetime | None = None) -> None:
    for one in to.put_off:
        if one.kind is kind and one.again and (before is None or one.again < before):
            one.again = None
