"""When a break rings: wall-clock labels strictly inside a day's window, lunch left out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.schedule import DAY, ring_on

INTERVALS = (30, 45, 60, 90, 120)
"""Minutes between breaks, as offered."""
MOST_A_DAY = 10
WORKING_DAYS = frozenset(range(1, 6))

_HORIZON = 16  # days, as for mornings: a passed one, a week, and a week that a left-out date costs

Flaw = Literal["", "none", "lunch", "many"]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one local day; it ends later than it starts, on the same day.

    Raises:
        ValueError: it does not.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a window from {self.start} to {self.end} has no length")


OFFICE = Window(time(9), time(18))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How breaks come through the week.

    Attributes:
        windows: ISO weekday and its window, in the order of the week; other days are free.
        every: Minutes between two labels, counted from the start of the window.
        lunch: No break is due from its start until just before its end.
    """

    windows: tuple[tuple[int, Window], ...] = tuple((day, OFFICE) for day in sorted(WORKING_DAYS))
    every: int = 60
    lunch: Window | None = None

    def window(self, weekday: int) -> Window | None:
        """Return the window of an ISO weekday; None: no breaks that day."""
        return dict(self.windows).get(weekday)

    def with_window(self, weekdays: frozenset[int], window: Window | None) -> "Rhythm":
        """Return the rhythm with this window on these ISO weekdays; None leaves them free."""
        windows = {day: old for day, old in self.windows if day not in weekdays}
        if window is not None:
            windows |= dict.fromkeys(weekdays, window)
        return Rhythm(tuple(sorted(windows.items())), self.every, self.lunch)

    def labels(self, weekday: int) -> tuple[time, ...]:
        """Return the local times of that weekday's breaks: 09:00-18:00 hourly is 10:00 ... 17:00."""
        window = self.window(weekday)
        return tuple(self._marks(window)) if window else ()

    def busiest(self) -> int:
        """Return how many breaks the fullest day has."""
        return max((len(self.labels(day)) for day, _ in self.windows), default=0)

    def flaw(self) -> Flaw:
        """Return what is wrong, "" for nothing: no break on a day with a window, or too many.

        "lunch": there would be one, if it were not for lunch.
        """
        if any(not self.labels(day) for day, _ in self.windows):
            whole = Rhythm(self.windows, self.every)
            return "lunch" if all(whole.labels(day) for day, _ in self.windows) else "none"
        return "many" if self.busiest() > MOST_A_DAY else ""

    def breakless(self) -> Window | None:
        """Return the first window that has no break; None: each has one."""
        return next((window for day, window in self.windows if not self.labels(day)), None)

    def fitting(self) -> tuple[int, ...]:
        """Return the intervals, shortest first, under which each day has 1 to 10 breaks."""
        tried = (Rhythm(self.windows, every, self.lunch) for every in INTERVALS)
        return tuple(rhythm.every for rhythm in tried if not rhythm.flaw())

    def _marks(self, window: Window) -> Iterator[time]:
        end = _minute(window.end)
        for minute in range(_minute(window.start) + self.every, end, self.every):
            label = time(minute // 60, minute % 60)
            if self.lunch is None or not self.lunch.start <= label < self.lunch.end:
                yield label


def next_break(
    after: datetime, rhythm: Rhythm, zone: ZoneInfo, rung: frozenset[str] = frozenset()
) -> datetime | None:
    """Return the first moment, in UTC, later than ``after`` at which a break rings.

    A label that the clocks skip rings as much later as they skip; one that they repeat rings the
    first time; a date and label in ``rung`` does not ring again. None: no day of the week has a
    break.

    Raises:
        ValueError: ``after`` has no zone.
    """
    if after.tzinfo is None:
        raise ValueError("after has no zone; give it one, for example UTC")
    # from yesterday: a skipped label of its evening rings after midnight
    day = after.astimezone(zone).date() - DAY
    for _ in range(_HORIZON):
        # and then it may ring after the first label of the next date
        rings = [ring for on in (day, day + DAY) for ring in _rings(on, rhythm, zone, rung)]
        if later := [ring for ring in rings if ring > after]:
            return min(later)
        day += DAY
    return None


def slot_at(due: datetime, rhythm: Rhythm, zone: ZoneInfo) -> tuple[date, time]:
    """Return the local date and the label that name the break which rings at ``due``.

    A moment that is no label's (the rhythm or the zone data changed meanwhile) is named after the
    local clock.
    """
    local = due.astimezone(zone).replace(tzinfo=None)
    shown = (local.date(), local.time().replace(second=0, microsecond=0))
    names = [
        (day, label)
        for day in (shown[0] - DAY, shown[0], shown[0] + DAY)
        for label in rhythm.labels(day.isoweekday())
        if ring_on(day, label, zone) == due
    ]
    return shown if shown in names or not names else names[0]


def name_of(day: date, label: time) -> str:
    """Return the name of one break: "2026-03-02 10:00"."""
    return f"{day} {label:%H:%M}"


def _rings(day: date, rhythm: Rhythm, zone: ZoneInfo, rung: frozenset[str]) -> Iterator[datetime]:
    for label in rhythm.labels(day.isoweekday()):
        if rung and name_of(day, label) in rung:
            continue
        ring = ring_on(day, label, zone)
        if ring is not None:
            yield ring


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def next_full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next full hour on the local clock, later than ``now``, in ``now``'s own zone."""
    local = now.astimezone(zone)
    into = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return now + timedelta(hours=1) - into
