"""Times that somebody may have meant whose words are no time of day: "25:00", "in the morning"."""

import re
from datetime import time

from bot.core.spoken_words import PERIODS

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?:\s*[:.\-]\s*|\s+)(\d{2})(?!\d)|(?<!\d)(\d{1,2})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
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

    A clock that runs over is turned back ("25:00" is 01:00, "7:75" is 08:15); a part of the day
    gives its usual hours.
    """
    plain = text.casefold().replace("ё", "е")
    clocks = dict.fromkeys(_turned(found) for found in _CLOCK.finditer(plain))
    if clocks:
        return tuple(clocks)[:4]
    words = _WORD.findall(plain)
    periods = (_MORE.get(word) or PERIODS.get(word, "") for word in words)
    return next((_USUAL[period] for period in periods if period in _USUAL), ())


def _turned(found: re.Match[str]) -> time:
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    return time((hour + minute // _MINUTES) % _HOURS, minute % _MINUTES)
