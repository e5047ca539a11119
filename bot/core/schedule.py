"""When a reminder rings. Pure: no clock, no database, no Telegram."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY = timedelta(days=1)
QUIET_FROM = time(22)
QUIET_UNTIL = time(7)

# a passed date today, a week, then a week that a left-out date costs: never further away
_HORIZON = 16


def is_zone(name: str) -> bool:
    """Tell whether ``name`` is a zone that we have data for."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_or_utc(name: str | None) -> ZoneInfo:
    """Return the zone of this name; UTC while none was named, or the data no longer have it.

    So a zone that is gone stops nobody's reminders, and nothing else that a person does.
    """
    return ZoneInfo(name if name is not None and is_zone(name) else "UTC")


def local_date(now: datetime, zone: ZoneInfo) -> date:
    """Return the date that the clocks of the zone show at ``now``."""
    return now.astimezone(zone).date()


def ring_on(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """Return the moment, in UTC, at which ``at`` rings on the local date ``day``.

    A time that the clocks skip rings as much later as they skip (02:30 becomes 03:30); one
    that they repeat rings the first time. A date that a zone leaves out has no moment.

    Source: PEP 495 (fold=0) for skipped and repeated local times.
    """
    at = at.replace(fold=0)
    ring = datetime.combine(day, at, zone).astimezone(UTC)
    following = datetime.combine(day + DAY, at, zone).astimezone(UTC)
    return ring if ring < following else None


def next_due(
    after: datetime,
    at: time,
    zone: ZoneInfo,
    weekdays: frozenset[int],
    *,
    not_on: date | None = None,
) -> datetime:
    """Return the first moment, in UTC, later than ``after`` at which the reminder rings.

    Args:
        after: Aware moment, in any zone.
        at: Local time of day, without a zone.
        zone: The user's IANA zone.
        weekdays: ISO weekdays, 1 = Monday to 7 = Sunday, judged on the nominal local date.
        not_on: Last local date that has had its reminder. Only later dates ring, so that a new
            time or zone brings no second reminder for a date, even where the date repeats.

    Raises:
        ValueError: ``after`` has no zone, or ``weekdays`` is empty or not within 1-7.
    """
    if after.tzinfo is None:
        raise ValueError("after has no zone; give it one, for example UTC")
    if not weekdays or not weekdays <= set(range(1, 8)):
        raise ValueError(f"weekdays must be some of 1-7, not {sorted(weekdays)}")

    # from yesterday: a skipped 23:30 rings after midnight, on the next date's morning
    start = after.astimezone(zone).date() - DAY
    if not_on is not None:
        start = max(start, not_on + DAY)
    days = (start + n * DAY for n in range(_HORIZON))
    rings = (ring_on(day, at, zone) for day in days if day.isoweekday() in weekdays)
    return next(ring for ring in rings if ring is not None and ring > after)


def nominal_date(ring: datetime, at: time, zone: ZoneInfo) -> date:
    """Return the local date that names the occurrence which rings at ``ring``.

    It is not always the date that the user's clock shows: a skipped 23:30 rings at 00:30, and
    still belongs to the evening before. A moment reckoned with older zone data belongs to the
    date whose own moment is nearest.

    Raises:
        ValueError: ``ring`` has no zone.
    """
    if ring.tzinfo is None:
        raise ValueError("ring has no zone; give it one, for example UTC")
    shown = ring.astimezone(zone).date()
    moments = {day: ring_on(day, at, zone) for day in (shown - DAY, shown, shown + DAY)}
    distance = {day: abs(moment - ring) for day, moment in moments.items() if moment is not None}
    return min(distance, key=distance.__getitem__)


def in_quiet_hours(at: time) -> bool:
    """Tell whether ``at``, nominal local time, lies in 22:00-07:00 (07:00 itself does not).

    Then nothing is sent but what the user chose for that time.
    """
    return at >= QUIET_FROM or at < QUIET_UNTIL
