"""What one person was promised: which reminders must have come, and at which minute.

Written from the documents and from what the bot says, not from how it reckons: all that could ring
is listed anew each time, and judged by itself. "Silent" marks where no document says it, and the
code was asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.plans import Kind
from tests.chaos.virtual.clocks import (
    DAY,
    HOUR,
    MINUTE,
    is_night,
    labels,
    local,
    moment,
    whole_minute,
)

GRACE = {Kind.MORNING: 2 * HOUR, Kind.BREAK: 15 * MINUTE, Kind.CHECK_IN: timedelta.max}
NEAR = 5 * MINUTE  # so near to what was put off a break is left out
UNANSWERED = 3  # breaks in a row, then it asks
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
OFFICE = (time(9), time(18))


@dataclass(frozen=True, order=True)
class Came:
    """A reminder that came: in which minute, of which kind, for which date and label."""

    minute: datetime
    kind: Kind
    name: str


@dataclass(eq=False)
class Reminder:
    """One date and label; ``again`` is what it is put off to, ``copies`` how often it rang again."""

    kind: Kind
    day: date
    label: str
    again: datetime | None = None
    rang_again: datetime | None = None
    copies: int = 0
    answered: bool = False
    asks: bool = False


@dataclass(frozen=True)
class Ring:
    """A moment of a reminder; ``copy`` counts those that it was put off to."""

    due: datetime
    of: Reminder
    copy: int = 0


@dataclass
class Plan:
    """One kind of reminder: on or off, before which date it rests, what it had."""

    on: bool = True
    rests_until: date = date.min
    had: set[tuple[date, str]] = field(default_factory=set)
    latest: date = date.min


@dataclass
class CheckIn:
    """The one question in a rest: its date, whether it was to come, when it goes after a night."""

    day: date
    planned: bool = False
    goes: datetime | None = None
    over: bool = False


@dataclass
class Promised:
    """The promise to a person who has just turned everything on."""

    now: datetime
    zone: ZoneInfo
    at: time = time(8)
    days: frozenset[int] = frozenset(range(1, 8))
    hours: dict[int, tuple[time, time]] = field(
        default_factory=lambda: dict.fromkeys(range(1, 6), OFFICE)
    )
    every: int = 60
    plans: dict[Kind, Plan] = field(
        default_factory=lambda: {Kind.MORNING: Plan(), Kind.BREAK: Plan()}
    )
    quiet_until: datetime = LONG_AGO
    unanswered: int = 0
    asks_from: date = date.min
    put_off: list[Reminder] = field(default_factory=list)
    newest: Reminder | None = None
    check_in: CheckIn | None = None
    checked_on: set[date] = field(default_factory=set)
    blocked: bool = False
    gone: bool = False
    came: list[Came] = field(default_factory=list)

    @property
    def today(self) -> date:
        return local(self.now, self.zone).date()

    def lives(self, until: datetime, *, away: bool = False) -> None:
        """Let time pass; ``away``: the bot is down, and sees at the end what was due."""
        while due := list(self._due(until)):
            first = until if away else min(ring.due for ring in due)
            due = [ring for ring in due if ring.due <= first]
            self.now = first
            self._come(sorted(due, key=lambda ring: ring.due))
        self.now = until

    def _due(self, until: datetime) -> Iterator[Ring]:
        """List what could ring later than now."""
        for kind in self.plans:
            yield from (ring for ring in self._slots(kind, until) if self.now < ring.due <= until)
        for one in self.put_off:
            if one.again and self.now < one.again <= until:
                yield Ring(one.again, one, one.copies + 1)
        question = self.check_in
        if question and not question.over:
            due = question.goes or self._check_in_due(question)
            if self.now < due <= until and self._is_reminded():
                yield Ring(due, Reminder(Kind.CHECK_IN, question.day, "check-in"))

    def _slots(self, kind: Kind, until: datetime) -> list[Ring]:
        day = local(self.now, self.zone).date() - DAY
        shown: dict[datetime, Ring] = {}
        while day <= local(until, self.zone).date() + DAY:
            for label in self._labels(kind, day.isoweekday()):
                due = moment(day, label, self.zone)
                # of two labels that the clocks bring together it is the one they show
                if due not in shown or local(due, self.zone).time() == label:
                    name = "morning" if kind is Kind.MORNING else f"{label:%H:%M}"
                    shown[due] = Ring(due, Reminder(kind, day, name))
            day += DAY
        return list(shown.values())

    def _labels(self, kind: Kind, weekday: int) -> list[time]:
        if kind is Kind.MORNING:
            return [self.at] if weekday in self.days else []
        return labels(*self.hours[weekday], self.every) if weekday in self.hours else []

    def _come(self, due: list[Ring]) -> None:
        fit = [ring for ring in due if self._is_made(ring) and self._is_fit(ring)]
        if any(self.now - ring.due > MINUTE for ring in fit):
            # after a downtime one message; a break gives way, of two put off the later one goes
            fit = [max(fit, key=lambda ring: (ring.of.kind is Kind.MORNING, ring.copy, ring.due))]
        for ring in due:
            if ring.copy:  # one that does not come may be put off again
                ring.of.again = None
        for ring in fit:
            self._goes(ring)

    def _is_made(self, ring: Ring) -> bool:
        """Return whether it is due at all; then it ends somehow, and its date and label had it."""
        one = ring.of
        if ring.copy or one.kind is Kind.CHECK_IN:
            return True
        plan, name = self.plans[one.kind], (one.day, one.label)
        day = local(ring.due, self.zone).date()
        is_quiet = one.kind is Kind.BREAK and ring.due < self.quiet_until
        if self.gone or not plan.on or day < plan.rests_until or is_quiet or name in plan.had:
            return False
        plan.had.add(name)
        plan.latest = one.day
        return True

    def _is_fit(self, ring: Ring) -> bool:
        """Return whether it may go now."""
        one, late = ring.of, self.now - ring.due
        if one.kind is Kind.CHECK_IN:
            return self._asks_how_you_are(ring)
        into_night = late > MINUTE and self._is_night(self.now) and not self._is_night(ring.due)
        if self.gone or self.check_in or late > GRACE[one.kind] or into_night:
            return False
        return bool(ring.copy) or one.kind is Kind.MORNING or self._asks(ring) or self._alone(ring)

    def _asks(self, ring: Ring) -> bool:
        """Return whether it comes as the question; silent: one that is late is a break."""
        one = ring.of
        one.asks = (
            self.unanswered >= UNANSWERED
            and one.day >= self.asks_from
            and self.now - ring.due <= MINUTE
        )
        return one.asks

    def _alone(self, ring: Ring) -> bool:
        """Return whether nothing that was put off comes, or has come, near it."""
        moments = (at for one in self.put_off for at in (one.again, one.rang_again) if at)
        return not any(abs(at - ring.due) <= NEAR for at in moments)

    def _goes(self, ring: Ring) -> None:
        one = ring.of
        if one.asks and not ring.copy:  # silent: also if it is refused
            self.unanswered, self.asks_from = 0, one.day + 7 * DAY
            self.quiet_until = max(self.quiet_until, moment(one.day + DAY, time(), self.zone))
        if self.blocked:
            self.gone, self.put_off = True, []
            return
        self.unanswered += one.kind is Kind.BREAK and not one.asks and not ring.copy
        label = f"{one.label}+{ring.copy}" if ring.copy else one.label
        self.came.append(Came(whole_minute(self.now), one.kind, f"{one.day} {label}"))
        self.newest = one
        if ring.copy:
            one.copies, one.rang_again = ring.copy, ring.due

    def _check_in_due(self, question: CheckIn) -> datetime:
        morning = self.plans[Kind.MORNING]
        at = self.at if morning.on and not is_night(self.at) else time(10)
        return moment(question.day, at, self.zone)

    def _asks_how_you_are(self, ring: Ring) -> bool:
        """Return whether the check-in goes now; at night it waits for its hour."""
        question = self.check_in
        if question is None or not self._is_reminded():
            return False
        self.checked_on.add(question.day)
        at = local(ring.due, self.zone).time()
        at = time(10) if is_night(at) else at
        if self._is_night(self.now):
            day = local(self.now, self.zone).date()
            coming = (moment(day + n * DAY, at, self.zone) for n in range(3))
            question.goes = min(one for one in coming if one > self.now)
            return False
        question.over = True
        return not self.gone

    def _is_reminded(self) -> bool:
        return not self.gone and any(plan.on for plan in self.plans.values())

    def _is_night(self, when: datetime) -> bool:
        return is_night(local(when, self.zone).time())

    def settle(self) -> None:
        """Plan the check-in; one whose hour is past now comes at once if it was to come before."""
        question = self.check_in
        if question is None or question.over or question.goes:
            return
        due = self._check_in_due(question)
        if question.planned and self._is_reminded() and due <= self.now:
            self._come([Ring(due, Reminder(Kind.CHECK_IN, question.day, "check-in"))])
        question.planned = self._is_reminded() and due > self.now
