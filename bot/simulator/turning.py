"""What the page may ask of the clock, as a moment."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

AHEAD = re.compile(r"(\d{1,5})([mh])")
MORNING = re.compile(r"morning-(\d{2}:\d{2})")


def wanted_moment(order: Mapping[str, object], now: datetime) -> datetime:
    """Return the moment in UTC that ``{"turn": ...}`` or ``{"to": ...}`` asks for.

    ``turn`` is "10m", "2h" or "morning-07:55" (the next time that the clocks of ``zone`` show it, an
    IANA name, UTC without one); ``to`` is an ISO moment with its offset.

    Raises:
        ValueError: it is none of these.
    """
    if "to" in order:
        moment = datetime.fromisoformat(str(order["to"]))
        if moment.tzinfo is None:
            raise ValueError("the moment has no offset; add one, for example +00:00")
        return moment.astimezone(UTC)
    turn = str(order.get("turn", ""))
    if found := AHEAD.fullmatch(turn):
        amount = int(found[1])
        return now + (timedelta(minutes=amount) if found[2] == "m" else timedelta(hours=amount))
    if found := MORNING.fullmatch(turn):
        return _morning(now, time.fromisoformat(found[1]), _zone(order))
    raise ValueError(f"the clock knows no turn {turn!r}")


def _morning(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    today = datetime.combine(now.astimezone(zone).date(), at, zone).astimezone(UTC)
    if today > now:
        return today
    day = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, at, zone).astimezone(UTC)


def _zone(order: Mapping[str, object]) -> ZoneInfo:
    name = str(order.get("zone", "UTC"))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}") from None
