"""Times that somebody may have meant whose words are no time of day: "25:00", "in the morning"."""

import re
from datetime import time

from bot.core.spoken_time import clock_time
from bot.core.spoken_words import PERIODS

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:\s*[:.\-]\s*|\s+)(\d{2})(?!\d)|(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_HALF_DAY = re.compile(r"\b([ap])\. ?m\b|(?<=\d)([ap])\. ?m\b")
_HOURS, _MINUTES = 24, 60
_USUAL = {
    "morning": (time(7), time(7, 30), time(8), time(8, 30)),
    "day": (time(12), time(13), time(14), time(15)),
    "evening": (time(18), time(19), time(20), time(21)),
    "night": (time(21), time(21, 30), time(22), time(23)),
}
_MORE = {"утро": "morning", "утром": "morning", "вечер": "evening", "ночь": "night", "день": "day"}


def near_times(text: str) -> tuple[time, ...]:
    """Return likely times for what is not surely one, the likeliest first; often none.

    A clock is read in the part of the day that follows it, else in the one before ("7 or 8 pm" is
    19:00 and 20:00); one that runs over is turned back ("25:00" is 01:00, "7:75" is 08:15). A part
    of the day alone gives its usual hours.
    """
    plain = _HALF_DAY.sub(r"\1\2m", text.casefold().replace("ё", "е"))
    periods = {
        found.start(): period
        for found in _WORD.finditer(plain)
        if (period := _MORE.get(found[0]) or PERIODS.get(found[0], ""))
    }
    clocks = dict.fromkeys(
        _read(found, _period_at(found.start(), periods)) for found in _CLOCK.finditer(plain)
    )
    if clocks:
        return tuple(clocks)[:4]
    return next((_USUAL[period] for period in periods.values() if period in _USUAL), ())


def _period_at(place: int, periods: dict[int, str]) -> str:
    """Return the part of the day that a clock at this place belongs to; "" for none."""
    after = (period for at, period in periods.items() if at > place)
    before = (period for at, period in reversed(periods.items()) if at < place)
    return next(after, "") or next(before, "")


def _read(found: re.Match[str], period: str) -> time:
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    turned = time((hour + minute // _MINUTES) % _HOURS, minute % _MINUTES)
    return clock_time(turned.hour, turned.minute, period) or turned
