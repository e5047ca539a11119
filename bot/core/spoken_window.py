"""A stretch of the day as people type it: "9-18", "с 9 до 18", "9am to 5pm", "13:00–14:00"."""

import re
from datetime import time

from bot.core.spoken_time import parse_time
from bot.core.spoken_words import BENT, PLAIN

_LONGEST = 60
_SEPARATOR = re.compile(r"\s*[-–—]\s*|\s+(?:to|till|until|до|по)\s+|\s+and\s+")
_OPENING = re.compile(r"^\s*(?:from|between|с|со|от)\s+", re.IGNORECASE)
_BARE = re.compile(r"(?!0)\d\d?(?:[:.]\d\d)?")
_NOON, _ONE = 12, time(13)
MIDNIGHT, LAST_MINUTE = time(0), time(23, 59)


def parse_window(text: str) -> tuple[time, time] | None:
    """Return start and end as they were said; None if it is not surely two times.

    Midnight as an end is the last minute of the day.
    The end may be the earlier one: who asks decides what that means. "9-5" is an office day and
    "12:30-1:30" a lunch, so a bare end that would lie before the start is taken in the afternoon.
    """
    if len(text) > _LONGEST:
        return None
    halves = _SEPARATOR.split(_OPENING.sub("", text.casefold()).replace("ё", "е"))
    if len(halves) != len(("start", "end")):
        return None
    start, end = (parse_time(half) for half in halves)
    if start is None or end is None:
        return None
    if end == MIDNIGHT:
        return start, LAST_MINUTE
    if end <= start < _ONE and end.hour < _NOON and _is_bare(halves[1].strip()):
        return start, end.replace(hour=end.hour + _NOON)
    return start, end


def _is_bare(half: str) -> bool:
    """Whether a time is only a number, so that it may be one of the afternoon; "05:00" is not."""
    return bool(_BARE.fullmatch(half)) or half in PLAIN or half in BENT
