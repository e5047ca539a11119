"""The model's own reckoning of clocks and labels: zoneinfo and datetime, nothing of the bot's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when a clock of that zone shows it: a skipped time later, a repeated one first."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def local(when: datetime, zone: ZoneInfo) -> datetime:
    return when.astimezone(zone)


def whole_minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)


def is_night(at: time) -> bool:
    return at >= time(22) or at < time(7)


def full_hour(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next full hour that the clock shows."""
    minute = whole_minute(now) + MINUTE
    while local(minute, zone).minute:
        minute += MINUTE
    return minute


def labels(start: time, end: time, every: int) -> list[time]:
    """Return the breaks of a day: every so many minutes, strictly between its hours."""
    first, last = (at.hour * 60 + at.minute for at in (start, end))
    return [time(at // 60, at % 60) for at in range(first + every, last, every)]
